//! Signing in and out. Nothing here tells whether an e-mail is known: the words and the time it takes are the same. The
//! second step is in [`second`], a new password in [`forgotten`], joining in [`invited`].

pub(super) mod forgotten;
pub(super) mod invited;
pub(super) mod second;

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde::Deserialize;
use tokio::sync::Semaphore;

use super::{
    own_path, see, sheet_and_icons,
    view::door::{Language, Refused, SignIn},
};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent, SessionToken, proofs, second as factor},
        merchants,
    },
    error::{Error, Result},
    i18n::{Lang, Words, key},
    secrets,
    web::{
        gate::Desk,
        limits, page,
        request::{self, Jar},
        watch,
    },
};

/// Passwords hashed at once: each takes a core and 64 MiB.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));

/// Does slow work on a password, away from the threads that answer.
pub(super) async fn hashing<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
    ended: Option<String>,
    /// A new password was just chosen.
    renewed: Option<String>,
    lang: Option<String>,
}

/// `GET /desk/sign-in`
pub(super) async fn show(
    req: HttpRequest,
    desk: Option<Desk>,
    app: web::Data<App>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse> {
    if desk.is_some() {
        return Ok(see(own_path(&asked.next)));
    }
    let mut page = sign_in_page(&req, &app, &asked.next).await?;
    page.ended = asked.ended.is_some();
    page.renewed = asked.renewed.is_some();
    let mut answer = page::html(&page, StatusCode::OK);
    if asked.lang.is_some() {
        answer.add_cookie(&Jar::Language.holding(&app, page.t.code())).map_err(Error::internal)?;
    }
    Ok(answer)
}

async fn sign_in_page(req: &HttpRequest, app: &App, next: &str) -> Result<SignIn> {
    let merchant =
        app.read(|conn| merchants::only(conn)?.map(|merchant| merchants::name(conn, merchant)).transpose()).await?;
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    let next = own_path(next).to_owned();
    let carried = if next == "/desk" { String::new() } else { format!("&next={}", next.replace('&', "%26")) };
    Ok(SignIn {
        t,
        css,
        icons,
        merchant,
        email: String::new(),
        refused: None,
        ended: false,
        renewed: false,
        languages: languages(&t, |code| format!("/desk/sign-in?lang={code}{carried}")),
        next,
    })
}

/// The languages of the desk, each in its own words.
pub(super) fn languages(t: &Words, href: impl Fn(&str) -> String) -> Vec<Language> {
    Lang::of_the_desk()
        .map(|lang| Language {
            code: lang.code().to_owned(),
            name: Words::new(lang, chrono_tz::UTC, t.now()).get(key("language-name")),
            href: href(lang.code()),
            current: lang == t.lang(),
        })
        .collect()
}

#[derive(Deserialize)]
pub(super) struct Entered {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /desk/sign-in`
pub(super) async fn sign_in(req: HttpRequest, app: web::Data<App>, form: web::Form<Entered>) -> Result<HttpResponse> {
    let Entered { email, password, next } = form.into_inner();
    let name: String = email.trim().to_lowercase().chars().take(320).collect();
    let often =
        limits::take_by_address(&req, limits::Kind::Guess).and_then(|()| take_by_account(&req, "sign-in", &name));
    if let Err(Error::TooOften(wait)) = often {
        let refused = Refused::TooMany(minutes(wait));
        let mut answer = refuse(&req, &app, email, &next, refused, StatusCode::TOO_MANY_REQUESTS).await?;
        answer.headers_mut().insert(header::RETRY_AFTER, wait.as_secs().max(1).into());
        return Ok(answer);
    }
    let found = app.read(move |conn| agents::signing_in(conn, &name)).await?;
    let (agent, hash) = found.unzip();
    let fits = hashing(move || agents::password_fits(&password, hash.as_deref())).await?;
    if let Some(agent) = agent.as_ref().filter(|_| !fits) {
        watch::sign_in_failed(&app, agent, "password");
    }
    let Some(agent) = agent.filter(|_| fits) else {
        return refuse(&req, &app, email, &next, Refused::Mismatch, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let asked = agent.clone();
    if app.read(move |conn| factor::is_on(conn, &asked)).await? {
        let keys = app.keys.clone();
        let token = app.write(move |tx| proofs::begin_second(tx, &keys, &agent)).await?;
        return Ok(second::ask(&req, token, own_path(&next), false));
    }
    come_in(&req, &app, agent, &next).await
}

/// Whoever has proven all that is asked is signed in.
async fn come_in(req: &HttpRequest, app: &App, agent: Agent, next: &str) -> Result<HttpResponse> {
    let session = SessionToken::fresh(agent.merchant_id);
    let (secret, whence, email) = (session.secret.clone(), request::whence(req), agent.email.clone());
    app.write(move |tx| agents::open_session(tx, &agent, &secret, &whence)).await?;
    Ok(let_in(app, &session, &email, own_path(next)))
}

/// Takes one from the bucket of an account. A browser that signed in to it before has a bucket of its own, so whoever
/// guesses from elsewhere does not lock its owner out.
pub(super) fn take_by_account(req: &HttpRequest, purpose: &str, email: &str) -> Result<()> {
    let known = Jar::Known.read(req).filter(|cookie| {
        let nonce = cookie.split_once('.').map_or("", |(nonce, _)| nonce);
        secrets::same(cookie.as_bytes(), known_browser(request::app(req), email, nonce).as_bytes())
    });
    limits::take(req, limits::Kind::Account, &format!("{purpose} {email} {}", known.unwrap_or_default()))
}

fn known_browser(app: &App, email: &str, nonce: &str) -> String {
    format!("{nonce}.{}", app.keys.people_mac("known browser", [email, "\n", nonce].concat().as_bytes()))
}

/// After how many minutes somebody may try again, where they have to wait.
pub(super) fn minutes(wait: std::time::Duration) -> i64 {
    i64::try_from(wait.as_secs().div_ceil(60)).unwrap_or(1).max(1)
}

async fn refuse(
    req: &HttpRequest,
    app: &App,
    email: String,
    next: &str,
    refused: Refused,
    status: StatusCode,
) -> Result<HttpResponse> {
    let mut page = sign_in_page(req, app, next).await?;
    page.email = email;
    page.refused = Some(refused);
    Ok(page::html(&page, status))
}

/// Gives a browser its session, and what it is known by the next time.
pub(super) fn let_in(app: &App, session: &SessionToken, email: &str, there: &str) -> HttpResponse {
    let cookie = Jar::Desk.holding(app, &session.to_cookie());
    let known = Jar::Known.holding(app, &known_browser(app, email, &secrets::token()));
    HttpResponse::SeeOther().insert_header((header::LOCATION, there)).cookie(cookie).cookie(known).finish()
}

/// `POST /desk/sign-out`
pub(super) async fn sign_out(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    let Desk { agent, session } = desk;
    app.write(move |tx| agents::close_session(tx, &session, agent.id)).await?;
    let emptied = Jar::Desk.emptied(&app);
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, "/desk/sign-in?ended=1")).cookie(emptied).finish())
}
