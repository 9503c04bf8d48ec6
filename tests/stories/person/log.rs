//! The log: a run of acts gives exactly its entries, nothing in it can be changed, and a change past the product is noticed.

use super::*;

const PAGE: &str = "/desk/settings/activity";

/// What was written since there were so many.
async fn since(server: &Server, known: usize) -> Vec<String> {
    let mut all: Vec<String> = acts(server).await.into_iter().map(|(act, by)| format!("{act} {by}")).collect();
    all.reverse();
    all.split_off(known)
}

/// An order arrives, and its arrival is applied again.
async fn replayed(server: &Server, desk: &Visitor) {
    let now = chrono::Utc::now();
    assert_eq!(server.generic(&order(1, now, now)).send().await.status, 202);
    let mut intake = None;
    for (_, href) in desk.get("/desk/connectors").await.links() {
        if href.ends_with("/intakes") {
            let arrivals = desk.get(&href).await.links();
            intake = intake.or(arrivals.into_iter().map(|(_, href)| href).find(|href| href.contains("intake=")));
        }
    }
    let intake = intake.expect("an arrival");
    let intake = desk.get(intake.split('#').next().unwrap()).await;
    assert_eq!(desk.submit(intake.form("form[action$='/replay']")).await.status, 200);
}

#[tokio::test]
async fn a_run_of_acts_gives_exactly_its_entries() {
    let server = Server::demo().await;
    let known = acts(&server).await.len();
    let desk = server.desk().await;
    let told = server.told();
    let invited = [("email", "zq.new@calanque.example"), ("role", "agent")];
    assert_eq!(desk.post("/desk/settings/invitations", &invited).await.status, 200);
    let team = server.api().get("/api/v1/agents").await.json();
    let theo = team["data"].as_array().unwrap().iter().find(|one| text(&one["name"]).starts_with("Théo")).unwrap();
    let theo = text(&theo["id"]);
    let role = format!("/desk/settings/people/{theo}/role");
    assert_eq!(desk.post(&role, &[("role", "admin")]).await.status, 200);
    assert_eq!(desk.post(&role, &[("role", "agent")]).await.status, 200);
    replayed(&server, &desk).await;
    let shopper = text(&server.api().get("/api/v1/orders?number=ZQ-1").await.json()["data"][0]["shopper"]["id"]);
    assert_eq!(server.api().get(&format!("/api/v1/shoppers/{shopper}/export")).await.status, 200);
    erase(&server, &desk, &shopper, EMAIL).await;
    assert_eq!(desk.get("/desk/settings/activity/file").await.status, 200);
    desk.post("/desk/sign-out", &[]).await;

    // Whoever may not is noted, and a hundred tries make no hundred entries.
    let agent = server.desk_of("theo@calanque.example", &told.desk.password).await;
    for _ in 0..50 {
        assert!(is_denied(&agent.get(PAGE).await));
    }
    let stranger = server.stranger();
    for _ in 0..5 {
        let door = stranger.get("/desk/sign-in").await.form("form:has(input[type=password])");
        let refused =
            stranger.submit(door.fill("email", "theo@calanque.example").fill("password", "wrong wrong")).await;
        assert_eq!(refused.status, 422);
    }
    let expected = [
        "signed_in agent",
        "invited agent",
        "role_changed agent",
        "role_changed agent",
        "replayed agent",
        "exported app",
        "erased agent",
        "log_downloaded agent",
        "signed_out agent",
        "signed_in agent",
        "denied agent",
        "sign_in_failed stranger",
    ];
    let written = until("all entries", Duration::from_secs(10), async || {
        let written = since(&server, known).await;
        (written.len() >= expected.len()).then_some(written)
    })
    .await;
    assert_eq!(written, expected);
    let whole =
        serde_json::to_string(&server.api().get("/api/v1/audit?limit=100").await.json()).unwrap().to_lowercase();
    for never in [CANARY, told.desk.password.as_str(), "zq.new@", "wrong wrong"] {
        assert!(!whole.contains(never), "{never} is in the log");
    }
}

#[tokio::test]
async fn the_log_is_read_by_those_who_keep_the_house_and_taken_along_without_formulas() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    desk.post("/desk/settings/profile", &[("name", "=1+1"), ("language", "en")]).await;
    let page = desk.get(PAGE).await;
    assert!(page.status == 200 && page.has("Signed in") && page.has("Connected an order system"), "{}", page.text());
    let only = desk.get(&format!("{PAGE}?area=access")).await;
    assert!(only.has("Signed in") && !only.select("tbody").join(" ").contains("Connected"), "{}", only.text());
    let file = desk.get(&format!("{PAGE}/file")).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(file.body.contains("\"'=1+1\"") && file.body.contains("\"signed_in\""), "{}", file.body);
    let page = server.api().get("/api/v1/audit?limit=2").await.json();
    let next = server.api().get(&format!("/api/v1/audit?limit=2&cursor={}", text(&page["next"]))).await.json();
    assert_eq!(page["data"][1]["number"].as_i64().unwrap() - 1, next["data"][0]["number"].as_i64().unwrap());
    assert_eq!(server.api().get("/api/v1/audit?area=weather").await.status, 422);
}

#[tokio::test]
async fn nobody_changes_the_log_and_who_does_is_noticed() {
    let server = Server::demo().await;
    let desk = server.desk().await;
    let check = async || desk.post(&format!("{PAGE}/check"), &[]).await;
    assert!(check().await.has("as they were written"));
    let mut raw = Raw::of(&server);
    let change = "UPDATE audit_entries SET act = 'signed_out' WHERE seq = 2";
    for refused in [change, "DELETE FROM audit_entries", "DELETE FROM audit_entries WHERE seq = 1"] {
        assert!(raw.run(refused).unwrap_err().contains("audit log"), "{refused}");
    }
    // Somebody with the database in their hands.
    let free = match engine() {
        Engine::Sqlite => vec!["DROP TRIGGER audit_entries_stay", "DROP TRIGGER audit_entries_kept"],
        Engine::Postgres => vec!["DROP TRIGGER audit_entries_stay ON audit_entries"],
    };
    for sql in free {
        raw.run(sql).unwrap();
    }
    assert_eq!(raw.run(change).unwrap(), 1);
    assert!(check().await.has("Entry 2 is not as it was written"), "{}", check().await.text());
    let (well, said) = server.examined(&[]);
    assert!(!well && said.contains("BAD  audit log  entry 2 of mer_"), "the doctor sees it too: {said}");
    assert_eq!(raw.run("DELETE FROM audit_entries WHERE seq = 1").unwrap(), 1);
    assert!(check().await.has("Entry 1 is not"), "a missing one is named");
}
