//! The installation: whether it was set up, and that it is started with the key its data was written with.

use diesel::prelude::*;

use super::{
    agents::{self, NewAgent},
    merchants::{self, Shop},
};
use crate::{
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, MerchantId},
    q,
    secrets::{self, Keys},
    store::{Conn, Tx, schema::installation},
};

/// Notes the key's check value on the first start, and compares it on every other.
///
/// # Errors
/// When the data was written with another key.
pub fn check_key(tx: &mut Tx<'_>, keys: &Keys) -> Result<()> {
    let known: Option<String> =
        q!(tx, |c| installation::table.find(1).select(installation::key_check).first(c).optional())?;
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
    let known: Option<String> =
        q!(conn, |c| installation::table.find(1).select(installation::key_check).first(c).optional())?;
    Ok(known.map(|known| known == keys.check_value()))
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
