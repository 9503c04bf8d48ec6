//! The worker: makes deliveries that are due and rings the clocks that ran out. It sleeps until something is due or a
//! nudge comes; whatever it missed it finds in the database.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    task::JoinSet,
    time::{Instant, sleep, timeout_at},
};

use super::{
    clocks,
    email::{self, Unsent},
    smtp::Carrier,
    sweeping,
    writing::{self, Ready},
};
use crate::{
    app::App,
    bus::Topic,
    domain::{
        deliveries::{self, Attempt, Delivery},
        feed,
        search::{self, documents},
    },
    error::{Error, Result},
};

/// The longest sleep: what nobody nudged about is found this soon.
const ROUND: Duration = Duration::from_millis(1_000);
/// Deliveries under way at the same time: one that hangs holds up its own lane only.
const AT_ONCE: usize = 6;
/// How long what is under way may take once the worker is told to stop. What is cut off then is made again later.
const LAST: Duration = Duration::from_secs(15);

/// How often it is tried to write down how an attempt ended, a round apart.
const COMPLETED_WITHIN: u32 = 10;

/// How letters leave.
pub enum Post {
    Server(Carrier),
    Files(PathBuf),
}

impl Post {
    /// # Errors
    /// In plain words, for whoever starts it.
    pub fn of(app: &App) -> Result<Self> {
        Ok(match &app.relay {
            // Its people are made up, their addresses need not be nobody's.
            Some(relay) if app.demo && !relay.is_near() => {
                tracing::warn!("the demo writes its letters to files and leaves SMTP_URL alone");
                Self::Files(app.mail.clone())
            }
            Some(relay) => Self::Server(Carrier::new(relay, &app.base).map_err(Error::Internal)?),
            None => Self::Files(app.mail.clone()),
        })
    }
}

/// Works until told to stop; finishes what it has begun.
pub async fn work(app: Arc<App>, post: Post, mut stop: watch::Receiver<bool>) {
    let mut nudges = app.bus.watch(&[Topic::Deliveries]);
    let (post, mut under_way) = (Arc::new(post), JoinSet::new());
    // Beside it: no letter waits for what is to go.
    let sweeper = tokio::spawn(sweeping::work(Arc::clone(&app), stop.clone()));
    while !*stop.borrow() {
        match turn(&app, &post, &mut under_way).await {
            Ok(busy) if busy => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the worker failed; it tries again"),
        }
        tokio::select! {
            _ = nudges.recv() => while nudges.try_recv().is_ok() {},
            Some(_) = under_way.join_next() => {}
            () = sleep(ROUND) => {}
            _ = stop.changed() => {}
        }
    }
    let until = Instant::now() + LAST;
    if timeout_at(until, async { while under_way.join_next().await.is_some() {} }).await.is_err() {
        tracing::warn!(letters = under_way.len(), "stopped before they were sent; they go after the next start");
    }
    if timeout_at(until, sweeper).await.is_err() {
        tracing::warn!("a sweep was cut off; the next one goes on");
    }
}

/// One round; true when there may be more to do at once.
async fn turn(app: &Arc<App>, post: &Arc<Post>, under_way: &mut JoinSet<()>) -> Result<bool> {
    let placed = app.write(feed::sequence).await?;
    let rung = clocks::ring(app).await?;
    // What was said before there was a search; seldom more than once in the life of a database.
    let behind = app.read(search::backlog).await? && app.write(documents::catch_up).await? > 0;
    while under_way.try_join_next().is_some() {}
    let free = AT_ONCE.saturating_sub(under_way.len());
    // Asked first without a transaction: a quiet house writes nothing.
    let now = app.now();
    let due = app.read(deliveries::next_due).await?;
    if free == 0 || due.is_none_or(|at| at > now) {
        return Ok(placed > 0 || rung > 0 || behind);
    }
    let free = i64::try_from(free).unwrap_or_default();
    let claimed = app.write(move |tx| deliveries::claim(tx, free)).await?;
    let busy = !claimed.is_empty();
    for delivery in claimed {
        let (app, post) = (Arc::clone(app), Arc::clone(post));
        under_way.spawn(async move {
            if let Err(error) = deliver(&app, &post, delivery).await {
                tracing::error!(%error, "a delivery could not be completed; it is made again when its lease ends");
            }
        });
    }
    Ok(busy)
}

async fn deliver(app: &Arc<App>, post: &Arc<Post>, delivery: Delivery) -> Result<()> {
    let attempt = attempt(app, post, &delivery).await;
    match &attempt {
        Attempt::Failed(why) => {
            tracing::warn!(delivery.id = %delivery.id, attempts = delivery.attempts, why, "a delivery failed");
        }
        Attempt::Refused(reason, why) => {
            tracing::warn!(delivery.id = %delivery.id, %reason, why, "a letter is refused for good");
        }
        _ => {}
    }
    if !complete(app, &Arc::new((delivery, attempt))).await? {
        tracing::warn!("a delivery was taken over by another worker");
    }
    Ok(())
}

/// Writes down how an attempt ended, however busy the database is: what is not written down is sent again.
async fn complete(app: &App, ended: &Arc<(Delivery, Attempt)>) -> Result<bool> {
    let mut tries = 0;
    loop {
        let ended = Arc::clone(ended);
        let written = app.write(move |tx| deliveries::complete(tx, &ended.0, &ended.1)).await;
        tries += 1;
        match written {
            Err(Error::Busy | Error::Store(_)) if tries < COMPLETED_WITHIN => sleep(ROUND).await,
            other => return other,
        }
    }
}

async fn attempt(app: &Arc<App>, post: &Arc<Post>, delivery: &Delivery) -> Attempt {
    let (writer, wanted) = (Arc::clone(app), delivery.clone());
    let (envelope, letter) = match app.read(move |conn| writing::write(&writer, conn, &wanted)).await {
        Ok(Ready::Letter(ready)) => *ready,
        Ok(Ready::Dropped) => return Attempt::Dropped,
        Ok(Ready::Later(wait)) => return Attempt::Later(wait),
        Ok(Ready::Refused(why)) => return Attempt::Refused(why, "not sent: the address refused before".to_owned()),
        Err(error) => return Attempt::Failed(error.to_string()),
    };
    let sent = match email::seal(delivery.id, &envelope, &letter) {
        Ok(sealed) => send(post, delivery, sealed).await,
        Err(unsent) => Err(unsent),
    };
    match sent {
        Ok(()) => Attempt::Sent,
        Err(Unsent::Refused(reason, why)) => Attempt::Refused(reason, why),
        Err(Unsent::ForNow(why)) => Attempt::Failed(why),
    }
}

async fn send(post: &Arc<Post>, delivery: &Delivery, sealed: email::Sealed) -> Result<(), Unsent> {
    match post.as_ref() {
        Post::Server(carrier) => carrier.send(&sealed).await,
        Post::Files(folder) => {
            let (folder, id) = (folder.clone(), delivery.id);
            let saved = tokio::task::spawn_blocking(move || email::save(&folder, id, &sealed)).await;
            saved.unwrap_or_else(|error| Err(Unsent::ForNow(error.to_string())))
        }
    }
}
