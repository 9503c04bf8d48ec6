//! What time does to a connector: its secret is shown for ten minutes, silence is said after three days, and what arrived
//! is kept for thirty.

use std::time::Duration;

use super::super::support::{Server, Visitor, page::Page, until};
use super::{EMAIL, PASSWORD, connect, order, owner, shown};

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// The owner, signed in anew: nobody's session is that old.
async fn owner_after(server: &mut Server, seconds: i64) -> Visitor {
    server.move_clock(seconds).await;
    server.desk_of(EMAIL, PASSWORD).await
}

async fn connectors(desk: &Visitor) -> Page {
    desk.get("/desk/connectors").await
}

/// The address of the secret's own page.
async fn secret_page(desk: &Visitor) -> Page {
    desk.get(&connectors(desk).await.link(".card__foot a[href$='/secret']")).await
}

/// What a page of a secret says once nobody may read it.
fn must_hide(page: &Page, secret: &str, why: &str) {
    assert_eq!(page.status, 200, "{why}");
    assert!(!page.body.contains(secret) && page.select("code#secret").is_empty(), "{why}: {}", page.text());
    assert!(page.has(&format!("The secret ends in {}.", &secret[secret.len() - 4..])), "{why}: {}", page.text());
}

#[tokio::test]
async fn a_secret_is_shown_for_ten_minutes_to_who_made_it_and_then_never_again() {
    let mut server = Server::empty().await;
    let ines = owner(&server).await;
    let (url, secret) = shown(&connect(&ines, "generic", "erp.calanque.example", "").await);
    let ines = owner_after(&mut server, 9 * MINUTE).await;
    assert_eq!(shown(&secret_page(&ines).await), (url.clone(), secret.clone()), "nine minutes later");
    let ines = owner_after(&mut server, 10 * MINUTE + 5).await;
    must_hide(&secret_page(&ines).await, &secret, "after ten minutes");
    assert!(!connectors(&ines).await.body.contains(&secret));
    assert_eq!(server.generic_at(&url, &secret, &order(1)).send().await.status, 202, "it goes on being taken");

    // A replaced one has its own ten minutes, and the one before its day.
    let replaced = ines.submit(connectors(&ines).await.form("form[action$='/secret']")).await;
    let (_, new) = shown(&replaced);
    assert_eq!(shown(&secret_page(&ines).await).1, new);
    let ines = owner_after(&mut server, 21 * MINUTE).await;
    let over = secret_page(&ines).await;
    must_hide(&over, &new, "ten minutes after it was replaced");
    assert!(over.has("The secret before is taken too until") && !over.body.contains(&secret), "{}", over.text());
    assert_eq!(server.generic_at(&url, &secret, &order(2)).send().await.status, 202);
    let ines = owner_after(&mut server, DAY + 21 * MINUTE).await;
    assert!(!secret_page(&ines).await.has("The secret before is taken too until"));
    assert_eq!(server.generic_at(&url, &secret, &order(3)).send().await.status, 401, "its day is over");
    assert_eq!(server.generic_at(&url, &new, &order(3)).send().await.status, 202);
}

#[tokio::test]
async fn silence_is_said_and_what_was_swept_cannot_be_applied_again() {
    let mut server = Server::empty().await;
    let ines = owner(&server).await;
    let (url, secret) = shown(&connect(&ines, "generic", "erp.calanque.example", "").await);
    assert_eq!(server.generic_at(&url, &secret, &order(1)).send().await.status, 202);
    let mut wrong = order(2);
    wrong["data"]["currency"] = "XYZ".into();
    assert_eq!(server.generic_at(&url, &secret, &wrong).send().await.status, 422);
    let ines = owner_after(&mut server, 2 * DAY).await;
    let lately = connectors(&ines).await;
    assert!(lately.has("Needs a look, last arrival") && !lately.has("Nothing has come in"), "{}", lately.text());

    let ines = owner_after(&mut server, 4 * DAY).await;
    assert!(connectors(&ines).await.has("Nothing has come in for 4 days"), "{}", connectors(&ines).await.text());
    // Applying an old arrival once more is no news from the system.
    let (fine, failed) = (arrival(&ines, "applied").await, arrival(&ines, "failed").await);
    let again = ines.submit(fine.form("form[action$='/replay']")).await;
    assert!(again.has("Applied once more."), "{}", again.text());
    assert!(connectors(&ines).await.has("Nothing has come in for 4 days"), "{}", connectors(&ines).await.text());
    assert!(failed.has("/data/currency") && failed.has("Nothing is lost: the body is kept."));

    let (replay, thread) = (fine.form("form[action$='/replay']").action, thread(&ines).await);
    let ines = owner_after(&mut server, 31 * DAY).await;
    let swept = until("the sweep of old bodies", Duration::from_secs(20), async || {
        let page = ines.get(fine.url.as_str()).await;
        page.has("The body was swept: its time was over.").then_some(page)
    })
    .await;
    assert!(swept.select("form[action$='/replay']").is_empty() && !swept.has("0 bytes"), "{}", swept.text());
    assert!(swept.has("order.upserted"), "that it came is still known: {}", swept.text());
    let failed = ines.get(failed.url.as_str()).await;
    assert!(failed.has("/data/currency") && !failed.has("the body is kept"), "{}", failed.text());
    // Whoever had the page open still has its button.
    let refused = ines.post(&replay, &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.has("Its body was swept, so it cannot be applied again."), "{}", refused.text());
    assert_eq!(self::thread(&ines).await, thread, "nothing happened in its thread");
    assert!(connectors(&ines).await.has("Nothing has come in for 31 days"), "{}", connectors(&ines).await.text());
    // Told again by the system itself, it is known.
    let told = server.generic_at(&url, &secret, &order(1)).send().await;
    assert_eq!(told.status, 202, "{}", told.text());
    assert!(connectors(&ines).await.has("last arrival"), "{}", connectors(&ines).await.text());
    assert_eq!(self::thread(&ines).await, thread);
}

/// The one arrival of a verdict, opened in the log.
async fn arrival(desk: &Visitor, verdict: &str) -> Page {
    let log = connectors(desk).await.link(".card__foot a[href$='/intakes']");
    let row = desk.get(&format!("{log}?verdict={verdict}")).await.link("td a");
    desk.get(row.split('#').next().unwrap()).await
}

/// What the order's one thread holds, part by part.
async fn thread(desk: &Visitor) -> (usize, Vec<String>) {
    let list = desk.get("/desk?view=all").await;
    let page = desk.get(&list.link("#threads a[href*='/desk/threads/']")).await;
    (list.select("#threads a[href*='/desk/threads/']").len(), page.select("#log article, #log [id^='evt']"))
}
