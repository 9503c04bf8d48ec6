//! The same in a real Chromium: on a phone, on a screen, on the narrowest, without JavaScript.

use std::time::Duration;

use serde_json::json;

use super::super::support::chromium::Chromium;
use super::super::support::{Server, chromium::Window};
use super::by_link;

const MOMENT: Duration = Duration::from_secs(5);

async fn link_of(server: &Server, number: &str) -> String {
    let (_, page) = by_link(server, number, "en").await;
    let path = page.url.path().to_owned();
    for link in server.told().shopper_links {
        let token = link.split_once('#').unwrap().1;
        if server.stranger().post("/t/open", &[("token", token)]).await.url.path() == path {
            return link;
        }
    }
    panic!("no link leads to {number}");
}

/// Opens a link and reads its thread in a language of one's own choice.
async fn opened(window: &Window, link: &str, lang: &str) {
    window.goto(link).await;
    window.waited_for("#order-card").await;
    let mut address = window.driver.current_url().await.unwrap();
    address.set_fragment(None);
    address.set_query(Some(&format!("lang={lang}")));
    window.goto(address.as_str()).await;
    window.waited_for("#order-card").await;
}

async fn sideways(window: &Window) -> bool {
    let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    window.driver.execute(script, Vec::new()).await.unwrap().json() == &json!(true)
}

#[tokio::test]
async fn every_state_fits_every_width_in_both_languages() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let keep = std::env::var("COMPTOIR_STATES_PICTURES").ok();
    for (width, lang, dark) in [(320, "fr", false), (390, "en", true), (1280, "fr", false)] {
        let opening = if width > 1000 { chromium.desktop() } else { chromium.phone().wide(width) };
        let opening = opening.language(lang);
        let window = if dark { opening.dark() } else { opening }.open().await;
        for number in ["10486", "10463", "10474", "10451", "10488", "10490"] {
            opened(&window, &link_of(&server, number).await, lang).await;
            window.wait_for_text("#order-card", number, MOMENT).await;
            assert!(!sideways(&window).await, "{number} at {width}");
            if let Some(folder) = &keep {
                window.screenshot(std::path::Path::new(&format!("{folder}/{number}-{width}-{lang}.png"))).await;
            }
        }
        assert_eq!(window.complaints().await, Vec::<String>::new());
        window.close().await;
    }
}

#[tokio::test]
async fn a_problem_is_written_for_the_shopper_and_all_well_is_live_in_another_tab() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let link = link_of(&server, "10474").await;
    let phone = chromium.phone().language("en").open().await;
    opened(&phone, &link, "en").await;
    phone.wait_for_text("#arrival", "All well?", MOMENT).await;
    phone.click(".quick a[href^='?ask=problem']").await;
    let typed = phone.driver.execute("return document.getElementById('message').value", Vec::new()).await.unwrap();
    assert!(typed.json().as_str().unwrap().contains("problem with order 10474"), "{typed:?}");
    let (shopper, page) = by_link(&server, "10474", "en").await;
    shopper.submit(page.form("#arrival form")).await;
    phone.wait_for_text("#arrival", "Thank you, noted.", MOMENT).await;
    phone.wait_for_text("#log", "You said that all is well", MOMENT).await;
    assert_eq!(phone.complaints().await, Vec::<String>::new());
    phone.close().await;
}

#[tokio::test]
async fn without_a_script_the_list_opens_by_its_code() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let keep = std::env::var("COMPTOIR_STATES_PICTURES").ok();
    for (round, (wide, lang, title)) in
        [(false, "fr", "Vos commandes"), (true, "en", "Your orders")].into_iter().enumerate()
    {
        let opening = if wide { chromium.desktop() } else { chromium.phone().without_javascript() };
        let window = opening.language(lang).open().await;
        window.goto(&server.url(&format!("/t/find?lang={lang}"))).await;
        window.type_into("#number", "10474").await;
        window.type_into("#email", super::SALOME).await;
        window.click("main form button").await;
        window.waited_for("form[data-code]").await;
        let code = super::super::support::until("the code", Duration::from_secs(10), async || {
            let codes = server.mails().into_iter().filter(|mail| mail.is_to(super::SALOME));
            codes.filter_map(|mail| mail.code()).nth(round)
        })
        .await;
        window.type_into("#code", &code).await;
        // With a script the sixth digit sends by itself.
        if !wide {
            window.click("form[data-code] button").await;
        }
        window.wait_for_text("#order-card", "10474", MOMENT).await;
        window.click(".shop__bar .drop > [aria-label]").await;
        window.click(".shop__bar .menu a[href$='/orders']").await;
        window.wait_for_text("h1", title, MOMENT).await;
        window.wait_for_text(".orders__list", "10486", MOMENT).await;
        assert!(wide || !sideways(&window).await);
        if let Some(folder) = &keep {
            window.screenshot(std::path::Path::new(&format!("{folder}/list-{lang}.png"))).await;
        }
        assert_eq!(window.complaints().await, Vec::<String>::new());
        window.close().await;
    }
}
