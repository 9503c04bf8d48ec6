//! What stands on the shopper's pages, as plain words ready to be set: one structure a page, one a live part.
//! Which words and sums these are is decided by the domain and filled in by the handlers.

pub mod device;
pub mod entry;
pub mod exchange;
pub mod gift;
pub mod opening;
pub mod orders;
pub mod parts;
pub mod thread;

use crate::{
    i18n::{Lang, Words, key},
    web::assets,
};

/// The shop whose counter this is, as the head of every page shows it.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// One or two letters for the crest.
    pub crest: String,
    /// The line under the name, for example how fast it usually replies.
    pub sub: Option<String>,
    /// Where its accent is: the address of the style sheet that sets `--merchant-accent`.
    pub look: Option<String>,
    /// The other languages of this page.
    pub languages: Vec<LanguageLink>,
    /// The shop's own legal pages.
    pub legal: Vec<LegalLink>,
}

/// A legal page of the shop's, elsewhere.
#[derive(Clone, Debug)]
pub struct LegalLink {
    pub label: String,
    pub href: String,
}

/// The same page in another language.
#[derive(Clone, Debug)]
pub struct LanguageLink {
    /// The language code.
    pub code: &'static str,
    /// As the button shows it: `FR`.
    pub short: String,
    /// The name of the language in that language.
    pub name: String,
    /// The same address with `lang=`.
    pub href: String,
}

/// Links to this page in the languages it is not in. `query` is the query string of the page, whose answers are kept;
/// `spoken` are the languages there are.
pub fn languages(t: &Words, query: &str, spoken: &[Lang]) -> Vec<LanguageLink> {
    let kept: String =
        query.split('&').filter(|part| !part.is_empty() && !part.starts_with("lang=")).flat_map(|p| [p, "&"]).collect();
    let others = spoken.iter().filter(|lang| **lang != t.lang());
    others
        .map(|&lang| LanguageLink {
            code: lang.code(),
            short: lang.code().to_uppercase(),
            name: Words::new(lang, chrono_tz::UTC, t.now()).get(key("language-name")),
            href: format!("?{kept}lang={}", lang.code()),
        })
        .collect()
}

/// A product's picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its address.
    pub src: String,
    /// What it shows, for who cannot see it.
    pub alt: String,
}

impl Picture {
    /// The picture of a product, or the drawn box that stands for one that has none.
    pub fn of(src: Option<&str>, alt: &str) -> Self {
        let src = src.unwrap_or_else(|| assets::url("/static/img/no-picture.svg"));
        Self { src: src.to_owned(), alt: alt.to_owned() }
    }
}

/// An article as a side of an exchange: its picture and which it is, `Storm blue, M`.
#[derive(Clone, Debug)]
pub struct Side {
    pub picture: Picture,
    pub name: String,
}

/// What goes back and what comes instead.
#[derive(Clone, Debug)]
pub struct Swap {
    pub gives: Side,
    pub takes: Side,
}

/// A named amount: `Difference to pay`, `€4.00`.
#[derive(Clone, Debug)]
pub struct Amount {
    pub label: String,
    pub value: String,
}

/// A line of a reckoning.
#[derive(Clone, Debug)]
pub struct Total {
    pub label: String,
    pub value: String,
    /// Whether this is the sum the lines above lead to.
    pub sum: bool,
}

/// One of several to choose from in a form.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What the form sends.
    pub value: String,
    pub label: String,
    /// What choosing it asks next.
    pub hint: Option<String>,
    pub chosen: bool,
}

/// A hidden field: its name and value.
pub type Kept = (String, String);

#[cfg(test)]
mod tests;
