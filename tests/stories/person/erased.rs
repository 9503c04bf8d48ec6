//! Everything is handed over, and then nothing is left: in no column of any table, in no file. Old news of a shop and an
//! older database bring nothing back.

use super::*;

/// Where somebody's data is kept; the search finds them in each, or it would be worth nothing.
const HELD: &[&str] = &[
    "shoppers.email",
    "shoppers.name",
    "shoppers.phone",
    "orders.email",
    "orders.ship_to",
    "orders.admin_url",
    "order_lines.custom",
    "shipments.numbers",
    "shipments.urls",
    "milestones.place",
    "milestones.message",
    "threads.mail_to",
    "messages.alt",
    "messages.blocks",
    "messages.client_id",
    "cases.words",
    "cases.decline_reason",
    "files.name",
    "intake_bodies.body",
    "challenges.email",
    "search_docs.words",
];

#[tokio::test]
async fn all_of_a_person_is_handed_over_and_then_none_of_it_is_left() {
    let mut server = Server::demo().await;
    let (shopper, thread) = somebody(&server).await;
    let desk = server.desk().await;
    let mut raw = Raw::of(&server);
    let before = raw.found();
    for place in HELD {
        assert!(before.iter().any(|found| found == place), "the search does not find {place}: {before:?}");
    }
    assert!(on_disk(server.data()).len() > 3, "letters and files");

    let at_hand = desk.post("/desk/settings/personal-data", &[("email", " ZQCANARY.one@example.com")]).await;
    assert_eq!(at_hand.url.path(), format!("/desk/shoppers/{shopper}"));
    let form = at_hand.form("#export-form").fill("current", &password(&server));
    let (kind, body) = form.body();
    let (status, headers, bytes) = raw_answer(&desk, &format!("/desk/shoppers/{shopper}/export"), &kind, body).await;
    assert_eq!((status, headers.as_str()), (200, "application/zip"));
    let archive = unzipped(&bytes);
    let data: Value = serde_json::from_slice(&archive[0].1).unwrap();
    is_whole(&data);
    let page = String::from_utf8(archive[1].1.clone()).unwrap();
    for told in ["Zqcanary Person", "Zqcanary asks", "Zqcanary is difficult", "For Zqcanary", "1 Zqcanary Street"] {
        assert!(page.contains(told), "{told}");
    }
    let files: Vec<_> = archive.iter().filter(|(name, _)| name.ends_with("-zqcanary.pdf")).collect();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(|(_, bytes)| *bytes == paper().bytes), "with their bytes");
    let document = server.api().get(&format!("/api/v1/shoppers/{shopper}/export")).await;
    assert_eq!(document.status, 200, "{}", document.body);
    is_whole(&document.json());
    assert_eq!(std::fs::read_dir(server.data().join("exports")).unwrap().count(), 0, "nothing of it is left behind");

    let refused = desk.get(&format!("/desk/shoppers/{shopper}")).await.form("#erase-form");
    let refused = desk.submit(refused.fill("confirm", "somebody").fill("current", &password(&server))).await;
    assert!(refused.status == 422 && refused.has("not what stands above"), "{}", refused.text());
    let refused = refused.form("#erase-form").fill("confirm", EMAIL).fill("current", "wrong");
    assert_eq!(desk.submit(refused).await.status, 422);
    erase(&server, &desk, &shopper, EMAIL).await;
    assert_eq!(raw.found(), Vec::<String>::new());
    let seen = desk.get(&format!("/desk/threads/{thread}")).await;
    assert!(seen.has("This person’s data was erased on") && seen.has("erased this person’s data"), "{}", seen.text());
    let words = json!({ "text": "Zqcanary again" });
    let said = server.api().json("POST", &format!("/api/v1/threads/{thread}/messages"), &words).await;
    assert_eq!(said.status, 409, "nothing more is written about them: {}", said.body);
    let order = server.api().get("/api/v1/orders?number=ZQ-1").await.json()["data"][0].clone();
    assert_eq!((&order["total"], &order["shopper"]["email"]), (&euro("35.00"), &Value::Null), "what was bought stays");
    nothing_more_is_written(&server, &thread, &order).await;
    let feed = server.api().get("/api/v1/events?limit=100").await;
    assert_eq!(feed.status, 200);
    drop(raw);
    server.stop();
    assert_eq!(on_disk(server.data()), Vec::<String>::new(), "raw, too");

    // The control: what an erasure forgot would be found.
    let mut raw = Raw::of(&server);
    let forgotten = "UPDATE order_lines SET custom = '[{\"name\":\"x\",\"value\":\"Zqcanary\"}]'";
    assert!(raw.run(forgotten).unwrap() > 0);
    assert_eq!(raw.found(), ["order_lines.custom"]);
}

/// Neither to them nor about them.
async fn nothing_more_is_written(server: &Server, thread: &str, order: &Value) {
    let readdressed = json!({ "email": "another@example.com" });
    let readdressed = server.api().json("POST", &format!("/api/v1/threads/{thread}/address"), &readdressed).await;
    assert_eq!(readdressed.status, 409, "nobody is written to: {}", readdressed.body);
    let products = server.api().get("/api/v1/products?limit=100").await.json();
    let shirt = products["data"].as_array().unwrap().iter().find(|one| one["external_id"] == "zq-shirt").unwrap();
    let wish = json!({ "line_id": order["lines"][0]["id"], "variant_id": shirt["variants"][1]["id"], "quantity": 1,
        "reason": "colour", "words": "Zqcanary" });
    let asked = server.api().json("POST", &format!("/api/v1/threads/{thread}/cases"), &wish).await;
    assert_eq!(asked.status, 409, "nothing is asked for: {}", asked.body);
}

/// The document has every word of the person that can be read.
fn is_whole(data: &Value) {
    let all = data.to_string();
    for told in [
        EMAIL,
        OTHER_EMAIL,
        "+33 6 98 76 54 32",
        "Zqcanary Person",
        "1 Zqcanary Street",
        "For Zqcanary",
        "Zqcanaryville",
        "Left with Zqcanary",
        "ZQCANARY001",
        "https://track.example/zqcanary",
        "https://shop.example/admin/zqcanary",
        "Zqcanary asks",
        "zqcanary-client-0001",
        "Zqcanary is difficult",
        "Dear Zqcanary",
        "Zqcanary wants blue",
        "Zqcanary comes too late",
        "zqcanary.pdf",
    ] {
        assert!(all.contains(told), "{told} is not in {all}");
    }
    let arrivals = data["arrivals"].as_array().unwrap();
    assert_eq!(arrivals.len(), 2, "the one that could not be applied too");
    assert_eq!(data["codes"].as_array().unwrap().len(), 1);
}

async fn raw_answer(desk: &Visitor, path: &str, kind: &str, body: Vec<u8>) -> (u16, String, Vec<u8>) {
    let (status, headers, bytes) = desk.sent(path, kind, body).await;
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    (status, kind, bytes)
}

#[tokio::test]
async fn an_old_order_told_again_stays_nameless_and_who_buys_again_is_somebody_new() {
    let server = Server::demo().await;
    let (shopper, _) = somebody(&server).await;
    let before = chrono::Utc::now();
    let erased = server.api().json("POST", &format!("/api/v1/shoppers/{shopper}/erasure"), &json!({})).await;
    assert_eq!(erased.status, 202, "{}", erased.body);
    let desk = server.desk().await;
    finished(&desk, &shopper).await;
    let later = chrono::Utc::now() + chrono::Duration::seconds(30);
    // The known one, newer; and one of before that was not known.
    for number in [1, 3] {
        assert_eq!(server.generic(&order(number, before - chrono::Duration::hours(1), later)).send().await.status, 202);
    }
    assert_eq!(Raw::of(&server).found(), Vec::<String>::new());
    let old = server.api().get("/api/v1/orders?number=ZQ-3").await.json()["data"][0].clone();
    assert_eq!((text(&old["shopper"]["id"]), &old["shopper"]["email"]), (shopper.clone(), &Value::Null));
    let again = server.api().json("POST", &format!("/api/v1/shoppers/{shopper}/erasure"), &json!({})).await;
    assert_eq!((again.status, &again.json()["erased_at"]), (202, &erased.json()["erased_at"]), "once is enough");

    let now = chrono::Utc::now();
    assert_eq!(server.generic(&order(4, now, now)).send().await.status, 202);
    let new = server.api().get("/api/v1/orders?number=ZQ-4").await.json()["data"][0].clone();
    assert_eq!(new["shopper"]["email"], EMAIL);
    assert_ne!(text(&new["shopper"]["id"]), shopper);
}

#[tokio::test]
async fn whoever_gave_the_same_telephone_keeps_what_is_theirs() {
    let server = Server::demo().await;
    let (shopper, _) = somebody(&server).await;
    let now = chrono::Utc::now();
    let neighbours = order(7, now, now).to_string().replace("zqcanary", "neighbour").replace("Zqcanary", "Neighbour");
    let neighbours: Value = serde_json::from_str(&neighbours.replace("ZQCANARY001", "NB001")).unwrap();
    assert_eq!(server.generic(&neighbours).send().await.status, 202);
    let mut broken = neighbours.clone();
    broken["data"]["external_id"] = json!("nb-8");
    broken["data"]["total"] = json!("much");
    assert_eq!(server.generic(&broken).send().await.status, 422);

    let handed_over = server.api().get(&format!("/api/v1/shoppers/{shopper}/export")).await;
    assert_eq!(handed_over.status, 200, "{}", handed_over.body);
    assert!(!handed_over.body.to_lowercase().contains("neighbour"), "{}", handed_over.body);
    let kept = "SELECT CAST(count(*) AS TEXT) AS value FROM intake_bodies";
    let before: i64 = Raw::of(&server).cells(kept)[0].parse().unwrap();
    erase(&server, &server.desk().await, &shopper, EMAIL).await;
    let after: i64 = Raw::of(&server).cells(kept)[0].parse().unwrap();
    assert_eq!(before - after, 2, "the order and what could not be applied of the one who was erased");
    let order = server.api().get("/api/v1/orders?number=ZQ-7").await.json()["data"][0].clone();
    assert_eq!(order["shopper"]["email"], "neighbour.one@example.com");
    assert_eq!(order["shopper"]["name"], "Neighbour Person");
}

#[tokio::test]
async fn data_from_before_an_erasure_is_erased_again_at_the_start() {
    let mut server = Server::demo().await;
    let (shopper, thread) = somebody(&server).await;
    let desk = server.desk().await;
    erase(&server, &desk, &shopper, EMAIL).await;
    server.stop();
    let list = std::fs::read_to_string(server.data().join("erasures.jsonl")).unwrap();
    assert!(list.contains(&shopper) && !list.to_lowercase().contains(CANARY), "{list}");

    // As it was before: the row of the erasure is not there, the person is.
    let mut raw = Raw::of(&server);
    for sql in [
        "DELETE FROM erasures",
        "UPDATE orders SET erased_at = NULL WHERE number LIKE '#ZQ%'",
        "UPDATE order_lines SET custom = '[{\"name\":\"x\",\"value\":\"Zqcanary\"}]' WHERE title = 'Plain shirt'",
        "UPDATE shoppers SET erased_at = NULL, email = 'zqcanary.one@example.com', name = 'Zqcanary' WHERE erased_at IS NOT NULL",
    ] {
        assert!(raw.run(sql).unwrap() > 0, "{sql}");
    }
    assert_eq!(raw.found(), ["order_lines.custom", "shoppers.email", "shoppers.name"].map(str::to_owned));
    drop(raw);
    server.start_again().await;
    let desk = server.desk().await;
    until("it is erased again", Duration::from_secs(15), async || {
        let page = desk.get(&format!("/desk/shoppers/{shopper}")).await;
        page.has("Nothing of it is left").then_some(())
    })
    .await;
    assert_eq!(Raw::of(&server).found(), Vec::<String>::new());
    assert!(acts(&server).await.contains(&("erased".to_owned(), "system".to_owned())));
    assert_eq!(desk.get(&format!("/desk/threads/{thread}")).await.status, 200);
}
