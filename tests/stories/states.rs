//! The shopper's page in every state of an order, and the list of all orders of an address that was shown to be theirs.

mod browser;
mod calendar;

use std::{collections::BTreeSet, time::Duration};

use chrono::{Duration as Span, Utc};
use serde_json::{Value, json};

use super::support::{Server, Visitor, page::Page, until};

const SALOME: &str = "salome.vidal@example.com";

/// The thread of a demo order, as the desk and programs name it.
async fn thread_of(server: &Server, number: &str) -> String {
    let order = server.api().get(&format!("/api/v1/orders?number={number}")).await.json()["data"][0].clone();
    order["thread_id"].as_str().unwrap_or_else(|| panic!("{number} has a thread: {order}")).to_owned()
}

/// How often the feed tells of something of this name.
async fn told_in_feed(server: &Server, name: &str) -> usize {
    let (mut times, mut address) = (0, Some("/api/v1/events?limit=100".to_owned()));
    while let Some(page) = address {
        let body = server.api().get(&page).await.json();
        let events = body["data"].as_array().unwrap();
        times += events.iter().filter(|event| event["type"] == json!(name)).count();
        address = body["next"].as_str().map(|cursor| format!("/api/v1/events?limit=100&cursor={cursor}"));
    }
    times
}

/// The thread of a demo order, opened by its link alone.
async fn by_link(server: &Server, number: &str, lang: &str) -> (Visitor, Page) {
    for link in server.told().shopper_links {
        let shopper = server.stranger().with_header("accept-language", lang);
        let token = link.split_once('#').unwrap().1.to_owned();
        let page = shopper.post("/t/open", &[("token", &token)]).await;
        if page.one("#order-card").contains(number) {
            let page = shopper.get(&format!("{}?lang={lang}", page.url.path())).await;
            return (shopper, page);
        }
    }
    panic!("no link leads to {number}");
}

/// Shows by the code that was sent that the address is the visitor's, from the page that asks for it.
async fn proven(server: &Server, shopper: &Visitor, page: &Page, address: &str) -> Page {
    let code_page = shopper.submit(page.form("form[action$='/orders/code']")).await;
    let code = until("the code", Duration::from_secs(10), async || {
        let mails = server.mails();
        mails.into_iter().rev().find(|mail| mail.is_to(address) && mail.code().is_some())?.code()
    })
    .await;
    shopper.submit(code_page.form("form[data-code]").fill("code", &code)).await
}

fn quick(page: &Page) -> Vec<String> {
    page.select(".quick .chip")
}

#[tokio::test]
async fn each_state_of_an_order_says_what_is_known_and_offers_what_fits() {
    let server = Server::demo().await;
    let (_, several) = by_link(&server, "10486", "en").await;
    assert_eq!(several.one("#order-card h2"), "1 delivered, 2 on the way");
    assert_eq!(several.one("#order-card .ship__when"), "The next one arrives tomorrow");
    assert_eq!(several.select(".parcel h3"), ["Delivered", "Arriving tomorrow", "Being prepared"]);
    assert_eq!(several.select(".parcel .thumb").len(), 3, "what is in each parcel");
    assert!(several.has("8R44712099001") && several.has("XT093318899FR") && several.has("Parcel 2 of 3"));
    assert_eq!(several.attribute("#arrival", "hidden").as_deref(), Some(""));

    let (_, late) = by_link(&server, "10463", "en").await;
    assert!(late.one("#order-card h2").ends_with("days late"), "{}", late.one("#order-card h2"));
    assert!(late.one("#order-card .ship__when").starts_with("Was expected on"));
    assert_eq!(quick(&late)[..2], ["Where is my parcel?", "Track"]);
    assert!(late.one("#arrival").contains("Shall we look into it?"));

    let (_, cancelled) = by_link(&server, "10451", "fr").await;
    assert_eq!(cancelled.one("#order-card h2"), "Annulée");
    assert!(cancelled.has("54,00 € vous ont été remboursés."));
    assert_eq!(cancelled.select(".item__price--off").len(), 1);
    assert_eq!(quick(&cancelled), ["Une question", "Vos commandes"]);

    let (_, booking) = by_link(&server, "10488", "fr").await;
    assert_eq!(booking.one("#order-card h2"), "Réservation confirmée");
    let text = booking.text().to_lowercase();
    assert!(!text.contains("colis") && !text.contains("livr") && !text.contains("expédi"), "{text}");
    assert!(booking.select(".progress").is_empty());

    let (_, new) = by_link(&server, "10490", "en").await;
    assert!(new.has("Nothing has been said yet."), "an empty thread invites");
    assert!(quick(&new).contains(&"Change of address".to_owned()));
}

#[tokio::test]
async fn a_question_is_written_already_and_sends_as_a_plain_form() {
    let server = Server::demo().await;
    let (shopper, late) = by_link(&server, "10463", "en").await;
    let page = shopper.get(&late.link(".quick a[href^='?ask=where']")).await;
    let form = page.form("form#composer");
    assert_eq!(form.value("text"), Some("Hello, where is the parcel of order 10463?"));
    let page = shopper.submit(form).await;
    assert!(page.one("#log").contains("Hello, where is the parcel of order 10463?"));
    assert!(!page.has("Nothing has been said yet."));
    let nothing = shopper.get(&format!("{}?ask=%3Cscript%3E", page.url.path())).await;
    assert_eq!((nothing.status, nothing.form("form#composer").value("text").unwrap_or_default()), (200, ""));
}

#[tokio::test]
async fn all_is_well_is_said_once_and_reaches_the_desk_and_the_feed() {
    let server = Server::demo().await;
    let (shopper, page) = by_link(&server, "10474", "en").await;
    assert!(page.one("#arrival").contains("All well?") && page.has("You can ask for an exchange until"));
    assert!(page.link("#arrival a").ends_with("/exchange"), "a problem leads to the exchange while there is one");
    let thanked = shopper.submit(page.form("#arrival form")).await;
    assert!(thanked.one("#arrival").contains("Thank you, noted."));
    assert!(thanked.one("#log").contains("You said that all is well"));
    // Once more from another tab: nothing new.
    shopper.submit(page.form("#arrival form")).await;
    // The feed takes a moment to have what was committed.
    let confirmed = until("the feed tells of it", Duration::from_secs(10), async || {
        Some(told_in_feed(&server, "delivery.confirmed").await).filter(|times| *times > 0)
    })
    .await;
    assert_eq!(confirmed, 1);
    let thread = thread_of(&server, "10474").await;
    let desk = server.desk().await.get(&format!("/desk/threads/{thread}")).await;
    assert!(desk.has("said that all is well"), "{}", desk.text());
    assert!(desk.status == 200);
}

#[tokio::test]
async fn nothing_that_has_not_arrived_is_well() {
    let server = Server::demo().await;
    for number in ["10486", "10463", "10451", "10488"] {
        let (shopper, page) = by_link(&server, number, "en").await;
        let answer = shopper.post(&format!("{}/all-well", page.url.path()), &[]).await;
        assert_eq!(answer.status, 409, "{number}");
        assert!(answer.has("Not everything in this order has arrived yet."), "{}", answer.text());
    }
    let (shopper, page) = by_link(&server, "10474", "en").await;
    let own = page.url.path().to_owned();
    let (_, other) = by_link(&server, "10467", "en").await;
    for path in [other.url.path(), "/t/thr_nothing", "/t/x"] {
        assert_eq!(shopper.post(&format!("{path}/all-well"), &[]).await.status, 404, "{path}");
        assert_eq!(shopper.get(&format!("{path}/orders")).await.status, 404, "{path}");
        assert_eq!(shopper.post(&format!("{path}/orders/code"), &[]).await.status, 404, "{path}");
    }
    assert_eq!(server.stranger().post(&format!("{own}/all-well"), &[]).await.status, 404);
}

#[tokio::test]
async fn the_list_opens_by_a_code_and_shows_the_orders_of_that_address_alone() {
    let server = Server::demo().await;
    let (shopper, thread) = by_link(&server, "10474", "en").await;
    let locked = shopper.get(&thread.link("a[href$='/orders']")).await;
    // With the link alone nothing is told: neither others, nor how many, nor the address.
    for secret in [SALOME, "10486", "10463", "10102", "10488"] {
        assert!(!locked.body.contains(secret), "{secret}");
    }
    assert!(locked.has("s•••••l@example.com"));
    assert_eq!(shopper.get("/t/thr_0").await.status, 404);

    let list = proven(&server, &shopper, &locked, SALOME).await;
    assert!(list.url.path().ends_with("/orders"), "{}", list.url);
    assert_eq!(list.one("h1"), "Your orders");
    let cards = list.select(".purchase");
    let order: Vec<bool> = ["10488", "10486", "10474", "10463", "10451", "10102"]
        .iter()
        .zip(&cards)
        .map(|(number, card)| card.contains(number))
        .collect();
    assert_eq!((cards.len(), order), (6, vec![true; 6]), "the newest first: {cards:?}");
    assert!(cards[1].contains("1 delivered, 2 on the way") && cards[4].contains("Cancelled"));
    for other in ["10482", "10467", "Camille", "Jonas"] {
        assert!(!list.body.contains(other), "{other}");
    }
    // Every one of them opens, in this browser alone.
    for link in list.links().into_iter().map(|(_, link)| link).filter(|link| link.contains("/t/thr_")) {
        assert_eq!(shopper.get(&link).await.status, 200, "{link}");
        assert_eq!(server.stranger().get(&link).await.status, 404, "{link}");
    }
    let (_, foreign) = by_link(&server, "10482", "en").await;
    assert_eq!(shopper.get(foreign.url.path()).await.status, 404);
    // An answer that was not seen yet stands on its order.
    let agent = server.api();
    let own = thread_of(&server, "10463").await;
    let said = json!({ "text": "We are looking for it." });
    let sent = agent.json("POST", &format!("/api/v1/threads/{}/messages", own), &said).await;
    assert!(sent.status < 300, "{}", sent.body);
    let list = shopper.get(list.url.path()).await;
    assert!(list.select(".purchase")[3].contains("We are looking for it."), "{:?}", list.select(".purchase"));
}

#[tokio::test]
async fn a_corrected_address_leaves_the_list_it_was_in() {
    let server = Server::demo().await;
    let (shopper, thread) = by_link(&server, "10474", "en").await;
    let locked = shopper.get(&format!("{}/orders", thread.url.path())).await;
    let list = proven(&server, &shopper, &locked, SALOME).await;
    assert_eq!(list.select(".purchase").len(), 6);
    let moved = thread_of(&server, "10463").await;
    let card = list.links().into_iter().find(|(words, _)| words.contains("10463")).unwrap().1;
    assert_eq!(shopper.get(&card).await.status, 200);
    let desk = server.desk().await;
    let answer = desk.post(&format!("/desk/threads/{moved}/address"), &[("email", "somebody.else@example.com")]).await;
    assert!(answer.status < 400, "{}", answer.text());
    assert_eq!(shopper.get(list.url.path()).await.select(".purchase").len(), 5);
    assert_eq!(shopper.get(&card).await.status, 404);
}

#[tokio::test]
async fn a_short_list_is_one_page_whichever_is_asked_for() {
    let server = Server::demo().await;
    let (shopper, thread) = by_link(&server, "10474", "fr").await;
    let locked = shopper.get(&format!("{}/orders", thread.url.path())).await;
    let list = proven(&server, &shopper, &locked, SALOME).await;
    assert!(list.has("Vos commandes") && list.select("nav").is_empty());
    for page in ["0", "1", "9", "18446744073709551615"] {
        let same = shopper.get(&format!("{}?page={page}", list.url.path())).await;
        assert_eq!((same.status, same.select(".purchase")), (200, list.select(".purchase")), "{page}");
        assert!(!same.has("Aucune commande ici") && same.select(".orders__pages").is_empty(), "{page}");
    }
    assert_eq!(shopper.get(&format!("{}?page=-1", list.url.path())).await.status, 422);
}

/// An order of an address, so many hours old.
fn bought_by(email: &str, number: u64, hours_ago: i64) -> Value {
    let at = (Utc::now() - Span::hours(hours_ago)).to_rfc3339();
    json!({"type": "order.upserted", "timestamp": at, "data": {
        "external_id": format!("many-{number}"), "number": format!("M-{number}"), "kind": "goods", "currency": "EUR",
        "placed_at": at, "updated_at": at, "payment_state": "paid", "placed": true, "fulfilment_state": "none",
        "customer": {"name": "Salomé Vidal", "email": email, "locale": "fr"},
        "lines": [{"external_id": "1", "title": "Scarf", "quantity": 1, "unit_price": {"amount": "20.00", "currency": "EUR"}}],
        "total": {"amount": "20.00", "currency": "EUR"},
    }})
}

#[tokio::test]
async fn a_long_list_comes_in_pages_with_ways_back_and_forth() {
    let server = Server::demo().await;
    // Six are there; twenty more of hers and one of somebody else's, older than all of those.
    for number in 1..=20_u64 {
        let hours = 20_000 + i64::try_from(number).unwrap();
        assert_eq!(server.generic(&bought_by(SALOME, number, hours)).send().await.status, 202);
    }
    assert_eq!(server.generic(&bought_by("somebody.else@example.com", 99, 20_010)).send().await.status, 202);
    let (shopper, thread) = by_link(&server, "10474", "fr").await;
    let locked = shopper.get(&format!("{}/orders", thread.url.path())).await;
    for way in ["", "?page=2", "?page=99"] {
        let nothing = shopper.get(&format!("{}{way}", locked.url.path())).await;
        assert!(
            !nothing.body.contains("M-1") && nothing.select(".orders__pages").is_empty(),
            "nothing without the code"
        );
    }
    let first = proven(&server, &shopper, &locked, SALOME).await;
    let cards = |page: &Page| page.select(".purchase .small.muted");
    let ends = |page: &Page| (page.select("a[rel='prev']").len(), page.select("a[rel='next']").len());
    assert_eq!((cards(&first).len(), ends(&first)), (12, (0, 1)), "{}", first.text());
    let second = shopper.get(&first.link("a[rel='next']")).await;
    assert_eq!((cards(&second).len(), ends(&second)), (12, (1, 1)), "{}", second.text());
    let third = shopper.get(&second.link("a[rel='next']")).await;
    assert_eq!((cards(&third).len(), ends(&third)), (2, (1, 0)), "{}", third.text());
    let all: BTreeSet<String> = [&first, &second, &third].iter().flat_map(|page| cards(page)).collect();
    assert_eq!(all.len(), 26, "each stands once: {all:?}");
    assert!(all.iter().all(|card| !card.contains("M-99")), "and nobody else's: {all:?}");
    assert_eq!(cards(&shopper.get(&third.link("a[rel='prev']")).await), cards(&second));
    assert_eq!(cards(&shopper.get(&second.link("a[rel='prev']")).await), cards(&first));
    for (page, same) in [("0", &first), ("4", &third), ("18446744073709551615", &third)] {
        let shown = shopper.get(&format!("{}?page={page}", first.url.path())).await;
        assert_eq!((shown.status, cards(&shown), ends(&shown)), (200, cards(same), ends(same)), "{page}");
    }
    for page in ["-1", "two", "1.5", "99999999999999999999"] {
        assert_eq!(shopper.get(&format!("{}?page={page}", first.url.path())).await.status, 422, "{page}");
    }
}

/// A page of a thread, by the link the desk hands out.
async fn page_of(server: &Server, number: &str) -> Page {
    let thread = thread_of(server, number).await;
    let desk = server.desk().await.get(&format!("/desk/threads/{thread}")).await;
    let link = desk.select(".copyfield code").into_iter().find(|text| text.contains("/t#")).unwrap();
    let token = link.split_once('#').unwrap().1.to_owned();
    let shopper = server.stranger();
    let opened = shopper.post("/t/open", &[("token", &token)]).await;
    shopper.get(&format!("{}?lang=en", opened.url.path())).await
}

#[tokio::test]
async fn what_is_not_sent_has_no_parcel_and_no_steps_whatever_its_shop_tells() {
    let server = Server::demo().await;
    let of_kind = |kind: &str, number: u64, shipments: Value| {
        let mut order = bought_by(SALOME, number, 30);
        order["data"]["kind"] = json!(kind);
        order["data"]["shipments"] = shipments;
        order
    };
    let at = (Utc::now() - Span::hours(20)).to_rfc3339();
    let told = json!([{"external_id": "p1", "carrier": "DPD", "numbers": ["05808123456789"], "status": "in_transit",
        "shipped_at": at, "updated_at": at}]);
    for (order, headline) in [
        (of_kind("subscription", 1, json!([])), "Subscription confirmed"),
        (of_kind("booking", 2, json!([])), "Booking confirmed"),
        (of_kind("booking", 3, told.clone()), "Booking confirmed"),
    ] {
        assert_eq!(server.generic(&order).send().await.status, 202);
        let page = page_of(&server, order["data"]["number"].as_str().unwrap()).await;
        assert_eq!(page.one("#order-card h2"), headline);
        assert!(page.select(".progress, .parcel, .timeline").is_empty(), "{}", page.text());
        assert_eq!(quick(&page), ["A question", "Your orders"], "{headline}");
        assert!(page.one("#arrival").is_empty(), "{}", page.one("#arrival"));
        let text = page.one("main").to_lowercase();
        for word in ["parcel", "deliver", "shipped", "exchange", "dpd"] {
            assert!(!text.contains(word), "{headline} speaks of {word}: {text}");
        }
        let exchange = page.url.path().to_owned() + "/exchange";
        assert_eq!(server.stranger().get(&exchange).await.status, 404);
    }
    // What a subscription sends is followed like anything else.
    assert_eq!(server.generic(&of_kind("subscription", 4, told)).send().await.status, 202);
    let sent = page_of(&server, "M-4").await;
    assert!(sent.has("05808123456789") && quick(&sent).contains(&"Where is my parcel?".to_owned()), "{}", sent.text());
    assert!(!quick(&sent).iter().any(|action| action.contains("xchange")), "{:?}", quick(&sent));
    // And over is over.
    let mut over = of_kind("subscription", 1, json!([]));
    let now = Utc::now().to_rfc3339();
    over["data"]["updated_at"] = json!(now);
    over["data"]["cancelled_at"] = json!(now);
    assert_eq!(server.generic(&over).send().await.status, 202);
    let cancelled = page_of(&server, "M-1").await;
    assert_eq!((cancelled.one("#order-card h2").as_str(), quick(&cancelled).len()), ("Cancelled", 2));
}
