//! Deliveries: what must leave the house. They are planned in the transaction of the change they follow from, and go in
//! lanes (merchant, endpoint, thread): within a lane one after the other, between lanes freely. A worker leases the head
//! of a lane before it calls out and completes with that lease, so a worker that died is taken over and never doubled. How
//! an attempt ends is in [`attempts`].

mod attempts;
pub mod holding;

pub use attempts::{Attempt, complete};

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    events::{Actor, Change},
    installation,
    threads::Thread,
};
use crate::{
    bus::Nudge,
    error::Result,
    ids::{AgentId, CaseId, ChallengeId, DeliveryId, InvitationId, MerchantId, ProofId, ShopperId, ThreadId},
    q, secrets,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{deliveries, threads},
    },
    text_enum,
};

/// An answer waits this long for the next one, so that three quick messages make one e-mail;
const QUIET: Duration = Duration::minutes(2);
/// the first of them at most this long, however many follow.
const GATHERED: Duration = Duration::minutes(10);
/// A shopper waits this long before somebody away from the desk is written to.
pub const UNATTENDED: Duration = Duration::minutes(5);
/// A lease longer than any attempt takes.
const LEASE: Duration = Duration::seconds(90);

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
        /// Refused for good, or every attempt failed.
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
    /// A fresh link to the thread: one that expired was used, or the address was corrected.
    Link,
    /// To the shop: a shopper waits and nobody has the desk open.
    Waiting,
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
    /// The lane's endpoint: nothing waits behind an answer that is being gathered.
    fn endpoint(&self) -> &'static str {
        match self {
            Self::ThreadOpen | Self::Case { .. } => "mail",
            Self::Reply => "mail:reply",
            Self::Code { .. } => "mail:code",
            Self::Link => "mail:link",
            Self::Waiting => "mail:desk",
            Self::Invitation { .. }
            | Self::NewPassword { .. }
            | Self::NewAddress { .. }
            | Self::AddressMoved { .. } => "mail:agent",
        }
    }

    /// The word for its kind, as it is kept.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ThreadOpen => "thread_open",
            Self::Reply => "reply",
            Self::Case { .. } => "case",
            Self::Code { .. } => "code",
            Self::Link => "link",
            Self::Waiting => "waiting",
            Self::Invitation { .. } => "invitation",
            Self::NewPassword { .. } => "new_password",
            Self::NewAddress { .. } => "new_address",
            Self::AddressMoved { .. } => "address_moved",
        }
    }

    /// Whether the shopper is told something by it, rather than handed what they asked for.
    pub fn tells_shopper(&self) -> bool {
        matches!(self, Self::ThreadOpen | Self::Reply | Self::Case { .. })
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
    let shopper = matches!(actor, Actor::Shopper(_));
    match change {
        Change::MessagePosted { .. } | Change::CaseRequested { .. } if shopper => waiting(tx, thread, seq),
        Change::MessagePosted { .. } if thread.shopper_id.is_some() => answer(tx, thread, seq),
        Change::CaseProposed { case, .. }
        | Change::CaseApproved { case }
        | Change::CaseDeclined { case }
        | Change::CaseExpired { case }
            if thread.shopper_id.is_some() =>
        {
            post(tx, thread.merchant_id, thread.id, seq, Letter::Case { case: *case }, Duration::zero())
        }
        _ => Ok(()),
    }
}

/// Somebody answered: told by the letter that is being gathered, else by one of its own. Each answer lets it wait anew. A
/// letter that was attempted already says what it says, for it may have arrived.
fn answer(tx: &mut Tx<'_>, thread: &Thread, seq: i64) -> Result<()> {
    let now = tx.at();
    let gathering = || {
        deliveries::table
            .filter(deliveries::merchant_id.eq(thread.merchant_id))
            .filter(deliveries::thread_id.eq(thread.id))
            .filter(deliveries::endpoint.eq(Letter::Reply.endpoint()))
            .filter(deliveries::state.eq(DeliveryState::Due))
            .filter(deliveries::attempts.eq(0))
            .filter(deliveries::due_at.gt(now))
    };
    let begun: Option<At> = q!(tx, |c| gathering().select(deliveries::created_at).first(c).optional())?;
    if let Some(begun) = begun {
        let due = At::new((tx.now() + QUIET).min(begun.utc() + GATHERED));
        let set = (deliveries::seq.eq(seq), deliveries::due_at.eq(due));
        if q!(tx, |c| diesel::update(gathering()).set(set).execute(c))? > 0 {
            return Ok(());
        }
    }
    post(tx, thread.merchant_id, thread.id, seq, Letter::Reply, QUIET)
}

/// A shopper begins to wait: once for each time they do, not for each message.
fn waiting(tx: &mut Tx<'_>, thread: &Thread, seq: i64) -> Result<()> {
    if thread.waiting_since.is_some() {
        return Ok(());
    }
    post(tx, thread.merchant_id, thread.id, seq, Letter::Waiting, UNATTENDED)
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
    if installation::held(tx)?.is_some() {
        return Ok(Vec::new());
    }
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

/// Lets what was refused in a thread go again, and what waits to be tried again go now; how many there are. Of several
/// letters with answers the last tells them all.
///
/// # Errors
/// When the database fails.
pub(super) fn revive(tx: &mut Tx<'_>, thread: &Thread) -> Result<usize> {
    let of_thread = deliveries::table
        .filter(deliveries::merchant_id.eq(thread.merchant_id))
        .filter(deliveries::thread_id.eq(thread.id))
        .filter(
            deliveries::state
                .eq(DeliveryState::Dead)
                .or(deliveries::state.eq(DeliveryState::Due).and(deliveries::attempts.gt(0))),
        )
        .order((deliveries::seq.desc(), deliveries::id.desc()))
        .select((deliveries::id, deliveries::payload));
    let found: Vec<(DeliveryId, Json<Letter>)> = q!(tx, |c| of_thread.load(c))?;
    let (now, mut answered, mut revived) = (tx.at(), false, 0);
    for (id, letter) in found.into_iter().filter(|(_, letter)| letter.0.tells_shopper()) {
        let told = letter.0 == Letter::Reply && std::mem::replace(&mut answered, true);
        let state = if told { DeliveryState::Dropped } else { DeliveryState::Due };
        let set = (
            (deliveries::state.eq(state), deliveries::attempts.eq(0), deliveries::due_at.eq(now)),
            (deliveries::done_at.eq(told.then_some(now)), deliveries::error.eq(None::<String>)),
        );
        let row = deliveries::table.find((thread.merchant_id, id));
        q!(tx, |c| diesel::update(row).set(set).execute(c))?;
        revived += usize::from(!told);
    }
    tx.nudge(Nudge::Delivery);
    Ok(revived)
}

/// What was sent, or was to be, in the threads of a shopper; after one of them, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn of_shopper(
    conn: &mut Conn,
    merchant: MerchantId,
    shopper: ShopperId,
    after: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<DeliveryId>> {
    let theirs = threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::shopper_id.eq(shopper))
        .select(threads::id.nullable());
    Ok(q!(conn, |c| {
        let of_merchant = deliveries::table.filter(deliveries::merchant_id.eq(merchant));
        let mut rows = of_merchant.filter(deliveries::thread_id.eq_any(theirs)).into_boxed();
        if let Some(after) = after {
            rows = rows.filter(deliveries::id.gt(after));
        }
        rows.order(deliveries::id).limit(limit).select(deliveries::id).load(c)
    })?)
}

/// How many letters of this kind a thread was posted after `since`.
///
/// # Errors
/// When the database fails.
pub(super) fn posted_since(conn: &mut Conn, thread: &Thread, letter: &Letter, since: At) -> Result<i64> {
    Ok(q!(conn, |c| deliveries::table
        .filter(deliveries::merchant_id.eq(thread.merchant_id))
        .filter(deliveries::thread_id.eq(thread.id))
        .filter(deliveries::endpoint.eq(letter.endpoint()))
        .filter(deliveries::created_at.gt(since))
        .count()
        .get_result(c))?)
}

/// When the next delivery is due or its lease ends, so that the worker can sleep until then; never while they are held.
///
/// # Errors
/// When the database fails.
pub fn next_due(conn: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    if installation::held(conn)?.is_some() {
        return Ok(None);
    }
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
