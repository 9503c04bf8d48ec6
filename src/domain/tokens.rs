//! API tokens: how programs of a merchant prove whose they are. Kept as a hash; shown once.

use diesel::prelude::*;

use super::audit::{self, Act, Doer};
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
pub fn create(tx: &mut Tx<'_>, by: Doer, merchant: MerchantId, name: &str, secret: &str) -> Result<String> {
    let id = TokenId::new(tx.now());
    let row = (
        (api_tokens::merchant_id.eq(merchant), api_tokens::id.eq(id), api_tokens::name.eq(name)),
        (api_tokens::secret_hash.eq(secrets::hash(secret)), api_tokens::created_at.eq(tx.at())),
    );
    q!(tx, |c| diesel::insert_into(api_tokens::table).values(row).execute(c))?;
    audit::record(tx, merchant, by, Act::TokenMade, &id.to_string(), &[])?;
    Ok(format!("{PREFIX}{}_{secret}", TokenAddress::new(merchant, id)))
}

/// A program: whose it is, and by which token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    pub merchant: MerchantId,
    pub token: TokenId,
}

/// The program a token speaks for.
///
/// # Errors
/// [`Error::SignedOut`] for a token we never made or that is over.
pub fn holder_of(conn: &mut Conn, token: &str, now: chrono::DateTime<chrono::Utc>) -> Result<Holder> {
    let (address, secret) = read(token).ok_or(Error::SignedOut)?;
    let known: Option<(String, Option<At>)> = q!(conn, |c| api_tokens::table
        .find((address.merchant, address.id))
        .select((api_tokens::secret_hash, api_tokens::expires_at))
        .first(c)
        .optional())?;
    let (hash, expires) = known.ok_or(Error::SignedOut)?;
    let right = secrets::same(hash.as_bytes(), secrets::hash(secret).as_bytes());
    let over = expires.is_some_and(|at| at.utc() <= now);
    let holder = Holder { merchant: address.merchant, token: address.id };
    if right && !over { Ok(holder) } else { Err(Error::SignedOut) }
}

fn read(token: &str) -> Option<(TokenAddress, &str)> {
    let (address, secret) = token.strip_prefix(PREFIX)?.split_once('_')?;
    Some((address.parse().ok()?, secret))
}

/// The token of a merchant that a text claims to be, where there is such a one: what a wrong secret was tried at.
///
/// # Errors
/// When the database fails.
pub fn claimed(conn: &mut Conn, token: &str) -> Result<Option<Holder>> {
    let Some((address, _)) = read(token) else { return Ok(None) };
    let row = api_tokens::table.find((address.merchant, address.id)).select(api_tokens::id);
    let known: Option<TokenId> = q!(conn, |c| row.first(c).optional())?;
    Ok(known.map(|token| Holder { merchant: address.merchant, token }))
}
