//! Brings a database's schema up to date at start, and refuses what this binary must not touch: a schema written by a
//! newer version, or an engine with known loss of data.

use diesel::{RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{conn::Conn, copying::UNFINISHED};
use crate::{
    error::{Error, Result},
    q,
};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Where it is noted which were made.
const MADE: &str = "__diesel_schema_migrations";
/// The oldest SQLite without the write-ahead log's reset race (sqlite.org/wal.html, "WAL-reset bug").
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// One migrator among several nodes: an advisory lock by this number ("comptoir" in a phone's letters).
const MIGRATOR: i64 = 26_678_647;

/// Makes what is to come. `before` is called once before data of an older version is changed.
pub(super) fn run(conn: &mut Conn, before: &dyn Fn(&str) -> Result<()>) -> Result<()> {
    refuse(conn)?;
    match conn {
        Conn::Sqlite(_) => migrate(conn, before),
        Conn::Postgres(c) => {
            let lock = |verb: &str| sql_query(format!("SELECT {verb}({MIGRATOR})"));
            // Whoever waits for another node waits as long as that one takes; the tables themselves are waited for a moment only.
            c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0")?;
            lock("pg_advisory_lock").execute(&mut **c)?;
            c.batch_execute("SET lock_timeout = '5s'")?;
            let done = migrate(conn, before);
            q!(conn, |c| lock("pg_advisory_unlock").execute(c))?;
            done
        }
    }
}

/// The rest of the schema of a copy that is being finished.
pub(super) fn finish(conn: &mut Conn) -> Result<()> {
    make(conn, None)
}

/// Makes these versions and no others.
pub(super) fn run_named(conn: &mut Conn, versions: &[String]) -> Result<()> {
    make(conn, Some(versions))
}

fn migrate(conn: &mut Conn, before: &dyn Fn(&str) -> Result<()>) -> Result<()> {
    match age(conn)? {
        Age::Same => return Ok(()),
        Age::Newer(newer) => return Err(too_new(&newer)),
        Age::Older(_) if !applied(conn)?.is_empty() => before(&newest())?,
        Age::Older(_) => {}
    }
    make(conn, None)
}

/// The newest version of the schema that this binary knows.
pub fn newest() -> String {
    known().pop().unwrap_or_default()
}

/// The versions of the schema that this binary knows, oldest first; the same for both engines.
pub fn known() -> Vec<String> {
    let known = diesel::migration::MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).unwrap_or_default();
    let mut known: Vec<String> = known.iter().map(|migration| migration.name().version().to_string()).collect();
    known.sort();
    known
}

fn too_new(newer: &str) -> Error {
    Error::Internal(format!(
        "the database was written by a newer version of Comptoir (it has schema {newer}, this one knows up to {}). \
         Start that version, or restore the backup made before it",
        newest()
    ))
}

/// What must not be migrated or served, told without changing anything.
///
/// # Errors
/// In plain words.
pub(super) fn refuse(conn: &mut Conn) -> Result<()> {
    if let Conn::Sqlite(c) = conn {
        refuse_old_sqlite(&sqlite_version(c)?)?;
    }
    if is_there(conn, UNFINISHED)? {
        return Err(Error::Internal(
            "this database is a copy that was not finished: run the command that made it again, or remove it"
                .to_owned(),
        ));
    }
    match age(conn)? {
        Age::Newer(newer) => Err(too_new(&newer)),
        Age::Older(_) | Age::Same => Ok(()),
    }
}

/// Makes the migrations that are to come: all of them, or those of these versions.
fn make(conn: &mut Conn, versions: Option<&[String]>) -> Result<()> {
    let wanted = |version: &str| versions.is_none_or(|versions| versions.iter().any(|wanted| wanted == version));
    match conn {
        Conn::Sqlite(c) => make_on(&mut **c, SQLITE, wanted),
        Conn::Postgres(c) => make_on(&mut **c, POSTGRES, wanted),
    }
}

/// Each in a transaction of its own together with the note that it was made: a migration is there whole or not at all.
fn make_on<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    known: EmbeddedMigrations,
    wanted: impl Fn(&str) -> bool,
) -> Result<()> {
    for migration in conn.pending_migrations(known).map_err(Error::internal)? {
        if wanted(&migration.name().version().to_string()) {
            conn.run_migration(migration.as_ref()).map_err(Error::internal)?;
        }
    }
    Ok(())
}

/// The versions that were made, oldest first.
pub(super) fn applied(conn: &mut Conn) -> Result<Vec<String>> {
    if !is_there(conn, MADE)? {
        // To ask for what was applied would make the table that notes it.
        return Ok(Vec::new());
    }
    let made = format!("SELECT version::text AS version FROM {MADE} ORDER BY 1");
    let made = match conn {
        Conn::Sqlite(c) => sql_query(made.replace("::text", "")).load::<Version>(&mut **c)?,
        Conn::Postgres(c) => sql_query(made).load::<Version>(&mut **c)?,
    };
    Ok(made.into_iter().map(|made| made.version).collect())
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
    let (known, applied) = (known(), applied(conn)?);
    if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
        return Ok(Age::Newer(newer.clone()));
    }
    Ok(match known.len() - applied.len() {
        0 => Age::Same,
        to_come => Age::Older(to_come),
    })
}

fn is_there(conn: &mut Conn, table: &str) -> Result<bool> {
    let there = match conn {
        Conn::Sqlite(c) => sql_query(format!("SELECT name AS version FROM sqlite_schema WHERE name = '{table}'"))
            .load::<Version>(&mut **c)?,
        Conn::Postgres(c) => sql_query(format!(
            "SELECT tablename::text AS version FROM pg_tables WHERE tablename = '{table}' AND schemaname = current_schema()"
        ))
        .load::<Version>(&mut **c)?,
    };
    Ok(!there.is_empty())
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
