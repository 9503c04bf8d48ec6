//! A living thread in two windows: a shopper on a phone and an agent, two agents, at both sizes.

use serde_json::json;
use thirtyfour::Key;

use super::{
    super::support::{
        Server,
        chromium::{Chromium, Window},
        until,
    },
    MOMENT, arrives, camilles_thread, chord, eval, focus, is_kept, live, mark, no_complaints, opened, press, signed_in,
};

async fn at_desk(server: &Server, window: &Window, agent: &str, thread: &str) {
    signed_in(server, window, &format!("{agent}@calanque.example")).await;
    window.goto(&server.url(&format!("/desk/threads/{thread}?view=all"))).await;
    live(window).await;
    mark(window).await;
}

async fn becomes(window: &Window, what: &str, script: &str) {
    until(what, MOMENT, async || {
        (eval(window, &format!("return Boolean({script})")).await == json!(true)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn browser_living_marks_and_typing_go_both_ways() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (phone, screen) = (chromium.phone().open().await, chromium.desktop().open().await);
    let thread = camilles_thread(&server).await;
    opened(&server, &phone, 0).await;
    mark(&phone).await;
    at_desk(&server, &screen, "ines", &thread).await;

    phone.type_into("#message", "Est-elle plus bleue en vrai ?").await;
    becomes(&screen, "typing at the desk", "document.querySelector('#typing .typing')").await;
    assert_eq!(eval(&screen, "return Boolean(document.querySelector('[role=log] #typing'))").await, json!(false));
    phone.click(".composer__send").await;
    arrives(&screen, "Est-elle plus bleue en vrai ?").await;
    becomes(&screen, "the typing to be over", "!document.querySelector('#typing').childElementCount").await;
    // The thread is before the agent's eyes.
    phone.wait_for_text("#log .msg--own:last-of-type .msg__meta", "Lu à", MOMENT).await;

    // A note is nobody's but the desk's.
    press(&screen, "n").await;
    press(&screen, "Entre nous").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(eval(&phone, "return document.querySelector('#typing').childElementCount").await, json!(0));
    eval(&screen, "document.querySelector('#reply-text').value = ''").await;
    screen.click("label:has([name=kind][value=reply])").await;
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    screen.type_into("#reply-text", "Oui, comme un orage.").await;
    phone.wait_for_text("#typing", "", MOMENT).await;
    becomes(&phone, "typing on the phone", "document.querySelector('#typing')?.textContent.includes('Inès écrit')")
        .await;
    chord(&screen, Key::Control, Key::Enter).await;
    arrives(&phone, "Oui, comme un orage.").await;
    becomes(&phone, "the typing to be over", "!document.querySelector('#typing').childElementCount").await;
    screen.wait_for_text("#log .msg--own:last-of-type .msg__meta", "seen", MOMENT).await;
    assert!(is_kept(&phone).await && is_kept(&screen).await);

    // Typing that leads to nothing is over by itself.
    phone.type_into("#message", "Hm").await;
    becomes(&screen, "typing", "document.querySelector('#typing .typing')").await;
    until("the end of it", std::time::Duration::from_secs(10), async || {
        (eval(&screen, "return document.querySelector('#typing').childElementCount").await == json!(0)).then_some(())
    })
    .await;
    no_complaints(&phone, "thread").await;
    no_complaints(&screen, "desk").await;
}

#[tokio::test]
async fn browser_living_two_agents_and_send_anyway_by_keyboard_alone() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (one, other) = (chromium.desktop().open().await, chromium.phone().open().await);
    let thread = camilles_thread(&server).await;
    at_desk(&server, &one, "ines", &thread).await;
    at_desk(&server, &other, "mia", &thread).await;
    becomes(
        &one,
        "Mia to be here",
        "document.querySelector('#presence')?.textContent.includes('Mia has this thread open')",
    )
    .await;

    press(&one, "r").await;
    press(&one, "Moi aussi.").await;
    other.wait_for_text("#typing .notice", "Inès écrit une réponse", MOMENT).await;
    other.type_into("#reply-text", "Avec plaisir.").await;
    one.wait_for_text("#typing .notice", "Mia is writing a reply", MOMENT).await;
    one.wait_for_text("#typing .notice button", "Hand over to Mia", MOMENT).await;
    other.click(".reply__bar button[value=none]").await;
    arrives(&one, "Avec plaisir.").await;

    assert_eq!(focus(&one).await, "reply-text");
    chord(&one, Key::Control, Key::Enter).await;
    one.wait_for_text("#crossed[open] h2", "Mia has just replied. Send anyway?", MOMENT).await;
    assert_eq!(one.text("#crossed [data-words]").await.as_deref(), Some("Avec plaisir."));
    press(&one, Key::Escape).await;
    becomes(&one, "the text to be kept", "document.querySelector('#reply-text').value === 'Moi aussi.'").await;
    // Asked once.
    assert_eq!(focus(&one).await, "reply-text");
    chord(&one, Key::Control, Key::Enter).await;
    arrives(&one, "Moi aussi.").await;
    arrives(&other, "Moi aussi.").await;

    // The other way round on a phone, and sent from the question itself.
    other.type_into("#reply-text", "Bonne journée.").await;
    press(&one, "Je m’en occupe.").await;
    chord(&one, Key::Control, Key::Enter).await;
    arrives(&other, "Je m’en occupe.").await;
    other.click(".reply__bar button[value=none]").await;
    other.wait_for_text("#crossed[open] h2", "Inès vient de répondre", MOMENT).await;
    press(&other, Key::Tab).await;
    press(&other, Key::Tab).await;
    press(&other, Key::Enter).await;
    arrives(&other, "Bonne journée.").await;

    // Whoever leaves is gone.
    other.goto(&server.url("/desk")).await;
    becomes(&one, "Mia to be gone", "!document.querySelector('#presence').childElementCount").await;
    // The browser itself says that the question was asked.
    let complaints = one.complaints().await;
    assert!(complaints.iter().all(|said| said.contains("409 (Conflict)")), "{complaints:?}");
}

#[tokio::test]
async fn browser_living_what_is_written_without_a_connection_goes_out_in_order() {
    let (mut server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().open().await;
    opened(&server, &phone, 0).await;
    server.kill();
    phone.wait_for_text("[data-banner]", "Reconnexion", MOMENT).await;
    for text in ["Un.", "Deux.", "Trois."] {
        phone.type_into("#message", text).await;
        phone.click(".composer__send").await;
    }
    assert_eq!(eval(&phone, "return document.querySelectorAll('.msg--pending').length").await, json!(3));
    server.start_again().await;
    until("all of them", std::time::Duration::from_secs(40), async || {
        (eval(&phone, "return document.querySelectorAll('.msg--pending, .msg--failed').length").await == json!(0))
            .then_some(())
    })
    .await;
    let said = eval(
        &phone,
        "return [...document.querySelectorAll('#log .msg--own .bubble')].slice(-3).map((e) => e.textContent)",
    );
    assert_eq!(said.await, json!(["Un.", "Deux.", "Trois."]));
    becomes(&phone, "the banner to be gone", "!document.querySelector('[data-banner]').childElementCount").await;
}

#[tokio::test]
async fn browser_living_the_tab_and_the_chosen_sound_call() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (phone, screen) = (chromium.phone().open().await, chromium.desktop().open().await);
    signed_in(&server, &screen, "ines@calanque.example").await;
    screen.goto(&server.url("/desk/settings/profile")).await;
    assert_eq!(eval(&screen, "return localStorage.getItem('comptoir:calls')").await, json!(null), "off until chosen");
    screen.click("[data-calls] label:has([name=sound])").await;
    becomes(&screen, "the choice", "JSON.parse(localStorage.getItem('comptoir:calls') || '{}').sound").await;
    screen.goto(&server.url("/desk?view=snoozed")).await;
    live(&screen).await;
    screen.click(".pane__title").await;
    opened(&server, &phone, 0).await;
    phone.type_into("#message", "Bonjour ?").await;
    phone.click(".composer__send").await;
    becomes(&screen, "a call", "'rang' in document.body.dataset").await;
    becomes(&screen, "a number in the title", "/^\\(\\d+\\) /.test(document.title)").await;
    becomes(&screen, "a number on the picture", "document.querySelector('link[rel=icon]').href.startsWith('data:')")
        .await;
    no_complaints(&screen, "desk").await;
}
