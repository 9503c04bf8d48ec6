//! Files: sent into a thread, where they wait for the message that takes them.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};

use super::{answer, messages};
use crate::{
    app::App,
    domain::files::Sender,
    error::{Error, FieldError, Result},
    ids::ThreadId,
    web::{gate::Caller, uploads},
    wire::files::{FileIn, FileOut},
};

/// Send a file
///
/// One file as `multipart/form-data`. It waits for a message that names it in `files`; after a day without one it is swept.
///
/// # Errors
/// When the merchant has no such thread, or the file cannot be kept.
#[utoipa::path(post, path = "/threads/{id}/files", tag = "messages", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body(content = FileIn, content_type = "multipart/form-data"), responses((status = 201, description = "The file.", body = FileOut)))]
pub async fn send(
    caller: Caller,
    req: HttpRequest,
    app: Data<App>,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let file = uploads::one(&req, payload, Sender::app(caller.merchant, thread)).await.map_err(as_pointers)?;
    Ok(answer(StatusCode::CREATED, &FileOut::of(&file, &messages::files(&app))))
}

/// Programs read pointers.
fn as_pointers(error: Error) -> Error {
    let Error::Invalid(fields) = error else { return error };
    let pointed = |field: FieldError| FieldError { pointer: format!("/{}", field.pointer), ..field };
    Error::Invalid(fields.into_iter().map(pointed).collect())
}
