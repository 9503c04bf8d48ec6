//! An answer, looked at as a person does: its text, its parts, its forms. Also the JSON of a program's answer.

use reqwest::header::HeaderMap;
use reqwest::{Response, Url};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;

use super::form::Form;

#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Where the answer came from after all redirects.
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Page {
    pub(crate) async fn read(answer: Response) -> Self {
        let (status, url, headers) = (answer.status().as_u16(), answer.url().clone(), answer.headers().clone());
        let body = answer.bytes().await.expect("the answer has an end");
        Self { status, url, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// A page that was not fetched: a rendered part from the socket, or text at hand.
    pub(crate) fn of(html: &str, url: &str) -> Self {
        let url = url.parse().expect("an address");
        Self { status: 200, url, headers: HeaderMap::new(), body: html.to_owned() }
    }

    /// All text, one space between words whatever stands there (line ends, no-break spaces).
    pub(crate) fn text(&self) -> String {
        words(self.html().root_element())
    }

    /// Whether a reader finds this text.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.text().contains(&squeeze(text))
    }

    /// The texts of all elements that match.
    pub(crate) fn select(&self, css: &str) -> Vec<String> {
        self.html().select(&selector(css)).map(words).collect()
    }

    /// The text of the one element that matches; panics when there is none.
    pub(crate) fn one(&self, css: &str) -> String {
        self.select(css).into_iter().next().unwrap_or_else(|| self.lacks(css))
    }

    /// An attribute of the first element that matches and has it.
    pub(crate) fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.html().select(&selector(css)).find_map(|element| element.attr(name).map(str::to_owned))
    }

    /// Every link: its words and where it leads.
    pub(crate) fn links(&self) -> Vec<(String, String)> {
        let html = self.html();
        let anchors = selector("a[href]");
        html.select(&anchors).map(|link| (words(link), self.resolve(link.attr("href").unwrap_or_default()))).collect()
    }

    /// Where the first matching link leads, as a path of this server.
    pub(crate) fn link(&self, css: &str) -> String {
        self.attribute(css, "href").map_or_else(|| self.lacks(css), |href| self.resolve(&href))
    }

    /// The first form that matches, as a browser would send it untouched; panics when there is none.
    pub(crate) fn form(&self, css: &str) -> Form {
        let html = self.html();
        let Some(element) = html.select(&selector(css)).find(|element| element.value().name() == "form") else {
            self.lacks(css)
        };
        Form::read(&html, element, self)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The answer as JSON; panics when it is not.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{} is no JSON ({error}): {}", self.url, self.body))
    }

    /// An address found on this page, made whole.
    pub(crate) fn resolve(&self, address: &str) -> String {
        self.url.join(address).map_or_else(|_| address.to_owned(), |url| url.to_string())
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    fn lacks(&self, css: &str) -> ! {
        panic!("{} ({}) has no {css}. It says: {}", self.url, self.status, self.text())
    }
}

pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css} is no selector: {error}"))
}

/// The words under an element, without what is never shown.
pub(crate) fn words(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    squeeze(&text)
}

fn collect(element: ElementRef<'_>, text: &mut String) {
    if matches!(element.value().name(), "script" | "style" | "template" | "head") {
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(_) => {
                // Words of neighbouring cells and blocks stand apart on the page.
                let apart = ElementRef::wrap(child).filter(|inner| !INLINE.contains(&inner.value().name()));
                text.push_str(if apart.is_some() { " " } else { "" });
                ElementRef::wrap(child).into_iter().for_each(|inner| collect(inner, text));
                text.push_str(if apart.is_some() { " " } else { "" });
            }
            _ => {}
        }
    }
}

const INLINE: [&str; 11] = ["a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong"];

fn squeeze(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_page_is_read_as_a_person_reads_it() {
    let html = "<head><title>no</title></head><h1>Commande\n <b>#1042</b></h1><script>no()</script><ul><li>un<li>deux</ul>\
                <p>Vous\u{a0}avez 2\u{202f}colis\u{a0}: <a class=go href='../t/x?y=1'>voir</a></p>";
    let page = Page::of(html, "http://127.0.0.1:1/a/b");
    assert_eq!(page.text(), "Commande #1042 un deux Vous avez 2 colis : voir");
    assert!(page.has("2\u{a0}colis :") && !page.has("no"));
    assert_eq!(page.select("li"), ["un", "deux"]);
    assert_eq!(page.one("h1"), "Commande #1042");
    assert_eq!(page.link("a.go"), "http://127.0.0.1:1/t/x?y=1");
}
