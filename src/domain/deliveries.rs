//! Deliveries: what must leave the house. They are planned in the transaction of the change they follow from, and go in
//! lanes (merchant, endpoint, thread): within a lane one after the other, between lanes freely. A worker leases the head
//! of a lane before it calls out and completes with that lease, so a worker that died is taken over and never doubled.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    events::{Actor, Change},
    threads::Thread,
};
use crate::{
    bus::Nudge,
    error::{Error, Result},
    ids::{AgentId, CaseId, ChallengeId, DeliveryId, InvitationId, MerchantId, ProofId, ThreadId},
    q, secrets,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::deliveries,
    },
    text_enum,
};

/// An answer waits this long for the next one, so that three quick messages make one e-mail.
const QUIET: Duration = Duration::minutes(2);
/// A lease longer than any attempt takes.
const LEASE: Duration = Duration::seconds(90);
/// Waits between attempts (the example schedule of Standard Webhooks 1.0, in seconds).
const RETRY_AFTER: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

text_enum! {
    pub enum DeliveryKind { Mail = "mail" }
}

text_enum! {
    pub enum DeliveryState {
        Due = "due",
        Leased = "leased",
        Done = "done",
        /// No longer worth sending: a later one said it, or nobody is there to read it.
        Dropped = "dropped",
        /// Every attempt failed.
        Dead = "dead",
    }
}

/// What a letter is about; its words are made when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// The thread of a new order is open.
    ThreadOpen,
    /// Somebody of the shop wrote.
    Reply,
    /// A request was decided, or ran out.
    Case { case: CaseId },
    /// The six-digit code that was asked for.
    Code { challenge: ChallengeId },
    /// Somebody is asked to join the desk.
    Invitation { invitation: InvitationId },
    /// An agent forgot the password.
    NewPassword { proof: ProofId },
    /// The code that moves an agent's sign-in to another address.
    NewAddress { proof: ProofId },
    /// Tells the old address so.
    AddressMoved { agent: AgentId, from: String },
}

impl Letter {
    /// The lane's endpoint: codes never wait behind an answer that is being gathered.
    fn endpoint(&self) -> &'static str {
        match self {
            Self::Code { .. } => "mail:code",
            Self::Invitation { .. }
            | Self::NewPassword { .. }
            | Self::NewAddress { .. }
            | Self::AddressMoved { .. } => "mail:agent",
            _ => "mail",
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
pub struct Delivery {
    pub merchant_id: MerchantId,
    pub id: DeliveryId,
    pub endpoint: String,
    /// None for a letter to an agent, which belongs to no thread and waits for none.
    pub thread_id: Option<ThreadId>,
    pub seq: i64,
    pub payload: Json<Letter>,
    pub attempts: i32,
    pub lease: Option<String>,
    pub created_at: At,
}

/// Plans what follows from a change.
///
/// # Errors
/// When the database fails.
pub(super) fn plan(tx: &mut Tx<'_>, thread: &Thread, seq: i64, actor: Actor, change: &Change) -> Result<()> {
    let letter = match change {
        Change::MessagePosted { .. } if !matches!(actor, Actor::Shopper(_)) => Some((Letter::Reply, QUIET)),
        Change::CaseProposed { case, .. }
        | Change::CaseApproved { case }
        | Change::CaseDeclined { case }
        | Change::CaseExpired { case } => Some((Letter::Case { case: *case }, Duration::zero())),
        _ => None,
    };
    match letter {
        Some((letter, wait)) if thread.shopper_id.is_some() => {
            post(tx, thread.merchant_id, thread.id, seq, letter, wait)
        }
        _ => Ok(()),
    }
}

/// Plans one letter, to go after `wait`.
///
/// # Errors
/// When the database fails.
pub fn post(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    thread: ThreadId,
    seq: i64,
    letter: Letter,
    wait: Duration,
) -> Result<()> {
    put(tx, merchant, Some(thread), seq, letter, wait)
}

fn put(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    thread: Option<ThreadId>,
    seq: i64,
    letter: Letter,
    wait: Duration,
) -> Result<()> {
    let row = (
        (deliveries::merchant_id.eq(merchant), deliveries::id.eq(DeliveryId::new(tx.now())), deliveries::seq.eq(seq)),
        (deliveries::endpoint.eq(letter.endpoint()), deliveries::thread_id.eq(thread), deliveries::attempts.eq(0)),
        (deliveries::kind.eq(DeliveryKind::Mail), deliveries::state.eq(DeliveryState::Due)),
        (deliveries::due_at.eq(At::new(tx.now() + wait)), deliveries::created_at.eq(tx.at())),
        deliveries::payload.eq(Json(letter)),
    );
    q!(tx, |c| diesel::insert_into(deliveries::table).values(row).execute(c))?;
    tx.nudge(Nudge::Delivery);
    Ok(())
}

/// Plans a letter to somebody of the merchant, to go at once.
///
/// # Errors
/// When the database fails.
pub fn post_to_agent(tx: &mut Tx<'_>, merchant: MerchantId, letter: Letter) -> Result<()> {
    put(tx, merchant, None, 0, letter, Duration::zero())
}

/// Leases up to `limit` heads of lanes that are due. What comes back is ours until the lease ends.
///
/// # Errors
/// When the database fails.
pub fn claim(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Delivery>> {
    let now = tx.at();
    let heads: Vec<(MerchantId, DeliveryId)> = due(tx, now, limit)?;
    let until = At::new(tx.now() + LEASE);
    let mut claimed = Vec::new();
    for (merchant, id) in heads {
        let lease = secrets::token();
        let claim = deliveries::table.find((merchant, id)).filter(
            deliveries::state
                .eq(DeliveryState::Due)
                .or(deliveries::state.eq(DeliveryState::Leased).and(deliveries::leased_until.lt(now))),
        );
        let mine: Option<Delivery> = q!(tx, |c| diesel::update(claim)
            .set((
                deliveries::state.eq(DeliveryState::Leased),
                deliveries::lease.eq(&lease),
                deliveries::leased_until.eq(until),
                deliveries::attempts.eq(deliveries::attempts + 1),
            ))
            .returning(Delivery::as_returning())
            .get_result(c)
            .optional())?;
        claimed.extend(mine);
    }
    Ok(claimed)
}

/// Deliveries that are due (or whose lease ran out) and have nothing before them in their lane.
fn due(conn: &mut Conn, now: At, limit: i64) -> Result<Vec<(MerchantId, DeliveryId)>> {
    let before = diesel::alias!(deliveries as before);
    let undone = [DeliveryState::Due, DeliveryState::Leased];
    Ok(q!(conn, |c| deliveries::table
        .filter(deliveries::state.eq_any(undone))
        .filter(deliveries::due_at.le(now))
        .filter(deliveries::state.eq(DeliveryState::Due).or(deliveries::leased_until.lt(now)))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            before
                .filter(before.field(deliveries::merchant_id).eq(deliveries::merchant_id))
                .filter(before.field(deliveries::endpoint).eq(deliveries::endpoint))
                .filter(before.field(deliveries::thread_id).eq(deliveries::thread_id))
                .filter(before.field(deliveries::state).eq_any(undone))
                .filter(
                    before.field(deliveries::seq).lt(deliveries::seq).or(before
                        .field(deliveries::seq)
                        .eq(deliveries::seq)
                        .and(before.field(deliveries::id).lt(deliveries::id)))
                )
                .select(before.field(deliveries::id)),
        )))
        .order(deliveries::due_at)
        .limit(limit)
        .select((deliveries::merchant_id, deliveries::id))
        .load(c))?)
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    Sent,
    /// Not worth sending any more.
    Dropped,
    /// Try again later, in these words.
    Failed(String),
}

/// Completes an attempt with the lease it was made under; false when the lease was lost to another worker.
///
/// # Errors
/// When the database fails.
pub fn complete(tx: &mut Tx<'_>, delivery: &Delivery, attempt: &Attempt) -> Result<bool> {
    let lease = delivery.lease.as_deref().ok_or(Error::NotFound)?;
    let tried = usize::try_from(delivery.attempts).unwrap_or(usize::MAX);
    let (state, due) = match attempt {
        Attempt::Sent => (DeliveryState::Done, None),
        Attempt::Dropped => (DeliveryState::Dropped, None),
        Attempt::Failed(_) => match RETRY_AFTER.get(tried.saturating_sub(1)) {
            Some(seconds) => (DeliveryState::Due, Some(tx.now() + Duration::seconds(*seconds))),
            None => (DeliveryState::Dead, None),
        },
    };
    let error = match attempt {
        Attempt::Failed(error) => Some(error.as_str()),
        Attempt::Sent | Attempt::Dropped => None,
    };
    let done_at = due.is_none().then(|| tx.at());
    let mine = deliveries::table.find((delivery.merchant_id, delivery.id)).filter(deliveries::lease.eq(lease));
    let set = (
        deliveries::state.eq(state),
        deliveries::error.eq(error),
        deliveries::lease.eq(None::<String>),
        deliveries::leased_until.eq(None::<At>),
        deliveries::done_at.eq(done_at),
    );
    let rows = q!(tx, |c| diesel::update(mine).set(set).execute(c))?;
    if let Some(due) = due {
        let again = deliveries::table.find((delivery.merchant_id, delivery.id));
        let due = At::new(due);
        q!(tx, |c| diesel::update(again).set(deliveries::due_at.eq(due)).execute(c))?;
    }
    Ok(rows == 1)
}

/// The seq of the last answer that was mailed in this thread; 0 when none was.
///
/// # Errors
/// When the database fails.
pub fn last_mailed(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<i64> {
    let seq: Option<i64> = q!(conn, |c| deliveries::table
        .filter(deliveries::merchant_id.eq(merchant))
        .filter(deliveries::thread_id.eq(thread))
        .filter(deliveries::endpoint.eq("mail"))
        .filter(deliveries::state.eq(DeliveryState::Done))
        .select(diesel::dsl::max(deliveries::seq))
        .first(c))?;
    Ok(seq.unwrap_or(0))
}

/// When the next delivery is due or its lease ends, so that the worker can sleep until then.
///
/// # Errors
/// When the database fails.
pub fn next_due(conn: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    let due: Option<At> = q!(conn, |c| deliveries::table
        .filter(deliveries::state.eq_any([DeliveryState::Due, DeliveryState::Leased]))
        .order(deliveries::due_at)
        .select(deliveries::due_at)
        .first(c)
        .optional())?;
    Ok(due.map(At::utc))
}

/// How many there are in each state, for the metrics.
///
/// # Errors
/// When the database fails.
pub fn by_state(conn: &mut Conn) -> Result<Vec<(DeliveryState, i64)>> {
    Ok(q!(conn, |c| deliveries::table
        .group_by(deliveries::state)
        .select((deliveries::state, diesel::dsl::count_star()))
        .load(c))?)
}
