//! What cannot be started on is told in one sentence, and nothing is touched.

use std::io::{Read, Write};
use std::net::TcpListener;

use super::{
    super::support::{
        Server,
        engine::{Engine, engine},
        place::{Place, program, said},
        process::free_port,
    },
    execute, files,
};

/// Commands that start on data.
const COMMANDS: [&[&str]; 4] = [&["serve", "--port", "0"], &["migrate"], &["backup"], &["resume"]];

fn refuses(data: &std::path::Path, url: &str, commands: &[&[&str]], words: &str) {
    for command in commands {
        let (well, said) = said(&program(command, data, url, &[]).output().unwrap());
        assert!(!well && said.contains(words), "{command:?} is to say {words:?}: {said}");
        assert_eq!(said.trim().lines().count(), 1, "one sentence: {said}");
    }
}

#[tokio::test]
async fn a_wrong_address_of_a_database_is_named_and_makes_nothing() {
    let place = Place::fresh();
    let data = place.file("never");
    let nowhere = format!("postgres://nobody:s3cret@127.0.0.1:{}/nothing", free_port());
    refuses(&data, "mysql://localhost/x", &COMMANDS, "DATABASE_URL must begin with sqlite: or postgres://");
    refuses(&data, &nowhere, &COMMANDS, "cannot reach PostgreSQL");
    for command in COMMANDS {
        let (_, words) = said(&program(command, &data, &nowhere, &[]).output().unwrap());
        assert!(!words.contains("s3cret"), "{words}");
    }
    let missing = format!("sqlite:{}", place.file("missing.sqlite").display());
    refuses(&data, &missing, &[&["backup"], &["resume"], &["migrate", "--to", place.url()]], "there is no database at");
    let (well, words) = place.says(&["migrate", "--to", "oracle://x"], &[]);
    assert!(!well, "{words}");
    assert!(!place.file("missing.sqlite").exists());
    let left: Vec<_> = files(&data).into_keys().collect();
    assert!(left.iter().all(|name| name.ends_with("held.lock")), "{left:?}");
}

/// A server that lets nobody in without TLS, as PostgreSQL says it.
fn wants_tls() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut hello = [0; 512];
            let _ = stream.read(&mut hello);
            let fields = b"SFATAL\0VFATAL\0C28000\0Mno pg_hba.conf entry for host \"127.0.0.1\", user \"a\", \
                           database \"b\", no encryption\0\0";
            let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
            let _ = stream.write_all(&[&b"E"[..], &length, fields].concat());
        }
    });
    port
}

#[tokio::test]
async fn a_server_that_wants_tls_is_told_apart_from_one_that_is_not_there() {
    let place = Place::fresh();
    let data = place.file("never");
    if cfg!(feature = "pg-tls") {
        return;
    }
    refuses(
        &data,
        &format!("postgres://a:b@127.0.0.1:{}/b", wants_tls()),
        &COMMANDS,
        "wants TLS, and this binary was built without",
    );
    let strict = format!("postgres://a:b@127.0.0.1:{}/b?sslmode=require", free_port());
    refuses(&data, &strict, &COMMANDS, "built without TLS to PostgreSQL");
    assert!(!data.exists(), "nothing was made");
}

#[tokio::test]
async fn data_of_a_newer_version_in_use_or_without_its_key_is_left_alone() {
    let mut server = Server::demo().await;
    if engine() == Engine::Sqlite {
        let commands: [&[&str]; 2] = [&["serve", "--port", "0"], &["restore", "any.backup"]];
        refuses(server.data(), server.database_url(), &commands, "is in use by another Comptoir");
    }
    server.stop();
    let key = server.data().join("secret.key");
    let right = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let before = files(server.data());
    refuses(server.data(), server.database_url(), &COMMANDS[..2], "the secret key is missing");
    assert!(!key.exists(), "none was made in its stead");
    assert_eq!(files(server.data()), before, "nothing was touched");
    std::fs::write(&key, right).unwrap();

    execute(server.database_url(), "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')");
    refuses(server.data(), server.database_url(), &COMMANDS[..3], "newer version of Comptoir");
    execute(server.database_url(), "DELETE FROM __diesel_schema_migrations WHERE version = '99991231000000'");
    server.start_again().await;
    assert_eq!(server.stranger().get("/health/ready").await.status, 200);
}
