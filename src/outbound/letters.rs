//! The e-mails that leave: those of shoppers here, the short ones in [`short`], those of agents in [`people`]: what each
//! says, in HTML and in the same words as plain text. When one is written and how it is sent is the worker's matter.

pub mod people;
mod short;

pub use short::{Link, Waiting};

use askama::Template;

use crate::{
    domain::{
        look::Accent,
        merchants::{Shop, legal::LegalKind},
    },
    i18n::{Words, key},
};

/// Who writes: the shop, with the order it is about.
#[derive(Debug, Clone)]
pub struct Head {
    pub t: Words,
    pub shop: String,
    /// The shop's colour, brought to one that can be read by [`Head::new`].
    fill: String,
    ink: String,
    awning: String,
    /// The order's number as people say it.
    pub order: Option<String>,
    /// Where the order stands, in words: `out for delivery`.
    pub standing: Option<String>,
    /// The shop's legal pages: what each is called, and where it is.
    pub legal: Vec<(String, String)>,
}

impl Head {
    /// The same with the legal pages of the shop that writes.
    #[must_use]
    pub fn of_shop(self, shop: &Shop) -> Self {
        let words = |kind| match kind {
            LegalKind::Terms => key("legal-terms"),
            LegalKind::Privacy => key("legal-privacy"),
            LegalKind::Mediator => key("legal-mediator"),
        };
        let pages = shop.legal_for(self.t.lang()).into_iter();
        Self { legal: pages.map(|(kind, url)| (self.t.get(words(kind)), url)).collect(), ..self }
    }

    /// `colour` is the shop's, `#1c6763`.
    pub fn new(t: Words, shop: &str, colour: &str, order: Option<String>, standing: Option<String>) -> Self {
        let Accent { fill, text: ink, soft: awning, .. } = Accent::light(colour);
        Self { t, shop: shop.to_owned(), fill, ink, awning, order, standing, legal: Vec::new() }
    }

    /// The line under the shop's name.
    fn about(&self) -> Option<String> {
        let order = self.order.as_ref()?;
        Some(match &self.standing {
            Some(standing) => self.t.two("mail-about-standing", "number", order, "standing", standing),
            None => self.t.one("mail-about", "number", order),
        })
    }
}

/// A letter, ready to be put in an envelope.
#[derive(Debug, Clone)]
pub struct Written {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// A thing that was bought, with a picture that can be reached from outside.
#[derive(Debug, Clone)]
pub struct Item {
    /// A whole address, or nothing.
    pub picture: Option<String>,
    pub title: String,
    /// The choices in one line.
    pub options: String,
    pub quantity: u32,
}

/// The first letter: the order has a thread, here is the way in.
#[derive(Debug, Clone)]
pub struct ThreadOpen {
    pub head: Head,
    pub items: Vec<Item>,
    /// The thread's link, whole.
    pub link: String,
}

#[derive(Template)]
#[template(path = "email/thread_open.html")]
struct ThreadOpenHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a ThreadOpen,
}

#[derive(Template)]
#[template(path = "email/thread_open.txt")]
struct ThreadOpenText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a ThreadOpen,
}

impl ThreadOpen {
    pub fn subject(&self) -> String {
        let head = &self.head;
        match &head.order {
            Some(order) => head.t.two("mail-open-subject", "shop", &head.shop, "number", order),
            None => head.t.one("mail-open-subject-plain", "shop", &head.shop),
        }
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = ThreadOpenHtml { t, head, mail: self }.render()?;
        let text = ThreadOpenText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// One thing that was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The agent's first name.
    pub agent: String,
    pub text: String,
    /// When, in words.
    pub when: String,
}

/// Somebody answered.
#[derive(Debug, Clone)]
pub struct Reply {
    pub head: Head,
    /// The first name of the agent who answered last.
    pub agent: String,
    /// The oldest first; at least one.
    pub answers: Vec<Answer>,
    /// The language of the answers where it is known.
    pub lang: Option<String>,
    /// The request that is under way in the thread.
    pub swap: Option<Swap>,
    /// What the shopper had written before.
    pub before: Option<String>,
    pub link: String,
}

/// A request as a box: where it stands, and what is swapped for what.
#[derive(Debug, Clone)]
pub struct Swap {
    pub news: CaseNews,
    /// Whether it is about an exchange; any other request is named a request.
    pub exchange: bool,
    pub from: Option<Item>,
    pub to: Item,
}

#[derive(Template)]
#[template(path = "email/reply.html")]
struct ReplyHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Reply,
}

#[derive(Template)]
#[template(path = "email/reply.txt")]
struct ReplyText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Reply,
}

impl Reply {
    /// What is read before the letter is opened.
    fn glance(&self) -> &str {
        self.answers.last().map_or("", |answer| answer.text.as_str())
    }

    pub fn subject(&self) -> String {
        match &self.head.order {
            Some(order) => self.head.t.two("mail-reply-subject", "name", &self.agent, "number", order),
            None => self.head.t.one("mail-reply-title", "name", &self.agent),
        }
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = ReplyHtml { t, head, mail: self }.render()?;
        let text = ReplyText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// Six digits that prove that the address is read.
#[derive(Debug, Clone)]
pub struct Code {
    pub head: Head,
    pub code: String,
    /// How long it works.
    pub minutes: i64,
}

#[derive(Template)]
#[template(path = "email/code.html")]
struct CodeHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Code,
}

#[derive(Template)]
#[template(path = "email/code.txt")]
struct CodeText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Code,
}

impl Code {
    /// The code first, so that it can be read from the notification.
    pub fn subject(&self) -> String {
        self.head.t.two("mail-code-subject", "code", &self.code, "shop", &self.head.shop)
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = CodeHtml { t, head, mail: self }.render()?;
        let text = CodeText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseNews {
    Received,
    /// The shop offers something else.
    Proposed,
    Approved,
    Declined,
    Cancelled,
    Expired,
    Completed,
}

impl Swap {
    /// The heading: `Your exchange is approved`.
    fn title(&self, t: &Words) -> String {
        t.get(match (self.news, self.exchange) {
            (CaseNews::Received, true) => key("mail-exchange-received"),
            (CaseNews::Proposed, _) => key("mail-exchange-proposed"),
            (CaseNews::Approved, true) => key("mail-exchange-approved"),
            (CaseNews::Declined, true) => key("mail-exchange-declined"),
            (CaseNews::Cancelled, true) => key("mail-exchange-cancelled"),
            (CaseNews::Expired, true) => key("mail-exchange-expired"),
            (CaseNews::Completed, true) => key("mail-exchange-completed"),
            (CaseNews::Received, false) => key("mail-request-received"),
            (CaseNews::Approved, false) => key("mail-request-approved"),
            (CaseNews::Declined, false) => key("mail-request-declined"),
            (CaseNews::Cancelled, false) => key("mail-request-cancelled"),
            (CaseNews::Expired, false) => key("mail-request-expired"),
            (CaseNews::Completed, false) => key("mail-request-completed"),
        })
    }
}

/// A request moved.
#[derive(Debug, Clone)]
pub struct CaseUpdate {
    pub head: Head,
    pub swap: Swap,
    /// Why it was declined, in the agent's words.
    pub reason: Option<String>,
    /// What happens next: who acts, by when.
    pub next: Option<String>,
    /// What is still to be paid: an amount, written already. The page of the thread says how.
    pub due: Option<String>,
    pub link: String,
}

#[derive(Template)]
#[template(path = "email/case_update.html")]
struct CaseUpdateHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a CaseUpdate,
}

#[derive(Template)]
#[template(path = "email/case_update.txt")]
struct CaseUpdateText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a CaseUpdate,
}

impl CaseUpdate {
    fn title(&self) -> String {
        self.swap.title(&self.head.t)
    }

    pub fn subject(&self) -> String {
        match &self.head.order {
            Some(order) => self.head.t.two("mail-case-subject", "title", self.title(), "number", order),
            None => self.title(),
        }
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = CaseUpdateHtml { t, head, mail: self }.render()?;
        let text = CaseUpdateText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

#[cfg(test)]
mod tests;
