//! Deciding requests and moving their tracks by hand.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{
    Place,
    drawing::{Mend, method_words},
    inbox::{Acted, next},
};
use crate::{
    app::App,
    domain::{
        cases::{
            self,
            deciding::{self, Decider},
            pending, proposing,
            states::Step,
        },
        threads::messages::Text,
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{CaseId, ThreadId, VariantId},
    web::gate::Desk,
};

/// A case of the agent's merchant and the thread it is in.
async fn found(app: &App, desk: &Desk, path: &str) -> Result<(CaseId, ThreadId)> {
    let id: CaseId = path.parse().map_err(|_| Error::NotFound)?;
    let merchant = desk.agent.merchant_id;
    Ok((id, app.read(move |conn| cases::of_merchant(conn, merchant, id)).await?.thread_id))
}

/// `POST /desk/cases/{case}/approval`
pub(super) async fn approve(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, thread) = found(&app, &desk, &path).await?;
    let (agent, here) = (desk.agent.clone(), place.here());
    let approved = app
        .write(move |tx| {
            let on = next(tx, &agent, &here, thread)?;
            deciding::approve(tx, &Decider::Agent(agent.clone()), id)?;
            Ok(on)
        })
        .await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match approved {
        Ok(on) => Ok(acted.on(on, "approved", None)),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// Why a request is declined, as the shopper reads it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    reason: String,
}

/// `POST /desk/cases/{case}/refusal`
pub(super) async fn decline(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Refusal>,
) -> Result<HttpResponse> {
    let (id, thread) = found(&app, &desk, &path).await?;
    let agent = desk.agent.clone();
    let declined = match Text::parse("reason", &form.reason) {
        Ok(reason) => app.write(move |tx| pending::decline_soon(tx, &agent, id, &reason)).await,
        Err(error) => Err(error),
    };
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match declined {
        Ok(_) => Ok(acted.back_saying("declining", None)),
        Err(error) => {
            let typed = form.into_inner().reason;
            acted.refuse(error, |words| Mend { refusal: Some((id, typed, words)), ..Mend::default() }).await
        }
    }
}

/// `POST /desk/cases/{case}/refusal-withdrawal`
pub(super) async fn take_back(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, thread) = found(&app, &desk, &path).await?;
    let agent = desk.agent.clone();
    let taken = app.write(move |tx| pending::take_back(tx, &agent, id)).await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match taken {
        Ok(()) => Ok(acted.back_saying("kept", None)),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// What is offered instead.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Offer {
    #[serde(default)]
    variant: String,
}

/// `POST /desk/cases/{case}/proposal`
pub(super) async fn propose(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Offer>,
) -> Result<HttpResponse> {
    let (id, thread) = found(&app, &desk, &path).await?;
    let agent = desk.agent.clone();
    let variant = form.variant.parse::<VariantId>();
    let proposed = match variant {
        Ok(to) => app.write(move |tx| proposing::propose(tx, &Decider::Agent(agent.clone()), id, to)).await,
        Err(_) => Err(Error::invalid("variant", Says::new(key("error-proposal-which")))),
    };
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match proposed {
        Ok(_) => Ok(acted.back_saying("proposed", None)),
        Err(error) => acted.refuse(error, |words| Mend { proposal: Some((id, words)), ..Mend::default() }).await,
    }
}

/// `POST /desk/cases/{case}/goods-back`
pub(super) async fn goods_back(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    step(&req, &desk, &app, &place, &path, Step::Receive).await
}

/// `POST /desk/cases/{case}/goods-out`
pub(super) async fn goods_out(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    step(&req, &desk, &app, &place, &path, Step::Send).await
}

async fn step(
    req: &HttpRequest,
    desk: &Desk,
    app: &web::Data<App>,
    place: &Place,
    path: &str,
    step: Step,
) -> Result<HttpResponse> {
    let (id, thread) = found(app, desk, path).await?;
    let agent = desk.agent.clone();
    let moved = app.write(move |tx| deciding::step(tx, &Decider::Agent(agent.clone()), id, step, None)).await;
    let acted = Acted { req, app, agent: &desk.agent, place, thread };
    match moved {
        Ok(_) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// How a difference was settled, and what proves it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Settlement {
    #[serde(default)]
    method: String,
    #[serde(default)]
    reference: String,
}

impl Settlement {
    fn text(&self) -> Result<Text> {
        method_words(&self.method).ok_or(Error::NotFound)?;
        let reference = Text::parse("reference", &self.reference)?;
        Text::parse("reference", &format!("{}: {}", self.method, reference.as_str()))
    }
}

/// `POST /desk/cases/{case}/settlement`
pub(super) async fn settle(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Settlement>,
) -> Result<HttpResponse> {
    let (id, thread) = found(&app, &desk, &path).await?;
    let agent = desk.agent.clone();
    let settled = match form.text() {
        Ok(text) => {
            let settle = move |tx: &mut crate::store::Tx<'_>| {
                deciding::step(tx, &Decider::Agent(agent.clone()), id, Step::Settle, Some(&text))
            };
            app.write(settle).await
        }
        Err(error) => Err(error),
    };
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match settled {
        Ok(_) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |words| Mend { settlement: Some((id, words)), ..Mend::default() }).await,
    }
}
