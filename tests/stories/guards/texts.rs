//! What somebody writes: too long, not to be shown, nothing at all, or a page in itself.

use super::super::support::{Server, Visitor, page::Page};
use super::{everything, first_thread};

/// A text that is not taken, and what is said about it in French and English.
fn refused() -> [(String, [&'static str; 2]); 4] {
    [
        ("é".repeat(4_001), ["un message en contient", "fit in one message"]),
        ("abc\u{0}def".to_owned(), ["caractères de contrôle", "control characters"]),
        ("abc\u{7}def\u{1b}[31m".to_owned(), ["caractères de contrôle", "control characters"]),
        (" \n\t \u{a0} ".to_owned(), ["Écrivez d’abord", "Write something"]),
    ]
}

fn says(page: &Page, text: &str, words: [&str; 2]) {
    assert_eq!(page.status, 422, "{}", page.text());
    assert!(words.iter().any(|words| page.has(words)), "{words:?}: {}", page.text());
    let form = page.form("form[data-composer]");
    // A page cannot hold the character 0; what was around it stays.
    let kept: String = form.value("text").unwrap_or_default().replace(['\0', '\u{fffd}'], "");
    assert_eq!(kept.trim(), text.replace('\0', "").trim(), "the text is kept on the page");
}

async fn own_page(server: &Server, shopper: &Visitor) -> String {
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned()
}

#[tokio::test]
async fn a_text_that_cannot_be_taken_is_kept_on_the_page_and_nothing_is_stored() {
    let server = Server::demo().await;
    let (desk, shopper) = (server.desk().await, server.stranger());
    let (own, thread) = (own_page(&server, &shopper).await, format!("/desk/threads/{}", first_thread(&server).await));
    let before = everything(&server).await;
    for (text, words) in refused() {
        let form = shopper.get(&own).await.form("form[data-composer]").forge("text", &text);
        says(&shopper.post(&format!("{own}/messages"), &pairs(&form.fields)).await, &text, words);
        let form = desk.get(&thread).await.form("form[data-composer]").forge("text", &text);
        says(&desk.post(&format!("{thread}/messages"), &pairs(&form.fields)).await, &text, words);
    }
    assert_eq!(everything(&server).await, before);
    let longest = "é".repeat(4_000);
    let form = shopper.get(&own).await.form("form[data-composer]").fill("text", &longest);
    let taken = shopper.submit(form).await;
    assert!(taken.status == 200 && taken.has(&longest));
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_script_in_a_message_is_words_on_both_sides() {
    let server = Server::demo().await;
    let (desk, shopper) = (server.desk().await, server.stranger());
    let (own, thread) = (own_page(&server, &shopper).await, format!("/desk/threads/{}", first_thread(&server).await));
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;";
    let mut sockets = [shopper.live(&format!("{own}/live")).await, desk.live("/desk/live?view=all").await];
    shopper.submit(shopper.get(&own).await.form("form[data-composer]").fill("text", script)).await;
    desk.submit(desk.get(&thread).await.form("form[data-composer]").fill("text", script)).await;
    for page in [shopper.get(&own).await, desk.get(&thread).await] {
        let shown = page.select("#log .bubble").into_iter().filter(|text| text == script).count();
        assert_eq!(shown, 2, "{}", page.text());
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{}", page.url);
    }
    let list = desk.get("/desk?view=all").await;
    assert!(!list.body.contains("<script>alert") && list.has("<script>alert(1)</script>"));
    for socket in &mut sockets {
        let frame = socket.frame_where(super::MOMENT, |frame| frame.to_string().contains("alert(1)")).await;
        for part in frame["parts"].as_array().unwrap() {
            assert!(!part["html"].as_str().unwrap().contains("<script"), "{part}");
        }
    }
}
