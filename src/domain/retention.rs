//! How long what is kept: chosen by each merchant within bounds, swept in slices. Orders and what happened stay: they are
//! what taxes and accounts go by, and name nobody by themselves once a person is erased.

use std::ops::RangeInclusive;

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::{
    agents::{Agent, team},
    audit::{self, Act},
    deliveries::DeliveryState,
    intakes, threads,
};
use crate::{
    error::{Error, FieldError, Result, Says},
    i18n::key,
    ids::{DeliveryId, MerchantId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{audit_entries, challenges, deliveries, merchants, retentions, visits},
    },
    text_enum,
};

/// Rows that one change sweeps.
const SLICE: i64 = 200;
/// Rows of what was only good for a while that one change sweeps: they are small.
const PASSING: i64 = 1_000;
/// What was only good for a while is kept this long after.
const AFTERWARDS: Duration = Duration::days(1);
/// How long whoever chose nothing has for it before anything goes that went never before.
const GRACE: Duration = Duration::days(30);

text_enum! {
    /// What is kept for a time.
    pub enum Kept {
        /// What was said in threads that are closed.
        Threads = "threads",
        /// Raw bodies of hooks.
        Bodies = "bodies",
        /// That letters were sent, and their files where there is no mail server.
        Letters = "letters",
        Audit = "audit",
    }
}

impl Kept {
    /// In days, where the merchant chose nothing.
    pub fn usual(self) -> i32 {
        match self {
            Self::Threads | Self::Audit => 730,
            Self::Letters => 365,
            Self::Bodies => 30,
        }
    }

    /// What a merchant can choose, in days.
    pub fn bounds(self) -> RangeInclusive<i32> {
        match self {
            Self::Threads => 90..=3_650,
            Self::Audit => 180..=3_650,
            Self::Letters => 30..=3_650,
            Self::Bodies => 1..=365,
        }
    }
}

/// For how many days a merchant keeps each.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<(Kept, i32)>> {
    let chosen = chosen(conn, merchant)?;
    let days = |kind: Kept| chosen.iter().find(|(chosen, _)| *chosen == kind).map_or(kind.usual(), |(_, days)| *days);
    Ok(Kept::ALL.iter().map(|kind| (*kind, days(*kind))).collect())
}

fn chosen(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<(Kept, i32)>> {
    Ok(q!(conn, |c| retentions::table
        .filter(retentions::merchant_id.eq(merchant))
        .select((retentions::kind, retentions::days))
        .load(c))?)
}

/// Chooses for how long each is kept: what is usual is a choice too, once somebody made it.
///
/// # Errors
/// [`Error::Denied`] where the asker's role does not allow it; what is out of bounds, each by its name.
pub fn choose(tx: &mut Tx<'_>, by: &Agent, wanted: &[(Kept, i32)]) -> Result<()> {
    if !team::now(tx, by)?.role.keeps() {
        return Err(Error::Denied);
    }
    let wrong = wanted.iter().filter(|(kind, days)| !kind.bounds().contains(days));
    let wrong: Vec<FieldError> = wrong
        .map(|(kind, _)| {
            let (least, most) = kind.bounds().into_inner();
            let says = Says::new(key("error-retention-bounds")).with("least", least).with("most", most);
            FieldError { pointer: kind.as_str().to_owned(), says }
        })
        .collect();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let (before, chosen) = (of(tx, by.merchant_id)?, chosen(tx, by.merchant_id)?);
    for (kind, days) in wanted.iter().filter(|wanted| !chosen.contains(wanted)) {
        let now = tx.at();
        let row = (
            (retentions::merchant_id.eq(by.merchant_id), retentions::kind.eq(*kind)),
            (retentions::days.eq(*days), retentions::set_at.eq(now)),
        );
        q!(tx, |c| diesel::insert_into(retentions::table)
            .values(row)
            .on_conflict((retentions::merchant_id, retentions::kind))
            .do_update()
            .set((retentions::days.eq(*days), retentions::set_at.eq(now)))
            .execute(c))?;
        let from = before.iter().find(|(known, _)| known == kind).map_or(kind.usual(), |(_, days)| *days);
        if from == *days {
            continue;
        }
        let (from, to) = (from.to_string(), days.to_string());
        let details = [("kind", kind.as_str()), ("from", &from), ("to", &to)];
        audit::record(tx, by.merchant_id, by.into(), Act::RetentionChanged, "", &details)?;
    }
    Ok(())
}

/// Every merchant.
///
/// # Errors
/// When the database fails.
pub fn merchants(conn: &mut Conn) -> Result<Vec<MerchantId>> {
    Ok(q!(conn, |c| merchants::table.order(merchants::id).select(merchants::id).load(c))?)
}

/// Whether there are merchants from before anybody could choose, for whom nothing counts yet.
///
/// # Errors
/// When the database fails.
pub fn is_to_begin(conn: &mut Conn) -> Result<bool> {
    let uncounted = merchants::table.filter(merchants::retention_from.is_null());
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(uncounted)).get_result(c))?)
}

/// From now on it counts for them.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut Tx<'_>) -> Result<()> {
    let (uncounted, now) = (merchants::table.filter(merchants::retention_from.is_null()), tx.at());
    q!(tx, |c| diesel::update(uncounted).set(merchants::retention_from.eq(now)).execute(c))?;
    Ok(())
}

/// From before which moment something goes; none as long as whoever chose nothing has time to choose. Raw bodies went
/// before there was a choice.
fn limit(conn: &mut Conn, merchant: MerchantId, kind: Kept, now: DateTime<Utc>) -> Result<Option<At>> {
    let chosen = chosen(conn, merchant)?.into_iter().find(|(known, _)| *known == kind).map(|(_, days)| days);
    if chosen.is_none() && kind != Kept::Bodies {
        let row = merchants::table.find(merchant).select(merchants::retention_from);
        let since: Option<At> = q!(conn, |c| row.first(c))?;
        if since.is_none_or(|since| since.utc() + GRACE > now) {
            return Ok(None);
        }
    }
    let days = chosen.unwrap_or_else(|| kind.usual());
    Ok(Some(At::new(now - Duration::days(i64::from(days)))))
}

/// Whether there is something a merchant keeps no longer.
///
/// # Errors
/// When the database fails.
pub fn is_due(conn: &mut Conn, merchant: MerchantId, kind: Kept, now: DateTime<Utc>) -> Result<bool> {
    let Some(before) = limit(conn, merchant, kind, now)? else { return Ok(false) };
    Ok(match kind {
        Kept::Bodies => !intakes::over(conn, merchant, before, 1)?.is_empty(),
        Kept::Threads => !threads::emptying::over(conn, merchant, before, 1)?.is_empty(),
        Kept::Letters => !old_letters(conn, merchant, before, 1)?.is_empty(),
        Kept::Audit => {
            let first: Option<At> = q!(conn, |c| audit_entries::table
                .filter(audit_entries::merchant_id.eq(merchant))
                .order(audit_entries::seq)
                .select(audit_entries::happened_at)
                .first(c)
                .optional())?;
            first.is_some_and(|first| first < before)
        }
    })
}

/// What one slice of a sweep did.
#[derive(Debug, Default)]
pub struct Swept {
    /// There may be more.
    pub more: bool,
    /// Letters whose files are to go.
    pub letters: Vec<DeliveryId>,
}

/// Sweeps one slice of what a merchant keeps no longer.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, merchant: MerchantId, kind: Kept) -> Result<Swept> {
    let now = tx.now();
    let Some(before) = limit(tx, merchant, kind, now)? else { return Ok(Swept::default()) };
    let full = |swept: usize| Swept { more: swept > 0, letters: Vec::new() };
    Ok(match kind {
        Kept::Bodies => full(intakes::sweep(tx, merchant, before)?),
        Kept::Audit => full(audit::sweep(tx, merchant, before)?),
        Kept::Threads => full(sweep_threads(tx, merchant, before)?),
        Kept::Letters => {
            let letters = sweep_letters(tx, merchant, before)?;
            Swept { more: !letters.is_empty(), letters }
        }
    })
}

fn sweep_threads(tx: &mut Tx<'_>, merchant: MerchantId, before: At) -> Result<usize> {
    let over: Vec<ThreadId> = threads::emptying::over(tx, merchant, before, SLICE / 10)?;
    for id in &over {
        // Locked and looked at again: somebody may have written meanwhile.
        let thread = threads::locked(tx, merchant, *id)?;
        if thread.moved_at < before {
            threads::emptying::empty(tx, &thread)?;
        }
    }
    Ok(over.len())
}

fn sweep_letters(tx: &mut Tx<'_>, merchant: MerchantId, before: At) -> Result<Vec<DeliveryId>> {
    let old = old_letters(tx, merchant, before, SLICE)?;
    let rows = deliveries::table.filter(deliveries::merchant_id.eq(merchant)).filter(deliveries::id.eq_any(&old));
    q!(tx, |c| diesel::delete(rows).execute(c))?;
    Ok(old)
}

fn old_letters(conn: &mut Conn, merchant: MerchantId, before: At, limit: i64) -> Result<Vec<DeliveryId>> {
    Ok(q!(conn, |c| deliveries::table
        .filter(deliveries::merchant_id.eq(merchant))
        .filter(deliveries::state.eq_any([DeliveryState::Done, DeliveryState::Dropped, DeliveryState::Dead]))
        .filter(deliveries::created_at.lt(before))
        .select(deliveries::id)
        .limit(limit)
        .load(c))?)
}

/// Whether something is there that was good for a while only: codes that were asked for, browsers that were let in.
///
/// # Errors
/// When the database fails.
pub fn has_passed(conn: &mut Conn, now: DateTime<Utc>) -> Result<bool> {
    let before = At::new(now - AFTERWARDS);
    Ok(last_code(conn, before, 1)?.is_some() || last_visit(conn, before, 1)?.is_some())
}

/// Sweeps a slice of it; true when something went.
///
/// # Errors
/// When the database fails.
pub fn sweep_passing(tx: &mut Tx<'_>) -> Result<bool> {
    let before = At::new(tx.now() - AFTERWARDS);
    let (code, visit) = (last_code(tx, before, PASSING)?, last_visit(tx, before, PASSING)?);
    if let Some(last) = code {
        q!(tx, |c| diesel::delete(challenges::table.filter(challenges::expires_at.le(last))).execute(c))?;
    }
    if let Some(last) = visit {
        q!(tx, |c| diesel::delete(visits::table.filter(visits::expires_at.le(last))).execute(c))?;
    }
    Ok(code.is_some() || visit.is_some())
}

/// When the last of the oldest codes ended, of so many that ended before a moment.
fn last_code(conn: &mut Conn, before: At, many: i64) -> Result<Option<At>> {
    let ended: Vec<At> = q!(conn, |c| challenges::table
        .filter(challenges::expires_at.lt(before))
        .order(challenges::expires_at)
        .select(challenges::expires_at)
        .limit(many)
        .load(c))?;
    Ok(ended.last().copied())
}

/// The same of browsers that were let in.
fn last_visit(conn: &mut Conn, before: At, many: i64) -> Result<Option<At>> {
    let ended: Vec<At> = q!(conn, |c| visits::table
        .filter(visits::expires_at.lt(before))
        .order(visits::expires_at)
        .select(visits::expires_at)
        .limit(many)
        .load(c))?;
    Ok(ended.last().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_can_be_chosen() {
        for kind in Kept::ALL {
            assert!(kind.bounds().contains(&kind.usual()), "{kind}");
        }
    }
}
