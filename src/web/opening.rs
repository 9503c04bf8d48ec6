//! How a shop's hours read: closed and until when, or how soon its people usually answer. The words are those of `t`, at the
//! moment of `t`.

use chrono::TimeDelta;

use crate::{
    domain::hours::{Hours, Standing, waits},
    i18n::{Words, key},
};

/// Why nobody answers now and when the shop reopens; nothing while it is open.
pub fn closed(t: &Words, hours: &Hours) -> Option<String> {
    let Standing::Closed { reopens, closure } = hours.at(t.now()) else { return None };
    let name = closure.map(|closure| closure.name.as_str()).filter(|name| !name.is_empty());
    Some(match (reopens.map(|at| t.coming(&at)), name) {
        (Some(when), Some(name)) => t.two("hours-closure-until", "name", name, "when", when),
        (Some(when), None) if closure.is_some() => t.one("hours-closed-until", "when", when),
        (Some(when), None) => t.one("hours-reopen", "when", when),
        (None, Some(name)) => t.one("hours-closure", "name", name),
        (None, None) => t.get("hours-closed"),
    })
}

/// Within how long somebody usually answers. Where the shop closes before that, it says that opening hours are meant.
pub fn usual(t: &Words, hours: &Hours, minutes: Option<i64>) -> Option<String> {
    let minutes = waits::told(minutes?);
    let ahead = TimeDelta::minutes(minutes);
    let throughout = hours.between(t.now(), t.now() + ahead) == ahead;
    let span = if hours.week().is_empty() && minutes > 24 * 60 {
        // Days that have begun.
        t.span((minutes + 1_439) / 1_440 * 1_440)
    } else {
        t.span_hours(minutes)
    };
    Some(t.one(if throughout { key("hours-usual") } else { key("hours-usual-open") }, "span", span))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use chrono_tz::Europe::Paris;

    use super::*;
    use crate::domain::hours::{Closure, Span};

    fn hours() -> Hours {
        let week = (1..=5).map(|day| Span { day, from: 9 * 60, to: 18 * 60 }).collect();
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        let closures = vec![
            Closure { first: day(8, 1), last: day(8, 23), name: "Congés d’été".to_owned() },
            Closure { first: day(12, 25), last: day(12, 25), name: String::new() },
        ];
        Hours::new(Paris, week, closures)
    }

    fn words(lang: &str, now: &str) -> Words {
        Words::new(lang.parse().unwrap(), Paris, now.parse::<DateTime<Utc>>().unwrap())
    }

    #[test]
    fn who_comes_when_it_is_closed_reads_when_it_opens() {
        let cases = [
            ("en", "2026-11-27T07:00:00Z", "Closed now, we reopen today at 9:00."),
            ("en", "2026-11-26T20:00:00Z", "Closed now, we reopen tomorrow at 9:00."),
            ("en", "2026-11-28T17:00:00Z", "Closed now, we reopen Monday at 9:00."),
            ("en", "2026-08-05T10:00:00Z", "Congés d’été: closed until Monday 24 August at 9:00."),
            ("en", "2026-12-25T10:00:00Z", "Closed until Monday at 9:00."),
            ("fr", "2026-11-28T17:00:00Z", "Nous sommes fermés, réouverture lundi à 9\u{a0}h\u{a0}00."),
            ("fr", "2026-08-05T10:00:00Z", "Congés d’été\u{a0}: réouverture lundi 24 août à 9\u{a0}h\u{a0}00."),
            ("de", "2026-11-28T17:00:00Z", "Gerade geschlossen, wir öffnen wieder Montag um 9:00 Uhr."),
            ("nl", "2026-11-28T17:00:00Z", "Nu gesloten, we zijn er weer maandag om 9:00."),
        ];
        for (lang, now, says) in cases {
            assert_eq!(closed(&words(lang, now), &hours()).as_deref(), Some(says), "{lang} {now}");
        }
        assert_eq!(closed(&words("en", "2026-11-27T10:00:00Z"), &hours()), None);
        assert_eq!(closed(&words("en", "2026-08-05T10:00:00Z"), &Hours::always(Paris)), None);
    }

    #[test]
    fn how_long_an_answer_takes_is_never_said_better_than_it_is() {
        let says = |now: &str, minutes| usual(&words("en", now), &hours(), Some(minutes)).unwrap();
        assert_eq!(says("2026-11-27T10:00:00Z", 12), "Usually answers within about 15 min");
        assert_eq!(says("2026-11-27T10:00:00Z", 61), "Usually answers within about 2 h");
        assert_eq!(says("2026-11-27T16:00:00Z", 61), "Usually answers within about 2 h of opening hours");
        assert_eq!(says("2026-11-27T10:00:00Z", 2_000), "Usually answers within about 34 h of opening hours");
        let always = usual(&words("en", "2026-11-27T10:00:00Z"), &Hours::always(Paris), Some(1_500));
        assert_eq!(always.as_deref(), Some("Usually answers within about 2 days"));
        assert_eq!(usual(&words("en", "2026-11-27T10:00:00Z"), &hours(), None), None);
    }
}
