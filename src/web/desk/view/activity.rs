//! The audit log as owners and admins read it.

use askama::Template;

use super::frame::Frame;
use crate::i18n::Words;

/// One entry.
#[derive(Debug, Clone)]
pub struct Row {
    pub when: String,
    pub iso: String,
    pub who: String,
    pub what: String,
    /// To what, and how.
    pub about: String,
    /// Somebody was turned away.
    pub warns: bool,
}

/// Something to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// `/desk/settings/activity`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/settings/activity.html")]
pub struct Activity {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub rows: Vec<Row>,
    pub areas: Vec<Choice>,
    pub people: Vec<Choice>,
    /// The address of the same, further back.
    pub older: Option<String>,
    /// What the list is narrowed to, by name and value.
    pub narrowed: Vec<(&'static str, String)>,
    /// What checking it found: that it is whole, or where it is broken.
    pub verdict: Option<(bool, String)>,
}
