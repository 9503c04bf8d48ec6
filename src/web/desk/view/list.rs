//! The inbox: the list of threads of a view, and the page that shows it with the thread that is open.

use askama::Template;

use super::{
    Badge, Person, Tag, Tally,
    context::Context,
    conversation::Conversation,
    filters::{Bulk, Filters, Sla},
    frame::{Frame, Here, View},
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
    /// How much time is left for an answer.
    pub left: Option<Sla>,
    /// Until when it sleeps, as a moment in words.
    pub snoozed: Option<String>,
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
    /// How many rows were asked for, when more than usual.
    pub limit: Option<i64>,
    /// The address of the next page of rows.
    pub more: Option<String>,
    /// Whether any order system is connected; if not, the list says how to begin.
    pub connected: bool,
    /// The one label whose threads are shown.
    pub label: Option<Tag>,
}

impl ThreadList {
    /// What to say where nothing is left; where something narrows the list, that is why.
    fn nothing(&self) -> (String, String) {
        if self.here.is_narrowed() {
            return (self.t.get("desk-empty-filtered"), self.t.get("desk-empty-filtered-text"));
        }
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
    pub filters: Filters,
    pub bulk: Bulk,
    pub list: ThreadList,
    pub open: Option<OpenThread>,
    /// What can be put into the reply box with one tap, on a phone.
    pub replies: Vec<CannedChip>,
}

/// A canned reply above the reply box.
#[derive(Debug, Clone)]
pub struct CannedChip {
    /// The public id.
    pub id: String,
    pub shortcut: String,
    pub title: String,
}

impl Inbox {
    /// Whether the list is the one that says, once it is empty, that nobody waits.
    fn clears(&self) -> bool {
        self.list.here.view == View::NeedsReply && !self.list.here.is_narrowed()
    }

    /// Where the page listens for what is new.
    fn live(&self) -> String {
        let query = self.list.here.query();
        let rows = self.list.limit.map(|rows| format!("&rows={rows}")).unwrap_or_default();
        match &self.open {
            Some(open) => format!("/desk/live{query}{rows}&thread={}", open.conversation.thread),
            None => format!("/desk/live{query}{rows}"),
        }
    }

    /// Which marks the open thread shows.
    fn marks(&self) -> &str {
        self.open.as_ref().map_or("", |open| open.conversation.marks.as_str())
    }

    fn upto(&self) -> i64 {
        self.open.as_ref().map_or(0, |open| open.conversation.upto)
    }
}
