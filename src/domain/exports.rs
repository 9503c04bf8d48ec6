//! What is held about a person, to be handed to them. Each finder gives one page, so that a long history needs no more
//! memory than a short one. Notes of agents are handed over too: what a shop writes about somebody is their data.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    audit::{self, Act, Doer},
    deliveries::{DeliveryState, Letter},
    erasures::traces,
    files::File,
    intakes::{self, Intake},
    shoppers,
    threads::Thread,
};
use crate::{
    error::Result,
    ids::{DeliveryId, IntakeId, MerchantId, OrderId, ShopperId},
    q,
    secrets::Keys,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{challenges, deliveries, files, order_refunds, orders, shoppers as shopper_rows, threads, visits},
    },
};

/// So many threads of a person are looked for at most: where there may be more, less than everything is not handed over.
pub const MOST: usize = 10_000;

/// Somebody's export begins: it is written down.
///
/// # Errors
/// When the merchant has no such shopper.
pub fn begin(tx: &mut Tx<'_>, by: Doer, merchant: MerchantId, shopper: ShopperId) -> Result<()> {
    shoppers::find(tx, merchant, shopper)?;
    audit::record(tx, merchant, by, Act::Exported, &shopper.to_string(), &[])
}

/// Since when the merchant knows a shopper.
///
/// # Errors
/// When the merchant has no such shopper.
pub fn known_since(conn: &mut Conn, merchant: MerchantId, shopper: ShopperId) -> Result<At> {
    Ok(q!(conn, |c| shopper_rows::table.find((merchant, shopper)).select(shopper_rows::created_at).first(c))?)
}

/// A shopper's threads, the oldest first, each with the address its letters were corrected to.
///
/// # Errors
/// When the database fails.
pub fn threads(conn: &mut Conn, merchant: MerchantId, shopper: ShopperId) -> Result<Vec<(Thread, Option<String>)>> {
    Ok(q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::shopper_id.eq(shopper))
        .order(threads::id)
        .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
        .select((Thread::as_select(), threads::mail_to))
        .load(c))?)
}

/// What went back for an order: the amount in minor units, and when.
///
/// # Errors
/// When the database fails.
pub fn refunds(conn: &mut Conn, merchant: MerchantId, order: OrderId) -> Result<Vec<(i64, At)>> {
    Ok(q!(conn, |c| order_refunds::table
        .filter(order_refunds::merchant_id.eq(merchant))
        .filter(order_refunds::order_id.eq(order))
        .order(order_refunds::refunded_at)
        .select((order_refunds::amount, order_refunds::refunded_at))
        .load(c))?)
}

/// Every file of a thread, those too that no message took yet.
///
/// # Errors
/// When the database fails.
pub fn files(conn: &mut Conn, thread: &Thread) -> Result<Vec<File>> {
    Ok(q!(conn, |c| files::table
        .filter(files::merchant_id.eq(thread.merchant_id))
        .filter(files::thread_id.eq(thread.id))
        .order(files::id)
        .select(File::as_select())
        .load(c))?)
}

/// A letter of a thread.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
pub struct Posted {
    pub id: DeliveryId,
    pub payload: Json<Letter>,
    pub state: DeliveryState,
    pub error: Option<String>,
    pub created_at: At,
    pub done_at: Option<At>,
}

/// What was sent in a thread, or was to be.
///
/// # Errors
/// When the database fails.
pub fn letters(conn: &mut Conn, thread: &Thread) -> Result<Vec<Posted>> {
    Ok(q!(conn, |c| deliveries::table
        .filter(deliveries::merchant_id.eq(thread.merchant_id))
        .filter(deliveries::thread_id.eq(thread.id))
        .order(deliveries::id)
        .select(Posted::as_select())
        .load(c))?)
}

/// When browsers were let into a thread, until when, and the address they had shown to be theirs.
///
/// # Errors
/// When the database fails.
pub fn visits(conn: &mut Conn, thread: &Thread) -> Result<Vec<(At, At, Option<String>)>> {
    Ok(q!(conn, |c| visits::table
        .filter(visits::merchant_id.eq(thread.merchant_id))
        .filter(visits::thread_id.eq(thread.id))
        .order(visits::opened_at)
        .select((visits::opened_at, visits::expires_at, visits::proven))
        .load(c))?)
}

/// Codes that were asked for with an address: for which number, and when.
///
/// # Errors
/// When the database fails.
pub fn codes(conn: &mut Conn, merchant: MerchantId, email: &str) -> Result<Vec<(String, At)>> {
    Ok(q!(conn, |c| challenges::table
        .filter(challenges::merchant_id.eq(merchant))
        .filter(challenges::email.eq(email))
        .order(challenges::created_at)
        .select((challenges::number_key, challenges::created_at))
        .load(c))?)
}

/// What tells that a raw body is about somebody: the traces of their addresses, and their orders.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    addresses: HashSet<String>,
    orders: HashSet<OrderId>,
}

/// The traces of a shopper.
///
/// # Errors
/// When the merchant has no such shopper.
pub fn traces(conn: &mut Conn, keys: &Keys, merchant: MerchantId, shopper: ShopperId) -> Result<Traces> {
    let person = shoppers::find(conn, merchant, shopper)?;
    let email = person.email.as_deref().map(|email| traces::of_email(keys, merchant, email));
    // Several people may give one telephone number: it tells of somebody who is known by nothing else.
    let phone = person.phone.as_deref().filter(|_| email.is_none());
    let phone = phone.and_then(|phone| traces::of_phone(keys, merchant, phone));
    let bought: Vec<OrderId> = q!(conn, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::shopper_id.eq(shopper))
        .select(orders::id)
        .load(c))?;
    Ok(Traces { addresses: email.into_iter().chain(phone).collect(), orders: bought.into_iter().collect() })
}

/// The last one that was looked at (none at the end), and those that are about somebody with their bodies.
pub type Arrivals = (Option<IntakeId>, Vec<(Intake, Vec<u8>)>);

/// Raw arrivals that are about somebody: of the next `limit` after one.
///
/// # Errors
/// When the database fails.
pub fn arrivals(
    conn: &mut Conn,
    keys: &Keys,
    merchant: MerchantId,
    traces: &Traces,
    (after, until): (Option<IntakeId>, At),
    limit: i64,
) -> Result<Arrivals> {
    let bodies = intakes::bodies(conn, merchant, after, until, limit)?;
    let last = bodies.last().map(|(id, _)| *id);
    let mut found = Vec::new();
    for (id, body) in bodies {
        let (intake, _) = intakes::find(conn, merchant, id)?;
        // What led to an order is its buyer's, whoever else is named in it.
        let own = match intake.order_id {
            Some(order) => traces.orders.contains(&order),
            None => traces::leads_to(keys, merchant, &traces.addresses, &body),
        };
        if own {
            found.push((intake, body));
        }
    }
    Ok((last, found))
}
