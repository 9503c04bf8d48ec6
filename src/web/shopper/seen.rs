//! What a shopper sees of a thread, read in one go as plain data. Nothing is put into words here.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{
        agents,
        cases::{
            self, Case, CaseState,
            proposing::{self, Proposal},
        },
        catalogue::{self, Product, Variant},
        events::{self, ActorKind, Event},
        hours::{Hours, keeping},
        merchants::{self, Shop},
        orders::{self, OrderDetail, arrival},
        reservations,
        threads::{
            self, Thread, mailing,
            marks::{self, Marks},
            messages::{self, Audience, Message},
        },
        visits::Visit,
    },
    error::{Error, Result},
    ids::{AgentId, CaseId, LineId, VariantId},
    store::{Conn, columns::At},
};

/// Messages a page begins with.
const MESSAGES: i64 = 100;
/// Events looked through for them: notes and what happens behind the counter are among these.
const EVENTS: i64 = 300;
/// How far back the last thing shown before a frame is looked for.
const BEFORE: i64 = 50;

/// A thread as its shopper sees it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) thread: Thread,
    /// The seq its shopper has seen it up to.
    pub(super) seen_seq: i64,
    /// How far their own messages got.
    pub(super) marks: Marks,
    pub(super) shop: Shop,
    pub(super) hours: Hours,
    pub(super) order: OrderDetail,
    /// Pieces of each line that are in requests.
    pub(super) in_cases: HashMap<LineId, i32>,
    pub(super) cases: Vec<Known>,
    /// Since when all is well with what arrived, by the shopper's own word.
    pub(super) well_since: Option<At>,
    /// What was said after the seq that was asked for.
    pub(super) messages: Vec<Message>,
    /// What happened after a little before it; a shopper may hear of all of them.
    pub(super) events: Vec<Event>,
    /// The names of the agents who speak or act in it.
    pub(super) names: HashMap<AgentId, String>,
}

/// A case with what it is about.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) case: Case,
    pub(super) from: Option<(Product, Variant)>,
    pub(super) to: (Product, Variant),
    /// Until when its pieces are set aside for the decision.
    pub(super) held_until: Option<At>,
    /// What the shop offers instead, while the shopper is to answer.
    pub(super) offer: Option<Offered>,
}

/// Another variant, as it is offered.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub(super) proposal: Proposal,
    pub(super) product: Product,
    pub(super) variant: Variant,
}

impl Seen {
    pub(super) fn case(&self, id: CaseId) -> Option<&Known> {
        self.cases.iter().find(|known| known.case.id == id)
    }

    pub(super) fn name(&self, agent: Option<AgentId>) -> Option<&str> {
        self.names.get(&agent?).map(String::as_str)
    }
}

/// Everything of the visit's thread, with what was said and done in it after `seq`.
///
/// # Errors
/// [`Error::NotFound`] when the thread has no order.
pub(super) fn after(conn: &mut Conn, visit: &Visit, seq: i64) -> Result<Seen> {
    let merchant = visit.merchant_id;
    let thread = threads::of_merchant(conn, merchant, visit.thread_id)?;
    let order = orders::detail(conn, merchant, thread.order_id.ok_or(Error::NotFound)?)?;
    let messages = messages::since(conn, &thread, Audience::Shopper, seq, MESSAGES)?;
    let mut events = events::since(conn, merchant, thread.id, seq.saturating_sub(BEFORE).max(0), EVENTS)?;
    events.retain(|event| event.change.0.is_for_shoppers());
    let cases = known_cases(conn, &thread)?;
    let names = names(conn, &thread, &messages, &events, &cases)?;
    let shop = merchants::shop(conn, merchant, thread.shop_id)?;
    Ok(Seen {
        hours: keeping::of(conn, &shop)?,
        shop,
        seen_seq: mailing::of(conn, &thread)?.seen_seq,
        marks: marks::of(conn, merchant, thread.id)?.of_shopper,
        well_since: arrival::well_since(conn, visit)?,
        in_cases: cases::pieces_in_cases(conn, merchant, order.order.id)?,
        thread,
        order,
        cases,
        messages,
        events,
        names,
    })
}

fn known_cases(conn: &mut Conn, thread: &Thread) -> Result<Vec<Known>> {
    let merchant = thread.merchant_id;
    let mut variants: HashMap<VariantId, (Product, Variant)> = HashMap::new();
    let mut variant = |conn: &mut Conn, id: VariantId| -> Result<(Product, Variant)> {
        if let Some(known) = variants.get(&id) {
            return Ok(known.clone());
        }
        let found = catalogue::variant(conn, merchant, id)?;
        variants.insert(id, found.clone());
        Ok(found)
    };
    let mut known = Vec::new();
    let mut proposals = proposing::in_thread(conn, merchant, thread.id)?;
    for case in cases::of_thread(conn, merchant, thread.id)? {
        let from = case.from_variant_id.map(|id| variant(conn, id)).transpose()?;
        let to = variant(conn, case.to_variant_id)?;
        let held_until = reservations::held_until(conn, merchant, case.id)?;
        let open = |proposal: &mut Proposal| proposal.case_id == case.id && case.state == CaseState::Proposed;
        let proposal = proposals.extract_if(.., open).next();
        let offer = match proposal {
            Some(proposal) => {
                let (product, variant) = variant(conn, proposal.variant_id)?;
                Some(Offered { proposal, product, variant })
            }
            None => None,
        };
        known.push(Known { case, from, to, held_until, offer });
    }
    Ok(known)
}

fn names(
    conn: &mut Conn,
    thread: &Thread,
    messages: &[Message],
    events: &[Event],
    cases: &[Known],
) -> Result<HashMap<AgentId, String>> {
    let spoke = messages.iter().filter(|m| m.author == ActorKind::Agent).filter_map(|m| m.author_id);
    let acted = events.iter().filter(|e| e.actor == ActorKind::Agent).filter_map(|e| e.actor_id);
    let decided = cases.iter().filter_map(|known| known.case.decided_by);
    let offered = cases.iter().filter_map(|known| known.offer.as_ref()?.proposal.proposed_by);
    let all: HashSet<AgentId> = spoke.chain(acted).chain(decided).chain(offered).collect();
    let mut names = HashMap::new();
    for id in all {
        match agents::find(conn, thread.merchant_id, id) {
            Ok(agent) => drop(names.insert(id, agent.name)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(names)
}
