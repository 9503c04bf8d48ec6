//! Whether the process lives, whether it can serve, and its counters. For those who run it.

use actix_web::{HttpRequest, HttpResponse, web};

use super::request;
use crate::{
    app::App,
    domain::{deliveries, installation, merchants},
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
    let held = app.read(|conn| Ok((merchants::any(conn)?, installation::held(conn)?))).await?.1;
    // It serves all the same: whoever asks for its health must not take it out of service for that.
    let body = if held.is_some() { "ready, deliveries are held: comptoir resume\n" } else { "ready\n" };
    Ok(HttpResponse::Ok().content_type("text/plain").body(body))
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
    let (states, held) = app.read(|conn| Ok((deliveries::by_state(conn)?, installation::held(conn)?))).await?;
    let states: Vec<(&str, i64)> = states.iter().map(|(state, count)| (state.as_str(), *count)).collect();
    let text = counters::text(app.waiting_changes(), &states, held.is_some());
    Ok(HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text))
}
