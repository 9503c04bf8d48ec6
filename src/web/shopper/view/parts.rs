//! The live parts: each is rendered by one template, on the page when it is opened and over the socket afterwards.
//! The root element of a part has a stable id, so that a part that comes again replaces itself.

use askama::Template;

use super::{Amount, Picture, Side, Swap, Total};
use crate::{i18n::Words, web::media::Media};

/// The heading over the messages of a day.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_day.html")]
pub struct Day {
    /// `day-2026-11-18`.
    pub id: String,
    /// The seq of the first event under it.
    pub seq: i64,
    pub text: String,
}

/// One line saying what happened.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_event.html")]
pub struct Event {
    /// `event-<seq>`.
    pub id: String,
    pub seq: i64,
    /// The drawing, without its `i-`: `truck`, `done`, `swap`.
    pub icon: &'static str,
    pub text: String,
}

/// What somebody said.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_message.html")]
pub struct Message {
    pub t: Words,
    /// `msg-<message id>`.
    pub id: String,
    pub seq: i64,
    /// Set on the reader's own messages: the id its browser gave it, so that the page's own bubble settles into this.
    pub client_id: Option<String>,
    /// Whether the reader wrote it.
    pub own: bool,
    /// Who wrote it, as the shopper knows them: `Inès, Maison Calanque`.
    pub author: String,
    pub initials: String,
    /// The avatar's hue, 0 to 11.
    pub hue: u8,
    /// The language it is written in, when known.
    pub lang: Option<String>,
    /// Plain text; line breaks are kept. Empty where there are only files.
    pub text: String,
    pub media: Vec<Media>,
    pub meta: Meta,
}

/// When something was said, and how far it got. It is brought again alone when it gets further.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_meta.html")]
pub struct Meta {
    pub t: Words,
    /// `meta-<message id>`.
    pub id: String,
    /// The time of day.
    pub time: String,
    /// The moment, machine-readable.
    pub iso: String,
    /// Only on the reader's own.
    pub mark: Option<Mark>,
}

/// How far a message got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Stored,
    Delivered,
    Read,
    /// The last one that was read: at this time.
    ReadAt(String),
}

impl Mark {
    fn icon(&self) -> &'static str {
        if *self == Self::Stored { "check" } else { "checks" }
    }

    fn label(&self, t: &Words) -> String {
        match self {
            Self::Stored => t.get("message-sent"),
            Self::Delivered => t.get("message-delivered"),
            Self::Read => t.get("message-read"),
            Self::ReadAt(time) => t.one("message-read-at", "time", time),
        }
    }
}

/// Somebody of the shop is writing.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_typing.html")]
pub struct Typing {
    pub t: Words,
    pub name: String,
    pub initials: String,
    pub hue: u8,
}

/// A case inside the conversation.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_case_ticket.html")]
pub struct CaseTicket {
    pub t: Words,
    /// `case-<case id>`.
    pub id: String,
    /// The seq of the request: the ticket stays where it was made.
    pub seq: i64,
    /// On which side it stands: the shopper asked for it.
    pub own: bool,
    pub icon: &'static str,
    /// What it is and how it stands: `Exchange accepted`.
    pub title: String,
    pub swap: Option<Swap>,
    /// The difference, when there is one.
    pub amount: Option<Amount>,
    /// Who acts now, by when, what happens otherwise.
    pub next: String,
    /// Its status page.
    pub href: String,
    /// When it was asked for.
    pub time: String,
    pub iso: String,
}

/// The way of an order or a parcel in five steps.
#[derive(Clone, Debug)]
pub struct Progress {
    pub steps: Vec<Step>,
    /// The same in words: `Step 4 of 5: out for delivery`.
    pub sentence: String,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub label: String,
    /// `done`, `now` or empty.
    pub state: &'static str,
}

/// A station of a timeline.
#[derive(Clone, Debug)]
pub struct Milestone {
    pub what: String,
    /// Where, or a word more.
    pub place: Option<String>,
    pub when: Option<String>,
    /// The moment, machine-readable, when `when` is one.
    pub iso: Option<String>,
    /// Empty (happened), `now` or `todo`.
    pub state: &'static str,
}

#[derive(Clone, Debug)]
pub struct Parcel {
    /// `shipment-<shipment id>`.
    pub id: String,
    /// In words, shown when there are several parcels.
    pub headline: String,
    /// Its own progress, shown when there are several parcels.
    pub progress: Option<Progress>,
    /// What is inside, shown when there are several parcels.
    pub pictures: Vec<Picture>,
    /// The last news in one line, while the timeline is folded.
    pub hint: Option<String>,
    /// Newest first.
    pub timeline: Vec<Milestone>,
    pub carrier: Option<String>,
    pub number: Option<String>,
    /// The carrier's own page of this parcel; `https:` only.
    pub url: Option<String>,
}

/// A line of the receipt.
#[derive(Clone, Debug)]
pub struct Item {
    pub picture: Picture,
    pub name: String,
    /// `Ecru, M`, or empty.
    pub options: String,
    pub quantity: u32,
    /// What the line costs.
    pub price: String,
    /// What became of some of it: `1 piece refunded`.
    pub note: Option<String>,
    /// Whether nothing of it comes any more.
    pub off: bool,
}

/// The order: what happens to it now, its parcels and its receipt.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_order_card.html")]
pub struct OrderCard {
    pub t: Words,
    /// `order-card`.
    pub id: String,
    pub seq: i64,
    /// The order's number as the shop writes it, without `#`.
    pub number: String,
    /// `18 November`.
    pub placed_on: String,
    /// Whether nothing was really bought.
    pub test: bool,
    /// What is known, in words: `Arriving today`.
    pub headline: String,
    /// The line under it: when, and with whom.
    pub when: Option<String>,
    /// Money given back, in a sentence.
    pub note: Option<String>,
    /// None when there is no way to show (cancelled).
    pub progress: Option<Progress>,
    pub parcels: Vec<Parcel>,
    pub items: Vec<Item>,
    /// How many pieces, over all lines.
    pub pieces: u32,
    pub total: String,
    /// Items, discount, shipping, tax, total, refunded: those that apply.
    pub totals: Vec<Total>,
}

/// The card that speaks of an arrival; hidden while there is nothing to say.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_arrival.html")]
pub struct Arrival {
    pub t: Words,
    /// `arrival`.
    pub id: String,
    pub seq: i64,
    pub says: Option<Arriving>,
}

/// What is said of an arrival.
#[derive(Clone, Debug)]
pub enum Arriving {
    /// It is there: is all well?
    Asks {
        /// When it came.
        text: String,
        /// Where the yes is posted.
        well: String,
        /// Where a problem leads,
        problem: String,
        /// and what the message field is filled with, where it leads there.
        fill: Option<String>,
        /// Until when something can be exchanged.
        until: Option<String>,
    },
    /// All is well.
    Well,
    /// A parcel is late.
    Late { href: String, fill: String },
}

/// The state of a case, on its own page.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_case_status.html")]
pub struct CaseStatus {
    pub t: Words,
    /// `case-status`.
    pub id: String,
    pub seq: i64,
    pub swap: Option<Swap>,
    /// `Accepted`.
    pub state: String,
    /// What is still open, in a line.
    pub sub: Option<String>,
    pub timeline: Vec<Milestone>,
    /// Who acts now, by when, what happens otherwise.
    pub next: String,
    /// What the shop offers instead, while it can be answered.
    pub offer: Option<OfferForm>,
    /// While the request can be taken back.
    pub cancel: Option<Cancel>,
}

/// What the shop offers instead, and the two answers to it.
#[derive(Clone, Debug)]
pub struct OfferForm {
    /// `Inès offers:`
    pub says: String,
    pub offered: Side,
    pub amount: Option<Amount>,
    /// What the first wish is called.
    pub wished: String,
    /// Posts the yes.
    pub accept: String,
    /// Posts that the first wish stays.
    pub keep: String,
}

/// The form that takes a request back.
#[derive(Clone, Debug)]
pub struct Cancel {
    pub action: String,
    pub client_id: String,
}

/// A part of a conversation.
#[derive(Clone, Debug)]
pub enum LogPart {
    Day(Day),
    Event(Event),
    Message(Box<Message>),
    Case(Box<CaseTicket>),
}

impl LogPart {
    /// The id of its root element.
    pub fn id(&self) -> &str {
        match self {
            Self::Day(day) => &day.id,
            Self::Event(event) => &event.id,
            Self::Message(message) => &message.id,
            Self::Case(ticket) => &ticket.id,
        }
    }
}

impl std::fmt::Display for LogPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Event(event) => event.fmt(f),
            Self::Message(message) => message.fmt(f),
            Self::Case(ticket) => ticket.fmt(f),
        }
    }
}
