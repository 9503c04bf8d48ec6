//! A shop's opening hours as programs see and set them: times of the shop's own clock, days of its own calendar.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        hours::{
            Closure, Hours, Span,
            edits::{Edit, Setting},
        },
        merchants::Shop,
    },
    error::{Error, FieldError, Result},
    ids::ShopId,
};

/// When a shop is open, and within how long it wants to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Hours)]
pub struct HoursOut {
    pub shop_id: ShopId,
    /// Whose clock and calendar these are.
    #[schema(example = "Europe/Paris")]
    pub time_zone: String,
    /// In the order of the week. Empty: open round the clock.
    pub week: Vec<OpenSpan>,
    /// In the order of the calendar.
    pub closures: Vec<ClosureOut>,
    /// Opening minutes within which the shop wants to answer.
    #[schema(example = 60)]
    pub reply_minutes: i32,
}

impl HoursOut {
    pub fn of(shop: &Shop, hours: &Hours) -> Self {
        Self {
            shop_id: shop.id,
            time_zone: shop.time_zone.clone(),
            week: hours.week().iter().map(OpenSpan::from).collect(),
            closures: hours.closures().iter().map(ClosureOut::from).collect(),
            reply_minutes: shop.reply_minutes,
        }
    }
}

/// Opening time of one day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSpan {
    /// 1 is Monday, 7 is Sunday.
    #[schema(example = 1, minimum = 1, maximum = 7)]
    pub day: u8,
    /// When it opens.
    #[schema(example = "09:00")]
    pub from: String,
    /// When it closes; `24:00` is midnight. What lasts longer goes on in a span of the next day.
    #[schema(example = "18:00")]
    pub to: String,
}

impl From<&Span> for OpenSpan {
    fn from(span: &Span) -> Self {
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Self { day: span.day, from: clock(span.from), to: clock(span.to) }
    }
}

/// Whole days on which a shop stays closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Closure)]
pub struct ClosureOut {
    /// The first day.
    #[schema(example = "2026-12-24")]
    pub first: NaiveDate,
    /// The last day; the same where it is one.
    #[schema(example = "2026-12-26")]
    pub last: NaiveDate,
    /// What shoppers read of it; may be empty.
    #[schema(example = "Christmas")]
    pub name: String,
}

impl From<&Closure> for ClosureOut {
    fn from(closure: &Closure) -> Self {
        Self { first: closure.first, last: closure.last, name: closure.name.clone() }
    }
}

/// Days on which a shop is to stay closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewClosure)]
pub struct ClosureIn {
    /// The first day.
    #[schema(example = "2026-12-24")]
    pub first: String,
    /// The last day, 366 days at most; left out where it is one.
    #[serde(default)]
    #[schema(example = "2026-12-26")]
    pub last: String,
    /// What shoppers read of it.
    #[serde(default)]
    #[schema(example = "Christmas", max_length = 60)]
    pub name: String,
}

/// How the hours are to be. What is left out stays as it is; what is named is replaced as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewHours)]
pub struct HoursIn {
    /// All spans of the week, six of a day at most, none over another. Empty: open round the clock.
    pub week: Option<Vec<OpenSpan>>,
    /// All closures, 100 at most.
    pub closures: Option<Vec<ClosureIn>>,
    /// Opening minutes within which the shop wants to answer.
    #[schema(example = 60, minimum = 1, maximum = 40320)]
    pub reply_minutes: Option<i32>,
}

impl HoursIn {
    /// # Errors
    /// Names what is wrong by its place in the body.
    pub fn parse(&self) -> Result<Setting> {
        let week = self.week.as_ref().map(|week| each(week, "week", OpenSpan::parse)).transpose()?;
        let closures = self.closures.as_ref().map(|days| each(days, "closures", ClosureIn::parse)).transpose()?;
        let target = self.reply_minutes.map(|minutes| Edit::target(&minutes.to_string())).transpose();
        Ok(Setting { week, closures, target: target.map_err(as_pointers)? })
    }
}

impl OpenSpan {
    fn parse(&self) -> Result<Edit> {
        Span::parse(&self.day.to_string(), &self.from, &self.to).map(|span| Edit::Open(vec![span]))
    }
}

impl ClosureIn {
    fn parse(&self) -> Result<Edit> {
        Edit::closure(&self.first, &self.last, &self.name)
    }
}

fn each<T>(all: &[T], list: &str, parse: impl Fn(&T) -> Result<Edit>) -> Result<Vec<Edit>> {
    let parsed = all
        .iter()
        .enumerate()
        .map(|(at, one)| parse(one).map_err(|error| as_pointers(Setting::at_place(error, list, at))));
    parsed.collect()
}

/// The domain names fields as the desk's forms do; a program wants pointers into its body.
pub fn as_pointers(error: Error) -> Error {
    let Error::Invalid(fields) = error else { return error };
    let pointed = |field: FieldError| {
        let pointer = match field.pointer.rsplit_once('/') {
            Some((place, "days")) => format!("/{place}/day"),
            _ if field.pointer == "minutes" => "/reply_minutes".to_owned(),
            _ => format!("/{}", field.pointer.trim_start_matches('/')),
        };
        FieldError { pointer, ..field }
    };
    Error::Invalid(fields.into_iter().map(pointed).collect())
}
