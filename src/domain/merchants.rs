//! Merchants and their shops: the tenant, and the storefronts it sells through.

pub mod legal;

use chrono_tz::Tz;
use diesel::prelude::*;

use super::{
    agents::{self, Agent},
    audit::{self, Act},
    catalogue, hours,
    policy::{Rules, Terms},
};
use crate::{
    error::{Error, Result},
    i18n::{Lang, Words},
    ids::{MerchantId, ShopId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
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
    /// What its exchanges go by beside the days.
    pub exchange_rules: Json<Rules>,
    /// Codes of the languages it speaks; empty where it speaks every one. [`Shop::languages`] reads them.
    pub languages: Json<Vec<String>>,
    pub legal: Json<Vec<legal::Legal>>,
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

    /// The languages it speaks, its first one first.
    pub fn languages(&self) -> Vec<Lang> {
        let first = self.lang();
        let speaks = |lang: &Lang| self.languages.0.is_empty() || self.languages.0.iter().any(|c| c == lang.code());
        let others = Lang::all().filter(|lang| *lang != first && speaks(lang));
        std::iter::once(first).chain(others).collect()
    }

    /// The language it speaks with somebody of this one: theirs where it can, else its first.
    pub fn speaks(&self, lang: Lang) -> Lang {
        if self.languages().contains(&lang) { lang } else { self.lang() }
    }

    /// What an exchange that is asked for now goes by.
    pub fn terms(&self) -> Terms {
        Terms { days: self.exchange_days, rules: self.exchange_rules.0.clone() }
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
    /// What it speaks beside its first language.
    pub languages: Vec<Lang>,
    pub zone: Tz,
    pub mail_on_order: bool,
    pub legal: Vec<legal::Legal>,
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
        (shops::mail_on_order.eq(choices.mail_on_order), shops::legal.eq(Json(choices.legal.clone()))),
        shops::languages.eq(Json(spoken(choices))),
    );
    match q!(tx, |c| diesel::update(shops::table.find((by.merchant_id, id))).set(set).execute(c))? {
        0 => Err(Error::NotFound),
        _ => {
            audit::record(tx, by.merchant_id, by.into(), Act::ShopChanged, &id.to_string(), &[])?;
            hours::keeping::clock_changed(tx, by.merchant_id, id)
        }
    }
}

/// The codes that are kept: none where every language is chosen, so that one that is added later is spoken too.
fn spoken(choices: &Choices) -> Vec<String> {
    let chosen = |lang: &Lang| *lang == choices.locale || choices.languages.contains(lang);
    if Lang::all().all(|lang| chosen(&lang)) {
        return Vec::new();
    }
    Lang::all().filter(chosen).map(|lang| lang.code().to_owned()).collect()
}

/// Changes what a shop's exchanges go by. Requests that were made keep the terms they were made under.
///
/// # Errors
/// As [`change_shop`]; when two of the rules cannot both hold, naming them.
pub fn change_terms(tx: &mut Tx<'_>, by: &Agent, id: ShopId, terms: &Terms) -> Result<()> {
    if !agents::team::now(tx, by)?.role.keeps() {
        return Err(Error::Denied);
    }
    let titles = catalogue::titles(tx, by.merchant_id, id)?;
    if let Some(clash) = terms.rules.clash(&titles) {
        return Err(Error::invalid(clash.field, clash.says));
    }
    let set = (shops::exchange_days.eq(terms.days), shops::exchange_rules.eq(Json(terms.rules.clone())));
    match q!(tx, |c| diesel::update(shops::table.find((by.merchant_id, id))).set(set).execute(c))? {
        0 => Err(Error::NotFound),
        _ => audit::record(tx, by.merchant_id, by.into(), Act::PolicyChanged, &id.to_string(), &[]),
    }
}

/// Makes a merchant.
///
/// # Errors
/// When the database fails.
pub fn create(tx: &mut Tx<'_>, name: &str) -> Result<MerchantId> {
    let id = MerchantId::new(tx.now());
    let now = tx.at();
    let begun = (merchants::created_at.eq(now), merchants::retention_from.eq(now));
    let row = (merchants::id.eq(id), merchants::name.eq(name), begun);
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
