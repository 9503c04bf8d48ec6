//! Labels: which there are, and putting them on threads.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, ok, threads::moved};
use crate::{
    app::App,
    domain::labels,
    error::Result,
    ids::{LabelId, ThreadId},
    wire::{List, labels::LabelOut, threads::ThreadOut},
};

/// Every label
///
/// # Errors
/// When the database fails.
#[utoipa::path(get, path = "/labels", tag = "labels", responses((status = 200, description = "The labels, by name.", body = List<LabelOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let all = app.read(move |conn| labels::list(conn, asked.merchant)).await?;
    Ok(ok(&List::whole(all.iter().map(LabelOut::from).collect())))
}

/// Put a label on a thread
///
/// The same label twice is there once.
///
/// # Errors
/// When the merchant has no such thread or label; a conflict when the thread has as many as it may.
#[utoipa::path(put, path = "/threads/{id}/labels/{label_id}", tag = "labels", params(("id" = inline(ThreadId), Path, description = "The thread."), ("label_id" = inline(LabelId), Path, description = "The label.")), responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn put(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let label: LabelId = asked.named("label_id")?;
    moved(&asked, &app, move |tx, by, thread| labels::put(tx, by, thread, label)).await
}

/// Take a label off a thread
///
/// # Errors
/// When the merchant has no such thread.
#[utoipa::path(delete, path = "/threads/{id}/labels/{label_id}", tag = "labels", params(("id" = inline(ThreadId), Path, description = "The thread."), ("label_id" = inline(LabelId), Path, description = "The label.")), responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn take_off(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let label: LabelId = asked.named("label_id")?;
    moved(&asked, &app, move |tx, by, thread| labels::take_off(tx, by, thread, label)).await
}
