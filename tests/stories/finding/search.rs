//! Search as agents and programs use it.

use serde_json::json;

use super::super::support::{Server, Visitor};
use super::{SCRIPT, note, thread_of};

/// The names of who was found for these words.
async fn found(desk: &Visitor, q: &str) -> Vec<String> {
    let page = desk.get("/desk/search").await;
    let page = desk.submit(page.form("form#search").fill("q", q)).await;
    assert_eq!(page.status, 200, "{q}: {}", page.text());
    page.select(".hit strong")
}

#[tokio::test]
async fn a_thread_is_found_by_all_that_is_known_of_it() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    for q in [
        "10482",
        "#10482",
        "#1048",
        "0482",
        "CAMILLE ROUSSEL",
        "roussel cam",
        "camille.roussel@example.com",
        "chemise ecrue",
        "chemise écr",
        "blanc beige?",
        "Elle éclaircit",
    ] {
        assert!(found(&desk, q).await.contains(&"Camille Roussel".to_owned()), "{q}");
    }
    assert_eq!(found(&desk, "camille 10467").await, Vec::<String>::new(), "words of two orders");
    let order = server.api().get("/api/v1/orders?number=10467").await.json()["data"][0].clone();
    let number = order["shipments"][0]["numbers"][0].as_str().or(order["shipments"][0]["number"].as_str());
    let number = number.unwrap_or_else(|| panic!("{order}")).to_owned();
    let name = order["shopper"]["name"].as_str().unwrap();
    assert_eq!(found(&desk, &number).await, [name], "by the parcel's number");
    let spaced: String = number.chars().map(|c| format!("{c} ")).collect();
    assert_eq!(found(&desk, &spaced).await, [name], "{spaced}");
    assert_eq!(found(&desk, "colis perdu").await, [name], "by the label");
    let page = desk.get("/desk/search?q=gift%20note").await;
    assert_eq!(page.select(".hit mark"), ["gift", "note"]);
    assert!(page.link(".hit").contains("#msg_"), "{}", page.link(".hit"));
}

#[tokio::test]
async fn a_phone_number_is_found_however_it_is_written() {
    let server = Server::demo().await;
    let order = json!({"id": 9_100, "name": "#P9100", "currency": "EUR", "total_price": "10.00", "financial_status": "paid",
        "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z", "phone": "+33 6 98 76 54 32",
        "customer": {"first_name": "Zoé", "last_name": "Phone", "email": "zoe@example.com", "phone": "+33698765432"},
        "line_items": [{"id": 1, "title": "Shirt", "quantity": 1, "price": "10.00"}]});
    assert_eq!(server.shopify("orders/create", &order).send().await.status, 202);
    let desk = server.desk().await;
    for q in ["+33 6 98 76 54 32", "06 98 76 54 32", "0698765432", "0033 6 98.76.54.32", "+33 (0)6 98 76 54 32", "7654"]
    {
        assert_eq!(found(&desk, q).await, ["Zoé Phone"], "{q}");
    }
    // Whoever is renamed is found by the new name, and by the old one no more.
    let mut renamed = order.clone();
    renamed["updated_at"] = json!("2026-11-21T10:00:00Z");
    renamed["customer"]["last_name"] = json!("Quatre-Vents");
    assert_eq!(server.shopify("orders/updated", &renamed).send().await.status, 202);
    assert_eq!(found(&desk, "quatre vents").await, ["Zoé Quatre-Vents"]);
    assert_eq!(found(&desk, "zoe phone").await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_no_word_is_answered_plainly() {
    let server = Server::demo().await;
    let (desk, api) = (server.desk().await, server.api());
    let empty = desk.get("/desk/search").await;
    assert!(empty.status == 200 && empty.has("What are you looking for?"));
    for q in ["%22", "*", "%22*%22", "%00", "%22%20%2A", "((("] {
        let page = desk.get(&format!("/desk/search?q={q}")).await;
        assert!(page.status == 422 && page.has("Type a word"), "{q}: {} {}", page.status, page.text());
        let told = api.get(&format!("/api/v1/search?q={q}")).await;
        assert_eq!((told.status, &told.json()["errors"][0]["pointer"]), (422, &json!("q")), "{q}: {}", told.body);
    }
    let long = "x".repeat(4_000);
    let page = desk.get(&format!("/desk/search?q={long}")).await;
    assert!(page.status == 422 && page.has("at most 200 characters"), "{}", page.text());
    assert_eq!(page.attribute("#search-q", "value").unwrap(), long, "what was typed is kept");
    for q in ["AND OR NOT", "NEAR(a b)", "words:chemise", "-chemise", "^chemise", "a'%20%7C%20!b:*", "chemise*%20%22"] {
        let page = desk.get(&format!("/desk/search?q={}", q.replace(' ', "%20"))).await;
        assert_eq!(page.status, 200, "{q}: {}", page.text());
        assert_eq!(api.get(&format!("/api/v1/search?q={}", q.replace(' ', "%20"))).await.status, 200, "{q}");
    }
    for bad in ["q=a&limit=0", "q=a&cursor=x", "limit=1", "q=a&state=asleep", "q=a&page=2"] {
        assert_eq!(api.get(&format!("/api/v1/search?{bad}")).await.status, 422, "{bad}");
    }
    assert_eq!(server.stranger().get("/api/v1/search?q=a").await.status, 401);
    assert_eq!(server.stranger().get("/desk/search?q=a").await.url.path(), "/desk/sign-in");
}

#[tokio::test]
async fn a_search_is_narrowed_and_widened_again() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let all = desk.get("/desk/search?q=the").await;
    let count = all.select(".hit").len();
    assert!(count >= 2, "{}", all.text());
    let form = all.form("form#search").choose("in", "note");
    let notes = desk.submit(form).await;
    assert!(notes.select(".hit").iter().all(|hit| hit.contains("Internal note")), "{}", notes.text());
    assert!(notes.select(".hit").len() < count && !notes.select(".hit").is_empty(), "{}", notes.text());
    assert_eq!(notes.select("a.chip").len(), 1);
    let wide = desk.get(&notes.link("a.chip")).await;
    assert_eq!(wide.select(".hit").len(), count);
    let none = desk.get("/desk/search?q=the&state=spam").await;
    assert!(none.select(".hit").is_empty() && none.has("Search without filters"), "{}", none.text());
    let old = desk.get("/desk/search?q=the&days=30&shop=nonsense&state=nonsense").await;
    assert_eq!(old.select(".hit").len(), count, "what is no condition narrows nothing");
}

#[tokio::test]
async fn what_was_found_is_taken_along_as_a_table() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let formula = "=HYPERLINK(\"http://evil.example\") \"the\" spreadsheet";
    note(&desk, &thread_of(&server, "10482").await, formula).await;
    let page = desk.get("/desk/search?q=the").await;
    let table = desk.get(&page.link("a[download]")).await;
    assert!(table.status == 200 && table.header("content-type").unwrap().starts_with("text/csv"), "{}", table.status);
    assert!(table.header("content-disposition").unwrap().contains("threads.csv"));
    let lines: Vec<&str> = table.body.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), page.select(".hit").len() + 1, "{}", table.body);
    assert!(lines.iter().any(|line| line.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")")), "{}", table.body);
    assert!(lines.iter().skip(1).all(|line| line.contains("/desk/threads/thr_")), "{}", table.body);
    let nothing = desk.get("/desk/search/file?q=").await;
    assert_eq!(nothing.status, 422);
    let door = server.stranger().get("/desk/search/file?q=the").await;
    assert!(door.header("content-type").unwrap().starts_with("text/html") && !door.has("HYPERLINK"), "{}", door.text());
}

#[tokio::test]
async fn a_program_finds_the_same_and_goes_on_page_by_page() {
    let server = Server::demo().await;
    let (desk, api) = (server.desk().await, server.api());
    let thread = thread_of(&server, "10482").await;
    for number in 0..7 {
        note(&desk, &thread, &format!("perle numéro {number}")).await;
    }
    let other = thread_of(&server, "10467").await;
    note(&desk, &other, "une perle ici").await;
    let mut rows = Vec::new();
    let mut path = "/api/v1/search?q=PERLE&limit=1".to_owned();
    loop {
        let page = api.get(&path).await.json();
        rows.extend(page["data"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/search?q=PERLE&limit=1&cursor={next}");
        assert!(rows.len() < 10, "it never ends");
    }
    let ids: Vec<&str> = rows.iter().map(|row| row["thread"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [other.as_str(), thread.as_str()], "each thread once, the newest first");
    assert_eq!(rows[1]["message"]["alt"], "perle numéro 6");
    assert_eq!((&rows[1]["found_in"], &rows[1]["message"]["note"]), (&json!("note"), &json!(true)));
    let by_order = api.get("/api/v1/search?q=%2310482&found_in=order").await.json();
    assert_eq!(by_order["data"][0]["message"], json!(null));
}

#[tokio::test]
async fn a_script_that_is_found_is_text() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let thread = thread_of(&server, "10482").await;
    note(&desk, &thread, &format!("aiguille {SCRIPT}")).await;
    let page = desk.get("/desk/search?q=aiguille").await;
    assert!(page.has(&format!("aiguille {SCRIPT}")) && !page.body.contains("<script>alert"), "{}", page.text());
    let typed = desk.get("/desk/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(!typed.body.contains("<script>alert") && typed.has("Camille Roussel"), "{}", typed.text());
}
