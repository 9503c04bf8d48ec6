//! Whose turn it is in a thread.

use chrono::Duration;
use comptoir::{
    domain::{
        cases, orders,
        threads::{
            self, ThreadState,
            messages::{self, ClientId, Content},
            snoozing::{self, Until},
        },
    },
    error::{Error, Result},
    ids::CaseId,
    store::Tx,
};

use super::{
    super::support::{chance::Chance, many},
    Machine, World, notices, walks,
};

/// What the table tells states apart by: the state itself, and why somebody waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    state: &'static str,
    /// A shopper waits for an answer;
    waits: bool,
    /// since the request that is undecided was made.
    for_case: bool,
    /// There is a request that is undecided,
    asked: bool,
    /// and its shopper wrote since.
    wrote: bool,
}

impl State {
    fn settled(&self, state: &'static str) -> Self {
        Self { state, waits: false, for_case: false, ..self.clone() }
    }

    fn owed(&self, for_case: bool) -> Self {
        if self.state == "spam" {
            return self.clone();
        }
        Self { state: "open", waits: true, for_case: if self.waits { self.for_case } else { for_case }, ..self.clone() }
    }
}

struct Thread {
    case: Option<CaseId>,
}

impl Machine for Thread {
    type State = State;
    const ACTS: &'static [&'static str] = &[
        "write",
        "answer",
        "answer by program",
        "note",
        "snooze",
        "ring",
        "ring early",
        "resolve",
        "spam",
        "reopen",
        "assign",
        "give back",
        "ask",
        "approve",
        "withdraw",
    ];

    fn begin(tx: &mut Tx<'_>, world: &World, _: &mut Chance) -> Result<(Self, State)> {
        // The one thread there is, as an answer leaves it.
        let mut thread = Self { case: None };
        for case in cases::of_thread(tx, world.visit.merchant_id, world.visit.thread_id)? {
            if case.state.is_undecided() {
                cases::cancel(tx, &world.visit, case.id)?;
            }
        }
        threads::reopen(tx, &world.agent, world.visit.thread_id)?;
        thread.act(tx, world, "answer")?;
        let state = State { state: "waiting_shopper", waits: false, for_case: false, asked: false, wrote: false };
        Ok((thread, state))
    }

    fn table(now: &State, act: &str) -> Option<State> {
        let closed = matches!(now.state, "resolved" | "spam");
        Some(match act {
            "write" => State { wrote: now.asked, ..now.owed(now.asked) },
            "answer" => now.settled("waiting_shopper"),
            "answer by program" | "note" | "assign" | "give back" => now.clone(),
            "snooze" if !closed => State { state: "snoozed", ..now.clone() },
            "ring" if now.state == "snoozed" => State { state: "open", ..now.clone() },
            "resolve" if now.state == "resolved" => now.clone(),
            "resolve" if !now.asked => now.settled("resolved"),
            "spam" if now.state == "spam" => now.clone(),
            "spam" if !now.asked => now.settled("spam"),
            "reopen" if closed || now.state == "snoozed" => State { state: "open", ..now.clone() },
            "reopen" => now.clone(),
            "ask" if !now.asked => State { asked: true, wrote: false, ..now.owed(true) },
            "approve" | "withdraw" if now.asked => {
                let answered = now.waits && now.for_case && !now.wrote;
                let then = if answered { now.settled("waiting_shopper") } else { now.clone() };
                State { asked: false, wrote: false, for_case: false, ..then }
            }
            _ => return None,
        })
    }

    fn act(&mut self, tx: &mut Tx<'_>, world: &World, act: &str) -> Result<bool> {
        let (agent, visit, id) = (&world.agent, &world.visit, world.visit.thread_id);
        let (words, client) = (Content::parse("text", "So it is.", Vec::new())?, ClientId::fresh());
        match act {
            "write" => drop(messages::from_shopper(tx, visit, words, &client)?),
            "answer" => drop(messages::from_agent(tx, agent, id, words, &client)?),
            "answer by program" => drop(messages::from_app(tx, agent.merchant_id, id, &words, &client)?),
            "note" => drop(messages::note(tx, agent, id, words, &client)?),
            "snooze" => drop(snoozing::snooze(tx, agent, id, Until::At(tx.now() + Duration::hours(3)))?),
            "ring early" => return snoozing::ring(tx, agent.merchant_id, id),
            "ring" => {
                let now = tx.now();
                tx.happened_at(now + Duration::hours(4));
                let rung = snoozing::ring(tx, agent.merchant_id, id);
                tx.happened_at(now);
                return rung;
            }
            "resolve" => threads::resolve(tx, agent, id)?,
            "spam" => threads::mark_spam(tx, agent, id)?,
            "reopen" => threads::reopen(tx, agent, id)?,
            "assign" => threads::assign(tx, agent, id, Some(agent.id))?,
            "give back" => threads::assign(tx, agent, id, None)?,
            // One at a time, so that the table stays one that can be read.
            "ask" if self.case.is_some() => return Ok(false),
            "ask" => self.case = Some(cases::request(tx, visit, &world.wish(world.even))?.id),
            other => {
                let case = self.case.take().ok_or(Error::NotFound)?;
                if other == "approve" {
                    cases::deciding::approve(tx, &cases::deciding::Decider::Agent(agent.clone()), case)?;
                } else {
                    cases::cancel(tx, visit, case)?;
                }
            }
        }
        Ok(true)
    }

    fn stored(&self, tx: &mut Tx<'_>, world: &World) -> Result<String> {
        let thread = threads::of_merchant(tx, world.visit.merchant_id, world.visit.thread_id)?;
        let asked = cases::undecided_in(tx, world.visit.merchant_id, world.visit.thread_id)?;
        assert!(orders::detail(tx, thread.merchant_id, thread.order_id.ok_or(Error::NotFound)?)?.thread_id.is_some());
        assert_eq!(thread.snoozed_until.is_some(), thread.state == ThreadState::Snoozed, "it sleeps until then");
        Ok(told(&thread.state.to_string(), thread.waiting_since.is_some(), asked))
    }

    fn shown(state: &State) -> String {
        told(state.state, state.waits, state.asked)
    }
}

fn told(state: &str, waits: bool, asked: bool) -> String {
    format!("{state}{}{}", if waits { ", somebody waits" } else { "" }, if asked { ", undecided" } else { "" })
}

#[tokio::test]
async fn a_thread_goes_only_where_its_table_leads() {
    let world = World::new().await;
    let (seen, missed) = walks::<Thread>(&world, many(1_200, 150_000)).await;
    assert_eq!(missed, vec![], "listed and never visited");
    assert!(seen.refused.len() > 20, "{}", seen.refused.len());
    // The control: tables that lack a line, or have one too many.
    assert!(notices::<Thread>(&world, |now| now.state == "resolved", "write", None).await, "one too few");
    let asleep = State { state: "snoozed", waits: false, for_case: false, asked: false, wrote: false };
    assert!(notices::<Thread>(&world, |now| now.state == "resolved", "snooze", Some(asleep)).await, "one too many");
}
