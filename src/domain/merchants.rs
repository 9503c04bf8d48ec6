//! Merchants and their shops: the tenant, and the storefronts it sells through.

use chrono_tz::Tz;
use diesel::prelude::*;

use super::{
    agents::{self, Agent},
    hours,
};
use crate::{
    error::{Error, Result},
    i18n::{Lang, Words},
    ids::{MerchantId, ShopId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{merchants, shops},
    },
};

/// A storefront of a merchant: its name, look, languages and policy.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = shops)]
pub struct Shop {
    pub merchant_id: MerchantId,
    pub id: ShopId,
    pub name: String,
    /// The merchant's colour, `#rrggbb`.
    pub accent: String,
    /// The language of its pages when nothing better is known.
    pub locale: String,
    /// IANA name of the zone its times are shown in.
    pub time_zone: String,
    /// Where its e-mails come from.
    pub email: String,
    /// Days after purchase (or delivery) within which a line can be exchanged.
    pub exchange_days: i32,
    /// Whether a new order's thread is announced by e-mail.
    pub mail_on_order: bool,
    pub created_at: At,
    /// Minutes within which it wants to answer.
    pub reply_minutes: i32,
}

/// What a shop wants until it says otherwise, in minutes.
pub const REPLY_MINUTES: i32 = 60;

impl Shop {
    pub fn lang(&self) -> Lang {
        self.locale.parse().unwrap_or_default()
    }

    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::UTC)
    }

    /// The words of a reader of this shop's pages.
    pub fn words(&self, lang: Lang, now: chrono::DateTime<chrono::Utc>) -> Words {
        Words::new(lang, self.zone(), now)
    }
}

/// What a shop's keepers choose of it.
#[derive(Debug, Clone)]
pub struct Choices {
    pub name: String,
    /// `#rrggbb`
    pub accent: String,
    pub locale: Lang,
    pub zone: Tz,
    pub exchange_days: i32,
    pub mail_on_order: bool,
}

/// Whether a text is a colour as the shop's pages take it: `#1c6763`.
pub fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Changes a shop.
///
/// # Errors
/// [`Error::Denied`] where the asker's role does not allow it; [`Error::NotFound`] for a shop of anybody else.
pub fn change_shop(tx: &mut Tx<'_>, by: &Agent, id: ShopId, choices: &Choices) -> Result<()> {
    if !agents::team::now(tx, by)?.role.keeps() {
        return Err(Error::Denied);
    }
    let set = (
        (shops::name.eq(&choices.name), shops::accent.eq(choices.accent.to_ascii_lowercase())),
        (shops::locale.eq(choices.locale.code()), shops::time_zone.eq(choices.zone.name())),
        (shops::exchange_days.eq(choices.exchange_days), shops::mail_on_order.eq(choices.mail_on_order)),
    );
    match q!(tx, |c| diesel::update(shops::table.find((by.merchant_id, id))).set(set).execute(c))? {
        0 => Err(Error::NotFound),
        _ => hours::keeping::clock_changed(tx, by.merchant_id, id),
    }
}

/// Makes a merchant.
///
/// # Errors
/// When the database fails.
pub fn create(tx: &mut Tx<'_>, name: &str) -> Result<MerchantId> {
    let id = MerchantId::new(tx.now());
    let row = (merchants::id.eq(id), merchants::name.eq(name), merchants::created_at.eq(tx.at()));
    q!(tx, |c| diesel::insert_into(merchants::table).values(row).execute(c))?;
    Ok(id)
}

/// Adds a shop.
///
/// # Errors
/// When the database fails.
pub fn add_shop(tx: &mut Tx<'_>, shop: &Shop) -> Result<()> {
    q!(tx, |c| diesel::insert_into(shops::table).values(shop).execute(c))?;
    Ok(())
}

/// The merchant's name.
///
/// # Errors
/// When there is no such merchant.
pub fn name(conn: &mut Conn, merchant: MerchantId) -> Result<String> {
    Ok(q!(conn, |c| merchants::table.find(merchant).select(merchants::name).first(c))?)
}

/// The one merchant of an installation that has just one.
///
/// # Errors
/// When the database fails.
pub fn only(conn: &mut Conn) -> Result<Option<MerchantId>> {
    let some: Vec<MerchantId> = q!(conn, |c| merchants::table.select(merchants::id).limit(2).load(c))?;
    Ok(match some.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// Whether any merchant exists yet.
///
/// # Errors
/// When the database fails.
pub fn any(conn: &mut Conn) -> Result<bool> {
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(merchants::table.select(merchants::id))).get_result(c))?)
}

/// A shop of the merchant.
///
/// # Errors
/// When the merchant has no such shop.
pub fn shop(conn: &mut Conn, merchant: MerchantId, id: ShopId) -> Result<Shop> {
    Ok(q!(conn, |c| shops::table.find((merchant, id)).select(Shop::as_select()).first(c))?)
}

/// Every shop of the merchant, oldest first.
///
/// # Errors
/// When the database fails.
pub fn shops(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Shop>> {
    Ok(q!(conn, |c| shops::table
        .filter(shops::merchant_id.eq(merchant))
        .order(shops::id)
        .select(Shop::as_select())
        .load(c))?)
}
