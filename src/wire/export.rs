//! A person's data as it is handed to them: one JSON document, made piece by piece so that it may be long. What each piece
//! holds is said in the API's documentation; pieces may get more fields.

use serde_json::{Value, json};

use super::money::MoneyOut;
use crate::{
    domain::{
        cases::Case,
        exports::Posted,
        files::File,
        intakes::Intake,
        money::Money,
        orders::OrderDetail,
        shoppers::Shopper,
        threads::{Thread, messages::Message},
    },
    ids::DeliveryId,
    store::columns::At,
};

fn at(moment: At) -> String {
    moment.utc().to_rfc3339()
}

fn amount(minor: i64, order: &OrderDetail) -> MoneyOut {
    MoneyOut::from(Money::from_minor(minor, order.order.currency))
}

/// Who it is.
pub fn person(shopper: &Shopper, since: At) -> Value {
    json!({
        "id": shopper.id, "email": shopper.email, "name": shopper.name, "phone": shopper.phone, "language": shopper.locale,
        "known_since": at(since), "erased_at": shopper.erased_at.map(at),
    })
}

/// What they bought, and where it went.
pub fn order(detail: &OrderDetail, refunds: &[(i64, At)]) -> Value {
    let order = &detail.order;
    let lines = detail.lines.iter().map(|detail_line| {
        let line = &detail_line.line;
        json!({
            "title": line.title, "sku": line.sku, "options": line.options.0, "custom": line.custom.0,
            "quantity": line.quantity, "fulfilled": line.fulfilled, "refunded": line.refunded,
            "unit_price": amount(line.unit_price, detail), "discount": amount(line.discount, detail),
            "tax": amount(line.tax, detail),
        })
    });
    let parcels = detail.shipments.iter().map(|parcel| {
        let passed = parcel.milestones.iter().map(|passed| {
            json!({
                "status": passed.status, "at": at(passed.happened_at), "place": passed.place, "message": passed.message,
            })
        });
        json!({
            "id": parcel.id, "carrier": parcel.carrier, "numbers": parcel.numbers, "urls": parcel.urls,
            "status": parcel.status, "shipped_at": parcel.shipped_at.map(at), "milestones": passed.collect::<Vec<_>>(),
        })
    });
    let back = refunds.iter().map(|(minor, moment)| json!({ "amount": amount(*minor, detail), "at": at(*moment) }));
    json!({
        "id": order.id, "number": order.number, "external_id": order.external_id, "kind": order.kind,
        "state": order.state(), "payment_state": order.payment_state, "fulfilment_state": order.fulfilment_state,
        "placed_at": at(order.placed_at), "updated_at": at(order.updated_at), "cancelled_at": order.cancelled_at.map(at),
        "email": order.email, "ship_to": order.ship_to.as_ref().map(|to| &to.0), "admin_url": order.admin_url,
        "total": MoneyOut::from(order.total()), "discount": MoneyOut::from(order.discount()),
        "shipping": MoneyOut::from(order.shipping()), "tax": MoneyOut::from(order.tax()),
        "refunded": MoneyOut::from(order.refunded()), "refunds": back.collect::<Vec<_>>(),
        "thread_id": detail.thread_id, "lines": lines.collect::<Vec<_>>(), "shipments": parcels.collect::<Vec<_>>(),
    })
}

/// A conversation, without what was said in it.
pub fn thread(thread: &Thread, mail_to: Option<&str>) -> Value {
    json!({
        "id": thread.id, "order_id": thread.order_id, "state": thread.state, "language": thread.locale,
        "opened_at": at(thread.created_at), "letters_to": mail_to,
    })
}

/// Something that was said; `note` marks what agents wrote for each other about it.
pub fn message(message: &Message) -> Value {
    json!({
        "id": message.id, "author": message.author, "note": message.note, "text": message.alt,
        "blocks": message.blocks.0, "at": at(message.created_at), "client_id": message.client_id,
    })
}

/// What was asked for, and how it was decided.
pub fn case(case: &Case) -> Value {
    json!({
        "id": case.id, "kind": case.kind, "state": case.state, "reason": case.reason, "words": case.words,
        "quantity": case.quantity, "requested_at": at(case.requested_at), "decided_at": case.decided_at.map(at),
        "closed_at": case.closed_at.map(at), "decline_reason": case.decline_reason, "settlement": case.settlement,
    })
}

/// A file that was sent.
pub fn file(file: &File) -> Value {
    json!({
        "id": file.id, "name": file.name, "description": file.alt, "kind": file.kind, "format": file.format,
        "size": file.size, "sent_by": file.uploaded_by, "at": at(file.created_at), "message_id": file.message_id,
        "case_id": file.case_id, "note": file.note,
    })
}

/// A letter that was sent.
pub fn letter(posted: &Posted) -> Value {
    let id: DeliveryId = posted.id;
    json!({
        "id": id, "letter": posted.payload.0, "state": posted.state, "error": posted.error,
        "at": at(posted.created_at), "done_at": posted.done_at.map(at),
    })
}

/// When a browser was let in.
pub fn visit((opened, expires, proven): &(At, At, Option<String>)) -> Value {
    json!({ "opened_at": at(*opened), "until": at(*expires), "address": proven })
}

/// A code that was asked for.
pub fn code((number, asked): &(String, At)) -> Value {
    json!({ "order_number": number, "at": at(*asked) })
}

/// What a shop's system told, word for word.
pub fn arrival(intake: &Intake, body: &[u8]) -> Value {
    json!({
        "id": intake.id, "topic": intake.topic, "delivery": intake.delivery_key, "headers": intake.headers.0,
        "problems": intake.problems.0, "at": at(intake.received_at), "body": String::from_utf8_lossy(body),
    })
}
