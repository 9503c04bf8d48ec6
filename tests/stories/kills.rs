//! The server is killed under load, again and again: nothing that it acknowledged is lost, and nothing is there twice. `--whole`
//! kills it more often.

use std::collections::HashMap;
use std::process::Command;
use std::time::Duration;

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use super::support::{Server, hooks::Call, many, server::Demo};

/// People and shops that write at the same time.
const CLIENTS: usize = 8;

/// From when on something counts as acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Once it was answered so: as it must be.
    Answered,
    /// Once it was sent: as it must not be, to see that the comparison notices.
    Sent,
}

/// What a client knows.
#[derive(Default)]
struct Ledger {
    orders: Vec<String>,
    messages: Vec<String>,
    /// Sent, and never answered: it may be there or not, and may be sent again.
    unsure: Vec<Call>,
}

impl Ledger {
    fn join(mut self, other: Self) -> Self {
        self.orders.extend(other.orders);
        self.messages.extend(other.messages);
        self.unsure.extend(other.unsure);
        self
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill_and_is_there_once() {
    let mut server = Server::demo().await;
    let thread = thread(&server).await;
    let mut ledger = Ledger::default();
    let kills = many(20, 500);
    for round in 0..kills {
        let of_round = until_killed(&mut server, &thread, round, Counts::Answered).await;
        server.start_again().await;
        // Whoever got no answer sends the same again, as shops do.
        for call in &of_round.unsure {
            assert_eq!(call.try_send().await.unwrap().status(), 202);
        }
        ledger = ledger.join(of_round);
    }
    let (orders_taken, messages_taken) = (ledger.orders.len(), ledger.messages.len());
    assert!(orders_taken > kills && messages_taken > kills, "there was load: {orders_taken}, {messages_taken}");
    assert!(!ledger.unsure.is_empty(), "it was killed in the middle of something");
    let (orders, messages) = (orders(&server).await, messages(&server, &thread).await);
    assert_eq!((lost(&ledger.orders, &orders), lost(&ledger.messages, &messages)), (vec![], vec![]), "lost");
    assert!(orders.values().chain(messages.values()).all(|times| *times == 1), "nothing is there twice");
}

#[tokio::test]
async fn the_comparison_sees_what_is_lost() {
    let mut server = Server::demo().await;
    let thread = thread(&server).await;
    for round in 0..20 {
        let ledger = until_killed(&mut server, &thread, round, Counts::Sent).await;
        server.start_again().await;
        let missing = lost(&ledger.orders, &orders(&server).await).len()
            + lost(&ledger.messages, &messages(&server, &thread).await).len();
        if missing > 0 {
            return;
        }
    }
    panic!("what was only sent counted as acknowledged, and twenty kills lost none of it");
}

/// Loads the server and kills it after a while.
async fn until_killed(server: &mut Server, thread: &str, round: usize, counts: Counts) -> Ledger {
    let (process, told) = (server.process_id(), server.told());
    let killer = async {
        // Any moment between a start and half a second will do; each round has another.
        tokio::time::sleep(Duration::from_millis(50 + (round as u64 * 137) % 450)).await;
        assert!(Command::new("kill").args(["-KILL", &process.to_string()]).status().unwrap().success());
    };
    let clients = (0..CLIENTS).map(|client| load(server, &told, thread, format!("k{round}-{client}"), counts));
    let (ledgers, ()) = join(join_all(clients), killer).await;
    server.kill();
    ledgers.into_iter().fold(Ledger::default(), Ledger::join)
}

/// Orders and messages, one after the other, until nobody answers any more.
async fn load(server: &Server, told: &Demo, thread: &str, name: String, counts: Counts) -> Ledger {
    let (mut ledger, client) = (Ledger::default(), reqwest::Client::new());
    for number in 0.. {
        let id = format!("{name}-{number:04}");
        let call = server.generic(&order(&id));
        if counts == Counts::Sent {
            ledger.orders.push(id.clone());
        }
        match call.try_send().await {
            Ok(answer) if answer.status() == 202 && counts == Counts::Answered => ledger.orders.push(id.clone()),
            Ok(answer) => assert!(answer.status() == 202 || answer.status() == 503, "{}", answer.status()),
            Err(_) => {
                ledger.unsure.push(call);
                return ledger;
            }
        }
        if counts == Counts::Sent {
            ledger.messages.push(id.clone());
        }
        let said = client
            .post(server.url(&format!("/api/v1/threads/{thread}/messages")))
            .bearer_auth(&told.api_token)
            .json(&json!({ "text": id, "client_id": id }));
        match said.send().await {
            Ok(answer) if answer.status() == 201 && counts == Counts::Answered => ledger.messages.push(id),
            Ok(answer) => assert!(answer.status() == 201 || answer.status() == 503, "{}", answer.status()),
            Err(_) => return ledger,
        }
    }
    ledger
}

fn order(id: &str) -> Value {
    let now = chrono::Utc::now();
    let price = json!({ "amount": "10.00", "currency": "EUR" });
    json!({ "type": "order.upserted", "timestamp": now, "data": { "external_id": id, "number": id, "placed_at": now,
        "updated_at": now, "currency": "EUR", "payment_state": "paid", "total": price,
        "lines": [{ "external_id": "l", "title": "Cap", "quantity": 1, "unit_price": price }] } })
}

/// The thread that messages are said in.
async fn thread(server: &Server) -> String {
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    orders["data"][0]["thread_id"].as_str().unwrap().to_owned()
}

/// How often each order that the load made is there, by its id, and that each has a thread of its own.
async fn orders(server: &Server) -> HashMap<String, usize> {
    let (mut found, mut threads) = (HashMap::new(), HashMap::new());
    for order in listed(server, "/api/v1/orders").await {
        let id = order["external_id"].as_str().unwrap_or_default().to_owned();
        if id.starts_with('k') {
            let thread = order["thread_id"].as_str().unwrap_or_else(|| panic!("{id} has no thread")).to_owned();
            assert_eq!(threads.insert(thread, id.clone()), None, "one thread an order");
            *found.entry(id).or_default() += 1;
        }
    }
    found
}

/// The same of what was said.
async fn messages(server: &Server, thread: &str) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for message in listed(server, &format!("/api/v1/threads/{thread}/messages")).await {
        let text = message["text"].as_str().or_else(|| message["alt"].as_str()).unwrap_or_default().to_owned();
        if text.starts_with('k') {
            *found.entry(text).or_default() += 1;
        }
    }
    found
}

async fn listed(server: &Server, path: &str) -> Vec<Value> {
    let (mut rows, mut next) = (Vec::new(), Some(format!("{path}?limit=100")));
    while let Some(address) = next {
        let body = server.api().get(&address).await.json();
        rows.extend(body["data"].as_array().unwrap_or_else(|| panic!("{address}: {body}")).iter().cloned());
        next = body["next"].as_str().map(|cursor| format!("{path}?limit=100&cursor={cursor}"));
    }
    rows
}

fn lost(acknowledged: &[String], there: &HashMap<String, usize>) -> Vec<String> {
    acknowledged.iter().filter(|id| !there.contains_key(*id)).cloned().collect()
}
