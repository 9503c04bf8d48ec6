//! The second factor: an authenticator on the agent's phone, and ten recovery codes for when it is lost. The secret is
//! sealed, recovery codes are kept as MACs; a time step is good once, a recovery code too.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::{Agent, find as find_agent, proofs, proofs::ProofKind, sessions, totp};
use crate::{
    domain::audit::{self, Act},
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, MerchantId, encode},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::At,
        schema::{recovery_codes, second_factors},
    },
};

/// Setting one up takes no longer than this.
const SETTING_UP: Duration = Duration::minutes(15);
/// Recovery codes of one agent.
pub const CODES: usize = 10;

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = second_factors)]
struct Factor {
    secret_sealed: String,
    begun_at: At,
    confirmed_at: Option<At>,
}

impl Factor {
    fn secret(&self, keys: &Keys, agent: &Agent) -> Result<Vec<u8>> {
        let text = keys.open(&self.secret_sealed, &place(agent.id)).map_err(Error::Internal)?;
        totp::read(&text).ok_or_else(|| Error::Internal("a second factor is no base 32".to_owned()))
    }
}

fn place(agent: AgentId) -> String {
    format!("second_factors/{agent}")
}

/// How an agent stands with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Off,
    /// Being set up: the secret, as the authenticator takes it.
    Begun(String),
    /// On, with so many recovery codes left.
    On(i64),
}

/// How the agent stands.
///
/// # Errors
/// When the database fails, or the secret cannot be opened.
pub fn standing(conn: &mut Conn, keys: &Keys, agent: &Agent, now: DateTime<Utc>) -> Result<Standing> {
    let Some(factor) = factor(conn, agent.merchant_id, agent.id)? else { return Ok(Standing::Off) };
    if factor.confirmed_at.is_some() {
        return Ok(Standing::On(codes_left(conn, agent)?));
    }
    if factor.begun_at.utc() + SETTING_UP <= now {
        return Ok(Standing::Off);
    }
    Ok(Standing::Begun(totp::written(&factor.secret(keys, agent)?)))
}

/// Whether signing in asks for a code.
///
/// # Errors
/// When the database fails.
pub fn is_on(conn: &mut Conn, agent: &Agent) -> Result<bool> {
    Ok(factor(conn, agent.merchant_id, agent.id)?.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// Who of the merchant has one.
///
/// # Errors
/// When the database fails.
pub fn with_one(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<AgentId>> {
    Ok(q!(conn, |c| second_factors::table
        .filter(second_factors::merchant_id.eq(merchant))
        .filter(second_factors::confirmed_at.is_not_null())
        .select(second_factors::agent_id)
        .load(c))?)
}

/// The address an authenticator scans. `issuer` and `account` are what it shows.
pub fn address(secret: &str, issuer: &str, account: &str) -> String {
    let issuer: String = issuer.bytes().map(escaped).collect();
    let account: String = account.bytes().map(escaped).collect();
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// Begins to set one up with a new secret. Nothing is asked for until [`confirm`].
///
/// # Errors
/// A conflict when one is on already.
pub fn begin(tx: &mut Tx<'_>, keys: &Keys, agent: &Agent) -> Result<()> {
    if is_on(tx, agent)? {
        return Err(Error::conflict(key("error-second-on")));
    }
    forget(tx, agent)?;
    let secret = totp::written(&secrets::random::<{ totp::SECRET }>());
    let sealed = keys.seal(&secret, &place(agent.id)).map_err(Error::Internal)?;
    let row = (
        (second_factors::merchant_id.eq(agent.merchant_id), second_factors::agent_id.eq(agent.id)),
        (second_factors::secret_sealed.eq(sealed), second_factors::last_step.eq(0)),
        second_factors::begun_at.eq(tx.at()),
    );
    q!(tx, |c| diesel::insert_into(second_factors::table).values(row).execute(c))?;
    Ok(())
}

/// Switches it on with the first code; gives the recovery codes, which are shown this once. Other sessions end, and this
/// one goes on under another token.
///
/// # Errors
/// What is wrong with the code; a conflict when nothing was begun.
pub fn confirm(
    tx: &mut Tx<'_>,
    keys: &Keys,
    agent: &Agent,
    code: &str,
    session: (&super::SessionToken, &str),
) -> Result<Vec<String>> {
    let now = tx.now();
    let begun = factor(tx, agent.merchant_id, agent.id)?
        .filter(|factor| factor.confirmed_at.is_none() && factor.begun_at.utc() + SETTING_UP > now);
    let factor = begun.ok_or_else(|| Error::conflict(key("error-second-over")))?;
    let step = totp::fitting(&factor.secret(keys, agent)?, code, now.timestamp());
    let step = step.ok_or_else(|| Error::invalid("code", Says::new(key("error-second-wrong"))))?;
    let row = second_factors::table.find((agent.merchant_id, agent.id)).filter(second_factors::confirmed_at.is_null());
    let set = (second_factors::confirmed_at.eq(tx.at()), second_factors::last_step.eq(step));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    let (token, secret) = session;
    sessions::close_all(tx, agent.merchant_id, agent.id, Some(token))?;
    sessions::renew(tx, token, secret)?;
    audit::record(tx, agent.merchant_id, agent.into(), Act::SecondFactorOn, "", &[])?;
    new_codes(tx, keys, agent)
}

/// Switches it off.
///
/// # Errors
/// When neither the code of the phone nor a recovery code fits. Nothing is counted: whoever asks is signed in, has given
/// the password, and is held up by their own bucket.
pub fn end(tx: &mut Tx<'_>, keys: &Keys, agent: &Agent, code: &str) -> Result<()> {
    if !fits(tx, keys, agent, code)? {
        return Err(Error::invalid("code", Says::new(key("error-second-wrong"))));
    }
    audit::record(tx, agent.merchant_id, agent.into(), Act::SecondFactorOff, "", &[])?;
    forget(tx, agent)
}

/// How the second step of signing in ended.
#[derive(Debug, Clone)]
pub enum Entered {
    Right(Box<Agent>),
    /// It was not. The try is counted, so this is no error: an error would undo the counting.
    Wrong(Box<Agent>),
}

/// Takes the code of the second step, or a recovery code.
///
/// # Errors
/// [`Error::NotFound`] when the step is over or was tried too often: the password is asked for again.
pub fn enter(tx: &mut Tx<'_>, keys: &Keys, token: &str, code: &str) -> Result<Entered> {
    let now = tx.now();
    let proof = proofs::by_token(tx, keys, token, ProofKind::Second, now)?;
    let proof = proofs::count_try(tx, proof.merchant_id, proof.id)?;
    if proof.is_over(now) {
        return Err(Error::NotFound);
    }
    let agent = find_agent(tx, proof.merchant_id, proof.agent_id)?;
    if !agent.active {
        return Err(Error::NotFound);
    }
    if !fits(tx, keys, &agent, code)? {
        return Ok(Entered::Wrong(Box::new(agent)));
    }
    proofs::use_up(tx, &proof)?;
    Ok(Entered::Right(Box::new(agent)))
}

/// Whether a code is right; a right one is used up.
fn fits(tx: &mut Tx<'_>, keys: &Keys, agent: &Agent, code: &str) -> Result<bool> {
    let confirmed = factor(tx, agent.merchant_id, agent.id)?.filter(|factor| factor.confirmed_at.is_some());
    let Some(factor) = confirmed else { return Ok(false) };
    let at = tx.now().timestamp();
    match totp::fitting(&factor.secret(keys, agent)?, code, at) {
        Some(step) => {
            // A step is good once: the database says whether somebody was first.
            let fresh =
                second_factors::table.find((agent.merchant_id, agent.id)).filter(second_factors::last_step.lt(step));
            Ok(q!(tx, |c| diesel::update(fresh).set(second_factors::last_step.eq(step)).execute(c))? == 1)
        }
        None => recovers(tx, keys, agent, code),
    }
}

fn recovers(tx: &mut Tx<'_>, keys: &Keys, agent: &Agent, code: &str) -> Result<bool> {
    let unused = recovery_codes::table
        .find((agent.merchant_id, agent.id, hashed(keys, agent, code)))
        .filter(recovery_codes::used_at.is_null());
    let now = tx.at();
    let right = q!(tx, |c| diesel::update(unused).set(recovery_codes::used_at.eq(now)).execute(c))? == 1;
    if right {
        audit::record(tx, agent.merchant_id, agent.into(), Act::RecoveryCodeUsed, "", &[])?;
    }
    Ok(right)
}

fn new_codes(tx: &mut Tx<'_>, keys: &Keys, agent: &Agent) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..CODES).map(|_| new_code()).collect();
    for code in &codes {
        let row = (
            (recovery_codes::merchant_id.eq(agent.merchant_id), recovery_codes::agent_id.eq(agent.id)),
            recovery_codes::code_hash.eq(hashed(keys, agent, code)),
        );
        q!(tx, |c| diesel::insert_into(recovery_codes::table).values(row).execute(c))?;
    }
    Ok(codes)
}

/// `k7q2-m4xd`: 40 random bits in letters that are not mistaken for each other.
fn new_code() -> String {
    let letters = encode(secrets::random());
    let half = |from: usize| letters.get(from..from + 4).unwrap_or_default();
    format!("{}-{}", half(10), half(14))
}

/// So few bits are no hash's matter: the MAC needs the key, which is not in the database.
fn hashed(keys: &Keys, agent: &Agent, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    keys.people_mac("recovery", &[&agent.id.bytes()[..], plain.as_bytes()].concat())
}

fn codes_left(conn: &mut Conn, agent: &Agent) -> Result<i64> {
    Ok(q!(conn, |c| recovery_codes::table
        .filter(recovery_codes::merchant_id.eq(agent.merchant_id))
        .filter(recovery_codes::agent_id.eq(agent.id))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(c))?)
}

fn forget(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    let codes = recovery_codes::table
        .filter(recovery_codes::merchant_id.eq(agent.merchant_id))
        .filter(recovery_codes::agent_id.eq(agent.id));
    q!(tx, |c| diesel::delete(codes).execute(c))?;
    q!(tx, |c| diesel::delete(second_factors::table.find((agent.merchant_id, agent.id))).execute(c))?;
    Ok(())
}

fn factor(conn: &mut Conn, merchant: MerchantId, agent: AgentId) -> Result<Option<Factor>> {
    let row = second_factors::table.find((merchant, agent));
    Ok(q!(conn, |c| row.select(Factor::as_select()).first(c).optional())?)
}
