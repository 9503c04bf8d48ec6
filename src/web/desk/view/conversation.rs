//! The conversation as agents see it: its heading, what was said and what happened, and the box to answer in.

use askama::Template;

use super::{
    Person, Tag,
    cases::Decision,
    filters::{PauseChoice, Sla},
    frame::Here,
};
use crate::{
    i18n::{Words, key},
    web::media::{Attach, Media},
};

/// What a thread waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    WaitingShopper,
    WaitingExternal,
    Snoozed,
    Resolved,
    Spam,
}

impl State {
    /// From the code the domain keeps; what is not known counts as open.
    pub fn of(code: &str) -> Self {
        match code {
            "waiting_shopper" => Self::WaitingShopper,
            "waiting_external" => Self::WaitingExternal,
            "snoozed" => Self::Snoozed,
            "resolved" => Self::Resolved,
            "spam" => Self::Spam,
            _ => Self::Open,
        }
    }

    pub(in crate::web::desk) fn label(self, t: &Words) -> String {
        t.get(match self {
            Self::Open => key("desk-state-open"),
            Self::WaitingShopper => key("desk-state-waiting-shopper"),
            Self::WaitingExternal => key("desk-state-waiting-external"),
            Self::Snoozed => key("desk-state-snoozed"),
            Self::Resolved => key("desk-state-resolved"),
            Self::Spam => key("desk-state-spam"),
        })
    }

    pub(super) fn is_spam(self) -> bool {
        self == Self::Spam
    }

    fn is_closed(self) -> bool {
        matches!(self, Self::Resolved | Self::Spam)
    }
}

/// The heading of a conversation. Live under the id `conversation-head`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_head.html")]
pub struct Head {
    pub t: Words,
    pub here: Here,
    /// The thread's public id.
    pub thread: String,
    /// The shopper's name, or what stands for it.
    pub name: String,
    /// The order's number as people say it.
    pub order: Option<String>,
    /// The shop's name, where the merchant has several.
    pub shop: Option<String>,
    pub state: State,
    /// How much time is left for an answer.
    pub left: Option<Sla>,
    /// Until when it sleeps, as a moment in words.
    pub snoozed: Option<String>,
    /// Moments to let it sleep until.
    pub pauses: Vec<PauseChoice>,
    /// A day and time to begin with, as the field takes it.
    pub pause_at: String,
    pub assignee: Option<Person>,
    /// Who it can be given to; the signed-in agent first.
    pub team: Vec<Person>,
    /// The ids of those who are away.
    pub away: Vec<String>,
    /// The id of the signed-in agent.
    pub me: String,
    /// Why the shopper's address refuses e-mails, in a sentence.
    pub mail: Option<String>,
    /// What the thread carries, by name.
    pub labels: Vec<Tag>,
    /// Every label there is.
    pub all_labels: Vec<Tag>,
    /// Whether the reader may make labels.
    pub manages: bool,
    /// Colleagues who have it open too.
    pub viewers: Vec<Person>,
    /// The first case to decide, shown as a strip where the context is out of sight.
    pub strip: Option<Strip>,
}

/// A case to decide, in one line.
#[derive(Debug, Clone)]
pub struct Strip {
    pub title: String,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Who pays what.
    pub money: Option<String>,
}

impl From<&Decision> for Strip {
    fn from(case: &Decision) -> Self {
        Self {
            title: case.title(),
            from: case.from.as_ref().and_then(|garment| garment.picture.clone()),
            to: case.to.as_ref().and_then(|garment| garment.picture.clone()),
            money: case.money.as_ref().map(|(what, amount)| format!("{what} {amount}")),
        }
    }
}

impl Head {
    fn mine(&self) -> bool {
        self.assignee.as_ref().is_some_and(|agent| agent.id == self.me)
    }

    fn carries(&self, tag: &Tag) -> bool {
        self.labels.iter().any(|own| own.id == tag.id)
    }

    fn is_assignee(&self, agent: &Person) -> bool {
        self.assignee.as_ref().is_some_and(|assignee| assignee.id == agent.id)
    }

    fn is_away(&self, agent: &Person) -> bool {
        self.away.contains(&agent.id)
    }
}

/// Colleagues who have the thread open too. Live under the id `presence`, inside the heading.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_presence.html")]
pub struct Presence {
    pub t: Words,
    pub viewers: Vec<Person>,
}

impl Head {
    fn presence(&self) -> Presence {
        Presence { t: self.t, viewers: self.viewers.clone() }
    }
}

impl Presence {
    /// `Théo and Mia have this thread open`
    fn sentence(&self) -> String {
        let names: Vec<&str> = self.viewers.iter().map(Person::first).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => self.t.one("desk-viewing-one", "name", one),
            [one, other] => self.t.two("desk-viewing-two", "name", one, "other", other),
            [one, rest @ ..] => self.t.count_one("desk-viewing-many", rest.len(), "name", one),
        }
    }
}

/// What somebody is writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    Shopper,
    Reply,
    Note,
}

/// Somebody is writing. Shown for a while over the box to answer in.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_typing.html")]
pub struct Typing {
    pub t: Words,
    /// The element id, `typing-` and the person's.
    pub id: String,
    pub who: Person,
    pub what: Writes,
    /// Where the thread is handed over to whoever answers in it.
    pub assignment: Option<String>,
}

impl Typing {
    fn sentence(&self) -> String {
        let sentence = match self.what {
            Writes::Shopper => key("desk-typing"),
            Writes::Reply => key("desk-typing-reply"),
            Writes::Note => key("desk-typing-note"),
        };
        self.t.one(sentence, "name", self.who.first())
    }
}

/// How far a message of ours got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    Stored,
    Delivered,
    Read,
    /// The last one that was read: at this time.
    ReadAt(String),
}

impl Sent {
    fn label(&self, t: &Words) -> String {
        match self {
            Self::Stored => t.get("desk-sent-stored"),
            Self::Delivered => t.get("desk-sent-delivered"),
            Self::Read => t.get("desk-sent-read"),
            Self::ReadAt(time) => t.one("desk-sent-read-at", "time", time),
        }
    }

    fn icon(&self) -> &'static str {
        if *self == Self::Stored { "check" } else { "checks" }
    }
}

/// Who said something and when, and how far it got. It is brought again alone when it gets further.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_meta.html")]
pub struct Meta {
    pub t: Words,
    /// The element id, `meta-` and the message's.
    pub id: String,
    /// Who said it for us, by the first name.
    pub by: Option<String>,
    /// The time of day.
    pub time: String,
    pub time_iso: String,
    /// Only for our own.
    pub sent: Option<Sent>,
    /// Written by the system, not by a person.
    pub automatic: bool,
}

/// What a shopper, an agent or an app said. The element id is `id`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_message.html")]
pub struct Message {
    pub t: Words,
    /// The message's public id.
    pub id: String,
    /// Its place in the thread.
    pub seq: i64,
    /// What the browser called it before it was stored, so that a page that shows it already settles it.
    pub client_id: Option<String>,
    /// From our side.
    pub own: bool,
    pub author: Person,
    /// Empty where there are only files.
    pub text: String,
    pub media: Vec<Media>,
    /// The language of `text` where it is known.
    pub lang: Option<String>,
    pub meta: Meta,
}

/// A message that shoppers never see.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_note.html")]
pub struct Note {
    pub t: Words,
    /// The message's public id.
    pub id: String,
    /// Its place in the thread.
    pub seq: i64,
    pub client_id: Option<String>,
    pub author: Person,
    /// Empty where there are only files. What it says, in pieces; those that call somebody are marked.
    pub text: Vec<(String, bool)>,
    pub media: Vec<Media>,
    pub time: String,
    pub time_iso: String,
}

/// Something that happened, in one line.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_event.html")]
pub struct EventLine {
    /// The element id, `event-` and the seq.
    pub id: String,
    /// Its place in the thread.
    pub seq: i64,
    pub icon: &'static str,
    pub text: String,
    pub time: String,
    pub time_iso: String,
}

/// A day begins.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_day.html")]
pub struct Day {
    /// The element id, `day-` and the calendar day in the reader's zone, so that a live part is not put in twice.
    pub id: String,
    /// The seq of the first thing of that day, or less.
    pub seq: i64,
    pub label: String,
}

/// One thing in the conversation, in the order of their seq.
#[derive(Debug, Clone)]
pub enum Entry {
    Day(Day),
    Message(Message),
    Note(Note),
    Event(EventLine),
}

impl Entry {
    /// The id of its element.
    pub fn id(&self) -> &str {
        match self {
            Self::Day(day) => &day.id,
            Self::Message(message) => &message.id,
            Self::Note(note) => &note.id,
            Self::Event(event) => &event.id,
        }
    }

    /// Drawn as the page draws it: what a live frame carries.
    ///
    /// # Errors
    /// Never in practice: writing to memory.
    pub fn html(&self) -> askama::Result<String> {
        match self {
            Self::Day(day) => day.render(),
            Self::Message(message) => message.render(),
            Self::Note(note) => note.render(),
            Self::Event(event) => event.render(),
        }
    }
}

/// The box to answer in.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_composer.html")]
pub struct Composer {
    pub t: Words,
    pub here: Here,
    pub thread: String,
    /// What files are chosen with.
    pub attach: Attach,
    /// Made by the server for this page, so that a double tap posts once.
    pub client_id: String,
    /// What was written before, when a post came back with something to mend.
    pub text: String,
    /// Whether the box stands on the internal note.
    pub note: bool,
    /// The shopper's language: code and name (`fr`, `French`).
    pub language: Option<(String, String)>,
    /// Why the post came back.
    pub error: Option<String>,
    /// The seq that the reader has before their eyes.
    pub upto: i64,
    /// A colleague answered meanwhile.
    pub crossed: Option<Crossed>,
    /// Whether the thread can be resolved with the reply.
    pub resolvable: bool,
}

/// An answer that was not sent, since a colleague's came first.
#[derive(Debug, Clone)]
pub struct Crossed {
    pub who: Person,
    /// Whether the thread was to be resolved with it.
    pub resolve: bool,
}

/// A thread, without what stands beside it.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// The thread's public id.
    pub thread: String,
    /// The last seq that `entries` show.
    pub upto: i64,
    /// Which marks they show.
    pub marks: String,
    pub head: Head,
    pub entries: Vec<Entry>,
    /// The address of what was said before `entries`.
    pub older: Option<String>,
    pub composer: Composer,
}
