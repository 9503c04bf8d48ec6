//! The ways in, and the pages for when there is no page.

use askama::Template;

use super::Shop;
use crate::{i18n::Words, web::fault::Fault};

/// Number and e-mail of an order. Posts `number` and `email`.
#[derive(Clone, Debug, Default)]
pub struct FindForm {
    pub action: String,
    pub number: String,
    pub email: String,
    pub number_error: Option<String>,
    pub email_error: Option<String>,
}

/// `GET /t/find`: finding one's order without a link.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/find.html")]
pub struct FindPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub form: FindForm,
}

/// Asking for a fresh link in the stead of an old one. Posts `token`.
#[derive(Clone, Debug)]
pub struct FreshLink {
    pub action: String,
    pub token: String,
}

/// A link that is too old or was revoked: says so, offers to mail a fresh one, and the same form.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/expired.html")]
pub struct ExpiredPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub form: FindForm,
    /// What the old link asks a fresh one by; none where it was no link of ours.
    pub fresh: Option<FreshLink>,
    /// A fresh one was asked for.
    pub asked: bool,
}

/// The six digits. Posts `code`. Says the same whether or not there is such an order.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/code.html")]
pub struct CodePage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub action: String,
    /// The order number as it was typed.
    pub number: String,
    /// The address as it was typed, masked: `c•••••l@example.com`.
    pub sent_to: String,
    pub error: Option<String>,
    /// Where asking for another code is posted.
    pub resend: String,
    /// The form with number and address.
    pub change: String,
    /// Where looking again for an order that was just placed is posted; as JSON the answer is
    /// `{"next": address or null}`.
    pub look: String,
    /// After how many seconds the page looks by itself.
    pub look_again: Option<u32>,
}

/// `GET /t#<token>`: what follows `#` stays in the browser, which posts it as `token`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/opening.html")]
pub struct OpeningPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub action: String,
    /// The form for who has no link.
    pub find: String,
}

/// An order that has not arrived yet: the page asks again by itself, posting `token`; as JSON the answer is
/// `{"next": address or null}`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/waiting.html")]
pub struct WaitingPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub action: String,
    pub token: String,
    /// After how many seconds the page looks by itself.
    pub look_again: u32,
    /// The form for who has no link.
    pub find: String,
}

/// A fault in a shop's dress.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/not_found.html")]
pub struct NotFoundPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub fault: Fault,
}
