//! Erasures: a person's data goes, what was bought stays and names nobody. One function for one person, which may run
//! again: after a restore, and over whatever came since. What is kept of an erasure is the shopper's id and what a key of the
//! installation makes of the address, so that news of an old order is known to be theirs and stays anonymous; whoever buys
//! again is somebody new. Raw bodies that no order leads to, and letters on the disk, are gone through afterwards
//! ([`traces`]); until then an erasure is not finished.

pub mod traces;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    audit::{self, Act, Doer, DoerKind},
    cases,
    events::{Actor, Change, announce},
    intakes,
    normal::OrderNews,
    orders::{Order, Source},
    search::documents,
    shoppers,
    threads::{self, Thread, emptying},
};
use crate::{
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, IntakeId, MerchantId, OrderId, ShipmentId, ShopperId, ThreadId},
    q,
    secrets::Keys,
    store::{
        Conn, Tx,
        columns::At,
        schema::{
            challenges, erasures, intakes as intake_rows, milestones, order_lines, orders, shipments,
            shoppers as shopper_rows, threads as thread_rows, visits,
        },
    },
};

/// Erasures that are finished or listed in one go.
const SLICE: i64 = 50;

/// What is known of an erasure; nothing in it leads to the person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = erasures)]
pub struct Erasure {
    pub merchant_id: MerchantId,
    pub shopper_id: ShopperId,
    pub email_hash: Option<String>,
    pub phone_hash: Option<String>,
    #[serde(with = "moment")]
    pub erased_at: At,
    pub erased_by: DoerKind,
    pub erased_by_id: Option<AgentId>,
    /// Once raw bodies and letters on the disk were gone through as well.
    #[serde(skip)]
    pub finished_at: Option<At>,
}

mod moment {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::store::columns::At;

    pub(super) fn serialize<S: Serializer>(at: &At, serializer: S) -> Result<S::Ok, S::Error> {
        at.utc().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<At, D::Error> {
        DateTime::<Utc>::deserialize(deserializer).map(At::new)
    }
}

/// Erases a person. Whoever was erased already is gone through once more.
///
/// # Errors
/// When the merchant has no such shopper.
pub fn erase(tx: &mut Tx<'_>, keys: &Keys, by: Doer, merchant: MerchantId, shopper: ShopperId) -> Result<Erasure> {
    let person = shoppers::find(tx, merchant, shopper)?;
    let known = find(tx, merchant, shopper)?;
    let is_new = known.is_none();
    let erasure = match known {
        Some(known) => known,
        None => {
            let erasure = Erasure {
                merchant_id: merchant,
                shopper_id: shopper,
                email_hash: person.email.as_deref().map(|email| traces::of_email(keys, merchant, email)),
                phone_hash: person.phone.as_deref().and_then(|phone| traces::of_phone(keys, merchant, phone)),
                erased_at: tx.at(),
                erased_by: by.kind(),
                erased_by_id: by.id(),
                finished_at: None,
            };
            q!(tx, |c| diesel::insert_into(erasures::table).values(&erasure).execute(c))?;
            erasure
        }
    };
    purge(tx, &erasure)?;
    if is_new {
        audit::record(tx, merchant, by, Act::Erased, &shopper.to_string(), &[])?;
    }
    Ok(erasure)
}

/// Applies an erasure to whatever is there now: the data of before it was restored, or it was never here.
///
/// # Errors
/// When the database fails.
pub fn apply_again(tx: &mut Tx<'_>, erasure: &Erasure) -> Result<()> {
    let row = Erasure { finished_at: None, ..erasure.clone() };
    let anew = q!(tx, |c| diesel::insert_into(erasures::table).values(&row).on_conflict_do_nothing().execute(c))?;
    shoppers::make_erased(tx, erasure.merchant_id, erasure.shopper_id, erasure.erased_at)?;
    if anew == 0 {
        let row = erasures::table.find((erasure.merchant_id, erasure.shopper_id));
        q!(tx, |c| diesel::update(row).set(erasures::finished_at.eq(None::<At>)).execute(c))?;
    }
    purge(tx, erasure)?;
    if anew == 1 {
        let subject = erasure.shopper_id.to_string();
        audit::record(tx, erasure.merchant_id, Doer::System, Act::Erased, &subject, &[("again", "yes")])?;
    }
    Ok(())
}

/// Takes everything that tells of the person.
fn purge(tx: &mut Tx<'_>, erasure: &Erasure) -> Result<()> {
    let (merchant, shopper, at) = (erasure.merchant_id, erasure.shopper_id, erasure.erased_at);
    let own = shoppers::find(tx, merchant, shopper)?.email;
    // First: an order that comes in just now either is there below, or finds its buyer erased.
    shoppers::forget(tx, merchant, shopper, at)?;
    let bought: Vec<(OrderId, Option<String>)> = q!(tx, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::shopper_id.eq(shopper))
        .order(orders::id)
        .select((orders::id, orders::email))
        .load(c))?;
    let talked: Vec<(ThreadId, Option<String>)> = q!(tx, |c| thread_rows::table
        .filter(thread_rows::merchant_id.eq(merchant))
        .filter(thread_rows::shopper_id.eq(shopper))
        .order(thread_rows::id)
        .select((thread_rows::id, thread_rows::mail_to))
        .load(c))?;
    let named = bought.iter().map(|(_, email)| email).chain(talked.iter().map(|(_, to)| to));
    let mut addresses: Vec<String> = named.cloned().chain([own]).flatten().collect();
    addresses.sort_unstable();
    addresses.dedup();
    for (thread, _) in &talked {
        let thread = threads::locked(tx, merchant, *thread)?;
        close(tx, erasure, &thread)?;
    }
    let orders: Vec<OrderId> = bought.into_iter().map(|(id, _)| id).collect();
    for orders in orders.chunks(500) {
        forget_orders(tx, merchant, orders, at)?;
        forget_parcels(tx, merchant, orders)?;
        forget_arrivals(tx, merchant, orders)?;
    }
    let proven = visits::table.filter(visits::merchant_id.eq(merchant)).filter(visits::proven.eq_any(&addresses));
    q!(tx, |c| diesel::delete(proven).execute(c))?;
    let asked = challenges::table.filter(challenges::merchant_id.eq(merchant));
    q!(tx, |c| diesel::delete(asked.filter(challenges::email.eq_any(&addresses))).execute(c))?;
    documents::refresh_shopper(tx, merchant, shopper)?;
    tx.nudge(crate::bus::Nudge::Delivery);
    Ok(())
}

/// Nothing is asked for in a thread any more, nobody comes into it by a link, and nothing that was said in it is left.
fn close(tx: &mut Tx<'_>, erasure: &Erasure, thread: &Thread) -> Result<()> {
    let before: Option<At> =
        q!(tx, |c| thread_rows::table.find((thread.merchant_id, thread.id)).select(thread_rows::emptied_at).first(c))?;
    let actor = match erasure.erased_by {
        DoerKind::Agent => erasure.erased_by_id.map_or(Actor::System, Actor::Agent),
        DoerKind::App => Actor::App,
        DoerKind::System | DoerKind::Stranger => Actor::System,
    };
    cases::cancel_all(tx, actor, thread)?;
    emptying::empty(tx, thread)?;
    threads::close_for_good(tx, thread)?;
    if before.is_none_or(|at| at < erasure.erased_at) {
        announce(tx, thread, actor, Change::ShopperErased { shopper: erasure.shopper_id })?;
    }
    Ok(())
}

fn forget_orders(tx: &mut Tx<'_>, merchant: MerchantId, ids: &[OrderId], at: At) -> Result<()> {
    let rows = orders::table.filter(orders::merchant_id.eq(merchant)).filter(orders::id.eq_any(ids));
    let set = (
        (orders::email.eq(None::<String>), orders::ship_to.eq(None::<String>)),
        (orders::admin_url.eq(None::<String>), orders::told_hash.eq(""), orders::erased_at.eq(at)),
    );
    q!(tx, |c| diesel::update(rows).set(set).execute(c))?;
    // What was engraved, what was wished for: words of theirs.
    let lines =
        order_lines::table.filter(order_lines::merchant_id.eq(merchant)).filter(order_lines::order_id.eq_any(ids));
    q!(tx, |c| diesel::update(lines).set(order_lines::custom.eq("[]")).execute(c))?;
    Ok(())
}

/// The number of a parcel leads to where it went.
fn forget_parcels(tx: &mut Tx<'_>, merchant: MerchantId, ids: &[OrderId]) -> Result<()> {
    let of_orders =
        || shipments::table.filter(shipments::merchant_id.eq(merchant)).filter(shipments::order_id.eq_any(ids));
    let parcels: Vec<ShipmentId> = q!(tx, |c| of_orders().select(shipments::id).load(c))?;
    let set = (shipments::numbers.eq("[]"), shipments::urls.eq("[]"), shipments::told_hash.eq(""));
    q!(tx, |c| diesel::update(of_orders()).set(set).execute(c))?;
    let passed =
        milestones::table.filter(milestones::merchant_id.eq(merchant)).filter(milestones::shipment_id.eq_any(parcels));
    let set = (milestones::place.eq(None::<String>), milestones::message.eq(None::<String>));
    q!(tx, |c| diesel::update(passed).set(set).execute(c))?;
    Ok(())
}

fn forget_arrivals(tx: &mut Tx<'_>, merchant: MerchantId, ids: &[OrderId]) -> Result<()> {
    let arrived: Vec<IntakeId> = q!(tx, |c| intake_rows::table
        .filter(intake_rows::merchant_id.eq(merchant))
        .filter(intake_rows::order_id.eq_any(ids.iter().copied().map(Some)))
        .select(intake_rows::id)
        .load(c))?;
    for slice in arrived.chunks(500) {
        intakes::forget(tx, merchant, slice)?;
    }
    Ok(())
}

/// Whose order this is, if its buyer was erased: it is known to be theirs, or it was placed before the erasure by the same
/// address.
pub(super) fn covering(conn: &mut Conn, source: &Source, known: &Order, news: &OrderNews) -> Result<Option<ShopperId>> {
    if known.erased_at.is_some() {
        return Ok(known.shopper_id);
    }
    let (merchant, keys) = (source.merchant, &source.keys);
    let placed = At::new(news.placed_at);
    let email = news.customer.email.as_deref().map(|email| traces::of_email(keys, merchant, email));
    let phone = news.customer.phone.as_deref().filter(|_| email.is_none());
    let phone = phone.and_then(|phone| traces::of_phone(keys, merchant, phone));
    let later = || erasures::table.filter(erasures::merchant_id.eq(merchant)).filter(erasures::erased_at.gt(placed));
    Ok(match (email, phone) {
        (Some(hash), _) => q!(conn, |c| later()
            .filter(erasures::email_hash.eq(hash))
            .order(erasures::erased_at)
            .select(erasures::shopper_id)
            .first(c)
            .optional())?,
        (None, Some(hash)) => q!(conn, |c| later()
            .filter(erasures::email_hash.is_null())
            .filter(erasures::phone_hash.eq(hash))
            .order(erasures::erased_at)
            .select(erasures::shopper_id)
            .first(c)
            .optional())?,
        (None, None) => None,
    })
}

/// Says of an order that its buyer was erased.
pub(super) fn mark_order(tx: &mut Tx<'_>, merchant: MerchantId, order: OrderId) -> Result<()> {
    let now = tx.at();
    let row = orders::table.find((merchant, order));
    q!(tx, |c| diesel::update(row).set(orders::erased_at.eq(now)).execute(c))?;
    // Its parcel may have been told before it was.
    forget_parcels(tx, merchant, &[order])?;
    forget_arrivals(tx, merchant, &[order])
}

/// Whether the buyer of any of these orders was erased.
pub(super) fn any_of(conn: &mut Conn, merchant: MerchantId, ids: &[OrderId]) -> Result<bool> {
    let erased = orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::id.eq_any(ids))
        .filter(orders::erased_at.is_not_null());
    Ok(!ids.is_empty() && q!(conn, |c| diesel::select(diesel::dsl::exists(erased)).get_result(c))?)
}

/// The erasure of a shopper, if they were erased.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut Conn, merchant: MerchantId, shopper: ShopperId) -> Result<Option<Erasure>> {
    let row = erasures::table.find((merchant, shopper));
    Ok(q!(conn, |c| row.select(Erasure::as_select()).first(c).optional())?)
}

/// The merchant's latest erasures, the newest first.
///
/// # Errors
/// When the database fails.
pub fn latest(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Erasure>> {
    Ok(q!(conn, |c| erasures::table
        .filter(erasures::merchant_id.eq(merchant))
        .order((erasures::erased_at.desc(), erasures::shopper_id))
        .limit(SLICE)
        .select(Erasure::as_select())
        .load(c))?)
}

/// Every erasure of the installation after one of them; for the list that outlives the database.
///
/// # Errors
/// When the database fails.
pub fn after(conn: &mut Conn, last: Option<(MerchantId, ShopperId)>) -> Result<Vec<Erasure>> {
    Ok(q!(conn, |c| {
        let mut rows = erasures::table.into_boxed();
        if let Some((merchant, shopper)) = last {
            let further = erasures::merchant_id.eq(merchant).and(erasures::shopper_id.gt(shopper));
            rows = rows.filter(erasures::merchant_id.gt(merchant).or(further));
        }
        let order = (erasures::merchant_id, erasures::shopper_id);
        rows.order(order).limit(SLICE).select(Erasure::as_select()).load(c)
    })?)
}

/// Erasures whose traces were not gone through yet.
///
/// # Errors
/// When the database fails.
pub fn unfinished(conn: &mut Conn) -> Result<Vec<Erasure>> {
    Ok(q!(conn, |c| erasures::table
        .filter(erasures::finished_at.is_null())
        .order(erasures::erased_at)
        .limit(SLICE)
        .select(Erasure::as_select())
        .load(c))?)
}

/// Says that nothing is left.
///
/// # Errors
/// When the database fails.
pub fn finish(tx: &mut Tx<'_>, erasure: &Erasure) -> Result<()> {
    let now = tx.at();
    let row = erasures::table
        .find((erasure.merchant_id, erasure.shopper_id))
        .filter(erasures::finished_at.is_null())
        .filter(erasures::erased_at.eq(erasure.erased_at));
    q!(tx, |c| diesel::update(row).set(erasures::finished_at.eq(now)).execute(c))?;
    Ok(())
}

/// Nothing more is written about somebody of whom nothing is to be known.
///
/// # Errors
/// A conflict when the thread's buyer was erased.
pub fn refuse(conn: &mut Conn, thread: &Thread) -> Result<()> {
    match of_thread(conn, thread)? {
        Some(_) => Err(Error::conflict(key("error-person-erased"))),
        None => Ok(()),
    }
}

/// When the buyer of a thread was erased.
///
/// # Errors
/// When the database fails.
pub fn of_thread(conn: &mut Conn, thread: &Thread) -> Result<Option<DateTime<Utc>>> {
    let Some(shopper) = thread.shopper_id else { return Ok(None) };
    let row = shopper_rows::table.find((thread.merchant_id, shopper)).select(shopper_rows::erased_at);
    let at: Option<At> = q!(conn, |c| row.first(c))?;
    Ok(at.map(At::utc))
}
