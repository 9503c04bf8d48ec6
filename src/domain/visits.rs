//! Visits: which browser may see which thread, and how that was proven. A link proves one thread; a code sent to the
//! order's address proves the address itself. One secret cookie a browser, kept here as its hash.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::threads::Thread;
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

/// How long a link, and a visit it opened, is good for.
pub(super) const LASTS: Duration = Duration::days(90);
/// Bytes of a link's token: merchant, thread, version, expiry, MAC.
const TOKEN: usize = 16 + 16 + 4 + 8 + 32;

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
}

impl Visit {
    pub fn address(&self) -> ThreadAddress {
        ThreadAddress::new(self.merchant_id, self.thread_id)
    }
}

/// The token of a link to the thread: a MAC over merchant, thread, version and expiry. Nothing of it is stored, so the
/// same letter can be made again; a raised version voids every link before it.
pub fn link_token(keys: &Keys, thread: &Thread, now: DateTime<Utc>) -> String {
    // By the day, so that a page that shows the link does not change with every look.
    let expires = (now + LASTS).timestamp() / 86_400 * 86_400;
    let mut bytes = Vec::with_capacity(TOKEN);
    bytes.extend(thread.merchant_id.bytes());
    bytes.extend(thread.id.bytes());
    bytes.extend(thread.link_version.to_be_bytes());
    bytes.extend(expires.to_be_bytes());
    let mac = keys.link_mac(&bytes);
    bytes.extend(mac);
    base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes)
}

/// What a link says, once its MAC is right.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub merchant: MerchantId,
    pub thread: ThreadId,
    version: i32,
    expires: i64,
}

/// Reads a link's token.
///
/// # Errors
/// [`Error::NotFound`] when we never made it.
pub fn read_link(keys: &Keys, token: &str) -> Result<Link> {
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, token.trim())
        .map_err(|_| Error::NotFound)?;
    let bytes: [u8; TOKEN] = bytes.try_into().map_err(|_| Error::NotFound)?;
    let (content, mac) = bytes.split_last_chunk::<32>().ok_or(Error::NotFound)?;
    if !secrets::same(&keys.link_mac(content), mac) {
        return Err(Error::NotFound);
    }
    let part = |from: usize, to: usize| content.get(from..to).unwrap_or_default();
    let id = |from: usize| <[u8; 16]>::try_from(part(from, from + 16)).map_err(|_| Error::NotFound);
    Ok(Link {
        merchant: MerchantId::from_bytes(id(0)?),
        thread: ThreadId::from_bytes(id(16)?),
        version: i32::from_be_bytes(part(32, 36).try_into().map_err(|_| Error::NotFound)?),
        expires: i64::from_be_bytes(part(36, 44).try_into().map_err(|_| Error::NotFound)?),
    })
}

/// Opens the thread of a link for a browser.
///
/// # Errors
/// [`Error::NotFound`] when the link is over or was revoked.
pub fn open_by_link(tx: &mut Tx<'_>, link: &Link, browser: &str) -> Result<Visit> {
    let thread = super::threads::of_merchant(tx, link.merchant, link.thread)?;
    if link.version != thread.link_version || link.expires <= tx.now().timestamp() {
        return Err(Error::NotFound);
    }
    open(tx, &thread, browser, Proof::Link)
}

/// Opens a thread for a browser.
///
/// # Errors
/// When the database fails.
pub fn open(tx: &mut Tx<'_>, thread: &Thread, browser: &str, proof: Proof) -> Result<Visit> {
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
    if proof == Proof::Code {
        let proven = visits::table.find((thread.merchant_id, secrets::hash(browser), thread.id));
        q!(tx, |c| diesel::update(proven).set(visits::proof.eq(Proof::Code)).execute(c))?;
    }
    Ok(Visit { merchant_id: thread.merchant_id, thread_id: thread.id, shopper_id: thread.shopper_id, proof })
}

/// The visit of a browser in a thread.
///
/// # Errors
/// [`Error::NotFound`] when this browser never showed that the thread is its person's, or the link was revoked since.
pub fn find(conn: &mut Conn, address: ThreadAddress, browser: &str, now: DateTime<Utc>) -> Result<Visit> {
    let (proof, shopper_id): (Proof, Option<ShopperId>) = q!(conn, |c| visits::table
        .inner_join(
            threads::table.on(threads::merchant_id.eq(visits::merchant_id).and(threads::id.eq(visits::thread_id))),
        )
        .filter(visits::merchant_id.eq(address.merchant))
        .filter(visits::session_hash.eq(secrets::hash(browser)))
        .filter(visits::thread_id.eq(address.id))
        .filter(visits::expires_at.gt(At::new(now)))
        .filter(visits::link_version.eq(threads::link_version))
        .select((visits::proof, threads::shopper_id))
        .first(c))?;
    Ok(Visit { merchant_id: address.merchant, thread_id: address.id, shopper_id, proof })
}
