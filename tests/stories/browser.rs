//! Both sides of the counter in a real Chromium: the shopper on a phone, the agent on a screen, each watching the other's
//! words arrive; the same without JavaScript; languages, narrow screens, lost connections, the keyboard alone.

mod access;
mod calling;
mod living;
mod older;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::{By, Key};

use super::support::{
    Server,
    chromium::{Chromium, Window},
    until,
};

/// Within which something must be there at all. How fast it is stands in the message of a failure and is no test.
pub(super) const MOMENT: Duration = Duration::from_secs(5);
const CAMILLE: &str = "camille.roussel@example.com";

/// The thread of the first link, by the API's id.
pub(super) async fn camilles_thread(server: &Server) -> String {
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    orders["data"][0]["thread_id"].as_str().unwrap().to_owned()
}

/// Opens a thread by its link and waits until the page is live.
async fn opened(server: &Server, phone: &Window, link: usize) {
    phone.goto(&server.told().shopper_links[link]).await;
    live(phone).await;
}

pub(super) async fn live(window: &Window) {
    until("the page to be live", MOMENT, async || window.driver.find(By::Css("body[data-connected]")).await.ok()).await;
}

/// Signs in by the page's own form; the first page of the desk.
pub(super) async fn signed_in(server: &Server, window: &Window, email: &str) {
    window.goto(&server.url("/desk")).await;
    window.type_into("#email", email).await;
    window.type_into("#password", &server.told().desk.password).await;
    window.click(".door form button").await;
    window.waited_for("#threads").await;
}

pub(super) async fn eval(window: &Window, script: &str) -> Value {
    let answer = window.driver.execute(script, Vec::new()).await;
    answer.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
}

/// Marks the page, so that [`is_kept`] knows it again: a reload forgets the mark.
async fn mark(window: &Window) {
    eval(window, "window.__kept = 1").await;
}

async fn is_kept(window: &Window) -> bool {
    eval(window, "return window.__kept === 1").await == json!(true)
}

/// How many elements show exactly this text.
async fn count(window: &Window, css: &str, text: &str) -> usize {
    let script = format!(
        "return [...document.querySelectorAll({css:?})].filter((e) => e.textContent.trim() === {text:?}).length"
    );
    usize::try_from(eval(window, &script).await.as_u64().unwrap()).unwrap()
}

/// Waits for a message in the log of a page that was not loaded anew; panics with how long it took otherwise.
async fn arrives(window: &Window, text: &str) {
    let begun = Instant::now();
    while count(window, "#log .bubble", text).await == 0 {
        assert!(begun.elapsed() < MOMENT, "{text:?} is not there after {:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let took = begun.elapsed();
    assert!(is_kept(window).await, "{text:?} came after {took:?}, and by a reload");
    assert_eq!(count(window, "#log .bubble", text).await, 1, "{text:?} came after {took:?}, but not once");
}

pub(super) async fn path(window: &Window) -> String {
    window.driver.current_url().await.unwrap().path().to_owned()
}

/// Chooses the colour, and waits for the page that has it chosen.
async fn choose_blue(phone: &Window) {
    phone.waited_for(".swatch").await;
    let blue = || By::XPath("//a[contains(@class, 'swatch')][contains(., 'Bleu orage')]");
    let link = until("a swatch of the colour", MOMENT, async || phone.driver.find(blue()).await.ok()).await;
    link.click().await.unwrap();
    phone.wait_for_text(".swatch[aria-current]", "Bleu orage", MOMENT).await;
}

/// From the thread through the four questions to the status of the request, by what a finger can reach.
async fn walk(phone: &Window) {
    phone.click(".quick a[href$='/exchange']").await;
    phone.click(".option:has([name=line])").await;
    phone.click(".step__foot button").await;
    phone.click(".option:has([value=colour])").await;
    phone.type_into("#words", "Plus claire que sur la photo.").await;
    phone.click(".step__foot button").await;
    choose_blue(phone).await;
    phone.click(".step__foot button").await;
    phone.waited_for(".totals").await;
    phone.click(".step__foot button").await;
    until("the request's own page", MOMENT, async || path(phone).await.contains("/cases/cas_").then_some(())).await;
}

pub(super) async fn no_complaints(window: &Window, page: &str) {
    let complaints = window.complaints().await;
    assert!(complaints.is_empty(), "{page}: {complaints:?}");
}

#[tokio::test]
async fn browser_what_one_side_writes_stands_on_the_other_without_reload() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (phone, screen) = (chromium.phone().open().await, chromium.desktop().open().await);
    let thread = camilles_thread(&server).await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    screen.goto(&server.url(&format!("/desk/threads/{thread}?view=needs-reply"))).await;
    opened(&server, &phone, 0).await;
    live(&screen).await;
    mark(&phone).await;
    mark(&screen).await;
    let row = format!("#threads #row-{thread}");
    assert_eq!(screen.text(&row).await, None, "nobody is owed an answer here yet");

    phone.type_into("#message", "Bonjour, est-elle plus bleue en vrai ?").await;
    phone.click(".composer__send").await;
    arrives(&screen, "Bonjour, est-elle plus bleue en vrai ?").await;
    screen.wait_for_text(&row, "Camille", MOMENT).await;
    arrives(&phone, "Bonjour, est-elle plus bleue en vrai ?").await;

    screen.type_into("#reply-text", "Oui, comme un ciel d’orage.").await;
    screen.click(".reply__bar button[value=none]").await;
    arrives(&phone, "Oui, comme un ciel d’orage.").await;
    arrives(&screen, "Oui, comme un ciel d’orage.").await;
    until("the list to move", MOMENT, async || screen.text(&row).await.is_none().then_some(())).await;
    assert!(is_kept(&screen).await);
    no_complaints(&phone, "thread").await;
    no_complaints(&screen, "desk").await;
}

#[tokio::test]
async fn browser_an_exchange_is_asked_and_approved_on_live_pages() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let (phone, screen) = (chromium.phone().open().await, chromium.desktop().open().await);
    let thread = camilles_thread(&server).await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    screen.goto(&server.url(&format!("/desk/threads/{thread}?view=all"))).await;
    opened(&server, &phone, 0).await;
    live(&screen).await;
    mark(&screen).await;
    walk(&phone).await;
    screen.wait_for_text("#context .decision", "Bleu orage", MOMENT).await;
    assert!(is_kept(&screen).await, "the decision came without a reload");
    no_complaints(&phone, "the request's own page").await;
    let status = phone.driver.current_url().await.unwrap().to_string();
    phone.click(".step__foot a").await;
    live(&phone).await;
    mark(&phone).await;
    phone.wait_for_text(".ticket", "Échange demandé", MOMENT).await;

    eval(&screen, "document.activeElement.blur()").await;
    screen.driver.find(By::Css("body")).await.unwrap().send_keys("y").await.unwrap();
    phone.wait_for_text(".ticket", "Échange accepté", MOMENT).await;
    assert!(is_kept(&phone).await, "the approval came without a reload");
    let cases = server.api().get(&format!("/api/v1/cases?thread_id={thread}")).await.json();
    assert_eq!(cases["data"][0]["state"], "approved");
    no_complaints(&phone, "thread").await;
    no_complaints(&screen, "desk").await;
    phone.goto(&status).await;
    phone.wait_for_text("#case-status", "Inès", MOMENT).await;
    no_complaints(&phone, "status").await;
}

#[tokio::test]
async fn browser_everything_goes_without_javascript() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().without_javascript().language("fr").open().await;
    phone.goto(&server.url("/t")).await;
    phone.click("main a").await;
    phone.type_into("#number", "10482").await;
    phone.type_into("#email", CAMILLE).await;
    phone.click("main form button").await;
    let code = server.mail_to(CAMILLE, "code").await.code().expect("the letter has the code in it");
    phone.type_into("#code", &code).await;
    phone.click("form[data-code] button").await;
    phone.waited_for("#log").await;

    phone.type_into("#message", "Sans script non plus.").await;
    phone.click(".composer__send").await;
    phone.wait_for_text("#log .bubble", "Sans script non plus.", MOMENT).await;
    assert_eq!(phone.driver.find_all(By::Css("#log .msg--pending")).await.unwrap().len(), 0);

    walk(&phone).await;
    let thread = camilles_thread(&server).await;
    let cases = server.api().get(&format!("/api/v1/cases?thread_id={thread}")).await.json();
    assert_eq!(cases["data"][0]["state"], "submitted");
    phone.click(".step__foot a").await;
    phone.wait_for_text(".ticket", "Échange demandé", MOMENT).await;
    no_complaints(&phone, "without scripts").await;
}

/// A page that is wider than the screen: the sign of a line that does not break.
pub(super) async fn must_fit(window: &Window, page: &str, width: u64) {
    // Where the page is wider than the phone, the phone zooms out and its own width grows with it.
    let widths = eval(window, "return [document.documentElement.scrollWidth, innerWidth]").await;
    let fits = widths.as_array().unwrap().iter().all(|found| found.as_u64().unwrap() <= width);
    let wide = "return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > \
                ARG + 1).slice(0, 6).map((e) => e.tagName + '.' + e.getAttribute('class'))"
        .replace("ARG", &width.to_string());
    assert!(fits, "{page} at {width} is {widths} wide: {}", eval(window, &wide).await);
}

async fn speaks(window: &Window, page: &str, lang: &str) {
    assert_eq!(eval(window, "return document.documentElement.lang").await, lang, "{page}");
}

#[tokio::test]
async fn browser_pages_speak_french_and_english_and_fit_narrow_phones() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let desk_thread = format!("/desk/threads/{}", camilles_thread(&server).await);
    for (width, lang, agent) in [(390, "fr", "theo"), (320, "fr", "theo"), (390, "en", "ines"), (320, "en", "ines")] {
        let words = |fr: &'static str, en: &'static str| if lang == "fr" { fr } else { en };
        let phone = chromium.phone().language(lang).wide(width).open().await;
        let width = u64::from(width);
        opened(&server, &phone, 0).await;
        let thread = path(&phone).await;
        for (page, word) in [
            (format!("{thread}?lang={lang}"), words("Suivre", "Track")),
            (format!("/t/find?lang={lang}"), words("Retrouver votre commande", "Find your order")),
        ] {
            phone.goto(&server.url(&page)).await;
            speaks(&phone, &page, lang).await;
            let text = phone.text("body").await.unwrap_or_default();
            assert!(text.contains(word), "{page} has no {word:?}: {text}");
            must_fit(&phone, &page, width).await;
        }
        phone.type_into("#number", "10482").await;
        phone.type_into("#email", CAMILLE).await;
        phone.click("main form button").await;
        phone.wait_for_text("h1", words("Votre code à six chiffres", "Your six-digit code"), MOMENT).await;
        must_fit(&phone, "code", width).await;

        phone.goto(&server.url(&thread)).await;
        phone.click(".quick a[href$='/exchange']").await;
        for (step, sign) in
            [("item", ".option [name=line]"), ("reason", "#words"), ("variant", ".swatch"), ("confirm", ".totals")]
        {
            phone.waited_for(sign).await;
            speaks(&phone, step, lang).await;
            must_fit(&phone, step, width).await;
            match step {
                "item" => phone.click(".option:has([name=line])").await,
                "reason" => phone.click(".option:has([value=colour])").await,
                "variant" => choose_blue(&phone).await,
                _ => break,
            }
            phone.click(".step__foot button").await;
        }

        phone.goto(&server.url("/desk/sign-in")).await;
        speaks(&phone, "sign-in", lang).await;
        must_fit(&phone, "sign-in", width).await;
        signed_in(&server, &phone, &format!("{agent}@calanque.example")).await;
        phone.wait_for_text("h1", words("À répondre", "Needs reply"), MOMENT).await;
        for page in ["/desk?view=all", &desk_thread] {
            phone.goto(&server.url(page)).await;
            speaks(&phone, page, lang).await;
            must_fit(&phone, page, width).await;
        }
        no_complaints(&phone, lang).await;
        phone.close().await;
    }
}

#[tokio::test]
async fn browser_pages_find_back_after_the_server_was_gone() {
    let (mut server, chromium) = (Server::demo().await, Chromium::start().await);
    let (phone, screen) = (chromium.phone().open().await, chromium.desktop().open().await);
    let thread = camilles_thread(&server).await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    screen.goto(&server.url(&format!("/desk/threads/{thread}?view=all"))).await;
    opened(&server, &phone, 0).await;
    live(&screen).await;
    mark(&phone).await;
    mark(&screen).await;
    let messages = format!("/api/v1/threads/{thread}/messages");
    let say = async |server: &Server, text: &str| {
        let said = server.api().json("POST", &messages, &json!({ "text": text })).await;
        assert_eq!(said.status, 201, "{}", said.body);
    };
    say(&server, "Before.").await;
    arrives(&phone, "Before.").await;
    server.kill();
    server.start_again().await;
    say(&server, "Meanwhile, one.").await;
    say(&server, "Meanwhile, two.").await;
    for window in [&phone, &screen] {
        let waits = Duration::from_secs(20);
        until("the second message", waits, async || {
            (count(window, "#log .bubble", "Meanwhile, two.").await > 0).then_some(())
        })
        .await;
        live(window).await;
        let shown =
            eval(window, "return [...document.querySelectorAll('#log .bubble')].map((e) => e.textContent)").await;
        let shown: Vec<&str> = shown.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(shown[shown.len() - 3..], ["Before.", "Meanwhile, one.", "Meanwhile, two."]);
        assert!(is_kept(window).await);
        for text in ["Before.", "Meanwhile, one.", "Meanwhile, two."] {
            assert_eq!(count(window, "#log .bubble", text).await, 1, "{text}");
        }
    }
    say(&server, "After.").await;
    arrives(&phone, "After.").await;
    arrives(&screen, "After.").await;
}

#[tokio::test]
async fn browser_what_is_sent_settles_as_one_and_its_draft_is_gone() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().open().await;
    opened(&server, &phone, 0).await;
    mark(&phone).await;
    phone.type_into("#message", "Une ").await;
    let drafts = "return Object.keys(localStorage).filter((key) => key.startsWith('comptoir:'))";
    assert_eq!(eval(&phone, drafts).await.as_array().unwrap().len(), 1, "what is written is kept");
    phone.goto(&server.url(&path(&phone).await)).await;
    live(&phone).await;
    mark(&phone).await;
    phone.type_into("#message", "seule fois.").await;
    phone.click(".composer__send").await;
    until("the message to be stored", MOMENT, async || {
        let settled = "return [...document.querySelectorAll('#log [data-seq] .bubble')].some((e) => e.textContent === 'Une seule fois.')";
        (eval(&phone, settled).await == json!(true)).then_some(())
    })
    .await;
    until("the draft to be gone", MOMENT, async || (eval(&phone, drafts).await == json!([])).then_some(())).await;
    arrives(&phone, "Une seule fois.").await;
    assert_eq!(eval(&phone, "return document.querySelectorAll('.msg--pending, .msg--failed').length").await, json!(0));
    assert_eq!(eval(&phone, "return document.querySelector('#message').value").await, json!(""));
    phone.goto(&server.url(&path(&phone).await)).await;
    live(&phone).await;
    assert_eq!(count(&phone, "#log .bubble", "Une seule fois.").await, 1);
    let messages = format!("/api/v1/threads/{}/messages?limit=100", camilles_thread(&server).await);
    let all = server.api().get(&messages).await.json();
    let stored = all["data"].as_array().unwrap().iter().filter(|message| message["alt"] == "Une seule fois.").count();
    assert_eq!(stored, 1, "{all}");
}

#[tokio::test]
async fn browser_a_text_that_is_too_long_comes_back_with_words() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().open().await;
    opened(&server, &phone, 0).await;
    mark(&phone).await;
    eval(&phone, "document.querySelector('#message').value = 'é'.repeat(4000)").await;
    phone.type_into("#message", "!").await;
    phone.click(".composer__send").await;
    let says = "return document.querySelector('#message').validationMessage";
    until("words about its length", MOMENT, async || {
        eval(&phone, says).await.as_str().filter(|words| words.contains("4001")).map(str::to_owned)
    })
    .await;
    assert_eq!(eval(&phone, "return document.querySelector('#message').value.length").await, json!(4001));
    assert_eq!(eval(&phone, "return document.querySelectorAll('.msg--pending, .msg--failed').length").await, json!(0));
    press(&phone, Key::Backspace).await;
    phone.click(".composer__send").await;
    arrives(&phone, &"é".repeat(4000)).await;
    assert!(is_kept(&phone).await);
}

/// What has the focus: its id, or nothing.
pub(super) async fn focus(window: &Window) -> String {
    eval(window, "return document.activeElement.id").await.as_str().unwrap_or_default().to_owned()
}

/// Presses keys as a hand does: they go to whatever has the focus at that moment, also when a live part was just swapped.
pub(super) async fn press(window: &Window, keys: impl Into<thirtyfour::TypingData>) {
    window.driver.action_chain().send_keys(keys).perform().await.unwrap();
}

/// Holds one key while another is pressed.
async fn chord(window: &Window, held: Key, pressed: Key) {
    let (held, pressed) = (held.value(), pressed.value());
    window.driver.action_chain().key_down(held).key_down(pressed).key_up(pressed).key_up(held).perform().await.unwrap();
}

#[tokio::test]
async fn browser_the_keyboard_alone_answers_a_thread() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let screen = chromium.desktop().open().await;
    signed_in(&server, &screen, "ines@calanque.example").await;
    let cases = server.api().get("/api/v1/cases?state=submitted").await.json();
    let case = cases["data"][0].clone();
    let rows = eval(&screen, "return [...document.querySelectorAll('#threads .entry')].map((e) => e.id)").await;
    let rows: Vec<&str> = rows.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(rows.len() > 1, "the demo owes several answers");
    press(&screen, "j").await;
    assert_eq!(focus(&screen).await, rows[0]);
    press(&screen, "j").await;
    assert_eq!(focus(&screen).await, rows[1]);
    press(&screen, "k").await;
    assert_eq!(focus(&screen).await, rows[0]);
    press(&screen, Key::Enter).await;
    let thread = rows[0].trim_start_matches("row-");
    until("the thread", MOMENT, async || path(&screen).await.ends_with(thread).then_some(())).await;
    live(&screen).await;
    mark(&screen).await;
    press(&screen, "r").await;
    assert_eq!(focus(&screen).await, "reply-text");
    press(&screen, "joy, kind yes, every note: r?").await;
    assert_eq!(focus(&screen).await, "reply-text");
    assert_eq!(
        eval(&screen, "return document.querySelector('#reply-text').value").await,
        "joy, kind yes, every note: r?"
    );
    chord(&screen, Key::Control, Key::Enter).await;
    arrives(&screen, "joy, kind yes, every note: r?").await;

    // Where "Y" approves, it is a letter while somebody writes.
    screen.goto(&server.url(&format!("/desk/threads/{}?view=all", case["thread_id"].as_str().unwrap()))).await;
    live(&screen).await;
    press(&screen, "r").await;
    press(&screen, "yyy").await;
    assert_eq!(eval(&screen, "return document.querySelector('#reply-text').value").await, "yyy");
    let now = server.api().get(&format!("/api/v1/cases/{}", case["id"].as_str().unwrap())).await.json();
    assert_eq!(now["state"], "submitted");
    no_complaints(&screen, "desk").await;
}
