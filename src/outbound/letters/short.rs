//! Letters that say one thing and open one page.

use askama::Template;

use super::{Head, Written};
use crate::i18n::Words;

/// A fresh link to a thread.
#[derive(Debug, Clone)]
pub struct Link {
    pub head: Head,
    /// The thread's link, whole.
    pub link: String,
}

#[derive(Template)]
#[template(path = "email/link.html")]
struct LinkHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Link,
}

#[derive(Template)]
#[template(path = "email/link.txt")]
struct LinkText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Link,
}

impl Link {
    pub fn subject(&self) -> String {
        match &self.head.order {
            Some(order) => self.head.t.one("mail-link-subject", "number", order),
            None => self.head.t.get("mail-link-title"),
        }
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = LinkHtml { t, head, mail: self }.render()?;
        let text = LinkText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// To the shop: a shopper waits and nobody has the desk open.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub head: Head,
    /// Since when, in words.
    pub since: String,
    /// The thread at the desk.
    pub link: String,
}

#[derive(Template)]
#[template(path = "email/waiting.html")]
struct WaitingHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Waiting,
}

#[derive(Template)]
#[template(path = "email/waiting.txt")]
struct WaitingText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Waiting,
}

impl Waiting {
    pub fn subject(&self) -> String {
        match &self.head.order {
            Some(order) => self.head.t.one("mail-waiting-subject", "number", order),
            None => self.head.t.get("mail-waiting-title"),
        }
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = WaitingHtml { t, head, mail: self }.render()?;
        let text = WaitingText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}
