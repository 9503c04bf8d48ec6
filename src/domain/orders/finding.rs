//! Finding orders: by what people and programs know of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{Order, OrderDetail, Source, details, number_key};
use crate::{
    domain::threads::{Thread, mailing},
    error::Result,
    ids::{MerchantId, OrderId, ShopperId},
    q,
    store::{
        Conn,
        columns::At,
        schema::{orders, threads},
    },
};

/// Orders of one number that are looked at: a merchant's shops may count alike.
const SAME_NUMBER: i64 = 50;

/// What a list of orders is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub number: Option<String>,
    pub external_id: Option<String>,
    pub email: Option<String>,
    pub shopper: Option<ShopperId>,
    pub updated_since: Option<DateTime<Utc>>,
    /// The last row of the page before.
    pub after: Option<(DateTime<Utc>, OrderId)>,
}

/// The merchant's orders, the least recently updated first, so that a reader who goes on from the last row misses none.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, merchant: MerchantId, filter: &Filter, limit: i64) -> Result<Vec<OrderDetail>> {
    let found: Vec<Order> = q!(conn, |c| {
        let mut list =
            orders::table.filter(orders::merchant_id.eq(merchant)).filter(orders::stub.eq(false)).into_boxed();
        if let Some(number) = &filter.number {
            list = list.filter(orders::number_key.eq(number_key(number)));
        }
        if let Some(external_id) = &filter.external_id {
            list = list.filter(orders::external_id.eq(external_id));
        }
        if let Some(email) = &filter.email {
            list = list.filter(orders::email.eq(email.trim().to_lowercase()));
        }
        if let Some(shopper) = filter.shopper {
            list = list.filter(orders::shopper_id.eq(shopper));
        }
        if let Some(since) = filter.updated_since {
            list = list.filter(orders::updated_at.ge(At::new(since)));
        }
        if let Some((at, id)) = filter.after {
            let at = At::new(at);
            list = list.filter(orders::updated_at.gt(at).or(orders::updated_at.eq(at).and(orders::id.gt(id))));
        }
        list.order((orders::updated_at, orders::id)).limit(limit).select(Order::as_select()).load(c)
    })?;
    details(conn, merchant, found)
}

/// The thread of the order with this number, whose letters go to this e-mail.
///
/// # Errors
/// When the database fails; no such order is `None`.
pub fn thread_by_number(
    conn: &mut Conn,
    merchant: MerchantId,
    number_key: &str,
    email: &str,
) -> Result<Option<Thread>> {
    let numbered: Vec<Thread> = q!(conn, |c| threads::table
        .inner_join(
            orders::table
                .on(orders::merchant_id.eq(threads::merchant_id).and(threads::order_id.eq(orders::id.nullable())))
        )
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::number_key.eq(number_key))
        .order(orders::placed_at.desc())
        .limit(SAME_NUMBER)
        .select(Thread::as_select())
        .load(c))?;
    for thread in numbered {
        if mailing::of(conn, &thread)?.address.as_deref() == Some(email) {
            return Ok(Some(thread));
        }
    }
    Ok(None)
}

/// The thread of a source's order, by the source's own id.
///
/// # Errors
/// When the database fails; an order that has not arrived or has no thread is `None`.
pub fn thread_of(conn: &mut Conn, source: &Source, external_id: &str) -> Result<Option<Thread>> {
    Ok(q!(conn, |c| threads::table
        .inner_join(
            orders::table
                .on(orders::merchant_id.eq(threads::merchant_id).and(threads::order_id.eq(orders::id.nullable())))
        )
        .filter(orders::merchant_id.eq(source.merchant))
        .filter(orders::shop_id.eq(source.shop))
        .filter(orders::source.eq(&source.name))
        .filter(orders::external_id.eq(external_id))
        .select(Thread::as_select())
        .first(c)
        .optional())?)
}
