//! A present: its buyer makes a link, and whoever gets it sees what is inside and where it is. Nothing else goes with it.

use chrono::{Duration, Utc};
use serde_json::json;

use super::support::{Server, Visitor, page::Page};

const DAY: i64 = 24 * 3600;

/// What may never stand on the page of a present: the buyer, the money, the numbers that open doors, the carrier's own words.
const CANARIES: &[&str] = &[
    "Canary",
    "canary",
    "7712",
    "35,00",
    "35.00",
    "70,00",
    "70.00",
    "4,90",
    "4.90",
    "74,90",
    "74.90",
    "€",
    "EUR",
    "0612345678",
    "Signed",
    "Cassis",
    "13260",
];

/// An order of two shirts in a parcel, every word of its buyer a canary.
async fn bought(server: &Server) -> (Visitor, Page) {
    let (now, euro) = (Utc::now(), |amount: &str| json!({ "amount": amount, "currency": "EUR" }));
    let line = json!({ "external_id": "l-1", "title": "Linen shirt", "quantity": 2, "unit_price": euro("35.00"),
        "options": [{ "name": "Colour", "value": "Ecru" }, { "name": "Size", "value": "M" }] });
    let order = json!({ "external_id": "canary-7712", "number": "#CANARY-7712", "placed_at": now,
        "updated_at": now, "currency": "EUR", "payment_state": "paid", "fulfilment_state": "fulfilled",
        "customer": { "name": "Canary Roussel", "email": "canary@example.com", "phone": "0612345678", "locale": "en" },
        "ship_to": { "name": "Canary Roussel", "line1": "1 quai Canary", "postcode": "13260", "city": "Cassis", "country": "FR" },
        "lines": [line], "shipping_total": euro("4.90"), "total": euro("74.90") });
    let parcel = json!({ "external_id": "p-1", "order_id": "canary-7712", "carrier": "Colissimo", "numbers": ["8R4471209"],
        "urls": ["https://track.example/8R4471209?zip=13260&name=Canary"], "status": "in_transit", "updated_at": now,
        "milestones": [{ "external_id": "m-1", "status": "in_transit", "at": now - Duration::hours(3), "place": "Cassis",
            "message": "Signed for by C. Canary" }] });
    for (kind, data) in [("order.upserted", order), ("shipment.upserted", parcel)] {
        let told = server.generic(&json!({ "type": kind, "timestamp": now, "data": data })).send().await;
        assert_eq!((told.status, &told.json()["verdict"]), (202, &json!("applied")), "{}", told.body);
    }
    let mail = server.mail_to("canary@example.com", "/t#").await;
    let link = mail.link(&server.url("/t#")).unwrap();
    let buyer = server.stranger().with_header("accept-language", "en");
    let page = buyer.post("/t/open", &[("token", link.split('#').nth(1).unwrap())]).await;
    assert!(page.has("CANARY-7712") && page.has("Cassis") && page.has("Canary"), "{}", page.text());
    (buyer, page)
}

/// Makes the link on the buyer's page; gives its path.
async fn made(server: &Server, buyer: &Visitor, thread: &Page) -> String {
    let page = buyer.get(&thread.link("a[href$='/gift']")).await;
    assert!(page.select("#gift-link").is_empty(), "nothing is shared before somebody says so");
    let page = buyer.submit(page.form("main form")).await;
    let link = page.one("#gift-link");
    assert!(page.attribute("svg.qr path", "d").is_some(), "{}", page.text());
    link.strip_prefix(server.base_url().trim_end_matches('/')).unwrap_or_else(|| panic!("{link}")).to_owned()
}

/// Everything of a page but its icons, whose curves are full of numbers.
fn without_drawings(page: &Page) -> String {
    let pieces = page.body.split("<symbol").enumerate();
    pieces.map(|(at, piece)| if at == 0 { piece } else { piece.split("</symbol>").nth(1).unwrap_or(piece) }).collect()
}

#[tokio::test]
async fn who_gets_a_present_sees_it_and_its_way_and_nothing_of_its_buyer() {
    let server = Server::demo().await;
    let (buyer, thread) = bought(&server).await;
    let gift = made(&server, &buyer, &thread).await;

    for (lang, headline) in [("en", "On its way"), ("fr", "En route"), ("de", ""), ("nl", "")] {
        let friend = server.stranger().with_header("accept-language", lang);
        let page = friend.get(&format!("{gift}?lang={lang}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(headline.is_empty() || page.one("h1") == headline, "{}", page.one("h1"));
        for part in ["Linen shirt", "Ecru, M", "Colissimo", "8R4471209"] {
            assert!(page.has(part), "{lang}: {part} in {}", page.text());
        }
        for canary in CANARIES {
            assert!(!without_drawings(&page).contains(canary), "{lang}: {canary} in {}", page.body);
        }
        assert!(page.header("set-cookie").is_none_or(|cookie| cookie.contains("language")), "it opens nothing");
        assert!(page.header("cache-control").is_some_and(|kept| kept.contains("no-store")));
        // The same person in the same browser gets no further.
        for (method, path) in
            [("GET", ""), ("GET", "/orders"), ("GET", "/gift"), ("POST", "/gift/end"), ("GET", "/live")]
        {
            let path = format!("{}{path}", thread.url.path());
            let tried = if method == "GET" { friend.get(&path).await } else { friend.post(&path, &[]).await };
            assert_eq!(tried.status, 404, "{method} {path}");
        }
    }
    assert!(buyer.get(&format!("{}/gift", thread.url.path())).await.has(&gift), "it is still there");
}

#[tokio::test]
async fn a_gift_link_ends_when_its_buyer_says_so_with_the_threads_links_and_by_itself() {
    let mut server = Server::demo().await;
    let (buyer, thread) = bought(&server).await;
    let first = made(&server, &buyer, &thread).await;
    let home = format!("{}/gift", thread.url.path());

    let page = buyer.get(&home).await;
    let again = buyer.submit(page.form("main form")).await;
    assert!(again.select("#gift-link").is_empty());
    let over = server.stranger().get(&first).await;
    assert_eq!(over.status, 410, "{}", over.text());
    assert!(over.has("This link has ended") && over.has("Maison Calanque"), "{}", over.text());
    let second = made(&server, &buyer, &thread).await;
    assert_ne!(first, second);
    assert_eq!(server.stranger().get(&second).await.status, 200);
    assert_eq!(server.stranger().get(&first).await.status, 410, "an ended link stays ended");
    // Twice is once.
    buyer.post(&home, &[]).await;
    assert!(buyer.get(&home).await.has(&second));

    // One kind of link is not the other.
    let token = second.rsplit('/').next().unwrap();
    assert_eq!(server.stranger().post("/t/open", &[("token", token)]).await.status, 410);
    let link = server.told().shopper_links[0].clone();
    assert_eq!(server.stranger().get(&format!("/gift/{}", link.split('#').nth(1).unwrap())).await.status, 404);
    for bad in ["x", "%00", &token[1..], &"A".repeat(4000)] {
        assert_eq!(server.stranger().get(&format!("/gift/{bad}")).await.status, 404, "{bad}");
    }

    let orders = server.api().get("/api/v1/orders?external_id=canary-7712").await.json();
    let id = orders["data"][0]["thread_id"].as_str().unwrap().to_owned();
    let desk = server.desk().await;
    let page = desk.get(&format!("/desk/threads/{id}")).await;
    desk.submit(page.form("form[action*='/link-revocation']")).await;
    assert_eq!(server.stranger().get(&second).await.status, 410, "revoked with the thread's links");

    // A fresh one ends by itself.
    let page = desk.get(&format!("/desk/threads/{id}")).await;
    let link = page.select(".copyfield code").into_iter().find(|text| text.contains("/t#")).unwrap();
    let buyer = server.stranger().with_header("accept-language", "en");
    let thread = buyer.post("/t/open", &[("token", link.split('#').nth(1).unwrap())]).await;
    let third = made(&server, &buyer, &thread).await;
    server.move_clock(89 * DAY - 3600).await;
    assert_eq!(server.stranger().get(&third).await.status, 200);
    server.move_clock(91 * DAY).await;
    assert_eq!(server.stranger().get(&third).await.status, 410);
}

#[tokio::test]
async fn a_present_that_was_cancelled_tells_of_no_money() {
    let server = Server::demo().await;
    let (buyer, thread) = bought(&server).await;
    let gift = made(&server, &buyer, &thread).await;
    let (now, euro) = (Utc::now(), |amount: &str| json!({ "amount": amount, "currency": "EUR" }));
    let order = json!({ "external_id": "canary-7712", "number": "#CANARY-7712", "placed_at": now,
        "updated_at": now + Duration::seconds(1), "cancelled_at": now, "currency": "EUR", "payment_state": "refunded",
        "fulfilment_state": "fulfilled", "customer": { "name": "Canary Roussel", "email": "canary@example.com" },
        "lines": [{ "external_id": "l-1", "title": "Linen shirt", "quantity": 2, "unit_price": euro("35.00") }],
        "shipping_total": euro("4.90"), "total": euro("74.90"), "refunded_total": euro("74.90") });
    let told = server.generic(&json!({ "type": "order.upserted", "timestamp": now, "data": order })).send().await;
    assert_eq!((told.status, &told.json()["verdict"]), (202, &json!("applied")), "{}", told.body);
    let page = server.stranger().with_header("accept-language", "en").get(&gift).await;
    assert_eq!((page.status, page.one("h1").as_str()), (200, "Nothing is on its way"));
    for word in CANARIES.iter().copied().chain(["ancelled", "efund", "Linen"]) {
        assert!(!without_drawings(&page).contains(word), "{word} in {}", page.text());
    }
}
