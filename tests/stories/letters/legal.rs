//! The shop's legal pages stand under every letter and every page, each in its reader's language where there is one.

use chrono::Utc;
use serde_json::json;

use super::super::support::{Server, mail::Mail, page::Page, until};

/// What is said and where it leads, under a page.
fn under(page: &Page) -> Vec<(String, String)> {
    let texts = page.select(".legal a");
    let all = page.links();
    texts.into_iter().map(|text| all.iter().rfind(|(words, _)| *words == text).cloned().unwrap()).collect()
}

fn site(page: &str) -> String {
    format!("https://calanque.example/{page}")
}

/// A shop whose pages are written in some languages and not in others.
async fn kept(server: &Server) {
    let ines = server.desk().await;
    let form = ines.get("/desk/settings/shop").await.form("form[data-preview]");
    let form = form.fill("terms-all", &site("terms")).fill("terms-fr", &site("cgv")).fill("terms-de", &site("agb"));
    let form = form.fill("privacy-all", &site("privacy?a=1&b=2")).fill("privacy-nl", &site("privacy-nl"));
    let saved = ines.submit(form.fill("mediator-fr", &site("mediation"))).await;
    assert!(saved.status == 200 && saved.has("Saved."), "{}", saved.text());
}

/// The letter to somebody who bought in this language.
async fn letter(server: &Server, number: usize, lang: &str) -> Mail {
    let email = format!("{lang}@letters.example");
    let now = (Utc::now() + chrono::Duration::seconds(5)).to_rfc3339();
    let order = json!({
        "id": number, "name": format!("#{number}"), "email": email, "currency": "EUR", "total_price": "92.00",
        "financial_status": "paid", "created_at": now, "updated_at": now, "customer_locale": lang,
        "customer": {"id": number, "first_name": "Nora", "last_name": "Lind", "email": email},
        "line_items": [{"id": number * 10, "title": "Scarf", "quantity": 1, "price": "92.00"}],
    });
    assert_eq!(server.shopify("orders/create", &order).send().await.status, 202);
    server.mail_to(&email, &number.to_string()).await
}

/// Both forms of a letter name these pages and no others.
fn names(letter: &Mail, expected: &[(String, String)]) {
    let (plain, html) = letter.text.split_once("text/html").expect("both forms");
    let html = html.replace("&amp;", "&").replace("&#38;", "&");
    for (words, url) in expected {
        let line = |line: &str| line.contains(words.as_str()) && line.trim_end().ends_with(url.as_str());
        assert!(plain.lines().any(line), "{words} {url} in {plain}");
        assert!(
            html.contains(&format!("href=\"{url}\"")) && html.contains(&format!(">{words}</a>")),
            "{words}: {html}"
        );
    }
    assert_eq!(plain.matches("https://calanque.example/").count(), expected.len(), "nothing else: {plain}");
}

#[tokio::test]
async fn legal_pages_stand_under_letters_and_pages_in_their_readers_language() {
    let server = Server::demo().await;
    kept(&server).await;
    let all = site("privacy?a=1&b=2");
    let french =
        [("Conditions de vente", site("cgv")), ("Confidentialité", all.clone()), ("Médiation", site("mediation"))];
    for (number, lang, expected) in [
        (7_700, "en", vec![("Terms", site("terms")), ("Privacy", all.clone())]),
        (7_701, "fr", french.to_vec()),
        (7_702, "de", vec![("AGB", site("agb")), ("Datenschutz", all.clone())]),
        (7_703, "nl", vec![("Voorwaarden", site("terms")), ("Privacy", site("privacy-nl"))]),
    ] {
        let expected: Vec<(String, String)> =
            expected.into_iter().map(|(words, url)| (words.to_owned(), url)).collect();
        let letter = letter(&server, number, lang).await;
        names(&letter, &expected);
        // The page behind its link, and those beside it.
        let link = letter.link(&server.url("/t#")).unwrap();
        let reader = server.stranger();
        let page = reader.post("/t/open", &[("token", link.split_once('#').unwrap().1)]).await;
        assert_eq!(under(&page), expected, "{lang}: the thread");
        for beside in ["/orders", "/device", "/exchange", "/gift"] {
            let page = reader.get(&format!("{}{beside}", page.url.path())).await;
            assert_eq!((page.status, under(&page)), (200, expected.clone()), "{lang}: {beside}: {}", page.text());
        }
        // Another language is another page.
        let french = reader.get(&format!("{}?lang=fr", page.url.path())).await;
        assert_eq!(under(&french)[0], ("Conditions de vente".to_owned(), site("cgv")), "{lang}");
    }
}

#[tokio::test]
async fn legal_pages_stand_on_the_ways_in_and_under_a_code() {
    let server = Server::demo().await;
    kept(&server).await;
    let shopper = server.stranger().with_header("accept-language", "fr");
    let thread = shopper.post("/t/open", &[("token", server.told().shopper_links[0].split('#').nth(1).unwrap())]).await;
    let locked = shopper.get(&format!("{}/orders", thread.url.path())).await;
    let asked = shopper.submit(locked.form("form[action$='/orders/code']")).await;
    assert_eq!(under(&asked).len(), 3, "{}", asked.text());
    let of_shop = asked.url.query_pairs().find(|(name, _)| name == "shop").unwrap().1.into_owned();
    let find = server.stranger().get(&format!("/t/find?shop={of_shop}&lang=en")).await;
    assert_eq!(under(&find).len(), 2, "{}", find.text());
    let code = until("the code", std::time::Duration::from_secs(10), async || {
        server.mails().into_iter().rev().find(|mail| mail.code().is_some())
    })
    .await;
    assert!(code.text.contains(&site("cgv")) && code.text.contains(&site("mediation")), "{}", code.text);
}
