//! The worker: makes deliveries that are due and rings the clocks that ran out. It sleeps until something is due or a
//! nudge comes; whatever it missed it finds in the database.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::sleep};

use super::{
    clocks,
    email::{self, Unsent},
    tidying, writing,
};
use crate::{
    app::App,
    bus::Topic,
    domain::{
        deliveries::{self, Attempt, Delivery},
        feed, intakes,
        search::{self, documents},
        threads::undo,
    },
    error::Result,
};

/// The longest sleep: what nobody nudged about is found this soon.
const ROUND: Duration = Duration::from_millis(1_000);
/// Deliveries taken in one round.
const TAKEN: i64 = 16;
/// Rounds between two sweeps of old bodies, of files nobody sent and of what cannot be taken back any more: about an hour.
const SWEEP_EVERY: u64 = 3_600;

/// Works until told to stop; finishes what it has begun.
pub async fn work(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut nudges = app.bus.watch(Topic::Deliveries);
    let mut round: u64 = 0;
    while !*stop.borrow() {
        match turn(&app, round).await {
            Ok(busy) if busy => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the worker failed; it tries again"),
        }
        round += 1;
        tokio::select! {
            _ = nudges.recv() => while nudges.try_recv().is_ok() {},
            () = sleep(ROUND) => {}
            _ = stop.changed() => {}
        }
    }
}

/// One round; true when there may be more to do at once.
async fn turn(app: &Arc<App>, round: u64) -> Result<bool> {
    let placed = app.write(feed::sequence).await?;
    let rung = clocks::ring(app).await?;
    // What was said before there was a search; seldom more than once in the life of a database.
    let behind = app.read(search::backlog).await? && app.write(documents::catch_up).await? > 0;
    if round.is_multiple_of(SWEEP_EVERY) {
        app.write(intakes::sweep).await?;
        app.write(undo::sweep).await?;
        tidying::sweep(app).await?;
    }
    // Asked first without a transaction: a quiet house writes nothing.
    let now = app.now();
    let due = app.read(deliveries::next_due).await?;
    if due.is_none_or(|at| at > now) {
        return Ok(placed > 0 || rung > 0 || behind);
    }
    let claimed = app.write(|tx| deliveries::claim(tx, TAKEN)).await?;
    for delivery in &claimed {
        deliver(app, delivery).await?;
    }
    Ok(!claimed.is_empty())
}

async fn deliver(app: &Arc<App>, delivery: &Delivery) -> Result<()> {
    let attempt = attempt(app, delivery).await;
    if let Attempt::Failed(why) = &attempt {
        tracing::warn!(delivery.id = %delivery.id, attempts = delivery.attempts, why, "a delivery failed");
    }
    let delivery = delivery.clone();
    let ours = app.write(move |tx| deliveries::complete(tx, &delivery, &attempt)).await?;
    if !ours {
        tracing::warn!("a delivery was taken over by another worker");
    }
    Ok(())
}

async fn attempt(app: &Arc<App>, delivery: &Delivery) -> Attempt {
    let (writer, wanted) = (Arc::clone(app), delivery.clone());
    let (envelope, letter) = match app.read(move |conn| writing::write(&writer, conn, &wanted)).await {
        Ok(Some(ready)) => ready,
        Ok(None) => return Attempt::Dropped,
        Err(error) => return Attempt::Failed(error.to_string()),
    };
    let (folder, id) = (app.mail.clone(), delivery.id);
    let sent = tokio::task::spawn_blocking(move || email::send(&folder, id, &envelope, &letter)).await;
    match sent {
        Ok(Ok(_)) => Attempt::Sent,
        Ok(Err(Unsent::ForGood(why))) => {
            tracing::warn!(delivery.id = %delivery.id, why, "a letter can never be sent");
            Attempt::Dropped
        }
        Ok(Err(Unsent::ForNow(why))) => Attempt::Failed(why),
        Err(error) => Attempt::Failed(error.to_string()),
    }
}
