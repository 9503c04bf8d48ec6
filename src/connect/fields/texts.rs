//! Texts from outside: names, ids, notes, addresses of mail and of the web. Trimmed, bounded, without control characters;
//! what is empty is nothing.

use serde_json::Value;

use super::{Field, Manner};

/// Characters that a name or title may have.
const NAME: usize = 500;
/// Characters that another system's id may have.
const ID: usize = 200;
/// Characters that a note may have, over several lines.
const NOTE: usize = 4000;
/// Characters that a web address may have.
const LINK: usize = 2000;
/// Characters that a mail address may have (RFC 5321).
const EMAIL: usize = 254;

impl Field<'_> {
    /// A name, a title, a word: one line.
    pub(in crate::connect) fn name(&self) -> Option<String> {
        self.text(NAME, |_| false)
    }

    /// Free text over several lines.
    pub(in crate::connect) fn note(&self) -> Option<String> {
        self.text(NOTE, |letter| letter == '\n' || letter == '\t')
    }

    /// Another system's id: text, or an exact whole number.
    pub(in crate::connect) fn id(&self) -> Option<String> {
        match self.value {
            Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
            Value::Number(_) => {
                self.wrong("is a number too large to be exact: send it as text");
                None
            }
            _ => self.text(ID, |_| false),
        }
    }

    /// A mail address, lower case.
    pub(in crate::connect) fn email(&self) -> Option<String> {
        let email = self.text(NAME, |_| false)?.to_lowercase();
        if is_address(&email) {
            return Some(email);
        }
        self.odd("is not an e-mail address");
        None
    }

    /// A web address; anything but http(s) is dropped, whoever sent it.
    pub(in crate::connect) fn link(&self) -> Option<String> {
        let Value::String(link) = self.value else {
            self.unless_missing("must be text");
            return None;
        };
        Some(link.trim()).filter(|link| is_web_address(link)).map(str::to_owned)
    }

    /// An ISO 3166 country of two letters, upper case.
    pub(in crate::connect) fn country(&self) -> Option<String> {
        let country = self.text(NAME, |_| false)?.to_uppercase();
        if country.len() == 2 && country.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Some(country);
        }
        self.odd("must be an ISO 3166 code of two letters");
        None
    }

    fn text(&self, most: usize, allowed: fn(char) -> bool) -> Option<String> {
        let text = match self.value {
            Value::String(text) => text.replace("\r\n", "\n"),
            Value::Number(_) | Value::Bool(_) if self.reading.manner == Manner::Lenient => self.value.to_string(),
            _ => {
                self.unless_missing("must be text");
                return None;
            }
        };
        let is_bad = |letter: char| letter.is_control() && !allowed(letter);
        if text.contains(is_bad) {
            self.odd("has control characters");
        }
        let text = text.replace(is_bad, "");
        if text.chars().count() > most {
            self.wrong(&format!("must have at most {most} characters"));
            return None;
        }
        Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub(super) fn unless_missing(&self, problem: &str) {
        if !self.is_missing() {
            self.odd(problem);
        }
    }
}

/// Whether mail could be sent there: one @, no blanks, no brackets or quotes, a domain with a dot.
fn is_address(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let is_plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"@<>()[],;:\\\"".contains(letter);
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    email.len() <= EMAIL
        && (1..=64).contains(&local.len())
        && local.chars().all(is_plain)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

fn is_web_address(link: &str) -> bool {
    let rest =
        link.split_once("://").filter(|(scheme, _)| ["http", "https"].iter().any(|s| s.eq_ignore_ascii_case(scheme)));
    let is_plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"<>\"\\".contains(letter);
    rest.is_some_and(|(_, rest)| rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '['))
        && link.chars().count() <= LINK
        && link.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::connect::fields::Reading;

    /// What `read` makes of `value`, strictly and leniently; `Err` when a problem was noted.
    fn both<T>(value: &Value, read: fn(&Field<'_>) -> Option<T>) -> [Result<Option<T>, ()>; 2] {
        let body = json!({ "x": value });
        [Reading::strict(), Reading::lenient()].map(|reading| {
            let found = read(&reading.root(&body).get("x"));
            reading.finish(Some(found)).map_err(|_| ())
        })
    }

    fn text(text: &str) -> Result<Option<String>, ()> {
        Ok(Some(text.to_owned()))
    }

    #[test]
    fn control_characters_are_told_to_partners_and_taken_out_for_vendors() {
        assert_eq!(both(&json!("a\u{0}b\nc"), |field| field.name()), [Err(()), text("abc")]);
        assert_eq!(both(&json!("a\r\n\tb"), |field| field.note()), [text("a\n\tb"), text("a\n\tb")]);
        assert_eq!(both(&json!("a\u{7f}"), |field| field.note()), [Err(()), text("a")]);
    }

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(both(&json!("  Anna "), |field| field.name()), [text("Anna"), text("Anna")]);
        assert_eq!(both(&json!("  "), |field| field.name()), [Ok(None), Ok(None)]);
        assert_eq!(
            both(&json!("é".repeat(500)), |field| field.name()),
            [text(&"é".repeat(500)), text(&"é".repeat(500))]
        );
        assert_eq!(both(&json!("x".repeat(501)), |field| field.name()), [Err(()), Err(())]);
        assert_eq!(both(&json!("x".repeat(1_000_000)), |field| field.note()), [Err(()), Err(())]);
        assert_eq!(both(&json!(["x"]), |field| field.name()), [Err(()), Ok(None)]);
    }

    #[test]
    fn ids_are_text_even_past_what_a_float_can_hold() {
        let exact = json!(820_982_911_946_154_508_u64);
        assert_eq!(both(&exact, |field| field.id()), [text("820982911946154508"), text("820982911946154508")]);
        assert_eq!(both(&json!("gid://7"), |field| field.id()), [text("gid://7"), text("gid://7")]);
        assert_eq!(both(&json!(1e20), |field| field.id()), [Err(()), Err(())]);
        assert_eq!(both(&json!("7".repeat(201)), |field| field.id()), [Err(()), Err(())]);
    }

    #[test]
    fn mail_addresses_look_like_one_or_are_not_kept() {
        assert_eq!(
            both(&json!(" Anna@Example.COM "), |field| field.email()),
            [text("anna@example.com"), text("anna@example.com")]
        );
        for bad in ["anna", "@example.com", "a@b", "a b@c.de", "a@b..de", "a@b.de,c@d.ef", "<a@b.de>", "a@b@c.de"] {
            assert_eq!(both(&json!(bad), |field| field.email()), [Err(()), Ok(None)], "{bad}");
        }
        assert_eq!(both(&json!(""), |field| field.email()), [Ok(None), Ok(None)]);
    }

    #[test]
    fn only_web_addresses_are_links() {
        let good = "https://track.example.com/?n=1#☠";
        assert_eq!(both(&json!(good), |field| field.link()), [text(good), text(good)]);
        for bad in
            ["javascript:alert(1)", "ftp://a.example", "//a.example", "https://", "https://a b", "https:\\\\a", ""]
        {
            assert_eq!(both(&json!(bad), |field| field.link()), [Ok(None), Ok(None)], "{bad}");
        }
    }

    #[test]
    fn countries_have_two_letters() {
        assert_eq!(both(&json!("fr"), |field| field.country()), [text("FR"), text("FR")]);
        assert_eq!(both(&json!("France"), |field| field.country()), [Err(()), Ok(None)]);
    }
}
