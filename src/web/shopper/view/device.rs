//! The page that takes a thread to another device.

use askama::Template;

use super::Shop;
use crate::{i18n::Words, web::qr::Qr};

/// `GET /t/{thread}/device`
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/device.html")]
pub struct DevicePage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub number: String,
    pub code: Option<Qr>,
    pub link: String,
    pub back: String,
}
