//! Changing opening hours: what was typed becomes one edit, and an edit says what is wrong with it in the reader's words.

use chrono::{Datelike, Days, NaiveDate};

use super::{Closure, Hours, MIDNIGHT, Span};
use crate::{
    error::{Error, FieldError, Result, Says},
    i18n::key,
};

/// Spans of one day.
pub const SPANS_A_DAY: usize = 6;
/// Closures of one shop.
pub const MOST_CLOSURES: usize = 100;
/// The longest closure, in days.
const LONGEST: i64 = 366;
/// The longest name of a closure, in characters.
pub const MAX_NAME: usize = 60;
/// Years that a closure can lie in.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// Days after which a closure that is over is forgotten: waiting time that reaches back so far is no more counted.
const KEPT: Days = Days::new(400);
/// Minutes within which a shop may want to answer: up to four weeks that are open round the clock.
const TARGETS: std::ops::RangeInclusive<i32> = 1..=40_320;

/// One change of a shop's hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Open(Vec<Span>),
    NotOpen(Span),
    Close(Closure),
    /// Several at once; those that are there already stay.
    CloseOn(Vec<Closure>),
    NotClosed {
        first: NaiveDate,
        last: NaiveDate,
    },
    /// Opening minutes within which it wants to answer.
    Target(i32),
}

impl Edit {
    /// The same span on several days, as a form sends them: days from 1 to 7, times like `09:00`.
    ///
    /// # Errors
    /// Names what is wrong: no day, one that there is not, a time that is none, an end that is not after the beginning.
    pub fn spans(days: &[String], from: &str, to: &str) -> Result<Self> {
        if days.is_empty() {
            return Err(Error::invalid("days", Says::new(key("error-opening-days"))));
        }
        let spans = days.iter().map(|day| Span::parse(day, from, to)).collect::<Result<Vec<Span>>>()?;
        Ok(Self::Open(spans))
    }

    /// Days from `first` to `last`, which may be left out for one day: `2026-12-25`.
    ///
    /// # Errors
    /// Names what is wrong: a day that is none, an end before the beginning, more than a year, a name that cannot be shown.
    pub fn closure(first: &str, last: &str, name: &str) -> Result<Self> {
        let begins = date("first", first)?;
        let ends = if last.trim().is_empty() { begins } else { date("last", last)? };
        if ends < begins {
            return Err(Error::invalid("last", Says::new(key("error-opening-closure-order")).with("last", last)));
        }
        if (ends - begins).num_days() >= LONGEST {
            return Err(Error::invalid("last", Says::new(key("error-opening-closure-long")).counting("max", LONGEST)));
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", Says::new(key("error-opening-name")).with("max", MAX_NAME)));
        }
        Ok(Self::Close(Closure { first: begins, last: ends, name }))
    }

    /// # Errors
    /// When the target is no number, or one that nobody can mean.
    pub fn target(minutes: &str) -> Result<Self> {
        let says = || Says::new(key("error-opening-target")).with("max", TARGETS.end());
        let minutes = minutes.trim().parse().ok().filter(|minutes| TARGETS.contains(minutes));
        minutes.map(Self::Target).ok_or_else(|| Error::invalid("minutes", says()))
    }

    /// Does it to hours, as they are on `today`.
    ///
    /// # Errors
    /// Names the spans that overlap, the day that has too many, the closure that is there already.
    pub fn apply(&self, hours: &mut Hours, today: NaiveDate) -> Result<()> {
        match self {
            Self::Open(spans) => spans.iter().try_for_each(|span| open(hours, *span))?,
            // What is gone already is gone.
            Self::NotOpen(span) => hours.week.retain(|known| known != span),
            Self::Close(closure) => close(hours, closure, today)?,
            Self::CloseOn(closures) => {
                for closure in closures {
                    if !is_there(hours, closure) {
                        close(hours, closure, today)?;
                    }
                }
            }
            Self::NotClosed { first, last } => {
                hours.closures.retain(|known| (known.first, known.last) != (*first, *last));
            }
            Self::Target(_) => {}
        }
        hours.week.sort_unstable();
        hours.closures.sort_unstable();
        Ok(())
    }
}

/// Hours set as a whole. What is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// The spans of the week, one an edit.
    pub week: Option<Vec<Edit>>,
    /// The closures, one an edit.
    pub closures: Option<Vec<Edit>>,
    /// The target.
    pub target: Option<Edit>,
}

impl Setting {
    /// Does it to hours, as they are on `today`.
    ///
    /// # Errors
    /// As [`Edit::apply`], with the list and the place in it before the name of the field: `week/2/from`.
    pub fn apply(&self, hours: &mut Hours, today: NaiveDate) -> Result<()> {
        if let Some(week) = &self.week {
            hours.week.clear();
            in_turn(week, "week", hours, today)?;
        }
        if let Some(closures) = &self.closures {
            hours.closures.clear();
            in_turn(closures, "closures", hours, today)?;
        }
        Ok(())
    }

    /// What is wrong with one of a list, named by its place.
    #[must_use]
    pub fn at_place(error: Error, list: &str, at: usize) -> Error {
        let Error::Invalid(fields) = error else { return error };
        let placed = |field: FieldError| FieldError { pointer: format!("{list}/{at}/{}", field.pointer), ..field };
        Error::Invalid(fields.into_iter().map(placed).collect())
    }
}

fn in_turn(edits: &[Edit], list: &str, hours: &mut Hours, today: NaiveDate) -> Result<()> {
    let mut each = edits.iter().enumerate();
    each.try_for_each(|(at, edit)| edit.apply(hours, today).map_err(|error| Setting::at_place(error, list, at)))
}

impl Span {
    /// # Errors
    /// Names what is wrong: a day that there is not, a time that is none, an end that is not after the beginning.
    pub fn parse(day: &str, from: &str, to: &str) -> Result<Self> {
        let known = day.trim().parse::<u8>().ok().filter(|day| (1..=7).contains(day));
        let says = || Says::new(key("error-opening-day")).with("day", day);
        let day = known.ok_or_else(|| Error::invalid("days", says()))?;
        let (begins, ends) = (minutes("from", from)?, minutes("to", to)?);
        // A clock shows midnight as the beginning of the day it ends.
        let ends = if ends == 0 { MIDNIGHT } else { ends };
        if ends <= begins {
            let says = Says::new(key("error-opening-order")).with("from", from).with("to", to);
            return Err(Error::invalid("to", says));
        }
        Ok(Self { day, from: begins, to: ends })
    }
}

/// `9:00–12:30`, as errors name a span; a page says it in its reader's words.
fn written(span: Span) -> String {
    let clock = |minutes: u16| format!("{}:{:02}", minutes / 60, minutes % 60);
    format!("{}–{}", clock(span.from), clock(span.to))
}

fn open(hours: &mut Hours, span: Span) -> Result<()> {
    let day: Vec<Span> = hours.week.iter().copied().filter(|known| known.day == span.day).collect();
    if let Some(other) = day.iter().find(|known| known.from < span.to && span.from < known.to) {
        let says = Says::new(key("error-opening-overlap")).counting("day", i64::from(span.day));
        let says = says.with("span", written(span)).with("other", written(*other));
        return Err(Error::invalid("from", says));
    }
    if day.len() >= SPANS_A_DAY {
        let says = Says::new(key("error-opening-many")).counting("day", i64::from(span.day));
        return Err(Error::invalid("days", says.with("max", SPANS_A_DAY)));
    }
    hours.week.push(span);
    Ok(())
}

fn is_there(hours: &Hours, closure: &Closure) -> bool {
    hours.closures.iter().any(|known| (known.first, known.last) == (closure.first, closure.last))
}

fn close(hours: &mut Hours, closure: &Closure, today: NaiveDate) -> Result<()> {
    if is_there(hours, closure) {
        return Err(Error::invalid("first", Says::new(key("error-opening-closure-there"))));
    }
    let over = today.checked_sub_days(KEPT).unwrap_or(today);
    hours.closures.retain(|known| known.last >= over);
    if hours.closures.len() >= MOST_CLOSURES {
        return Err(Error::invalid("first", Says::new(key("error-opening-closures-many")).with("max", MOST_CLOSURES)));
    }
    hours.closures.push(closure.clone());
    Ok(())
}

/// Minutes of the day from `9:30`; an end may be `24:00`.
fn minutes(field: &str, text: &str) -> Result<u16> {
    let read = || {
        let (hour, minute) = text.trim().split_once(':')?;
        let number = |digits: &str| {
            let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|_| plain)
        };
        let (hour, minute) = (number(hour)?, number(minute).filter(|minute| *minute < 60)?);
        Some(hour * 60 + minute).filter(|all| *all < MIDNIGHT || (field == "to" && *all == MIDNIGHT))
    };
    read().ok_or_else(|| Error::invalid(field, Says::new(key("error-opening-time")).with("time", text)))
}

fn date(field: &str, text: &str) -> Result<NaiveDate> {
    let read = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|day| YEARS.contains(&day.year()));
    read.ok_or_else(|| Error::invalid(field, Says::new(key("error-opening-date")).with("date", text)))
}
