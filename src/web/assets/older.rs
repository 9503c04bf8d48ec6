//! What browsers before 2024 get in place of what they do not know. The design's sheets say each colour once, as
//! `light-dark(oklch(…), oklch(…))`, and lay panes out by the width of their container. From those rules this makes the
//! same rules in plain words, behind `@supports not`, so that a current browser reads none of it.
//!
//! Browsers of 2021 know no `@layer` and drop all of that: for them there is `css/old.css`, one column in plain colours.

use super::rules::{Rule, read, write};
use crate::domain::look;

/// A browser without this property value knows no layers either (Chromium 99 to 107 and Firefox 97 to 100, which do, get
/// the single column as well).
const BEFORE_LAYERS: &str = "@supports not (height: 1dvh)";
const BEFORE_SCHEMES: &str = "@supports not (color: light-dark(#000, #fff))";
const BEFORE_CONTAINERS: &str = "@supports not (container-type: inline-size)";
const DARK: &str = "@media (prefers-color-scheme: dark)";
/// Containers narrower than this are parts of a page, of which the window's width says nothing; in rem.
const PAGE_WIDTH: f64 = 40.0;

/// The sheet with its plain equivalents behind it; `old` is what browsers without layers get.
pub(super) fn with_fallbacks(sheet: &str, old: &str) -> String {
    let rules = read(sheet);
    let (light, dark) = (colours(&rules, Scheme::Light), colours(&rules, Scheme::Dark));
    let schemes: Vec<Rule> = light.into_iter().chain([inside(DARK, dark)]).collect();
    let behind =
        [inside(BEFORE_SCHEMES, schemes), inside(BEFORE_CONTAINERS, widths(&rules)), inside(BEFORE_LAYERS, read(old))];
    write(&rules) + &write(&behind)
}

fn inside(prelude: &str, rules: Vec<Rule>) -> Rule {
    Rule::Group { prelude: prelude.to_owned(), rules }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

/// The rules with only those declarations that read otherwise in plain colours.
fn colours(rules: &[Rule], scheme: Scheme) -> Vec<Rule> {
    rules.iter().filter_map(|rule| recoloured(rule, scheme)).collect()
}

fn recoloured(rule: &Rule, scheme: Scheme) -> Option<Rule> {
    match rule {
        // What is asked of newer browsers alone stays theirs.
        Rule::Group { prelude, .. } if prelude.starts_with("@supports") || prelude.starts_with("@container") => None,
        Rule::Group { prelude, rules } => {
            let rules = colours(rules, scheme);
            (!rules.is_empty()).then(|| inside(prelude, rules))
        }
        Rule::Style { selector, declarations } => {
            let plain =
                declarations.iter().filter(|(_, value)| scheme == Scheme::Light || value.contains("light-dark("));
            let plain = plain.filter_map(|(name, value)| Some((name.clone(), plain_value(value, scheme)?)));
            let declarations: Vec<(String, String)> = plain.collect();
            (!declarations.is_empty()).then(|| Rule::Style { selector: selector.clone(), declarations })
        }
        Rule::Whole(_) | Rule::Statement(_) => None,
    }
}

/// A value without functions of after 2021; nothing when it has none, or none that can be said plainly.
fn plain_value(value: &str, scheme: Scheme) -> Option<String> {
    let plain = replaced(value, scheme)?;
    (plain != value).then_some(plain)
}

fn replaced(value: &str, scheme: Scheme) -> Option<String> {
    let Some((before, name, arguments, after)) = first_function(value) else { return Some(value.to_owned()) };
    let plain = match name {
        "light-dark" => {
            let (light, dark) = split_top(arguments, ',')?;
            replaced(if scheme == Scheme::Light { light.trim() } else { dark.trim() }, scheme)?
        }
        // The first of the two is the one the other only tints.
        "color-mix" => {
            let (_, colours) = split_top(arguments, ',')?;
            let first = split_top(colours, ',')?.0;
            let bare =
                first.trim().rsplit_once(' ').filter(|(_, share)| share.ends_with('%')).map_or(first, |(it, _)| it);
            replaced(bare.trim(), scheme)?
        }
        _ => plain_oklch(arguments)?,
    };
    Some(format!("{before}{plain}{}", replaced(after, scheme)?))
}

/// `L C H` or `L C H / A`. A hue that is a variable is left out: a grey as light as the colour reads as well.
fn plain_oklch(arguments: &str) -> Option<String> {
    if arguments.trim_start().starts_with("from ") {
        return None;
    }
    let (colour, alpha) = arguments.split_once('/').map_or((arguments, None), |(colour, alpha)| (colour, Some(alpha)));
    let (lightness, rest) = colour.trim().split_once(' ')?;
    let (chroma, hue) = rest.trim().split_once(' ')?;
    let lightness: f64 = lightness.parse().ok()?;
    let numbers = chroma.parse().ok().zip(hue.trim().parse().ok());
    let (chroma, hue): (f64, f64) = numbers.unwrap_or((0.0, 0.0));
    let hex = look::hex_of_oklch(lightness, chroma, hue);
    let Some(alpha) = alpha else { return Some(hex) };
    let alpha: f64 = alpha.trim().parse().ok()?;
    let number = u32::from_str_radix(hex.trim_start_matches('#'), 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(format!("rgba({red},{green},{blue},{alpha})"))
}

/// The first function that older browsers do not know: what is before it, its name, its arguments, what is after it.
fn first_function(value: &str) -> Option<(&str, &str, &str, &str)> {
    let names = ["light-dark", "color-mix", "oklch"];
    let found = names.iter().filter_map(|name| Some((value.find(&format!("{name}("))?, *name)));
    let (at, name) = found.min()?;
    let (before, rest) = value.split_at_checked(at)?;
    let inner = rest.get(name.len() + 1..)?;
    let (arguments, after) = split_top(inner, ')')?;
    Some((before, name, arguments, after))
}

/// At the first `mark` that is not inside brackets.
fn split_top(text: &str, mark: char) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        if c == mark && depth == 0 {
            return Some((text.get(..at)?, text.get(at + c.len_utf8()..)?));
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// What is laid out by the width of a page's container, by the window's.
fn widths(rules: &[Rule]) -> Vec<Rule> {
    let by_window = |rule: &Rule| match rule {
        Rule::Group { prelude, rules } => match prelude.strip_prefix("@container ") {
            Some(condition) if is_page_wide(condition) => Some(inside(&format!("@media {condition}"), rules.clone())),
            Some(_) => None,
            None => {
                let rules = widths(rules);
                (!rules.is_empty()).then(|| inside(prelude, rules))
            }
        },
        _ => None,
    };
    rules.iter().filter_map(by_window).collect()
}

fn is_page_wide(condition: &str) -> bool {
    let digits: String = condition.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse::<f64>().is_ok_and(|rem| rem >= PAGE_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_colour_is_said_again_in_plain_words_for_both_schemes() {
        let sheet = "@layer tokens{:root{--page:light-dark(oklch(1 0 0),oklch(0 0 0));--gap:1rem}}
            @layer parts{.a{border:1px solid light-dark(oklch(0 0 0 / 0.2), #fff);color:color-mix(in oklab, var(--ink) 40%, red)}
            .b{color:light-dark(oklch(0.9 0.04 var(--h)),oklch(from red l c h))}}";
        let made = with_fallbacks(sheet, "body{margin:0}");
        let behind = made.split_once(BEFORE_SCHEMES).unwrap().1;
        for plain in
            ["--page:#ffffff;", "--page:#000000;", "1px solid rgba(0,0,0,0.2);", "1px solid #fff;", "color:var(--ink);"]
        {
            assert!(behind.contains(plain), "{plain} in {behind}");
        }
        assert!(!behind.contains("--gap") && !behind.contains("oklch(") && !behind.contains("color-mix("), "{behind}");
        let grey = plain_value("light-dark(oklch(0.9 0.04 var(--h)), red)", Scheme::Light).unwrap();
        assert!(grey.starts_with('#') && grey[1..3] == grey[3..5], "{grey}");
        assert_eq!(plain_value("oklch(from red l c h)", Scheme::Light), None);
        assert!(made.ends_with(&format!("{BEFORE_LAYERS}{{body{{margin:0;}}\n}}\n")));
    }

    #[test]
    fn a_page_that_asks_its_container_asks_the_window_instead() {
        let sheet =
            "@layer pages{@container (max-width: 56rem){.side{display:none}}@container (max-width: 22rem){.x{a:b}}}";
        let made = with_fallbacks(sheet, "");
        let behind = made.split_once(BEFORE_CONTAINERS).unwrap().1;
        assert!(behind.contains("@media (max-width: 56rem){.side{display:none;}"), "{behind}");
        assert!(!behind.contains("22rem"), "{behind}");
    }
}
