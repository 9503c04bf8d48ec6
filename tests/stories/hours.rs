//! A shop's opening hours: what is owed by when, what a shopper reads while nobody is there, and what its keepers may say.

mod holidays;
mod programs;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::{
    people::{others_owner, theo},
    support::{Server, Visitor, page::Page},
};

const HOURS: &str = "/desk/settings/hours";
const LIMIT: std::time::Duration = std::time::Duration::from_secs(20);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn moment(value: &Value) -> DateTime<Utc> {
    at(value.as_str().unwrap_or_else(|| panic!("a moment, not {value}")))
}

/// Seconds from this machine's clock to a moment.
fn until(text: &str) -> i64 {
    (at(text) - Utc::now()).num_seconds()
}

/// The demo as it would be at a moment.
async fn demo_at(text: &str) -> Server {
    Server::demo().with_clock_offset(until(text)).await
}

/// The demo's first shop, as the page of its hours has it.
async fn shop(desk: &Visitor) -> String {
    desk.get(HOURS).await.form("#open-form").value("shop").unwrap().to_owned()
}

/// Sends one of the page's forms for the first shop.
async fn set(desk: &Visitor, act: &str, fields: &[(&str, &str)]) -> Page {
    let shop = shop(desk).await;
    let mut all = vec![("shop", shop.as_str()), ("act", act)];
    all.extend(fields);
    desk.post(HOURS, &all).await
}

/// Monday to Friday from nine to six.
async fn keep_office_hours(desk: &Visitor) {
    let days =
        [("day", "1"), ("day", "2"), ("day", "3"), ("day", "4"), ("day", "5"), ("from", "09:00"), ("to", "18:00")];
    let saved = set(desk, "open", &days).await;
    assert!(saved.status == 200 && saved.has("Saved."), "{}", saved.text());
}

/// Camille's browser, and the address of her thread.
async fn camille(server: &Server) -> (Visitor, String) {
    let link = server.told().shopper_links[0].clone();
    let visitor = server.stranger();
    let page = visitor.post("/t/open", &[("token", link.split_once('#').unwrap().1)]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    (visitor, page.url.path().to_owned())
}

async fn write(shopper: &Visitor, path: &str, text: &str) {
    let sent = shopper.submit(shopper.get(path).await.form("form[data-composer]").fill("text", text)).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
}

async fn thread_id(server: &Server) -> String {
    let found = server.api().get("/api/v1/orders?number=10482").await.json();
    found["data"][0]["thread_id"].as_str().unwrap().to_owned()
}

async fn thread(server: &Server, id: &str) -> Value {
    server.api().get(&format!("/api/v1/threads/{id}")).await.json()
}

/// An hour of opening after somebody began to wait on a Friday after five: what Friday leaves of it goes on at `opens`.
fn an_hour_over(since: DateTime<Utc>, opens: &str) -> DateTime<Utc> {
    at(opens) + (since + Duration::hours(1) - at("2026-11-27T17:00:00Z"))
}

#[tokio::test]
async fn a_weekend_and_a_closure_are_no_waiting_time() {
    // Friday, twenty past five in Paris; the shop closes at six.
    let mut server = demo_at("2026-11-27T16:20:00Z").await;
    let (desk, id) = (server.desk().await, thread_id(&server).await);
    let (shopper, path) = camille(&server).await;
    // Asked before there are hours: due within the hour, and counted again once there are.
    write(&shopper, &path, "Une question.").await;
    let asked = thread(&server, &id).await;
    let since = moment(&asked["waiting_since"]);
    assert_eq!(moment(&asked["reply_due_at"]), since + Duration::hours(1), "a shop without hours is always open");
    keep_office_hours(&desk).await;
    let monday = an_hour_over(since, "2026-11-30T08:00:00Z");
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), monday);
    // A bridge of two days moves it on; taking it away moves it back.
    let bridge = [("first", "2026-11-30"), ("last", "2026-12-01"), ("name", "Inventaire")];
    assert_eq!(set(&desk, "close", &bridge).await.status, 200);
    let wednesday = an_hour_over(since, "2026-12-02T08:00:00Z");
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), wednesday);
    assert_eq!(set(&desk, "not-closed", &bridge[..2]).await.status, 200);
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), monday);
    // The target counts too, and so does the shop's clock.
    assert_eq!(set(&desk, "target", &[("minutes", "120")]).await.status, 200);
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), monday + Duration::hours(1));
    assert_eq!(set(&desk, "target", &[("minutes", "60")]).await.status, 200);
    let look = desk.get("/desk/settings/shop").await.form("form[data-preview]");
    desk.submit(look.choose("zone", "Europe/London")).await;
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), since + Duration::hours(1), "London closes later");
    let look = desk.get("/desk/settings/shop").await.form("form[data-preview]");
    desk.submit(look.choose("zone", "Europe/Paris")).await;
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), monday);
    // On Sunday nothing is late; on Monday at noon it is, by what the shop was open since.
    let row = format!("#row-{id}");
    server.move_clock(until("2026-11-29T12:00:00Z")).await;
    let sunday = server.desk().await.get("/desk").await.one(&row);
    assert!(sunday.contains("min left") && !sunday.contains("late"), "{sunday}");
    server.move_clock(until("2026-11-30T11:00:00Z")).await;
    let late = server.desk().await.get("/desk").await.one(&row);
    assert!(late.contains("2 h late"), "{late}");
}

#[tokio::test]
async fn who_comes_to_a_closed_shop_reads_when_it_reopens_in_their_language() {
    // Saturday, six in the evening in Paris.
    let mut server = demo_at("2026-11-28T17:00:00Z").await;
    let desk = server.desk().await;
    let (shopper, path) = camille(&server).await;
    let open = shopper.get(&path).await;
    assert_eq!(open.one("#opening"), "", "a shop without hours is always open");
    keep_office_hours(&desk).await;
    let page = desk.get(HOURS).await;
    assert!(page.has("Nous sommes fermés, réouverture lundi à 9 h 00."), "what shoppers read: {}", page.text());
    let french = shopper.get(&format!("{path}?lang=fr")).await;
    assert_eq!(french.one("#opening"), "Nous sommes fermés, réouverture lundi à 9 h 00.");
    assert_eq!(french.one("#usual"), "Fermé");
    for (lang, words) in [
        ("de", "Gerade geschlossen, wir öffnen wieder Montag um 9:00 Uhr."),
        ("nl", "Nu gesloten, we zijn er weer maandag om 9:00."),
        ("en", "Closed now, we reopen Monday at 9:00."),
    ] {
        assert_eq!(shopper.get(&format!("{path}?lang={lang}")).await.one("#opening"), words);
    }
    // A page that stays open hears of it with the next thing that happens.
    let mut socket = shopper.live(&format!("{path}/live?after=0")).await;
    set(&desk, "close", &[("first", "2026-11-28"), ("last", "2026-12-13"), ("name", "Congés <b>annuels")]).await;
    write(&shopper, &path, "Une question.").await;
    let says = |frame: &Value| frame.to_string().contains("Monday 14 December at 9:00");
    socket.frame_where(LIMIT, says).await;
    drop(socket);
    let closed = shopper.get(&path).await;
    assert_eq!(closed.one("#opening"), "Congés <b>annuels: closed until Monday 14 December at 9:00.");
    server.move_clock(until("2026-12-14T08:05:00Z")).await;
    assert_eq!(shopper.get(&path).await.one("#opening"), "");
}

#[tokio::test]
async fn nine_is_nine_in_the_week_the_clocks_go_forward() {
    // Saturday before Sunday 28 March 2027, when two o'clock is three in Paris.
    let server = demo_at("2027-03-27T12:00:00Z").await;
    let (desk, id) = (server.desk().await, thread_id(&server).await);
    keep_office_hours(&desk).await;
    let (shopper, path) = camille(&server).await;
    write(&shopper, &path, "Une question.").await;
    assert_eq!(moment(&thread(&server, &id).await["reply_due_at"]), at("2027-03-29T08:00:00Z"), "ten, summer time");
    let page = shopper.get(&format!("{path}?lang=en")).await;
    assert_eq!(page.one("#opening"), "Closed now, we reopen Monday at 9:00.");
}

#[tokio::test]
async fn what_cannot_be_meant_is_named_and_what_was_typed_is_kept() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    keep_office_hours(&desk).await;
    let span = [("day", "3"), ("day", "6"), ("from", "17:00"), ("to", "20:00")];
    let refused = set(&desk, "open", &span).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("Wednesday 17:00–20:00 overlaps 9:00–18:00"), "{}", refused.text());
    let form = refused.form("#open-form");
    assert_eq!((form.value("from"), form.value("to")), (Some("17:00"), Some("20:00")));
    assert!(
        form.fields.contains(&("day".to_owned(), "3".to_owned()))
            && form.fields.contains(&("day".to_owned(), "6".to_owned()))
    );
    assert!(!desk.get(HOURS).await.has("17:00"), "nothing of it is saved, not even Saturday");
    for (fields, words) in [
        (vec![("from", "9:00"), ("to", "12:00")], "at least one day"),
        (vec![("day", "9"), ("from", "9:00"), ("to", "12:00")], "“9” is not a day of the week"),
        (vec![("day", "6"), ("from", "noon"), ("to", "12:00")], "“noon” is not a time"),
        (vec![("day", "6"), ("from", "12:00"), ("to", "9:00")], "9:00 is not after 12:00"),
    ] {
        let refused = set(&desk, "open", &fields).await;
        assert!(refused.status == 422 && refused.has(words), "{words}: {}", refused.text());
    }
    for (first, last, words) in [
        ("2026-13-01", "", "“2026-13-01” is not a day"),
        ("2026-08-20", "2026-08-01", "2026-08-01, is before the first"),
        ("2026-08-20", "2029-08-01", "366 days at most"),
    ] {
        let refused = set(&desk, "close", &[("first", first), ("last", last), ("name", "Été")]).await;
        assert!(refused.status == 422 && refused.has(words), "{words}: {}", refused.text());
        let form = refused.form("#close-form");
        assert_eq!(
            [form.value("first"), form.value("last"), form.value("name")],
            [Some(first), Some(last), Some("Été")]
        );
    }
    let refused = set(&desk, "target", &[("minutes", "soon")]).await;
    assert_eq!((refused.status, refused.form("#target-form").value("minutes")), (422, Some("soon")));
    assert_eq!(set(&desk, "burn", &[]).await.status, 404);
    // Six pieces of one day, until midnight, and no seventh; taken away by the page's own form, twice is once.
    for hour in (12..24).step_by(2) {
        let to = format!("{:02}:00", (hour + 1) % 24);
        let fields = [("day", "7"), ("from", &format!("{hour}:00")), ("to", to.as_str())];
        assert_eq!(set(&desk, "open", &fields).await.status, 200, "{hour}");
    }
    let full = set(&desk, "open", &[("day", "7"), ("from", "1:00"), ("to", "2:00")]).await;
    assert!(full.status == 422 && full.has("Sunday has 6 pieces already"), "{}", full.text());
    let form = desk.get(HOURS).await.form("tr:last-child .hours__span");
    for _ in 0..2 {
        let gone = desk.submit(form.clone().press("not-open")).await;
        assert!(gone.status == 200 && !gone.has("12:00–13:00") && gone.has("14:00–15:00"), "{}", gone.text());
    }
}

#[tokio::test]
async fn nobody_else_sets_a_shops_hours() {
    let server = Server::demo().await;
    let (ines, theo, canary) = (server.desk().await, theo(&server).await, others_owner(&server).await);
    let id = shop(&ines).await;
    let form = ines.get(HOURS).await.form("#target-form").fill("minutes", "7");
    assert_eq!(theo.get(HOURS).await.status, 403);
    assert_eq!(theo.submit(form.clone()).await.status, 403);
    assert_eq!(canary.submit(form).await.status, 404);
    assert_eq!(canary.get(&format!("{HOURS}?shop={id}")).await.status, 404);
    assert_eq!(ines.get(&format!("{HOURS}?shop=nothing")).await.status, 404);
    assert_eq!(ines.get(HOURS).await.form("#target-form").value("minutes"), Some("60"));
}

#[tokio::test]
async fn how_soon_somebody_answers_is_said_once_people_did_so_often_enough() {
    let mut server = Server::demo().await;
    // What the demo's people answered is long ago by then.
    server.move_clock(40 * 86_400).await;
    let (desk, id) = (server.desk().await, thread_id(&server).await);
    let (shopper, path) = camille(&server).await;
    let usual = async || shopper.get(&format!("{path}?lang=en")).await.one("#usual");
    for asked in 1..=5 {
        write(&shopper, &path, &format!("Question {asked}.")).await;
        // A program answers for nobody, and a second answer to the same question is none.
        let there = format!("/api/v1/threads/{id}/messages");
        assert_eq!(server.api().json("POST", &there, &json!({ "text": "Automatic." })).await.status, 201);
        assert_eq!(usual().await, "", "after {} answers", asked - 1);
        for text in ["Answer.", "And another thing."] {
            let open = desk.get(&format!("/desk/threads/{id}?view=all")).await;
            let said = desk.submit(open.form("form[action*='/messages']").fill("text", text)).await;
            assert_eq!(said.status, 200, "{}", said.text());
        }
    }
    assert_eq!(usual().await, "Usually answers within about 5 min");
    // Thirty days on nobody knows any more.
    server.move_clock(72 * 86_400).await;
    assert_eq!(usual().await, "");
}
