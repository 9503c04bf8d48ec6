//! What agents do with a thread: answer, note, give it to somebody, resolve it and take it up again.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{
    Place,
    drawing::Mend,
    inbox::{Acted, next},
    see,
};
use crate::{
    app::App,
    domain::threads::{
        self,
        messages::{self, ClientId, Text},
    },
    error::{Error, Result},
    ids::{AgentId, ThreadId},
    web::{gate::Desk, request},
};

/// What the reply box sends.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    text: String,
    #[serde(default)]
    client_id: String,
    /// `reply` or `note`.
    #[serde(default)]
    kind: String,
    /// `resolve` to resolve the thread with it.
    #[serde(default)]
    after: String,
}

/// What a script is told of its message.
#[derive(Debug, Serialize)]
struct Stored {
    id: String,
    seq: i64,
}

/// `POST /desk/threads/{thread}/messages`
pub(super) async fn write(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Written>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    let (note, resolve) = (form.kind == "note", form.after == "resolve");
    let parsed =
        Text::parse("text", &form.text).and_then(|text| Ok((text, ClientId::parse("client_id", &form.client_id)?)));
    let stored = match parsed {
        Ok((text, client_id)) => {
            let (agent, here) = (desk.agent.clone(), place.here());
            let said = move |tx: &mut crate::store::Tx<'_>| {
                let on = if resolve { next(tx, &agent, &here, thread)? } else { None };
                let message = if note {
                    messages::note(tx, &agent, thread, &text, &client_id)?
                } else {
                    messages::from_agent(tx, &agent, thread, &text, &client_id)?
                };
                if resolve {
                    threads::resolve(tx, &agent, thread)?;
                }
                Ok((Stored { id: message.id.to_string(), seq: message.seq }, on))
            };
            app.write(said).await
        }
        Err(error) => Err(error),
    };
    match stored {
        Ok((stored, _)) if request::wants_json(&req) => Ok(HttpResponse::Created().json(stored)),
        Ok((_, on)) if resolve => Ok(acted.on(on, "resolved")),
        Ok(_) => Ok(acted.back()),
        Err(error) => {
            let form = form.into_inner();
            let kept = ClientId::parse("client_id", &form.client_id).ok().map(|id| id.as_str().to_owned());
            let mend =
                |words| Mend { text: form.text, note, client_id: kept, text_error: Some(words), ..Mend::default() };
            acted.refuse(error, mend).await
        }
    }
}

/// Who a thread is given to; empty for nobody.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    agent: String,
}

/// `POST /desk/threads/{thread}/assignment`
pub(super) async fn assign(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Given>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let to = match form.agent.as_str() {
        "" => None,
        id => Some(id.parse::<AgentId>().map_err(|_| Error::NotFound)?),
    };
    let agent = desk.agent.clone();
    let given = app.write(move |tx| threads::assign(tx, &agent, thread, to)).await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match given {
        Ok(()) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// `POST /desk/threads/{thread}/resolution`
pub(super) async fn resolve(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let (agent, here) = (desk.agent.clone(), place.here());
    let resolved = app
        .write(move |tx| {
            let on = next(tx, &agent, &here, thread)?;
            threads::resolve(tx, &agent, thread)?;
            Ok(on)
        })
        .await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match resolved {
        Ok(on) => Ok(acted.on(on, "resolved")),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// `POST /desk/threads/{thread}/reopening`
pub(super) async fn reopen(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let reopened = app.write(move |tx| threads::reopen(tx, &agent, thread)).await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match reopened {
        Ok(()) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// `POST /desk/threads/{thread}/link-revocation`
pub(super) async fn revoke_links(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let merchant = desk.agent.merchant_id;
    app.write(move |tx| threads::revoke_links(tx, merchant, thread)).await?;
    Ok(see(&place.here().thread(&thread.to_string())))
}
