//! Threads: the one conversation of an order. Who may see it, whose turn it is, and what moves it from one state to the
//! next. What is said in it is in [`messages`], what is asked for in it in [`super::cases`].

pub mod emptying;
pub mod inbox;
pub mod listing;
pub mod mailing;
pub mod marks;
pub mod messages;
pub mod snoozing;
pub mod undo;

use diesel::prelude::*;

use super::{
    agents::Agent,
    events::{Actor, Change, announce},
    hours, merchants, targets,
};
use crate::{
    error::{Error, Result},
    i18n::{Lang, key},
    ids::{AgentId, MerchantId, OrderId, ShopId, ShopperId, ThreadId},
    q,
    store::{Conn, Tx, columns::At, schema::threads},
    text_enum,
};

text_enum! {
    /// Whose turn it is.
    pub enum ThreadState {
        /// We owe an answer.
        Open = "open",
        WaitingShopper = "waiting_shopper",
        /// A carrier, a warehouse, a bank; the shopper sees it as open.
        WaitingExternal = "waiting_external",
        Snoozed = "snoozed",
        Resolved = "resolved",
        Spam = "spam",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = threads)]
pub struct Thread {
    pub merchant_id: MerchantId,
    pub id: ThreadId,
    pub shop_id: ShopId,
    pub order_id: Option<OrderId>,
    pub shopper_id: Option<ShopperId>,
    pub state: ThreadState,
    /// The shopper's language.
    pub locale: String,
    pub assigned_to: Option<AgentId>,
    /// Since the first shopper's message that no person has answered.
    pub waiting_since: Option<At>,
    pub last_seq: i64,
    pub last_message_at: Option<At>,
    pub moved_at: At,
    /// Links of an older version are void.
    pub link_version: i32,
    pub created_at: At,
    /// Until when it sleeps.
    pub snoozed_until: Option<At>,
    /// By when it should be answered; every open thread has one.
    pub reply_due_at: Option<At>,
}

impl Thread {
    pub fn lang(&self) -> Lang {
        self.locale.parse().unwrap_or_default()
    }
}

/// What opens with an order.
pub(super) struct Opening {
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub order: OrderId,
    pub shopper: Option<ShopperId>,
    pub locale: String,
}

/// Opens the thread of an order. Nobody has asked anything yet, so nobody owes an answer.
pub(super) fn open(tx: &mut Tx<'_>, opening: Opening) -> Result<Thread> {
    let thread = Thread {
        merchant_id: opening.merchant,
        id: ThreadId::new(tx.now()),
        shop_id: opening.shop,
        order_id: Some(opening.order),
        shopper_id: opening.shopper,
        state: ThreadState::WaitingShopper,
        locale: opening.locale,
        assigned_to: None,
        waiting_since: None,
        last_seq: 0,
        last_message_at: None,
        moved_at: tx.at(),
        link_version: 1,
        created_at: tx.at(),
        snoozed_until: None,
        reply_due_at: None,
    };
    q!(tx, |c| diesel::insert_into(threads::table).values(&thread).execute(c))?;
    Ok(thread)
}

/// The thread of an order, when it is open already.
pub(super) fn of_order(conn: &mut Conn, merchant: MerchantId, order: OrderId) -> Result<Option<Thread>> {
    Ok(q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::order_id.eq(order))
        .select(Thread::as_select())
        .first(c)
        .optional())?)
}

/// A thread of the merchant an agent or a program of theirs asks for.
///
/// # Errors
/// [`Error::NotFound`] for a thread of anybody else.
pub fn of_merchant(conn: &mut Conn, merchant: MerchantId, id: ThreadId) -> Result<Thread> {
    Ok(q!(conn, |c| threads::table.find((merchant, id)).select(Thread::as_select()).first(c))?)
}

/// The thread, locked until the change commits. Locks are always taken in the order thread, case, stock.
///
/// # Errors
/// When it is not there.
pub fn locked(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId) -> Result<Thread> {
    let row = threads::table.find((merchant, id));
    Ok(match tx.this() {
        Conn::Sqlite(c) => row.select(Thread::as_select()).first(&mut **c)?,
        Conn::Postgres(c) => row.select(Thread::as_select()).for_no_key_update().first(&mut **c)?,
    })
}

pub(super) fn set_shopper(tx: &mut Tx<'_>, thread: &Thread, shopper: Option<ShopperId>, locale: &str) -> Result<()> {
    let row = threads::table.find((thread.merchant_id, thread.id));
    let set = (threads::shopper_id.eq(shopper), threads::locale.eq(locale));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    Ok(())
}

/// Somebody bought or asked: we owe an answer from now on, unless we owed one already. It wakes a thread that sleeps; what is
/// spam stays spam.
pub(super) fn owe_answer(tx: &mut Tx<'_>, thread: &Thread, asker: Actor) -> Result<()> {
    if thread.state == ThreadState::Spam {
        return Ok(());
    }
    let since = thread.waiting_since.unwrap_or_else(|| tx.at());
    let due = match thread.reply_due_at.filter(|_| thread.waiting_since.is_some()) {
        Some(due) => due,
        None => reply_due(tx, thread, since)?,
    };
    let row = threads::table.find((thread.merchant_id, thread.id));
    let set = (
        threads::state.eq(ThreadState::Open),
        threads::waiting_since.eq(since),
        threads::reply_due_at.eq(due),
        threads::snoozed_until.eq(None::<At>),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    if thread.state != ThreadState::Open {
        back_from_the_absent(tx, thread)?;
    }
    match thread.state {
        ThreadState::Snoozed => announce(tx, thread, asker, Change::ThreadWoken)?,
        ThreadState::Resolved => announce(tx, thread, asker, Change::ThreadReopened)?,
        _ => return Ok(()),
    };
    Ok(())
}

/// By when somebody who waits since then should have an answer from the thread's shop.
fn reply_due(conn: &mut Conn, thread: &Thread, since: At) -> Result<At> {
    let shop = merchants::shop(conn, thread.merchant_id, thread.shop_id)?;
    let hours = hours::keeping::of(conn, &shop)?;
    Ok(At::new(targets::due(&hours, since.utc(), shop.reply_minutes)))
}

/// A thread is ours to look at again. Where nobody waits it is due as if somebody had asked now.
fn open_again(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    let due = match thread.reply_due_at.filter(|_| thread.waiting_since.is_some()) {
        Some(due) => due,
        None => {
            let now = tx.at();
            reply_due(tx, thread, now)?
        }
    };
    let row = threads::table.find((thread.merchant_id, thread.id));
    let set =
        (threads::state.eq(ThreadState::Open), threads::reply_due_at.eq(due), threads::snoozed_until.eq(None::<At>));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    Ok(())
}

/// Nobody waits here any more, and why.
fn settle(tx: &mut Tx<'_>, thread: &Thread, state: ThreadState) -> Result<()> {
    let row = threads::table.find((thread.merchant_id, thread.id));
    let set = (
        threads::state.eq(state),
        threads::waiting_since.eq(None::<At>),
        threads::reply_due_at.eq(None::<At>),
        threads::snoozed_until.eq(None::<At>),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    Ok(())
}

/// What a shopper takes up again does not wait for somebody who is away, or gone: it is the team's.
fn back_from_the_absent(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    let Some(assigned) = thread.assigned_to else { return Ok(()) };
    let agent = super::agents::find(tx, thread.merchant_id, assigned)?;
    if agent.active && !agent.is_away(tx.now()) {
        return Ok(());
    }
    let row = threads::table.find((thread.merchant_id, thread.id));
    q!(tx, |c| diesel::update(row).set(threads::assigned_to.eq(None::<AgentId>)).execute(c))?;
    announce(tx, thread, Actor::System, Change::ThreadAssigned { to: None })?;
    Ok(())
}

/// Gives everything an agent was given back to the team.
pub(super) fn give_back_all(tx: &mut Tx<'_>, actor: Actor, merchant: MerchantId, from: AgentId) -> Result<()> {
    let theirs: Vec<ThreadId> = q!(tx, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::assigned_to.eq(from))
        .order(threads::id)
        .select(threads::id)
        .load(c))?;
    for id in theirs {
        assign(tx, By { merchant, actor }, id, None)?;
    }
    Ok(())
}

/// A person answered: it is the shopper's turn.
pub(super) fn answered(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    settle(tx, thread, ThreadState::WaitingShopper)
}

/// Who acts from behind the counter: an agent at the desk, or a program of the merchant.
#[derive(Debug, Clone, Copy)]
pub struct By {
    pub(super) merchant: MerchantId,
    pub(super) actor: Actor,
}

impl By {
    /// A program of the merchant.
    pub fn app(merchant: MerchantId) -> Self {
        Self { merchant, actor: Actor::App }
    }
}

impl From<&Agent> for By {
    fn from(agent: &Agent) -> Self {
        Self { merchant: agent.merchant_id, actor: Actor::Agent(agent.id) }
    }
}

/// Gives the thread to an agent, or back to the team.
///
/// # Errors
/// When the thread or the agent is not the merchant's.
pub fn assign(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId, to: Option<AgentId>) -> Result<()> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    if let Some(to) = to
        && !super::agents::find(tx, by.merchant, to)?.active
    {
        return Err(Error::NotFound);
    }
    if thread.assigned_to == to {
        return Ok(());
    }
    let row = threads::table.find((thread.merchant_id, id));
    q!(tx, |c| diesel::update(row).set(threads::assigned_to.eq(to)).execute(c))?;
    announce(tx, &thread, by.actor, Change::ThreadAssigned { to })?;
    Ok(())
}

/// Nothing is left to do here.
///
/// # Errors
/// A conflict while a request waits for its decision.
pub fn resolve(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId) -> Result<()> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    if thread.state == ThreadState::Resolved {
        return Ok(());
    }
    if super::cases::undecided_in(tx, by.merchant, id)? {
        return Err(Error::conflict(key("error-resolve-undecided")));
    }
    settle(tx, &thread, ThreadState::Resolved)?;
    announce(tx, &thread, by.actor, Change::ThreadResolved)?;
    Ok(())
}

/// Takes a thread up again: one that was resolved, one that sleeps, one that was taken for spam.
///
/// # Errors
/// When the thread is not the merchant's.
pub fn reopen(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId) -> Result<()> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    let change = match thread.state {
        ThreadState::Resolved => Change::ThreadReopened,
        ThreadState::Snoozed => return snoozing::wake(tx, &thread, by.actor),
        ThreadState::Spam => Change::ThreadSpamCleared,
        _ => return Ok(()),
    };
    open_again(tx, &thread)?;
    announce(tx, &thread, by.actor, change)?;
    Ok(())
}

/// Nobody who bought anything writes here: it leaves every list but its own.
///
/// # Errors
/// A conflict while a request waits for its decision.
pub fn mark_spam(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId) -> Result<()> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    if thread.state == ThreadState::Spam {
        return Ok(());
    }
    if super::cases::undecided_in(tx, by.merchant, id)? {
        return Err(Error::conflict(key("error-resolve-undecided")));
    }
    settle(tx, &thread, ThreadState::Spam)?;
    announce(tx, &thread, by.actor, Change::ThreadMarkedSpam)?;
    Ok(())
}

/// Nobody comes into a thread any more and nothing waits in it: its person is erased.
pub(super) fn close_for_good(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    if thread.state != ThreadState::Spam {
        settle(tx, thread, ThreadState::Resolved)?;
    }
    revoke_links(tx, thread.merchant_id, thread.id)
}

/// Voids every link to the thread.
///
/// # Errors
/// When the thread is not the merchant's.
pub fn revoke_links(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId) -> Result<()> {
    let row = threads::table.find((merchant, id));
    let raised = threads::link_version.eq(threads::link_version + 1);
    if q!(tx, |c| diesel::update(row).set(raised).execute(c))? == 0 {
        return Err(Error::NotFound);
    }
    super::order_links::end(tx, merchant, id)?;
    tx.nudge(crate::bus::Nudge::Thread(merchant, id));
    Ok(())
}
