//! Upgrades: data of the first schema opens, a backup is made before anything is changed, and a migration that is killed after any of
//! its statements is made whole by the next start.

use std::path::{Path, PathBuf};

use comptoir::ids::{CaseId, MerchantId, MessageId, OrderId, TokenAddress, TokenId};
use comptoir::{secrets, store::copying::Place as Database};
use diesel::{Connection, PgConnection, SqliteConnection, connection::SimpleConnection};

use super::{
    super::support::{
        Visitor,
        engine::{Engine, engine},
        many,
        place::Place,
    },
    Rows, differences, files, rows,
};

const PASSWORD: &str = "an old password of Ada's";

/// A connection to either engine, for statements as they stand.
enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    fn to(url: &str) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let mut conn = SqliteConnection::establish(path).unwrap();
                conn.batch_execute("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON").unwrap();
                Self::Sqlite(conn)
            }
            None => Self::Postgres(PgConnection::establish(url).unwrap()),
        }
    }

    fn run(&mut self, sql: &str) {
        let ran = match self {
            Self::Sqlite(conn) => conn.batch_execute(sql),
            Self::Postgres(conn) => conn.batch_execute(sql),
        };
        ran.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
}

/// Every migration of this engine: its version and its statements.
fn migrations() -> Vec<(String, Vec<String>)> {
    let folder = match engine() {
        Engine::Sqlite => "migrations/sqlite",
        Engine::Postgres => "migrations/postgres",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let read = |path: PathBuf| {
        assert!(!path.join("metadata.toml").exists(), "each migration is one transaction");
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let version = name.split('_').next().unwrap().replace('-', "");
        (version, statements(&std::fs::read_to_string(path.join("up.sql")).unwrap()))
    };
    names.into_iter().map(read).collect()
}

/// Statements end with a semicolon at the end of a line; what stands in a trigger or a function belongs to it.
fn statements(text: &str) -> Vec<String> {
    let (mut found, mut current) = (Vec::new(), String::new());
    for line in text.lines().filter(|line| !line.trim_start().starts_with("--")) {
        current.push_str(line);
        current.push('\n');
        let whole = current.trim();
        let in_trigger = whole.starts_with("CREATE TRIGGER") && whole.contains("BEGIN") && !whole.ends_with("END;");
        let in_function = whole.matches("$$").count() % 2 == 1;
        if whole.ends_with(';') && !in_trigger && !in_function {
            found.push(whole.to_owned());
            current.clear();
        }
    }
    assert_eq!(current.trim(), "");
    found
}

fn note(version: &str) -> String {
    format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{version}')")
}

fn id(number: u8) -> [u8; 16] {
    let mut bytes = [0; 16];
    // A UUIDv7 of November 2026.
    bytes[..7].copy_from_slice(&[0x01, 0x9a, 0xa0, 0, 0, 0, 0x70]);
    bytes[8] = 0x80;
    bytes[15] = number;
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rows of the first schema, as this engine writes them.
fn first_rows(key_check: &str, token: &str) -> String {
    let text = include_str!("../../fixtures/spine.sql");
    let hash = comptoir::domain::agents::hash_password(PASSWORD).unwrap();
    let text = text
        .replace("{key_check}", key_check)
        .replace("{password_hash}", &hash)
        .replace("{token_hash}", &secrets::hash(token))
        .replace("{word ord 10}", &OrderId::from_bytes(id(10)).to_string())
        .replace("{word cas 16}", &CaseId::from_bytes(id(16)).to_string())
        .replace("{word msg 15}", &MessageId::from_bytes(id(15)).to_string());
    let on_sqlite = engine() == Engine::Sqlite;
    let text = text.replace("{yes}", if on_sqlite { "1" } else { "true" });
    let mut text = text.replace("{no}", if on_sqlite { "0" } else { "false" });
    for number in 1..=21 {
        let hex = hex(&id(number));
        let written = if on_sqlite { format!("x'{hex}'") } else { format!("'{hex}'") };
        text = text.replace(&format!("{{id {number}}}"), &written);
    }
    while let Some(start) = text.find("{at ") {
        let end = start + text[start..].find('}').unwrap();
        let at: chrono::DateTime<chrono::Utc> = text[start + 4..end].parse().unwrap();
        let written = if on_sqlite { at.timestamp_micros().to_string() } else { format!("'{}'", at.to_rfc3339()) };
        text.replace_range(start..=end, &written);
    }
    text
}

/// A place with data of the first schema, and the API token that is good there.
fn first_schema() -> (Place, String) {
    let place = Place::fresh();
    let keys = secrets::Keys::load(place.data(), None).unwrap();
    let token = secrets::token();
    let (version, statements) = migrations().remove(0);
    let mut raw = Raw::to(place.url());
    raw.run(
        "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, \
         run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)",
    );
    statements.iter().for_each(|statement| raw.run(statement));
    raw.run(&note(&version));
    raw.run(&first_rows(&keys.check_value(), &token));
    let address = TokenAddress::new(MerchantId::from_bytes(id(1)), TokenId::from_bytes(id(4)));
    (place, format!("cpt_{address}_{token}"))
}

/// What was there from the beginning, however it got to the newest schema.
fn of_old(rows: Rows) -> Rows {
    // Made at random by a migration.
    rows.into_iter().filter(|(name, _)| name != "order_link_keys").collect()
}

fn upgraded(place: &Place) {
    let (well, said) = place.says(&["migrate"], &[]);
    assert!(well && said.contains("the schema is up to date"), "{said}");
}

#[tokio::test]
async fn data_of_the_first_schema_opens_and_is_read_by_everybody() {
    let (place, token) = first_schema();
    let server = place.serve_as_it_is().await;
    let api: Visitor = server.stranger().with_bearer(&token);
    let order = api.get("/api/v1/orders?number=1001").await.json()["data"][0].clone();
    assert_eq!((&order["shopper"]["name"], &order["total"]["amount"]), (&"Camille Ancien".into(), &"42.00".into()));
    assert_eq!(order["lines"][0]["title"], "Chemise");
    let thread = order["thread_id"].as_str().unwrap().to_owned();
    let messages = api.get(&format!("/api/v1/threads/{thread}/messages")).await.json();
    assert!(messages.to_string().contains("Une question très ancienne"), "{messages}");
    for what in ["threads", "cases", "products", "agents", "events"] {
        let list = api.get(&format!("/api/v1/{what}")).await.json();
        assert!(!list["data"].as_array().unwrap().is_empty(), "{what}: {list}");
    }
    let desk = server.desk_of("ada@example.com", PASSWORD).await;
    let page = desk.get(&format!("/desk/threads/{thread}")).await;
    assert!(page.text().contains("Une question très ancienne"), "{}", page.text());
    // The search takes what was said before there was one.
    super::super::support::until("the search to know it", std::time::Duration::from_secs(10), async || {
        let hits = desk.get("/desk/search?q=question ancienne").await.select(".hit strong");
        (hits == ["Camille Ancien"]).then_some(())
    })
    .await;
    let kept = files(&server.data().join("backups"));
    assert_eq!(
        kept.keys().filter(|name| name.to_string_lossy().starts_with("before-")).count(),
        1,
        "a backup was made"
    );
}

/// The backups before upgrades, oldest first.
fn before(place: &Place) -> Vec<PathBuf> {
    let folder = place.data().join("backups");
    let names = files(&folder).into_keys().filter(|name| name.to_string_lossy().starts_with("before-"));
    names.map(|name| folder.join(name)).collect()
}

#[tokio::test]
async fn a_backup_is_made_before_an_upgrade_and_the_last_three_stay() {
    let (place, _) = first_schema();
    let backups = place.data().join("backups");
    std::fs::create_dir_all(&backups).unwrap();
    for old in ["1", "2", "3"] {
        std::fs::write(backups.join(format!("before-20251128000000-{old}.backup")), b"old").unwrap();
    }
    let old = place.copied();
    let off = place.copied();
    upgraded(&place);
    let kept = before(&place);
    assert_eq!(kept.len(), 3, "{kept:?}");
    let newest = kept.last().unwrap();
    assert!(newest.to_string_lossy().contains(comptoir::store::migrations::newest().as_str()), "{kept:?}");
    upgraded(&place);
    assert_eq!(before(&place), kept, "there is nothing to upgrade any more");

    // What it holds is what was there, and becomes the same again.
    let again = place.without_data();
    if engine() == Engine::Sqlite {
        std::fs::copy(newest, again.url().trim_start_matches("sqlite:")).unwrap();
        let schema = Database::open(again.url()).unwrap().applied().unwrap();
        assert_eq!(schema.len(), 1, "as it was before");
        upgraded(&again);
    } else {
        let (well, said) = again.says(&["restore", newest.to_str().unwrap()], &[]);
        assert!(well && said.contains("made before an upgrade"), "{said}");
    }
    assert_eq!(differences(&of_old(rows(place.url())), &of_old(rows(again.url()))), Vec::<String>::new());

    let (well, said) = off.says(&["migrate"], &[("COMPTOIR_UPGRADE_BACKUP", "off")]);
    assert!(well, "{said}");
    assert_eq!(before(&off).len(), 3, "none was made");

    // Without a backup nothing is changed.
    std::fs::remove_dir_all(old.data().join("backups")).unwrap();
    std::fs::write(old.data().join("backups"), b"no folder").unwrap();
    let (well, said) = old.says(&["migrate"], &[]);
    assert!(!well && said.contains("nothing was upgraded"), "{said}");
    assert_eq!(Database::open(old.url()).unwrap().applied().unwrap().len(), 1);
}

#[tokio::test]
async fn a_migration_that_is_killed_after_any_statement_is_made_whole_by_the_next_start() {
    let (base, _) = first_schema();
    let whole = base.copied();
    upgraded(&whole);
    let wanted = of_old(rows(whole.url()));
    let mut tried = 0;
    // PostgreSQL takes half a second for each copy of a database: without `--whole` every eighth, and the last of each migration.
    let step = if engine() == Engine::Postgres { many(8, 1) } else { 1 };
    for (version, statements) in migrations().into_iter().skip(1) {
        let last = statements.len();
        for count in (1..last).step_by(step).chain([last]) {
            let place = base.copied();
            let mut raw = Raw::to(place.url());
            raw.run("BEGIN");
            statements.iter().take(count).for_each(|statement| raw.run(statement));
            let killed = match engine() {
                // What a killed process leaves is the files as they are now.
                Engine::Sqlite => place.copied(),
                // The server notices that nobody is there any more.
                Engine::Postgres => {
                    drop(raw);
                    place
                }
            };
            let (well, said) = killed.says(&["migrate"], &[("COMPTOIR_UPGRADE_BACKUP", "off")]);
            assert!(well, "{version}, killed after statement {count}: {said}");
            let got = of_old(rows(killed.url()));
            assert_eq!(differences(&wanted, &got), Vec::<String>::new(), "{version}, killed after statement {count}");
            tried += 1;
        }
        let mut raw = Raw::to(base.url());
        statements.iter().for_each(|statement| raw.run(statement));
        raw.run(&note(&version));
    }
    assert!(tried > 60 / step, "every statement of every migration: {tried}");
}

/// A control: a statement that was kept without the rest of its migration is noticed, as nothing could be made whole then.
#[tokio::test]
async fn half_a_migration_would_be_noticed() {
    let (place, _) = first_schema();
    let (_, statements) = migrations().remove(1);
    Raw::to(place.url()).run(&statements[0]);
    let (well, said) = place.says(&["migrate"], &[("COMPTOIR_UPGRADE_BACKUP", "off")]);
    assert!(!well && said.contains("already exists"), "{said}");
}
