//! The page of a thread.

use askama::Template;

use super::{
    Shop,
    opening::{Opening, Usual},
    parts::{Arrival, LogPart, OrderCard},
};
use crate::{i18n::Words, web::media::Attach};

/// Something that can be done at once.
#[derive(Clone, Debug, Default)]
pub struct Quick {
    /// The drawing, without its `i-`.
    pub icon: &'static str,
    pub label: String,
    pub href: String,
    /// What the message field is filled with, where it is empty; for what is no question, none.
    pub fill: Option<String>,
    /// Whether it unfolds the parcels' way.
    pub tracking: bool,
}

/// `GET /t/{thread}`: the order, the conversation and where to write.
#[derive(Clone, Debug, Template)]
#[template(path = "shopper/thread.html")]
pub struct ThreadPage {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub shop: Shop,
    /// How soon somebody answers, or that nobody does now.
    pub usual: Usual,
    /// Until when the shop is closed.
    pub opening: Opening,
    pub order: OrderCard,
    /// The conversation, oldest first, with its day headings.
    pub log: Vec<LogPart>,
    /// The thread's id; a draft is kept on the device under it.
    pub thread: String,
    /// Where a message is posted: fields `text` and `client_id`.
    pub post_to: String,
    /// What files are chosen with.
    pub attach: Attach,
    /// A fresh id for the form without script.
    pub client_id: String,
    /// The address of the socket, without `after`.
    pub live: String,
    /// The seq this page is at.
    pub upto: i64,
    /// Which marks it shows.
    pub marks: String,
    /// The seq its shopper had seen before.
    pub seen: i64,
    /// The card that speaks of the arrival.
    pub arrival: Arrival,
    /// What can be done at once.
    pub quick: Vec<Quick>,
    /// The list of all orders of this shopper.
    pub orders: String,
    /// Whether nobody has said or asked anything yet.
    pub inviting: bool,
    /// The page that takes this thread to another device.
    pub device: String,
    /// The page that makes a link for who gets it as a present; none where nothing is sent.
    pub gift: Option<String>,
    /// Until when something can be exchanged, in a sentence.
    pub policy: Option<String>,
    /// What was written and could not be taken; else empty.
    pub text: String,
    /// Why it could not be taken.
    pub error: Option<String>,
}
