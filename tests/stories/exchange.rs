//! "This shirt in blue, please": asked by plain forms, decided at the desk or by a program, held, run out, fought for.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};

use super::support::{Server, Visitor, page::Page, until};

/// The path of the thread a link opens.
async fn thread_of(shopper: &Visitor, server: &Server, link: usize) -> String {
    let token = server.told().shopper_links[link].split('#').nth(1).unwrap().to_owned();
    let page = shopper.post("/t/open", &[("token", &token)]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.url.path().to_owned()
}

/// Walks through the four questions by their plain forms and links; the page that asks "all right?".
async fn walk(shopper: &Visitor, thread: &str, line: usize, reason: &str, wanted: &[&str]) -> Page {
    let items = shopper.get(&format!("{thread}/exchange")).await;
    assert_eq!(items.status, 200, "{}", items.text());
    let form = items.form("form:has([name=line])");
    let line = form.offers("line")[line].clone();
    let reasons = shopper.submit(form.choose("line", &line)).await;
    let form = reasons.form("form:has([name=reason])");
    let mut page = shopper
        .submit(form.choose("reason", reason).fill("words", "Très belle, mais plus claire que sur la photo."))
        .await;
    for choice in wanted {
        let links = page.select("main a");
        assert!(links.iter().any(|text| text.contains(choice)), "{choice} is not among {links:?}");
        let href = link_saying(&page, choice);
        page = shopper.get(&href).await;
    }
    let chosen = page.form("form:has([name=variant])");
    shopper.submit(chosen).await
}

/// Where the link with these words leads.
fn link_saying(page: &Page, words: &str) -> String {
    page.links().into_iter().find(|(text, _)| text.contains(words)).map(|(_, href)| href).unwrap()
}

async fn ask_for_blue(server: &Server, shopper: &Visitor) -> (String, Page) {
    let thread = thread_of(shopper, server, 0).await;
    let check = walk(shopper, &thread, 0, "colour", &["Bleu orage"]).await;
    assert!(check.has("4,00"), "the difference is shown: {}", check.text());
    let done = shopper.submit(check.form("form:has([name=client_id])")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    (thread, done)
}

async fn cases(server: &Server, state: &str) -> Vec<Value> {
    server.api().get(&format!("/api/v1/cases?state={state}&limit=100")).await.json()["data"].as_array().unwrap().clone()
}

/// The variant with these options, as the API tells it.
async fn variant(server: &Server, options: [&str; 2]) -> Value {
    let products = server.api().get("/api/v1/products?limit=100").await.json();
    let variants =
        products["data"].as_array().unwrap().iter().flat_map(|product| product["variants"].as_array().unwrap());
    let has = |variant: &&Value| {
        let told: Vec<&str> =
            variant["options"].as_array().unwrap().iter().filter_map(|o| o["value"].as_str()).collect();
        told == options
    };
    variants.clone().find(has).unwrap().clone()
}

#[tokio::test]
async fn a_shirt_is_swapped_for_a_blue_one_by_plain_forms() {
    let server = Server::demo().await;
    let shopper = server.stranger();
    let before = variant(&server, ["Bleu orage", "M"]).await["available"].as_i64().unwrap();
    let (thread, status) = ask_for_blue(&server, &shopper).await;
    assert!(status.url.path().contains("/cases/cas_"), "{}", status.url);
    assert_eq!(variant(&server, ["Bleu orage", "M"]).await["available"], before - 1, "one is set aside");
    let page = shopper.get(&thread).await;
    assert!(page.has("Bleu orage"), "{}", page.text());

    let asked = cases(&server, "submitted").await;
    let case = asked.iter().find(|case| case["difference"]["amount"] == "4.00").expect("the request is at the desk");
    assert_eq!(case["words"], "Très belle, mais plus claire que sur la photo.");
    let id = case["id"].as_str().unwrap();
    let desk = server.desk().await;
    let thread_id = case["thread_id"].as_str().unwrap();
    let open = desk.get(&format!("/desk/threads/{thread_id}")).await;
    let approved = desk.submit(open.form(&format!("form[action*='{id}/approval']"))).await;
    assert!(approved.status < 400, "{}", approved.text());
    assert_eq!(server.api().get(&format!("/api/v1/cases/{id}")).await.json()["state"], "approved");
    let letter = server.mail_to("camille.roussel@example.com", "10482").await;
    assert!(letter.link(server.base_url()).is_some());
    let status = shopper.get(&format!("{thread}/cases/{id}")).await;
    assert!(status.has("Inès"), "who accepted it: {}", status.text());

    for (step, body) in [
        ("settlement", json!({"method": "card", "reference": "TPE 42"})),
        ("goods-back", json!({"state": "received"})),
        ("goods-out", json!({})),
    ] {
        let done = server.api().json("POST", &format!("/api/v1/cases/{id}/{step}"), &body).await;
        assert_eq!(done.status, 200, "{step}: {}", done.text());
    }
    assert_eq!(server.api().get(&format!("/api/v1/cases/{id}")).await.json()["state"], "completed");
}

#[tokio::test]
async fn asking_twice_with_one_tap_asks_once() {
    let server = Server::demo().await;
    let shopper = server.stranger();
    let thread = thread_of(&shopper, &server, 0).await;
    let before = cases(&server, "submitted").await.len();
    let check = walk(&shopper, &thread, 0, "colour", &["Sauge"]).await;
    let (first, second) = (check.form("form:has([name=client_id])"), check.form("form:has([name=client_id])"));
    let (one, two) = tokio::join!(shopper.submit(first), shopper.submit(second));
    assert_eq!((one.status, two.status), (200, 200));
    assert_eq!(one.url, two.url, "the same request");
    assert_eq!(cases(&server, "submitted").await.len(), before + 1);
}

#[tokio::test]
async fn a_request_can_be_taken_back_until_it_is_decided() {
    let server = Server::demo().await;
    let shopper = server.stranger();
    let (_, status) = ask_for_blue(&server, &shopper).await;
    let back = shopper.submit(status.form("form[action$='/cancellation']")).await;
    assert_eq!(back.status, 200, "{}", back.text());
    assert_eq!(cases(&server, "cancelled").await.len(), 1);
    assert!(back.links().iter().all(|(_, href)| !href.ends_with("/cancellation")));
}

#[tokio::test]
async fn two_agents_decide_at_once_and_the_second_hears_who_was_first() {
    let server = Server::demo().await;
    let case = cases(&server, "submitted").await[0].clone();
    let (id, thread) = (case["id"].as_str().unwrap().to_owned(), case["thread_id"].as_str().unwrap().to_owned());
    let password = server.told().desk.password;
    let mut agents = Vec::new();
    for name in ["ines", "theo", "mia"] {
        agents.push(server.desk_of(&format!("{name}@calanque.example"), &password).await);
    }
    let mut pages = Vec::new();
    for agent in &agents {
        pages.push(agent.get(&format!("/desk/threads/{thread}")).await.form(&format!("form[action*='{id}/approval']")));
    }
    let racing = agents.iter().zip(pages).map(|(agent, form)| agent.submit(form));
    let answers = futures_util::future::join_all(racing).await;
    let conflicts: Vec<&Page> = answers.iter().filter(|answer| answer.status == 409).collect();
    assert_eq!(conflicts.len(), 2, "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
    assert!(
        conflicts.iter().all(|page| ["Inès", "Théo", "Mia"].iter().any(|name| page.has(name))),
        "{}",
        conflicts[0].text()
    );
    let events = server.api().get("/api/v1/events?limit=100").await.json();
    let approvals = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["type"] == "case.approved" && event["data"]["case_id"] == id);
    assert_eq!(approvals.count(), 1);
    let refused =
        server.api().json("POST", &format!("/api/v1/cases/{id}/refusal"), &json!({"reason": "Too late."})).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
}

#[tokio::test]
async fn what_nobody_decides_in_48_hours_is_free_again_and_the_shopper_is_told() {
    let mut server = Server::demo().await;
    let shopper = server.stranger();
    let free = variant(&server, ["Bleu orage", "M"]).await["available"].as_i64().unwrap();
    let (thread, _) = ask_for_blue(&server, &shopper).await;
    server.move_clock(47 * 3600).await;
    assert_eq!(variant(&server, ["Bleu orage", "M"]).await["available"], free - 1, "still held");
    assert!(cases(&server, "expired").await.iter().all(|case| case["difference"]["amount"] != "4.00"));
    server.move_clock(48 * 3600 + 60).await;
    until("the request to run out", Duration::from_secs(10), async || {
        cases(&server, "expired").await.into_iter().find(|case| case["difference"]["amount"] == "4.00")
    })
    .await;
    assert_eq!(variant(&server, ["Bleu orage", "M"]).await["available"], free, "free again");
    let letter = server.mail_to("camille.roussel@example.com", "10482").await;
    assert!(letter.link(server.base_url()).is_some());
    assert_eq!(shopper.get(&thread).await.status, 200);
}

/// 64 shoppers ask for the last three pieces at once.
#[tokio::test]
async fn the_last_three_pieces_go_to_three_of_sixty_four() {
    let server = Server::demo().await;
    let product = json!({"id": 700, "title": "Scarf", "updated_at": "2026-11-20T10:00:00Z", "status": "active",
        "options": [{"name": "Colour"}],
        "variants": [
            {"id": 701, "title": "Red", "option1": "Red", "price": "20.00", "inventory_item_id": 71, "inventory_quantity": 90, "inventory_management": "shopify"},
            {"id": 702, "title": "Blue", "option1": "Blue", "price": "20.00", "inventory_item_id": 72, "inventory_quantity": 3, "inventory_management": "shopify"}]});
    // The currency of a product without one is the one its shop sells in.
    assert_eq!(server.shopify("products/update", &product).send().await.json()["verdict"], "applied");
    for number in 0..64 {
        let order = json!({"id": 70_000 + number, "name": format!("#S{number}"), "currency": "EUR", "total_price": "20.00",
            "financial_status": "paid", "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
            "email": format!("s{number}@example.com"),
            "line_items": [{"id": 1, "product_id": 700, "variant_id": 701, "title": "Scarf", "variant_title": "Red", "quantity": 1, "price": "20.00"}]});
        assert_eq!(server.shopify("orders/create", &order).send().await.status, 202);
    }
    let products = server.api().get("/api/v1/products?limit=100").await.json();
    let scarf = products["data"].as_array().unwrap().iter().find(|p| p["title"] == "Scarf").unwrap().clone();
    let blue = scarf["variants"][1]["id"].clone();
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..64 {
        let api = server.api();
        let blue = blue.clone();
        asking.spawn(async move {
            let order = api.get(&format!("/api/v1/orders?number=S{number}")).await.json()["data"][0].clone();
            let wish =
                json!({"line_id": order["lines"][0]["id"], "variant_id": blue, "quantity": 1, "reason": "colour"});
            api.json("POST", &format!("/api/v1/threads/{}/cases", order["thread_id"].as_str().unwrap()), &wish)
                .await
                .status
        });
    }
    let mut answers: BTreeMap<u16, usize> = BTreeMap::new();
    for status in asking.join_all().await {
        *answers.entry(status).or_default() += 1;
    }
    assert_eq!(answers, BTreeMap::from([(201, 3), (409, 61)]));
    let left = server.api().get("/api/v1/products?limit=100").await.json();
    let scarf = left["data"].as_array().unwrap().iter().find(|p| p["title"] == "Scarf").unwrap().clone();
    assert_eq!((&scarf["variants"][1]["stock"], &scarf["variants"][1]["available"]), (&json!(3), &json!(0)));
}

#[tokio::test]
async fn what_cannot_be_exchanged_says_why() {
    let server = Server::demo().await;
    let shopper = server.stranger();
    let thread = thread_of(&shopper, &server, 0).await;
    let items = shopper.get(&format!("{thread}/exchange")).await;
    assert!(items.has("Chaussettes") && items.has("hygiène"), "{}", items.text());
    assert_eq!(items.form("form:has([name=line])").offers("line").len(), 2, "the socks cannot be chosen");
    // Whoever forges the request is answered by the same policy.
    let order = server.api().get("/api/v1/orders?number=10482").await.json()["data"][0].clone();
    let socks = order["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["title"].as_str().unwrap().contains("Chaussettes"))
        .unwrap()
        .clone();
    let other = variant(&server, ["Sauge", "39–42"]).await["id"].clone();
    let wish = json!({"line_id": socks["id"], "variant_id": other, "quantity": 1, "reason": "colour"});
    let refused = server
        .api()
        .json("POST", &format!("/api/v1/threads/{}/cases", order["thread_id"].as_str().unwrap()), &wish)
        .await;
    assert_eq!(refused.status, 409, "{}", refused.text());
}
