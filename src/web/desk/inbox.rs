//! The pages of threads: a list, and a list with one thread open. Also what every act on a thread ends in: the page again
//! with what is to be mended, or the next thread.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};

use super::{
    Place,
    drawing::{Desk as Drawing, Mend},
    live::reach,
    reading::{self, Linking, Listing, Opened, Round, Wanted},
    see,
    view::{
        frame::{Flash, Here},
        list::{CannedChip, Inbox},
    },
};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        canned::{self, Reply},
        cases::pending,
        mentions,
        threads::{inbox, marks, undo},
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::{CaseId, ThreadId, UndoId},
    store::{Conn, Tx, columns::At},
    web::{gate::Desk, page, problem, request},
};

/// `GET /desk`
pub(super) async fn list(desk: Desk, app: web::Data<App>, place: web::Query<Place>) -> Result<HttpResponse> {
    draw(&app, &desk.agent, &place, None, Mend::default(), StatusCode::OK).await
}

/// `GET /desk/threads/{thread}`
pub(super) async fn thread(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let reader = desk.agent.clone();
    if app.read(move |conn| mentions::waits(conn, &reader, thread)).await? {
        let reader = desk.agent.clone();
        app.write(move |tx| mentions::read(tx, &reader, thread)).await?;
    }
    draw(&app, &desk.agent, &place, Some(thread), Mend::default(), StatusCode::OK).await
}

/// Canned replies above the reply box of a phone.
const CHIPS: usize = 8;

struct Read {
    /// Whether a shopper said something that no page was brought.
    waits: bool,
    round: Round,
    listing: Listing,
    opened: Option<Opened>,
    /// What can be said in it with one tap.
    replies: Vec<Reply>,
    done: Done,
}

/// What was just done, as far as it is read anew.
#[derive(Default)]
struct Done {
    /// The name of the thread it was done with.
    name: Option<String>,
    /// By what it can still be taken back.
    undo: Option<UndoId>,
    /// The refusal that is about to go out, and in how many seconds.
    pending: Option<(CaseId, i64)>,
}

impl Done {
    fn read(conn: &mut Conn, agent: &Agent, place: &Place, now: DateTime<Utc>) -> Result<Self> {
        if place.done.is_none() {
            return Ok(Self::default());
        }
        let undo = place.undo.as_deref().and_then(|id| id.parse().ok());
        let undo = match undo {
            Some(id) if undo::is_open(conn, agent, id, now)? => Some(id),
            _ => None,
        };
        let Some(of) = place.of.as_deref().and_then(|id| id.parse::<ThreadId>().ok()) else {
            return Ok(Self { undo, ..Self::default() });
        };
        let name = match reading::shopper_of(conn, agent.merchant_id, of) {
            Ok(name) => name,
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        let pending = pending::in_thread(conn, agent.merchant_id, of)?;
        let pending = pending.first().map(|row| (row.case_id, (row.due_at.utc() - now).num_seconds().max(0)));
        Ok(Self { name, undo, pending })
    }
}

async fn draw(
    app: &Arc<App>,
    agent: &Agent,
    place: &Place,
    thread: Option<ThreadId>,
    mut mend: Mend,
    status: StatusCode,
) -> Result<HttpResponse> {
    let here = place.here();
    let (reader, there, linking, asked) = (agent.clone(), here.clone(), Linking::of(app), place.clone());
    let now = app.now();
    let read = app
        .read(move |conn| {
            let round = reading::round(conn, &reader, &there)?;
            let wanted = thread.map(|thread| Wanted { thread, after: 0, all: asked.earlier.is_some() });
            let opened =
                wanted.map(|wanted| reading::opened(conn, &round, reader.merchant_id, wanted, &linking)).transpose()?;
            let replies = match &opened {
                Some(opened) => canned::of_shop(conn, reader.merchant_id, opened.shop.id)?,
                None => Vec::new(),
            };
            let done = Done::read(conn, &reader, &asked, now)?;
            let listing = reading::listing(conn, &reader, &round, &there, At::new(now), asked.rows)?;
            let waits = marks::waits_for_desk(conn, reader.merchant_id)?;
            Ok(Read { listing, opened, replies, done, round, waits })
        })
        .await?;
    if read.waits {
        reach(app, agent.merchant_id);
    }
    let drawing = Drawing::of(agent, &read.round, &here, app);
    mend.flash = mend.flash.or_else(|| said(&drawing, place, &read.done));
    let inbox = drawing.inbox(&read.listing, read.opened.as_ref(), mend);
    let inbox = Inbox { replies: read.replies.into_iter().take(CHIPS).map(chip).collect(), ..inbox };
    Ok(if thread.is_some() { page::talk(&inbox, status) } else { page::html(&inbox, status) })
}

fn chip(reply: Reply) -> CannedChip {
    CannedChip { id: reply.id.to_string(), shortcut: reply.shortcut, title: reply.title }
}

/// What was just done, in a sentence, with the way back.
fn said(drawing: &Drawing<'_>, place: &Place, done: &Done) -> Option<Flash> {
    let t = &drawing.t;
    let what = place.done.as_deref()?;
    let undo = done.undo.map(|id| format!("/desk/undos/{id}{}", drawing.here.query()));
    if let Some(text) = in_bulk(t, place, what) {
        return Some(Flash::done(text, undo));
    }
    let name = done.name.as_deref()?;
    if what == "declining" {
        let (case, seconds) = done.pending?;
        let back = format!("/desk/cases/{case}/refusal-withdrawal{}", drawing.here.query());
        let text = t.one(key("desk-done-declining"), "name", name);
        return Some(Flash { text, bad: false, undo: Some(back), seconds: Some(seconds) });
    }
    let sentence = match what {
        "resolved" => key("desk-done-resolved"),
        "approved" => key("desk-done-approved"),
        "assigned" => key("desk-done-assigned"),
        "snoozed" => key("desk-done-snoozed"),
        "spam" => key("desk-done-spam"),
        "undone" => key("desk-done-undone"),
        "proposed" => key("desk-done-proposed"),
        "kept" => key("desk-done-refusal-back"),
        _ => return None,
    };
    Some(Flash::done(t.one(sentence, "name", name), undo))
}

/// What was done with several threads, and with which it was not.
fn in_bulk(t: &Words, place: &Place, what: &str) -> Option<String> {
    let sentence = match what {
        "bulk-resolved" => "desk-bulk-resolved",
        "bulk-snoozed" => "desk-bulk-snoozed",
        "bulk-assigned" => "desk-bulk-assigned",
        "bulk-undone" => "desk-bulk-undone",
        _ => return None,
    };
    let mut said = vec![t.count(sentence, place.n.unwrap_or_default())];
    said.extend(place.undecided.filter(|count| *count > 0).map(|count| t.count("desk-bulk-undecided", count)));
    said.extend(place.other.filter(|count| *count > 0).map(|count| t.count("desk-bulk-other", count)));
    Some(said.join(" "))
}

/// What an act on a thread came to.
pub(super) struct Acted<'a> {
    pub req: &'a HttpRequest,
    pub app: &'a Arc<App>,
    pub agent: &'a Agent,
    pub place: &'a Place,
    pub thread: ThreadId,
}

impl Acted<'_> {
    /// Back to the thread, saying what was done and by what it is taken back.
    pub(super) fn back_saying(&self, done: &str, undo: Option<UndoId>) -> HttpResponse {
        see(&format!("{}{}", self.place.here().thread(&self.thread.to_string()), self.saying(done, undo)))
    }

    fn saying(&self, done: &str, undo: Option<UndoId>) -> String {
        let undo = undo.map(|id| format!("&undo={id}")).unwrap_or_default();
        format!("&done={done}&of={}{undo}", self.thread)
    }

    /// Back to the thread.
    pub(super) fn back(&self) -> HttpResponse {
        see(&self.place.here().thread(&self.thread.to_string()))
    }

    /// On to the next thread, or back to the list where there is none, saying what was done.
    pub(super) fn on(&self, next: Option<ThreadId>, done: &str, undo: Option<UndoId>) -> HttpResponse {
        let here = self.place.here();
        let there = next.map_or_else(|| here.list(), |next| here.thread(&next.to_string()));
        see(&format!("{there}{}", self.saying(done, undo)))
    }

    /// The page again with what went wrong said over it, also where it was the form's own fault.
    pub(super) async fn refuse_over(&self, error: Error) -> Result<HttpResponse> {
        let invalid = matches!(error, Error::Invalid(_));
        self.refuse(error, |words| Mend { flash: invalid.then(|| Flash::bad(words)), ..Mend::default() }).await
    }

    /// The page with something in it that was not sent yet.
    pub(super) async fn show(&self, mend: Mend) -> Result<HttpResponse> {
        let status = match &mend {
            Mend { crossed: Some(_), .. } => StatusCode::CONFLICT,
            Mend { text_error: Some(_), .. } => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        };
        draw(self.app, self.agent, self.place, Some(self.thread), mend, status).await
    }

    /// The page again with what went wrong, so that nothing typed is lost. What is no matter of this page stays an
    /// error; a script is told as a problem.
    pub(super) async fn refuse(&self, error: Error, mend: impl FnOnce(String) -> Mend) -> Result<HttpResponse> {
        let status = match &error {
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
            _ => return Err(error),
        };
        if request::wants_json(self.req) {
            return Err(error);
        }
        let words = Words::new(self.agent.lang(), chrono_tz::UTC, self.app.now());
        let text = problem::in_words(&error, &words);
        let mut mend = mend(text.clone());
        if !matches!(error, Error::Invalid(_)) {
            // Said over the page; the field is not what is wrong.
            mend = Mend { text_error: None, refusal: None, settlement: None, proposal: None, address: None, ..mend };
            mend.flash = Some(Flash::bad(text));
        }
        draw(self.app, self.agent, self.place, Some(self.thread), mend, status).await
    }
}

/// Where to go once a thread is done: read before it is, since then it has no place in the view any more.
pub(super) fn next(tx: &mut Tx<'_>, agent: &Agent, here: &Here, thread: ThreadId) -> Result<Option<ThreadId>> {
    let look = reading::look_of(here, tx.at());
    inbox::beside(tx, agent, &look, thread)
}

/// The list again, with what went wrong with several threads at once.
pub(super) async fn list_again(app: &Arc<App>, agent: &Agent, place: &Place, error: Error) -> Result<HttpResponse> {
    let status = match &error {
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        _ => return Err(error),
    };
    let words = Words::new(agent.lang(), chrono_tz::UTC, app.now());
    let flash = Some(Flash::bad(problem::in_words(&error, &words)));
    draw(app, agent, place, None, Mend { flash, ..Mend::default() }, status).await
}
