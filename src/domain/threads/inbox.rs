//! The desk's lists: views over a merchant's threads, and how many are in each. Counts are capped, and each is counted
//! over an index that holds just its rows.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Thread, ThreadState, messages::Message};
use crate::{
    domain::{
        agents::Agent,
        cases::{Case, CaseState},
        labels, mentions,
        orders::Order,
        shoppers::Shopper,
    },
    error::Result,
    ids::{AgentId, LabelId, MerchantId, OrderId, ShopId, ThreadId},
    q,
    store::{
        Conn,
        schema::{cases, messages, orders, shoppers, thread_labels, threads},
    },
    text_enum,
};

/// Beyond this a count is shown as "999+".
pub const COUNT_CAP: i64 = 1_000;
/// Rows of one list, unless its reader asks for more.
pub const ROWS: i64 = 60;

text_enum! {
    /// A list of the desk.
    pub enum View {
        NeedsReply = "needs-reply",
        Mine = "mine",
        Unassigned = "unassigned",
        Waiting = "waiting",
        Resolved = "resolved",
        All = "all",
        Exchanges = "exchanges",
        /// In which a colleague called the agent.
        Mentions = "mentions",
    }
}

/// A thread as a row of a list.
#[derive(Debug, Clone)]
pub struct Row {
    pub thread: Thread,
    pub order: Option<Order>,
    pub shopper: Option<Shopper>,
    /// The newest message of the conversation, notes left out.
    pub last: Option<Message>,
    /// The newest case that is still open.
    pub case: Option<Case>,
}

/// Which threads are looked at: a view, narrowed by what all of them must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub view: View,
    pub shop: Option<ShopId>,
    pub label: Option<LabelId>,
}

/// The first `limit` rows of a look, the longest waiting first where somebody waits, else the newest first.
///
/// # Errors
/// When the database fails.
pub fn rows(conn: &mut Conn, agent: &Agent, look: &Look, limit: i64) -> Result<Vec<Row>> {
    let ids = ids(conn, agent, look, limit)?;
    of(conn, agent, &ids)
}

/// These threads as rows, in this order.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, agent: &Agent, ids: &[ThreadId]) -> Result<Vec<Row>> {
    let mut found: Vec<Thread> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(agent.merchant_id))
        .filter(threads::id.eq_any(ids))
        .select(Thread::as_select())
        .load(c))?;
    let place: HashMap<ThreadId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    found.sort_by_key(|thread| place.get(&thread.id).copied());
    complete(conn, agent.merchant_id, found)
}

/// The thread that stands after this one in a view, else the one before it: where to go once this one is done.
///
/// # Errors
/// When the database fails.
pub fn beside(conn: &mut Conn, agent: &Agent, look: &Look, thread: ThreadId) -> Result<Option<ThreadId>> {
    let ids = ids(conn, agent, look, COUNT_CAP)?;
    let (before, after) = match ids.iter().position(|id| *id == thread) {
        Some(at) => (ids.iter().take(at).next_back(), ids.get(at + 1)),
        None => (None, ids.first()),
    };
    Ok(after.or(before).copied())
}

/// How many threads a look holds, counted up to [`COUNT_CAP`]; of mentions, those that were not read yet.
///
/// # Errors
/// When the database fails.
pub fn count(conn: &mut Conn, agent: &Agent, look: &Look) -> Result<i64> {
    if look.view == View::Mentions && look.label.is_none() {
        return mentions::unread(conn, agent, look.shop);
    }
    let ids = ids(conn, agent, look, COUNT_CAP)?;
    Ok(i64::try_from(ids.len()).unwrap_or(COUNT_CAP))
}

/// How many threads are in each view, each counted up to [`COUNT_CAP`].
///
/// # Errors
/// When the database fails.
pub fn counts(conn: &mut Conn, agent: &Agent, shop: Option<ShopId>) -> Result<Vec<(View, i64)>> {
    View::ALL.iter().map(|view| Ok((*view, count(conn, agent, &Look { view: *view, shop, label: None })?))).collect()
}

/// How many threads of each shop need a reply.
///
/// # Errors
/// When the database fails.
pub fn waiting_by_shop(conn: &mut Conn, merchant: MerchantId) -> Result<HashMap<ShopId, i64>> {
    let rows: Vec<(ShopId, i64)> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::state.eq(ThreadState::Open))
        .group_by(threads::shop_id)
        .select((threads::shop_id, diesel::dsl::count_star()))
        .load(c))?;
    Ok(rows.into_iter().collect())
}

fn ids(conn: &mut Conn, agent: &Agent, look: &Look, limit: i64) -> Result<Vec<ThreadId>> {
    let Look { view, shop, label } = *look;
    let whole = match view {
        View::Exchanges => Some(to_decide(conn, agent.merchant_id, shop, COUNT_CAP)?),
        View::Mentions => Some(mentions::threads_of(conn, agent, shop, COUNT_CAP)?),
        _ => None,
    };
    if let Some(mut whole) = whole {
        if let Some(label) = label {
            let labelled = labels::having(conn, agent.merchant_id, label, &whole)?;
            whole.retain(|id| labelled.contains(id));
        }
        whole.truncate(usize::try_from(limit).unwrap_or_default());
        return Ok(whole);
    }
    let open = threads::state.eq(ThreadState::Open);
    Ok(q!(conn, |c| {
        let mut list = threads::table.filter(threads::merchant_id.eq(agent.merchant_id)).into_boxed();
        if let Some(shop) = shop {
            list = list.filter(threads::shop_id.eq(shop));
        }
        if let Some(label) = label {
            let with_it = thread_labels::table
                .filter(thread_labels::merchant_id.eq(agent.merchant_id))
                .filter(thread_labels::label_id.eq(label))
                .select(thread_labels::thread_id);
            list = list.filter(threads::id.eq_any(with_it));
        }
        list = match view {
            View::NeedsReply => list.filter(open).order((threads::waiting_since.asc(), threads::id)),
            View::Unassigned => list
                .filter(open)
                .filter(threads::assigned_to.is_null())
                .order((threads::waiting_since.asc(), threads::id)),
            View::Mine => list
                .filter(threads::assigned_to.eq(agent.id))
                .filter(threads::state.ne(ThreadState::Resolved))
                .order(threads::moved_at.desc()),
            View::Waiting => list
                .filter(threads::state.eq(ThreadState::WaitingShopper))
                .filter(threads::last_message_at.is_not_null())
                .order(threads::moved_at.desc()),
            View::Resolved => list.filter(threads::state.eq(ThreadState::Resolved)).order(threads::moved_at.desc()),
            View::All | View::Exchanges | View::Mentions => list.order(threads::moved_at.desc()),
        };
        list.select(threads::id).limit(limit).load(c)
    })?)
}

fn to_decide(conn: &mut Conn, merchant: MerchantId, shop: Option<ShopId>, limit: i64) -> Result<Vec<ThreadId>> {
    let ids: Vec<ThreadId> = q!(conn, |c| {
        let mut list = cases::table
            .inner_join(
                threads::table.on(threads::merchant_id.eq(cases::merchant_id).and(threads::id.eq(cases::thread_id))),
            )
            .filter(cases::merchant_id.eq(merchant))
            .filter(cases::state.eq(CaseState::Submitted))
            .into_boxed();
        if let Some(shop) = shop {
            list = list.filter(threads::shop_id.eq(shop));
        }
        list.order(cases::requested_at).select(cases::thread_id).limit(limit).load(c)
    })?;
    let mut seen = std::collections::HashSet::new();
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

/// What a row shows beside its thread, by one query a kind.
fn complete(conn: &mut Conn, merchant: MerchantId, found: Vec<Thread>) -> Result<Vec<Row>> {
    let ids: Vec<ThreadId> = found.iter().map(|thread| thread.id).collect();
    let order_ids: Vec<OrderId> = found.iter().filter_map(|thread| thread.order_id).collect();
    let shopper_ids: Vec<_> = found.iter().filter_map(|thread| thread.shopper_id).collect();
    let orders: Vec<Order> = q!(conn, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::id.eq_any(&order_ids))
        .select(Order::as_select())
        .load(c))?;
    let shoppers: Vec<Shopper> = q!(conn, |c| shoppers::table
        .filter(shoppers::merchant_id.eq(merchant))
        .filter(shoppers::id.eq_any(&shopper_ids))
        .select(Shopper::as_select())
        .load(c))?;
    let open = [CaseState::Submitted, CaseState::Approved];
    let cases: Vec<Case> = q!(conn, |c| cases::table
        .filter(cases::merchant_id.eq(merchant))
        .filter(cases::thread_id.eq_any(&ids))
        .filter(cases::state.eq_any(open))
        .order(cases::requested_at)
        .select(Case::as_select())
        .load(c))?;
    let last = last_messages(conn, merchant, &ids)?;
    Ok(found
        .into_iter()
        .map(|thread| Row {
            order: orders.iter().find(|order| Some(order.id) == thread.order_id).cloned(),
            shopper: shoppers.iter().find(|shopper| Some(shopper.id) == thread.shopper_id).cloned(),
            last: last.iter().find(|message| message.thread_id == thread.id).cloned(),
            case: cases.iter().rfind(|case| case.thread_id == thread.id).cloned(),
            thread,
        })
        .collect())
}

fn last_messages(conn: &mut Conn, merchant: MerchantId, ids: &[ThreadId]) -> Result<Vec<Message>> {
    let newest: Vec<(ThreadId, Option<i64>)> = q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(merchant))
        .filter(messages::thread_id.eq_any(ids))
        .filter(messages::note.eq(false))
        .group_by(messages::thread_id)
        .select((messages::thread_id, diesel::dsl::max(messages::seq)))
        .load(c))?;
    let seqs: Vec<i64> = newest.iter().filter_map(|(_, seq)| *seq).collect();
    let found: Vec<Message> = q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(merchant))
        .filter(messages::thread_id.eq_any(ids))
        .filter(messages::seq.eq_any(&seqs))
        .select(Message::as_select())
        .load(c))?;
    Ok(found.into_iter().filter(|message| newest.contains(&(message.thread_id, Some(message.seq)))).collect())
}

/// How many threads that wait for us each agent was given.
///
/// # Errors
/// When the database fails.
pub fn open_by_agent(conn: &mut Conn, merchant: MerchantId) -> Result<HashMap<AgentId, i64>> {
    let counted: Vec<(Option<AgentId>, i64)> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::assigned_to.is_not_null())
        .filter(threads::state.eq(ThreadState::Open))
        .group_by(threads::assigned_to)
        .select((threads::assigned_to, diesel::dsl::count_star()))
        .load(c))?;
    Ok(counted.into_iter().filter_map(|(agent, count)| Some((agent?, count))).collect())
}
