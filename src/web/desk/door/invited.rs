//! Joining by invitation. Looking at it uses nothing up; joining does.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{forgotten, hashing, languages, let_in};
use crate::{
    app::App,
    domain::{
        agents::{
            self, Agent, SessionToken,
            invitations::{self, Invitation},
        },
        merchants,
    },
    error::{Error, Result},
    i18n::{Lang, Words, key},
    web::{
        desk::{
            setup::is_name,
            sheet_and_icons,
            view::{
                Person,
                joining::{Invited, LinkOver},
            },
        },
        limits, page, request,
    },
};

/// An invitation with who sent it.
struct Found {
    invitation: Invitation,
    by: Agent,
    merchant: String,
}

async fn found(app: &App, token: &str) -> Result<Option<Found>> {
    let (keys, token, now) = (app.keys.clone(), token.to_owned(), app.now());
    let found = app
        .read(move |conn| {
            let invitation = invitations::by_token(conn, &keys, &token, now)?;
            let by = agents::find(conn, invitation.merchant_id, invitation.invited_by)?;
            let merchant = merchants::name(conn, invitation.merchant_id)?;
            Ok(Found { invitation, by, merchant })
        })
        .await;
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The invited reads what they chose, else what they were written in.
fn words(req: &HttpRequest, invitation: &Invitation) -> Words {
    let lang = request::chosen_lang(req).unwrap_or_else(|| invitation.lang());
    Words::new(lang, chrono_tz::UTC, request::app(req).now())
}

/// `GET /desk/sign-in/invitation/{token}`
pub(in crate::web::desk) async fn open(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let token = path.into_inner();
    let Some(found) = found(&app, &token).await? else { return Ok(over(&req)) };
    let t = words(&req, &found.invitation);
    let form = Filled { language: t.code().to_owned(), ..Filled::default() };
    Ok(page::html(&draw(t, &found, &token, form, Vec::new()), StatusCode::OK))
}

fn draw(t: Words, found: &Found, token: &str, form: Filled, problems: Vec<(&'static str, String)>) -> Invited {
    let (css, icons) = sheet_and_icons();
    let (sent, until) = (found.invitation.sent_at.utc(), found.invitation.expires_at.utc());
    Invited {
        css,
        icons,
        merchant: found.merchant.clone(),
        by: Person::new(found.by.id, &found.by.name),
        by_role: t.get(found.by.role.name_key()),
        role: t.get(found.invitation.role.text_key()),
        facts: t.with(
            key("invited-facts"),
            &[("sent", &t.day_month(&sent)), ("until", &t.day_month(&until)), ("email", &found.invitation.email)],
        ),
        email: found.invitation.email.clone(),
        name: form.name,
        language: form.language,
        problems,
        languages: languages(&t, |lang| format!("/desk/sign-in/invitation/{token}?lang={lang}")),
        t,
    }
}

fn over(req: &HttpRequest) -> HttpResponse {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    let text = t.get(key("invited-over-text"));
    page::html(&LinkOver { t, css, icons, text, again: false, languages: Vec::new() }, StatusCode::GONE)
}

#[derive(Default, Deserialize)]
pub(in crate::web::desk) struct Filled {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
}

/// `POST /desk/sign-in/invitation/{token}`
pub(in crate::web::desk) async fn join(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Filled>,
) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Guess)?;
    let (token, form) = (path.into_inner(), form.into_inner());
    let Some(found) = found(&app, &token).await? else { return Ok(over(&req)) };
    let t = words(&req, &found.invitation);
    let mut problems = Vec::new();
    if !is_name(&form.name) {
        problems.push(("name", t.get(key("setup-mend-name"))));
    }
    let own = [found.invitation.email.as_str(), &form.name, &found.merchant];
    problems.extend(forgotten::mistakes(&t, &form.password, &form.password_again, &own));
    if !problems.is_empty() {
        return Ok(page::html(&draw(t, &found, &token, form, problems), StatusCode::UNPROCESSABLE_ENTITY));
    }
    match accept(&req, &app, &token, &form).await {
        Ok((agent, session)) => Ok(let_in(&app, &session, &agent.email, "/desk")),
        Err(Error::NotFound) => Ok(over(&req)),
        Err(Error::Conflict(says)) => {
            let problems = vec![("email", says.in_words(&t))];
            Ok(page::html(&draw(t, &found, &token, form, problems), StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

async fn accept(req: &HttpRequest, app: &App, token: &str, form: &Filled) -> Result<(Agent, SessionToken)> {
    let password = form.password.clone();
    let hash = hashing(move || agents::hash_password(&password)).await??;
    let (keys, token, name) = (app.keys.clone(), token.to_owned(), form.name.trim().to_owned());
    let lang: Lang = form.language.parse().unwrap_or_default();
    let (whence, secret) = (request::whence(req), crate::secrets::token());
    let (agent, session) = app
        .write(move |tx| {
            let agent = invitations::accept(tx, &keys, &token, &name, lang, &hash)?;
            agents::open_session(tx, &agent, &secret, &whence)?;
            let session = SessionToken { merchant: agent.merchant_id, secret: secret.clone() };
            Ok((agent, session))
        })
        .await?;
    tracing::info!(agent.id = %agent.id, "somebody joined by invitation");
    Ok((agent, session))
}
