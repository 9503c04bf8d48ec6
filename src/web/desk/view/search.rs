//! What a search found: the field, what narrows it, the threads with the words that were found.

use askama::Template;

use super::{Badge, Tally, frame::Frame};
use crate::i18n::Words;

/// A text in pieces, those that were found marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked(pub Vec<(String, bool)>);

/// One thing that narrows the search.
#[derive(Debug, Clone)]
pub struct Facet {
    pub title: String,
    /// As in the query.
    pub name: &'static str,
    pub options: Vec<FacetOption>,
    /// Whether one excludes the others.
    pub single: bool,
}

#[derive(Debug, Clone)]
pub struct FacetOption {
    pub value: String,
    pub label: String,
    /// How many threads it would leave; not counted for some.
    pub count: Option<Tally>,
    pub on: bool,
}

/// What narrows the search now, with the address without it.
#[derive(Debug, Clone)]
pub struct Chip {
    pub label: String,
    pub href: String,
}

/// A thread that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    pub href: String,
    pub picture: Option<String>,
    pub name: String,
    /// The order's number, as people say it.
    pub order: Option<String>,
    pub when: String,
    pub when_iso: String,
    /// Who noted it, where it is a note.
    pub note_by: Option<String>,
    pub text: Marked,
    /// The language of the text where it is known.
    pub lang: Option<String>,
    pub badges: Vec<Badge>,
    pub labels: Vec<super::Tag>,
}

impl Hit {
    /// As a line of a table: time, shopper, order, what was found, what it is about, its labels, where it is read.
    pub fn cells(&self, base: &str) -> [String; 7] {
        let listed = |names: Vec<&str>| names.join(", ");
        [
            self.when_iso.clone(),
            self.name.clone(),
            self.order.clone().unwrap_or_default(),
            self.text.0.iter().map(|(text, _)| text.as_str()).collect(),
            listed(self.badges.iter().map(|badge| badge.label.as_str()).collect()),
            listed(self.labels.iter().map(|label| label.name.as_str()).collect()),
            format!("{base}{}", self.href),
        ]
    }
}

/// `GET /desk/search`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/search.html")]
pub struct Search {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    /// What was typed.
    pub q: String,
    pub max: usize,
    /// Why nothing was looked for.
    pub problem: Option<String>,
    /// Whether anything was looked for.
    pub asked: bool,
    /// `14 threads`
    pub count: String,
    pub chips: Vec<Chip>,
    /// The address without anything that narrows.
    pub clear: String,
    pub facets: Vec<Facet>,
    pub hits: Vec<Hit>,
    /// The address of the same as a table.
    pub file: String,
    /// The address of the next page.
    pub more: Option<String>,
    /// Threads from before there was a search are still being taken in.
    pub behind: bool,
}
