//! A style sheet as its rules: just enough of CSS to walk our own sheets, which nest at-rules but not style rules.
//! Comments are left out; strings are kept whole.

/// A rule of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// `@media (…) { rules }`, `@layer name { rules }` and the like.
    Group { prelude: String, rules: Vec<Rule> },
    /// `selector { name: value; … }`, `@font-face { … }`.
    Style { selector: String, declarations: Vec<(String, String)> },
    /// `@keyframes name { … }`, as it stands.
    Whole(String),
    /// `@layer a, b;`
    Statement(String),
}

/// At-rules whose block holds rules that stand for themselves.
const GROUPS: &[&str] = &["@media", "@supports", "@container", "@layer", "@starting-style"];

/// The rules of a sheet, in order.
pub fn read(sheet: &str) -> Vec<Rule> {
    rules(&without_comments(sheet))
}

/// A sheet made of rules, without anything that browsers do not need.
pub fn write(rules: &[Rule]) -> String {
    rules.iter().map(Rule::to_string).collect()
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Group { prelude, rules } => {
                write!(f, "{prelude}{{")?;
                rules.iter().try_for_each(|rule| rule.fmt(f))?;
                writeln!(f, "}}")
            }
            Self::Style { selector, declarations } => {
                write!(f, "{selector}{{")?;
                declarations.iter().try_for_each(|(name, value)| write!(f, "{name}:{value};"))?;
                writeln!(f, "}}")
            }
            Self::Whole(text) => writeln!(f, "{text}"),
            Self::Statement(text) => writeln!(f, "{text};"),
        }
    }
}

fn rules(mut text: &str) -> Vec<Rule> {
    let mut found = Vec::new();
    while let Some((prelude, end, rest)) = upto(text, &['{', ';', '}']) {
        text = rest;
        let prelude = prelude.trim();
        match end {
            '{' => {
                let (body, after) = block(text);
                text = after;
                found.push(rule(prelude, body));
            }
            ';' if !prelude.is_empty() => found.push(Rule::Statement(prelude.to_owned())),
            _ => {}
        }
    }
    found
}

fn rule(prelude: &str, body: &str) -> Rule {
    let word = prelude.split([' ', '(']).next().unwrap_or_default();
    if GROUPS.contains(&word) {
        return Rule::Group { prelude: prelude.to_owned(), rules: rules(body) };
    }
    if prelude.starts_with('@') && prelude != "@font-face" {
        return Rule::Whole(format!("{prelude}{{{}}}", body.trim()));
    }
    Rule::Style { selector: prelude.to_owned(), declarations: declarations(body) }
}

fn declarations(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while !text.trim().is_empty() {
        let (one, rest) = upto(text, &[';']).map_or((text, ""), |(one, _, rest)| (one, rest));
        text = rest;
        if let Some((name, value)) = one.split_once(':') {
            let value: Vec<&str> = value.split_whitespace().collect();
            found.push((name.trim().to_owned(), value.join(" ")));
        }
    }
    found
}

/// The text of a block whose `{` was read, and what comes after its `}`.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 1;
    let mut rest = text;
    while let Some((_, end, after)) = upto(rest, &['{', '}']) {
        rest = after;
        depth += if end == '{' { 1 } else { -1 };
        if depth == 0 {
            let length = text.len() - rest.len() - 1;
            return (text.get(..length).unwrap_or_default(), rest);
        }
    }
    (text, "")
}

/// What comes before the first of `ends` outside strings and brackets, which one it is, and what comes after it.
fn upto<'a>(text: &'a str, ends: &[char]) -> Option<(&'a str, char, &'a str)> {
    let (mut quoted, mut brackets, mut escaped) = (None, 0_u32, false);
    for (at, c) in text.char_indices() {
        match (c, quoted) {
            _ if escaped => escaped = false,
            ('\\', _) => escaped = true,
            (c, Some(quote)) => quoted = (c != quote).then_some(quote),
            ('"' | '\'', None) => quoted = Some(c),
            ('(', None) => brackets += 1,
            (')', None) => brackets = brackets.saturating_sub(1),
            (c, None) if brackets == 0 && ends.contains(&c) => {
                let after = text.get(at + c.len_utf8()..).unwrap_or_default();
                return Some((text.get(..at).unwrap_or_default(), c, after));
            }
            _ => {}
        }
    }
    None
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_read_into_its_rules_and_back() {
        let sheet = r#"@layer a, b; /* { */ @layer a { @media (width > 3rem) { .x:is(a, b) { color: red; --y : 1px
            solid ; content: "};{" } } }
            @keyframes turn { to { rotate: 1turn } } .z{background:url("data:image/svg+xml;utf8,{}")}"#;
        let found = read(sheet);
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], Rule::Statement("@layer a, b".into()));
        let Rule::Group { prelude, rules } = &found[1] else { panic!("{found:?}") };
        assert_eq!(prelude, "@layer a");
        let Rule::Group { rules, .. } = &rules[0] else { panic!("{rules:?}") };
        let Rule::Style { selector, declarations } = &rules[0] else { panic!("{rules:?}") };
        assert_eq!(selector, ".x:is(a, b)");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(*declarations, [pair("color", "red"), pair("--y", "1px solid"), pair("content", "\"};{\"")]);
        assert!(matches!(&found[2], Rule::Whole(text) if text.contains("1turn")));
        assert_eq!(read(&write(&found)), found);
    }
}
