//! Opening hours by the API: the same rules as on the desk's page, and what is wrong named by its place.

use serde_json::{Value, json};

use super::super::support::{Server, Visitor, page::Page};
use super::{HOURS, demo_at, keep_office_hours, moment, shop, thread, thread_id, write};

fn span(day: u8, from: &str, to: &str) -> Value {
    json!({ "day": day, "from": from, "to": to })
}

async fn hours(api: &Visitor, shop: &str) -> Value {
    let told = api.get(&format!("/api/v1/shops/{shop}/hours")).await;
    assert_eq!(told.status, 200, "{}", told.body);
    told.json()
}

async fn set(api: &Visitor, shop: &str, body: &Value) -> Page {
    api.json("PATCH", &format!("/api/v1/shops/{shop}/hours"), body).await
}

#[tokio::test]
async fn a_program_reads_and_sets_hours_and_what_is_owed_follows() {
    // Friday, twenty past five in Paris.
    let server = demo_at("2026-11-27T16:20:00Z").await;
    let (desk, api) = (server.desk().await, server.api());
    let id = shop(&desk).await;
    let empty = json!({ "shop_id": id, "time_zone": "Europe/Paris", "week": [], "closures": [], "reply_minutes": 60 });
    assert_eq!(hours(&api, &id).await, empty, "round the clock");
    keep_office_hours(&desk).await;
    let told = hours(&api, &id).await;
    let office: Vec<Value> = (1..=5).map(|day| span(day, "09:00", "18:00")).collect();
    assert_eq!(told["week"], json!(office), "as the desk's page set them");
    assert!(hours(&api, &id).await["closures"].as_array().unwrap().is_empty());

    let (shopper, path) = super::camille(&server).await;
    write(&shopper, &path, "Une question.").await;
    let (asked, in_due) =
        (thread_id(&server).await, async |id: &str| moment(&thread(&server, id).await["reply_due_at"]));
    let monday = in_due(&asked).await;
    // A list that is named is replaced as a whole; what is left out stays.
    let bridge = json!({ "first": "2026-11-30", "name": "Inventaire" });
    let closed =
        set(&api, &id, &json!({ "closures": [bridge, { "first": "2026-12-24", "last": "2026-12-26" }] })).await;
    assert_eq!(closed.status, 200, "{}", closed.body);
    let days = json!([{ "first": "2026-11-30", "last": "2026-11-30", "name": "Inventaire" },
        { "first": "2026-12-24", "last": "2026-12-26", "name": "" }]);
    let now = closed.json();
    assert_eq!((&now["closures"], &now["week"]), (&days, &json!(office)));
    assert_eq!(in_due(&asked).await, monday + chrono::Duration::days(1), "and when the answer is due follows");
    assert!(desk.get(HOURS).await.has("Inventaire"));
    let nights = [span(6, "20:00", "24:00"), span(7, "0:00", "02:00")];
    let body = json!({ "week": nights, "reply_minutes": 30 });
    for _ in 0..2 {
        let again = set(&api, &id, &body).await;
        assert_eq!(again.status, 200, "the same twice is the same: {}", again.body);
        let again = again.json();
        assert_eq!(again["week"], json!([span(6, "20:00", "24:00"), span(7, "00:00", "02:00")]));
        assert_eq!((&again["reply_minutes"], &again["closures"]), (&json!(30), &days));
    }
    assert_eq!(set(&api, &id, &json!({})).await.json(), hours(&api, &id).await, "nothing named, nothing changed");
    let back = set(&api, &id, &json!({ "week": [], "closures": [], "reply_minutes": 60 })).await;
    assert_eq!(back.json(), empty);
}

#[tokio::test]
async fn what_a_program_cannot_mean_is_named_by_its_place_and_nothing_of_it_is_kept() {
    let server = Server::demo().await;
    let (api, id) = (server.api(), shop(&server.desk().await).await);
    let before = set(&api, &id, &json!({ "week": [span(1, "09:00", "18:00")] })).await.json();
    let seven: Vec<Value> =
        (0..7).map(|at| span(2, &format!("{:02}:00", at * 2), &format!("{:02}:00", at * 2 + 1))).collect();
    let many: Vec<Value> =
        (0..101).map(|at| json!({ "first": format!("{}-01-01", 2027 + at % 70), "last": "" })).collect();
    let closure =
        |first: &str, last: &str, name: &str| json!({ "closures": [{ "first": first, "last": last, "name": name }] });
    for (body, pointer) in [
        (json!({ "week": [span(1, "09:00", "12:00"), span(8, "09:00", "12:00")] }), "/week/1/day"),
        (json!({ "week": [span(0, "09:00", "12:00")] }), "/week/0/day"),
        (json!({ "week": [{ "day": 300, "from": "09:00", "to": "12:00" }] }), "/week/0/day"),
        (json!({ "week": [{ "day": 1, "from": "09:00" }] }), "/week/0/to"),
        (json!({ "week": [span(1, "noon", "12:00")] }), "/week/0/from"),
        (json!({ "week": [span(1, "09:00", "25:00")] }), "/week/0/to"),
        (json!({ "week": [span(1, "12:00", "09:00")] }), "/week/0/to"),
        (json!({ "week": [span(1, "09:00", "12:00"), span(1, "11:00", "13:00")] }), "/week/1/from"),
        (json!({ "week": seven }), "/week/6/day"),
        (closure("2026-02-30", "", ""), "/closures/0/first"),
        (closure("2026-08-24", "2026-08-01", ""), "/closures/0/last"),
        (closure("2026-01-01", "2027-06-01", ""), "/closures/0/last"),
        (closure("2026-01-01", "", &"é".repeat(61)), "/closures/0/name"),
        (json!({ "closures": many }), "/closures/70/first"),
        (json!({ "reply_minutes": 0 }), "/reply_minutes"),
        (json!({ "reply_minutes": 40_321 }), "/reply_minutes"),
        (json!({ "reply_minutes": "soon" }), "/reply_minutes"),
        (json!({ "week": [span(3, "09:00", "12:00")], "reply_minutes": -1 }), "/reply_minutes"),
        (json!({ "zone": "Europe/Paris" }), "/zone"),
        (json!({ "week": "never" }), "/week"),
    ] {
        let refused = set(&api, &id, &body).await;
        assert_eq!(refused.status, 422, "{pointer}: {}", refused.body);
        assert_eq!(refused.json()["errors"][0]["pointer"], pointer, "{}", refused.body);
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    }
    assert_eq!(hours(&api, &id).await, before, "nothing of it was kept");
    let path = format!("/api/v1/shops/{id}/hours");
    assert_eq!(api.raw("PATCH", &path, "application/json", b"{".to_vec()).await.status, 400);
    assert_eq!(server.stranger().get(&path).await.status, 401);
    assert_eq!(api.json("POST", &path, &json!({})).await.status, 405);
    assert_eq!(api.get("/api/v1/shops/shp_nothing/hours").await.status, 404);
}
