//! The pages of threads: a list, and a list with one thread open. Also what every act on a thread ends in: the page again
//! with what is to be mended, or the next thread.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    Place,
    drawing::{Desk as Drawing, Mend},
    reading::{self, Linking, Listing, Opened, Round, Wanted},
    see,
    view::frame::{Flash, Here},
};
use crate::{
    app::App,
    domain::{agents::Agent, mentions, threads::inbox},
    error::{Error, Result},
    i18n::key,
    ids::ThreadId,
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

struct Read {
    round: Round,
    listing: Listing,
    opened: Option<Opened>,
    /// The name of the thread that something was just done with.
    done_with: Option<String>,
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
    let read = app
        .read(move |conn| {
            let round = reading::round(conn, &reader, &there)?;
            let wanted = thread.map(|thread| Wanted { thread, after: 0, all: asked.earlier.is_some() });
            let opened =
                wanted.map(|wanted| reading::opened(conn, &round, reader.merchant_id, wanted, &linking)).transpose()?;
            let done_with = asked.of.as_deref().and_then(|id| id.parse().ok());
            let done_with = done_with.map(|id| reading::shopper_of(conn, reader.merchant_id, id)).transpose();
            let listing = reading::listing(conn, &reader, &there, asked.rows)?;
            Ok(Read { listing, opened, done_with: done_with.ok().flatten().flatten(), round })
        })
        .await?;
    let drawing = Drawing::of(agent, &read.round, &here, app);
    mend.flash = mend.flash.or_else(|| said(&drawing, place, read.done_with.as_deref()));
    let inbox = drawing.inbox(&read.listing, read.opened.as_ref(), mend);
    Ok(if thread.is_some() { page::talk(&inbox, status) } else { page::html(&inbox, status) })
}

/// What was just done, in a sentence, with the way back.
fn said(drawing: &Drawing<'_>, place: &Place, name: Option<&str>) -> Option<Flash> {
    let name = name?;
    let of = place.of.as_deref()?.parse::<ThreadId>().ok()?;
    let undo = format!("/desk/threads/{of}/reopening{}", drawing.here.query());
    match place.done.as_deref()? {
        "resolved" => {
            let text = drawing.t.one(key("desk-done-resolved"), "name", name);
            Some(Flash { text, bad: false, undo: Some(undo) })
        }
        "approved" => {
            Some(Flash { text: drawing.t.one(key("desk-done-approved"), "name", name), bad: false, undo: None })
        }
        _ => None,
    }
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
    /// Back to the thread.
    pub(super) fn back(&self) -> HttpResponse {
        see(&self.place.here().thread(&self.thread.to_string()))
    }

    /// On to the next thread, or back to the list where there is none, saying what was done.
    pub(super) fn on(&self, next: Option<ThreadId>, done: &str) -> HttpResponse {
        let here = self.place.here();
        let there = next.map_or_else(|| here.list(), |next| here.thread(&next.to_string()));
        see(&format!("{there}&done={done}&of={}", self.thread))
    }

    /// The page with something in it that was not sent yet.
    pub(super) async fn show(&self, mend: Mend) -> Result<HttpResponse> {
        let status = if mend.text_error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
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
        let words = crate::i18n::Words::new(self.agent.lang(), chrono_tz::UTC, self.app.now());
        let text = problem::in_words(&error, &words);
        let mut mend = mend(text.clone());
        if !matches!(error, Error::Invalid(_)) {
            // Said over the page; the field is not what is wrong.
            mend = Mend { text_error: None, refusal: None, settlement: None, address: None, ..mend };
            mend.flash = Some(Flash { text, bad: true, undo: None });
        }
        draw(self.app, self.agent, self.place, Some(self.thread), mend, status).await
    }
}

/// Where to go once a thread is done: read before it is, since then it has no place in the view any more.
pub(super) fn next(
    conn: &mut crate::store::Conn,
    agent: &Agent,
    here: &Here,
    thread: ThreadId,
) -> Result<Option<ThreadId>> {
    inbox::beside(conn, agent, &reading::look_of(here), thread)
}
