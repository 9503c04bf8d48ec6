//! A task of its own beside the worker, so that no letter waits for it: erasures are finished, and what is kept no longer is
//! swept, each merchant by what they chose, in slices that are changes of their own. What fails is told and holds up nothing
//! else; what is broken off is gone on with in the next sweep.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

use super::{erasing, tidying};
use crate::{
    app::App,
    bus::Topic,
    domain::{
        retention::{self, Kept},
        threads::undo,
    },
    error::Result,
    ids::MerchantId,
};

/// An erasure that nobody nudged about is finished this soon.
const ROUND: Duration = Duration::from_millis(1_000);
/// From one sweep to the next, by real time: the app's clock says only what is old.
const EVERY: Duration = Duration::from_secs(3_600);
/// The same where something failed.
const AGAIN: Duration = Duration::from_secs(300);

/// Works until told to stop; finishes the slice it has begun.
pub(super) async fn work(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut nudges = app.bus.watch(&[Topic::Deliveries]);
    let mut due = Instant::now();
    while !*stop.borrow() {
        went(&erasing::finish(&app).await, "finishing erasures");
        if Instant::now() >= due {
            let whole = sweep(&app, &stop).await;
            due = Instant::now() + if whole { EVERY } else { AGAIN };
        }
        tokio::select! {
            _ = nudges.recv() => while nudges.try_recv().is_ok() {},
            () = sleep(ROUND) => {}
            _ = stop.changed() => {}
        }
    }
}

/// One sweep; false when something of it failed.
async fn sweep(app: &Arc<App>, stop: &watch::Receiver<bool>) -> bool {
    let mut whole = went(&app.write(undo::sweep).await, "sweeping what could be taken back");
    whole &= went(&sweep_passing(app, stop).await, "sweeping what was good for a while");
    whole &= went(&begin(app).await, "noting since when what is kept counts");
    match app.read(retention::merchants).await {
        Ok(merchants) => {
            for merchant in merchants {
                for kind in Kept::ALL {
                    whole &= went(&sweep_kind(app, stop, merchant, *kind).await, kind.as_str());
                }
            }
        }
        failed => whole &= went(&failed, "looking for merchants"),
    }
    whole &= went(&erasing::remove_bytes(app).await, "removing bytes of files");
    whole & went(&tidying::sweep(app).await, "sweeping files")
}

async fn sweep_passing(app: &Arc<App>, stop: &watch::Receiver<bool>) -> Result<()> {
    // Asked first without a transaction: a quiet house writes nothing.
    let now = app.now();
    if !app.read(move |conn| retention::has_passed(conn, now)).await? {
        return Ok(());
    }
    while !*stop.borrow() && app.write(retention::sweep_passing).await? {}
    Ok(())
}

async fn begin(app: &Arc<App>) -> Result<()> {
    if app.read(retention::is_to_begin).await? { app.write(retention::begin).await } else { Ok(()) }
}

async fn sweep_kind(app: &Arc<App>, stop: &watch::Receiver<bool>, merchant: MerchantId, kind: Kept) -> Result<()> {
    let now = app.now();
    if !app.read(move |conn| retention::is_due(conn, merchant, kind, now)).await? {
        return Ok(());
    }
    while !*stop.borrow() {
        let swept = app.write(move |tx| retention::sweep(tx, merchant, kind)).await?;
        erasing::take_letters(app, swept.letters).await?;
        if !swept.more {
            break;
        }
    }
    Ok(())
}

/// Whether it went well; otherwise it is told, and tried again in its time.
fn went(done: &Result<impl Sized>, what: &str) -> bool {
    if let Err(error) = done {
        tracing::error!(%error, what, "a sweep failed; it tries again");
    }
    done.is_ok()
}
