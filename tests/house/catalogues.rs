//! One entry for each sentence, in every catalogue, and each one used.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::files;

/// Entries of a catalogue with the arguments each takes.
fn entries(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
        if let (true, Some((key, _))) = (starts, line.split_once('=')) {
            current = Some(key.trim().to_owned());
            assert!(found.insert(key.trim().to_owned(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        let Some(key) = &current else { continue };
        for (at, _) in line.match_indices('$') {
            let name: String =
                line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
            found.get_mut(key).unwrap().insert(name);
        }
    }
    found
}

/// Whatever stands in double quotes in sources and templates.
fn quoted() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in
        files("src", ".rs").into_iter().chain(files("templates", ".html")).chain(files("templates", ".txt"))
    {
        for piece in text.split('"') {
            if !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                found.insert(piece.to_owned());
            }
        }
    }
    found
}

/// Keys that are asked for: in calls on the words `t`, in what an error says, and where `key("...")` marks one.
fn asked() -> BTreeMap<String, String> {
    let calls = [
        ".get(\"",
        ".one(\"",
        ".two(\"",
        ".with(\"",
        ".count(\"",
        ".count_one(\"",
        "key(\"",
        "Says::new(\"",
        "Error::conflict(\"",
    ];
    let mut found = BTreeMap::new();
    let sources = files("src", ".rs").into_iter().chain(files("templates", ".html")).chain(files("templates", ".txt"));
    for (name, text) in sources {
        for call in calls {
            for (at, _) in text.match_indices(call) {
                let key: String = text[at + call.len()..].chars().take_while(|c| *c != '"').collect();
                let before = text[..at].chars().next_back().unwrap_or(' ');
                let of_words = call.starts_with("key(") && !before.is_alphanumeric() && before != '_' && before != '.'
                    || call.starts_with('.') && matches!(before, 't' | 'w') && !text[..at].ends_with("resul")
                    || call.starts_with("Says")
                    || call.starts_with("Error");
                if of_words
                    && key.contains('-')
                    && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                {
                    found.insert(key, name.clone());
                }
            }
        }
    }
    found
}

/// How the keys of what only agents read begin: a catalogue has all of it or none.
const AT_THE_DESK: &[&str] = &[
    "desk-",
    "setup-",
    "sign-",
    "settings",
    "links-",
    "slip-",
    "search-",
    "label",
    "canned-",
    "hue-",
    "error-search-",
    "activity-",
    "personal-",
    "person-",
    "error-retention-",
    "error-person-",
    "error-label",
    "error-canned-",
    "team-",
    "people-",
    "profile-",
    "account-",
    "second-",
    "invite-",
    "invited-",
    "forgotten-",
    "sessions-",
    "away-",
    "role-",
    "shop-",
    "times-",
    "error-opening-",
    "choose-",
    "link-over-",
    "reset-over-",
    "recovery-",
    "password-guessable",
    "error-last-owner",
    "error-deactivate-",
    "error-role",
    "error-invite-",
    "error-invitation-",
    "error-away-",
    "error-password-wrong",
    "error-address-",
    "error-second-",
    "mail-works-until",
    "mail-invited-",
    "mail-password-",
    "mail-link-works",
    "mail-address-",
    "mail-moved-",
    "mail-waiting-",
    "error-snooze-",
    "error-undo-",
    "error-bulk-",
    "error-case-declining",
    "error-refusal-",
    "error-case-proposed-already",
    "error-proposal-same",
    "error-proposal-which",
    "error-exchange-",
];

fn is_the_desks(key: &str) -> bool {
    AT_THE_DESK.iter().any(|room| key.starts_with(room))
}

#[test]
fn every_catalogue_has_the_same_entries_with_the_same_arguments() {
    let (_, english) = files("locales", "en.ftl").remove(0);
    let english = entries(&english);
    for (name, text) in files("locales", ".ftl") {
        let other = entries(&text);
        let at_the_desk = other.keys().any(|key| is_the_desks(key));
        let expected = english.iter().filter(|(key, _)| at_the_desk || !is_the_desks(key));
        let expected: BTreeMap<&String, &BTreeSet<String>> = expected.collect();
        let missing: Vec<_> = expected.keys().filter(|key| !other.contains_key(**key)).collect();
        let surplus: Vec<_> = other.keys().filter(|key| !expected.contains_key(key)).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{name}: lacks {missing:?}, has besides {surplus:?}");
        for (key, arguments) in expected {
            assert_eq!(arguments, &other[key], "{key} takes other arguments in {name}");
        }
    }
}

#[test]
fn every_sentence_that_is_asked_for_is_there() {
    let (_, text) = files("locales", "en.ftl").remove(0);
    let known = entries(&text);
    let missing: Vec<(String, String)> = asked().into_iter().filter(|(key, _)| !known.contains_key(key)).collect();
    assert_eq!(missing, Vec::<(String, String)>::new());
}

#[test]
fn every_sentence_that_is_there_is_asked_for() {
    let (_, text) = files("locales", "en.ftl").remove(0);
    let quoted = quoted();
    let unused: Vec<String> = entries(&text).into_keys().filter(|key| !quoted.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn the_check_itself_notices_a_missing_and_a_twisted_entry() {
    let en = entries("hello = Hello { $name }\nbye = Bye\n");
    let fr = entries("hello = Bonjour { $nom }\n");
    assert_ne!(en["hello"], fr["hello"]);
    assert!(!fr.contains_key("bye"));
}
