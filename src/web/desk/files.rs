//! Files at the desk: sent one by one by our script, and asked for again once an address is over.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::{
    app::App,
    domain::files::{
        self, Sender, Variant,
        signing::{Audience, Signer},
    },
    error::{Error, Result},
    ids::ThreadId,
    web::{
        gate::Desk,
        media,
        uploads::{self, Kept},
    },
};

/// `POST /desk/threads/{thread}/files`
pub(super) async fn send(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let file = uploads::one(&req, payload, Sender::agent(&desk.agent, thread)).await?;
    let signer = Signer::new(&app.keys, app.now(), Audience::Desk);
    Ok(HttpResponse::Created().json(Kept::of(&file, &signer)))
}

/// `GET /desk/threads/{thread}/files/{file}/{variant}`
pub(super) async fn open(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.0.parse().map_err(|_| Error::NotFound)?;
    let id = path.1.parse().map_err(|_| Error::NotFound)?;
    let variant: Variant = path.2.parse().map_err(|()| Error::NotFound)?;
    let file = app.read(move |conn| files::for_agent(conn, &desk.agent, thread, id)).await?;
    Ok(media::onward(&Signer::new(&app.keys, app.now(), Audience::Desk), &file, variant))
}
