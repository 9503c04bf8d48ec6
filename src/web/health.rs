//! Whether the process lives, whether it can serve, and its counters. For those who run it.

use actix_web::{HttpRequest, HttpResponse, web};

use super::request;
use crate::{
    app::App,
    domain::{deliveries, merchants},
    error::{Error, Result},
    metrics as counters,
};

/// The process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("live\n")
}

/// The database answers, for looking and for changing.
///
/// # Errors
/// When it does not.
pub async fn ready(app: web::Data<App>) -> Result<HttpResponse> {
    app.read(merchants::any).await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}

/// Counters in the text format of Prometheus, for the machine itself and nobody else.
///
/// # Errors
/// When the database does not answer.
pub async fn metrics(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse> {
    // What a proxy passes on came from elsewhere, whatever address the proxy has.
    let passed_on = req.headers().contains_key("x-forwarded-for") || req.headers().contains_key("forwarded");
    if passed_on || !request::peer(&req).is_some_and(|ip| ip.is_loopback()) {
        return Err(Error::NotFound);
    }
    let states = app.read(deliveries::by_state).await?;
    let states: Vec<(&str, i64)> = states.iter().map(|(state, count)| (state.as_str(), *count)).collect();
    let text = counters::text(app.waiting_changes(), &states);
    Ok(HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text))
}
