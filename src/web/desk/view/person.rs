//! A person's data: finding somebody, what is held about them, how long things are kept.

use askama::Template;

use super::frame::Frame;
use crate::i18n::Words;

/// Somebody who was erased.
#[derive(Debug, Clone)]
pub struct Erased {
    pub shopper: String,
    pub when: String,
    pub by: String,
    pub finished: bool,
}

/// For how long one thing is kept.
#[derive(Debug, Clone)]
pub struct KeptFor {
    pub name: &'static str,
    pub label: String,
    pub text: String,
    pub days: String,
    pub problem: Option<String>,
}

/// `/desk/settings/personal-data`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/personal_data.html")]
pub struct PersonalData {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    /// What was looked for, and why nobody was found.
    pub email: String,
    pub problem: Option<String>,
    pub erased: Vec<Erased>,
    pub kept: Vec<KeptFor>,
}

/// An order of somebody.
#[derive(Debug, Clone)]
pub struct Bought {
    pub number: String,
    pub href: Option<String>,
    pub when: String,
    pub total: String,
    pub lines: Vec<String>,
    pub ship_to: Option<String>,
    pub parcels: Vec<String>,
}

/// `/desk/shoppers/{shopper}`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/person.html")]
pub struct PersonPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub shopper: String,
    pub name: String,
    /// Label and value of each thing known.
    pub known: Vec<(String, String)>,
    pub orders: Vec<Bought>,
    /// Only the first of many are shown.
    pub more: bool,
    /// When they were erased, by whom, and whether nothing is left.
    pub erased: Option<(String, bool)>,
    /// What is to be typed before somebody is erased.
    pub confirm: String,
    /// Which form came back, and what is to be mended in it.
    pub form: &'static str,
    pub problems: Vec<(&'static str, String)>,
    pub typed: String,
}

impl PersonPage {
    fn wrong(&self, form: &str, field: &str) -> Option<&String> {
        let mine = self.problems.iter().filter(|_| self.form == form);
        mine.into_iter().find(|(name, _)| *name == field).map(|(_, text)| text)
    }
}
