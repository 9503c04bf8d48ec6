//! The ways into a thread that a shop gives its buyers: links in its own mail and pages, codes for a camera.

mod browser;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::support::{Server, Visitor, page::Page};

/// What a snippet builds links with.
struct Snippet {
    page: String,
    address: String,
    secret: String,
}

impl Snippet {
    /// Read out of the text that the desk shows to be pasted.
    fn of(code: &str) -> Self {
        let between = |before: &str, after: &str| {
            let rest = code.split_once(before).unwrap_or_else(|| panic!("{code} has no {before}")).1;
            rest.split_once(after).unwrap_or_else(|| panic!("{code} has no {after}")).0.to_owned()
        };
        if code.contains("hash_hmac") {
            Self {
                page: between("return '", "#'"),
                address: between("$text = '", ".'"),
                secret: between("$text, '", "'"),
            }
        } else if code.contains("hmac_sha256") {
            Self {
                page: between("<a href=\"", "#{{"),
                address: between("comptoir_link -%}", ".{{"),
                secret: between("hmac_sha256: '", "'"),
            }
        } else {
            Self {
                page: between("echo \"", "#$text"),
                address: between("text=\"", ".$ORDER_ID"),
                secret: between("-hmac '", "'"),
            }
        }
    }

    /// The part of a link behind `#`.
    fn token(&self, order: &str, built_at: i64) -> String {
        let text = format!("{}.{order}.{built_at}", self.address);
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        let mac: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{text}.{mac}")
    }
}

fn now() -> i64 {
    chrono::Utc::now().timestamp()
}

/// The page with the snippet of the connector of a kind.
async fn links_page(desk: &Visitor, kind: &str) -> Page {
    let page = desk.get("/desk/connectors").await;
    let ids: Vec<String> =
        page.links().into_iter().filter_map(|(_, href)| href.ends_with("/links").then_some(href)).collect();
    for href in ids {
        let found = desk.get(&href).await;
        if found.select(".source__name").iter().any(|name| name == kind) {
            return found;
        }
    }
    panic!("no connector of {kind}: {}", page.text())
}

async fn snippet(server: &Server, kind: &str) -> Snippet {
    let page = links_page(&server.desk().await, kind).await;
    Snippet::of(&page.one("#snippet"))
}

fn shopify_order(id: u64) -> Value {
    json!({"id": id, "name": format!("#{id}"), "email": "nora@example.com", "currency": "EUR", "total_price": "92.00",
        "financial_status": "paid", "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
        "line_items": [{"id": 1, "title": "Linen shirt", "quantity": 1, "price": "92.00"}]})
}

async fn follow(visitor: &Visitor, token: &str) -> Page {
    visitor.post("/t/o", &[("token", token)]).await
}

#[tokio::test]
async fn a_link_that_the_shop_built_opens_the_orders_thread() {
    let server = Server::demo().await;
    assert_eq!(server.shopify("orders/create", &shopify_order(8801)).send().await.status, 202);
    let shopify = snippet(&server, "Shopify").await;
    let opening = server.stranger().get(&shopify.page).await;
    assert_eq!((opening.status, opening.form("form[data-open-link]").action.contains("/t/o?shop=")), (200, true));
    assert!(opening.has("Maison Calanque"), "in the shop's dress: {}", opening.text());

    let shopper = server.stranger();
    let page = follow(&shopper, &shopify.token("8801", now())).await;
    assert!(page.status == 200 && page.has("Linen shirt"), "{}", page.text());
    // It proves this thread, and nothing else: not the other orders of the same buyer.
    let path = page.url.path().to_owned();
    let sent = shopper.submit(page.form("form:has(textarea)").fill("text", "Is it washable?")).await;
    assert!(sent.has("Is it washable?"));
    assert_eq!(server.stranger().get(&path).await.status, 404, "another browser followed nothing");

    let woocommerce = snippet(&server, "WooCommerce").await;
    let body: Value = serde_json::from_str(include_str!("../fixtures/woocommerce/order.json")).unwrap();
    assert_eq!(server.woocommerce("order.created", &body).send().await.status, 202);
    assert!(follow(&server.stranger(), &woocommerce.token("4711", now())).await.has("Marinière & Co"));
    // The order of one system is not the order of another with the same id.
    assert!(follow(&server.stranger(), &woocommerce.token("8801", now())).await.has("looks again by itself"));
}

#[tokio::test]
async fn a_link_that_nobody_signed_is_too_old_or_of_a_replaced_key_opens_nothing() {
    let server = Server::demo().await;
    assert_eq!(server.shopify("orders/create", &shopify_order(8802)).send().await.status, 202);
    let own = snippet(&server, "Shopify").await;
    let good = own.token("8802", now());
    let other = Snippet { secret: "another".to_owned(), ..snippet(&server, "Shopify").await };
    let generic = snippet(&server, "Webhook").await;
    let mixed = Snippet { address: own.address.clone(), ..generic };
    let day = 86_400;
    let bent = format!("{}{}", &good[..good.len() - 1], if good.ends_with('0') { "1" } else { "0" });
    for (token, why) in [
        (String::new(), "empty"),
        ("a.b.c".to_owned(), "no link"),
        (bent, "a bent signature"),
        (good.replace(".8802.", ".8801."), "another order"),
        (good.replacen(&own.address[..1], "z", 1), "another merchant"),
        (other.token("8802", now()), "another key"),
        (mixed.token("8802", now()), "the key of another connector"),
        (own.token("8802", now() - 91 * day), "built long ago"),
        (own.token("8802", now() + 2 * day), "built in the future"),
    ] {
        let page = follow(&server.stranger(), &token).await;
        // The door of two shops is not told apart from a link that is over.
        assert!([404, 410].contains(&page.status), "{why}: {}", page.status);
        assert!(!page.has("Linen shirt"), "{why}: {}", page.text());
    }
    assert!(follow(&server.stranger(), &good).await.has("Linen shirt"));
    assert!(follow(&server.stranger(), &own.token("8802", now() - 89 * day)).await.has("Linen shirt"));

    let desk = server.desk().await;
    let page = links_page(&desk, "Shopify").await;
    let replaced = desk.submit(page.form("form[action$='/links']")).await;
    assert!(replaced.has("The key is replaced."), "{}", replaced.text());
    assert!([404, 410].contains(&follow(&server.stranger(), &good).await.status), "the old key is void");
    let new = Snippet::of(&replaced.one("#snippet"));
    assert_eq!(new.address, own.address);
    assert!(follow(&server.stranger(), &new.token("8802", now())).await.has("Linen shirt"));
}

#[tokio::test]
async fn revoking_the_links_of_a_thread_ends_those_that_the_shop_built() {
    let server = Server::demo().await;
    assert_eq!(server.shopify("orders/create", &shopify_order(8803)).send().await.status, 202);
    let own = snippet(&server, "Shopify").await;
    let before = own.token("8803", now() - 5);
    let shopper = server.stranger();
    let inside = follow(&shopper, &before).await;
    assert!(inside.has("Linen shirt"));
    let order = server.api().get("/api/v1/orders?number=8803").await.json();
    let thread = format!("/desk/threads/{}", order["data"][0]["thread_id"].as_str().unwrap());
    let desk = server.desk().await;
    let revoked = desk.submit(desk.get(&thread).await.form("form[action*='/link-revocation']")).await;
    assert_eq!(revoked.status, 200);
    assert_eq!(follow(&server.stranger(), &before).await.status, 410);
    assert_eq!(shopper.get(inside.url.path()).await.status, 404, "and the visits they opened");
    // What the shop builds from then on leads in again.
    assert!(follow(&server.stranger(), &own.token("8803", now() + 2)).await.has("Linen shirt"));
}

#[tokio::test]
async fn an_order_that_has_not_arrived_is_waited_for() {
    let server = Server::demo().await;
    let own = snippet(&server, "Shopify").await;
    let shopper = server.stranger();
    let token = own.token("8804", now());
    let waiting = follow(&shopper, &token).await;
    assert!(waiting.status == 200 && waiting.has("This page looks again by itself."), "{}", waiting.text());
    assert!(waiting.links().iter().any(|(_, href)| href.contains("/t/find")), "the door with the number");
    let script = shopper.clone().with_header("accept", "application/json");
    assert_eq!(follow(&script, &token).await.json(), json!({"next": null}));
    assert_eq!(server.shopify("orders/create", &shopify_order(8804)).send().await.status, 202);
    let next = follow(&script, &token).await.json();
    let next = next["next"].as_str().expect("it is there now");
    assert!(shopper.get(next).await.has("Linen shirt"));
    // By hand, as without a script.
    let stranger = server.stranger();
    let early = follow(&stranger, &own.token("8805", now())).await;
    assert_eq!(server.shopify("orders/create", &shopify_order(8805)).send().await.status, 202);
    assert!(stranger.submit(early.form("form[data-wait]")).await.has("Linen shirt"));
}

#[tokio::test]
async fn guesses_at_links_are_counted() {
    let server = Server::demo().with_rate_limits().await;
    let stranger = server.stranger();
    let mut last = 0;
    for _ in 0..25 {
        last = follow(&stranger, "guess.1.1.00").await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn snippets_are_for_owners_and_admins_and_fit_each_system() {
    let server = Server::demo().await;
    let keeper = server.desk().await;
    let shopify = links_page(&keeper, "Shopify").await;
    assert!(shopify.has("hmac_sha256") && shopify.has("Order confirmation") && shopify.has("Account page"));
    assert!(shopify.one("#snippet").contains("Suivre ma commande et nous écrire"), "in the shop's language");
    let php = links_page(&keeper, "WooCommerce").await.one("#snippet");
    for hook in ["woocommerce_email_order_details", "woocommerce_thankyou", "woocommerce_my_account_my_orders_actions"]
    {
        assert!(php.contains(hook), "{php}");
    }
    let address = shopify.url.path().to_owned();
    let agent = server.desk_of("theo@calanque.example", &server.told().desk.password).await;
    assert_eq!(agent.get(&address).await.status, 403);
    assert_eq!(agent.post(&address, &[]).await.status, 403);
    let nobodys = keeper.get("/desk/connectors/con_01j9zq4m3v7t8w2x5y6b0c1d2e/links").await;
    assert_eq!(nobodys.status, 404);
    // What signs hooks is never in what is pasted, and the address of a hook is not in a link.
    for (kind, hook) in [("Shopify", "shopify"), ("WooCommerce", "woocommerce"), ("Webhook", "generic")] {
        let told = server.told().hooks[hook].clone();
        let code = links_page(&keeper, kind).await.one("#snippet");
        assert!(!code.contains(&told.secret) && !code.contains(told.url.rsplit('/').next().unwrap()), "{kind}");
    }
}

#[tokio::test]
async fn a_thread_goes_to_another_device_and_into_the_parcel() {
    let server = Server::demo().await;
    let shopper = server.shopper(&server.told().shopper_links[0]).await;
    let thread = shopper.post("/t/open", &[("token", server.told().shopper_links[0].split('#').nth(1).unwrap())]).await;
    let device = shopper.get(&thread.link("a[href$='/device']")).await;
    assert!(device.status == 200 && device.attribute("svg.qr path", "d").is_some(), "{}", device.text());
    let link = device.one(".copyfield code");
    let other = server.shopper(&link).await;
    assert!(other.get(thread.url.path()).await.has("10482"));
    assert_eq!(server.stranger().get(device.url.path()).await.status, 404, "nobody else's");

    let order = server.api().get("/api/v1/orders?number=10482").await.json();
    let id = order["data"][0]["thread_id"].as_str().unwrap().to_owned();
    let desk = server.desk().await;
    let page = desk.get(&format!("/desk/threads/{id}")).await;
    let slip = desk.get(&page.link("a[href*='/slip']")).await;
    assert!(slip.attribute("svg.qr path", "d").is_some() && slip.has("10482"), "{}", slip.text());
    assert!(slip.has("Commande 10482"), "in the shopper's language: {}", slip.text());
    let door = slip.one(".slip__address");
    assert!(door.ends_with("/t"), "short enough to be typed: {door}");
    assert!(server.stranger().get(&door).await.links().iter().any(|(_, href)| href.contains("/t/find")));
    assert_eq!(desk.get("/desk/threads/thr_01j9zq4m3v7t8w2x5y6b0c1d2e/slip").await.status, 404);
}
