//! In French on a phone: an invitation is accepted, the settings fit, a password is forgotten.

use std::time::Duration;

use thirtyfour::By;

use super::super::support::{
    Server,
    chromium::{Chromium, Window},
};
use super::{GOOD, invited, link};

const MOMENT: Duration = Duration::from_secs(5);
const JULES: &str = "jules@calanque.example";

/// Nothing is wider than the phone, and nothing was complained of.
async fn fits(phone: &Window, page: &str, width: u64) {
    let script = "return Math.max(document.documentElement.scrollWidth, innerWidth)";
    let wide = phone.driver.execute(script, Vec::new()).await.unwrap().json().as_u64().unwrap();
    assert!(wide <= width, "{page} at {width} is {wide} wide");
    let complaints = phone.complaints().await;
    assert!(complaints.is_empty(), "{page}: {complaints:?}");
}

async fn speaks_french(phone: &Window, page: &str) {
    let lang = phone.driver.execute("return document.documentElement.lang", Vec::new()).await.unwrap();
    assert_eq!(lang.json(), "fr", "{page}");
}

#[tokio::test]
async fn browser_somebody_joins_on_a_phone_and_finds_their_settings_in_french() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let ines = server.desk().await;
    invited(&ines, JULES, "admin").await;
    let link = link(&server, JULES).await;
    for width in [390_u32, 320] {
        let phone = chromium.phone().language("fr").wide(width).open().await;
        let wide = u64::from(width);
        if width == 390 {
            phone.goto(&format!("{link}?lang=fr")).await;
            phone.wait_for_text("h1", "Inès vous invite chez Maison Calanque", MOMENT).await;
            fits(&phone, "invitation", wide).await;
            phone.type_into("#name", "Jules Mistral").await;
            phone.type_into("#password", GOOD).await;
            phone.click("[data-show-password] input").await;
            phone.type_into("#password_again", GOOD).await;
            let shown = phone.driver.find(By::Css("#password")).await.unwrap().attr("type").await.unwrap();
            assert_eq!(shown.as_deref(), Some("text"), "what is typed is shown to whoever asks");
            phone.click("form button.button--primary").await;
        } else {
            phone.goto(&server.url("/desk/sign-in")).await;
            phone.type_into("#email", JULES).await;
            phone.type_into("#password", GOOD).await;
            phone.click("form button.button--primary").await;
        }
        phone.waited_for("#threads").await;
        for (page, word) in [
            ("/desk/connectors", ""),
            ("/desk/settings/shop", "Apparence et textes"),
            ("/desk/settings/people", "Personnes"),
            ("/desk/settings/profile", "Votre profil"),
        ] {
            phone.goto(&server.url(page)).await;
            speaks_french(&phone, page).await;
            if page != "/desk/connectors" {
                phone.wait_for_text("h1", word, MOMENT).await;
            }
            fits(&phone, page, wide).await;
        }
        phone.type_into("#second-current", GOOD).await;
        phone.click("#second form button").await;
        phone.wait_for_text("h1", "Un second facteur", MOMENT).await;
        fits(&phone, "second factor", wide).await;
        phone.goto(&server.url("/desk/settings/profile")).await;
        phone.click("#absence form button").await;
        phone.wait_for_text("#absence", "En absence", MOMENT).await;
        phone.click("#absence form button").await;
        phone.wait_for_text("[data-flash]", "Bon retour", MOMENT).await;
        phone.close().await;
    }
    let phone = chromium.phone().language("fr").open().await;
    phone.goto(&server.url("/desk/sign-in")).await;
    phone.click("a[href='/desk/sign-in/forgotten']").await;
    phone.type_into("#email", JULES).await;
    phone.click("form button").await;
    phone.wait_for_text("h1", "Regardez vos e-mails", MOMENT).await;
    fits(&phone, "forgotten", 390).await;
    let mail = server.mail_to(JULES, "/desk/sign-in/password/").await;
    phone.goto(&mail.link(&server.url("/desk/sign-in/password/")).unwrap()).await;
    phone.wait_for_text("h1", "Choisissez un mot de passe", MOMENT).await;
    fits(&phone, "new password", 390).await;
}
