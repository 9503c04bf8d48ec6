//! Who bought, where it goes, and in which language to speak: an order does not say, but the plugin that translates the
//! shop does, and else the buyer's country may.

use super::{MOST_META, id};
use crate::{
    connect::fields::Field,
    domain::normal::{Address, CustomerNews},
};

/// What translation plugins call the language an order was placed in.
const LANGUAGE_KEYS: &[&str] = &[
    "wpml_language",
    "_wpml_language",
    "trp_language",
    "weglot_language",
    "pll_language",
    "_pll_language",
    "_locale",
    "locale",
    "_language",
    "language",
];

/// The language most people of a country read, where there is one.
const LANGUAGES: &[(&str, &str)] = &[
    ("de", "DE AT LI"),
    ("en", "GB IE US AU NZ ZA NG KE GH SG JM MT IN PK"),
    ("es", "ES MX AR CO CL PE VE EC UY PY BO CR PA GT HN SV NI DO CU PR"),
    ("fr", "FR MC GP MQ GF RE YT PF NC PM WF BL MF SN CI ML BF BJ TG NE GA CG CD"),
    ("it", "IT SM VA"),
    ("nl", "NL SR AW CW"),
    ("pt", "PT BR AO MZ"),
    ("da", "DK"),
    ("sv", "SE"),
    ("nb", "NO"),
    ("fi", "FI"),
    ("pl", "PL"),
    ("cs", "CZ"),
    ("sk", "SK"),
    ("hu", "HU"),
    ("ro", "RO MD"),
    ("bg", "BG"),
    ("el", "GR"),
    ("tr", "TR"),
    ("ja", "JP"),
    ("ko", "KR"),
    ("zh", "CN TW HK"),
];

pub(super) fn customer(order: &Field<'_>) -> CustomerNews {
    let [billing, shipping] = ["billing", "shipping"].map(|name| order.get(name));
    let country = [&billing, &shipping].into_iter().find_map(|address| address.get("country").country());
    CustomerNews {
        external_id: id(&order.get("customer_id")),
        name: name(&billing).or_else(|| name(&shipping)),
        email: billing.get("email").email(),
        phone: billing.get("phone").name().or_else(|| shipping.get("phone").name()),
        locale: language(order),
        likely_locale: country.and_then(|country| spoken_in(&country)),
    }
}

/// Where it goes; nowhere when nothing is sent.
pub(super) fn address(address: &Field<'_>) -> Option<Address> {
    let address = address.object()?;
    let found = Address {
        name: name(&address),
        line1: address.get("address_1").plain(),
        line2: address.get("address_2").plain(),
        postcode: address.get("postcode").name(),
        city: address.get("city").plain(),
        country: address.get("country").country(),
    };
    (found != Address { name: None, country: found.country.clone(), ..Address::default() }).then_some(found)
}

fn name(address: &Field<'_>) -> Option<String> {
    let parts: Vec<String> = ["first_name", "last_name"].iter().filter_map(|part| address.get(part).plain()).collect();
    Some(parts.join(" ")).filter(|name| !name.is_empty()).or_else(|| address.get("company").plain())
}

fn language(order: &Field<'_>) -> Option<String> {
    let said = order.get("lang").name().or_else(|| order.get("language").name());
    let meta = order.get("meta_data").items(MOST_META);
    let of_key = |key: &&str| {
        let noted = meta.iter().find(|entry| entry.get("key").name().as_deref() == Some(key))?;
        noted.get("value").name()
    };
    said.as_deref().and_then(tag).or_else(|| LANGUAGE_KEYS.iter().filter_map(of_key).find_map(|text| tag(&text)))
}

/// `fr_FR` and `de_DE_formal` as a language tag; none for what cannot be a language.
fn tag(text: &str) -> Option<String> {
    let mut parts = text.split(['_', '-']);
    let letters = |part: &str| part.bytes().all(|letter| letter.is_ascii_alphabetic());
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && letters(part))?.to_ascii_lowercase();
    let region = parts.next().filter(|part| part.len() == 2 && letters(part));
    Some(region.map_or(language.clone(), |region| format!("{language}-{}", region.to_ascii_uppercase())))
}

fn spoken_in(country: &str) -> Option<String> {
    let spoken = LANGUAGES.iter().find(|(_, countries)| countries.split(' ').any(|known| known == country));
    spoken.map(|(language, _)| format!("{language}-{country}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_however_a_plugin_writes_it() {
        for (text, expected) in [
            ("fr", Some("fr")),
            ("fr_FR", Some("fr-FR")),
            ("de_DE_formal", Some("de-DE")),
            ("pt-br", Some("pt-BR")),
            ("", None),
            ("yes", Some("yes")),
            ("français", None),
            ("12", None),
        ] {
            assert_eq!(tag(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_country_of_several_languages_says_nothing() {
        assert_eq!(spoken_in("FR").as_deref(), Some("fr-FR"));
        assert_eq!(spoken_in("AT").as_deref(), Some("de-AT"));
        for undecided in ["BE", "CH", "CA", "LU", "XX", ""] {
            assert_eq!(spoken_in(undecided), None, "{undecided}");
        }
    }
}
