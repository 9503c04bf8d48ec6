//! What waits while deliveries are held, and what becomes of it. What came with a copy may have left the house it came from
//! already, so it is told apart from what was planned since.

use diesel::prelude::*;

use super::{DeliveryState, Letter};
use crate::{
    error::Result,
    ids::ThreadId,
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::deliveries,
    },
};

/// Deliveries that are looked at for a list; more are only counted.
const LISTED: i64 = 10_000;
const UNDONE: [DeliveryState; 2] = [DeliveryState::Due, DeliveryState::Leased];

/// Deliveries of one kind to one thread, or to people of the merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub kind: &'static str,
    pub thread: Option<ThreadId>,
    /// Whether they came with the copy.
    pub came: bool,
    /// When the first of them was planned.
    pub since: At,
    pub count: usize,
}

/// What waits, oldest first.
///
/// # Errors
/// When the database fails.
pub fn waiting(conn: &mut Conn, held_since: At) -> Result<Vec<Waiting>> {
    let rows: Vec<(Json<Letter>, Option<ThreadId>, At)> = q!(conn, |c| deliveries::table
        .filter(deliveries::state.eq_any(UNDONE))
        .order((deliveries::created_at, deliveries::id))
        .limit(LISTED)
        .select((deliveries::payload, deliveries::thread_id, deliveries::created_at))
        .load(c))?;
    let mut list: Vec<Waiting> = Vec::new();
    for (letter, thread, created_at) in rows {
        let (kind, came) = (letter.0.kind(), created_at <= held_since);
        match list.iter_mut().find(|known| (known.kind, known.thread, known.came) == (kind, thread, came)) {
            Some(known) => known.count += 1,
            None => list.push(Waiting { kind, thread, came, since: created_at, count: 1 }),
        }
    }
    Ok(list)
}

/// How many wait.
///
/// # Errors
/// When the database fails.
pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(q!(conn, |c| deliveries::table.filter(deliveries::state.eq_any(UNDONE)).count().get_result(c))?)
}

/// Throws away what came with the copy; how many.
///
/// # Errors
/// When the database fails.
pub fn throw_away(tx: &mut Tx<'_>, held_since: At) -> Result<usize> {
    let came = deliveries::table.filter(deliveries::state.eq_any(UNDONE)).filter(deliveries::created_at.le(held_since));
    let set = (
        (deliveries::state.eq(DeliveryState::Dropped), deliveries::done_at.eq(Some(tx.at()))),
        (deliveries::lease.eq(None::<String>), deliveries::error.eq(Some("thrown away after the data was copied"))),
    );
    Ok(q!(tx, |c| diesel::update(came).set(set).execute(c))?)
}
