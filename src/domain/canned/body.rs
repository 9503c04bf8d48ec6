//! The text of a canned reply: words and variables out of a closed list, understood when it is saved. There is no logic in
//! it: no condition, no loop, and no reply inside a reply, so that filling it always ends and always says the same.

use crate::{
    domain::threads::messages::Text,
    error::{Error, Result, Says},
    i18n::key,
    text_enum,
};

text_enum! {
    /// What a canned reply can speak of.
    pub enum Variable {
        ShopperFirstName = "shopper.first_name",
        OrderNumber = "order.number",
        OrderTotal = "order.total",
        ItemTitle = "item.title",
        ParcelNumber = "parcel.number",
        ParcelUrl = "parcel.url",
        ParcelExpected = "parcel.expected",
        AgentFirstName = "agent.first_name",
        ShopName = "shop.name",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Words(String),
    Value(Variable),
}

/// A text that can be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    text: String,
    parts: Vec<Part>,
}

/// What is wrong with a text.
enum Flaw {
    Unknown(String),
    Unclosed,
    Stray,
    Logic(String),
}

impl Body {
    /// # Errors
    /// Names what is wrong with the field `pointer`, and in which line, at which character.
    pub fn parse(pointer: &str, text: &str) -> Result<Self> {
        let text = Text::parse(pointer, text)?.as_str().to_owned();
        let mut parts = Vec::new();
        let (mut at, mut rest) = (0, text.as_str());
        while let Some(found) = next_mark(rest) {
            let (before, marked) = rest.split_at_checked(found).unwrap_or((rest, ""));
            if !before.is_empty() {
                parts.push(Part::Words(before.to_owned()));
            }
            let (variable, length) =
                variable(marked).map_err(|flaw| Error::invalid(pointer, flaw.says(&text, at + found)))?;
            parts.push(Part::Value(variable));
            at += found + length;
            rest = text.get(at..).unwrap_or_default();
        }
        if !rest.is_empty() {
            parts.push(Part::Words(rest.to_owned()));
        }
        Ok(Self { text, parts })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Where the next sign stands that means something.
fn next_mark(text: &str) -> Option<usize> {
    ["{{", "}}", "{%"].into_iter().filter_map(|mark| text.find(mark)).min()
}

/// The variable at the beginning, and how long it is with its braces.
fn variable(marked: &str) -> std::result::Result<(Variable, usize), Flaw> {
    if marked.starts_with("{%") {
        return Err(Flaw::Logic("{%".to_owned()));
    }
    let Some(inside) = marked.strip_prefix("{{") else { return Err(Flaw::Stray) };
    let Some((name, _)) = inside.split_once("}}").filter(|(name, _)| !name.contains("{{") && !name.contains('\n'))
    else {
        return Err(Flaw::Unclosed);
    };
    let length = name.len() + 4;
    let name = name.trim();
    if let Ok(variable) = name.parse() {
        return Ok((variable, length));
    }
    let signs = name.starts_with(|c: char| !c.is_alphanumeric()) && !name.is_empty();
    let nested = ["reply", "replies", "canned", "include"].into_iter().any(|word| name.starts_with(word));
    let several = name.contains(char::is_whitespace) || name.contains(['|', '(', '=']);
    let shown: String = name.chars().take(40).collect();
    Err(if signs || nested || several { Flaw::Logic(shown) } else { Flaw::Unknown(shown) })
}

impl Flaw {
    fn says(self, text: &str, at: usize) -> Says {
        let before = text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let says = match self {
            Self::Unknown(name) => Says::new(key("error-canned-unknown")).with("name", name),
            Self::Unclosed => Says::new(key("error-canned-unclosed")),
            Self::Stray => Says::new(key("error-canned-stray")),
            Self::Logic(name) => Says::new(key("error-canned-logic")).with("name", name),
        };
        says.with("line", line).with("column", column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_variables_are_told_apart() {
        let body = Body::parse("body", "Hello {{shopper.first_name}},\r\n{{ order.number }} {is} fine.").unwrap();
        let words = |text: &str| Part::Words(text.to_owned());
        assert_eq!(
            body.parts(),
            [
                words("Hello "),
                Part::Value(Variable::ShopperFirstName),
                words(",\n"),
                Part::Value(Variable::OrderNumber),
                words(" {is} fine."),
            ]
        );
        assert_eq!(body.text(), "Hello {{shopper.first_name}},\n{{ order.number }} {is} fine.");
    }

    #[test]
    fn every_variable_is_known_by_its_name() {
        for variable in Variable::ALL {
            let body = Body::parse("body", &format!("{{{{{variable}}}}}")).unwrap();
            assert_eq!(body.parts(), [Part::Value(*variable)]);
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (text, key, line, column) in [
            ("a\nbé {{order.colour}}", "error-canned-unknown", "2", "4"),
            ("{{}}", "error-canned-unknown", "1", "1"),
            ("a {{order.number", "error-canned-unclosed", "1", "3"),
            ("{{order.number\n}}", "error-canned-unclosed", "1", "1"),
            ("{{order.{{shop.name}}", "error-canned-unclosed", "1", "1"),
            ("order.number}}", "error-canned-stray", "1", "13"),
            ("{{#each items}}x{{/each}}", "error-canned-logic", "1", "1"),
            ("{{> other}}", "error-canned-logic", "1", "1"),
            ("{{reply.thanks}}", "error-canned-logic", "1", "1"),
            ("{{if order.number}}", "error-canned-logic", "1", "1"),
            ("{% for x in y %}", "error-canned-logic", "1", "1"),
        ] {
            let Err(Error::Invalid(fields)) = Body::parse("body", text) else { panic!("{text} was taken") };
            let says = &fields[0].says;
            let where_it_is = Says::new(key).with("line", line).with("column", column);
            assert!(
                says.key == key && where_it_is.args.iter().all(|place| says.args.contains(place)),
                "{text}: {says:?}"
            );
        }
    }
}
