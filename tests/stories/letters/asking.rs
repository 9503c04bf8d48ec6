//! Letters that somebody causes without writing one: a fresh link for an old one, and a shopper who waits while nobody has
//! the desk open.

use std::time::Duration;

use super::super::support::{Server, Sink};
use super::{a_moment, answer, bought, demo};

const DAY: i64 = 86_400;

#[tokio::test]
async fn an_expired_link_asks_for_a_fresh_one_which_goes_to_the_orders_own_address() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    bought(&server, 7301, "lost@letters.example").await;
    let letter = sink.mail_to("lost@letters.example", "7301").await;
    let link = letter.mail.link(server.base_url()).unwrap();
    let token = link.split_once('#').unwrap().1;
    server.move_clock(91 * DAY).await;
    let shopper = server.stranger();
    let expired = shopper.post("/t/open", &[("token", token)]).await;
    assert_eq!(expired.status, 410);
    let asked = shopper.submit(expired.form("form[action*='/t/link']")).await;
    assert_eq!(asked.status, 200);
    let fresh = sink.mail_to("lost@letters.example", "Your new link").await;
    let fresh = fresh.mail.link(server.base_url()).unwrap();
    assert!(server.shopper(&fresh).await.get("/t").await.status < 400);
    // The same answer whatever is asked with; and a thread is not written to at will.
    let path = format!("{}?{}", asked.url.path(), asked.url.query().unwrap_or_default());
    for other in ["", "nonsense", &token.replace(&token[..8], "AAAAAAAA")] {
        let answer = shopper.post(&path, &[("token", other)]).await;
        assert_eq!((answer.status, answer.text()), (200, asked.text()), "{other}");
    }
    for _ in 0..6 {
        assert_eq!(shopper.post(&path, &[("token", token)]).await.text(), asked.text());
    }
    a_moment().await;
    assert_eq!(sink.taken_by("lost@letters.example").len(), 4, "the first letter and three links");
}

#[tokio::test]
async fn asking_for_links_is_limited() {
    let server = Server::demo().with_rate_limits().await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(server.stranger().post("/t/link", &[("token", "nonsense")]).await.status);
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn who_waits_while_nobody_has_the_desk_open_is_told_of_by_mail_once() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7310, "waits@letters.example").await;
    let letter = sink.mail_to("waits@letters.example", "7310").await;
    let shopper = server.shopper(&letter.mail.link(server.base_url()).unwrap()).await;
    let page = own_page(&server, &letter.mail.link(server.base_url()).unwrap()).await;
    write(&shopper, &page, "Is somebody there? <b>free money</b>").await;
    write(&shopper, &page, "Hello?").await;
    let told = || {
        sink.taken_by("bonjour@calanque.example").into_iter().filter(|taken| taken.mail.text.contains("7310")).count()
    };
    a_moment().await;
    assert_eq!(told(), 0, "not at once");
    server.move_clock(310).await;
    let mail = sink.mail_to("bonjour@calanque.example", "7310").await;
    assert!(!mail.mail.text.contains("free money"), "nothing of what was written");
    assert!(mail.mail.text.contains(&format!("/desk/threads/{thread}")));
    assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    server.move_clock(1_200).await;
    a_moment().await;
    assert_eq!(told(), 1, "once for each time somebody waits");

    // Answered and waiting anew, given to an agent: it is theirs to know.
    let desk = server.desk().await;
    answer(&desk, &thread, "Yes, here we are.").await;
    let open = desk.get(&format!("/desk/threads/{thread}")).await;
    let me = open.attribute("form[action*='/assignment'] button[name=agent]", "value").unwrap();
    desk.post(&format!("/desk/threads/{thread}/assignment"), &[("agent", &me)]).await;
    write(&shopper, &page, "One more question.").await;
    server.move_clock(1_600).await;
    sink.mail_to("ines@calanque.example", "7310").await;
    assert_eq!(told(), 1);
}

#[tokio::test]
async fn who_has_the_desk_open_is_not_written_to() {
    let sink = Sink::start();
    let mut server = demo(&sink).await;
    let thread = bought(&server, 7320, "seen@letters.example").await;
    let letter = sink.mail_to("seen@letters.example", "7320").await;
    let shopper = server.shopper(&letter.mail.link(server.base_url()).unwrap()).await;
    let page = own_page(&server, &letter.mail.link(server.base_url()).unwrap()).await;
    write(&shopper, &page, "Good morning.").await;
    server.move_clock(200).await;
    let desk = server.desk().await;
    let socket = desk.live("/desk/live").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(socket);
    server.move_clock(320).await;
    a_moment().await;
    let told = || {
        sink.taken()
            .into_iter()
            .filter(|taken| taken.mail.text.contains(&thread) && taken.to.ends_with("calanque.example"))
            .count()
    };
    assert_eq!(told(), 0, "somebody was there two minutes ago");
    server.move_clock(320 + 310).await;
    sink.mail_to("bonjour@calanque.example", "7320").await;
    assert_eq!(told(), 1, "the desk was left and the shopper still waits");
}

async fn own_page(server: &Server, link: &str) -> String {
    let (_, token) = link.split_once('#').unwrap();
    server.stranger().post("/t/open", &[("token", token)]).await.url.path().to_owned()
}

async fn write(shopper: &super::super::support::Visitor, page: &str, text: &str) {
    let open = shopper.get(page).await;
    let sent = shopper.submit(open.form("form:has(textarea)").fill("text", text)).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
}
