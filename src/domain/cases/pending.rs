//! A refusal waits ten seconds before it goes out. Until then every colleague sees it coming, anybody who may decide can
//! take it back, and whoever decides otherwise is first. The row is the truth: it survives a restart, and it goes with the
//! refusal in one transaction, so that happens once.

use chrono::Duration;
use diesel::prelude::*;

use super::{
    Act, Case, decided_already,
    deciding::{self, Decider, decided_by_another},
    of_merchant,
};
use crate::{
    bus::Nudge,
    domain::{
        agents::{self, Agent},
        threads::{self, messages::Text},
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, CaseId, MerchantId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{cases, pending_refusals},
    },
};

/// How long a refusal waits.
pub const WAITS: Duration = Duration::seconds(10);

/// A refusal on its way.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pending_refusals)]
pub struct PendingRefusal {
    pub merchant_id: MerchantId,
    pub case_id: CaseId,
    pub agent_id: AgentId,
    pub reason: String,
    pub made_at: At,
    /// When it goes out.
    pub due_at: At,
}

/// Declines a request in a moment.
///
/// # Errors
/// A conflict that names who decided it, or who is declining it already.
pub fn decline_soon(tx: &mut Tx<'_>, agent: &Agent, id: CaseId, reason: &Text) -> Result<PendingRefusal> {
    let (thread, case) = deciding::locked(tx, &Decider::Agent(agent.clone()), id)?;
    if let Some(says) = decided_by_another(tx, &case)? {
        return Err(Error::Conflict(says));
    }
    case.state.after(Act::Decline).ok_or_else(|| Error::Conflict(decided_already(&case)))?;
    let row = PendingRefusal {
        merchant_id: case.merchant_id,
        case_id: id,
        agent_id: agent.id,
        reason: reason.as_str().to_owned(),
        made_at: tx.at(),
        due_at: At::new(tx.now() + WAITS),
    };
    let made =
        q!(tx, |c| diesel::insert_into(pending_refusals::table).values(&row).on_conflict_do_nothing().execute(c))?;
    if made == 0 {
        return Err(Error::Conflict(declining_already(tx, &case)?));
    }
    tx.nudge(Nudge::Thread(thread.merchant_id, thread.id));
    Ok(row)
}

fn declining_already(conn: &mut Conn, case: &Case) -> Result<Says> {
    let found: Option<PendingRefusal> = q!(conn, |c| pending_refusals::table
        .find((case.merchant_id, case.id))
        .select(PendingRefusal::as_select())
        .first(c)
        .optional())?;
    let Some(row) = found else { return Ok(decided_already(case)) };
    let name = agents::find(conn, case.merchant_id, row.agent_id)?.name;
    Ok(Says::new(key("error-case-declining")).with("name", name))
}

/// Takes a refusal back before it goes out; whoever may decide may do so.
///
/// # Errors
/// A conflict when it has gone out, or somebody was faster.
pub fn take_back(tx: &mut Tx<'_>, agent: &Agent, id: CaseId) -> Result<()> {
    let (thread, case) = deciding::locked(tx, &Decider::Agent(agent.clone()), id)?;
    if forget(tx, &case)? {
        tx.nudge(Nudge::Thread(thread.merchant_id, thread.id));
        return Ok(());
    }
    let says = match decided_by_another(tx, &case)? {
        Some(says) => says,
        None if case.state.is_undecided() => Says::new(key("error-refusal-taken-back")),
        None => decided_already(&case),
    };
    Err(Error::Conflict(says))
}

/// Forgets a refusal that was on its way; false when there was none.
pub(super) fn forget(tx: &mut Tx<'_>, case: &Case) -> Result<bool> {
    let row = pending_refusals::table.find((case.merchant_id, case.id));
    Ok(q!(tx, |c| diesel::delete(row).execute(c))? == 1)
}

/// Refusals that are to go out.
///
/// # Errors
/// When the database fails.
pub fn due(conn: &mut Conn, now: At, limit: i64) -> Result<Vec<(MerchantId, CaseId)>> {
    Ok(q!(conn, |c| pending_refusals::table
        .filter(pending_refusals::due_at.le(now))
        .order(pending_refusals::due_at)
        .limit(limit)
        .select((pending_refusals::merchant_id, pending_refusals::case_id))
        .load(c))?)
}

/// Lets a refusal go out whose time has come; false when it was taken back, or somebody decided otherwise.
///
/// # Errors
/// When the database fails.
pub fn ring(tx: &mut Tx<'_>, merchant: MerchantId, id: CaseId) -> Result<bool> {
    let case = of_merchant(tx, merchant, id)?;
    threads::locked(tx, merchant, case.thread_id)?;
    let now = tx.at();
    let found: Option<PendingRefusal> = q!(tx, |c| pending_refusals::table
        .find((merchant, id))
        .filter(pending_refusals::due_at.le(now))
        .select(PendingRefusal::as_select())
        .first(c)
        .optional())?;
    let Some(row) = found else { return Ok(false) };
    let by = Decider::Agent(agents::find(tx, merchant, row.agent_id)?);
    let reason = Text::parse("reason", &row.reason)?;
    deciding::decline(tx, &by, id, &reason)?;
    Ok(true)
}

/// The refusals on their way in a thread.
///
/// # Errors
/// When the database fails.
pub fn in_thread(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<Vec<PendingRefusal>> {
    Ok(q!(conn, |c| pending_refusals::table
        .inner_join(
            cases::table
                .on(cases::merchant_id.eq(pending_refusals::merchant_id).and(cases::id.eq(pending_refusals::case_id))),
        )
        .filter(pending_refusals::merchant_id.eq(merchant))
        .filter(cases::thread_id.eq(thread))
        .select(PendingRefusal::as_select())
        .load(c))?)
}
