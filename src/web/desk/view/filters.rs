//! What narrows a list: chips that are links, and a form for the rest. Both lead to an address that says it all.

use super::Person;

/// One thing the list is narrowed by, or that takes it away again.
#[derive(Debug, Clone)]
pub struct Chip {
    pub label: String,
    /// The symbol's name without its `i-`; may be empty.
    pub icon: &'static str,
    pub href: String,
    pub on: bool,
}

/// A value of a select, and how it reads.
pub type Choice = (String, String);

/// The chips above a list and the form behind its button.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    pub chips: Vec<Chip>,
    pub shops: Vec<Choice>,
    pub team: Vec<Person>,
    pub kinds: Vec<Choice>,
    pub languages: Vec<Choice>,
    /// The address with nothing that narrows.
    pub clear: String,
}

/// Whether a value is the chosen one.
pub fn is(chosen: &Option<String>, value: &str) -> bool {
    chosen.as_deref() == Some(value)
}

/// What can be done with several threads at once.
#[derive(Debug, Clone, Default)]
pub struct Bulk {
    pub team: Vec<Person>,
    /// The ids of those who are away.
    pub away: Vec<String>,
    pub pauses: Vec<PauseChoice>,
}

/// A moment to sleep until.
#[derive(Debug, Clone)]
pub struct PauseChoice {
    /// What the form sends.
    pub value: &'static str,
    pub label: String,
    /// The moment it means, in words.
    pub when: String,
}

/// How much time is left for an answer.
#[derive(Debug, Clone)]
pub struct Sla {
    /// The class behind `sla--`, or nothing.
    pub tone: &'static str,
    /// `12 min`, `4 min late`.
    pub short: String,
    /// The same as a whole phrase: `12 min left`.
    pub long: String,
    /// Of 100, for the ring.
    pub percent: u8,
}
