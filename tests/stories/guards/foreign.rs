//! Another merchant's things are not there: nobody can tell them from what never was.

mod ways;

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use comptoir::{
    bus::Bus,
    domain::{
        agents::{self, NewAgent, Role},
        audit::Doer,
        connectors::{self, ConnectorKind, NewConnector},
        merchants::{self, Shop},
        tokens,
    },
    i18n::Lang,
    ids::{
        AgentId, CannedReplyId, CaseId, ConnectorId, FileId, IntakeId, InvitationId, LabelId, LineId, MerchantId,
        OrderId, ShopId, ShopperId, ThreadAddress, ThreadId, UndoId, VariantId,
    },
    secrets::{self, Keys},
    store::{
        Clock, Store,
        columns::{At, Json},
    },
};
use serde_json::{Value, json};

use self::ways::{API, Body, DESK, NAMED_AT_THE_DESK, NAMED_BY_PROGRAMS, SHOPPER, Way};
use super::super::support::{
    Server, Visitor,
    form::{Sent, parts},
    live::live,
    page::Page,
    server::HookAddress,
};
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
        connectors::create(tx, Doer::System, &new)?;
        let url = format!("{base}/hooks/{}", comptoir::ids::HookAddress::new(merchant, new.id));
        Ok(Made {
            token: tokens::create(tx, Doer::System, merchant, "canary", &secrets::token())?,
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
fn told(page: &Page, things: &Things) -> (u16, String) {
    let body = things.0.iter().fold(page.body.clone(), |body, (name, id)| body.replace(id, name));
    let told = serde_json::from_str::<Value>(&body).map_or(body, |mut json| {
        if let Some(fields) = json.as_object_mut() {
            fields.remove("request_id");
        }
        json.to_string()
    });
    (page.status, told)
}

/// Ids by what the tables call them.
#[derive(Clone)]
struct Things(Vec<(&'static str, String)>);

impl Things {
    fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }

    fn with(mut self, more: &[(&'static str, &str)]) -> Self {
        self.0.extend(more.iter().map(|(name, id)| (*name, (*id).to_owned())));
        self
    }
}

/// What never was.
fn nobodys() -> Things {
    let now = Utc::now();
    Things(vec![
        ("thread", ThreadId::new(now).to_string()),
        ("order", OrderId::new(now).to_string()),
        ("case", CaseId::new(now).to_string()),
        ("line", LineId::new(now).to_string()),
        ("piece", VariantId::new(now).to_string()),
        ("agent", AgentId::new(now).to_string()),
        ("shop", ShopId::new(now).to_string()),
        ("connector", ConnectorId::new(now).to_string()),
        ("intake", IntakeId::new(now).to_string()),
        ("label", LabelId::new(now).to_string()),
        ("reply", CannedReplyId::new(now).to_string()),
        ("invitation", InvitationId::new(now).to_string()),
        ("undo", UndoId::new(now).to_string()),
        ("file", FileId::new(now).to_string()),
        ("session", "0123456789abcdef".to_owned()),
        ("shopper", ShopperId::new(now).to_string()),
    ])
}

/// What follows `before` in a page, as long as it can be an id.
fn after(page: &Page, before: &str) -> String {
    let Some((_, rest)) = page.body.split_once(before) else { panic!("no {before} in {}", page.text()) };
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect()
}

fn picture() -> Sent {
    Sent::new(
        "canary.gif",
        "image/gif",
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
    )
}

/// One of everything that the other merchant has, made as its own agent makes it.
async fn theirs(server: &Server, other: &Other) -> Things {
    let desk = server.desk_of("agent@canary.example", PASSWORD).await;
    let file = desk.upload(&format!("/desk/threads/{}/files", other.thread), picture()).await;
    assert_eq!(file.status, 201, "{}", file.body);
    let log = desk.get(&format!("/desk/connectors/{}/intakes", other.connector)).await;
    let label = desk.post("/desk/labels", &[("name", "Canary label"), ("hue", "1")]).await;
    let fields = [("title", "Canary"), ("shortcut", "canary"), ("body-en", "A canary")];
    let reply = desk.post("/desk/canned-replies/new", &fields).await;
    let fields = [("email", "two@canary.example"), ("role", "agent")];
    let invited = desk.post("/desk/settings/invitations", &fields).await;
    let assigned = desk.post(&format!("/desk/threads/{}/assignment", other.thread), &[("agent", &other.agent)]).await;
    let profile = desk.get("/desk/settings/profile").await;
    let order = other.api.get(&format!("/api/v1/orders/{}", other.order)).await.json();
    Things(vec![
        ("thread", other.thread.clone()),
        ("order", other.order.clone()),
        ("case", other.case.clone()),
        ("line", other.line.clone()),
        ("piece", other.variant.clone()),
        ("agent", other.agent.clone()),
        ("shop", other.shop.clone()),
        ("connector", other.connector.clone()),
        ("intake", after(&log, "intake=")),
        ("label", after(&label, "action=\"/desk/labels/")),
        ("reply", after(&desk.get(reply.url.path()).await, "/desk/canned-replies/rep").replacen('_', "rep_", 1)),
        ("invitation", after(&invited, "/desk/settings/invitations/")),
        ("undo", after(&assigned, "/desk/undos/")),
        ("file", text(&file.json()["id"])),
        ("session", after(&profile, "/desk/settings/profile/sessions/")),
        ("shopper", text(&order["shopper"]["id"])),
    ])
}

async fn ask(asker: &Visitor, base: &str, (method, path, body): Way, things: &Things) -> Page {
    let path = format!("{base}{}", things.fill(path));
    let (kind, bytes) = match body {
        Body::Nothing if method == "GET" => return asker.get(&path).await,
        Body::Nothing => ("application/x-www-form-urlencoded".to_owned(), Vec::new()),
        Body::Form(form) => ("application/x-www-form-urlencoded".to_owned(), things.fill(form).into_bytes()),
        Body::Json(json) => ("application/json".to_owned(), things.fill(json).into_bytes()),
        Body::File => parts(&[], &[("file".to_owned(), picture())]),
    };
    asker.raw(method, &path, &kind, bytes).await
}

/// Asks twice, for what another has and for what never was: there is no difference.
async fn the_same(asker: &Visitor, base: &str, way: Way, theirs: &Things, nobodys: &Things) -> u16 {
    let mut answers = Vec::new();
    for things in [theirs, nobodys] {
        let page = ask(asker, base, way, things).await;
        assert!(!page.body.to_lowercase().contains("canary"), "{way:?} sings: {}", page.body);
        answers.push(told(&page, things));
    }
    assert_eq!(answers[0], answers[1], "{way:?}");
    answers[0].0
}

/// Tries every way of a table; what is not there is a 404.
async fn not_there(asker: &Visitor, base: &str, ways: &[Way], theirs: &Things, nobodys: &Things) {
    for way in ways {
        let status = the_same(asker, base, *way, theirs, nobodys).await;
        assert_eq!(status, 404, "{way:?}");
    }
}

/// Tries every way of a table of what is named in the middle of one's own things. To take away what is not there is done.
async fn not_to_be_named(asker: &Visitor, base: &str, ways: &[Way], theirs: &Things, nobodys: &Things) {
    for way in ways {
        let status = the_same(asker, base, *way, theirs, nobodys).await;
        assert!(matches!(status, 404 | 422) || (way.0 == "DELETE" && status == 200), "{way:?}: {status}");
    }
}

/// One's own thread, request and line, to name another's things in.
async fn own(server: &Server) -> [(&'static str, String); 3] {
    let (api, thread) = (server.api(), first_thread(server).await);
    let order = api.get("/api/v1/orders?number=10482").await.json()["data"][0].clone();
    let cases = api.get("/api/v1/cases?state=submitted&limit=1").await.json();
    [("mine", thread), ("my-line", text(&order["lines"][0]["id"])), ("my-case", text(&cases["data"][0]["id"]))]
}

/// Nothing of the other merchant in any list.
async fn lists_are_silent(api: &Visitor) {
    for path in [
        "orders",
        "threads",
        "products",
        "cases",
        "events",
        "agents",
        "labels",
        "canned-replies",
        "audit",
        "search?q=canary",
    ] {
        let with = if path.contains('?') { '&' } else { '?' };
        let list = api.get(&format!("/api/v1/{path}{with}limit=100")).await;
        let body = list.body.replace("q=canary", "").to_lowercase();
        assert!(list.status == 200 && !body.contains("canary"), "{path} sings: {}", list.body);
    }
}

#[tokio::test]
async fn a_program_cannot_tell_anothers_things_from_what_never_was() {
    let server = Server::demo().await;
    let other = other(&server).await;
    let own = own(&server).await;
    let own: Vec<(&str, &str)> = own.iter().map(|(name, id)| (*name, id.as_str())).collect();
    let (theirs, nobodys) = (theirs(&server, &other).await.with(&own), nobodys().with(&own));
    let (before, mine) = (seen_by(&other.api, &other.thread).await, everything(&server).await);
    let api = server.api();
    not_there(&api, "/api/v1", API, &theirs, &nobodys).await;
    not_to_be_named(&api, "/api/v1", NAMED_BY_PROGRAMS, &theirs, &nobodys).await;
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
    let own = own(&server).await;
    let own: Vec<(&str, &str)> =
        own.iter().map(|(name, id)| (*name, id.as_str())).chain([("variant", "full")]).collect();
    let (theirs, nobodys) = (theirs(&server, &other).await.with(&own), nobodys().with(&own));
    let before = seen_by(&other.api, &other.thread).await;
    let desk = server.desk().await;
    not_there(&desk, "/desk", DESK, &theirs, &nobodys).await;
    not_to_be_named(&desk, "/desk", NAMED_AT_THE_DESK, &theirs, &nobodys).await;
    let mut pages = vec![
        "/desk/connectors".to_owned(),
        format!("/desk?view=all&shop={}", other.shop),
        format!("/desk?done=resolved&of={}", other.thread),
    ];
    for page in [
        "labels",
        "canned-replies",
        "settings/people",
        "settings/profile",
        "settings/shop",
        "settings/personal-data",
        "settings/activity",
        "search?q=feather",
    ] {
        pages.push(format!("/desk/{page}"));
    }
    for view in ["needs-reply", "mine", "unassigned", "waiting", "resolved", "all", "exchanges"] {
        pages.push(format!("/desk?view={view}"));
    }
    for path in pages {
        let page = desk.get(&path).await;
        // Some islands have the name.
        let body = page.body.replace("Atlantic/Canary", "").to_lowercase();
        assert!(page.status == 200 && !body.contains("canary"), "{path} sings: {}", page.text());
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
    let shopper = server.shopper(&server.told().shopper_links[0]).await;
    let now = Utc::now();
    let file = other.shopper.upload(&format!("{}/files", other.page), picture()).await;
    let file = text(&file.json()["id"]);
    let before = seen_by(&other.api, &other.thread).await;
    let theirs = Things(Vec::new()).with(&[
        ("thread", other.page.trim_start_matches("/t/")),
        ("case", &other.case),
        ("file", &file),
        ("variant", "full"),
    ]);
    let nowhere = ThreadAddress::new(MerchantId::new(now), ThreadId::new(now)).to_string();
    let nobodys = Things(Vec::new()).with(&[
        ("thread", &nowhere),
        ("case", &CaseId::new(now).to_string()),
        ("file", &FileId::new(now).to_string()),
        ("variant", "full"),
    ]);
    not_there(&shopper, "/t", SHOPPER, &theirs, &nobodys).await;
    let (socket, cookie) = (server.url(&format!("{}/live", other.page)), shopper.cookie("/t"));
    assert_eq!(live(&socket, cookie.as_deref(), server.base_url()).await.unwrap_err(), 404);
    // One's own thread does not open another's request or file, not even of the same merchant.
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let own = shopper.post("/t/open", &[("token", &token)]).await.url.path().trim_start_matches("/t/").to_owned();
    let colleagues = text(&server.api().get("/api/v1/cases?limit=1").await.json()["data"][0]["id"]);
    let in_own: Vec<Way> = SHOPPER.iter().filter(|(_, path, _)| path.matches('{').count() > 1).copied().collect();
    let place = |things: &Things| {
        Things(vec![("thread", own.clone())]).with(
            &things
                .0
                .iter()
                .filter(|(name, _)| *name != "thread")
                .map(|(name, id)| (*name, id.as_str()))
                .collect::<Vec<_>>(),
        )
    };
    not_there(&shopper, "/t", &in_own, &place(&theirs), &place(&nobodys)).await;
    let cases: Vec<Way> = in_own.into_iter().filter(|(_, path, _)| path.contains("{case}")).collect();
    let colleagues = Things(vec![("thread", own.clone()), ("case", colleagues)]);
    not_there(&shopper, "/t", &cases, &colleagues, &place(&nobodys)).await;
    assert_eq!(other.shopper.get(&other.page).await.status, 200);
    assert_eq!(other.shopper.get(&format!("/t/{own}")).await.status, 404);
    assert_eq!(seen_by(&other.api, &other.thread).await, before);
}
