//! `comptoir doctor`: what is wrong is named with what to do about it, and nothing is changed by looking.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection, sql_query};

use super::support::{
    Server,
    engine::{Engine, engine},
    process::free_port,
    server::examined,
};

/// The line about one thing, with its sign, and the cure under it.
fn line(said: &str, what: &str) -> String {
    let mut lines = said.lines().skip_while(|line| line.get(5..).is_none_or(|rest| !rest.starts_with(what)));
    let first = lines.next().unwrap_or_else(|| panic!("nothing is said of {what}: {said}"));
    let cure = lines.next().filter(|line| line.starts_with(' ')).unwrap_or_default();
    format!("{first}\n{cure}")
}

fn says(said: &str, what: &str, sign: &str, words: &str) {
    let line = line(said, what);
    assert!(line.starts_with(sign) && line.contains(words), "{what} is to be {sign} {words}: {said}");
}

/// Every file of a directory with its length.
fn files(folder: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push((entry.path().display().to_string(), entry.metadata().unwrap().len()));
        }
    }
    found.sort();
    found
}

/// As if a newer version had written there.
fn newer(url: &str) {
    let version = sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')");
    let done = match url.strip_prefix("sqlite:") {
        Some(path) => version.execute(&mut SqliteConnection::establish(path).unwrap()),
        None => version.execute(&mut PgConnection::establish(url).unwrap()),
    };
    assert_eq!(done.unwrap(), 1);
}

#[tokio::test]
async fn a_server_that_is_well_is_told_so_while_it_serves() {
    let server = Server::demo().await;
    let (well, said) = server.examined(&[]);
    assert!(well, "{said}");
    for (what, sign, words) in [
        ("address", "odd ", "which only this machine reaches"),
        ("data", "ok  ", "data"),
        ("disk", "o", "free"),
        ("database", "ok  ", if engine() == Engine::Sqlite { "SQLite 3." } else { "PostgreSQL 1" }),
        ("schema", "ok  ", "as this version wants it"),
        ("audit log", "ok  ", "entries, as they were written"),
        ("clock", "ok  ", "UTC"),
        ("key", "ok  ", "the one this database was written with"),
        ("mail", "odd ", "letters are written as files"),
    ] {
        says(&said, what, sign, words);
    }
    assert_eq!(server.stranger().get("/health/ready").await.status, 200, "it serves on");
}

#[tokio::test]
async fn each_thing_that_is_wrong_is_named_with_its_cure() {
    let server = Server::demo().await;
    let key = comptoir::secrets::token();
    let smtp = format!("smtp://127.0.0.1:{}", free_port());
    let (well, said) = server.examined(&[("COMPTOIR_SECRET_KEY", &key), ("SMTP_URL", &smtp)]);
    assert!(!well && said.contains("comptoir: 2 things must be mended"), "{said}");
    says(&said, "key", "BAD ", "is not the one this database was written with");
    says(&said, "key", "BAD ", "put the right secret.key");
    says(&said, "mail", "BAD ", "127.0.0.1");

    let (well, said) =
        server.examined(&[("PUBLIC_URL", "http://help.example.com"), ("COMPTOIR_TRUSTED_PROXIES", "near")]);
    assert!(!well, "{said}");
    says(&said, "address", "BAD ", "must be https");
    says(&said, "proxies", "BAD ", "near is no IP address");

    let away = format!("postgres://nobody:s3cret@127.0.0.1:{}/nothing", free_port());
    let (well, said) = examined(server.data(), [("DATABASE_URL", away.as_str())]);
    assert!(!well && !said.contains("s3cret"), "{said}");
    says(&said, "database", "BAD ", "cannot reach PostgreSQL");
    let (well, said) = examined(server.data(), [("DATABASE_URL", "mysql://somewhere")]);
    assert!(!well, "{said}");
    says(&said, "database", "BAD ", "must begin with sqlite: or postgres://");
}

#[tokio::test]
async fn looking_at_nothing_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (well, said) = examined(&data, []);
    assert!(well, "a first start may come: {said}");
    says(&said, "data", "odd ", "is not there yet");
    says(&said, "database", "odd ", "there is none yet");
    says(&said, "key", "odd ", "there is none yet");
    assert!(!data.exists() && files(folder.path()).is_empty(), "nothing was made");

    // Data whose key is gone: none is made in its stead.
    let mut server = Server::demo().await;
    server.stop();
    std::fs::remove_file(server.data().join("secret.key")).unwrap();
    let before = files(server.data());
    let (well, said) = server.examined(&[]);
    assert!(!well, "{said}");
    says(&said, "key", "BAD ", "the secret key is missing");
    assert_eq!(files(server.data()), before);
}

#[tokio::test]
async fn a_damaged_file_is_noticed_before_anybody_trusts_it() {
    let mut server = Server::demo().await;
    if engine() == Engine::Postgres {
        // PostgreSQL looks after its own pages; here it is a schema that is not ours to touch.
        newer(server.database_url());
        let (well, said) = server.examined(&[]);
        assert!(!well, "{said}");
        return says(&said, "schema", "BAD ", "written by a newer version");
    }
    server.stop();
    let path = server.database_url().trim_start_matches("sqlite:").to_owned();
    newer(server.database_url());
    let (well, said) = server.examined(&[]);
    assert!(!well, "{said}");
    says(&said, "schema", "BAD ", "written by a newer version");
    let mut file = std::fs::File::options().write(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len();
    for page in 20..length / 4096 {
        file.seek(SeekFrom::Start(page * 4096 + 8)).unwrap();
        file.write_all(&[0xff; 64]).unwrap();
    }
    drop(file);
    let (well, said) = server.examined(&[]);
    assert!(!well, "{said}");
    assert!(line(&said, "database").starts_with("BAD "), "{said}");
}
