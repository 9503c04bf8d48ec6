//! The header of a case and its three tracks.

use chrono::Duration;
use comptoir::{
    domain::{
        cases::{
            self, CaseState,
            deciding::{self, Decider},
            proposing,
            states::Step,
        },
        threads::messages::Text,
    },
    error::Result,
    ids::CaseId,
    store::Tx,
};

use super::{
    super::support::{chance::Chance, many},
    Machine, World, notices, walks,
};

/// Where the table has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Submitted,
    /// What was offered: at the same price, or cheaper.
    Proposed(Money),
    Countered,
    Approved(Tracks),
    Declined,
    Cancelled,
    Expired,
    Completed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Money {
    Even,
    Theirs,
    Ours,
    Settled,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Tracks {
    back: &'static str,
    sent: bool,
    money: Money,
}

/// What was asked for is dearer.
const ASKED: Money = Money::Ours;

fn approved(money: Money) -> State {
    State::Approved(Tracks { back: "pending", sent: false, money })
}

fn moved(tracks: Tracks) -> State {
    let over = tracks.back != "pending" && tracks.sent && matches!(tracks.money, Money::Even | Money::Settled);
    if over { State::Completed } else { State::Approved(tracks) }
}

struct Case(CaseId);

impl Machine for Case {
    type State = State;
    const ACTS: &'static [&'static str] = &[
        "propose even",
        "propose even",
        "propose cheaper",
        "propose cheaper",
        "keep",
        "keep",
        "accept",
        "accept",
        "approve",
        "decline",
        "cancel",
        "expire",
        "expire early",
        "receive",
        "waive",
        "send",
        "settle",
    ];

    fn begin(tx: &mut Tx<'_>, world: &World, _: &mut Chance) -> Result<(Self, State)> {
        let case = cases::request(tx, &world.visit, &world.wish(world.dearer))?;
        Ok((Self(case.id), State::Submitted))
    }

    fn table(state: &State, act: &str) -> Option<State> {
        use State as S;
        Some(match (state, act) {
            (S::Submitted | S::Countered, "propose even") => S::Proposed(Money::Even),
            (S::Submitted | S::Countered, "propose cheaper") => S::Proposed(Money::Theirs),
            (S::Proposed(_), "keep") => S::Countered,
            (S::Proposed(money), "accept") => approved(*money),
            (S::Submitted | S::Proposed(_) | S::Countered, "approve") => approved(ASKED),
            (S::Submitted | S::Proposed(_) | S::Countered, "decline") => S::Declined,
            (S::Submitted | S::Proposed(_) | S::Countered, "cancel") => S::Cancelled,
            (S::Submitted | S::Proposed(_) | S::Countered, "expire") => S::Expired,
            (S::Approved(t), "receive") if t.back == "pending" => moved(Tracks { back: "received", ..t.clone() }),
            (S::Approved(t), "waive") if t.back == "pending" => moved(Tracks { back: "waived", ..t.clone() }),
            (S::Approved(t), "send") if !t.sent => moved(Tracks { sent: true, ..t.clone() }),
            (S::Approved(t), "settle") if matches!(t.money, Money::Ours | Money::Theirs) => {
                moved(Tracks { money: Money::Settled, ..t.clone() })
            }
            _ => return None,
        })
    }

    fn act(&mut self, tx: &mut Tx<'_>, world: &World, act: &str) -> Result<bool> {
        let (by, id, visit) = (Decider::Agent(world.agent.clone()), self.0, &world.visit);
        let words = Text::parse("text", "So it is.")?;
        let mut step = |step| deciding::step(tx, &by, id, step, Some(&words));
        match act {
            "receive" => step(Step::Receive)?,
            "waive" => step(Step::Waive)?,
            "send" => step(Step::Send)?,
            "settle" => step(Step::Settle)?,
            "propose even" => proposing::propose(tx, &by, id, world.even)?,
            "propose cheaper" => proposing::propose(tx, &by, id, world.cheaper)?,
            "keep" => proposing::keep(tx, visit, id)?,
            "accept" => proposing::accept(tx, visit, id)?,
            "approve" => deciding::approve(tx, &by, id)?,
            "decline" => deciding::decline(tx, &by, id, &words)?,
            "cancel" => cases::cancel(tx, visit, id)?,
            "expire early" => return cases::expire(tx, visit.merchant_id, id),
            _ => {
                let now = tx.now();
                tx.happened_at(now + Duration::hours(49));
                let expired = cases::expire(tx, visit.merchant_id, id);
                tx.happened_at(now);
                return expired;
            }
        };
        Ok(true)
    }

    fn stored(&self, tx: &mut Tx<'_>, world: &World) -> Result<String> {
        let case = cases::of_merchant(tx, world.visit.merchant_id, self.0)?;
        Ok(match case.state {
            CaseState::Proposed => {
                let offer = proposing::of_case(tx, case.merchant_id, case.id)?.map(|offer| offer.variant_id);
                format!("proposed {}", if offer == Some(world.even) { "even" } else { "due_to_shopper" })
            }
            CaseState::Approved => format!("approved {} {} {}", case.goods_back, case.goods_out, case.money),
            other => other.to_string(),
        })
    }

    fn shown(state: &State) -> String {
        let money = |money: &Money| match money {
            Money::Even => "even",
            Money::Theirs => "due_to_shopper",
            Money::Ours => "due_from_shopper",
            Money::Settled => "settled",
        };
        match state {
            State::Proposed(offered) => format!("proposed {}", money(offered)),
            State::Approved(t) => {
                format!("approved {} {} {}", t.back, if t.sent { "sent" } else { "reserved" }, money(&t.money))
            }
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

#[tokio::test]
async fn a_case_goes_only_where_its_table_leads() {
    let world = World::new().await;
    let (seen, missed) = walks::<Case>(&world, many(700, 300_000)).await;
    assert_eq!(missed, vec![], "listed and never visited");
    assert!(seen.refused.len() > 40, "{}", seen.refused.len());
    // The control: tables that lack a line, or have one too many.
    assert!(notices::<Case>(&world, |state| *state == State::Submitted, "approve", None).await, "one too few");
    let revived = Some(approved(ASKED));
    assert!(notices::<Case>(&world, |state| *state == State::Declined, "approve", revived).await, "one too many");
}
