//! One connection type for both engines. `Conn` looks, `Tx` changes; `q!` compiles a query body once per engine.

use std::{
    ops::{Deref, DerefMut},
    str::FromStr,
};

use chrono::{DateTime, Utc};
use diesel::{
    PgConnection, SqliteConnection,
    connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager},
    result::QueryResult,
};

use super::columns::At;
use crate::{
    bus::Nudge,
    error::{Error, Result},
};

/// A connection to one of the two engines.
pub enum Conn {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

/// Compiles one query body for both engines: `q!(conn, |c| threads::table.load(c))`.
#[macro_export]
macro_rules! q {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn.this() {
            $crate::store::Conn::Sqlite(c) => {
                let $c = &mut **c;
                $body
            }
            $crate::store::Conn::Postgres(c) => {
                let $c = &mut **c;
                $body
            }
        }
    };
}

impl Conn {
    /// Itself: lets `q!` take a `Conn` and a `Tx` alike.
    pub fn this(&mut self) -> &mut Self {
        self
    }

    pub(super) fn execute(&mut self, sql: &str) -> QueryResult<()> {
        q!(self, |c| c.batch_execute(sql))
    }

    /// How many transactions are open inside each other; an error when the count cannot be trusted.
    pub(super) fn depth(&mut self) -> QueryResult<u32> {
        let depth = q!(self, |c| AnsiTransactionManager::transaction_manager_status_mut(c).transaction_depth())?;
        Ok(depth.map_or(0, std::num::NonZeroU32::get))
    }

    /// Begins a transaction that writes, or a savepoint inside one.
    pub(super) fn begin(&mut self) -> QueryResult<()> {
        let outermost = self.depth()? == 0;
        match self {
            Self::Sqlite(c) if outermost => AnsiTransactionManager::begin_transaction_sql(&mut **c, "BEGIN IMMEDIATE"),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction(&mut **c),
            Self::Postgres(c) => AnsiTransactionManager::begin_transaction(&mut **c),
        }
    }

    pub(super) fn commit(&mut self) -> QueryResult<()> {
        q!(self, |c| AnsiTransactionManager::commit_transaction(c))
    }

    pub(super) fn rollback(&mut self) -> QueryResult<()> {
        q!(self, |c| AnsiTransactionManager::rollback_transaction(c))
    }
}

/// A change under way: the connection inside a transaction, the one moment the change happens at, and whom to nudge
/// once it is committed.
pub struct Tx<'a> {
    conn: &'a mut Conn,
    now: DateTime<Utc>,
    nudges: Vec<Nudge>,
}

impl<'a> Tx<'a> {
    pub(super) fn new(conn: &'a mut Conn, now: DateTime<Utc>) -> Self {
        Self { conn, now, nudges: Vec::new() }
    }

    /// The moment of this change.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The moment of this change, as a column takes it.
    pub fn at(&self) -> At {
        At::new(self.now)
    }

    /// Sets the moment of what follows, for history that is written down afterwards.
    pub fn happened_at(&mut self, moment: DateTime<Utc>) {
        self.now = moment;
    }

    /// Sends a nudge after the commit.
    pub fn nudge(&mut self, nudge: Nudge) {
        if !self.nudges.contains(&nudge) {
            self.nudges.push(nudge);
        }
    }

    pub(super) fn into_nudges(self) -> Vec<Nudge> {
        self.nudges
    }

    /// Runs a part of the change that may fail without taking the rest with it: its work is undone, the error returned
    /// as a value.
    ///
    /// # Errors
    /// A failure of the database itself, which the whole change must not outlive.
    pub fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T>) -> Result<Result<T>> {
        let nudges = self.nudges.len();
        self.conn.begin()?;
        match part(self) {
            Ok(value) => {
                self.conn.commit()?;
                Ok(Ok(value))
            }
            Err(error) => {
                self.nudges.truncate(nudges);
                self.conn.rollback()?;
                let swallowed = error.is_answer() || is_constraint(&error);
                if swallowed { Ok(Err(error)) } else { Err(error) }
            }
        }
    }
}

fn is_constraint(error: &Error) -> bool {
    matches!(error, Error::Store(failure) if failure.kind == crate::error::StoreFailure::Duplicate)
}

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.conn
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
    }
}

/// Where the data is.
#[derive(Debug, Clone)]
pub enum Address {
    /// A file.
    Sqlite(String),
    /// A connection string.
    Postgres(String),
}

impl FromStr for Address {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("sqlite", path)) => Ok(Self::Sqlite(path.trim_start_matches("//").to_owned())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url.to_owned())),
            _ => Err("DATABASE_URL must begin with sqlite: or postgres://".to_owned()),
        }
    }
}

impl Address {
    /// Opens a connection; `looks_only` refuses writes on SQLite.
    pub(super) fn connect(&self, looks_only: bool) -> Result<Conn, String> {
        match self {
            Self::Sqlite(path) => open_sqlite(path, looks_only),
            Self::Postgres(url) => open_postgres(url),
        }
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

fn open_sqlite(path: &str, looks_only: bool) -> Result<Conn, String> {
    let mut conn = SqliteConnection::establish(path).map_err(|error| format!("cannot open {path}: {error}"))?;
    // FULL: what was acknowledged survives a power cut; group commit pays for it. What is deleted is overwritten.
    let pragmas = "PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA trusted_schema = OFF;
        PRAGMA secure_delete = ON;";
    conn.batch_execute(pragmas).map_err(|error| format!("cannot prepare {path}: {error}"))?;
    if looks_only {
        conn.batch_execute("PRAGMA query_only = ON").map_err(|error| error.to_string())?;
    }
    Ok(Conn::Sqlite(Box::new(conn)))
}

fn open_postgres(url: &str) -> Result<Conn, String> {
    let mut conn = PgConnection::establish(url).map_err(|error| match error.to_string() {
        text if text.contains("SSL support is not compiled in") => {
            "this binary was built without TLS to PostgreSQL: build it with --features pg-tls, or use sslmode=disable \
             on a private network"
                .to_owned()
        }
        text if text.contains("no encryption") || text.contains("SSL off") => {
            "the PostgreSQL server wants TLS, and this binary was built without it: build it with --features pg-tls"
                .to_owned()
        }
        text => {
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            format!("cannot reach PostgreSQL: {}", lines.join(" "))
        }
    })?;
    conn.batch_execute("SET application_name = 'comptoir'; SET timezone = 'UTC'; SET statement_timeout = '10s'; SET lock_timeout = '5s'")
        .map_err(|error| error.to_string())?;
    Ok(Conn::Postgres(Box::new(conn)))
}

/// Makes connections for the pools.
#[derive(Debug, Clone)]
pub struct Manager {
    pub(super) address: Address,
    looks_only: bool,
}

impl Manager {
    pub(super) fn new(address: Address, looks_only: bool) -> Self {
        Self { address, looks_only }
    }

    pub(super) fn pool(&self, size: u32) -> Result<r2d2::Pool<Self>> {
        r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(std::time::Duration::from_secs(2))
            .build(self.clone())
            .map_err(Error::internal)
    }
}

/// Why a connection could not be made.
#[derive(Debug)]
pub struct Unreachable(String);

impl std::fmt::Display for Unreachable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreachable {}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = Unreachable;

    fn connect(&self) -> Result<Conn, Unreachable> {
        self.address.connect(self.looks_only).map_err(Unreachable)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Unreachable> {
        conn.execute("SELECT 1").map_err(|error| Unreachable(error.to_string()))
    }

    /// A connection that comes back inside a transaction was left by a panic or a lost server.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        conn.depth().is_ok_and(|depth| depth > 0) || conn.depth().is_err()
    }
}
