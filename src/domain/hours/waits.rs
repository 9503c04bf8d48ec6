//! How long shoppers wait: each time a person answers somebody who waited, the opening minutes of that wait are written
//! down. Programs answer for nobody, so they are not counted.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::keeping;
use crate::{
    domain::{merchants, threads::Thread},
    error::Result,
    ids::{MerchantId, ShopId, ThreadId},
    q,
    store::{Conn, Tx, columns::At, schema::answered_waits},
};

/// What is usual is what was so these last days.
const LAST: Duration = Duration::days(30);
/// Fewer waits say nothing.
const FEWEST: usize = 5;
/// The newest waits that are looked at.
const MOST: i64 = 200;

#[derive(Debug, Insertable)]
#[diesel(table_name = answered_waits)]
struct Wait {
    merchant_id: MerchantId,
    thread_id: ThreadId,
    seq: i64,
    shop_id: ShopId,
    minutes: i32,
    since: At,
    answered_at: At,
}

/// A person answers whoever waits in the thread, with the message `seq`.
pub(in crate::domain) fn record(tx: &mut Tx<'_>, thread: &Thread, seq: i64) -> Result<()> {
    let Some(since) = thread.waiting_since else { return Ok(()) };
    let shop = merchants::shop(tx, thread.merchant_id, thread.shop_id)?;
    let waited = keeping::of(tx, &shop)?.between(since.utc(), tx.now());
    let wait = Wait {
        merchant_id: thread.merchant_id,
        thread_id: thread.id,
        seq,
        shop_id: shop.id,
        // A minute that has begun is a minute.
        minutes: i32::try_from((waited.num_seconds() + 59) / 60).unwrap_or(i32::MAX),
        since,
        answered_at: tx.at(),
    };
    q!(tx, |c| diesel::insert_into(answered_waits::table).values(&wait).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The opening minutes within which a shop's people usually answer; none where too few waits are known.
///
/// # Errors
/// When the database fails.
pub fn usual(conn: &mut Conn, merchant: MerchantId, shop: ShopId, now: DateTime<Utc>) -> Result<Option<i64>> {
    let waited: Vec<i32> = q!(conn, |c| answered_waits::table
        .filter(answered_waits::merchant_id.eq(merchant))
        .filter(answered_waits::shop_id.eq(shop))
        .filter(answered_waits::answered_at.gt(At::new(now - LAST)))
        .order(answered_waits::answered_at.desc())
        .limit(MOST)
        .select(answered_waits::minutes)
        .load(c))?;
    Ok(median(waited).map(i64::from))
}

/// The middle one; of two, the longer.
fn median(mut waited: Vec<i32>) -> Option<i32> {
    if waited.len() < FEWEST {
        return None;
    }
    waited.sort_unstable();
    waited.get(waited.len() / 2).copied()
}

/// Minutes as they are told: five minutes, or an hour, are begun; so nobody is promised less than was measured.
pub fn told(minutes: i64) -> i64 {
    let up = |step: i64| (minutes.max(1) + step - 1) / step * step;
    if minutes <= 60 { up(5) } else { up(60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_the_middle_of_enough_waits() {
        assert_eq!(median(vec![1, 2, 3, 4]), None);
        assert_eq!(median(vec![90, 1, 3, 2, 4]), Some(3));
        assert_eq!(median(vec![6, 1, 2, 3, 4, 5]), Some(4), "of two, the longer");
    }

    #[test]
    fn nobody_is_promised_less_than_was_measured() {
        for (minutes, say) in [(0, 5), (1, 5), (5, 5), (6, 10), (58, 60), (60, 60), (61, 120), (120, 120), (121, 180)] {
            assert_eq!(told(minutes), say, "{minutes}");
        }
        assert!((0..5_000).all(|minutes| told(minutes) >= minutes));
    }
}
