//! A present: the page where its buyer makes a link to it, and what that link shows. The second has no field for a price, an
//! order number or a name of a person, so that none can get there.

use askama::Template;

use super::{
    Picture, Shop,
    parts::{Parcel, Progress},
};
use crate::{i18n::Words, web::qr::Qr};

/// `GET /t/{thread}/gift`. Posts to itself to make the link, to `end` to end it.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/gift_link.html")]
pub struct GiftLinkPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    /// The link, once there is one.
    pub made: Option<MadeLink>,
    pub action: String,
    pub back: String,
}

/// A link that leads to the present.
#[derive(Clone, Debug)]
pub struct MadeLink {
    pub link: String,
    pub code: Option<Qr>,
    pub end: String,
}

/// `GET /gift/{token}`.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/gift.html")]
pub struct GiftPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    pub headline: String,
    pub when: Option<String>,
    pub progress: Option<Progress>,
    /// Without the carrier's own words, places and pages, which may name the buyer.
    pub parcels: Vec<Parcel>,
    pub items: Vec<Present>,
}

/// An article of the present.
#[derive(Clone, Debug)]
pub struct Present {
    pub picture: Picture,
    pub name: String,
    /// `Ecru, M`, or empty.
    pub options: String,
    pub quantity: u32,
}

/// A gift link that is too old or was ended.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/gift_over.html")]
pub struct GiftOverPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
}
