//! Setting up a second factor, and switching it off. The secret is on the page while it is set up, recovery codes are in
//! the answer that made them and in no other.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    Scene, mend,
    profile::{Typed, again},
    prove,
};
use crate::{
    app::App,
    domain::agents::{
        SessionToken,
        second::{self, Standing},
    },
    error::{Error, Result},
    web::{
        desk::{
            door::take_by_account,
            see, sheet_and_icons,
            view::second::{RecoveryCodes, SettingUp, scannable},
        },
        gate::Desk,
        page,
        request::Jar,
    },
};

const HERE: &str = "/desk/settings/second-factor";

/// `GET /desk/settings/second-factor`
pub(super) async fn show(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    draw(&desk, &app, None, StatusCode::OK).await
}

async fn draw(desk: &Desk, app: &App, problem: Option<String>, status: StatusCode) -> Result<HttpResponse> {
    let (agent, keys, now) = (desk.agent.clone(), app.keys.clone(), app.now());
    let standing = app.read(move |conn| second::standing(conn, &keys, &agent, now)).await?;
    let Standing::Begun(secret) = standing else { return Ok(see("/desk/settings/profile#second")) };
    let scene = Scene::of(app, &desk.agent).await?;
    let t = scene.drawing(app).t;
    let (css, icons) = sheet_and_icons();
    let address = second::address(&secret, &scene.round.merchant, &desk.agent.email);
    let page = SettingUp {
        t,
        css,
        icons,
        modules: scannable(&address),
        groups: secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "),
        problem,
        languages: Vec::new(),
    };
    Ok(page::html(&page, status))
}

#[derive(Deserialize)]
pub(super) struct Proven {
    #[serde(default)]
    current: String,
    #[serde(default)]
    code: String,
}

/// `POST /desk/settings/second-factor`
pub(super) async fn begin(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Proven>,
) -> Result<HttpResponse> {
    let begun = match prove(&req, &app, &desk.agent, &form.current).await {
        Ok(()) => {
            let (agent, keys) = (desk.agent.clone(), app.keys.clone());
            app.write(move |tx| second::begin(tx, &keys, &agent)).await
        }
        Err(error) => Err(error),
    };
    match begun {
        Ok(()) => Ok(see(HERE)),
        Err(error) => again(&desk, &app, error, Typed { form: "second", ..Typed::default() }).await,
    }
}

/// `POST /desk/settings/second-factor/code`
pub(super) async fn confirm(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Proven>,
) -> Result<HttpResponse> {
    let fresh = SessionToken::fresh(desk.agent.merchant_id);
    let confirmed = match take_by_account(&req, "second", &desk.agent.email) {
        Ok(()) => {
            let (agent, session, keys) = (desk.agent.clone(), desk.session.clone(), app.keys.clone());
            let (code, secret) = (form.into_inner().code, fresh.secret.clone());
            app.write(move |tx| second::confirm(tx, &keys, &agent, &code, (&session, &secret))).await
        }
        Err(error) => Err(error),
    };
    match confirmed {
        Ok(codes) => {
            tracing::info!(agent.id = %desk.agent.id, "a second factor was switched on");
            let t = desk.words(chrono_tz::UTC, app.now());
            let (css, icons) = sheet_and_icons();
            let page = RecoveryCodes { t, css, icons, codes, languages: Vec::new() };
            let mut answer = page::html(&page, StatusCode::OK);
            answer.add_cookie(&Jar::Desk.holding(&app, &fresh.to_cookie())).map_err(Error::internal)?;
            Ok(answer)
        }
        Err(error) => {
            let t = desk.words(chrono_tz::UTC, app.now());
            let problem = mend(error, &t, "code")?.into_iter().next().map(|(_, text)| text);
            draw(&desk, &app, problem, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /desk/settings/second-factor/end`
pub(super) async fn end(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Proven>,
) -> Result<HttpResponse> {
    let form = form.into_inner();
    let ended = match prove(&req, &app, &desk.agent, &form.current).await {
        Ok(()) => {
            let (agent, keys) = (desk.agent.clone(), app.keys.clone());
            app.write(move |tx| second::end(tx, &keys, &agent, &form.code)).await
        }
        Err(error) => Err(error),
    };
    match ended {
        Ok(()) => {
            tracing::info!(agent.id = %desk.agent.id, "a second factor was switched off");
            Ok(see("/desk/settings/profile?done=second-off"))
        }
        Err(error) => again(&desk, &app, error, Typed { form: "second", ..Typed::default() }).await,
    }
}
