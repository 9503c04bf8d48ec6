//! The desk's lists: views over a merchant's threads, and how many are in each. Counts are capped, and each is counted
//! over an index that holds just its rows.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{Thread, ThreadState, messages::Message};
use crate::{
    domain::{
        agents::Agent,
        cases::{Case, CaseKind, CaseState},
        mentions,
        orders::Order,
        shoppers::Shopper,
    },
    error::Result,
    ids::{AgentId, LabelId, MerchantId, OrderId, ShopId, ThreadId},
    q,
    store::{
        Conn,
        columns::At,
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
        Snoozed = "snoozed",
        Resolved = "resolved",
        All = "all",
        Exchanges = "exchanges",
        Spam = "spam",
        /// In which a colleague called the agent.
        Mentions = "mentions",
    }
}

impl Default for View {
    /// The one that stands first.
    fn default() -> Self {
        Self::ALL.first().copied().unwrap_or(Self::NeedsReply)
    }
}

text_enum! {
    /// By what a list is ordered.
    pub enum Sort {
        /// Whose answer is due first.
        TimeLeft = "time-left",
        /// In which something happened last.
        Newest = "newest",
        /// In which nothing has happened for longest.
        Oldest = "oldest",
    }
}

/// Threads somebody works at or waits in.
const AT_WORK: [ThreadState; 3] = [ThreadState::Open, ThreadState::WaitingShopper, ThreadState::WaitingExternal];

/// Narrows a boxed query over threads, alone or joined, by what all of them must have.
macro_rules! narrowed {
    ($list:expr, $look:expr, $merchant:expr) => {{
        let (mut list, look) = ($list, $look);
        if let Some(shop) = look.shop {
            list = list.filter(threads::shop_id.eq(shop));
        }
        list = match look.assignee {
            Some(Assignee::Nobody) => list.filter(threads::assigned_to.is_null()),
            Some(Assignee::Agent(id)) => list.filter(threads::assigned_to.eq(id)),
            None => list,
        };
        if let Some(lang) = look.lang.clone() {
            list = list.filter(threads::locale.eq(lang));
        }
        if let Some(label) = look.label {
            let with_it = thread_labels::table
                .filter(thread_labels::merchant_id.eq($merchant))
                .filter(thread_labels::label_id.eq(label))
                .select(thread_labels::thread_id);
            list = list.filter(threads::id.eq_any(with_it));
        }
        if let Some(now) = look.late {
            list = list.filter(threads::reply_due_at.le(now)).filter(threads::state.eq(ThreadState::Open));
        }
        if let Some(kind) = look.kind {
            let asked = diesel::alias!(cases as asked);
            let of_thread = asked
                .filter(asked.field(cases::merchant_id).eq(threads::merchant_id))
                .filter(asked.field(cases::thread_id).eq(threads::id))
                .filter(asked.field(cases::state).eq_any(CaseState::UNDER_WAY));
            list = match kind {
                CaseKind::Question => list.filter(diesel::dsl::not(diesel::dsl::exists(of_thread))),
                kind => list.filter(diesel::dsl::exists(of_thread.filter(asked.field(cases::kind).eq(kind)))),
            };
        }
        list
    }};
}

/// Orders a boxed query over threads, alone or joined. Engines differ in where they put nothing.
macro_rules! sorted {
    ($list:expr, $sort:expr) => {
        match $sort {
            Sort::TimeLeft => {
                $list.order((threads::reply_due_at.is_null(), threads::reply_due_at.asc(), threads::moved_at.desc()))
            }
            Sort::Newest => $list.order((threads::moved_at.desc(), threads::id.desc())),
            Sort::Oldest => $list.order((threads::moved_at.asc(), threads::id.asc())),
        }
    };
}

/// Open threads in which something was said since then, the agent's and those of nobody, each with the seq of its
/// shopper's newest message.
///
/// # Errors
/// When the database fails.
pub fn asked_since(conn: &mut Conn, agent: &Agent, since: At, limit: i64) -> Result<Vec<(Thread, i64)>> {
    Ok(q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(agent.merchant_id))
        .filter(threads::state.eq(ThreadState::Open))
        .filter(threads::last_message_at.gt(since))
        .filter(threads::asked_seq.gt(0))
        .filter(threads::assigned_to.is_null().or(threads::assigned_to.eq(agent.id)))
        .order(threads::last_message_at.desc())
        .limit(limit)
        .select((Thread::as_select(), threads::asked_seq))
        .load(c))?)
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
#[derive(Debug, Clone, Default)]
pub struct Look {
    pub view: View,
    pub shop: Option<ShopId>,
    pub assignee: Option<Assignee>,
    /// What is asked for in it; a question where nothing else is.
    pub kind: Option<CaseKind>,
    /// The shopper's language.
    pub lang: Option<String>,
    pub label: Option<LabelId>,
    /// Only those whose answer is late at this moment.
    pub late: Option<At>,
    /// None for the order of the view itself.
    pub sort: Option<Sort>,
}

/// Whose threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    Nobody,
    Agent(AgentId),
}

impl Look {
    /// Whether anything beside view and shop narrows it.
    pub fn is_narrowed(&self) -> bool {
        self.assignee.is_some()
            || self.kind.is_some()
            || self.lang.is_some()
            || self.label.is_some()
            || self.late.is_some()
    }
}

/// The first `limit` rows of a look, in the order it asks for; else who has the least time left first where somebody waits,
/// and the newest first where nobody does.
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

/// The thread that stands after this one in a look, else the one before it: where to go once this one is done.
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
    if look.view == View::Mentions && !look.is_narrowed() {
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
    View::ALL
        .iter()
        .map(|view| Ok((*view, count(conn, agent, &Look { view: *view, shop, ..Look::default() })?)))
        .collect()
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

/// The languages of the threads in which somebody waits.
///
/// # Errors
/// When the database fails.
pub fn languages(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<String>> {
    Ok(q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::state.eq(ThreadState::Open))
        .select(threads::locale)
        .distinct()
        .order(threads::locale)
        .load(c))?)
}

fn ids(conn: &mut Conn, agent: &Agent, look: &Look, limit: i64) -> Result<Vec<ThreadId>> {
    match look.view {
        View::Exchanges => return to_decide(conn, agent.merchant_id, look, limit),
        View::Mentions => return called_in(conn, agent, look, limit),
        _ => {}
    }
    let state = |state: ThreadState| threads::state.eq(state);
    Ok(q!(conn, |c| {
        let list = threads::table.filter(threads::merchant_id.eq(agent.merchant_id)).into_boxed();
        let mut list = narrowed!(list, look, agent.merchant_id);
        list = match look.view {
            View::NeedsReply => list.filter(state(ThreadState::Open)).order((threads::reply_due_at.asc(), threads::id)),
            View::Unassigned => list
                .filter(state(ThreadState::Open))
                .filter(threads::assigned_to.is_null())
                .order((threads::reply_due_at.asc(), threads::id)),
            View::Mine => {
                let mine = list.filter(threads::assigned_to.eq(agent.id)).filter(threads::state.eq_any(AT_WORK));
                sorted!(mine, Sort::TimeLeft)
            }
            View::Waiting => {
                let waiting = list.filter(state(ThreadState::WaitingShopper));
                sorted!(waiting.filter(threads::last_message_at.is_not_null()), Sort::Newest)
            }
            View::Snoozed => {
                list.filter(state(ThreadState::Snoozed)).order((threads::snoozed_until.asc(), threads::id))
            }
            View::Resolved => sorted!(list.filter(state(ThreadState::Resolved)), Sort::Newest),
            View::Spam => sorted!(list.filter(state(ThreadState::Spam)), Sort::Newest),
            View::All | View::Exchanges | View::Mentions => {
                sorted!(list.filter(threads::state.ne(ThreadState::Spam)), Sort::Newest)
            }
        };
        if let Some(sort) = look.sort {
            list = sorted!(list, sort);
        }
        list.select(threads::id).limit(limit).load(c)
    })?)
}

fn to_decide(conn: &mut Conn, merchant: MerchantId, look: &Look, limit: i64) -> Result<Vec<ThreadId>> {
    let ids: Vec<ThreadId> = q!(conn, |c| {
        let list = cases::table
            .inner_join(
                threads::table.on(threads::merchant_id.eq(cases::merchant_id).and(threads::id.eq(cases::thread_id))),
            )
            .filter(cases::merchant_id.eq(merchant))
            .filter(cases::state.eq_any(CaseState::TO_DECIDE))
            .into_boxed();
        let list = narrowed!(list, look, merchant).order(cases::requested_at);
        let list = match look.sort {
            Some(sort) => sorted!(list, sort),
            None => list,
        };
        list.select(cases::thread_id).limit(limit).load(c)
    })?;
    let mut seen = HashSet::new();
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

/// Threads in which the agent is called, the newest call first.
fn called_in(conn: &mut Conn, agent: &Agent, look: &Look, limit: i64) -> Result<Vec<ThreadId>> {
    let mut whole = mentions::threads_of(conn, agent, look.shop, COUNT_CAP)?;
    if look.is_narrowed() {
        let fitting: Vec<ThreadId> = q!(conn, |c| {
            let list = threads::table
                .filter(threads::merchant_id.eq(agent.merchant_id))
                .filter(threads::id.eq_any(&whole))
                .into_boxed();
            narrowed!(list, look, agent.merchant_id).select(threads::id).load(c)
        })?;
        let fitting: HashSet<ThreadId> = fitting.into_iter().collect();
        whole.retain(|id| fitting.contains(id));
    }
    whole.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(whole)
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
    let cases: Vec<Case> = q!(conn, |c| cases::table
        .filter(cases::merchant_id.eq(merchant))
        .filter(cases::thread_id.eq_any(&ids))
        .filter(cases::state.eq_any(CaseState::UNDER_WAY))
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
