//! What a shopper can do at once, by where their order stands. Each leads somewhere that works: a page, a place on this one,
//! or a question that is written already and only has to be sent.

use std::str::FromStr;

use super::{order::Stage, view::thread::Quick};
use crate::i18n::{Words, key};

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// The way of the parcels, further up on this page.
    Track,
    Exchange,
    Ask(Ask),
    /// Anything: the field is empty.
    Question,
    Orders,
}

/// A question that is written already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    Where,
    Problem,
    Address,
}

impl Ask {
    /// As the page's address has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Where => "where",
            Self::Problem => "problem",
            Self::Address => "address",
        }
    }

    /// What is asked.
    pub(super) fn text(self, t: &Words, number: &str) -> String {
        let sentence = match self {
            Self::Where => key("ask-where"),
            Self::Problem => key("ask-problem"),
            Self::Address => key("ask-address"),
        };
        t.one(sentence, "number", number)
    }

    /// The question that a page's address asks for: `ask=where`.
    pub(super) fn of_query(query: &str) -> Option<Self> {
        query.split('&').find_map(|part| part.strip_prefix("ask=")?.parse().ok())
    }
}

impl FromStr for Ask {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        [Self::Where, Self::Problem, Self::Address].into_iter().find(|ask| ask.name() == name).ok_or(())
    }
}

/// What decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) stage: Stage,
    /// Whether there are sightings to show.
    pub(super) trackable: bool,
    pub(super) exchangeable: bool,
}

/// What fits, the most likely first.
pub(super) fn fitting(facts: Facts) -> Vec<Action> {
    use Action::{Exchange, Orders, Question, Track};
    let Facts { stage, trackable, exchangeable } = facts;
    let shown = [
        (Action::Ask(Ask::Where), stage == Stage::Late),
        (Track, trackable && stage != Stage::Over),
        (Action::Ask(Ask::Where), stage == Stage::UnderWay && !trackable),
        (Exchange, exchangeable),
        (Action::Ask(Ask::Problem), stage == Stage::Arrived),
        (Action::Ask(Ask::Address), stage == Stage::Preparing),
        (Question, true),
        (Orders, true),
    ];
    shown.into_iter().filter(|(_, fits)| *fits).map(|(action, _)| action).collect()
}

/// The actions as they stand on the page of a thread at `home`.
pub(super) fn row(t: &Words, home: &str, number: &str, facts: Facts) -> Vec<Quick> {
    let ask = |ask: Ask, icon, label| Quick {
        icon,
        label: t.get(label),
        href: format!("?ask={}#message", ask.name()),
        fill: Some(ask.text(t, number)),
        ..Quick::default()
    };
    let draw = |action| match action {
        Action::Track => Quick {
            icon: "truck",
            label: t.get("quick-track"),
            href: "#order-card".to_owned(),
            tracking: true,
            ..Quick::default()
        },
        Action::Exchange => {
            Quick { icon: "swap", label: t.get("quick-exchange"), href: format!("{home}/exchange"), ..Quick::default() }
        }
        Action::Ask(Ask::Where) => ask(Ask::Where, "truck", key("quick-where")),
        Action::Ask(Ask::Problem) => ask(Ask::Problem, "alert", key("quick-problem")),
        Action::Ask(Ask::Address) => ask(Ask::Address, "pin", key("quick-address")),
        Action::Question => Quick {
            icon: "help",
            label: t.get("quick-question"),
            href: "#message".to_owned(),
            fill: Some(String::new()),
            ..Quick::default()
        },
        Action::Orders => {
            Quick { icon: "box", label: t.get("quick-orders"), href: format!("{home}/orders"), ..Quick::default() }
        }
    };
    fitting(facts).into_iter().map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_done_fits_where_the_order_stands() {
        use Action::{Exchange, Orders, Question, Track};
        let (whereis, problem, address) =
            (Action::Ask(Ask::Where), Action::Ask(Ask::Problem), Action::Ask(Ask::Address));
        for (stage, trackable, exchangeable, expected) in [
            (Stage::Preparing, false, true, vec![Exchange, address, Question, Orders]),
            (Stage::Preparing, false, false, vec![address, Question, Orders]),
            (Stage::UnderWay, true, true, vec![Track, Exchange, Question, Orders]),
            (Stage::UnderWay, false, true, vec![whereis, Exchange, Question, Orders]),
            (Stage::Late, true, true, vec![whereis, Track, Exchange, Question, Orders]),
            (Stage::Arrived, true, true, vec![Track, Exchange, problem, Question, Orders]),
            (Stage::Arrived, true, false, vec![Track, problem, Question, Orders]),
            (Stage::Arrived, false, false, vec![problem, Question, Orders]),
            // Nothing is followed, changed or sent back where nothing comes.
            (Stage::Over, true, false, vec![Question, Orders]),
            (Stage::NoGoods, false, false, vec![Question, Orders]),
        ] {
            assert_eq!(fitting(Facts { stage, trackable, exchangeable }), expected, "{stage:?}");
        }
    }

    #[test]
    fn a_question_is_known_by_its_name_alone() {
        assert_eq!(Ask::of_query("lang=fr&ask=where"), Some(Ask::Where));
        assert_eq!(Ask::of_query("ask=%3Cscript%3E"), None);
        assert_eq!(Ask::of_query("task=where"), None);
    }
}
