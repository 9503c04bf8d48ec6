//! The sweep: what is kept no longer, each merchant by what they chose, in slices that are changes of their own. One that is
//! broken off is gone on with in the next.

use std::sync::Arc;

use super::{erasing, tidying};
use crate::{
    app::App,
    domain::{
        retention::{self, Kept},
        threads::undo,
    },
    error::Result,
    ids::MerchantId,
};

/// One sweep.
///
/// # Errors
/// When the database or the disk fails; the next sweep goes on.
pub(super) async fn sweep(app: &Arc<App>) -> Result<()> {
    app.write(undo::sweep).await?;
    app.write(retention::sweep_passing).await?;
    for merchant in app.read(retention::merchants).await? {
        for kind in Kept::ALL {
            sweep_kind(app, merchant, *kind).await?;
        }
    }
    erasing::remove_bytes(app).await?;
    tidying::sweep(app).await
}

async fn sweep_kind(app: &Arc<App>, merchant: MerchantId, kind: Kept) -> Result<()> {
    loop {
        let swept = app.write(move |tx| retention::sweep(tx, merchant, kind)).await?;
        erasing::take_letters(app, swept.letters).await?;
        if !swept.more {
            return Ok(());
        }
    }
}
