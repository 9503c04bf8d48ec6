//! The links that a shop's own mail and pages build for its orders: what to paste where.

use askama::Template;

use super::{connectors::Connector, frame::Frame};
use crate::i18n::Words;

/// `GET /desk/connectors/{id}/links`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/links.html")]
pub struct Links {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub connector: Connector,
    pub intro: String,
    /// Where it may be pasted, and how to get there.
    pub places: Vec<(String, String)>,
    /// What is pasted.
    pub code: String,
}

/// Builds links in Shopify's notifications, on its order status page and in the theme.
#[derive(Debug, Clone, Template)]
#[template(path = "snippets/shopify.txt")]
pub struct ShopifySnippet<'a> {
    pub address: &'a str,
    pub page: &'a str,
    pub secret: &'a str,
    pub label: &'a str,
}

/// Builds links in WooCommerce's mails, on its thank-you page and in the buyer's account.
#[derive(Debug, Clone, Template)]
#[template(path = "snippets/woocommerce.txt")]
pub struct WooCommerceSnippet<'a> {
    pub address: &'a str,
    pub page: &'a str,
    pub secret: &'a str,
    pub label: &'a str,
}

impl WooCommerceSnippet<'_> {
    /// As it stands between PHP's single quotes.
    fn quoted_label(&self) -> String {
        self.label.replace('\\', "\\\\").replace('\'', "\\'")
    }
}

/// Builds a link anywhere.
#[derive(Debug, Clone, Template)]
#[template(path = "snippets/generic.txt")]
pub struct GenericSnippet<'a> {
    pub address: &'a str,
    pub page: &'a str,
    pub secret: &'a str,
}
