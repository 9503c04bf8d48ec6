//! The desk in a real Chromium: a morning by keyboard alone, on a phone, and without JavaScript.

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{By, Key};

use super::{
    browser::{MOMENT, camilles_thread, eval, focus, live, must_fit, no_complaints, path, press, signed_in},
    support::{
        Server,
        chromium::{Chromium, Window},
        until,
    },
};

async fn thread(server: &Server, id: &str) -> Value {
    server.api().get(&format!("/api/v1/threads/{id}")).await.json()
}

async fn state_becomes(server: &Server, id: &str, state: &str) {
    until(&format!("the thread to be {state}"), MOMENT, async || {
        (thread(server, id).await["state"] == state).then_some(())
    })
    .await;
}

/// The ids of the threads in the list.
async fn listed(window: &Window) -> Vec<String> {
    let rows = eval(window, "return [...document.querySelectorAll('#threads .entry')].map((e) => e.id.slice(4))").await;
    rows.as_array().unwrap().iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// Ctrl and K.
async fn commands(window: &Window) {
    let held = Key::Control.value();
    window.driver.action_chain().key_down(held).key_down('k').key_up('k').key_up(held).perform().await.unwrap();
}

async fn opened(server: &Server, window: &Window, thread: &str) {
    window.goto(&server.url(&format!("/desk/threads/{thread}?view=all"))).await;
    live(window).await;
}

#[tokio::test]
async fn browser_desk_a_morning_by_keyboard_alone() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    let id = camilles_thread(&server).await;

    // Snoozed with H, taken back with Z.
    opened(&server, &screen, &id).await;
    press(&screen, "h").await;
    until("the menu", MOMENT, async || {
        (eval(&screen, "return document.activeElement.value").await == "hour").then_some(())
    })
    .await;
    press(&screen, Key::Enter).await;
    state_becomes(&server, &id, "snoozed").await;
    screen.waited_for(".flash form").await;
    press(&screen, "z").await;
    state_becomes(&server, &id, "waiting_shopper").await;

    // Two rows picked with X, resolved with E, taken back with Z.
    press(&screen, "g").await;
    press(&screen, "i").await;
    until("the first view", MOMENT, async || (path(&screen).await == "/desk").then_some(())).await;
    live(&screen).await;
    let rows = listed(&screen).await;
    press(&screen, "j").await;
    press(&screen, "x").await;
    assert_eq!(focus(&screen).await, format!("row-{}", rows[0]));
    press(&screen, "j").await;
    press(&screen, "x").await;
    assert_eq!(screen.text("[data-picked]").await.as_deref(), Some("2"));
    press(&screen, "h").await;
    press(&screen, Key::Enter).await;
    screen.wait_for_text(".flash", "2 threads snoozed", MOMENT).await;
    assert_eq!(thread(&server, &rows[0]).await["state"], "snoozed");
    press(&screen, "z").await;
    screen.wait_for_text(".flash", "2 threads are as they were", MOMENT).await;
    assert_eq!(thread(&server, &rows[0]).await["state"], "open");

    // The palette finds a view by its name and runs it.
    commands(&screen).await;
    press(&screen, "unass").await;
    screen.wait_for_text("#palette [aria-selected=true]", "Unassigned", MOMENT).await;
    press(&screen, Key::Enter).await;
    until("the view", MOMENT, async || {
        (eval(&screen, "return location.search").await == "?view=unassigned").then_some(())
    })
    .await;

    // Another offer with P.
    let cases = server.api().get("/api/v1/cases?state=submitted").await.json();
    let case = cases["data"][0].clone();
    opened(&server, &screen, case["thread_id"].as_str().unwrap()).await;
    press(&screen, "p").await;
    until("a choice", MOMENT, async || {
        (eval(&screen, "return document.activeElement.name").await == "variant").then_some(())
    })
    .await;
    press(&screen, " ").await;
    press(&screen, Key::Enter).await;
    until("the offer", MOMENT, async || {
        let now = server.api().get(&format!("/api/v1/cases/{}", case["id"].as_str().unwrap())).await.json();
        (now["state"] == "proposed").then_some(())
    })
    .await;
    no_complaints(&screen, "desk").await;
}

#[tokio::test]
async fn browser_desk_single_letters_can_be_switched_off() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    live(&screen).await;
    press(&screen, "?").await;
    screen.waited_for("#keysheet[open]").await;
    screen.click("#keysheet input[name=on]").await;
    screen.click(".keysheet__foot button").await;
    screen.waited_for("#keysheet[data-single=off]").await;
    live(&screen).await;
    press(&screen, "j").await;
    assert_eq!(focus(&screen).await, "");
    commands(&screen).await;
    screen.waited_for("#palette[open]").await;
    press(&screen, Key::Escape).await;
    no_complaints(&screen, "keys").await;
}

#[tokio::test]
async fn browser_desk_a_colleague_sees_a_refusal_coming_and_takes_it_back() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (one, other) = (chromium.desktop().open().await, chromium.desktop().open().await);
    signed_in(&server, &one, "mia@calanque.example").await;
    signed_in(&server, &other, "ines@calanque.example").await;
    let cases = server.api().get("/api/v1/cases?state=submitted").await.json();
    let case = cases["data"][0].clone();
    let (id, thread) = (case["id"].as_str().unwrap(), case["thread_id"].as_str().unwrap());
    opened(&server, &one, thread).await;
    opened(&server, &other, thread).await;
    one.click(".decline > summary").await;
    one.type_into(".decline textarea", "Trop tard.").await;
    one.click(".decline form button").await;
    other.wait_for_text(".declining", "Mia is declining", MOMENT).await;
    other.click(".declining button").await;
    until("the panel to be as before", MOMENT, async || {
        (eval(&one, "return document.querySelectorAll('.declining').length").await == json!(0)).then_some(())
    })
    .await;
    tokio::time::sleep(Duration::from_secs(11)).await;
    let now = server.api().get(&format!("/api/v1/cases/{id}")).await.json();
    assert_eq!(now["state"], "submitted");
}

#[tokio::test]
async fn browser_desk_on_a_phone_one_pane_at_a_time() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let id = camilles_thread(&server).await;
    for width in [390, 320] {
        let phone = chromium.phone().wide(width).open().await;
        signed_in(&server, &phone, "ines@calanque.example").await;
        for view in ["needs-reply", "snoozed", "spam", "exchanges"] {
            phone.goto(&server.url(&format!("/desk?view={view}&lang=fr"))).await;
            live(&phone).await;
            must_fit(&phone, view, u64::from(width)).await;
        }
        opened(&server, &phone, &id).await;
        must_fit(&phone, "a thread", u64::from(width)).await;
        phone.click("#snooze > summary").await;
        must_fit(&phone, "the menu", u64::from(width)).await;
        let button = phone.driver.find(By::Css("#snooze button[value=hour]")).await.unwrap();
        assert!(button.rect().await.unwrap().height >= 44.0, "a finger finds it");
        phone.goto(&server.url(&format!("/desk/threads/{id}/exchange?view=all"))).await;
        must_fit(&phone, "an exchange", u64::from(width)).await;
        no_complaints(&phone, "desk").await;
    }
}

#[tokio::test]
async fn browser_desk_a_phone_answers_with_one_tap_and_keeps_its_order() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let id = camilles_thread(&server).await;
    let phone = chromium.phone().open().await;
    signed_in(&server, &phone, "ines@calanque.example").await;
    phone.goto(&server.url("/desk?view=all")).await;
    live(&phone).await;
    let newest = listed(&phone).await;
    phone.click(".pane--list details > summary").await;
    phone.driver.find(By::LinkText("Oldest")).await.unwrap().click().await.unwrap();
    phone.wait_for_text(".pane--list details > summary", "Oldest", MOMENT).await;
    live(&phone).await;
    let oldest: Vec<String> = listed(&phone).await.into_iter().rev().collect();
    assert_eq!(oldest, newest, "the other way round");

    opened(&server, &phone, &id).await;
    phone.click(".dock__canned [data-canned=merci]").await;
    until("the reply in its box", MOMENT, async || {
        let text = phone.driver.find(By::Css("#reply-text")).await.ok()?.prop("value").await.ok()??;
        text.starts_with("Merci Camille, bonne journée").then_some(())
    })
    .await;
    must_fit(&phone, "a thread", 390).await;
    no_complaints(&phone, "desk").await;
}

#[tokio::test]
async fn browser_desk_everything_goes_without_javascript() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().without_javascript().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    screen.goto(&server.url("/desk")).await;
    let boxes = screen.driver.find_all(By::Css("[data-pick]")).await.unwrap();
    boxes[0].click().await.unwrap();
    boxes[1].click().await.unwrap();
    screen.click("#bulk details:nth-of-type(1) > summary").await;
    screen.click("#bulk button[value='snooze:tomorrow']").await;
    screen.wait_for_text(".flash", "2 threads snoozed", MOMENT).await;
    screen.click(".flash form button").await;
    screen.wait_for_text(".flash", "2 threads are as they were", MOMENT).await;
    let cases = server.api().get("/api/v1/cases?state=submitted").await.json();
    let case = cases["data"][0].clone();
    screen.goto(&server.url(&format!("/desk/threads/{}?view=all", case["thread_id"].as_str().unwrap()))).await;
    screen.click(".propose > summary").await;
    screen.click(".propose label:has(:enabled)").await;
    screen.click(".propose form button").await;
    screen.wait_for_text(".decision", "Waiting for the shopper", MOMENT).await;
}

#[tokio::test]
async fn browser_desk_the_palette_finds_what_is_not_on_the_page() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    let order = server.api().get("/api/v1/orders?number=10482").await.json()["data"][0].clone();
    let thread = order["thread_id"].as_str().unwrap();
    live(&screen).await;
    assert!(!listed(&screen).await.iter().any(|id| id == thread), "it is in another view");
    commands(&screen).await;
    screen.waited_for("#palette[open]").await;
    press(&screen, "10482").await;
    screen.wait_for_text("#palette [aria-selected=true]", "10482", MOMENT).await;
    press(&screen, Key::Enter).await;
    until("the thread", MOMENT, async || path(&screen).await.ends_with(thread).then_some(())).await;
    live(&screen).await;
    commands(&screen).await;
    screen.waited_for("#palette[open]").await;
    press(&screen, "order sys").await;
    screen.wait_for_text("#palette [aria-selected=true]", "Order systems", MOMENT).await;
    press(&screen, Key::Enter).await;
    until("the page", MOMENT, async || (path(&screen).await == "/desk/connectors").then_some(())).await;
    no_complaints(&screen, "palette").await;
}

#[tokio::test]
async fn browser_desk_a_connected_system_is_waited_for() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    screen.goto(&server.url("/desk/connectors")).await;
    screen.type_into("#store", "erp.calanque.example").await;
    screen.click("#connect form button").await;
    screen.wait_for_text("#first-event", "Waiting for the first event", MOMENT).await;
    let (url, secret) = (screen.text("code[id^=hook-]").await.unwrap(), screen.text("code#secret").await.unwrap());
    let now = chrono::Utc::now();
    let order = serde_json::json!({"type": "order.upserted", "timestamp": now, "data": {
        "external_id": "o-1", "number": "C-1", "kind": "goods", "currency": "EUR", "placed_at": now, "updated_at": now,
        "payment_state": "paid", "placed": true, "fulfilment_state": "none",
        "customer": {"name": "Nora Lind", "email": "nora@example.com", "locale": "en"},
        "lines": [{"external_id": "1", "title": "Linen shirt", "quantity": 1,
            "unit_price": {"amount": "92.00", "currency": "EUR"}}],
        "total": {"amount": "92.00", "currency": "EUR"},
    }});
    assert_eq!(server.generic_at(&url, &secret, &order).send().await.status, 202);
    screen.wait_for_text("#first-event", "Received order C-1,", MOMENT).await;
    no_complaints(&screen, "first event").await;
}

#[tokio::test]
async fn browser_desk_a_page_that_takes_its_time_is_drawn_before_it_is_there() {
    const WATCH: &str = "sessionStorage.clear();
        new MutationObserver(() => ['.pane--talk', '.context', '.pane--list'].forEach((pane) => {
          if (document.querySelector(`${pane} .loading .skel`)) sessionStorage.setItem(pane, '1');
        })).observe(document.body, { childList: true, subtree: true });";
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    live(&screen).await;
    let slow = async |latency: u32| {
        let line = json!({ "offline": false, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1 });
        screen.driver.cdp().send_raw("Network.emulateNetworkConditions", line).await.unwrap();
    };
    screen.driver.cdp().send_raw("Network.enable", json!({})).await.unwrap();
    for (click, sign, drawn) in [
        ("#threads .entry", "#conversation", ".pane--talk"),
        (".side__link[href*='view=all']", ".pane--list", ".pane--list"),
    ] {
        slow(1_500).await;
        eval(&screen, WATCH).await;
        screen.click(click).await;
        screen.waited_for(sign).await;
        slow(0).await;
        let seen = eval(&screen, &format!("return sessionStorage.getItem('{drawn}')")).await;
        assert_eq!(seen, json!("1"), "{click}: it was drawn while it was fetched");
        assert_eq!(eval(&screen, "return document.querySelectorAll('.loading').length").await, json!(0), "{click}");
    }
    // What comes at once is not drawn empty first.
    eval(&screen, WATCH).await;
    screen.click("#threads .entry").await;
    screen.waited_for("#conversation").await;
    assert_eq!(eval(&screen, "return sessionStorage.getItem('.pane--talk')").await, json!(null));
    no_complaints(&screen, "desk").await;
}
