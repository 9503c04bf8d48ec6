//! Canned replies: the list to choose from, the list to manage, one reply as it is written.

use askama::Template;

use super::frame::Frame;
use crate::{
    domain::canned::{MAX_SHORTCUT, MAX_TITLE, body::Variable},
    i18n::{Words, key},
};

/// A reply that can be put into the box.
#[derive(Debug, Clone)]
pub struct Choice {
    pub id: String,
    pub title: String,
    pub shortcut: String,
    /// As the shopper would read it.
    pub text: String,
    /// Why it cannot be used here.
    pub missing: Option<String>,
}

/// The list to choose from, as a page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/canned_choose.html")]
pub struct Choose {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub action: String,
    pub choices: Vec<Choice>,
    /// What the box held.
    pub text: String,
    pub kind: String,
    pub client_id: String,
}

#[derive(Debug, Clone)]
pub struct CannedRow {
    pub id: String,
    pub title: String,
    pub shortcut: String,
    /// None: for every shop.
    pub shop: Option<String>,
    pub languages: Vec<String>,
}

/// `GET /desk/canned-replies`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/canned_list.html")]
pub struct CannedList {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub replies: Vec<CannedRow>,
}

/// The text in one language.
#[derive(Debug, Clone)]
pub struct BodyField {
    pub code: &'static str,
    pub language: String,
    pub text: String,
    pub problem: Option<String>,
    /// How it reads filled, or what is missing.
    pub preview: Option<Result<String, String>>,
}

/// `GET /desk/canned-replies/new` and `GET /desk/canned-replies/{id}`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/canned_form.html")]
pub struct CannedForm {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub id: Option<String>,
    pub title: String,
    pub title_problem: Option<String>,
    pub shortcut: String,
    pub shortcut_problem: Option<String>,
    pub shop: String,
    pub shop_problem: Option<String>,
    /// Id and name.
    pub shops: Vec<(String, String)>,
    pub bodies: Vec<BodyField>,
    /// The number of the order to look at it with.
    pub order: String,
    /// There is no such order.
    pub no_order: bool,
}

impl CannedForm {
    fn action(&self) -> String {
        format!("/desk/canned-replies/{}", self.id.as_deref().unwrap_or("new"))
    }

    fn max_title(&self) -> usize {
        MAX_TITLE
    }

    fn max_shortcut(&self) -> usize {
        MAX_SHORTCUT
    }

    fn is_shop(&self, id: &str) -> bool {
        self.shop == id
    }

    /// What can be written, as it is written, and what it stands for.
    fn variables(&self) -> Vec<(String, String)> {
        let meaning = |variable: &Variable| match variable {
            Variable::ShopperFirstName => key("canned-var-shopper"),
            Variable::OrderNumber => key("canned-var-number"),
            Variable::OrderTotal => key("canned-var-total"),
            Variable::ItemTitle => key("canned-var-item"),
            Variable::ParcelNumber => key("canned-var-parcel"),
            Variable::ParcelUrl => key("canned-var-url"),
            Variable::ParcelExpected => key("canned-var-expected"),
            Variable::AgentFirstName => key("canned-var-agent"),
            Variable::ShopName => key("canned-var-shop"),
        };
        Variable::ALL.iter().map(|variable| (format!("{{{{{variable}}}}}"), self.t.get(meaning(variable)))).collect()
    }
}
