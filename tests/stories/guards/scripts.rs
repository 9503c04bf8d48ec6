//! Words stay words. Every field in which somebody can write is given hundreds of strings that would be scripts if they were
//! taken for markup; every page, letter and live part that shows them is read as a browser reads it, and shown in one.

mod payloads;

use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};
use thirtyfour::By;

use self::payloads::{RUN, packed, payloads};
use super::super::browser::signed_in;
use super::super::support::{
    Server, Visitor,
    chromium::{Chromium, Window},
    form::Sent,
    page::Page,
};
use super::first_thread;

/// Addresses that a script could hide in.
const ADDRESSES: [&str; 8] = ["href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster"];

/// What of a document could act and is not ours.
fn acting(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let all = Selector::parse("*").unwrap();
    document.select(&all).filter_map(|element| acts(&element)).collect()
}

fn acts(element: &ElementRef<'_>) -> Option<String> {
    let value = element.value();
    let told = || Some(element.html().chars().take(200).collect());
    let ours = |address: &str| address.starts_with("/static/") || address.starts_with("/desk/look/");
    match value.name() {
        "script" | "link" if !value.attr("src").or(value.attr("href")).is_some_and(|place| place.starts_with('/')) => {
            return told();
        }
        "script" if !value.attr("src").is_some_and(ours) => return told(),
        "iframe" | "object" | "embed" | "base" | "frame" | "frameset" | "marquee" | "math" | "animate" | "set"
        | "foreignobject" | "foreignObject" | "applet" | "xmp" | "plaintext" => return told(),
        "meta" if value.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) => {
            let content = value.attr("content").unwrap_or_default().to_lowercase();
            if content.contains("script") || content.contains("data:") {
                return told();
            }
        }
        _ => {}
    }
    value.attrs().find_map(|(name, text)| {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let text = text.to_lowercase();
        let address = ADDRESSES.contains(&name)
            && ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| text.starts_with(scheme));
        // Our own pages style by classes; a letter styles in place, and that is no script.
        (name.starts_with("on") || address).then(told).flatten()
    })
}

fn must_be_still(place: &str, html: &str) {
    let found = acting(html);
    assert!(found.is_empty(), "{place}: {found:#?}");
}

/// A page that shows `words` and lets none of them act.
fn shows(page: &Page, words: &str) {
    assert!(page.status < 300, "{}: {} {}", page.url, page.status, page.text());
    must_be_still(page.url.as_str(), &page.body);
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (shown, values) =
        (plain(&Html::parse_document(&page.body).root_element().text().collect::<String>()), &page.body);
    let escaped = words.replace('&', "&#38;");
    assert!(
        shown.contains(&plain(words)) || values.contains(&escaped) || in_attributes(&page.body, words),
        "{}: {words:?} is not shown as it is",
        page.url
    );
}

fn in_attributes(html: &str, words: &str) -> bool {
    let document = Html::parse_document(html);
    let all = Selector::parse("*").unwrap();
    document.select(&all).any(|element| element.value().attrs().any(|(_, text)| text.contains(words)))
}

/// The checker itself: raw in a page, nearly all of them are found out; escaped, none is.
#[test]
fn the_checker_sees_what_would_act() {
    let all = payloads();
    assert!(all.len() >= 250, "{}", all.len());
    let markup: Vec<&String> =
        all.iter().filter(|text| text.contains("<s") || text.contains("<i") || text.contains("<a")).collect();
    let seen = markup.iter().filter(|text| !acting(&format!("<!doctype html><p>{text}</p>")).is_empty()).count();
    assert!(markup.len() > 120 && seen * 10 > markup.len() * 8, "{seen} of {}", markup.len());
    for text in &all {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        must_be_still("escaped", &format!("<!doctype html><p title=\"{escaped}\">{escaped}</p>"));
    }
}

/// Puts `text` wherever the generic hook's order says what is up to the shop, and `id` where it must be one.
fn order(id: &str, text: &str) -> Value {
    let now = chrono::Utc::now();
    let euro = json!({ "amount": "35.00", "currency": "EUR" });
    let named = json!([{ "name": text, "value": text }]);
    json!({ "type": "order.upserted", "timestamp": now, "data": {
        "external_id": id, "number": id, "placed_at": now, "updated_at": now, "currency": "EUR", "payment_state": "paid",
        "customer": { "external_id": text, "name": text, "email": format!("{id}@words.example"), "phone": text, "locale": "en" },
        "ship_to": { "name": text, "line1": text, "line2": text, "postcode": text, "city": text, "country": "FR" },
        "lines": [{ "external_id": text, "sku": text, "title": text, "quantity": 1, "options": named, "custom": named,
            "unit_price": euro }],
        "shipments": [{ "external_id": text, "carrier": text, "numbers": [text], "updated_at": now, "status": "in_transit",
            "milestones": [{ "external_id": text, "status": "in_transit", "at": now, "place": text, "message": text }] }],
        "refunds": [{ "external_id": text, "amount": { "amount": "1.00", "currency": "EUR" }, "reason": text, "at": now,
            "lines": [] }],
        "total": euro,
    } })
}

/// The orders of [`order`], with the thread of each.
async fn bought(server: &Server) -> Vec<(String, String)> {
    let mut threads = Vec::new();
    for (at, text) in packed(180).into_iter().enumerate() {
        let id = format!("words-{at}");
        let told = server.generic(&order(&id, &text)).send().await;
        assert_eq!(told.status, 202, "{text}: {}", told.body);
        let order = server.api().get(&format!("/api/v1/orders?number={id}")).await.json()["data"][0].clone();
        threads.push((order["thread_id"].as_str().unwrap_or_else(|| panic!("{id}: {order}")).to_owned(), text));
    }
    threads
}

#[tokio::test]
async fn what_a_shop_tells_of_an_order_stays_words() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    for (at, (thread, text)) in bought(&server).await.into_iter().enumerate() {
        shows(&desk.get(&format!("/desk/threads/{thread}")).await, &text);
        let mail = server.mail_to(&format!("words-{at}@words.example"), "/t#").await;
        let html = mail.text.split_once("<!doctype").or(mail.text.split_once("<html")).map_or("", |(_, html)| html);
        must_be_still("the letter", &format!("<!doctype{html}"));
        let token = mail.link(&server.url("/t#")).unwrap().split('#').nth(1).unwrap().to_owned();
        let shopper = server.stranger();
        let page = shopper.post("/t/open", &[("token", &token)]).await;
        shows(&page, &text);
        for more in ["exchange", "device", "gift"] {
            let page = shopper.get(&format!("{}/{more}", page.url.path())).await;
            must_be_still(page.url.as_str(), &page.body);
        }
        let shared = shopper.post(&format!("{}/gift", page.url.path()), &[]).await;
        let gift = server.stranger().get(&shared.one("#gift-link")).await;
        must_be_still("the present", &gift.body);
    }
    for path in ["/desk?view=all", "/desk/search?q=script", "/desk/connectors", "/desk/mailbox"] {
        must_be_still(path, &desk.get(path).await.body);
    }
    let log =
        desk.get("/desk/connectors").await.links().into_iter().map(|(_, to)| to).find(|to| to.ends_with("/intakes"));
    let log = desk.get(&log.unwrap()).await;
    must_be_still("the log", &log.body);
    for (_, to) in log.links().into_iter().filter(|(_, to)| to.contains("intake=")).take(5) {
        must_be_still(&to, &desk.get(&to).await.body);
    }
}

/// Sends what no field takes for an address: it is refused, or it stays words.
#[tokio::test]
async fn an_address_a_shop_tells_is_never_a_script() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    for (at, text) in payloads().into_iter().enumerate().filter(|(_, text)| text.contains("script:") || at_tenth(text))
    {
        let mut body = order(&format!("place-{at}"), "Shirt");
        for pointer in ["/data/lines/0/image", "/data/shipments/0/urls", "/data/admin_url"] {
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            let value = if field == "urls" { json!([text]) } else { json!(text) };
            body.pointer_mut(parent).unwrap()[field] = value;
        }
        let told = server.generic(&body).send().await;
        assert!(matches!(told.status, 202 | 422), "{text}: {}", told.body);
        let found = server.api().get(&format!("/api/v1/orders?number=place-{at}")).await.json();
        if let Some(thread) = found["data"][0]["thread_id"].as_str() {
            must_be_still(&text, &desk.get(&format!("/desk/threads/{thread}")).await.body);
        }
    }
    must_be_still("the log", &desk.get("/desk/connectors").await.body);
}

/// A few of those that are no addresses.
fn at_tenth(text: &str) -> bool {
    text.len().is_multiple_of(10)
}

/// The shopper of the first link, and the path of the thread.
async fn first_shopper(server: &Server) -> (Visitor, String) {
    let shopper = server.stranger();
    let token = server.told().shopper_links[0].split('#').nth(1).unwrap().to_owned();
    let path = shopper.post("/t/open", &[("token", &token)]).await.url.path().to_owned();
    (shopper, path)
}

/// Every payload as a message of the shopper, of an agent and as a note; gives the shopper and the path of the thread.
async fn talked(server: &Server, desk: &Visitor) -> (Visitor, String) {
    let (shopper, path) = first_shopper(server).await;
    let at_desk = format!("/desk/threads/{}/messages", first_thread(server).await);
    for (at, text) in packed(1_500).iter().enumerate() {
        for (who, to, kind) in
            [(&shopper, &format!("{path}/messages"), "reply"), (desk, &at_desk, "reply"), (desk, &at_desk, "note")]
        {
            let client = format!("client-{kind}-of-{at}-{}", std::ptr::from_ref(who) as usize);
            let said = who.post(to, &[("text", text), ("client_id", &client), ("kind", kind)]).await;
            assert_eq!(said.status, 200, "{text}: {}", said.text());
        }
    }
    (shopper, path)
}

#[tokio::test]
async fn what_people_say_stays_words() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let thread = format!("/desk/threads/{}", first_thread(&server).await);
    let (shopper, path) = first_shopper(&server).await;
    let mut sockets = [shopper.live(&format!("{path}/live")).await, desk.live("/desk/live?view=all").await];
    talked(&server, &desk).await;
    for socket in &mut sockets {
        let frame = socket.frame_where(super::MOMENT, |frame| frame.to_string().contains("lang=7")).await;
        for part in frame["parts"].as_array().unwrap() {
            must_be_still("a live part", part["html"].as_str().unwrap());
        }
    }
    let (mine, theirs) = (shopper.get(&path).await, desk.get(&thread).await);
    for text in packed(1_500).iter().rev().take(5) {
        shows(&mine, text);
        shows(&theirs, text);
    }
    for path in ["/desk?view=all", "/desk?view=needs-reply", "/desk/search?q=onerror", "/desk/search?q=%3Cscript%3E"] {
        must_be_still(path, &desk.get(path).await.body);
    }
}

/// Names: of labels, canned replies, files, people and the shop itself, and what is said when a request is refused.
#[tokio::test]
async fn what_people_call_things_stays_words() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let thread = format!("/desk/threads/{}", first_thread(&server).await);
    let (shopper, path) = first_shopper(&server).await;
    for text in packed(40) {
        let labels = desk.post("/desk/labels", &[("name", &text), ("hue", "3")]).await;
        assert!(matches!(labels.status, 200 | 422), "{text}: {}", labels.text());
        must_be_still("labels", &labels.body);
    }
    for (at, text) in packed(79).into_iter().enumerate() {
        let shortcut = format!("words{at}");
        let body = text.replace(['{', '}'], "");
        let fields = [("title", text.as_str()), ("shortcut", &shortcut), ("body-en", &body), ("body-fr", &body)];
        let saved = desk.post("/desk/canned-replies/new", &fields).await;
        assert!(matches!(saved.status, 200 | 422), "{text}: {}", saved.text());
        must_be_still("canned replies", &saved.body);
    }
    for list in [format!("{thread}/canned-replies"), "/desk/canned-replies".to_owned(), thread.clone()] {
        must_be_still(&list, &desk.get(&list).await.body);
    }
    for (at, text) in packed(180).into_iter().enumerate() {
        let gif =
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
        let file = shopper.upload(&format!("{path}/files"), Sent::new(&format!("{text}.gif"), "image/gif", gif)).await;
        assert_eq!(file.status, 201, "{text}: {}", file.body);
        let (id, client) = (file.json()["id"].as_str().unwrap().to_owned(), format!("client-of-file-{at}"));
        let fields = [("text", ""), ("client_id", &client), ("files", &id), ("alt", &text)];
        let said = shopper.post(&format!("{path}/messages"), &fields).await;
        assert_eq!(said.status, 200, "{text}: {}", said.text());
    }
    for (who, place) in [(&shopper, &path), (&desk, &thread)] {
        must_be_still(place, &who.get(place).await.body);
    }
    for text in packed(120) {
        for (page, form, field) in [
            ("/desk/settings/profile", "form:has([name=name])", "name"),
            ("/desk/settings/shop", "form[data-preview]", "name"),
        ] {
            let form = desk.get(page).await.form(form).fill(field, &text);
            let saved = desk.submit(form).await;
            assert!(matches!(saved.status, 200 | 422), "{text}: {}", saved.text());
            must_be_still(page, &saved.body);
        }
        must_be_still(&path, &shopper.get(&path).await.body);
    }
    for page in ["people", "personal-data", "activity"] {
        must_be_still(page, &desk.get(&format!("/desk/settings/{page}")).await.body);
    }
    must_be_still(
        "a wrong search",
        &desk.get(&format!("/desk/search?q={}", "%22%3E%3Csvg%20onload%3D1%3E")).await.body,
    );
}

/// Whether something ran on the page that is open, and what the browser had to refuse.
async fn ran(window: &Window) -> (bool, Vec<String>) {
    // What waits for a pointer or for focus is given both.
    window
        .driver
        .execute("document.querySelectorAll('a, button, input, textarea').forEach((one) => one.focus())", Vec::new())
        .await
        .unwrap();
    let body = window.driver.find(By::Css("body")).await.unwrap();
    window.driver.action_chain().move_to_element_center(&body).perform().await.unwrap();
    let lang = window.driver.execute("return document.documentElement.lang", Vec::new()).await.unwrap();
    (lang.json() == &json!("7"), window.complaints().await)
}

/// With the policy of the pages switched off the escaping alone has to hold; with it on, the browser has nothing to refuse.
#[tokio::test]
async fn browser_no_script_runs_with_or_without_the_policy() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let desk = server.desk().await;
    let threads: Vec<String> = bought(&server).await.into_iter().map(|(thread, _)| thread).collect();
    talked(&server, &desk).await;
    let first = first_thread(&server).await;
    let mut pages = vec![format!("/desk/threads/{first}"), "/desk?view=all".to_owned(), "/desk/connectors".to_owned()];
    pages.extend(threads.iter().step_by(8).map(|thread| format!("/desk/threads/{thread}")));
    pages.extend(["/desk/search?q=script", "/desk/mailbox", "/desk/labels"].map(str::to_owned));
    for bypass in [false, true] {
        let window = chromium.desktop().open().await;
        window.driver.cdp().send_raw("Page.setBypassCSP", json!({ "enabled": bypass })).await.unwrap();
        // The check itself: a script put into the page runs when the policy is off, and is refused when it is on.
        window.goto(&server.url("/t/find")).await;
        let inject = format!("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror={RUN}>')");
        let _ = window.driver.execute(inject.as_str(), Vec::new()).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let (control, refused) = ran(&window).await;
        assert_eq!(
            (control, refused.is_empty()),
            (bypass, bypass && refused.is_empty()),
            "the check sees: {refused:?}"
        );
        window.goto(&server.told().shopper_links[0]).await;
        window.waited_for("#log .msg").await;
        let mut found = vec![("the shopper's page".to_owned(), ran(&window).await)];
        signed_in(&server, &window, &server.told().desk.email).await;
        for page in &pages {
            window.goto(&server.url(page)).await;
            found.push((page.clone(), ran(&window).await));
        }
        found.retain(|(_, (ran, refused))| *ran || !refused.is_empty());
        assert!(found.is_empty(), "with the policy {}: {found:#?}", if bypass { "off" } else { "on" });
        window.close().await;
    }
}
