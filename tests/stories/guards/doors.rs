//! The doors: signing in, the code by e-mail, the first start. What somebody guesses at tells nothing and soon waits.

use super::super::support::{Server, form::Form, page::Page};
use super::{first_thread, location, plain};

const CAMILLE: &str = "camille.roussel@example.com";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_wrong_password_does_not_tell_who_is_known() {
    let server = Server::demo().await;
    let mut answers = Vec::new();
    for email in ["ines@calanque.example", "nobody@calanque.example"] {
        let stranger = server.stranger();
        let form = stranger.get("/desk/sign-in").await.form("form:has(input[type=password])");
        let page = stranger.submit(form.fill("email", email).fill("password", "not-the-password")).await;
        assert!(stranger.cookie("/desk").is_none());
        answers.push((page.status, page.body.replace(email, "(the e-mail)")));
    }
    assert_eq!(answers[0].0, 422);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn signing_in_leads_to_our_own_pages_alone() {
    let server = Server::demo().await;
    let told = server.told().desk;
    let thread = format!("/desk/threads/{}", first_thread(&server).await);
    for (next, there) in [
        ("https://evil.example", "/desk"),
        ("//evil.example", "/desk"),
        ("/\\evil.example", "/desk"),
        ("/desk\\..\\..//evil.example", "/desk"),
        ("/desk@evil.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/t/open", "/desk"),
        ("/desk/sign-out", "/desk"),
        ("", "/desk"),
        (&thread, thread.as_str()),
    ] {
        let shown = server.stranger().get(&format!("/desk/sign-in?next={}", next.replace('/', "%2F"))).await;
        assert_eq!(shown.form("form:has(input[type=password])").value("next"), Some(there), "{next}");
        let body = format!("email={}&password={}&next={}", told.email, told.password, next.replace('/', "%2F"));
        let page = plain(&server, "POST", "/desk/sign-in", &[FORM, ("origin", server.base_url())], &body).await;
        assert_eq!((page.status, location(&page)), (303, there), "{next}");
    }
}

/// Repeats a request until it has to wait; how often it was answered before.
async fn until_it_waits(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> usize {
    for times in 0..100 {
        let page = plain(server, method, path, headers, body).await;
        if page.status == 429 {
            let wait: u64 = page.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=600).contains(&wait), "{path}: {wait} s");
            return times;
        }
        assert!(page.status < 500, "{path}: {}", page.text());
    }
    panic!("{path} may be tried without end");
}

#[tokio::test]
async fn whoever_guesses_soon_waits() {
    let ours = |server: &Server| server.base_url().to_owned();
    let server = Server::demo().with_rate_limits().await;
    let base = ours(&server);
    let form = [FORM, ("origin", base.as_str())];
    let tries = until_it_waits(&server, "POST", "/desk/sign-in", &form, "email=ines@calanque.example&password=x").await;
    assert!((5..=30).contains(&tries), "{tries}");
    // One bucket for all that is guessed at from one address: other doors do not begin anew.
    let rest = until_it_waits(&server, "POST", "/t/open", &form, "token=AAAA").await;
    assert!(tries + rest <= 30, "{tries} and {rest}");
    let wrong = [("authorization", "Bearer cpt_wrong")];
    assert!(until_it_waits(&server, "GET", "/api/v1/orders", &wrong, "").await < 5);
    let asked = format!("number=10482&email={CAMILLE}");
    let tries = until_it_waits(&server, "POST", "/t/find", &form, &asked).await;
    assert!((3..=20).contains(&tries), "{tries}");
    let codes: Vec<String> =
        server.mails().iter().filter(|mail| mail.is_to(CAMILLE)).filter_map(|mail| mail.code()).collect();
    assert!(codes.len() <= 5, "{codes:?}");
    // A program with its token is not held up by those who guess.
    assert_eq!(server.api().get("/api/v1/orders").await.status, 200);
}

/// Asks for a code; the page that takes it.
async fn asked(server: &Server, email: &str) -> Page {
    let stranger = server.stranger();
    let form = stranger.get("/t/find").await.form("main form").fill("number", "10482").fill("email", email);
    let page = stranger.submit(form).await;
    assert!(page.status == 200 && page.url.path().starts_with("/t/code/"), "{}", page.url);
    page
}

/// The newest code that was sent.
async fn code(server: &Server) -> String {
    server.mail_to(CAMILLE, "Your code").await.code().unwrap()
}

fn wrong(right: &str) -> &'static str {
    if right == "111111" { "222222" } else { "111111" }
}

fn entered(page: &Page, code: &str) -> Form {
    page.form("form[data-code]").fill("code", code)
}

#[tokio::test]
async fn a_code_is_guessed_at_five_times_and_no_more() {
    let server = Server::demo().await;
    let page = asked(&server, CAMILLE).await;
    let right = code(&server).await;
    let stranger = server.stranger();
    for _ in 0..5 {
        let refused = stranger.submit(entered(&page, wrong(&right))).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
    }
    let late = stranger.submit(entered(&page, &right)).await;
    assert_eq!(late.status, 422, "the right code, too late: {}", late.text());
    assert!(stranger.cookie("/t").is_none_or(|cookie| !cookie.contains("shopper")));
    // A new code goes on; used once, it is used up.
    let again = stranger.submit(page.form("form[action*='/again']")).await;
    let fresh = super::super::support::until("another code", super::MOMENT * 3, async || {
        let codes = server.mails().into_iter().filter(|m| m.is_to(CAMILLE) && m.text.contains("Your code"));
        codes.filter_map(|m| m.code()).find(|code| *code != right)
    })
    .await;
    let opened = stranger.submit(entered(&again, &fresh)).await;
    assert!(opened.status == 200 && opened.has("10482"), "{}", opened.text());
    assert_eq!(server.stranger().submit(entered(&again, &fresh)).await.status, 422);
}

#[tokio::test]
async fn an_order_that_does_not_exist_answers_the_same() {
    let server = Server::demo().await;
    let mut told = Vec::new();
    // The same first and last letter: what the page shows of the address.
    for email in [CAMILLE, "coral@example.com"] {
        let page = asked(&server, email).await;
        let id = page.url.path().trim_start_matches("/t/code/").to_owned();
        let refused = server.stranger().submit(entered(&page, "000000")).await;
        let look = server.stranger().post(&format!("/t/code/{id}/look"), &[]).await;
        told.push([page, refused, look].map(|page| (page.status, page.body.replace(&id, "(the id)"))));
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn a_code_is_over_after_ten_minutes() {
    let mut server = Server::demo().await;
    let page = asked(&server, CAMILLE).await;
    let right = code(&server).await;
    server.move_clock(11 * 60).await;
    let stranger = server.stranger();
    let late = stranger.submit(entered(&page, &right)).await;
    assert_eq!(late.status, 422, "{}", late.text());
    assert!(stranger.cookie("/t").is_none_or(|cookie| !cookie.contains("shopper")));
    server.move_clock(0).await;
    let opened = server.stranger().submit(entered(&page, &right)).await;
    assert!(opened.status == 200 && opened.has("10482"), "in its time it opens: {}", opened.text());
}

#[tokio::test]
async fn the_first_start_makes_one_owner() {
    let mut server = Server::empty().await;
    let link = server.setup_link().expect("an address is printed");
    let first = link.split('#').nth(1).unwrap().to_owned();
    let stranger = server.stranger();
    assert_eq!(stranger.get("/desk").await.url.path(), "/desk/sign-in");
    // Whoever starts it again before is told another code, and the first is over.
    server.restart().await;
    let links = server.setup_links();
    assert_eq!(links.len(), 2);
    let code = links[1].split('#').nth(1).unwrap().to_owned();
    let page = stranger.get("/setup").await;
    for wrong in ["wrong", &first] {
        let refused = stranger.submit(page.form("main form").fill("code", wrong)).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
    }
    let owner = stranger.submit(page.form("main form").fill("code", &code)).await;
    let form = || {
        let form = owner.form("form:has([name=merchant])").fill("merchant", "Atelier Un").fill("shop", "Atelier Un");
        form.fill("name", "Ana Un").fill("email", "ana@atelier.example").fill("password", "a long password")
    };
    let mistyped = stranger.submit(form().fill("password_again", "another password")).await;
    assert_eq!(mistyped.status, 422, "{}", mistyped.text());
    assert!(!mistyped.body.contains("a long password"), "a password never comes back");
    let forged = form().fill("password_again", "a long password").forge("code", &first);
    assert_eq!(server.stranger().submit(forged).await.status, 422, "the second step asks for the code too");
    let desk = stranger.submit(form().fill("password_again", "a long password")).await;
    assert!(desk.status == 200 && desk.url.path() == "/desk", "{}: {}", desk.url, desk.text());
    assert!(desk.has("The counter is open") && desk.has("Ana Un"), "{}", desk.text());

    let second = form().fill("email", "eve@evil.example").fill("password_again", "a long password");
    let refused = server.stranger().submit(second).await;
    assert!(matches!(refused.status, 409 | 422), "{}: {}", refused.status, refused.text());
    assert_eq!(server.stranger().get("/setup").await.url.path(), "/desk/sign-in");
    server.restart().await;
    assert_eq!(server.setup_links().len(), 2, "no set-up is offered any more");
    let back = server.desk_of("ana@atelier.example", "a long password").await;
    assert!(back.get("/desk").await.has("The counter is open"));
}
