//! Reply targets: by when whoever waits should have an answer, and how near that is. Pure. When shops have opening hours,
//! the minutes are counted here and nowhere else.

use chrono::{DateTime, Duration, Utc};

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
    /// Whole minutes that are left; once it is late, those it is late by. Never 0.
    pub minutes: i64,
    /// What is left of the time, of 100; all of the ring once it is late.
    pub percent: u8,
}

/// By when whoever waits since `since` should have an answer.
pub fn due(since: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
    since + Duration::minutes(i64::from(minutes))
}

/// What is left at `now` of the time from `since` to `due`.
pub fn left(since: DateTime<Utc>, due: DateTime<Utc>, now: DateTime<Utc>) -> Left {
    let seconds = (due - now).num_seconds();
    let minutes = (seconds.abs() + 59).div_euclid(60).max(1);
    if seconds <= 0 {
        return Left { standing: Standing::Late, minutes, percent: 100 };
    }
    let whole = (due - since).num_seconds().max(1);
    let percent = (seconds * 100 / whole).clamp(0, 100);
    let standing = if seconds * 3 < whole { Standing::Soon } else { Standing::Normal };
    Left { standing, minutes, percent: u8::try_from(percent).unwrap_or(100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_normal_then_soon_then_late() {
        let since: DateTime<Utc> = "2026-11-18T09:00:00Z".parse().unwrap();
        let until = due(since, 60);
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
            let left = left(since, until, since + Duration::minutes(after));
            assert_eq!(left, Left { standing, minutes, percent }, "after {after} min");
        }
        let nearly = left(since, until, until - Duration::seconds(5));
        assert_eq!((nearly.standing, nearly.minutes), (Standing::Soon, 1));
    }

    #[test]
    fn a_target_of_no_time_is_late_at_once() {
        let now = Utc::now();
        assert_eq!(left(now, due(now, 0), now).standing, Standing::Late);
    }
}
