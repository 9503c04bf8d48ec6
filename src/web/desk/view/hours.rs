//! A shop's opening hours as its keepers see them.

use askama::Template;

use super::{
    frame::Frame,
    joining::{Problems, problem},
    shop::ShopChoice,
};
use crate::i18n::Words;

/// A day of the week with its spans.
#[derive(Debug, Clone)]
pub struct Day {
    /// 1 to 7.
    pub number: u8,
    pub name: String,
    pub spans: Vec<Open>,
    /// Whether it is ticked in the form.
    pub ticked: bool,
}

/// One span, as it reads and as a form takes it away.
#[derive(Debug, Clone)]
pub struct Open {
    pub text: String,
    pub remove: String,
    /// `9:00`
    pub from: String,
    pub to: String,
}

/// Days on which a shop stays closed.
#[derive(Debug, Clone)]
pub struct Closed {
    /// `2026-12-25`
    pub first: String,
    pub last: String,
    pub text: String,
    pub name: String,
    pub remove: String,
    /// Whether it lies behind us.
    pub over: bool,
}

/// The public holidays a shop may close on.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The code and name of each country, and whether it is the one shown.
    pub countries: Vec<(&'static str, String, bool)>,
    /// The one shown; none until one is chosen.
    pub country: Option<&'static str>,
    pub days: Vec<OfferedDay>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct OfferedDay {
    /// `2026-12-25`
    pub value: String,
    pub text: String,
    pub name: String,
    /// Whether the shop is closed then already.
    pub closed: bool,
    pub ticked: bool,
}

/// What a shopper reads at a moment.
#[derive(Debug, Clone)]
pub struct Reads {
    pub when: String,
    /// Nothing where there is nothing to say.
    pub text: Option<String>,
}

/// What was typed and is not saved.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub from: String,
    pub to: String,
    pub first: String,
    pub last: String,
    pub name: String,
    pub minutes: String,
}

/// `/desk/settings/hours`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/hours.html")]
pub struct HoursPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub shops: Vec<ShopChoice>,
    /// The public id of the one shown.
    pub shop: String,
    pub zone: String,
    pub days: Vec<Day>,
    pub round_the_clock: bool,
    pub closures: Vec<Closed>,
    pub offered: Offered,
    pub max_name: usize,
    /// The sentence about the target, before and after its number.
    pub sentence: (String, String),
    pub reads: Vec<Reads>,
    /// The language of what is read.
    pub read_in: &'static str,
    pub typed: Typed,
    pub problems: Problems,
}

impl HoursPage {
    fn problem(&self, field: &str) -> Option<&str> {
        problem(&self.problems, field)
    }
}
