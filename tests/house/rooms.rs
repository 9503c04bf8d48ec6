//! Who may know whom: the front and back doors know the domain, the domain knows the store, and neither knows the web.

use super::sources::files;

/// Lines of code under `folder` that say one of `words`, outside tests and comments.
fn saying(folder: &str, words: &[&str], but: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files("src", ".rs") {
        let of_tests = name.contains("tests") || name.contains("preview");
        let inside = name.starts_with(folder) && !of_tests && !but.iter().any(|other| name.starts_with(other));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|_| inside).map(str::trim).filter(|line| !line.starts_with("//")) {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{name}: {line}"));
            }
        }
    }
    found
}

#[test]
fn the_domain_and_the_store_know_nothing_of_the_doors() {
    let doors = ["actix", "lettre", "askama", "crate::web", "crate::outbound", "crate::wire", "crate::connect"];
    assert_eq!(saying("src/domain", &doors, &[]), Vec::<String>::new());
    assert_eq!(saying("src/store", &doors, &[]), Vec::<String>::new());
    assert_eq!(saying("src/store", &["crate::domain"], &[]), Vec::<String>::new());
}

#[test]
fn only_the_domain_and_the_store_speak_to_the_database() {
    let but = ["src/domain", "src/store", "src/ids.rs", "src/error.rs"];
    assert_eq!(saying("src/", &["diesel::", "store::schema", "q!("], &but), Vec::<String>::new());
}

#[test]
fn outside_formats_are_pure() {
    let impure = ["actix", "tokio", "crate::store", "crate::app", "Utc::now"];
    assert_eq!(saying("src/connect", &impure, &[]), Vec::<String>::new());
    assert_eq!(saying("src/wire", &impure, &[]), Vec::<String>::new());
}

#[test]
fn the_rooms_of_the_web_do_not_know_each_other() {
    let rooms = ["shopper", "desk", "api", "hooks"];
    for room in rooms {
        let others: Vec<String> =
            rooms.iter().filter(|other| **other != room).map(|other| format!("web::{other}")).collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        assert_eq!(saying(&format!("src/web/{room}"), &others, &[]), Vec::<String>::new(), "{room}");
    }
}

#[test]
fn the_clock_is_asked_for_the_time_and_nobody_else() {
    let but = ["src/store.rs", "src/ids.rs"];
    assert_eq!(saying("src/", &["Utc::now()", "SystemTime::now()"], &but), Vec::<String>::new());
}

#[test]
fn every_module_says_what_lives_in_it() {
    let silent: Vec<String> =
        files("src", ".rs").into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    assert_eq!(silent, Vec::<String>::new());
}
