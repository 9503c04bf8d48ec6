//! Public holidays are offered, a country's own, and nothing closes by itself.

use serde_json::{Value, json};

use super::{HOURS, demo_at, shop, theo};

#[tokio::test]
async fn holidays_are_offered_by_country_and_close_where_they_are_ticked() {
    let server = demo_at("2026-11-27T16:20:00Z").await;
    let (desk, api) = (server.desk().await, server.api());
    let id = shop(&desk).await;
    let closures = async || api.get(&format!("/api/v1/shops/{id}/hours")).await.json()["closures"].clone();
    let page = desk.get(HOURS).await;
    let form = page.form("#holidays-form");
    assert_eq!(form.value("country"), Some("fr"), "the country whose clock the shop keeps");
    let offered = form.offers("holiday");
    assert_eq!((offered.len(), offered[0].as_str(), offered[10].as_str()), (11, "2026-12-25", "2027-11-11"));
    assert!(page.has("Christmas Day") && page.has("Easter Monday") && closures().await == json!([]));

    let nothing = desk.submit(form.clone()).await;
    assert!(nothing.status == 422 && nothing.has("Tick at least one day."), "{}", nothing.text());
    let ticked = form.choose("holiday", "2026-12-25");
    // One more that is no holiday at all: what was ticked stays ticked, and nothing closes.
    let mut forged = ticked.clone();
    forged.fields.push(("holiday".to_owned(), "2026-12-24".to_owned()));
    let refused = desk.submit(forged).await;
    assert!(refused.status == 422 && refused.has("2026-12-24"), "{}", refused.text());
    assert_eq!(refused.form("#holidays-form").value("holiday"), Some("2026-12-25"));
    assert_eq!(desk.submit(ticked.clone().forge("country", "xx")).await.status, 404);
    assert_eq!(theo(&server).await.submit(ticked.clone()).await.status, 403);
    assert_eq!(closures().await, json!([]), "nothing of that closed anything");

    let mut two = ticked;
    two.fields.push(("holiday".to_owned(), "2027-01-01".to_owned()));
    let closed = |day: &str, name: &str| -> Value { json!({ "first": day, "last": day, "name": name }) };
    let both = json!([closed("2026-12-25", "Noël"), closed("2027-01-01", "Jour de l’an")]);
    for _ in 0..2 {
        let saved = desk.submit(two.clone()).await;
        assert!(saved.status == 200 && saved.has("Saved."), "{}", saved.text());
        assert_eq!(closures().await, both, "in the shop's own words, and twice is once");
    }
    let left = desk.get(HOURS).await;
    assert_eq!(left.form("#holidays-form").offers("holiday").len(), 9, "what is closed cannot be ticked again");
    assert!(left.has("Christmas Day (closed already)"), "{}", left.text());

    // Another country's days, asked for by the page's own form.
    let belgium = desk.submit(left.form("#country-form").choose("country", "be")).await;
    let offered = belgium.form("#holidays-form").offers("holiday");
    assert!(offered.contains(&"2027-07-21".to_owned()) && !offered.contains(&"2027-07-14".to_owned()), "{offered:?}");
    // Where nobody's clock says which country it is, one is chosen first.
    let look = desk.get("/desk/settings/shop").await.form("form[data-preview]");
    desk.submit(look.choose("zone", "Pacific/Auckland")).await;
    let unknown = desk.get(HOURS).await;
    assert!(unknown.select("#holidays-form").is_empty() && unknown.has("Show"), "{}", unknown.text());
    let netherlands = desk.submit(unknown.form("#country-form").choose("country", "nl")).await;
    assert!(netherlands.has("King’s Day"), "{}", netherlands.text());
}
