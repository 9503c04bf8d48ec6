//! How order systems are connected: their hooks with their health, and the log of everything that arrived.

use askama::Template;

use super::{
    Badge,
    connecting::{ConnectForm, Field},
    frame::Frame,
};
use crate::i18n::{Words, key};

/// What became of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Applied,
    /// Known already.
    Repeat,
    /// Older than what we know.
    Older,
    /// Understood, nothing to do with it.
    Nothing,
    /// Kept, with the reason why it could not be read.
    Failed,
}

impl Verdict {
    /// From the code the domain keeps; what is not known counts as failed, so that somebody looks.
    pub fn of(code: &str) -> Self {
        match code {
            "applied" => Self::Applied,
            "repeat" | "repeated" | "duplicate" => Self::Repeat,
            "older" | "stale" => Self::Older,
            "nothing" | "ignored" => Self::Nothing,
            _ => Self::Failed,
        }
    }

    pub fn badge(self, t: &Words) -> Badge {
        let (label, icon, tone) = match self {
            Self::Applied => (key("desk-verdict-applied"), "check", "ok"),
            Self::Repeat => (key("desk-verdict-repeat"), "", ""),
            Self::Older => (key("desk-verdict-older"), "", ""),
            Self::Nothing => (key("desk-verdict-nothing"), "", ""),
            Self::Failed => (key("desk-verdict-failed"), "alert", "bad"),
        };
        Badge { label: t.get(label), icon, tone }
    }
}

/// How a connector is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// Nothing has ever arrived.
    Waiting,
    Well,
    /// Nothing for so many days.
    Silent(i64),
    /// Something needs a look.
    Troubled,
}

/// One connected system.
#[derive(Debug, Clone)]
pub struct Connector {
    /// The public id.
    pub id: String,
    /// The kind of system as people call it: `Shopify`.
    pub kind: String,
    /// The same in the form that connects it: `shopify`.
    pub code: &'static str,
    /// The store's address, or what stands for it.
    pub store: String,
    pub shop: String,
    /// The whole address of the hook.
    pub hook: String,
    pub health: Health,
    /// When something arrived last, in words.
    pub last: Option<String>,
    /// When it last asked whether somebody is there, in words.
    pub pinged: Option<String>,
    /// How many of each verdict are kept.
    pub verdicts: Vec<(Verdict, i64)>,
    /// How many came with a signature that does not match; nothing of them is kept.
    pub refused: i64,
    /// It signs with a secret of its own making; for others we make one.
    pub own_secret: bool,
    /// The new secret that was typed cannot be taken.
    pub mend_secret: bool,
    /// What the secret ends in, so that two can be told apart.
    pub tail: String,
    /// Until when the secret before is taken too, in words.
    pub old_until: Option<String>,
}

impl Connector {
    /// The id of the element that holds the hook's address.
    pub(super) fn hook_id(&self) -> String {
        format!("hook-{}", self.id)
    }

    /// The drawing of its kind, without the `i-`.
    pub(super) fn icon(&self) -> &'static str {
        match self.code {
            "shopify" => "tag",
            "woocommerce" => "box",
            _ => "link",
        }
    }

    fn state(&self) -> &'static str {
        match self.health {
            Health::Waiting | Health::Silent(_) => "warn",
            Health::Well => "ok",
            Health::Troubled => "bad",
        }
    }

    fn saying(&self, t: &Words) -> String {
        match (&self.last, self.health) {
            (None, _) if self.pinged.is_some() => {
                t.one("desk-health-pinged", "when", self.pinged.as_deref().unwrap_or_default())
            }
            (None, _) => t.get("desk-health-waiting"),
            (Some(_), Health::Silent(days)) => t.count("desk-health-silent", days),
            (Some(last), Health::Troubled) => t.one("desk-health-troubled", "when", last),
            (Some(last), _) => t.one("desk-health-well", "when", last),
        }
    }
}

/// `GET /desk/connectors`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/connectors.html")]
pub struct Connectors {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub connectors: Vec<Connector>,
    pub form: ConnectForm,
    /// Every shop: its id and name.
    pub shops: Vec<(String, String)>,
}

/// One arrival in the log.
#[derive(Debug, Clone)]
pub struct IntakeRow {
    /// The public id.
    pub id: String,
    /// The system's own name for it: `orders/create`.
    pub topic: String,
    /// What it was about, where that is known: `Order 10552`.
    pub about: Option<String>,
    pub verdict: Verdict,
    /// When, to the second.
    pub time: String,
    pub time_iso: String,
    pub current: bool,
}

/// One arrival, looked at.
#[derive(Debug, Clone)]
pub struct IntakeDetail {
    pub id: String,
    pub topic: String,
    pub time: String,
    pub verdict: Verdict,
    /// What is wrong, in plain words, for the developer or merchant who sent it.
    pub problem: Option<String>,
    /// Where in the body: a JSON pointer.
    pub pointer: Option<String>,
    /// The sender's name for this delivery.
    pub delivery: Option<String>,
    /// The body's length in words and the start of its SHA-256; `None` once it was swept.
    pub measure: Option<(String, String)>,
    /// Header names and values; what is secret is left out by the caller.
    pub headers: Vec<(String, String)>,
    /// As it arrived, read as text; `None` once it was swept.
    pub body: Option<String>,
    /// Whether it can be applied again.
    pub replayable: bool,
    /// The secret before had signed it.
    pub old_secret: bool,
}

/// `GET /desk/connectors/{id}/intakes`, with `?look=1` for those that need a look and `?intake=int_...` for one opened.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/intakes.html")]
pub struct Intakes {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub connector: Connector,
    pub rows: Vec<IntakeRow>,
    /// The code of the only verdict that is listed.
    pub only: Option<&'static str>,
    /// The verdicts it can be narrowed to: each with its code and how many there are.
    pub choices: Vec<(&'static str, Verdict, i64)>,
    /// The address of the older ones.
    pub older: Option<String>,
    pub open: Option<IntakeDetail>,
}

impl Intakes {
    fn href(&self, row: &IntakeRow) -> String {
        let only = self.only.map(|only| format!("verdict={only}&")).unwrap_or_default();
        format!("/desk/connectors/{}/intakes?{only}intake={}", self.connector.id, row.id)
    }

    fn is_only(&self, code: &str) -> bool {
        self.only == Some(code)
    }
}
