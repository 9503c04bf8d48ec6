//! The faces an error has: a page for people, a problem document for programs. Rooms choose by wrapping themselves.

use actix_web::{
    Error as ActixError, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::{JsonPayloadError, QueryPayloadError},
    http::{StatusCode, header},
    middleware::Next,
};

use super::{
    fault::{self, ErrorPage, Fault, Way},
    page,
    problem::{self, Problem},
    request::{self, RequestId},
};
use crate::{
    error::{Error, FieldError, Says},
    i18n::key,
};

/// Errors as problem documents.
///
/// # Errors
/// None: every error is made an answer.
pub async fn problems(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let response = next.call(req).await?.map_into_boxed_body();
    Ok(dressed(response, problem_answer))
}

/// Errors as pages, or as problem documents for our own scripts.
///
/// # Errors
/// None: every error is made an answer.
pub async fn pages(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let response = next.call(req).await?.map_into_boxed_body();
    Ok(dressed(response, |req, error, status| {
        if request::wants_json(req) { problem_answer(req, error, status) } else { page_answer(req, error, status) }
    }))
}

/// Puts a face on an answer that has none: an error of ours, or a bare refusal of the server's own.
fn dressed(
    response: ServiceResponse<BoxBody>,
    face: impl FnOnce(&HttpRequest, Option<&Error>, StatusCode) -> HttpResponse,
) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let ours = response.response().error().and_then(|error| error.as_error::<Error>());
    let bare = response.response().headers().get(header::CONTENT_TYPE).is_none();
    let refused = status.is_client_error() || status.is_server_error();
    // A body that could not be read already says where.
    let faced = response.response().error().is_some_and(|error| error.as_error::<BadRequest>().is_some());
    if !refused || faced || (ours.is_none() && !bare && response.response().error().is_none()) {
        return response;
    }
    // The answer that takes its place knows nothing of the error any more.
    if let Some(error) = response.response().error().filter(|_| status.is_server_error()) {
        let (request, id) = (response.request(), RequestId::of(response.request()).unwrap_or_default());
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        tracing::error!(request.id = %id, method = %request.method(), route, status = status.as_u16(), %error, "failed");
    }
    let mut answer = face(response.request(), ours, status);
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW] {
        if let Some(value) = response.response().headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    let req = response.request().clone();
    ServiceResponse::new(req, answer)
}

/// What somebody is told who is turned away before any room: a page for people, a problem document for programs.
pub fn refusal(req: &HttpRequest, a_page: bool, status: StatusCode) -> HttpResponse {
    if a_page && !request::wants_json(req) { page_answer(req, None, status) } else { problem_answer(req, None, status) }
}

fn problem_answer(req: &HttpRequest, error: Option<&Error>, status: StatusCode) -> HttpResponse {
    let t = request::words(req);
    match error {
        Some(error) => Problem::of(error, &t, RequestId::of(req)).answer(),
        None => Problem::plain(status, &t.get(fault::keys(status.as_u16()).1)).answer(),
    }
}

fn page_answer(req: &HttpRequest, error: Option<&Error>, status: StatusCode) -> HttpResponse {
    let t = request::words(req);
    let ways = vec![Way { href: "/t".to_owned(), label: t.get(key("error-way-find")) }];
    let reference = if status.is_server_error() { RequestId::of(req) } else { None };
    let mut fault = Fault::of(&t, status.as_u16(), ways, reference);
    if let Some(error) = error {
        fault.text = problem::in_words(error, &t);
    }
    page::html(&ErrorPage::new(t, fault), status)
}

/// A JSON body that cannot be taken.
pub fn bad_json(error: &JsonPayloadError) -> BadRequest {
    match error {
        JsonPayloadError::Overflow { .. } | JsonPayloadError::OverflowKnownLength { .. } => {
            BadRequest { status: StatusCode::PAYLOAD_TOO_LARGE, detail: error.to_string() }
        }
        other => BadRequest { status: StatusCode::BAD_REQUEST, detail: other.to_string() },
    }
}

/// A form that cannot be taken.
pub fn bad_form(error: &actix_web::Error) -> Error {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(Says::new(key("error-large-text"))),
        _ => Error::Invalid(vec![FieldError { pointer: String::new(), says: Says::new(key("error-bad-text")) }]),
    }
}

/// A query string that cannot be taken.
pub fn bad_query(error: &QueryPayloadError) -> Error {
    let says = Says::new(key("error-query")).with("detail", error);
    Error::Invalid(vec![FieldError { pointer: "?".to_owned(), says }])
}

/// A request that is no sentence of ours.
#[derive(Debug)]
pub struct BadRequest {
    status: StatusCode,
    detail: String,
}

impl std::fmt::Display for BadRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl ResponseError for BadRequest {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        Problem::plain(self.status, &self.detail).answer()
    }
}
