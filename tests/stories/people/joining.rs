//! Joining, leaving, and who may change whom.

use super::super::support::{Server, form::Form, page::Page, until};
use super::{GOOD, INES, PEOPLE, PROFILE, SECOND, at_the_door, invited, is_inside, link, of, others_owner, theo};

const JULES: &str = "jules@calanque.example";

fn joining(page: &Page, password: &str) -> Form {
    let form = page.form("form[method=post]").fill("name", "Jules Mistral").choose("language", "fr");
    form.fill("password", password).fill("password_again", password)
}

#[tokio::test]
async fn somebody_is_invited_joins_is_sent_off_and_comes_back() {
    let server = Server::demo().await;
    let ines = server.desk().await;
    assert_eq!(invited(&ines, JULES, "agent").await.url.query(), Some("done=invited"));
    let link = link(&server, JULES).await;
    let stranger = server.stranger();
    // Whoever opens mails to look for bad links uses nothing up.
    for _ in 0..20 {
        assert_eq!(server.stranger().get(&link).await.status, 200);
    }
    let page = stranger.get(&link).await;
    assert!(page.has("Inès invites you to Maison Calanque") && page.has(JULES), "{}", page.text());
    for weak in ["calanque2026", "jules mistral"] {
        let refused = stranger.submit(joining(&page, weak)).await;
        assert_eq!((refused.status, refused.form("form[method=post]").value("name")), (422, Some("Jules Mistral")));
        assert!(!refused.body.contains(weak), "a password never comes back");
    }
    let inside = stranger.submit(joining(&page, GOOD)).await;
    assert!(is_inside(&inside) && inside.has("Jules Mistral"), "{}: {}", inside.url, inside.text());
    let used = server.stranger().get(&link).await;
    assert!(
        used.status == 410 && server.stranger().submit(joining(&page, GOOD)).await.status == 410,
        "{}",
        used.text()
    );

    // A thread of theirs goes back to the team when they go, and nothing of theirs stays open.
    let thread = ines.get("/desk?view=all").await.link("#threads a[href*='/desk/threads/']");
    let given = ines.submit(ines.get(&thread).await.form("#assign form").press("JMJules Mistral")).await;
    assert!(given.has("Jules Mistral"), "{}", given.text());
    let mut socket = stranger.live("/desk/live").await;
    socket.frame(SECOND * 3).await;
    let people = ines.get(PEOPLE).await;
    let gone = ines.post(&of(&people, "Jules Mistral", "/deactivation"), &[]).await;
    assert!(gone.status == 200 && gone.has("Deactivated"), "{}", gone.text());
    assert!(socket.is_closed_within(SECOND).await, "a socket of somebody who left is closed within a second");
    assert_eq!(stranger.get("/desk").await.url.path(), "/desk/sign-in");
    assert_eq!(at_the_door(&stranger, JULES, GOOD).await.status, 422);
    let thread = ines.get(&thread).await;
    assert!(thread.select("#assign summary").iter().all(|text| !text.contains("Jules")), "{}", thread.text());
    assert!(!thread.select("#assign .menu__item").iter().any(|text| text.contains("Jules")));
    assert!(!thread.select("#log").concat().is_empty() && thread.has("Jules Mistral"), "history keeps the name");

    let back = ines.post(&of(&gone, "Jules Mistral", "/reactivation"), &[]).await;
    assert_eq!(back.url.query(), Some("done=reactivated"));
    assert!(is_inside(&at_the_door(&stranger, JULES, GOOD).await));
}

#[tokio::test]
async fn an_invitation_is_sent_again_withdrawn_and_runs_out() {
    let mut server = Server::demo().await;
    let ines = server.desk().await;
    invited(&ines, JULES, "admin").await;
    let first = link(&server, JULES).await;
    let twice = invited(&ines, JULES, "agent").await;
    assert!(twice.status == 422 && twice.has("invited already"), "{}", twice.text());
    assert_eq!(twice.form("#invite form").value("email"), Some(JULES), "what was typed is kept");
    let member = invited(&ines, INES, "agent").await;
    assert!(member.status == 422 && member.has("already signs in"), "{}", member.text());
    assert_eq!(invited(&ines, "no address@", "agent").await.status, 422);

    ines.post(&of(&ines.get(PEOPLE).await, JULES, "/again"), &[]).await;
    let second = until("another link", SECOND * 5, async || {
        let mails = server.mails().into_iter().filter(|mail| mail.is_to(JULES));
        mails.filter_map(|mail| mail.link(&server.url("/desk/sign-in/invitation/"))).find(|link| *link != first)
    })
    .await;
    assert_eq!(server.stranger().get(&first).await.status, 410, "sent again, the first link is void");
    assert_eq!(server.stranger().get(&second).await.status, 200);
    server.move_clock(73 * 3600).await;
    assert_eq!(server.stranger().get(&second).await.status, 410, "72 hours");
    server.move_clock(0).await;
    assert_eq!(server.stranger().get(&second).await.status, 200);
    let page = ines.post(&of(&ines.get(PEOPLE).await, JULES, "/withdrawal"), &[]).await;
    assert!(!page.has(JULES), "{}", page.text());
    assert_eq!(server.stranger().get(&second).await.status, 410, "withdrawn");
}

#[tokio::test]
async fn nobody_makes_themselves_more_than_they_are() {
    let server = Server::demo().await;
    let (ines, theo) = (server.desk().await, theo(&server).await);
    let people = ines.get(PEOPLE).await;
    let (owner, agent) = (of(&people, "Inès", "/role"), of(&people, "Théo", "/role"));
    let mia_goes = of(&people, "Mia", "/deactivation");
    // An agent: every address of the team is closed.
    assert_eq!(theo.get(PEOPLE).await.status, 403);
    for (path, fields) in [
        (agent.as_str(), vec![("role", "owner")]),
        (&mia_goes, vec![]),
        ("/desk/settings/invitations", vec![("email", "eve@evil.example"), ("role", "owner")]),
    ] {
        assert_eq!(theo.post(path, &fields).await.status, 403, "{path}");
    }
    assert!(theo.get("/desk/settings").await.url.path().ends_with("/profile"));
    assert!(!theo.get(PROFILE).await.has("Order systems"));

    // An admin makes agents and admins; owners are out of reach, by whatever form.
    assert_eq!(ines.post(&agent, &[("role", "admin")]).await.status, 200);
    assert_eq!(theo.get("/desk").await.url.path(), "/desk/sign-in", "another role begins with another session");
    let theo = super::theo(&server).await;
    assert_eq!(theo.get(PEOPLE).await.status, 200);
    assert!(!theo.get(PEOPLE).await.form("#invite form").offers("role").contains(&"owner".to_owned()));
    for (path, fields) in [
        (agent.as_str(), vec![("role", "owner")]),
        (&owner, vec![("role", "agent")]),
        (&owner.replace("/role", "/deactivation"), vec![]),
        ("/desk/settings/invitations", vec![("email", "eve@evil.example"), ("role", "owner")]),
    ] {
        assert_eq!(theo.post(path, &fields).await.status, 403, "{path} {fields:?}");
    }
    assert!(theo.post(&agent, &[("role", "emperor")]).await.status >= 400);

    // The last owner stays one, and nobody sends themselves off.
    let last = ines.post(&owner, &[("role", "agent")]).await;
    assert!(last.status == 409 && last.has("last owner"), "{}", last.text());
    assert_eq!(ines.post(&owner.replace("/role", "/deactivation"), &[]).await.status, 409);
    assert_eq!(ines.post(&agent, &[("role", "owner")]).await.status, 200);
    assert!(ines.post(&owner, &[("role", "agent")]).await.url.path().ends_with("/profile"));
    assert_eq!(ines.get(PEOPLE).await.status, 403);
}

#[tokio::test]
async fn another_merchants_people_and_invitations_are_not_there() {
    let server = Server::demo().await;
    let (ines, canary) = (server.desk().await, others_owner(&server).await);
    invited(&ines, JULES, "agent").await;
    let link = link(&server, JULES).await;
    let people = ines.get(PEOPLE).await;
    let foreign = canary.get(PEOPLE).await;
    assert!(!foreign.has("calanque") && !people.has("Canary"), "{}", foreign.text());
    for path in [
        of(&people, "Théo", "/role"),
        of(&people, "Théo", "/deactivation"),
        of(&people, JULES, "/withdrawal"),
        of(&people, JULES, "/again"),
    ] {
        assert_eq!(canary.post(&path, &[("role", "owner")]).await.status, 404, "{path}");
    }
    assert_eq!(server.stranger().get(&link).await.status, 200, "nothing was withdrawn or sent again");
    // The same row under another merchant, or with another end, opens nothing.
    let (start, token) = link.split_at(link.find("/invitation/").unwrap() + 12);
    let other = canary_id(&foreign);
    for forged in
        [format!("{other}{}", &token[26..]), format!("{}A", &token[..token.len() - 1]), token[..60].to_owned()]
    {
        if forged != token {
            assert_eq!(server.stranger().get(&format!("{start}{forged}")).await.status, 410, "{forged}");
        }
    }
    // Somebody of another house is invited like a stranger, and told at the end that the address is taken.
    assert_eq!(invited(&ines, "owner@canary.example", "agent").await.url.query(), Some("done=invited"));
    let taken = super::link(&server, "owner@canary.example").await;
    let page = server.stranger().get(&taken).await;
    let refused = server.stranger().submit(joining(&page, GOOD)).await;
    assert!(refused.status == 409 && refused.has("already signs in"), "{}", refused.text());
}

/// Any id of the other house will do: 26 characters that are not ours.
fn canary_id(page: &Page) -> String {
    of(page, "Canary", "/role").split("agt_").nth(1).unwrap().chars().take(26).collect()
}
