//! Many orders: a copy takes time and little memory. `--whole` makes 100,000 of them and says what they cost.

use std::process::Stdio;
use std::time::{Duration, Instant};

use comptoir::store::copying::Place as Database;

use super::{
    super::support::{
        Server,
        engine::{Engine, engine},
        many,
        place::{Place, program},
    },
    execute,
};

/// More than this no copy may take, however much there is: memory does not grow with the data.
const MEMORY_KIB: u64 = 160 * 1024;

/// Orders with a line, a thread, two messages, three events, a letter and a document of the search each, made by the database itself.
pub(super) fn fill(url: &str, orders: usize) {
    let id = match engine() {
        Engine::Sqlite => "randomblob(16)",
        Engine::Postgres => "gen_random_uuid()",
    };
    let numbers =
        format!("WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {orders})");
    let like = |table: &str, columns: &[(&str, &str)], from: &str| {
        let mut database = Database::open(url).unwrap();
        let known = database.tables().unwrap().into_iter().find(|known| known.name == table).unwrap();
        let names: Vec<String> = known.columns.into_iter().map(|column| column.name).collect();
        let value = |name: &String| {
            let other = columns.iter().find(|(column, _)| column == name);
            other.map_or_else(|| format!("t.{name}"), |(_, value)| (*value).to_owned())
        };
        let values: Vec<String> = names.iter().map(value).collect();
        format!("INSERT INTO {table} ({}) {from}", names.join(", ")).replace("VALUES_OF", &values.join(", "))
    };
    let template = "(SELECT id FROM orders WHERE number_key = '10482')";
    let steps = [
        like(
            "orders",
            &[("id", id), ("external_id", "'bulk-' || i"), ("number", "'#B' || i"), ("number_key", "'b' || i")],
            &format!("{numbers} SELECT VALUES_OF FROM orders t, numbers WHERE t.id = {template}"),
        ),
        like(
            "order_lines",
            &[("id", id), ("order_id", "o.id")],
            &format!(
                "SELECT VALUES_OF FROM orders o, (SELECT * FROM order_lines WHERE order_id = {template} LIMIT 1) t \
                      WHERE o.external_id LIKE 'bulk-%'"
            ),
        ),
        like(
            "threads",
            &[("id", id), ("order_id", "o.id"), ("last_seq", "3")],
            &format!(
                "SELECT VALUES_OF FROM orders o, (SELECT * FROM threads WHERE order_id = {template}) t \
                      WHERE o.external_id LIKE 'bulk-%'"
            ),
        ),
        of_threads(&like, "messages", &[("id", id), ("client_id", "'bulk-' || k.seq")], "(2), (3)"),
        of_threads(&like, "events", &[("id", id), ("pos", "NULL")], "(1), (2), (3)"),
        of_threads(&like, "deliveries", &[("id", id), ("state", "'done'")], "(3)"),
        of_threads(&like, "search_docs", &[("id", "1000000000000000 + row_number() OVER ()")], "(0)"),
    ];
    for step in steps {
        assert!(execute(url, &step) >= orders, "{step}");
    }
}

/// Rows for each new thread, one for each of these seqs.
fn of_threads(
    like: &impl Fn(&str, &[(&str, &str)], &str) -> String,
    table: &str,
    columns: &[(&str, &str)],
    seqs: &str,
) -> String {
    let columns: Vec<_> = columns.iter().copied().chain([("thread_id", "h.id"), ("seq", "k.seq")]).collect();
    like(
        table,
        &columns,
        &format!(
            "WITH k (seq) AS (VALUES {seqs}) SELECT VALUES_OF FROM threads h JOIN orders o ON o.merchant_id = h.merchant_id \
             AND o.id = h.order_id CROSS JOIN k CROSS JOIN (SELECT * FROM {table} WHERE thread_id IS NOT NULL LIMIT 1) t \
             WHERE o.external_id LIKE 'bulk-%'"
        ),
    )
}

/// Runs a command; how long it took, and the most memory it had, in KiB.
fn measured(words: &[&str], data: &std::path::Path, url: &str) -> (Duration, u64) {
    let begun = Instant::now();
    let mut child = program(words, data, url, &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = most.max(line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0));
        if let Some(ended) = child.try_wait().unwrap() {
            assert!(ended.success(), "{words:?}");
            return (begun.elapsed(), most);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "the figures of a long run")]
async fn many_orders_are_copied_in_little_memory() {
    let mut server = Server::demo().await;
    server.stop();
    let orders = many(2_000, 100_000);
    fill(server.database_url(), orders);
    let (restored, moved) = (Place::beside(&server), Place::beside(&server));
    let file = restored.file("many.backup");
    let path = file.to_str().unwrap();
    let steps = [
        ("backup", measured(&["backup", "--to", path], server.data(), server.database_url())),
        ("restore", measured(&["restore", path], restored.data(), restored.url())),
        (
            "migrate --to the same engine",
            measured(&["migrate", "--to", moved.url()], server.data(), server.database_url()),
        ),
    ];
    let size = std::fs::metadata(&file).unwrap().len();
    let mut lines = vec![format!("{orders} orders on {:?}, a backup of {size} bytes", engine())];
    for (what, (took, memory)) in steps {
        lines.push(format!("{what}: {:.1} s, {} MiB", took.as_secs_f64(), memory / 1024));
        assert!(memory < MEMORY_KIB, "{what} took {memory} KiB");
    }
    if engine() == Engine::Postgres {
        let (away, back) = (Place::beside_on(&server, Engine::Sqlite), Place::beside(&server));
        for (what, from, to) in
            [("PostgreSQL to SQLite", server.database_url(), &away), ("SQLite to PostgreSQL", away.url(), &back)]
        {
            let (took, memory) = measured(&["migrate", "--to", to.url()], away.data(), from);
            lines.push(format!("{what}: {:.1} s, {} MiB", took.as_secs_f64(), memory / 1024));
            assert!(memory < MEMORY_KIB, "{what} took {memory} KiB");
        }
        same(server.database_url(), back.url());
    }
    eprintln!("{}", lines.join("\n"));
    same(server.database_url(), restored.url());
    same(server.database_url(), moved.url());
}

/// Compared without keeping either.
fn same(one: &str, other: &str) {
    let (mut one, mut other) = (Database::open(one).unwrap(), Database::open(other).unwrap());
    for table in one.tables().unwrap().iter().filter(|table| table.name != super::OWN) {
        let difference = one.tally(table).unwrap().differs(&other.tally(table).unwrap());
        assert_eq!(difference, None, "{}", table.name);
    }
}
