//! Every page and state under axe-core (WCAG 2.2 A and AA rules), on a phone and on a screen, light and dark, in French
//! and English. tests/run fetches the checker and says where it is.

use super::*;

/// Where `axe.min.js` is.
const AXE: &str = "COMPTOIR_TEST_AXE";
const RUN: &str = "const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
      (found) => done(found.violations.map((one) => `${one.id}: ${one.help}: `
        + one.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} (${node.any.concat(node.all)[0]?.message || ''})`).join('; '))),
      (error) => done([String(error)]));";

fn axe() -> String {
    let Ok(path) = std::env::var(AXE) else {
        panic!("{AXE} must say where axe.min.js is; tests/run fetches it and sets it");
    };
    std::fs::read_to_string(path).expect("the checker can be read")
}

/// What the checker finds on the page that is open.
async fn violations(window: &Window, axe: &str) -> Vec<String> {
    let found = loop {
        if eval(window, "return typeof window.axe").await != json!("object") {
            window.driver.execute(axe, Vec::new()).await.expect("the checker runs");
        }
        match window.driver.execute_async(RUN, Vec::new()).await {
            // The page that was asked for came in between.
            Err(error) if error.to_string().contains("axe is not defined") => {}
            answer => break answer.expect("the checker answers"),
        }
    };
    found.json().as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// A window with everything it is checked on, and what was found so far.
struct Checked<'a> {
    window: &'a Window,
    axe: &'a str,
    look: String,
    found: Vec<String>,
}

impl Checked<'_> {
    async fn page(&mut self, page: &str) {
        let found = violations(self.window, self.axe).await;
        self.found.extend(found.into_iter().map(|one| format!("{page}, {}: {one}", self.look)));
    }

    async fn at(&mut self, server: &Server, address: &str) {
        self.window.goto(&server.url(address)).await;
        self.window.waited_for("body").await;
        self.page(address).await;
    }
}

/// The shopper's pages: the thread, the ways in, the four questions of an exchange and its status, what is not there.
async fn shoppers_pages(server: &Server, checked: &mut Checked<'_>) {
    let window = checked.window;
    for link in 0..server.told().shopper_links.len().min(4) {
        opened(server, window, link).await;
        checked.page(&format!("thread {link}")).await;
    }
    opened(server, window, 0).await;
    let thread = path(window).await;
    eval(window, "document.querySelectorAll('details').forEach((fold) => { fold.open = true })").await;
    checked.page("thread, unfolded").await;
    window.click(".quick a[href$='/exchange']").await;
    for (step, sign, choice) in [
        ("item", ".option [name=line]", ".option:has([name=line])"),
        ("reason", "#words", ".option:has([value=colour])"),
        ("variant", ".swatch", ""),
        ("confirm", ".totals", ""),
    ] {
        window.waited_for(sign).await;
        checked.page(step).await;
        if step == "variant" {
            choose_blue(window).await;
        } else if !choice.is_empty() {
            window.click(choice).await;
        }
        window.click(".step__foot button").await;
    }
    until("the request's own page", MOMENT, async || path(window).await.contains("/cases/cas_").then_some(())).await;
    checked.page("status").await;
    // Taken back, so that the next reader finds the same things to exchange.
    window.click("main form button, .step__body form button").await;
    window.waited_for("#case-status").await;
    checked.page("status of what was taken back").await;
    checked.at(server, &thread).await;
    presents(server, checked, &thread).await;
    for address in ["/t", "/t/find", "/t/find?number=x&email=y", "/t/thr_nothing", "/t/expired"] {
        checked.at(server, address).await;
    }
    window.goto(&server.url("/t/find")).await;
    window.type_into("#number", "1").await;
    window.type_into("#email", "nobody@example.com").await;
    window.click("main form button").await;
    window.waited_for("form[data-code]").await;
    checked.page("code").await;
    window.type_into("#code", "000000").await;
    window.click("form[data-code] button").await;
    window.waited_for("[aria-invalid=true]").await;
    checked.page("wrong code").await;
}

/// The page that makes the link to a present, before and after, what the link shows, and that it ended.
async fn presents(server: &Server, checked: &mut Checked<'_>, thread: &str) {
    let window = checked.window;
    checked.at(server, &format!("{thread}/gift")).await;
    window.click("main form button").await;
    window.waited_for("#gift-link").await;
    checked.page("the link to a present").await;
    let link = eval(window, "return document.getElementById('gift-link').textContent").await;
    checked.at(server, link.as_str().unwrap()).await;
    window.driver.back().await.unwrap();
    window.click("form[action$='/end'] button").await;
    window.waited_for("form:not([action$='/end'])").await;
    checked.at(server, link.as_str().unwrap()).await;
}

/// An order in each of its states, and the list of all orders of an address, before and after it was shown to be theirs.
async fn states_of_an_order(server: &Server, checked: &mut Checked<'_>) {
    const FAITHFUL: &str = "salome.vidal@example.com";
    let window = checked.window;
    let links = server.told().shopper_links.len();
    for link in links - 6..links {
        opened(server, window, link).await;
        checked.page(&format!("state {link}")).await;
    }
    let list = format!("{}/orders", path(window).await);
    checked.at(server, &list).await;
    let codes = || {
        let own = server.mails().into_iter().filter(|mail| mail.is_to(FAITHFUL));
        own.filter_map(|mail| mail.code()).collect::<Vec<_>>()
    };
    let before = codes().len();
    window.click("main form button").await;
    window.waited_for("form[data-code]").await;
    let code = until("a code", MOMENT * 2, async || codes().into_iter().nth(before)).await;
    window.type_into("#code", &code).await;
    window.waited_for(".purchase").await;
    checked.page("the list of orders").await;
}

/// The desk's pages that have an address of their own, found by following its links.
async fn desks_pages(server: &Server, checked: &mut Checked<'_>, agent: &str, most: usize) {
    let window = checked.window;
    checked.at(server, "/desk/sign-in").await;
    window.type_into("#email", agent).await;
    window.type_into("#password", "not this one").await;
    window.click(".door form button").await;
    window.waited_for("[role=alert], [aria-invalid=true]").await;
    checked.page("refused sign-in").await;
    signed_in(server, window, agent).await;
    let links = "return [...document.querySelectorAll('a[href^=\"/desk\"]')].map((link) => link.getAttribute('href'))";
    let (mut known, mut left) = (vec!["/desk".to_owned()], vec!["/desk".to_owned()]);
    let mut threads = 0;
    while let Some(address) = left.pop() {
        checked.at(server, &address).await;
        for link in eval(window, links).await.as_array().unwrap() {
            let link = link.as_str().unwrap().split('#').next().unwrap().to_owned();
            // Rows of one kind look alike: a few threads stand for all.
            let is_thread = link.contains("/threads/");
            if known.contains(&link) || known.len() >= most || (is_thread && threads > 3) || link.contains("rows=") {
                continue;
            }
            threads += usize::from(is_thread);
            known.push(link.clone());
            left.push(link);
        }
    }
    assert!(known.len() >= most.min(11), "the desk has pages: {known:?}");
    checked.at(server, "/desk/nowhere").await;
}

#[tokio::test]
async fn browser_no_page_shuts_anybody_out() {
    let (server, chromium, axe) = (Server::demo().await, Chromium::start().await, axe());
    let mut found = Vec::new();
    for (wide, dark, lang) in [(false, false, "fr"), (false, true, "en"), (true, true, "fr"), (true, false, "en")] {
        let window = if wide { chromium.desktop() } else { chromium.phone() };
        let window = window.language(lang);
        let window = if dark { window.dark() } else { window }.open().await;
        let look = format!("{} {} {lang}", if wide { "screen" } else { "phone" }, if dark { "dark" } else { "light" });
        let mut checked = Checked { window: &window, axe: &axe, look, found: Vec::new() };
        shoppers_pages(&server, &mut checked).await;
        states_of_an_order(&server, &mut checked).await;
        let agent = if wide == dark { "ines@calanque.example" } else { "theo@calanque.example" };
        // Each size and each scheme sees all of the desk; the other two pairs of them, its beginning.
        desks_pages(&server, &mut checked, agent, if wide == dark { 60 } else { 12 }).await;
        found.append(&mut checked.found);
        window.close().await;
    }
    found.dedup();
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

/// The checker itself: a page with a picture without words and a pale text is found out.
#[tokio::test]
async fn browser_the_checker_notices_what_shuts_people_out() {
    let (server, chromium, axe) = (Server::demo().await, Chromium::start().await, axe());
    let window = chromium.phone().open().await;
    window.goto(&server.url("/t/find")).await;
    eval(
        &window,
        "const p = document.createElement('p'); p.textContent = 'pale'; p.style.color = '#ccc'; p.style.background = '#fff';
         const img = document.createElement('img'); img.src = 'data:,'; document.querySelector('main').append(p, img)",
    )
    .await;
    let found = violations(&window, &axe).await.join("\n");
    assert!(found.contains("color-contrast") && found.contains("image-alt"), "{found}");
}
