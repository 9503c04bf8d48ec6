//! The power goes under load: whatever of the un-synced part had reached the disk, nothing that was acknowledged is lost, the
//! database is whole, and every row of a file has its bytes. A server is recorded once (`support/power.rs`), and its disk is then
//! cut at many moments. `--whole` records more often.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use comptoir::{
    domain::files::{Variant, shelf::Shelf},
    ids::{FileAddress, FileId, MerchantId},
    secrets::fingerprint,
    store::schema::{files, messages, orders},
};
use diesel::{connection::SimpleConnection, prelude::*, sql_query, sql_types::Text};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::support::{
    Server,
    chance::Chance,
    engine::{Engine, engine},
    form::Sent,
    many,
    power::{Act, Disk, Journal, recorder},
};

/// Cuts of one recording.
const CUTS: usize = 50;
/// People and shops that write at the same time, and how often each does.
const CLIENTS: usize = 6;
const TIMES: usize = 25;

/// Something that was acknowledged.
#[derive(Debug, Clone)]
enum Thing {
    Order(String),
    Message(String),
    File(String),
}

/// A server that worked, what it did to its disk, and what it acknowledged at which record.
struct Recording {
    server: Server,
    before: Disk,
    journal: Journal,
    acknowledged: Vec<(usize, Thing)>,
}

impl Recording {
    async fn make() -> Self {
        let mut server = Server::demo().await;
        server.stop();
        let root = root(&server).to_owned();
        let before = Disk::of(&root);
        let elsewhere = tempfile::tempdir().unwrap();
        let file = elsewhere.path().join("journal");
        for (name, value) in recorder(&root, &file) {
            server.with_env(name, &value);
        }
        server.start_again().await;
        let thread = thread(&server).await;
        let answers = join_all((0..CLIENTS).map(|client| load(&server, &thread, client))).await.concat();
        server.kill();
        server.with_env("LD_PRELOAD", "");
        let journal = Journal::read(&file);
        let told = told(&journal);
        let at = |id: &String| *told.get(id).unwrap_or_else(|| panic!("{id} was answered and is not in the journal"));
        let acknowledged = answers.iter().map(|(id, thing)| (at(id), thing.clone())).collect();
        Self { server, before, journal, acknowledged }
    }

    /// Moments: just after an answer, where there is the least time for anything else, and any others.
    fn moments(&self, count: usize, chance: &mut Chance) -> Vec<usize> {
        let first = self.acknowledged.iter().map(|(at, _)| *at).min().unwrap();
        let mut moments: Vec<usize> = (0..count)
            .map(|number| match number % 2 {
                0 => chance.of(&self.acknowledged).0 + 1,
                _ => first + chance.below(self.journal.records.len() - first) + 1,
            })
            .collect();
        moments.sort_unstable();
        moments
    }

    /// What is wrong after each of so many cuts, with syncs of some files doing nothing.
    fn cut(&self, count: usize, chance: &mut Chance, ignored: fn(&str) -> bool) -> Vec<Vec<String>> {
        let (root, mut disk, mut done) = (root(&self.server), self.before.clone(), 0);
        let mut all = Vec::new();
        for moment in self.moments(count, chance) {
            self.journal.records[done..moment].iter().for_each(|record| disk.does(record, &self.journal, ignored));
            done = moment;
            let folder = tempfile::tempdir().unwrap();
            disk.found(root, &self.journal, chance, folder.path());
            all.push(wrong(folder.path(), &self.by(moment)));
        }
        all
    }

    fn by(&self, moment: usize) -> Vec<&Thing> {
        self.acknowledged.iter().filter(|(at, _)| *at < moment).map(|(_, thing)| thing).collect()
    }

    /// The server itself, started on what is left after one cut.
    async fn start_after_a_cut(&mut self, chance: &mut Chance) {
        let (root, mut disk) = (root(&self.server).to_owned(), self.before.clone());
        let moment = self.moments(1, chance)[0];
        self.journal.records[..moment].iter().for_each(|record| disk.does(record, &self.journal, |_| false));
        std::fs::remove_dir_all(self.server.data()).unwrap();
        for end in ["", "-wal", "-shm"] {
            // There may be none.
            let _ = std::fs::remove_file(root.join(format!("comptoir.db{end}")));
        }
        disk.found(&root, &self.journal, chance, &root);
        self.server.start_again().await;
        let api = self.server.api();
        for thing in self.by(moment) {
            let found = match thing {
                Thing::Order(id) => api.get(&format!("/api/v1/orders?external_id={id}")).await.json()["data"].clone(),
                Thing::Message(_) | Thing::File(_) => continue,
            };
            assert_eq!(found.as_array().unwrap().len(), 1, "{thing:?}");
        }
        assert_eq!(self.server.generic(&order("after")).send().await.status, 202, "and it goes on");
        self.server.kill();
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_power_cut_at_any_moment() {
    if engine() == Engine::Postgres {
        // What survives is PostgreSQL's promise then; ours is to acknowledge after its commit, which is told in `store`.
        return;
    }
    for recording in 0..many(1, 20) {
        let (mut made, mut chance) = (Recording::make().await, Chance::new(recording as u64));
        assert!(made.acknowledged.len() > CLIENTS * TIMES, "there was load");
        let checkpoints = made.journal.records.iter().filter(|record| record.act == Act::Synced).count();
        assert!(checkpoints > 10, "{checkpoints}");
        let wrong = made.cut(CUTS, &mut chance, |_| false);
        assert!(wrong.iter().all(Vec::is_empty), "recording {recording}: {wrong:#?}");
        for _ in 0..3 {
            made.start_after_a_cut(&mut chance).await;
        }
    }
}

#[tokio::test]
async fn cuts_without_the_syncs_lose_something() {
    if engine() == Engine::Postgres {
        return;
    }
    let (made, mut chance) = (Recording::make().await, Chance::new(1));
    // As it were with `synchronous = NORMAL`, where a commit does not wait for its log.
    let wrong = made.cut(CUTS, &mut chance, |path| path.ends_with("-wal")).concat();
    assert!(wrong.iter().any(|what| what.contains("Order")), "{wrong:?}");
    assert!(wrong.iter().any(|what| what.contains("Message")), "{wrong:?}");
    // And with files that are put in their place without waiting.
    let wrong = made.cut(CUTS, &mut chance, |path| path.contains("/files/")).concat();
    assert!(wrong.iter().any(|what| what.contains("bytes")), "{wrong:?}");
}

/// Where the server keeps all it has.
fn root(server: &Server) -> &Path {
    server.data().parent().unwrap()
}

/// Where in the journal each id was first told to somebody.
fn told(journal: &Journal) -> HashMap<String, usize> {
    let mut told = HashMap::new();
    for (at, record) in journal.records.iter().enumerate().filter(|(_, record)| record.act == Act::Answered) {
        let text = String::from_utf8_lossy(journal.data(record));
        if let Some(id) = text.split_once("{\"id\":\"").and_then(|(_, rest)| rest.split('"').next()) {
            told.entry(id.to_owned()).or_insert(at);
        }
    }
    told
}

/// What is wrong with a folder that was found: the database, what is missing, rows of files without their bytes.
fn wrong(folder: &Path, acknowledged: &[&Thing]) -> Vec<String> {
    let mut wrong = Vec::new();
    let Ok(mut conn) = SqliteConnection::establish(&folder.join("comptoir.db").display().to_string()) else {
        return vec!["the database does not open".to_owned()];
    };
    if let Err(error) = conn.batch_execute("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON") {
        return vec![error.to_string()];
    }
    match sql_query("SELECT integrity_check AS said FROM pragma_integrity_check").load::<Said>(&mut conn) {
        Ok(said) => wrong.extend(said.into_iter().map(|row| row.said).filter(|said| said != "ok")),
        Err(error) => wrong.push(error.to_string()),
    }
    let orders: Vec<String> = orders::table.select(orders::external_id).load(&mut conn).unwrap_or_default();
    let messages: Vec<String> = messages::table.select(messages::client_id).load(&mut conn).unwrap_or_default();
    let rows: Vec<(MerchantId, FileId, String)> =
        files::table.select((files::merchant_id, files::id, files::hash)).load(&mut conn).unwrap_or_default();
    let there: HashSet<String> =
        orders.into_iter().chain(messages).chain(rows.iter().map(|(_, id, _)| id.to_string())).collect();
    for thing in acknowledged {
        let (Thing::Order(id) | Thing::Message(id) | Thing::File(id)) = thing;
        if !there.contains(id) {
            wrong.push(format!("lost: {thing:?}"));
        }
    }
    let shelf = Shelf::open(folder.join("data/files")).unwrap();
    for (merchant, id, hash) in rows {
        let bytes = std::fs::read(shelf.path(FileAddress::new(merchant, id), Variant::Full)).unwrap_or_default();
        if fingerprint(&bytes) != hash {
            wrong.push(format!("{id} has {} bytes, and not those of its row", bytes.len()));
        }
    }
    wrong
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// Orders and messages, now and then with a file, one after the other; what was answered to each.
async fn load(server: &Server, thread: &str, client: usize) -> Vec<(String, Thing)> {
    let (api, mut answered) = (server.api(), Vec::new());
    for number in 0..TIMES {
        let id = format!("power-{client}-{number:03}");
        let receipt = server.generic(&order(&id)).send().await;
        assert_eq!(receipt.status, 202, "{}", receipt.body);
        answered.push((text(&receipt.json()["id"]), Thing::Order(id.clone())));
        let mut files = Vec::new();
        if number % 4 == 0 {
            let kept = api.upload(&format!("/api/v1/threads/{thread}/files"), gif()).await;
            assert_eq!(kept.status, 201, "{}", kept.body);
            files.push(text(&kept.json()["id"]));
            answered.push((files[0].clone(), Thing::File(files[0].clone())));
        }
        let words = json!({ "text": id, "client_id": id, "files": files });
        let said = api.json("POST", &format!("/api/v1/threads/{thread}/messages"), &words).await;
        assert_eq!(said.status, 201, "{}", said.body);
        answered.push((text(&said.json()["id"]), Thing::Message(id)));
    }
    answered
}

fn order(id: &str) -> Value {
    let now = chrono::Utc::now();
    let price = json!({ "amount": "10.00", "currency": "EUR" });
    json!({ "type": "order.upserted", "timestamp": now, "data": { "external_id": id, "number": id, "placed_at": now,
        "updated_at": now, "currency": "EUR", "payment_state": "paid", "total": price,
        "lines": [{ "external_id": "l", "title": "Cap", "quantity": 1, "unit_price": price }] } })
}

fn gif() -> Sent {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".as_slice();
    let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".as_slice();
    Sent::new("dot.gif", "image/gif", &[head, frame, b"\x3b"].concat())
}

async fn thread(server: &Server) -> String {
    text(&server.api().get("/api/v1/orders?number=10482").await.json()["data"][0]["thread_id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
