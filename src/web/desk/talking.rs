//! What agents say in a thread: an answer, a note, and that its links are void. What they do with it is in [`super::tending`].

use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{
    Place,
    drawing::Mend,
    inbox::{Acted, next},
    see,
    view::{Person, conversation::Crossed},
};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent},
        files::{Attachment, Sender},
        threads::{
            self,
            messages::{self, Answered, ClientId, Content},
            undo,
        },
    },
    error::{Error, Result},
    i18n::Words,
    ids::{ThreadId, UndoId},
    web::{
        faces,
        gate::Desk,
        media::attachments,
        request,
        uploads::{self, Received},
    },
};

/// What the reply box sends: `text`, `client_id`, `kind` (`reply` or `note`), `after` (`resolve` to resolve the thread
/// with it), `upto` (the seq its writer has before their eyes; left out, a colleague's answer meanwhile does not matter),
/// and files.
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

    fn resolves(&self) -> bool {
        self.field("after") == "resolve"
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

/// What became of it.
enum Outcome {
    Said {
        stored: Stored,
        on: Option<ThreadId>,
        undo: Option<UndoId>,
    },
    /// A colleague's answer came first.
    Crossed {
        who: Agent,
        words: String,
        upto: i64,
    },
}

/// What a script is told instead: who answered what.
#[derive(Debug, Serialize)]
struct CrossedOut {
    detail: String,
    who: String,
    words: String,
    /// The seq that is known with it.
    upto: i64,
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
    let said = match form.parse() {
        Ok(content) => say(&app, &acted, content, &form).await,
        Err(error) => Err(error),
    };
    match said {
        Ok(Outcome::Said { stored, .. }) if request::wants_json(&req) => Ok(HttpResponse::Created().json(stored)),
        Ok(Outcome::Said { on, undo, .. }) if form.resolves() => Ok(acted.on(on, "resolved", undo)),
        Ok(Outcome::Said { .. }) => Ok(acted.back()),
        Ok(Outcome::Crossed { who, words, upto }) => crossed(&acted, &form, &who, (words, upto)).await,
        Err(error) => acted.refuse(error, |words| form.mend(words)).await,
    }
}

async fn say(app: &App, acted: &Acted<'_>, content: (Content, ClientId), form: &Written) -> Result<Outcome> {
    let (agent, here, thread) = (acted.agent.clone(), acted.place.here(), acted.thread);
    let (note, resolve, upto) = (form.field("kind") == "note", form.resolves(), form.field("upto").parse::<i64>().ok());
    let (content, client_id) = content;
    let undo_id = UndoId::new(app.now());
    app.write(move |tx| {
        let on = if resolve { next(tx, &agent, &here, thread)? } else { None };
        let message = if note {
            messages::note(tx, &agent, thread, &content, &client_id)?
        } else {
            let upto = upto.unwrap_or(i64::MAX);
            match messages::from_agent_knowing(tx, &agent, thread, &content, &client_id, upto)? {
                Answered::Said(message) => message,
                Answered::Crossed(theirs) => {
                    let who = agents::find(tx, agent.merchant_id, theirs.author_id.ok_or(Error::NotFound)?)?;
                    return Ok(Outcome::Crossed { who, words: theirs.alt, upto: theirs.seq });
                }
            }
        };
        let resolved =
            resolve && undo::remembering(tx, &agent, undo_id, thread, |tx| threads::resolve(tx, &agent, thread))?;
        let stored = Stored { id: message.id.to_string(), seq: message.seq };
        Ok(Outcome::Said { stored, on, undo: resolved.then_some(undo_id) })
    })
    .await
}

/// Nothing was said; the page again, which has the colleague's answer in it and asks whether to send all the same.
async fn crossed(acted: &Acted<'_>, form: &Written, who: &Agent, (words, upto): (String, i64)) -> Result<HttpResponse> {
    let who = Person::new(who.id, &who.name);
    if request::wants_json(acted.req) {
        let t = Words::new(acted.agent.lang(), chrono_tz::UTC, acted.app.now());
        let detail = t.one("desk-crossed", "name", who.first());
        return Ok(HttpResponse::Conflict().json(CrossedOut { detail, who: who.first().to_owned(), words, upto }));
    }
    let crossed = Some(Crossed { who, resolve: form.resolves() });
    acted.show(Mend { crossed, text_error: None, ..form.mend(String::new()) }).await
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
