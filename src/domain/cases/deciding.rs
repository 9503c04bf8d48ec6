//! Deciding a case and moving its tracks: what agents do (and programs of the merchant, for an agent's deeds by hand).

use diesel::prelude::*;

use super::{Case, CaseState, of_merchant, states::Step};
use crate::{
    domain::{
        agents::{self, Agent},
        cases::{Act, Track, move_to},
        events::{Actor, Change, announce},
        reservations::{self, ReservationState},
        threads::{self, Thread, messages::Text},
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{CaseId, MerchantId},
    q,
    store::{
        Tx,
        schema::{cases, messages},
    },
};

/// Who decides: an agent at the desk, or a program of the merchant.
#[derive(Debug, Clone)]
pub enum Decider {
    Agent(Agent),
    App(MerchantId),
}

impl Decider {
    pub(super) fn merchant(&self) -> MerchantId {
        match self {
            Self::Agent(agent) => agent.merchant_id,
            Self::App(merchant) => *merchant,
        }
    }

    pub(super) fn actor(&self) -> Actor {
        match self {
            Self::Agent(agent) => Actor::Agent(agent.id),
            Self::App(_) => Actor::App,
        }
    }
}

/// Approves a request: its pieces stay set aside until they leave.
///
/// # Errors
/// A conflict that names who decided it before.
pub fn approve(tx: &mut Tx<'_>, by: &Decider, id: CaseId) -> Result<Case> {
    let (thread, case) = locked(tx, by, id)?;
    let case = decide(tx, by, &case, Act::Approve)?;
    reservations::keep_only(tx, case.merchant_id, case.id, case.to_variant_id)?;
    reservations::extend(tx, case.merchant_id, case.id)?;
    announce(tx, &thread, by.actor(), Change::CaseApproved { case: id })?;
    no_longer_owed(tx, &thread, &case)?;
    Ok(case)
}

/// Declines a request, with the reason the shopper is told: its pieces are free again.
///
/// # Errors
/// A conflict that names who decided it before.
pub fn decline(tx: &mut Tx<'_>, by: &Decider, id: CaseId, reason: &Text) -> Result<Case> {
    let (thread, case) = locked(tx, by, id)?;
    decide(tx, by, &case, Act::Decline)?;
    let row = cases::table.find((case.merchant_id, id));
    let told = cases::decline_reason.eq(reason.as_str());
    let case: Case = q!(tx, |c| diesel::update(row).set(told).returning(Case::as_returning()).get_result(c))?;
    reservations::close(tx, case.merchant_id, case.id, ReservationState::Released)?;
    announce(tx, &thread, by.actor(), Change::CaseDeclined { case: id })?;
    no_longer_owed(tx, &thread, &case)?;
    Ok(case)
}

pub(super) fn locked(tx: &mut Tx<'_>, by: &Decider, id: CaseId) -> Result<(Thread, Case)> {
    let thread = of_merchant(tx, by.merchant(), id)?.thread_id;
    let thread = threads::locked(tx, by.merchant(), thread)?;
    Ok((thread, of_merchant(tx, by.merchant(), id)?))
}

fn decide(tx: &mut Tx<'_>, by: &Decider, case: &Case, act: Act) -> Result<Case> {
    if let Some(says) = decided_by_another(tx, case)? {
        return Err(Error::Conflict(says));
    }
    move_to(tx, case, act)?;
    let decided_by = match by {
        Decider::Agent(agent) => Some(agent.id),
        Decider::App(_) => None,
    };
    let row = cases::table.find((case.merchant_id, case.id));
    let set = (cases::decided_at.eq(tx.at()), cases::decided_by.eq(decided_by));
    Ok(q!(tx, |c| diesel::update(row).set(set).returning(Case::as_returning()).get_result(c))?)
}

/// "Already approved by Mia", for whoever comes second.
pub(super) fn decided_by_another(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Says>> {
    let says = match case.state {
        CaseState::Approved | CaseState::Completed => key("error-case-approved-by"),
        CaseState::Declined => key("error-case-declined-by"),
        _ => return Ok(None),
    };
    let Some(by) = case.decided_by else { return Ok(None) };
    let agent = agents::find(tx, case.merchant_id, by)?;
    Ok(Some(Says::new(says).with("name", agent.name)))
}

/// A decision answers who asked, unless they wrote something else meanwhile.
pub(super) fn no_longer_owed(tx: &mut Tx<'_>, thread: &Thread, case: &Case) -> Result<()> {
    let waiting_for_this = thread.waiting_since.is_some_and(|since| since >= case.requested_at);
    let wrote_since: i64 = q!(tx, |c| messages::table
        .filter(messages::merchant_id.eq(thread.merchant_id))
        .filter(messages::thread_id.eq(thread.id))
        .filter(messages::seq.gt(case.requested_seq))
        .filter(messages::author.eq(crate::domain::events::ActorKind::Shopper))
        .count()
        .get_result(c))?;
    if waiting_for_this && wrote_since == 0 && !super::undecided_in(tx, thread.merchant_id, thread.id)? {
        threads::answered(tx, thread)?;
    }
    Ok(())
}

/// Moves a track of an approved case by hand; when all three reached their end the case is completed.
///
/// # Errors
/// A conflict when the case is not approved or the step was made already.
pub fn step(tx: &mut Tx<'_>, by: &Decider, id: CaseId, step: Step, settlement: Option<&Text>) -> Result<Case> {
    let (thread, case) = locked(tx, by, id)?;
    if case.state != CaseState::Approved {
        return Err(Error::conflict(key("error-case-not-approved")));
    }
    let tracks = case.tracks().after(step).ok_or_else(|| Error::conflict(key("error-case-step-made")))?;
    let row = cases::table
        .find((case.merchant_id, id))
        .filter(cases::state.eq(CaseState::Approved))
        .filter(cases::goods_back.eq(case.goods_back))
        .filter(cases::goods_out.eq(case.goods_out))
        .filter(cases::money.eq(case.money));
    let settlement = settlement.map(Text::as_str).or(case.settlement.as_deref());
    let set = (
        cases::goods_back.eq(tracks.goods_back),
        cases::goods_out.eq(tracks.goods_out),
        cases::money.eq(tracks.money),
        cases::settlement.eq(settlement),
    );
    let moved: Option<Case> =
        q!(tx, |c| diesel::update(row).set(set).returning(Case::as_returning()).get_result(c).optional())?;
    let case = moved.ok_or_else(|| Error::conflict(key("error-case-step-made")))?;
    if step == Step::Send {
        reservations::close(tx, case.merchant_id, id, ReservationState::Confirmed)?;
    }
    announce(tx, &thread, by.actor(), Change::CaseMoved { case: id, track: track_of(step) })?;
    if !tracks.are_final() {
        return Ok(case);
    }
    let case = move_to(tx, &case, Act::Complete)?;
    announce(tx, &thread, by.actor(), Change::CaseCompleted { case: id })?;
    Ok(case)
}

fn track_of(step: Step) -> Track {
    match step {
        Step::Receive | Step::Waive => Track::GoodsBack,
        Step::Send => Track::GoodsOut,
        Step::Settle => Track::Money,
    }
}
