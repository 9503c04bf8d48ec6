//! Connecting an order system: the form, and the one answer that shows a secret. How connected ones are doing is in
//! [`super::connectors`].

use askama::Template;

use super::{connectors::Connector, frame::Frame};
use crate::i18n::Words;

/// What Shopify is asked to tell us of.
const SHOPIFY_TOPICS: [&str; 5] =
    ["orders/*", "fulfillments/*", "refunds/create", "products/update", "inventory_levels/update"];

/// What WooCommerce is asked to tell us of.
const WOOCOMMERCE_TOPICS: [&str; 5] =
    ["order.created", "order.updated", "product.created", "product.updated", "product.deleted"];

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Shop,
    Kind,
    Store,
    Secret,
}

/// What was typed so far. A secret is never sent back.
#[derive(Debug, Clone, Default)]
pub struct ConnectForm {
    /// The chosen shop's id.
    pub shop: String,
    /// As in [`Self::is_kind`].
    pub kind: String,
    pub store: String,
    /// What to mend: a field and the key of how.
    pub problems: Vec<(Field, &'static str)>,
}

impl ConnectForm {
    /// How a field is to be mended, in words.
    pub fn problem(&self, t: &Words, field: Field) -> Option<String> {
        self.problems.iter().find(|(found, _)| *found == field).map(|(_, key)| t.get(key))
    }

    /// Whether this kind was chosen; `generic`, `shopify` or `woocommerce`.
    pub fn is_kind(&self, kind: &str) -> bool {
        self.kind == kind
    }

    /// Whether this shop was chosen.
    pub fn is_shop(&self, shop: &str) -> bool {
        self.shop == shop
    }
}

/// The latest that arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub text: String,
    pub fine: bool,
    /// Its public id.
    pub intake: String,
}

/// Waiting for the first event; once one is there, what it was.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_first_event.html")]
pub struct FirstEvent {
    pub t: Words,
    /// The public id.
    pub connector: String,
    pub arrived: Option<Arrived>,
}

/// The answer of connecting and of replacing a secret: all that the other system must know.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/connected.html")]
pub struct Connected {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub connector: Connector,
    pub first: FirstEvent,
    /// The secret, while whoever looks may read it; none where the other system has its own.
    pub secret: Option<String>,
    /// It was connected before and has another secret now.
    pub replaced: bool,
}

impl Connected {
    fn title(&self) -> String {
        if self.replaced {
            self.t.get("desk-secret-replaced")
        } else {
            self.t.one("desk-connected", "system", &self.connector.kind)
        }
    }

    fn is_woocommerce(&self) -> bool {
        self.connector.code == "woocommerce"
    }

    fn topics(&self) -> &'static [&'static str] {
        if self.is_woocommerce() { &WOOCOMMERCE_TOPICS } else { &SHOPIFY_TOPICS }
    }
}
