//! The first start: the code that the server printed, then the owner and the first shop. Once somebody owns the
//! installation there is nothing here any more.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    door::{hashing, languages, let_in},
    see, sheet_and_icons,
    view::door::{Field, Owner, SetupCode, SetupOwner},
};
use crate::{
    app::App,
    domain::{
        agents::{self, NewAgent, Role, SessionToken, Whence},
        installation,
        merchants::{self, Shop},
    },
    error::{Error, Result},
    i18n::Lang,
    ids::{MerchantId, ShopId},
    store::columns::{At, Json},
    web::{limits, page, request},
};

/// The longest name, in characters.
const MAX_NAME: usize = 200;
/// A password chosen here is longer than what is taken elsewhere.
pub(super) const PASSWORD: std::ops::RangeInclusive<usize> = 12..=128;
/// What a shop begins with, until its look and policy are chosen.
const ACCENT: &str = "#1c6763";
const EXCHANGE_DAYS: i32 = 30;

/// `GET /setup`
pub(super) async fn show(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse> {
    if app.read(merchants::any).await? {
        return Ok(see("/desk"));
    }
    Ok(page::html(&code_page(&req, String::new(), false), StatusCode::OK))
}

fn code_page(req: &HttpRequest, code: String, wrong: bool) -> SetupCode {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    SetupCode { t, css, icons, code, wrong, languages: languages(&t, |code| format!("/setup?lang={code}")) }
}

/// What both steps send.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    code: String,
    /// `owner` once the second step is filled in.
    #[serde(default)]
    step: String,
    #[serde(default)]
    merchant: String,
    #[serde(default)]
    shop: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    zone: String,
}

/// `POST /setup`
pub(super) async fn take(req: HttpRequest, app: web::Data<App>, form: web::Form<Filled>) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Guess)?;
    let form = form.into_inner();
    let code = form.code.trim().to_owned();
    let offered = code.clone();
    if !app.read(move |conn| installation::setup_fits(conn, &offered)).await? {
        return Ok(page::html(&code_page(&req, code, true), StatusCode::UNPROCESSABLE_ENTITY));
    }
    if form.step != "owner" {
        let t = request::words(&req);
        let owner = Owner { language: t.code().to_owned(), zone: "UTC".to_owned(), ..Owner::default() };
        return Ok(page::html(&owner_page(&req, code, owner, Vec::new()), StatusCode::OK));
    }
    let problems = mistakes(&form);
    if !problems.is_empty() {
        return Ok(page::html(&owner_page(&req, code, typed(&form), problems), StatusCode::UNPROCESSABLE_ENTITY));
    }
    let email = form.email.trim().to_lowercase();
    match open(&app, form, request::whence(&req)).await {
        Ok(session) => Ok(let_in(&app, &session, &email, "/desk")),
        Err(Error::Conflict(_)) => Ok(page::html(&code_page(&req, code, true), StatusCode::CONFLICT)),
        Err(error) => Err(error),
    }
}

fn owner_page(req: &HttpRequest, code: String, owner: Owner, problems: Vec<Field>) -> SetupOwner {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    SetupOwner {
        t,
        css,
        icons,
        owner,
        problems: problems.into_iter().map(|field| (field, field.advice(&t))).collect(),
        // Behind the #, where no log sees it: the code is typed in again there.
        languages: languages(&t, |lang| format!("/setup?lang={lang}#{code}")),
        code,
    }
}

fn typed(form: &Filled) -> Owner {
    Owner {
        merchant: form.merchant.clone(),
        shop: form.shop.clone(),
        name: form.name.clone(),
        email: form.email.clone(),
        language: form.language.clone(),
        zone: form.zone.clone(),
    }
}

fn mistakes(form: &Filled) -> Vec<Field> {
    let checks = [
        (Field::Merchant, is_name(&form.merchant)),
        (Field::Shop, is_name(&form.shop)),
        (Field::Name, is_name(&form.name)),
        (Field::Email, is_email(&form.email)),
        (Field::Password, PASSWORD.contains(&form.password.chars().count())),
        (Field::PasswordAgain, form.password == form.password_again),
        (Field::Zone, form.zone.parse::<chrono_tz::Tz>().is_ok()),
    ];
    checks.into_iter().filter(|(_, fine)| !fine).map(|(field, _)| field).collect()
}

pub(super) fn is_name(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= MAX_NAME && !text.chars().any(char::is_control)
}

pub(super) fn is_email(text: &str) -> bool {
    let parsed = text.trim().parse::<lettre::Address>();
    text.len() <= 320 && parsed.is_ok_and(|address| address.domain().contains('.'))
}

/// Makes everything and signs its owner in.
async fn open(app: &App, form: Filled, whence: Whence) -> Result<SessionToken> {
    let password = form.password.clone();
    let password_hash = hashing(move || agents::hash_password(&password)).await??;
    let lang: Lang = form.language.parse().unwrap_or_default();
    let email = form.email.trim().to_lowercase();
    let now = app.now();
    let shop = Shop {
        merchant_id: MerchantId::from_bytes([0; 16]),
        id: ShopId::new(now),
        name: form.shop.trim().to_owned(),
        accent: ACCENT.to_owned(),
        locale: lang.code().to_owned(),
        time_zone: form.zone.clone(),
        email: email.clone(),
        exchange_days: EXCHANGE_DAYS,
        mail_on_order: true,
        reply_minutes: merchants::REPLY_MINUTES,
        exchange_rules: Json::default(),
        languages: Json::default(),
        legal: Json::default(),
        created_at: At::new(now),
    };
    let name = form.name.trim().to_owned();
    let owner = NewAgent { email, name, role: Role::Owner, locale: lang, password_hash };
    let (code, merchant, secret) =
        (form.code.trim().to_owned(), form.merchant.trim().to_owned(), crate::secrets::token());
    app.write(move |tx| {
        let (merchant, agent) = installation::set_up(tx, &code, &merchant, &shop, &owner)?;
        let agent = agents::find(tx, merchant, agent)?;
        agents::open_session(tx, &agent, &secret, &whence)?;
        Ok(SessionToken { merchant, secret: secret.clone() })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Filled {
        Filled {
            code: "code".into(),
            step: "owner".into(),
            merchant: "Maison Calanque".into(),
            shop: "Maison Calanque".into(),
            name: "Inès Marchand".into(),
            email: " Ines@calanque.example ".into(),
            password: "four unrelated words".into(),
            password_again: "four unrelated words".into(),
            language: "fr".into(),
            zone: "Europe/Paris".into(),
        }
    }

    #[test]
    fn every_mistake_of_the_first_start_is_told_with_its_field() {
        assert!(mistakes(&filled()).is_empty());
        let wrong = Filled {
            merchant: " ".into(),
            shop: "a\u{0}b".into(),
            name: "x".repeat(201),
            email: "ines@calanque".into(),
            password: "short".into(),
            password_again: "other".into(),
            zone: "Europe/Nowhere".into(),
            ..filled()
        };
        let fields = [
            Field::Merchant,
            Field::Shop,
            Field::Name,
            Field::Email,
            Field::Password,
            Field::PasswordAgain,
            Field::Zone,
        ];
        assert_eq!(mistakes(&wrong), fields);
    }
}
