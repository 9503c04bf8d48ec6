//! An address that refuses letters: the desk is told, corrects it, and what did not arrive goes again.

use std::time::Duration;

use serde_json::json;

use super::super::support::{Server, Sink, until};
use super::{a_moment, answer, bought, demo, thread, told};

const NOBODY: &str = "550 5.1.1 <wrong@letters.example>: user unknown";

#[tokio::test]
async fn a_refused_address_is_shown_at_the_desk_and_corrected_there() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    sink.refuse("wrong@letters.example", NOBODY);
    let desk = server.desk().await;
    let mut live = desk.live("/desk/live").await;
    let id = bought(&server, 7201, "wrong@letters.example").await;
    let open = until("the notice", Duration::from_secs(10), async || {
        let page = desk.get(&format!("/desk/threads/{id}")).await;
        page.has("E-mails to wrong@letters.example are refused: there is no such mailbox.").then_some(page)
    })
    .await;
    assert!(live.frame_within(Duration::from_secs(5)).await.is_some());
    drop(live);
    assert_eq!(thread(&server, &id).await["mail_refused"], "unknown");

    // Nothing more is tried at an address known to refuse, and nobody else waits for it.
    answer(&desk, &id, "We have put one aside for you.").await;
    server.move_clock(130).await;
    bought(&server, 7202, "other@letters.example").await;
    sink.mail_to("other@letters.example", "7202").await;
    a_moment().await;
    assert_eq!(sink.asked_for("wrong@letters.example"), 1);

    // What is no address is said beside the field, with what was typed.
    let form = open.form("form[action*='/address']");
    let kept = desk.post(&form.action, &[("email", "right@@letters.example")]).await;
    assert_eq!(kept.status, 422);
    assert!(kept.has("An e-mail address has an @ and a domain"), "{}", kept.text());
    assert_eq!(kept.attribute("#mail-address", "value").as_deref(), Some("right@@letters.example"));

    let old = link_at_desk(&open.body);
    let done = desk.submit(open.form("form[action*='/address']").fill("email", "Right@Letters.example")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(!done.has("no such mailbox") && done.has("right@letters.example"), "{}", done.text());
    let letter = sink.mail_to("right@letters.example", "has its own page").await;
    sink.mail_to("right@letters.example", "put one aside").await;
    assert_eq!(sink.taken_by("right@letters.example").len(), 2, "the link and the answer, each once");
    let fresh = letter.mail.link(server.base_url()).unwrap();
    assert!(server.shopper(&fresh).await.get("/t").await.status < 400);
    let opened = server.stranger().post("/t/open", &[("token", old.split_once('#').unwrap().1)]).await;
    assert_eq!(opened.status, 410, "old links die");
    let events = events(&server).await;
    assert!(events.contains("mail.refused") && events.contains("mail.readdressed"), "the feed tells of it");
    assert!(!events.contains("letters.example"), "and names nobody");
    assert_eq!(thread(&server, &id).await["mail_refused"], json!(null));
}

/// The whole feed, as text.
async fn events(server: &Server) -> String {
    let (mut all, mut after) = (String::new(), 0);
    loop {
        let page = server.api().get(&format!("/api/v1/events?limit=100&after={after}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let Some(last) = page.json()["data"].as_array().and_then(|rows| rows.last().cloned()) else { return all };
        after = last["pos"].as_i64().unwrap();
        all.push_str(&page.body);
    }
}

fn link_at_desk(body: &str) -> String {
    let at = body.find("/t#").expect("the link stands at the desk");
    body[at..].split(['<', '"']).next().unwrap().to_owned()
}

#[tokio::test]
async fn a_correction_outlives_the_shop_that_repeats_itself_and_yields_to_better_news() {
    let sink = Sink::start();
    let server = demo(&sink).await;
    sink.refuse("wrong@letters.example", NOBODY);
    let id = bought(&server, 7210, "wrong@letters.example").await;
    until("the refusal", Duration::from_secs(10), async || {
        thread(&server, &id).await["mail_refused"].is_string().then_some(())
    })
    .await;
    let api = server.api();
    let path = format!("/api/v1/threads/{id}/address");
    let wrong = api.json("POST", &path, &json!({"email": "nobody"})).await;
    assert_eq!((wrong.status, wrong.json()["errors"][0]["pointer"].as_str()), (422, Some("/email")));
    assert_eq!(api.json("POST", &path, &json!({"email": "right@letters.example"})).await.status, 200);
    sink.mail_to("right@letters.example", "7210").await;
    let later = (chrono::Utc::now() + chrono::Duration::seconds(60)).to_rfc3339();
    told(&server, 7210, "wrong@letters.example", &later).await;
    let desk = server.desk().await;
    assert!(desk.get(&format!("/desk/threads/{id}")).await.has("right@letters.example"));
    // Who is asked for a code is who letters go to, and nobody else.
    let shopper = server.stranger();
    for email in ["wrong@letters.example", "right@letters.example"] {
        shopper.post("/t/find", &[("number", "7210"), ("email", email)]).await;
    }
    sink.mail_to("right@letters.example", "Your code").await;
    a_moment().await;
    assert_eq!(sink.asked_for("wrong@letters.example"), 1);

    let later = (chrono::Utc::now() + chrono::Duration::seconds(120)).to_rfc3339();
    told(&server, 7210, "newest@letters.example", &later).await;
    assert!(desk.get(&format!("/desk/threads/{id}")).await.has("newest@letters.example"));
}

#[tokio::test]
async fn the_shop_itself_may_mend_the_address_and_an_agent_may_try_it_again() {
    let sink = Sink::start();
    let server = demo(&sink).await;
    sink.refuse("full@letters.example", "552 5.2.2 mailbox full");
    let desk = server.desk().await;
    let id = bought(&server, 7220, "full@letters.example").await;
    let open = until("the notice", Duration::from_secs(10), async || {
        let page = desk.get(&format!("/desk/threads/{id}")).await;
        page.has("the mailbox is full").then_some(page)
    })
    .await;
    desk.submit(open.form("form[action*='/letters']")).await;
    until("another attempt", Duration::from_secs(10), async || {
        (sink.asked_for("full@letters.example") == 2 && thread(&server, &id).await["mail_refused"] == "full")
            .then_some(())
    })
    .await;
    let later = (chrono::Utc::now() + chrono::Duration::seconds(60)).to_rfc3339();
    told(&server, 7220, "mended@letters.example", &later).await;
    sink.mail_to("mended@letters.example", "7220").await;
    assert_eq!(thread(&server, &id).await["mail_refused"], json!(null));
}

#[tokio::test]
async fn what_is_our_fault_is_not_the_addresses() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    sink.answer("MAIL", "550 5.7.1 sender rejected");
    let id = bought(&server, 7230, "fine@letters.example").await;
    a_moment().await;
    assert_eq!(thread(&server, &id).await["mail_refused"], json!(null));
    sink.be_well();
    server.move_clock(10).await;
    sink.mail_to("fine@letters.example", "7230").await;
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_used_stops_the_start_and_is_named_without_its_password() {
    for (name, value) in [
        ("SMTP_URL", "smtp://user:s3cret@mail.example.com:25"),
        ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "smtps://user:s3cret@mail.example.com:none"),
        ("MAIL_FROM", "nobody"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_comptoir"));
        program.arg("serve").arg("--port").arg("0").arg("--data").arg(folder.path()).env_clear().env(name, value);
        let output = program.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(name), "{value}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}
