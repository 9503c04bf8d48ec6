//! Where the letters of a thread go, whether they arrive there, and what of it was read without them. The address is the
//! order's own until an agent corrects it; the correction stands while the order goes on naming the address it replaced.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{By, Thread, locked, marks};
use crate::{
    domain::{
        deliveries::{self, Letter},
        erasures,
        events::{Actor, Change, announce},
        order_links,
        search::documents,
        visits::Visit,
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{MerchantId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{orders, shoppers, threads},
    },
    text_enum,
};

/// The longest address, in characters.
const MAX_EMAIL: usize = 254;
/// Letters with a fresh link that one thread may ask for in an hour.
const LINKS_PER_HOUR: i64 = 3;

/// An address that letters can be sent to, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// Names the field `pointer` when it is no address.
    pub fn parse(pointer: &str, text: &str) -> Result<Self> {
        let text = text.trim().to_lowercase();
        if is_email(&text) { Ok(Self(text)) } else { Err(Error::invalid(pointer, Says::new(key("error-email")))) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether something is one address and nothing more: what a header or a command to a mail server may hold.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"()<>[]:;,\\\"@".contains(c);
    let label = |label: &str| {
        let edge = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && label.len() <= 63 && !edge && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let named = (1..=64).contains(&name.len()) && name.chars().all(plain);
    let dots = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    named && !dots && host.contains('.') && host.split('.').all(label) && text.chars().count() <= MAX_EMAIL
}

text_enum! {
    /// Why letters to an address come to nothing.
    pub enum Refusal {
        /// There is no such mailbox.
        Unknown = "unknown",
        /// There is no such place for mail.
        Domain = "domain",
        /// The mailbox is closed.
        Disabled = "disabled",
        Full = "full",
        /// Its server takes no letters from us.
        Policy = "policy",
        /// It is no address.
        Malformed = "malformed",
        /// Every attempt failed for days.
        GivenUp = "given_up",
        Other = "other",
    }
}

/// How a thread's letters fare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// Where they go; none when nobody can be written to.
    pub address: Option<String>,
    /// An agent put this address in the place of the order's.
    pub corrected: bool,
    pub refused: Option<Refusal>,
    pub refused_at: Option<At>,
    /// The shopper has seen everything up to this seq,
    pub seen_seq: i64,
    /// and was told every answer up to this one by letter.
    pub mailed_seq: i64,
}

type Row = (Option<String>, Option<String>, Option<Refusal>, Option<At>, i64, i64);

/// How the letters of a thread fare.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, thread: &Thread) -> Result<Mailing> {
    let row = threads::table.find((thread.merchant_id, thread.id));
    let (to, instead_of, refused, refused_at, seen_seq, mailed_seq): Row = q!(conn, |c| row
        .select((
            (threads::mail_to, threads::mail_instead_of, threads::mail_refused),
            (threads::mail_refused_at, threads::seen_seq, threads::mailed_seq),
        ))
        .first::<((Option<String>, Option<String>, Option<Refusal>), (Option<At>, i64, i64))>(c))
    .map(|((to, instead_of, refused), (at, seen, mailed))| (to, instead_of, refused, at, seen, mailed))?;
    let named = named(conn, thread)?;
    let corrected = standing(to, instead_of.as_deref(), named.as_deref());
    Ok(Mailing {
        corrected: corrected.is_some(),
        address: corrected.or(named),
        refused,
        refused_at,
        seen_seq,
        mailed_seq,
    })
}

/// A correction stands while the order goes on naming the address it replaced.
pub(in crate::domain) fn standing(to: Option<String>, instead_of: Option<&str>, named: Option<&str>) -> Option<String> {
    to.filter(|_| instead_of.unwrap_or_default() == named.unwrap_or_default())
}

/// Why the letters of threads are refused, of those that are.
///
/// # Errors
/// When the database fails.
pub fn refusals(conn: &mut Conn, merchant: MerchantId, ids: &[ThreadId]) -> Result<HashMap<ThreadId, Refusal>> {
    let found: Vec<(ThreadId, Option<Refusal>)> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::id.eq_any(ids))
        .filter(threads::mail_refused.is_not_null())
        .select((threads::id, threads::mail_refused))
        .load(c))?;
    Ok(found.into_iter().filter_map(|(id, why)| Some((id, why?))).collect())
}

/// The addresses that agents put in the place of an order's, of the threads that have one, each with the one it replaced.
///
/// # Errors
/// When the database fails.
pub fn corrections(
    conn: &mut Conn,
    merchant: MerchantId,
    ids: &[ThreadId],
) -> Result<HashMap<ThreadId, (String, Option<String>)>> {
    let found: Vec<(ThreadId, Option<String>, Option<String>)> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::id.eq_any(ids))
        .filter(threads::mail_to.is_not_null())
        .select((threads::id, threads::mail_to, threads::mail_instead_of))
        .load(c))?;
    Ok(found.into_iter().filter_map(|(id, to, instead_of)| Some((id, (to?, instead_of)))).collect())
}

/// The address as the order names it, else the shopper's.
fn named(conn: &mut Conn, thread: &Thread) -> Result<Option<String>> {
    let merchant = thread.merchant_id;
    if let Some(order) = thread.order_id {
        let row = orders::table.find((merchant, order)).select(orders::email);
        if let Some(email) = q!(conn, |c| row.first::<Option<String>>(c))? {
            return Ok(Some(email));
        }
    }
    let Some(shopper) = thread.shopper_id else { return Ok(None) };
    let row = shoppers::table.find((merchant, shopper)).select(shoppers::email);
    Ok(q!(conn, |c| row.first(c))?)
}

/// An agent corrects the address of a thread: old links die, and what did not arrive goes to the new one.
///
/// # Errors
/// When the thread is not the asker's merchant's.
pub fn correct(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId, email: &Email) -> Result<()> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    erasures::refuse(tx, &thread)?;
    let before = of(tx, &thread)?;
    if before.address.as_deref() == Some(email.as_str()) {
        return try_again(tx, by, id);
    }
    let named = named(tx, &thread)?;
    // The order's own address again: then there is nothing to correct.
    let corrected = Some(email.as_str()).filter(|email| named.as_deref() != Some(email));
    let row = threads::table.find((thread.merchant_id, id));
    let set = (
        (threads::mail_to.eq(corrected), threads::mail_instead_of.eq(corrected.and(named.as_deref()))),
        (threads::mail_refused.eq(None::<Refusal>), threads::mail_refused_at.eq(None::<At>)),
        threads::link_version.eq(threads::link_version + 1),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    order_links::end(tx, thread.merchant_id, id)?;
    documents::refresh(tx, thread.merchant_id, &[id])?;
    let seq = announce(tx, &thread, by.actor, Change::MailReaddressed)?;
    if deliveries::revive(tx, &thread)? == 0 {
        deliveries::post(tx, thread.merchant_id, id, seq, Letter::Link, chrono::Duration::zero())?;
    }
    Ok(())
}

/// Sends once more what an address refused.
///
/// # Errors
/// When the thread is not the asker's merchant's.
pub fn try_again(tx: &mut Tx<'_>, by: impl Into<By>, id: ThreadId) -> Result<()> {
    let by = by.into();
    let thread = locked(tx, by.merchant, id)?;
    accepted(tx, by.merchant, id)?;
    deliveries::revive(tx, &thread)?;
    tx.nudge(crate::bus::Nudge::Thread(by.merchant, id));
    Ok(())
}

/// The order names another address than before: what was refused goes there.
pub(in crate::domain) fn renamed(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    if of(tx, thread)?.refused.is_none() {
        return Ok(());
    }
    accepted(tx, thread.merchant_id, thread.id)?;
    deliveries::revive(tx, thread).map(drop)
}

/// A letter was refused for good: the desk is told, once.
pub(in crate::domain) fn refused(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId, why: Refusal) -> Result<()> {
    let now = tx.at();
    let row = threads::table.find((merchant, id)).filter(threads::mail_refused.is_null());
    let set = (threads::mail_refused.eq(why), threads::mail_refused_at.eq(now));
    if q!(tx, |c| diesel::update(row).set(set).execute(c))? == 1 {
        let thread = super::of_merchant(tx, merchant, id)?;
        announce(tx, &thread, Actor::System, Change::MailRefused { reason: why })?;
    }
    Ok(())
}

/// A letter arrived, or is to be tried anew: nothing is known against the address any more.
pub(in crate::domain) fn accepted(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId) -> Result<()> {
    let row = threads::table.find((merchant, id)).filter(threads::mail_refused.is_not_null());
    let set = (threads::mail_refused.eq(None::<Refusal>), threads::mail_refused_at.eq(None::<At>));
    if q!(tx, |c| diesel::update(row).set(set).execute(c))? == 1 {
        tx.nudge(crate::bus::Nudge::Thread(merchant, id));
    }
    Ok(())
}

/// Every answer up to `seq` has been told by letter.
pub(in crate::domain) fn told(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId, seq: i64) -> Result<()> {
    let row = threads::table.find((merchant, id)).filter(threads::mailed_seq.lt(seq));
    if q!(tx, |c| diesel::update(row).set(threads::mailed_seq.eq(seq)).execute(c))? == 1 {
        tx.nudge(crate::bus::Nudge::Marks(merchant, id));
    }
    Ok(())
}

/// The shopper has the thread up to `seq` before their eyes. Written only when that is further than before; the moment
/// moves only with something the shop said.
///
/// # Errors
/// When the database fails.
pub fn saw(tx: &mut Tx<'_>, visit: &Visit, seq: i64) -> Result<()> {
    let (merchant, thread, now) = (visit.merchant_id, visit.thread_id, tx.at());
    let row = threads::table.find((merchant, thread));
    let before: i64 = q!(tx, |c| row.select(threads::seen_seq).first(c))?;
    if before >= seq {
        return Ok(());
    }
    let answered = marks::said_by_shop(tx, merchant, thread, before, seq)?;
    let row = row.filter(threads::seen_seq.lt(seq)).filter(threads::last_seq.ge(seq));
    let moved = if answered {
        q!(tx, |c| diesel::update(row).set((threads::seen_seq.eq(seq), threads::seen_at.eq(now))).execute(c))?
    } else {
        q!(tx, |c| diesel::update(row).set(threads::seen_seq.eq(seq)).execute(c))?
    };
    if moved == 1 && answered {
        tx.nudge(crate::bus::Nudge::Marks(merchant, thread));
    }
    Ok(())
}

/// Asks for a fresh link by letter, to the thread's own address. Who asks too often is not told so: every answer is the same.
///
/// # Errors
/// When the database fails.
pub fn ask_for_link(tx: &mut Tx<'_>, merchant: MerchantId, id: ThreadId) -> Result<()> {
    let thread = super::of_merchant(tx, merchant, id)?;
    let since = At::new(tx.now() - chrono::Duration::hours(1));
    if deliveries::posted_since(tx, &thread, &Letter::Link, since)? < LINKS_PER_HOUR {
        deliveries::post(tx, merchant, id, thread.last_seq, Letter::Link, chrono::Duration::zero())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address_and_nothing_more() {
        let fine = ["camille@example.com", "a.b+c@mail.example.co.uk", "renée@exämple.fr", "o'neil@x-y.example"];
        for text in fine {
            assert!(is_email(text), "{text}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        let wrong = [
            "",
            "nobody",
            "@example.com",
            "a@",
            "a@example",
            "a b@example.com",
            "a@example..com",
            "a@-x.example",
            "a@example.com\r\nRCPT TO:<b@example.com>",
            "a@example.com,b@example.com",
            "A <a@example.com>",
            ".a@x.fr",
            "a..b@x.fr",
            "a@b@x.fr",
            "\"a\"@x.fr",
            "a@[127.0.0.1]",
            "a\0@x.fr",
            &long,
        ];
        for text in wrong {
            assert!(!is_email(text), "{text}");
        }
        assert_eq!(Email::parse("email", " Camille@Example.COM ").unwrap().as_str(), "camille@example.com");
    }
}
