//! A delivery from being due to its end, with leases that are kept and lost.

use chrono::Duration;
use comptoir::{
    domain::{
        deliveries::{self, Attempt, Delivery, DeliveryState, Letter},
        threads::mailing::Refusal,
    },
    error::{Error, Result},
    ids::{DeliveryId, ProofId},
    q,
    store::{Tx, schema::deliveries as table},
};
use diesel::prelude::*;

use super::{
    super::support::{chance::Chance, many},
    Machine, World, notices, walks,
};

/// Attempts after which nobody tries again.
const LAST: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    state: &'static str,
    attempts: usize,
    /// Its time has come.
    due: bool,
    /// Whoever leased it still holds it.
    held: bool,
}

impl State {
    fn over(state: &'static str) -> Self {
        Self { state, attempts: 0, due: false, held: false }
    }

    fn leased(&self) -> Self {
        // Counted on a little further only: what matters is whether it was the last.
        Self { state: "leased", attempts: (self.attempts + 1).min(LAST + 1), due: true, held: true }
    }
}

struct Letters {
    id: DeliveryId,
    /// The last lease, and the one before it.
    mine: Option<Delivery>,
    stale: Option<Delivery>,
}

impl Machine for Letters {
    type State = State;
    const ACTS: &'static [&'static str] =
        &["claim", "lease ends", "time comes", "send", "drop", "later", "fail", "refuse", "send too late"];

    fn begin(tx: &mut Tx<'_>, world: &World, chance: &mut Chance) -> Result<(Self, State)> {
        // Nothing else is due: the worker would take it too.
        let others = table::table.filter(table::state.eq_any([DeliveryState::Due, DeliveryState::Leased]));
        q!(tx, |c| diesel::update(others).set(table::state.eq(DeliveryState::Done)).execute(c))?;
        let letter = Letter::NewPassword { proof: ProofId::new(tx.now()) };
        deliveries::post_to_agent(tx, world.visit.merchant_id, letter)?;
        let id: DeliveryId =
            q!(tx, |c| table::table.filter(table::state.eq(DeliveryState::Due)).select(table::id).first(c))?;
        // Ten failures in a row are rare: most begin with some of them behind them.
        let attempts = chance.below(LAST + 1);
        let tried = table::attempts.eq(i32::try_from(attempts).unwrap());
        q!(tx, |c| diesel::update(table::table.filter(table::id.eq(id))).set(tried).execute(c))?;
        Ok((Self { id, mine: None, stale: None }, State { state: "due", attempts, due: true, held: false }))
    }

    fn table(now: &State, act: &str) -> Option<State> {
        let leased = now.state == "leased";
        Some(match act {
            "claim" if now.state == "due" && now.due => now.leased(),
            "lease ends" if leased => now.leased(),
            "time comes" if now.state == "due" => State { due: true, ..now.clone() },
            "send" if leased => State::over("done"),
            "drop" if leased => State::over("dropped"),
            "refuse" if leased => State::over("dead"),
            "later" if leased => State { state: "due", attempts: 0, due: false, held: false },
            "fail" if leased && now.attempts >= LAST => State::over("dead"),
            "fail" if leased => State { state: "due", due: false, held: false, ..now.clone() },
            _ => return None,
        })
    }

    fn act(&mut self, tx: &mut Tx<'_>, _: &World, act: &str) -> Result<bool> {
        let attempt = match act {
            "claim" => return self.claim(tx),
            "lease ends" if self.mine.is_some() => {
                tx.happened_at(tx.now() + Duration::seconds(91));
                return self.claim(tx);
            }
            "time comes" => {
                let due = table::table.filter(table::id.eq(self.id)).filter(table::state.eq(DeliveryState::Due));
                let waits = q!(tx, |c| due.count().get_result::<i64>(c))? == 1;
                // The longest wait, and a fifth of it.
                tx.happened_at(tx.now() + if waits { Duration::hours(29) } else { Duration::zero() });
                return Ok(waits);
            }
            "send" => Attempt::Sent,
            "drop" => Attempt::Dropped,
            "later" => Attempt::Later(Duration::minutes(5)),
            "fail" => Attempt::Failed("451 later".to_owned()),
            "refuse" => Attempt::Refused(Refusal::Unknown, "550 unknown".to_owned()),
            "send too late" => {
                let stale = self.stale.as_ref().ok_or(Error::NotFound)?;
                return deliveries::complete(tx, stale, &Attempt::Sent);
            }
            _ => return Ok(false),
        };
        let mine = self.mine.as_ref().ok_or(Error::NotFound)?;
        let done = deliveries::complete(tx, mine, &attempt)?;
        if done {
            self.stale = self.mine.take();
        }
        Ok(done)
    }

    fn stored(&self, tx: &mut Tx<'_>, _: &World) -> Result<String> {
        let row = table::table.filter(table::id.eq(self.id)).select((table::state, table::attempts, table::lease));
        let (state, attempts, lease): (DeliveryState, i32, Option<String>) = q!(tx, |c| row.first(c))?;
        assert_eq!(lease.is_some(), state == DeliveryState::Leased, "{state}");
        Ok(told(state.as_str(), usize::try_from(attempts).unwrap()))
    }

    fn shown(state: &State) -> String {
        told(state.state, state.attempts)
    }
}

impl Letters {
    fn claim(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(mine) = deliveries::claim(tx, 10)?.pop() else { return Ok(false) };
        self.stale = self.mine.replace(mine).or(self.stale.take());
        Ok(true)
    }
}

fn told(state: &str, attempts: usize) -> String {
    match state {
        "due" | "leased" => format!("{state} after {}", attempts.min(LAST + 1)),
        _ => state.to_owned(),
    }
}

#[tokio::test]
async fn a_delivery_goes_only_where_its_table_leads() {
    let world = World::new().await;
    let (seen, missed) = walks::<Letters>(&world, many(700, 200_000)).await;
    assert_eq!(missed, vec![], "listed and never visited");
    assert!(seen.refused.len() > 20, "{}", seen.refused.len());
    // The control: tables that lack a line, or have one too many.
    let sent = |now: &State| now.state == "leased";
    assert!(notices::<Letters>(&world, sent, "refuse", None).await, "one too few");
    let again = State { state: "leased", attempts: 1, due: true, held: true };
    assert!(notices::<Letters>(&world, |now| now.state == "done", "claim", Some(again)).await, "one too many");
}
