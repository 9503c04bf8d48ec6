//! The page of a thread and what is written on it. What keeps it current is in [`super::follow`].

use actix_web::{FromRequest, HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Serialize;

use super::{
    arrival,
    counter::Counter,
    exchange, log, order,
    quick::{self, Ask, Facts},
    see, seen,
    view::{
        opening::{Opening, Usual},
        thread::ThreadPage,
    },
};
use crate::{
    app::App,
    domain::{
        files::{self, Sender},
        hours::{Hours, waits},
        threads::{
            mailing,
            messages::{self, ClientId, Content, Message},
        },
    },
    error::{Error, Result},
    ids::{FileId, MessageId, ThreadAddress},
    web::{
        assets, faces, gate, limits,
        media::{Attach, attachments},
        opening, page as answer, problem, request,
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
    let until = exchange::until(&counter.t, &seen);
    let exchangeable = until.is_some();
    let order = order::card(&counter, &seen.order, seen.thread.last_seq);
    let trackable = order.parcels.iter().any(|parcel| !parcel.timeline.is_empty());
    let facts = Facts { stage: order::stage(&counter.t, &seen.order), trackable, exchangeable };
    let asked = Ask::of_query(req.query_string()).map(|ask| ask.text(&counter.t, &order.number));
    let (usual, opening) = standing(&counter, &seen.hours, minutes);
    let kept = kept.iter().map(|file| counter.files.shot(&counter.t, file)).collect();
    Ok(ThreadPage {
        attach: Attach::new(counter.t, "composer", &counter.home, kept),
        t: counter.t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.dress(&counter.home, req.query_string()),
        arrival: arrival::card(&counter, &seen),
        quick: quick::row(&counter.t, &counter.home, &order.number, facts),
        orders: format!("{}/orders", counter.home),
        inviting: seen.messages.is_empty() && seen.cases.is_empty(),
        policy: until,
        usual,
        opening,
        order,
        log: log::parts(&counter, &seen, 0),
        thread: address.to_string(),
        post_to: format!("{}/messages", counter.home),
        client_id: ClientId::fresh().as_str().to_owned(),
        live: format!("{}/live", counter.home),
        device: format!("{}/device", counter.home),
        gift: (facts.stage != order::Stage::NoGoods).then(|| format!("{}/gift", counter.home)),
        upto: seen.thread.last_seq,
        marks: seen.marks.told().to_string(),
        seen: seen.seen_seq,
        text: asked.unwrap_or_default(),
        error: None,
    })
}

/// Whether the shop is open, and how soon somebody answers.
pub(super) fn standing(counter: &Counter, hours: &Hours, minutes: Option<i64>) -> (Usual, Opening) {
    let closed = opening::closed(&counter.t, hours);
    let text = match closed {
        Some(_) => Some(counter.t.get("hours-closed-short")),
        None => opening::usual(&counter.t, hours, minutes),
    };
    (Usual { text }, Opening { closed })
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
