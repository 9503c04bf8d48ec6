//! A request, as its ticket in the conversation and on its own page; the handlers of that page.

mod next;
mod timeline;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    counter::{Counter, first_name},
    see,
    seen::{self, Known, Seen},
    view::{
        Amount, Side, Swap,
        exchange::{Frame, StatusPage},
        parts::{Cancel, CaseStatus, CaseTicket, OfferForm},
    },
};
use crate::{
    app::App,
    domain::{
        cases::{self, Case, CaseState, MoneyTrack, proposing},
        catalogue::{Product, Variant},
        threads::messages::ClientId,
        visits::Visit,
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::CaseId,
    store::Tx,
    web::{assets, gate, limits, page as answer},
};

/// `GET /t/{thread}/cases/{case}`: how a request stands.
///
/// # Errors
/// When the visit's thread has no such request.
pub(super) async fn page(
    app: web::Data<App>,
    gate: gate::Shopper,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let id: CaseId = path.1.parse().map_err(|_| Error::NotFound)?;
    let visit = gate.visit.clone();
    let seen = app.read(move |conn| seen::after(conn, &visit, 0)).await?;
    let lang = gate.chosen.unwrap_or_else(|| seen.thread.lang());
    let counter = Counter::new(&app, seen.shop.clone(), lang, gate.visit.address());
    let case = status(&counter, &seen, id).ok_or(Error::NotFound)?;
    let page = StatusPage {
        t: counter.t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.plain(),
        frame: Frame {
            title: counter.t.get("case-title"),
            step: 0,
            back: counter.home.clone(),
            close: counter.home.clone(),
        },
        live: format!("{}/live?case={id}", counter.home),
        upto: seen.thread.last_seq,
        case,
    };
    Ok(answer::html(&page, StatusCode::OK))
}

/// `POST /t/{thread}/cases/{case}/cancellation`: the shopper takes a request back. When somebody decided it first, its
/// page says so.
///
/// # Errors
/// When the visit's thread has no such request.
pub(super) async fn cancel(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    limits::take(&req, limits::Kind::Write, &address.to_string())?;
    let id: CaseId = path.1.parse().map_err(|_| Error::NotFound)?;
    match app.write(move |tx| cases::cancel(tx, &gate.visit, id)).await {
        Ok(_) | Err(Error::Conflict(_)) => Ok(see(&format!("/t/{address}/cases/{id}"))),
        Err(error) => Err(error),
    }
}

/// `POST /t/{thread}/cases/{case}/acceptance`: the shopper takes what is offered. When it is not open any more, the page
/// shows how the request stands.
///
/// # Errors
/// When the visit's thread has no such request.
pub(super) async fn accept(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    answer_offer(&req, &app, gate, &path.1, proposing::accept).await
}

/// `POST /t/{thread}/cases/{case}/first-wish`: the shopper keeps to what they asked for.
///
/// # Errors
/// When the visit's thread has no such request.
pub(super) async fn keep(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    answer_offer(&req, &app, gate, &path.1, proposing::keep).await
}

async fn answer_offer(
    req: &HttpRequest,
    app: &App,
    gate: gate::Shopper,
    case: &str,
    change: fn(&mut Tx<'_>, &Visit, CaseId) -> Result<Case>,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    limits::take(req, limits::Kind::Write, &address.to_string())?;
    let id: CaseId = case.parse().map_err(|_| Error::NotFound)?;
    match app.write(move |tx| change(tx, &gate.visit, id)).await {
        Ok(_) | Err(Error::Conflict(_)) => Ok(see(&format!("/t/{address}/cases/{id}"))),
        Err(error) => Err(error),
    }
}

/// The ticket in the conversation; it stays where the request was made and says how it stands now.
pub(super) fn ticket(counter: &Counter, seen: &Seen, known: &Known) -> CaseTicket {
    let (t, case) = (&counter.t, &known.case);
    let at = case.requested_at.utc();
    CaseTicket {
        t: *t,
        id: format!("case-{}", case.id),
        seq: case.requested_seq,
        own: true,
        icon: "swap",
        title: t.get(ticket_key(case.state)),
        swap: Some(as_offered(counter, known, swap(counter, seen, known))),
        amount: amount(t, known),
        next: next::sentence(counter, seen, known),
        href: format!("{}/cases/{}", counter.home, case.id),
        time: t.time(&at),
        iso: t.iso(&at),
    }
}

/// The state of a request on its own page; none when the thread has no such request.
pub(super) fn status(counter: &Counter, seen: &Seen, id: CaseId) -> Option<CaseStatus> {
    let known = seen.case(id)?;
    let t = &counter.t;
    let open = matches!(known.case.state, CaseState::Submitted | CaseState::Proposed | CaseState::Countered);
    Some(CaseStatus {
        t: *t,
        id: "case-status".to_owned(),
        seq: seen.thread.last_seq,
        swap: Some(swap(counter, seen, known)),
        state: t.get(state_key(known.case.state)),
        sub: still_open(t, known),
        timeline: timeline::of(counter, seen, known),
        next: next::sentence(counter, seen, known),
        offer: offer(counter, seen, known),
        cancel: open.then(|| Cancel {
            action: format!("{}/cases/{id}/cancellation", counter.home),
            client_id: ClientId::fresh().as_str().to_owned(),
        }),
    })
}

/// What goes back and what comes instead.
pub(super) fn swap(counter: &Counter, seen: &Seen, known: &Known) -> Swap {
    let line = seen.order.lines.iter().find(|detail| detail.line.id == known.case.line_id);
    let gives = match (line, &known.from) {
        (Some(detail), _) => {
            let name = Some(detail.options_line()).filter(|name| !name.is_empty());
            let name = name.unwrap_or_else(|| detail.line.title.clone());
            Side { picture: counter.picture(detail.picture(), &name), name }
        }
        (None, Some((product, variant))) => side(counter, product, variant),
        (None, None) => Side { picture: counter.picture(None, ""), name: String::new() },
    };
    let (product, variant) = &known.to;
    Swap { gives, takes: side(counter, product, variant) }
}

/// What is offered instead, with the two answers.
fn offer(counter: &Counter, seen: &Seen, known: &Known) -> Option<OfferForm> {
    let (t, offer) = (&counter.t, known.offer.as_ref()?);
    let who = seen.name(offer.proposal.proposed_by).map_or(counter.shop.name.as_str(), first_name);
    let address = format!("{}/cases/{}", counter.home, known.case.id);
    Some(OfferForm {
        says: t.one("offer-says", "who", who),
        offered: side(counter, &offer.product, &offer.variant),
        amount: difference(t, offer.proposal.difference(&known.case)),
        wished: side(counter, &known.to.0, &known.to.1).name,
        accept: format!("{address}/acceptance"),
        keep: format!("{address}/first-wish"),
    })
}

/// With what is offered in the place of what was asked for.
fn as_offered(counter: &Counter, known: &Known, swap: Swap) -> Swap {
    match &known.offer {
        Some(offer) => Swap { takes: side(counter, &offer.product, &offer.variant), ..swap },
        None => swap,
    }
}

/// A variant as a side of an exchange.
pub(super) fn side(counter: &Counter, product: &Product, variant: &Variant) -> Side {
    let name = Some(variant.options_line()).filter(|name| !name.is_empty()).unwrap_or_else(|| product.title.clone());
    let src = variant.picture.as_deref().or(product.picture.as_deref());
    Side { picture: counter.picture(src, &name), name }
}

/// The difference, as long as there is one and the request was not turned down.
fn amount(t: &Words, known: &Known) -> Option<Amount> {
    let over = matches!(known.case.state, CaseState::Declined | CaseState::Cancelled | CaseState::Expired);
    let offered = known.offer.as_ref().map(|offer| offer.proposal.difference(&known.case));
    difference(t, offered.unwrap_or_else(|| known.case.difference())).filter(|_| !over)
}

/// A difference with its name; none when there is none.
pub(super) fn difference(t: &Words, money: crate::domain::money::Money) -> Option<Amount> {
    let label = match money.minor() {
        0 => return None,
        1.. => key("case-to-pay"),
        _ => key("case-to-get"),
    };
    Some(Amount { label: t.get(label), value: t.money(&money.abs()) })
}

fn still_open(t: &Words, known: &Known) -> Option<String> {
    let case = &known.case;
    let amount = t.money(&case.difference().abs());
    match (case.state, case.money) {
        (CaseState::Approved, MoneyTrack::DueFromShopper) => Some(t.one("case-left-to-pay", "amount", amount)),
        (CaseState::Approved, MoneyTrack::DueToShopper) => Some(t.one("case-left-to-get", "amount", amount)),
        _ => None,
    }
}

/// The request and its state, as its ticket says it.
fn ticket_key(state: CaseState) -> &'static str {
    match state {
        CaseState::Submitted => key("case-ticket-submitted"),
        CaseState::Proposed => key("case-ticket-proposed"),
        CaseState::Countered => key("case-ticket-countered"),
        CaseState::Approved => key("case-ticket-approved"),
        CaseState::Declined => key("case-ticket-declined"),
        CaseState::Cancelled => key("case-ticket-cancelled"),
        CaseState::Expired => key("case-ticket-expired"),
        CaseState::Completed => key("case-ticket-completed"),
    }
}

fn state_key(state: CaseState) -> &'static str {
    match state {
        CaseState::Submitted => key("case-submitted"),
        CaseState::Proposed => key("case-proposed"),
        CaseState::Countered => key("case-countered"),
        CaseState::Approved => key("case-approved"),
        CaseState::Declined => key("case-declined"),
        CaseState::Cancelled => key("case-cancelled"),
        CaseState::Expired => key("case-expired"),
        CaseState::Completed => key("case-completed"),
    }
}
