//! A forgotten password: an address is asked for, and whoever reads it chooses another. Looking at the link uses nothing
//! up, so a mail scanner that opens it does no harm; choosing does.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{hashing, languages};
use crate::{
    app::App,
    domain::{
        agents::{
            self,
            proofs::{self, ProofKind},
        },
        merchants,
    },
    error::{Error, Result},
    i18n::{Words, key},
    web::{
        desk::{
            see,
            setup::{PASSWORD, is_email},
            sheet_and_icons,
            view::joining::{Choose, Forgotten, LinkOver},
        },
        limits, page, request,
    },
};

/// `GET /desk/sign-in/forgotten`
pub(in crate::web::desk) async fn show(req: HttpRequest) -> Result<HttpResponse> {
    Ok(page::html(&forgotten(&req, String::new()), StatusCode::OK))
}

fn forgotten(req: &HttpRequest, email: String) -> Forgotten {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    let languages = languages(&t, |code| format!("/desk/sign-in/forgotten?lang={code}"));
    Forgotten { t, css, icons, email, problem: None, sent: false, languages }
}

#[derive(Deserialize)]
pub(in crate::web::desk) struct Asked {
    #[serde(default)]
    email: String,
}

/// `POST /desk/sign-in/forgotten`
pub(in crate::web::desk) async fn ask(
    req: HttpRequest,
    app: web::Data<App>,
    form: web::Form<Asked>,
) -> Result<HttpResponse> {
    let typed = form.into_inner().email;
    let mut page = forgotten(&req, typed.clone());
    if !is_email(&typed) {
        page.problem = Some(page.t.get(key("setup-mend-email")));
        return Ok(page::html(&page, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let email = typed.trim().to_lowercase();
    limits::take_by_address(&req, limits::Kind::Code)?;
    limits::take(&req, limits::Kind::Code, &format!("forgotten {email}"))?;
    // After the answer: how long it takes tells nothing of whether anybody signs in with it.
    actix_web::rt::spawn(async move {
        if let Err(error) = app.write(move |tx| proofs::ask_new_password(tx, &email)).await {
            tracing::error!(%error, "a new password could not be asked for");
        }
    });
    page.sent = true;
    Ok(page::html(&page, StatusCode::OK))
}

/// `GET /desk/sign-in/password/{token}`
pub(in crate::web::desk) async fn open(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let token = path.into_inner();
    if whose(&app, &token).await?.is_none() {
        return Ok(over(&req));
    }
    Ok(page::html(&choose_page(&req, Vec::new()), StatusCode::OK))
}

/// What its owner calls themselves and the merchant: a password of these words is guessed at once.
async fn whose(app: &App, token: &str) -> Result<Option<[String; 3]>> {
    let (keys, token, now) = (app.keys.clone(), token.to_owned(), app.now());
    let found = app
        .read(move |conn| {
            let proof = proofs::by_token(conn, &keys, &token, ProofKind::Password, now)?;
            let agent = agents::find(conn, proof.merchant_id, proof.agent_id)?;
            Ok([agent.email, agent.name, merchants::name(conn, proof.merchant_id)?])
        })
        .await;
    match found {
        Ok(words) => Ok(Some(words)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn choose_page(req: &HttpRequest, problems: Vec<(&'static str, String)>) -> Choose {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    Choose { t, css, icons, problems, languages: Vec::new() }
}

fn over(req: &HttpRequest) -> HttpResponse {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    let text = t.get(key("reset-over-text"));
    page::html(&LinkOver { t, css, icons, text, again: true, languages: Vec::new() }, StatusCode::GONE)
}

#[derive(Deserialize)]
pub(in crate::web::desk) struct Chosen {
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
}

/// `POST /desk/sign-in/password/{token}`
pub(in crate::web::desk) async fn choose(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Chosen>,
) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Guess)?;
    let (token, form) = (path.into_inner(), form.into_inner());
    let Some(own) = whose(&app, &token).await? else { return Ok(over(&req)) };
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let problems = mistakes(&request::words(&req), &form.password, &form.password_again, &own);
    if !problems.is_empty() {
        return Ok(page::html(&choose_page(&req, problems), StatusCode::UNPROCESSABLE_ENTITY));
    }
    let password = form.password;
    let hash = hashing(move || agents::hash_password(&password)).await??;
    let keys = app.keys.clone();
    match app.write(move |tx| proofs::choose_password(tx, &keys, &token, &hash)).await {
        Ok(agent) => {
            tracing::info!(agent.id = %agent.id, "a password was chosen anew by letter");
            Ok(see("/desk/sign-in?renewed=1"))
        }
        Err(Error::NotFound) => Ok(over(&req)),
        Err(error) => Err(error),
    }
}

/// What is wrong with a password that is chosen, by field.
pub(in crate::web::desk) fn mistakes(
    t: &Words,
    password: &str,
    again: &str,
    own: &[&str],
) -> Vec<(&'static str, String)> {
    if !PASSWORD.contains(&password.chars().count()) {
        return vec![("password", t.get(key("setup-mend-password")))];
    }
    if agents::is_guessable(password, own) {
        return vec![("password", t.get(key("password-guessable")))];
    }
    if password != again {
        return vec![("password_again", t.get(key("setup-mend-password-again")))];
    }
    Vec::new()
}
