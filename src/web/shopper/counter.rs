//! The counter a page is set at: whose shop it is, in which words, and how names and pictures look there.

use super::view::{self, Picture};
use crate::{
    app::App,
    config::BaseUrl,
    domain::{
        files::signing::Audience,
        merchants::{Shop, legal::LegalKind},
    },
    i18n::{Lang, Words, key},
    ids::ThreadAddress,
    web::{look, media::Showing},
};

/// A shop's counter, as one reader stands at it.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    pub(super) t: Words,
    pub(super) shop: Shop,
    base: BaseUrl,
    /// The thread's address, `/t/...`.
    pub(super) home: String,
    /// How files are shown here.
    pub(super) files: Showing,
}

impl Counter {
    pub(super) fn new(app: &App, shop: Shop, lang: Lang, thread: ThreadAddress) -> Self {
        let home = format!("/t/{thread}");
        let files = Showing::new(app, thread.merchant, Audience::Shopper, &home);
        Self { t: shop.words(shop.speaks(lang), app.now()), shop, base: app.base.clone(), home, files }
    }

    /// The shop as the head of a page at `path` shows it; `query` is that page's own.
    pub(super) fn dress(&self, path: &str, query: &str) -> view::Shop {
        let mut shop = dress(&self.t, &self.shop, query);
        for language in &mut shop.languages {
            language.href.insert_str(0, path);
        }
        shop
    }

    /// The same for a screen whose head shows no shop: only its colour is worn.
    pub(super) fn plain(&self) -> view::Shop {
        view::Shop { languages: Vec::new(), ..dress(&self.t, &self.shop, "") }
    }

    /// A product's picture when it is one of ours; any other would be fetched from somebody else.
    pub(super) fn picture(&self, src: Option<&str>, alt: &str) -> Picture {
        Picture::of(src.and_then(|src| own(self.base.as_str(), src)), alt)
    }
}

/// The path of a picture that this installation serves itself.
fn own<'a>(base: &str, src: &'a str) -> Option<&'a str> {
    let path = src.strip_prefix(base.trim_end_matches('/')).unwrap_or(src);
    (path.starts_with("/static/") && !path.contains("..")).then_some(path)
}

/// A shop in the head of a page.
pub(super) fn dress(t: &Words, shop: &Shop, query: &str) -> view::Shop {
    view::Shop {
        crest: initials(&shop.name),
        name: shop.name.clone(),
        sub: None,
        look: Some(look::url(shop)),
        languages: view::languages(t, query, &shop.languages()),
        legal: legal(t, shop),
    }
}

/// The shop's legal pages for a reader of these words.
fn legal(t: &Words, shop: &Shop) -> Vec<view::LegalLink> {
    let link = |(kind, href)| view::LegalLink { label: t.get(legal_words(kind)), href };
    shop.legal_for(t.lang()).into_iter().map(link).collect()
}

fn legal_words(kind: LegalKind) -> &'static str {
    match kind {
        LegalKind::Terms => key("legal-terms"),
        LegalKind::Privacy => key("legal-privacy"),
        LegalKind::Mediator => key("legal-mediator"),
    }
}

/// The head of a page that is nobody's in particular yet.
pub(super) fn undressed(t: &Words, name: &str, query: &str) -> view::Shop {
    let languages = view::languages(t, query, &Lang::all().collect::<Vec<_>>());
    view::Shop { crest: initials(name), name: name.to_owned(), sub: None, look: None, languages, legal: Vec::new() }
}

/// One or two letters that stand for a name.
pub(super) fn initials(name: &str) -> String {
    let letters: Vec<char> =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric())).collect();
    let shown = match letters.as_slice() {
        [] => vec!['?'],
        [first, .., last] => vec![*first, *last],
        [only] => vec![*only],
    };
    shown.into_iter().flat_map(char::to_uppercase).collect()
}

/// The hue of somebody's avatar, 0 to 11: the same name has always the same.
pub(super) fn hue(name: &str) -> u8 {
    let sum = name.bytes().fold(7_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 9973);
    u8::try_from(sum % 12).unwrap_or_default()
}

/// What a shopper calls an agent.
pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_of_this_house_are_shown() {
        let base = "http://127.0.0.1:8080";
        assert_eq!(own(base, "/static/demo/shirt-ecru.svg"), Some("/static/demo/shirt-ecru.svg"));
        assert_eq!(own(base, "http://127.0.0.1:8080/static/demo/a.svg"), Some("/static/demo/a.svg"));
        assert_eq!(own(base, "https://cdn.example/static/a.png"), None);
        assert_eq!(own(base, "//cdn.example/static/a.png"), None);
        assert_eq!(own(base, "/static/../desk"), None);
    }

    #[test]
    fn a_name_has_one_or_two_letters() {
        assert_eq!(initials("Maison Calanque"), "MC");
        assert_eq!(initials("Maison de la Calanque"), "MC");
        assert_eq!(initials("élan"), "É");
        assert_eq!(initials(" "), "?");
        assert!(hue("Inès Moreau") < 12);
        assert_eq!(first_name("Inès Moreau"), "Inès");
    }
}
