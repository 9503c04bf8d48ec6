//! The e-mails agents get: an invitation, the link to a new password, the code of a new address, and word of it to the old.

use askama::Template;

use super::{Head, Written};
use crate::{domain::agents::Role, i18n::Words};

/// Somebody is asked to join the desk.
#[derive(Debug, Clone)]
pub struct Invited {
    pub head: Head,
    /// Who asks: a name.
    pub by: String,
    pub role: Role,
    /// Until when, in words.
    pub until: String,
    pub link: String,
}

#[derive(Template)]
#[template(path = "email/invited.html")]
struct InvitedHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Invited,
}

#[derive(Template)]
#[template(path = "email/invited.txt")]
struct InvitedText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a Invited,
}

impl Invited {
    pub fn subject(&self) -> String {
        self.head.t.two("mail-invited-subject", "name", &self.by, "merchant", &self.head.shop)
    }

    fn role(&self) -> String {
        self.head.t.get(self.role.text_key())
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = InvitedHtml { t, head, mail: self }.render()?;
        let text = InvitedText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// The link to a new password.
#[derive(Debug, Clone)]
pub struct NewPassword {
    pub head: Head,
    pub link: String,
    /// How long it works.
    pub minutes: i64,
}

#[derive(Template)]
#[template(path = "email/new_password.html")]
struct NewPasswordHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a NewPassword,
}

#[derive(Template)]
#[template(path = "email/new_password.txt")]
struct NewPasswordText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a NewPassword,
}

impl NewPassword {
    pub fn subject(&self) -> String {
        self.head.t.one("mail-password-subject", "merchant", &self.head.shop)
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = NewPasswordHtml { t, head, mail: self }.render()?;
        let text = NewPasswordText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// Six digits that prove that the new address is read.
#[derive(Debug, Clone)]
pub struct NewAddress {
    pub head: Head,
    pub code: String,
    /// How long they work.
    pub minutes: i64,
}

#[derive(Template)]
#[template(path = "email/new_address.html")]
struct NewAddressHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a NewAddress,
}

#[derive(Template)]
#[template(path = "email/new_address.txt")]
struct NewAddressText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a NewAddress,
}

impl NewAddress {
    /// The code first, so that it can be read from the notification.
    pub fn subject(&self) -> String {
        self.head.t.two("mail-code-subject", "code", &self.code, "shop", &self.head.shop)
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = NewAddressHtml { t, head, mail: self }.render()?;
        let text = NewAddressText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}

/// Word to the address that nobody signs in with any more.
#[derive(Debug, Clone)]
pub struct AddressMoved {
    pub head: Head,
    /// The new one.
    pub email: String,
}

#[derive(Template)]
#[template(path = "email/address_moved.html")]
struct AddressMovedHtml<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a AddressMoved,
}

#[derive(Template)]
#[template(path = "email/address_moved.txt")]
struct AddressMovedText<'a> {
    t: Words,
    head: &'a Head,
    mail: &'a AddressMoved,
}

impl AddressMoved {
    pub fn subject(&self) -> String {
        self.head.t.one("mail-moved-subject", "merchant", &self.head.shop)
    }

    /// # Errors
    /// Never in practice: writing to memory.
    pub fn write(&self) -> askama::Result<Written> {
        let (t, head) = (self.head.t, &self.head);
        let html = AddressMovedHtml { t, head, mail: self }.render()?;
        let text = AddressMovedText { t, head, mail: self }.render()?;
        Ok(Written { subject: self.subject(), html, text })
    }
}
