//! Several nodes on one database: what happens on one stands on the pages of the others. On PostgreSQL; a SQLite file has one
//! server, and a second one is told so.

use std::collections::HashSet;
use std::time::Duration;

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};
use serde_json::{Value, json};

use super::support::{
    Server, Visitor,
    engine::{Engine, engine},
    live::{Live, live},
    page::Page,
    until,
};

/// Within which a page of one node shows what happened on another.
const MOMENT: Duration = Duration::from_secs(5);

/// A shopper on the second node, an agent on the first, both with the same thread open.
struct Scene {
    first: Server,
    second: Server,
    shopper: Visitor,
    thread: Page,
    agent: Visitor,
    at_desk: String,
}

impl Scene {
    async fn set() -> Self {
        let first = Server::demo().await;
        let second = first.joined_by_another().await;
        let link = second.told().shopper_links[0].clone();
        let shopper = second.stranger();
        let thread = shopper.post("/t/open", &[("token", link.split('#').nth(1).unwrap())]).await;
        let orders = second.api().get("/api/v1/orders?number=10482").await.json();
        let at_desk = format!("/desk/threads/{}", orders["data"][0]["thread_id"].as_str().unwrap());
        let agent = first.desk().await;
        Self { shopper, thread, agent, at_desk, first, second }
    }

    async fn follows(&self) -> Live {
        let page = self.shopper.get(self.thread.url.path()).await;
        self.shopper.live(&address(&page)).await
    }

    async fn watches(&self) -> Live {
        let page = self.agent.get(&self.at_desk).await;
        self.agent.live(&address(&page)).await
    }

    async fn asks(&self, text: &str) {
        let page = self.shopper.get(self.thread.url.path()).await;
        let sent = self.shopper.submit(page.form("#composer").fill("text", text)).await;
        assert!(sent.has(text), "{}", sent.text());
    }

    async fn answers(&self, text: &str) {
        let page = self.agent.get(&self.at_desk).await;
        let form = page.form("#composer").fill("text", text).press("none");
        assert_eq!(self.agent.submit(form).await.status, 200);
    }
}

/// Where a page's socket is, from the seq it shows.
fn address(page: &Page) -> String {
    let live = page.attribute("[data-live]", "data-live").unwrap();
    let upto = page.attribute("[data-upto]", "data-upto").unwrap();
    format!("{live}{}after={upto}", if live.contains('?') { "&" } else { "?" })
}

fn says(frame: &Value, words: &str) -> bool {
    frame["parts"]
        .as_array()
        .is_some_and(|parts| parts.iter().any(|part| part["html"].as_str().is_some_and(|html| html.contains(words))))
}

fn is_about(frame: &Value, target: &str) -> bool {
    frame["parts"].as_array().is_some_and(|parts| parts.iter().any(|part| part["target"] == target))
}

#[tokio::test]
async fn what_happens_on_one_node_stands_on_the_pages_of_the_other() {
    if engine() == Engine::Sqlite {
        let server = Server::demo().await;
        let (well, said) = server.second_on_the_same_data();
        assert!(!well && said.contains("in use by another Comptoir"), "{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("comptoir: ")).count(), 1, "one clear sentence: {said}");
        assert_eq!(server.stranger().get("/health/ready").await.status, 200, "the first goes on");
        return;
    }
    let scene = Scene::set().await;
    let (mut page, mut desk) = (scene.follows().await, scene.watches().await);
    scene.asks("Does the blue one fade?").await;
    desk.frame_where(MOMENT, |frame| says(frame, "Does the blue one fade?")).await;
    desk.say(&json!({ "typing": "reply" })).await;
    page.frame_where(MOMENT, |frame| is_about(frame, "typing")).await;
    scene.answers("Not in cold water.").await;
    page.frame_where(MOMENT, |frame| says(frame, "Not in cold water.")).await;

    // The list of the desk too, and who has a thread open.
    let mut list = scene.agent.live("/desk/live?view=all").await;
    list.frame(MOMENT).await;
    scene.asks("And in warm water?").await;
    list.frame_where(MOMENT, |frame| says(frame, "And in warm water?")).await;
    let mia = scene.second.told();
    let colleague = scene.second.desk_of("mia@calanque.example", &mia.desk.password).await;
    let beside = colleague.get(&scene.at_desk).await;
    let _beside = colleague.live(&address(&beside)).await;
    desk.frame_where(MOMENT, |frame| is_about(frame, "presence") && says(frame, "Mia")).await;

    // A session that ends on one node ends on the other.
    let elsewhere = scene.second.desk().await;
    let cookie = elsewhere.cookie("/desk").unwrap();
    let open = live(&scene.first.url("/desk/live"), Some(&cookie), scene.first.base_url()).await;
    let mut open = open.expect("a session is known to every node");
    open.frame(MOMENT).await;
    elsewhere.post("/desk/sign-out", &[]).await;
    assert!(open.is_closed_within(Duration::from_secs(1)).await, "closed within a second");
}

#[tokio::test]
async fn one_node_dies_and_the_other_goes_on() {
    if engine() == Engine::Sqlite {
        // The only server dies and starts again: nobody else holds its data.
        let mut server = Server::demo().await;
        server.kill();
        server.start_again().await;
        assert_eq!(server.stranger().get("/health/ready").await.status, 200);
        return;
    }
    let mut scene = Scene::set().await;
    let mut page = scene.follows().await;
    scene.asks("Is anybody there?").await;
    scene.answers("We are.").await;
    page.frame_where(MOMENT, |frame| says(frame, "We are.")).await;
    scene.first.kill();
    scene.agent = scene.second.desk().await;
    scene.answers("Still here.").await;
    page.frame_where(MOMENT, |frame| says(frame, "Still here.")).await;
    let told = scene.shopper.get(scene.thread.url.path()).await;
    for words in ["Is anybody there?", "We are.", "Still here."] {
        assert_eq!(told.select(".msg").iter().filter(|said| said.contains(words)).count(), 1, "{words}");
    }
}

#[tokio::test]
async fn a_cut_connection_between_nodes_costs_a_moment_and_no_message() {
    if engine() == Engine::Sqlite {
        return assert!(!Server::demo().await.database_url().starts_with("postgres"), "there is nothing to cut");
    }
    let scene = Scene::set().await;
    let mut page = scene.follows().await;
    for round in 0..3 {
        let mut connection = PgConnection::establish(scene.first.database_url()).unwrap();
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE '%pg_notify%') AND pid <> pg_backend_pid()";
        assert!(sql_query(cut).execute(&mut connection).unwrap() >= 2, "there were connections to cut");
        // Said while nobody hears anybody.
        let text = format!("Message {round} in the dark");
        scene.answers(&text).await;
        let words = text.clone();
        let brought = tokio::time::timeout(MOMENT * 2, async {
            loop {
                match page.frame_within(MOMENT).await {
                    Some(frame) if says(&frame, &words) => return,
                    Some(_) => {}
                    // Let go: the page comes back with what it has and gets the rest.
                    None => return,
                }
            }
        });
        brought.await.expect("the page is brought it, or let go");
        page = scene.follows().await;
        until("the message on the page", MOMENT, async || {
            scene.shopper.get(scene.thread.url.path()).await.has(&text).then_some(())
        })
        .await;
    }
    scene.answers("And now in the light.").await;
    page.frame_where(MOMENT, |frame| says(frame, "And now in the light.")).await;
}

#[tokio::test]
async fn each_letter_leaves_once_however_many_nodes_there_are() {
    if engine() == Engine::Sqlite {
        return assert!(!Server::demo().await.database_url().starts_with("postgres"), "one server has one worker");
    }
    let first = Server::demo().await;
    let second = first.joined_by_another().await;
    let now = chrono::Utc::now();
    let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    for number in 0..30 {
        let order = json!({ "external_id": format!("n-{number}"), "number": format!("#N-{number}"), "placed_at": now,
            "updated_at": now, "currency": "EUR", "payment_state": "paid",
            "customer": { "name": "Nadia", "email": format!("nadia{number}@example.com") },
            "lines": [{ "external_id": "l", "title": "Cap", "quantity": 1, "unit_price": euro("10.00") }],
            "total": euro("10.00") });
        let node = if number % 2 == 0 { &first } else { &second };
        let told = node.generic(&json!({ "type": "order.upserted", "timestamp": now, "data": order })).send().await;
        assert_eq!((told.status, &told.json()["verdict"]), (202, &json!("applied")), "{}", told.body);
    }
    let letters = |number: usize| {
        let address = format!("nadia{number}@example.com");
        [&first, &second].iter().flat_map(|node| node.mails()).filter(|mail| mail.is_to(&address)).count()
    };
    until("every letter", Duration::from_secs(20), async || (0..30).all(|n| letters(n) > 0).then_some(())).await;
    assert!((0..30).all(|number| letters(number) == 1), "none twice");
    let by: HashSet<bool> =
        (0..30).map(|n| first.mails().iter().any(|mail| mail.is_to(&format!("nadia{n}@example.com")))).collect();
    assert_eq!(by.len(), 2, "both nodes work");
}
