//! What an agent knows while answering: the requests, who is writing, what was bought, where it is.

use askama::Template;

use super::{
    Person,
    cases::{CaseTracks, Decision},
    frame::Here,
    mailing::MailCard,
};
use crate::i18n::Words;

/// What stands beside a conversation. Live under the id `context`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_context.html")]
pub struct Context {
    pub t: Words,
    pub here: Here,
    /// The thread's public id.
    pub thread: String,
    /// Cases to decide, the oldest first.
    pub decisions: Vec<Decision>,
    /// Cases agreed on, the newest first.
    pub cases: Vec<CaseTracks>,
    pub shopper: Option<ShopperCard>,
    /// Where e-mails go; none when nobody is known who could be written to.
    pub mail: Option<MailCard>,
    /// The thread's link, for an agent to send by other ways.
    pub link: Option<String>,
    pub order: Option<OrderCard>,
    pub parcels: Vec<Parcel>,
    /// The address where an exchange is begun for the shopper, when anything can be exchanged.
    pub exchange: Option<String>,
    /// Whether it is taken for spam.
    pub spam: bool,
    /// That what was said in it was removed, and when.
    pub emptied: Option<String>,
}

/// Who is writing.
#[derive(Debug, Clone)]
pub struct ShopperCard {
    pub person: Person,
    pub email: Option<String>,
    /// Where what is held about them is, for those who look after it.
    pub data: Option<String>,
    /// When they were erased, in words.
    pub erased: Option<String>,
    /// How many orders there are of the same shopper, this one too.
    pub orders: u32,
    /// What they come to together, where there are several in one currency.
    pub spent: Option<String>,
    /// The others, the newest first.
    pub past: Vec<PastOrder>,
}

#[derive(Debug, Clone)]
pub struct PastOrder {
    /// The address of its thread at the desk.
    pub href: String,
    pub number: String,
    /// The day, short.
    pub when: String,
    pub total: String,
    pub picture: Option<String>,
}

/// What was bought.
#[derive(Debug, Clone)]
pub struct OrderCard {
    /// As people say it, with its prefix if it has one.
    pub number: String,
    /// The day it was placed, short.
    pub placed: String,
    pub lines: Vec<OrderLine>,
    /// Shipping, discount, tax: label and amount, in the order they are read.
    pub extras: Vec<(String, String)>,
    pub total: String,
    /// What was given back, when anything was.
    pub refunded: Option<String>,
    /// The payment state in words.
    pub payment: String,
    /// Whether the money has arrived.
    pub paid: bool,
    /// Cancelled: since when, short.
    pub cancelled: Option<String>,
    /// Where an agent sees it in the shop: the kind of system and the http(s) address.
    pub admin: Option<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct OrderLine {
    pub picture: Option<String>,
    pub title: String,
    /// The choices in one line.
    pub options: String,
    pub quantity: u32,
    pub price: String,
}

/// Where a parcel is.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The headline in words: `Out for delivery`.
    pub title: String,
    /// When it is expected, in words.
    pub expected: Option<String>,
    /// Segments of five that are done; the next one is running unless all are.
    pub done: u8,
    /// Whether it moves no more, so that no segment runs.
    pub still: bool,
    /// Something is wrong with it.
    pub problem: bool,
    pub carrier: Option<String>,
    pub number: Option<String>,
    /// Where the carrier shows it; http(s) only.
    pub url: Option<String>,
    /// The last thing that happened: where, when, the carrier's words.
    pub last: Option<String>,
}

impl Parcel {
    /// The five segments, each with its state.
    fn segments(&self) -> impl Iterator<Item = &'static str> {
        (0..5_u8).map(|at| match at {
            _ if at < self.done => "done",
            _ if at == self.done && !self.still => "now",
            _ => "todo",
        })
    }

    fn step(&self) -> u8 {
        if self.still { self.done } else { (self.done + 1).min(5) }
    }
}
