//! The front door, divided by who is asking: `hooks` for other systems, `shopper`, `desk` for agents, `api` for programs.
//! Here: the server, the list of every route, and what the rooms share. What is asked of the house is the domain's.

pub mod api;
pub mod assets;
pub mod csv;
pub mod desk;
pub mod doorman;
mod export;
pub mod faces;
pub mod fault;
pub mod files;
pub mod gate;
pub mod health;
pub mod hooks;
pub mod limits;
pub mod live;
pub mod look;
pub mod media;
pub mod opening;
pub mod pace;
pub mod packing;
pub mod page;
pub mod problem;
pub mod qr;
pub mod request;
pub mod shopper;
pub mod uploads;
mod watch;

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App as Web, HttpServer,
    dev::Server,
    middleware::from_fn,
    web::{
        Data, FormConfig, JsonConfig, PathConfig, PayloadConfig, QueryConfig, ServiceConfig, get, head, post, resource,
        scope,
    },
};

use crate::{app::App, error::Error};

/// The longest form there is: as much as fits a message field, every character of it escaped. Only what fits can come
/// back to its page with words about its length.
const MAX_FORM: usize = 128 * 1024;
/// How long requests under way may take once the server is told to stop, in seconds.
const DRAIN: u64 = 20;

/// The server on an open listener.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(app: Arc<App>, listener: TcpListener) -> std::io::Result<Server> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let data = Data::from(app);
    let server = HttpServer::new(move || {
        Web::new()
            .app_data(data.clone())
            .configure(refusals)
            .wrap(from_fn(packing::pack))
            .wrap(from_fn(pace::keep))
            .wrap(from_fn(doorman::admit))
            .wrap(from_fn(doorman::log))
            .configure(routes)
    })
    .workers(cores)
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(DRAIN)
    .listen(listener)?;
    Ok(server.run())
}

/// Every route there is. A room's gate is in its handlers: whoever may not come in never reaches one.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/health/live", get().to(health::live))
        .route("/health/ready", get().to(health::ready))
        .route("/metrics", get().to(health::metrics))
        .route("/look/{shop}.css", get().to(look::style))
        .service(resource("/files/{file}/{variant}").route(get().to(files::serve)).route(head().to(files::serve)))
        .service(
            scope("/hooks").wrap(from_fn(faces::problems)).service(
                resource("/{hook}").app_data(PayloadConfig::new(hooks::MAX_BODY)).route(post().to(hooks::arrive)),
            ),
        )
        .configure(api::routes)
        .configure(shopper::routes)
        .configure(desk::routes)
        .configure(assets::routes);
}

/// What actix itself refuses, in our words.
fn refusals(config: &mut ServiceConfig) {
    config
        .app_data(PayloadConfig::new(256 * 1024))
        .app_data(FormConfig::default().limit(MAX_FORM))
        .app_data(JsonConfig::default().limit(256 * 1024).error_handler(|error, _| faces::bad_json(&error).into()))
        .app_data(PathConfig::default().error_handler(|_, _| Error::NotFound.into()))
        .app_data(QueryConfig::default().error_handler(|error, _| faces::bad_query(&error).into()));
}
