//! Files at the counter: sent one by one by our script, and asked for again once an address is over.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::{
    app::App,
    domain::files::{
        self, Sender, Variant,
        signing::{Audience, Signer},
    },
    error::{Error, Result},
    web::{
        gate, media,
        uploads::{self, Kept},
    },
};

/// `POST /t/{thread}/files`: one file, which then waits for its message.
///
/// # Errors
/// In words, when the file cannot be kept.
pub(super) async fn send(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let file = uploads::one(&req, payload, Sender::shopper(&gate.visit)).await?;
    let signer = Signer::new(&app.keys, app.now(), Audience::Shopper);
    Ok(HttpResponse::Created().json(Kept::of(&file, &signer)))
}

/// `GET /t/{thread}/files/{file}/{variant}`: on to an address that is good now.
///
/// # Errors
/// When there is no such file in the visit's thread.
pub(super) async fn open(
    app: web::Data<App>,
    gate: gate::Shopper,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse> {
    let id = path.1.parse().map_err(|_| Error::NotFound)?;
    let variant: Variant = path.2.parse().map_err(|()| Error::NotFound)?;
    let file = app.read(move |conn| files::for_visit(conn, &gate.visit, id)).await?;
    Ok(media::onward(&Signer::new(&app.keys, app.now(), Audience::Shopper), &file, variant))
}
