//! The team as its owners and admins see it.

use askama::Template;

use super::{Person, frame::Frame};
use crate::i18n::Words;

/// Somebody of the team.
#[derive(Debug, Clone)]
pub struct Member {
    pub person: Person,
    pub email: String,
    pub role: &'static str,
    pub role_name: String,
    pub me: bool,
    /// The reader may change them.
    pub managed: bool,
    pub active: bool,
    /// At the desk now.
    pub there: bool,
    /// Away, until when.
    pub away: Option<String>,
    pub seen: String,
    /// Signs in with a second factor.
    pub second: bool,
    /// Threads of theirs that wait for us, and their share of the most anybody has, in percent.
    pub open: i64,
    pub load: i64,
}

impl Member {
    fn presence(&self) -> &'static str {
        if self.there && self.away.is_none() { "on" } else { "away" }
    }
}

/// Somebody who was asked and has not joined.
#[derive(Debug, Clone)]
pub struct Invited {
    pub id: String,
    pub email: String,
    pub sent: String,
    pub role_name: String,
    pub managed: bool,
    /// Its link still works.
    pub open: bool,
}

/// A role that the reader may give.
#[derive(Debug, Clone)]
pub struct RoleChoice {
    pub word: &'static str,
    pub name: String,
    pub text: String,
}

/// `/desk/settings/people`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/people.html")]
pub struct People {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub lead: String,
    pub people: Vec<Member>,
    pub invited: Vec<Invited>,
    pub roles: Vec<RoleChoice>,
    /// What was typed into the invitation.
    pub email: String,
    pub role: String,
    pub problem: Option<String>,
}
