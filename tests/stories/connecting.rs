//! From nothing to the first order: a fresh installation is set up, an order system is connected at the desk, and what it
//! sends opens a thread. Also who may not connect one, and how a program gets its token.

mod ageing;

use std::process::{Command, Output};

use serde_json::{Value, json};

use super::support::{Server, Visitor, page::Page};

const EMAIL: &str = "ines@calanque.example";
const PASSWORD: &str = "four unrelated words";

/// The owner of a fresh installation, come in through the forms of the set-up.
async fn owner(server: &Server) -> Visitor {
    let link = server.setup_link().expect("an empty store offers its set-up");
    let (page, code) = link.split_once('#').expect("the code is after #");
    let owner = server.stranger();
    let first = owner.get(page).await.form("form[action='/setup']").fill("code", code);
    let second = owner.submit(first).await.form("form[action='/setup']");
    let filled = [
        ("merchant", "Maison Calanque"),
        ("shop", "Maison Calanque"),
        ("name", "Inès Marchand"),
        ("email", EMAIL),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let second = filled.iter().fold(second, |form, (name, value)| form.fill(name, value));
    let inside = owner.submit(second).await;
    assert_eq!((inside.status, inside.url.path()), (200, "/desk"), "{}", inside.text());
    owner
}

async fn connect(desk: &Visitor, kind: &str, store: &str, secret: &str) -> Page {
    let page = desk.get("/desk/connectors").await;
    let form = page.form("#connect form").choose("kind", kind).fill("store", store).fill("secret", secret);
    desk.submit(form).await
}

/// The address and the secret that a page shows.
fn shown(page: &Page) -> (String, String) {
    (page.one("code[id^='hook-']"), page.one("code#secret"))
}

fn order(id: u64) -> Value {
    json!({"type": "order.upserted", "timestamp": "2026-11-20T10:00:00Z", "data": {
        "external_id": format!("o-{id}"), "number": format!("C-{id}"), "kind": "goods", "currency": "EUR",
        "placed_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z", "payment_state": "paid", "placed": true,
        "fulfilment_state": "none", "customer": {"name": "Nora Lind", "email": "nora@example.com", "locale": "en"},
        "lines": [{"external_id": "1", "title": "Linen shirt", "quantity": 1,
            "unit_price": {"amount": "92.00", "currency": "EUR"}}],
        "total": {"amount": "92.00", "currency": "EUR"},
    }})
}

fn command(server: &Server, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comptoir"))
        .args(words)
        .arg("--data")
        .arg(server.data())
        .env("DATABASE_URL", server.database_url())
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_fresh_installation_is_connected_at_the_desk_and_its_first_order_opens_a_thread() {
    let server = Server::empty().await;
    let owner = owner(&server).await;
    let empty = owner.get("/desk/connectors").await;
    assert!(empty.has("No order system is connected yet"), "{}", empty.text());
    assert!(empty.link(".empty a").ends_with("/desk/connectors#connect"));

    let made = connect(&owner, "generic", "erp.calanque.example", "").await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let (url, secret) = shown(&made);
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    assert!(made.has("never again") && made.has("Waiting for the first event."), "{}", made.text());
    for later in ["/desk/connectors", "/desk/connectors/x/secret"] {
        let page = owner.get(later).await;
        assert!(page.has(&url) && !page.body.contains(&secret), "the secret is on its own page alone");
        assert!(page.has(&format!("ends in {}", &secret[secret.len() - 4..])), "{}", page.text());
    }
    let own = owner.get(&owner.get("/desk/connectors").await.link(".card__foot a[href$='/secret']")).await;
    assert_eq!(shown(&own), (url.clone(), secret.clone()), "for ten minutes its maker reads it again");

    let call = server.generic_at(&url, &secret, &order(1));
    let answer = call.send().await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let inbox = owner.get("/desk?view=all").await;
    assert!(inbox.has("Nora Lind"), "{}", inbox.text());
    let thread = owner.get(&inbox.link("#threads a[href*='/desk/threads/']")).await;
    assert!(thread.has("Linen shirt") && thread.has("C-1"), "{}", thread.text());
    let arrived = owner.get(own.url.path()).await;
    assert!(arrived.has("Received order C-1,") && arrived.select("[data-first]").is_empty(), "{}", arrived.text());

    replaying_changes_nothing(&owner, &inbox).await;
    a_replaced_secret_overlaps_with_the_old_one(&server, &owner, (&url, &secret)).await;
}

/// What was applied is applied again from its log: nobody sees a difference, and the page says what was done.
async fn replaying_changes_nothing(owner: &Visitor, inbox: &Page) {
    let thread = inbox.link("#threads a[href*='/desk/threads/']");
    let before = owner.get(&thread).await;
    let log = owner.get("/desk/connectors").await.link(".card__foot a[href$='/intakes']");
    let arrival = owner.get(&owner.get(&log).await.link("td a")).await;
    let again = owner.submit(arrival.form("form[action$='/replay']")).await;
    assert!(again.status == 200 && again.has("Applied once more."), "{}", again.text());
    let after = owner.get(&thread).await;
    let parts = |page: &Page| page.body.matches(" id=\"").count();
    assert_eq!(parts(&after), parts(&before), "nothing more happened in the thread: {}", after.text());
    assert_eq!(after.select("#context"), before.select("#context"));
    let list = owner.get("/desk?view=all").await;
    assert_eq!(list.select("#threads a[href*='/desk/threads/']").len(), 1);
}

async fn a_replaced_secret_overlaps_with_the_old_one(server: &Server, owner: &Visitor, (url, old): (&str, &str)) {
    let page = owner.get("/desk/connectors").await;
    assert!(page.has("The old secret is taken too for 24 hours"), "{}", page.text());
    let replaced = owner.submit(page.form("form[action$='/secret']")).await;
    let (same, new) = shown(&replaced);
    assert_eq!(same, url);
    assert_ne!(new, old);
    assert!(replaced.has("The secret before is taken too until"), "{}", replaced.text());
    assert_eq!(server.generic_at(url, old, &order(2)).send().await.status, 202, "both are taken meanwhile");
    assert_eq!(server.generic_at(url, &new, &order(3)).send().await.status, 202);
    let log = owner.get("/desk/connectors").await.link(".card__foot a[href$='/intakes']");
    let rows = owner.get(&format!("{log}?verdict=applied")).await;
    let signed = |at: usize| rows.link(&format!("tbody tr:nth-child({at}) td a"));
    let (latest, before) = (owner.get(&signed(1)).await, owner.get(&signed(2)).await);
    assert!(before.has("Matches the secret before") && !latest.has("Matches the secret before"), "{}", before.text());
    assert!(owner.get(&format!("{log}?verdict=failed")).await.has("Nothing has arrived here."));
    let ended = owner.submit(owner.get("/desk/connectors").await.form("form[action$='/secret/end']")).await;
    assert!(ended.has("Only the new secret is taken now."), "{}", ended.text());
    assert_eq!(server.generic_at(url, old, &order(4)).send().await.status, 401);
    assert_eq!(server.generic_at(url, &new, &order(4)).send().await.status, 202);
}

#[tokio::test]
async fn what_cannot_be_connected_comes_back_with_what_to_mend() {
    let server = Server::empty().await;
    let owner = owner(&server).await;
    let secret = "0123456789abcdef0123456789abcdef";
    let wrong = connect(&owner, "shopify", "calanque.example", "").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("like name.myshopify.com") && wrong.has("Paste the whole signing secret"), "{}", wrong.text());
    let kept = wrong.form("#connect form");
    assert_eq!((kept.value("kind"), kept.value("store")), (Some("shopify"), Some("calanque.example")));
    let shown_back = connect(&owner, "shopify", "calanque.example", secret).await;
    assert!(shown_back.status == 422 && !shown_back.body.contains(secret), "a secret is never sent back");
    assert_eq!(connect(&owner, "generic", "two words", "").await.status, 422);
    assert_eq!(connect(&owner, "generic", "erp", secret).await.status, 422, "ours is made here");
    let elsewhere = owner.get("/desk/connectors").await.form("#connect form").fill("store", "erp");
    let elsewhere = owner.submit(elsewhere.forge("shop", "shp_01j9zq4m3v7t8w2x5y6b0c1d2e")).await;
    assert!(elsewhere.status == 422 && elsewhere.has("Choose a shop from the list."), "{}", elsewhere.text());

    let made = connect(&owner, "shopify", "https://Maison-Calanque.myshopify.com/", secret).await;
    assert!(made.status == 200 && made.has("inventory_levels/update"), "{}", made.text());
    assert!(!made.body.contains(secret));
    let again = connect(&owner, "shopify", "maison-calanque.myshopify.com", secret).await;
    assert!(again.status == 409 && again.has("This shop has this store already."), "{}", again.text());
    assert_eq!(again.select(".connectors .source__name").len(), 1);

    let url = made.one("code[id^='hook-']");
    let body = json!({"id": 1, "name": "#1", "currency": "EUR", "total_price": "1.00", "financial_status": "paid",
        "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
        "line_items": [{"id": 1, "title": "Shirt", "quantity": 1, "price": "1.00"}]});
    assert_eq!(server.shopify_at(&url, secret, "orders/create", &body).send().await.status, 202);
    let form = owner.get("/desk/connectors").await.form("form[action$='/secret']");
    let short = owner.submit(form.clone().fill("secret", "short")).await;
    assert!(short.status == 422 && short.has("Paste the whole signing secret"), "{}", short.text());
    let new = "fedcba9876543210fedcba9876543210";
    let replaced = owner.submit(form.fill("secret", new)).await;
    assert!(replaced.status == 200 && !replaced.body.contains(new));
    assert_eq!(server.shopify_at(&url, secret, "orders/create", &body).send().await.status, 202, "for a day");
    let ended = owner.submit(owner.get("/desk/connectors").await.form("form[action$='/secret/end']")).await;
    assert_eq!(ended.status, 200, "{}", ended.text());
    assert_eq!(server.shopify_at(&url, secret, "orders/create", &body).send().await.status, 401);
    assert_eq!(server.shopify_at(&url, new, "orders/create", &body).send().await.status, 202);
}

#[tokio::test]
async fn a_plain_agent_connects_nothing() {
    let server = Server::demo().await;
    let demo = server.told();
    let keeper = server.desk().await;
    let form = keeper.get("/desk/connectors").await.form("#connect form").fill("store", "erp");
    let secret = keeper.get("/desk/connectors").await.form("form[action$='/secret']");
    let agent = server.desk_of("theo@calanque.example", &demo.desk.password).await;
    for refused in
        [agent.get("/desk/connectors").await, agent.submit(form).await, agent.post(&secret.action, &[]).await]
    {
        assert_eq!(refused.status, 403, "{}", refused.text());
        assert!(refused.has("Ask one of them.") || refused.has("Demandez à l’un d’eux."), "{}", refused.text());
    }
    assert_eq!(keeper.get("/desk/connectors").await.select("#main .source__name").len(), 3);
    let body = order(3);
    assert_eq!(server.generic(&body).send().await.status, 202, "its secret is still the old one");
}

#[tokio::test]
async fn a_token_for_programs_is_made_on_the_command_line() {
    let server = Server::empty().await;
    let early = command(&server, &["token", "--name", "erp"]);
    assert!(!early.status.success() && early.stdout.is_empty());
    assert!(String::from_utf8_lossy(&early.stderr).contains("nobody has set this installation up yet"));
    owner(&server).await;
    let made = command(&server, &["token", "--name", "erp"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let token = String::from_utf8(made.stdout).unwrap();
    let api = server.stranger().with_bearer(token.trim());
    assert_eq!(api.get("/api/v1/orders").await.status, 200);
    assert_eq!(server.stranger().with_bearer("cpt_other").get("/api/v1/orders").await.status, 401);
    assert!(!command(&server, &["token", "--name", " "]).status.success());
}
