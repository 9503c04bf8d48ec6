//! Where opening hours are kept, and what follows from changing them: threads in which an answer is owed are counted again
//! in the same change, as many as fit in one; the rest by the worker.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    Closure, Hours, Span,
    edits::{Edit, Setting},
};
use crate::{
    bus::Nudge,
    domain::{
        agents::{self, Agent},
        merchants::{self, Shop},
        targets,
    },
    error::{Error, Result},
    ids::{MerchantId, ShopId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{shop_hours, shops, threads},
    },
};

/// Threads that are counted again in one change.
const BATCH: i64 = 500;

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = shop_hours, primary_key(merchant_id, shop_id), treat_none_as_null = true)]
struct Kept {
    merchant_id: MerchantId,
    shop_id: ShopId,
    week: Json<Vec<Span>>,
    closures: Json<Vec<Closure>>,
    recount_after: Option<ThreadId>,
    set_at: At,
}

impl Kept {
    fn hours(self, shop: &Shop) -> Hours {
        Hours::new(shop.zone(), self.week.0, self.closures.0)
    }
}

/// The hours of a shop.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, shop: &Shop) -> Result<Hours> {
    let row = shop_hours::table.find((shop.merchant_id, shop.id));
    let kept: Option<Kept> = q!(conn, |c| row.select(Kept::as_select()).first(c).optional())?;
    Ok(kept.map_or_else(|| Hours::always(shop.zone()), |kept| kept.hours(shop)))
}

/// The hours of all these shops of a merchant.
///
/// # Errors
/// When the database fails.
pub fn of_shops(conn: &mut Conn, merchant: MerchantId, shops: &[Shop]) -> Result<HashMap<ShopId, Hours>> {
    let kept: Vec<Kept> =
        q!(conn, |c| shop_hours::table.filter(shop_hours::merchant_id.eq(merchant)).select(Kept::as_select()).load(c))?;
    let mut kept: HashMap<ShopId, Kept> = kept.into_iter().map(|kept| (kept.shop_id, kept)).collect();
    let hours = |shop: &Shop| kept.remove(&shop.id).map_or_else(|| Hours::always(shop.zone()), |kept| kept.hours(shop));
    let hours: Vec<Hours> = shops.iter().map(hours).collect();
    Ok(shops.iter().map(|shop| shop.id).zip(hours).collect())
}

/// Sets the hours of a shop as a whole: what a new shop begins with.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut Tx<'_>, shop: &Shop, week: &[Span], closures: &[Closure]) -> Result<()> {
    keep(tx, shop, &Hours::new(shop.zone(), week.to_vec(), closures.to_vec()), None)
}

/// Changes the hours of a shop, or within how many opening minutes it wants to answer.
///
/// # Errors
/// [`Error::Denied`] where the asker's role does not allow it; [`Error::NotFound`] for a shop of anybody else; else
/// what is wrong with the edit.
pub fn change(tx: &mut Tx<'_>, by: &Agent, id: ShopId, edit: &Edit) -> Result<()> {
    if !agents::team::now(tx, by)?.role.keeps() {
        return Err(Error::Denied);
    }
    altered(tx, by.merchant_id, id, Some(edit), |hours, today| edit.apply(hours, today))
}

/// A program of the merchant sets the hours of a shop.
///
/// # Errors
/// [`Error::NotFound`] for a shop of anybody else; else what is wrong with it, by its place.
pub fn set_by_app(tx: &mut Tx<'_>, merchant: MerchantId, id: ShopId, setting: &Setting) -> Result<()> {
    altered(tx, merchant, id, setting.target.as_ref(), |hours, today| setting.apply(hours, today))
}

fn altered(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    id: ShopId,
    target: Option<&Edit>,
    apply: impl FnOnce(&mut Hours, NaiveDate) -> Result<()>,
) -> Result<()> {
    let mut shop = locked(tx, merchant, id)?;
    let mut hours = of(tx, &shop)?;
    apply(&mut hours, tx.now().with_timezone(&shop.zone()).date_naive())?;
    if let Some(Edit::Target(minutes)) = target {
        shop.reply_minutes = *minutes;
        let row = shops::table.find((shop.merchant_id, id));
        q!(tx, |c| diesel::update(row).set(shops::reply_minutes.eq(*minutes)).execute(c))?;
    }
    keep_and_count(tx, &shop, &hours)
}

/// Counts again for a shop whose clock was changed.
///
/// # Errors
/// When the database fails, or the merchant has no such shop.
pub fn clock_changed(tx: &mut Tx<'_>, merchant: MerchantId, id: ShopId) -> Result<()> {
    let shop = merchants::shop(tx, merchant, id)?;
    let hours = of(tx, &shop)?;
    // Where a shop is always open its clock changes nothing.
    if hours.is_always_open() { Ok(()) } else { keep_and_count(tx, &shop, &hours) }
}

fn keep_and_count(tx: &mut Tx<'_>, shop: &Shop, hours: &Hours) -> Result<()> {
    let left = recount(tx, shop, hours, None)?;
    keep(tx, shop, hours, left)
}

/// Two who change the same hours do it one after the other.
fn locked(tx: &mut Tx<'_>, merchant: MerchantId, id: ShopId) -> Result<Shop> {
    let row = shops::table.find((merchant, id));
    Ok(match tx.this() {
        Conn::Sqlite(c) => row.select(Shop::as_select()).first(&mut **c)?,
        Conn::Postgres(c) => row.select(Shop::as_select()).for_no_key_update().first(&mut **c)?,
    })
}

fn keep(tx: &mut Tx<'_>, shop: &Shop, hours: &Hours, recount_after: Option<ThreadId>) -> Result<()> {
    let kept = Kept {
        merchant_id: shop.merchant_id,
        shop_id: shop.id,
        week: Json(hours.week().to_vec()),
        closures: Json(hours.closures().to_vec()),
        recount_after,
        set_at: tx.at(),
    };
    q!(tx, |c| diesel::insert_into(shop_hours::table)
        .values(&kept)
        .on_conflict((shop_hours::merchant_id, shop_hours::shop_id))
        .do_update()
        .set(&kept)
        .execute(c))?;
    Ok(())
}

/// What decides when an answer is due.
type Owed = (ThreadId, Option<At>, At, Option<At>);

/// Counts again when answers are due, for threads after one; the last that was counted where there may be more.
fn recount(tx: &mut Tx<'_>, shop: &Shop, hours: &Hours, after: Option<ThreadId>) -> Result<Option<ThreadId>> {
    let after = after.unwrap_or_else(|| ThreadId::from_bytes([0; 16]));
    let owed: Vec<Owed> = q!(tx, |c| threads::table
        .filter(threads::merchant_id.eq(shop.merchant_id))
        .filter(threads::shop_id.eq(shop.id))
        .filter(threads::reply_due_at.is_not_null())
        .filter(threads::id.gt(after))
        .order(threads::id)
        .limit(BATCH)
        .select((threads::id, threads::waiting_since, threads::moved_at, threads::reply_due_at))
        .load(c))?;
    for (id, since, moved, due) in &owed {
        // Where nobody waits it is due as if somebody had asked when it last moved.
        let again = At::new(targets::due(hours, since.unwrap_or(*moved).utc(), shop.reply_minutes));
        if Some(again) == *due {
            continue;
        }
        // Whoever answered meanwhile was faster.
        let row = threads::table.find((shop.merchant_id, *id)).filter(threads::reply_due_at.eq(*due));
        q!(tx, |c| diesel::update(row).set(threads::reply_due_at.eq(again)).execute(c))?;
        tx.nudge(Nudge::Thread(shop.merchant_id, *id));
    }
    let full = i64::try_from(owed.len()).is_ok_and(|counted| counted >= BATCH);
    Ok(owed.last().map(|(id, ..)| *id).filter(|_| full))
}

/// Shops whose threads are not all counted again yet.
///
/// # Errors
/// When the database fails.
pub fn behind(conn: &mut Conn, limit: i64) -> Result<Vec<(MerchantId, ShopId)>> {
    Ok(q!(conn, |c| shop_hours::table
        .filter(shop_hours::recount_after.is_not_null())
        .order(shop_hours::set_at)
        .limit(limit)
        .select((shop_hours::merchant_id, shop_hours::shop_id))
        .load(c))?)
}

/// Goes on counting; false where nothing is left.
///
/// # Errors
/// When the database fails.
pub fn go_on(tx: &mut Tx<'_>, merchant: MerchantId, id: ShopId) -> Result<bool> {
    let shop = locked(tx, merchant, id)?;
    let row = shop_hours::table.find((merchant, id));
    let kept: Kept = q!(tx, |c| row.select(Kept::as_select()).first(c))?;
    let Some(after) = kept.recount_after else { return Ok(false) };
    let hours = kept.hours(&shop);
    let left = recount(tx, &shop, &hours, Some(after))?;
    let row = shop_hours::table.find((merchant, id));
    q!(tx, |c| diesel::update(row).set(shop_hours::recount_after.eq(left)).execute(c))?;
    Ok(true)
}
