//! Who else is at an open thread: colleagues who have it open, and whoever is writing in it. Nothing of it is stored. Each
//! page says with every beat that it is here, and that it is gone when its socket ends; one that says nothing any more is
//! forgotten. So it holds over several nodes, and over one that died.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use askama::Template;

use super::{
    drawing::Desk as Drawing,
    reading::Opened,
    view::{
        Person,
        conversation::{Presence, Typing, Writes},
    },
};
use crate::{
    app::App,
    bus::{Nudge, Sign, Viewer, Writer},
    error::{Error, Result},
    i18n::Words,
    ids::{AgentId, MerchantId, ThreadId},
    secrets,
    web::live::{BEAT, Heard, Part, Typed},
};

/// A page that says nothing for this long is gone.
const FORGOTTEN: Duration = BEAT.saturating_mul(2).saturating_add(Duration::from_secs(10));
/// The least time between two signs that somebody writes.
const SIGNS: Duration = Duration::from_secs(2);
/// Pages of colleagues that are kept in mind.
const MOST: usize = 100;

/// The company at one page's thread.
pub(super) struct Company {
    app: Arc<App>,
    merchant: MerchantId,
    thread: ThreadId,
    me: AgentId,
    /// The query of the list it was opened from.
    query: String,
    /// This page.
    page: u64,
    pages: RefCell<HashMap<(AgentId, u64), Instant>>,
    /// Who was shown last.
    shown: RefCell<Vec<AgentId>>,
    team: RefCell<HashMap<AgentId, String>>,
    shopper: RefCell<Person>,
    wrote: Cell<Option<Instant>>,
}

impl Company {
    pub(super) fn new(app: &Arc<App>, merchant: MerchantId, thread: ThreadId, me: AgentId, query: String) -> Self {
        Self {
            app: Arc::clone(app),
            merchant,
            thread,
            me,
            query,
            page: u64::from_be_bytes(secrets::random()),
            pages: RefCell::default(),
            shown: RefCell::default(),
            team: RefCell::default(),
            shopper: RefCell::default(),
            wrote: Cell::default(),
        }
    }

    /// Who they may be, as they were read last.
    pub(super) fn know(&self, drawing: &Drawing<'_>, opened: &Opened) {
        let named = drawing.round.team.iter().map(|agent| (agent.id, agent.name.clone()));
        *self.team.borrow_mut() = named.collect();
        *self.shopper.borrow_mut() = drawing.shopper(opened);
    }

    /// The colleagues who have the thread open, as they are shown.
    pub(super) fn viewers(&self) -> Vec<Person> {
        self.shown.borrow().iter().filter_map(|agent| self.person(*agent)).collect()
    }

    fn person(&self, agent: AgentId) -> Option<Person> {
        self.team.borrow().get(&agent).map(|name| Person::new(agent, name))
    }

    /// What signs look like here.
    pub(super) fn signs(&self, t: Words, nudges: &[Nudge]) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        for nudge in nudges {
            match nudge {
                Nudge::Viewing(_, _, viewer) => self.hear(*viewer),
                Nudge::Writing(_, _, writer) => parts.extend(self.writing(t, *writer)?),
                _ => {}
            }
        }
        parts.extend(self.present(t)?);
        Ok(parts)
    }

    fn hear(&self, viewer: Viewer) {
        let key = (viewer.agent, viewer.page);
        if viewer.page == self.page {
            return;
        }
        let mut pages = self.pages.borrow_mut();
        match viewer.sign {
            Sign::Gone => drop(pages.remove(&key)),
            Sign::Opened | Sign::Here if pages.len() < MOST || pages.contains_key(&key) => {
                pages.insert(key, Instant::now());
            }
            Sign::Opened | Sign::Here => {}
        }
        if viewer.sign == Sign::Opened {
            self.say(Sign::Here);
        }
    }

    /// Who has the thread open, when that is not as it was.
    fn present(&self, t: Words) -> Result<Option<Part>> {
        let mut pages = self.pages.borrow_mut();
        pages.retain(|_, heard| heard.elapsed() < FORGOTTEN);
        let mut there: Vec<AgentId> = pages.keys().map(|(agent, _)| *agent).filter(|agent| *agent != self.me).collect();
        there.sort_unstable();
        there.dedup();
        if self.shown.replace(there.clone()) == there {
            return Ok(None);
        }
        let html = Presence { t, viewers: self.viewers() }.render().map_err(Error::internal)?;
        Ok(Some(Part { target: "presence".into(), id: "presence".to_owned(), html }))
    }

    fn writing(&self, t: Words, writer: Writer) -> Result<Option<Part>> {
        let (who, what) = match writer {
            Writer::Shopper => (Some(self.shopper.borrow().clone()), Writes::Shopper),
            Writer::Agent { agent, .. } if agent == self.me => return Ok(None),
            Writer::Agent { agent, note: true } => (self.person(agent), Writes::Note),
            Writer::Agent { agent, note: false } => (self.person(agent), Writes::Reply),
        };
        let Some(who) = who else { return Ok(None) };
        let id = format!("typing-{}", who.id);
        let answers = matches!(what, Writes::Reply);
        let assignment = answers.then(|| format!("/desk/threads/{}/assignment{}", self.thread, self.query));
        let html = Typing { t, id: id.clone(), who, what, assignment }.render().map_err(Error::internal)?;
        Ok(Some(Part { target: "typing".into(), id, html }))
    }

    /// Tells the others what this page lets us know.
    pub(super) fn heed(&self, heard: Heard) {
        match heard {
            Heard::Opened => self.say(Sign::Opened),
            Heard::Open => self.say(Sign::Here),
            Heard::Gone => self.say(Sign::Gone),
            Heard::Typing(typed) => self.writes(typed),
            Heard::Brought | Heard::Seen(_) => {}
        }
    }

    fn say(&self, sign: Sign) {
        let viewer = Viewer { agent: self.me, page: self.page, sign };
        self.app.bus.send(Nudge::Viewing(self.merchant, self.thread, viewer));
    }

    fn writes(&self, typed: Typed) {
        if self.wrote.get().is_some_and(|at| at.elapsed() < SIGNS) {
            return;
        }
        self.wrote.set(Some(Instant::now()));
        let writer = Writer::Agent { agent: self.me, note: typed == Typed::Note };
        self.app.bus.send(Nudge::Writing(self.merchant, self.thread, writer));
    }
}
