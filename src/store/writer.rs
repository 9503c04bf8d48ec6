//! The write queue. On SQLite one thread takes all waiting changes, runs each in a savepoint, commits once and answers
//! only then (group commit). On PostgreSQL a few threads run one transaction per change and retry collisions.
//!
//! The rule that everything here serves: nothing is answered ok that is not stored. A panic, a savepoint that fails or a
//! commit that fails means that the state of the connection is unknown: it is thrown away and each change of the batch
//! runs again alone.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::Instant,
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use super::{
    Clock,
    conn::{Conn, Manager, Tx},
};
use crate::{
    bus::{Bus, Nudge},
    error::{Error, Result, StoreError, StoreFailure},
    metrics,
};

/// Changes that may wait before an asker is told to come back.
const WAITING: usize = 4096;
/// Changes of one commit.
const BATCH: usize = 256;
/// Times a change runs again after a collision.
const RETRIES: usize = 5;

/// How one run of a change ended.
enum Ran {
    /// Its savepoint is to be kept.
    Keep,
    /// It answered with an error: undo it and go on.
    Undo,
    /// It panicked, or the database under it failed: nothing on this connection can be trusted.
    Broken,
}

trait Change: Send {
    fn run(&mut self, conn: &mut Conn, clock: Clock) -> Ran;
    /// The change met another one and may run again.
    fn collided(&self) -> bool;
    /// Answers with the outcome of the last run; called after the commit.
    fn answer(self: Box<Self>, bus: &Bus);
    /// Answers that nothing was stored.
    fn fail(self: Box<Self>, error: Error);
}

struct Pending<T, F> {
    change: F,
    outcome: Option<Result<(T, Vec<Nudge>)>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: Fn(&mut Tx<'_>) -> Result<T> + Send> Change for Pending<T, F> {
    fn run(&mut self, conn: &mut Conn, clock: Clock) -> Ran {
        let change = &self.change;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut tx = Tx::new(conn, clock.now());
            change(&mut tx).map(|value| (value, tx.into_nudges()))
        }));
        let (outcome, ran) = match outcome {
            Ok(Ok(done)) => (Ok(done), Ran::Keep),
            Ok(Err(error)) if error.is_answer() => (Err(error), Ran::Undo),
            Ok(Err(error)) => (Err(error), Ran::Broken),
            Err(_) => (Err(Error::Internal("a change panicked".to_owned())), Ran::Broken),
        };
        self.outcome = Some(outcome);
        ran
    }

    fn collided(&self) -> bool {
        matches!(&self.outcome, Some(Err(Error::Store(StoreError { kind: StoreFailure::Collision, .. }))))
    }

    fn answer(self: Box<Self>, bus: &Bus) {
        let outcome = self.outcome.unwrap_or_else(|| Err(Error::Internal("a change never ran".to_owned())));
        let answer = outcome.map(|(value, nudges)| {
            nudges.into_iter().for_each(|nudge| bus.send(nudge));
            value
        });
        // The asker may have gone; what is stored stays stored.
        let _ = self.reply.send(answer);
    }

    fn fail(self: Box<Self>, error: Error) {
        let error = match self.outcome {
            Some(Err(own)) => own,
            _ => error,
        };
        let _ = self.reply.send(Err(error));
    }
}

pub(super) struct Writers {
    queue: Sender<Box<dyn Change>>,
}

impl Writers {
    pub(super) fn start(manager: &Manager, connections: u32, clock: Clock, bus: &Arc<Bus>) -> Result<Self> {
        let (queue, waiting) = bounded(WAITING);
        let count = if manager.address.is_sqlite() { 1 } else { connections };
        let pool = manager.pool(count)?;
        for number in 0..count {
            let writer = Writer { pool: pool.clone(), clock, bus: Arc::clone(bus) };
            let waiting = waiting.clone();
            let batch = if manager.address.is_sqlite() { BATCH } else { 1 };
            let name = format!("writer-{number}");
            thread::Builder::new().name(name).spawn(move || writer.serve(&waiting, batch)).map_err(Error::internal)?;
        }
        Ok(Self { queue })
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        match self.queue.try_send(Box::new(Pending { change, outcome: None, reply })) {
            Ok(()) => answer.await.unwrap_or_else(|_| Err(Error::Internal("the writer stopped".to_owned()))),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(Error::Busy),
        }
    }

    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }
}

struct Writer {
    pool: r2d2::Pool<Manager>,
    clock: Clock,
    bus: Arc<Bus>,
}

impl Writer {
    fn serve(&self, waiting: &Receiver<Box<dyn Change>>, batch: usize) {
        while let Ok(first) = waiting.recv() {
            let mut changes = vec![first];
            changes.extend(waiting.try_iter().take(batch - 1));
            if self.commit_together(changes).is_away() {
                // Whoever waited meanwhile waited long enough.
                waiting.try_iter().for_each(|change| change.fail(Error::Busy));
            }
        }
    }

    fn commit_together(&self, mut changes: Vec<Box<dyn Change>>) -> Database {
        match self.attempt(&mut changes) {
            Ok(()) => changes.into_iter().for_each(|change| change.answer(&self.bus)),
            Err(error) if is_away(&error) => {
                tracing::error!(%error, changes = changes.len(), "the database is away");
                changes.into_iter().for_each(|change| change.fail(Error::Busy));
                return Database::Away;
            }
            Err(error) if changes.len() == 1 => self.alone_again(changes, error),
            Err(error) => {
                tracing::warn!(%error, changes = changes.len(), "a batch failed; its changes run one by one");
                for change in changes {
                    self.commit_together(vec![change]);
                }
            }
        }
        Database::There
    }

    /// A change that failed alone runs again only after a collision with another.
    fn alone_again(&self, mut changes: Vec<Box<dyn Change>>, mut error: Error) {
        for attempt in 1..=RETRIES {
            if !changes.iter().all(|change| change.collided()) {
                break;
            }
            thread::sleep(std::time::Duration::from_millis(5 << attempt));
            match self.attempt(&mut changes) {
                Ok(()) => return changes.into_iter().for_each(|change| change.answer(&self.bus)),
                Err(again) => error = again,
            }
        }
        tracing::error!(%error, "a change failed");
        let later = matches!(&error, Error::Store(StoreError { kind: StoreFailure::Full | StoreFailure::Gone, .. }));
        for change in changes {
            change.fail(if later { Error::Busy } else { Error::Internal("a change could not be stored".to_owned()) });
        }
    }

    /// One transaction over all changes. An error means that nothing is stored.
    fn attempt(&self, changes: &mut [Box<dyn Change>]) -> Result<()> {
        let mut conn = self.pool.get().map_err(|error| {
            tracing::error!(%error, "no connection to write with");
            Error::Busy
        })?;
        let done = batch(&mut conn, changes, self.clock);
        if done.is_err() {
            // Ends whatever is open; a connection that cannot even do that is dropped by the pool.
            while conn.depth().is_ok_and(|depth| depth > 0) && conn.rollback().is_ok() {}
            discard(conn);
        }
        done
    }
}

/// Whether there is anything to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database {
    There,
    Away,
}

impl Database {
    fn is_away(self) -> bool {
        self == Self::Away
    }
}

/// No connection could be had, or another program holds the file: it would be the same for the next change.
fn is_away(error: &Error) -> bool {
    matches!(error, Error::Busy | Error::Store(StoreError { kind: StoreFailure::Held, .. }))
}

/// Takes the connection out of the pool for good.
fn discard(mut conn: r2d2::PooledConnection<Manager>) {
    // A transaction left open is what the pool knows a broken connection by.
    if conn.depth().is_ok_and(|depth| depth == 0) {
        let _ = conn.begin();
    }
}

fn batch(conn: &mut Conn, changes: &mut [Box<dyn Change>], clock: Clock) -> Result<()> {
    conn.begin()?;
    let single = changes.len() == 1;
    for change in changes.iter_mut() {
        if single {
            match change.run(conn, clock) {
                Ran::Keep => {}
                Ran::Undo => return Ok(conn.rollback()?),
                Ran::Broken => return Err(broken(conn)),
            }
        } else {
            conn.begin()?;
            match change.run(conn, clock) {
                Ran::Keep => conn.commit()?,
                Ran::Undo => conn.rollback()?,
                Ran::Broken => return Err(broken(conn)),
            }
        }
    }
    // A panic inside a nested transaction leaves the count wrong; a COMMIT at the wrong depth answers ok and stores nothing.
    if conn.depth()? != 1 {
        return Err(broken(conn));
    }
    let begun = Instant::now();
    conn.commit()?;
    metrics::committed(changes.len(), begun.elapsed());
    Ok(())
}

/// What became of a connection that a change left in a state it must not be in.
fn broken(conn: &mut Conn) -> Error {
    match conn.depth() {
        Ok(depth) => Error::Internal(format!("a change broke its connection (depth {depth})")),
        // Not even undone could it be: there is nobody to talk to any more.
        Err(error) => Error::Store(StoreError {
            kind: StoreFailure::Gone,
            detail: format!("a change lost its connection: {error}"),
        }),
    }
}
