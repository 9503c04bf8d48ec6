//! A backup is made while people work, and what comes out of it is what was there at its moment.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use comptoir::store::copying::{Cell, Row};
use comptoir::transfer::archive::{About, Packer, seal::Key};
use serde_json::json;

use super::{
    super::support::{
        Server,
        engine::{Engine, engine},
        place::{Place, program, said},
    },
    backup, differences, execute, files, found, order,
    plenty::fill,
    restored, rows, seen, sends_a_file,
};

#[tokio::test]
async fn what_comes_out_of_a_backup_is_what_was_there_row_by_row() {
    let mut server = Server::demo().await;
    for number in 0..20 {
        assert_eq!(server.generic(&order(&format!("b{number}"))).send().await.status, 202);
    }
    sends_a_file(&server).await;
    let (seen_before, found_before) = (seen(&server).await, found(&server, "ada copied").await);
    assert!(!found_before.is_empty());
    server.stop();
    let place = Place::beside(&server);
    let file = backup(&server, &place, &[]);
    let (well, said) = restored(&place, &file, &[]);
    assert!(well && said.contains("Deliveries are held"), "{said}");
    assert_eq!(differences(&rows(server.database_url()), &rows(place.url())), Vec::<String>::new());
    assert_eq!(files(&server.data().join("files")), files(&place.data().join("files")), "files, byte by byte");
    assert!(!files(&place.data().join("files")).is_empty(), "there were files");
    let copy = place.serve().await;
    assert_eq!(seen(&copy).await, seen_before);
    assert_eq!(found(&copy, "ada copied").await, found_before, "the search finds the same");
    // What is new gets the next numbers, and is found.
    assert_eq!(copy.generic(&order("new1")).send().await.status, 202);
    assert_eq!(found(&copy, "new1").await.len(), 1);
    let (_, said) = copy.examined(&[]);
    assert!(said.contains("held since") && said.contains("comptoir resume"), "{said}");
    let (_, said) = server.examined(&[]);
    assert!(said.contains("the last is of"), "the doctor knows of the backup: {said}");
}

/// Clients that each send one order after the other, and note what was acknowledged when.
async fn load(server: &Server, name: &str, over: &AtomicBool) -> usize {
    for number in 0.. {
        if over.load(Ordering::SeqCst) {
            return number;
        }
        let answer = server.generic(&order(&format!("{name}-{number:05}"))).send().await;
        assert_eq!(answer.status, 202, "{}", answer.text());
    }
    0
}

/// The numbers of one client's orders in a database, in order.
fn orders_of(rows: &super::Rows, name: &str) -> Vec<String> {
    let words = |cell: &Cell| match cell {
        Cell::Words(words) if words.starts_with(&format!("{name}-")) => Some(words.clone()),
        _ => None,
    };
    let mut found: Vec<String> = rows["orders"].iter().filter_map(|row| row.0.iter().find_map(words)).collect();
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_under_load_is_of_one_moment() {
    let mut server = Server::demo().await;
    let (over, place) = (AtomicBool::new(false), Place::beside(&server));
    // Enough that the backup takes a while.
    fill(server.database_url(), 2_000);
    let before = load_for(&server, "before", 10).await;
    let working = async {
        let backing_up = async {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            let file = place.file("all.backup");
            let words = ["backup", "--to", file.to_str().unwrap()];
            let mut program = program(&words, server.data(), server.database_url(), &[]);
            let output = tokio::task::spawn_blocking(move || program.output().unwrap()).await.unwrap();
            over.store(true, Ordering::SeqCst);
            output
        };
        let clients = futures_util::future::join_all(["c0", "c1", "c2", "c3"].map(|name| load(&server, name, &over)));
        futures_util::future::join(backing_up, clients).await
    };
    let (output, sent) = working.await;
    let (well, words) = said(&output);
    assert!(well, "{words}");
    assert!(sent.iter().sum::<usize>() > 10, "there was load: {sent:?}");
    assert_eq!(load_for(&server, "after", 3).await, 3);
    server.stop();
    let (well, words) = restored(&place, &place.file("all.backup"), &[]);
    assert!(well, "{words}");

    let (all, copy) = (rows(server.database_url()), rows(place.url()));
    assert_eq!(orders_of(&copy, "before").len(), before, "all that was acknowledged before it began");
    assert_eq!(orders_of(&copy, "after").len(), 0, "nothing that came after it ended");
    let mut inside = 0;
    for (name, sent) in ["c0", "c1", "c2", "c3"].into_iter().zip(sent) {
        let (there, everything) = (orders_of(&copy, name), orders_of(&all, name));
        assert_eq!(everything.len(), sent);
        assert_eq!(there, everything[..there.len()], "{name}: all up to one moment, and none after it");
        inside += there.len();
    }
    assert!(inside > 0, "some were there at that moment");
    // What is only ever added is, row by row, the same as in the original.
    for table in ["orders", "order_lines", "messages", "shoppers", "intakes"] {
        let bytes = |row: &Row| {
            let mut bytes = Vec::new();
            row.encode(&mut bytes);
            bytes
        };
        let known: HashSet<Vec<u8>> = all[table].iter().map(bytes).collect();
        let strange: Vec<_> = copy[table].iter().filter(|row| !known.contains(&bytes(row))).collect();
        assert!(strange.is_empty(), "{table}: {strange:?}");
    }
    assert!(copy["orders"].len() < all["orders"].len());
}

async fn load_for(server: &Server, name: &str, count: usize) -> usize {
    for number in 0..count {
        assert_eq!(server.generic(&order(&format!("{name}-{number:05}"))).send().await.status, 202);
    }
    count
}

#[tokio::test]
async fn an_encrypted_backup_opens_with_its_key_alone_and_hides_what_is_in_it() {
    let mut server = Server::demo().await;
    assert_eq!(server.generic(&order("hidden")).send().await.status, 202);
    server.stop();
    let place = Place::beside(&server);
    let (key, other) = (place.file("backup.key"), place.file("other.key"));
    std::fs::write(&key, format!("{}\n", comptoir::secrets::token())).unwrap();
    std::fs::write(&other, comptoir::secrets::token()).unwrap();
    let (key, other) = (key.to_str().unwrap(), other.to_str().unwrap());
    let file = backup(&server, &place, &[("COMPTOIR_BACKUP_KEY_FILE", key)]);
    let before = files(place.data());
    for (settings, words) in [
        (vec![], "is encrypted: name the file of its key with --key-file"),
        (vec![("COMPTOIR_BACKUP_KEY_FILE", other)], "was encrypted with another key"),
        (vec![("COMPTOIR_BACKUP_KEY_FILE", "/nowhere/key")], "cannot read the key of backups"),
    ] {
        refused(&place, &file, &settings, words);
        assert_eq!(without_hold(files(place.data())), without_hold(before.clone()), "nothing was touched");
    }
    let (well, said) = restored(&place, &file, &[("COMPTOIR_BACKUP_KEY_FILE", key)]);
    assert!(well, "{said}");
    assert_eq!(differences(&rows(server.database_url()), &rows(place.url())), Vec::<String>::new());
    let secret = std::fs::read_to_string(server.data().join("secret.key")).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
}

/// The hold on the data directory is the one thing that a command may leave.
fn without_hold(
    mut files: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>,
) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    files.remove(std::path::Path::new("held.lock"));
    files
}

fn refused(place: &Place, file: &std::path::Path, settings: &[(&str, &str)], words: &str) {
    let (well, said) = restored(place, file, settings);
    assert!(!well && said.contains(words), "{words:?}: {said}");
    assert_eq!(said.trim().lines().count(), 1, "one sentence: {said}");
    let nothing = comptoir::store::copying::Place::content_at(place.url()).unwrap();
    assert_eq!(nothing, comptoir::store::copying::Content::Nothing, "the database was not touched");
}

#[tokio::test]
async fn a_damaged_cut_or_foreign_backup_is_refused_and_nothing_is_touched() {
    let mut server = Server::demo().await;
    server.stop();
    let place = Place::beside(&server);
    let file = backup(&server, &place, &[]);
    let whole = std::fs::read(&file).unwrap();
    let bad = place.file("bad.backup");
    let before = without_hold(files(place.data()));
    // Every part of the head, and places all over the rest.
    let step = whole.len() / 40;
    let places: Vec<usize> = [0, 17, 18, 19, 50, 51, 66, 67, 74, 75, whole.len() - 1]
        .into_iter()
        .chain((1..40).map(|part| part * step + part))
        .collect();
    for place_of_bit in places {
        let mut damaged = whole.clone();
        damaged[place_of_bit] ^= 1 << (place_of_bit % 8);
        std::fs::write(&bad, &damaged).unwrap();
        refused(&place, &bad, &[], "bad.backup ");
        std::fs::write(&bad, &whole[..place_of_bit]).unwrap();
        refused(&place, &bad, &[], "bad.backup ");
    }
    for foreign in [&b"PK\x03\x04 something that somebody else packed"[..], b"", b"SQLite format 3\0"] {
        std::fs::write(&bad, foreign).unwrap();
        refused(&place, &bad, &[], "is no backup of Comptoir");
    }
    refused(&place, &place.file("nothing.backup"), &[], "nothing.backup");
    assert_eq!(without_hold(files(place.data())), before);
    let (well, said) = restored(&place, &file, &[]);
    assert!(well, "the whole one is taken: {said}");
    let (well, said) = restored(&place, &file, &[]);
    assert!(!well && said.contains("the database is not empty"), "{said}");
}

#[tokio::test]
async fn a_place_that_is_not_empty_or_has_no_key_is_refused() {
    let mut server = Server::demo().await;
    server.stop();
    let place = Place::beside(&server);
    let file = backup(&server, &place, &[]);
    let (well, said) = server.says(&["restore", file.to_str().unwrap()], &[]);
    assert!(!well && said.contains("the database is not empty"), "{said}");
    let (well, said) = server.says(&["backup", "--to", file.to_str().unwrap()], &[]);
    assert!(!well && said.contains("is there already"), "{said}");

    let key = place.data().join("secret.key");
    let right = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    refused(&place, &file, &[], "the secret key is missing");
    assert!(!key.exists(), "none was made in its stead");
    std::fs::write(&key, comptoir::secrets::token()).unwrap();
    refused(&place, &file, &[], "the secret key is not the one");
    std::fs::write(&key, right).unwrap();
    let somebody = place.data().join("files/somebody");
    std::fs::create_dir_all(&somebody).unwrap();
    refused(&place, &file, &[], "is not empty");
    std::fs::remove_dir_all(place.data().join("files")).unwrap();

    // A backup of a version that is to come.
    execute(server.database_url(), "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')");
    let newer = place.file("newer.backup");
    let about = About {
        moment: chrono::Utc::now(),
        version: "9.0.0".to_owned(),
        engine: "sqlite".to_owned(),
        schema: vec!["20261121000000".to_owned(), "99991231000000".to_owned()],
        key_check: None,
        tables: Vec::new(),
        with_files: true,
    };
    let to_come = place.file("to-come.backup");
    Packer::begin(&to_come, &Key::of(None).unwrap(), &about).unwrap().finish().unwrap();
    refused(&place, &to_come, &[], "was made by a newer version of Comptoir (9.0.0, schema 99991231000000)");
    let (well, said) = server.says(&["backup", "--to", newer.to_str().unwrap()], &[]);
    assert!(!well && said.contains("written by a newer version"), "{said}");
    assert!(!newer.exists());
}

#[tokio::test]
async fn a_full_disk_leaves_no_half_backup_and_a_second_try_goes_on() {
    let mut server = Server::demo().await;
    sends_a_file(&server).await;
    server.stop();
    let place = Place::beside(&server);
    let limited = |words: &[&str], data: &std::path::Path, url: &str, blocks: u32| {
        let inner = program(words, data, url, &[]);
        let mut shell = std::process::Command::new("sh");
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        shell.env_clear().arg("-c").arg(limit).arg(inner.get_program()).args(inner.get_args());
        shell.env("DATABASE_URL", url);
        said(&shell.output().unwrap())
    };
    let file = place.file("full.backup");
    // On SQLite its snapshot is what has no room, on PostgreSQL the backup itself.
    let blocks = if engine() == Engine::Sqlite { 200 } else { 16 };
    let (well, said) =
        limited(&["backup", "--to", file.to_str().unwrap()], server.data(), server.database_url(), blocks);
    assert!(!well && said.contains("no room"), "{said}");
    let left: Vec<_> =
        files(place.data().parent().unwrap()).into_keys().filter(|path| path.ends_with("full")).collect();
    assert_eq!((file.exists(), left), (false, vec![]));
    let packed: Vec<_> = files(&server.data().join("backups")).into_keys().collect();
    assert_eq!(packed, [std::path::PathBuf::from("backup.lock")], "no snapshot is left");
    if engine() == Engine::Postgres {
        return;
    }
    let file = backup(&server, &place, &[]);
    let (well, said) = limited(&["restore", file.to_str().unwrap()], place.data(), place.url(), 1_500);
    assert!(!well && said.contains("no room"), "{said}");
    let (well, said) = place.says(&["migrate"], &[]);
    assert!(!well && said.contains("a copy that was not finished"), "nobody serves half of it: {said}");
    let (well, said) = restored(&place, &file, &[]);
    assert!(well, "there is room again: {said}");
    assert_eq!(differences(&rows(server.database_url()), &rows(place.url())), Vec::<String>::new());
    assert_eq!(json!(files(&place.data().join("files")).len()), json!(files(&server.data().join("files")).len()));
}
