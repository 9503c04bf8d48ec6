//! Agents: the people of a merchant who work at the desk. Here: who they are. How they are signed in is in [`passwords`]
//! and [`sessions`], who joins and leaves and who may do what in [`team`] and [`invitations`], what they prove by a letter
//! in [`proofs`], the second factor in [`second`], and when they are away in [`absence`].

pub mod absence;
pub mod invitations;
mod passwords;
pub mod proofs;
pub mod second;
pub mod sessions;
pub mod team;
mod totp;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub use self::passwords::{hash_password, is_guessable, password_fits};
pub use self::sessions::{SessionToken, Whence, by_session, close_session, open_session, touch_session};
use crate::{
    domain::audit::{self, Act},
    error::{Error, Result},
    i18n::{Lang, key},
    ids::{AgentId, MerchantId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{agents, sign_in_names},
    },
    text_enum,
};

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
    /// When they last did anything at the desk, to ten minutes.
    pub seen_at: Option<At>,
    pub away_since: Option<At>,
    /// When they are back; none until they say so.
    pub away_until: Option<At>,
}

impl Agent {
    /// Whether threads are better given to somebody else for now.
    pub fn is_away(&self, now: DateTime<Utc>) -> bool {
        self.away_since.is_some_and(|since| since.utc() <= now) && self.away_until.is_none_or(|back| back.utc() > now)
    }

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

/// Locks an agent's row until the change commits.
fn lock(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    let row = agents::table.find((agent.merchant_id, agent.id)).select(agents::id);
    match tx.this() {
        // There is one writer.
        Conn::Sqlite(_) => {}
        Conn::Postgres(c) => drop(row.for_no_key_update().first::<AgentId>(&mut **c)?),
    }
    Ok(())
}

/// Changes what others read of an agent: their name, and the language they read themselves.
///
/// # Errors
/// When the database fails.
pub fn rename(tx: &mut Tx<'_>, agent: &Agent, name: &str, locale: Lang) -> Result<()> {
    let row = agents::table.find((agent.merchant_id, agent.id));
    let set = (agents::name.eq(name), agents::locale.eq(locale.code()));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    Ok(())
}

/// Gives an agent another password. Every session but the one named ends with it, and so does every reset asked for.
///
/// # Errors
/// When the database fails.
pub fn set_password(tx: &mut Tx<'_>, agent: &Agent, hash: &str, keep: Option<&SessionToken>) -> Result<()> {
    let row = agents::table.find((agent.merchant_id, agent.id));
    q!(tx, |c| diesel::update(row).set(agents::password_hash.eq(hash)).execute(c))?;
    proofs::void(tx, agent, proofs::ProofKind::Password)?;
    audit::record(tx, agent.merchant_id, agent.into(), Act::PasswordChanged, "", &[])?;
    sessions::close_all(tx, agent.merchant_id, agent.id, keep)
}

/// The hash of an agent's password.
///
/// # Errors
/// When the merchant has no such agent.
pub fn password_of(conn: &mut Conn, agent: &Agent) -> Result<String> {
    Ok(q!(conn, |c| agents::table.find((agent.merchant_id, agent.id)).select(agents::password_hash).first(c))?)
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
