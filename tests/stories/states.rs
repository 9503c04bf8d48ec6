//! The shopper's page in every state of an order, and the list of all orders of an address that was shown to be theirs.

mod browser;

use std::time::Duration;

use serde_json::json;

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
async fn a_long_list_comes_in_pages_and_a_short_one_bears_any_page() {
    let server = Server::demo().await;
    let (shopper, thread) = by_link(&server, "10474", "fr").await;
    let locked = shopper.get(&format!("{}/orders", thread.url.path())).await;
    let list = proven(&server, &shopper, &locked, SALOME).await;
    assert!(list.has("Vos commandes") && list.select("nav").is_empty());
    let beyond = shopper.get(&format!("{}?page=9", list.url.path())).await;
    assert!(beyond.status == 200 && beyond.has("Aucune commande ici"));
    for page in ["0", "18446744073709551615"] {
        assert_eq!(shopper.get(&format!("{}?page={page}", list.url.path())).await.status, 200, "{page}");
    }
    assert_eq!(shopper.get(&format!("{}?page=-1", list.url.path())).await.status, 422);
}
