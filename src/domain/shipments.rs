//! Shipments and their milestones: where each parcel is, by the carrier's time and not by the order news arrives in.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    events::{Actor, Change, announce},
    normal::{MilestoneNews, ShipmentNews, ShipmentStatus},
    orders::{Source, placing},
    search::documents,
    threads,
};
use crate::{
    error::Result,
    ids::{MerchantId, MilestoneId, OrderId, ShipmentId},
    q, secrets,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{milestones, shipments},
    },
};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = shipments)]
struct Parcel {
    id: ShipmentId,
    order_id: OrderId,
    external_id: String,
    stub: bool,
    carrier: Option<String>,
    numbers: Json<Vec<String>>,
    urls: Json<Vec<String>>,
    lines: Json<Vec<(String, u32)>>,
    told_status: Option<ShipmentStatus>,
    status: Option<ShipmentStatus>,
    expected_at: Option<At>,
    shipped_at: Option<At>,
    told_at: At,
    told_hash: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = milestones)]
pub struct Milestone {
    pub external_id: String,
    pub id: MilestoneId,
    pub status: ShipmentStatus,
    pub happened_at: At,
    pub place: Option<String>,
    pub message: Option<String>,
}

/// A parcel that is on its way or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    pub id: ShipmentId,
    pub external_id: String,
    pub carrier: Option<String>,
    pub numbers: Vec<String>,
    pub urls: Vec<String>,
    /// Line (external id) and pieces in it.
    pub lines: Vec<(String, u32)>,
    /// What is known; `Unknown` when the shop only said that it was sent.
    pub status: ShipmentStatus,
    pub expected_at: Option<At>,
    pub shipped_at: Option<At>,
    /// By the carrier's time, the oldest first.
    pub milestones: Vec<Milestone>,
}

/// Takes the full state of a parcel whose order may not have arrived yet.
///
/// # Errors
/// When the database fails.
pub fn take_for(tx: &mut Tx<'_>, source: &Source, order: &str, news: &ShipmentNews) -> Result<OrderId> {
    let order = placing::locked(tx, source, order)?;
    let anonymous = order.erased_at.map(|_| news.anonymous());
    let order = order.id;
    take(tx, source, order, anonymous.as_ref().unwrap_or(news))?;
    documents::refresh_order(tx, source.merchant, order)?;
    Ok(order)
}

/// Takes the full state of a parcel: newer wins; of equal times the status further along, then the hash.
pub(super) fn take(tx: &mut Tx<'_>, source: &Source, order: OrderId, news: &ShipmentNews) -> Result<()> {
    let hash = secrets::fingerprint(format!("{news:?}").as_bytes());
    let parcel = known_or_stub(tx, source.merchant, order, &news.external_id)?;
    let told_at = At::new(news.updated_at);
    let rank = |status: Option<ShipmentStatus>| status.map_or(0, |status| progress(status) + 1);
    let newer = parcel.stub
        || (told_at, rank(news.status), &hash) > (parcel.told_at, rank(parcel.told_status), &parcel.told_hash);
    if newer {
        let set = (
            (
                shipments::stub.eq(false),
                shipments::carrier.eq(&news.carrier),
                shipments::numbers.eq(Json(news.numbers.clone())),
            ),
            (shipments::urls.eq(Json(news.urls.clone())), shipments::lines.eq(Json(news.lines.clone()))),
            (shipments::told_status.eq(news.status), shipments::shipped_at.eq(news.shipped_at.map(At::new))),
            (shipments::told_at.eq(told_at), shipments::told_hash.eq(&hash)),
        );
        let row = shipments::table.find((source.merchant, parcel.id));
        q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    }
    settle(tx, source.merchant, parcel.id)
}

/// Takes something that happened to a parcel; order and parcel may not have arrived yet.
///
/// # Errors
/// When the database fails.
pub fn pass(tx: &mut Tx<'_>, source: &Source, order: &str, parcel: &str, news: &MilestoneNews) -> Result<OrderId> {
    let order = placing::locked(tx, source, order)?;
    let anonymous = order.erased_at.map(|_| news.anonymous());
    let (order, news) = (order.id, anonymous.as_ref().unwrap_or(news));
    let parcel = known_or_stub(tx, source.merchant, order, parcel)?;
    let row = (
        (milestones::merchant_id.eq(source.merchant), milestones::shipment_id.eq(parcel.id)),
        (milestones::external_id.eq(&news.external_id), milestones::id.eq(MilestoneId::new(tx.now()))),
        (milestones::status.eq(news.status), milestones::happened_at.eq(At::new(news.at))),
        (milestones::place.eq(&news.place), milestones::message.eq(&news.message)),
    );
    q!(tx, |c| diesel::insert_into(milestones::table).values(row).on_conflict_do_nothing().execute(c))?;
    // The latest promise of all told, whatever the order they came in.
    if let Some(expected) =
        news.expected_at.map(At::new).filter(|told| parcel.expected_at.is_none_or(|known| *told > known))
    {
        let row = shipments::table.find((source.merchant, parcel.id));
        q!(tx, |c| diesel::update(row).set(shipments::expected_at.eq(expected)).execute(c))?;
    }
    settle(tx, source.merchant, parcel.id)?;
    Ok(order)
}

/// Works out where the parcel is now, and says so in the thread when that changed.
fn settle(tx: &mut Tx<'_>, merchant: MerchantId, id: ShipmentId) -> Result<()> {
    let parcel: Parcel = q!(tx, |c| shipments::table.find((merchant, id)).select(Parcel::as_select()).first(c))?;
    let passed = milestones_of(tx, merchant, &[id])?.remove(&id).unwrap_or_default();
    let told = parcel.told_status.filter(|_| !parcel.stub).map(|status| (parcel.told_at, status));
    let status = headline(&passed, told);
    if status == parcel.status {
        return Ok(());
    }
    let row = shipments::table.find((merchant, id));
    q!(tx, |c| diesel::update(row).set(shipments::status.eq(status)).execute(c))?;
    if let (Some(status), Some(thread)) = (status, threads::of_order(tx, merchant, parcel.order_id)?) {
        announce(tx, &thread, Actor::System, Change::ShipmentMoved { shipment: id, status })?;
    }
    Ok(())
}

/// Where a parcel is, from what it passed (the oldest first) and what the shop last told. It never goes back, except
/// into trouble or onto the way back; a parcel that arrived stays so unless it returns.
fn headline(passed: &[Milestone], told: Option<(At, ShipmentStatus)>) -> Option<ShipmentStatus> {
    use ShipmentStatus::{Cancelled, Delivered, Exception, Lost, Returned, Returning};
    if told.is_some_and(|(_, status)| status == Cancelled) {
        return Some(Cancelled);
    }
    let mut all: Vec<(At, u8, ShipmentStatus)> =
        passed.iter().map(|milestone| (milestone.happened_at, progress(milestone.status), milestone.status)).collect();
    all.extend(told.map(|(at, status)| (at, progress(status), status)));
    all.sort_unstable_by_key(|(at, rank, _)| (*at, *rank));
    all.into_iter().map(|(_, _, status)| status).reduce(|current, next| {
        let arrived = matches!(current, Delivered | Returned | Lost);
        let trouble = in_trouble(next) || in_trouble(current);
        match next {
            Returning | Returned => next,
            Exception if current == Delivered => next,
            _ if arrived => current,
            _ if trouble || progress(next) >= progress(current) => next,
            _ => current,
        }
    })
}

fn in_trouble(status: ShipmentStatus) -> bool {
    use ShipmentStatus::{AttemptFailed, Delayed, Exception, Expired, Lost};
    matches!(status, AttemptFailed | Delayed | Exception | Expired | Lost)
}

/// How far along a parcel is that is in this status.
fn progress(status: ShipmentStatus) -> u8 {
    use ShipmentStatus as S;
    match status {
        S::Unknown => 0,
        S::LabelCreated => 1,
        S::Accepted => 2,
        S::InTransit => 3,
        S::Customs => 4,
        S::Delayed => 5,
        S::Exception => 6,
        S::OutForDelivery => 7,
        S::AttemptFailed => 8,
        S::AvailableForPickup => 9,
        S::Expired => 10,
        S::Lost => 11,
        S::Delivered => 12,
        S::Returning => 13,
        S::Returned => 14,
        S::Cancelled => 15,
    }
}

fn known_or_stub(tx: &mut Tx<'_>, merchant: MerchantId, order: OrderId, external_id: &str) -> Result<Parcel> {
    let find = |conn: &mut Conn| -> Result<Option<Parcel>> {
        Ok(q!(conn, |c| shipments::table
            .filter(shipments::merchant_id.eq(merchant))
            .filter(shipments::order_id.eq(order))
            .filter(shipments::external_id.eq(external_id))
            .select(Parcel::as_select())
            .first(c)
            .optional())?)
    };
    if let Some(known) = find(tx)? {
        return Ok(known);
    }
    let row = (
        (
            shipments::merchant_id.eq(merchant),
            shipments::id.eq(ShipmentId::new(tx.now())),
            shipments::order_id.eq(order),
        ),
        (shipments::external_id.eq(external_id), shipments::stub.eq(true), shipments::told_hash.eq("")),
        (shipments::numbers.eq("[]"), shipments::urls.eq("[]"), shipments::lines.eq("[]")),
        shipments::told_at.eq(tx.at()),
    );
    q!(tx, |c| diesel::insert_into(shipments::table).values(row).execute(c))?;
    find(tx)?.ok_or(crate::error::Error::NotFound)
}

fn milestones_of(
    conn: &mut Conn,
    merchant: MerchantId,
    ids: &[ShipmentId],
) -> Result<HashMap<ShipmentId, Vec<Milestone>>> {
    let found: Vec<(ShipmentId, Milestone)> = q!(conn, |c| milestones::table
        .filter(milestones::merchant_id.eq(merchant))
        .filter(milestones::shipment_id.eq_any(ids))
        .order((milestones::happened_at, milestones::external_id))
        .select((milestones::shipment_id, Milestone::as_select()))
        .load(c))?;
    let mut by_parcel: HashMap<ShipmentId, Vec<Milestone>> = HashMap::new();
    for (parcel, milestone) in found {
        by_parcel.entry(parcel).or_default().push(milestone);
    }
    Ok(by_parcel)
}

/// The numbers of the parcels of orders.
///
/// # Errors
/// When the database fails.
pub fn numbers(conn: &mut Conn, merchant: MerchantId, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<String>>> {
    let found: Vec<(OrderId, Json<Vec<String>>)> = q!(conn, |c| shipments::table
        .filter(shipments::merchant_id.eq(merchant))
        .filter(shipments::order_id.eq_any(orders))
        .select((shipments::order_id, shipments::numbers))
        .load(c))?;
    let mut by_order: HashMap<OrderId, Vec<String>> = HashMap::new();
    for (order, numbers) in found {
        by_order.entry(order).or_default().extend(numbers.0);
    }
    Ok(by_order)
}

/// The parcels of orders that can be shown: a fulfilment that failed was never sent, one known only by its milestones was.
pub(super) fn of_orders(
    conn: &mut Conn,
    merchant: MerchantId,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Shipment>>> {
    let parcels: Vec<Parcel> = q!(conn, |c| shipments::table
        .filter(shipments::merchant_id.eq(merchant))
        .filter(shipments::order_id.eq_any(orders))
        .order((shipments::shipped_at, shipments::external_id))
        .select(Parcel::as_select())
        .load(c))?;
    let ids: Vec<ShipmentId> = parcels.iter().map(|parcel| parcel.id).collect();
    let mut passed = milestones_of(conn, merchant, &ids)?;
    let mut by_order: HashMap<OrderId, Vec<Shipment>> = HashMap::new();
    for parcel in parcels {
        let Some(status) = parcel.status else { continue };
        let milestones = passed.remove(&parcel.id).unwrap_or_default();
        by_order.entry(parcel.order_id).or_default().push(Shipment {
            id: parcel.id,
            external_id: parcel.external_id,
            carrier: parcel.carrier,
            numbers: parcel.numbers.0,
            urls: parcel.urls.0,
            lines: parcel.lines.0,
            status,
            expected_at: parcel.expected_at,
            shipped_at: parcel.shipped_at,
            milestones,
        });
    }
    Ok(by_order)
}

#[cfg(test)]
mod tests {
    use super::{ShipmentStatus::*, *};

    fn passed(steps: &[(i64, ShipmentStatus)]) -> Vec<Milestone> {
        let mut all: Vec<Milestone> = steps
            .iter()
            .enumerate()
            .map(|(n, (hour, status))| Milestone {
                external_id: n.to_string(),
                id: MilestoneId::from_bytes([0; 16]),
                status: *status,
                happened_at: at(*hour),
                place: None,
                message: None,
            })
            .collect();
        all.sort_by_key(|milestone| milestone.happened_at);
        all
    }

    fn at(hour: i64) -> At {
        At::new(chrono::DateTime::from_timestamp(hour * 3600, 0).unwrap())
    }

    #[test]
    fn a_parcel_is_where_the_carrier_last_saw_it_and_never_goes_back() {
        assert_eq!(headline(&[], None), None);
        assert_eq!(headline(&passed(&[(1, Accepted), (2, InTransit)]), None), Some(InTransit));
        assert_eq!(headline(&passed(&[(3, OutForDelivery), (4, InTransit)]), None), Some(OutForDelivery));
        // Carriers send scans late: what is dated before the delivery does not undo it, nor what is dated after.
        assert_eq!(headline(&passed(&[(5, Delivered), (6, InTransit)]), None), Some(Delivered));
        assert_eq!(headline(&passed(&[(5, Delivered), (6, Returning)]), None), Some(Returning));
        assert_eq!(headline(&passed(&[(1, InTransit), (2, Delayed)]), None), Some(Delayed));
        assert_eq!(
            headline(&passed(&[(1, OutForDelivery), (2, AttemptFailed), (3, InTransit)]), None),
            Some(InTransit)
        );
    }

    #[test]
    fn what_the_shop_told_is_one_more_sighting() {
        assert_eq!(headline(&[], Some((at(1), Unknown))), Some(Unknown));
        assert_eq!(headline(&passed(&[(2, InTransit)]), Some((at(3), Unknown))), Some(InTransit));
        assert_eq!(headline(&passed(&[(2, InTransit)]), Some((at(1), Delivered))), Some(Delivered));
        assert_eq!(headline(&passed(&[(2, Delivered)]), Some((at(1), Cancelled))), Some(Cancelled));
    }
}
