//! Where e-mails go and why they are refused, in words.

use super::{Desk, Mend};
use crate::{
    domain::threads::mailing::Refusal,
    i18n::key,
    web::desk::{reading::Opened, view::mailing::MailCard},
};

impl Desk<'_> {
    pub(super) fn mail_card(&self, opened: &Opened, mend: &Mend) -> Option<MailCard> {
        opened.thread.shopper_id?;
        let mailing = &opened.mailing;
        let (typed, error) = mend.address.clone().unzip();
        let refused = mailing.refused.map(|why| {
            let address = mailing.address.clone().unwrap_or_else(|| self.t.get("desk-mail-somewhere"));
            self.t.two("desk-mail-refused", "address", address, "reason", self.t.get(reason(why)))
        });
        Some(MailCard {
            t: self.t,
            here: self.here.clone(),
            thread: opened.thread.id.to_string(),
            address: mailing.address.clone(),
            corrected: mailing.corrected,
            refused,
            typed,
            error,
        })
    }
}

/// Why an address refuses letters, as the end of a sentence.
pub(super) fn reason(why: Refusal) -> &'static str {
    match why {
        Refusal::Unknown => key("desk-mail-reason-unknown"),
        Refusal::Domain => key("desk-mail-reason-domain"),
        Refusal::Disabled => key("desk-mail-reason-disabled"),
        Refusal::Full => key("desk-mail-reason-full"),
        Refusal::Policy => key("desk-mail-reason-policy"),
        Refusal::Malformed => key("desk-mail-reason-malformed"),
        Refusal::GivenUp => key("desk-mail-reason-given-up"),
        Refusal::Other => key("desk-mail-reason-other"),
    }
}
