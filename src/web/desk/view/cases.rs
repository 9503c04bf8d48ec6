//! Requests as the desk decides and follows them: the panel of a case to decide, and the tracks of one agreed on.

use askama::Template;

use super::{Badge, frame::Here};
use crate::{
    i18n::{Words, key},
    web::media::Shot,
};

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Question,
    Exchange,
    Return,
    Cancellation,
    Change,
    Dispute,
}

impl Kind {
    /// From the code the domain keeps; what is not known is a question.
    pub fn of(code: &str) -> Self {
        match code {
            "exchange" => Self::Exchange,
            "return" => Self::Return,
            "cancellation" => Self::Cancellation,
            "change" => Self::Change,
            "dispute" => Self::Dispute,
            _ => Self::Question,
        }
    }

    pub fn label(self, t: &Words) -> String {
        t.get(match self {
            Self::Question => key("desk-kind-question"),
            Self::Exchange => key("desk-kind-exchange"),
            Self::Return => key("desk-kind-return"),
            Self::Cancellation => key("desk-kind-cancellation"),
            Self::Change => key("desk-kind-change"),
            Self::Dispute => key("desk-kind-dispute"),
        })
    }

    fn to_decide(self) -> &'static str {
        match self {
            Self::Question => key("desk-decide-question"),
            Self::Exchange => key("desk-decide-exchange"),
            Self::Return => key("desk-decide-return"),
            Self::Cancellation => key("desk-decide-cancellation"),
            Self::Change => key("desk-decide-change"),
            Self::Dispute => key("desk-decide-dispute"),
        }
    }

    fn approve(self) -> &'static str {
        match self {
            Self::Question => key("desk-approve-question"),
            Self::Exchange => key("desk-approve-exchange"),
            Self::Return => key("desk-approve-return"),
            Self::Cancellation => key("desk-approve-cancellation"),
            Self::Change => key("desk-approve-change"),
            Self::Dispute => key("desk-approve-dispute"),
        }
    }

    fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Question => ("help", ""),
            Self::Exchange => ("swap", "note"),
            Self::Return => ("return", ""),
            Self::Cancellation => ("x", "warn"),
            Self::Change => ("edit", "info"),
            Self::Dispute => ("scale", "bad"),
        }
    }
}

/// The badge of a thread in the list: what its open request asks for, or that it is a question.
pub fn badge(t: &Words, kind: Kind) -> Badge {
    let (icon, tone) = kind.look();
    Badge { label: kind.label(t), icon, tone }
}

/// One side of an exchange, or the thing a request is about.
#[derive(Debug, Clone, Default)]
pub struct Garment {
    pub picture: Option<String>,
    pub title: String,
    /// The choices in one line: `Ecru, M`.
    pub options: String,
    pub price: Option<String>,
}

/// One line of what the policy says.
#[derive(Debug, Clone)]
pub struct Check {
    /// Speaks for it; if not, it is worth a look.
    pub ok: bool,
    pub text: String,
}

/// A case to decide. Its element id is the case's id.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_decision.html")]
pub struct Decision {
    pub t: Words,
    pub here: Here,
    /// The case's public id.
    pub case: String,
    pub kind: Kind,
    /// How long ago it was asked, as a span.
    pub ago: String,
    pub from: Option<Garment>,
    pub to: Option<Garment>,
    /// More than one piece: how many.
    pub pieces: Option<u32>,
    /// Why, from the list of reasons, in the agent's language.
    pub reason: Option<String>,
    /// The shopper's own words and their language.
    pub words: Option<(String, Option<String>)>,
    /// Photos of what is wrong.
    pub shots: Vec<Shot>,
    pub checks: Vec<Check>,
    /// Who pays and how much: a line and an amount, see [`pays`].
    pub money: Option<(String, String)>,
    /// Until when the wanted piece is kept, as a moment in words.
    pub reserved_until: Option<String>,
    /// Only the first of a page answers to the keys.
    pub first: bool,
    /// The reason that was typed when a refusal came back with something to mend.
    pub refusal: String,
    /// What to mend in it.
    pub refusal_error: Option<String>,
}

impl Decision {
    pub fn title(&self) -> String {
        self.t.get(self.kind.to_decide())
    }

    fn pieces_line(&self) -> Option<String> {
        self.pieces.map(|pieces| self.t.count("desk-pieces", pieces))
    }

    fn approve(&self) -> String {
        self.t.get(self.kind.approve())
    }
}

/// Who pays a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    Shopper,
    Merchant,
    Nobody,
}

/// The line of [`Decision::money`]; `amount` is written already, without a sign.
pub fn pays(t: &Words, who: Pays, amount: String) -> (String, String) {
    let line = t.get(match who {
        Pays::Shopper => key("desk-pays-shopper"),
        Pays::Merchant => key("desk-pays-merchant"),
        Pays::Nobody => key("desk-pays-nobody"),
    });
    (line, amount)
}

/// One of the three things that move on their own once a case is agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackName {
    GoodsBack,
    GoodsOut,
    Money,
}

impl TrackName {
    pub fn label(self, t: &Words) -> String {
        t.get(match self {
            Self::GoodsBack => key("desk-track-goods-back"),
            Self::GoodsOut => key("desk-track-goods-out"),
            Self::Money => key("desk-track-money"),
        })
    }

    fn icon(self) -> &'static str {
        match self {
            Self::GoodsBack => "return",
            Self::GoodsOut => "truck",
            Self::Money => "wallet",
        }
    }
}

/// Where one track stands.
#[derive(Debug, Clone)]
pub struct Track {
    pub name: TrackName,
    /// In words, see [`track_state`].
    pub state: String,
    /// Nothing more will happen on it.
    pub done: bool,
    /// When it moved last.
    pub since: Option<String>,
    /// Whether an agent can move it on by hand now.
    pub movable: bool,
}

impl Track {
    fn is_money(&self) -> bool {
        self.name == TrackName::Money
    }

    fn is_back(&self) -> bool {
        self.name == TrackName::GoodsBack
    }
}

/// The state of a track from the code the domain keeps. A code without words of its own is shown as it is.
pub fn track_state(t: &Words, code: &str) -> String {
    let found = match code {
        "none" => key("desk-track-none"),
        "awaiting_handover" => key("desk-track-awaiting-handover"),
        "label_created" => key("desk-track-label-created"),
        "in_transit" => key("desk-track-in-transit"),
        "delivered" => key("desk-track-delivered"),
        "received" => key("desk-track-received"),
        "waived" => key("desk-track-waived"),
        "reserved" => key("desk-track-reserved"),
        "committed" => key("desk-track-committed"),
        "shipped" => key("desk-track-shipped"),
        "out_of_stock" => key("desk-track-out-of-stock"),
        "even" => key("desk-track-even"),
        "due_from_shopper" | "due_from_customer" => key("desk-track-due-from-shopper"),
        "due_to_shopper" | "due_to_customer" => key("desk-track-due-to-shopper"),
        "paid" => key("desk-track-paid"),
        "refunded" => key("desk-track-refunded"),
        "settled" => key("desk-track-settled"),
        other => return other.to_owned(),
    };
    t.get(found)
}

/// A case agreed on, with its tracks. Its element id is the case's id.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_case_tracks.html")]
pub struct CaseTracks {
    pub t: Words,
    pub here: Here,
    /// The case's public id.
    pub case: String,
    pub kind: Kind,
    /// The case's state in words, with who and when: `Approved by Inès, 10:42`.
    pub state: String,
    /// All tracks are final.
    pub completed: bool,
    pub from: Option<Garment>,
    pub to: Option<Garment>,
    pub tracks: Vec<Track>,
    /// The amount that is still to be settled, written already.
    pub due: Option<String>,
    /// What to mend in a settlement that came back.
    pub settlement_error: Option<String>,
}

impl CaseTracks {
    fn title(&self) -> String {
        self.kind.label(&self.t)
    }
}
