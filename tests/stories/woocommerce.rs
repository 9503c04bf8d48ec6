//! A WooCommerce store tells of its orders: one topic says everything, in any order, unsigned pings among it.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::support::{Server, page::Page};

fn fixture(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/woocommerce").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A body from the shared collection of real ones; none when the project was checked out alone.
fn sample(name: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/payloads/woocommerce").join(name);
    Some(serde_json::from_str(&std::fs::read_to_string(path).ok()?).unwrap())
}

async fn orders(server: &Server, number: &str) -> Vec<Value> {
    let page = server.api().get(&format!("/api/v1/orders?number={number}")).await;
    page.json()["data"].as_array().unwrap().clone()
}

async fn order(server: &Server, number: &str) -> Value {
    let found = orders(server, number).await;
    assert_eq!(found.len(), 1, "{number}: {found:?}");
    found[0].clone()
}

/// The thread as its shopper sees it, by the link that the desk shows.
async fn shoppers_page(server: &Server, told: &Value) -> Page {
    let thread = told["thread_id"].as_str().expect("its thread is open");
    let desk = server.desk().await.get(&format!("/desk/threads/{thread}")).await;
    let links = desk.select(".copyfield code");
    let link = links.iter().find(|text| text.contains("/t#")).expect("a link to copy");
    let token = link.split('#').nth(1).unwrap();
    server.stranger().post("/t/open", &[("token", token)]).await
}

#[tokio::test]
async fn an_order_opens_a_thread_that_its_shopper_can_read() {
    let server = Server::demo().await;
    let answer = server.woocommerce("order.created", &fixture("order.json")).send().await;
    assert_eq!((answer.status, &answer.json()["verdict"]), (202, &json!("applied")), "{}", answer.text());
    let told = order(&server, "4711").await;
    assert_eq!(told["total"], json!({"amount": "88.98", "currency": "EUR"}));
    assert_eq!(told["shopper"]["email"], "eloise.garnier@example.com");
    let page = shoppers_page(&server, &told).await;
    for words in ["4711", "Marinière & Co", "Bleu nuit, M", "É. G.", "Savon – lavande", "Papier cadeau", "88,98"] {
        assert!(page.has(words), "{words}: {}", page.text());
    }
    let desk = server.desk().await.get(&format!("/desk/threads/{}", told["thread_id"].as_str().unwrap())).await;
    let admin = "https://shop.example/wp-admin/post.php?post=4711&action=edit";
    assert!(
        desk.links().iter().any(|(words, href)| words.starts_with("WooCommerce") && href == admin),
        "{}",
        desk.text()
    );
}

#[tokio::test]
async fn a_refund_and_a_parcel_come_with_the_order_told_anew() {
    let server = Server::demo().await;
    for (topic, name) in [("order.created", "order.json"), ("order.updated", "order_sent.json")] {
        assert_eq!(server.woocommerce(topic, &fixture(name)).send().await.status, 202, "{name}");
    }
    let told = order(&server, "4711").await;
    assert_eq!((&told["total"]["amount"], &told["refunded"]["amount"]), (&json!("88.98"), &json!("12.00")));
    assert_eq!(told["payment_state"], "partially_refunded");
    assert_eq!(told["shipments"].as_array().unwrap().len(), 2);
    let page = shoppers_page(&server, &told).await;
    assert!(page.has("Colis Privé") && page.has("CP123") && page.has("12,00"), "{}", page.text());
}

/// Actions are delivered minutes late and in any order, and a delivery's id is shared by all of one second.
#[tokio::test]
async fn repeats_and_any_order_of_arrival_end_the_same() {
    let mut ends = Vec::new();
    for turn in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let server = Server::demo().await;
        let mut paid = fixture("order.json");
        paid["status"] = json!("on-hold");
        paid["date_modified_gmt"] = json!("2026-11-20T14:10:01");
        let news = [paid, fixture("order.json"), fixture("order_sent.json")];
        for at in turn {
            let call = server.woocommerce("order.updated", &news[at]).delivery_id("one-second");
            let answers = call.send_times(3).await;
            assert!(answers.iter().all(|answer| answer.status == 202));
            assert_eq!(answers[1].json()["repeat"], json!(true));
        }
        let mut told = order(&server, "4711").await;
        for made_here in ["id", "thread_id", "updated_at"] {
            told[made_here] = Value::Null;
        }
        let shown = |value: &Value| (value["payment_state"].clone(), value["total"].clone(), value["refunded"].clone());
        ends.push((shown(&told), told["shipments"].as_array().unwrap().len(), told["lines"].as_array().unwrap().len()));
    }
    assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:?}");
}

#[tokio::test]
async fn a_wrong_signature_is_refused_and_an_order_of_another_store_is_another() {
    let server = Server::demo().await;
    let body = fixture("order.json");
    for call in [
        server.woocommerce("order.created", &body).signature("bm90IHRoZSBzaWduYXR1cmU="),
        server.woocommerce("order.created", &body).signature(""),
        server.woocommerce("order.created", &body).secret("another secret"),
    ] {
        assert_eq!(call.send().await.status, 401);
    }
    assert!(orders(&server, "4711").await.is_empty());
    let mut namesake = json!({"id": 4711, "name": "#4711", "email": "nora@example.com", "currency": "EUR",
        "total_price": "1.00", "financial_status": "paid", "created_at": "2026-11-20T10:00:00Z",
        "updated_at": "2026-11-20T10:00:00Z", "line_items": []});
    namesake["line_items"] = json!([{"id": 1, "title": "Hat", "quantity": 1, "price": "1.00"}]);
    assert_eq!(server.shopify("orders/create", &namesake).send().await.status, 202);
    assert_eq!(server.woocommerce("order.created", &body).send().await.status, 202);
    assert_eq!(orders(&server, "4711").await.len(), 2);
}

#[tokio::test]
async fn a_ping_is_welcome_and_changes_nothing_but_the_sign_of_life() {
    let server = Server::demo().await;
    let hooks = server.told().hooks;
    let ping = async |hook: &str, body: &[u8]| {
        let kind = "application/x-www-form-urlencoded";
        server.stranger().raw("POST", &hooks[hook].url, kind, body.to_vec()).await.status
    };
    let desk = server.desk().await;
    assert!(!desk.get("/desk/connectors").await.has("It reached us"));
    assert_eq!(ping("woocommerce", b"webhook_id=7").await, 200);
    assert_eq!(ping("woocommerce", b"webhook_id=7").await, 200);
    let page = desk.get("/desk/connectors").await;
    assert!(page.has("It reached us") && page.has("The first signed event is still to come."), "{}", page.text());
    let log = page.links().into_iter().filter(|(_, href)| href.contains("/intakes")).map(|(_, href)| href);
    for href in log {
        assert!(desk.get(&href).await.select("td a").is_empty(), "nothing is in the log");
    }
    // Nothing but a ping goes unsigned, and no other system pings.
    assert_eq!(ping("woocommerce", b"webhook_id=7&x=1").await, 401);
    assert_eq!(ping("shopify", b"webhook_id=7").await, 401);
    assert_eq!(ping("generic", b"webhook_id=7").await, 401);
}

#[tokio::test]
async fn what_is_not_understood_is_acknowledged_kept_and_replayed() {
    let server = Server::demo().await;
    let mut bad = fixture("order.json");
    bad["currency"] = json!("XYZ");
    let answer = server.woocommerce("order.updated", &bad).send().await;
    assert_eq!((answer.status, &answer.json()["verdict"]), (202, &json!("failed")));
    let desk = server.desk().await;
    let mut replayed = 0;
    for (_, href) in
        desk.get("/desk/connectors").await.links().into_iter().filter(|(_, href)| href.contains("/intakes"))
    {
        let log = desk.get(&href).await;
        if log.select("td a").is_empty() {
            continue;
        }
        let arrival = desk.get(&log.link("td a")).await;
        assert!(arrival.has("order.updated") && arrival.has("/currency"), "{}", arrival.text());
        assert!(arrival.has("https://shop.example/") && !arrival.body.contains("webhook-signature"));
        let again = desk.submit(arrival.form("form[action$='/replay']")).await;
        assert!(again.has("/currency"), "{}", again.text());
        replayed += 1;
    }
    assert_eq!(replayed, 1);
    assert!(orders(&server, "4711").await.is_empty());
    // What is mended in the shop comes as a new telling.
    assert_eq!(server.woocommerce("order.updated", &fixture("order.json")).send().await.json()["verdict"], "applied");
    for (topic, body) in [("order.deleted", json!({"id": 4711})), ("coupon.created", json!({"id": 1}))] {
        assert_eq!(server.woocommerce(topic, &body).send().await.json()["verdict"], "ignored", "{topic}");
    }
    assert!(order(&server, "4711").await["thread_id"].is_string(), "a deletion in the shop is no cancellation");
}

#[tokio::test]
async fn a_store_is_connected_at_the_desk_with_a_secret_of_either_side() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let connect = async |store: &str, secret: &str| {
        let form = desk.get("/desk/connectors").await.form("#connect form").choose("kind", "woocommerce");
        desk.submit(form.fill("store", store).fill("secret", secret)).await
    };
    for store in ["boutique", "two words.example", "ftp://boutique.example"] {
        let wrong = connect(store, "").await;
        assert!(wrong.status == 422 && wrong.has("Give the address of your shop"), "{store}: {}", wrong.text());
        assert_eq!(wrong.form("#connect form").value("store"), Some(store), "what was typed is kept");
    }
    assert!(connect("boutique.example", "short").await.has("Leave this empty"));
    assert_eq!(connect("https://shop.example", "").await.status, 409, "the demo has it already");

    let made = connect("https://Boutique.example/fr/wp-admin/", "").await;
    assert!(made.status == 200 && made.has("order.updated") && made.has("boutique.example/fr"), "{}", made.text());
    let (url, secret) = (made.one("code[id^='hook-']"), made.one("code#secret"));
    assert!(secret.len() == 64 && made.has("never again"));
    let body = fixture("order.json");
    assert_eq!(server.woocommerce_at(&url, &secret, "order.created", &body).send().await.status, 202);

    let theirs = "chosen-in-the-store-1";
    let made = connect("https://autre.example", theirs).await;
    assert!(made.status == 200 && !made.body.contains(theirs), "{}", made.text());
    let url = made.one("code[id^='hook-']");
    assert_eq!(server.woocommerce_at(&url, theirs, "order.created", &body).send().await.status, 202);
    let page = desk.get("/desk/connectors").await;
    let id = made.link(".card__foot a").rsplit('/').nth(1).unwrap().to_owned();
    let replaced = desk.submit(page.form(&format!("form[action$='/{id}/secret']"))).await;
    let new = replaced.one("code#secret");
    assert_eq!(server.woocommerce_at(&url, &new, "order.updated", &body).send().await.status, 202);
    let old = async || server.woocommerce_at(&url, theirs, "order.updated", &body).send().await.status;
    assert_eq!(old().await, 202, "the one before is good for a day");
    desk.post(&format!("/desk/connectors/{id}/secret/end"), &[]).await;
    assert_eq!(old().await, 401, "or until it is ended");
}

/// Variants are told of by themselves, before or after their product, and then a shopper can choose among them.
#[tokio::test]
async fn products_of_the_store_are_what_its_orders_can_be_exchanged_for() {
    for products_first in [true, false] {
        let server = Server::demo().await;
        let mut blue = fixture("product_variation.json");
        blue["id"] = json!(302);
        blue["attributes"] = json!([{"name": "Couleur", "option": "Bleu nuit"}, {"name": "Taille", "option": "M"}]);
        let mut news = vec![fixture("product_variable.json"), blue, fixture("product_variation.json")];
        if !products_first {
            news.reverse();
        }
        for body in news {
            let answer = server.woocommerce("product.updated", &body).send().await;
            assert_eq!(answer.json()["verdict"], "applied", "{}", answer.text());
        }
        assert_eq!(server.woocommerce("order.created", &fixture("order.json")).send().await.status, 202);
        let page = shoppers_page(&server, &order(&server, "4711").await).await;
        let products = server.api().get("/api/v1/products").await.json().to_string();
        assert!(products.contains("Marinière & Co") && products.contains("Rouge"), "{products}");
        assert!(page.links().iter().any(|(_, href)| href.ends_with("/exchange")), "{}", page.text());
        // An older telling of a variant changes nothing.
        let mut older = fixture("product_variation.json");
        older["date_modified_gmt"] = json!("2026-11-18T08:00:00");
        older["stock_quantity"] = json!(77);
        assert_eq!(server.woocommerce("product.updated", &older).send().await.status, 202);
        let products = server.api().get("/api/v1/products").await.json().to_string();
        assert!(!products.contains(":77,") && !products.contains(":77}"), "{products}");
    }
}

/// Each row of the collection's table, told in a fresh shop.
#[tokio::test]
async fn real_bodies_become_what_they_must() {
    let Some(created) = sample("order_created_variation_captured.json") else {
        // Checked out alone: the same rules are told on bodies of our own writing above and in `normal_form`.
        return assert!(sample("order_processing_docs.json").is_none());
    };
    let server = Server::demo().await;
    assert_eq!(server.woocommerce("order.created", &created).send().await.json()["verdict"], "applied");
    let told = order(&server, "15").await;
    assert_eq!((&told["total"]["amount"], &told["total"]["currency"]), (&json!("74.90"), &json!("EUR")));
    let options = json!([{"name": "Color", "value": "Blue"}, {"name": "Size", "value": "M"}]);
    assert_eq!(told["lines"][0]["options"], options);
    assert!(shoppers_page(&server, &told).await.has("Oxford Shirt"));
    for (name, topic, number, total, refunded, parcels) in [
        ("order_updated_partially_refunded_captured.json", "order.updated", "15", "74.90", "35.00", 0),
        ("order_updated_completed_tracking_captured.json", "order.updated", "15", "74.90", "35.00", 1),
        ("order_processing_docs.json", "order.created", "727", "29.35", "0.00", 0),
        ("order_second_of_list.json", "order.created", "723", "39.00", "19.00", 0),
    ] {
        let server = Server::demo().await;
        let answer = server.woocommerce(topic, &sample(name).unwrap()).send().await;
        assert_eq!((answer.status, &answer.json()["verdict"]), (202, &json!("applied")), "{name}");
        let told = order(&server, number).await;
        assert_eq!(
            (&told["total"]["amount"], &told["refunded"]["amount"]),
            (&json!(total), &json!(refunded)),
            "{name}"
        );
        assert_eq!(told["shipments"].as_array().unwrap().len(), parcels, "{name}");
        assert!(told["thread_id"].is_string(), "{name}");
    }
}
