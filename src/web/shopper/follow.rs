//! The socket of a shopper's page: what is new in the thread, how far their own messages got, and that somebody of the
//! shop is writing.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::{Duration, Instant},
};

use actix_web::{HttpRequest, HttpResponse, rt, web};
use serde::Deserialize;

use super::{
    arrival, case,
    counter::{Counter, first_name, hue, initials},
    log, order,
    seen::{self, Seen},
    thread::standing,
    view::parts::{Day, LogPart, Typing},
};
use crate::{
    app::App,
    bus::{Nudge, Topic, Writer},
    domain::{
        agents,
        events::ActorKind,
        hours::waits,
        threads::{
            mailing,
            marks::{self, Told},
            messages::{self, Audience, Message},
        },
        visits,
    },
    error::{Error, Result},
    i18n::{Lang, Words},
    ids::{AgentId, CaseId, ThreadAddress},
    store::Tx,
    web::{
        gate,
        live::{self, Frame, Heard, Page, Part},
        request::Jar,
    },
};

/// Messages whose marks are brought again.
const MARKED: i64 = 100;
/// What is seen in this time need not be noted as brought.
const SOON: Duration = Duration::from_millis(1500);
/// The least time between two signs that somebody writes.
const SIGNS: Duration = Duration::from_secs(2);

/// Which page a socket keeps current: a thread's, or that of one request in it.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    after: i64,
    case: Option<CaseId>,
    marks: Option<String>,
    /// How long ago the page was drawn, in seconds.
    #[serde(default)]
    age: u32,
}

/// `GET /t/{thread}/live`: the socket.
///
/// # Errors
/// When the request is no socket's.
pub(super) async fn live(
    req: HttpRequest,
    stream: web::Payload,
    app: web::Data<App>,
    gate: gate::Shopper,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    let browser = Jar::Shopper.read(&req).ok_or(Error::NotFound)?;
    let Wanted { after, case, marks, age } = wanted.into_inner();
    let topics = [Topic::Thread(address.merchant, address.id), Topic::Talk(address.merchant, address.id)];
    let told = marks.and_then(|marks| marks.parse().ok()).unwrap_or_default();
    let follower = Follower {
        app,
        address,
        browser,
        chosen: gate.chosen,
        case,
        noted: Rc::default(),
        answered: Cell::default(),
        told: Cell::new(told),
        wrote: Cell::default(),
        age: chrono::Duration::seconds(age.into()),
        words: Cell::default(),
        day: RefCell::default(),
        names: RefCell::default(),
    };
    live::open(&req, stream, &topics, after, follower)
}

struct Follower {
    app: web::Data<App>,
    address: ThreadAddress,
    browser: String,
    chosen: Option<Lang>,
    case: Option<CaseId>,
    /// The seq that was noted as seen.
    noted: Rc<Cell<i64>>,
    /// The newest answer in the frame that was made last.
    answered: Cell<i64>,
    /// The marks the page shows.
    told: Cell<Told>,
    /// When it was last told that its reader writes.
    wrote: Cell<Option<Instant>>,
    age: chrono::Duration,
    words: Cell<Option<Words>>,
    /// The day its headings were drawn on.
    day: RefCell<String>,
    names: RefCell<HashMap<AgentId, String>>,
}

impl Page for Follower {
    async fn look(&self, after: i64) -> Result<Frame> {
        let (seen, said) = self.read(after).await?;
        let lang = self.chosen.unwrap_or_else(|| seen.thread.lang());
        let counter = Counter::new(&self.app, seen.shop.clone(), lang, self.address);
        let first = self.words.replace(Some(counter.t)).is_none();
        if first {
            *self.day.borrow_mut() = counter.t.day_key(&(counter.t.now() - self.age));
        }
        let mut frame = Frame { upto: seen.thread.last_seq, ..Frame::default() };
        if let Some(case) = self.case {
            frame.parts = status_parts(&counter, &seen, case, after);
            return Ok(frame);
        }
        frame.parts = thread_parts(&counter, &seen, after);
        frame.parts.extend(self.new_day(counter.t));
        frame.parts.extend(self.standing(&counter, &seen).await?);
        let told = self.told.replace(seen.marks.told());
        if told != seen.marks.told() {
            let moved = said.iter().filter(|said| said.author == ActorKind::Shopper && told.concerns(said.seq));
            frame.parts.extend(moved.filter(|said| said.seq <= after).map(|said| mark(&counter, &seen, said)));
            frame.marks = Some(seen.marks.told().to_string());
        }
        let answers = seen.messages.iter().filter(|said| said.seq > after && said.author != ActorKind::Shopper);
        self.answered.set(answers.map(|said| said.seq).max().unwrap_or_default());
        Ok(frame)
    }

    async fn signs(&self, nudges: &[Nudge]) -> Result<Vec<Part>> {
        let Some(t) = self.words.get().filter(|_| self.case.is_none()) else { return Ok(Vec::new()) };
        let mut parts = self.new_day(t.at(self.app.now()));
        for nudge in nudges {
            // Of a note the shopper hears nothing.
            let Nudge::Writing(_, _, Writer::Agent { agent, note: false }) = nudge else { continue };
            let name = self.name(*agent).await?;
            let typing = Typing { t, name: first_name(&name).to_owned(), initials: initials(&name), hue: hue(&name) };
            let html = typing.to_string();
            parts.push(Part { target: "typing".into(), id: "typing-shop".to_owned(), html });
        }
        Ok(parts)
    }

    fn heed(&self, heard: Heard) {
        match heard {
            Heard::Seen(seq) => self.seen(seq),
            Heard::Brought => self.brought(),
            Heard::Typing(_) if self.case.is_none() => self.writes(),
            Heard::Typing(_) | Heard::Opened | Heard::Open | Heard::Gone => {}
        }
    }
}

impl Follower {
    /// What came after a seq, for a browser that may still look; and what was said before, when its marks moved.
    async fn read(&self, after: i64) -> Result<(Seen, Vec<Message>)> {
        let (address, browser, now, told) = (self.address, self.browser.clone(), self.app.now(), self.told.get());
        let thread_page = self.case.is_none();
        // The page of a request tells of all that happened to it, not only of what is new.
        let from = if thread_page { after } else { 0 };
        self.app
            .read(move |conn| {
                let visit = visits::find(conn, address, &browser, now)?;
                let seen = seen::after(conn, &visit, from)?;
                let marked = thread_page && seen.marks.told() != told;
                let said = if marked {
                    messages::since(conn, &seen.thread, Audience::Shopper, 0, MARKED)?
                } else {
                    Vec::new()
                };
                Ok((seen, said))
            })
            .await
    }

    /// Notes what the reader has before their eyes: once for each seq, and only for a browser that may still look.
    fn seen(&self, seq: i64) {
        if seq <= self.noted.get() {
            return;
        }
        self.noted.set(seq);
        self.note(Duration::ZERO, move |tx, visit| mailing::saw(tx, visit, seq), || true);
    }

    /// Notes what the page was brought, unless it is seen anyway.
    fn brought(&self) {
        let seq = self.answered.take();
        if seq == 0 {
            return;
        }
        let noted = Rc::clone(&self.noted);
        self.note(SOON, move |tx, visit| marks::reached_shopper(tx, visit, seq), move || noted.get() < seq);
    }

    fn note(
        &self,
        after: Duration,
        change: impl Fn(&mut Tx<'_>, &visits::Visit) -> Result<()> + Send + 'static,
        still: impl Fn() -> bool + 'static,
    ) {
        let (app, address, browser) = (self.app.clone(), self.address, self.browser.clone());
        rt::spawn(async move {
            rt::time::sleep(after).await;
            if !still() {
                return;
            }
            let now = app.now();
            let noted = app.write(move |tx| {
                let visit = visits::find(tx, address, &browser, now)?;
                change(tx, &visit)
            });
            // What is not noted costs a mark that comes later, or a letter too many.
            let _ = noted.await;
        });
    }

    fn writes(&self) {
        if self.wrote.get().is_some_and(|at| at.elapsed() < SIGNS) {
            return;
        }
        self.wrote.set(Some(Instant::now()));
        self.app.bus.send(Nudge::Writing(self.address.merchant, self.address.id, Writer::Shopper));
    }

    /// Whether the shop is open, which changes by itself.
    async fn standing(&self, counter: &Counter, seen: &Seen) -> Result<Vec<Part>> {
        if seen.hours.is_always_open() {
            return Ok(Vec::new());
        }
        let (merchant, shop, now) = (self.address.merchant, seen.shop.id, self.app.now());
        let minutes = self.app.read(move |conn| waits::usual(conn, merchant, shop, now)).await?;
        let (usual, opening) = standing(counter, &seen.hours, minutes);
        Ok(vec![
            Part { target: "usual".into(), id: "usual".to_owned(), html: usual.to_string() },
            Part { target: "opening".into(), id: "opening".to_owned(), html: opening.to_string() },
        ])
    }

    /// The headings that read otherwise since midnight.
    fn new_day(&self, t: Words) -> Vec<Part> {
        let today = t.day_key(&t.now());
        if self.day.replace(today.clone()) == today {
            return Vec::new();
        }
        let day = |back: i64| {
            let at = t.now() - chrono::Duration::days(back);
            let id = format!("day-{}", t.day_key(&at));
            let html = Day { id: id.clone(), seq: 0, text: t.day(&at) }.to_string();
            Part { target: id.clone().into(), id, html }
        };
        (0..=2).map(day).collect()
    }

    async fn name(&self, agent: AgentId) -> Result<String> {
        let known = self.names.borrow().get(&agent).cloned();
        if let Some(name) = known {
            return Ok(name);
        }
        let merchant = self.address.merchant;
        let name = self.app.read(move |conn| agents::find(conn, merchant, agent)).await?.name;
        self.names.borrow_mut().insert(agent, name.clone());
        Ok(name)
    }
}

fn mark(counter: &Counter, seen: &Seen, said: &Message) -> Part {
    let meta = log::meta(counter, seen, said);
    Part { target: meta.id.clone().into(), id: meta.id.clone(), html: meta.to_string() }
}

fn thread_parts(counter: &Counter, seen: &Seen, after: i64) -> Vec<Part> {
    let new = || seen.events.iter().filter(|event| event.seq > after);
    let in_log = |part: LogPart| Part { target: "log".into(), id: part.id().to_owned(), html: part.to_string() };
    let mut parts: Vec<Part> = log::parts(counter, seen, after).into_iter().map(in_log).collect();
    let moved = |known: &&seen::Known| {
        known.case.requested_seq <= after && new().any(|event| event.change.0.case() == Some(known.case.id))
    };
    for known in seen.cases.iter().filter(moved) {
        let ticket = case::ticket(counter, seen, known);
        parts.push(Part { target: "log".into(), id: ticket.id.clone(), html: ticket.to_string() });
    }
    if new().any(|event| log::concerns_order(&event.change.0)) {
        let card = order::card(counter, &seen.order, seen.thread.last_seq);
        parts.push(Part { target: "order-card".into(), id: card.id.clone(), html: card.to_string() });
    }
    if new().any(|event| log::concerns_arrival(&event.change.0)) {
        let card = arrival::card(counter, seen);
        parts.push(Part { target: "arrival".into(), id: card.id.clone(), html: card.to_string() });
    }
    parts
}

fn status_parts(counter: &Counter, seen: &Seen, id: CaseId, after: i64) -> Vec<Part> {
    let moved = seen.events.iter().any(|event| event.seq > after && event.change.0.case() == Some(id));
    let status = case::status(counter, seen, id).filter(|_| moved);
    status
        .map(|status| Part { target: "case-status".into(), id: status.id.clone(), html: status.to_string() })
        .into_iter()
        .collect()
}
