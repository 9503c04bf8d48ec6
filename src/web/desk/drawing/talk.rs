//! The conversation: its heading, what was said and done, the box to answer in.

use chrono::{DateTime, Utc};

use super::{Desk, Mend};
use crate::{
    domain::{
        agents::Role,
        cases::{CaseKind, CaseState, Track},
        events::{ActorKind, Change, Event},
        threads::{
            ThreadState,
            marks::Mark,
            messages::{self, Block},
        },
    },
    i18n::{Words, key},
    ids::CaseId,
    web::desk::{
        reading::Opened,
        view::{
            Person,
            cases::{Kind, TrackName},
            context::Context,
            conversation::{
                Composer, Conversation, Day, Entry, EventLine, Head, Message, Meta, Note, Sent, State, Strip,
            },
            events,
        },
    },
    web::media::Attach,
};

impl Desk<'_> {
    pub(super) fn conversation(&self, opened: &Opened, context: &Context, mend: Mend) -> Conversation {
        let id = opened.thread.id.to_string();
        Conversation {
            upto: opened.thread.last_seq,
            marks: opened.marks.of_shop.told().to_string(),
            head: self.head(opened, context),
            entries: self.entries(opened),
            older: opened.more.then(|| format!("{}&earlier=1", self.here.thread(&id))),
            composer: self.composer(opened, mend),
            thread: id,
        }
    }

    /// The heading of a conversation.
    pub(in crate::web::desk) fn head(&self, opened: &Opened, context: &Context) -> Head {
        let thread = &opened.thread;
        let named = opened.shopper.is_some();
        let order = opened.order.as_ref().map(|detail| &detail.order);
        let words = self.words_of(&opened.shop);
        Head {
            t: self.t,
            here: self.here.clone(),
            thread: thread.id.to_string(),
            name: self.name(opened.shopper.as_ref(), order),
            order: order.filter(|_| named).map(|order| order.bare_number().to_owned()),
            shop: (self.round.shops.len() > 1).then(|| opened.shop.name.clone()),
            state: State::of(thread.state.as_str()),
            left: self.left(thread),
            snoozed: self.sleeps_until(thread),
            pauses: super::narrowing::pauses(&words, opened.shop.zone()),
            pause_at: super::narrowing::pause_at(&words, opened.shop.zone()),
            assignee: thread.assigned_to.map(|id| Person::new(id, opened.names.get(&id).map_or("", String::as_str))),
            away: self.away(),
            team: self.team(),
            me: self.agent.id.to_string(),
            mail: context.mail.as_ref().and_then(|mail| mail.refused.clone()),
            labels: super::tags(Some(&opened.labels)),
            all_labels: super::tags(Some(&self.round.labels)),
            manages: self.agent.role != Role::Agent,
            viewers: Vec::new(),
            strip: context.decisions.iter().find(|decision| decision.offered.is_none()).map(Strip::from),
        }
    }

    fn composer(&self, opened: &Opened, mend: Mend) -> Composer {
        let thread = &opened.thread;
        let now = self.t.now();
        let name = Words::new(thread.lang(), chrono_tz::UTC, now).get(key("language-name"));
        let files = self.files(thread.id);
        let kept = opened.waiting.iter().filter(|file| mend.files.contains(&file.id)).map(|f| files.shot(&self.t, f));
        let undecided = opened.cases.iter().any(|asked| CaseState::TO_DECIDE.contains(&asked.case.state));
        Composer {
            attach: Attach::new(self.t, "composer", &format!("/desk/threads/{}", thread.id), kept.collect()),
            t: self.t,
            here: self.here.clone(),
            thread: thread.id.to_string(),
            client_id: mend.client_id.unwrap_or_else(|| messages::ClientId::fresh().as_str().to_owned()),
            text: mend.text,
            note: mend.note,
            language: Some((thread.lang().code().to_owned(), name)),
            error: mend.text_error,
            upto: thread.last_seq,
            crossed: mend.crossed,
            resolvable: thread.state != ThreadState::Resolved && !undecided,
        }
    }

    /// What was said and done, by seq, under the days it happened on.
    pub(in crate::web::desk) fn entries(&self, opened: &Opened) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(opened.events.len() + 8);
        let mut day = String::new();
        for event in &opened.events {
            let Some(entry) = self.entry(opened, event) else { continue };
            let at = event.happened_at.utc();
            let its_day = self.t.day_key(&at);
            if its_day != day {
                let label = self.t.day(&at);
                entries.push(Entry::Day(Day { id: format!("day-{its_day}"), seq: event.seq, label }));
                day = its_day;
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&self, opened: &Opened, event: &Event) -> Option<Entry> {
        match &event.change.0 {
            Change::MessagePosted { message } | Change::NoteAdded { message } => {
                let said = opened.messages.iter().find(|said| said.id == *message)?;
                Some(self.said(opened, said))
            }
            change => {
                let at = event.happened_at.utc();
                let actor = self.actor(opened, event.actor, event.actor_id);
                // Somebody without a row is not a person with a first name.
                let who = if actor.id.is_empty() { actor.name } else { actor.first().to_owned() };
                let name = match change {
                    Change::ThreadAssigned { to: Some(to) } if event.actor_id == Some(*to) => events::TAKEN,
                    other => other.name(),
                };
                let (icon, text) = events::line(&self.t, name, &who, &self.detail(opened, change))?;
                let (id, seq) = (format!("event-{}", event.seq), event.seq);
                Some(Entry::Event(EventLine { id, seq, icon, text, time: self.t.time(&at), time_iso: self.t.iso(&at) }))
            }
        }
    }

    fn said(&self, opened: &Opened, said: &messages::Message) -> Entry {
        let author = self.actor(opened, said.author, said.author_id);
        let (id, seq, text) = (said.id.to_string(), said.seq, said.text());
        let media = self.files(opened.thread.id).of(&self.t, said);
        let mine = said.author_id == Some(self.agent.id);
        let client_id = mine.then(|| said.client_id.clone());
        if said.note {
            let (text, (time, time_iso)) = (pieces(said), self.clock(&said.created_at.utc()));
            return Entry::Note(Note { t: self.t, id, seq, client_id, author, text, media, time, time_iso });
        }
        let own = said.author != ActorKind::Shopper;
        Entry::Message(Message {
            t: self.t,
            id,
            seq,
            client_id,
            own,
            text,
            media,
            lang: (!own).then(|| opened.thread.lang().code().to_owned()),
            meta: self.meta_of(opened, said, &author, &opened.messages),
            author,
        })
    }

    /// How far a message of ours got, among others that were said; nothing for what the shopper said, and for notes.
    pub(in crate::web::desk) fn meta(
        &self,
        opened: &Opened,
        said: &messages::Message,
        among: &[messages::Message],
    ) -> Option<Meta> {
        let ours = is_ours(said);
        ours.then(|| self.meta_of(opened, said, &self.actor(opened, said.author, said.author_id), among))
    }

    fn meta_of(&self, opened: &Opened, said: &messages::Message, author: &Person, among: &[messages::Message]) -> Meta {
        let (time, time_iso) = self.clock(&said.created_at.utc());
        let marks = &opened.marks.of_shop;
        let sent = match marks.of(said.seq) {
            Mark::Stored => Sent::Stored,
            Mark::Delivered => Sent::Delivered,
            Mark::Seen => {
                let later =
                    |other: &messages::Message| is_ours(other) && other.seq > said.seq && other.seq <= marks.seen;
                let at = marks.seen_at.filter(|_| !among.iter().any(later));
                at.map_or(Sent::Read, |at| Sent::ReadAt(self.t.time(&at.utc())))
            }
        };
        let automatic = matches!(said.author, ActorKind::App | ActorKind::System);
        Meta {
            t: self.t,
            id: format!("meta-{}", said.id),
            by: (is_ours(said) && !automatic).then(|| author.first().to_owned()),
            time,
            time_iso,
            sent: is_ours(said).then_some(sent),
            automatic,
        }
    }

    fn clock(&self, at: &DateTime<Utc>) -> (String, String) {
        (self.t.time(at), self.t.iso(at))
    }

    fn actor(&self, opened: &Opened, kind: ActorKind, id: Option<crate::ids::AgentId>) -> Person {
        match (kind, id) {
            (ActorKind::Agent, Some(id)) => Person::new(id, opened.names.get(&id).map_or("", String::as_str)),
            (ActorKind::Shopper, _) => self.shopper(opened),
            (ActorKind::System, _) => Person::new("", &self.t.get("desk-system")),
            (ActorKind::App | ActorKind::Agent, _) => Person::new("", &self.t.get("desk-app")),
        }
    }

    pub(in crate::web::desk) fn shopper(&self, opened: &Opened) -> Person {
        let named = opened.shopper.as_ref().and_then(|shopper| shopper.name.clone().or_else(|| shopper.email.clone()));
        let id = opened.shopper.as_ref().map_or_else(String::new, |shopper| shopper.id.to_string());
        Person::new(id, &named.unwrap_or_else(|| self.t.get("desk-shopper")))
    }

    /// What the sentence of a change is about.
    fn detail(&self, opened: &Opened, change: &Change) -> String {
        match change {
            Change::ThreadAssigned { to } => to.and_then(|id| opened.names.get(&id).cloned()).unwrap_or_default(),
            Change::ThreadSnoozed { until } => self.moment(until),
            Change::ThreadLabelled { label } | Change::ThreadUnlabelled { label } => {
                let known = self.round.labels.iter().find(|own| own.id == *label);
                known.map_or_else(|| self.t.get("labels-gone"), |label| label.name.clone())
            }
            Change::ShipmentMoved { status, .. } => self.t.get(super::beside::parcel_words(*status)),
            Change::CaseMoved { track, .. } => track_name(*track).label(&self.t),
            other => other.case().map(|case| self.swap_line(opened, case)).unwrap_or_default(),
        }
    }

    /// `écru, M → storm blue, M`; what was asked for in a word where the pieces are not known.
    fn swap_line(&self, opened: &Opened, id: CaseId) -> String {
        let Some(asked) = opened.cases.iter().find(|asked| asked.case.id == id) else { return String::new() };
        let lines = opened.order.iter().flat_map(|order| &order.lines);
        let from = lines.into_iter().find(|line| line.line.id == asked.case.line_id).map(|line| line.options_line());
        match from {
            Some(from) if !from.is_empty() && asked.case.kind == CaseKind::Exchange => {
                self.t.two("desk-swap-line", "from", from, "to", asked.to.options_line())
            }
            _ => Kind::of(asked.case.kind.as_str()).label(&self.t),
        }
    }
}

/// Whether it was said to the shopper from our side.
fn is_ours(said: &messages::Message) -> bool {
    said.author != ActorKind::Shopper && !said.note
}

/// What a note says, with those it calls marked.
fn pieces(note: &messages::Message) -> Vec<(String, bool)> {
    let piece = |block: &Block| match block {
        Block::Text { text } => Some((text.clone(), false)),
        Block::Mention { text, .. } => Some((text.clone(), true)),
        Block::Record { .. } | Block::Media { .. } => None,
    };
    let said = note.blocks.0.iter().filter(|block| !matches!(block, Block::Media { .. }));
    let pieces: Option<Vec<_>> = said.map(piece).collect();
    // What is not known here is shown by its plain text.
    pieces.unwrap_or_else(|| vec![(note.alt.clone(), false)])
}

pub(super) fn track_name(track: Track) -> TrackName {
    match track {
        Track::GoodsBack => TrackName::GoodsBack,
        Track::GoodsOut => TrackName::GoodsOut,
        Track::Money => TrackName::Money,
    }
}
