//! The installation: whether it was set up, that it is started with the key its data was written with, whether what it wants to
//! send is held, and when the last backup was made.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{
    agents::{self, NewAgent},
    merchants::{self, Shop},
};
use crate::{
    bus::Nudge,
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, MerchantId},
    q,
    secrets::{self, Keys},
    store::{Conn, Tx, columns::At, schema::installation},
    text_enum,
};

/// Notes the key's check value on the first start, and compares it on every other.
///
/// # Errors
/// When the data was written with another key.
pub fn check_key(tx: &mut Tx<'_>, keys: &Keys) -> Result<()> {
    let known = key_check(tx)?;
    let ours = keys.check_value();
    match known {
        Some(known) if known == ours => Ok(()),
        Some(_) => Err(Error::Internal(
            "the secret key is not the one this database was written with: put the right secret.key in the data \
             directory, or set COMPTOIR_SECRET_KEY"
                .to_owned(),
        )),
        None => {
            let row = (installation::id.eq(1), installation::key_check.eq(ours), installation::created_at.eq(tx.at()));
            q!(tx, |c| diesel::insert_into(installation::table).values(row).execute(c))?;
            Ok(())
        }
    }
}

/// Whether the data was written with this key; none where nothing was written yet.
///
/// # Errors
/// When the database fails.
pub fn key_fits(conn: &mut Conn, keys: &Keys) -> Result<Option<bool>> {
    Ok(key_check(conn)?.map(|known| known == keys.check_value()))
}

text_enum! {
    /// Why nothing leaves.
    pub enum HeldWhy {
        /// The data came out of a backup: whoever it was taken from may have sent what waits in it.
        Restored = "restored",
        /// The data was copied from another database.
        Copied = "copied",
    }
}

/// Deliveries are planned and none is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    pub since: At,
    pub why: HeldWhy,
}

/// Lets nothing leave from here on.
///
/// # Errors
/// When the database fails.
pub fn hold(tx: &mut Tx<'_>, why: HeldWhy) -> Result<()> {
    let set = (installation::held_since.eq(Some(tx.at())), installation::held_why.eq(Some(why)));
    q!(tx, |c| diesel::update(installation::table.find(1)).set(set).execute(c))?;
    Ok(())
}

/// Whether deliveries are held.
///
/// # Errors
/// When the database fails.
pub fn held(conn: &mut Conn) -> Result<Option<Hold>> {
    let columns = (installation::held_since, installation::held_why);
    let known: Option<(Option<At>, Option<HeldWhy>)> =
        q!(conn, |c| installation::table.find(1).select(columns).first(c).optional())?;
    Ok(match known {
        Some((Some(since), why)) => Some(Hold { since, why: why.unwrap_or(HeldWhy::Copied) }),
        _ => None,
    })
}

/// Lets what waits leave.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut Tx<'_>) -> Result<()> {
    let set = (installation::held_since.eq(None::<At>), installation::held_why.eq(None::<HeldWhy>));
    q!(tx, |c| diesel::update(installation::table.find(1)).set(set).execute(c))?;
    tx.nudge(Nudge::Delivery);
    Ok(())
}

/// Notes that a backup is whole, made of what was there at `moment`.
///
/// # Errors
/// When the database fails.
pub fn note_backup(tx: &mut Tx<'_>, moment: At) -> Result<()> {
    let row = installation::table.find(1);
    q!(tx, |c| diesel::update(row).set(installation::backed_up_at.eq(Some(moment))).execute(c))?;
    Ok(())
}

/// The moment the last whole backup was made of.
///
/// # Errors
/// When the database fails.
pub fn last_backup(conn: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    let known: Option<Option<At>> =
        q!(conn, |c| installation::table.find(1).select(installation::backed_up_at).first(c).optional())?;
    Ok(known.flatten().map(At::utc))
}

/// What tells installations apart: the check value of the key; none before the first start.
///
/// # Errors
/// When the database fails.
pub fn key_check(conn: &mut Conn) -> Result<Option<String>> {
    Ok(q!(conn, |c| installation::table.find(1).select(installation::key_check).first(c).optional())?)
}

/// Offers the set-up under a new one-time token, unless a merchant exists. True when there is something to set up.
///
/// # Errors
/// When the database fails.
pub fn offer_setup(tx: &mut Tx<'_>, token: &str) -> Result<bool> {
    let needed = !merchants::any(tx)?;
    let hash = needed.then(|| secrets::hash(token));
    let row = installation::table.find(1);
    q!(tx, |c| diesel::update(row).set(installation::setup_hash.eq(hash)).execute(c))?;
    Ok(needed)
}

/// Whether the token is the one of the set-up on offer.
///
/// # Errors
/// When the database fails.
pub fn setup_fits(conn: &mut Conn, token: &str) -> Result<bool> {
    let known: Option<Option<String>> =
        q!(conn, |c| installation::table.find(1).select(installation::setup_hash).first(c).optional())?;
    let hash = known.flatten().unwrap_or_default();
    Ok(secrets::same(hash.as_bytes(), secrets::hash(token).as_bytes()))
}

/// The first merchant, shop and owner. Uses the token up.
///
/// # Errors
/// A conflict when the token was used or replaced.
pub fn set_up(
    tx: &mut Tx<'_>,
    token: &str,
    merchant: &str,
    shop: &Shop,
    owner: &NewAgent,
) -> Result<(MerchantId, AgentId)> {
    if !setup_fits(tx, token)? || merchants::any(tx)? {
        return Err(Error::conflict(key("error-setup-over")));
    }
    let id = merchants::create(tx, merchant)?;
    merchants::add_shop(tx, &Shop { merchant_id: id, created_at: tx.at(), ..shop.clone() })?;
    let owner = agents::create(tx, id, owner)?;
    let row = installation::table.find(1);
    q!(tx, |c| diesel::update(row).set(installation::setup_hash.eq(None::<String>)).execute(c))?;
    Ok((id, owner))
}
