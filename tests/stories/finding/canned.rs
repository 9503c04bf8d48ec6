//! Canned replies: written, tried, used, refused.

use super::super::support::{Server, Visitor, page::Page};
use super::{SCRIPT, colleague, thread_of};

/// The list of a thread, as whoever has no script is shown it, with this in the box.
async fn list(desk: &Visitor, thread: &str, typed: &str) -> Page {
    let path = format!("/desk/threads/{thread}/canned-replies");
    desk.post(&path, &[("text", typed), ("kind", "reply"), ("client_id", "one-two-three")]).await
}

fn in_the_box(page: &Page) -> String {
    page.form("form[data-composer]").value("text").unwrap_or_default().trim().to_owned()
}

#[tokio::test]
async fn a_reply_is_filled_in_the_shoppers_language_and_not_sent() {
    let server = Server::demo().await;
    let theo = colleague(&server, "theo").await;
    let (french, english) = (thread_of(&server, "10482").await, thread_of(&server, "10440").await);
    let before = server.api().get(&format!("/api/v1/threads/{french}/messages")).await.body;
    let choose = list(&theo, &french, "Bonsoir !").await;
    assert!(choose.status == 200 && choose.has("Merci Camille, bonne journée !"), "{}", choose.text());
    let back = theo.submit(choose.form("main form").press("Utiliser « Merci »")).await;
    assert_eq!(in_the_box(&back), "Bonsoir !\n\nMerci Camille, bonne journée !\n\nThéo");
    let choose = list(&theo, &english, "").await;
    let back = theo.submit(choose.form("main form").press("Utiliser « Merci »")).await;
    assert_eq!(in_the_box(&back), "Thank you Lucía, have a good day!\n\nThéo");
    assert_eq!(server.api().get(&format!("/api/v1/threads/{french}/messages")).await.body, before, "nothing was said");
    // What was typed comes back without a reply too.
    let choose = list(&theo, &french, SCRIPT).await;
    let back = theo.submit(choose.form("main form").press("Revenir sans réponse")).await;
    assert_eq!(in_the_box(&back), SCRIPT);
    let api = server.api().get("/api/v1/canned-replies").await.json();
    assert!(api["data"].as_array().unwrap().iter().any(|reply| reply["shortcut"] == "merci"), "{api}");
}

#[tokio::test]
async fn a_reply_refuses_what_is_missing_and_names_it() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let orders = server.api().get("/api/v1/orders?limit=100").await.json();
    let unsent =
        |order: &&serde_json::Value| order["shipments"] == serde_json::json!([]) && !order["thread_id"].is_null();
    let order = orders["data"].as_array().unwrap().iter().find(unsent).expect("the demo has an order without a parcel");
    let thread = order["thread_id"].as_str().unwrap().to_owned();
    let choose = list(&desk, &thread, "").await;
    assert!(choose.has("This order has no parcel number yet ({{parcel.number}})."), "{}", choose.text());
    let all = server.api().get("/api/v1/canned-replies").await.json();
    let route = all["data"].as_array().unwrap().iter().find(|reply| reply["shortcut"] == "route").unwrap().clone();
    let path = format!("/desk/threads/{thread}/canned-replies");
    let fields = [("text", "Kept."), ("kind", "reply"), ("client_id", "c"), ("reply", route["id"].as_str().unwrap())];
    let refused = desk.post(&path, &fields).await;
    assert!(refused.status == 422 && refused.has("no parcel number yet"), "{}", refused.text());
    assert_eq!(in_the_box(&refused), "Kept.");
    let script = desk.clone().with_header("accept", "application/json");
    let offered = script.get(&path).await.json();
    let missing = offered.as_array().unwrap().iter().find(|reply| reply["shortcut"] == "route").unwrap().clone();
    assert!(missing["missing"].as_str().unwrap().contains("{{parcel.number}}") && missing.get("text").is_none());
    let unknown = [("reply", "rep_00000000000000000000000000")];
    assert_eq!(desk.post(&path, &unknown).await.status, 404);
    assert_eq!(desk.get("/desk/threads/thr_00000000000000000000000000/canned-replies").await.status, 404);
}

#[tokio::test]
async fn a_reply_is_written_tried_on_an_order_changed_and_deleted() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let page = desk.get("/desk/canned-replies/new").await;
    let form = page
        .form("form.canned__form")
        .fill("title", "Retour")
        .fill("shortcut", "/Retour")
        .fill("body-fr", "Bonjour {{shopper.first_name}}, {{order.total}}.")
        .fill("order", "10482");
    let tried = desk.submit(form.clone().press("Preview")).await;
    assert!(tried.one(".canned__shown").starts_with("Bonjour Camille, "), "{}", tried.text());
    assert!(!desk.get("/desk/canned-replies").await.has("Retour"), "a look at it saves nothing");
    let nobodys = desk.submit(tried.form("form.canned__form").fill("order", "nothing").press("Preview")).await;
    assert!(nobodys.has("There is no order with this number."), "{}", nobodys.text());
    let saved = desk.submit(tried.form("form.canned__form").press("Save")).await;
    assert!(saved.url.path() == "/desk/canned-replies" && saved.has("/retour"), "{}", saved.text());
    let again = desk.submit(form.press("Save")).await;
    assert!(again.status == 422 && again.has("Another reply has the shortcut retour."), "{}", again.text());
    let link = saved.links().into_iter().find(|(words, _)| words == "Retour").unwrap().1;
    let edit = desk.get(&link).await;
    let changed = desk.submit(edit.form("form.canned__form").fill("title", SCRIPT).press("Save")).await;
    assert!(changed.has(SCRIPT) && !changed.body.contains("<script>alert"), "{}", changed.text());
    let gone = desk.submit(edit.form("form[action$='/deletion']")).await;
    assert!(!gone.has(SCRIPT), "{}", gone.text());
    assert_eq!(desk.get(&link).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_filled_is_refused_with_its_place_and_kept() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let page = desk.get("/desk/canned-replies/new").await;
    let long = "x".repeat(4_001);
    let send = async |fields: &[(&str, &str)]| {
        let mut form = page.form("form.canned__form").press("Save");
        for (name, value) in fields {
            form = form.forge(name, value);
        }
        let pairs: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        desk.post(&form.action, &pairs).await
    };
    for (body, says) in [
        ("Hello\nto {{order.colour}}", "Line 2, character 4: there is no variable “order.colour”."),
        ("Hello {{order.number", "Line 1, character 7: this variable is not closed."),
        ("Hello }}", "Line 1, character 7: these two braces close nothing."),
        ("{{#each items}}x{{/each}}", "no conditions, no loops, no other reply"),
        ("{{reply.merci}}", "“reply.merci” is not possible."),
        (long.as_str(), "4001"),
        ("a\u{7}b", "control characters"),
    ] {
        let refused = send(&[("title", "T"), ("shortcut", "t"), ("body-en", body)]).await;
        assert!(refused.status == 422 && refused.has(says), "{body}: {}", refused.text());
        let kept = refused.form("form.canned__form").value("body-en").unwrap_or_default().trim().to_owned();
        assert_eq!(kept, body, "what was typed is kept");
    }
    let nothing = send(&[("title", ""), ("shortcut", "é")]).await;
    for says in ["Give the reply a title", "A shortcut has 1 to 30", "Write the reply in at least one language."] {
        assert!(nothing.has(says), "{says}: {}", nothing.text());
    }
}
