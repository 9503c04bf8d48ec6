//! Reply targets: by when whoever waits should have an answer, and how near that is. Pure. Only opening minutes count.

use chrono::{DateTime, Utc};

use super::hours::Hours;
use crate::text_enum;

text_enum! {
    /// How urgent an answer is.
    pub enum Standing {
        Normal = "normal",
        /// Under a third of the time is left.
        Soon = "soon",
        Late = "late",
    }
}

/// How long somebody can still wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub standing: Standing,
    /// Whole opening minutes that are left; once it is late, those it is late by. Never 0.
    pub minutes: i64,
    /// What is left of the time, of 100; all of the ring once it is late.
    pub percent: u8,
}

/// By when whoever waits since `since` should have an answer.
pub fn due(hours: &Hours, since: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
    hours.after(since, minutes)
}

/// What is left at `now` of the time from `since` to `due`.
pub fn left(hours: &Hours, since: DateTime<Utc>, due: DateTime<Utc>, now: DateTime<Utc>) -> Left {
    let late = now >= due;
    let between = if late { hours.between(due, now) } else { hours.between(now, due) };
    let seconds = between.num_seconds();
    let minutes = (seconds + 59).div_euclid(60).max(1);
    if late {
        return Left { standing: Standing::Late, minutes, percent: 100 };
    }
    let whole = hours.between(since, due).num_seconds().max(1);
    let percent = (seconds * 100 / whole).clamp(0, 100);
    let standing = if seconds * 3 < whole { Standing::Soon } else { Standing::Normal };
    Left { standing, minutes, percent: u8::try_from(percent).unwrap_or(100) }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use chrono_tz::{Europe::Paris, UTC};

    use super::*;
    use crate::domain::hours::Span;

    #[test]
    fn an_hour_is_normal_then_soon_then_late() {
        let since: DateTime<Utc> = "2026-11-18T09:00:00Z".parse().unwrap();
        let always = Hours::always(UTC);
        let until = due(&always, since, 60);
        let cases = [
            (0, Standing::Normal, 60, 100),
            (39, Standing::Normal, 21, 35),
            (40, Standing::Normal, 20, 33),
            (41, Standing::Soon, 19, 31),
            (59, Standing::Soon, 1, 1),
            (60, Standing::Late, 1, 100),
            (64, Standing::Late, 4, 100),
            (600, Standing::Late, 540, 100),
        ];
        for (after, standing, minutes, percent) in cases {
            let left = left(&always, since, until, since + Duration::minutes(after));
            assert_eq!(left, Left { standing, minutes, percent }, "after {after} min");
        }
        let nearly = left(&always, since, until, until - Duration::seconds(5));
        assert_eq!((nearly.standing, nearly.minutes), (Standing::Soon, 1));
    }

    #[test]
    fn a_target_of_no_time_is_late_at_once() {
        let (now, always) = (Utc::now(), Hours::always(UTC));
        assert_eq!(left(&always, now, due(&always, now, 0), now).standing, Standing::Late);
    }

    #[test]
    fn a_weekend_is_no_time() {
        let week = (1..=5).map(|day| Span { day, from: 9 * 60, to: 18 * 60 }).collect();
        let hours = Hours::new(Paris, week, Vec::new());
        // Friday at half past five; the shop opens again on Monday.
        let since: DateTime<Utc> = "2026-11-27T16:30:00Z".parse().unwrap();
        let until = due(&hours, since, 60);
        assert_eq!(until, "2026-11-30T08:30:00Z".parse::<DateTime<Utc>>().unwrap());
        let at = |text: &str| left(&hours, since, until, text.parse().unwrap());
        let all = |left: Left| (left.standing, left.minutes, left.percent);
        assert_eq!(all(at("2026-11-27T17:00:00Z")), (Standing::Normal, 30, 50));
        assert_eq!(all(at("2026-11-29T12:00:00Z")), (Standing::Normal, 30, 50));
        assert_eq!(all(at("2026-11-30T08:15:00Z")), (Standing::Soon, 15, 25));
        assert_eq!(all(at("2026-11-30T08:30:00Z")), (Standing::Late, 1, 100));
        // Late by what it was open since: eight hours and a half of Monday.
        assert_eq!(all(at("2026-11-30T23:00:00Z")), (Standing::Late, 510, 100));
    }
}
