//! A shop's opening hours and closed days: read, and set by the same rules as at the desk.

use actix_web::{HttpResponse, Result as ActixResult, web::Data};

use super::{asked::Asked, ok};
use crate::{
    app::App,
    domain::{hours::keeping, merchants},
    error::Result,
    ids::{MerchantId, ShopId},
    store::Conn,
    wire::hours::{HoursIn, HoursOut, as_pointers},
};

/// When a shop is open
///
/// # Errors
/// When the merchant has no such shop.
#[utoipa::path(get, path = "/shops/{id}/hours", tag = "shops", params(("id" = inline(ShopId), Path, description = "The shop.")), responses((status = 200, description = "Its hours.", body = HoursOut)))]
pub async fn read(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let (merchant, id) = (asked.merchant, asked.id()?);
    Ok(ok(&app.read(move |conn| shown(conn, merchant, id)).await?))
}

/// Set when a shop is open
///
/// What is left out stays as it is, what is named is replaced as a whole. When answers are due is counted again.
///
/// # Errors
/// When the merchant has no such shop; else names what is wrong.
#[utoipa::path(patch, path = "/shops/{id}/hours", tag = "shops", params(("id" = inline(ShopId), Path, description = "The shop.")), request_body = HoursIn, responses((status = 200, description = "The hours as they are now.", body = HoursOut)))]
pub async fn set(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let (merchant, id) = (asked.merchant, asked.id()?);
    let setting = asked.body::<HoursIn>()?.parse()?;
    let now = app
        .write(move |tx| {
            keeping::set_by_app(tx, merchant, id, &setting)?;
            shown(tx, merchant, id)
        })
        .await
        .map_err(as_pointers)?;
    Ok(ok(&now))
}

fn shown(conn: &mut Conn, merchant: MerchantId, id: ShopId) -> Result<HoursOut> {
    let shop = merchants::shop(conn, merchant, id)?;
    Ok(HoursOut::of(&shop, &keeping::of(conn, &shop)?))
}
