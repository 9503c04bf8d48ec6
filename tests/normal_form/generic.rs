//! What the bodies of the generic hook become, and what is wrong with bad ones.

use comptoir::{
    connect::shops::generic::body::{Body, json_schema},
    domain::normal::{Address, FulfilmentState, News, OrderKind, PaymentState, ShipmentStatus, is_real},
};
use serde_json::{Value, json};

use crate::arrange::{at, fixture, generic, one, order, problems, shown, values};

const FIXTURES: [&str; 6] = [
    "generic/order_upserted",
    "generic/order_cancelled",
    "generic/shipment_upserted",
    "generic/refund_created",
    "generic/product_upserted",
    "generic/stock_updated",
];

#[test]
fn an_order_comes_with_everything_it_told() {
    let news = generic(&fixture("generic/order_upserted")).unwrap();
    let [News::Order(order), News::Milestone { order: of, shipment, milestone }] = news.as_slice() else {
        panic!("{news:?}")
    };
    assert_eq!((order.external_id.as_str(), order.number.as_str()), ("order-501", "A-501"));
    assert_eq!((order.kind, order.payment), (OrderKind::Goods, PaymentState::PartiallyRefunded));
    assert_eq!(order.fulfilment, FulfilmentState::Partial);
    assert!(order.placed && !order.draft && !order.test && order.tax_included && is_real(order));
    assert_eq!((shown(order.total), shown(order.refunded)), ("74.80 EUR".into(), "10.00 EUR".into()));
    assert_eq!(order.customer.email.as_deref(), Some("milo.okafor@example.com"));
    let text = |text: &str| Some(text.to_owned());
    let expected = Address {
        name: text("Milo Okafor"),
        line1: text("3 rue du Phare"),
        line2: text("Bât. B"),
        postcode: text("29200"),
        city: text("Brest"),
        country: text("FR"),
    };
    assert_eq!(order.ship_to, Some(expected));
    let [line] = order.lines.as_slice() else { panic!("{:?}", order.lines) };
    assert_eq!(values(line), [("Color", "Blue"), ("Size", "M")]);
    assert_eq!((line.quantity, line.fulfilled, line.refunded), (2, 1, 1));
    assert_eq!((shown(line.unit_price), shown(line.tax)), ("35.00 EUR".into(), "11.65 EUR".into()));
    assert_eq!(order.shipments[0].lines, [("line-1".to_owned(), 1)]);
    assert_eq!(shown(order.refunds[0].amount), "10.00 EUR");
    assert_eq!((of.as_str(), shipment.as_str()), ("order-501", "parcel-1"));
    assert_eq!((milestone.status, milestone.at), (ShipmentStatus::Accepted, at("2026-11-19T09:00:00Z")));
}

#[test]
fn a_cancelled_order_is_its_full_state_with_the_time() {
    let body = fixture("generic/order_cancelled");
    assert_eq!(order(generic(&body)).cancelled_at, Some(at("2026-11-20T11:59:00Z")));
    let mut timeless = body;
    timeless["data"]["cancelled_at"] = Value::Null;
    assert_eq!(problems(generic(&timeless)), ["/data/cancelled_at"]);
}

#[test]
fn parcels_refunds_products_and_stock_come_by_themselves() {
    let parcel = generic(&fixture("generic/shipment_upserted")).unwrap();
    assert!(matches!(parcel.as_slice(), [News::Shipment { .. }, News::Milestone { .. }]), "{parcel:?}");
    let News::Refund { order, refund } = one(generic(&fixture("generic/refund_created"))) else { panic!() };
    assert_eq!((order.as_str(), shown(refund.amount).as_str()), ("order-501", "10.00 EUR"));
    let News::Product(product) = one(generic(&fixture("generic/product_upserted"))) else { panic!() };
    assert_eq!((product.variants[0].stock, product.variants[0].currency), (Some(4), "EUR".parse().ok()));
    let News::Stock(stock) = one(generic(&fixture("generic/stock_updated"))) else { panic!() };
    assert_eq!((stock.stock_id.as_str(), stock.available, stock.place.as_str()), ("item-1", 3, "warehouse"));
}

#[test]
fn the_least_that_an_order_needs_is_enough() {
    let body = json!({"type": "order.upserted", "timestamp": "2026-11-20T10:00:00Z", "data": {
        "external_id": 7, "number": "7", "placed_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
        "currency": "JPY", "payment_state": "pending", "total": {"amount": 4000, "currency": "JPY"},
        "something_else": {"deep": [1]},
    }});
    let order = order(generic(&body));
    assert_eq!((order.external_id.as_str(), shown(order.total).as_str()), ("7", "4000 JPY"));
    assert_eq!(shown(order.refunded), "0 JPY");
    assert!(!is_real(&order));
}

#[test]
fn every_mistake_is_told_at_once() {
    let mut body = fixture("generic/order_upserted");
    let data = &mut body["data"];
    data["lines"][0]["quantity"] = json!(0);
    data["lines"][0]["title"] = json!("NUL \u{0}");
    data["lines"][0]["unit_price"]["amount"] = json!("35.001");
    data["total"]["currency"] = json!("USD");
    data["customer"]["email"] = json!("milo");
    data["payment_state"] = json!("bartered");
    data["placed_at"] = json!("2026-11-18");
    data["shipments"][0]["status"] = json!("flying");
    data["refunds"][0]["amount"]["amount"] = json!(-1);
    let mut found = problems(generic(&body));
    found.sort();
    assert_eq!(
        found,
        [
            "/data/customer/email",
            "/data/lines/0/quantity",
            "/data/lines/0/title",
            "/data/lines/0/unit_price/amount",
            "/data/payment_state",
            "/data/placed_at",
            "/data/refunds/0/amount/amount",
            "/data/shipments/0/status",
            "/data/total/currency",
        ]
    );
}

#[test]
fn each_bad_value_is_told_where_it_stands() {
    for (pointer, value) in [
        ("/type", json!("order.deleted")),
        ("/type", json!(7)),
        ("/timestamp", json!("now")),
        ("/data/currency", json!("ABC")),
        ("/data/lines/0/quantity", json!(-2)),
        ("/data/lines/0/quantity", json!(1_000_000_000_000_i64)),
        ("/data/lines/0/fulfilled_quantity", json!(3)),
        ("/data/lines/0/title", json!("x".repeat(1_000_000))),
        ("/data/lines/0/options/0/value", json!("")),
        ("/data/external_id", Value::Null),
        ("/data/external_id", json!("x".repeat(201))),
        ("/data/cancel_reason", json!("bell \u{7}")),
        ("/data/ship_to/country", json!("France")),
        ("/data/lines", json!({})),
        ("/data/total/amount", json!("1e3")),
        ("/data/total/amount", json!("99999999999999999999")),
        ("/data", json!([])),
    ] {
        let mut body = fixture("generic/order_upserted");
        *body.pointer_mut(pointer).unwrap() = value.clone();
        assert_eq!(problems(generic(&body)), [pointer], "{value}");
    }
}

#[test]
fn ids_are_used_once_and_lists_are_bounded() {
    let mut body = fixture("generic/order_upserted");
    let line = body["data"]["lines"][0].clone();
    body["data"]["lines"] = json!([line, line]);
    assert_eq!(problems(generic(&body)), ["/data/lines/1/external_id"]);
    let lines = (0..501).map(|at| {
        let mut line = line.clone();
        line["external_id"] = json!(at);
        line
    });
    body["data"]["lines"] = lines.collect();
    assert_eq!(problems(generic(&body)), ["/data/lines"]);
}

#[test]
fn links_that_are_not_of_the_web_are_dropped() {
    let mut body = fixture("generic/order_upserted");
    body["data"]["admin_url"] = json!("javascript:alert(1)");
    body["data"]["lines"][0]["image"] = json!("data:image/svg+xml,x");
    let order = order(generic(&body));
    assert_eq!((order.admin_url, &order.lines[0].image), (None, &None));
}

#[test]
fn the_published_shape_is_what_is_read() {
    for name in FIXTURES {
        let body = fixture(name);
        let typed: Body = serde_json::from_value(body.clone()).unwrap();
        let again = serde_json::to_value(typed).unwrap();
        assert_eq!(generic(&again).unwrap(), generic(&body).unwrap(), "{name}");
    }
}

#[test]
fn the_schema_names_every_field_of_a_body() {
    let schema = json_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let text = schema.to_string();
    assert!(!text.contains("#/components"), "{text}");
    for name in FIXTURES {
        must_fit(&schema, &schema, &fixture(name), name);
    }
}

#[test]
fn the_schema_spells_words_as_they_are_sent() {
    let schema = json_schema();
    for (name, word) in [
        ("OrderKind", OrderKind::Booking.as_str()),
        ("PaymentState", PaymentState::PartiallyRefunded.as_str()),
        ("FulfilmentState", FulfilmentState::Returned.as_str()),
        ("ShipmentStatus", ShipmentStatus::OutForDelivery.as_str()),
    ] {
        let published = schema["$defs"][name]["enum"].as_array().unwrap();
        assert!(published.contains(&json!(word)), "{name}: {published:?}");
    }
}

/// Every field of `value` is named by the schema, and a reference leads somewhere.
fn must_fit(root: &Value, schema: &Value, value: &Value, place: &str) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let place = format!("{place}/{name}");
                let mut found = Vec::new();
                properties(root, schema, name, &mut found);
                assert!(!found.is_empty(), "the schema does not name {place}");
                let all = json!({ "anyOf": found });
                must_fit(root, &all, inner, &place);
            }
        }
        Value::Array(items) => {
            let mut found = Vec::new();
            elements(root, schema, &mut found);
            let all = json!({ "anyOf": found });
            items.iter().for_each(|item| must_fit(root, &all, item, place));
        }
        _ => {}
    }
}

fn properties(root: &Value, schema: &Value, name: &str, found: &mut Vec<Value>) {
    found.extend(schema["properties"].get(name).cloned());
    for part in parts(root, schema) {
        properties(root, &part, name, found);
    }
}

fn elements(root: &Value, schema: &Value, found: &mut Vec<Value>) {
    found.extend(schema.get("items").cloned());
    for part in parts(root, schema) {
        elements(root, &part, found);
    }
}

fn parts(root: &Value, schema: &Value) -> Vec<Value> {
    let mut parts: Vec<Value> = ["allOf", "anyOf", "oneOf"]
        .iter()
        .flat_map(|word| schema[*word].as_array().cloned().unwrap_or_default())
        .collect();
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.strip_prefix('#').unwrap());
        parts.push(target.unwrap_or_else(|| panic!("{reference} leads nowhere")).clone());
    }
    parts
}
