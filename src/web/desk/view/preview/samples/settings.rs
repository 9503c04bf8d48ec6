//! The pages on which a shop says when it answers and what it exchanges, with what can go wrong on them.

use super::super::super::{
    frame::Page,
    hours::{Closed, Day, HoursPage, Offered, OfferedDay, Open, Reads, Typed},
    policy::{Blank, Judged, PolicyPage, ReasonChoice, Trial},
    shop::ShopChoice,
};
use super::{frame, picture};
use crate::{i18n::Words, web::assets};

fn shops() -> Vec<ShopChoice> {
    vec![ShopChoice::new("shp_a", "Maison Calanque", true), ShopChoice::new("shp_b", "Atelier Garrigue", false)]
}

fn span(from: &str, to: &str) -> Open {
    Open {
        text: format!("{from} – {to}"), remove: format!("Remove {from} – {to}"), from: from.into(), to: to.into()
    }
}

/// With hours in the middle of the day off, a long name, and a span that was typed the wrong way round.
pub(super) fn hours(t: Words) -> HoursPage {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let day = |(number, name): (u8, &&str)| Day {
        number,
        name: (*name).to_owned(),
        spans: if number < 6 { vec![span("9:00", "12:30"), span("14:00", "18:00")] } else { vec![] },
        ticked: number == 6,
    };
    let closed = |text: &str, name: &str, over| Closed {
        first: "2026-12-24".into(),
        last: "2026-12-26".into(),
        text: text.into(),
        name: name.into(),
        remove: format!("Remove {text}"),
        over,
    };
    HoursPage {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, None, Some(Page::Hours)),
        shops: shops(),
        shop: "shp_a".into(),
        zone: "Europe/Paris".into(),
        days: (1..).zip(&DAYS).map(day).collect(),
        round_the_clock: false,
        closures: vec![
            closed("24 – 26 Dec", "Christmas, and the whole workshop is with its family", false),
            closed("15 Aug", "\"><script>alert(1)</script>", true),
        ],
        offered: offered(),
        max_name: 60,
        sentence: ("We want to answer within ".into(), " minutes.".into()),
        reads: vec![
            Reads { when: "Who writes now reads:".into(), text: None },
            Reads {
                when: "Who writes today at 20:00 reads:".into(), text: Some("Fermé jusqu’à demain, 9 h.".into())
            },
        ],
        read_in: "fr",
        typed: Typed { from: "18:00".into(), to: "9:00".into(), minutes: "60".into(), ..Typed::default() },
        problems: vec![("to", "9:00 is not after 18:00.".into())],
    }
}

fn offered() -> Offered {
    let day = |value: &str, text: &str, name: &str, closed| OfferedDay {
        value: value.to_owned(),
        text: text.to_owned(),
        name: name.to_owned(),
        closed,
        ticked: false,
    };
    Offered {
        countries: vec![("fr", "France".to_owned(), true), ("be", "Belgium".to_owned(), false)],
        country: Some("fr"),
        days: vec![
            day("2026-12-25", "Friday 25 December", "Christmas Day", true),
            day("2027-01-01", "Friday 1 January 2027", "New Year’s Day", false),
        ],
    }
}

/// With an order tried, and a number of days that cannot be.
pub(super) fn policy(t: Words) -> PolicyPage {
    const REASONS: [(&str, &str); 3] = [
        ("colour", "Another colour"),
        ("defect", "Something is wrong with it"),
        ("changed_mind", "Changed their mind"),
    ];
    let reason = |(name, label): &(&str, &str), chosen| ReasonChoice {
        name: (*name).to_owned(),
        label: (*label).to_owned(),
        chosen,
    };
    let line = |pictured: &str, title: &str, options: &str, allowed, says: &str| Judged {
        picture: picture(pictured),
        title: title.into(),
        options: options.into(),
        allowed,
        says: says.into(),
    };
    PolicyPage {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, None, Some(Page::Policy)),
        shops: shops(),
        shop: "shp_a".into(),
        days: "-3".into(),
        dearer: "shopper".into(),
        cheaper: "refunded".into(),
        only: String::new(),
        options: vec!["Couleur".into(), "Taille".into()],
        takes: REASONS.iter().map(|each| reason(each, true)).collect(),
        photos: REASONS.iter().map(|each| reason(each, each.0 == "defect")).collect(),
        needed: false,
        final_from: "50".into(),
        exceptions: vec![
            Blank { at: 0, words: "Chaussettes".into(), days: String::new() },
            Blank { at: 1, words: "\"><script>alert(1)</script>".into(), days: "14".into() },
        ],
        trial: Some(Trial {
            number: "10482".into(),
            lang: "fr",
            lines: vec![
                line("shirt-ecru", "Chemise Sormiou en lin", "Écru, M", true, "Échange possible jusqu’au 20 décembre."),
                line("socks-terracotta", "Chaussettes côtelées", "39–42", false, "Non échangeable, par hygiène."),
            ],
        }),
        typed: true,
        order: "10482".into(),
        problems: vec![("days", "Choose between 0 and 365 days.".into())],
    }
}
