//! An agent's own account: password, address, sessions, absence; and the letter for whoever forgot.

use super::super::support::{Server, Visitor, page::Page, until};
use super::{GOOD, INES, PROFILE, SECOND, THEO, at_the_door, is_inside, theo};

async fn reset_link(server: &Server, email: &str) -> String {
    let stranger = server.stranger();
    let form = stranger.get("/desk/sign-in/forgotten").await.form("form").fill("email", email);
    assert_eq!(stranger.submit(form).await.status, 200);
    let mail = server.mail_to(email, "/desk/sign-in/password/").await;
    mail.link(&server.url("/desk/sign-in/password/")).unwrap()
}

async fn choose(visitor: &Visitor, page: &Page, password: &str) -> Page {
    let form = page.form("form[method=post]").fill("password", password).fill("password_again", password);
    visitor.submit(form).await
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_letter_once() {
    let mut server = Server::demo().await;
    let old = server.told().desk.password;
    let ines = server.desk().await;
    let mut socket = ines.live("/desk/live").await;
    let link = reset_link(&server, INES).await;
    let stranger = server.stranger();
    for _ in 0..20 {
        assert_eq!(stranger.get(&link).await.status, 200, "looking uses nothing up");
    }
    let page = stranger.get(&link).await;
    for (password, again) in [("short", "short"), ("Calanque 2026", "Calanque 2026"), (GOOD, "four other words")] {
        let form = page.form("form[method=post]").fill("password", password).fill("password_again", again);
        assert_eq!(stranger.submit(form).await.status, 422, "{password}");
    }
    let done = choose(&stranger, &page, GOOD).await;
    assert!(done.url.path() == "/desk/sign-in" && done.has("new password is saved"), "{}", done.text());
    assert!(stranger.cookie("/desk").is_none(), "a letter alone signs nobody in");
    assert!(socket.is_closed_within(SECOND).await, "every session ends");
    assert_eq!(ines.get("/desk").await.url.path(), "/desk/sign-in");
    assert_eq!(choose(&server.stranger(), &page, "another of unrelated words").await.status, 410, "used once");
    assert_eq!(server.stranger().get(&link).await.status, 410);
    assert_eq!(at_the_door(&stranger, INES, &old).await.status, 422);
    assert!(is_inside(&at_the_door(&stranger, INES, GOOD).await));

    let late = reset_link(&server, THEO).await;
    server.move_clock(61 * 60).await;
    assert_eq!(server.stranger().get(&late).await.status, 410, "one hour");
    server.move_clock(0).await;
    let changed = format!("{}{}", &late[..late.len() - 1], if late.ends_with('A') { "B" } else { "A" });
    assert_eq!(server.stranger().get(&changed).await.status, 410);
    assert_eq!(server.stranger().get(&late).await.status, 200);
}

#[tokio::test]
async fn asking_for_a_password_tells_nothing_and_sends_few_letters() {
    let server = Server::demo().await;
    let mut answers = Vec::new();
    for email in [INES, "nobody@calanque.example"] {
        let stranger = server.stranger();
        let form = stranger.get("/desk/sign-in/forgotten").await.form("form").fill("email", email);
        let page = stranger.submit(form).await;
        answers.push((page.status, page.body.replace(email, "(the e-mail)")));
    }
    assert_eq!(answers[0], answers[1]);
    let form = server.stranger().get("/desk/sign-in/forgotten").await.form("form").forge("email", "no address");
    assert_eq!(server.stranger().submit(form).await.status, 422);
    // All at once, so that none waits for the count of another.
    let strangers: Vec<_> = (0..9).map(|_| server.stranger()).collect();
    let asks = strangers.iter().map(|stranger| stranger.post("/desk/sign-in/forgotten", &[("email", INES)]));
    futures_util::future::join_all(asks).await;
    let count = || server.mails().iter().filter(|m| m.is_to(INES) && m.text.contains("/sign-in/password/")).count();
    // A letter that a later one makes void is not sent at all.
    until("a letter", SECOND * 10, async || (count() >= 1).then_some(())).await;
    tokio::time::sleep(SECOND * 2).await;
    assert!(count() <= 5, "an hour holds five letters: {}", count());
    assert!(!server.mails().iter().any(|mail| mail.is_to("nobody@calanque.example")));
}

#[tokio::test]
async fn whoever_guesses_waits_and_the_owners_browser_does_not() {
    let server = Server::demo().with_rate_limits().await;
    let own = server.desk().await;
    own.post("/desk/sign-out", &[]).await;
    let mut guesses = 0;
    while at_the_door(&server.stranger(), INES, "not the password").await.status == 422 {
        guesses += 1;
        assert!(guesses <= 10, "one account is guessed at ten times in a quarter of an hour");
    }
    assert!(guesses >= 5, "{guesses}");
    let right = server.told().desk.password;
    assert_eq!(at_the_door(&server.stranger(), INES, &right).await.status, 429, "even the right one, from elsewhere");
    assert!(is_inside(&at_the_door(&own, INES, &right).await), "from the browser of its owner it is let in");
}

#[tokio::test]
async fn an_agent_changes_name_language_and_password() {
    let server = Server::demo().await;
    let (theo, other) = (theo(&server).await, theo(&server).await);
    let form = theo.get(PROFILE).await.form("#you form").fill("name", "Théo L.").choose("language", "en");
    let saved = theo.submit(form).await;
    assert!(saved.has("Saved.") && saved.has("Théo L."), "{}", saved.text());
    let nameless = theo.submit(saved.form("#you form").forge("name", "\u{7}")).await;
    assert_eq!(nameless.status, 422);

    let mut socket = other.live("/desk/live").await;
    let form = |current: &str, new: &str| {
        let form = saved.form("#password-card form").fill("current", current);
        form.fill("password", new).fill("password_again", new)
    };
    let wrong = theo.submit(form("not my password", GOOD)).await;
    assert!(wrong.status == 422 && wrong.has("That is not your password"), "{}", wrong.text());
    assert!(!wrong.body.contains("not my password") && !wrong.body.contains(GOOD));
    let old = server.told().desk.password;
    assert_eq!(theo.submit(form(&old, "Calanque 2026!")).await.status, 422);
    let done = theo.submit(form(&old, GOOD)).await;
    assert!(done.status == 200 && done.has("Your password is changed"), "{}", done.text());
    assert!(socket.is_closed_within(SECOND).await, "other sessions end");
    assert_eq!(other.get("/desk").await.url.path(), "/desk/sign-in");
    assert_eq!(theo.get("/desk").await.url.path(), "/desk", "this one goes on");
    assert!(is_inside(&at_the_door(&other, THEO, GOOD).await));
}

#[tokio::test]
async fn an_agent_moves_to_another_address_by_its_code() {
    let server = Server::demo().await;
    let theo = theo(&server).await;
    let password = server.told().desk.password;
    let ask = async |email: &str, current: &str| {
        let form = theo.get(PROFILE).await.form("#address form[action*='/address#']");
        theo.submit(form.fill("email", email).fill("current", current)).await
    };
    let new = "theo.lambert@calanque.example";
    assert_eq!(ask(new, "not it").await.status, 422);
    assert_eq!(ask("nothing", &password).await.status, 422);
    assert_eq!(ask(THEO, &password).await.status, 422);
    let asked = ask(new, &password).await;
    assert!(asked.status == 200 && asked.has(new), "{}", asked.text());
    let code = server.mail_to(new, "code").await.code().unwrap();
    let wrong = if code == "111111" { "222222" } else { "111111" };
    let enter = async |code: &str| {
        let form = theo.get(PROFILE).await.form("form[action*='/address/code']").fill("code", code);
        theo.submit(form).await
    };
    assert_eq!(enter(wrong).await.status, 422);
    assert!(!is_inside(&at_the_door(&server.stranger(), new, &password).await), "not before it is proven");
    let moved = enter(&code).await;
    assert!(moved.status == 200 && moved.has(new), "{}", moved.text());
    assert!(is_inside(&at_the_door(&server.stranger(), new, &password).await));
    assert_eq!(at_the_door(&server.stranger(), THEO, &password).await.status, 422);
    server.mail_to(THEO, new).await;

    // Somebody else's address is told to be taken only to whoever reads it; five tries are all there are.
    assert_eq!(ask("mia@calanque.example", &password).await.status, 200);
    let code = server.mail_to("mia@calanque.example", "code").await.code().unwrap();
    assert_eq!(enter(&code).await.status, 409);
    assert_eq!(ask("theo@other.example", &password).await.status, 200);
    let code = server.mail_to("theo@other.example", "code").await.code().unwrap();
    let wrong = if code == "111111" { "222222" } else { "111111" };
    for _ in 0..5 {
        assert_eq!(enter(wrong).await.status, 422);
    }
    let late = theo.post("/desk/settings/profile/address/code", &[("code", &code)]).await;
    assert_eq!(late.status, 422, "{}", late.text());
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_or_all() {
    let server = Server::demo().await;
    let firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
    let here = theo(&server).await;
    let there = server.stranger().with_header("user-agent", firefox);
    assert!(is_inside(&at_the_door(&there, THEO, &server.told().desk.password).await));
    let third = theo(&server).await;
    let page = here.get(PROFILE).await;
    assert_eq!(page.select(".sessions > li").len(), 3);
    assert!(page.has("Firefox, Windows") && page.has("127.0.0.0/24"), "{}", page.text());
    let mut socket = there.live("/desk/live").await;
    let ending = page.form(".sessions > li:has(.strong) form");
    let named: Vec<String> = page
        .select(".sessions > li")
        .iter()
        .enumerate()
        .filter(|(_, text)| text.contains("Firefox"))
        .map(|(at, _)| page.form(&format!(".sessions > li:nth-child({}) form", at + 1)).action)
        .collect();
    assert!(ending.action.contains("/sessions/") && named.len() == 1);
    // Nobody ends another's.
    let ines = server.desk().await;
    assert_eq!(ines.post(&named[0], &[]).await.status, 404);
    assert_eq!(here.post(&named[0], &[]).await.status, 200);
    assert!(socket.is_closed_within(SECOND).await);
    assert_eq!(there.get("/desk").await.url.path(), "/desk/sign-in");
    let rest = here.submit(here.get(PROFILE).await.form("form[action$='/others/end']")).await;
    assert_eq!(rest.select(".sessions > li").len(), 1);
    assert_eq!(third.get("/desk").await.url.path(), "/desk/sign-in");
    let out = here.submit(rest.form(".sessions form")).await;
    assert_eq!(out.url.path(), "/desk/sign-in", "one's own session can be ended there too");
}

#[tokio::test]
async fn what_a_shopper_takes_up_again_does_not_wait_for_somebody_away() {
    let server = Server::demo().await;
    let (ines, theo) = (server.desk().await, theo(&server).await);
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    let thread = orders["data"][0]["thread_id"].as_str().unwrap().to_owned();
    let path = format!("/desk/threads/{thread}");
    ines.submit(ines.get(&path).await.form("#assign form").press("TLThéo Lambert")).await;
    let assigned = async || server.api().get(&format!("/api/v1/threads/{thread}")).await.json()["assigned_to"].clone();
    assert!(!assigned().await.is_null());

    let past = theo.post("/desk/settings/profile/absence", &[("until", "2020-01-01")]).await;
    assert_eq!(past.status, 422, "{}", past.text());
    assert_eq!(theo.post("/desk/settings/profile/absence", &[("until", "soon")]).await.status, 422);
    let away = theo.submit(theo.get(PROFILE).await.form("#absence form").fill("until", "2099-01-01")).await;
    assert!(away.status == 200 && away.has("1 janvier 2099"), "{}", away.text());
    assert!(!assigned().await.is_null(), "what he has stays his until somebody asks again");
    let menu = ines.get(&path).await.select("#assign .menu__item");
    assert!(menu.iter().any(|item| item.contains("Théo") && item.contains("Away")), "{menu:?}");

    let shopper = server.shopper(&server.told().shopper_links[0]).await;
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let page = shopper.post("/t/open", &[("token", &token)]).await;
    shopper.submit(page.form("form:has(#message)").fill("text", "Encore une question.")).await;
    assert!(assigned().await.is_null(), "it is the team's again");
    let events = server.api().get("/api/v1/events?limit=100").await.json();
    assert!(events.to_string().contains("thread.assigned"));

    let back = theo.submit(theo.get(PROFILE).await.form("#absence form")).await;
    assert!(back.has("Bon retour"), "{}", back.text());
    ines.submit(ines.get(&path).await.form("#assign form").press("TLThéo Lambert")).await;
    let page = shopper.get(page.url.path()).await;
    shopper.submit(page.form("form:has(#message)").fill("text", "Et une autre.")).await;
    assert!(!assigned().await.is_null(), "he is there: it stays his");
}
