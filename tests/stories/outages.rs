//! The database goes away and comes back: nothing that was acknowledged is lost, whoever asks meanwhile is told soon to come
//! again, and afterwards the house goes on by itself.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use comptoir::{q, store::Conn};
use diesel::{RunQueryDsl, connection::SimpleConnection, sql_query};
use serde_json::{Value, json};

use super::support::{
    Server, Visitor,
    engine::{Engine, engine, look},
    many,
    proxy::Proxy,
    until,
};

/// Within which somebody is answered, whatever is the matter.
const SOON: Duration = Duration::from_secs(5);

/// What became of what was asked.
#[derive(Debug, Default)]
struct Asked {
    acknowledged: Vec<String>,
    refused: usize,
    slowest: Duration,
    odd: Vec<String>,
}

impl Asked {
    fn and(mut self, other: Self) -> Self {
        self.acknowledged.extend(other.acknowledged);
        self.odd.extend(other.odd);
        Self { refused: self.refused + other.refused, slowest: self.slowest.max(other.slowest), ..self }
    }
}

/// Orders and looks, one after the other, until it is over.
async fn ask(server: &Server, name: &str, over: &AtomicBool) -> Asked {
    let (mut asked, api) = (Asked::default(), server.api());
    for number in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let (id, begun) = (format!("{name}-{number}"), Instant::now());
        let told = server.generic(&order(&id)).send().await;
        asked.slowest = asked.slowest.max(begun.elapsed());
        match told.status {
            202 => asked.acknowledged.push(id),
            503 if told.header("retry-after").is_some() => asked.refused += 1,
            // The connector is not known while the database is away: as good as a wrong signature it is not.
            other => asked.odd.push(format!("order {other}: {}", told.body)),
        }
        let begun = Instant::now();
        let list = api.get("/api/v1/threads?limit=5").await;
        asked.slowest = asked.slowest.max(begun.elapsed());
        match list.status {
            200 => {}
            503 if list.header("retry-after").is_some() => asked.refused += 1,
            other => asked.odd.push(format!("list {other}: {}", list.body)),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    asked
}

/// Asks from four sides while `happens`, and a moment longer.
async fn while_it(server: &Server, name: &str, happens: impl Future<Output = ()>) -> Asked {
    let over = AtomicBool::new(false);
    let names: Vec<String> = (0..4).map(|client| format!("{name}{client}")).collect();
    let asking = futures_util::future::join_all(names.iter().map(|name| ask(server, name, &over)));
    let happening = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        happens.await;
        recovered(server).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        over.store(true, Ordering::Relaxed);
    };
    let (asked, ()) = tokio::join!(asking, happening);
    asked.into_iter().fold(Asked::default(), Asked::and)
}

/// It works again, for looking and for changing, within five seconds.
async fn recovered(server: &Server) {
    until("the house to go on", SOON, async || {
        let well = server.stranger().get("/health/ready").await.status == 200
            && server.generic(&order(&format!("again-{}", uuid::Uuid::now_v7()))).send().await.status == 202;
        well.then_some(())
    })
    .await;
}

/// Nothing lost, nobody left waiting, nothing else than yes and "come again".
async fn must_be_well(server: &Server, asked: &Asked) {
    let log = std::fs::read_to_string(server.data().with_file_name("server.log")).expect("it has a log");
    let failed: Vec<&str> = log.lines().filter(|line| line.contains("\"status\":500")).collect();
    assert_eq!(asked.odd, Vec::<String>::new(), "{failed:#?}");
    assert!(asked.slowest < SOON, "somebody waited {:?}", asked.slowest);
    assert!(asked.acknowledged.len() > 10, "{} were taken", asked.acknowledged.len());
    assert_eq!(lost(&server.api(), &asked.acknowledged).await, Vec::<String>::new());
    assert!(!log.contains("panicked"), "nothing panicked");
    assert!(log.contains("\"status\":503"), "what failed is written down, whatever was shown in its place");
}

async fn lost(api: &Visitor, acknowledged: &[String]) -> Vec<String> {
    let mut lost = Vec::new();
    for id in acknowledged {
        let found = api.get(&format!("/api/v1/orders?external_id={id}")).await.json();
        if found["data"].as_array().is_none_or(Vec::is_empty) {
            lost.push(id.clone());
        }
    }
    lost
}

/// The server behind a proxy before its PostgreSQL.
async fn behind_a_proxy() -> (Server, Proxy) {
    let mut server = Server::demo().await;
    server.stop();
    let url = server.database_url().to_owned();
    let target = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let proxy = Proxy::before(&target).await;
    server.with_env("DATABASE_URL", &proxy.instead_of(&url, &target));
    server.start_again().await;
    (server, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_costs_a_while_and_nothing_that_was_acknowledged() {
    if engine() == Engine::Sqlite {
        return a_file_that_another_program_holds().await;
    }
    let (server, proxy) = behind_a_proxy().await;
    let away = async {
        for length in (0..many(2, 30)).map(|round| [1_500, 300, 4_000][round % 3]) {
            proxy.cut();
            tokio::time::sleep(Duration::from_millis(length)).await;
            proxy.mend();
            recovered(&server).await;
        }
    };
    let asked = while_it(&server, "away", away).await;
    assert!(asked.refused > 0, "it was away");
    must_be_well(&server, &asked).await;
    // The control: what was never answered would be missed.
    assert_eq!(lost(&server.api(), &["never".to_owned()]).await.len(), 1);

    let ended = async {
        let mut conn = look(server.database_url());
        for _ in 0..many(5, 200) {
            let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
            q!(&mut conn, |c| sql_query(all).execute(c)).unwrap();
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    };
    let asked = while_it(&server, "ended", ended).await;
    must_be_well(&server, &asked).await;
}

/// On SQLite nobody else should write to the file; who does it all the same holds everybody up, and no more.
async fn a_file_that_another_program_holds() {
    let server = Server::demo().await;
    let held = async {
        let mut conn: Conn = look(server.database_url());
        for length in (0..many(1, 10)).map(|round| [6_000, 1_000, 3_000][round % 3]) {
            q!(&mut conn, |c| c.batch_execute("BEGIN IMMEDIATE")).unwrap();
            tokio::time::sleep(Duration::from_millis(length)).await;
            q!(&mut conn, |c| c.batch_execute("COMMIT")).unwrap();
            recovered(&server).await;
        }
    };
    let asked = while_it(&server, "held", held).await;
    assert!(asked.refused > 0, "it was held up");
    must_be_well(&server, &asked).await;
}

fn order(id: &str) -> Value {
    let now = chrono::Utc::now();
    let price = json!({ "amount": "10.00", "currency": "EUR" });
    json!({ "type": "order.upserted", "timestamp": now, "data": { "external_id": id, "number": id, "placed_at": now,
        "updated_at": now, "currency": "EUR", "payment_state": "paid", "total": price,
        "lines": [{ "external_id": "l", "title": "Cap", "quantity": 1, "unit_price": price }] } })
}
