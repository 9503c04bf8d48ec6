//! The list of a shopper's orders, and the page before it.

use askama::Template;

use super::{
    Shop,
    parts::{Item, Progress},
};
use crate::i18n::Words;

/// `GET /t/{thread}/orders`: every order of the address, the newest first.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/orders.html")]
pub struct OrdersPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    /// Whose orders these are.
    pub address: String,
    pub orders: Vec<Purchase>,
    /// How many there are in all.
    pub total: usize,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// The form for an order of another address.
    pub find: String,
    /// The thread it was come from.
    pub back: String,
}

/// The same for who has not shown that the address is theirs. Posts to `action`, which sends a code.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/orders_locked.html")]
pub struct LockedPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    /// The address, masked; none where nobody can be written to.
    pub sent_to: Option<String>,
    pub action: String,
    pub back: String,
}

/// An order in the list.
#[derive(Clone, Debug)]
pub struct Purchase {
    pub href: String,
    pub number: String,
    pub total: String,
    /// The shop, where it is another than the page's.
    pub shop: Option<String>,
    pub headline: String,
    pub when: Option<String>,
    pub items: Vec<Item>,
    /// Lines that are not pictured.
    pub more: usize,
    pub progress: Option<Progress>,
    /// A sentence about money given back.
    pub note: Option<String>,
    /// The newest answer that was not seen yet.
    pub talk: Option<Talk>,
}

/// An answer in one line.
#[derive(Clone, Debug)]
pub struct Talk {
    pub initials: String,
    pub hue: u8,
    pub author: String,
    pub text: String,
    /// How many there are.
    pub unread: usize,
}
