//! A day at the desk: threads that sleep, acts that are taken back, refusals that wait, several threads at once, filters,
//! another offer, an exchange begun for a shopper who called.

use std::time::Duration;

use serde_json::{Value, json};

use super::support::{Server, Visitor, page::Page, until};

const CAMILLE: &str = "camille.roussel@example.com";
const HOUR: i64 = 3_600;

async fn order(server: &Server, number: &str) -> Value {
    server.api().get(&format!("/api/v1/orders?number={number}")).await.json()["data"][0].clone()
}

async fn camilles_thread(server: &Server) -> String {
    order(server, "10482").await["thread_id"].as_str().unwrap().to_owned()
}

async fn thread(server: &Server, id: &str) -> Value {
    server.api().get(&format!("/api/v1/threads/{id}")).await.json()
}

async fn case(server: &Server, id: &str) -> Value {
    server.api().get(&format!("/api/v1/cases/{id}")).await.json()
}

/// What happened in a thread, once the feed has all of it: there an event may take its place a moment after it is stored.
async fn events_of(server: &Server, id: &str) -> Vec<Value> {
    let last = thread(server, id).await["last_seq"].clone();
    until("the feed to have the last event", Duration::from_secs(10), async || {
        let found = told(server, id).await;
        found.iter().any(|event| event["seq"] == last).then_some(found)
    })
    .await
}

async fn told(server: &Server, id: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), 0);
    loop {
        let page = server.api().get(&format!("/api/v1/events?limit=100&after={after}")).await.json();
        let events = page["data"].as_array().unwrap();
        let Some(last) = events.last() else { return found };
        after = last["pos"].as_i64().unwrap();
        found.extend(events.iter().filter(|event| event["thread_id"] == id).cloned());
    }
}

/// The same by the names of the events.
async fn happened(server: &Server, thread: &str) -> Vec<String> {
    let events = events_of(server, thread).await;
    events.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

async fn times(server: &Server, thread: &str, name: &str) -> usize {
    happened(server, thread).await.iter().filter(|known| *known == name).count()
}

async fn said(server: &Server, text: &str) -> (Visitor, String) {
    let link = server.told().shopper_links[0].clone();
    let shopper = server.shopper(&link).await;
    let token = link.split_once('#').unwrap().1.to_owned();
    let page = shopper.post("/t/open", &[("token", &token)]).await;
    let path = page.url.path().to_owned();
    let sent = shopper.submit(page.form("form[data-composer]").fill("text", text)).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    (shopper, path)
}

async fn snoozed(server: &Server, desk: &Visitor, id: &str, choice: &str) -> Page {
    let answer = desk.post(&format!("/desk/threads/{id}/snooze?view=all"), &[("until", choice)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(thread(server, id).await["state"], "snoozed");
    answer
}

async fn state_becomes(server: &Server, id: &str, state: &str) {
    until(&format!("the thread to be {state}"), Duration::from_secs(10), async || {
        (thread(server, id).await["state"] == state).then_some(())
    })
    .await;
}

/// A case that waits for its decision, asked for by Camille: her shirt in the colour of her choice.
async fn asked_for(server: &Server, colour: &str) -> Value {
    let order = order(server, "10482").await;
    let line = order["lines"].as_array().unwrap()[0].clone();
    let wish = json!({
        "line_id": line["id"], "variant_id": variant(server, colour, "M").await["id"], "quantity": 1, "reason": "colour",
    });
    let made = server
        .api()
        .json("POST", &format!("/api/v1/threads/{}/cases", order["thread_id"].as_str().unwrap()), &wish)
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()
}

async fn variant(server: &Server, colour: &str, size: &str) -> Value {
    let products = server.api().get("/api/v1/products?limit=100").await.json();
    let variants =
        products["data"].as_array().unwrap().iter().flat_map(|product| product["variants"].as_array().unwrap());
    let has = |variant: &&Value| {
        let told: Vec<&str> =
            variant["options"].as_array().unwrap().iter().filter_map(|o| o["value"].as_str()).collect();
        told == [colour, size]
    };
    variants.clone().find(has).unwrap().clone()
}

#[tokio::test]
async fn a_thread_sleeps_until_its_hour_and_wakes_once() {
    let mut server = Server::demo().await;
    let (_, _) = said(&server, "Une question.").await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    let before = thread(&server, &id).await;
    let page = snoozed(&server, &desk, &id, "hour").await;
    assert!(page.has("Snoozed"), "{}", page.text());
    let asleep = thread(&server, &id).await;
    assert_eq!(asleep["waiting_since"], before["waiting_since"], "who waits goes on waiting");
    let row = format!("#row-{id}");
    assert_eq!(desk.get("/desk?view=needs-reply").await.select(&row).len(), 0);
    let list = desk.get("/desk?view=snoozed").await;
    assert!(list.one(&row).contains("until"), "{}", list.one(&row));
    server.move_clock(HOUR - 120).await;
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(thread(&server, &id).await["state"], "snoozed", "not before its time");
    server.move_clock(HOUR + 60).await;
    state_becomes(&server, &id, "open").await;
    server.move_clock(3 * HOUR).await;
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(times(&server, &id, "thread.woken").await, 1);
    let awake = thread(&server, &id).await;
    assert_eq!((&awake["snoozed_until"], &awake["waiting_since"]), (&Value::Null, &before["waiting_since"]));
}

#[tokio::test]
async fn a_shopper_who_writes_wakes_the_thread_and_never_hears_of_its_sleep() {
    let server = Server::demo().await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    snoozed(&server, &desk, &id, "monday").await;
    let (shopper, path) = said(&server, "Toujours là ?").await;
    state_becomes(&server, &id, "open").await;
    assert_eq!(times(&server, &id, "thread.woken").await, 1);
    let page = shopper.get(&path).await;
    for word in ["pause", "snoozed", "Snoozed"] {
        assert!(!page.one("#log").contains(word), "{}", page.one("#log"));
    }
    let now = thread(&server, &id).await;
    assert!(now["waiting_since"].is_string() && now["reply_due_at"].is_string());
}

#[tokio::test]
async fn a_day_and_time_is_the_shops_own_and_a_bad_one_is_told() {
    let server = Server::demo().await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    let there = format!("/desk/threads/{id}/snooze?view=all");
    for (at, words) in
        [("2020-01-01T09:00", "still ahead"), ("9999-01-01T09:00", "a year"), ("soon", "day and the time")]
    {
        let refused = desk.post(&there, &[("until", "at"), ("at", at)]).await;
        assert_eq!(refused.status, 422, "{at}");
        assert!(refused.has(words), "{at}: {}", refused.text());
    }
    assert_eq!(desk.post(&there, &[("until", "never")]).await.status, 404);
    let day = (chrono::Utc::now() + chrono::Duration::days(40)).date_naive();
    let slept = desk.post(&there, &[("until", "at"), ("at", &format!("{day}T09:00"))]).await;
    assert_eq!(slept.status, 200, "{}", slept.text());
    let until = thread(&server, &id).await["snoozed_until"].as_str().unwrap().to_owned();
    assert!([format!("{day}T08:00:00Z"), format!("{day}T07:00:00Z")].contains(&until), "nine in Paris: {until}");
    // The other face.
    let api = server.api();
    let at = (chrono::Utc::now() + chrono::Duration::days(2)).to_rfc3339();
    let asleep = api.json("POST", &format!("/api/v1/threads/{id}/snooze"), &json!({ "until": at })).await;
    assert_eq!((asleep.status, &asleep.json()["state"]), (200, &json!("snoozed")));
    let past =
        api.json("POST", &format!("/api/v1/threads/{id}/snooze"), &json!({ "until": "2020-01-01T00:00:00Z" })).await;
    assert_eq!((past.status, &past.json()["errors"][0]["pointer"]), (422, &json!("/until")));
    let woken = api.json("POST", &format!("/api/v1/threads/{id}/reopening"), &json!({})).await;
    assert_eq!(woken.json()["state"], "open");
    api.json("POST", &format!("/api/v1/threads/{id}/resolution"), &json!({})).await;
    let closed = api.json("POST", &format!("/api/v1/threads/{id}/snooze"), &json!({ "until": at })).await;
    assert_eq!(closed.status, 409);
}

#[tokio::test]
async fn what_was_done_is_taken_back_by_a_plain_form_unless_something_happened_since() {
    let server = Server::demo().await;
    said(&server, "Bonjour ?").await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    let before = thread(&server, &id).await;
    let kept = ["state", "assigned_to", "waiting_since", "reply_due_at", "snoozed_until"];
    let acts: [(&str, &[(&str, &str)]); 3] =
        [("resolution", &[]), ("snooze", &[("until", "hour")]), ("assignment", &[("agent", "")])];
    let team = server.api().get("/api/v1/agents").await.json();
    let mia = team["data"].as_array().unwrap().iter().find(|a| a["name"].as_str().unwrap().starts_with("Mia")).unwrap()
        ["id"]
        .clone();
    for (act, fields) in acts {
        let fields = if act == "assignment" { vec![("agent", mia.as_str().unwrap())] } else { fields.to_vec() };
        let done = desk.post(&format!("/desk/threads/{id}/{act}?view=all"), &fields).await;
        assert_eq!(done.status, 200, "{act}: {}", done.text());
        let undone = desk.submit(done.form(".flash form")).await;
        assert!(undone.has("As it was"), "{act}: {}", undone.text());
        let now = thread(&server, &id).await;
        for field in kept {
            assert_eq!(now[field], before[field], "{act}: {field}");
        }
    }
    let names = happened(&server, &id).await;
    let tail: Vec<&str> = names[names.len() - 6..].iter().map(String::as_str).collect();
    assert_eq!(
        tail,
        ["thread.resolved", "thread.reopened", "thread.snoozed", "thread.woken", "thread.assigned", "thread.assigned"]
    );
    // Something happens in between: the way back is closed, and says so.
    let done = desk.post(&format!("/desk/threads/{id}/resolution?view=all"), &[]).await;
    let form = done.form(".flash form");
    said(&server, "Encore une chose.").await;
    let late = desk.submit(form).await;
    assert_eq!(late.status, 409);
    assert!(late.has("Something else has happened"), "{}", late.text());
    assert_eq!(thread(&server, &id).await["state"], "open");
}

#[tokio::test]
async fn nobody_else_takes_an_act_back_and_not_much_later() {
    let mut server = Server::demo().await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    let done = desk.post(&format!("/desk/threads/{id}/resolution?view=all"), &[]).await;
    let form = done.form(".flash form");
    let password = server.told().desk.password;
    let theo = server.desk_of("theo@calanque.example", &password).await;
    assert_eq!(theo.submit(form.clone()).await.status, 404);
    server.move_clock(120).await;
    let late = desk.submit(form).await;
    assert_eq!((late.status, late.has("no longer be undone")), (409, true), "{}", late.text());
    assert_eq!(desk.get(done.url.path()).await.select(".flash form").len(), 0);
    assert_eq!(desk.post("/desk/undos/und_00000000000000000000000000", &[]).await.status, 404);
}

#[tokio::test]
async fn a_refusal_waits_is_seen_by_colleagues_and_goes_out_once_even_over_a_restart() {
    let mut server = Server::demo().await;
    let asked = asked_for(&server, "Sauge").await;
    let (id, thread_id) = (asked["id"].as_str().unwrap(), asked["thread_id"].as_str().unwrap());
    let password = server.told().desk.password;
    let (mia, desk) = (server.desk_of("mia@calanque.example", &password).await, server.desk().await);
    let refusal = format!("/desk/cases/{id}/refusal?view=all");
    let reason = [("reason", "La chemise a été portée.")];
    let said = mia.post(&refusal, &reason).await;
    assert_eq!(said.status, 200, "{}", said.text());
    assert_eq!(said.select(".flash form").len(), 1, "it can be taken back from the notice");
    let seen = desk.get(&format!("/desk/threads/{thread_id}?view=all")).await;
    assert!(seen.one(&format!("#{id}")).contains("Mia is declining"), "{}", seen.one(&format!("#{id}")));
    let twice = desk.post(&refusal, &reason).await;
    assert_eq!((twice.status, twice.has("Mia")), (409, true), "{}", twice.text());
    assert_eq!(case(&server, id).await["state"], "submitted", "nothing has gone out");
    // Anybody who may decide takes it back.
    let back = desk.submit(seen.form("form[action*='refusal-withdrawal']")).await;
    assert_eq!(back.status, 200, "{}", back.text());
    let again = mia.submit(seen.form("form[action*='refusal-withdrawal']")).await;
    assert_eq!((again.status, again.has("quelqu’un est revenu dessus")), (409, true), "{}", again.text());
    tokio::time::sleep(Duration::from_secs(12)).await;
    assert_eq!(case(&server, id).await["state"], "submitted");
    assert!(
        server.mails().iter().all(|mail| !mail.is_to(CAMILLE) || !mail.text.contains("portée")),
        "no letter either"
    );

    assert_eq!(mia.post(&refusal, &reason).await.status, 200);
    server.kill();
    server.start_again().await;
    until("the refusal to go out", Duration::from_secs(20), async || {
        (case(&server, id).await["state"] == "declined").then_some(())
    })
    .await;
    let declined = case(&server, id).await;
    assert_eq!(declined["decline_reason"], "La chemise a été portée.");
    assert!(declined["decided_by"]["name"].as_str().unwrap().starts_with("Mia"));
    assert_eq!(times(&server, thread_id, "case.declined").await, 1);
    let too_late = desk.post(&format!("/desk/cases/{id}/refusal-withdrawal?view=all"), &[]).await;
    assert_eq!((too_late.status, too_late.has("Mia")), (409, true), "{}", too_late.text());
    let letter = server.mail_to(CAMILLE, "portée").await;
    assert!(letter.link(server.base_url()).is_some());
}

#[tokio::test]
async fn who_approves_while_a_refusal_waits_is_first() {
    let server = Server::demo().await;
    let asked = asked_for(&server, "Sauge").await;
    let (id, thread_id) = (asked["id"].as_str().unwrap(), asked["thread_id"].as_str().unwrap());
    let password = server.told().desk.password;
    let (mia, desk) = (server.desk_of("mia@calanque.example", &password).await, server.desk().await);
    assert_eq!(mia.post(&format!("/desk/cases/{id}/refusal?view=all"), &[("reason", "Non.")]).await.status, 200);
    let page = desk.get(&format!("/desk/threads/{thread_id}?view=all")).await;
    assert_eq!(desk.submit(page.form(&format!("form[action*='{id}/approval']"))).await.status, 200);
    tokio::time::sleep(Duration::from_secs(12)).await;
    assert_eq!(case(&server, id).await["state"], "approved");
    assert_eq!(times(&server, thread_id, "case.declined").await, 0);
    let late = mia.post(&format!("/desk/cases/{id}/refusal-withdrawal?view=all"), &[]).await;
    assert_eq!((late.status, late.has("Inès")), (409, true), "{}", late.text());
    // A program's refusal does not wait.
    let other = asked_for_again(&server).await;
    let refused =
        server.api().json("POST", &format!("/api/v1/cases/{other}/refusal"), &json!({"reason": "Non."})).await;
    assert_eq!((refused.status, &refused.json()["state"]), (200, &json!("declined")));
}

/// The demo's own request that nobody has decided.
async fn asked_for_again(server: &Server) -> String {
    let waiting = server.api().get("/api/v1/cases?state=submitted").await.json();
    waiting["data"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn several_threads_are_resolved_at_once_and_what_could_not_be_is_told() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let waiting = server.api().get("/api/v1/cases?state=submitted").await.json();
    let undecided = waiting["data"][0]["thread_id"].as_str().unwrap().to_owned();
    let threads = server.api().get("/api/v1/threads?state=waiting_shopper&limit=3").await.json();
    let free: Vec<String> =
        threads["data"].as_array().unwrap().iter().map(|thread| thread["id"].as_str().unwrap().to_owned()).collect();
    let list = desk.get("/desk?view=all").await;
    assert!(list.select("input[name=thread][form=bulk]").len() > 3, "boxes stand on the page");
    let mut fields: Vec<(&str, &str)> = free.iter().map(|id| ("thread", id.as_str())).collect();
    fields.extend([("thread", undecided.as_str()), ("act", "resolve")]);
    let done = desk.post("/desk/bulk?view=all", &fields).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.has("3 threads resolved. 1 has a request to decide."), "{}", done.one(".flash"));
    for id in &free {
        assert_eq!(thread(&server, id).await["state"], "resolved");
    }
    said_in(&server, &free[0]).await;
    let undone = desk.submit(done.form(".flash form")).await;
    assert!(undone.has("2 threads are as they were. 1 was left as it is."), "{}", undone.text());
    assert_eq!(thread(&server, &free[0]).await["state"], "resolved");
    assert_eq!(thread(&server, &free[1]).await["state"], "waiting_shopper");

    let snoozed = desk
        .post("/desk/bulk?view=all", &[("thread", &free[1]), ("thread", &free[2]), ("act", "snooze:tomorrow")])
        .await;
    assert!(snoozed.has("2 threads snoozed"), "{}", snoozed.text());
    for (fields, status, words) in [
        (vec![("act", "resolve")], 422, "Select a thread"),
        (vec![("thread", free[0].as_str()), ("act", "burn")], 422, "Choose what to do"),
        (vec![("thread", "thr_1"), ("act", "resolve")], 404, ""),
    ] {
        let answer = desk.post("/desk/bulk?view=all", &fields).await;
        assert_eq!((answer.status, answer.has(words)), (status, true), "{}", answer.text());
    }
    let many: Vec<String> = (0..101).map(|n| format!("thr_{n:026}")).collect();
    let mut fields: Vec<(&str, &str)> = many.iter().map(|id| ("thread", id.as_str())).collect();
    fields.push(("act", "resolve"));
    let refused = desk.post("/desk/bulk?view=all", &fields).await;
    assert_eq!((refused.status, refused.has("at most 100")), (422, true), "{}", refused.text());
}

/// A note: it happens behind the counter and changes nothing else.
async fn said_in(server: &Server, thread: &str) {
    let said =
        server.api().json("POST", &format!("/api/v1/threads/{thread}/messages"), &json!({ "text": "Note." })).await;
    assert_eq!(said.status, 201, "{}", said.text());
}

#[tokio::test]
async fn the_list_says_how_much_time_is_left_and_filters_combine_in_the_address() {
    let mut server = Server::demo().await;
    said(&server, "Vite, s'il vous plaît.").await;
    let id = camilles_thread(&server).await;
    let (desk, row) = (server.desk().await, format!("#row-{id}"));
    let list = desk.get("/desk").await;
    assert!(list.one(&row).contains("60 min left") || list.one(&row).contains("1 h left"), "{}", list.one(&row));
    let due: Vec<Value> = {
        let mut due = Vec::new();
        for piece in list.body.split("id=\"row-").skip(1) {
            due.push(thread(&server, piece.split('"').next().unwrap()).await["reply_due_at"].clone());
        }
        due
    };
    let mut sorted = due.clone();
    sorted.sort_by_key(|at| at.as_str().unwrap().to_owned());
    assert_eq!(due, sorted, "who has the least time left stands first");
    server.move_clock(50 * 60).await;
    assert!(desk.get("/desk").await.attribute(&format!("{row} .sla"), "class").unwrap().contains("sla--soon"));
    server.move_clock(2 * HOUR).await;
    let late = desk.get("/desk?view=needs-reply&late=1").await;
    assert!(late.one(&row).contains("late"), "{}", late.one(&row));
    assert_eq!(late.links().iter().filter(|(_, href)| href.contains(&id) && href.contains("late=1")).count(), 1);
    let none = desk.get("/desk?view=needs-reply&late=1&lang=fr&assignee=none&kind=exchange").await;
    assert_eq!(none.status, 200);
    assert!(none.select(&row).is_empty(), "Camille asked for no exchange");
    let form = none.form("#filter form");
    let shown = desk.submit(form.choose("kind", "question").choose("assignee", "")).await;
    assert!(shown.url.query().unwrap().contains("kind=question"), "{}", shown.url);
    assert_eq!(shown.select(&row).len(), 1, "{}", shown.text());
    let forged = desk.get("/desk?view=x&shop=%22%3E&assignee=%3Cb%3E&kind=%27&lang=%22%3E%3Cscript%3E").await;
    assert_eq!(forged.status, 200);
    assert!(!forged.body.contains("<b>") && !forged.body.contains("><script>"));
}

#[tokio::test]
async fn spam_leaves_every_list_but_its_own_and_comes_back() {
    let server = Server::demo().await;
    said(&server, "Buy now!").await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    let row = format!("#row-{id}");
    let page = desk.get(&format!("/desk/threads/{id}?view=all")).await;
    assert_eq!(desk.submit(page.form("form[action*='/spam']")).await.status, 200);
    said(&server, "Buy more!").await;
    assert_eq!(thread(&server, &id).await["state"], "spam", "what is spam stays spam");
    for view in ["needs-reply", "all"] {
        assert!(desk.get(&format!("/desk?view={view}")).await.select(&row).is_empty(), "{view}");
    }
    let page = desk.get(&format!("/desk/threads/{id}?view=spam")).await;
    assert_eq!(page.select(&row).len(), 1);
    let back = desk.submit(page.form("form[action*='/reopening']")).await;
    assert_eq!(back.status, 200);
    assert_eq!(thread(&server, &id).await["state"], "open");
    assert_eq!(times(&server, &id, "thread.spam_cleared").await, 1);
}

/// The shopper's page of a case, for whoever follows the first link.
async fn page_of_case(server: &Server, case: &str) -> (Visitor, Page) {
    let link = server.told().shopper_links[0].clone();
    let shopper = server.stranger();
    let opened = shopper.post("/t/open", &[("token", link.split_once('#').unwrap().1)]).await;
    let page = shopper.get(&format!("{}/cases/{case}", opened.url.path())).await;
    assert_eq!(page.status, 200, "{}", page.text());
    (shopper, page)
}

async fn propose(server: &Server, desk: &Visitor, asked: &Value, colour: &str) -> Page {
    let (id, thread_id) = (asked["id"].as_str().unwrap(), asked["thread_id"].as_str().unwrap());
    let page = desk.get(&format!("/desk/threads/{thread_id}?view=all")).await;
    let wanted = variant(server, colour, "M").await["id"].as_str().unwrap().to_owned();
    desk.submit(page.form(&format!("form[action*='{id}/proposal']")).choose("variant", &wanted)).await
}

#[tokio::test]
async fn the_shop_offers_another_colour_and_the_shopper_takes_it() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let free = async |colour: &str| variant(&server, colour, "M").await["available"].as_i64().unwrap();
    let (sage, blue) = (free("Sauge").await, free("Bleu orage").await);
    let asked = asked_for(&server, "Sauge").await;
    let id = asked["id"].as_str().unwrap();
    let offered = propose(&server, &desk, &asked, "Bleu orage").await;
    assert_eq!(offered.status, 200, "{}", offered.text());
    assert!(offered.one(&format!("#{id}")).contains("Waiting for the shopper"), "{}", offered.text());
    assert_eq!((free("Sauge").await, free("Bleu orage").await), (sage - 1, blue - 1), "both are set aside");
    let told = case(&server, id).await;
    assert_eq!((&told["state"], &told["proposal"]["difference"]["amount"]), (&json!("proposed"), &json!("4.00")));
    let letter = server.mail_to(CAMILLE, "autre proposition").await;
    assert!(letter.text.contains("Bleu orage") && letter.link(server.base_url()).is_some(), "{}", letter.text);
    let (shopper, page) = page_of_case(&server, id).await;
    assert!(page.has("Inès vous propose") && page.has("Bleu orage"), "{}", page.text());
    let taken = shopper.submit(page.form("form[action$='/acceptance']")).await;
    assert_eq!(taken.status, 200, "{}", taken.text());
    let now = case(&server, id).await;
    assert_eq!(now["state"], "approved");
    assert_eq!(now["difference"]["amount"], "4.00", "the new difference");
    assert_eq!(now["tracks"]["money"], "due_from_shopper");
    assert!(now["decided_by"]["name"].as_str().unwrap().starts_with("Inès"));
    assert_eq!((free("Sauge").await, free("Bleu orage").await), (sage, blue - 1), "the first wish is free again");
    let twice = shopper.submit(page.form("form[action$='/first-wish']")).await;
    assert_eq!(twice.status, 200);
    assert_eq!(case(&server, id).await["state"], "approved");
}

#[tokio::test]
async fn the_shopper_keeps_their_choice_and_the_shop_decides_again() {
    let mut server = Server::demo().await;
    let desk = server.desk().await;
    let asked = asked_for(&server, "Sauge").await;
    let (id, thread_id) = (asked["id"].as_str().unwrap(), asked["thread_id"].as_str().unwrap());
    let blue = variant(&server, "Bleu orage", "M").await["available"].as_i64().unwrap();
    assert_eq!(propose(&server, &desk, &asked, "Bleu orage").await.status, 200);
    let (shopper, page) = page_of_case(&server, id).await;
    let kept = shopper.submit(page.form("form[action$='/first-wish']")).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert_eq!(case(&server, id).await["state"], "countered");
    assert_eq!(variant(&server, "Bleu orage", "M").await["available"], blue, "the offer is free again");
    let to_decide = desk.get("/desk?view=exchanges").await;
    assert_eq!(to_decide.select(&format!("#row-{thread_id}")).len(), 1, "it is to decide again");
    // Offered once more; nobody answers, and after 48 hours both are free.
    let other = variant(&server, "Bleu orage", "M").await["id"].clone();
    let again =
        server.api().json("POST", &format!("/api/v1/cases/{id}/proposal"), &json!({ "variant_id": other })).await;
    assert_eq!((again.status, &again.json()["state"]), (200, &json!("proposed")), "{}", again.text());
    let twice =
        server.api().json("POST", &format!("/api/v1/cases/{id}/proposal"), &json!({ "variant_id": other })).await;
    assert_eq!(twice.status, 409);
    server.move_clock(48 * HOUR + 60).await;
    until("the offer to run out", Duration::from_secs(10), async || {
        (case(&server, id).await["state"] == "expired").then_some(())
    })
    .await;
    assert_eq!(variant(&server, "Bleu orage", "M").await["available"], blue);
    assert_eq!(times(&server, thread_id, "case.expired").await, 1);
}

#[tokio::test]
async fn an_offer_is_checked_like_a_wish_and_the_last_piece_goes_once() {
    let server = Server::demo().await;
    let asked = asked_for(&server, "Sauge").await;
    let id = asked["id"].as_str().unwrap();
    let there = format!("/api/v1/cases/{id}/proposal");
    let socks = variant(&server, "Sauge", "39–42").await["id"].clone();
    for (variant, status) in [(asked["to_variant_id"].clone(), 422), (socks, 422), (json!("var_1"), 422)] {
        let refused = server.api().json("POST", &there, &json!({ "variant_id": variant })).await;
        assert_eq!(refused.status, status, "{}", refused.text());
        assert_eq!(refused.json()["errors"][0]["pointer"], "/variant_id");
    }
    // Every free piece is asked for while it is offered: one of two gets the last.
    let blue = variant(&server, "Bleu orage", "M").await;
    let offer = json!({ "variant_id": blue["id"] });
    let (one, two) = tokio::join!(async { server.api().json("POST", &there, &offer).await.status }, async {
        server.api().json("POST", &there, &offer).await.status
    },);
    let mut answers = [one, two];
    answers.sort_unstable();
    assert_eq!(answers, [200, 409]);
    assert_eq!(variant(&server, "Bleu orage", "M").await["available"], blue["available"].as_i64().unwrap() - 1);
}

#[tokio::test]
async fn an_agent_begins_an_exchange_for_a_shopper_who_called() {
    let server = Server::demo().await;
    let (id, desk) = (camilles_thread(&server).await, server.desk().await);
    let page = desk.get(&format!("/desk/threads/{id}?view=all")).await;
    let begin = page.links().into_iter().find(|(text, _)| text.contains("Begin an exchange")).unwrap().1;
    let lines = desk.get(&begin).await;
    assert!(lines.has("hygiène") || lines.has("hygiene"), "the policy says why not: {}", lines.text());
    let line =
        lines.links().into_iter().find(|(_, href)| href.contains("&line=") || href.contains("line=lin")).unwrap().1;
    let questions = desk.get(&line).await;
    let form = questions.form("#asking");
    let blue = variant(&server, "Bleu orage", "M").await["id"].as_str().unwrap().to_owned();
    let fields: Vec<(String, String)> = form.clone().choose("variant", &blue).choose("reason", "colour").fields;
    let without: Vec<(&str, &str)> =
        fields.iter().filter(|(name, _)| name != "reason").map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let refused = desk.post(&form.action, &without).await;
    assert_eq!((refused.status, refused.has("Choose the reason")), (422, true), "{}", refused.text());
    let asked =
        desk.submit(form.choose("variant", &blue).choose("reason", "colour").fill("words", "Au téléphone.")).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let waiting = server.api().get(&format!("/api/v1/cases?thread_id={id}")).await.json();
    let made = waiting["data"][0].clone();
    assert_eq!((&made["state"], &made["words"]), (&json!("submitted"), &json!("Au téléphone.")));
    let events = events_of(&server, &id).await;
    let event = events.iter().rfind(|event| event["type"] == "case.requested").unwrap();
    assert_eq!(event["actor"]["kind"], "agent", "{event}");
    assert!(asked.has("Inès requested"), "{}", asked.one("#log"));
    // The other face: for an agent, by a program.
    let team = server.api().get("/api/v1/agents").await.json();
    let agent = team["data"][0]["id"].clone();
    let wish =
        json!({ "line_id": made["line_id"], "variant_id": blue, "quantity": 1, "reason": "colour", "agent_id": agent });
    let again = server.api().json("POST", &format!("/api/v1/threads/{id}/cases"), &wish).await;
    assert_eq!(again.status, 409, "the piece is in a request already: {}", again.text());
    let stranger = json!({ "line_id": made["line_id"], "variant_id": blue, "quantity": 1, "reason": "colour",
        "agent_id": "agt_00000000000000000000000000" });
    assert_eq!(server.api().json("POST", &format!("/api/v1/threads/{id}/cases"), &stranger).await.status, 404);
}
