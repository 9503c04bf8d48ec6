//! What agents say in a thread: an answer, a note, and that its links are void. What they do with it is in [`super::tending`].

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
        undo,
    },
    error::{Error, Result},
    ids::{ThreadId, UndoId},
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
            let undo_id = UndoId::new(app.now());
            let said = move |tx: &mut crate::store::Tx<'_>| {
                let on = if resolve { next(tx, &agent, &here, thread)? } else { None };
                let message = if note {
                    messages::note(tx, &agent, thread, &text, &client_id)?
                } else {
                    messages::from_agent(tx, &agent, thread, &text, &client_id)?
                };
                let resolved = resolve
                    && undo::remembering(tx, &agent, undo_id, thread, |tx| threads::resolve(tx, &agent, thread))?;
                Ok((Stored { id: message.id.to_string(), seq: message.seq }, on, resolved.then_some(undo_id)))
            };
            app.write(said).await
        }
        Err(error) => Err(error),
    };
    match stored {
        Ok((stored, ..)) if request::wants_json(&req) => Ok(HttpResponse::Created().json(stored)),
        Ok((_, on, undo)) if resolve => Ok(acted.on(on, "resolved", undo)),
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
