//! Our own hook, for any system that can sign and post: Standard Webhooks 1.0 around the normal form. Full state only,
//! never a delta. The body's shape is in [`body`]; how its parts are read is in the modules below.

pub mod body;
mod goods;
mod orders;
mod parcels;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::Arrival;
use crate::{
    connect::{
        ReadError,
        fields::{Field, Reading, parse},
        signature::{BadSignature, StandardHeaders, verify_standard},
    },
    domain::{
        money::{Currency, Money},
        normal::{Choice, News},
    },
};

pub(super) const HEADERS: &[&str] = &["webhook-id", "webhook-timestamp", "webhook-signature"];

/// What a body's `type` may be.
const TYPES: &[&str] =
    &["order.upserted", "order.cancelled", "shipment.upserted", "refund.created", "product.upserted", "stock.updated"];

pub(super) fn verify(secrets: &[&str], arrival: &Arrival<'_>, now: DateTime<Utc>) -> Result<(), BadSignature> {
    let headers = StandardHeaders {
        id: arrival.header("webhook-id"),
        timestamp: arrival.header("webhook-timestamp"),
        signature: arrival.header("webhook-signature"),
    };
    verify_standard(secrets, headers, arrival.body, now)
}

/// The body's `type` when we know it, else nothing: an unknown one is told by [`read`].
pub(super) fn topic(arrival: &Arrival<'_>) -> String {
    #[derive(Deserialize)]
    struct Typed {
        r#type: String,
    }
    let typed = serde_json::from_slice::<Typed>(arrival.body).ok();
    typed.map(|body| body.r#type).filter(|topic| TYPES.contains(&topic.as_str())).unwrap_or_default()
}

pub(super) fn delivery_key<'a>(arrival: &Arrival<'a>) -> &'a str {
    arrival.header("webhook-id")
}

pub(super) fn read(arrival: &Arrival<'_>) -> Result<Vec<News>, ReadError> {
    let body = parse(arrival.body)?;
    let reading = Reading::strict();
    let root = reading.root(&body);
    let news = news(&root);
    reading.finish(news)
}

fn news(root: &Field<'_>) -> Option<Vec<News>> {
    let topic = root.get("type").required(Field::name);
    root.get("timestamp").must(Field::time);
    let data = root.get("data").must(Field::object);
    if !TYPES.contains(&topic.as_str()) {
        if !topic.is_empty() {
            root.get("type").wrong(&format!("must be one of: {}", TYPES.join(", ")));
        }
        return None;
    }
    let data = data?;
    match topic.as_str() {
        "order.upserted" => orders::upserted(&data),
        "order.cancelled" => orders::cancelled(&data),
        "shipment.upserted" => parcels::upserted(&data),
        "refund.created" => parcels::refunded(&data),
        "product.upserted" => goods::product(&data),
        _ => goods::stock(&data),
    }
}

/// `{amount, currency}`; in `expected` when the currency is settled already.
fn money(field: &Field<'_>, expected: Option<Currency>) -> Option<Money> {
    let object = field.object()?;
    let currency = object.get("currency").must(Field::currency)?;
    if expected.is_some_and(|expected| expected != currency) {
        object.get("currency").wrong("must be the order's own currency");
        return None;
    }
    object.get("amount").must(|amount| amount.amount(currency))
}

/// Money that is nothing when it is not told; `None` when the order's currency is not known.
fn money_or_zero(field: &Field<'_>, currency: Option<Currency>) -> Option<Money> {
    if field.is_missing() { currency.map(Money::zero) } else { money(field, currency) }
}

fn choices(field: &Field<'_>) -> Vec<Choice> {
    let choice = |item: Field<'_>| Choice {
        name: item.get("name").name().unwrap_or_default(),
        value: item.get("value").required(Field::note),
    };
    field.items(super::MOST_EXTRAS).into_iter().filter_map(|item| item.must(Field::object)).map(choice).collect()
}

/// The `external_id` of each of `items`; one that is used twice is a problem.
fn must_differ(items: &[Field<'_>]) {
    let mut seen = std::collections::HashSet::new();
    for item in items {
        let id = item.get("external_id");
        if id.id().is_some_and(|known| !seen.insert(known)) {
            id.wrong("is used twice");
        }
    }
}
