//! How an attempt ended, and what follows from it: done, dropped, tried again later, or dead with its reason.

use chrono::Duration;
use diesel::prelude::*;

use super::{Delivery, DeliveryState, Letter};
use crate::{
    domain::threads::mailing::{self, Refusal},
    error::{Error, Result},
    q, secrets,
    store::{Tx, columns::At, schema::deliveries},
};

/// Waits between attempts (the example schedule of Standard Webhooks 1.0, in seconds).
const RETRY_AFTER: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// A wait is longer by up to one part in so many, so that what failed together is not tried again together.
const JITTER: i64 = 5;

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    Sent,
    /// Not worth sending any more.
    Dropped,
    /// Not yet: look again after this long. It counts as no attempt.
    Later(Duration),
    /// Try again later, in these words.
    Failed(String),
    /// Never: the address is refused, in the words of who refuses it.
    Refused(Refusal, String),
}

impl Attempt {
    fn error(&self) -> Option<&str> {
        match self {
            Self::Failed(error) | Self::Refused(_, error) => Some(error),
            Self::Sent | Self::Dropped | Self::Later(_) => None,
        }
    }

    /// What the delivery is after it, and after which wait it is due again.
    fn outcome(&self, attempts: i32) -> (DeliveryState, Option<Duration>) {
        let tried = usize::try_from(attempts).unwrap_or(usize::MAX);
        match self {
            Self::Sent => (DeliveryState::Done, None),
            Self::Dropped => (DeliveryState::Dropped, None),
            Self::Later(wait) => (DeliveryState::Due, Some(*wait)),
            Self::Refused(..) => (DeliveryState::Dead, None),
            Self::Failed(_) => match RETRY_AFTER.get(tried.saturating_sub(1)) {
                Some(seconds) => (DeliveryState::Due, Some(jittered(*seconds))),
                None => (DeliveryState::Dead, None),
            },
        }
    }
}

fn jittered(seconds: i64) -> Duration {
    let most = seconds.saturating_mul(1_000) / JITTER;
    let more = i64::from(u32::from_be_bytes(secrets::random())) * most / i64::from(u32::MAX);
    Duration::milliseconds(seconds.saturating_mul(1_000) + more)
}

/// Completes an attempt with the lease it was made under; false when the lease was lost to another worker.
///
/// # Errors
/// When the database fails.
pub fn complete(tx: &mut Tx<'_>, delivery: &Delivery, attempt: &Attempt) -> Result<bool> {
    let lease = delivery.lease.as_deref().ok_or(Error::NotFound)?;
    let (state, wait) = attempt.outcome(delivery.attempts);
    let again = wait.map(|wait| deliveries::due_at.eq(At::new(tx.now() + wait)));
    let counted = if matches!(attempt, Attempt::Later(_)) { 0 } else { delivery.attempts };
    let done_at = again.is_none().then(|| tx.at());
    let mine = deliveries::table.find((delivery.merchant_id, delivery.id)).filter(deliveries::lease.eq(lease));
    let set = (
        (deliveries::state.eq(state), deliveries::error.eq(attempt.error()), deliveries::attempts.eq(counted)),
        (deliveries::lease.eq(None::<String>), deliveries::leased_until.eq(None::<At>)),
        (deliveries::done_at.eq(done_at), again),
    );
    if q!(tx, |c| diesel::update(mine).set(set).execute(c))? == 0 {
        return Ok(false);
    }
    follow(tx, delivery, attempt, state)?;
    Ok(true)
}

/// What a letter to the shopper tells of their address.
fn follow(tx: &mut Tx<'_>, delivery: &Delivery, attempt: &Attempt, state: DeliveryState) -> Result<()> {
    let (merchant, letter) = (delivery.merchant_id, &delivery.payload.0);
    // A letter to an agent or to the shop tells nothing of it.
    let Some(thread) = delivery.thread_id.filter(|_| *letter != Letter::Waiting) else { return Ok(()) };
    match (attempt, state) {
        (Attempt::Sent, _) => {
            if *letter == Letter::Reply {
                mailing::told(tx, merchant, thread, delivery.seq)?;
            }
            mailing::accepted(tx, merchant, thread)
        }
        (Attempt::Refused(why, _), _) => mailing::refused(tx, merchant, thread, *why),
        (_, DeliveryState::Dead) => mailing::refused(tx, merchant, thread, Refusal::GivenUp),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_that_failed_is_made_again_ever_later_and_at_last_no_more() {
        let failed = Attempt::Failed("451".to_owned());
        for (tried, seconds) in (1..).zip(RETRY_AFTER) {
            let (state, wait) = failed.outcome(tried);
            let wait = wait.unwrap().num_milliseconds();
            assert_eq!(state, DeliveryState::Due);
            assert!((seconds * 1_000..=seconds * 1_200).contains(&wait), "{tried}: {wait}");
        }
        assert_eq!(failed.outcome(10), (DeliveryState::Dead, None));
        assert_eq!(Attempt::Refused(Refusal::Unknown, String::new()).outcome(1), (DeliveryState::Dead, None));
        assert_eq!(Attempt::Sent.outcome(3), (DeliveryState::Done, None));
        let later = Attempt::Later(Duration::minutes(5));
        assert_eq!(later.outcome(1), (DeliveryState::Due, Some(Duration::minutes(5))));
    }
}
