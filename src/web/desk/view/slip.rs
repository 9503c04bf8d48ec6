//! What is printed and put into a parcel.

use askama::Template;

use crate::{i18n::Words, web::qr::Qr};

/// `GET /desk/threads/{thread}/slip`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/slip.html")]
pub struct Slip {
    /// The agent's words.
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    /// The shopper's words, for what is printed.
    pub words: Words,
    pub shop: String,
    pub number: String,
    pub code: Option<Qr>,
    /// The door for who cannot scan, in letters.
    pub address: String,
    /// The thread at the desk.
    pub back: String,
}
