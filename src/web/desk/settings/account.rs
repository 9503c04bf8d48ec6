//! How an agent signs in: another password, another address. Both ask for the password once more, and end other sessions.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{
    profile::{Typed, again},
    prove,
};
use crate::{
    app::App,
    domain::{
        agents::{
            self,
            proofs::{self, Moved},
        },
        merchants,
    },
    error::{Error, Result, Says},
    i18n::key,
    web::{
        desk::{
            door::{forgotten, hashing, take_by_account},
            see,
            setup::is_email,
        },
        gate::Desk,
        limits,
    },
};

#[derive(Deserialize)]
pub(super) struct Changed {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
}

/// `POST /desk/settings/profile/password`
pub(super) async fn change_password(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Changed>,
) -> Result<HttpResponse> {
    let form = form.into_inner();
    let merchant = desk.agent.merchant_id;
    let house = app.read(move |conn| merchants::name(conn, merchant)).await?;
    let t = desk.words(chrono_tz::UTC, app.now());
    let own = [desk.agent.email.as_str(), &desk.agent.name, &house];
    let problems = forgotten::mistakes(&t, &form.password, &form.password_again, &own);
    let proven = prove(&req, &app, &desk.agent, &form.current).await;
    if !problems.is_empty() || proven.is_err() {
        let error = proven.err().unwrap_or_else(|| Error::Invalid(Vec::new()));
        return again(&desk, &app, error, Typed { form: "password", problems, ..Typed::default() }).await;
    }
    let hash = hashing(move || agents::hash_password(&form.password)).await??;
    let (agent, session) = (desk.agent.clone(), desk.session.clone());
    app.write(move |tx| agents::set_password(tx, &agent, &hash, Some(&session))).await?;
    tracing::info!(agent.id = %desk.agent.id, "a password was changed");
    Ok(see("/desk/settings/profile?done=password"))
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    email: String,
    #[serde(default)]
    current: String,
}

/// `POST /desk/settings/profile/address`
pub(super) async fn ask_address(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Wanted>,
) -> Result<HttpResponse> {
    let Wanted { email, current } = form.into_inner();
    match ask(&req, &desk, &app, &email, &current).await {
        Ok(()) => Ok(see("/desk/settings/profile#address")),
        Err(error) => again(&desk, &app, error, Typed { email, form: "address", ..Typed::default() }).await,
    }
}

async fn ask(req: &HttpRequest, desk: &Desk, app: &App, email: &str, current: &str) -> Result<()> {
    if !is_email(email) {
        return Err(Error::invalid("email", Says::new(key("setup-mend-email"))));
    }
    prove(req, app, &desk.agent, current).await?;
    limits::take(req, limits::Kind::Code, &format!("address {}", desk.agent.id))?;
    let (agent, email) = (desk.agent.clone(), email.trim().to_lowercase());
    app.write(move |tx| proofs::ask_new_address(tx, &agent, &email)).await
}

#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /desk/settings/profile/address/code`
pub(super) async fn move_address(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Code>,
) -> Result<HttpResponse> {
    let typed = || Typed { form: "address-code", ..Typed::default() };
    if let Err(error) = take_by_account(&req, "address", &desk.agent.email) {
        return again(&desk, &app, error, typed()).await;
    }
    let (agent, session, keys, code) =
        (desk.agent.clone(), desk.session.clone(), app.keys.clone(), form.into_inner().code);
    match app.write(move |tx| proofs::move_address(tx, &keys, &agent, &code, &session)).await {
        Ok(Moved::From(_)) => {
            tracing::info!(agent.id = %desk.agent.id, "an agent signs in with another address");
            Ok(see("/desk/settings/profile?done=address"))
        }
        Ok(Moved::Wrong(says)) => again(&desk, &app, Error::invalid("code", says), typed()).await,
        Err(error) => again(&desk, &app, error, typed()).await,
    }
}
