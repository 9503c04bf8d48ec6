//! Threads that look. Each takes the next waiting query, runs it on a pooled connection and answers; async code waits
//! without blocking a worker of the web server.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use super::conn::{Conn, Manager};
use crate::error::{Error, Result};

/// Queries that may wait before an asker is told to come back.
const WAITING: usize = 2048;

/// A query that was asked: it is given a connection, or why there is none.
type Query = Box<dyn FnOnce(Result<&mut Conn>) + Send>;

pub(super) struct Readers {
    queue: Sender<Query>,
}

impl Readers {
    pub(super) fn start(manager: &Manager, connections: u32) -> Result<Self> {
        let cores = thread::available_parallelism().map_or(2, |n| u32::try_from(n.get()).unwrap_or(2)).max(2);
        let count = if manager.address.is_sqlite() { cores } else { connections };
        let pool = manager.pool(count)?;
        let (queue, waiting) = bounded::<Query>(WAITING);
        for number in 0..count {
            let (pool, waiting) = (pool.clone(), waiting.clone());
            let name = format!("reader-{number}");
            thread::Builder::new().name(name).spawn(move || serve(&pool, &waiting)).map_err(Error::internal)?;
        }
        Ok(Self { queue })
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Query = Box::new(move |conn| {
            // The asker may have gone; then the answer goes nowhere.
            let _ = reply.send(conn.and_then(query));
        });
        match self.queue.try_send(job) {
            Ok(()) => answer.await.unwrap_or_else(|_| Err(Error::Internal("a query failed".to_owned()))),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(Error::Busy),
        }
    }
}

fn serve(pool: &r2d2::Pool<Manager>, waiting: &Receiver<Query>) {
    while let Ok(query) = waiting.recv() {
        match pool.get() {
            Ok(mut conn) => {
                // Dropping the query unanswered makes its asker see a failure.
                if catch_unwind(AssertUnwindSafe(|| query(Ok(&mut conn)))).is_err() {
                    tracing::error!("a query panicked");
                }
            }
            Err(error) => {
                tracing::error!(%error, "no connection to read with");
                // Whoever waited meanwhile waited long enough.
                std::iter::once(query).chain(waiting.try_iter()).for_each(|query| query(Err(Error::Busy)));
            }
        }
    }
}
