//! A living thread: how far words got, who is writing, who is here, and answers that would cross.

use std::time::Duration;

use serde_json::{Value, json};

use super::support::{Server, Visitor, live::Live, page::Page, until};

const MOMENT: Duration = Duration::from_secs(8);
/// How long something that must not come is waited for.
const QUIET: Duration = Duration::from_millis(700);

/// The shopper of the demo's first link, on their page, and the thread by the desk's id.
struct Scene {
    server: Server,
    shopper: Visitor,
    /// The page's path.
    home: String,
    thread: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::demo().await;
        let (shopper, link) = (server.stranger(), server.told().shopper_links[0].clone());
        let token = link.split_once('#').unwrap().1;
        let opened = shopper.post("/t/open", &[("token", token)]).await;
        assert_eq!(opened.status, 200, "{}", opened.text());
        let orders = server.api().get("/api/v1/orders?number=10482").await.json();
        let thread = orders["data"][0]["thread_id"].as_str().unwrap().to_owned();
        let home = opened.url.path().to_owned();
        shopper.get(&format!("{home}?lang=en")).await;
        Self { server, shopper, home, thread }
    }

    async fn page(&self) -> Page {
        self.shopper.get(&self.home).await
    }

    async fn agent(&self, name: &str) -> Visitor {
        let password = self.server.told().desk.password;
        self.server.desk_of(&format!("{name}@calanque.example"), &password).await
    }

    fn at_desk(&self) -> String {
        format!("/desk/threads/{}?view=all", self.thread)
    }

    async fn asks(&self, text: &str) {
        let form = self.page().await.form("#composer").fill("text", text);
        assert_eq!(self.shopper.submit(form).await.status, 200);
    }

    async fn answers(&self, agent: &Visitor, text: &str) {
        let form = agent.get(&self.at_desk()).await.form("#composer").fill("text", text).press("none");
        assert_eq!(agent.submit(form).await.status, 200);
    }

    /// The open thread at the desk, from its end on.
    async fn watches(&self, agent: &Visitor) -> Live {
        let page = agent.get(&self.at_desk()).await;
        let upto = page.attribute("body", "data-upto").unwrap();
        let marks = page.attribute("body", "data-marks").unwrap();
        agent.live(&format!("/desk/live?view=all&thread={}&after={upto}&marks={marks}", self.thread)).await
    }

    /// The shopper's page, from its end on.
    async fn follows(&self) -> Live {
        let page = self.page().await;
        let upto = page.attribute("body", "data-upto").unwrap();
        let marks = page.attribute("body", "data-marks").unwrap();
        self.shopper.live(&format!("{}/live?after={upto}&marks={marks}", self.home)).await
    }

    /// How far the shopper's newest message got, as their page says it.
    async fn asked_is(&self, what: &str) {
        until(&format!("their words to be {what}"), MOMENT, async || {
            last_mark(&self.page().await).contains(what).then_some(())
        })
        .await;
    }

    async fn answered_is(&self, agent: &Visitor, what: &str) {
        until(&format!("the answer to be {what}"), MOMENT, async || {
            last_mark(&agent.get(&self.at_desk()).await).contains(what).then_some(())
        })
        .await;
    }
}

/// The mark on the last message of the reader's own: its words, or what its drawing is called.
fn last_mark(page: &Page) -> String {
    let said = page.select("#log .msg--own .msg__meta").pop().unwrap();
    // What the page keeps for its script stands behind the conversation.
    let shown = page.body.split("<template").next().unwrap_or_default();
    let drawn = shown.rsplit("msg--own").next().unwrap_or_default();
    let named = drawn.split("role=\"img\" aria-label=\"").nth(1).and_then(|rest| rest.split('"').next());
    format!("{said} {}", named.unwrap_or_default())
}

fn parts<'a>(frame: &'a Value, target: &str) -> Vec<&'a str> {
    let all = frame["parts"].as_array().unwrap();
    all.iter().filter(|part| part["target"] == target).filter_map(|part| part["html"].as_str()).collect()
}

async fn brings(live: &mut Live, target: &str, text: &str) -> Value {
    // Whose name it is may be set in bold.
    let plain = |html: &str| html.replace("<strong>", "").replace("</strong>", "");
    let there = |frame: &Value| parts(frame, target).iter().any(|html| plain(html).contains(text));
    live.frame_where(MOMENT, there).await
}

#[tokio::test]
async fn a_shopper_sees_how_far_their_words_got() {
    let scene = Scene::set().await;
    scene.asks("Is it bluer in real life?").await;
    scene.asked_is("Sent").await;
    let mut page = scene.follows().await;

    // A list that is open at the desk is brought it; looking at a list is not reading it.
    let ines = scene.agent("ines").await;
    let mut list = ines.live("/desk/live?view=needs-reply").await;
    let frame = page.frame_where(MOMENT, |frame| frame["marks"].is_string()).await;
    assert!(frame.to_string().contains("Delivered") && parts(&frame, "log").is_empty(), "{frame}");
    scene.asked_is("Delivered").await;
    list.say(&json!({"seen": 999})).await;
    tokio::time::sleep(QUIET).await;
    scene.asked_is("Delivered").await;

    // An agent has it before their eyes.
    let mut open = scene.watches(&ines).await;
    tokio::time::sleep(QUIET).await;
    scene.asked_is("Delivered").await;
    open.say(&json!({"seen": 999})).await;
    let frame = page.frame_where(MOMENT, |frame| frame.to_string().contains("Read ")).await;
    assert!(parts(&frame, "log").is_empty(), "the mark alone: {frame}");
    let read = scene.page().await;
    assert!(last_mark(&read).contains("Read "), "{}", last_mark(&read));
    assert_eq!(read.select("#log .msg__meta[aria-live=off]").len(), read.select("#log .msg__meta[id]").len());

    // The next one is on its own way, and only the last one that was read says when.
    scene.asks("And the sleeves?").await;
    let both = scene.page().await;
    assert!(!last_mark(&both).contains("Read"), "{}", last_mark(&both));
    open.frame_where(MOMENT, |frame| frame.to_string().contains("And the sleeves")).await;
    open.say(&json!({"seen": 999})).await;
    scene.asked_is("Read ").await;
    let said = scene.page().await.select("#log .msg--own .msg__meta");
    assert_eq!(said.iter().filter(|words| words.contains("Read ")).count(), 1, "{said:?}");
}

#[tokio::test]
async fn an_answer_counts_as_having_read_without_any_script() {
    let scene = Scene::set().await;
    scene.asks("Is it bluer in real life?").await;
    let ines = scene.agent("ines").await;
    scene.answers(&ines, "Yes, like a storm.").await;
    scene.asked_is("Read ").await;
}

#[tokio::test]
async fn an_agent_sees_how_far_an_answer_got() {
    let scene = Scene::set().await;
    let ines = scene.agent("ines").await;
    scene.answers(&ines, "Your parcel is on its way.").await;
    scene.answered_is(&ines, "Sent").await;
    let mut desk = scene.watches(&ines).await;

    // Brought to an open page that nobody looks at, then read there.
    let mut page = scene.shopper.live(&format!("{}/live?after=0", scene.home)).await;
    let frame = page.frame_where(MOMENT, |frame| frame.to_string().contains("on its way")).await;
    let moved = desk.frame_where(MOMENT, |frame| frame["marks"].is_string()).await;
    assert!(moved.to_string().contains("Delivered") && parts(&moved, "log").is_empty(), "{moved}");
    scene.answered_is(&ines, "Delivered").await;
    page.say(&json!({"seen": frame["upto"]})).await;
    desk.frame_where(MOMENT, |frame| frame.to_string().contains("seen ")).await;
    scene.answered_is(&ines, "seen ").await;

    // What the shopper writes themselves does not move the moment they read it.
    let before = last_mark(&ines.get(&scene.at_desk()).await);
    scene.asks("Thank you!").await;
    assert_eq!(last_mark(&ines.get(&scene.at_desk()).await), before);
}

#[tokio::test]
async fn a_page_that_was_away_is_brought_the_marks_it_missed() {
    let scene = Scene::set().await;
    scene.asks("Is it bluer in real life?").await;
    let before = scene.page().await;
    let (upto, marks) =
        (before.attribute("body", "data-upto").unwrap(), before.attribute("body", "data-marks").unwrap());
    let ines = scene.agent("ines").await;
    let mut desk = scene.watches(&ines).await;
    desk.say(&json!({"seen": 999})).await;
    scene.asked_is("Read ").await;
    for marks in [marks.as_str(), "", "no", "9.9.9", "-1.x"] {
        let path = format!("{}/live?after={upto}&marks={marks}", scene.home);
        let frame = scene.shopper.live(&path).await.frame(MOMENT).await;
        assert!(frame.to_string().contains("Read "), "{marks}: {frame}");
    }
}

#[tokio::test]
async fn typing_shows_on_the_other_side_and_carries_no_words() {
    let scene = Scene::set().await;
    let (ines, mia) = (scene.agent("ines").await, scene.agent("mia").await);
    let (mut desk, mut colleague) = (scene.watches(&ines).await, scene.watches(&mia).await);
    let mut page = scene.follows().await;

    page.say(&json!({"typing": "reply", "text": "<b>boo</b>", "name": "Mia", "html": "<b>boo</b>"})).await;
    let frame = brings(&mut desk, "typing", "Camille is typing").await;
    assert!(!frame.to_string().contains("boo"), "{frame}");
    brings(&mut colleague, "typing", "Camille écrit").await;

    // A note is the desk's own.
    desk.say(&json!({"typing": "note"})).await;
    brings(&mut colleague, "typing", "Inès écrit une note").await;
    assert!(page.frame_within(QUIET).await.is_none_or(|frame| parts(&frame, "typing").is_empty()));
    tokio::time::sleep(Duration::from_secs(2)).await;
    desk.say(&json!({"typing": "reply"})).await;
    brings(&mut colleague, "typing", "Inès écrit une réponse").await;
    let frame = brings(&mut page, "typing", "Inès is typing").await;
    assert!(!frame.to_string().contains("agt_"), "a shopper learns a first name alone: {frame}");

    // One sign in two seconds, whoever asks for more; nothing that is no sign is heard.
    for words in [json!({"typing": "reply"}), json!({"typing": "<i>"}), json!({"typing": true}), json!([1])] {
        desk.say(&words).await;
    }
    assert!(page.frame_within(QUIET).await.is_none());
}

#[tokio::test]
async fn a_page_that_talks_without_end_is_left() {
    let scene = Scene::set().await;
    let mut page = scene.follows().await;
    for _ in 0..100 {
        page.say(&json!({"typing": "reply"})).await;
    }
    assert!(page.is_closed_within(MOMENT).await);
    // One that says too much at once too.
    let mut page = scene.follows().await;
    page.say(&json!({"typing": "reply", "more": "x".repeat(5_000)})).await;
    assert!(page.is_closed_within(MOMENT).await);
}

#[tokio::test]
async fn colleagues_at_the_same_thread_see_each_other() {
    let scene = Scene::set().await;
    let (ines, mia) = (scene.agent("ines").await, scene.agent("mia").await);
    let mut desk = scene.watches(&ines).await;
    let mut again = scene.watches(&ines).await;
    assert!(again.frame_within(QUIET).await.is_none_or(|frame| parts(&frame, "presence").is_empty()), "not oneself");
    let mut colleague = scene.watches(&mia).await;
    brings(&mut desk, "presence", "Mia has this thread open").await;
    brings(&mut colleague, "presence", "Inès a aussi cette conversation ouverte").await;

    // Whoever looks at another thread, or at a list, is not here.
    drop(colleague);
    let gone = |frame: &Value| parts(frame, "presence").iter().any(|html| !html.contains("Mia"));
    desk.frame_where(MOMENT, gone).await;
    let mut list = mia.live("/desk/live?view=all").await;
    list.frame(MOMENT).await;
    assert!(desk.frame_within(QUIET).await.is_none_or(|frame| parts(&frame, "presence").is_empty()));
}

#[tokio::test]
async fn two_answers_do_not_cross_unasked() {
    let scene = Scene::set().await;
    scene.asks("Is it bluer in real life?").await;
    let (ines, mia) = (scene.agent("ines").await, scene.agent("mia").await);
    let form = ines.get(&scene.at_desk()).await.form("#composer").fill("text", "Yes, a little.").press("none");
    scene.answers(&mia, "Yes, like a storm.").await;

    let asked = ines.submit(form.clone()).await;
    assert_eq!(asked.status, 409);
    assert!(asked.has("Mia has just replied. Send anyway?") && asked.has("Yes, like a storm."));
    assert_eq!(asked.select("#log .bubble").iter().filter(|text| text.contains("Yes, a little.")).count(), 0);
    let again = asked.form("#composer");
    assert_eq!(again.value("text"), Some("Yes, a little."));
    assert_eq!(again.value("client_id"), form.value("client_id"));
    let sent = ines.submit(again.press("Send anyway")).await;
    assert_eq!(sent.status, 200);
    assert!(sent.has("Yes, a little."));

    // A script is asked the same; a note concerns nobody else; who does not say what they know is not asked.
    let script = ines.clone().with_header("accept", "application/json");
    let path = format!("/desk/threads/{}/messages?view=all", scene.thread);
    let upto = form.value("upto").unwrap();
    let fields = |kind, id, upto| [("text", "Anything else?"), ("kind", kind), ("client_id", id), ("upto", upto)];
    let crossed = script.post(&path, &fields("reply", "crossed-1", upto)).await;
    let told = crossed.json();
    assert_eq!((crossed.status, told["who"].as_str()), (409, Some("Mia")), "{told}");
    assert_eq!(told["words"], "Yes, like a storm.");
    let known = told["upto"].to_string();
    assert_eq!(script.post(&path, &fields("note", "crossed-2", upto)).await.status, 201);
    assert_eq!(script.post(&path, &fields("reply", "crossed-3", &known)).await.status, 201);
    assert_eq!(script.post(&path, &fields("reply", "crossed-4", "")).await.status, 201);
    assert_eq!(script.post(&path, &fields("reply", "crossed-5", "99999999999999999999")).await.status, 201);
    // What was stored already is stored, whatever came since.
    assert_eq!(script.post(&path, &fields("reply", "crossed-3", upto)).await.status, 201);
}

#[tokio::test]
async fn one_own_answer_is_no_reason_to_ask() {
    let scene = Scene::set().await;
    let ines = scene.agent("ines").await;
    let form = ines.get(&scene.at_desk()).await.form("#composer").fill("text", "A second thing.").press("none");
    scene.answers(&ines, "A first thing.").await;
    assert_eq!(ines.submit(form).await.status, 200);
}

#[tokio::test]
async fn days_are_called_what_they_are_after_midnight() {
    let scene = Scene::set().await;
    let ines = scene.agent("ines").await;
    // A page that was drawn more than a day ago.
    let path = format!("/desk/live?view=all&thread={}&after=9999&age=100000", scene.thread);
    let frame = ines.live(&path).await.frame(MOMENT).await;
    assert!(frame.to_string().contains(">Yesterday</h2>"), "{frame}");
    let path = format!("{}/live?after=9999&age=100000", scene.home);
    let frame = scene.shopper.live(&path).await.frame(MOMENT).await;
    assert!(frame.to_string().contains(">Yesterday</h2>"), "{frame}");
    // One drawn just now knows.
    let mut fresh = scene.follows().await;
    let renamed = |frame: Value| frame.to_string().contains("\"target\":\"day-");
    assert!(!fresh.frame_within(QUIET).await.is_some_and(renamed));
}

#[tokio::test]
async fn an_open_desk_hears_of_each_new_message_once() {
    let scene = Scene::set().await;
    let (ines, mia) = (scene.agent("ines").await, scene.agent("mia").await);
    let mut list = ines.live("/desk/live?view=snoozed").await;
    let first = list.frame(MOMENT).await;
    assert!(first["news"].is_null(), "what was there is not new: {first}");
    scene.asks("Is it bluer in real life?").await;
    let frame = list.frame_where(MOMENT, |frame| frame["news"].is_array()).await;
    let news = &frame["news"][0];
    assert_eq!(news["title"], "Camille, order 10482");
    assert_eq!((news["thread"].as_str(), news["text"].as_str()), (Some(scene.thread.as_str()), Some("A new message")));

    // What is a colleague's is theirs to hear of.
    let team = scene.server.api().get("/api/v1/agents").await.json();
    let all = team["data"].as_array().unwrap();
    let id =
        all.iter().find(|agent| agent["name"].as_str().unwrap().starts_with("Mia")).unwrap()["id"].as_str().unwrap();
    let assigned = mia.post(&format!("/desk/threads/{}/assignment?view=all", scene.thread), &[("agent", id)]).await;
    assert_eq!(assigned.status, 200);
    scene.asks("Hello?").await;
    while let Some(frame) = list.frame_within(Duration::from_secs(1)).await {
        assert!(frame["news"].is_null(), "{frame}");
    }
    let mut hers = mia.live("/desk/live?view=mine").await;
    hers.frame(MOMENT).await;
    scene.asks("Anybody?").await;
    let frame = hers.frame_where(MOMENT, |frame| frame["news"].is_array()).await;
    assert_eq!(frame["news"][0]["words"], "Anybody?");
}

#[tokio::test]
async fn a_server_that_stops_lets_open_pages_go_instead_of_waiting_for_them() {
    let mut scene = Scene::set().await;
    let (ines, home) = (scene.agent("ines").await, scene.home.clone());
    let mut pages = [scene.shopper.live(&format!("{home}/live")).await, ines.live("/desk/live?view=all").await];
    let begun = std::time::Instant::now();
    scene.server.stop();
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "half of what requests under way would have: {:?}",
        begun.elapsed()
    );
    for page in &mut pages {
        assert!(page.is_closed_within(MOMENT).await);
    }
}
