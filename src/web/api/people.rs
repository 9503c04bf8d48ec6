//! A person's data for programs: all of it, and its end; and the audit log.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::{answer, asked::Asked, ok};
use crate::{
    app::App,
    domain::{
        audit::{self, Doer, Entry, Filter},
        erasures, exports,
    },
    error::Result,
    ids::ShopperId,
    web::{export, request},
    wire::{
        Cursor, List,
        audit::{AuditQuery, EntryOut, ErasureIn, ErasureOut},
    },
};

/// Everything that is held about a shopper
///
/// One document: who they are, their orders, their threads with everything that was said, internal notes too, and what was
/// told by shops' systems, word for word. The bytes of files are handed over at the desk. It is written down in the audit log.
/// Two are made at a time; a third waits, and is told to come again (503) where that takes long.
///
/// # Errors
/// When the merchant has no such shopper, or too much is held about them.
#[utoipa::path(get, path = "/shoppers/{id}/export", tag = "shoppers", params(("id" = inline(ShopperId), Path, description = "The shopper.")), responses((status = 200, description = "The document; its parts are described in the documentation.", content_type = "application/json")))]
pub async fn export(asked: Asked, req: HttpRequest) -> Result<HttpResponse> {
    let shopper: ShopperId = asked.id()?;
    let (app, merchant, by) = (request::app(&req), asked.merchant, Doer::App(asked.token));
    let turn = export::turn(app).await?;
    app.write(move |tx| exports::begin(tx, by, merchant, shopper)).await?;
    export::document(app, turn, export::Person { merchant, shopper }).await
}

/// Erase a shopper
///
/// Everything that tells who they are and everything that was said goes; what was bought stays and names nobody. There is no
/// way back. Asking again is no error. What lies outside of rows is gone through afterwards: `finished_at` says when that is done.
///
/// # Errors
/// When the merchant has no such shopper.
#[utoipa::path(post, path = "/shoppers/{id}/erasure", tag = "shoppers", params(("id" = inline(ShopperId), Path, description = "The shopper.")), request_body = ErasureIn, responses((status = 202, description = "Nothing of them is shown any more.", body = ErasureOut)))]
pub async fn erase(asked: Asked, app: Data<App>) -> actix_web::Result<HttpResponse> {
    let shopper: ShopperId = asked.id()?;
    asked.body::<ErasureIn>()?;
    let (keys, merchant, by) = (app.keys.clone(), asked.merchant, Doer::App(asked.token));
    let erasure = app.write(move |tx| erasures::erase(tx, &keys, by, merchant, shopper)).await?;
    Ok(answer(StatusCode::ACCEPTED, &ErasureOut::from(&erasure)))
}

/// The audit log
///
/// The newest first: what somebody did that matters for security. No messages and no secrets are in it.
///
/// # Errors
/// As every list.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery), responses((status = 200, description = "A page of entries.", body = List<EntryOut>)))]
pub async fn log(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let query: AuditQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let before = query.cursor.map(|cursor| cursor.to_plain()).transpose()?;
    let filter = Filter { area: query.area, agent: query.agent_id, before };
    let found = app.read(move |conn| audit::list(conn, asked.merchant, &filter, limit.look_for())).await?;
    Ok(ok(&List::page(found, limit, |entry: &Entry| Cursor::plain(entry.seq), |entry| EntryOut::from(entry))))
}
