//! A notification calls an agent who chose it, when their page is out of sight: once a message, and never for their own.

use serde_json::{Value, json};

use super::{
    super::support::{Server, Visitor, chromium::Chromium, chromium::Window, until},
    MOMENT, camilles_thread, eval, live, no_complaints, signed_in,
};

/// What a screen outside of the browser would show, kept where every page finds it; and a window that can be covered.
const SCREEN: &str = r#"
    const kept = (name, other) => JSON.parse(localStorage.getItem(name) || JSON.stringify(other));
    window.Notification = class {
        static get permission() { return kept("test:permission", "default"); }
        static async requestPermission() {
            localStorage.setItem("test:asked", JSON.stringify(kept("test:asked", 0) + 1));
            localStorage.setItem("test:permission", JSON.stringify(kept("test:answer", "granted")));
            return Notification.permission;
        }
        constructor(title, { body, tag }) {
            localStorage.setItem("test:shown", JSON.stringify([...kept("test:shown", []), [title, body, tag]]));
        }
        close() {}
    };
    Object.defineProperty(document, "visibilityState", { get: () => kept("test:covered", false) ? "hidden" : "visible" });
"#;

async fn shown(window: &Window) -> Vec<Value> {
    let shown = eval(window, "return JSON.parse(localStorage.getItem('test:shown') || '[]')").await;
    shown.as_array().unwrap().clone()
}

async fn set(window: &Window, name: &str, value: &Value) {
    eval(window, &format!("localStorage.setItem('test:{name}', JSON.stringify({value}))")).await;
}

/// Camille writes; the desk's list has it.
async fn write(shopper: &Visitor, path: &str, window: &Window, text: &str) {
    let sent = shopper.submit(shopper.get(path).await.form("form[data-composer]").fill("text", text)).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    window.wait_for_text("#threads .entry", text, MOMENT).await;
}

async fn desk(server: &Server, window: &Window) {
    window.goto(&server.url("/desk?view=all")).await;
    live(window).await;
}

async fn switch(server: &Server, window: &Window) {
    window.goto(&server.url("/desk/settings/profile")).await;
    window.click("[data-calls] label:has([name=notify])").await;
}

async fn is_on(window: &Window) -> Value {
    eval(window, "return document.querySelector('[data-calls] [name=notify]').checked").await
}

#[tokio::test]
async fn browser_a_notification_comes_by_choice_out_of_sight_and_once_a_message() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    screen.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SCREEN })).await.unwrap();
    signed_in(&server, &screen, "ines@calanque.example").await;
    let shopper = server.stranger();
    let link = server.told().shopper_links[0].clone();
    let path = shopper.post("/t/open", &[("token", link.split('#').nth(1).unwrap())]).await.url.path().to_owned();
    let thread = camilles_thread(&server).await;

    // Off until somebody chooses it, and nobody is asked before.
    desk(&server, &screen).await;
    set(&screen, "covered", &json!(true)).await;
    write(&shopper, &path, &screen, "Before anything was chosen.").await;
    assert!(
        shown(&screen).await.is_empty() && eval(&screen, "return localStorage.getItem('test:asked')").await.is_null()
    );
    // A browser that refuses is said so, and the switch stays off.
    set(&screen, "answer", &json!("denied")).await;
    switch(&server, &screen).await;
    screen.wait_for_text("[data-calls-says]", "browser", MOMENT).await;
    assert_eq!(is_on(&screen).await, json!(false));
    set(&screen, "permission", &json!("default")).await;
    set(&screen, "answer", &json!("granted")).await;
    switch(&server, &screen).await;
    until("the choice", MOMENT, async || {
        let kept = eval(&screen, "return JSON.parse(localStorage.getItem('comptoir:calls') || '{}').notify").await;
        (kept == json!(true)).then_some(())
    })
    .await;
    assert_eq!(is_on(&screen).await, json!(true));

    // In sight, nothing; covered, once, without the words of the message.
    desk(&server, &screen).await;
    set(&screen, "covered", &json!(false)).await;
    write(&shopper, &path, &screen, "While the desk is in sight.").await;
    assert_eq!(shown(&screen).await, Vec::<Value>::new());
    set(&screen, "covered", &json!(true)).await;
    write(&shopper, &path, &screen, "While it is covered.").await;
    let first = until("a notification", MOMENT, async || shown(&screen).await.first().cloned()).await;
    assert!(first[0].as_str().unwrap().contains("Camille") && first[0].as_str().unwrap().contains("10482"), "{first}");
    assert!(!first[1].as_str().unwrap().contains("covered"), "the words are the shopper's: {first}");
    assert!(first[2].as_str().unwrap().starts_with(&thread), "{first}");
    write(&shopper, &path, &screen, "And once more.").await;
    until("the second", MOMENT, async || (shown(&screen).await.len() == 2).then_some(())).await;
    // Neither one's own words nor a colleague's call anybody, and no message calls twice.
    let (ines, theo) =
        (server.desk().await, server.desk_of("theo@calanque.example", &server.told().desk.password).await);
    for (agent, text) in [(ines, "From Inès herself."), (theo, "From Théo, beside her.")] {
        let open = agent.get(&format!("/desk/threads/{thread}?view=all")).await;
        let said = agent.submit(open.form("form[action*='/messages']").fill("text", text)).await;
        assert_eq!(said.status, 200, "{}", said.text());
        screen.wait_for_text("#threads .entry", text, MOMENT).await;
    }
    desk(&server, &screen).await;
    let tags: Vec<Value> = shown(&screen).await.iter().map(|one| one[2].clone()).collect();
    assert!(tags.len() == 2 && tags[0] != tags[1], "{tags:?}");
    // Switched off again, it is quiet again.
    switch(&server, &screen).await;
    assert_eq!(is_on(&screen).await, json!(false));
    desk(&server, &screen).await;
    write(&shopper, &path, &screen, "After it was switched off.").await;
    assert_eq!(shown(&screen).await.len(), 2);
    no_complaints(&screen, "desk").await;
}
