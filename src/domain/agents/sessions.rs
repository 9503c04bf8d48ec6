//! Sessions of agents: a browser that is signed in, for how long, and how that ends. The token is in the cookie; what is
//! kept is its hash.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::Agent;
use crate::{
    bus::Nudge,
    domain::audit::{self, Act, Doer},
    error::{Error, Result},
    ids::{AgentId, MerchantId, decode, encode},
    q, secrets,
    store::{
        Conn, Tx,
        columns::At,
        schema::{agent_sessions, agents},
    },
};

/// A session ends this long after it was last used,
const IDLE: Duration = Duration::hours(12);
/// and this long after it began, used or not.
const ABSOLUTE: Duration = Duration::days(14);
/// How stale "last used" may be, so that reading a page seldom writes.
const SEEN_EVERY: Duration = Duration::minutes(10);
/// Sessions of one agent that are listed.
const LISTED: i64 = 50;
/// Characters of a session's hash that name it among an agent's own.
const NAMED_BY: usize = 16;

/// Where somebody signs in: what they will know this session again by.
#[derive(Debug, Clone, Default)]
pub struct Whence {
    /// `Firefox, Windows`
    pub browser: String,
    /// The beginning of an address: `203.0.113.0`.
    pub place: String,
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

/// Opens a session under a token that was made for it; only its hash is kept.
///
/// # Errors
/// When the database fails.
pub fn open_session(tx: &mut Tx<'_>, agent: &Agent, secret: &str, whence: &Whence) -> Result<()> {
    let row = (
        (agent_sessions::merchant_id.eq(agent.merchant_id), agent_sessions::agent_id.eq(agent.id)),
        (agent_sessions::token_hash.eq(secrets::hash(secret)), agent_sessions::created_at.eq(tx.at())),
        (agent_sessions::seen_at.eq(tx.at()), agent_sessions::expires_at.eq(At::new(tx.now() + ABSOLUTE))),
        (agent_sessions::browser.eq(&whence.browser), agent_sessions::place.eq(&whence.place)),
    );
    q!(tx, |c| diesel::insert_into(agent_sessions::table).values(row).execute(c))?;
    forget_ended(tx, agent)?;
    audit::record(tx, agent.merchant_id, agent.into(), Act::SignedIn, "", &[])?;
    seen(tx, agent.merchant_id, agent.id)
}

/// Sessions nobody can use any more need not be kept.
fn forget_ended(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    let (now, idle) = (tx.at(), At::new(tx.now() - IDLE));
    let ended = agent_sessions::table
        .filter(agent_sessions::merchant_id.eq(agent.merchant_id))
        .filter(agent_sessions::agent_id.eq(agent.id))
        .filter(agent_sessions::expires_at.le(now).or(agent_sessions::seen_at.le(idle)));
    q!(tx, |c| diesel::delete(ended).execute(c))?;
    Ok(())
}

fn seen(tx: &mut Tx<'_>, merchant: MerchantId, agent: AgentId) -> Result<()> {
    let now = tx.at();
    q!(tx, |c| diesel::update(agents::table.find((merchant, agent))).set(agents::seen_at.eq(now)).execute(c))?;
    Ok(())
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
    let whose: Option<AgentId> = q!(tx, |c| diesel::update(session)
        .set(agent_sessions::seen_at.eq(now))
        .returning(agent_sessions::agent_id)
        .get_result(c)
        .optional())?;
    whose.map_or(Ok(()), |agent| seen(tx, token.merchant, agent))
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub fn close_session(tx: &mut Tx<'_>, token: &SessionToken, agent: AgentId) -> Result<()> {
    let session = agent_sessions::table.find((token.merchant, secrets::hash(&token.secret)));
    if q!(tx, |c| diesel::delete(session).execute(c))? > 0 {
        audit::record(tx, token.merchant, Doer::Agent(agent), Act::SignedOut, "", &[])?;
    }
    tx.nudge(Nudge::SignedOut(token.merchant, agent));
    Ok(())
}

/// Ends every session of an agent but the one named.
///
/// # Errors
/// When the database fails.
pub fn close_all(tx: &mut Tx<'_>, merchant: MerchantId, agent: AgentId, keep: Option<&SessionToken>) -> Result<()> {
    let kept = keep.map(|token| secrets::hash(&token.secret)).unwrap_or_default();
    let ended = agent_sessions::table
        .filter(agent_sessions::merchant_id.eq(merchant))
        .filter(agent_sessions::agent_id.eq(agent))
        .filter(agent_sessions::token_hash.ne(kept));
    q!(tx, |c| diesel::delete(ended).execute(c))?;
    tx.nudge(Nudge::SignedOut(merchant, agent));
    Ok(())
}

/// An agent ends every session of theirs but the one they act in.
///
/// # Errors
/// When the database fails.
pub fn close_others(tx: &mut Tx<'_>, agent: &Agent, keep: &SessionToken) -> Result<()> {
    close_all(tx, agent.merchant_id, agent.id, Some(keep))?;
    audit::record(tx, agent.merchant_id, agent.into(), Act::SessionsEnded, "", &[("which", "others")])
}

/// Puts another token in the stead of a session's own: what somebody may do has grown, and an older one that was copied
/// is to be worth nothing.
///
/// # Errors
/// When the database fails.
pub fn renew(tx: &mut Tx<'_>, token: &SessionToken, secret: &str) -> Result<()> {
    let session = agent_sessions::table.find((token.merchant, secrets::hash(&token.secret)));
    let hash = secrets::hash(secret);
    q!(tx, |c| diesel::update(session).set(agent_sessions::token_hash.eq(hash)).execute(c))?;
    Ok(())
}

/// A session as its agent is shown it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = agent_sessions)]
pub struct Session {
    token_hash: String,
    pub created_at: At,
    pub seen_at: At,
    pub browser: String,
    pub place: String,
}

impl Session {
    /// What names it among the agent's own; it opens nothing.
    pub fn name(&self) -> &str {
        self.token_hash.get(..NAMED_BY).unwrap_or_default()
    }

    /// Whether it is the one of this token.
    pub fn is(&self, token: &SessionToken) -> bool {
        secrets::same(self.token_hash.as_bytes(), secrets::hash(&token.secret).as_bytes())
    }
}

/// Where an agent is signed in, the one used last first.
///
/// # Errors
/// When the database fails.
pub fn of_agent(conn: &mut Conn, agent: &Agent, now: DateTime<Utc>) -> Result<Vec<Session>> {
    let idle = At::new(now - IDLE);
    Ok(q!(conn, |c| agent_sessions::table
        .filter(agent_sessions::merchant_id.eq(agent.merchant_id))
        .filter(agent_sessions::agent_id.eq(agent.id))
        .filter(agent_sessions::expires_at.gt(At::new(now)))
        .filter(agent_sessions::seen_at.gt(idle))
        .order(agent_sessions::seen_at.desc())
        .limit(LISTED)
        .select(Session::as_select())
        .load(c))?)
}

/// Ends one of an agent's own sessions by its name.
///
/// # Errors
/// [`Error::NotFound`] when the agent has none of that name.
pub fn close_named(tx: &mut Tx<'_>, agent: &Agent, name: &str) -> Result<()> {
    let now = tx.now();
    let sessions = of_agent(tx, agent, now)?;
    let session = sessions.into_iter().find(|session| session.name() == name).ok_or(Error::NotFound)?;
    let row = agent_sessions::table.find((agent.merchant_id, session.token_hash));
    q!(tx, |c| diesel::delete(row).execute(c))?;
    audit::record(tx, agent.merchant_id, agent.into(), Act::SessionsEnded, "", &[("which", "one")])?;
    tx.nudge(Nudge::SignedOut(agent.merchant_id, agent.id));
    Ok(())
}
