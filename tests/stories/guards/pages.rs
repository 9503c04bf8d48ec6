//! What pages of others can do with a browser that is signed in here: nothing. And what every page says beside its content.

use std::time::Duration;

use super::super::support::{Server, live::live};
use super::{everything, first_thread, location, plain};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Every address where a browser changes something, with what a page of ours would send.
fn routes(thread: &str, case: &str, own: &str, code: &str) -> Vec<(String, &'static str)> {
    vec![
        ("/desk/sign-in".to_owned(), "email=ines@calanque.example&password=wrong"),
        ("/desk/sign-out".to_owned(), ""),
        (format!("{thread}/files"), ""),
        (format!("{thread}/messages"), "kind=reply&text=Hello&client_id=one-two-three-four"),
        (format!("{thread}/assignment"), "agent="),
        (format!("{thread}/resolution"), ""),
        (format!("{thread}/reopening"), ""),
        (format!("{thread}/address"), "email=evil@example.com"),
        (format!("{thread}/letters"), ""),
        (format!("{case}/approval"), ""),
        (format!("{case}/refusal"), "reason=No"),
        (format!("{case}/goods-back"), ""),
        (format!("{case}/goods-out"), ""),
        (format!("{case}/settlement"), "method=cash&reference=1"),
        ("/desk/intakes/int_00000000000000000000000000/replay".to_owned(), ""),
        ("/setup".to_owned(), "code=1"),
        ("/t/open".to_owned(), "token=AAAA"),
        ("/t/link".to_owned(), "token=AAAA"),
        ("/t/find".to_owned(), "number=10482&email=camille.roussel@example.com"),
        (code.to_owned(), "code=123456"),
        (format!("{code}/look"), ""),
        (format!("{code}/again"), ""),
        (format!("{own}/files"), ""),
        (format!("{own}/exchange/photos"), ""),
        (format!("{own}/messages"), "text=Hello&client_id=one-two-three-five"),
        (format!("{own}/exchanges"), "client_id=one-two-three-six"),
        (format!("{own}/cases/cas_00000000000000000000000000/cancellation"), ""),
    ]
}

#[tokio::test]
async fn a_foreign_page_changes_nothing() {
    let server = Server::demo().await;
    let (desk, thread) = (server.desk().await, first_thread(&server).await);
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let shopper = server.stranger();
    let own = shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    let asked = shopper.post("/t/find", &[("number", "10482"), ("email", "camille.roussel@example.com")]).await;
    let code = asked.url.path().to_owned();
    server.mail_to("camille.roussel@example.com", "code").await;
    let cases = server.api().get("/api/v1/cases?state=submitted&limit=1").await.json();
    let case = format!("/desk/cases/{}", cases["data"][0]["id"].as_str().unwrap());
    let thread = format!("/desk/threads/{thread}");
    let routes = routes(&thread, &case, &own, &code);
    let lookalike = format!("{}.evil.example", server.base_url());
    let origins: [&[(&str, &str)]; 8] = [
        &[],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://127.0.0.1")],
        &[("origin", &lookalike)],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ];
    let (before, mails) = (everything(&server).await, server.mails().len());
    let cookies = format!("{}; {}", desk.cookie("/desk").unwrap(), shopper.cookie("/t").unwrap());
    for (path, body) in &routes {
        for origin in origins {
            let mut headers = vec![FORM, ("cookie", cookies.as_str())];
            headers.extend_from_slice(origin);
            let refused = plain(&server, "POST", path, &headers, body).await;
            assert_eq!(refused.status, 403, "{path} from {origin:?}: {}", refused.text());
        }
    }
    for path in ["/desk/live".to_owned(), format!("{own}/live")] {
        for origin in ["https://evil.example", "null", &lookalike] {
            assert_eq!(
                live(&server.url(&path), Some(&cookies), origin).await.unwrap_err(),
                403,
                "{path} from {origin}"
            );
        }
        live(&server.url(&path), Some(&cookies), server.base_url()).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(everything(&server).await, before);
    assert_eq!(server.mails().len(), mails, "no letter left");
    assert_eq!(desk.get("/desk").await.url.path(), "/desk", "still signed in");
    // The very same from a page of ours is taken.
    let ours = [FORM, ("cookie", cookies.as_str()), ("origin", server.base_url())];
    let taken =
        plain(&server, "POST", &format!("{own}/messages"), &ours, "text=Hello&client_id=one-two-three-five").await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let ours = [FORM, ("cookie", cookies.as_str()), ("sec-fetch-site", "same-origin")];
    let taken = plain(&server, "POST", &format!("{thread}/resolution"), &ours, "").await;
    assert!(taken.status == 303 || taken.status == 409, "{}", taken.text());
}

#[tokio::test]
async fn another_name_of_the_server_is_not_ours() {
    let server = Server::demo().await;
    let port = server.base_url().rsplit(':').next().unwrap().to_owned();
    let local = format!("localhost:{port}");
    for host in
        ["evil.example", "127.0.0.1", &format!("evil.example:{port}"), &format!("127.0.0.1.evil.example:{port}")]
    {
        for path in ["/desk", "/t", "/api/v1/orders", "/hooks/none"] {
            let page = plain(&server, "GET", path, &[("host", host)], "").await;
            assert_eq!(page.status, 421, "{host} {path}");
        }
    }
    let moved = plain(&server, "GET", "/desk?view=all", &[("host", &local)], "").await;
    assert_eq!((moved.status, location(&moved)), (308, server.url("/desk?view=all").as_str()));
    let posted = plain(&server, "POST", "/desk/sign-in", &[("host", &local), FORM], "email=a&password=b").await;
    assert_eq!(posted.status, 421);
    assert_eq!(plain(&server, "GET", "/health/live", &[("host", "any.example")], "").await.status, 200);
}

#[tokio::test]
async fn packed_bodies_are_not_taken() {
    let server = Server::demo().await;
    let hook = server.told().hooks["generic"].url.clone();
    let bearer = format!("Bearer {}", server.told().api_token);
    let thread = first_thread(&server).await;
    for path in [&hook, &format!("/api/v1/threads/{thread}/messages"), "/t/find", "/desk/sign-in"] {
        for packing in ["gzip", "br", "gzip, identity"] {
            let headers = [("content-encoding", packing), ("authorization", &bearer), ("origin", server.base_url())];
            assert_eq!(plain(&server, "POST", path, &headers, "x").await.status, 415, "{path} {packing}");
        }
    }
}

#[tokio::test]
async fn every_page_says_how_it_may_be_used() {
    let server = Server::demo().await;
    let (desk, thread) = (server.desk().await, first_thread(&server).await);
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let shopper = server.stranger();
    let own = shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    let code = shopper.post("/t/find", &[("number", "1"), ("email", "nobody@example.com")]).await;
    let mut pages = vec![code, shopper.post(&format!("{own}/messages"), &[("text", "  ")]).await];
    for path in ["/t", "/t/find", &own, &format!("{own}/exchange"), "/t/nothing", &format!("{own}/cases/nothing")] {
        pages.push(shopper.get(path).await);
    }
    pages.push(server.stranger().get("/desk/sign-in").await);
    for path in
        ["/desk", &format!("/desk/threads/{thread}"), "/desk/threads/nothing", "/desk/connectors", "/desk/mailbox"]
    {
        pages.push(desk.get(path).await);
    }
    for page in pages {
        let says =
            |name: &str| page.header(name).unwrap_or_else(|| panic!("{} ({}) has no {name}", page.url, page.status));
        let policy = says("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{}: {policy}", page.url);
        }
        assert!(!policy.contains("unsafe"), "{}: {policy}", page.url);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(says(name), value, "{} {name}", page.url);
        }
        assert!(says("permissions-policy").contains("camera=()"));
    }
}

#[tokio::test]
async fn cookies_are_kept_from_scripts_and_from_other_sites() {
    let server = Server::demo().await;
    let told = server.told();
    let signing_in = format!("email={}&password={}", told.desk.email, told.desk.password);
    let token = format!("token={}", told.shopper_links[0].split('#').nth(1).unwrap());
    let ours = [FORM, ("origin", server.base_url())];
    for (method, path, body) in
        [("POST", "/desk/sign-in", signing_in.as_str()), ("POST", "/t/open", &token), ("GET", "/t/find?lang=fr", "")]
    {
        let page = plain(&server, method, path, &ours, body).await;
        let cookies: Vec<_> = page.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
        assert!(!cookies.is_empty(), "{path}");
        for cookie in cookies {
            for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
                assert!(cookie.contains(part), "{path}: {cookie}");
            }
            assert!(!cookie.contains("Domain"), "{path}: {cookie}");
        }
    }
}
