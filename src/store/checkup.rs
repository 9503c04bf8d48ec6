//! Looks a database over without changing anything in it: for `comptoir doctor`, which may meet one of any age and in any state.

use std::path::Path;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text, Timestamptz},
};

use super::{
    conn::{Address, Conn},
    migrations::{self, Age},
};
use crate::error::{Error, Result};

/// Complaints that are shown of a damaged database.
const COMPLAINTS: usize = 5;

/// A database as it was found.
pub struct Found {
    /// The engine with its version: `SQLite 3.53.2`.
    pub engine: String,
    pub age: Age,
    pub bytes: i64,
    /// What its own check complains of; only SQLite has one.
    pub complaints: Vec<String>,
    /// The clock of the database's machine; none where it is this one.
    pub clock: Option<DateTime<Utc>>,
    pub conn: Conn,
}

/// Looks at the database at this address; none where there is none yet.
///
/// # Errors
/// When the address is none, or nobody answers there.
pub fn look(url: &str) -> Result<Option<Found>> {
    let address: Address = url.parse().map_err(Error::Internal)?;
    if let Address::Sqlite(path) = &address
        && !Path::new(path).exists()
    {
        // To connect would make one.
        return Ok(None);
    }
    let mut conn = address.connect(true).map_err(Error::Internal)?;
    let engine = words(
        &mut conn,
        "SELECT 'SQLite ' || sqlite_version() AS word",
        "SELECT 'PostgreSQL ' || current_setting('server_version') AS word",
    )?;
    let bytes = size(&mut conn)?;
    let complaints = match &mut conn {
        Conn::Sqlite(c) => complaints(c)?,
        Conn::Postgres(_) => Vec::new(),
    };
    let clock = match &mut conn {
        Conn::Sqlite(_) => None,
        Conn::Postgres(c) => Some(sql_query("SELECT clock_timestamp() AS at").get_result::<Clock>(&mut **c)?.at),
    };
    let age = migrations::age(&mut conn)?;
    Ok(Some(Found { engine: engine.join(" "), age, bytes, complaints, clock, conn }))
}

/// Meets a database that is to be served, and refuses what must not be; none where nothing was written yet. Changes nothing.
///
/// # Errors
/// In plain words.
pub fn meet(url: &str) -> Result<Option<Conn>> {
    let address: Address = url.parse().map_err(Error::Internal)?;
    if let Address::Sqlite(path) = &address
        && !Path::new(path).exists()
    {
        return Ok(None);
    }
    let mut conn = address.connect(true).map_err(Error::Internal)?;
    migrations::refuse(&mut conn)?;
    let empty = migrations::applied(&mut conn)?.is_empty();
    Ok((!empty).then_some(conn))
}

pub(super) fn size(conn: &mut Conn) -> Result<i64> {
    let pages = "SELECT page_count * page_size AS number FROM pragma_page_count(), pragma_page_size()";
    number(conn, pages, "SELECT pg_database_size(current_database()) AS number")
}

fn complaints(conn: &mut diesel::SqliteConnection) -> Result<Vec<String>> {
    let mut found: Vec<Word> = sql_query("SELECT integrity_check AS word FROM pragma_integrity_check()").load(conn)?;
    found.retain(|line| line.word != "ok");
    let orphans = sql_query(
        "SELECT \"table\" || ' has rows whose ' || parent || ' is gone' AS word FROM pragma_foreign_key_check()",
    );
    found.extend(orphans.load::<Word>(conn)?);
    Ok(found.into_iter().take(COMPLAINTS).map(|line| line.word).collect())
}

fn words(conn: &mut Conn, on_sqlite: &str, on_postgres: &str) -> Result<Vec<String>> {
    let rows: Vec<Word> = match conn {
        Conn::Sqlite(c) => sql_query(on_sqlite).load(&mut **c)?,
        Conn::Postgres(c) => sql_query(on_postgres).load(&mut **c)?,
    };
    Ok(rows.into_iter().map(|row| row.word).collect())
}

fn number(conn: &mut Conn, on_sqlite: &str, on_postgres: &str) -> Result<i64> {
    let row: Number = match conn {
        Conn::Sqlite(c) => sql_query(on_sqlite).get_result(&mut **c)?,
        Conn::Postgres(c) => sql_query(on_postgres).get_result(&mut **c)?,
    };
    Ok(row.number)
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Clock {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}
