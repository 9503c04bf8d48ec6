//! Canned replies: what agents say again and again, once for each language, with what differs from order to order as
//! variables ([`body`]). Using one ([`filling`]) only writes it into the box; it is an agent who sends it.

pub mod body;
pub mod filling;

use std::collections::BTreeMap;

use diesel::prelude::*;

use self::body::Body;
use super::merchants;
use crate::{
    error::{Error, FieldError, Result, Says},
    i18n::{Lang, key},
    ids::{CannedReplyId, MerchantId, ShopId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::canned_replies,
    },
};

/// The longest title and shortcut, in characters.
pub const MAX_TITLE: usize = 80;
pub const MAX_SHORTCUT: usize = 30;
/// Replies of one merchant.
const MOST: i64 = 500;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = canned_replies)]
pub struct Reply {
    pub id: CannedReplyId,
    /// None: for every shop.
    pub shop_id: Option<ShopId>,
    pub title: String,
    pub shortcut: String,
    /// Language and text.
    pub bodies: Json<BTreeMap<String, String>>,
    pub updated_at: At,
}

impl Reply {
    pub fn is_for(&self, shop: ShopId) -> bool {
        self.shop_id.is_none_or(|own| own == shop)
    }
}

/// What a reply is to be, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub title: String,
    pub shortcut: String,
    /// The shop's id; empty for every shop.
    pub shop: String,
    /// Language and text; empty where there is none.
    pub bodies: Vec<(String, String)>,
}

/// What a reply is to be, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    title: String,
    shortcut: String,
    shop: Option<ShopId>,
    bodies: BTreeMap<String, String>,
}

impl Draft {
    /// # Errors
    /// Names everything that is wrong; the field of a text is `body-` and its language.
    pub fn parse(typed: &Typed) -> Result<Self> {
        let mut wrong = Vec::new();
        let mut problem = |pointer: &str, says: Says| wrong.push(FieldError { pointer: pointer.to_owned(), says });
        let title = typed.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || title.chars().count() > MAX_TITLE || title.chars().any(char::is_control) {
            problem("title", Says::new(key("error-canned-title")).with("max", MAX_TITLE));
        }
        let shortcut = typed.shortcut.trim().trim_start_matches('/').to_lowercase();
        let plain = shortcut.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if shortcut.is_empty() || shortcut.len() > MAX_SHORTCUT || !plain {
            problem("shortcut", Says::new(key("error-canned-shortcut")).with("max", MAX_SHORTCUT));
        }
        let shop = match typed.shop.as_str() {
            "" => None,
            id => {
                let shop = id.parse().ok();
                if shop.is_none() {
                    problem("shop", Says::new(key("error-canned-shop")));
                }
                shop
            }
        };
        let mut bodies = BTreeMap::new();
        for (code, text) in typed.bodies.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let Ok(lang) = code.parse::<Lang>() else { continue };
            match Body::parse(&format!("body-{}", lang.code()), text) {
                Ok(body) => drop(bodies.insert(lang.code().to_owned(), body.text().to_owned())),
                Err(Error::Invalid(flaws)) => flaws.into_iter().for_each(|flaw| problem(&flaw.pointer, flaw.says)),
                Err(error) => return Err(error),
            }
        }
        if bodies.is_empty() && wrong.iter().all(|flaw| !flaw.pointer.starts_with("body-")) {
            let pointer = format!("body-{}", Lang::default().code());
            wrong.push(FieldError { pointer, says: Says::new(key("error-canned-empty")) });
        }
        if wrong.is_empty() { Ok(Self { title, shortcut, shop, bodies }) } else { Err(Error::Invalid(wrong)) }
    }
}

/// Every reply of the merchant, by title.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Reply>> {
    let mut all: Vec<Reply> = q!(conn, |c| canned_replies::table
        .filter(canned_replies::merchant_id.eq(merchant))
        .select(Reply::as_select())
        .load(c))?;
    all.sort_by_cached_key(|reply| (reply.title.to_lowercase(), reply.id));
    Ok(all)
}

/// Every reply that is said in a shop, by title.
///
/// # Errors
/// When the database fails.
pub fn of_shop(conn: &mut Conn, merchant: MerchantId, shop: ShopId) -> Result<Vec<Reply>> {
    let mut all = list(conn, merchant)?;
    all.retain(|reply| reply.is_for(shop));
    Ok(all)
}

/// A reply of the merchant.
///
/// # Errors
/// When the merchant has no such reply.
pub fn find(conn: &mut Conn, merchant: MerchantId, id: CannedReplyId) -> Result<Reply> {
    Ok(q!(conn, |c| canned_replies::table.find((merchant, id)).select(Reply::as_select()).first(c))?)
}

/// Makes a reply.
///
/// # Errors
/// When its shortcut is taken, its shop is not the merchant's, or there are as many as there may be.
pub fn create(tx: &mut Tx<'_>, merchant: MerchantId, draft: &Draft) -> Result<CannedReplyId> {
    own_shop(tx, merchant, draft)?;
    let all = canned_replies::table.filter(canned_replies::merchant_id.eq(merchant));
    let count: i64 = q!(tx, |c| all.count().get_result(c))?;
    if count >= MOST {
        return Err(Error::invalid("title", Says::new(key("error-canned-many")).with("max", MOST)));
    }
    let id = CannedReplyId::new(tx.now());
    let row = (
        (canned_replies::merchant_id.eq(merchant), canned_replies::id.eq(id), canned_replies::shop_id.eq(draft.shop)),
        (canned_replies::title.eq(&draft.title), canned_replies::shortcut.eq(&draft.shortcut)),
        canned_replies::bodies.eq(Json(draft.bodies.clone())),
        (canned_replies::created_at.eq(tx.at()), canned_replies::updated_at.eq(tx.at())),
    );
    let made = q!(tx, |c| diesel::insert_into(canned_replies::table).values(row).on_conflict_do_nothing().execute(c))?;
    if made == 0 { Err(taken(draft)) } else { Ok(id) }
}

/// Writes a reply anew.
///
/// # Errors
/// As for a new one; and when the merchant has no such reply.
pub fn change(tx: &mut Tx<'_>, merchant: MerchantId, id: CannedReplyId, draft: &Draft) -> Result<()> {
    own_shop(tx, merchant, draft)?;
    let set = (
        (canned_replies::shop_id.eq(draft.shop), canned_replies::title.eq(&draft.title)),
        (canned_replies::shortcut.eq(&draft.shortcut), canned_replies::bodies.eq(Json(draft.bodies.clone()))),
        canned_replies::updated_at.eq(tx.at()),
    );
    let row = canned_replies::table.find((merchant, id));
    let changed = tx.nested(|tx| Ok(q!(tx, |c| diesel::update(row).set(set).execute(c))?))?;
    match changed.map_err(|_| taken(draft))? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Takes a reply away.
///
/// # Errors
/// When the merchant has no such reply.
pub fn delete(tx: &mut Tx<'_>, merchant: MerchantId, id: CannedReplyId) -> Result<()> {
    let row = canned_replies::table.find((merchant, id));
    let gone = q!(tx, |c| diesel::delete(row).execute(c))?;
    if gone == 0 { Err(Error::NotFound) } else { Ok(()) }
}

fn own_shop(tx: &mut Tx<'_>, merchant: MerchantId, draft: &Draft) -> Result<()> {
    let Some(shop) = draft.shop else { return Ok(()) };
    match merchants::shop(tx, merchant, shop) {
        Err(Error::NotFound) => Err(Error::invalid("shop", Says::new(key("error-canned-shop")))),
        other => other.map(drop),
    }
}

fn taken(draft: &Draft) -> Error {
    Error::invalid("shortcut", Says::new(key("error-canned-taken")).with("shortcut", &draft.shortcut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_named_at_once() {
        let typed = Typed {
            title: " ".to_owned(),
            shortcut: "Not a word".to_owned(),
            shop: "shp_x".to_owned(),
            bodies: vec![("fr".to_owned(), "{{".to_owned()), ("en".to_owned(), "Hi {{nobody}}".to_owned())],
        };
        let Err(Error::Invalid(fields)) = Draft::parse(&typed) else { panic!("taken") };
        let pointers: Vec<&str> = fields.iter().map(|field| field.pointer.as_str()).collect();
        assert_eq!(pointers, ["title", "shortcut", "shop", "body-fr", "body-en"]);
    }

    #[test]
    fn one_language_is_enough_and_none_is_not() {
        let typed = |body: &str| Typed {
            title: "Thanks".to_owned(),
            shortcut: "/Thanks".to_owned(),
            bodies: vec![("fr".to_owned(), body.to_owned()), ("en".to_owned(), String::new())],
            ..Typed::default()
        };
        assert_eq!(Draft::parse(&typed("Merci {{shopper.first_name}}")).unwrap().shortcut, "thanks");
        assert!(Draft::parse(&typed(" ")).is_err());
    }
}
