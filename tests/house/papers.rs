//! The papers say what the code does: every setting is in them, and setting up takes the two commands it always took.

use std::{fs, path::Path};

fn paper(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The names of all settings: what stands between the quotes after `env = `.
fn settings() -> Vec<String> {
    let names = |text: String| {
        let after: Vec<String> =
            text.split("env = \"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect();
        after
    };
    [names(paper("src/config.rs")), names(paper("src/cli.rs"))].concat()
}

/// The words of a paper that could name a setting.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')).collect()
}

#[test]
fn every_setting_stands_in_the_table_and_in_the_example() {
    let settings = settings();
    assert!(settings.len() >= 12, "{settings:?}");
    let (table, example) = (paper("docs/self-hosting.md"), paper(".env.example"));
    for name in &settings {
        assert!(
            table.lines().any(|line| line.starts_with(&format!("| `{name}` |"))),
            "{name} is not in docs/self-hosting.md"
        );
        assert!(example.lines().any(|line| line.starts_with(&format!("#{name}="))), "{name} is not in .env.example");
    }
}

#[test]
fn no_paper_names_a_setting_that_there_is_not() {
    let settings = settings();
    for name in ["README.md", "SECURITY.md", "docs/self-hosting.md", ".env.example", "docker-compose.yml", "Dockerfile"]
    {
        let text = paper(name);
        let is_setting = |word: &&str| word.starts_with("COMPTOIR_") || word.ends_with("_URL");
        let unknown: Vec<&str> = words(&text)
            .into_iter()
            .filter(is_setting)
            .filter(|word| settings.iter().all(|known| known != word))
            .collect();
        assert!(unknown.is_empty(), "{name} names {unknown:?}");
    }
}

#[test]
fn setting_up_takes_two_commands() {
    let readme = paper("README.md");
    let part = readme.split("\n## ").find(|part| part.starts_with("Run it\n")).unwrap();
    let commands: Vec<&str> = part.split("```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert_eq!(commands, ["cargo run --release -- demo", "tests/run"]);
}
