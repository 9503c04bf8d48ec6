//! Finding things at the desk: search, labels, canned replies, mentions. Each is used as a person without JavaScript uses
//! it, and as a program does.

mod canned;
mod labels;
mod mentions;
mod plenty;
mod search;

use super::support::{Server, Visitor};

/// What would run if it were not shown as text.
const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";

/// The thread of an order of the demo, by the API's id.
async fn thread_of(server: &Server, number: &str) -> String {
    let orders = server.api().get(&format!("/api/v1/orders?number={number}")).await.json();
    orders["data"][0]["thread_id"].as_str().unwrap_or_else(|| panic!("{number}: {orders}")).to_owned()
}

async fn colleague(server: &Server, mailbox: &str) -> Visitor {
    server.desk_of(&format!("{mailbox}@calanque.example"), &server.told().desk.password).await
}

/// Notes something in a thread, by the box of its page.
async fn note(desk: &Visitor, thread: &str, words: &str) {
    let page = desk.get(&format!("/desk/threads/{thread}")).await;
    let form = page.form("form[data-composer]").choose("kind", "note").fill("text", words);
    assert_eq!(desk.submit(form).await.status, 200);
}
