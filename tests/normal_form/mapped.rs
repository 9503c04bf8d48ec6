//! Medusa and Vendure come in through the generic hook, after their own plugin's mapping.

use comptoir::domain::normal::{FulfilmentState, News, OrderNews, PaymentState, ShipmentStatus, is_real};
use serde_json::Value;

use crate::{
    arrange::{fixture, generic, one, order, sample, shown, values},
    mapping,
};

fn sampled(map: fn(&Value) -> Value, name: &str) -> Option<OrderNews> {
    Some(order(generic(&map(&sample(name)?))))
}

#[test]
fn medusas_order_comes_in() {
    let bag = order(generic(&mapping::medusa_order(&fixture("medusa/order_placed"))));
    assert_eq!((bag.number.as_str(), shown(bag.total).as_str()), ("#12", "64.68 EUR"));
    assert_eq!(bag.customer.name.as_deref(), Some("Inès Duval"));
    let Some(shirt) = sampled(mapping::medusa_order, "medusa/order_placed") else { return };
    assert_eq!((shirt.number.as_str(), shown(shirt.total).as_str()), ("#1", "89.88 EUR"));
    assert_eq!((shirt.payment, is_real(&shirt)), (PaymentState::Authorized, true));
    assert_eq!(shirt.customer.email.as_deref(), Some("ana.test@example.com"));
    assert_eq!(values(&shirt.lines[0]), [("Size", "M"), ("Color", "Blue")]);
    assert_eq!((shirt.lines[0].quantity, shown(shirt.lines[0].unit_price).as_str()), (2, "35.00 EUR"));
    assert_eq!(shown(shirt.shipping), "5.88 EUR");
}

#[test]
fn medusas_exchange_is_the_orders_new_state() {
    let Some(order) = sampled(mapping::medusa_order, "medusa/order_exchange_created") else { return };
    assert_eq!((order.lines.len(), shown(order.total).as_str()), (2, "137.28 EUR"));
    assert_eq!((order.payment, order.fulfilment), (PaymentState::PartiallyPaid, FulfilmentState::Partial));
    assert_eq!(values(&order.lines[1]), [("Size", "M"), ("Color", "White")]);
    assert_eq!(order.shipments[0].status, Some(ShipmentStatus::Delivered));
}

#[test]
fn medusas_shipment_names_its_order() {
    let own = one(generic(&mapping::medusa_shipment(&fixture("medusa/shipment_created"))));
    assert!(matches!(&own, News::Shipment { order, .. } if order == "order_1"), "{own:?}");
    let Some(body) = sample("medusa/shipment_created") else { return };
    let News::Shipment { order, shipment } = one(generic(&mapping::medusa_shipment(&body))) else { panic!() };
    assert_eq!(order, "order_01M7X3W5Y83E757B3X3KB9DJ1K");
    assert_eq!(
        (shipment.status, shipment.numbers.as_slice()),
        (Some(ShipmentStatus::Unknown), &["8R00000000000".into()][..])
    );
    assert!(shipment.shipped_at.is_some());
}

#[test]
fn vendures_order_comes_in() {
    let boot = order(generic(&mapping::vendure_order(&fixture("vendure/order_placed"))));
    assert_eq!((boot.number.as_str(), shown(boot.total).as_str()), ("K7Q2M9X4", "63.00 GBP"));
    let Some(shoe) = sampled(mapping::vendure_order, "vendure/order_placed") else { return };
    assert_eq!((shoe.number.as_str(), shown(shoe.total).as_str()), ("V2CU9U4ZS415BPH1", "124.99 USD"));
    assert_eq!((shoe.payment, is_real(&shoe)), (PaymentState::Authorized, true));
    assert_eq!(shoe.customer.locale.as_deref(), Some("en"));
    assert_eq!(values(&shoe.lines[0]), [("size", "Size 40")]);
    assert_eq!((shown(shoe.tax), shown(shoe.shipping)), ("20.00 USD".into(), "5.00 USD".into()));
}

#[test]
fn vendures_fulfilment_comes_in_once_its_order_is_looked_up() {
    let own = one(generic(&mapping::vendure_fulfilment(&fixture("vendure/fulfillment_delivered"), "31")));
    let News::Shipment { order, shipment } = own else { panic!("{own:?}") };
    assert_eq!((order.as_str(), shipment.carrier.as_deref()), ("31", Some("Parcel post")));
    let Some(body) = sample("vendure/fulfillment_delivered") else { return };
    let News::Shipment { shipment, .. } = one(generic(&mapping::vendure_fulfilment(&body, "2"))) else { panic!() };
    assert_eq!((shipment.status, shipment.carrier.as_deref()), (Some(ShipmentStatus::Delivered), Some("Colissimo")));
    assert_eq!(shipment.lines, [("2".to_owned(), 1)]);
}

#[test]
fn vendures_refund_and_modification_come_in() {
    let own = one(generic(&mapping::vendure_refund(&fixture("vendure/refund_settled"))));
    assert!(matches!(&own, News::Refund { order, refund } if order == "31" && shown(refund.amount) == "5.00 GBP"));
    let Some(body) = sample("vendure/refund_settled_after_modification") else { return };
    let News::Refund { refund, .. } = one(generic(&mapping::vendure_refund(&body))) else { panic!() };
    assert_eq!((shown(refund.amount).as_str(), refund.reason.as_deref()), ("5.00 USD", Some("goodwill")));
    let order = order(generic(&mapping::vendure_order(&body)));
    assert_eq!((order.payment, shown(order.refunded).as_str()), (PaymentState::PartiallyRefunded, "5.00 USD"));
    assert_eq!((order.lines.len(), values(&order.lines[0])), (1, vec![("size", "Size 42")]));
}
