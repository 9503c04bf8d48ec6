//! What agents do with a thread: answer, note, give it to somebody, resolve it and take it up again.

use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{
    Place,
    drawing::Mend,
    inbox::{Acted, next},
    see,
};
use crate::{
    app::App,
    domain::{
        files::{Attachment, Sender},
        threads::{
            self,
            messages::{self, ClientId, Content},
        },
    },
    error::{Error, Result},
    ids::{AgentId, ThreadId},
    web::{
        faces,
        gate::Desk,
        media::attachments,
        request,
        uploads::{self, Received},
    },
};

/// What the reply box sends: `text`, `client_id`, `kind` (`reply` or `note`), `after` (`resolve` to resolve the thread
/// with it), and files.
struct Written(Received);

impl Written {
    async fn read(req: &HttpRequest, desk: &Desk, thread: ThreadId, payload: web::Payload) -> Result<Self> {
        if uploads::is_with_files(req) {
            return Ok(Self(uploads::form(req, payload, Sender::agent(&desk.agent, thread)).await?));
        }
        let form = web::Form::<Vec<(String, String)>>::from_request(req, &mut payload.into_inner()).await;
        let fields = form.map_err(|error| faces::bad_form(&error))?.into_inner();
        Ok(Self(Received { fields, ..Received::default() }))
    }

    fn field(&self, name: &str) -> &str {
        self.0.field(name).unwrap_or_default()
    }

    fn files(&self) -> Vec<Attachment> {
        attachments(&self.0.fields, &self.0.files)
    }

    fn parse(&self) -> Result<(Content, ClientId)> {
        if !self.0.refused.is_empty() {
            return Err(Error::Invalid(self.0.refused.clone()));
        }
        let content = Content::parse("text", self.field("text"), self.files())?;
        Ok((content, ClientId::parse("client_id", self.field("client_id"))?))
    }

    /// What is shown again, with what is to be mended.
    fn mend(&self, words: String) -> Mend {
        let kept = ClientId::parse("client_id", self.field("client_id")).ok();
        Mend {
            text: self.field("text").to_owned(),
            note: self.field("kind") == "note",
            client_id: kept.map(|id| id.as_str().to_owned()),
            files: self.files().iter().map(|named| named.file).collect(),
            text_error: Some(words),
            ..Mend::default()
        }
    }
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
    payload: web::Payload,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let form = Written::read(&req, &desk, thread, payload).await?;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    let (note, resolve) = (form.field("kind") == "note", form.field("after") == "resolve");
    let stored = match form.parse() {
        Ok((content, client_id)) => {
            let (agent, here) = (desk.agent.clone(), place.here());
            let said = move |tx: &mut crate::store::Tx<'_>| {
                let on = if resolve { next(tx, &agent, &here, thread)? } else { None };
                let message = if note {
                    messages::note(tx, &agent, thread, &content, &client_id)?
                } else {
                    messages::from_agent(tx, &agent, thread, &content, &client_id)?
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
        Err(error) => acted.refuse(error, |words| form.mend(words)).await,
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
