//! An exchange that an agent begins for a shopper who called: the same questions, on one page.

use askama::Template;

use super::{cases::Other, frame::Frame};
use crate::i18n::Words;

/// `GET /desk/threads/{thread}/exchange`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/exchange.html")]
pub struct ExchangePage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    /// The shopper's name, or what stands for it.
    pub name: String,
    /// The thread.
    pub back: String,
    pub lines: Vec<LineChoice>,
    pub form: Option<Questions>,
    /// Why no form can be shown, or what to mend.
    pub error: Option<String>,
}

/// A line of the order.
#[derive(Debug, Clone)]
pub struct LineChoice {
    /// This page with the line chosen.
    pub href: String,
    pub picture: Option<String>,
    pub title: String,
    pub options: String,
    pub price: String,
    pub chosen: bool,
    /// Why it cannot be exchanged.
    pub refused: Option<String>,
}

/// What is asked about a line.
#[derive(Debug, Clone)]
pub struct Questions {
    pub action: String,
    pub client_id: String,
    /// The line's public id.
    pub line: String,
    pub others: Vec<Other>,
    /// The variant that was chosen before.
    pub variant: String,
    /// Code and words.
    pub reasons: Vec<(&'static str, String)>,
    pub reason: String,
    /// Pieces that can be exchanged.
    pub most: i32,
    pub quantity: i32,
    pub words: String,
}
