//! Mentions: a colleague is called in a note and finds the thread.

use super::super::support::{Server, Visitor, page::Page};
use super::{SCRIPT, colleague, note, thread_of};

async fn view(desk: &Visitor) -> Page {
    desk.get("/desk?view=mentions").await
}

fn unread(page: &Page) -> Option<String> {
    page.select("a.side__link[href$='view=mentions'] .count").into_iter().next()
}

#[tokio::test]
async fn whoever_is_called_finds_the_thread_until_it_is_read() {
    let server = Server::demo().await;
    let (desk, theo, mia) = (server.desk().await, colleague(&server, "theo").await, colleague(&server, "mia").await);
    let thread = thread_of(&server, "10482").await;
    let before = view(&theo).await;
    assert!(unread(&before).is_none() && before.select("#threads .entry").is_empty(), "{}", before.text());
    note(&desk, &thread, "@theo, regarde. @Mia Duval aussi ? ines@calanque.example non, @ines non plus.").await;
    for called in [&theo, &mia] {
        let page = view(called).await;
        assert_eq!(unread(&page).as_deref(), Some("1"), "{}", page.text());
        assert_eq!(page.select("#threads .entry").len(), 1, "{}", page.text());
    }
    let open = desk.get(&format!("/desk/threads/{thread}")).await;
    assert_eq!(open.select(".note .mention"), ["@theo", "@Mia Duval", "@ines"]);
    assert_eq!(theo.get(&format!("/desk/threads/{thread}")).await.status, 200);
    let read = view(&theo).await;
    assert!(unread(&read).is_none() && read.select("#threads .entry").len() == 1, "it stays to be found again");
    assert_eq!(unread(&view(&mia).await).as_deref(), Some("1"), "each reads for themselves");
    // Called again it counts again, and nobody calls themselves.
    note(&mia, &thread, "@théo @mia encore").await;
    assert_eq!(unread(&view(&theo).await).as_deref(), Some("1"));
    assert_eq!(unread(&view(&mia).await).as_deref(), None, "she opened the thread to write, and called nobody new");
    let stored = server.api().get(&format!("/api/v1/threads/{thread}/messages?limit=100")).await.json();
    let last = stored["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["alt"], "@théo @mia encore");
    assert_eq!(last["blocks"][0]["type"], "mention");
}

#[tokio::test]
async fn a_reply_calls_nobody_and_a_script_after_a_name_is_text() {
    let server = Server::demo().await;
    let (desk, theo) = (server.desk().await, colleague(&server, "theo").await);
    let thread = thread_of(&server, "10482").await;
    let page = desk.get(&format!("/desk/threads/{thread}")).await;
    desk.submit(page.form("form[data-composer]").fill("text", "Bonjour @theo")).await;
    assert!(unread(&view(&theo).await).is_none());
    note(&desk, &thread, &format!("@theo{SCRIPT} @{SCRIPT}")).await;
    let open = desk.get(&format!("/desk/threads/{thread}")).await;
    assert!(open.has(&format!("@theo{SCRIPT} @{SCRIPT}")) && !open.body.contains("<script>alert"), "{}", open.text());
    assert_eq!(unread(&view(&theo).await).as_deref(), Some("1"));
}
