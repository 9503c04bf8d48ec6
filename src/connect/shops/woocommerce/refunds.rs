//! Refunds: inside an order only their number, sum and reason are told; asked for by itself a refund says more.

use chrono::{DateTime, Utc};

use super::prices;
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_LINES, add_pieces},
    },
    domain::{
        money::{Currency, Money},
        normal::RefundNews,
    },
};

/// The refunds inside an order; when each was made is not told, so it is when the order was told.
pub(super) fn of_order(order: &Field<'_>, currency: Currency, told_at: DateTime<Utc>) -> Vec<RefundNews> {
    order.get("refunds").items(MOST_LINES).iter().filter_map(|item| of_item(item, currency, told_at)).collect()
}

fn of_item(item: &Field<'_>, currency: Currency, at: DateTime<Utc>) -> Option<RefundNews> {
    let item = item.must(Field::object)?;
    let amount = item.get("total").must(|total| prices::signed(total, currency));
    Some(RefundNews {
        external_id: item.get("id").required(Field::id),
        amount: amount.map(|amount| amount.abs())?,
        reason: item.get("reason").note().or_else(|| item.get("refund").note()),
        at,
        lines: Vec::new(),
    })
}

/// A refund that was asked for by itself.
pub(super) fn resource(body: &Field<'_>, currency: Currency) -> Option<RefundNews> {
    let amount = body.get("amount").must(|amount| prices::signed(amount, currency));
    let at = body.get("date_created_gmt").must(Field::time_as_utc);
    let mut lines = Vec::new();
    for item in body.get("line_items").items(MOST_LINES) {
        if let Some((line, count)) = given_back(&item) {
            add_pieces(&mut lines, line, count);
        }
    }
    Some(RefundNews {
        external_id: body.get("id").required(Field::id),
        amount: amount.map(|amount: Money| amount.abs())?,
        reason: body.get("reason").note(),
        at: at?,
        lines,
    })
}

/// A refund's line has an id of its own and names the order's line in its metadata; its pieces are below zero.
fn given_back(item: &Field<'_>) -> Option<(String, u32)> {
    let meta = item.get("meta_data").items(MOST_LINES);
    let named = meta.iter().find(|entry| entry.get("key").name().as_deref() == Some("_refunded_item_id"))?;
    let pieces = item.get("quantity").decimal()?.abs().ceil();
    let pieces = u32::try_from(pieces).ok().filter(|pieces| *pieces > 0)?;
    Some((named.get("value").id()?, pieces))
}
