//! Where the e-mails of a thread go, and the form that corrects it.

use askama::Template;

use super::frame::Here;
use crate::i18n::Words;

/// The shopper's address. Part of the live region `context`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_mail.html")]
pub struct MailCard {
    pub t: Words,
    pub here: Here,
    /// The thread's public id.
    pub thread: String,
    pub address: Option<String>,
    /// An agent put it in the place of the order's.
    pub corrected: bool,
    /// Why e-mails to it are refused, in a sentence.
    pub refused: Option<String>,
    /// What was typed and could not be taken, and why.
    pub typed: Option<String>,
    pub error: Option<String>,
}

impl MailCard {
    /// Whether something has to be done about it, so that it stands before what was bought.
    pub(super) fn asks(&self) -> bool {
        self.refused.is_some() || self.error.is_some()
    }
}
