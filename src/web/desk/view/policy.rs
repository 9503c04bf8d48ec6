//! The exchange policy of a shop as sentences to fill in, with what it comes to.

use askama::Template;

use super::{
    frame::Frame,
    joining::{Problems, problem},
    shop::ShopChoice,
};
use crate::i18n::Words;

/// A reason that can be ticked.
#[derive(Debug, Clone)]
pub struct ReasonChoice {
    /// What the form calls it.
    pub name: String,
    pub label: String,
    pub chosen: bool,
}

/// A rule about products, or room for one.
#[derive(Debug, Clone)]
pub struct Blank {
    pub at: usize,
    pub words: String,
    pub days: String,
}

/// A line of the order that is tried.
#[derive(Debug, Clone)]
pub struct Judged {
    pub picture: Option<String>,
    pub title: String,
    pub options: String,
    pub allowed: bool,
    /// What its shopper would read.
    pub says: String,
}

/// What the policy comes to for one order.
#[derive(Debug, Clone)]
pub struct Trial {
    pub number: String,
    /// The language its answers are in.
    pub lang: &'static str,
    pub lines: Vec<Judged>,
}

/// `/desk/settings/policy`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/policy.html")]
pub struct PolicyPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub shops: Vec<ShopChoice>,
    /// The public id of the one shown.
    pub shop: String,
    pub days: String,
    pub dearer: String,
    pub cheaper: String,
    /// The option that alone may differ; empty for every one.
    pub only: String,
    /// The options its products have.
    pub options: Vec<String>,
    pub takes: Vec<ReasonChoice>,
    pub photos: Vec<ReasonChoice>,
    pub needed: bool,
    pub final_from: String,
    pub exceptions: Vec<Blank>,
    pub trial: Option<Trial>,
    /// The trial is of what is typed, not of what is kept.
    pub typed: bool,
    /// The number that was looked for.
    pub order: String,
    pub problems: Problems,
}

impl PolicyPage {
    fn problem(&self, field: &str) -> Option<&str> {
        problem(&self.problems, field)
    }

    /// A sentence round its blank.
    fn around(&self, sentence: &str) -> (String, String) {
        let whole = self.t.one(sentence, "blank", BLANK);
        whole.split_once(BLANK).map_or((whole.clone(), String::new()), |(a, b)| (a.to_owned(), b.to_owned()))
    }
}

/// Stands where the field goes; nothing that is written.
const BLANK: char = '\u{1}';
