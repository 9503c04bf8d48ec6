//! The way in: signing in, and the first start of an installation that nobody owns yet.

use askama::Template;
use chrono_tz::TZ_VARIANTS;

use crate::i18n::{Words, key};

/// The same page in another language.
#[derive(Debug, Clone)]
pub struct Language {
    /// `fr`
    pub code: String,
    /// In its own words: `Français`.
    pub name: String,
    pub href: String,
    pub current: bool,
}

/// Why nobody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No such e-mail, or another password: never said which.
    Mismatch,
    /// Too many tries; how many minutes to wait.
    TooMany(i64),
    /// The page was open too long, or came from elsewhere.
    Stale,
}

/// `GET /desk/sign-in`, and its POST coming back.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sign_in.html")]
pub struct SignIn {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    /// Named where the installation has only one.
    pub merchant: Option<String>,
    pub email: String,
    pub refused: Option<Refused>,
    /// Just signed out, or the session ended.
    pub ended: bool,
    /// A new password was just chosen.
    pub renewed: bool,
    /// Where to go afterwards, an address of ours; may be empty.
    pub next: String,
    pub languages: Vec<Language>,
}

impl SignIn {
    fn problem(&self) -> Option<String> {
        Some(match self.refused? {
            Refused::Mismatch => self.t.get("sign-in-mismatch"),
            Refused::TooMany(minutes) => self.t.count("sign-in-too-many", minutes.max(1)),
            Refused::Stale => self.t.get("sign-in-stale"),
        })
    }

    fn mismatch(&self) -> bool {
        self.refused == Some(Refused::Mismatch)
    }
}

/// `GET /setup`: the code that the server printed.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/setup_code.html")]
pub struct SetupCode {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    /// What was typed, or came with the address.
    pub code: String,
    /// The code does not match, or is too old.
    pub wrong: bool,
    pub languages: Vec<Language>,
}

/// A field of the first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Merchant,
    Shop,
    Name,
    Email,
    Password,
    PasswordAgain,
    Zone,
}

impl Field {
    /// The element's id and the form's name.
    fn id(self) -> &'static str {
        match self {
            Self::Merchant => "merchant",
            Self::Shop => "shop",
            Self::Name => "name",
            Self::Email => "email",
            Self::Password => "password",
            Self::PasswordAgain => "password_again",
            Self::Zone => "zone",
        }
    }

    /// How to fill it in, said when it was not.
    pub fn advice(self, t: &Words) -> String {
        t.get(match self {
            Self::Merchant => key("setup-mend-merchant"),
            Self::Shop => key("setup-mend-shop"),
            Self::Name => key("setup-mend-name"),
            Self::Email => key("setup-mend-email"),
            Self::Password => key("setup-mend-password"),
            Self::PasswordAgain => key("setup-mend-password-again"),
            Self::Zone => key("setup-mend-zone"),
        })
    }
}

/// What was typed so far. Passwords are never sent back.
#[derive(Debug, Clone, Default)]
pub struct Owner {
    pub merchant: String,
    pub shop: String,
    pub name: String,
    pub email: String,
    /// A language code.
    pub language: String,
    /// An IANA name: `Europe/Paris`.
    pub zone: String,
}

/// `POST /setup` with the right code: who owns this, and what the first shop is called.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/setup_owner.html")]
pub struct SetupOwner {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub code: String,
    pub owner: Owner,
    /// What to mend: a field and how, see [`Field::advice`].
    pub problems: Vec<(Field, String)>,
    pub languages: Vec<Language>,
}

impl SetupOwner {
    fn problem(&self, field: Field) -> Option<&str> {
        self.problems.iter().find(|(found, _)| *found == field).map(|(_, text)| text.as_str())
    }

    fn zones(&self) -> impl Iterator<Item = &'static str> {
        zones()
    }
}

/// The zones people live in, by name.
pub fn zones() -> impl Iterator<Item = &'static str> {
    const CONTINENTS: [&str; 9] =
        ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];
    let lived_in = |name: &&str| CONTINENTS.iter().any(|continent| name.starts_with(continent));
    TZ_VARIANTS.iter().map(|zone| zone.name()).filter(lived_in).chain(["UTC"])
}
