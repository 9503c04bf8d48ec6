//! The team: who may make whom what, who leaves and who comes back. Roles are owner, admin and agent; what a role does not
//! allow is denied. The last owner stays.

use diesel::prelude::*;

use super::{Agent, Role, find, proofs, sessions};
use crate::{
    domain::{
        audit::{self, Act},
        events::Actor,
        threads,
    },
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, MerchantId},
    q,
    store::{Conn, Tx, schema::agents},
};

impl Role {
    /// Whether this role looks after the settings.
    pub fn keeps(self) -> bool {
        self != Self::Agent
    }

    /// What it is called.
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Owner => key("role-owner"),
            Self::Admin => key("role-admin"),
            Self::Agent => key("role-agent"),
        }
    }

    /// What it is for, said to whoever gets it.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Owner => key("role-owner-text"),
            Self::Admin => key("role-admin-text"),
            Self::Agent => key("role-agent-text"),
        }
    }

    /// Whether somebody of this role may change somebody of that role, or make somebody so.
    pub fn may_manage(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Admin => other != Self::Owner,
            Self::Agent => false,
        }
    }
}

/// Everybody who ever joined: first who is active, by name.
///
/// # Errors
/// When the database fails.
pub fn everybody(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Agent>> {
    Ok(q!(conn, |c| agents::table
        .filter(agents::merchant_id.eq(merchant))
        .order((agents::active.desc(), agents::name, agents::id))
        .select(Agent::as_select())
        .load(c))?)
}

/// Makes somebody owner, admin or agent. Their sessions end: what they may do is asked for anew.
///
/// # Errors
/// [`Error::Denied`] where the asker's role does not allow it; a conflict for the last owner.
pub fn change_role(tx: &mut Tx<'_>, by: &Agent, whom: AgentId, to: Role) -> Result<()> {
    let owners = owners(tx, by.merchant_id)?;
    let target = manageable(tx, by, whom)?;
    if !now(tx, by)?.role.may_manage(to) {
        return Err(Error::Denied);
    }
    if target.role == to {
        return Ok(());
    }
    if target.role == Role::Owner && target.active && owners.len() < 2 {
        return Err(Error::conflict(key("error-last-owner")));
    }
    let row = agents::table.find((by.merchant_id, whom));
    q!(tx, |c| diesel::update(row).set(agents::role.eq(to)).execute(c))?;
    let roles = [("from", target.role.as_str()), ("to", to.as_str())];
    audit::record(tx, by.merchant_id, by.into(), Act::RoleChanged, &whom.to_string(), &roles)?;
    // Whoever demotes themselves goes on with less; everybody else comes in again.
    if whom == by.id { Ok(()) } else { sessions::close_all(tx, by.merchant_id, whom, None) }
}

/// Sends somebody off: nothing of theirs is open from then on, and their threads are the team's again.
///
/// # Errors
/// As [`change_role`]; a conflict for oneself.
pub fn deactivate(tx: &mut Tx<'_>, by: &Agent, whom: AgentId) -> Result<()> {
    let owners = owners(tx, by.merchant_id)?;
    let target = manageable(tx, by, whom)?;
    if whom == by.id {
        return Err(Error::conflict(key("error-deactivate-yourself")));
    }
    if target.role == Role::Owner && target.active && owners.len() < 2 {
        return Err(Error::conflict(key("error-last-owner")));
    }
    let row = agents::table.find((by.merchant_id, whom));
    q!(tx, |c| diesel::update(row).set(agents::active.eq(false)).execute(c))?;
    sessions::close_all(tx, by.merchant_id, whom, None)?;
    proofs::void_all(tx, &target)?;
    threads::give_back_all(tx, Actor::Agent(by.id), by.merchant_id, whom)?;
    audit::record(tx, by.merchant_id, by.into(), Act::Deactivated, &whom.to_string(), &[])
}

/// Takes somebody back, with the role and the password they had.
///
/// # Errors
/// As [`change_role`].
pub fn reactivate(tx: &mut Tx<'_>, by: &Agent, whom: AgentId) -> Result<()> {
    manageable(tx, by, whom)?;
    let row = agents::table.find((by.merchant_id, whom));
    q!(tx, |c| diesel::update(row).set(agents::active.eq(true)).execute(c))?;
    audit::record(tx, by.merchant_id, by.into(), Act::Reactivated, &whom.to_string(), &[])
}

/// The asker as they are by now.
pub(in crate::domain) fn now(conn: &mut Conn, by: &Agent) -> Result<Agent> {
    let now = find(conn, by.merchant_id, by.id)?;
    if now.active { Ok(now) } else { Err(Error::SignedOut) }
}

/// Somebody of the team whom the asker may change.
fn manageable(conn: &mut Conn, by: &Agent, whom: AgentId) -> Result<Agent> {
    let by = now(conn, by)?;
    if !by.role.keeps() {
        return Err(Error::Denied);
    }
    let target = find(conn, by.merchant_id, whom)?;
    if by.role.may_manage(target.role) { Ok(target) } else { Err(Error::Denied) }
}

/// The active owners, locked until the change commits: two who demote each other at the same moment take turns.
fn owners(tx: &mut Tx<'_>, merchant: MerchantId) -> Result<Vec<AgentId>> {
    let owners = agents::table
        .filter(agents::merchant_id.eq(merchant))
        .filter(agents::role.eq(Role::Owner))
        .filter(agents::active.eq(true))
        .order(agents::id)
        .select(agents::id);
    Ok(match tx.this() {
        Conn::Sqlite(c) => owners.load(&mut **c)?,
        Conn::Postgres(c) => owners.for_no_key_update().load(&mut **c)?,
    })
}

#[cfg(test)]
mod tests {
    use super::Role::{Admin, Agent, Owner};

    #[test]
    fn who_may_manage_whom() {
        let table = [(Owner, [true, true, true]), (Admin, [false, true, true]), (Agent, [false, false, false])];
        for (by, may) in table {
            assert_eq!([Owner, Admin, Agent].map(|other| by.may_manage(other)), may, "{by}");
            assert_eq!(by.keeps(), by != Agent);
        }
    }
}
