//! The shapes programs see, whole: a field that is renamed or lost shows here.

use std::collections::HashMap;

use chrono::DateTime;
use serde_json::{json, to_value};

use super::{
    cases::CaseOut, events::EventOut, messages::*, orders::OrderOut, products::ProductOut, threads::ThreadOut,
};
use crate::{
    domain::{
        agents::{Agent, Role},
        cases::{Case, CaseKind, CaseState, GoodsBack, GoodsOut, MoneyTrack, Reason, Track, proposing::Proposal},
        catalogue::{Offer, Product, Variant},
        events::{ActorKind, Change, Event},
        money::Currency,
        normal::{Choice, FulfilmentState, OrderKind, PaymentState, ShipmentStatus},
        orders::{Line, LineDetail, Order, OrderDetail},
        shipments::{Milestone, Shipment},
        shoppers::Shopper,
        threads::{
            Thread, ThreadState,
            listing::ThreadDetail,
            messages::{Block, Message},
        },
    },
    ids::*,
    store::columns::{At, Json},
};

const NOON: &str = "2026-08-01T12:00:00Z";

fn at() -> At {
    At::new(DateTime::parse_from_rfc3339(NOON).unwrap().to_utc())
}

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn money(amount: &str) -> serde_json::Value {
    json!({ "amount": amount, "currency": "EUR" })
}

/// An id whose bytes are all `n`, and how it is written.
macro_rules! id {
    ($kind:ident, $n:literal) => {
        $kind::from_bytes([$n; 16])
    };
}

fn written(id: impl std::fmt::Display) -> String {
    id.to_string()
}

fn jon() -> Shopper {
    let email = Some("jon@example.com".to_owned());
    Shopper {
        id: id!(ShopperId, 1),
        email,
        name: Some("Jon Snow".to_owned()),
        phone: None,
        locale: None,
        erased_at: None,
    }
}

fn mia() -> Agent {
    Agent {
        merchant_id: id!(MerchantId, 9),
        id: id!(AgentId, 2),
        email: "mia@example.com".to_owned(),
        name: "Mia".to_owned(),
        role: Role::Agent,
        locale: "en".to_owned(),
        active: true,
        single_keys: true,
        seen_at: None,
        away_since: None,
        away_until: None,
    }
}

fn ecru() -> Vec<Choice> {
    vec![Choice { name: "Colour".to_owned(), value: "Ecru".to_owned() }]
}

fn order() -> Order {
    Order {
        merchant_id: id!(MerchantId, 9),
        id: id!(OrderId, 3),
        shop_id: id!(ShopId, 8),
        source: "generic:shop".to_owned(),
        external_id: "o-1".to_owned(),
        stub: false,
        number: "#1001".to_owned(),
        kind: OrderKind::Goods,
        payment_state: PaymentState::PartiallyRefunded,
        fulfilment_state: FulfilmentState::Fulfilled,
        test: false,
        currency: euro(),
        total: 3950,
        discount: 0,
        shipping: 450,
        tax: 658,
        tax_included: true,
        told_refunded: 400,
        refunded: 400,
        shopper_id: Some(id!(ShopperId, 1)),
        email: None,
        ship_to: None,
        admin_url: None,
        cancelled_at: None,
        placed_at: at(),
        told_at: at(),
        told_hash: String::new(),
        updated_at: at(),
        erased_at: None,
    }
}

fn line() -> Line {
    Line {
        merchant_id: id!(MerchantId, 9),
        order_id: id!(OrderId, 3),
        id: id!(LineId, 4),
        external_id: "l-1".to_owned(),
        position: 0,
        product: None,
        variant: Some("v-1".to_owned()),
        sku: Some("SHIRT".to_owned()),
        title: "Linen shirt".to_owned(),
        options: Json(ecru()),
        custom: Json(Vec::new()),
        picture: Some("/p.svg".to_owned()),
        quantity: 1,
        fulfilled: 1,
        refunded: 0,
        unit_price: 3500,
        discount: 0,
        tax: 0,
        removed: false,
    }
}

fn parcel() -> Shipment {
    let milestone = Milestone {
        external_id: "m-1".to_owned(),
        id: id!(MilestoneId, 6),
        status: ShipmentStatus::InTransit,
        happened_at: at(),
        place: Some("Lyon".to_owned()),
        message: None,
    };
    Shipment {
        id: id!(ShipmentId, 5),
        external_id: "s-1".to_owned(),
        carrier: Some("DHL".to_owned()),
        numbers: vec!["1Z".to_owned()],
        urls: Vec::new(),
        lines: Vec::new(),
        status: ShipmentStatus::InTransit,
        expected_at: None,
        shipped_at: Some(at()),
        milestones: vec![milestone],
    }
}

#[test]
fn an_order_is_told_whole() {
    let detail = OrderDetail {
        order: order(),
        lines: vec![LineDetail { line: line(), product: None, variant: None, given_back: 0 }],
        shipments: vec![parcel()],
        shopper: Some(jon()),
        thread_id: Some(id!(ThreadId, 7)),
    };
    let expected = json!({
        "id": written(id!(OrderId, 3)), "number": "#1001", "external_id": "o-1", "source": "generic:shop",
        "shop_id": written(id!(ShopId, 8)), "kind": "goods", "state": "open", "payment_state": "partially_refunded",
        "fulfilment_state": "fulfilled", "test": false, "placed_at": NOON, "updated_at": NOON, "cancelled_at": null,
        "currency": "EUR", "total": money("39.50"), "refunded": money("4.00"), "discount": money("0.00"),
        "shipping": money("4.50"), "tax": money("6.58"), "thread_id": written(id!(ThreadId, 7)),
        "shopper": { "id": written(id!(ShopperId, 1)), "name": "Jon Snow", "email": "jon@example.com" },
        "lines": [{
            "id": written(id!(LineId, 4)), "title": "Linen shirt", "options": [{ "name": "Colour", "value": "Ecru" }],
            "quantity": 1, "refunded": 0, "unit_price": money("35.00"), "picture": "/p.svg", "sku": "SHIRT", "variant": "v-1",
        }],
        "shipments": [{
            "id": written(id!(ShipmentId, 5)), "external_id": "s-1", "carrier": "DHL", "numbers": ["1Z"], "urls": [],
            "status": "in_transit", "shipped_at": NOON, "expected_at": null,
            "milestones": [{
                "id": written(id!(MilestoneId, 6)), "status": "in_transit", "happened_at": NOON, "place": "Lyon", "message": null,
            }],
        }],
    });
    assert_eq!(to_value(OrderOut::from(&detail)).unwrap(), expected);
}

#[test]
fn an_order_that_is_cancelled_and_names_nobody_says_so() {
    let order = Order { cancelled_at: Some(at()), ..order() };
    let detail = OrderDetail { order, lines: Vec::new(), shipments: Vec::new(), shopper: None, thread_id: None };
    let told = to_value(OrderOut::from(&detail)).unwrap();
    assert_eq!((&told["state"], &told["cancelled_at"]), (&json!("cancelled"), &json!(NOON)));
    assert_eq!((&told["shopper"], &told["thread_id"]), (&json!(null), &json!(null)));
}

#[test]
fn a_thread_is_told_whole() {
    let thread = Thread {
        merchant_id: id!(MerchantId, 9),
        id: id!(ThreadId, 7),
        shop_id: id!(ShopId, 8),
        order_id: Some(id!(OrderId, 3)),
        shopper_id: Some(id!(ShopperId, 1)),
        state: ThreadState::Open,
        locale: "fr".to_owned(),
        assigned_to: Some(id!(AgentId, 2)),
        waiting_since: Some(at()),
        last_seq: 4,
        last_message_at: None,
        moved_at: at(),
        link_version: 1,
        created_at: at(),
        snoozed_until: None,
        reply_due_at: Some(at()),
    };
    let detail = ThreadDetail {
        thread,
        order_number: Some("#1001".to_owned()),
        shopper: Some(jon()),
        assignee: Some(mia()),
        mail_refused: None,
        labels: Vec::new(),
    };
    let expected = json!({
        "id": written(id!(ThreadId, 7)), "order_id": written(id!(OrderId, 3)), "order_number": "#1001",
        "shop_id": written(id!(ShopId, 8)),
        "shopper": { "id": written(id!(ShopperId, 1)), "name": "Jon Snow", "email": "jon@example.com" },
        "state": "open", "locale": "fr", "assigned_to": { "id": written(id!(AgentId, 2)), "name": "Mia" },
        "mail_refused": null, "labels": [],
        "waiting_since": NOON, "reply_due_at": NOON, "snoozed_until": null, "created_at": NOON, "moved_at": NOON, "last_seq": 4,
    });
    assert_eq!(to_value(ThreadOut::from(&detail)).unwrap(), expected);
}

fn message(author: ActorKind, author_id: Option<AgentId>) -> Message {
    Message {
        merchant_id: id!(MerchantId, 9),
        thread_id: id!(ThreadId, 7),
        seq: 4,
        id: id!(MessageId, 10),
        author,
        author_id,
        note: false,
        client_id: "client-1".to_owned(),
        alt: "Hello".to_owned(),
        blocks: Json(vec![Block::Text { text: "Hello".to_owned() }]),
        created_at: at(),
    }
}

#[test]
fn a_message_names_who_said_it() {
    let names =
        Names { agents: HashMap::from([(mia().id, mia())]), shoppers: HashMap::from([(jon().id, jon())]), files: None };
    let told = |author, id| to_value(MessageOut::of(&message(author, id), &names)).unwrap();
    let expected = json!({
        "id": written(id!(MessageId, 10)), "seq": 4,
        "author": { "kind": "agent", "id": written(id!(AgentId, 2)), "name": "Mia" },
        "note": false, "alt": "Hello", "blocks": [{ "type": "text", "text": "Hello" }], "client_id": "client-1",
        "created_at": NOON,
    });
    assert_eq!(told(ActorKind::Agent, Some(id!(AgentId, 2))), expected);
    let shopper = json!({ "kind": "shopper", "id": written(id!(ShopperId, 1)), "name": "Jon Snow" });
    assert_eq!(told(ActorKind::Shopper, Some(id!(AgentId, 1)))["author"], shopper);
    assert_eq!(told(ActorKind::App, None)["author"], json!({ "kind": "app", "id": null, "name": null }));
}

#[test]
fn a_case_is_told_whole() {
    let case = Case {
        merchant_id: id!(MerchantId, 9),
        id: id!(CaseId, 11),
        thread_id: id!(ThreadId, 7),
        order_id: id!(OrderId, 3),
        kind: CaseKind::Exchange,
        state: CaseState::Approved,
        line_id: id!(LineId, 4),
        quantity: 1,
        reason: Reason::Colour,
        words: String::new(),
        from_variant_id: None,
        to_variant_id: id!(VariantId, 12),
        price_from: 3500,
        price_to: 3900,
        difference: 400,
        currency: euro(),
        goods_back: GoodsBack::Pending,
        goods_out: GoodsOut::Reserved,
        money: MoneyTrack::DueFromShopper,
        client_id: "client-1".to_owned(),
        requested_seq: 3,
        requested_at: at(),
        decided_at: Some(at()),
        decided_by: Some(id!(AgentId, 2)),
        decline_reason: None,
        settlement: None,
        closed_at: None,
        terms: None,
    };
    let expected = json!({
        "id": written(id!(CaseId, 11)), "thread_id": written(id!(ThreadId, 7)), "order_id": written(id!(OrderId, 3)),
        "kind": "exchange", "state": "approved", "line_id": written(id!(LineId, 4)), "quantity": 1, "reason": "colour",
        "words": "", "from_variant_id": null, "to_variant_id": written(id!(VariantId, 12)),
        "price_from": money("35.00"), "price_to": money("39.00"), "difference": money("4.00"),
        "tracks": { "goods_back": "pending", "goods_out": "reserved", "money": "due_from_shopper" },
        "client_id": "client-1", "requested_at": NOON, "decided_at": NOON,
        "decided_by": { "id": written(id!(AgentId, 2)), "name": "Mia" },
        "decline_reason": null, "settlement": null, "closed_at": null, "proposal": null,
    });
    let agents = HashMap::from([(mia().id, mia())]);
    assert_eq!(to_value(CaseOut::of(&case, None, &agents)).unwrap(), expected);
    let proposal = Proposal {
        merchant_id: case.merchant_id,
        case_id: case.id,
        variant_id: id!(VariantId, 13),
        price_to: 3000,
        difference: -500,
        proposed_by: Some(id!(AgentId, 2)),
        proposed_at: at(),
    };
    let told = to_value(CaseOut::of(&case, Some(&proposal), &agents)).unwrap();
    let offered = json!({
        "variant_id": written(id!(VariantId, 13)), "price_to": money("30.00"), "difference": money("-5.00"),
        "proposed_by": { "id": written(id!(AgentId, 2)), "name": "Mia" }, "proposed_at": NOON,
    });
    assert_eq!(told["proposal"], offered);
}

#[test]
fn a_product_says_what_can_be_promised_of_it() {
    let product = Product {
        id: id!(ProductId, 13),
        shop_id: id!(ShopId, 8),
        external_id: "p-1".to_owned(),
        title: "Linen shirt".to_owned(),
        picture: None,
        exchangeable: true,
        retired: false,
    };
    let variant = Variant {
        id: id!(VariantId, 12),
        product_id: id!(ProductId, 13),
        external_id: "v-1".to_owned(),
        sku: None,
        options: Json(ecru()),
        picture: None,
        price: Some(3900),
        currency: Some(euro()),
        stock: Some(3),
        position: 0,
        retired: false,
    };
    let expected = json!({
        "id": written(id!(ProductId, 13)), "shop_id": written(id!(ShopId, 8)), "external_id": "p-1", "title": "Linen shirt",
        "picture": null, "exchangeable": true, "retired": false,
        "variants": [{
            "id": written(id!(VariantId, 12)), "external_id": "v-1", "sku": null,
            "options": [{ "name": "Colour", "value": "Ecru" }], "picture": null, "price": money("39.00"), "stock": 3, "available": 2,
        }],
    });
    let offers = [Offer { variant, available: Some(2) }];
    assert_eq!(to_value(ProductOut::of(&product, &offers)).unwrap(), expected);
}

#[test]
fn an_event_tells_ids_only() {
    let event = |change: Change| Event {
        id: id!(EventId, 14),
        thread_id: id!(ThreadId, 7),
        seq: 5,
        pos: Some(42),
        actor: ActorKind::Shopper,
        actor_id: Some(id!(AgentId, 1)),
        change: Json(change),
        happened_at: at(),
    };
    let expected = json!({
        "pos": 42, "id": written(id!(EventId, 14)), "type": "case.moved", "thread_id": written(id!(ThreadId, 7)), "seq": 5,
        "actor": { "kind": "shopper", "id": written(id!(ShopperId, 1)) },
        "data": { "case_id": written(id!(CaseId, 11)), "track": "money" }, "happened_at": NOON,
    });
    let moved = event(Change::CaseMoved { case: id!(CaseId, 11), track: Track::Money });
    assert_eq!(to_value(EventOut::from(&moved)).unwrap(), expected);
    let resolved = to_value(EventOut::from(&event(Change::ThreadResolved))).unwrap();
    assert_eq!((&resolved["type"], &resolved["data"]), (&json!("thread.resolved"), &json!({})));
}
