//! Another merchant's things are not there: nobody can tell them from what never was.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use comptoir::{
    bus::Bus,
    domain::{
        agents::{self, NewAgent, Role},
        connectors::{self, ConnectorKind, NewConnector},
        merchants::{self, Shop},
        tokens,
    },
    i18n::Lang,
    ids::{AgentId, CaseId, LineId, MerchantId, OrderId, ShopId, ThreadAddress, ThreadId, VariantId},
    secrets::{self, Keys},
    store::{
        Clock, Store,
        columns::{At, Json},
    },
};
use serde_json::{Value, json};

use super::super::support::{Server, Visitor, live::live, page::Page, server::HookAddress};
use super::{MOMENT, everything, first_thread};

const PASSWORD: &str = "canary-canary-canary";

/// A second merchant of the same installation, with one of everything.
struct Other {
    api: Visitor,
    shop: String,
    connector: String,
    agent: String,
    order: String,
    thread: String,
    line: String,
    variant: String,
    case: String,
    shopper: Visitor,
    /// Path of the thread's page.
    page: String,
}

struct Made {
    token: String,
    hook: HookAddress,
    shop: String,
    connector: String,
    agent: String,
}

async fn make(server: &Server) -> Made {
    let store = Store::open(server.database_url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let keys = Keys::load(server.data(), None).unwrap();
    let base = server.base_url().to_owned();
    let hash = agents::hash_password(PASSWORD).unwrap();
    let change = move |tx: &mut comptoir::store::Tx<'_>| {
        let merchant = merchants::create(tx, "Canary House")?;
        let shop = ShopId::new(tx.now());
        let row = Shop {
            merchant_id: merchant,
            id: shop,
            name: "Canary Shop".to_owned(),
            accent: "#1c6763".to_owned(),
            locale: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            email: "hello@canary.example".to_owned(),
            exchange_days: 30,
            mail_on_order: true,
            reply_minutes: merchants::REPLY_MINUTES,
            exchange_rules: Json::default(),
            languages: Json::default(),
            legal: Json::default(),
            created_at: At::new(tx.now()),
        };
        merchants::add_shop(tx, &row)?;
        let new = NewAgent {
            email: "agent@canary.example".to_owned(),
            name: "Canary Agent".to_owned(),
            role: Role::Owner,
            locale: Lang::default(),
            password_hash: hash.clone(),
        };
        let agent = agents::create(tx, merchant, &new)?.to_string();
        let secret = format!("whsec_{}", STANDARD.encode([7; 32]));
        let now = tx.now();
        let new = NewConnector::new(&keys, merchant, shop, ConnectorKind::Generic, "canary.example", &secret, now)?;
        connectors::create(tx, &new)?;
        let url = format!("{base}/hooks/{}", comptoir::ids::HookAddress::new(merchant, new.id));
        Ok(Made {
            token: tokens::create(tx, merchant, "canary", &secrets::token())?,
            hook: HookAddress { url, secret },
            shop: shop.to_string(),
            connector: new.id.to_string(),
            agent,
        })
    };
    store.write(change).await.unwrap()
}

/// Its shirt and the order of it, told by its hook.
async fn buy(server: &Server, hook: &HookAddress) {
    let (now, euro) = (Utc::now(), |amount: &str| json!({ "amount": amount, "currency": "EUR" }));
    let variant = |colour: &str| {
        json!({ "external_id": format!("canary-{colour}"), "options": [{ "name": "Colour", "value": colour }],
            "price": euro("35.00"), "stock": 5 })
    };
    let product = json!({ "external_id": "canary-shirt", "title": "Canary shirt", "updated_at": now,
        "variants": [variant("Ecru"), variant("Blue")] });
    let line = json!({ "external_id": "l-1", "product_id": "canary-shirt", "variant_id": "canary-Ecru",
        "title": "Canary shirt", "quantity": 1, "options": [{ "name": "Colour", "value": "Ecru" }],
        "unit_price": euro("35.00") });
    let order = json!({ "external_id": "canary-1", "number": "#CANARY-1", "placed_at": now, "updated_at": now,
        "currency": "EUR", "payment_state": "paid", "customer": { "name": "Canary Person", "email": "one@canary.example" },
        "lines": [line], "total": euro("35.00") });
    for (kind, data) in [("product.upserted", product), ("order.upserted", order)] {
        let told = server
            .generic_at(&hook.url, &hook.secret, &json!({ "type": kind, "timestamp": now, "data": data }))
            .send()
            .await;
        assert_eq!(told.status, 202, "{}", told.body);
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

async fn other(server: &Server) -> Other {
    let Made { token, hook, shop, connector, agent } = make(server).await;
    buy(server, &hook).await;
    let api = server.stranger().with_bearer(&token);
    let order = api.get("/api/v1/orders").await.json()["data"][0].clone();
    let product = api.get("/api/v1/products").await.json()["data"][0].clone();
    let blue = product["variants"].as_array().unwrap().iter().find(|v| v["external_id"] == "canary-Blue").unwrap();
    let (thread, line, variant) = (text(&order["thread_id"]), text(&order["lines"][0]["id"]), text(&blue["id"]));
    let said =
        api.json("POST", &format!("/api/v1/threads/{thread}/messages"), &json!({ "text": "A canary sings." })).await;
    assert_eq!(said.status, 201, "{}", said.body);
    let wish = json!({ "line_id": line, "variant_id": variant, "quantity": 1, "reason": "colour" });
    let case = api.json("POST", &format!("/api/v1/threads/{thread}/cases"), &wish).await;
    assert_eq!(case.status, 201, "{}", case.body);
    let mail = server.mail_to("one@canary.example", "/t#").await;
    let link = mail.link(&server.url("/t#")).unwrap();
    let shopper = server.stranger();
    let opened = shopper.post("/t/open", &[("token", link.split('#').nth(1).unwrap())]).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let (order, case) = (text(&order["id"]), text(&case.json()["id"]));
    let page = opened.url.path().to_owned();
    Other { api, shop, connector, agent, order, thread, line, variant, case, shopper, page }
}

/// What a merchant's own program sees of all it has.
async fn seen_by(api: &Visitor, thread: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for path in ["threads?limit=100", "cases?limit=100", &format!("threads/{thread}/messages?limit=100")] {
        all.push(api.get(&format!("/api/v1/{path}")).await.json());
    }
    all
}

/// An answer without what differs from request to request.
fn told(page: &Page, id: &str) -> (u16, String) {
    let body = page.body.replace(id, "(the id)");
    let told = serde_json::from_str::<Value>(&body).map_or(body, |mut json| {
        if let Some(fields) = json.as_object_mut() {
            fields.remove("request_id");
        }
        json.to_string()
    });
    (page.status, told)
}

/// Asks twice, for what another has and for what never was: there is no difference, and it is a 404.
async fn the_same(asker: &Visitor, method: &str, path: &str, body: &str, kind: &str, (theirs, nobodys): (&str, &str)) {
    let mut answers = Vec::new();
    for id in [theirs, nobodys] {
        let (path, body) = (path.replace("{id}", id), body.replace("{id}", id));
        let page = match method {
            "GET" => asker.get(&path).await,
            _ => asker.raw(method, &path, kind, body.into_bytes()).await,
        };
        assert!(!page.body.to_lowercase().contains("canary"), "{method} {path} sings: {}", page.body);
        answers.push(told(&page, id));
    }
    assert_eq!(answers[0], answers[1], "{method} {path}");
    assert!(matches!(answers[0].0, 404 | 422), "{method} {path}: {answers:?}");
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Nothing of the other merchant in any list.
async fn lists_are_silent(api: &Visitor) {
    for path in ["orders", "threads", "products", "cases", "events", "agents"] {
        let list = api.get(&format!("/api/v1/{path}?limit=100")).await;
        assert!(list.status == 200 && !list.body.to_lowercase().contains("canary"), "{path} sings: {}", list.body);
    }
}

#[tokio::test]
async fn a_program_cannot_tell_anothers_things_from_what_never_was() {
    let server = Server::demo().await;
    let other = other(&server).await;
    let (before, mine) = (seen_by(&other.api, &other.thread).await, everything(&server).await);
    let (api, now) = (server.api(), Utc::now());
    let no_order = OrderId::new(now).to_string();
    let no_thread = ThreadId::new(now).to_string();
    let no_case = CaseId::new(now).to_string();
    let (order, thread, case) = ((&*other.order, &*no_order), (&*other.thread, &*no_thread), (&*other.case, &*no_case));
    the_same(&api, "GET", "/api/v1/orders/{id}", "", JSON, order).await;
    for path in ["/api/v1/threads/{id}", "/api/v1/threads/{id}/messages"] {
        the_same(&api, "GET", path, "", JSON, thread).await;
    }
    the_same(&api, "GET", "/api/v1/cases/{id}", "", JSON, case).await;
    let wish = json!({ "line_id": other.line, "variant_id": other.variant, "quantity": 1, "reason": "colour" });
    for (path, body) in [
        ("messages", json!({ "text": "Hello." })),
        ("assignment", json!({ "agent_id": null })),
        ("assignment", json!({ "agent_id": other.agent })),
        ("resolution", json!({})),
        ("reopening", json!({})),
        ("address", json!({ "email": "evil@example.com" })),
        ("cases", wish),
    ] {
        the_same(&api, "POST", &format!("/api/v1/threads/{{id}}/{path}"), &body.to_string(), JSON, thread).await;
    }
    for (path, body) in [
        ("approval", json!({})),
        ("refusal", json!({ "reason": "No." })),
        ("goods-back", json!({ "state": "received" })),
        ("goods-out", json!({})),
        ("settlement", json!({ "method": "cash" })),
    ] {
        the_same(&api, "POST", &format!("/api/v1/cases/{{id}}/{path}"), &body.to_string(), JSON, case).await;
    }
    // Named in the middle of one's own things, they are not there either.
    let mine_is = first_thread(&server).await;
    let order = api.get("/api/v1/orders?number=10482").await.json()["data"][0].clone();
    let my_line = text(&order["lines"][0]["id"]);
    let assign = r#"{"agent_id":"{id}"}"#;
    let no_agent = AgentId::new(now).to_string();
    the_same(&api, "POST", &format!("/api/v1/threads/{mine_is}/assignment"), assign, JSON, (&other.agent, &no_agent))
        .await;
    let cases = format!("/api/v1/threads/{mine_is}/cases");
    let by_variant = format!(r#"{{"line_id":"{my_line}","variant_id":"{{id}}","quantity":1,"reason":"colour"}}"#);
    let no_variant = VariantId::new(now).to_string();
    the_same(&api, "POST", &cases, &by_variant, JSON, (&other.variant, &no_variant)).await;
    let by_line = format!(r#"{{"line_id":"{{id}}","variant_id":"{}","quantity":1,"reason":"colour"}}"#, other.variant);
    let no_line = LineId::new(now).to_string();
    the_same(&api, "POST", &cases, &by_line, JSON, (&other.line, &no_line)).await;
    for path in [
        "orders?number=CANARY-1",
        "orders?email=one@canary.example",
        "orders?external_id=canary-1",
        &format!("cases?thread_id={}", other.thread),
    ] {
        assert_eq!(api.get(&format!("/api/v1/{path}")).await.json(), json!({ "data": [], "next": null }), "{path}");
    }
    lists_are_silent(&api).await;
    assert_eq!(seen_by(&other.api, &other.thread).await, before);
    assert_eq!(everything(&server).await, mine);
}

#[tokio::test]
async fn an_agent_cannot_tell_anothers_things_from_what_never_was() {
    let server = Server::demo().await;
    let other = other(&server).await;
    let before = seen_by(&other.api, &other.thread).await;
    let (desk, now) = (server.desk().await, Utc::now());
    let (no_thread, no_case) = (ThreadId::new(now).to_string(), CaseId::new(now).to_string());
    let no_connector = comptoir::ids::ConnectorId::new(now).to_string();
    let (thread, case) = ((&*other.thread, &*no_thread), (&*other.case, &*no_case));
    the_same(&desk, "GET", "/desk/threads/{id}", "", FORM, thread).await;
    the_same(&desk, "GET", "/desk/connectors/{id}/intakes", "", FORM, (&other.connector, &no_connector)).await;
    for (path, body) in [
        ("messages", "kind=reply&text=Hello&client_id=one-two-three-four"),
        ("messages", "kind=note&text=Hello&client_id=one-two-three-five"),
        ("assignment", "agent="),
        ("resolution", ""),
        ("reopening", ""),
        ("address", "email=evil@example.com"),
        ("letters", ""),
    ] {
        the_same(&desk, "POST", &format!("/desk/threads/{{id}}/{path}"), body, FORM, thread).await;
    }
    for (path, body) in [
        ("approval", ""),
        ("refusal", "reason=No"),
        ("goods-back", ""),
        ("goods-out", ""),
        ("settlement", "method=cash&reference=1"),
    ] {
        the_same(&desk, "POST", &format!("/desk/cases/{{id}}/{path}"), body, FORM, case).await;
    }
    let mut pages = vec![
        "/desk/connectors".to_owned(),
        format!("/desk?view=all&shop={}", other.shop),
        format!("/desk?done=resolved&of={}", other.thread),
    ];
    for view in ["needs-reply", "mine", "unassigned", "waiting", "resolved", "all", "exchanges"] {
        pages.push(format!("/desk?view={view}"));
    }
    for path in pages {
        let page = desk.get(&path).await;
        assert!(page.status == 200 && !page.body.to_lowercase().contains("canary"), "{path} sings: {}", page.text());
    }
    let mut socket = desk.live(&format!("/desk/live?thread={}", other.thread)).await;
    while let Some(frame) = socket.frame_within(MOMENT).await {
        assert!(!frame.to_string().to_lowercase().contains("canary"), "{frame}");
    }
    assert!(socket.is_closed_within(MOMENT).await, "there is nothing to follow");
    assert_eq!(seen_by(&other.api, &other.thread).await, before);
    let theirs = server.desk_of("agent@canary.example", PASSWORD).await;
    let page = theirs.get("/desk?view=all").await;
    assert!(page.has("Canary Person") && !page.has("Camille"), "{}", page.text());
}

#[tokio::test]
async fn a_shopper_opens_the_own_thread_alone() {
    let server = Server::demo().await;
    let other = other(&server).await;
    let before = seen_by(&other.api, &other.thread).await;
    let shopper = server.shopper(&server.told().shopper_links[0]).await;
    let (theirs, now) = (other.page.trim_start_matches("/t/").to_owned(), Utc::now());
    let nobodys = ThreadAddress::new(MerchantId::new(now), ThreadId::new(now)).to_string();
    for (method, path, body) in [
        ("GET", "/t/{id}".to_owned(), ""),
        ("GET", "/t/{id}/exchange".to_owned(), ""),
        ("GET", format!("/t/{{id}}/cases/{}", other.case), ""),
        ("POST", "/t/{id}/messages".to_owned(), "text=Hello&client_id=one-two-three-four"),
        ("POST", format!("/t/{{id}}/exchanges?line={}", other.line), "client_id=one-two-three-five"),
        ("POST", format!("/t/{{id}}/cases/{}/cancellation", other.case), ""),
    ] {
        the_same(&shopper, method, &path, body, FORM, (&theirs, &nobodys)).await;
    }
    let (socket, cookie) = (server.url(&format!("{}/live", other.page)), shopper.cookie("/t"));
    assert_eq!(live(&socket, cookie.as_deref(), server.base_url()).await.unwrap_err(), 404);
    // One's own thread does not open another's request, not even of the same merchant.
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let own = shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    let colleagues = server.api().get("/api/v1/cases?limit=1").await.json()["data"][0]["id"].clone();
    let no_case = CaseId::new(now).to_string();
    for case in [other.case.clone(), text(&colleagues)] {
        the_same(&shopper, "GET", &format!("{own}/cases/{{id}}"), "", FORM, (&case, &no_case)).await;
        the_same(&shopper, "POST", &format!("{own}/cases/{{id}}/cancellation"), "", FORM, (&case, &no_case)).await;
    }
    assert_eq!(other.shopper.get(&other.page).await.status, 200);
    assert_eq!(other.shopper.get(&own).await.status, 404);
    assert_eq!(seen_by(&other.api, &other.thread).await, before);
}
