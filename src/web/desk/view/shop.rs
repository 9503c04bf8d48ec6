//! A shop as its keepers see it.

use std::fmt;

use askama::Template;

use super::{
    door::{Language, zones},
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
    pub languages: Vec<Language>,
    pub zone: String,
    pub days: String,
    /// The sentence about exchanges, before and after its number.
    pub sentence: (String, String),
    /// What it comes to for an order there is.
    pub example: Option<String>,
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
