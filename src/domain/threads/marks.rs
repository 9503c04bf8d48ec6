//! Marks: how far what was said got to the other side. One moving seq a thread and side, written only when it moves: what
//! an open page was brought, and what somebody had before their eyes.

use diesel::prelude::*;

use crate::{
    bus::Nudge,
    domain::{events::ActorKind, visits::Visit},
    error::Result,
    ids::{MerchantId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{messages, threads},
    },
};

/// Threads whose marks are moved at once.
const AT_ONCE: i64 = 200;

/// How far the messages of one side got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// The other side was brought everything up to this seq,
    pub got: i64,
    /// and has seen everything up to this one,
    pub seen: i64,
    /// the last of it at this moment, where that is known.
    pub seen_at: Option<At>,
}

/// How far one message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Stored,
    Delivered,
    Seen,
}

impl Marks {
    pub fn of(&self, seq: i64) -> Mark {
        if seq <= self.seen {
            Mark::Seen
        } else if seq <= self.got {
            Mark::Delivered
        } else {
            Mark::Stored
        }
    }

    /// As a page says which marks it shows.
    pub fn told(&self) -> Told {
        Told { got: self.got, seen: self.seen }
    }
}

/// The marks that a page shows already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    got: i64,
    seen: i64,
}

impl Told {
    /// Whether a message may read otherwise with other marks.
    pub fn concerns(&self, seq: i64) -> bool {
        seq == self.seen || seq > self.got.min(self.seen)
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.got, self.seen)
    }
}

impl std::str::FromStr for Told {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (got, seen) = text.split_once('.').ok_or(())?;
        Ok(Self { got: got.parse().map_err(drop)?, seen: seen.parse().map_err(drop)? })
    }
}

/// The marks of both sides of a thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Both {
    /// The seq of the shopper's newest message.
    pub asked: i64,
    /// Of what the shopper said.
    pub of_shopper: Marks,
    /// Of what was said for the shop.
    pub of_shop: Marks,
}

/// The marks of a thread.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, merchant: MerchantId, thread: ThreadId) -> Result<Both> {
    type Row = ((i64, i64, i64, Option<At>), (i64, i64, i64, Option<At>));
    let row = threads::table.find((merchant, thread)).select((
        (threads::asked_seq, threads::desk_got_seq, threads::desk_seen_seq, threads::desk_seen_at),
        (threads::page_got_seq, threads::mailed_seq, threads::seen_seq, threads::seen_at),
    ));
    let ((asked, got, seen, seen_at), (page, mailed, read, read_at)): Row = q!(conn, |c| row.first(c))?;
    Ok(Both {
        asked,
        of_shopper: Marks { got, seen, seen_at },
        of_shop: Marks { got: page.max(mailed), seen: read, seen_at: read_at },
    })
}

/// Whether the shopper of any thread said something that no open page of the desk was brought.
///
/// # Errors
/// When the database fails.
pub fn waits_for_desk(conn: &mut Conn, merchant: MerchantId) -> Result<bool> {
    let behind = threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::desk_got_seq.lt(threads::asked_seq))
        .select(threads::id);
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(behind)).get_result(c))?)
}

/// A page of the desk was brought everything that was said until now.
///
/// # Errors
/// When the database fails.
pub fn reached_desk(tx: &mut Tx<'_>, merchant: MerchantId) -> Result<()> {
    let behind: Vec<ThreadId> = q!(tx, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::desk_got_seq.lt(threads::asked_seq))
        .order(threads::id)
        .limit(AT_ONCE)
        .select(threads::id)
        .load(c))?;
    if behind.is_empty() {
        return Ok(());
    }
    let rows = threads::table.filter(threads::merchant_id.eq(merchant)).filter(threads::id.eq_any(&behind));
    q!(tx, |c| diesel::update(rows).set(threads::desk_got_seq.eq(threads::asked_seq)).execute(c))?;
    for thread in behind {
        tx.nudge(Nudge::Marks(merchant, thread));
    }
    Ok(())
}

/// An agent has the thread up to `seq` before their eyes. Written only when the shopper said something since they had.
///
/// # Errors
/// When the thread is not the merchant's.
pub fn seen_at_desk(tx: &mut Tx<'_>, merchant: MerchantId, thread: ThreadId, seq: i64) -> Result<()> {
    let row = threads::table.find((merchant, thread));
    let (asked, seen): (i64, i64) = q!(tx, |c| row.select((threads::asked_seq, threads::desk_seen_seq)).first(c))?;
    let upto = if asked <= seq { asked } else { newest_asked(tx, merchant, thread, seq)? };
    if upto <= seen {
        return Ok(());
    }
    let now = tx.at();
    let row = row.filter(threads::desk_seen_seq.lt(upto));
    let set = (threads::desk_seen_seq.eq(upto), threads::desk_seen_at.eq(now));
    if q!(tx, |c| diesel::update(row).set(set).execute(c))? == 1 {
        tx.nudge(Nudge::Marks(merchant, thread));
    }
    Ok(())
}

/// The shopper's newest message up to a seq.
fn newest_asked(conn: &mut Conn, merchant: MerchantId, thread: ThreadId, seq: i64) -> Result<i64> {
    let newest: Option<i64> = q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(merchant))
        .filter(messages::thread_id.eq(thread))
        .filter(messages::author.eq(ActorKind::Shopper))
        .filter(messages::seq.le(seq))
        .select(diesel::dsl::max(messages::seq))
        .first(c))?;
    Ok(newest.unwrap_or_default())
}

/// An open page of the shopper's was brought everything up to `seq`. What they have seen needs no such mark.
///
/// # Errors
/// When the database fails.
pub fn reached_shopper(tx: &mut Tx<'_>, visit: &Visit, seq: i64) -> Result<()> {
    let row = threads::table
        .find((visit.merchant_id, visit.thread_id))
        .filter(threads::page_got_seq.lt(seq))
        .filter(threads::seen_seq.lt(seq))
        .filter(threads::last_seq.ge(seq));
    if q!(tx, |c| diesel::update(row).set(threads::page_got_seq.eq(seq)).execute(c))? == 1 {
        tx.nudge(Nudge::Marks(visit.merchant_id, visit.thread_id));
    }
    Ok(())
}

/// Whether anything was said for the shop after one seq, up to another.
pub(super) fn said_by_shop(
    conn: &mut Conn,
    merchant: MerchantId,
    thread: ThreadId,
    after: i64,
    upto: i64,
) -> Result<bool> {
    let said = messages::table
        .filter(messages::merchant_id.eq(merchant))
        .filter(messages::thread_id.eq(thread))
        .filter(messages::note.eq(false))
        .filter(messages::author.ne(ActorKind::Shopper))
        .filter(messages::seq.gt(after))
        .filter(messages::seq.le(upto))
        .select(messages::seq);
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(said)).get_result(c))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_stored_then_delivered_then_seen() {
        let marks = Marks { got: 5, seen: 3, seen_at: None };
        let all: Vec<Mark> = (2..=6).map(|seq| marks.of(seq)).collect();
        assert_eq!(all, [Mark::Seen, Mark::Seen, Mark::Delivered, Mark::Delivered, Mark::Stored]);
        // What was seen was delivered, whatever is known of that.
        assert_eq!(Marks { got: 0, seen: 4, seen_at: None }.of(4), Mark::Seen);
    }

    #[test]
    fn a_page_says_which_marks_it_shows() {
        let told = Marks { got: 7, seen: 4, seen_at: None }.told();
        assert_eq!(told.to_string().parse(), Ok(told));
        // The last one seen says when; with the next it no longer does.
        let touched: Vec<i64> = (1..=9).filter(|seq| told.concerns(*seq)).collect();
        assert_eq!(touched, [4, 5, 6, 7, 8, 9]);
        for wrong in ["", "7", "7.", ".4", "7.x", "7.4.1"] {
            assert_eq!(wrong.parse::<Told>(), Err(()), "{wrong}");
        }
    }
}
