//! Refunds: money that went back on an order, as its shop told, each once and for good.

use diesel::prelude::*;

use super::{Source, placing};
use crate::{
    domain::{
        events::{Actor, Change, announce},
        normal::RefundNews,
        threads,
    },
    error::Result,
    ids::{MerchantId, OrderId, RefundId},
    q,
    store::{
        Tx,
        columns::{At, Json},
        schema::{order_refunds, orders},
    },
};

/// Takes a refund that was told on its own; the order may not have arrived yet.
///
/// # Errors
/// When the database fails.
pub fn take(tx: &mut Tx<'_>, source: &Source, order: &str, news: &RefundNews) -> Result<OrderId> {
    let id = placing::locked(tx, source, order)?.id;
    let fresh = write(tx, source.merchant, id, news)?;
    add_up(tx, source.merchant, id)?;
    if let (true, Some(thread)) = (fresh, threads::of_order(tx, source.merchant, id)?) {
        announce(tx, &thread, Actor::System, Change::OrderUpdated { order: id })?;
    }
    Ok(id)
}

/// A refund is told once; told again with another amount, the larger stands. True when it is new.
pub(super) fn write(tx: &mut Tx<'_>, merchant: MerchantId, order: OrderId, news: &RefundNews) -> Result<bool> {
    let row = || order_refunds::table.find((merchant, order, &news.external_id));
    let known: Option<i64> = q!(tx, |c| row().select(order_refunds::amount).first(c).optional())?;
    let amount = news.amount.minor();
    let told = (
        order_refunds::amount.eq(amount),
        order_refunds::currency.eq(news.amount.currency()),
        order_refunds::lines.eq(Json(news.lines.clone())),
        order_refunds::refunded_at.eq(At::new(news.at)),
    );
    match known {
        Some(known) if known >= amount => {}
        Some(_) => {
            q!(tx, |c| diesel::update(row()).set(told).execute(c))?;
        }
        None => {
            let key = (
                order_refunds::merchant_id.eq(merchant),
                order_refunds::order_id.eq(order),
                order_refunds::external_id.eq(&news.external_id),
                order_refunds::id.eq(RefundId::new(tx.now())),
            );
            q!(tx, |c| diesel::insert_into(order_refunds::table).values((key, told)).execute(c))?;
        }
    }
    Ok(known.is_none())
}

/// What went back is what the order says or what its refunds sum to, whichever is more.
pub(super) fn add_up(tx: &mut Tx<'_>, merchant: MerchantId, id: OrderId) -> Result<()> {
    let amounts: Vec<i64> = q!(tx, |c| order_refunds::table
        .filter(order_refunds::merchant_id.eq(merchant))
        .filter(order_refunds::order_id.eq(id))
        .select(order_refunds::amount)
        .load(c))?;
    let row = || orders::table.find((merchant, id));
    let told: i64 = q!(tx, |c| row().select(orders::told_refunded).first(c))?;
    let refunded = told.max(amounts.iter().sum());
    q!(tx, |c| diesel::update(row()).set(orders::refunded.eq(refunded)).execute(c))?;
    Ok(())
}
