//! Threads as programs ask for them: one after another in the order they moved, each with whom and what it is about.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{
    Thread, ThreadState,
    mailing::{self, Refusal},
    of_merchant,
};
use crate::{
    domain::{
        agents::{self, Agent},
        labels::{self, Label},
        shoppers::{self, Shopper},
    },
    error::{Error, Result},
    ids::{MerchantId, OrderId, ThreadId},
    q,
    store::{
        Conn,
        columns::At,
        schema::{orders, threads},
    },
};

/// A thread with whom and what it is about.
#[derive(Debug, Clone)]
pub struct ThreadDetail {
    pub thread: Thread,
    pub order_number: Option<String>,
    pub shopper: Option<Shopper>,
    pub assignee: Option<Agent>,
    /// Why its letters are refused.
    pub mail_refused: Option<Refusal>,
    /// By name.
    pub labels: Vec<Label>,
}

/// What a list of threads is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<ThreadState>,
    pub order: Option<OrderId>,
    pub updated_since: Option<DateTime<Utc>>,
    /// The last row of the page before.
    pub after: Option<(DateTime<Utc>, ThreadId)>,
}

/// A thread of the merchant with its details.
///
/// # Errors
/// When the merchant has no such thread.
pub fn detail(conn: &mut Conn, merchant: MerchantId, id: ThreadId) -> Result<ThreadDetail> {
    let thread = of_merchant(conn, merchant, id)?;
    details(conn, merchant, vec![thread])?.pop().ok_or(Error::NotFound)
}

/// The merchant's threads, the one that moved longest ago first, so that a reader who goes on from the last row misses none.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, merchant: MerchantId, filter: &Filter, limit: i64) -> Result<Vec<ThreadDetail>> {
    let found: Vec<Thread> = q!(conn, |c| {
        let mut list = threads::table.filter(threads::merchant_id.eq(merchant)).into_boxed();
        if let Some(state) = filter.state {
            list = list.filter(threads::state.eq(state));
        }
        if let Some(order) = filter.order {
            list = list.filter(threads::order_id.eq(order));
        }
        if let Some(since) = filter.updated_since {
            list = list.filter(threads::moved_at.ge(At::new(since)));
        }
        if let Some((at, id)) = filter.after {
            let at = At::new(at);
            list = list.filter(threads::moved_at.gt(at).or(threads::moved_at.eq(at).and(threads::id.gt(id))));
        }
        list.order((threads::moved_at, threads::id)).limit(limit).select(Thread::as_select()).load(c)
    })?;
    details(conn, merchant, found)
}

/// These threads, in no order of their own.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, merchant: MerchantId, ids: &[ThreadId]) -> Result<Vec<ThreadDetail>> {
    let found: Vec<Thread> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::id.eq_any(ids))
        .select(Thread::as_select())
        .load(c))?;
    details(conn, merchant, found)
}

/// Completes threads by one query a kind.
fn details(conn: &mut Conn, merchant: MerchantId, found: Vec<Thread>) -> Result<Vec<ThreadDetail>> {
    let orders: Vec<_> = found.iter().filter_map(|thread| thread.order_id).collect();
    let shoppers: Vec<_> = found.iter().filter_map(|thread| thread.shopper_id).collect();
    let agents: Vec<_> = found.iter().filter_map(|thread| thread.assigned_to).collect();
    let numbers = numbers_of(conn, merchant, &orders)?;
    let shoppers = shoppers::by_ids(conn, merchant, &shoppers)?;
    let agents = agents::by_ids(conn, merchant, &agents)?;
    let ids: Vec<ThreadId> = found.iter().map(|thread| thread.id).collect();
    let refusals = mailing::refusals(conn, merchant, &ids)?;
    let mut labels = labels::of_threads(conn, merchant, &ids)?;
    let mut detail = |thread: Thread| ThreadDetail {
        order_number: thread.order_id.and_then(|id| numbers.get(&id).cloned()),
        shopper: thread.shopper_id.and_then(|id| shoppers.get(&id).cloned()),
        assignee: thread.assigned_to.and_then(|id| agents.get(&id).cloned()),
        mail_refused: refusals.get(&thread.id).copied(),
        labels: labels.remove(&thread.id).unwrap_or_default(),
        thread,
    };
    Ok(found.into_iter().map(&mut detail).collect())
}

fn numbers_of(conn: &mut Conn, merchant: MerchantId, ids: &[OrderId]) -> Result<HashMap<OrderId, String>> {
    let found: Vec<(OrderId, String)> = q!(conn, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::id.eq_any(ids))
        .select((orders::id, orders::number))
        .load(c))?;
    Ok(found.into_iter().collect())
}
