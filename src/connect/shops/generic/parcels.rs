//! Parcels, what happened to them, and money given back: inside an order or as news of their own.

use super::{money, must_differ};
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, MOST_LINES, add_pieces},
    },
    domain::{
        money::Currency,
        normal::{MilestoneNews, News, RefundNews, ShipmentNews, ShipmentStatus},
    },
};

pub(super) fn upserted(data: &Field<'_>) -> Option<Vec<News>> {
    let order = data.get("order_id").required(Field::id);
    let milestones = milestones(data, &order);
    let shipment = News::Shipment { order, shipment: shipment(data)? };
    Some(std::iter::once(shipment).chain(milestones).collect())
}

pub(super) fn refunded(data: &Field<'_>) -> Option<Vec<News>> {
    let order = data.get("order_id").required(Field::id);
    Some(vec![News::Refund { order, refund: refund(data, None)? }])
}

pub(super) fn shipment(data: &Field<'_>) -> Option<ShipmentNews> {
    let data = data.must(Field::object)?;
    Some(ShipmentNews {
        external_id: data.get("external_id").required(Field::id),
        carrier: data.get("carrier").name(),
        numbers: data.get("numbers").items(MOST_EXTRAS).iter().filter_map(Field::id).collect(),
        urls: data.get("urls").items(MOST_EXTRAS).iter().filter_map(Field::link).collect(),
        status: data.get("status").word(ShipmentStatus::ALL),
        shipped_at: data.get("shipped_at").time(),
        updated_at: data.get("updated_at").required(Field::time),
        lines: pieces(&data.get("lines")),
    })
}

/// What happened to the parcel `data` of the order `order`.
pub(super) fn milestones(data: &Field<'_>, order: &str) -> Vec<News> {
    let items = data.get("milestones").items(MOST_LINES);
    must_differ(&items);
    let news = |item: &Field<'_>| {
        let item = item.must(Field::object)?;
        Some(News::Milestone {
            order: order.to_owned(),
            shipment: data.get("external_id").id()?,
            milestone: MilestoneNews {
                external_id: item.get("external_id").required(Field::id),
                status: item.get("status").must(|status| status.word(ShipmentStatus::ALL))?,
                at: item.get("at").required(Field::time),
                place: item.get("place").name(),
                message: item.get("message").note(),
                expected_at: item.get("expected_at").time(),
            },
        })
    };
    items.iter().filter_map(news).collect()
}

/// A refund in `currency`, or in its own when no order settles it.
pub(super) fn refund(data: &Field<'_>, currency: Option<Currency>) -> Option<RefundNews> {
    let amount = data.get("amount").must(|amount| money(amount, currency));
    Some(RefundNews {
        external_id: data.get("external_id").required(Field::id),
        reason: data.get("reason").note(),
        at: data.get("at").required(Field::time),
        lines: pieces(&data.get("lines")),
        amount: amount?,
    })
}

fn pieces(lines: &Field<'_>) -> Vec<(String, u32)> {
    let mut pieces = Vec::new();
    for line in lines.items(MOST_LINES) {
        let Some(line) = line.must(Field::object) else { continue };
        let name = line.get("line").required(Field::id);
        add_pieces(&mut pieces, name, line.get("quantity").required(|quantity| quantity.pieces(1)));
    }
    pieces
}
