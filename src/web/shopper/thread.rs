//! The page of a thread, what is written on it, and the socket that keeps it current.

use std::cell::Cell;

use actix_web::{FromRequest, HttpRequest, HttpResponse, http::StatusCode, rt, web};
use serde::{Deserialize, Serialize};

use super::{
    case,
    counter::Counter,
    exchange, log, order, see,
    seen::{self, Seen},
    view::{
        opening::{Opening, Usual},
        thread::ThreadPage,
    },
};
use crate::{
    app::App,
    bus::Topic,
    domain::{
        files::{self, Sender},
        hours::{Hours, waits},
        policy,
        threads::{
            mailing,
            messages::{self, ClientId, Content, Message},
        },
        visits,
    },
    error::{Error, Result},
    i18n::Lang,
    ids::{CaseId, FileId, MessageId, ThreadAddress},
    web::{
        assets, faces, gate, limits,
        live::{self, Frame, Heard, Part},
        media::{Attach, attachments},
        opening, page as answer, problem,
        request::{self, Jar},
        uploads::{self, Received},
    },
};

/// `GET /t/{thread}`.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(req: HttpRequest, app: web::Data<App>, gate: gate::Shopper) -> Result<HttpResponse> {
    let visit = gate.visit.clone();
    let page = set(&req, &app, gate, Vec::new()).await?;
    if page.upto > page.seen {
        let upto = page.upto;
        // The page is worth more than the note that it was seen.
        let _ = app.write(move |tx| mailing::saw(tx, &visit, upto)).await;
    }
    Ok(answer::talk(&page, StatusCode::OK))
}

/// The page; `kept` are files that came with a form which is shown again.
async fn set(req: &HttpRequest, app: &App, gate: gate::Shopper, kept: Vec<FileId>) -> Result<ThreadPage> {
    let (visit, address, now) = (gate.visit.clone(), gate.visit.address(), app.now());
    let (seen, minutes, kept) = app
        .read(move |conn| {
            let seen = seen::after(conn, &visit, 0)?;
            let minutes = waits::usual(conn, visit.merchant_id, seen.shop.id, now)?;
            Ok((seen, minutes, files::waiting_of(conn, &visit, &kept)?))
        })
        .await?;
    let lang = gate.chosen.unwrap_or_else(|| seen.thread.lang());
    let counter = Counter::new(app, seen.shop.clone(), lang, address);
    let (exchange, policy) = exchangeable(&counter, &seen);
    let order = order::card(&counter, &seen.order, seen.thread.last_seq);
    let (usual, opening) = standing(&counter, &seen.hours, minutes);
    let kept = kept.iter().map(|file| counter.files.shot(&counter.t, file)).collect();
    Ok(ThreadPage {
        attach: Attach::new(counter.t, "composer", &counter.home, kept),
        t: counter.t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.dress(&counter.home, req.query_string()),
        usual,
        opening,
        track: order.parcels.iter().any(|parcel| !parcel.timeline.is_empty()),
        order,
        log: log::parts(&counter, &seen, 0),
        thread: address.to_string(),
        post_to: format!("{}/messages", counter.home),
        client_id: ClientId::fresh().as_str().to_owned(),
        live: format!("{}/live", counter.home),
        device: format!("{}/device", counter.home),
        upto: seen.thread.last_seq,
        seen: seen.seen_seq,
        exchange,
        policy,
        text: String::new(),
        error: None,
    })
}

/// Whether the shop is open, and how soon somebody answers.
fn standing(counter: &Counter, hours: &Hours, minutes: Option<i64>) -> (Usual, Opening) {
    let closed = opening::closed(&counter.t, hours);
    let text = match closed {
        Some(_) => Some(counter.t.get("hours-closed-short")),
        None => opening::usual(&counter.t, hours, minutes),
    };
    (Usual { text }, Opening { closed })
}

/// Where an exchange begins and until when, when anything can be exchanged.
fn exchangeable(counter: &Counter, seen: &Seen) -> (Option<String>, Option<String>) {
    let (t, days) = (&counter.t, seen.shop.exchange_days);
    let any = seen.order.lines.iter().any(|line| {
        let in_cases = seen.in_cases.get(&line.line.id).copied().unwrap_or(0);
        policy::exchange(&seen.order, line, in_cases, days, t.now()).is_allowed()
    });
    if !any {
        return (None, None);
    }
    (Some(format!("{}/exchange", counter.home)), Some(exchange::until(t, &seen.order, days)))
}

/// What is written, and what goes with it.
#[derive(Debug, Default)]
struct Draft(Received);

impl Draft {
    /// From a form, with or without files.
    async fn read(req: &HttpRequest, gate: &gate::Shopper, payload: web::Payload) -> Result<Self> {
        if uploads::is_with_files(req) {
            return Ok(Self(uploads::form(req, payload, Sender::shopper(&gate.visit)).await?));
        }
        let form = web::Form::<Vec<(String, String)>>::from_request(req, &mut payload.into_inner()).await;
        let fields = form.map_err(|error| faces::bad_form(&error))?.into_inner();
        Ok(Self(Received { fields, ..Received::default() }))
    }

    fn files(&self) -> Vec<files::Attachment> {
        attachments(&self.0.fields, &self.0.files)
    }

    fn parse(&self) -> Result<(Content, ClientId)> {
        if !self.0.refused.is_empty() {
            return Err(Error::Invalid(self.0.refused.clone()));
        }
        let client_id = self.0.field("client_id").filter(|id| !id.is_empty());
        let client_id = client_id.map_or_else(|| Ok(ClientId::fresh()), |id| ClientId::parse("client_id", id))?;
        Ok((Content::parse("text", self.0.field("text").unwrap_or_default(), self.files())?, client_id))
    }
}

/// What our script is told of a stored message.
#[derive(Debug, Serialize)]
struct Stored {
    id: MessageId,
    seq: i64,
}

/// `POST /t/{thread}/messages`.
///
/// # Errors
/// For our script, when the text cannot be taken; a person gets the page again with the text in it.
pub(super) async fn write(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    limits::take(&req, limits::Kind::Write, &address.to_string())?;
    let draft = Draft::read(&req, &gate, payload).await?;
    let (content, client_id) = match draft.parse() {
        Ok(parsed) => parsed,
        Err(error) => return refuse(&req, &app, gate, draft, error).await,
    };
    let visit = gate.visit.clone();
    match app.write(move |tx| messages::from_shopper(tx, &visit, &content, &client_id)).await {
        Ok(message) => Ok(written(&req, address, &message)),
        Err(error @ Error::Invalid(_)) => refuse(&req, &app, gate, draft, error).await,
        Err(error) => Err(error),
    }
}

fn written(req: &HttpRequest, address: ThreadAddress, message: &Message) -> HttpResponse {
    if request::wants_json(req) {
        HttpResponse::Created().json(Stored { id: message.id, seq: message.seq })
    } else {
        see(&format!("/t/{address}#log"))
    }
}

async fn refuse(req: &HttpRequest, app: &App, gate: gate::Shopper, draft: Draft, error: Error) -> Result<HttpResponse> {
    if request::wants_json(req) {
        return Err(error);
    }
    let mut page = set(req, app, gate, draft.files().iter().map(|named| named.file).collect()).await?;
    page.error = Some(problem::in_words(&error, &page.t));
    page.text = draft.0.field("text").unwrap_or_default().to_owned();
    Ok(answer::talk(&page, StatusCode::UNPROCESSABLE_ENTITY))
}

/// Which page a socket keeps current: a thread's, or that of one request in it.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    after: i64,
    case: Option<CaseId>,
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
    let topic = Topic::Thread(address.merchant, address.id);
    let Wanted { after, case } = wanted.into_inner();
    let heed = seeing(app.clone(), address, browser.clone());
    let look = move |after| frame(app.clone(), address, browser.clone(), gate.chosen, case, after);
    live::open(&req, stream, topic, after, look, heed)
}

/// Notes what the reader has before their eyes: once for each seq, and only for a browser that may still look.
fn seeing(app: web::Data<App>, address: ThreadAddress, browser: String) -> impl Fn(Heard) + 'static {
    let noted = Cell::new(0);
    move |heard| {
        let Heard::Seen(seq) = heard else { return };
        if seq <= noted.get() {
            return;
        }
        noted.set(seq);
        let (app, browser) = (app.clone(), browser.clone());
        rt::spawn(async move {
            let now = app.now();
            let saw = move |tx: &mut crate::store::Tx<'_>| {
                let visit = visits::find(tx, address, &browser, now)?;
                mailing::saw(tx, &visit, seq)
            };
            // What is not noted costs a letter too many.
            let _ = app.write(saw).await;
        });
    }
}

/// What came after `after`, for a browser that may still look.
async fn frame(
    app: web::Data<App>,
    address: ThreadAddress,
    browser: String,
    chosen: Option<Lang>,
    case: Option<CaseId>,
    after: i64,
) -> Result<Frame> {
    let now = app.now();
    // The page of a request tells of all that happened to it, not only of what is new.
    let from = if case.is_some() { 0 } else { after };
    let (seen, minutes) = app
        .read(move |conn| {
            let visit = visits::find(conn, address, &browser, now)?;
            let seen = seen::after(conn, &visit, from)?;
            let minutes = match seen.hours.is_always_open() {
                true => None,
                false => waits::usual(conn, visit.merchant_id, seen.shop.id, now)?,
            };
            Ok((seen, minutes))
        })
        .await?;
    let counter = Counter::new(&app, seen.shop.clone(), chosen.unwrap_or_else(|| seen.thread.lang()), address);
    let parts = match case {
        Some(case) => status_parts(&counter, &seen, case, after),
        None => thread_parts(&counter, &seen, minutes, after),
    };
    Ok(Frame { upto: seen.thread.last_seq, parts, reload: false })
}

fn thread_parts(counter: &Counter, seen: &Seen, minutes: Option<i64>, after: i64) -> Vec<Part> {
    let new = || seen.events.iter().filter(|event| event.seq > after);
    let mut parts: Vec<Part> = log::parts(counter, seen, after)
        .into_iter()
        .map(|part| Part { target: "log", id: part.id().to_owned(), html: part.to_string() })
        .collect();
    let moved = |known: &&seen::Known| {
        known.case.requested_seq <= after && new().any(|event| event.change.0.case() == Some(known.case.id))
    };
    for known in seen.cases.iter().filter(moved) {
        let ticket = case::ticket(counter, seen, known);
        parts.push(Part { target: "log", id: ticket.id.clone(), html: ticket.to_string() });
    }
    if new().any(|event| log::concerns_order(&event.change.0)) {
        let card = order::card(counter, &seen.order, seen.thread.last_seq);
        parts.push(Part { target: "order-card", id: card.id.clone(), html: card.to_string() });
    }
    if !seen.hours.is_always_open() {
        let (usual, opening) = standing(counter, &seen.hours, minutes);
        parts.push(Part { target: "usual", id: "usual".to_owned(), html: usual.to_string() });
        parts.push(Part { target: "opening", id: "opening".to_owned(), html: opening.to_string() });
    }
    parts
}

fn status_parts(counter: &Counter, seen: &Seen, id: CaseId, after: i64) -> Vec<Part> {
    let moved = seen.events.iter().any(|event| event.seq > after && event.change.0.case() == Some(id));
    let status = case::status(counter, seen, id).filter(|_| moved);
    status
        .map(|status| Part { target: "case-status", id: status.id.clone(), html: status.to_string() })
        .into_iter()
        .collect()
}
