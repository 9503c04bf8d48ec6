//! Canned replies: which there are.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, ok};
use crate::{
    app::App,
    domain::canned,
    error::Result,
    wire::{List, canned::CannedReplyOut},
};

/// Every canned reply
///
/// As written, by title.
///
/// # Errors
/// When the database fails.
#[utoipa::path(get, path = "/canned-replies", tag = "canned-replies", responses((status = 200, description = "The replies.", body = List<CannedReplyOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let all = app.read(move |conn| canned::list(conn, asked.merchant)).await?;
    Ok(ok(&List::whole(all.iter().map(CannedReplyOut::from).collect())))
}
