//! The e-mails that were written to files instead of being sent, to read in the demo.

use askama::Template;

use super::frame::Frame;
use crate::i18n::Words;

/// One e-mail in the list.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// The file's name, which is also its address: `/desk/mailbox/{name}`.
    pub name: String,
    pub subject: String,
    pub to: String,
    /// When, short.
    pub when: String,
    pub when_iso: String,
    pub current: bool,
}

/// One e-mail, opened.
#[derive(Debug, Clone)]
pub struct Mail {
    pub subject: String,
    pub from: String,
    pub to: String,
    pub when: String,
    /// The plain-text part.
    pub text: String,
    /// http(s) addresses in the text that lead back here, to follow in one click.
    pub links: Vec<String>,
    /// The whole file.
    pub source: String,
}

/// `GET /desk/mailbox` and `GET /desk/mailbox/{name}`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/mailbox.html")]
pub struct Mailbox {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub mails: Vec<MailRow>,
    pub open: Option<Mail>,
}
