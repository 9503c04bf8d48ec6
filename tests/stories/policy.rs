//! What a shop's exchanges go by: filled in as sentences, tried on a real order, refused where two rules contradict each
//! other, and kept by requests that were made before.

use serde_json::{Value, json};

use super::support::{Server, Visitor, form::Form, page::Page};

const POLICY: &str = "/desk/settings/policy";

async fn sentences(keeper: &Visitor) -> (Page, Form) {
    let page = keeper.get(&format!("{POLICY}?order=10482")).await;
    let form = page.form("form#policy");
    (page, form)
}

/// The first thread's order, as programs see it.
async fn order(server: &Server) -> Value {
    server.api().get("/api/v1/orders?number=10482").await.json()["data"][0].clone()
}

/// Asks for another variant of a line as a program.
async fn ask(server: &Server, order: &Value, reason: &str, client: &str) -> Page {
    let products = server.api().get("/api/v1/products?limit=100").await.json();
    let products = products["data"].as_array().unwrap().clone();
    let line = &order["lines"][0];
    let product = products.iter().find(|product| product["title"] == line["title"]).expect("its product");
    let own = line["options"].clone();
    let free =
        |variant: &&Value| variant["options"] != own && variant["available"].as_i64().is_none_or(|left| left > 0);
    let variant = product["variants"].as_array().unwrap().iter().find(free).expect("another one");
    let thread = order["thread_id"].as_str().unwrap();
    let body = json!({"line_id": line["id"], "variant_id": variant["id"], "quantity": 1, "reason": reason, "client_id": client});
    server.api().json("POST", &format!("/api/v1/threads/{thread}/cases"), &body).await
}

#[tokio::test]
async fn a_policy_is_filled_in_tried_and_saved() {
    let server = Server::demo().await;
    let ines = server.desk().await;
    let (page, form) = sentences(&ines).await;
    assert!(
        page.has("For order 10482:") && page.has("Exchange possible until") || page.has("Échange possible jusqu"),
        "{}",
        page.text()
    );
    for days in ["-1", "366", "thirty", "99999999999"] {
        let refused = ines.submit(form.clone().fill("days", days)).await;
        assert_eq!(refused.status, 422, "{days}");
        assert_eq!(refused.form("form#policy").value("days"), Some(days), "what was typed is kept");
    }
    assert_eq!(ines.submit(form.clone().fill("final_from", "101")).await.status, 422);
    assert_eq!(ines.submit(form.clone().forge("dearer", "nobody")).await.status, 422);

    let order = order(&server).await;
    let title = order["lines"][0]["title"].as_str().unwrap().to_owned();
    let never = form.clone().fill("words-0", &title);
    let tried = ines.submit(never.clone().forge("preview", "1")).await;
    assert!(tried.status == 200 && tried.has("As typed, not saved yet"), "{}", tried.text());
    assert_eq!(ask(&server, &order, "colour", "before-the-rule").await.status, 201, "nothing was saved");
    let saved = ines.submit(never).await;
    assert!(saved.status == 200 && saved.has("Saved."), "{}", saved.text());
    assert_eq!(saved.form("form#policy").value("words-0"), Some(title.as_str()));
    let cases = server.api().get("/api/v1/cases").await.json();
    let open = cases["data"]
        .as_array()
        .unwrap()
        .iter()
        .any(|case| case["client_id"] == "before-the-rule" || case["state"] == "submitted");
    assert!(open, "a request that was made stays: {cases}");
}

#[tokio::test]
async fn rules_that_contradict_each_other_are_refused_by_name() {
    let server = Server::demo().await;
    let ines = server.desk().await;
    let (_, form) = sentences(&ines).await;
    let title = order(&server).await["lines"][0]["title"].as_str().unwrap().to_owned();
    let word = title.split(' ').next().unwrap().to_owned();
    let both = form.clone().fill("words-0", &title).fill("words-1", &word).fill("days-1", "60");
    let refused = ines.submit(both).await;
    assert!(refused.status == 422 && refused.has("contradict each other"), "{}", refused.text());
    assert!(refused.has(&format!("“{title}”")) && refused.has(&format!("“{word}”")), "{}", refused.text());
    let kept = refused.form("form#policy");
    assert_eq!((kept.value("words-1"), kept.value("days-1")), (Some(word.as_str()), Some("60")));
    let photo = form.clone().uncheck("takes-defect").choose("needed", "yes");
    let refused = ines.submit(photo).await;
    assert!(
        refused.status == 422 && refused.has("contradict each other") && refused.has("defect"),
        "{}",
        refused.text()
    );
    assert!(!sentences(&ines).await.0.body.contains(&format!("value=\"{word}\"")), "nothing of it was saved");
}

#[tokio::test]
async fn everybody_gets_the_same_answer() {
    let server = Server::demo().await;
    let ines = server.desk().await;
    let (_, form) = sentences(&ines).await;
    let saved = ines.submit(form.uncheck("takes-colour").choose("dearer", "shop").choose("cheaper", "kept")).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let order = order(&server).await;
    let refused = ask(&server, &order, "colour", "not-for-its-colour").await;
    assert!(refused.status == 409 && refused.body.contains("for this reason"), "{}", refused.body);
    let made = ask(&server, &order, "too_small", "for-its-size").await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["difference"]["amount"], "0.00", "the shop pays: {}", made.body);
    let thread = order["thread_id"].as_str().unwrap();
    let desk =
        ines.get(&format!("/desk/threads/{thread}/exchange?line={}", order["lines"][0]["id"].as_str().unwrap())).await;
    assert!(desk.select("option[value='colour'], input[value='colour']").is_empty(), "{}", desk.text());
}

#[tokio::test]
async fn nobody_else_changes_a_policy() {
    let server = Server::demo().await;
    let ines = server.desk().await;
    let (_, form) = sentences(&ines).await;
    let theo = server.desk_of("theo@calanque.example", &server.told().desk.password).await;
    assert_eq!(theo.get(POLICY).await.status, 403);
    assert_eq!(theo.submit(form.clone().fill("days", "1")).await.status, 403);
    assert_eq!(ines.get(&format!("{POLICY}?shop=nothing")).await.status, 404);
    assert_eq!(ines.submit(form.forge("shop", "shp_01j9zq4m3v7t8w2x5y6b0c1d2e")).await.status, 404);
}
