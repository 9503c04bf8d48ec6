//! An error as an answer: its status, and for programs a problem document (RFC 9457) with a JSON pointer to each bad field.
//! The faces people see are the rooms' own; which error is which status is said once, here.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;

use super::fault;
use crate::{
    error::{Error, StoreFailure},
    i18n::{Words, key},
};

/// A problem document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Says which kind of problem it is: `about:blank` when the status says it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status, in words.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// What can be done, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Each bad field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What the request is found by in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// A bad field of a request.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// A JSON pointer into the request body, or the name of a query parameter.
    pub pointer: String,
    /// What is wrong with it, in words.
    pub detail: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Denied => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(store) => match store.kind {
                StoreFailure::Full | StoreFailure::Gone | StoreFailure::Held | StoreFailure::Collision => {
                    StatusCode::SERVICE_UNAVAILABLE
                }
                StoreFailure::Duplicate | StoreFailure::Other => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Only what holds for every face; the rooms put their own body in its place.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        if let Some(seconds) = retry_after(self) {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        if matches!(self, Self::SignedOut) {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        answer.finish()
    }
}

/// Seconds after which asking again makes sense.
pub fn retry_after(error: &Error) -> Option<u64> {
    match error {
        Error::TooOften(wait) => Some(wait.as_secs().max(1)),
        _ if error.status_code() == StatusCode::SERVICE_UNAVAILABLE => Some(2),
        _ => None,
    }
}

/// What went wrong, in a reader's words; nothing of a mistake of ours but that it is one.
pub fn in_words(error: &Error, t: &Words) -> String {
    match error {
        Error::Conflict(says) | Error::TooLarge(says) => says.in_words(t),
        Error::Store(store) if store.kind == StoreFailure::Full => t.get(key("error-no-room")),
        Error::Invalid(fields) => fields.iter().map(|field| field.says.in_words(t)).collect::<Vec<_>>().join(" "),
        _ => t.get(fault::keys(error.status_code().as_u16()).1),
    }
}

impl Problem {
    pub fn of(error: &Error, t: &Words, request_id: Option<String>) -> Self {
        let status = error.status_code();
        let errors = match error {
            Error::Invalid(fields) => fields
                .iter()
                .map(|field| FieldProblem { pointer: field.pointer.clone(), detail: field.says.in_words(t) })
                .collect(),
            _ => Vec::new(),
        };
        Self {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: Some(in_words(error, t)),
            errors,
            request_id,
        }
    }

    /// One without an error of the domain behind it.
    pub fn plain(status: StatusCode, detail: &str) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: Some(detail.to_owned()),
            errors: Vec::new(),
            request_id: None,
        }
    }

    pub fn answer(&self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        HttpResponse::build(status)
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("application/problem+json")
            .json(self)
    }
}
