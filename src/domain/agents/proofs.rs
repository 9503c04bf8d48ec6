//! What an agent proves once: that they read a mailbox (a new password, another address), or that they hold their phone
//! (the second step of signing in). A row each, good for a while and for a few tries; links and codes are MACs over it and
//! are not stored.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::{Agent, find as find_agent, lock, set_password};
use crate::{
    domain::{
        audit::{self, Act},
        deliveries::{self, Letter},
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, MerchantId, ProofAddress, ProofId},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::At,
        schema::{agent_proofs, agents, sign_in_names},
    },
    text_enum,
};

/// Tries of one code.
const TRIES: i32 = 5;
/// Letters of one kind that an agent is sent in an hour.
const PER_HOUR: i64 = 5;
/// Rows nobody can use any more are kept this long, for the count of an hour.
const KEPT: Duration = Duration::days(1);

text_enum! {
    /// What is proven.
    pub enum ProofKind {
        /// They may choose a new password.
        Password = "password",
        /// They read the address they want to sign in with.
        Email = "email",
        /// The password was right; the code of their phone is still to come.
        Second = "second",
    }
}

impl ProofKind {
    /// How long one is good.
    pub fn lasts(self) -> Duration {
        match self {
            Self::Password => Duration::hours(1),
            Self::Email | Self::Second => Duration::minutes(10),
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = agent_proofs)]
pub struct Proof {
    pub merchant_id: MerchantId,
    pub id: ProofId,
    pub agent_id: AgentId,
    pub kind: ProofKind,
    /// The address the letter goes to.
    pub email: String,
    pub tries: i32,
    pub created_at: At,
    pub expires_at: At,
    pub used_at: Option<At>,
}

impl Proof {
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_some() || self.expires_at.utc() <= now || self.tries > TRIES
    }

    /// What a link or a form carries for it.
    pub fn token(&self, keys: &Keys) -> String {
        let content = [self.merchant_id.bytes(), self.id.bytes()].concat();
        format!("{}{}", ProofAddress::new(self.merchant_id, self.id), keys.people_mac(self.kind.as_str(), &content))
    }

    /// The six digits that a letter carries.
    pub fn code(&self, keys: &Keys) -> String {
        keys.code(&[&b"agent"[..], &self.merchant_id.bytes(), &self.id.bytes()].concat())
    }
}

/// Begins one; what was begun of the same kind before is over.
pub(super) fn begin(tx: &mut Tx<'_>, agent: &Agent, kind: ProofKind, email: &str) -> Result<Proof> {
    void(tx, agent, kind)?;
    sweep(tx, agent)?;
    let row = (
        (agent_proofs::merchant_id.eq(agent.merchant_id), agent_proofs::id.eq(ProofId::new(tx.now()))),
        (agent_proofs::agent_id.eq(agent.id), agent_proofs::kind.eq(kind), agent_proofs::email.eq(email)),
        (agent_proofs::tries.eq(0), agent_proofs::created_at.eq(tx.at())),
        agent_proofs::expires_at.eq(At::new(tx.now() + kind.lasts())),
    );
    Ok(q!(tx, |c| diesel::insert_into(agent_proofs::table).values(row).returning(Proof::as_returning()).get_result(c))?)
}

/// The password was right: the second step begins. Gives what the form of it carries.
///
/// # Errors
/// When the database fails.
pub fn begin_second(tx: &mut Tx<'_>, keys: &Keys, agent: &Agent) -> Result<String> {
    Ok(begin(tx, agent, ProofKind::Second, "")?.token(keys))
}

/// Somebody forgot the password of an address. Whether anybody signs in with it is for nobody to know.
///
/// # Errors
/// When the database fails.
pub fn ask_new_password(tx: &mut Tx<'_>, email: &str) -> Result<()> {
    let Some((agent, _)) = super::signing_in(tx, email)? else { return Ok(()) };
    if too_many(tx, &agent, ProofKind::Password)? {
        return Ok(());
    }
    let proof = begin(tx, &agent, ProofKind::Password, &agent.email)?;
    deliveries::post_to_agent(tx, agent.merchant_id, Letter::NewPassword { proof: proof.id })
}

/// Whoever holds the link of a letter chooses a new password: the link is used up and every session ends.
///
/// # Errors
/// [`Error::NotFound`] for a link we never sent, or one that is over.
pub fn choose_password(tx: &mut Tx<'_>, keys: &Keys, token: &str, hash: &str) -> Result<Agent> {
    let now = tx.now();
    let proof = by_token(tx, keys, token, ProofKind::Password, now)?;
    use_up(tx, &proof)?;
    let agent = find_agent(tx, proof.merchant_id, proof.agent_id)?;
    if !agent.active {
        return Err(Error::NotFound);
    }
    set_password(tx, &agent, hash, None)?;
    Ok(agent)
}

/// An agent wants to sign in with another address: a code goes there.
///
/// # Errors
/// What is wrong with the address.
pub fn ask_new_address(tx: &mut Tx<'_>, agent: &Agent, email: &str) -> Result<()> {
    if email == agent.email {
        return Err(Error::invalid("email", Says::new(key("error-address-same"))));
    }
    if too_many(tx, agent, ProofKind::Email)? {
        return Err(Error::invalid("email", Says::new(key("error-address-often"))));
    }
    // Whether somebody signs in with it already is told only to those who read it.
    let proof = begin(tx, agent, ProofKind::Email, email)?;
    deliveries::post_to_agent(tx, agent.merchant_id, Letter::NewAddress { proof: proof.id })
}

/// How entering the code of a new address ended.
#[derive(Debug, Clone)]
pub enum Moved {
    /// They sign in with it from now on; this is the old one.
    From(String),
    /// It was not the code. The try is counted, so this is no error: an error would undo the counting.
    Wrong(Says),
}

/// Takes the code of a new address. Other sessions end.
///
/// # Errors
/// A conflict when somebody else signs in with the address.
pub fn move_address(
    tx: &mut Tx<'_>,
    keys: &Keys,
    agent: &Agent,
    code: &str,
    keep: &super::SessionToken,
) -> Result<Moved> {
    let Some(proof) = pending(tx, agent, ProofKind::Email)? else {
        return Ok(Moved::Wrong(Says::new(key("error-code-over"))));
    };
    let proof = count_try(tx, proof.merchant_id, proof.id)?;
    if proof.is_over(tx.now()) {
        return Ok(Moved::Wrong(Says::new(key("error-code-over"))));
    }
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if !secrets::same(proof.code(keys).as_bytes(), digits.as_bytes()) {
        return Ok(Moved::Wrong(Says::new(key("error-code-wrong"))));
    }
    use_up(tx, &proof)?;
    let taken: Option<AgentId> =
        q!(tx, |c| sign_in_names::table.find(&proof.email).select(sign_in_names::agent_id).first(c).optional())?;
    if taken.is_some() {
        return Err(Error::conflict(key("error-email-taken")));
    }
    let name = sign_in_names::table.find(&agent.email);
    q!(tx, |c| diesel::update(name).set(sign_in_names::email.eq(&proof.email)).execute(c))?;
    let row = agents::table.find((agent.merchant_id, agent.id));
    q!(tx, |c| diesel::update(row).set(agents::email.eq(&proof.email)).execute(c))?;
    // A letter that went to the old mailbox opens nothing any more.
    void(tx, agent, ProofKind::Password)?;
    super::sessions::close_all(tx, agent.merchant_id, agent.id, Some(keep))?;
    audit::record(tx, agent.merchant_id, agent.into(), Act::AddressChanged, "", &[])?;
    deliveries::post_to_agent(
        tx,
        agent.merchant_id,
        Letter::AddressMoved { agent: agent.id, from: agent.email.clone() },
    )?;
    Ok(Moved::From(agent.email.clone()))
}

/// The one that is still to be shown, of a kind.
///
/// # Errors
/// When the database fails.
pub fn pending(conn: &mut Conn, agent: &Agent, kind: ProofKind) -> Result<Option<Proof>> {
    Ok(q!(conn, |c| agent_proofs::table
        .filter(agent_proofs::merchant_id.eq(agent.merchant_id))
        .filter(agent_proofs::agent_id.eq(agent.id))
        .filter(agent_proofs::kind.eq(kind))
        .filter(agent_proofs::used_at.is_null())
        .order(agent_proofs::created_at.desc())
        .select(Proof::as_select())
        .first(c)
        .optional())?)
}

/// What a link or a form is for.
///
/// # Errors
/// [`Error::NotFound`] for one we never made, or one that is over.
pub fn by_token(conn: &mut Conn, keys: &Keys, token: &str, kind: ProofKind, now: DateTime<Utc>) -> Result<Proof> {
    let address: ProofAddress = token.get(..52).unwrap_or_default().parse().map_err(|_| Error::NotFound)?;
    let proof = find(conn, address.merchant, address.id)?;
    let right = secrets::same(proof.token(keys).as_bytes(), token.as_bytes());
    if right && proof.kind == kind && !proof.is_over(now) { Ok(proof) } else { Err(Error::NotFound) }
}

/// One of the merchant's.
///
/// # Errors
/// When the merchant has no such proof.
pub fn find(conn: &mut Conn, merchant: MerchantId, id: ProofId) -> Result<Proof> {
    Ok(q!(conn, |c| agent_proofs::table.find((merchant, id)).select(Proof::as_select()).first(c))?)
}

/// Counts a try, by one statement, so that guesses at the same moment count too.
pub(super) fn count_try(tx: &mut Tx<'_>, merchant: MerchantId, id: ProofId) -> Result<Proof> {
    Ok(q!(tx, |c| diesel::update(agent_proofs::table.find((merchant, id)))
        .set(agent_proofs::tries.eq(agent_proofs::tries + 1))
        .returning(Proof::as_returning())
        .get_result(c))?)
}

/// Uses one up; whoever comes second finds nothing.
pub(super) fn use_up(tx: &mut Tx<'_>, proof: &Proof) -> Result<()> {
    let unused = agent_proofs::table.find((proof.merchant_id, proof.id)).filter(agent_proofs::used_at.is_null());
    let now = tx.at();
    match q!(tx, |c| diesel::update(unused).set(agent_proofs::used_at.eq(now)).execute(c))? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Ends what is open of a kind.
pub(super) fn void(tx: &mut Tx<'_>, agent: &Agent, kind: ProofKind) -> Result<()> {
    let open = agent_proofs::table
        .filter(agent_proofs::merchant_id.eq(agent.merchant_id))
        .filter(agent_proofs::agent_id.eq(agent.id))
        .filter(agent_proofs::kind.eq(kind))
        .filter(agent_proofs::used_at.is_null());
    let now = tx.at();
    q!(tx, |c| diesel::update(open).set(agent_proofs::used_at.eq(now)).execute(c))?;
    Ok(())
}

/// Ends whatever is open of somebody who leaves.
pub(super) fn void_all(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    ProofKind::ALL.iter().try_for_each(|kind| void(tx, agent, *kind))
}

/// Whoever asks at the same moment waits here, so that the count holds.
fn too_many(tx: &mut Tx<'_>, agent: &Agent, kind: ProofKind) -> Result<bool> {
    lock(tx, agent)?;
    let since = At::new(tx.now() - Duration::hours(1));
    let sent: i64 = q!(tx, |c| agent_proofs::table
        .filter(agent_proofs::merchant_id.eq(agent.merchant_id))
        .filter(agent_proofs::agent_id.eq(agent.id))
        .filter(agent_proofs::kind.eq(kind))
        .filter(agent_proofs::created_at.gt(since))
        .count()
        .get_result(c))?;
    Ok(sent >= PER_HOUR)
}

fn sweep(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    let old = At::new(tx.now() - KEPT);
    let over = agent_proofs::table
        .filter(agent_proofs::merchant_id.eq(agent.merchant_id))
        .filter(agent_proofs::agent_id.eq(agent.id))
        .filter(agent_proofs::expires_at.lt(old));
    q!(tx, |c| diesel::delete(over).execute(c))?;
    Ok(())
}
