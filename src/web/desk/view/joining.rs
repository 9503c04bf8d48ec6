//! The way in by other means than a password: an invitation, a link to a new password, the second step.

use askama::Template;

use super::{Person, door::Language};
use crate::i18n::Words;

/// What to mend in a form: the field's name, and how.
pub type Problems = Vec<(&'static str, String)>;

/// The problem of a field, if it has one.
pub fn problem<'a>(problems: &'a Problems, field: &str) -> Option<&'a str> {
    problems.iter().find(|(found, _)| *found == field).map(|(_, text)| text.as_str())
}

/// `POST /desk/sign-in` where a second factor is on, and its own POST coming back.
#[derive(Template)]
#[template(path = "desk/sign_in_code.html")]
pub struct SecondStep {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    /// What says that the password was right.
    pub token: String,
    pub next: String,
    pub wrong: bool,
    pub languages: Vec<Language>,
}

/// `/desk/sign-in/forgotten`
#[derive(Template)]
#[template(path = "desk/forgotten.html")]
pub struct Forgotten {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub email: String,
    pub problem: Option<String>,
    /// The letter is on its way, if anybody signs in with the address.
    pub sent: bool,
    pub languages: Vec<Language>,
}

/// `/desk/sign-in/password/{token}`
#[derive(Template)]
#[template(path = "desk/choose_password.html")]
pub struct Choose {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub problems: Problems,
    pub languages: Vec<Language>,
}

impl Choose {
    fn problem(&self, field: &str) -> Option<&str> {
        problem(&self.problems, field)
    }
}

/// A link that opens nothing any more.
#[derive(Template)]
#[template(path = "desk/link_over.html")]
pub struct LinkOver {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub text: String,
    /// Another can be asked for by whoever holds it.
    pub again: bool,
    pub languages: Vec<Language>,
}

/// `/desk/sign-in/invitation/{token}`
#[derive(Template)]
#[template(path = "desk/invited.html")]
pub struct Invited {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub merchant: String,
    pub by: Person,
    pub by_role: String,
    /// What the invited will be, in a sentence.
    pub role: String,
    /// When it was sent, until when it works, for whom.
    pub facts: String,
    pub email: String,
    pub name: String,
    pub language: String,
    pub problems: Problems,
    pub languages: Vec<Language>,
}

impl Invited {
    fn problem(&self, field: &str) -> Option<&str> {
        problem(&self.problems, field)
    }
}
