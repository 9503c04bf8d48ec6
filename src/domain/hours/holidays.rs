//! Public holidays that a shop is offered to close on: those of a whole country by its own laws, as of 2026. Pure. What only a
//! part of a country keeps (a canton, a Land, Scotland, Alsace) is not in here; a shop adds such days by hand.
//!
//! France: Code du travail, L3133-1. Belgium: arrêté royal of 18 April 1974, 1. Netherlands: Algemene termijnenwet, 3.
//! Germany: the days of all sixteen Länder, and the Einigungsvertrag, 2 (2). England: Banking and Financial Dealings Act
//! 1971, schedule 1, with the proclamations of New Year's Day and the first Monday in May, and the common law for Good
//! Friday and Christmas. Spain: Real Decreto 2001/1983, 45. Italy: legge 260/1949, 2, with legge 151/2025. Luxembourg:
//! Code du travail, L.232-2.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::Closure;
use crate::{i18n::key, text_enum};

text_enum! {
    pub enum Country {
        France = "fr",
        Belgium = "be",
        Netherlands = "nl",
        Germany = "de",
        England = "gb",
        Spain = "es",
        Italy = "it",
        Luxembourg = "lu",
    }
}

/// A day, and the key of what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    pub on: NaiveDate,
    pub name: &'static str,
}

impl Holiday {
    /// Closed on that day, under a name in somebody's words.
    pub fn closure(&self, name: String) -> Closure {
        Closure { first: self.on, last: self.on, name }
    }
}

/// When a holiday falls.
#[derive(Debug, Clone, Copy)]
enum Falls {
    /// A month and a day.
    On(u32, u32),
    /// So many days after Easter Sunday.
    Easter(i64),
    First(Weekday, u32),
    Last(Weekday, u32),
    /// As [`Falls::On`]; where that is a Sunday, the day before.
    NotOnSunday(u32, u32),
    /// As [`Falls::On`]; where that is a weekend, the next free weekday too.
    WithSubstitute(u32, u32),
}

use Falls::{Easter, First, Last, NotOnSunday, On, WithSubstitute};

type Rule = (Falls, &'static str);

const NEW_YEAR: Rule = (On(1, 1), key("holiday-new-year"));
const EPIPHANY: Rule = (On(1, 6), key("holiday-epiphany"));
const GOOD_FRIDAY: Rule = (Easter(-2), key("holiday-good-friday"));
const EASTER_MONDAY: Rule = (Easter(1), key("holiday-easter-monday"));
const LABOUR: Rule = (On(5, 1), key("holiday-labour"));
const ASCENSION: Rule = (Easter(39), key("holiday-ascension"));
const WHIT_MONDAY: Rule = (Easter(50), key("holiday-whit-monday"));
const ASSUMPTION: Rule = (On(8, 15), key("holiday-assumption"));
const ALL_SAINTS: Rule = (On(11, 1), key("holiday-all-saints"));
const ARMISTICE: Rule = (On(11, 11), key("holiday-armistice"));
const IMMACULATE: Rule = (On(12, 8), key("holiday-immaculate"));
const CHRISTMAS: Rule = (On(12, 25), key("holiday-christmas"));
const AFTER_CHRISTMAS: Rule = (On(12, 26), key("holiday-after-christmas"));

const FRANCE: &[Rule] = &[
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR,
    (On(5, 8), key("holiday-victory")),
    ASCENSION,
    WHIT_MONDAY,
    (On(7, 14), key("holiday-national")),
    ASSUMPTION,
    ALL_SAINTS,
    ARMISTICE,
    CHRISTMAS,
];
const BELGIUM: &[Rule] = &[
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR,
    ASCENSION,
    WHIT_MONDAY,
    (On(7, 21), key("holiday-national")),
    ASSUMPTION,
    ALL_SAINTS,
    ARMISTICE,
    CHRISTMAS,
];
const NETHERLANDS: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    (NotOnSunday(4, 27), key("holiday-kings-day")),
    (On(5, 5), key("holiday-liberation")),
    ASCENSION,
    WHIT_MONDAY,
    CHRISTMAS,
    AFTER_CHRISTMAS,
];
const GERMANY: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR,
    ASCENSION,
    WHIT_MONDAY,
    (On(10, 3), key("holiday-unity")),
    CHRISTMAS,
    AFTER_CHRISTMAS,
];
const ENGLAND: &[Rule] = &[
    (WithSubstitute(1, 1), key("holiday-new-year")),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    (First(Weekday::Mon, 5), key("holiday-bank-may")),
    (Last(Weekday::Mon, 5), key("holiday-bank-spring")),
    (Last(Weekday::Mon, 8), key("holiday-bank-summer")),
    (WithSubstitute(12, 25), key("holiday-christmas")),
    (WithSubstitute(12, 26), key("holiday-after-christmas")),
];
const SPAIN: &[Rule] = &[
    NEW_YEAR,
    EPIPHANY,
    GOOD_FRIDAY,
    LABOUR,
    ASSUMPTION,
    (On(10, 12), key("holiday-national")),
    ALL_SAINTS,
    (On(12, 6), key("holiday-constitution")),
    IMMACULATE,
    CHRISTMAS,
];
const ITALY: &[Rule] = &[
    NEW_YEAR,
    EPIPHANY,
    EASTER_MONDAY,
    (On(4, 25), key("holiday-liberation")),
    LABOUR,
    (On(6, 2), key("holiday-republic")),
    ASSUMPTION,
    (On(10, 4), key("holiday-saint-francis")),
    ALL_SAINTS,
    IMMACULATE,
    CHRISTMAS,
    AFTER_CHRISTMAS,
];
const LUXEMBOURG: &[Rule] = &[
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR,
    (On(5, 9), key("holiday-europe")),
    ASCENSION,
    WHIT_MONDAY,
    (On(6, 23), key("holiday-national")),
    ASSUMPTION,
    ALL_SAINTS,
    CHRISTMAS,
    AFTER_CHRISTMAS,
];

impl Country {
    /// The country whose clock a zone is, where it is one of these.
    pub fn of_zone(zone: chrono_tz::Tz) -> Option<Self> {
        use chrono_tz::Tz;
        Some(match zone {
            Tz::Europe__Paris => Self::France,
            Tz::Europe__Brussels => Self::Belgium,
            Tz::Europe__Amsterdam => Self::Netherlands,
            Tz::Europe__Berlin => Self::Germany,
            Tz::Europe__London => Self::England,
            Tz::Europe__Madrid => Self::Spain,
            Tz::Europe__Rome => Self::Italy,
            Tz::Europe__Luxembourg => Self::Luxembourg,
            _ => return None,
        })
    }

    fn rules(self) -> &'static [Rule] {
        match self {
            Self::France => FRANCE,
            Self::Belgium => BELGIUM,
            Self::Netherlands => NETHERLANDS,
            Self::Germany => GERMANY,
            Self::England => ENGLAND,
            Self::Spain => SPAIN,
            Self::Italy => ITALY,
            Self::Luxembourg => LUXEMBOURG,
        }
    }

    /// Its holidays of the twelve months that begin with a day, in the order of the calendar.
    pub fn holidays(self, from: NaiveDate) -> Vec<Holiday> {
        let until = from.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
        let mut found: Vec<Holiday> = (from.year()..=until.year()).flat_map(|year| self.of_year(year)).collect();
        found.retain(|holiday| (from..until).contains(&holiday.on));
        found.sort_unstable();
        // Two may fall on one day, Ascension on the first of May: the shop is closed once.
        found.dedup_by_key(|holiday| holiday.on);
        found
    }

    fn of_year(self, year: i32) -> Vec<Holiday> {
        let on = |(falls, name): &Rule| falls.on(year).map(|on| Holiday { on, name });
        let mut found: Vec<Holiday> = self.rules().iter().filter_map(on).collect();
        for (falls, name) in self.rules() {
            let weekend = falls.on(year).filter(|on| matches!(falls, WithSubstitute(..)) && is_weekend(*on));
            let free = |on: NaiveDate| {
                let taken = |day: &NaiveDate| is_weekend(*day) || found.iter().any(|holiday| holiday.on == *day);
                on.iter_days().find(|day| !taken(day))
            };
            let substitute = weekend.and_then(free);
            found.extend(substitute.map(|on| Holiday { on, name }));
        }
        found
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

impl Falls {
    fn on(self, year: i32) -> Option<NaiveDate> {
        match self {
            On(month, day) | WithSubstitute(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Easter(days) => easter(year)?.checked_add_signed(chrono::TimeDelta::days(days)),
            First(weekday, month) => NaiveDate::from_weekday_of_month_opt(year, month, weekday, 1),
            Last(weekday, month) => {
                let nth = |n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
                nth(5).or_else(|| nth(4))
            }
            NotOnSunday(month, day) => {
                let on = NaiveDate::from_ymd_opt(year, month, day)?;
                if on.weekday() == Weekday::Sun { on.checked_sub_days(Days::new(1)) } else { Some(on) }
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the full moon that its tables have on or after 21 March.
fn easter(year: i32) -> Option<NaiveDate> {
    let century = year.div_euclid(100);
    // Leap days left out, and the moon's own correction.
    let moon = century - century / 4 - (8 * century + 13) / 25;
    let epact = (19 * year.rem_euclid(19) + moon + 15).rem_euclid(30);
    // The tables never have it later than 18 April, nor on one day twice within 19 years.
    let late = epact == 29 || (epact == 28 && year.rem_euclid(19) > 10);
    let full = NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_signed(chrono::TimeDelta::days(i64::from(epact)))?;
    let full = if late { full.pred_opt()? } else { full };
    full.iter_days().skip(1).find(|day| day.weekday() == Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(country: Country, year: i32) -> Vec<String> {
        let all = country.holidays(NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
        all.iter().map(|holiday| holiday.on.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn easter_is_where_the_church_has_it() {
        for sunday in [
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2100-03-28",
        ] {
            let sunday = day(sunday);
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn the_days_of_2026_and_2027_are_those_of_each_countrys_law() {
        use Country::{Belgium, England, France, Germany, Italy, Luxembourg, Netherlands, Spain};
        let cases: &[(Country, i32, &str)] = &[
            (France, 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"),
            (France, 2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25"),
            (Belgium, 2026, "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25"),
            (Belgium, 2027, "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25"),
            (Netherlands, 2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26"),
            (Netherlands, 2027, "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26"),
            (Germany, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
            (Germany, 2027, "01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26"),
            // Boxing Day of 2026 is a Saturday; Christmas of 2027 is one, and the day after a Sunday.
            (England, 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
            (England, 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"),
            (Spain, 2026, "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25"),
            (Spain, 2027, "01-01 01-06 03-26 05-01 08-15 10-12 11-01 12-06 12-08 12-25"),
            (Italy, 2026, "01-01 01-06 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"),
            (Italy, 2027, "01-01 01-06 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"),
            (Luxembourg, 2026, "01-01 04-06 05-01 05-09 05-14 05-25 06-23 08-15 11-01 12-25 12-26"),
            (Luxembourg, 2027, "01-01 03-29 05-01 05-06 05-09 05-17 06-23 08-15 11-01 12-25 12-26"),
        ];
        for (country, year, expected) in cases {
            assert_eq!(of(*country, *year).join(" "), *expected, "{country} {year}");
        }
    }

    #[test]
    fn what_falls_on_a_weekend_or_on_another_holiday_is_seen_to() {
        // The first of 2028 is a Saturday, Christmas of 2022 a Sunday; King's Day of 2025 was kept on the Saturday.
        assert!(of(Country::England, 2028).starts_with(&["01-01".to_owned(), "01-03".to_owned()]));
        assert!(of(Country::England, 2022).ends_with(&["12-25".to_owned(), "12-26".to_owned(), "12-27".to_owned()]));
        assert!(of(Country::Netherlands, 2025).contains(&"04-26".to_owned()));
        // Ascension and the first of May were one day in 2008.
        let may = of(Country::France, 2008).iter().filter(|on| on.as_str() == "05-01").count();
        assert_eq!(may, 1);
    }

    #[test]
    fn twelve_months_from_a_day_hold_each_holiday_once() {
        for country in Country::ALL {
            let all = country.holidays(day("2026-11-28"));
            assert!(all.iter().all(|holiday| (day("2026-11-28")..day("2027-11-28")).contains(&holiday.on)));
            assert!(all.windows(2).all(|pair| pair[0].on < pair[1].on), "{country}");
            assert!(all.first().is_some_and(|first| first.on.year() == 2026), "{country}: {all:?}");
        }
        let today = Country::France.holidays(day("2026-12-25"));
        assert_eq!((today[0].on, today.len()), (day("2026-12-25"), 11), "the day itself, and not again in a year");
        assert_eq!(Country::of_zone(chrono_tz::Europe::Paris), Some(Country::France));
        assert_eq!(Country::of_zone(chrono_tz::UTC), None);
    }
}
