//! Days are the shop's: between midnight there and midnight elsewhere, today is what its own calendar says.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::super::support::{Server, Visitor, page::Page};
use super::{bought_by, page_of, thread_of};

/// Seconds from this machine's clock to a moment.
fn until(text: &str) -> i64 {
    (text.parse::<DateTime<Utc>>().unwrap() - Utc::now()).num_seconds()
}

/// The headings of the days in a log.
fn days(page: &Page) -> Vec<String> {
    page.select("#log .day")
}

async fn in_zone(desk: &Visitor, zone: &str) {
    let look = desk.get("/desk/settings/shop").await.form("form[data-preview]");
    let saved = desk.submit(look.choose("zone", zone)).await;
    assert!(saved.status == 200 && saved.has("Saved."), "{}", saved.text());
}

#[tokio::test]
async fn between_two_midnights_a_day_is_what_the_shops_calendar_says() {
    // Saturday evening, twenty past eleven in Paris.
    let mut server = Server::demo().with_clock_offset(until("2026-11-28T22:20:00Z")).await;
    let mut order = bought_by("nora@example.com", 7, 0);
    let told = "2026-11-28T20:00:00Z";
    order["data"]["placed_at"] = json!(told);
    order["data"]["updated_at"] = json!(told);
    order["data"]["shipments"] = json!([{"external_id": "p1", "carrier": "DPD", "numbers": ["0580"], "status": "in_transit",
        "shipped_at": told, "updated_at": told}]);
    assert_eq!(server.generic(&order).send().await.status, 202);
    let promised = json!({"type": "shipment.upserted", "timestamp": told, "data": {"order_id": "many-7", "external_id": "p1",
        "carrier": "DPD", "numbers": ["0580"], "status": "in_transit", "shipped_at": told, "updated_at": told,
        "milestones": [{"external_id": "m1", "status": "in_transit", "at": told, "expected_at": "2026-11-29T10:00:00Z"}]}});
    let taken = server.generic(&promised).send().await;
    assert_eq!(taken.status, 202, "{}", taken.body);
    let thread = thread_of(&server, "M-7").await;
    let say = async |server: &Server, text: &str| {
        let there = format!("/api/v1/threads/{thread}/messages");
        let said = server.api().json("POST", &there, &json!({ "text": text })).await;
        assert_eq!(said.status, 201, "{}", said.body);
    };
    say(&server, "Said before midnight.").await;
    let before = page_of(&server, "M-7").await;
    assert_eq!(before.one("#order-card h2"), "Arriving tomorrow");
    assert_eq!(days(&before), ["Today"], "{}", before.text());

    // Half past midnight in Paris, and still the day before by Greenwich.
    server.move_clock(until("2026-11-28T23:30:20Z")).await;
    say(&server, "Said after midnight.").await;
    let after = page_of(&server, "M-7").await;
    assert_eq!(after.one("#order-card h2"), "Arriving today");
    assert_eq!(days(&after), ["Yesterday", "Today"], "{}", after.text());
    let desk = server.desk().await;
    let talk = desk.get(&format!("/desk/threads/{thread}")).await;
    assert_eq!(days(&talk), ["Yesterday", "Today"], "{}", talk.text());

    // The same moment where the shop is elsewhere: it is still, or has long been, another day.
    in_zone(&desk, "Europe/London").await;
    let london = page_of(&server, "M-7").await;
    assert_eq!((london.one("#order-card h2").as_str(), days(&london)), ("Arriving tomorrow", vec!["Today".to_owned()]));
    in_zone(&desk, "Pacific/Auckland").await;
    let auckland = page_of(&server, "M-7").await;
    assert_eq!(
        (auckland.one("#order-card h2").as_str(), days(&auckland)),
        ("Arriving today", vec!["Today".to_owned()])
    );
    assert!(auckland.one("#log").contains("12:30"), "and the time is of its clock: {}", auckland.one("#log"));
    // An hour of Auckland's later the parcel was to come the day before.
    server.move_clock(until("2026-11-29T11:30:00Z")).await;
    let late = page_of(&server, "M-7").await;
    assert_eq!(late.one("#order-card h2"), "1 day late", "{}", late.text());
}
