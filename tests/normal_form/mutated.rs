//! Whatever arrives, reading it ends with news or an error, never with a panic.

use comptoir::{
    connect::shops::{Arrival, ConnectorKind, ReadContext, delivery_key, read, topic, verify},
    domain::normal::{News, Unreadable},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arrange::{context, fixture, header};

const BODIES: [(&str, &str); 17] = [
    ("orders/create", "shopify/order"),
    ("fulfillments/create", "shopify/fulfillment"),
    ("fulfillment_events/create", "shopify/fulfillment_event"),
    ("refunds/create", "shopify/refund"),
    ("products/update", "shopify/product"),
    ("inventory_levels/update", "shopify/inventory_level"),
    ("", "generic/order_upserted"),
    ("", "generic/order_cancelled"),
    ("", "generic/shipment_upserted"),
    ("", "generic/refund_created"),
    ("", "generic/product_upserted"),
    ("", "generic/stock_updated"),
    ("order.created", "woocommerce/order"),
    ("order.updated", "woocommerce/order_sent"),
    ("product.updated", "woocommerce/product_variable"),
    ("product.updated", "woocommerce/product_variation"),
    ("product.updated", "woocommerce/product_simple"),
];

/// Reads `body` both ways and checks what must hold of any answer.
fn survives(topic_header: &str, body: &[u8]) {
    let headers = [
        header("x-shopify-topic", topic_header),
        header("x-shopify-hmac-sha256", "AAAA"),
        header("x-wc-webhook-topic", topic_header),
        header("x-wc-webhook-signature", "AAAA"),
    ];
    let arrival = Arrival { headers: &headers, body };
    for kind in ConnectorKind::ALL {
        for context in [context(), ReadContext { currency_hint: None, ..context() }] {
            match read(*kind, &context, &arrival) {
                Ok(news) => assert!(!news.is_empty() && news.iter().all(is_bounded), "{news:?}"),
                Err(comptoir::connect::ReadError::Unreadable(problems)) => assert!(
                    (1..=100).contains(&problems.len())
                        && problems
                            .iter()
                            .all(|Unreadable { pointer, .. }| pointer.is_empty() || pointer.starts_with('/'))
                ),
                Err(_) => {}
            }
        }
        assert!(verify(*kind, &["secret"], &arrival, context().now).is_err());
        assert!(topic(*kind, &arrival).len() < 200 && delivery_key(*kind, &arrival).is_empty());
    }
}

fn is_bounded(news: &News) -> bool {
    let News::Order(order) = news else { return true };
    let is_id = |id: &str| !id.is_empty() && id.chars().count() <= 200 && !id.contains('\0');
    is_id(&order.external_id)
        && order.lines.len() <= 500
        && order.lines.iter().all(|line| {
            is_id(&line.external_id)
                && (1..=100_000).contains(&line.quantity)
                && line.fulfilled <= line.quantity
                && line.refunded <= line.quantity
                && line.unit_price.currency() == order.currency
        })
}

/// The pointers of everything inside `value`.
fn places(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| places(inner, format!("{place}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, inner)| places(inner, format!("{place}/{at}"), found));
        }
        _ => {}
    }
    found.push(place);
}

fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e300),
        json!(0.1),
        json!(""),
        json!("\u{0}\u{202e}"),
        json!("EUR"),
        json!("JPY"),
        json!("79228162514264337593543950335"),
        json!("1e999"),
        json!("2026-11-20T23:59:60Z"),
        json!("9999-12-31T23:59:59-23:59"),
        json!("x".repeat(5000)),
        json!([]),
        json!({}),
        json!([[[]], {}]),
        json!([null, 1, "x"]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_bytes_are_survived(body in prop::collection::vec(any::<u8>(), 0..400), which in 0..BODIES.len()) {
        survives(BODIES[which].0, &body);
    }

    #[test]
    fn any_bent_bytes_of_a_body_are_survived(
        which in 0..BODIES.len(),
        bends in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let (topic, name) = BODIES[which];
        let mut body = fixture(name).to_string().into_bytes();
        for (at, byte) in bends {
            let at = at.index(body.len());
            body[at] = byte;
        }
        survives(topic, &body);
    }

    #[test]
    fn any_odd_values_in_a_body_are_survived(
        which in 0..BODIES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        let (topic, name) = BODIES[which];
        let mut body = fixture(name);
        let odd = odd_values();
        for (place, value) in changes {
            let mut found = Vec::new();
            places(&body, String::new(), &mut found);
            let place = &found[place.index(found.len())];
            *body.pointer_mut(place).unwrap() = odd[value.index(odd.len())].clone();
        }
        survives(topic, body.to_string().as_bytes());
    }
}
