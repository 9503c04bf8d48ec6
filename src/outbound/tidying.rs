//! Takes away files that no message took, and what a crash left of one: row and bytes, in an order that can be broken off
//! anywhere and taken up again.

use std::sync::Arc;

use chrono::Duration;

use crate::{
    app::App,
    domain::files::{self, shelf::Shelf},
    error::{Error, Result},
    ids::FileAddress,
    store::columns::At,
};

/// No upload takes longer; what is still unfinished then will never be finished.
const LONGEST: Duration = Duration::hours(1);

/// One sweep.
///
/// # Errors
/// When the database or the disk fails; the next sweep goes on.
pub(super) async fn sweep(app: &Arc<App>) -> Result<()> {
    let now = At::new(app.now());
    for file in app.read(move |conn| files::left_over(conn, now)).await? {
        on_disk(app, move |shelf| shelf.mark(file)).await?;
        if app.write(move |tx| files::forget(tx, file)).await? {
            on_disk(app, move |shelf| shelf.remove(file)).await?;
        } else {
            on_disk(app, move |shelf| shelf.unmark(file)).await?;
        }
    }
    let before = app.now() - LONGEST;
    for file in on_disk(app, move |shelf| shelf.unfinished(before)).await? {
        finish(app, file).await?;
    }
    Ok(())
}

/// The row decides.
async fn finish(app: &Arc<App>, file: FileAddress) -> Result<()> {
    let known = app.read(move |conn| files::is_known(conn, file)).await?;
    on_disk(app, move |shelf| if known { shelf.unmark(file) } else { shelf.remove(file) }).await
}

async fn on_disk<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&Shelf) -> std::io::Result<T> + Send + 'static,
) -> Result<T> {
    let shelf = app.shelf.clone();
    tokio::task::spawn_blocking(move || work(&shelf)).await.map_err(Error::internal)?.map_err(Error::internal)
}
