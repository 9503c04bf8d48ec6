//! The orders of one address: those whose letters go there, wherever in the merchant's shops they were placed. Whoever
//! showed by a code that the address is theirs may see them all.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Order, OrderDetail, details};
use crate::{
    domain::{
        events::ActorKind,
        shoppers,
        threads::{Thread, mailing, messages::Message},
    },
    error::Result,
    ids::{MerchantId, OrderId, ShopperId, ThreadId},
    q,
    store::{
        Conn,
        columns::At,
        schema::{messages, orders, shoppers as people, threads},
    },
};

/// Orders on a page of the list.
pub const PAGE: usize = 12;
/// Orders of one address that are looked at: the newest.
const MOST: i64 = 500;
/// Answers that are counted on one page.
const UNREAD: i64 = 200;

/// An order in its shopper's list.
#[derive(Debug, Clone)]
pub struct Owned {
    pub order: OrderDetail,
    pub thread: Thread,
    /// What its shopper has not seen yet, the newest first.
    pub unread: Vec<Message>,
}

/// A page of the orders of an address.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The newest first.
    pub orders: Vec<Owned>,
    /// How many there are in all.
    pub total: usize,
    /// Which page it is, from 1 on.
    pub number: usize,
}

impl Page {
    /// How many pages there are; an empty list is one.
    pub fn pages(&self) -> usize {
        pages(self.total)
    }
}

fn pages(total: usize) -> usize {
    total.div_ceil(PAGE).max(1)
}

/// The orders whose letters go to this address: a page of them, from 1 on. Beyond the last one is the last.
///
/// # Errors
/// When the database fails.
pub fn of_address(conn: &mut Conn, merchant: MerchantId, email: &str, page: usize) -> Result<Page> {
    let mut found = candidates(conn, merchant, email)?;
    found.sort_by_key(|row| std::cmp::Reverse((row.placed_at, row.order)));
    found.dedup_by_key(|row| row.order);
    let threads: Vec<ThreadId> = found.iter().map(|row| row.thread).collect();
    let corrected = mailing::corrections(conn, merchant, &threads)?;
    let buyers: Vec<ShopperId> = found.iter().filter_map(|row| row.shopper).collect();
    let buyers = shoppers::by_ids(conn, merchant, &buyers)?;
    found.retain(|row| {
        let buyer = row.shopper.and_then(|id| buyers.get(&id)?.email.clone());
        let named = row.email.clone().or(buyer);
        let (to, instead_of) = corrected.get(&row.thread).cloned().unzip();
        let corrected = mailing::standing(to, instead_of.flatten().as_deref(), named.as_deref());
        corrected.or(named).as_deref() == Some(email)
    });
    let total = found.len();
    let number = page.clamp(1, pages(total));
    let shown: Vec<Row> = found.into_iter().skip((number - 1) * PAGE).take(PAGE).collect();
    Ok(Page { orders: completed(conn, merchant, &shown)?, total, number })
}

struct Row {
    thread: ThreadId,
    order: OrderId,
    placed_at: At,
    email: Option<String>,
    shopper: Option<ShopperId>,
}

/// What an address may be found by.
#[derive(Clone, Copy)]
enum By {
    Order,
    Shopper,
    Correction,
}

/// Every order that may be of the address; which of these are is for their letters to say.
fn candidates(conn: &mut Conn, merchant: MerchantId, email: &str) -> Result<Vec<Row>> {
    let buyers: Vec<ShopperId> = q!(conn, |c| people::table
        .filter(people::merchant_id.eq(merchant))
        .filter(people::email.eq(email))
        .select(people::id)
        .load(c))?;
    let mut rows = Vec::new();
    for by in [By::Order, By::Shopper, By::Correction] {
        type Found = (ThreadId, OrderId, At, Option<String>, Option<ShopperId>);
        let found: Vec<Found> = q!(conn, |c| {
            let all =
                threads::table
                    .inner_join(orders::table.on(
                        orders::merchant_id.eq(threads::merchant_id).and(threads::order_id.eq(orders::id.nullable())),
                    ))
                    .filter(threads::merchant_id.eq(merchant))
                    .filter(orders::stub.eq(false))
                    .into_boxed();
            let narrowed = match by {
                By::Order => all.filter(orders::email.eq(email)),
                By::Shopper => all.filter(threads::shopper_id.eq_any(&buyers)).filter(orders::email.is_null()),
                By::Correction => all.filter(threads::mail_to.eq(email)),
            };
            narrowed
                .order((orders::placed_at.desc(), orders::id.desc()))
                .limit(MOST)
                .select((threads::id, orders::id, orders::placed_at, orders::email, threads::shopper_id))
                .load(c)
        })?;
        rows.extend(found.into_iter().map(|(thread, order, placed_at, email, shopper)| Row {
            thread,
            order,
            placed_at,
            email,
            shopper,
        }));
    }
    Ok(rows)
}

/// The rows with all that a list shows of them, in their order.
fn completed(conn: &mut Conn, merchant: MerchantId, rows: &[Row]) -> Result<Vec<Owned>> {
    let (ids, threads): (Vec<OrderId>, Vec<ThreadId>) = rows.iter().map(|row| (row.order, row.thread)).unzip();
    let found: Vec<Order> = q!(conn, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::id.eq_any(&ids))
        .select(Order::as_select())
        .load(c))?;
    let mut found: HashMap<OrderId, OrderDetail> =
        details(conn, merchant, found)?.into_iter().map(|detail| (detail.order.id, detail)).collect();
    let talks: Vec<Thread> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::id.eq_any(&threads))
        .select(Thread::as_select())
        .load(c))?;
    let mut talks: HashMap<ThreadId, Thread> = talks.into_iter().map(|thread| (thread.id, thread)).collect();
    let mut unread = unread(conn, merchant, &threads)?;
    let complete = |row: &Row| {
        Some(Owned {
            order: found.remove(&row.order)?,
            thread: talks.remove(&row.thread)?,
            unread: unread.remove(&row.thread).unwrap_or_default(),
        })
    };
    Ok(rows.iter().filter_map(complete).collect())
}

/// What was said to the shopper of each thread since they last looked, the newest first.
fn unread(conn: &mut Conn, merchant: MerchantId, ids: &[ThreadId]) -> Result<HashMap<ThreadId, Vec<Message>>> {
    let found: Vec<Message> = q!(conn, |c| messages::table
        .inner_join(
            threads::table.on(threads::merchant_id.eq(messages::merchant_id).and(threads::id.eq(messages::thread_id))),
        )
        .filter(messages::merchant_id.eq(merchant))
        .filter(messages::thread_id.eq_any(ids))
        .filter(messages::seq.gt(threads::seen_seq))
        .filter(messages::note.eq(false))
        .filter(messages::author.ne(ActorKind::Shopper))
        .order(messages::created_at.desc())
        .limit(UNREAD)
        .select(Message::as_select())
        .load(c))?;
    let mut by_thread: HashMap<ThreadId, Vec<Message>> = HashMap::new();
    for message in found {
        by_thread.entry(message.thread_id).or_default().push(message);
    }
    Ok(by_thread)
}
