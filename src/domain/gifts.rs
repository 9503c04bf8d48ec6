//! Gift links: who gets a present follows it and sees what is in it, without prices and without a word about the buyer. The
//! buyer makes the link in the thread and ends it there; it lets nobody into the thread.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{
    links::Link,
    orders::{self, OrderDetail},
    threads::{self, Thread},
    visits::Visit,
};
use crate::{
    error::{Error, Result},
    ids::{MerchantId, ThreadId},
    q,
    secrets::Keys,
    store::{
        Conn, Tx,
        columns::At,
        schema::{gift_links, threads as thread_rows},
    },
};

/// A present, as its link shows it.
#[derive(Debug, Clone)]
pub struct Present {
    pub thread: Thread,
    pub order: OrderDetail,
}

/// Makes the link of the visit's thread; where there is one, it stays.
///
/// # Errors
/// When the database fails.
pub fn make(tx: &mut Tx<'_>, visit: &Visit) -> Result<()> {
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    if version(tx, visit.merchant_id, visit.thread_id)?.is_some() {
        return Ok(());
    }
    let row = (
        (gift_links::merchant_id.eq(thread.merchant_id), gift_links::thread_id.eq(thread.id)),
        (gift_links::version.eq(1), gift_links::link_version.eq(thread.link_version), gift_links::made_at.eq(tx.at())),
    );
    let again = (
        (gift_links::version.eq(gift_links::version + 1), gift_links::link_version.eq(thread.link_version)),
        (gift_links::made_at.eq(tx.at()), gift_links::ended_at.eq(None::<At>)),
    );
    q!(tx, |c| diesel::insert_into(gift_links::table)
        .values(row)
        .on_conflict((gift_links::merchant_id, gift_links::thread_id))
        .do_update()
        .set(again)
        .execute(c))?;
    Ok(())
}

/// Ends the link of the visit's thread: whoever has it sees nothing any more.
///
/// # Errors
/// When the database fails.
pub fn end(tx: &mut Tx<'_>, visit: &Visit) -> Result<()> {
    let row = gift_links::table.find((visit.merchant_id, visit.thread_id)).filter(gift_links::ended_at.is_null());
    let ended = gift_links::ended_at.eq(tx.at());
    q!(tx, |c| diesel::update(row).set(ended).execute(c))?;
    Ok(())
}

/// The token of the link of the visit's thread; none where none was made, or it was ended.
///
/// # Errors
/// When the database fails.
pub fn token(conn: &mut Conn, keys: &Keys, visit: &Visit, now: DateTime<Utc>) -> Result<Option<String>> {
    let Some(version) = version(conn, visit.merchant_id, visit.thread_id)? else { return Ok(None) };
    let thread = threads::of_merchant(conn, visit.merchant_id, visit.thread_id)?;
    Ok(Some(Link::new(&thread, version, now).token(|content| keys.gift_mac(content))))
}

/// Reads the token of a gift link.
///
/// # Errors
/// [`Error::NotFound`] when we never made it.
pub fn read(keys: &Keys, token: &str) -> Result<Link> {
    Link::read(token, |content| keys.gift_mac(content))
}

/// What a gift link shows.
///
/// # Errors
/// [`Error::NotFound`] when it is over, was ended, or the links to its thread were revoked.
pub fn present(conn: &mut Conn, link: &Link, now: DateTime<Utc>) -> Result<Present> {
    if link.is_over(now) || version(conn, link.merchant, link.thread)? != Some(link.version) {
        return Err(Error::NotFound);
    }
    let thread = threads::of_merchant(conn, link.merchant, link.thread)?;
    let order = orders::detail(conn, link.merchant, thread.order_id.ok_or(Error::NotFound)?)?;
    Ok(Present { thread, order })
}

/// The version of a thread's gift link that is good.
fn version(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<Option<i32>> {
    let same = thread_rows::merchant_id.eq(gift_links::merchant_id).and(thread_rows::id.eq(gift_links::thread_id));
    Ok(q!(conn, |c| gift_links::table
        .inner_join(thread_rows::table.on(same))
        .filter(gift_links::merchant_id.eq(merchant))
        .filter(gift_links::thread_id.eq(thread))
        .filter(gift_links::ended_at.is_null())
        .filter(gift_links::link_version.eq(thread_rows::link_version))
        .select(gift_links::version)
        .first(c)
        .optional())?)
}
