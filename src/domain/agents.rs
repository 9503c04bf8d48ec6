//! Agents: the people of a merchant who work at the desk, how they sign in and how long that lasts.

use std::{collections::HashMap, sync::LazyLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use crate::{
    bus::Nudge,
    error::{Error, Result, Says},
    i18n::{Lang, key},
    ids::{AgentId, MerchantId, decode, encode},
    q, secrets,
    store::{
        Conn, Tx,
        columns::At,
        schema::{agent_sessions, agents, sign_in_names},
    },
    text_enum,
};

/// A session ends this long after it was last used,
const IDLE: Duration = Duration::hours(12);
/// and this long after it began, used or not.
const ABSOLUTE: Duration = Duration::days(14);
/// How stale "last used" may be, so that reading a page seldom writes.
const SEEN_EVERY: Duration = Duration::minutes(10);
/// The bounds of a password, in characters.
const PASSWORD: std::ops::RangeInclusive<usize> = 10..=128;

text_enum! {
    /// What an agent may do.
    pub enum Role { Owner = "owner", Admin = "admin", Agent = "agent" }
}

/// Someone who works at the desk.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = agents)]
pub struct Agent {
    pub merchant_id: MerchantId,
    pub id: AgentId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub locale: String,
    pub active: bool,
    /// Whether single letters act at the desk.
    pub single_keys: bool,
}

impl Agent {
    pub fn lang(&self) -> Lang {
        self.locale.parse().unwrap_or_default()
    }
}

/// An agent to be made. The password is hashed before the change begins: it takes long.
#[derive(Debug, Clone)]
pub struct NewAgent {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub locale: Lang,
    pub password_hash: String,
}

/// Makes an agent.
///
/// # Errors
/// A conflict when the e-mail already signs in to this installation.
pub fn create(tx: &mut Tx<'_>, merchant: MerchantId, new: &NewAgent) -> Result<AgentId> {
    let id = AgentId::new(tx.now());
    let row = (
        (agents::merchant_id.eq(merchant), agents::id.eq(id), agents::email.eq(&new.email), agents::name.eq(&new.name)),
        (agents::role.eq(new.role), agents::password_hash.eq(&new.password_hash), agents::active.eq(true)),
        (agents::locale.eq(new.locale.code()), agents::created_at.eq(tx.at())),
    );
    q!(tx, |c| diesel::insert_into(agents::table).values(row).execute(c))?;
    let name =
        (sign_in_names::email.eq(&new.email), sign_in_names::merchant_id.eq(merchant), sign_in_names::agent_id.eq(id));
    let added = q!(tx, |c| diesel::insert_into(sign_in_names::table).values(name).on_conflict_do_nothing().execute(c))?;
    if added == 0 {
        return Err(Error::conflict(key("error-email-taken")));
    }
    Ok(id)
}

/// Hashes a password (Argon2id, 64 MiB, 3 passes). Slow on purpose: never inside a change, never on an async thread.
///
/// # Errors
/// When it is too short or too long.
pub fn hash_password(password: &str) -> Result<String> {
    if !PASSWORD.contains(&password.chars().count()) {
        let says = Says::new(key("error-password-length")).with("min", PASSWORD.start()).with("max", PASSWORD.end());
        return Err(Error::invalid("password", says));
    }
    hash_any(password)
}

fn hash_any(password: &str) -> Result<String> {
    hasher()?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(Error::internal)
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A hash of nothing anybody knows, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_any(&secrets::token()).unwrap_or_default());

/// Whether the password is the one of the hash. Takes as long without a hash as with one.
pub fn password_fits(password: &str, hash: Option<&str>) -> bool {
    // Whoever comes first waits for it to be made, known or not.
    let nobody = NOBODY.as_str();
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(nobody)) else { return false };
    let fits = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    fits && hash.is_some()
}

/// The active agent who signs in with this e-mail, with the password's hash.
///
/// # Errors
/// When the database fails; an unknown name is `None`.
pub fn signing_in(conn: &mut Conn, email: &str) -> Result<Option<(Agent, String)>> {
    let names: Option<(MerchantId, AgentId)> = q!(conn, |c| sign_in_names::table
        .find(email)
        .select((sign_in_names::merchant_id, sign_in_names::agent_id))
        .first(c)
        .optional())?;
    let Some((merchant, id)) = names else { return Ok(None) };
    Ok(q!(conn, |c| agents::table
        .find((merchant, id))
        .filter(agents::active.eq(true))
        .select((Agent::as_select(), agents::password_hash))
        .first(c)
        .optional())?)
}

/// Opens a session and gives the token for its cookie; only its hash is kept.
///
/// # Errors
/// When the database fails.
pub fn open_session(tx: &mut Tx<'_>, agent: &Agent, secret: &str) -> Result<()> {
    let row = (
        (agent_sessions::merchant_id.eq(agent.merchant_id), agent_sessions::agent_id.eq(agent.id)),
        (agent_sessions::token_hash.eq(secrets::hash(secret)), agent_sessions::created_at.eq(tx.at())),
        (agent_sessions::seen_at.eq(tx.at()), agent_sessions::expires_at.eq(At::new(tx.now() + ABSOLUTE))),
    );
    q!(tx, |c| diesel::insert_into(agent_sessions::table).values(row).execute(c))?;
    Ok(())
}

/// A session's token as its cookie carries it: the merchant, then the secret.
#[derive(Clone)]
pub struct SessionToken {
    pub merchant: MerchantId,
    pub secret: String,
}

impl SessionToken {
    pub fn fresh(merchant: MerchantId) -> Self {
        Self { merchant, secret: secrets::token() }
    }

    pub fn parse(cookie: &str) -> Option<Self> {
        let (merchant, secret) = cookie.split_once('.')?;
        Some(Self { merchant: MerchantId::from_bytes(decode(merchant)?), secret: secret.to_owned() })
    }

    pub fn to_cookie(&self) -> String {
        format!("{}.{}", encode(self.merchant.bytes()), self.secret)
    }
}

/// The agent a session belongs to, and whether "last used" should be brought up to date.
///
/// # Errors
/// [`Error::SignedOut`] when the session is unknown or over, or the agent no longer active.
pub fn by_session(conn: &mut Conn, token: &SessionToken, now: DateTime<Utc>) -> Result<(Agent, bool)> {
    let found: Option<(Agent, At, At)> = q!(conn, |c| agent_sessions::table
        .inner_join(
            agents::table
                .on(agents::merchant_id.eq(agent_sessions::merchant_id).and(agents::id.eq(agent_sessions::agent_id))),
        )
        .filter(agent_sessions::merchant_id.eq(token.merchant))
        .filter(agent_sessions::token_hash.eq(secrets::hash(&token.secret)))
        .filter(agents::active.eq(true))
        .select((Agent::as_select(), agent_sessions::seen_at, agent_sessions::expires_at))
        .first(c)
        .optional())?;
    match found {
        Some((agent, seen, expires)) if expires.utc() > now && seen.utc() + IDLE > now => {
            Ok((agent, seen.utc() + SEEN_EVERY < now))
        }
        _ => Err(Error::SignedOut),
    }
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database fails.
pub fn touch_session(tx: &mut Tx<'_>, token: &SessionToken) -> Result<()> {
    let session = agent_sessions::table.find((token.merchant, secrets::hash(&token.secret)));
    let now = tx.at();
    q!(tx, |c| diesel::update(session).set(agent_sessions::seen_at.eq(now)).execute(c))?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub fn close_session(tx: &mut Tx<'_>, token: &SessionToken, agent: AgentId) -> Result<()> {
    let session = agent_sessions::table.find((token.merchant, secrets::hash(&token.secret)));
    q!(tx, |c| diesel::delete(session).execute(c))?;
    tx.nudge(Nudge::SignedOut(token.merchant, agent));
    Ok(())
}

/// An agent of the merchant.
///
/// # Errors
/// When the merchant has no such agent.
pub fn find(conn: &mut Conn, merchant: MerchantId, id: AgentId) -> Result<Agent> {
    Ok(q!(conn, |c| agents::table.find((merchant, id)).select(Agent::as_select()).first(c))?)
}

/// Several agents of the merchant at once, those who left too.
///
/// # Errors
/// When the database fails.
pub fn by_ids(conn: &mut Conn, merchant: MerchantId, ids: &[AgentId]) -> Result<HashMap<AgentId, Agent>> {
    let found: Vec<Agent> = q!(conn, |c| agents::table
        .filter(agents::merchant_id.eq(merchant))
        .filter(agents::id.eq_any(ids))
        .select(Agent::as_select())
        .load(c))?;
    Ok(found.into_iter().map(|agent| (agent.id, agent)).collect())
}

/// Lets single letters act at the agent's desk, or not.
///
/// # Errors
/// When the database fails.
pub fn set_single_keys(tx: &mut Tx<'_>, agent: &Agent, on: bool) -> Result<()> {
    let row = agents::table.find((agent.merchant_id, agent.id));
    q!(tx, |c| diesel::update(row).set(agents::single_keys.eq(on)).execute(c))?;
    Ok(())
}

/// Everybody at the merchant's desk, by name.
///
/// # Errors
/// When the database fails.
pub fn team(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Agent>> {
    Ok(q!(conn, |c| agents::table
        .filter(agents::merchant_id.eq(merchant))
        .filter(agents::active.eq(true))
        .order(agents::name)
        .select(Agent::as_select())
        .load(c))?)
}
