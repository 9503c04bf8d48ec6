//! Nothing is mailed twice: whatever was restored or copied holds its letters until somebody looked at them.

use std::time::Duration;

use serde_json::json;

use super::{
    super::support::{Server, place::Place, until},
    backup, order, restored,
};

/// A server whose answer to a shopper has not left yet, and a backup of it that was brought back and is served ten minutes later.
async fn after_a_restore() -> (Server, Server) {
    let mut server = Server::demo().await;
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    let thread = orders["data"][0]["thread_id"].as_str().unwrap().to_owned();
    let said = json!({ "text": "It left this morning.", "client_id": "held-letter-1" });
    assert_eq!(server.api().json("POST", &format!("/api/v1/threads/{thread}/messages"), &said).await.status, 201);
    let place = Place::beside(&server);
    let file = backup(&server, &place, &[]);
    server.stop();
    let (well, said) = restored(&place, &file, &[]);
    assert!(well, "{said}");
    let mut copy = place.serve().await;
    copy.move_clock(600).await;
    assert_eq!(copy.generic(&order("held")).send().await.status, 202);
    (server, copy)
}

fn letters(server: &Server, to: &str) -> usize {
    server.mails().iter().filter(|mail| mail.is_to(to)).count()
}

/// Held, and nothing leaves, however long it has been due.
async fn nothing_leaves(copy: &Server) -> String {
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(copy.mails().len(), 0, "no letter left");
    let ready = copy.stranger().get("/health/ready").await;
    assert_eq!((ready.status, ready.body.contains("deliveries are held")), (200, true), "{}", ready.body);
    let metrics = copy.stranger().get("/metrics").await.body;
    assert!(metrics.contains("comptoir_deliveries_held 1"), "{metrics}");
    let (_, said) = copy.examined(&[("COMPTOIR_CLOCK_OFFSET", "600")]);
    assert!(said.contains("odd  deliveries") && said.contains("comptoir resume"), "{said}");
    let (well, said) = copy.says(&["resume"], &[]);
    assert!(well && said.contains("held since"), "{said}");
    let line = |start: &str, kind: &str| said.lines().any(|line| line.contains(start) && line.contains(kind));
    assert!(line("came with it", "reply"), "{said}");
    assert!(line("planned since", "thread_open"), "{said}");
    assert!(!said.contains("@"), "nobody's address is shown: {said}");
    assert_eq!(copy.mails().len(), 0, "to look lets nothing go");
    said
}

/// Waits until no more letters come.
async fn settled(copy: &Server) -> usize {
    let mut last = (0, 0);
    until("letters to have left", Duration::from_secs(20), async || {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = copy.mails().len();
        last = if now > 0 && now == last.0 { (now, last.1 + 1) } else { (now, 0) };
        (last.1 > 8).then_some(now)
    })
    .await
}

#[tokio::test]
async fn no_letter_leaves_before_somebody_says_so_and_then_each_leaves_once() {
    let (_original, mut copy) = after_a_restore().await;
    nothing_leaves(&copy).await;
    // A restart is nobody's word.
    copy.restart().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(copy.mails().len(), 0);
    let (well, said) = copy.says(&["resume", "--yes"], &[("COMPTOIR_CLOCK_OFFSET", "600")]);
    assert!(well && said.contains("deliveries leave again"), "{said}");
    settled(&copy).await;
    assert_eq!(letters(&copy, "camille.roussel@example.com"), 1, "the answer, once");
    assert_eq!(letters(&copy, "held@example.com"), 1, "what was planned meanwhile, once");
    let (well, said) = copy.says(&["resume"], &[]);
    assert!(well && said.contains("are not held"), "{said}");
    let ready = copy.stranger().get("/health/ready").await;
    assert_eq!(ready.body, "ready\n");
}

#[tokio::test]
async fn what_came_with_the_copy_can_be_thrown_away() {
    let (_original, copy) = after_a_restore().await;
    nothing_leaves(&copy).await;
    let (well, said) = copy.says(&["resume", "--drop"], &[("COMPTOIR_CLOCK_OFFSET", "600")]);
    assert!(well && !said.contains("0 thrown away"), "{said}");
    settled(&copy).await;
    assert_eq!(letters(&copy, "camille.roussel@example.com"), 0, "the original may have sent it");
    assert_eq!(letters(&copy, "held@example.com"), 1, "what was planned since leaves");
    let (well, said) = copy.says(&["resume", "--yes", "--drop"], &[]);
    assert!(!well, "one of the two: {said}");
}

/// A control: the same world, not held, does mail.
#[tokio::test]
async fn without_a_hold_the_letters_do_leave() {
    let mut server = Server::demo().await;
    let before = letters(&server, "camille.roussel@example.com");
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    let thread = orders["data"][0]["thread_id"].as_str().unwrap().to_owned();
    let said = json!({ "text": "It left this morning.", "client_id": "held-letter-1" });
    assert_eq!(server.api().json("POST", &format!("/api/v1/threads/{thread}/messages"), &said).await.status, 201);
    server.move_clock(600).await;
    until("the answer to leave", Duration::from_secs(10), async || {
        (letters(&server, "camille.roussel@example.com") > before).then_some(())
    })
    .await;
}
