//! Letters that arrive: once, whole, and not for somebody who has read it already.

use std::time::Duration;

use serde_json::json;

use super::super::support::{Server, Sink, until};
use super::{a_moment, answer, bought, demo};

#[tokio::test]
async fn a_letter_arrives_once_with_what_a_mailbox_asks_for() {
    let sink = Sink::start();
    let server = demo(&sink).await;
    let thread = bought(&server, 7101, "nora@letters.example").await;
    let letter = sink.mail_to("nora@letters.example", "7101").await;
    assert_eq!(letter.from, "bonjour@calanque.example");
    let header = |name: &str| letter.header(name).unwrap_or_default();
    assert!(header("From").contains("Maison Calanque") && header("Reply-To").contains("bonjour@calanque.example"));
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert!(header("Message-ID").ends_with("@calanque.example>") && header("Date").ends_with("+0000"));
    assert!(header("References").contains(&thread) && header("In-Reply-To") == header("References"));
    assert!(letter.mail.text.contains("text/plain") && letter.mail.text.contains("text/html"));
    assert!(!letter.mail.text.contains("above this line"));
    let shopper = server.shopper(&letter.mail.link(server.base_url()).unwrap()).await;
    assert!(shopper.get("/t").await.status < 400);
    assert_eq!(std::fs::read_dir(server.data().join("mail")).unwrap().count(), 0, "no files beside the mail server");
    a_moment().await;
    assert_eq!(sink.taken_by("nora@letters.example").len(), 1);
    assert_eq!(sink.smuggled(), 0);
}

#[tokio::test]
async fn answers_given_within_two_minutes_make_one_letter_and_each_is_said_once() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7102, "two@letters.example").await;
    sink.mail_to("two@letters.example", "7102").await;
    let desk = server.desk().await;
    answer(&desk, &thread, "The first half of it.").await;
    server.move_clock(100).await;
    answer(&desk, &thread, "The second half of it.").await;
    server.move_clock(150).await;
    a_moment().await;
    assert_eq!(sink.taken_by("two@letters.example").len(), 1, "the second answer lets the first wait anew");
    server.move_clock(230).await;
    let letter = sink.mail_to("two@letters.example", "The second half").await;
    assert!(letter.mail.text.contains("The first half of it."));
    assert_eq!(letter.header("Auto-Submitted"), None, "a person wrote it");
    answer(&desk, &thread, "And one more thing.").await;
    server.move_clock(360).await;
    let last = sink.mail_to("two@letters.example", "one more thing").await;
    assert!(!last.mail.text.contains("The second half"), "said once");
    assert_eq!(last.header("References"), letter.header("References"));
    assert_ne!(last.header("Message-ID"), letter.header("Message-ID"));
    assert_eq!(sink.taken_by("two@letters.example").len(), 3);
}

#[tokio::test]
async fn however_many_answers_follow_a_letter_waits_ten_minutes_at_most() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7103, "many@letters.example").await;
    sink.mail_to("many@letters.example", "7103").await;
    let desk = server.desk().await;
    for round in 0..6 {
        server.move_clock(round * 110).await;
        answer(&desk, &thread, &format!("Answer number {round}.")).await;
        assert_eq!(sink.taken_by("many@letters.example").len(), 1, "round {round}");
    }
    server.move_clock(605).await;
    let letter = sink.mail_to("many@letters.example", "Answer number 5").await;
    assert!(letter.mail.text.contains("Answer number 0"));
    assert_eq!(sink.taken_by("many@letters.example").len(), 2);
}

#[tokio::test]
async fn who_reads_along_gets_no_letter() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7104, "reader@letters.example").await;
    let letter = sink.mail_to("reader@letters.example", "7104").await;
    let shopper = server.shopper(&letter.mail.link(server.base_url()).unwrap()).await;
    let home = shopper.get("/t").await;
    let desk = server.desk().await;

    // The page is open and visible: it says what it shows.
    let page = shopper.get(&own_page(&server, &letter.mail.link(server.base_url()).unwrap()).await).await;
    assert_eq!((home.status < 400, page.status), (true, 200));
    let mut live = shopper.live(&format!("{}/live?after=0", page.url.path())).await;
    answer(&desk, &thread, "You are reading this right now.").await;
    let frame = live.frame_where(Duration::from_secs(5), |frame| frame.to_string().contains("right now")).await;
    live.say(&json!({"seen": frame["upto"]})).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(live);
    server.move_clock(130).await;
    a_moment().await;
    assert_eq!(sink.taken_by("reader@letters.example").len(), 1, "the link alone");

    // A page that was loaded after the answer has it too.
    answer(&desk, &thread, "And this when you come back.").await;
    assert!(shopper.get(page.url.path()).await.has("when you come back"));
    server.move_clock(260).await;
    a_moment().await;
    assert_eq!(sink.taken_by("reader@letters.example").len(), 1);

    // Who is away is told, and of nothing but what is new.
    answer(&desk, &thread, "This you have not seen.").await;
    server.move_clock(390).await;
    let letter = sink.mail_to("reader@letters.example", "not seen").await;
    assert!(!letter.mail.text.contains("when you come back"));
}

/// Where a thread link leads.
async fn own_page(server: &Server, link: &str) -> String {
    let (_, token) = link.split_once('#').unwrap();
    let opened = server.stranger().post("/t/open", &[("token", token)]).await;
    opened.url.path().to_owned()
}

#[tokio::test]
async fn a_server_that_puts_off_gets_the_letter_later_and_once() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    sink.answer("RCPT", "451 4.3.0 come back later");
    bought(&server, 7105, "later@letters.example").await;
    until("an attempt", Duration::from_secs(5), async || (sink.asked_for("later@letters.example") > 0).then_some(()))
        .await;
    assert!(sink.taken_by("later@letters.example").is_empty());
    sink.be_well();
    server.move_clock(10).await;
    sink.mail_to("later@letters.example", "7105").await;
    a_moment().await;
    assert_eq!(sink.taken_by("later@letters.example").len(), 1);
}

#[tokio::test]
async fn a_server_that_is_gone_and_comes_back_loses_and_doubles_nothing() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    bought(&server, 7106, "before@letters.example").await;
    sink.mail_to("before@letters.example", "7106").await;
    sink.close();
    for number in 0..5 {
        bought(&server, 7110 + number, &format!("gone{number}@letters.example")).await;
    }
    a_moment().await;
    sink.open_again();
    server.move_clock(8).await;
    for number in 0..5 {
        sink.mail_to(&format!("gone{number}@letters.example"), &format!("{}", 7110 + number)).await;
    }
    a_moment().await;
    for number in 0..5 {
        assert_eq!(sink.taken_by(&format!("gone{number}@letters.example")).len(), 1, "{number}");
    }
    assert_eq!(sink.taken_by("before@letters.example").len(), 1);
}

#[tokio::test]
async fn where_nobody_can_know_whether_it_arrived_the_same_letter_comes_again_under_the_same_id() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    sink.cut(".");
    bought(&server, 7120, "unknown@letters.example").await;
    sink.mail_to("unknown@letters.example", "7120").await;
    sink.be_well();
    server.move_clock(10).await;
    let both = until("the letter again", Duration::from_secs(10), async || {
        let taken = sink.taken_by("unknown@letters.example");
        (taken.len() == 2).then_some(taken)
    })
    .await;
    assert_eq!(both[0].header("Message-ID"), both[1].header("Message-ID"));
    for verb in ["EHLO", "MAIL", "RCPT", "DATA"] {
        sink.cut(verb);
    }
    bought(&server, 7121, "cut@letters.example").await;
    a_moment().await;
    sink.be_well();
    server.move_clock(30).await;
    sink.mail_to("cut@letters.example", "7121").await;
    a_moment().await;
    assert_eq!(sink.taken_by("cut@letters.example").len(), 1);
}

#[tokio::test]
async fn a_server_that_hangs_holds_up_nobody_else() {
    let sink = Sink::start();
    let server = demo(&sink).await;
    bought(&server, 7130, "first@letters.example").await;
    sink.mail_to("first@letters.example", "7130").await;
    sink.hang("DATA");
    bought(&server, 7131, "hung@letters.example").await;
    until("the attempt", Duration::from_secs(5), async || (sink.asked_for("hung@letters.example") > 0).then_some(()))
        .await;
    sink.be_well();
    bought(&server, 7132, "second@letters.example").await;
    sink.mail_to("second@letters.example", "7132").await;
    assert!(sink.taken_by("hung@letters.example").is_empty());
}

#[tokio::test]
async fn nothing_that_is_written_can_end_a_letter_or_begin_another() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7140, "smuggler@letters.example").await;
    sink.mail_to("smuggler@letters.example", "7140").await;
    let desk = server.desk().await;
    let text = "Look:\r\n.\r\nMAIL FROM:<evil@letters.example>\r\nRCPT TO:<victim@letters.example>\r\nDATA\r\n.\n..\n.";
    answer(&desk, &thread, text).await;
    server.move_clock(130).await;
    let letter = sink.mail_to("smuggler@letters.example", "RCPT TO").await;
    assert!(letter.mail.text.contains("MAIL FROM:<evil@letters.example>"), "the words arrive as words");
    assert_eq!((sink.smuggled(), sink.asked_for("victim@letters.example")), (0, 0));
}

#[tokio::test]
async fn an_answer_shows_the_exchange_that_is_under_way() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7107, "swap@letters.example").await;
    let api = server.api();
    let order = api.get("/api/v1/orders?number=7107").await.json()["data"][0].clone();
    let products = api.get("/api/v1/products?limit=100").await.json();
    let shirt = products["data"].as_array().unwrap().iter().find(|product| product["external_id"] == "8101").unwrap();
    let blue = shirt["variants"]
        .as_array()
        .unwrap()
        .iter()
        .find(|variant| variant["external_id"] != "810102" && variant["available"].as_i64() > Some(0));
    let wish = json!({ "line_id": order["lines"][0]["id"], "variant_id": blue.unwrap()["id"], "quantity": 1, "reason": "colour" });
    let asked = api.json("POST", &format!("/api/v1/threads/{thread}/cases"), &wish).await;
    assert_eq!(asked.status, 201, "{}", asked.body);
    answer(&server.desk().await, &thread, "Let me look.").await;
    server.move_clock(180).await;
    let letter = sink.mail_to("swap@letters.example", "Let me look.").await.mail.text;
    assert!(letter.contains("We have your exchange request") && letter.contains("Écru, M"), "{letter}");
}
