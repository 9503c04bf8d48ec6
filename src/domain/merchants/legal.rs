//! A shop's legal pages, which stand on the shop's own site: its terms, how it treats what it knows of people, who mediates
//! when they disagree. Each may have an address for every language, or one for all.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Shop;
use crate::{i18n::Lang, text_enum};

/// The longest address of a page, in characters.
pub const LONGEST: usize = 1_000;

text_enum! {
    pub enum LegalKind { Terms = "terms", Privacy = "privacy", Mediator = "mediator" }
}

/// One page's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legal {
    pub kind: LegalKind,
    /// The language it is written in; none when it stands for every language that has none of its own.
    pub lang: Option<String>,
    pub url: String,
}

/// Whether a page may be linked to from here: an https address of a host by name, without a name or password in it.
pub fn is_page(text: &str) -> bool {
    let plain = text.len() <= LONGEST && text.chars().all(|c| !c.is_control() && !c.is_whitespace());
    let fits = |url: &Url| {
        let named = matches!(url.host(), Some(url::Host::Domain(name)) if name.contains('.'));
        url.scheme() == "https" && named && url.username().is_empty() && url.password().is_none()
    };
    plain && Url::parse(text).is_ok_and(|url| fits(&url))
}

impl Shop {
    /// The pages for a reader of a language, in their order.
    pub fn legal_for(&self, lang: Lang) -> Vec<(LegalKind, String)> {
        let found = LegalKind::ALL.iter().filter_map(|kind| {
            let of_kind = || self.legal.0.iter().filter(|page| page.kind == *kind);
            let own = of_kind().find(|page| page.lang.as_deref() == Some(lang.code()));
            let page = own.or_else(|| of_kind().find(|page| page.lang.is_none()))?;
            Some((*kind, page.url.clone()))
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_linked_to() {
        for fine in ["https://calanque.example/cgv", "https://www.été.example/a?b=c#d", "https://a.example:8443/"] {
            assert!(is_page(fine), "{fine}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)//https://a.example",
            "http://calanque.example/cgv",
            "https://",
            "https://localhost/",
            "https://127.0.0.1/",
            "https://user:secret@a.example/",
            "https://a.example/ b",
            "https://a.example/\nb",
            "//a.example/cgv",
            "calanque.example/cgv",
            "data:text/html,hello",
        ] {
            assert!(!is_page(bad), "{bad}");
        }
        assert!(!is_page(&format!("https://a.example/{}", "x".repeat(4_000))));
    }
}
