//! API tokens: how programs of a merchant prove whose they are. Kept as a hash; shown once.

use diesel::prelude::*;

use crate::{
    error::{Error, Result},
    ids::{MerchantId, TokenAddress, TokenId},
    q, secrets,
    store::{Conn, Tx, columns::At, schema::api_tokens},
};

/// What every token begins with, so that scanners for leaked secrets know it.
const PREFIX: &str = "cpt_";

/// Makes a token of the merchant from a secret of [`secrets::token`]; gives its text, which is not kept.
///
/// # Errors
/// When the database fails.
pub fn create(tx: &mut Tx<'_>, merchant: MerchantId, name: &str, secret: &str) -> Result<String> {
    let id = TokenId::new(tx.now());
    let row = (
        (api_tokens::merchant_id.eq(merchant), api_tokens::id.eq(id), api_tokens::name.eq(name)),
        (api_tokens::secret_hash.eq(secrets::hash(secret)), api_tokens::created_at.eq(tx.at())),
    );
    q!(tx, |c| diesel::insert_into(api_tokens::table).values(row).execute(c))?;
    Ok(format!("{PREFIX}{}_{secret}", TokenAddress::new(merchant, id)))
}

/// The merchant a token speaks for.
///
/// # Errors
/// [`Error::SignedOut`] for a token we never made or that is over.
pub fn merchant_of(conn: &mut Conn, token: &str, now: chrono::DateTime<chrono::Utc>) -> Result<MerchantId> {
    let (address, secret) = token.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')).ok_or(Error::SignedOut)?;
    let address: TokenAddress = address.parse().map_err(|_| Error::SignedOut)?;
    let known: Option<(String, Option<At>)> = q!(conn, |c| api_tokens::table
        .find((address.merchant, address.id))
        .select((api_tokens::secret_hash, api_tokens::expires_at))
        .first(c)
        .optional())?;
    let (hash, expires) = known.ok_or(Error::SignedOut)?;
    let right = secrets::same(hash.as_bytes(), secrets::hash(secret).as_bytes());
    let over = expires.is_some_and(|at| at.utc() <= now);
    if right && !over { Ok(address.merchant) } else { Err(Error::SignedOut) }
}
