//! What the card says of orders in every standing.

use super::*;
use crate::{
    domain::{
        normal::Choice,
        orders::{Line, Order},
        shipments::Milestone,
    },
    i18n::Lang,
    ids::{LineId, MerchantId, MilestoneId, OrderId, ShipmentId, ShopId},
    store::columns::{At, Json},
};

fn at(text: &str) -> At {
    At::new(text.parse().unwrap())
}

fn words(lang: &str) -> Words {
    Words::new(lang.parse().unwrap_or(Lang::default()), chrono_tz::Europe::Paris, at("2026-11-20T09:45:00Z").utc())
}

fn order() -> OrderDetail {
    let (merchant, id) = (MerchantId::from_bytes([1; 16]), OrderId::from_bytes([2; 16]));
    let order = Order {
        merchant_id: merchant,
        id,
        shop_id: ShopId::from_bytes([3; 16]),
        source: "generic".to_owned(),
        external_id: "o-1".to_owned(),
        stub: false,
        number: "#10482".to_owned(),
        kind: OrderKind::Goods,
        payment_state: PaymentState::Paid,
        fulfilment_state: FulfilmentState::None,
        test: false,
        currency: "EUR".parse().unwrap(),
        total: 8_700,
        discount: 1_000,
        shipping: 500,
        tax: 1_450,
        tax_included: true,
        told_refunded: 0,
        refunded: 0,
        shopper_id: None,
        email: None,
        ship_to: None,
        admin_url: None,
        cancelled_at: None,
        placed_at: at("2026-11-18T18:26:00Z"),
        told_at: at("2026-11-18T18:26:00Z"),
        told_hash: String::new(),
        updated_at: at("2026-11-18T18:26:00Z"),
        erased_at: None,
    };
    let line = Line {
        merchant_id: merchant,
        order_id: id,
        id: LineId::from_bytes([4; 16]),
        external_id: "l-1".to_owned(),
        position: 0,
        product: None,
        variant: None,
        sku: None,
        title: "Sormiou linen shirt".to_owned(),
        options: Json(vec![Choice { name: "Color".to_owned(), value: "Ecru".to_owned() }]),
        custom: Json(Vec::new()),
        picture: None,
        quantity: 1,
        fulfilled: 0,
        refunded: 0,
        unit_price: 9_200,
        discount: 0,
        tax: 0,
        removed: false,
    };
    let line = LineDetail { line, product: None, variant: None, given_back: 0 };
    OrderDetail { order, lines: vec![line], shipments: Vec::new(), thread_id: None, shopper: None }
}

fn parcel(status: ShipmentStatus, expected: Option<&str>) -> Shipment {
    Shipment {
        id: ShipmentId::from_bytes([5; 16]),
        external_id: "s-1".to_owned(),
        carrier: Some("Colissimo".to_owned()),
        numbers: vec!["8R44".to_owned()],
        urls: Vec::new(),
        lines: Vec::new(),
        status,
        expected_at: expected.map(at),
        shipped_at: None,
        milestones: vec![Milestone {
            external_id: "m".to_owned(),
            id: MilestoneId::from_bytes([6; 16]),
            status,
            happened_at: at("2026-11-20T07:12:00Z"),
            place: Some("Marseille".to_owned()),
            message: None,
        }],
    }
}

fn with(parcels: Vec<Shipment>) -> OrderDetail {
    OrderDetail { shipments: parcels, ..order() }
}

fn headline(order: &OrderDetail) -> String {
    standing(&words("en"), order).headline
}

#[test]
fn the_headline_says_only_what_is_known() {
    use ShipmentStatus as S;
    assert_eq!(headline(&order()), "Order confirmed");
    assert_eq!(headline(&with(vec![parcel(S::InTransit, None)])), "On its way");
    assert_eq!(headline(&with(vec![parcel(S::OutForDelivery, Some("2026-11-20T16:00:00Z"))])), "Arriving today");
    assert_eq!(headline(&with(vec![parcel(S::InTransit, Some("2026-11-21T16:00:00Z"))])), "Arriving tomorrow");
    assert_eq!(
        headline(&with(vec![parcel(S::InTransit, Some("2026-11-24T16:00:00Z"))])),
        "Arriving Tuesday 24 November"
    );
    // A promise that was not kept is not repeated.
    let late = with(vec![parcel(S::InTransit, Some("2026-11-18T16:00:00Z"))]);
    assert_eq!(headline(&late), "2 days late");
    let when = standing(&words("en"), &late).when.unwrap_or_default();
    assert!(when.starts_with("Was expected on 18 November, last seen "), "{when}");
    assert_eq!(headline(&with(vec![parcel(S::Unknown, None)])), "Sent");
}

#[test]
fn of_several_parcels_the_last_one_counts() {
    use ShipmentStatus as S;
    let both = standing(&words("en"), &with(vec![parcel(S::Delivered, None), parcel(S::InTransit, None)]));
    assert_eq!(both.headline, "1 delivered, 1 on the way");
    assert_eq!(both.when.as_deref(), Some("1 of 2 parcels delivered"));
    let soon = with(vec![parcel(S::Delivered, None), parcel(S::InTransit, Some("2026-11-21T09:00:00Z"))]);
    assert_eq!(standing(&words("en"), &soon).when.as_deref(), Some("The next one arrives tomorrow"));
    assert_eq!(both.step, Some(2));
    let arrived = standing(&words("en"), &with(vec![parcel(S::Delivered, None)]));
    assert_eq!((arrived.headline.as_str(), arrived.step), ("Delivered", Some(STEPS)));
    assert_eq!(arrived.when.as_deref(), Some("today 8:12, with Colissimo"));
    let cancelled = with(vec![parcel(S::Cancelled, None), parcel(S::Delivered, None)]);
    assert_eq!(headline(&cancelled), "Delivered");
}

#[test]
fn a_cancelled_or_refunded_order_shows_no_way() {
    let mut cancelled = with(vec![parcel(ShipmentStatus::InTransit, None)]);
    cancelled.order.cancelled_at = Some(at("2026-11-19T10:00:00Z"));
    assert_eq!(standing(&words("en"), &cancelled).step, None);
    assert_eq!(headline(&cancelled), "Cancelled");
    let mut refunded = order();
    refunded.order.payment_state = PaymentState::Refunded;
    assert_eq!((headline(&refunded).as_str(), standing(&words("en"), &refunded).step), ("Refunded", None));
    let mut partly = with(vec![parcel(ShipmentStatus::Delivered, None)]);
    partly.order.fulfilment_state = FulfilmentState::Partial;
    assert_eq!(headline(&partly), "Part of it has been sent");
}

#[test]
fn a_parcel_is_late_by_its_promise_or_by_its_silence() {
    use ShipmentStatus as S;
    let mut silent = parcel(S::InTransit, None);
    silent.milestones[0].happened_at = at("2026-11-16T07:00:00Z");
    assert_eq!(headline(&with(vec![silent.clone()])), "On its way", "four days are not long");
    silent.milestones[0].happened_at = at("2026-11-15T07:00:00Z");
    assert_eq!(headline(&with(vec![silent])), "No news for 5 days");
    // The day is the shop's own: late in its evening is still the day that was promised.
    let tonight = with(vec![parcel(S::OutForDelivery, Some("2026-11-20T05:00:00Z"))]);
    assert_eq!(headline(&tonight), "Arriving today");
    for status in [S::Delivered, S::Unknown, S::AvailableForPickup, S::Cancelled, S::Returning] {
        assert_ne!(stage(&words("en"), &with(vec![parcel(status, Some("2026-11-18T16:00:00Z"))])), Stage::Late);
    }
}

#[test]
fn the_stage_is_that_of_the_whole_order() {
    use ShipmentStatus as S;
    let at_stage = |order: &OrderDetail| stage(&words("en"), order);
    assert_eq!(at_stage(&order()), Stage::Preparing);
    assert_eq!(at_stage(&with(vec![parcel(S::InTransit, None)])), Stage::UnderWay);
    assert_eq!(at_stage(&with(vec![parcel(S::Delivered, None)])), Stage::Arrived);
    assert_eq!(at_stage(&with(vec![parcel(S::Delivered, None), parcel(S::InTransit, None)])), Stage::UnderWay);
    let mut partly = with(vec![parcel(S::Delivered, None)]);
    partly.order.fulfilment_state = FulfilmentState::Partial;
    assert_eq!(at_stage(&partly), Stage::UnderWay, "the rest has not been sent");
    let mut cancelled = order();
    cancelled.order.cancelled_at = Some(at("2026-11-19T10:00:00Z"));
    assert_eq!(at_stage(&cancelled), Stage::Over);
    // Of a booking no parcel is spoken, even if its shop names one.
    let mut booking = with(vec![parcel(S::InTransit, Some("2026-11-18T16:00:00Z"))]);
    booking.order.kind = OrderKind::Booking;
    assert_eq!((at_stage(&booking), headline(&booking).as_str()), (Stage::NoGoods, "Booking confirmed"));
    assert_eq!(standing(&words("en"), &booking).step, None);
}

#[test]
fn the_receipt_adds_up_and_names_what_applies() {
    let lines = |order: &OrderDetail| {
        totals(&words("en"), order).into_iter().map(|line| (line.label, line.value)).collect::<Vec<_>>()
    };
    let says = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    assert_eq!(
        lines(&order()),
        [
            says("Items", "€92.00"),
            says("Discount", "−€10.00"),
            says("Delivery", "€5.00"),
            says("Total", "€87.00"),
            says("Tax included", "€14.50"),
        ]
    );
    let mut refunded = order();
    refunded.order.refunded = 400;
    refunded.order.discount = 0;
    refunded.order.shipping = 0;
    refunded.order.tax_included = false;
    assert_eq!(
        lines(&refunded),
        [
            says("Items", "€92.00"),
            says("Delivery", "free"),
            says("Tax", "€14.50"),
            says("Total", "€87.00"),
            says("Refunded", "€4.00"),
        ]
    );
}

#[test]
fn every_status_has_its_words_in_both_languages() {
    for lang in ["en", "fr"] {
        let t = words(lang);
        for status in ShipmentStatus::ALL {
            let parcel = parcel(*status, None);
            assert!(!parcels::headline(&t, &parcel).contains("parcel-"), "{status}");
            assert!(!t.one(event_key(*status), "when", "10:42").contains("event-"), "{status}");
        }
    }
}

#[test]
fn tomorrow_is_a_day_of_the_calendar_however_many_hours_it_is_away() {
    // In Paris a quarter past midnight of the day that has 25 hours, and of one that has 23.
    for (now, tomorrow) in [
        ("2026-10-24T22:15:00Z", ["2026-10-25T23:00:00Z", "2026-10-26T22:59:59Z"]),
        ("2026-03-28T23:15:00Z", ["2026-03-29T22:00:00Z", "2026-03-30T21:59:59Z"]),
        ("2026-11-28T23:30:00Z", ["2026-11-29T23:00:00Z", "2026-11-30T22:59:59Z"]),
    ] {
        let t = Words::new(Lang::default(), chrono_tz::Europe::Paris, at(now).utc());
        for moment in tomorrow {
            assert_eq!(day_to_come(&t, &at(moment).utc()), ToCome::Tomorrow, "{moment} at {now}");
        }
        let before = at(tomorrow[0]).utc() - chrono::Duration::seconds(1);
        let after = at(tomorrow[1]).utc() + chrono::Duration::seconds(1);
        assert_eq!((day_to_come(&t, &before), day_to_come(&t, &after)), (ToCome::Today, ToCome::Later), "{now}");
    }
}
