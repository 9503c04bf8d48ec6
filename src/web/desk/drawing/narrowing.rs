//! What stands above a list: the filters, the acts on several threads; and how time reads: what is left of it, until when
//! something sleeps.

use chrono::{Days, NaiveTime};
use chrono_tz::Tz;

use super::Desk;
use crate::{
    domain::{
        cases::CaseKind,
        merchants::Shop,
        targets::{self, Standing},
        threads::{Thread, ThreadState, snoozing::Pause},
    },
    i18n::{Lang, Words, key},
    web::desk::view::{
        Person,
        cases::Kind,
        filters::{Bulk, Chip, Filters, PauseChoice, Sla},
        frame::Here,
    },
};

impl Desk<'_> {
    /// The agent's words in the zone of a shop.
    pub(super) fn words_of(&self, shop: &Shop) -> Words {
        Words::new(self.t.lang(), shop.zone(), self.t.now())
    }

    /// How much opening time is left for an answer, where one is owed.
    pub(super) fn left(&self, thread: &Thread) -> Option<Sla> {
        let due = thread.reply_due_at.filter(|_| thread.state == ThreadState::Open)?;
        let since = thread.waiting_since.unwrap_or(thread.moved_at);
        let hours = self.round.hours.get(&thread.shop_id)?;
        let left = targets::left(hours, since.utc(), due.utc(), self.t.now());
        // A day of opening hours is nobody's day.
        let span = if hours.week().is_empty() { self.t.span(left.minutes) } else { self.t.span_hours(left.minutes) };
        let (tone, short, long) = match left.standing {
            Standing::Normal => ("", span.clone(), self.t.one("desk-left", "span", span)),
            Standing::Soon => ("soon", span.clone(), self.t.one("desk-left", "span", span)),
            Standing::Late => {
                let late = self.t.one("desk-late", "span", span);
                ("late", late.clone(), late)
            }
        };
        Some(Sla { tone, short, long, percent: left.percent })
    }

    /// Until when a thread sleeps.
    pub(super) fn sleeps_until(&self, thread: &Thread) -> Option<String> {
        thread.snoozed_until.filter(|_| thread.state == ThreadState::Snoozed).map(|until| self.moment(&until.utc()))
    }

    /// What narrows the list. Each chip leads to the same list with it, or without it where it is on.
    pub(super) fn filters(&self) -> Filters {
        let (t, here) = (&self.t, self.here);
        let exchange = CaseKind::Exchange.to_string();
        let mut chips = vec![Chip {
            label: t.get("desk-filter-all"),
            icon: "",
            href: here.whole().list(),
            on: !here.is_narrowed(),
        }];
        chips.push(toggled(t.get("desk-filter-late"), "alert", here.late, &Here { late: !here.late, ..here.clone() }));
        let on = here.kind.as_ref() == Some(&exchange);
        let kind = (!on).then(|| exchange.clone());
        chips.push(toggled(t.get("desk-view-exchanges"), "swap", on, &Here { kind, ..here.clone() }));
        if self.round.languages.len() > 1 {
            for code in &self.round.languages {
                let on = here.lang.as_ref() == Some(code);
                let lang = (!on).then(|| code.clone());
                chips.push(toggled(code.to_uppercase(), "globe", on, &Here { lang, ..here.clone() }));
            }
        }
        let kinds = [CaseKind::Exchange, CaseKind::Question];
        Filters {
            chips,
            shops: self.round.shops.iter().map(|shop| (shop.id.to_string(), shop.name.clone())).collect(),
            team: self.team(),
            kinds: kinds.iter().map(|kind| (kind.to_string(), Kind::of(kind.as_str()).label(t))).collect(),
            languages: Lang::all().map(|lang| (lang.code().to_owned(), language_name(lang, t))).collect(),
            clear: here.whole().list(),
        }
    }

    /// What can be done with several threads.
    pub(super) fn bulk(&self) -> Bulk {
        let shop = self.round.shops.iter().find(|shop| self.here.shop == Some(shop.id.to_string()));
        let zone = shop.or(self.round.shops.first()).map_or(Tz::UTC, Shop::zone);
        Bulk { team: self.team(), away: self.away(), pauses: pauses(&self.t, zone) }
    }

    /// The ids of those who are away.
    pub(super) fn away(&self) -> Vec<String> {
        let now = self.t.now();
        self.round.team.iter().filter(|agent| agent.is_away(now)).map(|agent| agent.id.to_string()).collect()
    }

    /// Everybody, the signed-in agent first.
    pub(super) fn team(&self) -> Vec<Person> {
        let others = self.round.team.iter().filter(|agent| agent.id != self.agent.id);
        std::iter::once(self.me()).chain(others.map(|agent| Person::new(agent.id, &agent.name))).collect()
    }
}

fn toggled(label: String, icon: &'static str, on: bool, there: &Here) -> Chip {
    Chip { label, icon, href: there.list(), on }
}

fn language_name(lang: Lang, t: &Words) -> String {
    Words::new(lang, chrono_tz::UTC, t.now()).get(key("language-name"))
}

/// The moments to sleep until, as they are from now on the clock of `zone`; those that have passed are left out.
pub(super) fn pauses(t: &Words, zone: Tz) -> Vec<PauseChoice> {
    let choice = |pause: &Pause| {
        let at = pause.until(t.now(), zone)?;
        let label = match pause {
            Pause::Hour => key("desk-pause-hour"),
            Pause::Evening => key("desk-pause-evening"),
            Pause::Tomorrow => key("desk-pause-tomorrow"),
            Pause::Monday => key("desk-pause-monday"),
        };
        let when = if *pause == Pause::Monday { t.day_month(&at) } else { t.time(&at) };
        Some(PauseChoice { value: pause.as_str(), label: t.get(label), when })
    };
    Pause::ALL.iter().filter_map(choice).collect()
}

/// A day and time for the field to begin with: tomorrow at nine, as a clock in `zone` shows it.
pub(super) fn pause_at(t: &Words, zone: Tz) -> String {
    let tomorrow = t.now().with_timezone(&zone).date_naive().checked_add_days(Days::new(1));
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    tomorrow.map(|day| day.and_time(nine).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}
