//! What was said in a thread goes: because its person is erased, or because it was closed long enough ago. What happened
//! stays, in events that hold ids only. It may run again, and takes what came since.

use diesel::prelude::*;

use super::{Thread, ThreadState};
use crate::{
    domain::{cases::CaseState, deliveries::DeliveryState, files, search::documents},
    error::Result,
    ids::{MerchantId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{cases, challenges, deliveries, gift_links, mentions, messages, threads, undos, visits},
    },
};

/// Takes what was said, sent and asked in a thread.
///
/// # Errors
/// When the database fails.
pub(in crate::domain) fn empty(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    let (merchant, id, now) = (thread.merchant_id, thread.id, tx.at());
    macro_rules! remove {
        ($($table:ident),+) => { $(
            let rows = $table::table.filter($table::merchant_id.eq(merchant)).filter($table::thread_id.eq(id));
            q!(tx, |c| diesel::delete(rows).execute(c))?;
        )+ };
    }
    remove!(messages, mentions, undos, visits);
    let asked = challenges::table.filter(challenges::merchant_id.eq(merchant)).filter(challenges::thread_id.eq(id));
    q!(tx, |c| diesel::delete(asked).execute(c))?;
    files::remove_all(tx, thread)?;
    let gift = gift_links::table.find((merchant, id)).filter(gift_links::ended_at.is_null());
    q!(tx, |c| diesel::update(gift).set(gift_links::ended_at.eq(now)).execute(c))?;
    let asked = cases::table.filter(cases::merchant_id.eq(merchant)).filter(cases::thread_id.eq(id));
    let words = (cases::words.eq(""), cases::decline_reason.eq(None::<String>), cases::settlement.eq(None::<String>));
    q!(tx, |c| diesel::update(asked).set(words).execute(c))?;
    hold_letters(tx, thread)?;
    let row = threads::table.find((merchant, id));
    let set = (
        (threads::mail_to.eq(None::<String>), threads::mail_instead_of.eq(None::<String>)),
        (threads::mail_refused.eq(None::<String>), threads::mail_refused_at.eq(None::<At>)),
        threads::emptied_at.eq(now),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    documents::refresh(tx, merchant, &[id])
}

/// Nothing of the thread leaves any more, and what was answered to a letter is not kept.
fn hold_letters(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    let of_thread = || {
        deliveries::table
            .filter(deliveries::merchant_id.eq(thread.merchant_id))
            .filter(deliveries::thread_id.eq(thread.id))
    };
    q!(tx, |c| diesel::update(of_thread()).set(deliveries::error.eq(None::<String>)).execute(c))?;
    let now = tx.at();
    let waiting = of_thread().filter(deliveries::state.eq_any([DeliveryState::Due, DeliveryState::Leased]));
    let dropped = (
        (deliveries::state.eq(DeliveryState::Dropped), deliveries::done_at.eq(now)),
        (deliveries::lease.eq(None::<String>), deliveries::leased_until.eq(None::<At>)),
    );
    q!(tx, |c| diesel::update(waiting).set(dropped).execute(c))?;
    Ok(())
}

/// The merchant's threads that were closed before a moment and have something in them still.
///
/// # Errors
/// When the database fails.
pub(in crate::domain) fn over(conn: &mut Conn, merchant: MerchantId, before: At, limit: i64) -> Result<Vec<ThreadId>> {
    let closed = [ThreadState::Resolved, ThreadState::Spam, ThreadState::WaitingShopper];
    // What is still to be decided or carried out is not over, however long ago it was spoken of.
    let under_way = cases::table
        .filter(cases::merchant_id.eq(threads::merchant_id))
        .filter(cases::thread_id.eq(threads::id))
        .filter(cases::state.eq_any(CaseState::UNDER_WAY));
    Ok(q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::state.eq_any(closed))
        .filter(threads::moved_at.lt(before))
        .filter(diesel::dsl::not(diesel::dsl::exists(under_way)))
        .filter(threads::emptied_at.is_null().or(threads::emptied_at.lt(threads::moved_at.nullable())))
        .order(threads::moved_at)
        .limit(limit)
        .select(threads::id)
        .load(c))?)
}

/// When what was said in a thread was taken away.
///
/// # Errors
/// When the database fails.
pub fn emptied_at(conn: &mut Conn, thread: &Thread) -> Result<Option<At>> {
    let row = threads::table.find((thread.merchant_id, thread.id)).select(threads::emptied_at);
    Ok(q!(conn, |c| row.first(c))?)
}
