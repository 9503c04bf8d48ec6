//! Orders: found by number, the shop's id, e-mail, or by when they changed.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, ok};
use crate::{
    app::App,
    domain::orders::{self, Filter, OrderDetail},
    error::Result,
    ids::OrderId,
    wire::{
        Cursor, List,
        orders::{OrderOut, OrderQuery},
    },
};

/// Find orders
///
/// The one that changed longest ago first: a reader who goes on from the last row misses none.
///
/// # Errors
/// As every list.
#[utoipa::path(get, path = "/orders", tag = "orders", params(OrderQuery), responses((status = 200, description = "A page of orders.", body = List<OrderOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let query: OrderQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let filter = Filter {
        number: query.number,
        external_id: query.external_id,
        email: query.email,
        shopper: None,
        updated_since: query.updated_since,
        after: query.cursor.map(|cursor| cursor.to_moment::<OrderId>()).transpose()?,
    };
    let found = app.read(move |conn| orders::list(conn, asked.merchant, &filter, limit.look_for())).await?;
    let position = |row: &OrderDetail| Cursor::moment(row.order.updated_at.utc(), row.order.id);
    Ok(ok(&List::page(found, limit, position, |row| OrderOut::from(row))))
}

/// One order
///
/// # Errors
/// When the merchant has no such order.
#[utoipa::path(get, path = "/orders/{id}", tag = "orders", params(("id" = inline(OrderId), Path, description = "The order.")), responses((status = 200, description = "The order.", body = OrderOut)))]
pub async fn one(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let id: OrderId = asked.id()?;
    let found = app.read(move |conn| orders::detail(conn, asked.merchant, id)).await?;
    Ok(ok(&OrderOut::from(&found)))
}
