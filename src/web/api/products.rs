//! Products: what a line of an order can be exchanged for.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, ok};
use crate::{
    app::App,
    domain::catalogue,
    error::Result,
    wire::{
        Cursor, List,
        products::{PageQuery, ProductOut},
    },
};

/// The catalogue
///
/// # Errors
/// As every list.
#[utoipa::path(get, path = "/products", tag = "products", params(PageQuery), responses((status = 200, description = "A page of products.", body = List<ProductOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let query: PageQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let after = query.cursor.map(|cursor| cursor.to_plain()).transpose()?;
    let merchant = asked.merchant;
    let (found, offers) = app
        .read(move |conn| {
            let found = catalogue::products(conn, merchant, after, limit.look_for())?;
            let ids: Vec<_> = found.iter().map(|product| product.id).collect();
            let offers = catalogue::offers_of(conn, merchant, &ids)?;
            Ok((found, offers))
        })
        .await?;
    let row = |product: &catalogue::Product| {
        ProductOut::of(product, offers.get(&product.id).map(Vec::as_slice).unwrap_or_default())
    };
    Ok(ok(&List::page(found, limit, |product| Cursor::plain(product.id), row)))
}
