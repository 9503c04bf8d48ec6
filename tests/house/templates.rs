//! Pages carry no script and no style of their own: the policy they are sent with forbids both.

use super::sources::files;

#[test]
fn no_template_holds_inline_script_style_or_handlers() {
    let handler = |line: &str| {
        line.match_indices(" on").any(|(at, _)| {
            let rest = line.get(at + 3..).unwrap_or_default();
            let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
            !name.is_empty() && rest.get(name.len()..).is_some_and(|after| after.starts_with("=\""))
        })
    };
    let mut found = Vec::new();
    for (name, text) in files("templates", ".html").into_iter().filter(|(name, _)| !name.starts_with("templates/email"))
    {
        for line in text.lines() {
            if line.contains("<script>") || line.contains("<style") || line.contains(" style=\"") || handler(line) {
                found.push(format!("{name}: {line}"));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn no_page_asks_anybody_else_for_anything() {
    let mut found = Vec::new();
    for (name, text) in
        files("templates", ".html").into_iter().chain(files("static", ".css")).chain(files("static", ".js"))
    {
        for line in text.lines() {
            let asks = ["src=\"http", "url(http", "url(\"http", "import \"http", "@import"]
                .iter()
                .any(|word| line.contains(word));
            if asks {
                found.push(format!("{name}: {line}"));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}
