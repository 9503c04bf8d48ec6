//! An agent's absence: said by themselves, until a moment or until they are back. Threads they were given that a shopper
//! takes up again go back to the team meanwhile; that is done where a thread moves ([`crate::domain::threads`]).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Agent;
use crate::{
    error::{Error, Result, Says},
    i18n::key,
    q,
    store::{Tx, columns::At, schema::agents},
};

/// Says that an agent is away from now on.
///
/// # Errors
/// When the moment they are back is past.
pub fn leave(tx: &mut Tx<'_>, agent: &Agent, until: Option<DateTime<Utc>>) -> Result<()> {
    if until.is_some_and(|back| back <= tx.now()) {
        return Err(Error::invalid("until", Says::new(key("error-away-past"))));
    }
    let set = (agents::away_since.eq(tx.at()), agents::away_until.eq(until.map(At::new)));
    q!(tx, |c| diesel::update(agents::table.find((agent.merchant_id, agent.id))).set(set).execute(c))?;
    Ok(())
}

/// Says that an agent is back.
///
/// # Errors
/// When the database fails.
pub fn come_back(tx: &mut Tx<'_>, agent: &Agent) -> Result<()> {
    let set = (agents::away_since.eq(None::<At>), agents::away_until.eq(None::<At>));
    q!(tx, |c| diesel::update(agents::table.find((agent.merchant_id, agent.id))).set(set).execute(c))?;
    Ok(())
}
