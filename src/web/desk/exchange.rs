//! An exchange that an agent begins for a shopper who called. The same policy, stock and prices as the shopper's own; the
//! event says who began it, and it is decided like any other.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    Place,
    drawing::{Desk as Drawing, other, reason_words},
    own_picture, reading, see, sheet_and_icons,
    view::exchange::{ExchangePage, LineChoice, Questions},
};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        cases::{self, ExchangeRequest, Reason},
        catalogue::{self, Offer},
        merchants::{self, Shop},
        money::Money,
        orders::{self, LineDetail, OrderDetail},
        policy,
        shoppers::{self, Shopper},
        threads::{self, messages::ClientId},
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{LineId, MerchantId, ThreadId, VariantId},
    store::Conn,
    web::{gate::Desk, page, problem},
};

/// What is answered so far.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Answers {
    #[serde(default)]
    line: String,
    #[serde(default)]
    variant: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    quantity: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    client_id: String,
}

impl Answers {
    fn wish(&self) -> Result<ExchangeRequest> {
        let wrong = |field, says| Error::invalid(field, Says::new(says));
        Ok(ExchangeRequest {
            line: self.line.parse().map_err(|_| wrong("line", key("error-exchange-line")))?,
            to: self.variant.parse::<VariantId>().map_err(|_| wrong("variant", key("error-proposal-which")))?,
            quantity: self.quantity.parse().unwrap_or(1),
            reason: self.reason.parse::<Reason>().map_err(|()| wrong("reason", key("error-exchange-reason")))?,
            words: self.words.clone(),
            client_id: ClientId::parse("client_id", &self.client_id)?,
        })
    }
}

/// An order with what its lines can be exchanged for.
struct Asked {
    order: OrderDetail,
    shop: Shop,
    shopper: Option<Shopper>,
    busy: std::collections::HashMap<LineId, i32>,
    offers: Vec<Offer>,
}

fn read(conn: &mut Conn, merchant: MerchantId, thread: ThreadId, line: Option<LineId>) -> Result<Asked> {
    let thread = threads::of_merchant(conn, merchant, thread)?;
    let order = orders::detail(conn, merchant, thread.order_id.ok_or(Error::NotFound)?)?;
    let product = order.lines.iter().find(|detail| Some(detail.line.id) == line).and_then(|line| line.product.clone());
    Ok(Asked {
        shop: merchants::shop(conn, merchant, thread.shop_id)?,
        shopper: thread.shopper_id.map(|shopper| shoppers::find(conn, merchant, shopper)).transpose()?,
        busy: cases::pieces_in_cases(conn, merchant, order.order.id)?,
        offers: match product {
            Some(product) => catalogue::offers(conn, merchant, product.id)?,
            None => Vec::new(),
        },
        order,
    })
}

/// `GET /desk/threads/{thread}/exchange`
pub(super) async fn show(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    answers: web::Query<Answers>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    draw(&app, &desk.agent, &place, thread, &answers, None).await
}

/// `POST /desk/threads/{thread}/exchange`
pub(super) async fn request(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Answers>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let asked = match form.wish() {
        Ok(wish) => app.write(move |tx| cases::request_by_agent(tx, &agent, thread, &wish)).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(case) => Ok(see(&format!("{}#{}", place.here().thread(&thread.to_string()), case.id))),
        Err(error @ (Error::Conflict(_) | Error::Invalid(_))) => {
            draw(&app, &desk.agent, &place, thread, &form, Some(error)).await
        }
        Err(error) => Err(error),
    }
}

async fn draw(
    app: &Arc<App>,
    agent: &Agent,
    place: &Place,
    thread: ThreadId,
    answers: &Answers,
    error: Option<Error>,
) -> Result<HttpResponse> {
    let here = place.here();
    let (reader, there, line) = (agent.clone(), here.clone(), answers.line.parse::<LineId>().ok());
    let (round, asked) = app
        .read(move |conn| Ok((reading::round(conn, &reader, &there)?, read(conn, reader.merchant_id, thread, line)?)))
        .await?;
    let drawing = Drawing::of(agent, &round, &here, app);
    let status = match &error {
        Some(Error::Conflict(_)) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (css, icons) = sheet_and_icons();
    let view = ExchangePage {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(None, None),
        name: drawing.name(asked.shopper.as_ref(), Some(&asked.order.order)),
        back: here.thread(&thread.to_string()),
        lines: asked.order.lines.iter().map(|line| choice(&drawing, &asked, line, thread, answers)).collect(),
        form: line.and_then(|line| questions(&drawing, &asked, line, thread, answers)),
        error: error.map(|error| problem::in_words(&error, &drawing.t)),
    };
    Ok(page::html(&view, status))
}

/// How many pieces of a line can be exchanged, or why none.
fn pieces(drawing: &Drawing<'_>, asked: &Asked, line: &LineDetail) -> Result<i32, Says> {
    let in_cases = asked.busy.get(&line.line.id).copied().unwrap_or(0);
    match policy::exchange(&asked.order, line, in_cases, &asked.shop.terms(), drawing.t.now()) {
        policy::Exchange::Allowed { pieces, .. } => Ok(pieces),
        policy::Exchange::Refused(says) => Err(says),
    }
}

fn choice(drawing: &Drawing<'_>, asked: &Asked, line: &LineDetail, thread: ThreadId, answers: &Answers) -> LineChoice {
    let id = line.line.id.to_string();
    let price = Money::from_minor(line.line.unit_price, asked.order.order.currency);
    LineChoice {
        href: format!("/desk/threads/{thread}/exchange{}&line={id}", drawing.here.query()),
        picture: own_picture(line.picture()),
        title: line.line.title.clone(),
        options: line.options_line(),
        price: drawing.t.money(&price),
        chosen: answers.line == id,
        refused: pieces(drawing, asked, line).err().map(|says| says.in_words(&drawing.t)),
    }
}

fn questions(
    drawing: &Drawing<'_>,
    asked: &Asked,
    id: LineId,
    thread: ThreadId,
    answers: &Answers,
) -> Option<Questions> {
    let line = asked.order.lines.iter().find(|detail| detail.line.id == id)?;
    let most = pieces(drawing, asked, line).ok()?;
    let own = line.variant.as_ref().map(|variant| variant.id);
    let others = asked.offers.iter().filter(|offer| Some(offer.variant.id) != own);
    let terms = asked.shop.terms();
    let takes = |reason: &&Reason| terms.rules.takes(**reason);
    let kept = ClientId::parse("client_id", &answers.client_id).unwrap_or_else(|_| ClientId::fresh());
    Some(Questions {
        action: format!("/desk/threads/{thread}/exchange{}", drawing.here.query()),
        client_id: kept.as_str().to_owned(),
        line: id.to_string(),
        others: others.map(|offer| other(&drawing.t, line, offer, (1, asked.order.order.currency), &terms)).collect(),
        variant: answers.variant.clone(),
        reasons: Reason::ALL
            .iter()
            .filter(takes)
            .map(|reason| (reason.as_str(), drawing.t.get(reason_words(*reason))))
            .collect(),
        reason: answers.reason.clone(),
        most,
        quantity: answers.quantity.parse().unwrap_or(1).clamp(1, most),
        words: answers.words.clone(),
    })
}
