//! The store keeps its word: nothing is answered ok that is not stored, whatever breaks in the middle.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use comptoir::{
    bus::Bus,
    domain::merchants,
    error::Error,
    ids::MerchantId,
    q,
    store::{Clock, Conn, Store, Tx, schema::merchants as table},
};
use diesel::{RunQueryDsl, connection::SimpleConnection, prelude::*, sql_query};
use serde_json::json;

use super::support::{
    Server,
    engine::{Database, Engine, engine},
};

struct Place {
    store: Arc<Store>,
    database: Database,
    _folder: tempfile::TempDir,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    let store = Arc::new(open(&database).unwrap());
    Place { store, database, _folder: folder }
}

fn open(database: &Database) -> Result<Store, Error> {
    Store::open(database.url(), 4, Clock::default(), &Arc::new(Bus::default()))
}

async fn stored(store: &Store) -> BTreeSet<String> {
    let names: Vec<String> =
        store.read(|conn: &mut Conn| Ok(q!(conn, |c| table::table.select(table::name).load(c))?)).await.unwrap();
    names.into_iter().collect()
}

/// Runs many changes at once, so that they share commits; the names of those that were answered ok.
async fn all_at_once(
    store: &Arc<Store>,
    count: usize,
    change: impl Fn(usize, &mut Tx<'_>) -> Result<MerchantId, Error> + Clone + Send + 'static,
) -> BTreeSet<String> {
    let mut running = tokio::task::JoinSet::new();
    for number in 0..count {
        let (store, change) = (Arc::clone(store), change.clone());
        running.spawn(async move {
            let done = store.write(move |tx| change(number, tx)).await;
            done.is_ok().then(|| format!("merchant {number}"))
        });
    }
    running.join_all().await.into_iter().flatten().collect()
}

fn make(number: usize, tx: &mut Tx<'_>) -> Result<MerchantId, Error> {
    merchants::create(tx, &format!("merchant {number}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_panics_takes_only_itself_down() {
    let place = place();
    let ok = all_at_once(&place.store, 300, |number, tx| {
        let id = make(number, tx)?;
        match number % 10 {
            3 => panic!("a mistake in a change"),
            // Inside a nested transaction the count of open transactions is left wrong, which is worse.
            7 => tx.nested(|_| -> Result<MerchantId, Error> { panic!("a mistake in a nested change") })?,
            _ => Ok(id),
        }
    })
    .await;
    assert_eq!(ok.len(), 240);
    assert_eq!(stored(&place.store).await, ok);
    // And the house goes on.
    place.store.write(|tx| make(1_000, tx)).await.unwrap();
    assert_eq!(stored(&place.store).await.len(), 241);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_answers_with_an_error_leaves_nothing_behind() {
    let place = place();
    let ok = all_at_once(&place.store, 200, |number, tx| {
        make(number, tx)?;
        if number.is_multiple_of(2) { Err(Error::NotFound) } else { make(number + 1_000, tx) }
    })
    .await;
    let stored = stored(&place.store).await;
    assert_eq!(ok.len(), 100);
    assert!(ok.iter().all(|name| stored.contains(name)));
    assert_eq!(stored.len(), 200, "two rows for each change that was answered ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_in_the_middle_of_a_batch_loses_nothing_that_was_acknowledged() {
    if engine() == Engine::Postgres {
        // PostgreSQL has one transaction a change: there is no batch to tear.
        let place = place();
        assert_eq!(all_at_once(&place.store, 50, make).await, stored(&place.store).await);
        return;
    }
    let place = place();
    let filled = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&filled);
    let ok = all_at_once(&place.store, 300, move |number, tx| {
        if !number.is_multiple_of(7) {
            return make(number, tx);
        }
        counted.fetch_add(1, Ordering::SeqCst);
        // No page more than there are: the next large row finds the disk full, which undoes the whole batch.
        q!(tx, |c| c.batch_execute("PRAGMA max_page_count = 1"))?;
        merchants::create(tx, &format!("merchant {number}{}", "x".repeat(200_000)))
    })
    .await;
    let stored = stored(&place.store).await;
    assert!(filled.load(Ordering::SeqCst) >= 43);
    assert!(ok.iter().all(|name| stored.contains(name)), "acknowledged and not stored");
    assert_eq!(stored, ok, "stored and not acknowledged");
    assert_eq!(ok.len(), 300 - 43);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_says_so_and_what_it_took_is_stored() {
    let place = place();
    let slow = Arc::clone(&place.store);
    let blocking = tokio::spawn(async move {
        slow.write(|tx| {
            std::thread::sleep(Duration::from_millis(700));
            make(100_000, tx)
        })
        .await
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut running = tokio::task::JoinSet::new();
    for number in 0..9_000 {
        let store = Arc::clone(&place.store);
        running.spawn(async move { (number, store.write(move |tx| make(number, tx)).await) });
    }
    let answers = running.join_all().await;
    blocking.await.unwrap().unwrap();
    let stored = stored(&place.store).await;
    let mut busy = 0;
    for (number, answer) in answers {
        match answer {
            Ok(_) => assert!(stored.contains(&format!("merchant {number}"))),
            Err(Error::Busy) => {
                busy += 1;
                assert!(!stored.contains(&format!("merchant {number}")));
            }
            Err(other) => panic!("{other}"),
        }
    }
    if engine() == Engine::Sqlite {
        assert!(busy > 0, "the queue was never full");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_version_is_refused() {
    let place = place();
    let version = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')";
    place.store.write(move |tx| Ok(q!(tx, |c| sql_query(version).execute(c))?)).await.unwrap();
    let Err(refusal) = open(&place.database) else { panic!("opened") };
    assert!(refusal.to_string().contains("newer version"), "{refusal}");
}

#[tokio::test]
async fn data_written_with_another_key_is_refused() {
    let mut server = Server::demo().await;
    server.stop();
    let key = server.data().join("secret.key");
    std::fs::write(&key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_comptoir"))
        .args(["migrate", "--data"])
        .arg(server.data())
        .env("DATABASE_URL", server.database_url())
        .output()
        .unwrap();
    assert!(!done.status.success());
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(words.contains("secret key is not the one"), "{words}");
}

#[tokio::test]
async fn a_setting_that_is_wrong_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("PUBLIC_URL", "http://help.example.com", "PUBLIC_URL"),
        ("DATABASE_URL", "mysql://localhost/x", "DATABASE_URL"),
        ("COMPTOIR_SECRET_KEY", "short", "secret key"),
        ("COMPTOIR_LISTEN", "everywhere", "--listen"),
        ("COMPTOIR_LOG", "=[", "COMPTOIR_LOG"),
        ("COMPTOIR_TRUSTED_PROXIES", "10.0.0.1,proxy", "COMPTOIR_TRUSTED_PROXIES"),
    ];
    for (name, value, named) in cases {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_comptoir"))
            .args(["migrate", "--data"])
            .arg(folder.path())
            .env(name, value)
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success(), "{name}={value} was taken");
        assert!(words.to_lowercase().contains(&named.to_lowercase()), "{name}={value}: {words}");
    }
}

/// The disk takes no more in the middle of work (a limit on file size stands in for it): the server says so, keeps what
/// it acknowledged and works again when there is room.
#[tokio::test]
async fn a_server_whose_disk_is_full_answers_busy_and_keeps_what_it_took() {
    if engine() == Engine::Postgres {
        // The disk is PostgreSQL's then; what is ours is that an error there is no acknowledgement, which is told above.
        return;
    }
    let mut server = Server::demo().await;
    server.stop();
    let size = ["comptoir.db", "comptoir.db-wal"]
        .iter()
        .filter_map(|name| std::fs::metadata(server.data().join(name)).ok())
        .map(|file| file.len())
        .max()
        .unwrap_or(0);
    let blocks = size / 512 + 2_000;
    server.with_env("COMPTOIR_TEST_FILE_BLOCKS", &blocks.to_string());
    server.start_again().await;
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    for number in 0..1_500 {
        let body = json!({
            "id": 7_000_000 + number, "name": format!("#F{number}"), "currency": "EUR", "total_price": "10.00",
            "financial_status": "paid", "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
            "note": "x".repeat(3_000),
            "line_items": [{"id": 1, "title": "Shirt", "quantity": 1, "price": "10.00"}],
        });
        let answer = server.shopify("orders/create", &body).send().await;
        match answer.status {
            202 => acknowledged.push(number),
            503 => refused += 1,
            other => panic!("{other}: {}", answer.text()),
        }
        if refused > 5 {
            break;
        }
    }
    assert!(refused > 0, "the disk was never full");
    assert!(acknowledged.len() > 5, "the disk was full from the start");
    server.stop();
    server.with_env("COMPTOIR_TEST_FILE_BLOCKS", "unlimited");
    server.start_again().await;
    let api = server.api();
    for number in acknowledged {
        let found = api.get(&format!("/api/v1/orders?number=F{number}")).await.json();
        assert_eq!(found["data"].as_array().unwrap().len(), 1, "order {number} was acknowledged");
    }
    let body = json!({"id": 8_000_000, "name": "#F-after", "currency": "EUR", "total_price": "1.00", "financial_status": "paid",
        "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
        "line_items": [{"id": 1, "title": "Shirt", "quantity": 1, "price": "1.00"}]});
    assert_eq!(server.shopify("orders/create", &body).send().await.status, 202);
}
