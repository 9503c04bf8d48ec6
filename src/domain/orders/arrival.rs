//! How an order arrives: whether all of it has, whether a parcel is late, and what its shopper says once it is there.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{OrderDetail, detail};
use crate::{
    domain::{
        events::{self, Actor, Change, announce},
        normal::{FulfilmentState, OrderKind, ShipmentStatus},
        shipments::Shipment,
        threads,
        visits::Visit,
    },
    error::{Error, Result},
    i18n::key,
    store::{Conn, Tx, columns::At},
};

/// Days without news after which a parcel that is under way counts as late.
const SILENCE: i64 = 5;

/// A parcel that is not where it was to be by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Late {
    /// It was expected so many days ago, and last seen then.
    Promise { expected: DateTime<Utc>, days: i64, seen: Option<DateTime<Utc>> },
    /// Nobody said when it comes, and it was not seen for so many days.
    Silence { seen: DateTime<Utc>, days: i64 },
}

/// Whether a parcel is late, by the days of the shop's own calendar.
pub fn late(parcel: &Shipment, now: DateTime<Utc>, zone: Tz) -> Option<Late> {
    use ShipmentStatus::{Accepted, AttemptFailed, Customs, Delayed, Exception, InTransit, OutForDelivery};
    let moves = [Accepted, InTransit, Customs, OutForDelivery, AttemptFailed, Delayed, Exception];
    if !moves.contains(&parcel.status) {
        return None;
    }
    let days_since =
        |at: DateTime<Utc>| (now.with_timezone(&zone).date_naive() - at.with_timezone(&zone).date_naive()).num_days();
    let seen = parcel.milestones.last().map(|milestone| milestone.happened_at.utc());
    match (parcel.expected_at.map(|at| at.utc()), seen) {
        (Some(expected), seen) if days_since(expected) > 0 => {
            Some(Late::Promise { expected, days: days_since(expected), seen })
        }
        (None, Some(seen)) if days_since(seen) >= SILENCE => Some(Late::Silence { seen, days: days_since(seen) }),
        _ => None,
    }
}

/// The parcels that go to the shopper.
pub fn under_way(order: &OrderDetail) -> impl Iterator<Item = &Shipment> {
    order.shipments.iter().filter(|parcel| parcel.status != ShipmentStatus::Cancelled)
}

/// When the last of an order's goods arrived, once all of them have.
pub fn arrived(order: &OrderDetail) -> Option<DateTime<Utc>> {
    let told = &order.order;
    let whole = told.kind == OrderKind::Goods
        && told.cancelled_at.is_none()
        && !matches!(told.fulfilment_state, FulfilmentState::Partial | FulfilmentState::Returned);
    if !whole || under_way(order).any(|parcel| parcel.status != ShipmentStatus::Delivered) {
        return None;
    }
    let delivered = |parcel: &Shipment| {
        let passed = parcel.milestones.iter().rfind(|passed| passed.status == ShipmentStatus::Delivered);
        passed.map(|passed| passed.happened_at.utc()).or_else(|| parcel.shipped_at.map(|at| at.utc()))
    };
    under_way(order).map(|parcel| delivered(parcel).unwrap_or_else(|| told.updated_at.utc())).max()
}

/// The shopper says that all is well with what arrived. It is said once: again changes nothing.
///
/// # Errors
/// A conflict while something of the order is still to arrive.
pub fn all_well(tx: &mut Tx<'_>, visit: &Visit) -> Result<()> {
    let thread = threads::locked(tx, visit.merchant_id, visit.thread_id)?;
    let order = thread.order_id.ok_or(Error::NotFound)?;
    if arrived(&detail(tx, visit.merchant_id, order)?).is_none() {
        return Err(Error::conflict(key("error-not-arrived")));
    }
    if well_since(tx, visit)?.is_none() {
        announce(tx, &thread, Actor::Shopper(visit.shopper_id), Change::DeliveryConfirmed { order })?;
    }
    Ok(())
}

/// Since when all is well, by the shopper's own word.
///
/// # Errors
/// When the database fails.
pub fn well_since(conn: &mut Conn, visit: &Visit) -> Result<Option<At>> {
    events::first(conn, visit.merchant_id, visit.thread_id, Change::DELIVERY_CONFIRMED)
}
