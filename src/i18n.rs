//! Languages: one catalogue file a language (`locales/<code>.ftl`), and how numbers, money, days and times read in it.
//! A sentence is always one entry of the catalogue; code never puts a sentence together.

use std::{fmt, str::FromStr, sync::LazyLock};

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;

use crate::{domain::money::Money, error::Argument};

#[derive(RustEmbed)]
#[folder = "locales/"]
#[include = "*.ftl"]
struct Files;

struct Catalogue {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// Every catalogue, in the order of their codes. The files are part of the binary, so one that does not parse is a
/// mistake of ours which the first test run shows.
static CATALOGUES: LazyLock<Vec<Catalogue>> = LazyLock::new(|| {
    let mut codes: Vec<String> =
        Files::iter().filter_map(|name| name.strip_suffix(".ftl").map(str::to_owned)).collect();
    codes.sort();
    codes.into_iter().map(|code| catalogue(code.leak())).collect()
});

fn catalogue(code: &'static str) -> Catalogue {
    let file = Files::get(&format!("{code}.ftl")).map(|file| file.data.into_owned()).unwrap_or_default();
    let text = String::from_utf8_lossy(&file).into_owned();
    let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
        tracing::error!(catalogue = code, ?errors, "a catalogue has entries that do not parse");
        resource
    });
    let language = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    if let Err(errors) = bundle.add_resource(resource) {
        tracing::error!(catalogue = code, ?errors, "a catalogue has an entry twice");
    }
    Catalogue { code, bundle }
}

/// An entry that says something, with the catalogue it stands in.
fn entry(lang: Lang, key: &str) -> Option<(&'static Catalogue, FluentMessage<'static>)> {
    let catalogue = CATALOGUES.get(lang.0)?;
    let message = catalogue.bundle.get_message(key)?;
    message.value().is_some().then_some((catalogue, message))
}

/// A language that there is a catalogue for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lang(usize);

impl Lang {
    /// Every language there is.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CATALOGUES.len()).map(Self)
    }

    /// The languages agents can choose for the desk: those whose catalogue has all that the desk says. The others have
    /// what shoppers read: their pages, their letters, and what can be wrong with a request.
    pub fn of_the_desk() -> impl Iterator<Item = Self> {
        Self::all().filter(|lang| entry(*lang, key("desk-threads")).is_some())
    }

    /// The BCP 47 code, as in `<html lang>`.
    pub fn code(self) -> &'static str {
        CATALOGUES.get(self.0).map_or("en", |catalogue| catalogue.code)
    }

    /// The first language of an `Accept-Language` header that there is a catalogue for.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').filter_map(|choice| choice.split(';').next()).find_map(|code| code.trim().parse().ok())
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self::all().find(|lang| lang.code() == "en").unwrap_or(Self(0))
    }
}

impl FromStr for Lang {
    type Err = ();

    /// From a locale as others write it: `fr`, `fr-FR`, `fr_CA`.
    fn from_str(locale: &str) -> Result<Self, ()> {
        let code = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::all().find(|lang| lang.code() == code).ok_or(())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Marks a catalogue key that is chosen by code rather than written in a call, so that the test that compares
/// catalogue and sources sees it.
pub const fn key(key: &'static str) -> &'static str {
    key
}

/// The words of one reader: a language, the time zone times are shown in, and the moment "today" is judged by.
/// Every page has one, called `t` in templates.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    lang: Lang,
    zone: Tz,
    now: DateTime<Utc>,
}

impl Words {
    pub fn new(lang: Lang, zone: Tz, now: DateTime<Utc>) -> Self {
        Self { lang, zone, now }
    }

    /// The same at another moment: a page stays open over midnight.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>) -> Self {
        Self { now, ..self }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The language code for `lang` attributes.
    pub fn code(&self) -> &'static str {
        self.lang.code()
    }

    /// The time zone times are shown in.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// An entry without arguments.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// An entry with one argument.
    pub fn one(&self, key: &str, name: &str, value: impl fmt::Display) -> String {
        self.with(key, &[(name, &value)])
    }

    /// An entry with two arguments.
    pub fn two(&self, key: &str, n1: &str, v1: impl fmt::Display, n2: &str, v2: impl fmt::Display) -> String {
        self.with(key, &[(n1, &v1), (n2, &v2)])
    }

    /// An entry with any arguments.
    pub fn with(&self, key: &str, args: &[(&str, &dyn fmt::Display)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set((*name).to_owned(), value.to_string());
        }
        self.format(key, Some(&fluent))
    }

    /// An entry with what it is filled with.
    pub fn say(&self, key: &str, args: &[(&'static str, Argument)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, argument) in args {
            match argument {
                Argument::Words(words) => fluent.set(*name, words.as_str()),
                Argument::Count(count) => fluent.set(*name, *count),
            }
        }
        self.format(key, Some(&fluent))
    }

    /// An entry that depends on a number: `$count` chooses the plural form.
    pub fn count<N: TryInto<i64>>(&self, key: &str, count: N) -> String {
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count.try_into().unwrap_or(i64::MAX)));
        self.format(key, Some(&args))
    }

    /// A number and one more argument.
    pub fn count_one<N: TryInto<i64>>(&self, key: &str, count: N, name: &str, value: impl fmt::Display) -> String {
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count.try_into().unwrap_or(i64::MAX)));
        args.set(name.to_owned(), value.to_string());
        self.format(key, Some(&args))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let found = entry(self.lang, key).or_else(|| entry(Lang::default(), key));
        let Some((catalogue, pattern)) = found.as_ref().and_then(|(from, entry)| Some((from, entry.value()?))) else {
            tracing::error!(key, lang = self.code(), "no catalogue has this entry");
            return key.to_owned();
        };
        catalogue.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }

    /// An amount with its currency: `€1,284.00`, `1 284,00 €`.
    pub fn money(&self, money: &Money) -> String {
        let plain = money.abs().to_string();
        let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
        let mut amount = self.grouped(whole);
        if let Some(fraction) = fraction {
            amount.push_str(&self.get("number-decimal"));
            amount.push_str(fraction);
        }
        let formatted = self.two("money", "amount", amount, "symbol", symbol(money.currency().code()));
        if money.is_negative() { self.one("money-negative", "money", formatted) } else { formatted }
    }

    /// An amount that is added or taken away: `+ 4,00 €`.
    pub fn money_signed(&self, money: &Money) -> String {
        if money.is_negative() || money.is_zero() {
            self.money(money)
        } else {
            self.one("money-positive", "money", self.money(money))
        }
    }

    fn grouped(&self, digits: &str) -> String {
        let separator = self.get("number-group");
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&separator);
            }
            out.push(digit);
        }
        out
    }

    /// The time of day: `10:42`, `10 h 42`.
    pub fn time(&self, at: &DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        self.two("time", "hour", at.hour(), "minute", format!("{:02}", at.minute()))
    }

    /// The day in full: `18 November 2026`.
    pub fn date(&self, at: &DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        let month = self.get(month_key(at.month()));
        self.with("date", &[("day", &at.day()), ("month", &month), ("year", &at.year())])
    }

    /// The day, short: `18 Nov`, with the year when it is another.
    pub fn date_short(&self, at: &DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        let month = self.get(month_short_key(at.month()));
        if at.year() == self.now.with_timezone(&self.zone).year() {
            return self.two("day-month", "day", at.day(), "month", month);
        }
        self.with("date-short", &[("day", &at.day()), ("month", &month), ("year", &at.year())])
    }

    /// The day without its year: `18 November`.
    pub fn day_month(&self, at: &DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        self.two("day-month", "day", at.day(), "month", self.get(month_key(at.month())))
    }

    /// A day as a heading of a conversation: `Today`, `Yesterday`, `Wednesday 18 November`, with the year when it is another.
    pub fn day(&self, at: &DateTime<Utc>) -> String {
        match self.days_ago(at) {
            0 => self.get("day-today"),
            1 => self.get("day-yesterday"),
            _ => self.weekday_date(at),
        }
    }

    fn weekday_date(&self, at: &DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone);
        let date =
            if local.year() == self.now.with_timezone(&self.zone).year() { self.day_month(at) } else { self.date(at) };
        self.two("weekday-date", "weekday", self.get(weekday_key(local.weekday())), "date", date)
    }

    /// When something happened, short enough for a list: `10:42` today, `yesterday 16:40`, `18 Nov`.
    pub fn when(&self, at: &DateTime<Utc>) -> String {
        match self.days_ago(at) {
            0 => self.one("when-today", "time", self.time(at)),
            1 => self.one("when-yesterday", "time", self.time(at)),
            -1 => self.one("when-tomorrow", "time", self.time(at)),
            _ => self.date_short(at),
        }
    }

    /// Shorter still, for the rows of a list: the time today, else the day.
    pub fn when_row(&self, at: &DateTime<Utc>) -> String {
        match self.days_ago(at) {
            0 => self.time(at),
            1 => self.get("when-row-yesterday"),
            _ => self.date_short(at),
        }
    }

    /// A span, coarse: `3 min`, `2 h`, `4 days`.
    pub fn span(&self, minutes: i64) -> String {
        match minutes.max(0) {
            0..60 => self.count("span-minutes", minutes.max(0)),
            60..1440 => self.count("span-hours", minutes / 60),
            _ => self.count("span-days", minutes / 1440),
        }
    }

    /// The same without days: `30 h`.
    pub fn span_hours(&self, minutes: i64) -> String {
        if minutes < 60 { self.span(minutes) } else { self.count("span-hours", minutes / 60) }
    }

    /// When something will be, as a part of a sentence: `today at 14:00`, `on Monday at 9:00`, `on Monday 24 August at 9:00`.
    pub fn coming(&self, at: &DateTime<Utc>) -> String {
        let (time, weekday) = (self.time(at), at.with_timezone(&self.zone).weekday());
        match self.days_ahead(at) {
            0 => self.one("coming-today", "time", time),
            1 => self.one("coming-tomorrow", "time", time),
            2..=6 => self.two("coming-weekday", "weekday", self.get(weekday_within_key(weekday)), "time", time),
            _ => {
                let weekday = self.get(weekday_within_key(weekday));
                self.with("coming-date", &[("weekday", &weekday), ("date", &self.day_month(at)), ("time", &time)])
            }
        }
    }

    /// How long ago, coarse.
    pub fn ago(&self, at: &DateTime<Utc>) -> String {
        self.span((self.now - *at).num_minutes())
    }

    /// The machine-readable moment for `datetime` attributes.
    pub fn iso(&self, at: &DateTime<Utc>) -> String {
        at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// The calendar day in the reader's zone: equal days belong under one heading.
    pub fn day_key(&self, at: &DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).date_naive().to_string()
    }

    /// How many days of the reader's calendar lie ahead: 1 is tomorrow, however many hours that is.
    pub fn days_ahead(&self, at: &DateTime<Utc>) -> i64 {
        -self.days_ago(at)
    }

    fn days_ago(&self, at: &DateTime<Utc>) -> i64 {
        let day = |moment: &DateTime<Utc>| moment.with_timezone(&self.zone).date_naive();
        (day(&self.now) - day(at)).num_days()
    }
}

fn symbol(code: &str) -> &str {
    match code {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        other => other,
    }
}

fn month_key(month: u32) -> &'static str {
    match month {
        1 => key("month-1"),
        2 => key("month-2"),
        3 => key("month-3"),
        4 => key("month-4"),
        5 => key("month-5"),
        6 => key("month-6"),
        7 => key("month-7"),
        8 => key("month-8"),
        9 => key("month-9"),
        10 => key("month-10"),
        11 => key("month-11"),
        _ => key("month-12"),
    }
}

fn month_short_key(month: u32) -> &'static str {
    match month {
        1 => key("month-short-1"),
        2 => key("month-short-2"),
        3 => key("month-short-3"),
        4 => key("month-short-4"),
        5 => key("month-short-5"),
        6 => key("month-short-6"),
        7 => key("month-short-7"),
        8 => key("month-short-8"),
        9 => key("month-short-9"),
        10 => key("month-short-10"),
        11 => key("month-short-11"),
        _ => key("month-short-12"),
    }
}

fn weekday_key(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => key("weekday-1"),
        chrono::Weekday::Tue => key("weekday-2"),
        chrono::Weekday::Wed => key("weekday-3"),
        chrono::Weekday::Thu => key("weekday-4"),
        chrono::Weekday::Fri => key("weekday-5"),
        chrono::Weekday::Sat => key("weekday-6"),
        chrono::Weekday::Sun => key("weekday-7"),
    }
}

/// As it is written within a sentence.
fn weekday_within_key(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => key("weekday-within-1"),
        chrono::Weekday::Tue => key("weekday-within-2"),
        chrono::Weekday::Wed => key("weekday-within-3"),
        chrono::Weekday::Thu => key("weekday-within-4"),
        chrono::Weekday::Fri => key("weekday-within-5"),
        chrono::Weekday::Sat => key("weekday-within-6"),
        chrono::Weekday::Sun => key("weekday-within-7"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Says;

    fn words(code: &str) -> Words {
        Words::new(code.parse().unwrap(), chrono_tz::UTC, Utc::now())
    }

    #[test]
    fn a_number_in_what_is_said_chooses_the_plural() {
        let says = |days| Says::new(key("check-window")).counting("since", days).with("limit", 30);
        assert_eq!(says(1).in_words(&words("en")), "1 day after purchase, limit 30");
        assert_eq!(says(2).in_words(&words("en")), "2 days after purchase, limit 30");
        assert_eq!(says(0).in_words(&words("fr")), "0 jour après l’achat, limite 30");
        assert_eq!(says(1).in_words(&words("de")), "1 Tag nach dem Kauf, Frist 30");
    }

    #[test]
    fn a_language_of_shoppers_alone_is_none_of_the_desks() {
        let desk: Vec<&str> = Lang::of_the_desk().map(Lang::code).collect();
        assert_eq!(desk, ["en", "fr"]);
        assert!(["de", "en", "fr", "nl"].iter().all(|code| code.parse::<Lang>().is_ok()));
        assert_eq!(words("nl").get(key("desk-threads")), words("en").get("desk-threads"));
    }

    #[test]
    fn amounts_and_days_read_as_each_language_writes_them() {
        let money = Money::parse("1284.00", "EUR".parse().unwrap()).unwrap();
        for (code, amount) in [
            ("en", "€1,284.00"),
            ("fr", "1\u{202f}284,00\u{a0}€"),
            ("de", "1.284,00\u{a0}€"),
            ("nl", "€\u{a0}1.284,00"),
        ] {
            assert_eq!(words(code).money(&money), amount, "{code}");
        }
        let day = "2026-11-18T09:00:00Z".parse().unwrap();
        for (code, date) in [
            ("en", "18 November 2026"),
            ("fr", "18 novembre 2026"),
            ("de", "18. November 2026"),
            ("nl", "18 november 2026"),
        ] {
            assert_eq!(words(code).date(&day), date, "{code}");
        }
    }
}
