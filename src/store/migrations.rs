//! Brings a database's schema up to date at start, and refuses what this binary must not touch: a schema written by a
//! newer version, or an engine with known loss of data.

use diesel::{RunQueryDsl, sql_query, sql_types::Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use crate::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The oldest SQLite without the write-ahead log's reset race (sqlite.org/wal.html, "WAL-reset bug").
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// One migrator among several nodes: an advisory lock by this number ("comptoir" in a phone's letters).
const MIGRATOR: i64 = 26_678_647;

pub(super) fn run(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(c) => {
            refuse_old_sqlite(&sqlite_version(c)?)?;
            migrate(&mut **c, SQLITE)
        }
        Conn::Postgres(c) => {
            let lock = |verb: &str| sql_query(format!("SELECT {verb}({MIGRATOR})"));
            lock("pg_advisory_lock").execute(&mut **c)?;
            let done = migrate(&mut **c, POSTGRES);
            lock("pg_advisory_unlock").execute(&mut **c)?;
            done
        }
    }
}

/// How a database's schema stands to this binary's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Age {
    /// So many migrations are to come; all of them in an empty one.
    Older(usize),
    Same,
    /// Written by a newer version, which knows this schema.
    Newer(String),
}

/// How old the schema is; changes nothing.
pub(super) fn age(conn: &mut Conn) -> Result<Age> {
    match conn {
        Conn::Sqlite(c) => {
            let there = sqlite_tables(c)?;
            age_of(&mut **c, &SQLITE, there)
        }
        Conn::Postgres(c) => {
            let there = postgres_tables(c)?;
            age_of(&mut **c, &POSTGRES, there)
        }
    }
}

fn age_of<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    known: &EmbeddedMigrations,
    has_tables: bool,
) -> Result<Age> {
    let names = diesel::migration::MigrationSource::<DB>::migrations(known).map_err(Error::internal)?;
    let known: Vec<String> = names.iter().map(|m| m.name().version().to_string()).collect();
    if !has_tables {
        // To ask for what was applied would make the table that notes it.
        return Ok(Age::Older(known.len()));
    }
    let applied = conn.applied_migrations().map_err(Error::internal)?;
    let applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
        return Ok(Age::Newer(newer.clone()));
    }
    Ok(match known.len() - applied.len() {
        0 => Age::Same,
        to_come => Age::Older(to_come),
    })
}

fn sqlite_tables(conn: &mut diesel::SqliteConnection) -> Result<bool> {
    let there = sql_query("SELECT name AS version FROM sqlite_schema WHERE name = '__diesel_schema_migrations'");
    Ok(!there.load::<Version>(conn)?.is_empty())
}

fn postgres_tables(conn: &mut diesel::PgConnection) -> Result<bool> {
    let there =
        sql_query("SELECT tablename::text AS version FROM pg_tables WHERE tablename = '__diesel_schema_migrations'");
    Ok(!there.load::<Version>(conn)?.is_empty())
}

fn migrate<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    known: EmbeddedMigrations,
) -> Result<()> {
    let names = diesel::migration::MigrationSource::<DB>::migrations(&known).map_err(Error::internal)?;
    let newest = names.iter().map(|m| m.name().version().to_string()).max();
    if let Age::Newer(newer) = age_of(conn, &known, true)? {
        return Err(Error::Internal(format!(
            "the database was written by a newer version of Comptoir (it has schema {newer}, this one knows up to {}). \
             Start that version, or restore the backup made before it",
            newest.as_deref().unwrap_or("none")
        )));
    }
    conn.run_pending_migrations(known).map(|_| ()).map_err(Error::internal)
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

fn sqlite_version(conn: &mut diesel::SqliteConnection) -> Result<String> {
    Ok(sql_query("SELECT sqlite_version() AS version").get_result::<Version>(conn)?.version)
}

fn refuse_old_sqlite(version: &str) -> Result<()> {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < OLDEST_SQLITE {
        let (major, minor, patch) = OLDEST_SQLITE;
        return Err(Error::Internal(format!(
            "SQLite {version} can lose data when several connections write; {major}.{minor}.{patch} or newer is needed"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_can_lose_data_is_refused() {
        assert!(refuse_old_sqlite("3.51.2").is_err());
        assert!(refuse_old_sqlite("3.46.1").is_err());
        assert!(refuse_old_sqlite("3.51.3").is_ok());
        assert!(refuse_old_sqlite("3.53.2").is_ok());
        assert!(refuse_old_sqlite("4.0.0").is_ok());
    }

    #[test]
    fn both_engines_have_the_same_migrations() {
        let names = |folder: &str| {
            let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
            let mut names: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(names("sqlite"), names("postgres"));
        assert!(!names("sqlite").is_empty());
    }
}
