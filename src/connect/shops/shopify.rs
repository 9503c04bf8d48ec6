//! Shopify's webhooks: the REST resources, without an envelope, of every API version since 2014. Vendors send what they
//! send, so what is odd but harmless is dropped; what cannot be an order at all is an error.

mod orders;
mod people;
mod prices;
mod products;
mod refunds;
mod shipments;

use chrono::{DateTime, Utc};

use super::{Arrival, ReadContext};
use crate::{
    connect::{
        ReadError,
        fields::{Field, Reading, parse},
        signature::{BadSignature, verify_plain},
    },
    domain::normal::News,
};

pub(super) const HEADERS: &[&str] = &[
    "x-shopify-topic",
    "x-shopify-hmac-sha256",
    "x-shopify-event-id",
    "x-shopify-webhook-id",
    "x-shopify-shop-domain",
    "x-shopify-triggered-at",
    "x-shopify-api-version",
];

pub(super) fn verify(secrets: &[&str], arrival: &Arrival<'_>) -> Result<(), BadSignature> {
    verify_plain(secrets, arrival.header("x-shopify-hmac-sha256"), arrival.body)
}

pub(super) fn topic<'a>(arrival: &Arrival<'a>) -> &'a str {
    arrival.header("x-shopify-topic")
}

/// The event's id, which all subscriptions of one event share, else this subscription's delivery.
pub(super) fn delivery_key<'a>(arrival: &Arrival<'a>) -> &'a str {
    match arrival.header("x-shopify-event-id") {
        "" => arrival.header("x-shopify-webhook-id"),
        event => event,
    }
}

pub(super) fn read(context: &ReadContext, arrival: &Arrival<'_>) -> Result<Vec<News>, ReadError> {
    let body = parse(arrival.body)?;
    let reading = Reading::lenient();
    let root = reading.root(&body);
    let news = news(context, arrival, &root);
    reading.finish(news.map(|news| vec![news]))
}

fn news(context: &ReadContext, arrival: &Arrival<'_>, root: &Field<'_>) -> Option<News> {
    match topic(arrival) {
        "orders/create"
        | "orders/updated"
        | "orders/paid"
        | "orders/partially_fulfilled"
        | "orders/fulfilled"
        | "orders/cancelled" => orders::order(root, arrival.header("x-shopify-shop-domain")),
        "fulfillments/create" | "fulfillments/update" => shipments::fulfilment(root),
        "fulfillment_events/create" => {
            shipments::event(&root.get("fulfillment_event").object().unwrap_or(root.clone()))
        }
        "refunds/create" => refunds::created(root, context.currency_hint),
        "products/create" | "products/update" => products::product(root, context.currency_hint),
        "products/delete" => products::deleted(root, triggered_at(arrival).unwrap_or(context.now)),
        "inventory_levels/update" => products::stock(root),
        // A delta (`orders/edited`), a draft, or nothing we follow.
        _ => Some(News::Nothing),
    }
}

fn triggered_at(arrival: &Arrival<'_>) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(arrival.header("x-shopify-triggered-at")).ok().map(|at| at.to_utc())
}
