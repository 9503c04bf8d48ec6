//! Which engine the stories run on, and a database of its own for each server.

use std::path::Path;

use comptoir::store::Conn;
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query};

/// Says which engine: `sqlite` (the default) or `postgres`.
const ENGINE: &str = "COMPTOIR_TEST_ENGINE";
/// Says where PostgreSQL is: an address whose role may make databases.
const POSTGRES: &str = "COMPTOIR_TEST_POSTGRES";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// The engine this run is on.
pub(crate) fn engine() -> Engine {
    match std::env::var(ENGINE).as_deref() {
        Err(_) | Ok("" | "sqlite") => Engine::Sqlite,
        Ok("postgres") => Engine::Postgres,
        Ok(other) => panic!("{ENGINE} is {other:?}; it may be sqlite or postgres"),
    }
}

/// A connection of the story's own, to look at what a server keeps while it runs.
pub(crate) fn look(url: &str) -> Conn {
    let Some(path) = url.strip_prefix("sqlite:") else {
        return Conn::Postgres(Box::new(PgConnection::establish(url).expect("PostgreSQL answers")));
    };
    let mut file = SqliteConnection::establish(path).expect("the database opens");
    file.batch_execute("PRAGMA busy_timeout = 10000").expect("it can wait");
    Conn::Sqlite(Box::new(file))
}

/// A database that lives as long as this value.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
    /// Server address and name of what is to be dropped.
    made: Option<(String, String)>,
}

impl Database {
    /// An empty database on this run's engine; on SQLite a file in `folder`.
    pub(crate) fn fresh(folder: &Path) -> Self {
        Self::fresh_on(engine(), folder)
    }

    /// The same on an engine that may be another: PostgreSQL is there only in its own run.
    pub(crate) fn fresh_on(engine: Engine, folder: &Path) -> Self {
        match engine {
            Engine::Sqlite => Self::in_a_file(folder),
            Engine::Postgres => Self::on_postgres("template1"),
        }
    }

    /// A copy of this one, which nobody may be using just now.
    pub(crate) fn copy(&self, folder: &Path) -> Self {
        match engine() {
            Engine::Sqlite => self.copied_to(folder),
            Engine::Postgres => Self::on_postgres(self.name()),
        }
    }

    /// A copy that stays when this value goes; the next run of the same checkout replaces it.
    pub(crate) fn kept(&self, folder: &Path) -> Self {
        let Some((server, name)) = &self.made else { return self.copied_to(folder) };
        let kept = format!("mould_{}", comptoir::secrets::fingerprint(folder.as_os_str().as_encoded_bytes()));
        let mut connection = PgConnection::establish(server).expect("PostgreSQL answers");
        for step in
            [format!("DROP DATABASE IF EXISTS \"{kept}\""), format!("CREATE DATABASE \"{kept}\" TEMPLATE {name}")]
        {
            sql_query(step).execute(&mut connection).expect("a database can be kept");
        }
        Self { url: named(server, &kept), made: None }
    }

    /// The same one, for another server; it goes when this value goes.
    pub(crate) fn shared(&self) -> Self {
        Self { url: self.url.clone(), made: None }
    }

    fn name(&self) -> &str {
        let address = self.url.split('?').next().unwrap_or_default();
        address.rsplit('/').next().unwrap_or_default()
    }

    fn in_a_file(folder: &Path) -> Self {
        Self { url: format!("sqlite:{}", folder.join("comptoir.db").display()), made: None }
    }

    fn copied_to(&self, folder: &Path) -> Self {
        let copy = Self::in_a_file(folder);
        let file = |of: &Self, end: &str| format!("{}{end}", of.url.trim_start_matches("sqlite:"));
        std::fs::copy(file(self, ""), file(&copy, "")).expect("the database can be copied");
        // What its server has not put into the file yet, if there is any.
        let _ = std::fs::copy(file(self, "-wal"), file(&copy, "-wal"));
        copy
    }

    fn on_postgres(template: &str) -> Self {
        let Ok(server) = std::env::var(POSTGRES) else {
            panic!("{POSTGRES} must say where PostgreSQL is; tests/run starts one and sets it");
        };
        let name = format!("story_{}", uuid::Uuid::now_v7().simple());
        let mut connection = PgConnection::establish(&server).expect("PostgreSQL answers");
        let make = format!("CREATE DATABASE {name} TEMPLATE \"{template}\"");
        sql_query(make).execute(&mut connection).expect("a database can be made");
        Self { url: named(&server, &name), made: Some((server, name)) }
    }

    /// As `DATABASE_URL` wants it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some((server, name)) = self.made.take() else { return };
        if let Ok(mut connection) = PgConnection::establish(&server) {
            // A connection that is still open must not keep the story's database alive.
            let _ = sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).execute(&mut connection);
        }
    }
}

/// The same server address with another database.
fn named(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, None), |(a, o)| (a, Some(o)));
    let (host, _) = address.rsplit_once('/').expect("the address names a database");
    match options {
        Some(options) => format!("{host}/{name}?{options}"),
        None => format!("{host}/{name}"),
    }
}

#[test]
fn a_database_address_keeps_its_server_and_options() {
    assert_eq!(named("postgres://a:b@127.0.0.1:5/postgres", "story"), "postgres://a:b@127.0.0.1:5/story");
    assert_eq!(named("postgres://a@h/p?sslmode=disable", "story"), "postgres://a@h/story?sslmode=disable");
}

#[test]
fn each_story_gets_an_empty_database_that_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    if engine() == Engine::Sqlite {
        assert!(database.url().starts_with("sqlite:"));
        return;
    }
    let url = database.url().to_owned();
    let mut connection = PgConnection::establish(&url).unwrap();
    sql_query("CREATE TABLE proof (id int)").execute(&mut connection).unwrap();
    drop(database);
    assert!(PgConnection::establish(&url).is_err(), "the database is gone although a connection was open");
}
