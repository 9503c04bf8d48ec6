//! Shoppers: who buys, known per merchant by the addresses their orders name.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{normal::CustomerNews, search::documents};
use crate::{
    error::{Error, Result},
    ids::{MerchantId, ShopperId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::shoppers,
    },
};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = shoppers)]
pub struct Shopper {
    pub id: ShopperId,
    pub email: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub erased_at: Option<At>,
}

/// When each word about a shopper was told, in microseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    name: i64,
    phone: i64,
    /// 0 while the language is only likely.
    locale: i64,
    #[serde(default)]
    likely_locale: i64,
}

/// The shopper an order names, found or made: by e-mail, else by telephone. None when the order names nobody.
/// Of what is told of them the newest word stands (of one moment the greater), whatever order it comes in.
///
/// # Errors
/// When the database fails.
pub fn named_by(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    customer: &CustomerNews,
    told_at: DateTime<Utc>,
) -> Result<Option<ShopperId>> {
    if customer.email.is_none() && customer.phone.is_none() {
        return Ok(None);
    }
    let id = match known(tx, merchant, customer)? {
        Some(id) => id,
        None => make(tx, merchant, customer)?,
    };
    let known = find(tx, merchant, id)?;
    let row = shoppers::table.find((merchant, id));
    let told: Json<Told> = q!(tx, |c| row.select(shoppers::told).first(c))?;
    let (mut told, at) = (told.0, told_at.timestamp_micros());
    let name = newest(&mut told.name, known.name.clone(), at, customer.name.as_ref());
    let phone = newest(&mut told.phone, known.phone.clone(), at, customer.phone.as_ref());
    let renamed = (&name, &phone) != (&known.name, &known.phone);
    let set = (
        shoppers::name.eq(name),
        shoppers::phone.eq(phone),
        shoppers::locale.eq(locale(&mut told, known.locale, at, customer)),
        shoppers::told.eq(Json(told)),
    );
    let there = row.filter(shoppers::erased_at.is_null());
    if q!(tx, |c| diesel::update(there).set(set).execute(c))? == 0 {
        // Erased since it was looked for: looked at again from the beginning, the order is known to be theirs.
        return Err(Error::collision("a shopper was erased meanwhile"));
    }
    if renamed {
        documents::refresh_shopper(tx, merchant, id)?;
    }
    Ok(Some(id))
}

/// The newest word about the language; what is only likely counts until there is one.
fn locale(told: &mut Told, known: Option<String>, at: i64, news: &CustomerNews) -> Option<String> {
    let is_told = told.locale != 0;
    match &news.locale {
        Some(locale) => newest(&mut told.locale, known.filter(|_| is_told), at, Some(locale)),
        None if is_told => known,
        None => newest(&mut told.likely_locale, known, at, news.likely_locale.as_ref()),
    }
}

fn newest(told: &mut i64, known: Option<String>, at: i64, news: Option<&String>) -> Option<String> {
    match news {
        Some(news) if (at, Some(news)) > (*told, known.as_ref()) => {
            *told = at;
            Some(news.clone())
        }
        _ => known,
    }
}

fn known(conn: &mut Conn, merchant: MerchantId, customer: &CustomerNews) -> Result<Option<ShopperId>> {
    let all = || shoppers::table.filter(shoppers::merchant_id.eq(merchant)).select(shoppers::id);
    Ok(match (&customer.email, &customer.phone) {
        (Some(email), _) => q!(conn, |c| all().filter(shoppers::email.eq(email)).first(c).optional())?,
        (None, Some(phone)) => q!(conn, |c| all()
            .filter(shoppers::email.is_null())
            .filter(shoppers::phone.eq(phone))
            .order(shoppers::id)
            .first(c)
            .optional())?,
        (None, None) => None,
    })
}

/// Two orders of a new shopper may arrive at once: the second to insert finds the first one's row.
fn make(tx: &mut Tx<'_>, merchant: MerchantId, customer: &CustomerNews) -> Result<ShopperId> {
    let id = ShopperId::new(tx.now());
    let row = (
        shoppers::merchant_id.eq(merchant),
        shoppers::id.eq(id),
        shoppers::email.eq(&customer.email),
        shoppers::phone.eq(&customer.phone),
        shoppers::told.eq(Json(Told::default())),
        shoppers::created_at.eq(tx.at()),
    );
    let made = q!(tx, |c| diesel::insert_into(shoppers::table).values(row).on_conflict_do_nothing().execute(c))?;
    if made == 1 {
        return Ok(id);
    }
    known(tx, merchant, customer)?.ok_or(Error::NotFound)
}

/// Takes what tells of a shopper; that there was one stays, for their orders.
pub(super) fn forget(tx: &mut Tx<'_>, merchant: MerchantId, id: ShopperId, at: At) -> Result<()> {
    let set = (
        (shoppers::email.eq(None::<String>), shoppers::name.eq(None::<String>), shoppers::phone.eq(None::<String>)),
        (shoppers::locale.eq(None::<String>), shoppers::told.eq(Json(Told::default())), shoppers::erased_at.eq(at)),
    );
    q!(tx, |c| diesel::update(shoppers::table.find((merchant, id))).set(set).execute(c))?;
    Ok(())
}

/// Makes sure that there is a shopper of whom nothing is known: old orders of theirs may still come.
pub(super) fn make_erased(tx: &mut Tx<'_>, merchant: MerchantId, id: ShopperId, at: At) -> Result<()> {
    let row = (
        (shoppers::merchant_id.eq(merchant), shoppers::id.eq(id), shoppers::told.eq(Json(Told::default()))),
        (shoppers::created_at.eq(at), shoppers::erased_at.eq(at)),
    );
    q!(tx, |c| diesel::insert_into(shoppers::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The shopper of a merchant with this e-mail address.
///
/// # Errors
/// When the database fails.
pub fn by_email(conn: &mut Conn, merchant: MerchantId, email: &str) -> Result<Option<ShopperId>> {
    Ok(q!(conn, |c| shoppers::table
        .filter(shoppers::merchant_id.eq(merchant))
        .filter(shoppers::email.eq(email))
        .select(shoppers::id)
        .first(c)
        .optional())?)
}

/// A shopper of the merchant.
///
/// # Errors
/// When the merchant has no such shopper.
pub fn find(conn: &mut Conn, merchant: MerchantId, id: ShopperId) -> Result<Shopper> {
    Ok(q!(conn, |c| shoppers::table.find((merchant, id)).select(Shopper::as_select()).first(c))?)
}

/// Several shoppers of the merchant at once.
///
/// # Errors
/// When the database fails.
pub fn by_ids(conn: &mut Conn, merchant: MerchantId, ids: &[ShopperId]) -> Result<HashMap<ShopperId, Shopper>> {
    let found: Vec<Shopper> = q!(conn, |c| shoppers::table
        .filter(shoppers::merchant_id.eq(merchant))
        .filter(shoppers::id.eq_any(ids))
        .select(Shopper::as_select())
        .load(c))?;
    Ok(found.into_iter().map(|shopper| (shopper.id, shopper)).collect())
}
