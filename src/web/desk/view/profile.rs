//! An agent's own profile.

use askama::Template;

use super::{
    door::Language,
    frame::Frame,
    joining::{Problems, problem},
};
use crate::i18n::Words;

/// Whether the agent is away.
#[derive(Debug, Clone)]
pub struct Away {
    pub on: bool,
    /// Until when, in words.
    pub says: Option<String>,
    /// What was typed.
    pub until: String,
    /// The first day one can be back on, `2026-11-29`.
    pub tomorrow: String,
}

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// What names it among the agent's own.
    pub name: String,
    pub browser: String,
    /// The beginning of its address.
    pub place: String,
    pub since: String,
    pub seen: String,
    /// The one that reads this.
    pub current: bool,
}

/// `/desk/settings/profile`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/profile.html")]
pub struct Profile {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub name: String,
    pub email: String,
    pub languages: Vec<Language>,
    pub away: Away,
    /// What was typed as the new address.
    pub new_email: String,
    /// The address whose code is still to be entered.
    pub pending: Option<String>,
    /// Recovery codes left, where a second factor is on.
    pub second: Option<i64>,
    pub sessions: Vec<SessionRow>,
    /// Which form has something to mend.
    pub form: &'static str,
    pub problems: Problems,
}

impl Profile {
    /// What to mend in a field of a form.
    fn wrong(&self, form: &str, field: &str) -> Option<&str> {
        if self.form == form { problem(&self.problems, field) } else { None }
    }

    /// Whether a form that is folded away is open.
    fn open(&self, form: &str) -> bool {
        self.form == form
    }
}
