//! Labels: made, put on, looked at, taken off, taken away.

use serde_json::json;

use super::super::support::Server;
use super::{SCRIPT, colleague, thread_of};

#[tokio::test]
async fn a_label_is_made_put_on_found_and_taken_away() {
    let server = Server::demo().await;
    let (desk, api) = (server.desk().await, server.api());
    let page = desk.get("/desk/labels").await;
    let made = desk.submit(page.form("#new-form").fill("name", "Cadeau  Noël").choose("hue", "3")).await;
    assert!(made.status == 200 && made.has("Cadeau Noël"), "{}", made.text());
    let twice = desk.submit(page.form("#new-form").fill("name", "cadeau noel")).await;
    assert!(twice.status == 422 && twice.has("already"), "{}", twice.text());
    assert_eq!(twice.attribute("#new-name", "value").as_deref(), Some("cadeau noel"), "what was typed is kept");

    let thread = thread_of(&server, "10471").await;
    let labels = api.get("/api/v1/labels").await.json();
    let id =
        labels["data"].as_array().unwrap().iter().find(|label| label["name"] == "Cadeau Noël").unwrap()["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let open = desk.get(&format!("/desk/threads/{thread}?view=all")).await;
    let form = open.form(&format!("form[action*='/{thread}/labels']")).press("Put on Cadeau Noël");
    let labelled = desk.submit(form).await;
    assert_eq!(labelled.select("#conversation-head .talk__labels .label"), ["Cadeau Noël"]);
    assert!(labelled.has("put on the label Cadeau Noël"), "{}", labelled.text());
    let list = desk.get(&format!("/desk?view=all&label={id}")).await;
    assert_eq!(list.select("#threads .entry").len(), 1, "{}", list.text());
    assert_eq!(list.select("#threads .entry .label"), ["Cadeau Noël"]);
    assert!(desk.get("/desk/search?q=noel").await.link(".hit").contains(&thread));
    let shopper = api.get(&format!("/api/v1/threads/{thread}")).await.json();
    assert_eq!(shopper["labels"], json!([{ "id": id, "name": "Cadeau Noël", "hue": 3 }]));

    // A new name is found at once; the old one is not.
    let page = desk.get("/desk/labels").await;
    desk.submit(page.form(&format!("form[id='{id}-form']")).fill("name", "Étrennes")).await;
    assert!(desk.get("/desk/search?q=etrennes").await.link(".hit").contains(&thread));
    assert!(desk.get("/desk/search?q=noel").await.select(".hit").is_empty());

    let page = desk.get("/desk/labels").await;
    let gone = desk.submit(page.form(&format!("form[action='/desk/labels/{id}/deletion']"))).await;
    assert!(!gone.has("Étrennes"));
    assert_eq!(api.get(&format!("/api/v1/threads/{thread}")).await.json()["labels"], json!([]));
    assert!(desk.get(&format!("/desk/threads/{thread}")).await.has("that was deleted since"));
}

#[tokio::test]
async fn a_program_labels_once_and_shoppers_never_hear_of_it() {
    let server = Server::demo().await;
    let api = server.api();
    let thread = thread_of(&server, "10482").await;
    let label = api.get("/api/v1/labels").await.json()["data"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/threads/{thread}/labels/{label}");
    let shopper = server.shopper(&server.told().shopper_links[0]).await;
    let before = shopper.get("/t").await.select("#log > *").len();
    for _ in 0..2 {
        let put = api.json("PUT", &path, &json!({})).await;
        assert_eq!(put.status, 200, "{}", put.body);
    }
    let kinds = |page: &serde_json::Value, kind: &str| {
        let all = page["data"].as_array().unwrap();
        all.iter()
            .filter(|event| {
                event["type"] == kind
                    && event["thread_id"] == json!(thread)
                    && event["data"]["label_id"] == json!(label)
            })
            .count()
    };
    let events = super::super::support::until("the events", std::time::Duration::from_secs(5), async || {
        let events = api.get("/api/v1/events?limit=100").await.json();
        (kinds(&events, "thread.labelled") > 0).then_some(events)
    })
    .await;
    assert_eq!(kinds(&events, "thread.labelled"), 1, "twice is once");
    assert_eq!(shopper.get("/t").await.select("#log > *").len(), before);
    for _ in 0..2 {
        assert_eq!(api.raw("DELETE", &path, "application/json", Vec::new()).await.status, 200);
    }
    for (thread, label) in [
        (thread.as_str(), "lbl_00000000000000000000000000"),
        ("thr_00000000000000000000000000", label.as_str()),
        (thread.as_str(), "nonsense"),
    ] {
        let path = format!("/api/v1/threads/{thread}/labels/{label}");
        assert_eq!(api.json("PUT", &path, &json!({})).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_label_that_is_no_label_is_refused_and_a_script_is_text() {
    let server = Server::demo().await;
    let (desk, theo) = (server.desk().await, colleague(&server, "theo").await);
    let page = desk.get("/desk/labels").await;
    for (name, hue) in [("--", "1"), ("x", "12"), ("x", "red")] {
        let refused = desk.submit(page.form("#new-form").fill("name", name).forge("hue", hue)).await;
        assert_eq!(refused.status, 422, "{name} {hue}");
    }
    let long = desk.submit(page.form("#new-form").forge("name", &"é".repeat(41))).await;
    assert!(long.status == 422 && long.has("up to 40 characters"), "{}", long.text());
    let script = "<script>alert(1)</script>";
    let made = desk.submit(page.form("#new-form").fill("name", script)).await;
    assert!(made.has(script) && !made.body.contains("<script>alert"), "{}", made.text());
    let open = desk.get(&format!("/desk/threads/{}", thread_of(&server, "10482").await)).await;
    assert!(open.has(script) && !open.body.contains("<script>alert") && SCRIPT.starts_with(script));
    for path in ["/desk/labels", "/desk/canned-replies", "/desk/canned-replies/new"] {
        assert_eq!(theo.get(path).await.status, 403, "{path}");
    }
    assert_eq!(theo.post("/desk/labels", &[("name", "x"), ("hue", "1")]).await.status, 403);
}
