//! The feed: everything that happened at the merchant's, in one order.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, ok};
use crate::{
    app::App,
    domain::{events::Event, feed},
    error::Result,
    wire::{
        Cursor, List,
        events::{EventOut, EventQuery},
    },
};

/// Follow everything that happens
///
/// In the order of the feed. When `next` is null you have it all for now: ask again later with `after`, the `pos` of the
/// last event you took. Nothing that is told late comes before what you took.
///
/// # Errors
/// As every list.
#[utoipa::path(get, path = "/events", tag = "events", params(EventQuery), responses((status = 200, description = "A page of events.", body = List<EventOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let query: EventQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let from = query.cursor.map(|cursor| cursor.to_plain()).transpose()?;
    let after = from.or(query.after.map(|pos| pos.0)).unwrap_or(0);
    let found = app.read(move |conn| feed::after(conn, asked.merchant, after, limit.look_for())).await?;
    let position = |event: &Event| Cursor::plain(event.pos.unwrap_or_default());
    Ok(ok(&List::page(found, limit, position, |event| EventOut::from(event))))
}
