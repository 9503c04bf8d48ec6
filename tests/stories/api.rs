//! Programs of a merchant: what they find, what they may do, and how they are told what is wrong.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{Duration, Utc};
use comptoir::{
    bus::Bus,
    domain::{merchants, tokens},
    secrets,
    store::{Clock, Store},
};
use serde_json::{Value, json};

use super::support::{Server, Visitor, page::Page};

fn money(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

fn variant(colour: &str, price: &str, stock: i64) -> Value {
    json!({
        "external_id": format!("var-{colour}"), "options": [{ "name": "Colour", "value": colour }],
        "price": money(price), "stock": stock,
    })
}

/// Tells the demo's shop of a shirt in ecru (35.00), of which one is left in blue (39.00), and of somebody who bought it.
async fn buy(server: &Server, number: &str, email: &str) {
    let now = Utc::now();
    let product = json!({
        "external_id": "shirt", "title": "Linen shirt", "updated_at": now,
        "variants": [variant("Ecru", "35.00", 5), variant("Blue", "39.00", 1)],
    });
    let line = json!({
        "external_id": "l-1", "product_id": "shirt", "variant_id": "var-Ecru", "title": "Linen shirt", "quantity": 1,
        "options": [{ "name": "Colour", "value": "Ecru" }], "unit_price": money("35.00"),
    });
    let order = json!({
        "external_id": format!("ext-{number}"), "number": format!("#{number}"), "placed_at": now - Duration::days(2),
        "updated_at": now, "currency": "EUR", "payment_state": "paid", "customer": { "name": "Jon", "email": email },
        "lines": [line], "total": money("35.00"),
    });
    for (kind, data) in [("product.upserted", product), ("order.upserted", order)] {
        let told = server.generic(&json!({ "type": kind, "timestamp": now, "data": data })).send().await;
        assert_eq!(told.status, 202, "{}", told.body);
    }
}

/// The one order that a query finds.
async fn only(api: &Visitor, query: &str) -> Value {
    let found = api.get(&format!("/api/v1/orders?{query}")).await;
    assert_eq!(found.status, 200, "{query}: {}", found.body);
    let rows = found.json()["data"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 1, "{query}: {rows:?}");
    rows[0].clone()
}

/// A problem document: its status, and what its first error points at.
fn problem(answer: &Page) -> (u16, String) {
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.body);
    let told = answer.json();
    assert_eq!(told["status"], answer.status);
    assert!(told["title"].is_string() && told["detail"].is_string(), "{told}");
    (answer.status, told["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn an_order_is_found_by_whatever_a_program_knows_of_it() {
    let server = Server::demo().await;
    let api = server.api();
    buy(&server, "X-77", "jon@example.com").await;
    let order = only(&api, "number=X-77").await;
    for query in ["number=%23x-77", "external_id=ext-X-77", "email=Jon%40Example.com"] {
        assert_eq!(only(&api, query).await, order, "{query}");
    }
    let since = order["updated_at"].as_str().unwrap();
    assert_eq!(only(&api, &format!("updated_since={since}")).await["number"], "#X-77");
    assert_eq!((&order["total"], &order["state"]), (&money("35.00"), &json!("open")));
    assert_eq!(order["lines"][0]["options"], json!([{ "name": "Colour", "value": "Ecru" }]));
    assert_eq!(order["shopper"]["email"], "jon@example.com");

    let one = api.get(&format!("/api/v1/orders/{}", order["id"].as_str().unwrap())).await;
    assert_eq!((one.json(), one.header("cache-control")), (order.clone(), Some("no-store")));
    let thread = api.get(&format!("/api/v1/threads/{}", order["thread_id"].as_str().unwrap())).await.json();
    assert_eq!((&thread["order_id"], &thread["order_number"]), (&order["id"], &json!("#X-77")));
    assert_eq!(thread["shopper"], order["shopper"]);
    let none = api.get("/api/v1/orders?number=nobody").await.json();
    assert_eq!(none, json!({ "data": [], "next": null }));
}

#[tokio::test]
async fn a_list_read_page_by_page_loses_nothing_and_repeats_nothing() {
    let server = Server::demo().await;
    let api = server.api();
    for path in ["orders", "threads", "products", "cases", "events"] {
        let all = api.get(&format!("/api/v1/{path}?limit=100")).await.json();
        let expected: Vec<Value> = all["data"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        assert!(expected.len() > 1, "the demo has several {path}");
        let mut seen = Vec::new();
        let mut cursor = String::new();
        while seen.len() < expected.len() {
            let page = api.get(&format!("/api/v1/{path}?limit=1{cursor}")).await.json();
            assert_eq!(page["data"].as_array().unwrap().len(), 1, "{path}");
            seen.push(page["data"][0]["id"].clone());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, expected, "{path}");
        assert_eq!(seen.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), seen.len(), "{path}");
    }
}

#[tokio::test]
async fn a_program_says_a_thing_once_however_often_it_sends_it() {
    let server = Server::demo().await;
    let api = server.api();
    buy(&server, "X-1", "jon@example.com").await;
    let order = only(&api, "number=X-1").await;
    let path = format!("/api/v1/threads/{}/messages", order["thread_id"].as_str().unwrap());
    let body = json!({ "text": "Your parcel leaves today.", "client_id": "leaves-today" });
    let first = api.json("POST", &path, &body).await;
    let again = api.json("POST", &path, &body).await;
    assert_eq!((first.status, again.status), (201, 200), "{}", first.body);
    assert_eq!(first.json(), again.json());
    assert_eq!(first.json()["author"], json!({ "kind": "app", "id": null, "name": null }));
    let second = api.json("POST", &path, &json!({ "text": "And arrives tomorrow." })).await.json();

    let all = api.get(&path).await.json();
    assert_eq!(all["data"], json!([first.json(), second]));
    let after = api.get(&format!("{path}?after={}", first.json()["seq"])).await.json();
    assert_eq!(after["data"], json!([second]));
}

#[tokio::test]
async fn a_thread_is_given_resolved_and_taken_up_again() {
    let server = Server::demo().await;
    let api = server.api();
    buy(&server, "X-2", "jon@example.com").await;
    let thread = only(&api, "number=X-2").await["thread_id"].as_str().unwrap().to_owned();
    let does =
        async |what: &str, body: Value| api.json("POST", &format!("/api/v1/threads/{thread}/{what}"), &body).await;
    let mia = api.get("/api/v1/agents").await.json()["data"][0].clone();
    let given = does("assignment", json!({ "agent_id": mia["id"] })).await.json();
    assert_eq!(given["assigned_to"], json!({ "id": mia["id"], "name": mia["name"] }));
    assert_eq!(does("assignment", json!({ "agent_id": null })).await.json()["assigned_to"], json!(null));
    assert_eq!(problem(&does("assignment", json!({})).await), (422, "/agent_id".to_owned()));
    assert_eq!(does("resolution", json!({})).await.json()["state"], "resolved");
    let resolved = api.get("/api/v1/threads?state=resolved&limit=100").await.json();
    assert!(resolved["data"].as_array().unwrap().iter().any(|row| row["id"] == thread.as_str()));
    assert_eq!(does("reopening", json!({})).await.json()["state"], "open");
}

#[tokio::test]
async fn an_exchange_goes_from_asking_to_its_end_through_the_api() {
    let server = Server::demo().await;
    let api = server.api();
    buy(&server, "X-3", "jon@example.com").await;
    let order = only(&api, "number=X-3").await;
    let thread = order["thread_id"].as_str().unwrap();
    let products = api.get("/api/v1/products?limit=100").await.json();
    let shirt = products["data"].as_array().unwrap().iter().find(|row| row["external_id"] == "shirt").unwrap().clone();
    let blue = shirt["variants"].as_array().unwrap().iter().find(|row| row["external_id"] == "var-Blue").unwrap();
    assert_eq!((&blue["stock"], &blue["available"], &blue["price"]), (&json!(1), &json!(1), &money("39.00")));

    let wish = json!({
        "line_id": order["lines"][0]["id"], "variant_id": blue["id"], "quantity": 1, "reason": "colour", "client_id": "wish-one",
    });
    let asks = async |body: &Value| api.json("POST", &format!("/api/v1/threads/{thread}/cases"), body).await;
    let mut two = wish.clone();
    two["quantity"] = json!(2);
    assert_eq!(problem(&asks(&two).await), (422, "/quantity".to_owned()));
    let (first, again) = (asks(&wish).await, asks(&wish).await);
    assert_eq!((first.status, again.status), (201, 200), "{}", first.body);
    let case = first.json();
    assert_eq!((&case["state"], &case["difference"]), (&json!("submitted"), &money("4.00")));
    two["quantity"] = json!(1);
    two["client_id"] = json!("wish-two");
    assert_eq!(problem(&asks(&two).await).0, 409, "all of it is asked for already");

    let does = async |what: &str, body: Value| {
        api.json("POST", &format!("/api/v1/cases/{}/{what}", case["id"].as_str().unwrap()), &body).await
    };
    assert_eq!(problem(&does("goods-out", json!({})).await).0, 409, "not approved yet");
    assert_eq!(problem(&api.json("POST", &format!("/api/v1/threads/{thread}/resolution"), &json!({})).await).0, 409);
    assert_eq!(does("approval", json!({})).await.json()["state"], "approved");
    let late = does("refusal", json!({ "reason": "No." })).await;
    assert_eq!(problem(&late).0, 409);
    assert_eq!(late.json()["detail"], "This request was already approved.");
    assert_eq!(does("goods-back", json!({ "state": "received" })).await.json()["tracks"]["goods_back"], "received");
    let settled = does("settlement", json!({ "method": "bank_transfer", "reference": "RE-1" })).await.json();
    assert_eq!(
        (&settled["tracks"]["money"], &settled["settlement"]),
        (&json!("settled"), &json!("bank_transfer: RE-1"))
    );
    assert_eq!(does("goods-out", json!({})).await.json()["state"], "completed");

    let found = api.get(&format!("/api/v1/cases?state=completed&thread_id={thread}")).await.json();
    assert_eq!(found["data"][0]["id"], case["id"]);
}

#[tokio::test]
async fn the_feed_tells_everything_in_order_but_notes() {
    let server = Server::demo().await;
    let api = server.api();
    buy(&server, "X-4", "jon@example.com").await;
    let order = only(&api, "number=X-4").await;
    let path = format!("/api/v1/threads/{}/messages", order["thread_id"].as_str().unwrap());
    api.json("POST", &path, &json!({ "text": "Hello." })).await;
    // On PostgreSQL an event gets its position a moment after its commit.
    let told = super::support::until("the message in the feed", std::time::Duration::from_secs(10), async || {
        let mut all = Vec::new();
        let mut query = String::new();
        loop {
            let page = api.get(&format!("/api/v1/events?limit=100{query}")).await.json();
            all.extend(page["data"].as_array()?.clone());
            let Some(next) = page["next"].as_str() else { break };
            query = format!("&cursor={next}");
        }
        let said =
            all.iter().any(|event| event["thread_id"] == order["thread_id"] && event["type"] == "message.posted");
        said.then_some(all)
    })
    .await;
    let positions: Vec<i64> = told.iter().map(|event| event["pos"].as_i64().unwrap()).collect();
    assert!(positions.is_sorted_by(|one, next| one < next), "{positions:?}");
    assert!(told.iter().all(|event| event["type"] != "note.added"));
    let placed = told.iter().find(|event| event["thread_id"] == order["thread_id"]).unwrap();
    assert_eq!((&placed["type"], &placed["data"]["order_id"]), (&json!("order.placed"), &order["id"]));
    let last = positions.last().unwrap();
    assert_eq!(api.get(&format!("/api/v1/events?after={last}")).await.json()["data"], json!([]));
}

#[tokio::test]
async fn who_has_no_token_hears_nothing_else() {
    let server = Server::demo().await;
    let api = server.api();
    let thread = api.get("/api/v1/threads?limit=1").await.json()["data"][0]["id"].as_str().unwrap().to_owned();
    for stranger in [server.stranger(), server.stranger().with_bearer("cpt_no")] {
        for path in ["orders", "orders?limit=0", "threads", "cases", "products", "events", "agents", "orders/nothing"] {
            let answer = stranger.get(&format!("/api/v1/{path}")).await;
            assert_eq!(problem(&answer).0, 401, "{path}");
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
    }
    let stranger = server.stranger().with_bearer("cpt_no");
    let said = stranger.json("POST", &format!("/api/v1/threads/{thread}/messages"), &json!({ "nonsense": 1 })).await;
    assert_eq!(problem(&said).0, 401);
    let document = server.stranger().get("/api/v1/openapi.json").await;
    assert_eq!((document.status, &document.json()["openapi"]), (200, &json!("3.1.0")));
    assert!(document.json()["paths"]["/api/v1/orders"]["get"].is_object());
    let schema = server.stranger().get("/schemas/hook.json").await;
    assert_eq!((schema.status, &schema.json()["$ref"]), (200, &json!("#/$defs/Body")));
}

#[tokio::test]
async fn another_merchant_finds_nothing_there() {
    let server = Server::demo().await;
    let api = server.api();
    let store = Store::open(server.database_url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let secret = secrets::token();
    let make = move |tx: &mut comptoir::store::Tx<'_>| {
        let merchant = merchants::create(tx, "Another")?;
        tokens::create(tx, comptoir::domain::audit::Doer::System, merchant, "another", &secret)
    };
    let other = server.stranger().with_bearer(&store.write(make).await.unwrap());
    for path in ["orders", "threads", "cases", "products", "events", "agents"] {
        assert_eq!(other.get(&format!("/api/v1/{path}")).await.json(), json!({ "data": [], "next": null }), "{path}");
    }
    let of = async |path: &str| {
        let first = api.get(&format!("/api/v1/{path}?limit=1")).await.json();
        format!("/api/v1/{path}/{}", first["data"][0]["id"].as_str().unwrap())
    };
    let (order, thread, case) = (of("orders").await, of("threads").await, of("cases").await);
    for path in [&order, &thread, &case, &format!("{thread}/messages")] {
        assert_eq!(api.get(path).await.status, 200);
        assert_eq!(problem(&other.get(path).await).0, 404, "{path}");
    }
    let does = async |path: String, body: Value| problem(&other.json("POST", &path, &body).await).0;
    assert_eq!(does(format!("{thread}/messages"), json!({ "text": "Hello." })).await, 404);
    for what in ["resolution", "reopening"] {
        assert_eq!(does(format!("{thread}/{what}"), json!({})).await, 404);
    }
    assert_eq!(does(format!("{thread}/assignment"), json!({ "agent_id": null })).await, 404);
    assert_eq!(does(format!("{case}/approval"), json!({})).await, 404);
    assert_eq!(does(format!("{case}/refusal"), json!({ "reason": "No." })).await, 404);
    assert_eq!(does(format!("{case}/settlement"), json!({ "method": "cash" })).await, 404);
    for nothing in ["orders/nothing", "orders/thr_00000000000000000000000000", "threads/-/messages", "nowhere"] {
        assert_eq!(problem(&api.get(&format!("/api/v1/{nothing}")).await).0, 404, "{nothing}");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_named_by_where_it_stands() {
    let server = Server::demo().await;
    let api = server.api();
    for (query, parameter) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("cursor=nonsense", "cursor"),
        ("updated_since=yesterday", "updated_since"),
        ("nonsense=1", "nonsense"),
        ("number=1&number=2", "number"),
    ] {
        assert_eq!(problem(&api.get(&format!("/api/v1/orders?{query}")).await), (422, parameter.to_owned()), "{query}");
    }
    assert_eq!(problem(&api.get("/api/v1/threads?state=asleep").await), (422, "state".to_owned()));
    let thread = api.get("/api/v1/threads?limit=1").await.json()["data"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/threads/{thread}/messages");
    let long = "a".repeat(4_001);
    for (body, pointer) in [
        (json!({}), "/text"),
        (json!({ "text": 5 }), "/text"),
        (json!({ "text": " " }), "/text"),
        (json!({ "text": "nul \u{0}" }), "/text"),
        (json!({ "text": long }), "/text"),
        (json!({ "text": "a", "nonsense": 1 }), "/nonsense"),
        (json!({ "text": "a", "client_id": "short" }), "/client_id"),
    ] {
        assert_eq!(problem(&api.json("POST", &path, &body).await), (422, pointer.to_owned()), "{body}");
    }
    let case = json!({ "line_id": "lin_no", "variant_id": "x", "quantity": 1, "reason": "colour" });
    let asked = api.json("POST", &format!("/api/v1/threads/{thread}/cases"), &case).await;
    assert_eq!(problem(&asked), (422, "/line_id".to_owned()));
    let raw = async |bytes: Vec<u8>| problem(&api.raw("POST", &path, "application/json", bytes).await).0;
    assert_eq!(raw(b"{\"text\": ".to_vec()).await, 400);
    assert_eq!(raw(vec![b' '; 300 * 1024]).await, 413);
    assert_eq!(problem(&api.json("DELETE", &path, &json!({})).await).0, 405);
    assert!(api.get(&path).await.json()["data"].as_array().unwrap().iter().all(|message| message["alt"] != "a"));
}
