//! WooCommerce's webhooks: the REST resources as they are when a hook is delivered. There is no topic for payments,
//! fulfilments, refunds or cancellations: all of them are an order told anew. Plugins add what they like, so what is odd but
//! harmless is dropped; what cannot be an order at all is an error.

mod lines;
mod orders;
mod parcels;
mod people;
mod prices;
mod products;
mod refunds;

use super::{Arrival, ReadContext};
use crate::{
    connect::{
        ReadError,
        fields::{Field, Reading, parse, unmarked},
        signature::{BadSignature, verify_plain},
    },
    domain::{money::Currency, normal::News},
};

pub(super) const HEADERS: &[&str] = &[
    "x-wc-webhook-topic",
    "x-wc-webhook-signature",
    "x-wc-webhook-source",
    "x-wc-webhook-resource",
    "x-wc-webhook-event",
    "x-wc-webhook-id",
    "x-wc-webhook-delivery-id",
];

/// Lines, refunds, metadata and the like that one order may have.
const MOST_META: usize = 1000;
/// The longest body of a ping, in bytes.
const PING: usize = 40;

/// WooCommerce keeps a secret as it stands in a form and signs with what it reads as: `&amp;` is `&`.
pub(super) fn verify(secrets: &[&str], arrival: &Arrival<'_>) -> Result<(), BadSignature> {
    let read: Vec<String> = secrets.iter().map(|secret| unmarked(secret)).collect();
    let all: Vec<&str> = secrets.iter().copied().chain(read.iter().map(String::as_str)).collect();
    verify_plain(&all, arrival.header("x-wc-webhook-signature"), arrival.body)
}

pub(super) fn topic<'a>(arrival: &Arrival<'a>) -> &'a str {
    arrival.header("x-wc-webhook-topic")
}

/// Shared by different bodies that were sent in the same second.
pub(super) fn delivery_key<'a>(arrival: &Arrival<'a>) -> &'a str {
    arrival.header("x-wc-webhook-delivery-id")
}

/// The form that a shop posts, unsigned, to see whether somebody is there: `webhook_id=7`.
pub(super) fn is_ping(arrival: &Arrival<'_>) -> bool {
    let id = arrival.body.strip_prefix(b"webhook_id=").filter(|_| arrival.body.len() <= PING);
    id.is_some_and(|id| !id.is_empty() && id.iter().all(u8::is_ascii_digit))
}

pub(super) fn read(context: &ReadContext, arrival: &Arrival<'_>) -> Result<Vec<News>, ReadError> {
    let body = parse(arrival.body)?;
    let reading = Reading::lenient();
    let root = reading.root(&body);
    let news = match topic(arrival) {
        "order.created" | "order.updated" | "order.restored" => {
            orders::order(&root, arrival.header("x-wc-webhook-source"))
        }
        "product.created" | "product.updated" | "product.restored" => products::product(&root, context.currency_hint),
        "product.deleted" => products::deleted(&root, context.now),
        // Customers, coupons, an order put into the bin (nothing but its id is told), a plugin's own action.
        _ => Some(News::Nothing),
    };
    reading.finish(news.map(|news| vec![news]))
}

/// A refund as the REST API gives it, of the order it was asked for: it does not name the order itself, so it never comes
/// by a hook.
///
/// # Errors
/// As for a hook's body.
pub fn refund_of(order: &str, currency: Currency, body: &[u8]) -> Result<News, ReadError> {
    let body = parse(body)?;
    let reading = Reading::lenient();
    let root = reading.root(&body);
    let refund = refunds::resource(&root, currency);
    reading.finish(refund.map(|refund| News::Refund { order: order.to_owned(), refund }))
}

/// An id; 0 means that there is none.
fn id(field: &Field<'_>) -> Option<String> {
    field.id().filter(|id| id != "0")
}
