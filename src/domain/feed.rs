//! The feed: every event of a merchant in one order, by a position that a reader can go on from. On SQLite an event takes
//! its position in its own transaction, as there is one writer. On PostgreSQL transactions commit out of order, so one
//! sequencer gives positions to committed events only, and a reader never skips one that commits late.

use diesel::prelude::*;

use super::events::Event;
use crate::{
    error::Result,
    ids::MerchantId,
    q,
    store::{
        Conn, Tx,
        schema::{events, merchants},
    },
};

/// The position of an event that happens now, where it can be known now.
///
/// # Errors
/// When the database fails.
pub(super) fn next(tx: &mut Tx<'_>, merchant: MerchantId) -> Result<Option<i64>> {
    match tx.this() {
        Conn::Sqlite(c) => Ok(Some(
            diesel::update(merchants::table.find(merchant))
                .set(merchants::feed_pos.eq(merchants::feed_pos + 1))
                .returning(merchants::feed_pos)
                .get_result(&mut **c)?,
        )),
        Conn::Postgres(_) => Ok(None),
    }
}

/// Gives positions to committed events that have none; the number of events placed. Does nothing while another node is at it.
///
/// # Errors
/// When the database fails.
pub fn sequence(tx: &mut Tx<'_>) -> Result<usize> {
    match tx.this() {
        Conn::Sqlite(_) => Ok(0),
        Conn::Postgres(c) => Ok(diesel::sql_query(SEQUENCE).execute(&mut **c)?),
    }
}

/// One sequencer at a time, elected by an advisory lock; within a thread, events keep the order of their seq.
const SEQUENCE: &str = "
WITH elected AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(26678648) AS yes),
fresh AS (
    SELECT u.merchant_id, u.thread_id, u.seq,
           row_number() OVER (PARTITION BY u.merchant_id ORDER BY u.happened_at, u.thread_id, u.seq) AS n
    FROM (SELECT merchant_id, thread_id, seq, happened_at FROM events
          WHERE pos IS NULL AND (SELECT yes FROM elected) ORDER BY merchant_id, id LIMIT 2000) AS u
),
bumped AS (
    UPDATE merchants AS m SET feed_pos = m.feed_pos + f.n
    FROM (SELECT merchant_id, count(*) AS n FROM fresh GROUP BY merchant_id) AS f
    WHERE m.id = f.merchant_id RETURNING m.id, m.feed_pos - f.n AS base
)
UPDATE events AS e SET pos = b.base + f.n
FROM fresh AS f JOIN bumped AS b ON b.id = f.merchant_id
WHERE e.merchant_id = f.merchant_id AND e.thread_id = f.thread_id AND e.seq = f.seq";

/// The merchant's events after a position, in the order of the feed; notes never leave, nor does the word that there was one.
///
/// # Errors
/// When the database fails.
pub fn after(conn: &mut Conn, merchant: MerchantId, pos: i64, limit: i64) -> Result<Vec<Event>> {
    Ok(q!(conn, |c| events::table
        .filter(events::merchant_id.eq(merchant))
        .filter(events::pos.gt(pos))
        .filter(events::kind.ne("note.added"))
        .order(events::pos)
        .limit(limit)
        .select(Event::as_select())
        .load(c))?)
}
