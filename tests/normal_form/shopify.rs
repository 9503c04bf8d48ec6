//! What each of Shopify's bodies becomes.

use comptoir::{
    connect::ReadError,
    domain::normal::{
        FulfilmentState, News, OrderNews, PaymentState, ProductNews, RefundNews, ShipmentNews, ShipmentStatus, is_real,
    },
};
use serde_json::{Value, json};

use crate::arrange::{at, fixture, one, order, problems, sample, shopify, shown, values};

fn shipment(news: News) -> (String, ShipmentNews) {
    match news {
        News::Shipment { order, shipment } => (order, shipment),
        other => panic!("not a shipment: {other:?}"),
    }
}

fn refund(news: News) -> (String, RefundNews) {
    match news {
        News::Refund { order, refund } => (order, refund),
        other => panic!("not a refund: {other:?}"),
    }
}

fn product(news: News) -> ProductNews {
    match news {
        News::Product(product) => *product,
        other => panic!("not a product: {other:?}"),
    }
}

fn sampled(topic: &str, name: &str) -> Option<OrderNews> {
    Some(order(shopify(topic, &sample(name)?)))
}

#[test]
fn an_authorized_order_opens_with_its_options_and_no_parcel() {
    let Some(order) = sampled("orders/create", "shopify/order_authorized_unfulfilled") else { return };
    assert_eq!((order.number.as_str(), shown(order.total).as_str()), ("#1001", "598.94 USD"));
    assert_eq!(order.external_id, "450789469");
    assert_eq!(order.payment, PaymentState::Authorized);
    assert_eq!(order.fulfilment, FulfilmentState::None);
    assert!(is_real(&order) && !order.test);
    assert_eq!(order.placed_at, at("2008-01-10T16:00:00Z"));
    assert_eq!(order.updated_at, at("2024-04-02T14:04:19Z"));
    let options: Vec<_> = order.lines.iter().flat_map(values).collect();
    assert_eq!(options, [("", "green"), ("", "red"), ("", "black")]);
    let [green, red, black] = order.lines.as_slice() else { panic!("{:?}", order.lines) };
    let wishes: Vec<_> = green.custom.iter().map(|wish| wish.value.as_str()).collect();
    assert_eq!(wishes, ["Happy Birthday", "Merry Christmas"]);
    assert_eq!((green.fulfilled, green.refunded, red.refunded, black.refunded), (0, 1, 0, 1));
    assert_eq!((shown(green.unit_price), shown(green.discount)), ("199.00 USD".into(), "3.34 USD".into()));
    let [failed] = order.shipments.as_slice() else { panic!("{:?}", order.shipments) };
    assert_eq!((failed.status, failed.shipped_at), (None, None));
    assert_eq!(order.refunds.len(), 1);
    assert_eq!(shown(order.refunded), "209.00 USD");
    assert_eq!(order.customer.name.as_deref(), Some("Bob Norman"));
    assert_eq!(order.customer.email.as_deref(), Some("bob.norman@mail.example.com"));
    assert_eq!(order.ship_to.unwrap().country.as_deref(), Some("US"));
}

#[test]
fn a_refunded_order_says_so_with_what_its_transactions_gave_back() {
    let Some(order) = sampled("orders/updated", "shopify/order_refunded") else { return };
    assert_eq!((order.number.as_str(), shown(order.total).as_str()), ("#1001", "598.94 USD"));
    assert_eq!(order.payment, PaymentState::Refunded);
    assert_eq!(shown(order.refunded), "10.00 USD");
    assert!(order.lines.iter().all(|line| line.refunded == 1));
    assert!(is_real(&order));
}

#[test]
fn an_order_without_a_customer_has_no_shopper() {
    for (name, total, lines) in [
        ("shopify/order_guest_no_customer_paid", "199.00 USD", 1),
        ("shopify/order_three_lines_taxes", "270.37 USD", 3),
    ] {
        let Some(order) = sampled("orders/paid", name) else { return };
        assert_eq!((order.number.as_str(), shown(order.total).as_str()), ("#1002", total), "{name}");
        assert_eq!(order.customer, comptoir::domain::normal::CustomerNews::default(), "{name}");
        assert_eq!(order.lines.len(), lines, "{name}");
        assert_eq!(order.payment, PaymentState::Paid, "{name}");
        assert!(is_real(&order), "{name}");
    }
}

#[test]
fn the_shopper_is_the_orders_and_not_the_customers() {
    let Some(order) = sampled("orders/create", "shopify/order_partially_paid") else { return };
    assert_eq!(order.customer.email.as_deref(), Some("jane@example.com"));
    assert_eq!(order.customer.name.as_deref(), Some("John Smith"));
    assert_eq!(order.payment, PaymentState::PartiallyPaid);
    assert!(is_real(&order));
}

#[test]
fn a_fulfilment_without_carrier_and_number_is_shown_as_shipped() {
    let Some(order) = sampled("orders/fulfilled", "shopify/order_fulfilled_tracking_null") else { return };
    let [parcel] = order.shipments.as_slice() else { panic!("{:?}", order.shipments) };
    assert_eq!((parcel.status, &parcel.carrier), (Some(ShipmentStatus::Unknown), &None));
    assert!(parcel.shipped_at.is_some() && parcel.numbers.is_empty() && parcel.urls.is_empty());
    assert_eq!(order.fulfilment, FulfilmentState::Fulfilled);
    assert!(order.lines.iter().all(|line| line.fulfilled == line.quantity));
}

#[test]
fn the_shape_of_2014_is_read() {
    let Some(order) = sampled("orders/create", "shopify/order_legacy_2014") else { return };
    assert_eq!((order.number.as_str(), shown(order.total).as_str()), ("#1001", "409.94 USD"));
    assert_eq!((shown(order.tax), shown(order.shipping)), ("11.94 USD".into(), "0.00 USD".into()));
    assert_eq!(order.customer.email.as_deref(), Some("bob.norman@hostmail.com"));
    assert_eq!((order.lines.len(), order.shipments[0].status), (3, None));
    assert!(is_real(&order));
}

#[test]
fn fulfilments_name_their_order() {
    for (topic, name, status, carrier, number) in [
        ("fulfillments/create", "fulfillment_success_tracking", ShipmentStatus::Unknown, None, "MS1562678"),
        ("fulfillments/create", "fulfillment_ups_tracking", ShipmentStatus::Unknown, Some("UPS"), "1Z001985YW99744790"),
        ("fulfillments/update", "fulfillment_cancelled", ShipmentStatus::Cancelled, Some("UPS"), "#☠1☢---4321"),
    ] {
        let Some(body) = sample(&format!("shopify/{name}")) else { return };
        let (order, parcel) = shipment(one(shopify(topic, &body)));
        assert_eq!(order, "450789469", "{name}");
        assert_eq!((parcel.status, parcel.carrier.as_deref()), (Some(status), carrier), "{name}");
        assert_eq!(parcel.numbers, [number], "{name}");
        assert_eq!((parcel.urls.len(), parcel.lines.len()), (1, 1), "{name}");
    }
}

#[test]
fn a_carriers_event_is_read_with_and_without_its_envelope() {
    let Some(body) = sample("shopify/fulfillment_event") else { return };
    let read = one(shopify("fulfillment_events/create", &body));
    assert_eq!(read, one(shopify("fulfillment_events/create", &body["fulfillment_event"])));
    let News::Milestone { order, shipment, milestone } = read else { panic!("{read:?}") };
    assert_eq!((order.as_str(), shipment.as_str()), ("450789469", "255858046"));
    assert_eq!((milestone.external_id.as_str(), milestone.status), ("944956393", ShipmentStatus::InTransit));
    assert_eq!(milestone.at, at("2023-10-21T03:39:27Z"));
}

#[test]
fn a_refund_is_its_successful_transactions() {
    let Some(body) = sample("shopify/refund_with_line_items") else { return };
    let (order, refund) = refund(one(shopify("refunds/create", &body)));
    assert_eq!((order.as_str(), refund.external_id.as_str()), ("450789469", "509562969"));
    assert_eq!(shown(refund.amount), "209.00 USD");
    assert_eq!(refund.reason.as_deref(), Some("it broke during shipping"));
    assert_eq!(refund.lines, [("703073504".to_owned(), 1), ("466157049".to_owned(), 1)]);
}

#[test]
fn what_we_do_not_follow_is_nothing() {
    let draft = sample("shopify/draft_order_open").unwrap_or_else(|| json!({"id": 1}));
    assert_eq!(one(shopify("draft_orders/create", &draft)), News::Nothing);
    for topic in ["orders/edited", "orders/delete", "customers/redact", "app/uninstalled", "", "anything"] {
        assert_eq!(one(shopify(topic, &json!({"id": 1}))), News::Nothing, "{topic}");
    }
}

#[test]
fn our_own_order_is_read_in_the_shops_money() {
    let order = order(shopify("orders/updated", &fixture("shopify/order")));
    assert_eq!(order.external_id, "820982911946154508");
    assert_eq!(order.number, "#F-2041");
    assert_eq!((shown(order.total), shown(order.refunded)), ("84.40 EUR".into(), "33.50 EUR".into()));
    assert_eq!((shown(order.shipping), shown(order.discount)), ("4.90 EUR".into(), "3.00 EUR".into()));
    assert_eq!(order.payment, PaymentState::PartiallyRefunded);
    assert_eq!(order.customer.email.as_deref(), Some("lea.marchand@example.com"));
    assert_eq!(
        (order.customer.phone.as_deref(), order.customer.locale.as_deref()),
        (Some("+33612345678"), Some("fr-FR"))
    );
    assert_eq!(order.admin_url.as_deref(), Some("https://demo.myshopify.com/admin/orders/820982911946154508"));
    let [shirt, cap] = order.lines.as_slice() else { panic!("{:?}", order.lines) };
    assert_eq!(shirt.external_id, "9007199254740993");
    assert_eq!(values(shirt), [("", "Blue"), ("", "M")]);
    assert!(values(cap).is_empty());
    assert_eq!(shirt.custom.len(), 1, "an app's own property is not a wish");
    assert_eq!((shirt.quantity, shirt.fulfilled, shirt.refunded), (2, 1, 1));
    let states: Vec<_> = order.shipments.iter().map(|parcel| parcel.status).collect();
    assert_eq!(states, [Some(ShipmentStatus::Cancelled), Some(ShipmentStatus::InTransit)]);
    assert_eq!(order.shipments[1].urls, ["https://track.example.com/6A12345678901"]);
}

#[test]
fn our_own_parcel_refund_and_event_are_read() {
    let (order, parcel) = shipment(one(shopify("fulfillments/create", &fixture("shopify/fulfillment"))));
    assert_eq!((order.as_str(), parcel.status), ("820982911946154508", Some(ShipmentStatus::InTransit)));
    let (_, refund) = refund(one(shopify("refunds/create", &fixture("shopify/refund"))));
    assert_eq!(shown(refund.amount), "33.50 EUR");
    let event = one(shopify("fulfillment_events/create", &fixture("shopify/fulfillment_event")));
    let News::Milestone { milestone, .. } = event else { panic!("{event:?}") };
    assert_eq!(milestone.status, ShipmentStatus::OutForDelivery);
    assert_eq!(milestone.place.as_deref(), Some("Strasbourg, FR"));
    assert_eq!(milestone.expected_at, Some(at("2026-11-20T17:00:00Z")));
}

#[test]
fn products_name_the_options_of_their_variants() {
    let product = product(one(shopify("products/update", &fixture("shopify/product"))));
    assert_eq!((product.external_id.as_str(), product.retired), ("710", false));
    let [blue, white] = product.variants.as_slice() else { panic!("{:?}", product.variants) };
    let options: Vec<_> = blue.options.iter().map(|o| (o.name.as_str(), o.value.as_str())).collect();
    assert_eq!(options, [("Color", "Blue"), ("Size", "M")]);
    assert_eq!((blue.stock, white.stock), (Some(4), None));
    assert_eq!((blue.price.unwrap().to_string(), blue.currency), ("35.00".to_owned(), "EUR".parse().ok()));
    assert_eq!(blue.stock_id.as_deref(), Some("8101"));
    assert_eq!(blue.image.as_deref(), Some("https://cdn.example.com/shirt.jpg"));
    assert_eq!(white.image.as_deref(), Some("https://cdn.example.com/shirt-white.jpg"));
}

#[test]
fn a_product_that_is_gone_or_archived_is_retired() {
    let gone = product(one(shopify("products/delete", &json!({"id": 710}))));
    assert_eq!((gone.external_id.as_str(), gone.retired, gone.updated_at), ("710", true, at("2026-11-21T08:00:00Z")));
    let mut body = fixture("shopify/product");
    body["status"] = json!("archived");
    assert!(product(one(shopify("products/update", &body))).retired);
}

#[test]
fn stock_is_counted_by_place() {
    let mut body = fixture("shopify/inventory_level");
    let News::Stock(stock) = one(shopify("inventory_levels/update", &body)) else { panic!() };
    assert_eq!((stock.stock_id.as_str(), stock.place.as_str(), stock.available), ("8101", "901", 3));
    body["available"] = Value::Null;
    assert_eq!(one(shopify("inventory_levels/update", &body)), News::Nothing);
}

#[test]
fn what_cannot_be_an_order_is_refused_with_its_place() {
    let changed = |pointer: &str, value: Value| {
        let mut body = fixture("shopify/order");
        *body.pointer_mut(pointer).unwrap() = value;
        problems(shopify("orders/create", &body))
    };
    assert_eq!(changed("/currency", json!("XXX")), ["/currency"]);
    assert_eq!(changed("/line_items/0/quantity", json!(-1)), ["/line_items/0/quantity"]);
    assert_eq!(changed("/line_items/0/quantity", json!(1_000_000_000_000_i64)), ["/line_items/0/quantity"]);
    assert_eq!(changed("/line_items/0/title", json!("x".repeat(1_000_000))), ["/line_items/0/title"]);
    assert_eq!(changed("/id", Value::Null), ["/id"]);
    assert_eq!(changed("/updated_at", json!("yesterday")), ["/updated_at"]);
    assert_eq!(problems(shopify("orders/create", &json!([]))), ["", "/currency"]);
    assert_eq!(problems(shopify("orders/create", &json!({"hello": 1}))), ["/currency"]);
}

#[test]
fn what_is_odd_but_harmless_is_dropped() {
    let mut body = fixture("shopify/order");
    body["line_items"][0]["title"] = json!("Linen\u{0} shirt\u{7}");
    body["email"] = json!("not an address");
    body["contact_email"] = json!("");
    body["shipping_address"]["country_code"] = json!("Elsewhere");
    body["customer"]["phone"] = json!({});
    let order = order(shopify("orders/create", &body));
    assert_eq!(order.lines[0].title, "Linen shirt");
    assert_eq!(order.customer.email.as_deref(), Some("other@example.com"));
    assert_eq!(order.ship_to.unwrap().country, None);
}

#[test]
fn what_is_not_json_or_too_deep_is_told_apart() {
    use comptoir::connect::shops::{Arrival, ConnectorKind, read};
    let raw = |body: &[u8]| {
        let headers = [crate::arrange::header("x-shopify-topic", "orders/create")];
        read(ConnectorKind::Shopify, &crate::arrange::context(), &Arrival { headers: &headers, body })
    };
    assert_eq!(raw(b"webhook_id=1"), Err(ReadError::NotJson));
    assert_eq!(raw(b""), Err(ReadError::NotJson));
    assert_eq!(raw("[".repeat(40).as_bytes()), Err(ReadError::TooDeep));
}
