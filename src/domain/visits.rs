//! Visits: which browser may see which thread, and how that was proven. A link proves one thread; a code sent to the
//! order's address proves the address itself. One secret cookie a browser, kept here as its hash.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{
    links::{LASTS, Link},
    threads::Thread,
};
use crate::{
    error::{Error, Result},
    ids::{MerchantId, ShopperId, ThreadAddress, ThreadId},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::At,
        schema::{threads, visits},
    },
    text_enum,
};

text_enum! {
    /// How somebody showed that a thread is theirs.
    pub enum Proof { Link = "link", Code = "code" }
}

/// A shopper's browser in one thread.
#[derive(Debug, Clone)]
pub struct Visit {
    pub merchant_id: MerchantId,
    pub thread_id: ThreadId,
    pub shopper_id: Option<ShopperId>,
    pub proof: Proof,
    /// The address that a code showed to be theirs.
    pub proven: Option<String>,
}

impl Visit {
    pub fn address(&self) -> ThreadAddress {
        ThreadAddress::new(self.merchant_id, self.thread_id)
    }
}

/// The token of a link to the thread: nothing of it is stored, so the same letter can be made again; a raised version
/// voids every link before it.
pub fn link_token(keys: &Keys, thread: &Thread, now: DateTime<Utc>) -> String {
    Link::new(thread, thread.link_version, now).token(|content| keys.link_mac(content))
}

/// Reads a link's token.
///
/// # Errors
/// [`Error::NotFound`] when we never made it.
pub fn read_link(keys: &Keys, token: &str) -> Result<Link> {
    Link::read(token, |content| keys.link_mac(content))
}

/// Opens the thread of a link for a browser.
///
/// # Errors
/// [`Error::NotFound`] when the link is over or was revoked.
pub fn open_by_link(tx: &mut Tx<'_>, link: &Link, browser: &str) -> Result<Visit> {
    let thread = super::threads::of_merchant(tx, link.merchant, link.thread)?;
    if link.version != thread.link_version || link.is_over(tx.now()) {
        return Err(Error::NotFound);
    }
    open(tx, &thread, browser, None)
}

/// Opens a thread for a browser: by a link, or by a code that was sent to the address `proven`.
///
/// # Errors
/// When the database fails.
pub fn open(tx: &mut Tx<'_>, thread: &Thread, browser: &str, proven: Option<&str>) -> Result<Visit> {
    let proof = if proven.is_some() { Proof::Code } else { Proof::Link };
    let row = (
        (visits::merchant_id.eq(thread.merchant_id), visits::session_hash.eq(secrets::hash(browser))),
        (visits::thread_id.eq(thread.id), visits::proof.eq(proof), visits::link_version.eq(thread.link_version)),
        (visits::opened_at.eq(tx.at()), visits::expires_at.eq(At::new(tx.now() + LASTS))),
    );
    let again = (visits::link_version.eq(thread.link_version), visits::expires_at.eq(At::new(tx.now() + LASTS)));
    q!(tx, |c| diesel::insert_into(visits::table)
        .values(row)
        .on_conflict((visits::merchant_id, visits::session_hash, visits::thread_id))
        .do_update()
        .set(again)
        .execute(c))?;
    if let Some(address) = proven {
        let row = visits::table.find((thread.merchant_id, secrets::hash(browser), thread.id));
        let set = (visits::proof.eq(Proof::Code), visits::proven.eq(address));
        q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    }
    Ok(Visit {
        merchant_id: thread.merchant_id,
        thread_id: thread.id,
        shopper_id: thread.shopper_id,
        proof,
        proven: proven.map(str::to_owned),
    })
}

/// The visit of a browser in a thread: it was let into this one, or showed by a code that the address is its person's where
/// the letters of this one go.
///
/// # Errors
/// [`Error::NotFound`] when this browser never showed that the thread is its person's, or the link was revoked since.
pub fn find(conn: &mut Conn, address: ThreadAddress, browser: &str, now: DateTime<Utc>) -> Result<Visit> {
    let found: Option<(Proof, Option<String>, Option<ShopperId>)> = q!(conn, |c| visits::table
        .inner_join(
            threads::table.on(threads::merchant_id.eq(visits::merchant_id).and(threads::id.eq(visits::thread_id))),
        )
        .filter(visits::merchant_id.eq(address.merchant))
        .filter(visits::session_hash.eq(secrets::hash(browser)))
        .filter(visits::thread_id.eq(address.id))
        .filter(visits::expires_at.gt(At::new(now)))
        .filter(visits::link_version.eq(threads::link_version))
        .select((visits::proof, visits::proven, threads::shopper_id))
        .first(c)
        .optional())?;
    match found {
        Some((proof, proven, shopper_id)) => {
            Ok(Visit { merchant_id: address.merchant, thread_id: address.id, shopper_id, proof, proven })
        }
        None => by_address(conn, address, browser, now),
    }
}

/// A code proves an address, and with it every thread whose letters go there.
fn by_address(conn: &mut Conn, address: ThreadAddress, browser: &str, now: DateTime<Utc>) -> Result<Visit> {
    let proven: Vec<Option<String>> = q!(conn, |c| visits::table
        .inner_join(
            threads::table.on(threads::merchant_id.eq(visits::merchant_id).and(threads::id.eq(visits::thread_id))),
        )
        .filter(visits::merchant_id.eq(address.merchant))
        .filter(visits::session_hash.eq(secrets::hash(browser)))
        .filter(visits::expires_at.gt(At::new(now)))
        .filter(visits::link_version.eq(threads::link_version))
        .filter(visits::proven.is_not_null())
        .select(visits::proven)
        .distinct()
        .load(c))?;
    if proven.is_empty() {
        return Err(Error::NotFound);
    }
    let thread = super::threads::of_merchant(conn, address.merchant, address.id)?;
    let letters_to = super::threads::mailing::of(conn, &thread)?.address;
    if letters_to.is_none() || !proven.contains(&letters_to) {
        return Err(Error::NotFound);
    }
    Ok(Visit {
        merchant_id: address.merchant,
        thread_id: address.id,
        shopper_id: thread.shopper_id,
        proof: Proof::Code,
        proven: letters_to,
    })
}
