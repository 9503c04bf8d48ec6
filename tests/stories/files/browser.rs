//! Photos and voices in a real Chromium: chosen on the phone, there on the desk without a reload, and back; the same
//! without JavaScript.

use std::time::Duration;

use serde_json::json;
use thirtyfour::By;

use super::{
    super::support::{
        Server,
        chromium::{Chromium, Window},
        until,
    },
    first, gif, pdf, photo,
};

const MOMENT: Duration = Duration::from_secs(8);

async fn is(window: &Window, what: &str, script: &str) {
    until(what, MOMENT, async || {
        let answer = window.driver.execute(script, Vec::new()).await.ok()?;
        (answer.json() == &json!(true)).then_some(())
    })
    .await;
}

/// A picture that has come, not only its frame.
async fn shows_a_photo(window: &Window, what: &str) {
    let script =
        "return [...document.querySelectorAll('#log .msg[data-seq] .photo img')].some((i) => i.naturalWidth > 1)";
    is(window, what, script).await;
}

async fn live(window: &Window) {
    window.waited_for("body[data-connected]").await;
    window.driver.execute("window.__kept = 1", Vec::new()).await.unwrap();
}

async fn at_the_desk(server: &Server, screen: &Window, thread: &str) {
    screen.goto(&server.url("/desk")).await;
    screen.type_into("#email", &server.told().desk.email).await;
    screen.type_into("#password", &server.told().desk.password).await;
    screen.click(".door form button").await;
    screen.waited_for("#threads").await;
    screen.goto(&server.url(&format!("/desk/threads/{thread}"))).await;
}

async fn choose(window: &Window, css: &str, path: &str) {
    let input = window.driver.find(By::Css(css)).await.unwrap();
    input.send_keys(path).await.unwrap();
}

#[tokio::test]
async fn browser_a_photo_from_the_phone_is_on_the_desk_without_reload_and_back() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (phone, screen) = (chromium.phone().open().await, chromium.desktop().open().await);
    let (_, _, thread) = first(&server).await;
    let picture = server.data().join("seam.jpg");
    std::fs::write(&picture, photo(600, 400).bytes).unwrap();
    at_the_desk(&server, &screen, &thread).await;
    phone.goto(&server.told().shopper_links[0]).await;
    live(&phone).await;
    live(&screen).await;

    choose(&phone, "[data-attach=composer] [data-pick]", picture.to_str().unwrap()).await;
    phone.waited_for("[data-shot][data-state=done] img").await;
    phone.type_into("#composer-alt", "The torn seam").await;
    phone.type_into("#message", "Look at this seam").await;
    phone.click(".composer__send").await;
    shows_a_photo(&screen, "the photo at the desk").await;
    screen.wait_for_text("#log .bubble", "Look at this seam", MOMENT).await;
    is(&screen, "its description", "return !!document.querySelector('#log .photo img[alt*=\"The torn seam\"]')").await;
    shows_a_photo(&phone, "the photo on the phone").await;
    is(&phone, "one bubble of it", "return document.querySelectorAll('#log .photo').length === 1").await;
    is(
        &phone,
        "an empty composer",
        "return !document.querySelector('[data-shot]') && !document.querySelector('#message').value",
    )
    .await;

    choose(&screen, "[data-attach=composer] [data-pick]", picture.to_str().unwrap()).await;
    screen.waited_for("[data-shot][data-state=done]").await;
    screen.click("#composer .button-split > .button--primary").await;
    is(
        &phone,
        "the answer",
        "return document.querySelectorAll('#log .msg[data-seq]:not(.msg--own) .photo img').length === 1",
    )
    .await;
    for window in [&phone, &screen] {
        is(window, "the page as it was", "return window.__kept === 1").await;
        assert_eq!(window.complaints().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn browser_what_was_chosen_can_be_taken_away_and_what_is_refused_is_said() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().open().await;
    let write = |name: &str, bytes: &[u8]| {
        let path = server.data().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (wrong, right) = (write("logo.jpg", b"<svg onload='alert(1)'/>"), write("bill.pdf", &pdf(300).bytes));
    let moving = write("bravo.gif", &gif().bytes);
    phone.goto(&server.told().shopper_links[0]).await;
    live(&phone).await;
    choose(&phone, "[data-attach=composer] [data-pick]", &wrong).await;
    phone.wait_for_text("[data-attach-error]", "logo.jpg", MOMENT).await;
    choose(&phone, "[data-attach=composer] [data-pick]", &right).await;
    phone.waited_for("[data-shot][data-state=done]").await;
    phone.click(".composer__send").await;
    is(&phone, "nothing sent while one failed", "return document.querySelectorAll('#log .paper').length === 0").await;
    phone.click("[data-shot][data-state=failed] [data-remove]").await;
    choose(&phone, "[data-attach=composer] [data-pick]", &moving).await;
    is(&phone, "both ready", "return document.querySelectorAll('[data-shot][data-state=done]').length === 2").await;
    phone.click(".composer__send").await;
    is(&phone, "a document and a GIF", "return !!document.querySelector('#log .msg[data-seq] .paper') && !!document.querySelector('#log .msg[data-seq] .photo')").await;
    let complaints: Vec<String> = phone.complaints().await.into_iter().filter(|line| !line.contains("422")).collect();
    assert_eq!(complaints, Vec::<String>::new());
}

#[tokio::test]
async fn browser_a_voice_is_recorded_heard_again_and_sent() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().open().await;
    phone.goto(&server.told().shopper_links[0]).await;
    live(&phone).await;
    phone.click("[data-record]").await;
    phone.wait_for_text("[data-recorded]", "0:02", MOMENT).await;
    phone.click("[data-record-stop]").await;
    phone.waited_for(".shot--voice[data-state=done] audio").await;
    phone.click(".composer__send").await;
    phone.waited_for("#log .msg[data-seq] .voice .voice__play").await;
    let length = phone.text("#log .msg[data-seq] .voice__length").await.unwrap();
    assert!(["0:01", "0:02", "0:03"].contains(&length.as_str()), "measured by the server: {length}");
    phone.click("#log .msg[data-seq] .voice__play").await;
    is(&phone, "the clip to play", "return document.querySelector('#log .voice audio').currentTime > 0").await;
    phone.click("[data-record]").await;
    phone.waited_for("[data-recording]:not([hidden])").await;
    phone.click("[data-record-discard]").await;
    is(
        &phone,
        "nothing of it",
        "return !document.querySelector('[data-shot]') && document.querySelector('[data-recording]').hidden",
    )
    .await;
    assert_eq!(phone.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn browser_a_photo_goes_without_javascript_too() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().without_javascript().open().await;
    let picture = server.data().join("seam.jpg");
    std::fs::write(&picture, photo(200, 100).bytes).unwrap();
    let (_, _, thread) = first(&server).await;
    phone.goto(&server.url("/t")).await;
    phone.click("main a").await;
    phone.type_into("#number", "10482").await;
    phone.type_into("#email", "camille.roussel@example.com").await;
    phone.click("main form button").await;
    let code = server.mail_to("camille.roussel@example.com", "code").await.code().expect("a code");
    phone.type_into("#code", &code).await;
    phone.click("form[data-code] button").await;
    phone.waited_for("#log").await;
    choose(&phone, "#composer-file", picture.to_str().unwrap()).await;
    phone.type_into("#composer-said", "The torn seam").await;
    phone.click(".composer__send").await;
    until("the photo", MOMENT, async || phone.driver.find(By::Css("#log .photo img")).await.ok()).await;
    let desk = server.desk().await.get(&format!("/desk/threads/{thread}")).await;
    assert_eq!(desk.attribute(".photo img", "alt").as_deref(), Some("Photo: The torn seam"));
}
