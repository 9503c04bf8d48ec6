//! Pages that lose their connection all the time, with servers that are killed and start again: in the end each page has
//! everything that was said, once, in its order. `--whole` takes more pages and more words.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use serde_json::{Value, json};

use super::support::{
    Server, Visitor,
    chance::Chance,
    engine::{Engine, engine},
    live::{Live, live},
    many,
    page::Page,
    until,
};

/// What a page shows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Shown {
    upto: i64,
    words: Vec<String>,
}

/// A shopper's page as its script keeps it.
struct Follower {
    visitor: Visitor,
    path: String,
    shown: Shown,
    /// Ids of parts that stand on the page: one that comes again is put in its own place.
    known: HashSet<String>,
}

impl Follower {
    /// Loads the page.
    async fn load(&mut self) {
        let page = self.visitor.get(&self.path).await;
        self.shown = Shown {
            upto: page.attribute("[data-upto]", "data-upto").unwrap().parse().unwrap(),
            words: page.select("#log .msg").iter().filter_map(|text| spoken(text)).collect(),
        };
    }

    /// Opens its socket at a server; none when that server is not there just now.
    async fn connect(&self, server: &Server) -> Option<Live> {
        let address = server.base_url().trim_start_matches("http://").to_owned();
        // A server that is gone refuses the connection, which is no answer to a socket.
        tokio::net::TcpStream::connect(&address).await.ok()?;
        let url = server.url(&format!("{}/live?after={}", self.path, self.shown.upto));
        let opened = tokio::spawn({
            let (cookie, origin) = (self.visitor.cookie(&self.path), server.base_url().to_owned());
            async move { live(&url, cookie.as_deref(), &origin).await }
        });
        // It may also go between the two.
        opened.await.ok()?.ok()
    }

    /// Takes a frame as the page does.
    async fn take(&mut self, frame: &Value) {
        if frame["reload"] == true {
            return self.load().await;
        }
        for part in frame["parts"].as_array().into_iter().flatten().filter(|part| part["target"] == "log") {
            if self.known.insert(part["id"].to_string()) {
                let text = Page::of(part["html"].as_str().unwrap(), "http://x/").text();
                self.shown.words.extend(spoken(&text));
            }
        }
        self.shown.upto = self.shown.upto.max(frame["upto"].as_i64().unwrap_or_default());
    }
}

/// Which of our words a message says.
fn spoken(text: &str) -> Option<String> {
    let from = text.find("said-")?;
    text.get(from..from + 10).map(str::to_owned)
}

/// How a page differs from what was said: words that are missing, there twice, and out of their order.
fn difference(shown: &[String], said: &[String]) -> (usize, usize, usize) {
    let missing = said.iter().filter(|words| !shown.contains(words)).count();
    let doubled = shown.len() - shown.iter().collect::<HashSet<_>>().len();
    let places: Vec<usize> = shown.iter().filter_map(|words| said.iter().position(|other| other == words)).collect();
    (missing, doubled, places.windows(2).filter(|pair| pair[0] > pair[1]).count())
}

async fn follower(server: &Server) -> Follower {
    let visitor = server.stranger();
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let path = visitor.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    let mut follower = Follower { visitor, path, shown: Shown::default(), known: HashSet::new() };
    follower.load().await;
    follower
}

/// Follows on any of the servers and loses its connection again and again, until it is over and all was brought.
async fn follow(mut page: Follower, servers: &[&Server], mut chance: Chance, over: &AtomicBool, last: &str) -> Shown {
    let mut left = Vec::new();
    for _ in 0..2_000 {
        if over.load(Ordering::Relaxed) && page.shown.words.last().is_some_and(|words| words == last) {
            break;
        }
        let Some(mut live) = page.connect(servers[chance.below(servers.len())]).await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        for _ in 0..1 + chance.below(6) {
            match live.frame_within(Duration::from_millis(100 + chance.below(500) as u64)).await {
                Some(frame) => page.take(&frame).await,
                None => break,
            }
        }
        // Some connections are neither closed nor read any more: what a tunnel leaves behind.
        if chance.percent(20) {
            left.push(live);
        }
    }
    page.shown
}

/// Says so many words one after the other, on any server that answers.
async fn say(servers: &[&Server], thread: &str, count: usize, mut chance: Chance, pause: Duration) {
    let client = reqwest::Client::new();
    for number in 0..count {
        let words = format!("said-{number:05}");
        until("somebody to take the words", Duration::from_secs(20), async || {
            let server = servers[chance.below(servers.len())];
            let message = client
                .post(server.url(&format!("/api/v1/threads/{thread}/messages")))
                .bearer_auth(&server.told().api_token)
                .json(&json!({ "text": words, "client_id": words }));
            message.send().await.ok().filter(|answer| answer.status().is_success()).map(drop)
        })
        .await;
        tokio::time::sleep(pause).await;
    }
}

/// What the API says was said, in its order.
async fn said(server: &Server, thread: &str) -> Vec<String> {
    let (mut words, mut next) = (Vec::new(), Some(String::new()));
    while let Some(cursor) = next {
        let path = format!("/api/v1/threads/{thread}/messages?limit=100{cursor}");
        let body = server.api().get(&path).await.json();
        let page = body["data"].as_array().unwrap();
        words.extend(page.iter().map(|message| (message["seq"].as_i64(), spoken(message["alt"].as_str().unwrap()))));
        next = body["next"].as_str().map(|cursor| format!("&cursor={cursor}"));
    }
    words.sort();
    words.into_iter().filter_map(|(_, words)| words).collect()
}

async fn thread(server: &Server) -> String {
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    orders["data"][0]["thread_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn pages_that_reconnect_miss_nothing_double_nothing_and_keep_the_order() {
    let first = Server::demo().await;
    let second = if engine() == Engine::Postgres { Some(first.joined_by_another().await) } else { None };
    let servers: Vec<&Server> = [Some(&first), second.as_ref()].into_iter().flatten().collect();
    let (thread, over, count) = (thread(&first).await, AtomicBool::new(false), many(60, 2_000));
    let last = format!("said-{:05}", count - 1);
    let mut pages = Vec::new();
    for seed in 0..many(16, 200) {
        pages.push(follow(follower(&first).await, &servers, Chance::new(seed as u64), &over, &last));
    }
    let saying = async {
        say(&servers, &thread, count, Chance::new(4_711), Duration::from_millis(20)).await;
        over.store(true, Ordering::Relaxed);
    };
    let (shown, ()) = tokio::join!(futures_util::future::join_all(pages), saying);
    let said = said(&first, &thread).await;
    assert_eq!(said.len(), count);
    for (seed, page) in shown.iter().enumerate() {
        assert_eq!(difference(&page.words, &said), (0, 0, 0), "page {seed}: {:?}", page.words);
    }
}

#[tokio::test]
async fn a_server_that_is_killed_between_two_words_costs_no_page_a_word() {
    let mut server = Server::demo().await;
    let (thread, count) = (thread(&server).await, 8);
    let mut page = follower(&server).await;
    for round in 0..many(3, 30) {
        let live = page.connect(&server).await.expect("it is there");
        say(&[&server], &thread, count * (round + 1), Chance::new(1), Duration::ZERO).await;
        server.kill();
        let mut live = live;
        while let Some(frame) = live.frame_within(Duration::from_secs(1)).await {
            page.take(&frame).await;
        }
        server.start_again().await;
    }
    let mut live = page.connect(&server).await.expect("it is there again");
    while let Some(frame) = live.frame_within(Duration::from_millis(500)).await {
        page.take(&frame).await;
    }
    assert_eq!(difference(&page.shown.words, &said(&server, &thread).await), (0, 0, 0));
}

/// The control: a page that comes back with the newest number instead of its own, as pages do that have no memory.
#[tokio::test]
async fn a_page_that_does_not_say_what_it_has_misses_something() {
    let server = Server::demo().await;
    let (thread, mut page) = (thread(&server).await, follower(&server).await);
    drop(page.connect(&server).await.expect("it is there"));
    say(&[&server], &thread, 3, Chance::new(1), Duration::ZERO).await;
    let (words, newest) = (page.shown.words.clone(), follower(&server).await.shown.upto);
    page.shown = Shown { upto: newest, words };
    let mut live = page.connect(&server).await.expect("it is there");
    while let Some(frame) = live.frame_within(Duration::from_millis(300)).await {
        page.take(&frame).await;
    }
    let there = said(&server, &thread).await;
    assert_eq!(difference(&page.shown.words, &there), (3, 0, 0));
    let of = |words: &[&str]| words.iter().map(|words| (*words).to_owned()).collect::<Vec<_>>();
    assert_eq!(difference(&of(&["b", "a", "a"]), &of(&["a", "b", "c"])), (1, 1, 1), "it sees every kind");
}
