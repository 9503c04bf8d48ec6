//! Without a session, with one that ended, with a link that was revoked.

use comptoir::ids::ThreadAddress;

use super::super::support::{Server, live::live};
use super::{MOMENT, first_thread, location, plain};

#[tokio::test]
async fn without_a_session_there_is_only_the_door() {
    let server = Server::demo().await;
    let thread = first_thread(&server).await;
    let before = server.api().get("/api/v1/cases?limit=1").await.json()["data"][0].clone();
    let case = before["id"].as_str().unwrap().to_owned();
    let thread_page = format!("/desk/threads/{thread}");
    let forged = "comptoir-desk=00000000000000000000000000.forged";
    for cookie in ["", forged] {
        for path in
            ["/desk", "/desk?view=all", "/desk/connectors", "/desk/mailbox", &thread_page, "/desk/threads/nothing"]
        {
            let page = plain(&server, "GET", path, &[("accept", "text/html"), ("cookie", cookie)], "").await;
            assert_eq!(page.status, 303, "{path}");
            assert!(location(&page).starts_with("/desk/sign-in"), "{path}: {}", location(&page));
            let script = plain(&server, "GET", path, &[("accept", "application/json"), ("cookie", cookie)], "").await;
            assert_eq!(script.status, 401, "{path}");
        }
        for (path, body) in [
            (format!("{thread_page}/messages"), "kind=reply&text=Hello&client_id=one-two-three-four"),
            (format!("{thread_page}/resolution"), ""),
            (format!("/desk/cases/{case}/approval"), ""),
        ] {
            let kind = ("content-type", "application/x-www-form-urlencoded");
            let headers = [("origin", server.base_url()), ("accept", "application/json"), ("cookie", cookie), kind];
            assert_eq!(plain(&server, "POST", &path, &headers, body).await.status, 401, "{path}");
        }
        let socket = live(&server.url("/desk/live"), Some(cookie), server.base_url()).await;
        assert_eq!(socket.unwrap_err(), 401);
    }
    let now = server.api().get(&format!("/api/v1/cases/{case}")).await.json();
    assert_eq!(now, before, "nothing was decided");
}

#[tokio::test]
async fn signing_out_closes_what_was_open() {
    let server = Server::demo().await;
    let (agent, colleague) = (server.desk().await, server.desk().await);
    let (mut socket, mut others) = (agent.live("/desk/live").await, colleague.live("/desk/live").await);
    socket.frame(MOMENT).await;
    others.frame(MOMENT).await;
    let cookie = agent.cookie("/desk").unwrap();
    let out = agent.post("/desk/sign-out", &[]).await;
    assert!(out.url.path() == "/desk/sign-in" && out.status == 200, "{}", out.url);
    assert!(socket.is_closed_within(MOMENT).await, "the socket of an ended session is closed");
    assert!(!others.is_closed_within(std::time::Duration::from_millis(300)).await, "another session goes on");
    let again = plain(&server, "GET", "/desk", &[("cookie", &cookie)], "").await;
    assert_eq!((again.status, location(&again)), (303, "/desk/sign-in"), "its cookie is worth nothing");
    assert_eq!(live(&server.url("/desk/live"), Some(&cookie), server.base_url()).await.unwrap_err(), 401);
}

#[tokio::test]
async fn a_revoked_link_opens_nothing_and_closes_what_it_opened() {
    let server = Server::demo().await;
    let link = server.told().shopper_links[0].clone();
    let token = link.split('#').nth(1).unwrap().to_owned();
    let shopper = server.stranger();
    let path = shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    let mut socket = shopper.live(&format!("{path}/live")).await;
    let address: ThreadAddress = path.trim_start_matches("/t/").parse().unwrap();
    let desk = server.desk().await;
    let thread = desk.get(&format!("/desk/threads/{}", address.id)).await;
    assert!(desk.submit(thread.form("form[action*='/link-revocation']")).await.status < 400);
    // Nothing need happen in the thread: the page is closed by the revocation itself.
    assert!(socket.is_closed_within(MOMENT).await);
    assert_eq!(shopper.get(&path).await.status, 404);
    let opened = server.stranger().post("/t/open", &[("token", &token)]).await;
    assert_eq!(opened.status, 410, "{}", opened.text());
    let socket = live(&server.url(&format!("{path}/live")), shopper.cookie("/t").as_deref(), server.base_url()).await;
    assert_eq!(socket.unwrap_err(), 404);
}

#[tokio::test]
async fn a_link_that_was_changed_opens_nothing() {
    let server = Server::demo().await;
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let last = if token.ends_with('A') { "B" } else { "A" };
    let middle = token.len() / 2;
    let letter = if &token[middle..=middle] == "x" { "y" } else { "x" };
    let changed = [
        format!("{}{last}", &token[..token.len() - 2]),
        format!("{}{letter}{}", &token[..middle], &token[middle + 1..]),
        token[..token.len() - 4].to_owned(),
        String::new(),
    ];
    for token in changed {
        let opened = server.stranger().post("/t/open", &[("token", &token)]).await;
        assert_eq!(opened.status, 410, "{token}");
    }
}
