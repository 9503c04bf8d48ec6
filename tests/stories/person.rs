//! A person's data: all of it is handed over, and then none of it is left; things go when their time is over; and what
//! matters for security is written down and stays as it was written. Here is how everything is searched.

mod erased;
mod kept;
mod log;

use std::{io::Read, path::Path, time::Duration};

use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types::Text};
use serde_json::{Value, json};

use super::support::{
    Server, Visitor,
    engine::{Engine, engine},
    form::Sent,
    page::Page,
    until,
};

/// A word that stands wherever a person's data can, and nowhere else.
const CANARY: &str = "zqcanary";
/// Digits of their telephone.
const DIGITS: &str = "698765432";
const EMAIL: &str = "zqcanary.one@example.com";
const OTHER_EMAIL: &str = "zqcanary.two@example.com";

/// Something selected as text.
#[derive(QueryableByName)]
struct Cell {
    #[diesel(sql_type = Text)]
    value: String,
}

/// The database itself, past the product.
enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    fn of(server: &Server) -> Self {
        let url = server.database_url();
        match engine() {
            Engine::Sqlite => {
                let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
                let mut conn = SqliteConnection::establish(path).expect("the file opens");
                sql_query("PRAGMA busy_timeout = 5000").execute(&mut conn).expect("it waits");
                Self::Sqlite(conn)
            }
            Engine::Postgres => Self::Postgres(PgConnection::establish(url).expect("PostgreSQL answers")),
        }
    }

    fn run(&mut self, sql: &str) -> Result<usize, String> {
        let done = match self {
            Self::Sqlite(c) => sql_query(sql).execute(c),
            Self::Postgres(c) => sql_query(sql).execute(c),
        };
        done.map_err(|error| error.to_string())
    }

    fn cells(&mut self, sql: &str) -> Vec<String> {
        let cells: Vec<Cell> = match self {
            Self::Sqlite(c) => sql_query(sql).load(c),
            Self::Postgres(c) => sql_query(sql).load(c),
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
        cells.into_iter().map(|cell| cell.value).collect()
    }

    /// Every table and column there is, as `table.column type`.
    fn columns(&mut self) -> Vec<(String, String, String)> {
        let sql = match self {
            Self::Sqlite(_) => {
                "SELECT m.name || ' ' || p.name || ' ' || p.type AS value FROM sqlite_master m, pragma_table_info(m.name) p
                 WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
            }
            Self::Postgres(_) => {
                "SELECT c.table_name || ' ' || c.column_name || ' ' || c.data_type AS value FROM information_schema.columns c
                 JOIN information_schema.tables t USING (table_schema, table_name)
                 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            }
        };
        let parted = |text: String| {
            let mut words = text.splitn(3, ' ').map(str::to_owned);
            let mut next = || words.next().unwrap_or_default();
            (next(), next(), next())
        };
        self.cells(sql).into_iter().map(parted).collect()
    }

    /// Where the person is: `table.column` of every cell that holds the word or the digits, packed bodies unpacked.
    fn found(&mut self) -> Vec<String> {
        let mut found = Vec::new();
        let columns = self.columns();
        assert!(columns.len() > 250, "the catalogue is read: {}", columns.len());
        for (table, column, kind) in columns {
            let bytes = match self {
                Self::Sqlite(_) => format!("hex(CAST(\"{column}\" AS BLOB))"),
                Self::Postgres(_) if kind == "bytea" => format!("encode(\"{column}\", 'hex')"),
                Self::Postgres(_) => format!("encode(convert_to(\"{column}\"::text, 'UTF8'), 'hex')"),
            };
            let sql = format!("SELECT {bytes} AS value FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
            let here = self.cells(&sql).iter().filter(|cell| is_theirs(&unhex(cell))).count();
            if here > 0 {
                found.push(format!("{table}.{column}"));
            }
        }
        found.sort();
        found
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default() as u8;
    text.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(*pair.last().unwrap())).collect()
}

fn is_theirs(bytes: &[u8]) -> bool {
    let mut unpacked = Vec::new();
    let _ = flate2::read::DeflateDecoder::new(bytes).take(4 << 20).read_to_end(&mut unpacked);
    [bytes, &unpacked].iter().any(|bytes| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains(CANARY) || text.replace([' ', '.', '-'], "").contains(DIGITS)
    })
}

/// Files of the data directory that have the person in their bytes or their names; the database's own too, raw.
fn on_disk(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(on_disk(&path));
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).to_lowercase();
        // Letters break their lines.
        let text = text.replace("=\r\n", "");
        if text.contains(CANARY) || path.display().to_string().contains(CANARY) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn euro(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

/// An order as a shop tells it, with the person wherever it can name one.
fn order(number: u32, placed_at: chrono::DateTime<chrono::Utc>, updated_at: chrono::DateTime<chrono::Utc>) -> Value {
    let line = json!({ "external_id": "l-1", "product_id": "zq-shirt", "variant_id": "zq-Ecru", "title": "Plain shirt",
        "quantity": 1, "options": [{ "name": "Colour", "value": "Ecru" }],
        "custom": [{ "name": "Engraving", "value": "For Zqcanary" }], "unit_price": euro("35.00") });
    let milestone = json!({ "external_id": "m-1", "status": "in_transit", "at": placed_at,
        "place": "Zqcanaryville", "message": "Left with Zqcanary" });
    let shipment = json!({ "external_id": "s-1", "carrier": "DHL", "numbers": ["ZQCANARY001"],
        "urls": ["https://track.example/zqcanary"], "status": "in_transit", "updated_at": updated_at, "milestones": [milestone] });
    let data = json!({ "external_id": format!("zq-{number}"), "number": format!("#ZQ-{number}"), "placed_at": placed_at,
        "updated_at": updated_at, "currency": "EUR", "payment_state": "paid",
        "customer": { "name": "Zqcanary Person", "email": EMAIL, "phone": "+33 6 98 76 54 32", "locale": "en" },
        "ship_to": { "name": "Zqcanary Person", "line1": "1 Zqcanary Street", "city": "Marseille", "country": "FR" },
        "lines": [line], "shipments": [shipment], "total": euro("35.00"),
        "admin_url": "https://shop.example/admin/zqcanary" });
    json!({ "type": "order.upserted", "timestamp": updated_at, "data": data })
}

fn product(now: chrono::DateTime<chrono::Utc>) -> Value {
    let variant = |colour: &str| {
        json!({ "external_id": format!("zq-{colour}"), "options": [{ "name": "Colour", "value": colour }],
            "price": euro("35.00"), "stock": 5 })
    };
    let data = json!({ "external_id": "zq-shirt", "title": "Plain shirt", "updated_at": now,
        "variants": [variant("Ecru"), variant("Blue")] });
    json!({ "type": "product.upserted", "timestamp": now, "data": data })
}

fn paper() -> Sent {
    Sent::new("zqcanary.pdf", "application/pdf", b"%PDF-1.4\nzqcanary zqcanary zqcanary\n%%EOF\n")
}

/// Somebody with something of theirs in every place there is: their id, and their thread's.
async fn somebody(server: &Server) -> (String, String) {
    let now = chrono::Utc::now() + chrono::Duration::seconds(server.clock_offset());
    for body in [product(now), order(1, now, now)] {
        let told = server.generic(&body).send().await;
        assert_eq!(told.status, 202, "{}", told.body);
    }
    // A body that could not be applied: no order leads to it.
    let mut broken = order(2, now, now);
    broken["data"]["total"] = json!("much");
    assert_eq!(server.generic(&broken).send().await.status, 422);
    let api = server.api();
    let known = api.get("/api/v1/orders?number=ZQ-1").await.json()["data"][0].clone();
    let (shopper, thread) = (text(&known["shopper"]["id"]), text(&known["thread_id"]));
    let mail = server.mail_to(EMAIL, "/t#").await;
    let link = mail.link(&server.url("/t#")).unwrap();
    let person = server.stranger();
    let page = person.post("/t/open", &[("token", link.split('#').nth(1).unwrap())]).await;
    let path = page.url.path().to_owned();
    assert!(path.starts_with("/t/"), "{path}");
    let sent = person.upload(&format!("{path}/files"), paper()).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    let file = text(&sent.json()["id"]);
    let fields = [("text", "Zqcanary asks"), ("client_id", "zqcanary-client-0001"), ("files", &*file)];
    assert_eq!(person.post(&format!("{path}/messages"), &fields).await.status, 200);
    // One that waits still.
    assert_eq!(person.upload(&format!("{path}/files"), paper()).await.status, 201);
    let stranger = server.stranger();
    let find =
        stranger.get("/t/find").await.form("form:has(input[name=email])").fill("number", "ZQ-1").fill("email", EMAIL);
    assert_eq!(stranger.submit(find).await.status, 200);
    let desk = server.desk().await;
    for (kind, words, client) in
        [("note", "Zqcanary is difficult", "a-note-of-the-desk-1"), ("reply", "Dear Zqcanary", "a-reply-of-the-desk-1")]
    {
        let fields = [("kind", kind), ("text", words), ("client_id", client)];
        assert_eq!(desk.post(&format!("/desk/threads/{thread}/messages"), &fields).await.status, 200);
    }
    let products = api.get("/api/v1/products?limit=100").await.json();
    let variants = products["data"].as_array().unwrap().iter().find(|one| one["external_id"] == "zq-shirt").unwrap();
    let variants = variants["variants"].as_array().unwrap();
    let blue = variants.iter().find(|one| one["external_id"] == "zq-Blue").unwrap();
    for undecided in [false, true] {
        let wish = json!({ "line_id": known["lines"][0]["id"], "variant_id": blue["id"], "quantity": 1,
            "reason": "colour", "words": "Zqcanary wants blue" });
        let case = api.json("POST", &format!("/api/v1/threads/{thread}/cases"), &wish).await;
        assert_eq!(case.status, 201, "{}", case.body);
        if !undecided {
            let refusal = json!({ "reason": "Zqcanary comes too late" });
            let path = format!("/api/v1/cases/{}/refusal", text(&case.json()["id"]));
            assert_eq!(api.json("POST", &path, &refusal).await.status, 200);
        }
    }
    let corrected = desk.post(&format!("/desk/threads/{thread}/address"), &[("email", OTHER_EMAIL)]).await;
    assert_eq!(corrected.status, 200, "{}", corrected.text());
    server.mail_to(OTHER_EMAIL, "/t#").await;
    (shopper, thread)
}

fn password(server: &Server) -> String {
    server.told().desk.password
}

/// Erases at the desk, and waits until nothing is left to do.
async fn erase(server: &Server, desk: &Visitor, shopper: &str, confirm: &str) {
    let page = desk.get(&format!("/desk/shoppers/{shopper}")).await;
    let form = page.form("#erase-form").fill("confirm", confirm).fill("current", &password(server));
    let done = desk.submit(form).await;
    assert!(done.status == 200 && done.has("was erased on"), "{}", done.text());
    finished(desk, shopper).await;
}

async fn finished(desk: &Visitor, shopper: &str) {
    until("an erasure to be finished", Duration::from_secs(15), async || {
        desk.get(&format!("/desk/shoppers/{shopper}")).await.has("Nothing of it is left").then_some(())
    })
    .await;
}

/// The entries of an archive.
fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (mut found, mut at) = (Vec::new(), 0);
    let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let (method, packed, name) = (short(at + 8), long(at + 18), short(at + 26));
        let body = at + 30 + name;
        let raw = &bytes[body..body + packed];
        let mut content = Vec::new();
        if method == 8 {
            flate2::read::DeflateDecoder::new(raw).read_to_end(&mut content).unwrap();
        } else {
            content = raw.to_vec();
        }
        found.push((String::from_utf8_lossy(&bytes[at + 30..body]).into_owned(), content));
        at = body + packed;
    }
    assert!(bytes[at..].starts_with(b"PK\x01\x02"), "the directory follows the entries");
    found
}

/// The acts of the log, the newest first, as programs read them.
async fn acts(server: &Server) -> Vec<(String, String)> {
    let log = server.api().get("/api/v1/audit?limit=100").await;
    assert_eq!(log.status, 200, "{}", log.body);
    let row = |entry: &Value| (text(&entry["act"]), text(&entry["by"]["kind"]));
    log.json()["data"].as_array().unwrap().iter().map(row).collect()
}

fn is_denied(page: &Page) -> bool {
    page.status == 403
}
