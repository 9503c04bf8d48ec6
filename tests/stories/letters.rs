//! Letters: what leaves by the mail server, how often, to whom, and what becomes of it when that server or the address
//! does not take it.

mod arriving;
mod asking;
mod browser;
mod imported;
mod legal;
mod refused;

use chrono::{Duration as Span, Utc};
use serde_json::{Value, json};

use super::support::{Server, Sink, Visitor};

/// The demo, whose letters go to a mail server of ours.
async fn demo(sink: &Sink) -> Server {
    Server::demo().with_env("SMTP_URL", &sink.url()).await
}

/// Somebody just bought something; the id of the thread.
async fn bought(server: &Server, number: u64, email: &str) -> String {
    let now = (Utc::now() + Span::seconds(server.clock_offset() + 5)).to_rfc3339();
    told(server, number, email, &now).await
}

/// The shop tells of an order as it was updated then.
async fn told(server: &Server, number: u64, email: &str, now: &str) -> String {
    let order = json!({
        "id": number, "name": format!("#{number}"), "email": email, "currency": "EUR", "total_price": "92.00",
        "financial_status": "paid", "created_at": now, "updated_at": now,
        "customer": {"id": number, "first_name": "Nora", "last_name": "Lind", "email": email}, "customer_locale": "en",
        "line_items": [{"id": number * 10, "product_id": 8101, "variant_id": 810_102, "title": "Chemise Sormiou en lin",
            "variant_title": "Écru / M", "quantity": 1, "price": "92.00"}],
    });
    assert_eq!(server.shopify("orders/updated", &order).send().await.status, 202);
    let found = server.api().get(&format!("/api/v1/orders?number={number}")).await.json();
    found["data"][0]["thread_id"].as_str().expect("a thread").to_owned()
}

async fn answer(desk: &Visitor, thread: &str, text: &str) {
    let open = desk.get(&format!("/desk/threads/{thread}")).await;
    let said = desk.submit(open.form("form[action*='/messages']").fill("text", text)).await;
    assert_eq!(said.status, 200, "{}", said.text());
}

async fn thread(server: &Server, id: &str) -> Value {
    server.api().get(&format!("/api/v1/threads/{id}")).await.json()
}

/// Long enough for the worker to have looked more than once.
async fn a_moment() {
    tokio::time::sleep(std::time::Duration::from_millis(2_200)).await;
}
