//! Offering something else: the shop names another variant of the same product, and both what was asked for and what is
//! offered stay set aside until the shopper answers or the time runs out. Who accepts has decided; who keeps to the first
//! wish gives the decision back to the shop.

use diesel::prelude::*;

use super::{
    Act, Case, CaseState, MoneyTrack, decided_already,
    deciding::{self, Decider, decided_by_another, no_longer_owed},
    for_visit, move_to,
};
use crate::{
    domain::{
        catalogue,
        events::{Actor, Change, announce},
        merchants,
        money::Money,
        orders, policy, reservations, threads,
        visits::Visit,
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, CaseId, MerchantId, ThreadId, VariantId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{cases, proposals},
    },
};

/// What the shop offers instead.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = proposals)]
pub struct Proposal {
    pub merchant_id: MerchantId,
    pub case_id: CaseId,
    pub variant_id: VariantId,
    /// One piece of it now.
    pub price_to: i64,
    pub difference: i64,
    /// None when a program offered it.
    pub proposed_by: Option<AgentId>,
    pub proposed_at: At,
}

impl Proposal {
    /// For all pieces: positive, the shopper pays; negative, the shopper gets it back.
    pub fn difference(&self, case: &Case) -> Money {
        Money::from_minor(self.difference, case.currency)
    }

    /// One piece now.
    pub fn price_to(&self, case: &Case) -> Money {
        Money::from_minor(self.price_to, case.currency)
    }
}

/// Offers another variant, and sets it aside.
///
/// # Errors
/// A conflict that names who decided before, or says that the pieces are gone; names the variant when it cannot be offered.
pub fn propose(tx: &mut Tx<'_>, by: &Decider, id: CaseId, to: VariantId) -> Result<Case> {
    let (thread, case) = deciding::locked(tx, by, id)?;
    if let Some(says) = decided_by_another(tx, &case)? {
        return Err(Error::Conflict(says));
    }
    if case.state == CaseState::Proposed {
        return Err(Error::conflict(key("error-case-proposed-already")));
    }
    let row = offered(tx, by, &case, to)?;
    let case = move_to(tx, &case, Act::Propose)?;
    reservations::make(tx, case.merchant_id, id, to, case.quantity)?;
    reservations::hold(tx, case.merchant_id, id)?;
    q!(tx, |c| diesel::delete(proposals::table.find((case.merchant_id, id))).execute(c))?;
    q!(tx, |c| diesel::insert_into(proposals::table).values(&row).execute(c))?;
    announce(tx, &thread, by.actor(), Change::CaseProposed { case: id, variant: to })?;
    no_longer_owed(tx, &thread, &case)?;
    Ok(case)
}

/// The offer, once policy and prices agree.
fn offered(tx: &mut Tx<'_>, by: &Decider, case: &Case, to: VariantId) -> Result<Proposal> {
    let order = orders::detail(tx, case.merchant_id, case.order_id)?;
    let line = order.lines.iter().find(|detail| detail.line.id == case.line_id).ok_or(Error::NotFound)?;
    let (product, variant) = catalogue::variant(tx, case.merchant_id, to)?;
    let same_product = line.product.as_ref().is_some_and(|own| own.id == product.id);
    if !same_product || variant.retired {
        return Err(Error::invalid("variant", Says::new(key("error-case-variant"))));
    }
    if case.to_variant_id == to || case.from_variant_id == Some(to) {
        return Err(Error::invalid("variant", Says::new(key("error-proposal-same"))));
    }
    let shop = merchants::shop(tx, case.merchant_id, order.order.shop_id)?;
    let terms = case.terms(&shop);
    let difference = policy::swap(line, &variant, case.quantity, case.currency, &terms).map_err(Error::Conflict)?;
    Ok(Proposal {
        merchant_id: case.merchant_id,
        case_id: case.id,
        variant_id: to,
        price_to: difference.to.minor(),
        difference: difference.total.minor(),
        proposed_by: match by {
            Decider::Agent(agent) => Some(agent.id),
            Decider::App(_) => None,
        },
        proposed_at: tx.at(),
    })
}

/// The shopper takes what is offered: it is what they asked for from now on, and agreed.
///
/// # Errors
/// A conflict when the offer is not open any more.
pub fn accept(tx: &mut Tx<'_>, visit: &Visit, id: CaseId) -> Result<Case> {
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    let case = for_visit(tx, visit, id)?;
    let offer = open_offer(tx, &case)?;
    let case = move_to(tx, &case, Act::Approve)?;
    let row = cases::table.find((case.merchant_id, id));
    let set = (
        cases::to_variant_id.eq(offer.variant_id),
        cases::price_to.eq(offer.price_to),
        cases::difference.eq(offer.difference),
        cases::money.eq(MoneyTrack::of(offer.difference)),
        cases::decided_at.eq(tx.at()),
        cases::decided_by.eq(offer.proposed_by),
    );
    let case: Case = q!(tx, |c| diesel::update(row).set(set).returning(Case::as_returning()).get_result(c))?;
    reservations::keep_only(tx, case.merchant_id, id, offer.variant_id)?;
    reservations::extend(tx, case.merchant_id, id)?;
    announce(tx, &thread, Actor::Shopper(thread.shopper_id), Change::CaseApproved { case: id })?;
    Ok(case)
}

/// The shopper keeps to what they asked for; what was offered is free again, and the shop is to decide.
///
/// # Errors
/// A conflict when the offer is not open any more.
pub fn keep(tx: &mut Tx<'_>, visit: &Visit, id: CaseId) -> Result<Case> {
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    let case = for_visit(tx, visit, id)?;
    open_offer(tx, &case)?;
    let case = move_to(tx, &case, Act::Counter)?;
    reservations::keep_only(tx, case.merchant_id, id, case.to_variant_id)?;
    reservations::hold(tx, case.merchant_id, id)?;
    let actor = Actor::Shopper(thread.shopper_id);
    announce(tx, &thread, actor, Change::CaseCountered { case: id })?;
    threads::owe_answer(tx, &thread, actor)?;
    Ok(case)
}

fn open_offer(tx: &mut Tx<'_>, case: &Case) -> Result<Proposal> {
    if case.state != CaseState::Proposed {
        let says = match case.state {
            CaseState::Submitted | CaseState::Countered => Says::new(key("error-proposal-over")),
            _ => decided_already(case),
        };
        return Err(Error::Conflict(says));
    }
    of_case(tx, case.merchant_id, case.id)?.ok_or(Error::NotFound)
}

/// What was offered last for a request.
///
/// # Errors
/// When the database fails.
pub fn of_case(conn: &mut Conn, merchant: MerchantId, case: CaseId) -> Result<Option<Proposal>> {
    Ok(q!(conn, |c| proposals::table.find((merchant, case)).select(Proposal::as_select()).first(c).optional())?)
}

/// What was offered last for each request of a thread.
///
/// # Errors
/// When the database fails.
pub fn in_thread(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<Vec<Proposal>> {
    Ok(q!(conn, |c| proposals::table
        .inner_join(
            cases::table.on(cases::merchant_id.eq(proposals::merchant_id).and(cases::id.eq(proposals::case_id))),
        )
        .filter(proposals::merchant_id.eq(merchant))
        .filter(cases::thread_id.eq(thread))
        .select(Proposal::as_select())
        .load(c))?)
}

/// What was offered last for each of several requests.
///
/// # Errors
/// When the database fails.
pub fn of_cases(conn: &mut Conn, merchant: MerchantId, cases: &[CaseId]) -> Result<Vec<Proposal>> {
    Ok(q!(conn, |c| proposals::table
        .filter(proposals::merchant_id.eq(merchant))
        .filter(proposals::case_id.eq_any(cases))
        .select(Proposal::as_select())
        .load(c))?)
}
