//! The tables as diesel sees them are the tables the migrations make, on both engines.

use std::collections::BTreeMap;

use super::sources::files;

type Columns = Vec<(String, bool)>;

/// Tables and their columns (name, may be null) as a migration makes them.
fn made(engine: &str) -> BTreeMap<String, Columns> {
    let mut tables = BTreeMap::new();
    let mut current: Option<(String, Columns)> = None;
    for (_, text) in files(&format!("migrations/{engine}"), "up.sql") {
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("CREATE TABLE ") {
                current = Some((name.trim_end_matches(" (").to_owned(), Vec::new()));
            } else if let Some(change) = line.strip_prefix("ALTER TABLE ") {
                alter(&mut tables, change);
            } else if line.starts_with(')') {
                tables.extend(current.take());
            } else if let Some((_, columns)) = &mut current {
                let mut words = line.split_whitespace();
                let name = words.next().unwrap_or_default();
                if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !name.is_empty() {
                    columns.push((name.to_owned(), !line.contains("NOT NULL")));
                }
            }
        }
    }
    tables
}

/// A later migration adds a column, or lets one be empty.
fn alter(tables: &mut BTreeMap<String, Columns>, change: &str) {
    let words: Vec<&str> = change.trim_end_matches(';').split_whitespace().collect();
    let columns = tables.get_mut(words[0]).unwrap();
    match words[1..] {
        ["ADD", "COLUMN", name, ..] => columns.push((name.to_owned(), !change.contains("NOT NULL"))),
        ["ALTER", "COLUMN", name, "DROP", "NOT", "NULL"] => {
            columns.iter_mut().filter(|(known, _)| known == name).for_each(|(_, empty)| *empty = true);
        }
        _ => panic!("a change of a table that is not read here: {change}"),
    }
}

fn seen() -> BTreeMap<String, Columns> {
    let (_, text) = files("src/store", "schema.rs").remove(0);
    let mut tables = BTreeMap::new();
    let mut current: Option<(String, Columns)> = None;
    for line in text.lines().map(str::trim) {
        if line.ends_with(") {") {
            current = Some((line.split_whitespace().next().unwrap().to_owned(), Vec::new()));
        } else if let (Some((name, kind)), Some((_, columns))) = (line.split_once(" -> "), &mut current) {
            columns.push((name.to_owned(), kind.starts_with("Nullable")));
        } else if line == "}" {
            tables.extend(current.take());
        }
    }
    tables
}

#[test]
fn diesel_sees_the_tables_that_the_migrations_make() {
    assert!(seen().len() > 20);
    assert_eq!(seen(), made("sqlite"));
    assert_eq!(seen(), made("postgres"));
}

#[test]
fn the_merchant_is_the_first_column_of_every_key() {
    let global = ["installation", "merchants", "sign_in_names"];
    for (_, text) in files("migrations/postgres", "up.sql") {
        let tables = text.split("CREATE TABLE ").skip(1);
        for table in tables {
            let name = table.split_whitespace().next().unwrap();
            let body = table.split("\n);").next().unwrap();
            let keyed =
                ["PRIMARY KEY (merchant_id, ", "PRIMARY KEY (merchant_id)"].iter().any(|key| body.contains(key));
            assert!(keyed || global.contains(&name), "{name}");
            for reference in body.lines().filter(|line| line.trim_start().starts_with("FOREIGN KEY")) {
                assert!(reference.contains("FOREIGN KEY (merchant_id"), "{name}: {reference}");
            }
        }
    }
}
