//! Reservations: pieces set aside for a request. A row is the truth, not a clock: it counts until something closes it.

use chrono::Duration;
use diesel::prelude::*;

use super::catalogue;
use crate::{
    error::{Error, Result},
    i18n::key,
    ids::{CaseId, MerchantId, ReservationId, VariantId},
    q,
    store::{Conn, Tx, columns::At, schema::reservations},
    text_enum,
};

/// How long an undecided request keeps its pieces.
pub const HELD: Duration = Duration::hours(48);

text_enum! {
    pub enum ReservationState {
        Open = "open",
        /// The pieces have left: the shop's own stock knows.
        Confirmed = "confirmed",
        Released = "released",
        Expired = "expired",
    }
}

/// Sets pieces aside for a request, for [`HELD`].
///
/// # Errors
/// A conflict when there are not enough left.
pub(super) fn make(tx: &mut Tx<'_>, merchant: MerchantId, case: CaseId, variant: VariantId, pieces: i32) -> Result<()> {
    if let Some(stock) = catalogue::locked_stock(tx, merchant, variant)? {
        let held: Option<i64> = q!(tx, |c| reservations::table
            .filter(reservations::merchant_id.eq(merchant))
            .filter(reservations::variant_id.eq(variant))
            .filter(reservations::state.eq(ReservationState::Open))
            .select(diesel::dsl::sum(reservations::quantity))
            .first(c))?;
        if stock - held.unwrap_or(0) < i64::from(pieces) {
            return Err(Error::conflict(key("error-stock-gone")));
        }
    }
    let row = (
        (reservations::merchant_id.eq(merchant), reservations::id.eq(ReservationId::new(tx.now()))),
        (reservations::case_id.eq(case), reservations::variant_id.eq(variant), reservations::quantity.eq(pieces)),
        (reservations::state.eq(ReservationState::Open), reservations::made_at.eq(tx.at())),
        reservations::held_until.eq(At::new(tx.now() + HELD)),
    );
    q!(tx, |c| diesel::insert_into(reservations::table).values(row).execute(c))?;
    Ok(())
}

/// Holds a request's pieces for [`HELD`] from now.
pub(super) fn hold(tx: &mut Tx<'_>, merchant: MerchantId, case: CaseId) -> Result<()> {
    let (open, until) = (open_of(merchant, case), At::new(tx.now() + HELD));
    q!(tx, |c| diesel::update(open).set(reservations::held_until.eq(until)).execute(c))?;
    Ok(())
}

/// Frees what a request holds beside the pieces of one variant.
pub(super) fn keep_only(tx: &mut Tx<'_>, merchant: MerchantId, case: CaseId, variant: VariantId) -> Result<()> {
    let others = open_of(merchant, case).filter(reservations::variant_id.ne(variant));
    let set = (reservations::state.eq(ReservationState::Released), reservations::closed_at.eq(tx.at()));
    q!(tx, |c| diesel::update(others).set(set).execute(c))?;
    Ok(())
}

/// An approved request keeps its pieces until they leave.
pub(super) fn extend(tx: &mut Tx<'_>, merchant: MerchantId, case: CaseId) -> Result<()> {
    let open = open_of(merchant, case);
    q!(tx, |c| diesel::update(open).set(reservations::held_until.eq(None::<At>)).execute(c))?;
    Ok(())
}

/// Closes a request's reservations; nothing happens to those that are closed.
pub(super) fn close(tx: &mut Tx<'_>, merchant: MerchantId, case: CaseId, state: ReservationState) -> Result<()> {
    let open = open_of(merchant, case);
    let set = (reservations::state.eq(state), reservations::closed_at.eq(tx.at()));
    q!(tx, |c| diesel::update(open).set(set).execute(c))?;
    Ok(())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn open_of(merchant: MerchantId, case: CaseId) -> _ {
    let open: ReservationState = ReservationState::Open;
    reservations::table
        .filter(reservations::merchant_id.eq(merchant))
        .filter(reservations::case_id.eq(case))
        .filter(reservations::state.eq(open))
}

/// Until when a request keeps its pieces; none when it has no open reservation or keeps it without end.
///
/// # Errors
/// When the database fails.
pub fn held_until(conn: &mut Conn, merchant: MerchantId, case: CaseId) -> Result<Option<At>> {
    let until: Option<Option<At>> = q!(conn, |c| reservations::table
        .filter(reservations::merchant_id.eq(merchant))
        .filter(reservations::case_id.eq(case))
        .filter(reservations::state.eq(ReservationState::Open))
        .order(reservations::held_until)
        .select(reservations::held_until)
        .first(c)
        .optional())?;
    Ok(until.flatten())
}

/// Requests whose pieces are held no longer.
///
/// # Errors
/// When the database fails.
pub fn run_out(conn: &mut Conn, now: At, limit: i64) -> Result<Vec<(MerchantId, CaseId)>> {
    Ok(q!(conn, |c| reservations::table
        .filter(reservations::state.eq(ReservationState::Open))
        .filter(reservations::held_until.le(now))
        .order(reservations::held_until)
        .limit(limit)
        .select((reservations::merchant_id, reservations::case_id))
        .load(c))?)
}
