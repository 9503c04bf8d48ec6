//! Invitations: somebody is asked by e-mail to join the desk. One is good for 72 hours, once, for its merchant and its
//! address. The link is a MAC over all that: nothing of it is stored, so a letter can be written again, and whoever reads
//! the database cannot join. Sending again raises the round, and earlier links are void.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::{Agent, NewAgent, Role, create, team};
use crate::{
    domain::{
        audit::{self, Act},
        deliveries::{self, Letter},
    },
    error::{Error, Result, Says},
    i18n::{Lang, key},
    ids::{AgentId, InvitationAddress, InvitationId, MerchantId},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::At,
        schema::{agents, invitations},
    },
    text_enum,
};

/// An invitation is good for this long.
const LASTS: Duration = Duration::hours(72);

text_enum! {
    pub enum InvitationState { Open = "open", Accepted = "accepted", Withdrawn = "withdrawn" }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub merchant_id: MerchantId,
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    /// The language of the letter: the inviter's, until the invited says better.
    pub locale: String,
    pub state: InvitationState,
    pub round: i32,
    pub invited_by: AgentId,
    pub sent_at: At,
    pub expires_at: At,
    pub created_at: At,
}

impl Invitation {
    pub fn lang(&self) -> Lang {
        self.locale.parse().unwrap_or_default()
    }

    /// Whether somebody can still join by it.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == InvitationState::Open && self.expires_at.utc() > now
    }

    /// What its link carries.
    pub fn token(&self, keys: &Keys) -> String {
        let content =
            [&self.merchant_id.bytes()[..], &self.id.bytes(), &self.round.to_be_bytes(), self.email.as_bytes()];
        let address = InvitationAddress::new(self.merchant_id, self.id);
        format!("{address}{}", keys.people_mac("invitation", &content.concat()))
    }
}

/// Invites somebody, and plans the letter.
///
/// # Errors
/// [`Error::Denied`] where the asker's role does not allow it; what is wrong with the address.
pub fn invite(tx: &mut Tx<'_>, by: &Agent, email: &str, role: Role) -> Result<InvitationId> {
    let by = may(tx, by, role)?;
    let problem = |key| Err(Error::invalid("email", Says::new(key)));
    if known(tx, by.merchant_id, email)? {
        return problem(key("error-invite-member"));
    }
    if open_for(tx, by.merchant_id, email)?.is_some() {
        return problem(key("error-invite-again"));
    }
    let invitation = Invitation {
        merchant_id: by.merchant_id,
        id: InvitationId::new(tx.now()),
        email: email.to_owned(),
        role,
        locale: by.locale.clone(),
        state: InvitationState::Open,
        round: 1,
        invited_by: by.id,
        sent_at: tx.at(),
        expires_at: At::new(tx.now() + LASTS),
        created_at: tx.at(),
    };
    q!(tx, |c| diesel::insert_into(invitations::table).values(&invitation).execute(c))?;
    deliveries::post_to_agent(tx, by.merchant_id, Letter::Invitation { invitation: invitation.id })?;
    noted(tx, &by, Act::Invited, &invitation, role)?;
    Ok(invitation.id)
}

/// Sends an invitation once more, with a link of its own and all its time.
///
/// # Errors
/// As [`invite`]; a conflict when it was accepted or withdrawn.
pub fn send_again(tx: &mut Tx<'_>, by: &Agent, id: InvitationId) -> Result<()> {
    let invitation = find(tx, by.merchant_id, id)?;
    let by = may(tx, by, invitation.role)?;
    let open = invitations::table.find((by.merchant_id, id)).filter(invitations::state.eq(InvitationState::Open));
    let set = (
        invitations::round.eq(invitations::round + 1),
        (invitations::sent_at.eq(tx.at()), invitations::expires_at.eq(At::new(tx.now() + LASTS))),
        invitations::invited_by.eq(by.id),
    );
    if q!(tx, |c| diesel::update(open).set(set).execute(c))? == 0 {
        return Err(Error::conflict(key("error-invitation-over")));
    }
    noted(tx, &by, Act::Invited, &invitation, invitation.role)?;
    deliveries::post_to_agent(tx, by.merchant_id, Letter::Invitation { invitation: id })
}

/// Takes an invitation back.
///
/// # Errors
/// As [`send_again`].
pub fn withdraw(tx: &mut Tx<'_>, by: &Agent, id: InvitationId) -> Result<()> {
    let invitation = find(tx, by.merchant_id, id)?;
    let by = may(tx, by, invitation.role)?;
    end(tx, by.merchant_id, id, InvitationState::Withdrawn)?;
    noted(tx, &by, Act::InvitationWithdrawn, &invitation, invitation.role)
}

/// The invitation a link is for.
///
/// # Errors
/// [`Error::NotFound`] for a link we never sent, or one that is over.
pub fn by_token(conn: &mut Conn, keys: &Keys, token: &str, now: DateTime<Utc>) -> Result<Invitation> {
    let address: InvitationAddress = token.get(..52).unwrap_or_default().parse().map_err(|_| Error::NotFound)?;
    let invitation = find(conn, address.merchant, address.id)?;
    let right = secrets::same(invitation.token(keys).as_bytes(), token.as_bytes());
    if right && invitation.is_open(now) { Ok(invitation) } else { Err(Error::NotFound) }
}

/// Whoever holds the link joins. It is used up.
///
/// # Errors
/// [`Error::NotFound`] as [`by_token`]; a conflict when the address signs in to this installation already.
pub fn accept(
    tx: &mut Tx<'_>,
    keys: &Keys,
    token: &str,
    name: &str,
    locale: Lang,
    password_hash: &str,
) -> Result<Agent> {
    let now = tx.now();
    let invitation = by_token(tx, keys, token, now)?;
    end(tx, invitation.merchant_id, invitation.id, InvitationState::Accepted).map_err(|_| Error::NotFound)?;
    let new = NewAgent {
        email: invitation.email.clone(),
        name: name.to_owned(),
        role: invitation.role,
        locale,
        password_hash: password_hash.to_owned(),
    };
    let id = create(tx, invitation.merchant_id, &new)?;
    let joined = super::find(tx, invitation.merchant_id, id)?;
    noted(tx, &joined, Act::Joined, &invitation, joined.role)?;
    Ok(joined)
}

/// Invitations that are neither accepted nor withdrawn, those that ran out too: the newest first.
///
/// # Errors
/// When the database fails.
pub fn waiting(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Invitation>> {
    Ok(q!(conn, |c| invitations::table
        .filter(invitations::merchant_id.eq(merchant))
        .filter(invitations::state.eq(InvitationState::Open))
        .order(invitations::sent_at.desc())
        .limit(200)
        .select(Invitation::as_select())
        .load(c))?)
}

/// An invitation of the merchant.
///
/// # Errors
/// When the merchant has no such invitation.
pub fn find(conn: &mut Conn, merchant: MerchantId, id: InvitationId) -> Result<Invitation> {
    Ok(q!(conn, |c| invitations::table.find((merchant, id)).select(Invitation::as_select()).first(c))?)
}

/// What is written of an invitation: which, and as what; not to whom.
fn noted(tx: &mut Tx<'_>, by: &Agent, act: Act, invitation: &Invitation, role: Role) -> Result<()> {
    audit::record(tx, by.merchant_id, by.into(), act, &invitation.id.to_string(), &[("role", role.as_str())])
}

fn may(conn: &mut Conn, by: &Agent, role: Role) -> Result<Agent> {
    let by = team::now(conn, by)?;
    if by.role.may_manage(role) { Ok(by) } else { Err(Error::Denied) }
}

/// Whether somebody of this merchant signs in with the address. Of others nothing is told.
fn known(conn: &mut Conn, merchant: MerchantId, email: &str) -> Result<bool> {
    let members = agents::table.filter(agents::merchant_id.eq(merchant)).filter(agents::email.eq(email));
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(members)).get_result(c))?)
}

fn open_for(conn: &mut Conn, merchant: MerchantId, email: &str) -> Result<Option<InvitationId>> {
    Ok(q!(conn, |c| invitations::table
        .filter(invitations::merchant_id.eq(merchant))
        .filter(invitations::email.eq(email))
        .filter(invitations::state.eq(InvitationState::Open))
        .select(invitations::id)
        .first(c)
        .optional())?)
}

fn end(tx: &mut Tx<'_>, merchant: MerchantId, id: InvitationId, state: InvitationState) -> Result<()> {
    let open = invitations::table.find((merchant, id)).filter(invitations::state.eq(InvitationState::Open));
    match q!(tx, |c| diesel::update(open).set(invitations::state.eq(state)).execute(c))? {
        0 => Err(Error::conflict(key("error-invitation-over"))),
        _ => Ok(()),
    }
}
