//! Taking back: what only the desk sees is done at once and can be taken back for a while, unless anything else happened
//! in the thread since. How the thread was before is kept in a row; rows of one id were one act, however many threads it
//! touched. What is taken back is told like anything else: by the event that says the opposite.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::{Thread, ThreadState, locked, of_merchant};
use crate::{
    domain::{
        agents::Agent,
        events::{Actor, Change, announce},
    },
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, MerchantId, ThreadId, UndoId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{threads, undos},
    },
};

/// How long an act can be taken back. The notice that offers it goes after ten seconds, but waits while somebody is at it;
/// what protects the thread is that nothing else may have happened in it.
pub const VALID: Duration = Duration::seconds(60);
/// Rows are kept this much longer, so that whoever comes late is told so.
const KEPT: Duration = Duration::days(1);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = undos)]
struct Before {
    merchant_id: MerchantId,
    id: UndoId,
    thread_id: ThreadId,
    agent_id: AgentId,
    seq: i64,
    state: ThreadState,
    assigned_to: Option<AgentId>,
    waiting_since: Option<At>,
    reply_due_at: Option<At>,
    snoozed_until: Option<At>,
    valid_until: At,
}

/// Does something with a thread so that it can be taken back under `id`. False when it changed nothing.
///
/// # Errors
/// What the act answers.
pub fn remembering<T>(
    tx: &mut Tx<'_>,
    agent: &Agent,
    id: UndoId,
    thread: ThreadId,
    act: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<bool> {
    let before = locked(tx, agent.merchant_id, thread)?;
    act(tx)?;
    let seq = of_merchant(tx, agent.merchant_id, thread)?.last_seq;
    if seq == before.last_seq {
        return Ok(false);
    }
    let row = Before {
        merchant_id: agent.merchant_id,
        id,
        thread_id: thread,
        agent_id: agent.id,
        seq,
        state: before.state,
        assigned_to: before.assigned_to,
        waiting_since: before.waiting_since,
        reply_due_at: before.reply_due_at,
        snoozed_until: before.snoozed_until,
        valid_until: At::new(tx.now() + VALID),
    };
    q!(tx, |c| diesel::insert_into(undos::table).values(&row).execute(c))?;
    Ok(true)
}

/// Whether an act of the agent's can still be taken back.
///
/// # Errors
/// When the database fails.
pub fn is_open(conn: &mut Conn, agent: &Agent, id: UndoId, now: DateTime<Utc>) -> Result<bool> {
    Ok(rows(conn, agent, id)?.iter().any(|row| row.valid_until.utc() > now))
}

/// What taking back came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Threads that are as they were.
    pub threads: Vec<ThreadId>,
    /// Threads in which something else happened meanwhile; they are as they are.
    pub changed: usize,
}

/// Takes an act of the agent's back, thread by thread.
///
/// # Errors
/// Not found for anybody else's act; a conflict when it is too late, or something happened in every thread of it since.
pub fn take_back(tx: &mut Tx<'_>, agent: &Agent, id: UndoId) -> Result<TakenBack> {
    let found = rows(tx, agent, id)?;
    if found.is_empty() {
        return Err(Error::NotFound);
    }
    let now = tx.at();
    if found.iter().all(|row| row.valid_until <= now) {
        return Err(Error::conflict(key("error-undo-late")));
    }
    let mut taken = TakenBack { threads: Vec::new(), changed: 0 };
    for row in &found {
        let thread = locked(tx, agent.merchant_id, row.thread_id)?;
        if thread.last_seq == row.seq {
            restore(tx, agent, &thread, row)?;
            taken.threads.push(thread.id);
        } else {
            taken.changed += 1;
        }
    }
    if taken.threads.is_empty() {
        return Err(Error::conflict(key("error-undo-changed")));
    }
    let done = undos::table.filter(undos::merchant_id.eq(agent.merchant_id)).filter(undos::id.eq(id));
    q!(tx, |c| diesel::update(done).set(undos::valid_until.eq(now)).execute(c))?;
    Ok(taken)
}

fn rows(conn: &mut Conn, agent: &Agent, id: UndoId) -> Result<Vec<Before>> {
    Ok(q!(conn, |c| undos::table
        .filter(undos::merchant_id.eq(agent.merchant_id))
        .filter(undos::id.eq(id))
        .filter(undos::agent_id.eq(agent.id))
        .order(undos::thread_id)
        .select(Before::as_select())
        .load(c))?)
}

fn restore(tx: &mut Tx<'_>, agent: &Agent, now: &Thread, before: &Before) -> Result<()> {
    let row = threads::table.find((now.merchant_id, now.id));
    let set = (
        threads::state.eq(before.state),
        threads::assigned_to.eq(before.assigned_to),
        threads::waiting_since.eq(before.waiting_since),
        threads::reply_due_at.eq(before.reply_due_at),
        threads::snoozed_until.eq(before.snoozed_until),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    let actor = Actor::Agent(agent.id);
    if now.assigned_to != before.assigned_to {
        announce(tx, now, actor, Change::ThreadAssigned { to: before.assigned_to })?;
    }
    let slept_otherwise = now.snoozed_until != before.snoozed_until;
    let change = match before.snoozed_until.filter(|_| now.state == before.state && slept_otherwise) {
        Some(until) => Some(Change::ThreadSnoozed { until: until.utc() }),
        None => opposite(now.state, before.state, before.snoozed_until),
    };
    if let Some(change) = change {
        announce(tx, now, actor, change)?;
    }
    Ok(())
}

/// What says that a thread is in its former state again.
fn opposite(now: ThreadState, before: ThreadState, until: Option<At>) -> Option<Change> {
    use ThreadState::{Resolved, Snoozed, Spam};
    match (now, before, until) {
        _ if now == before => None,
        (_, Snoozed, Some(until)) => Some(Change::ThreadSnoozed { until: until.utc() }),
        (_, Spam, _) => Some(Change::ThreadMarkedSpam),
        (_, Resolved, _) => Some(Change::ThreadResolved),
        (Resolved, ..) => Some(Change::ThreadReopened),
        (Snoozed, ..) => Some(Change::ThreadWoken),
        (Spam, ..) => Some(Change::ThreadSpamCleared),
        _ => None,
    }
}

/// Forgets what could be taken back long ago.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>) -> Result<()> {
    let before = At::new(tx.now() - KEPT);
    q!(tx, |c| diesel::delete(undos::table.filter(undos::valid_until.lt(before))).execute(c))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ThreadState as S;

    #[test]
    fn each_act_has_its_opposite() {
        let until = Some(At::new(Utc::now()));
        let name = |now, before, until| opposite(now, before, until).map(|change| change.name());
        assert_eq!(name(S::Resolved, S::Open, None), Some("thread.reopened"));
        assert_eq!(name(S::Snoozed, S::Open, None), Some("thread.woken"));
        assert_eq!(name(S::Snoozed, S::WaitingShopper, None), Some("thread.woken"));
        assert_eq!(name(S::Resolved, S::Snoozed, until), Some("thread.snoozed"));
        assert_eq!(name(S::Spam, S::Open, None), Some("thread.spam_cleared"));
        assert_eq!(name(S::Open, S::Open, None), None, "only given to somebody");
        assert_eq!(name(S::Resolved, S::Resolved, None), None);
    }
}
