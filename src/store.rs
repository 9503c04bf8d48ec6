//! Where everything is kept: connections to the two engines, the write queue, the readers, the schema and its migrations.
//! What is kept and when it may change is the domain's; the two engines may differ only in here (and in row locks and search).

pub mod checkup;
pub mod columns;
pub mod conn;
pub mod copying;
pub mod migrations;
pub mod readers;
mod relay;
#[rustfmt::skip]
pub mod schema;
pub mod writer;

use std::sync::Arc;

use chrono::{DateTime, Duration, SubsecRound, Utc};

use crate::{
    bus::Bus,
    error::{Error, Result},
};
use conn::{Address, Manager};
pub use conn::{Conn, Tx};
use readers::Readers;
use writer::Writers;

/// The application's clock: the machine's, moved by an offset so that what takes days can be tried in a second.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    offset: i64,
}

impl Clock {
    /// Moved by `offset` seconds.
    pub fn moved(offset: i64) -> Self {
        Self { offset }
    }

    /// Now, in UTC with microseconds.
    pub fn now(self) -> DateTime<Utc> {
        (Utc::now() + Duration::seconds(self.offset)).trunc_subsecs(6)
    }
}

/// The two bridges from async code to the database.
pub struct Store {
    readers: Readers,
    writers: Writers,
}

impl Store {
    /// Connects, brings the schema up to date, ties the bus to other nodes' and starts the threads.
    ///
    /// # Errors
    /// When the address is none, the database cannot be reached, was written by a newer version, or the engine is too old.
    pub fn open(url: &str, connections: u32, clock: Clock, bus: &Arc<Bus>) -> Result<Self> {
        Self::open_after(url, connections, clock, bus, &|_| Ok(()))
    }

    /// The same; `before` is called with the version to come before data of an older one is changed, by one node among several.
    ///
    /// # Errors
    /// As above, or what `before` answers.
    pub fn open_after(
        url: &str,
        connections: u32,
        clock: Clock,
        bus: &Arc<Bus>,
        before: &dyn Fn(&str) -> Result<()>,
    ) -> Result<Self> {
        let address: Address = url.parse().map_err(Error::Internal)?;
        migrations::run(&mut address.connect(false).map_err(Error::Internal)?, before)?;
        if !address.is_sqlite() {
            relay::start(&address, bus)?;
        }
        let readers = Readers::start(&Manager::new(address.clone(), true), connections)?;
        let writers = Writers::start(&Manager::new(address, false), connections, clock, bus)?;
        Ok(Self { readers, writers })
    }

    /// Runs a query on a reader and waits for its answer.
    ///
    /// # Errors
    /// What the query answers, or [`Error::Busy`] when too many wait already.
    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.readers.run(query).await
    }

    /// Runs a change in a transaction; answers only after its commit. The change may run more than once, so it must do
    /// nothing but look and change through its `Tx`.
    ///
    /// # Errors
    /// What the change answers (then nothing of it is stored), or [`Error::Busy`] when the queue is full.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.writers.run(change).await
    }

    /// Changes that wait, for the metrics.
    pub fn waiting_changes(&self) -> usize {
        self.writers.waiting()
    }
}
