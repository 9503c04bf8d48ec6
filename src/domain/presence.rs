//! Who is at the desk: an agent is there while a page of the desk is open on one of their screens.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use crate::{
    error::Result,
    ids::{AgentId, MerchantId},
    q,
    store::{Conn, Tx, columns::At, schema::agents},
};

/// How stale "has the desk open" may be, so that an open page seldom writes.
const EVERY: Duration = Duration::seconds(60);

/// Notes that an agent has the desk open.
///
/// # Errors
/// When the database fails.
pub fn at_desk(tx: &mut Tx<'_>, merchant: MerchantId, agent: AgentId) -> Result<()> {
    let (now, stale) = (tx.at(), At::new(tx.now() - EVERY));
    let row =
        agents::table.find((merchant, agent)).filter(agents::desk_open_at.is_null().or(agents::desk_open_at.lt(stale)));
    q!(tx, |c| diesel::update(row).set(agents::desk_open_at.eq(now)).execute(c))?;
    Ok(())
}

/// Whether anybody of the merchant had the desk open after `since`.
///
/// # Errors
/// When the database fails.
pub fn anybody(conn: &mut Conn, merchant: MerchantId, since: DateTime<Utc>) -> Result<bool> {
    let there = agents::table
        .filter(agents::merchant_id.eq(merchant))
        .filter(agents::active.eq(true))
        .filter(agents::desk_open_at.gt(At::new(since)))
        .select(agents::id);
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(there)).get_result(c))?)
}
