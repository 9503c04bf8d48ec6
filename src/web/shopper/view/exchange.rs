//! The exchange: one question a screen. What was answered travels in the address, so that back always keeps answers.

use askama::Template;

use super::{Amount, Answer, Kept, Picture, Shop, Swap, Total, parts::CaseStatus};
use crate::{
    i18n::Words,
    web::media::{Attach, Shot},
};

/// The head of a screen: where it stands and the ways out.
#[derive(Clone, Debug)]
pub struct Frame {
    pub title: String,
    /// 1 to 4, or 0 where there are no steps.
    pub step: u8,
    pub back: String,
    /// The thread.
    pub close: String,
}

/// Which item. Sends `line` to `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/exchange/item.html")]
pub struct ItemStep {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub frame: Frame,
    pub action: String,
    pub kept: Vec<Kept>,
    pub error: Option<String>,
    pub items: Vec<ItemChoice>,
    /// Whether any of them can be exchanged; without one there is no button.
    pub any: bool,
    /// Until when and under what condition.
    pub notice: Option<String>,
}

#[derive(Clone, Debug)]
pub struct ItemChoice {
    pub value: String,
    pub picture: Picture,
    pub name: String,
    /// `Ecru, M`, or empty.
    pub options: String,
    pub price: String,
    pub chosen: bool,
    /// Why this one cannot be exchanged.
    pub refused: Option<String>,
}

/// Why. Sends `reason` and `words` to `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/exchange/reason.html")]
pub struct ReasonStep {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub frame: Frame,
    pub action: String,
    pub kept: Vec<Kept>,
    pub error: Option<String>,
    pub reasons: Vec<Answer>,
    pub words: String,
}

/// What is wrong, on photos. Posts them with what is kept to `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/exchange/photos.html")]
pub struct PhotosStep {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub frame: Frame,
    pub action: String,
    pub kept: Vec<Kept>,
    pub error: Option<String>,
    /// The shop takes no such request without one.
    pub needed: bool,
    pub attach: Attach,
    /// What they show, in the shopper's words.
    pub alt: String,
}

/// For which other. Each choice is a link to this screen with that choice made; the button sends what is kept to
/// `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/exchange/variant.html")]
pub struct VariantStep {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub frame: Frame,
    pub action: String,
    /// The answers, with the `variant` chosen now.
    pub kept: Vec<Kept>,
    /// That what was wanted has just been taken by somebody else.
    pub gone: Option<String>,
    pub picture: Picture,
    /// What is chosen now: `Storm blue, M`.
    pub name: String,
    pub product: String,
    pub price: String,
    /// With its sign, when there is one: `+€4.00`.
    pub difference: Option<String>,
    pub groups: Vec<Group>,
    pub amount: Option<Amount>,
    /// Why what is chosen now cannot be had: then there is no button.
    pub blocked: Option<String>,
}

/// One option of a product: its colours, its sizes.
#[derive(Clone, Debug)]
pub struct Group {
    pub name: String,
    /// Whether the choices are shown as colours.
    pub colours: bool,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub label: String,
    /// `#5d7389`, only for colours; `none` for one that is not known.
    pub colour: String,
    /// How many there are, in words, or that this is the purchase; may be empty.
    pub stock: String,
    /// None when sold out: it can still be reached and says why.
    pub href: Option<String>,
    pub chosen: bool,
}

/// Everything once more. Posts `client_id` and what is kept to `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/exchange/confirm.html")]
pub struct ConfirmStep {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub frame: Frame,
    pub action: String,
    pub client_id: String,
    pub kept: Vec<Kept>,
    pub error: Option<String>,
    pub swap: Swap,
    pub totals: Vec<Total>,
    /// The photos that go with it.
    pub shots: Vec<Shot>,
    /// The reason given, in words.
    pub reason: Option<String>,
    /// Who answers, and what is held until then.
    pub next: String,
}

/// How an exchange stands, live.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/exchange/status.html")]
pub struct StatusPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub frame: Frame,
    /// The address of the socket, without `after`.
    pub live: String,
    pub upto: i64,
    pub case: CaseStatus,
}
