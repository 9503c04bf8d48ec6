//! What every request passes before it reaches a room: its name in the log, the host it was sent to, what it may carry,
//! and whether a page of ours sent it.

use std::time::Instant;

use actix_web::{
    Error as ActixError, HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    middleware::Next,
    web,
};

use super::{faces, request::RequestId};
use crate::{app::App, metrics, secrets};

/// Names the request, logs how it went (its route, never its address with secrets in it) and counts it.
///
/// # Errors
/// What the room answers.
pub async fn log(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let id: String = secrets::token().chars().take(12).collect();
    req.extensions_mut().insert(RequestId(id.clone()));
    let (started, method) = (Instant::now(), req.method().clone());
    let response = next.call(req).await?.map_into_boxed_body();
    let route = response.request().match_pattern().unwrap_or_else(|| "none".to_owned());
    let (status, elapsed) = (response.status(), started.elapsed());
    metrics::counted(&route, status.as_u16());
    if let Some(error) = response.response().error().filter(|_| status.is_server_error()) {
        tracing::error!(request.id = %id, %method, route, status = status.as_u16(), %error, "failed");
    } else {
        let duration_ms = elapsed.as_secs_f64() * 1000.0;
        tracing::debug!(request.id = %id, %method, route, status = status.as_u16(), duration_ms, "answered");
    }
    Ok(response)
}

/// Refuses what was sent to another host or packed, and what a page of somebody else sent.
///
/// # Errors
/// What the room answers.
pub async fn admit(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let Some(app) = req.app_data::<web::Data<App>>() else { return Ok(next.call(req).await?.map_into_boxed_body()) };
    if let Some(there) = moved(app, &req) {
        return Ok(
            req.into_response(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, there)).finish())
        );
    }
    if is_elsewhere(app, &req) {
        return Ok(refused(req, StatusCode::MISDIRECTED_REQUEST));
    }
    let packed = req.headers().get(header::CONTENT_ENCODING).is_some_and(|value| value != "identity");
    if packed {
        return Ok(refused(req, StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    if is_browsers(&req) && (changes(req.method()) || is_socket(&req)) && !from_our_page(app, &req) {
        tracing::warn!(route = req.match_pattern(), "a request of a foreign page was refused");
        return Ok(refused(req, StatusCode::FORBIDDEN));
    }
    let secure = app.base.is_secure();
    let mut response = next.call(req).await?.map_into_boxed_body();
    if secure {
        let a_year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    Ok(response)
}

/// Turned away at the door, with a face like every other answer.
fn refused(req: ServiceRequest, status: StatusCode) -> ServiceResponse<BoxBody> {
    let answer = faces::refusal(req.request(), is_browsers(&req), status);
    req.into_response(answer)
}

fn host(req: &ServiceRequest) -> &str {
    req.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Where `localhost` leads: the name cookies and links are made for.
fn moved(app: &App, req: &ServiceRequest) -> Option<String> {
    let bare = host(req).split(':').next().unwrap_or_default();
    let other_name = bare.eq_ignore_ascii_case("localhost") && !host(req).eq_ignore_ascii_case(app.base.host());
    let page = req.method() == Method::GET && !is_about_the_machine(req);
    (other_name && page && app.base.is_loopback()).then(|| format!("{}{}", app.base, req.uri()))
}

/// Sent to a name that is not ours.
fn is_elsewhere(app: &App, req: &ServiceRequest) -> bool {
    !host(req).eq_ignore_ascii_case(app.base.host()) && !is_about_the_machine(req)
}

/// Health and counters are asked by the machine itself, under any name.
fn is_about_the_machine(req: &ServiceRequest) -> bool {
    req.path().starts_with("/health/") || req.path() == "/metrics"
}

/// Rooms that browsers come to with cookies; hooks and programs prove themselves with every request.
fn is_browsers(req: &ServiceRequest) -> bool {
    !req.path().starts_with("/hooks/") && !req.path().starts_with("/api/")
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_socket(req: &ServiceRequest) -> bool {
    req.headers().get(header::UPGRADE).is_some()
}

/// By the `Origin` a browser sends, else by `Sec-Fetch-Site`; with neither, no.
fn from_our_page(app: &App, req: &ServiceRequest) -> bool {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    match (header("origin"), header("sec-fetch-site")) {
        (Some(origin), _) => origin.eq_ignore_ascii_case(app.base.as_str()),
        (None, Some(site)) => site == "same-origin",
        (None, None) => false,
    }
}
