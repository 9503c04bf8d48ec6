//! Cases: what is asked for inside a thread, from asking to the end. The states are a pure table in [`states`]; every
//! UPDATE repeats the state it expects, so of two who decide at once one wins and the other is told by whom.
//! Here: looking cases up, asking, and what ends a request without a decision. Deciding is in [`deciding`].

pub mod deciding;
pub mod pending;
pub mod proposing;
pub mod states;

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    agents::{self, Agent},
    catalogue, erasures,
    events::{Actor, Change, announce},
    files,
    merchants::{self, Shop},
    money::{Currency, Money},
    orders::{self, OrderDetail},
    policy::{self, Terms},
    reservations::{self, ReservationState},
    threads::{
        self, Thread,
        messages::{self, ClientId, Content, Message},
    },
    visits::Visit,
};
use crate::{
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, CaseId, LineId, MerchantId, OrderId, ThreadId, VariantId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::cases,
    },
    text_enum,
};
pub use states::{Act, CaseState, GoodsBack, GoodsOut, MoneyTrack, Tracks};

text_enum! {
    pub enum CaseKind {
        Question = "question",
        Exchange = "exchange",
        Return = "return",
        Cancellation = "cancellation",
        Change = "change",
        Dispute = "dispute",
    }
}

text_enum! {
    /// Why somebody wants an exchange.
    pub enum Reason {
        Colour = "colour",
        TooSmall = "too_small",
        TooLarge = "too_large",
        Defect = "defect",
        WrongItem = "wrong_item",
        ChangedMind = "changed_mind",
    }
}

text_enum! {
    /// What moves on its own once a case is approved.
    pub enum Track { GoodsBack = "goods_back", GoodsOut = "goods_out", Money = "money" }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = cases)]
pub struct Case {
    pub merchant_id: MerchantId,
    pub id: CaseId,
    pub thread_id: ThreadId,
    pub order_id: OrderId,
    pub kind: CaseKind,
    pub state: CaseState,
    pub line_id: LineId,
    pub quantity: i32,
    pub reason: Reason,
    /// The shopper's own words; may be empty.
    pub words: String,
    pub from_variant_id: Option<VariantId>,
    pub to_variant_id: VariantId,
    pub price_from: i64,
    pub price_to: i64,
    pub difference: i64,
    pub currency: Currency,
    pub goods_back: GoodsBack,
    pub goods_out: GoodsOut,
    pub money: MoneyTrack,
    pub client_id: String,
    pub requested_seq: i64,
    pub requested_at: At,
    pub decided_at: Option<At>,
    pub decided_by: Option<AgentId>,
    pub decline_reason: Option<String>,
    pub settlement: Option<String>,
    pub closed_at: Option<At>,
    /// What it was made under; see [`Case::terms`].
    pub terms: Option<Json<Terms>>,
}

impl Case {
    /// The terms it was made under, whatever the shop says since.
    pub fn terms(&self, shop: &Shop) -> Terms {
        self.terms.as_ref().map_or_else(|| shop.terms(), |terms| terms.0.clone())
    }

    /// Positive: the shopper pays; negative: the shopper gets it back.
    pub fn difference(&self) -> Money {
        Money::from_minor(self.difference, self.currency)
    }

    /// Paid for one piece then.
    pub fn price_from(&self) -> Money {
        Money::from_minor(self.price_from, self.currency)
    }

    /// One piece now.
    pub fn price_to(&self) -> Money {
        Money::from_minor(self.price_to, self.currency)
    }

    pub fn tracks(&self) -> Tracks {
        Tracks { goods_back: self.goods_back, goods_out: self.goods_out, money: self.money }
    }
}

/// What a shopper asks for.
#[derive(Debug, Clone)]
pub struct ExchangeRequest {
    pub line: LineId,
    pub to: VariantId,
    pub quantity: i32,
    pub reason: Reason,
    /// Their own words, at most 1,000 characters; may be empty.
    pub words: String,
    pub client_id: ClientId,
}

/// The longest words beside a reason, in characters.
const MAX_WORDS: usize = 1_000;

/// A shopper asks for an exchange: checked against the policy and the stock of this moment, and set aside.
///
/// # Errors
/// A conflict that says why not: the policy refuses, the pieces are gone. The same `client_id` gives the same case again.
pub fn request(tx: &mut Tx<'_>, visit: &Visit, wish: &ExchangeRequest) -> Result<Case> {
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    Ok(request_in(tx, &thread, Actor::Shopper(thread.shopper_id), wish)?.0)
}

/// The same with photos of what is wrong: they are said in the thread just before, and stand with the request.
///
/// # Errors
/// As [`request`]; or when a photo is not there.
pub fn request_showing(
    tx: &mut Tx<'_>,
    visit: &Visit,
    wish: &ExchangeRequest,
    photos: Vec<files::Attachment>,
) -> Result<Case> {
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    if let Some(same) = already(tx, &thread, &wish.client_id)? {
        return Ok(same);
    }
    let shown = match photos.is_empty() {
        true => None,
        false => Some(messages::from_shopper(tx, visit, Content::of_files(photos), &ClientId::fresh())?),
    };
    shows_enough(tx, &thread, wish, shown.as_ref())?;
    let case = request(tx, visit, wish)?;
    if let Some(shown) = shown {
        files::stand_with(tx, visit.merchant_id, shown.id, case.id)?;
    }
    Ok(case)
}

/// # Errors
/// A conflict where a shop needs to see what is wrong and nothing that is shown lets it.
fn shows_enough(tx: &mut Tx<'_>, thread: &Thread, wish: &ExchangeRequest, shown: Option<&Message>) -> Result<()> {
    let rules = merchants::shop(tx, thread.merchant_id, thread.shop_id)?.terms().rules;
    let seen = shown.is_some_and(Message::shows_something);
    if rules.needs_photo(wish.reason) && !seen { Err(Error::conflict(key("policy-photo-needed"))) } else { Ok(()) }
}

/// A program of the merchant asks on a shopper's behalf, or for an agent whom the shopper called, who heard what is wrong and
/// needs no photo of it. Also whether the case is new: it is not when one with its `client_id` was there.
///
/// # Errors
/// As [`request`].
pub fn request_by_app(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    thread: ThreadId,
    agent: Option<AgentId>,
    wish: &ExchangeRequest,
    photos: Vec<files::Attachment>,
) -> Result<(Case, bool)> {
    let thread = threads::locked(tx, merchant, thread)?;
    let actor = match agent {
        Some(id) => Actor::Agent(agents::find(tx, merchant, id)?.id),
        None => Actor::App,
    };
    if let Some(same) = already(tx, &thread, &wish.client_id)? {
        return Ok((same, false));
    }
    let shown = match photos.is_empty() {
        true => None,
        false => Some(messages::from_app(tx, merchant, thread.id, &Content::of_files(photos), &ClientId::fresh())?.0),
    };
    if agent.is_none() {
        shows_enough(tx, &thread, wish, shown.as_ref())?;
    }
    let (case, anew) = request_in(tx, &thread, actor, wish)?;
    if let Some(shown) = shown {
        files::stand_with(tx, merchant, shown.id, case.id)?;
    }
    Ok((case, anew))
}

/// An agent asks for a shopper who called. The event says who did; policy, stock and decision are the same.
///
/// # Errors
/// As [`request`].
pub fn request_by_agent(tx: &mut Tx<'_>, agent: &Agent, thread: ThreadId, wish: &ExchangeRequest) -> Result<Case> {
    let thread = threads::locked(tx, agent.merchant_id, thread)?;
    Ok(request_in(tx, &thread, Actor::Agent(agent.id), wish)?.0)
}

fn request_in(tx: &mut Tx<'_>, thread: &Thread, actor: Actor, wish: &ExchangeRequest) -> Result<(Case, bool)> {
    if let Some(same) = already(tx, thread, &wish.client_id)? {
        return Ok((same, false));
    }
    erasures::refuse(tx, thread)?;
    let words = wish.words.trim();
    if words.chars().count() > MAX_WORDS || words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Error::invalid("words", Says::new(key("error-words-long")).with("max", MAX_WORDS)));
    }
    let order_id = thread.order_id.ok_or(Error::NotFound)?;
    let order = orders::detail(tx, thread.merchant_id, order_id)?;
    let mut case = checked(tx, thread, &order, wish)?;
    case.words = words.to_owned();
    case.requested_seq = announce(tx, thread, actor, Change::CaseRequested { case: case.id })?;
    q!(tx, |c| diesel::insert_into(cases::table).values(&case).execute(c))?;
    reservations::make(tx, thread.merchant_id, case.id, wish.to, wish.quantity)?;
    threads::owe_answer(tx, thread, actor)?;
    Ok((case, true))
}

/// The case as it would be, once policy and prices agree.
fn checked(tx: &mut Tx<'_>, thread: &Thread, order: &OrderDetail, wish: &ExchangeRequest) -> Result<Case> {
    let line = order.lines.iter().find(|detail| detail.line.id == wish.line).ok_or(Error::NotFound)?;
    let shop = merchants::shop(tx, thread.merchant_id, thread.shop_id)?;
    let busy = pieces_in_cases(tx, thread.merchant_id, order.order.id)?;
    let in_cases = busy.get(&wish.line).copied().unwrap_or(0);
    let terms = shop.terms();
    let pieces = match policy::exchange(order, line, in_cases, &terms, tx.now()) {
        policy::Exchange::Allowed { pieces, .. } => pieces,
        policy::Exchange::Refused(says) => return Err(Error::Conflict(says)),
    };
    if !terms.rules.takes(wish.reason) {
        return Err(Error::conflict(key("policy-reason")));
    }
    if wish.quantity < 1 || wish.quantity > pieces {
        return Err(Error::invalid("quantity", Says::new(key("error-case-quantity")).with("max", pieces)));
    }
    let (product, to) = catalogue::variant(tx, thread.merchant_id, wish.to)?;
    let same_product = line.product.as_ref().is_some_and(|own| own.id == product.id);
    if !same_product || to.retired {
        return Err(Error::invalid("variant", Says::new(key("error-case-variant"))));
    }
    if line.variant.as_ref().is_some_and(|own| own.id == to.id) {
        return Err(Error::invalid("variant", Says::new(key("error-case-same"))));
    }
    let difference = policy::swap(line, &to, wish.quantity, order.order.currency, &terms).map_err(Error::Conflict)?;
    Ok(Case {
        merchant_id: thread.merchant_id,
        id: CaseId::new(tx.now()),
        thread_id: thread.id,
        order_id: order.order.id,
        kind: CaseKind::Exchange,
        state: CaseState::Submitted,
        line_id: wish.line,
        quantity: wish.quantity,
        reason: wish.reason,
        words: String::new(),
        from_variant_id: line.variant.as_ref().map(|variant| variant.id),
        to_variant_id: to.id,
        price_from: difference.from.minor(),
        price_to: difference.to.minor(),
        difference: difference.total.minor(),
        currency: order.order.currency,
        goods_back: GoodsBack::Pending,
        goods_out: GoodsOut::Reserved,
        money: MoneyTrack::of(difference.total.minor()),
        client_id: wish.client_id.as_str().to_owned(),
        requested_seq: 0,
        requested_at: tx.at(),
        decided_at: None,
        decided_by: None,
        decline_reason: None,
        settlement: None,
        closed_at: None,
        terms: Some(Json(terms)),
    })
}

fn already(conn: &mut Conn, thread: &Thread, client_id: &ClientId) -> Result<Option<Case>> {
    Ok(q!(conn, |c| cases::table
        .filter(cases::merchant_id.eq(thread.merchant_id))
        .filter(cases::thread_id.eq(thread.id))
        .filter(cases::client_id.eq(client_id.as_str()))
        .select(Case::as_select())
        .first(c)
        .optional())?)
}

/// Pieces of each line that are in open requests.
///
/// # Errors
/// When the database fails.
pub fn pieces_in_cases(conn: &mut Conn, merchant: MerchantId, order: OrderId) -> Result<HashMap<LineId, i32>> {
    let busy: Vec<CaseState> = CaseState::ALL.iter().copied().filter(|state| state.holds_goods()).collect();
    let found: Vec<(LineId, i32)> = q!(conn, |c| cases::table
        .filter(cases::merchant_id.eq(merchant))
        .filter(cases::order_id.eq(order))
        .filter(cases::state.eq_any(&busy))
        .select((cases::line_id, cases::quantity))
        .load(c))?;
    let mut pieces = HashMap::new();
    for (line, quantity) in found {
        *pieces.entry(line).or_insert(0) += quantity;
    }
    Ok(pieces)
}

/// A shopper takes the request back.
///
/// # Errors
/// A conflict once it is decided.
pub fn cancel(tx: &mut Tx<'_>, visit: &Visit, id: CaseId) -> Result<Case> {
    let case = for_visit(tx, visit, id)?;
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    if case.state == CaseState::Approved {
        return Err(Error::Conflict(decided_already(&case)));
    }
    let case = move_to(tx, &case, Act::Cancel)?;
    reservations::close(tx, case.merchant_id, case.id, ReservationState::Released)?;
    announce(tx, &thread, Actor::Shopper(thread.shopper_id), Change::CaseCancelled { case: id })?;
    deciding::no_longer_owed(tx, &thread, &case)?;
    Ok(case)
}

/// Takes back whatever is undecided in a thread, for a person who is no longer there.
pub(super) fn cancel_all(tx: &mut Tx<'_>, actor: Actor, thread: &Thread) -> Result<()> {
    for case in of_thread(tx, thread.merchant_id, thread.id)? {
        if case.state.is_undecided() {
            let case = move_to(tx, &case, Act::Cancel)?;
            reservations::close(tx, case.merchant_id, case.id, ReservationState::Released)?;
            announce(tx, thread, actor, Change::CaseCancelled { case: case.id })?;
        }
    }
    Ok(())
}

/// A request nobody decided in time: its pieces are free again, and both sides are told. False when it was decided meanwhile.
///
/// # Errors
/// When the database fails.
pub fn expire(tx: &mut Tx<'_>, merchant: MerchantId, id: CaseId) -> Result<bool> {
    let case = of_merchant(tx, merchant, id)?;
    let thread = threads::locked(tx, merchant, case.thread_id)?;
    let held = reservations::held_until(tx, merchant, id)?;
    if !case.state.is_undecided() || held.is_none_or(|until| until > tx.at()) {
        return Ok(false);
    }
    move_to(tx, &case, Act::Expire)?;
    reservations::close(tx, merchant, id, ReservationState::Expired)?;
    announce(tx, &thread, Actor::System, Change::CaseExpired { case: id })?;
    Ok(true)
}

/// Moves a case by the table of states; the UPDATE repeats the state, so who comes second gets a conflict.
pub(super) fn move_to(tx: &mut Tx<'_>, case: &Case, act: Act) -> Result<Case> {
    let next = case.state.after(act).ok_or_else(|| Error::Conflict(decided_already(case)))?;
    let now = tx.at();
    let closed_at = next.is_final().then_some(now);
    let row = cases::table.find((case.merchant_id, case.id)).filter(cases::state.eq(case.state));
    // What is not sent any more is free again.
    let goods_out = if next.holds_goods() { case.goods_out } else { GoodsOut::Released };
    let set = (cases::state.eq(next), cases::goods_out.eq(goods_out), cases::closed_at.eq(closed_at));
    let moved: Option<Case> =
        q!(tx, |c| diesel::update(row).set(set).returning(Case::as_returning()).get_result(c).optional())?;
    match moved {
        Some(case) => {
            // A refusal that was about to go out has nothing to refuse any more.
            pending::forget(tx, &case)?;
            Ok(case)
        }
        None => Err(Error::Conflict(decided_already(&of_merchant(tx, case.merchant_id, case.id)?))),
    }
}

/// Why an act comes too late, as far as the case itself tells.
fn decided_already(case: &Case) -> Says {
    Says::new(match case.state {
        CaseState::Approved => key("error-case-approved-already"),
        CaseState::Declined => key("error-case-declined-already"),
        CaseState::Cancelled => key("error-case-cancelled-already"),
        CaseState::Expired => key("error-case-expired-already"),
        CaseState::Completed => key("error-case-completed-already"),
        CaseState::Submitted | CaseState::Proposed | CaseState::Countered => key("error-case-not-yet"),
    })
}

/// A case in the visit's thread.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub fn for_visit(conn: &mut Conn, visit: &Visit, id: CaseId) -> Result<Case> {
    Ok(q!(conn, |c| cases::table
        .find((visit.merchant_id, id))
        .filter(cases::thread_id.eq(visit.thread_id))
        .select(Case::as_select())
        .first(c))?)
}

/// A case of the merchant an agent or a program of theirs asks for.
///
/// # Errors
/// [`Error::NotFound`] for a case of anybody else.
pub fn of_merchant(conn: &mut Conn, merchant: MerchantId, id: CaseId) -> Result<Case> {
    Ok(q!(conn, |c| cases::table.find((merchant, id)).select(Case::as_select()).first(c))?)
}

/// Every case of a thread, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn of_thread(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<Vec<Case>> {
    Ok(q!(conn, |c| cases::table
        .filter(cases::merchant_id.eq(merchant))
        .filter(cases::thread_id.eq(thread))
        .order(cases::requested_at)
        .select(Case::as_select())
        .load(c))?)
}

/// Whether a request in the thread waits for its decision.
///
/// # Errors
/// When the database fails.
pub fn undecided_in(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<bool> {
    let waiting: i64 = q!(conn, |c| cases::table
        .filter(cases::merchant_id.eq(merchant))
        .filter(cases::thread_id.eq(thread))
        .filter(cases::state.eq_any(CaseState::TO_DECIDE))
        .count()
        .get_result(c))?;
    Ok(waiting > 0)
}

/// The merchant's cases, the newest first, after a row of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(
    conn: &mut Conn,
    merchant: MerchantId,
    state: Option<CaseState>,
    thread: Option<ThreadId>,
    before: Option<(chrono::DateTime<chrono::Utc>, CaseId)>,
    limit: i64,
) -> Result<Vec<Case>> {
    Ok(q!(conn, |c| {
        let mut list = cases::table.filter(cases::merchant_id.eq(merchant)).into_boxed();
        if let Some(state) = state {
            list = list.filter(cases::state.eq(state));
        }
        if let Some(thread) = thread {
            list = list.filter(cases::thread_id.eq(thread));
        }
        if let Some((at, id)) = before {
            let at = At::new(at);
            list = list.filter(cases::requested_at.lt(at).or(cases::requested_at.eq(at).and(cases::id.lt(id))));
        }
        list.order((cases::requested_at.desc(), cases::id.desc())).limit(limit).select(Case::as_select()).load(c)
    })?)
}
