//! What a page says when something is not there or went wrong: a title, a sentence, ways on. One place for which status
//! says what, for pages and for problem documents alike.

use askama::Template;

use super::assets;
use crate::i18n::{Words, key};

/// A way on from a page that is not there.
#[derive(Clone, Debug)]
pub struct Way {
    pub label: String,
    pub href: String,
}

/// What is the matter.
#[derive(Clone, Debug)]
pub struct Fault {
    pub status: u16,
    pub title: String,
    pub text: String,
    /// The first is the one most people want.
    pub ways: Vec<Way>,
    /// What to tell who runs the place, so that they find it in the log.
    pub reference: Option<String>,
}

impl Fault {
    /// The words for an HTTP status; one without its own words is said to be our fault.
    pub fn of(t: &Words, status: u16, ways: Vec<Way>, reference: Option<String>) -> Self {
        let (title, text) = keys(status);
        Self { status, title: t.get(title), text: t.get(text), ways, reference }
    }
}

/// The catalogue's title and text for a status.
pub fn keys(status: u16) -> (&'static str, &'static str) {
    match status {
        401 => (key("error-signed-out-title"), key("error-signed-out-text")),
        400 | 415 | 421 | 422 => (key("error-bad-title"), key("error-bad-text")),
        413 => (key("error-large-title"), key("error-large-text")),
        403 => (key("error-forbidden-title"), key("error-forbidden-text")),
        404 | 410 => (key("error-missing-title"), key("error-missing-text")),
        405 => (key("error-method-title"), key("error-method-text")),
        409 => (key("error-conflict-title"), key("error-conflict-text")),
        429 => (key("error-often-title"), key("error-often-text")),
        503 => (key("error-busy-title"), key("error-busy-text")),
        _ => (key("error-ours-title"), key("error-ours-text")),
    }
}

/// A fault in nobody's dress: for the desk, and where no shop is known.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub fault: Fault,
}

impl ErrorPage {
    pub fn new(t: Words, fault: Fault) -> Self {
        Self { t, css: assets::shopper_css(), icons: assets::SHOPPER_ICONS, fault }
    }
}
