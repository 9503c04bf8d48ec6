//! Things go when their time is over, and their time is the merchant's to choose.

use super::*;

const DAY: i64 = 86_400;
const PAGE: &str = "/desk/settings/personal-data";

fn count(server: &Server, table: &str, of: &str) -> i64 {
    let sql = format!("SELECT CAST(COUNT(*) AS TEXT) AS value FROM {table} WHERE {of}");
    Raw::of(server).cells(&sql)[0].parse().unwrap()
}

#[tokio::test]
async fn what_is_older_than_was_chosen_goes_by_itself() {
    let mut server = Server::demo().await;
    let (_, thread) = somebody(&server).await;
    let desk = server.desk().await;
    let api = server.api();
    // What waits for a decision is not over.
    let cases = api.get(&format!("/api/v1/cases?thread_id={thread}&state=submitted")).await.json();
    let refusal = format!("/api/v1/cases/{}/refusal", text(&cases["data"][0]["id"]));
    assert_eq!(api.json("POST", &refusal, &json!({ "reason": "No" })).await.status, 200);
    assert_eq!(api.json("POST", &format!("/api/v1/threads/{thread}/resolution"), &json!({})).await.status, 200);

    let form = desk.get(PAGE).await.form("#kept-form");
    assert_eq!(form.value("threads"), Some("730"));
    let refused = desk.submit(form.fill("threads", "5").fill("bodies", "ten")).await;
    assert!(refused.status == 422 && refused.has("from 90 to 3650"), "{}", refused.text());
    assert_eq!(refused.form("#kept-form").value("threads"), Some("5"), "what was typed is kept");
    let form = refused.form("#kept-form").fill("threads", "100").fill("bodies", "10");
    assert_eq!(desk.submit(form).await.status, 200);
    assert_eq!(desk.get(PAGE).await.form("#kept-form").value("threads"), Some("100"));

    let bodies = "received_at IS NOT NULL";
    let said = "lower(alt) LIKE '%zqcanary%'";
    assert!(count(&server, "intake_bodies", bodies) > 0 && count(&server, "messages", said) > 0);
    server.move_clock(11 * DAY).await;
    until("bodies to be swept", Duration::from_secs(20), async || {
        (count(&server, "intake_bodies", bodies) == 0).then_some(())
    })
    .await;
    assert!(count(&server, "messages", said) > 0, "threads stay a hundred days");
    server.move_clock(101 * DAY).await;
    until("threads to be emptied", Duration::from_secs(20), async || {
        (count(&server, "messages", said) == 0).then_some(())
    })
    .await;
    assert!(count(&server, "shoppers", "email = 'zqcanary.one@example.com'") == 1, "who bought is known still");
    let seen = server.desk().await.get(&format!("/desk/threads/{thread}")).await;
    assert!(seen.status == 200 && !seen.has("Zqcanary asks"), "{}", seen.text());
    assert!(seen.has("What was said here was removed on"), "{}", seen.text());
}

#[tokio::test]
async fn whoever_chose_nothing_has_thirty_days_before_the_first_thing_goes() {
    let mut server = Server::demo().await;
    somebody(&server).await;
    server.desk().await;
    let before = count(&server, "audit_entries", "seq > 0");
    let old = format!("seq <= {before}");
    let bodies = "received_at IS NOT NULL";
    assert!(before > 0 && count(&server, "intake_bodies", bodies) > 0);
    // As after an upgrade from before there was a choice.
    server.stop();
    Raw::of(&server).run("UPDATE merchants SET retention_from = NULL").unwrap();
    server.with_env("COMPTOIR_CLOCK_OFFSET", &(800 * DAY).to_string()).start_again().await;
    let swept = async || (count(&server, "intake_bodies", bodies) == 0).then_some(());
    until("bodies to be swept, as ever", Duration::from_secs(20), swept).await;
    server.move_clock(829 * DAY).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(count(&server, "audit_entries", &old), before, "nothing else goes in the first thirty days");
    server.move_clock(831 * DAY).await;
    let swept = async || (count(&server, "audit_entries", &old) == 0).then_some(());
    until("the log to be swept", Duration::from_secs(20), swept).await;
}

#[tokio::test]
async fn the_usual_days_count_at_once_where_somebody_saved_them() {
    let mut server = Server::demo().await;
    let desk = server.desk().await;
    let before = count(&server, "audit_entries", "seq > 0");
    assert_eq!(desk.submit(desk.get(PAGE).await.form("#kept-form")).await.status, 200);
    server.stop();
    Raw::of(&server).run("UPDATE merchants SET retention_from = NULL").unwrap();
    server.with_env("COMPTOIR_CLOCK_OFFSET", &(800 * DAY).to_string()).start_again().await;
    let swept = async || (count(&server, "audit_entries", &format!("seq <= {before}")) == 0).then_some(());
    until("the log to be swept", Duration::from_secs(20), swept).await;
}

#[tokio::test]
async fn the_log_is_swept_from_its_beginning_and_whole_still() {
    let mut server = Server::demo().await;
    server.desk().await;
    let before = count(&server, "audit_entries", "seq > 0");
    assert!(before > 0);
    server.move_clock(800 * DAY).await;
    let desk = server.desk().await;
    until("the log to be swept", Duration::from_secs(20), async || {
        (count(&server, "audit_entries", &format!("seq <= {before}")) == 0).then_some(())
    })
    .await;
    let checked = desk.post("/desk/settings/activity/check", &[]).await;
    assert!(checked.has("as they were written") || checked.has("as it was written"), "{}", checked.text());
}
