//! A shop's opening hours: the spans of its week on its own clock, and the days it stays closed. Pure, and bounded: nothing
//! is looked for further away than [`HORIZON`]. A shop that named no spans is open round the clock. How they are kept is in
//! [`keeping`], how they are changed in [`edits`], how long shoppers wait in [`waits`].

pub mod edits;
pub mod holidays;
pub mod keeping;
#[cfg(test)]
mod tests;
pub mod waits;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The minutes a clock shows of a day; as an end, midnight.
pub const MIDNIGHT: u16 = 24 * 60;
/// Days within which opening time is looked for. What is closed for longer is closed.
const HORIZON: usize = 800;

/// Opening time of one day of the week, in minutes of its clock. It may end at midnight, not after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// 1 is Monday, 7 is Sunday.
    pub day: u8,
    pub from: u16,
    pub to: u16,
}

/// Whole days on which a shop stays closed: a holiday, or a longer closure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Closure {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// What shoppers read of it; may be empty.
    pub name: String,
}

impl Closure {
    pub fn covers(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// When a shop is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    zone: Tz,
    week: Vec<Span>,
    closures: Vec<Closure>,
}

/// How a shop is at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing<'a> {
    Open,
    Closed {
        /// None where that is too far away to say.
        reopens: Option<DateTime<Utc>>,
        /// What keeps it closed that day, beside the week.
        closure: Option<&'a Closure>,
    },
}

/// Time without a break, as moments.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

impl Hours {
    /// Hours as they were kept, in any order.
    pub fn new(zone: Tz, mut week: Vec<Span>, mut closures: Vec<Closure>) -> Self {
        week.sort_unstable();
        closures.sort_unstable();
        Self { zone, week, closures }
    }

    /// Those of a shop that never set any.
    pub fn always(zone: Tz) -> Self {
        Self::new(zone, Vec::new(), Vec::new())
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// In the order of the week.
    pub fn week(&self) -> &[Span] {
        &self.week
    }

    /// In the order of the calendar.
    pub fn closures(&self) -> &[Closure] {
        &self.closures
    }

    pub fn is_always_open(&self) -> bool {
        self.week.is_empty() && self.closures.is_empty()
    }

    /// How the shop is at a moment.
    pub fn at(&self, moment: DateTime<Utc>) -> Standing<'_> {
        let next = self.stretches(moment).next();
        if next.is_some_and(|next| next.from <= moment) {
            return Standing::Open;
        }
        let today = moment.with_timezone(&self.zone).date_naive();
        let closure = self.closures.iter().filter(|closure| closure.covers(today)).max_by_key(|closure| closure.last);
        Standing::Closed { reopens: next.map(|next| next.from), closure }
    }

    /// How much opening time lies between two moments.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        if to <= from {
            return TimeDelta::zero();
        }
        if self.is_always_open() {
            return to - from;
        }
        let ahead = self.stretches(from).take_while(|stretch| stretch.from < to);
        ahead.map(|stretch| stretch.to.min(to) - stretch.from.max(from)).sum()
    }

    /// The moment when so many opening minutes have passed; where there are not so many within the horizon, its end.
    pub fn after(&self, since: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
        let mut left = TimeDelta::minutes(i64::from(minutes.max(0)));
        if self.is_always_open() || left.is_zero() {
            return since + left;
        }
        for stretch in self.stretches(since) {
            let from = stretch.from.max(since);
            if left <= stretch.to - from {
                return from + left;
            }
            left -= stretch.to - from;
        }
        since + TimeDelta::days(i64::try_from(HORIZON).unwrap_or_default())
    }

    /// The opening time that is not over at `from`, in its order. A day before is looked at too: where clocks are put
    /// back over midnight it lasts into the next.
    fn stretches(&self, from: DateTime<Utc>) -> impl Iterator<Item = Stretch> + '_ {
        let today = from.with_timezone(&self.zone).date_naive();
        let days = today.pred_opt().unwrap_or(today).iter_days().take(HORIZON);
        let open = days.filter(|day| !self.closures.iter().any(|closure| closure.covers(*day)));
        open.flat_map(|day| self.of_day(day)).filter(move |stretch| stretch.to > from)
    }

    fn of_day(&self, day: NaiveDate) -> Vec<Stretch> {
        let whole = [Span { day: 0, from: 0, to: MIDNIGHT }];
        let weekday = day.weekday().number_from_monday();
        let spans = self.week.iter().filter(|span| u32::from(span.day) == weekday);
        let spans: Vec<&Span> = if self.week.is_empty() { whole.iter().collect() } else { spans.collect() };
        let stretch = |span: &Span| {
            let (from, to) = (self.moment(day, span.from)?, self.moment(day, span.to)?);
            (from < to).then_some(Stretch { from, to })
        };
        spans.into_iter().filter_map(stretch).collect()
    }

    /// The moment that the shop's clock shows so. What it shows twice is the first of both; what it skips is the moment it
    /// goes on at, so that no later time of the day comes before an earlier one.
    fn moment(&self, day: NaiveDate, minutes: u16) -> Option<DateTime<Utc>> {
        let shown = day.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(i64::from(minutes)))?;
        (0..=i64::from(MIDNIGHT)).find_map(|skipped| {
            let shown = shown.checked_add_signed(TimeDelta::minutes(skipped))?;
            self.zone.from_local_datetime(&shown).earliest().map(|moment| moment.to_utc())
        })
    }
}
