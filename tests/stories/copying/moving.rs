//! `comptoir migrate --to`: from one engine to the other and back, killed in the middle, and where it refuses.

use std::process::{Command, Stdio};
use std::time::Duration;

use comptoir::store::copying::{Content, Place as Database};

use super::{
    super::support::{
        Server,
        engine::{Engine, engine},
        many,
        place::{Place, program},
    },
    backup, differences, execute, found, order, rows, seen,
};

/// The engine that this run is not on, where both are at hand.
fn other_engine() -> Engine {
    Engine::Sqlite
}

fn moved(from: &Place, to: &Place) {
    let (well, said) = from.says(&["migrate", "--to", to.url()], &[]);
    assert!(well && said.contains("copied and compared"), "{said}");
}

#[tokio::test]
async fn from_one_engine_to_the_other_and_back_every_row_is_the_same() {
    let mut server = Server::demo().await;
    for number in 0..20 {
        assert_eq!(server.generic(&order(&format!("m{number}"))).send().await.status, 202);
    }
    let (seen_before, found_before) = (seen(&server).await, found(&server, "ada copied").await);
    let (away, back, again) =
        (Place::beside_on(&server, other_engine()), Place::beside(&server), Place::beside_on(&server, other_engine()));
    // Nobody's change may be missed.
    let (well, said) = server.says(&["migrate", "--to", away.url()], &[]);
    assert!(!well && (said.contains("in use by another") || said.contains("stop every node")), "{said}");
    assert_eq!(Database::content_at(away.url()).unwrap(), Content::Nothing);

    server.stop();
    let (well, said) = server.says(&["migrate", "--to", away.url()], &[]);
    assert!(well && said.contains("copied and compared"), "{said}");
    moved(&away, &back);
    moved(&back, &again);
    let before = rows(server.database_url());
    for place in [&away, &back, &again] {
        assert_eq!(differences(&before, &rows(place.url())), Vec::<String>::new(), "{}", place.url());
    }
    let (well, said) = back.says(&["migrate", "--to", again.url()], &[]);
    assert!(!well && said.contains("the target is not empty"), "{said}");
    let (well, said) = back.says(&["migrate", "--to", back.url()], &[]);
    assert!(!well && said.contains("that is copied from"), "{said}");

    // Files stand where they stood; the copies here are of rows alone.
    for place in [away, back] {
        let copy = place.serve().await;
        assert_eq!(seen(&copy).await, seen_before);
        assert_eq!(found(&copy, "ada copied").await, found_before, "the search finds the same");
        assert_eq!(copy.generic(&order("new1")).send().await.status, 202);
        assert_eq!(found(&copy, "new1").await.len(), 1, "what is new is found");
        let events = copy.api().get("/api/v1/events?limit=100").await.json();
        assert!(!events["data"].as_array().unwrap().is_empty());
    }
}

/// Kills a command after a while; what it left.
fn killed(words: &[&str], from: &Server, target: &Place, on_target: bool, after: Duration) -> Content {
    let (data, url) = if on_target { (target.data(), target.url()) } else { (from.data(), from.database_url()) };
    let mut program: Command = program(words, data, url, &[]);
    let mut child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    // PostgreSQL notices a moment later that nobody is there any more.
    std::thread::sleep(Duration::from_millis(if engine() == Engine::Postgres { 300 } else { 0 }));
    Database::content_at(target.url()).unwrap()
}

#[tokio::test]
async fn killed_in_the_middle_the_same_command_goes_on() {
    let mut server = Server::demo().await;
    for number in 0..60 {
        assert_eq!(server.generic(&order(&format!("m{number}"))).send().await.status, 202);
    }
    server.stop();
    let before = rows(server.database_url());
    let beside = Place::beside(&server);
    let file = backup(&server, &beside, &[]);
    let file = file.to_str().unwrap();
    let mut unfinished = 0;
    for round in 0..many(8, 200) {
        let place = Place::beside(&server);
        let restores = round % 2 == 0;
        let to = ["migrate", "--to", place.url()];
        let words: &[&str] = if restores { &["restore", file] } else { &to };
        let left =
            killed(words, &server, &place, restores, Duration::from_millis(15 + 30 * (round as u64 / 2 * 3 % 10)));
        if left == Content::Something {
            // It was faster this time.
            assert_eq!(differences(&before, &rows(place.url())), Vec::<String>::new());
            continue;
        }
        unfinished += usize::from(matches!(left, Content::Unfinished(_)));
        if matches!(left, Content::Unfinished(_)) {
            let (well, said) = place.says(&["migrate"], &[]);
            assert!(!well && said.contains("a copy that was not finished"), "{said}");
        }
        let (well, said) = if restores { place.says(words, &[]) } else { server.says(words, &[]) };
        assert!(well, "{said}");
        assert_eq!(differences(&before, &rows(place.url())), Vec::<String>::new(), "round {round}");
        assert!(place.says(&["resume"], &[]).1.contains("held since"), "it is held");
    }
    assert!(unfinished > 0, "it was never killed in the middle");
}

#[tokio::test]
async fn what_is_half_there_and_wrong_is_made_anew() {
    let mut server = Server::demo().await;
    server.stop();
    let place = Place::beside(&server);
    let (well, said) = server.says(&["migrate", "--to", place.url()], &[]);
    assert!(well, "{said}");
    // As if it had been killed just before its end, and a row had been changed behind its back.
    let key = Database::open(server.database_url()).unwrap().look(comptoir::domain::installation::key_check);
    let key = key.unwrap().unwrap();
    let source = format!("database {}", comptoir::secrets::fingerprint(key.as_bytes()));
    execute(place.url(), "CREATE TABLE comptoir_unfinished_copy (source TEXT NOT NULL)");
    execute(place.url(), &format!("INSERT INTO comptoir_unfinished_copy (source) VALUES ('{source}')"));
    assert!(execute(place.url(), "UPDATE order_lines SET title = 'Another'") > 0);
    let (well, said) = server.says(&["migrate", "--to", place.url()], &[]);
    assert!(well, "{said}");
    assert_eq!(differences(&rows(server.database_url()), &rows(place.url())), Vec::<String>::new());

    execute(place.url(), "CREATE TABLE comptoir_unfinished_copy (source TEXT NOT NULL)");
    execute(place.url(), "INSERT INTO comptoir_unfinished_copy (source) VALUES ('database of somebody else')");
    let (well, said) = server.says(&["migrate", "--to", place.url()], &[]);
    assert!(!well && said.contains("an unfinished copy of something else"), "{said}");
    let (well, said) = place.says(&["backup"], &[]);
    assert!(!well && said.contains("a copy that was not finished"), "{said}");
}
