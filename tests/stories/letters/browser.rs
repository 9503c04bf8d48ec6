//! The same in a real Chromium: a page that is before somebody's eyes says so, and the desk's notice comes and goes by itself.

use std::{path::Path, time::Duration};

use serde_json::json;

use super::super::support::{
    Server, Sink,
    chromium::{Chromium, Window},
    until,
};
use super::{a_moment, answer, bought, demo, thread};

const MOMENT: Duration = Duration::from_secs(10);

async fn signed_in(server: &Server, window: &Window, path: &str) {
    window.goto(&server.url(path)).await;
    window.type_into("#email", &server.told().desk.email).await;
    window.type_into("#password", &server.told().desk.password).await;
    window.click(".door form button").await;
    window.waited_for("body[data-connected]").await;
}

/// Keeps a picture where somebody asked for one.
async fn picture(window: &Window, name: &str) {
    if let Ok(folder) = std::env::var("PREVIEW_DIR") {
        window.screenshot(&Path::new(&folder).join(name)).await;
    }
}

#[tokio::test]
async fn a_page_before_somebodys_eyes_says_so_and_spares_the_letter() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let id = bought(&server, 7401, "phone@letters.example").await;
    let letter = sink.mail_to("phone@letters.example", "7401").await;
    let chromium = Chromium::start().await;
    let phone = chromium.phone().open().await;
    phone.goto(&letter.mail.link(server.base_url()).unwrap()).await;
    phone.waited_for("body[data-connected]").await;
    answer(&server.desk().await, &id, "Read while it is written.").await;
    phone.wait_for_text("#log .bubble", "Read while it is written.", MOMENT).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(phone.complaints().await, Vec::<String>::new());
    phone.close().await;
    server.move_clock(130).await;
    a_moment().await;
    assert_eq!(sink.taken_by("phone@letters.example").len(), 1, "the link alone");
}

#[tokio::test]
async fn the_notice_comes_to_an_open_desk_and_goes_once_the_address_is_right() {
    let sink = Sink::start();
    let server = demo(&sink).await;
    sink.refuse("typo@letters.example", "550 5.1.1 user unknown");
    let id = bought(&server, 7402, "old@letters.example").await;
    sink.mail_to("old@letters.example", "7402").await;
    let chromium = Chromium::start().await;
    let (desk, phone) = (chromium.desktop().open().await, chromium.phone().dark().open().await);
    signed_in(&server, &desk, &format!("/desk/threads/{id}")).await;
    signed_in(&server, &phone, &format!("/desk/threads/{id}")).await;
    let path = format!("/api/v1/threads/{id}/address");
    assert_eq!(server.api().json("POST", &path, &json!({"email": "typo@letters.example"})).await.status, 200);
    desk.wait_for_text("#mail .notice", "there is no such mailbox", MOMENT).await;
    phone.wait_for_text(".talk__strip", "there is no such mailbox", MOMENT).await;
    picture(&desk, "desk-mail-refused.png").await;
    picture(&phone, "desk-mail-refused-phone.png").await;
    let field = desk.waited_for("#mail-address").await;
    field.clear().await.unwrap();
    field.send_keys("right@letters.example").await.unwrap();
    picture(&desk, "desk-mail-correcting.png").await;
    desk.click("#mail-correct .button--primary").await;
    sink.mail_to("right@letters.example", "7402").await;
    until("the notice to be gone on the other screen", MOMENT, async || {
        phone.text(".talk__strip").await.is_none().then_some(())
    })
    .await;
    assert!(thread(&server, &id).await["mail_refused"].is_null());
    picture(&desk, "desk-mail-corrected.png").await;
    for window in [desk, phone] {
        assert_eq!(window.complaints().await, Vec::<String>::new());
        window.close().await;
    }
}
