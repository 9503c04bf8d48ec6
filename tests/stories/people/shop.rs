//! A shop is changed by its keepers: what shoppers see of it follows, and what cannot be taken comes back to be mended.

use super::super::support::Server;
use super::{others_owner, theo};

const SHOP: &str = "/desk/settings/shop";

#[tokio::test]
async fn a_shop_is_changed_and_its_shoppers_see_it() {
    let server = Server::demo().await;
    let ines = server.desk().await;
    let page = ines.get(SHOP).await;
    assert!(page.has("Maison Calanque") && page.has("Order"), "{}", page.text());
    let form = page.form("form[data-preview]");
    let kept = form.clone().fill("name", " ").forge("accent", "red").forge("zone", "Mars");
    let refused = ines.submit(kept.forge("language", "xx")).await;
    assert_eq!((refused.status, refused.select(".field__error").len()), (422, 4), "{}", refused.text());
    let long = format!("https://calanque.example/{}", "x".repeat(4_000));
    for page in ["javascript:alert(1)", "http://calanque.example/cgv", "calanque.example", long.as_str()] {
        let refused = ines.submit(form.clone().fill("terms-all", page)).await;
        assert!(refused.status == 422 && refused.has("An address begins with https://"), "{page}: {}", refused.text());
        assert_eq!(refused.form("form[data-preview]").value("terms-all"), Some(page), "what was typed is kept");
    }
    let link = server.told().shopper_links[0].clone();
    let token = link.split('#').nth(1).unwrap().to_owned();
    let before = server.stranger().post("/t/open", &[("token", &token)]).await;
    assert!(before.has("Maison Calanque"));

    let saved = form
        .fill("name", "Calanque & Fils <b>")
        .forge("accent", "#FFCC00")
        .fill("terms-all", "https://calanque.example/cgv")
        .uncheck("mail");
    let saved = saved.fill("terms-fr", "https://calanque.example/cgv-fr").uncheck("speaks-de").uncheck("speaks-nl");
    let saved = ines.submit(saved.choose("language", "en")).await;
    assert!(saved.status == 200 && saved.has("Saved.") && saved.has("Calanque & Fils <b>"), "{}", saved.text());
    let form = saved.form("form[data-preview]");
    assert_eq!((form.value("accent"), form.value("mail")), (Some("#ffcc00"), None));
    let reader = server.stranger();
    let after = reader.post("/t/open", &[("token", &token)]).await;
    assert!(after.has("Calanque & Fils <b>"), "{}", after.text());
    let legal = after.link(".legal a");
    assert_eq!(legal, "https://calanque.example/cgv-fr", "its page in the thread's language: {}", after.text());
    assert_eq!(after.select("a[hreflang]").len(), 1, "the other language it speaks");
    let german = reader.get(&format!("{}?lang=de", after.url.path())).await;
    assert_eq!((german.status, german.attribute("html", "lang").as_deref()), (200, Some("en")), "{}", german.text());
    assert_eq!(german.link(".legal a"), "https://calanque.example/cgv");
    let look = after.attribute("link[href*='/look/']", "href").unwrap();
    assert!(server.stranger().get(&look).await.body.contains("#ffcc00"));
    let api = server.api().get("/api/v1/orders?number=10482").await;
    assert_eq!(api.status, 200);
}

#[tokio::test]
async fn nobody_else_changes_a_shop() {
    let server = Server::demo().await;
    let (ines, theo, canary) = (server.desk().await, theo(&server).await, others_owner(&server).await);
    let form = ines.get(SHOP).await.form("form[data-preview]").fill("name", "Taken over");
    assert_eq!(theo.get(SHOP).await.status, 403);
    assert_eq!(theo.submit(form.clone()).await.status, 403);
    assert_eq!(canary.submit(form.clone()).await.status, 404);
    let id = form.value("shop").unwrap().to_owned();
    assert_eq!(canary.get(&format!("{SHOP}?shop={id}")).await.status, 404);
    assert_eq!(ines.get(&format!("{SHOP}?shop=nothing")).await.status, 404);
    assert!(!ines.get(SHOP).await.has("Taken over"));
}
