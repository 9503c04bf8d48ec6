//! The second factor, from the square to scan to the rescue codes.

use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::super::support::{Server, Visitor, page::Page};
use super::{PROFILE, SECOND, THEO, at_the_door, is_inside, theo};

/// What an authenticator shows: `ahead` steps from now.
fn shown(secret: &str, ahead: i64) -> String {
    let bits: String = secret
        .bytes()
        .map(|letter| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap())
        .map(|value| format!("{value:05b}"))
        .collect();
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|b| u8::from_str_radix(std::str::from_utf8(b).unwrap(), 2).unwrap())
        .collect();
    let step = chrono::Utc::now().timestamp() / 30 + ahead;
    let mut mac = <Hmac<Sha1> as hmac::KeyInit>::new_from_slice(&bytes).unwrap();
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// Sets one up; the secret, the code that switched it on, and the rescue codes.
async fn set_up(agent: &Visitor, password: &str) -> (String, String, Vec<String>) {
    let form = agent.get(PROFILE).await.form("#second form").fill("current", password);
    let page = agent.submit(form).await;
    assert!(page.has("Scan") || page.has("Scannez"), "{}", page.text());
    let secret: String = page.one("#secret").split_whitespace().collect();
    assert_eq!(secret.len(), 32);
    let wrong = agent.submit(page.form("form").fill("code", "000000")).await;
    assert!(wrong.status == 422 && wrong.one("#secret").replace(' ', "") == secret, "{}", wrong.text());
    let used = shown(&secret, 0);
    let done = agent.submit(wrong.form("form").fill("code", &used)).await;
    let codes: Vec<String> = done.one("#codes").split_whitespace().map(str::to_owned).collect();
    assert_eq!((done.status, codes.len()), (200, 10), "{}", done.text());
    (secret, used, codes)
}

async fn password_step(server: &Server, visitor: &Visitor) -> Page {
    let page = at_the_door(visitor, THEO, &server.told().desk.password).await;
    assert!(page.status == 200 && visitor.cookie("/desk").is_none_or(|cookie| !cookie.contains("-desk=")));
    page
}

#[tokio::test]
async fn a_second_factor_is_set_up_asked_for_and_switched_off() {
    let server = Server::demo().await;
    let password = server.told().desk.password;
    let (theo, other) = (theo(&server).await, theo(&server).await);
    let mut socket = other.live("/desk/live").await;
    let before = theo.cookie("/desk").unwrap();
    let wrong = theo.submit(theo.get(PROFILE).await.form("#second form").fill("current", "not it")).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(theo.get("/desk/settings/second-factor").await.url.path(), PROFILE, "nothing was begun");
    let (secret, used, codes) = set_up(&theo, &password).await;
    assert!(socket.is_closed_within(SECOND).await, "other sessions end");
    assert_ne!(theo.cookie("/desk").unwrap(), before, "this one goes on under another token");
    let profile = theo.get(PROFILE).await;
    assert!(profile.status == 200 && codes.iter().all(|code| !profile.body.contains(code)), "codes are shown once");
    assert!(!profile.body.contains(&secret));

    let phone = server.stranger();
    let page = password_step(&server, &phone).await;
    let code = |page: &Page, code: &str| page.form("form:has(#code)").fill("code", code);
    // The code that switched it on was used; its neighbour is still good, and only once.
    assert_eq!(phone.submit(code(&page, &used)).await.status, 422);
    let next = shown(&secret, 1);
    let inside = phone.submit(code(&page, &next)).await;
    assert!(is_inside(&inside), "{}: {}", inside.url, inside.text());
    let again = server.stranger();
    let page = password_step(&server, &again).await;
    assert_eq!(again.submit(code(&page, &next)).await.status, 422, "a step is good once");
    let rescue = |page: &Page, code: &str| page.form("form:has(#recovery)").fill("code", code);
    let inside = again.submit(rescue(&page, &codes[0].to_uppercase())).await;
    assert!(is_inside(&inside), "{}", inside.text());
    let third = server.stranger();
    let page = password_step(&server, &third).await;
    assert_eq!(third.submit(rescue(&page, &codes[0])).await.status, 422, "a rescue code too");
    assert!(again.get(PROFILE).await.has("9 codes de secours"));

    let off = |current: &str, code: &str| {
        let form = profile.form("#second form").fill("current", current);
        form.fill("code", code)
    };
    assert_eq!(theo.submit(off("not it", &codes[1])).await.status, 422);
    assert_eq!(theo.submit(off(&password, "000000")).await.status, 422);
    assert_eq!(theo.submit(off(&password, &codes[1])).await.url.query(), Some("done=second-off"));
    assert!(is_inside(&at_the_door(&server.stranger(), THEO, &password).await));
}

#[tokio::test]
async fn the_second_step_is_guessed_at_five_times_and_a_new_password_does_not_pass_it_by() {
    let server = Server::demo().await;
    let theo = theo(&server).await;
    let (_, _, codes) = set_up(&theo, &server.told().desk.password).await;
    let stranger = server.stranger();
    let page = password_step(&server, &stranger).await;
    for _ in 0..5 {
        let refused = stranger.submit(page.form("form:has(#code)").fill("code", "000000")).await;
        assert!(refused.status == 422 && !refused.select("#code").is_empty(), "{}", refused.text());
    }
    let late = stranger.submit(page.form("form:has(#recovery)").fill("code", &codes[0])).await;
    assert!(late.status == 422 && !late.select("#password").is_empty(), "from the beginning: {}", late.text());
    // A step of another's, or of nobody's, is none.
    for token in ["", "forged", &"0".repeat(95)] {
        let page = stranger.post("/desk/sign-in/code", &[("token", token), ("code", &codes[0])]).await;
        assert!(page.status == 422 && stranger.get("/desk").await.url.path() == "/desk/sign-in", "{token}");
    }
    let form = stranger.get("/desk/sign-in/forgotten").await.form("form").fill("email", THEO);
    stranger.submit(form).await;
    let mail = server.mail_to(THEO, "/desk/sign-in/password/").await;
    let page = stranger.get(&mail.link(&server.url("/desk/sign-in/password/")).unwrap()).await;
    let good = "seven quiet lighthouses";
    stranger.submit(page.form("form").fill("password", good).fill("password_again", good)).await;
    let page = at_the_door(&stranger, THEO, good).await;
    assert!(!is_inside(&page) && !page.select("#code").is_empty(), "{}", page.text());
}
