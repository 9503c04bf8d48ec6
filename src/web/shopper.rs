//! The shopper's room: the thread of a purchase, the exchange, and the ways in. What stands on a page is in `view`;
//! the handlers ask the domain, and the builders (`order`, `log`, `case`, `exchange`) put its answers into words.

mod arrival;
mod case;
mod counter;
mod device;
mod entry;
mod exchange;
mod files;
mod follow;
mod gift;
mod log;
mod order;
mod orders;
mod quick;
mod seen;
mod thread;
pub mod view;

use actix_web::{
    Error as ActixError, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::{Next, from_fn},
    web::{ServiceConfig, get, post, resource, scope},
};

use super::{
    faces,
    request::{self, Jar},
};
use crate::i18n::Lang;

/// Everything under `/t`, and the page of a present.
pub fn routes(config: &mut ServiceConfig) {
    config.service(
        scope("/gift")
            .wrap(from_fn(remember_language))
            .wrap(from_fn(faces::pages))
            .service(resource("/{token}").route(get().to(gift::page))),
    );
    config.service(
        scope("/t")
            .wrap(from_fn(remember_language))
            .wrap(from_fn(faces::pages))
            .route("", get().to(entry::opening))
            .service(resource("/find").route(get().to(entry::find)).route(post().to(entry::ask)))
            .service(resource("/open").route(post().to(entry::open)))
            .service(resource("/link").route(post().to(entry::link)))
            .service(
                resource("/o").route(get().to(entry::order_link::opening)).route(post().to(entry::order_link::open)),
            )
            .service(resource("/code/{challenge}").route(get().to(entry::code)).route(post().to(entry::answer)))
            .service(resource("/code/{challenge}/look").route(post().to(entry::look)))
            .service(resource("/code/{challenge}/again").route(post().to(entry::again)))
            .service(resource("/{thread}").route(get().to(thread::page)))
            .service(resource("/{thread}/live").route(get().to(follow::live)))
            .service(resource("/{thread}/orders").route(get().to(orders::page)))
            .service(resource("/{thread}/orders/code").route(post().to(orders::code)))
            .service(resource("/{thread}/all-well").route(post().to(arrival::well)))
            .service(resource("/{thread}/device").route(get().to(device::page)))
            .service(resource("/{thread}/gift").route(get().to(gift::sharing)).route(post().to(gift::make)))
            .service(resource("/{thread}/gift/end").route(post().to(gift::end)))
            .service(resource("/{thread}/messages").route(post().to(thread::write)))
            .service(resource("/{thread}/files").route(post().to(files::send)))
            .service(resource("/{thread}/files/{file}/{variant}").route(get().to(files::open)))
            .service(resource("/{thread}/exchange/photos").route(post().to(exchange::photos)))
            .service(resource("/{thread}/exchange").route(get().to(exchange::page)))
            .service(resource("/{thread}/exchanges").route(post().to(exchange::request)))
            .service(resource("/{thread}/cases/{case}").route(get().to(case::page)))
            .service(resource("/{thread}/cases/{case}/acceptance").route(post().to(case::accept)))
            .service(resource("/{thread}/cases/{case}/first-wish").route(post().to(case::keep)))
            .service(resource("/{thread}/cases/{case}/cancellation").route(post().to(case::cancel))),
    );
}

/// Keeps a language that was chosen on a page for the pages after it.
async fn remember_language(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    let mut response = next.call(req).await?;
    let req = response.request();
    let asked = req.query_string().split('&').find_map(|part| part.strip_prefix("lang=")?.parse::<Lang>().ok());
    if let Some(lang) = asked.filter(|_| response.status().is_success()) {
        let cookie = Jar::Language.holding(request::app(req), lang.code());
        response.response_mut().add_cookie(&cookie)?;
    }
    Ok(response)
}

/// On to a page, by GET.
fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
