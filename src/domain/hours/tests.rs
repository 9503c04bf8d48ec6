//! The rules of opening hours, by tables and by chance.

use chrono_tz::{
    America::Santiago,
    Europe::{Amsterdam, Paris},
    Pacific::Apia,
};
use proptest::prelude::*;

use super::{edits::Edit, *};
use crate::error::Error;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span(day: u8, from: u16, to: u16) -> Span {
    Span { day, from: from * 60, to: to * 60 }
}

fn closure(first: &str, last: &str, name: &str) -> Closure {
    Closure { first: day(first), last: day(last), name: name.to_owned() }
}

/// Monday to Friday from nine to twelve and from two to six, Saturday until noon; in Paris.
fn shop(closures: &[Closure]) -> Hours {
    let week = (1..=5).flat_map(|day| [span(day, 9, 12), span(day, 14, 18)]).chain([span(6, 9, 12)]);
    Hours::new(Paris, week.collect(), closures.to_vec())
}

fn reopens(hours: &Hours, moment: &str) -> Option<DateTime<Utc>> {
    match hours.at(at(moment)) {
        Standing::Open => panic!("open at {moment}"),
        Standing::Closed { reopens, .. } => reopens,
    }
}

#[test]
fn a_shop_is_open_in_its_spans_and_says_when_it_opens_next() {
    let shop = shop(&[]);
    for open in ["2026-11-23T08:00:00Z", "2026-11-23T10:59:59Z", "2026-11-23T13:00:00Z", "2026-11-28T10:59:00Z"] {
        assert_eq!(shop.at(at(open)), Standing::Open, "{open}");
    }
    let cases = [
        ("2026-11-23T07:59:59Z", "2026-11-23T08:00:00Z"),
        ("2026-11-23T11:00:00Z", "2026-11-23T13:00:00Z"),
        ("2026-11-23T17:00:00Z", "2026-11-24T08:00:00Z"),
        ("2026-11-28T17:00:00Z", "2026-11-30T08:00:00Z"),
    ];
    for (closed, opens) in cases {
        assert_eq!(reopens(&shop, closed), Some(at(opens)), "{closed}");
    }
}

#[test]
fn minutes_are_counted_over_nights_weekends_and_closures() {
    let summer = closure("2026-08-03", "2026-08-23", "Congés d’été");
    let shop = shop(&[summer.clone(), closure("2026-08-15", "2026-08-15", "Assomption")]);
    let cases = [
        // Within a span; over the lunch; over the night; over the weekend.
        ("2026-11-23T08:00:00Z", 60, "2026-11-23T09:00:00Z"),
        ("2026-11-23T08:00:00Z", 180, "2026-11-23T11:00:00Z"),
        ("2026-11-23T10:30:00Z", 60, "2026-11-23T13:30:00Z"),
        ("2026-11-23T16:30:00Z", 60, "2026-11-24T08:30:00Z"),
        ("2026-11-28T10:30:00Z", 60, "2026-11-30T08:30:00Z"),
        ("2026-11-28T17:00:00Z", 60, "2026-11-30T09:00:00Z"),
        // Friday evening before three weeks of summer.
        ("2026-07-31T15:30:00Z", 60, "2026-08-01T07:30:00Z"),
        ("2026-08-01T09:30:00Z", 60, "2026-08-24T07:30:00Z"),
        ("2026-08-10T09:30:00Z", 60, "2026-08-24T08:00:00Z"),
    ];
    for (since, minutes, due) in cases {
        assert_eq!(shop.after(at(since), minutes), at(due), "{minutes} min since {since}");
        assert_eq!(shop.between(at(since), at(due)).num_minutes(), i64::from(minutes), "{since} to {due}");
    }
    let closed = Standing::Closed { reopens: Some(at("2026-08-24T07:00:00Z")), closure: Some(&summer) };
    assert_eq!(shop.at(at("2026-08-15T10:00:00Z")), closed, "the longer of two closures is named");
    assert_eq!(shop.between(at("2026-11-23T09:00:00Z"), at("2026-11-23T08:00:00Z")), TimeDelta::zero());
}

#[test]
fn a_span_may_end_at_midnight_and_the_next_begin_there() {
    let hours = Hours::new(Paris, vec![span(5, 20, 24), span(6, 0, 2)], Vec::new());
    assert_eq!(hours.after(at("2026-11-27T22:30:00Z"), 60), at("2026-11-27T23:30:00Z"));
    assert_eq!(hours.at(at("2026-11-27T23:00:00Z")), Standing::Open);
    assert_eq!(hours.between(at("2026-11-27T00:00:00Z"), at("2026-11-29T00:00:00Z")).num_hours(), 6);
}

#[test]
fn nine_is_nine_and_an_hour_an_hour_in_the_weeks_clocks_change() {
    // Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October.
    let shop = shop(&[]);
    assert_eq!(reopens(&shop, "2026-03-28T12:00:00Z"), Some(at("2026-03-30T07:00:00Z")));
    assert_eq!(reopens(&shop, "2026-10-24T12:00:00Z"), Some(at("2026-10-26T08:00:00Z")));
    let night = Hours::new(Amsterdam, (1..=7).map(|day| span(day, 0, 6)).collect(), Vec::new());
    let of = |day: &str| {
        night.between(at(&format!("{day}T12:00:00Z")), at(&format!("{day}T12:00:00Z")) + TimeDelta::days(1))
    };
    assert_eq!(of("2026-03-27").num_hours(), 6);
    assert_eq!(of("2026-03-28").num_hours(), 5, "two is three");
    assert_eq!(of("2026-10-24").num_hours(), 7, "two comes twice");
    // What begins in the hour that is skipped begins when the clock goes on; what lies in it is not there.
    let skipped = Hours::new(Paris, vec![Span { day: 7, from: 150, to: 240 }], Vec::new());
    assert_eq!(skipped.between(at("2026-03-29T00:00:00Z"), at("2026-03-30T00:00:00Z")).num_minutes(), 60);
    let within = Hours::new(Paris, vec![Span { day: 7, from: 130, to: 170 }], Vec::new());
    assert_eq!(within.between(at("2026-03-29T00:00:00Z"), at("2026-03-30T00:00:00Z")), TimeDelta::zero());
    // Round the clock but for one day: a day of clocks has 23 hours, or 25.
    let closed = Hours::new(Paris, Vec::new(), vec![closure("2026-03-30", "2026-03-30", "")]);
    assert_eq!(closed.between(at("2026-03-28T23:00:00Z"), at("2026-03-30T12:00:00Z")).num_hours(), 23);
}

#[test]
fn clocks_that_change_at_midnight_or_leave_out_a_day_lose_nothing() {
    // In Santiago clocks go back from midnight to eleven, in the night to Sunday 5 April 2026; forward on 6 September.
    let days = Hours::new(Santiago, (1..=7).map(|day| span(day, 0, 24)).collect(), Vec::new());
    for from in ["2026-04-03T12:00:00Z", "2026-09-05T00:00:00Z"] {
        assert_eq!(days.between(at(from), at(from) + TimeDelta::days(3)), TimeDelta::days(3), "{from}");
    }
    // Samoa left out 30 December 2011, a Friday.
    let fridays = Hours::new(Apia, vec![span(5, 9, 17)], Vec::new());
    assert_eq!(reopens(&fridays, "2011-12-29T12:00:00Z"), Some(at("2012-01-05T19:00:00Z")));
}

#[test]
fn what_is_closed_for_years_is_closed_and_looking_ends() {
    let closures: Vec<Closure> =
        (2026..2036).map(|year| closure(&format!("{year}-01-01"), &format!("{year}-12-31"), "Travaux")).collect();
    let hours = shop(&closures);
    assert_eq!(reopens(&hours, "2026-11-23T10:00:00Z"), None);
    let since = at("2026-11-23T10:00:00Z");
    assert!(hours.after(since, 60) > since + TimeDelta::days(700));
    assert_eq!(hours.between(since, at("2030-01-01T00:00:00Z")), TimeDelta::zero());
    let never = Hours::always(Paris);
    assert_eq!(never.after(since, 60), since + TimeDelta::hours(1));
    assert_eq!(never.at(since), Standing::Open);
}

#[test]
fn what_cannot_be_meant_is_named() {
    let days = |list: &[&str]| list.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
    let field = |result: crate::error::Result<Edit>| match result {
        Err(Error::Invalid(fields)) => fields[0].pointer.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(Edit::spans(&[], "9:00", "12:00")), "days");
    for (day, from, to, wrong) in [
        ("0", "9:00", "12:00", "days"),
        ("8", "9:00", "12:00", "days"),
        ("monday", "9:00", "12:00", "days"),
        ("1", "", "12:00", "from"),
        ("1", "24:00", "12:00", "from"),
        ("1", "9:60", "12:00", "from"),
        ("1", "+9:00", "12:00", "from"),
        ("1", "9:00", "25:00", "to"),
        ("1", "9:00", "9", "to"),
        ("1", "12:00", "9:00", "to"),
        ("1", "9:00", "9:00", "to"),
    ] {
        assert_eq!(field(Edit::spans(&days(&[day]), from, to)), wrong, "{day} {from} {to}");
    }
    for (first, last, name, wrong) in [
        ("", "", "", "first"),
        ("2026-02-30", "", "", "first"),
        ("9999-01-01", "", "", "first"),
        ("2026-08-24", "2026-08-01", "", "last"),
        ("2026-08-24", "soon", "", "last"),
        ("2026-01-01", "2027-01-02", "", "last"),
        ("2026-12-25", "", "a\u{7}b", "name"),
    ] {
        assert_eq!(field(Edit::closure(first, last, name)), wrong, "{first} {last} {name}");
    }
    assert_eq!(field(Edit::closure("2026-12-25", "", &"é".repeat(61))), "name");
    for minutes in ["", "0", "-5", "an hour", "40321", "99999999999"] {
        assert_eq!(field(Edit::target(minutes)), "minutes", "{minutes}");
    }
    assert_eq!(Edit::spans(&days(&["7"]), "18:00", "00:00").unwrap(), Edit::Open(vec![span(7, 18, 24)]));
}

#[test]
fn spans_that_overlap_and_too_many_of_anything_are_refused() {
    let today = day("2026-11-23");
    let mut hours = shop(&[]);
    let overlapping = Edit::Open(vec![span(7, 9, 12), span(1, 11, 15)]);
    let Err(Error::Invalid(fields)) = overlapping.apply(&mut hours.clone(), today) else { panic!() };
    assert_eq!(fields[0].says.args[1], ("span", crate::error::Argument::Words("11:00–15:00".to_owned())));
    Edit::Open(vec![span(1, 12, 14)]).apply(&mut hours, today).unwrap();
    assert_eq!(hours.week()[..3], [span(1, 9, 12), span(1, 12, 14), span(1, 14, 18)], "side by side is fine");
    for from in 19..22 {
        Edit::Open(vec![span(1, from, from + 1)]).apply(&mut hours, today).unwrap();
    }
    assert!(matches!(Edit::Open(vec![span(1, 22, 23)]).apply(&mut hours, today), Err(Error::Invalid(_))));
    Edit::NotOpen(span(7, 1, 2)).apply(&mut hours, today).unwrap();
    let first = day("2026-12-01");
    for ahead in 0..100 {
        let on = first + chrono::Days::new(ahead);
        Edit::Close(Closure { first: on, last: on, name: String::new() }).apply(&mut hours, today).unwrap();
    }
    let more = Edit::Close(closure("2028-01-01", "2028-01-01", ""));
    assert!(matches!(more.apply(&mut hours, today), Err(Error::Invalid(_))));
    assert!(matches!(
        Edit::Close(closure("2026-12-01", "2026-12-01", "")).apply(&mut hours, today),
        Err(Error::Invalid(_))
    ));
    more.apply(&mut hours, day("2029-01-01")).unwrap();
    assert_eq!(hours.closures().len(), 1, "what is long over goes");
}

fn some_hours() -> impl Strategy<Value = Hours> {
    let slot = (1..=7_u8, 0..12_u16).prop_map(|(day, slot)| Span { day, from: slot * 120, to: slot * 120 + 115 });
    let closed = (0..400_u64, 0..30_u64).prop_map(|(ahead, days)| {
        let first = day("2026-01-01") + chrono::Days::new(ahead);
        Closure { first, last: first + chrono::Days::new(days), name: String::new() }
    });
    let zones = prop::sample::select(vec![Paris, Santiago, Apia, chrono_tz::UTC, chrono_tz::Asia::Kathmandu]);
    (zones, prop::collection::btree_set(slot, 0..20), prop::collection::vec(closed, 0..4))
        .prop_map(|(zone, week, closures)| Hours::new(zone, week.into_iter().collect(), closures))
}

proptest! {
    #[test]
    fn after_so_many_minutes_so_many_minutes_lie_between(
        hours in some_hours(), ahead in 0..525_600_i64, minutes in 1..3_000_i32,
    ) {
        let since = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(ahead);
        let due = hours.after(since, minutes);
        prop_assert!(due >= since);
        // Unless there is hardly any opening time at all.
        prop_assume!(due < since + TimeDelta::days(790));
        prop_assert_eq!(hours.between(since, due), TimeDelta::minutes(minutes.into()));
        prop_assert!(hours.after(since, minutes + 1) > due);
    }

    #[test]
    fn what_lies_between_adds_up(
        hours in some_hours(), ahead in 0..525_600_i64, first in 0..40_000_i64, second in 0..40_000_i64,
    ) {
        let from = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(ahead);
        let middle = from + TimeDelta::minutes(first);
        let to = middle + TimeDelta::minutes(second);
        prop_assert_eq!(hours.between(from, middle) + hours.between(middle, to), hours.between(from, to));
        prop_assert!(hours.between(from, to) <= to - from);
    }

    #[test]
    fn it_is_closed_until_it_reopens(hours in some_hours(), ahead in 0..525_600_i64) {
        let now = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(ahead);
        if let Standing::Closed { reopens: Some(reopens), .. } = hours.at(now) {
            prop_assert!(reopens > now);
            prop_assert_eq!(hours.between(now, reopens), TimeDelta::zero());
            prop_assert_eq!(hours.at(reopens), Standing::Open);
        }
    }
}
