//! Messages: what was said in a thread, and saying something in it.

use actix_web::{HttpResponse, Result as ActixResult, web::Data};

use super::{asked::Asked, made, ok};
use crate::{
    app::App,
    domain::{
        agents,
        files::signing::{Audience, Signer},
        shoppers,
        threads::{self, messages, messages::Message},
    },
    error::{Error, FieldError, Result},
    ids::{MerchantId, ThreadId},
    store::Conn,
    wire::{
        Cursor, List,
        messages::{Files, MessageIn, MessageOut, MessageQuery, Names},
    },
};

/// What was said in a thread
///
/// The oldest first, notes too.
///
/// # Errors
/// When the merchant has no such thread.
#[utoipa::path(get, path = "/threads/{id}/messages", tag = "messages", params(("id" = inline(ThreadId), Path, description = "The thread."), MessageQuery), responses((status = 200, description = "A page of messages.", body = List<MessageOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let id: ThreadId = asked.id()?;
    let query: MessageQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let from = query.cursor.map(|cursor| cursor.to_plain()).transpose()?;
    let after = from.or(query.after.map(|seq| seq.0)).unwrap_or(0);
    let merchant = asked.merchant;
    let (found, mut names) = app
        .read(move |conn| {
            let thread = threads::of_merchant(conn, merchant, id)?;
            let found = messages::after(conn, &thread, after, limit.look_for())?;
            let names = names(conn, merchant, &found)?;
            Ok((found, names))
        })
        .await?;
    names.files = Some(files(&app));
    let row = |message: &Message| MessageOut::of(message, &names);
    Ok(ok(&List::page(found, limit, |message| Cursor::plain(message.seq), row)))
}

/// Say something in a thread
///
/// It is said for the merchant, with the files that were sent before. The same `client_id` twice says it once: the second answer is 200 with the first message.
///
/// # Errors
/// When the merchant has no such thread, or the text cannot be said.
#[utoipa::path(post, path = "/threads/{id}/messages", tag = "messages", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body = MessageIn, responses((status = 201, description = "The message.", body = MessageOut), (status = 200, description = "The message that was said with this `client_id` before.", body = MessageOut)))]
pub async fn say(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let id: ThreadId = asked.id()?;
    let (content, client_id) = asked.body::<MessageIn>()?.parse()?;
    let merchant = asked.merchant;
    let said = app
        .write(move |tx| {
            let (message, anew) = messages::from_app(tx, merchant, id, &content, &client_id)?;
            let names = names(tx, merchant, std::slice::from_ref(&message))?;
            Ok((message, anew, names))
        })
        .await;
    let (message, anew, mut names) = said.map_err(as_pointers)?;
    names.files = Some(files(&app));
    Ok(made(anew, &MessageOut::of(&message, &names)))
}

/// The domain names fields as a form does; a program wants pointers into its body.
fn as_pointers(error: Error) -> Error {
    let Error::Invalid(fields) = error else { return error };
    let pointed =
        |field: FieldError| FieldError { pointer: format!("/{}", field.pointer.trim_start_matches('/')), ..field };
    Error::Invalid(fields.into_iter().map(pointed).collect())
}

pub(super) fn files(app: &App) -> Files {
    Files { base: app.base.to_string(), signer: Signer::new(&app.keys, app.now(), Audience::Program) }
}

pub(super) fn names(conn: &mut Conn, merchant: MerchantId, messages: &[Message]) -> Result<Names> {
    let (by_agents, by_shoppers) = Names::wanted(messages);
    Ok(Names {
        agents: agents::by_ids(conn, merchant, &by_agents)?,
        shoppers: shoppers::by_ids(conn, merchant, &by_shoppers)?,
        files: None,
    })
}
