//! A shop as its keepers see it.

use std::fmt;

use askama::Template;

use super::{
    door::zones,
    frame::Frame,
    joining::{Problems, problem},
};
use crate::i18n::Words;

/// One of the merchant's shops.
#[derive(Debug, Clone)]
pub struct ShopChoice {
    pub id: String,
    pub name: String,
    pub current: bool,
}

impl ShopChoice {
    pub fn new(id: impl fmt::Display, name: &str, current: bool) -> Self {
        Self { id: id.to_string(), name: name.to_owned(), current }
    }
}

/// A language a shop may speak.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// What the form calls it.
    pub name: String,
    pub code: &'static str,
    /// In its own words.
    pub label: String,
    pub chosen: bool,
}

/// The addresses of one legal page.
#[derive(Debug, Clone)]
pub struct LegalField {
    pub kind: &'static str,
    pub label: String,
    /// For every language that has none of its own.
    pub first: LegalInput,
    pub others: Vec<LegalInput>,
}

impl LegalField {
    /// Whether the languages' own addresses are worth showing at once.
    fn is_open(&self) -> bool {
        self.others.iter().any(|input| !input.value.is_empty())
    }
}

#[derive(Debug, Clone)]
pub struct LegalInput {
    pub name: String,
    pub label: String,
    pub value: String,
    /// It cannot be linked to.
    pub bad: bool,
}

/// `/desk/settings/shop`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/shop.html")]
pub struct ShopPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    /// The style sheet with the shop's colour, for the preview.
    pub look: String,
    pub shops: Vec<ShopChoice>,
    /// The public id of the one shown.
    pub shop: String,
    pub crest: String,
    pub name: String,
    pub accent: String,
    pub language: String,
    /// Every language: which can be the first, and which it speaks beside it.
    pub spoken: Vec<Spoken>,
    pub legal: Vec<LegalField>,
    pub zone: String,
    pub mail: bool,
    /// The words of the shop's own pages.
    pub sample: Words,
    pub problems: Problems,
}

impl ShopPage {
    fn problem(&self, field: &str) -> Option<&str> {
        problem(&self.problems, field)
    }

    fn zones(&self) -> impl Iterator<Item = &'static str> {
        zones()
    }
}
