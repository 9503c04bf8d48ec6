//! How an address is known again that is kept nowhere: by what a key makes of it. And where addresses are in a raw body,
//! so that a body which tells of somebody is found without knowing whom to look for.

use std::collections::HashSet;

use crate::{ids::MerchantId, secrets::Keys};

/// Digits that a telephone number has at least to be known again: shorter ones are numbers of orders, or anything.
const SHORTEST: usize = 9;
/// Addresses of one body that are looked at.
const MOST: usize = 5_000;

/// What is kept of an e-mail address.
pub fn of_email(keys: &Keys, merchant: MerchantId, email: &str) -> String {
    keys.erased_mac(&[&merchant.bytes()[..], b"email\n", email.trim().to_lowercase().as_bytes()].concat())
}

/// What is kept of a telephone number: of its last nine digits, however it was written; none of what is no number.
pub fn of_phone(keys: &Keys, merchant: MerchantId, phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let end = digits.get(digits.len().saturating_sub(9)..).filter(|end| end.len() >= SHORTEST)?;
    Some(keys.erased_mac(&[&merchant.bytes()[..], b"phone\n", end.as_bytes()].concat()))
}

/// Whether a raw body has an address whose trace is among these.
pub fn leads_to(keys: &Keys, merchant: MerchantId, wanted: &HashSet<String>, body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body).replace("\\u0040", "@").replace("%40", "@");
    let mut emails = emails(&text).take(MOST).map(|email| of_email(keys, merchant, email));
    let mut phones = phones(&text).take(MOST).filter_map(|phone| of_phone(keys, merchant, phone));
    emails.any(|trace| wanted.contains(&trace)) || phones.any(|trace| wanted.contains(&trace))
}

/// What may stand in an address beside letters and digits: all of it, and without what parts the fields of a form.
const INSIDE: [&str; 2] = ["!#$&'*+-/=?^_`{|}~.", "!#$'*+-^_`{|}~."];

fn emails(text: &str) -> impl Iterator<Item = &str> {
    INSIDE.iter().flat_map(move |inside| {
        let pieces = text.split(move |c: char| !c.is_alphanumeric() && c != '@' && !inside.contains(c));
        pieces.map(|piece| piece.trim_matches(|c: char| ".'`/".contains(c))).filter(|piece| is_address(piece))
    })
}

fn is_address(piece: &str) -> bool {
    piece.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn phones(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && !"+ ().-/".contains(c))
        .filter(|piece| piece.bytes().filter(u8::is_ascii_digit).count() >= SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house() -> (Keys, MerchantId) {
        (Keys::of_tests(1), MerchantId::from_bytes([1; 16]))
    }

    #[test]
    fn a_body_is_found_by_an_address_however_it_is_written() {
        let (keys, merchant) = house();
        let email = HashSet::from([of_email(&keys, merchant, "camille@example.com")]);
        for body in [
            r#"{"email":"Camille@Example.com"}"#,
            r#"{"email":"camille\u0040example.com"}"#,
            "to=camille%40example.com&x=1",
            "Camille <camille@example.com>, and others",
            "mailto:camille@example.com.",
        ] {
            assert!(leads_to(&keys, merchant, &email, body.as_bytes()), "{body}");
        }
        for body in ["", "@", "camille@example.co", r#"{"email":"another-camille@example.com"}"#, "camille example.com"]
        {
            assert!(!leads_to(&keys, merchant, &email, body.as_bytes()), "{body}");
        }
        let phone = HashSet::from_iter(of_phone(&keys, merchant, "+33 6 12 34 56 78"));
        for body in [r#"{"phone":"+33612345678"}"#, "call 06 12 34 56 78 today", "0033-6-12-34-56-78"] {
            assert!(leads_to(&keys, merchant, &phone, body.as_bytes()), "{body}");
        }
        assert!(!leads_to(&keys, merchant, &phone, b"06 12 34 56 79"));
    }

    #[test]
    fn a_trace_is_of_one_merchant_and_one_key() {
        let (keys, merchant) = house();
        let trace = of_email(&keys, merchant, "camille@example.com");
        assert_eq!(trace, of_email(&keys, merchant, " CAMILLE@example.com"));
        assert_ne!(trace, of_email(&keys, MerchantId::from_bytes([2; 16]), "camille@example.com"));
        assert_ne!(trace, of_email(&Keys::of_tests(2), merchant, "camille@example.com"));
        assert_eq!(of_phone(&keys, merchant, "12 34"), None);
    }
}
