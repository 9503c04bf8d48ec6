//! The inbox: the list of threads of a view, and the page that shows it with the thread that is open.

use askama::Template;

use super::{
    Badge, Person, Tag, Tally,
    context::Context,
    conversation::Conversation,
    frame::{Frame, Here},
};
use crate::i18n::Words;

/// One thread in the list. Its element id is `row-` and the thread's id.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_thread_row.html")]
pub struct ThreadRow {
    pub t: Words,
    /// The thread's public id.
    pub id: String,
    /// Its address, with the query of the list.
    pub href: String,
    /// The shopper's name, or the order's number where nobody is known.
    pub name: String,
    /// Needs a reply: bold, with a dot.
    pub unread: bool,
    /// The one that is open.
    pub current: bool,
    /// The address of the picture of what was bought.
    pub picture: Option<String>,
    /// The last words, cut to a line by the page.
    pub last: String,
    /// The language of `last` where it is known.
    pub lang: Option<String>,
    /// When, short: `10:31`.
    pub when: String,
    /// When, for machines.
    pub when_iso: String,
    /// What it is about, see [`super::cases::badge`].
    pub badge: Option<Badge>,
    /// Since when the shopper waits, as a span: `12 min`.
    pub waiting: Option<String>,
    pub assignee: Option<Person>,
    pub labels: Vec<Tag>,
}

/// The threads of a view. Live under the id `threads`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_thread_list.html")]
pub struct ThreadList {
    pub t: Words,
    pub here: Here,
    pub rows: Vec<ThreadRow>,
    /// How many there are in all.
    pub count: Tally,
    /// The address of the next page of rows.
    pub more: Option<String>,
    /// Whether any order system is connected; if not, the list says how to begin.
    pub connected: bool,
    /// The one label whose threads are shown.
    pub label: Option<Tag>,
}

impl ThreadList {
    fn nothing(&self) -> (String, String) {
        self.here.view.nothing(&self.t)
    }
}

/// A thread with all that stands beside it.
#[derive(Debug, Clone)]
pub struct OpenThread {
    pub conversation: Conversation,
    pub context: Context,
}

/// `GET /desk` and `GET /desk/threads/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/inbox.html")]
pub struct Inbox {
    pub t: Words,
    /// The address of the style sheet.
    pub css: &'static str,
    /// The drawings, inlined once.
    pub icons: &'static str,
    pub frame: Frame,
    pub list: ThreadList,
    pub open: Option<OpenThread>,
}

impl Inbox {
    /// Where the page listens for what is new.
    fn live(&self) -> String {
        let query = self.list.here.query();
        match &self.open {
            Some(open) => format!("/desk/live{query}&thread={}", open.conversation.thread),
            None => format!("/desk/live{query}"),
        }
    }

    fn upto(&self) -> i64 {
        self.open.as_ref().map_or(0, |open| open.conversation.upto)
    }
}
