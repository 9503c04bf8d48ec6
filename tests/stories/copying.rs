//! Data in and out: backups, restoring, moving to another engine, upgrades. Here is what these stories share: how two databases are
//! compared row by row, and a control that shows that the comparison sees one changed row.

mod backups;
mod held;
mod moving;
mod plenty;
mod refusals;
mod upgrades;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use comptoir::store::copying::{Place as Database, Row};
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection, sql_query};
use serde_json::{Value, json};

use super::support::{Server, form::Sent, place::Place};

/// Every row of every table, in the order of its key.
type Rows = BTreeMap<String, Vec<Row>>;

/// The one row that a copy itself changes: it says that deliveries are held, and when a backup was made.
const OWN: &str = "installation";

fn rows(url: &str) -> Rows {
    let mut database = Database::open(url).unwrap();
    let tables = database.tables().unwrap();
    assert!(tables.len() > 40, "all tables are seen: {}", tables.len());
    let mut all = Rows::new();
    for table in tables.iter().filter(|table| table.name != OWN) {
        let mut found = Vec::new();
        database
            .read(table, &mut |mut rows| {
                found.append(&mut rows);
                Ok(())
            })
            .unwrap();
        all.insert(table.name.clone(), found);
    }
    all
}

/// Tables whose rows are not the same.
fn differences(one: &Rows, other: &Rows) -> Vec<String> {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "the same tables");
    one.iter().filter(|(name, rows)| other[*name] != **rows).map(|(name, _)| name.clone()).collect()
}

fn execute(url: &str, sql: &str) -> usize {
    match url.strip_prefix("sqlite:") {
        Some(path) => sql_query(sql).execute(&mut SqliteConnection::establish(path).unwrap()).unwrap(),
        None => sql_query(sql).execute(&mut PgConnection::establish(url).unwrap()).unwrap(),
    }
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn below(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                below(&path, root, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    below(folder, folder, &mut found);
    found
}

/// What everybody sees of all of it through the API.
async fn seen(server: &Server) -> Value {
    let mut seen = serde_json::Map::new();
    for what in ["orders", "threads", "cases", "products", "agents"] {
        seen.insert(what.to_owned(), server.api().get(&format!("/api/v1/{what}?limit=100")).await.json());
    }
    let first = &seen["orders"]["data"][0]["thread_id"];
    let messages = format!("/api/v1/threads/{}/messages", first.as_str().unwrap());
    seen.insert("messages".to_owned(), server.api().get(&messages).await.json());
    // Addresses of pictures and files are signed for a while and of the server that is asked.
    let text = serde_json::to_string(&seen).unwrap().replace(server.base_url(), "http://here");
    serde_json::from_str(&text).unwrap()
}

/// The names of who is found at the desk for these words.
async fn found(server: &Server, words: &str) -> Vec<String> {
    server.desk().await.get(&format!("/desk/search?q={words}")).await.select(".hit strong")
}

/// An order as a shop of the demo tells it.
fn order(id: &str) -> Value {
    let now = chrono::Utc::now();
    let price = json!({ "amount": "10.00", "currency": "EUR" });
    json!({ "type": "order.upserted", "timestamp": now, "data": { "external_id": id, "number": id, "placed_at": now,
        "updated_at": now, "currency": "EUR", "payment_state": "paid", "total": price,
        "customer": { "email": format!("{id}@example.com"), "name": "Ada Copied" },
        "lines": [{ "external_id": "l", "title": "Cap", "quantity": 1, "unit_price": price }] } })
}

/// A shopper sends a document, so that there are bytes beside the rows.
async fn sends_a_file(server: &Server) {
    let shopper = server.stranger();
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let path = shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    let body = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 300_000], b"\n%%EOF\n"].concat();
    let taken = shopper.upload(&format!("{path}/files"), Sent::new("Facture.pdf", "application/pdf", &body)).await;
    assert_eq!(taken.status, 201, "{}", taken.body);
    let file = taken.json()["id"].as_str().unwrap().to_owned();
    let fields = [("text", "Voici la facture"), ("client_id", "copying-file-1"), ("files", file.as_str())];
    assert_eq!(shopper.post(&format!("{path}/messages"), &fields).await.status, 200);
}

/// A backup of a server, in a file of its own beside a place.
fn backup(server: &Server, place: &Place, settings: &[(&str, &str)]) -> PathBuf {
    let file = place.file("all.backup");
    let (well, said) = server.says(&["backup", "--to", file.to_str().unwrap()], settings);
    assert!(well && said.contains("rows of"), "{said}");
    assert!(!file.with_file_name("all.backup.unfinished").exists());
    file
}

fn restored(place: &Place, file: &Path, settings: &[(&str, &str)]) -> (bool, String) {
    place.says(&["restore", file.to_str().unwrap()], settings)
}

/// A table that is added later is copied without anybody having to remember it.
#[tokio::test]
async fn every_table_of_the_schema_is_copied() {
    let mut server = Server::demo().await;
    server.stop();
    let schema = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/schema.rs")).unwrap();
    let heads = schema.lines().filter_map(|line| line.strip_suffix(") {")?.trim().split_once(" ("));
    let mut wanted: Vec<String> = heads.map(|(name, _)| name.to_owned()).collect();
    wanted.sort();
    let tables = |url: &str| {
        let mut names: Vec<String> =
            Database::open(url).unwrap().tables().unwrap().into_iter().map(|table| table.name).collect();
        names.sort();
        names
    };
    assert!(wanted.len() > 40);
    assert_eq!(tables(server.database_url()), wanted);
    // Also one that no migration of ours knows: then the other side has none, and nothing is left behind in silence.
    execute(server.database_url(), "CREATE TABLE later (id INTEGER NOT NULL PRIMARY KEY)");
    let place = Place::beside(&server);
    let (well, said) = server.says(&["migrate", "--to", place.url()], &[]);
    assert!(!well && said.contains("one side has a table later"), "{said}");
}

/// A control: the comparison of these stories sees one changed row, wherever it is.
#[tokio::test]
async fn the_comparison_sees_one_changed_row() {
    let mut server = Server::demo().await;
    server.stop();
    let before = rows(server.database_url());
    assert_eq!(differences(&before, &rows(server.database_url())), Vec::<String>::new());
    for (table, change) in [
        ("messages", "UPDATE messages SET alt = alt || '.' WHERE seq = (SELECT min(seq) FROM messages)"),
        ("variants", "UPDATE variants SET retired = NOT retired WHERE position = (SELECT max(position) FROM variants)"),
        ("milestones", "DELETE FROM milestones WHERE happened_at = (SELECT max(happened_at) FROM milestones)"),
    ] {
        let before = rows(server.database_url());
        assert!(execute(server.database_url(), change) > 0);
        let changed = differences(&before, &rows(server.database_url()));
        assert!(changed.contains(&table.to_owned()), "{changed:?}");
    }
}
