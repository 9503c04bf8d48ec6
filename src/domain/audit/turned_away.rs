//! What is turned away may come in floods: the first of a kind is written at once, what follows within a while is counted
//! and written as one entry when that while is over. Who is counted is bounded too.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};

use super::{Act, Doer, record};
use crate::{error::Result, ids::MerchantId, store::Tx};

/// What follows the first within this long is counted with it.
const WHILE: Duration = Duration::minutes(10);
/// How many are counted at a time. Past that nothing new is noted until one of them is over.
const MOST: usize = 10_000;

/// Somebody was turned away: who, by whom, from what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attempt {
    pub merchant: MerchantId,
    pub doer: Doer,
    pub act: Act,
    pub subject: String,
    pub reason: &'static str,
}

impl Attempt {
    /// Writes it down; `times` where it stands for several.
    ///
    /// # Errors
    /// When the database fails.
    pub fn record(&self, tx: &mut Tx<'_>, times: u32) -> Result<()> {
        let count = times.to_string();
        let details = [("reason", self.reason), ("times", count.as_str())];
        let details = if times > 1 { &details[..] } else { details.get(..1).unwrap_or_default() };
        record(tx, self.merchant, self.doer, self.act, &self.subject, details)
    }
}

#[derive(Debug)]
struct Counted {
    since: DateTime<Utc>,
    more: u32,
}

/// Who was turned away lately.
#[derive(Debug, Default)]
pub struct TurnedAway(Mutex<HashMap<Attempt, Counted>>);

impl TurnedAway {
    /// Notes an attempt; true when it is to be written now.
    pub fn note(&self, attempt: &Attempt, now: DateTime<Utc>) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counted) = all.get_mut(attempt) {
            counted.more = counted.more.saturating_add(1);
            return false;
        }
        if all.len() >= MOST {
            return false;
        }
        all.insert(attempt.clone(), Counted { since: now, more: 0 });
        true
    }

    /// Those whose while is over: what was counted after the first of each is to be written.
    pub fn over(&self, now: DateTime<Utc>) -> Vec<(Attempt, u32)> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut over = Vec::new();
        all.retain(|attempt, counted| {
            let done = counted.since + WHILE <= now;
            if done && counted.more > 0 {
                over.push((attempt.clone(), counted.more));
            }
            !done
        });
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(byte: u8) -> Attempt {
        let merchant = MerchantId::from_bytes([byte; 16]);
        Attempt { merchant, doer: Doer::Stranger, act: Act::Denied, subject: String::new(), reason: "role" }
    }

    #[test]
    fn a_flood_makes_two_entries_in_ten_minutes() {
        let (turned, now) = (TurnedAway::default(), "2026-11-28T10:00:00Z".parse().unwrap());
        assert!(turned.note(&attempt(1), now));
        assert!((0..5_000).all(|_| !turned.note(&attempt(1), now)));
        assert!(turned.note(&attempt(2), now), "others are counted by themselves");
        assert_eq!(turned.over(now + Duration::minutes(9)), vec![]);
        assert_eq!(turned.over(now + Duration::minutes(10)), vec![(attempt(1), 5_000)]);
        assert!(turned.note(&attempt(1), now + Duration::minutes(11)), "then it begins anew");
    }

    #[test]
    fn who_is_counted_is_bounded() {
        let (turned, now) = (TurnedAway::default(), "2026-11-28T10:00:00Z".parse().unwrap());
        let numbered = |number: usize| Attempt { subject: number.to_string(), ..attempt(1) };
        let noted = (0..MOST + 100).filter(|number| turned.note(&numbered(*number), now)).count();
        assert_eq!(noted, MOST);
    }
}
