//! What the pages of the desk are made of: plain data, read in one look at the database. How it reads to an agent is in
//! [`super::drawing`].

use std::collections::HashMap;

use super::view::frame::Here;
use crate::{
    app::App,
    domain::{
        agents::{self, Agent},
        cases::{
            self, Case,
            pending::{self, PendingRefusal},
            proposing::{self, Proposal},
        },
        catalogue::{self, Offer, Variant},
        connectors,
        events::{self, ActorKind, Event},
        files::{self, File},
        hours::{Hours, keeping},
        labels::{self, Label},
        merchants::{self, Shop},
        orders::{self, Filter, OrderDetail},
        reservations,
        shoppers::{self, Shopper},
        threads::{
            self, Thread, emptying,
            inbox::{self, Assignee, Look, Row, View},
            mailing::{self, Mailing},
            marks::{self, Both},
            messages::{self, Audience, Message},
        },
        visits,
    },
    error::Result,
    ids::{AgentId, CaseId, MerchantId, OrderId, ShopId, ThreadId},
    secrets::Keys,
    store::{Conn, columns::At},
};

/// Events that a thread opens with; earlier ones are a link away.
pub(super) const EVENTS: i64 = 200;
/// The most that is ever shown of one thread.
const ALL_EVENTS: i64 = 5_000;
/// Orders of the same shopper that are looked at.
pub(super) const PAST: i64 = 50;
/// Rows of a list, however many are asked for.
const MOST_ROWS: i64 = 960;

/// What stands round every page.
pub(super) struct Round {
    pub merchant: String,
    pub shops: Vec<Shop>,
    pub hours: HashMap<ShopId, Hours>,
    pub counts: Vec<(View, i64)>,
    pub waiting: HashMap<ShopId, i64>,
    pub team: Vec<Agent>,
    /// In which somebody waits.
    pub languages: Vec<String>,
    /// Every label there is.
    pub labels: Vec<Label>,
}

impl Round {
    pub(super) fn count(&self, view: View) -> i64 {
        self.counts.iter().find(|(counted, _)| *counted == view).map_or(0, |(_, count)| *count)
    }
}

/// Reads what stands round a page.
pub(super) fn round(conn: &mut Conn, agent: &Agent, here: &Here) -> Result<Round> {
    let shops = merchants::shops(conn, agent.merchant_id)?;
    Ok(Round {
        merchant: merchants::name(conn, agent.merchant_id)?,
        hours: keeping::of_shops(conn, agent.merchant_id, &shops)?,
        shops,
        counts: inbox::counts(conn, agent, shop_of(here))?,
        languages: inbox::languages(conn, agent.merchant_id)?,
        waiting: inbox::waiting_by_shop(conn, agent.merchant_id)?,
        team: agents::team(conn, agent.merchant_id)?,
        labels: labels::list(conn, agent.merchant_id)?,
    })
}

/// The shop a list is narrowed to.
pub(super) fn shop_of(here: &Here) -> Option<ShopId> {
    here.shop.as_deref().and_then(|id| id.parse().ok())
}

/// The domain's view for one of the desk.
pub(super) fn view_of(here: &Here) -> View {
    here.view.slug().parse().unwrap_or_default()
}

/// What the domain looks for where somebody is.
pub(super) fn look_of(here: &Here, now: At) -> Look {
    Look {
        view: view_of(here),
        shop: shop_of(here),
        assignee: match here.assignee.as_deref() {
            Some("none") => Some(Assignee::Nobody),
            id => id.and_then(|id| id.parse().ok()).map(Assignee::Agent),
        },
        kind: here.kind.as_deref().and_then(|kind| kind.parse().ok()),
        lang: here.lang.clone(),
        label: here.label.as_deref().and_then(|id| id.parse().ok()),
        late: here.late.then_some(now),
        sort: here.sort.and_then(|sort| sort.slug().parse().ok()),
    }
}

/// A list of threads.
pub(super) struct Listing {
    pub rows: Vec<Row>,
    pub pictures: HashMap<OrderId, String>,
    /// How many there are.
    pub count: i64,
    /// How many rows were asked for.
    pub limit: i64,
    /// Whether orders come from anywhere.
    pub connected: bool,
    pub labels: HashMap<ThreadId, Vec<Label>>,
}

/// Reads the list of a view.
pub(super) fn listing(
    conn: &mut Conn,
    agent: &Agent,
    round: &Round,
    here: &Here,
    now: At,
    limit: Option<i64>,
) -> Result<Listing> {
    let limit = limit.unwrap_or(inbox::ROWS).clamp(inbox::ROWS, MOST_ROWS);
    let look = look_of(here, now);
    let rows = inbox::rows(conn, agent, &look, limit)?;
    let count = if look.is_narrowed() { inbox::count(conn, agent, &look)? } else { round.count(look.view) };
    let ids: Vec<ThreadId> = rows.iter().map(|row| row.thread.id).collect();
    let bought: Vec<_> = rows.iter().filter_map(|row| row.order.clone()).collect();
    Ok(Listing {
        pictures: orders::pictures(conn, agent.merchant_id, &bought)?,
        count,
        connected: !rows.is_empty() || !connectors::list(conn, agent.merchant_id)?.is_empty(),
        labels: labels::of_threads(conn, agent.merchant_id, &ids)?,
        limit,
        rows,
    })
}

/// Which thread is open, and from where on it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub thread: ThreadId,
    /// Only what came after this seq.
    pub after: i64,
    /// All of it, however long.
    pub all: bool,
}

/// A thread with all that stands beside it.
pub(super) struct Opened {
    pub thread: Thread,
    pub shop: Shop,
    pub shopper: Option<Shopper>,
    /// How its letters fare.
    pub mailing: Mailing,
    /// How far what was said got.
    pub marks: Both,
    /// When what was said in it was removed.
    pub emptied: Option<At>,
    pub order: Option<OrderDetail>,
    /// Other orders of the same shopper, the newest first.
    pub past: Vec<OrderDetail>,
    /// The oldest first.
    pub cases: Vec<Asked>,
    pub events: Vec<Event>,
    pub messages: Vec<Message>,
    /// The names of agents who act in it, gone ones too.
    pub names: HashMap<AgentId, String>,
    /// There is more before `events`.
    pub more: bool,
    /// What stands with the requests.
    pub shown: Vec<File>,
    /// Files of the merchant's agents that wait for their message.
    pub waiting: Vec<File>,
    /// The shopper's link.
    pub link: String,
    pub labels: Vec<Label>,
}

impl Opened {
    /// Whether so much came after a seq that the events read do not reach back to it.
    pub(super) fn more_after(&self, seq: i64) -> bool {
        self.events.first().is_some_and(|first| first.seq > seq + 1)
    }
}

/// A case with what it takes to decide it.
pub(super) struct Asked {
    pub case: Case,
    pub to: Variant,
    pub to_title: String,
    /// What can be promised, the pieces of this very request counted in.
    pub available: Option<i64>,
    pub held_until: Option<At>,
    /// What the line can be exchanged for, while nothing is decided.
    pub offers: Vec<Offer>,
    pub proposal: Option<Proposal>,
    pub pending: Option<PendingRefusal>,
}

impl Asked {
    pub(super) fn offer(&self) -> Offer {
        Offer { variant: self.to.clone(), available: self.available }
    }
}

/// What links to a thread are made with.
#[derive(Clone)]
pub(super) struct Linking {
    keys: Keys,
    base: String,
    now: chrono::DateTime<chrono::Utc>,
}

impl Linking {
    pub(super) fn of(app: &App) -> Self {
        Self { keys: app.keys.clone(), base: app.base.to_string(), now: app.now() }
    }
}

/// Reads a thread of the merchant.
pub(super) fn opened(
    conn: &mut Conn,
    round: &Round,
    merchant: MerchantId,
    wanted: Wanted,
    linking: &Linking,
) -> Result<Opened> {
    let thread = threads::of_merchant(conn, merchant, wanted.thread)?;
    let limit = if wanted.all { ALL_EVENTS } else { EVENTS };
    let events = events::since(conn, merchant, thread.id, wanted.after, limit)?;
    let first = events.first().map_or(wanted.after, |event| event.seq - 1);
    let messages = messages::since(conn, &thread, Audience::Desk, first, limit)?;
    let order = thread.order_id.map(|order| orders::detail(conn, merchant, order)).transpose()?;
    let cases = asked(conn, &thread)?;
    let requests: Vec<CaseId> = cases.iter().map(|asked| asked.case.id).collect();
    Ok(Opened {
        shown: files::of_cases(conn, merchant, &requests)?,
        waiting: files::waiting_at_the_desk(conn, &thread)?,
        shop: merchants::shop(conn, merchant, thread.shop_id)?,
        shopper: thread.shopper_id.map(|shopper| shoppers::find(conn, merchant, shopper)).transpose()?,
        mailing: mailing::of(conn, &thread)?,
        marks: marks::of(conn, merchant, thread.id)?,
        emptied: emptying::emptied_at(conn, &thread)?,
        past: past(conn, &thread)?,
        labels: labels::of_threads(conn, merchant, &[thread.id])?.remove(&thread.id).unwrap_or_default(),
        names: names(conn, round, &thread, &events, &cases)?,
        cases,
        more: wanted.after == 0 && first > 0,
        link: format!("{}/t#{}", linking.base, visits::link_token(&linking.keys, &thread, linking.now)),
        order,
        events,
        messages,
        thread,
    })
}

fn past(conn: &mut Conn, thread: &Thread) -> Result<Vec<OrderDetail>> {
    let Some(shopper) = thread.shopper_id else { return Ok(Vec::new()) };
    let filter = Filter { shopper: Some(shopper), ..Filter::default() };
    let mut past = orders::list(conn, thread.merchant_id, &filter, PAST)?;
    past.retain(|detail| Some(detail.order.id) != thread.order_id);
    past.sort_by_key(|detail| std::cmp::Reverse(detail.order.placed_at));
    Ok(past)
}

fn asked(conn: &mut Conn, thread: &Thread) -> Result<Vec<Asked>> {
    let found = cases::of_thread(conn, thread.merchant_id, thread.id)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let proposals = proposing::in_thread(conn, thread.merchant_id, thread.id)?;
    let pending = pending::in_thread(conn, thread.merchant_id, thread.id)?;
    let mut all = Vec::with_capacity(found.len());
    for case in found {
        let mut asked = one_asked(conn, case)?;
        asked.proposal = proposals.iter().find(|proposal| proposal.case_id == asked.case.id).cloned();
        asked.pending = pending.iter().find(|pending| pending.case_id == asked.case.id).cloned();
        all.push(asked);
    }
    Ok(all)
}

fn one_asked(conn: &mut Conn, case: Case) -> Result<Asked> {
    let (product, to) = catalogue::variant(conn, case.merchant_id, case.to_variant_id)?;
    let mut available = to.stock;
    let mut held_until = None;
    let mut offers = Vec::new();
    if case.state.is_undecided() {
        offers = catalogue::offers(conn, case.merchant_id, product.id)?;
        let offer = offers.iter().find(|offer| offer.variant.id == to.id);
        // What is no longer sold leaves only the pieces set aside.
        let free = offer.map_or(to.stock.map(|_| 0), |offer| offer.available);
        available = free.map(|free| free + i64::from(case.quantity));
        held_until = reservations::held_until(conn, case.merchant_id, case.id)?;
    }
    let (proposal, pending) = (None, None);
    Ok(Asked { to, to_title: product.title, available, held_until, offers, proposal, pending, case })
}

fn names(
    conn: &mut Conn,
    round: &Round,
    thread: &Thread,
    events: &[Event],
    cases: &[Asked],
) -> Result<HashMap<AgentId, String>> {
    let mut names: HashMap<AgentId, String> = round.team.iter().map(|agent| (agent.id, agent.name.clone())).collect();
    let acting = events.iter().filter(|event| event.actor == ActorKind::Agent).filter_map(|event| event.actor_id);
    let assigned = events.iter().filter_map(|event| match event.change.0 {
        events::Change::ThreadAssigned { to } => to,
        _ => None,
    });
    let decided = cases.iter().filter_map(|asked| asked.case.decided_by);
    let declining = cases.iter().filter_map(|asked| Some(asked.pending.as_ref()?.agent_id));
    let decided = decided.chain(declining);
    let all = acting.chain(assigned).chain(decided).chain(thread.assigned_to);
    let gone: Vec<AgentId> = all.filter(|id| !names.contains_key(id)).collect();
    for id in gone {
        names.insert(id, agents::find(conn, thread.merchant_id, id)?.name);
    }
    Ok(names)
}

/// The name a thread goes by: the shopper's, else none.
pub(super) fn shopper_of(conn: &mut Conn, merchant: MerchantId, id: ThreadId) -> Result<Option<String>> {
    let thread = threads::of_merchant(conn, merchant, id)?;
    let shopper = thread.shopper_id.map(|shopper| shoppers::find(conn, merchant, shopper)).transpose()?;
    let order = thread.order_id.map(|order| orders::numbers(conn, merchant, &[order])).transpose()?;
    let number = order.and_then(|numbers| numbers.into_values().next());
    Ok(shopper.and_then(|shopper| shopper.name.or(shopper.email)).or(number))
}
