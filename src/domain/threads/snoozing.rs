//! Snoozing: a thread sleeps until a moment, or until its shopper writes. The moment is chosen in words of the shop's own
//! day and kept in UTC; the worker rings it. Waking is guarded by the state and the moment, so it happens once.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::{By, Thread, ThreadState, locked, open_again};
use crate::{
    domain::{
        events::{Actor, Change, announce},
        merchants,
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{MerchantId, ThreadId},
    q,
    store::{Conn, Tx, columns::At, schema::threads},
    text_enum,
};

/// The longest sleep.
const LONGEST: Duration = Duration::days(366);
/// When a shop's evening begins, and its morning, on its own clock.
const EVENING: u32 = 18;
const MORNING: u32 = 9;

text_enum! {
    /// A moment in words.
    pub enum Pause {
        Hour = "hour",
        Evening = "evening",
        Tomorrow = "tomorrow",
        Monday = "monday",
    }
}

impl Pause {
    /// The moment it means at `now` on the clock of `zone`; none when it has passed already.
    pub fn until(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&zone).date_naive();
        let (days, hour) = match self {
            Self::Hour => return Some(now + Duration::hours(1)),
            Self::Evening => (0, EVENING),
            Self::Tomorrow => (1, MORNING),
            Self::Monday => (7 - u64::from(today.weekday().num_days_from_monday()), MORNING),
        };
        let at = today.checked_add_days(Days::new(days))?.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?);
        moment(zone, at).filter(|at| *at > now)
    }
}

/// The moment that a clock on the wall shows so. What it shows twice is the first of both; what it skips is the moment it
/// goes on at.
pub fn moment(zone: Tz, shown: NaiveDateTime) -> Option<DateTime<Utc>> {
    let exact = |shown: &NaiveDateTime| zone.from_local_datetime(shown).earliest().map(|at| at.to_utc());
    // No clock skips more than a day; they are put forward by quarters of an hour.
    (0..=96).find_map(|quarter| exact(&(shown + Duration::minutes(15 * quarter))))
}

/// Until when a thread sleeps, as it was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    Pause(Pause),
    /// As a clock in the shop shows it.
    Shown(NaiveDateTime),
    At(DateTime<Utc>),
}

impl Until {
    fn moment(self, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>> {
        let found = match self {
            Self::Pause(pause) => pause.until(now, zone),
            Self::Shown(shown) => moment(zone, shown),
            Self::At(at) => Some(at),
        };
        let at =
            found.filter(|at| *at > now).ok_or_else(|| Error::invalid("until", Says::new(key("error-snooze-past"))))?;
        if at > now + LONGEST {
            return Err(Error::invalid("until", Says::new(key("error-snooze-far"))));
        }
        Ok(at)
    }
}

/// Lets a thread sleep. Who waits goes on waiting: the time since when is kept.
///
/// # Errors
/// When the moment has passed or is too far away; a conflict for what is resolved or spam.
pub fn snooze(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId, until: Until) -> Result<DateTime<Utc>> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    if matches!(thread.state, ThreadState::Resolved | ThreadState::Spam) {
        return Err(Error::conflict(key("error-snooze-closed")));
    }
    let zone = merchants::shop(tx, thread.merchant_id, thread.shop_id)?.zone();
    let at = At::new(until.moment(tx.now(), zone)?);
    let row = threads::table.find((thread.merchant_id, id));
    let set = (threads::state.eq(ThreadState::Snoozed), threads::snoozed_until.eq(at));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    announce(tx, &thread, by.actor, Change::ThreadSnoozed { until: at.utc() })?;
    Ok(at.utc())
}

/// Wakes a thread before its time.
pub(super) fn wake(tx: &mut Tx<'_>, thread: &Thread, actor: Actor) -> Result<()> {
    open_again(tx, thread)?;
    announce(tx, thread, actor, Change::ThreadWoken)?;
    Ok(())
}

/// Threads whose time has come.
///
/// # Errors
/// When the database fails.
pub fn due(conn: &mut Conn, now: At, limit: i64) -> Result<Vec<(MerchantId, ThreadId)>> {
    Ok(q!(conn, |c| threads::table
        .filter(threads::state.eq(ThreadState::Snoozed))
        .filter(threads::snoozed_until.le(now))
        .order(threads::snoozed_until)
        .limit(limit)
        .select((threads::merchant_id, threads::id))
        .load(c))?)
}

/// Wakes a thread whose time has come; false when it was woken meanwhile, or sleeps longer.
///
/// # Errors
/// When the database fails.
pub fn ring(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId) -> Result<bool> {
    let thread = locked(tx, merchant, id)?;
    if thread.state != ThreadState::Snoozed || thread.snoozed_until.is_none_or(|until| until > tx.at()) {
        return Ok(false);
    }
    wake(tx, &thread, Actor::System)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Paris;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_words_mean_moments_of_the_shops_own_day() {
        // Wednesday 18 November 2026, 10:42 in Paris.
        let now = at("2026-11-18T09:42:00Z");
        let cases = [
            (Pause::Hour, "2026-11-18T10:42:00Z"),
            (Pause::Evening, "2026-11-18T17:00:00Z"),
            (Pause::Tomorrow, "2026-11-19T08:00:00Z"),
            (Pause::Monday, "2026-11-23T08:00:00Z"),
        ];
        for (pause, until) in cases {
            assert_eq!(pause.until(now, Paris), Some(at(until)), "{pause}");
        }
        // The same moment is late in the evening in Tokyo.
        assert_eq!(Pause::Evening.until(now, chrono_tz::Asia::Tokyo), None);
        // Half past midnight in Paris is still Sunday in UTC, and Monday is a week away.
        assert_eq!(Pause::Monday.until(at("2026-11-22T23:30:00Z"), Paris), Some(at("2026-11-30T08:00:00Z")));
        assert_eq!(Pause::Monday.until(at("2026-11-22T12:00:00Z"), Paris), Some(at("2026-11-23T08:00:00Z")));
    }

    #[test]
    fn nine_is_nine_on_the_days_clocks_change() {
        // 28 March 2026, the night the clocks go forward; 24 October, the night they go back.
        assert_eq!(Pause::Tomorrow.until(at("2026-03-28T12:00:00Z"), Paris), Some(at("2026-03-29T07:00:00Z")));
        assert_eq!(Pause::Tomorrow.until(at("2026-10-24T12:00:00Z"), Paris), Some(at("2026-10-25T08:00:00Z")));
        // An hour is an hour.
        assert_eq!(Pause::Hour.until(at("2026-03-29T00:30:00Z"), Paris), Some(at("2026-03-29T01:30:00Z")));
    }

    #[test]
    fn what_a_clock_skips_or_shows_twice_is_one_moment() {
        let shown = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
        assert_eq!(moment(Paris, shown("2026-03-29T02:30")), Some(at("2026-03-29T01:00:00Z")));
        assert_eq!(moment(Paris, shown("2026-10-25T02:30")), Some(at("2026-10-25T00:30:00Z")));
    }

    #[test]
    fn a_moment_lies_ahead_and_within_a_year() {
        let now = at("2026-11-18T09:42:00Z");
        assert!(Until::At(now).moment(now, Paris).is_err());
        assert!(Until::At(now + Duration::seconds(1)).moment(now, Paris).is_ok());
        assert!(Until::At(now + Duration::days(400)).moment(now, Paris).is_err());
        let evening = at("2026-11-18T19:00:00Z");
        assert!(Until::Pause(Pause::Evening).moment(evening, Paris).is_err());
    }
}
