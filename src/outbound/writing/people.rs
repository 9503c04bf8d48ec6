//! The letters to agents: in the merchant's name and the agent's language, from what is known when they are sent.

use crate::{
    app::App,
    domain::{
        agents::{
            self,
            invitations::{self, Invitation},
            proofs::{self, Proof},
        },
        deliveries::{Delivery, Letter},
        merchants::{self, Shop},
    },
    error::{Error, Result},
    i18n::{Lang, Words},
    ids::{InvitationId, MerchantId, ProofId},
    outbound::{
        email::Envelope,
        letters::{
            Head, Written,
            people::{AddressMoved, Invited, NewAddress, NewPassword},
        },
    },
    store::Conn,
};

use super::{Ready, from_shop};

/// Writes a letter to an agent; none when it is no longer worth sending.
pub(super) fn write(app: &App, conn: &mut Conn, delivery: &Delivery) -> Result<Ready> {
    let Some(house) = House::of(app, conn, delivery.merchant_id)? else { return Ok(Ready::Dropped) };
    match &delivery.payload.0 {
        Letter::Invitation { invitation } => invited(&house, conn, *invitation),
        Letter::NewPassword { proof } => new_password(&house, conn, *proof),
        Letter::NewAddress { proof } => new_address(&house, conn, *proof),
        Letter::AddressMoved { agent, from } => {
            let agent = agents::find(conn, house.merchant, *agent)?;
            let letter = AddressMoved { head: house.head(agent.lang()), email: agent.email.clone() };
            house.sent(from, Some(agent.name), letter.write())
        }
        Letter::ThreadOpen
        | Letter::Reply
        | Letter::Case { .. }
        | Letter::Code { .. }
        | Letter::Link
        | Letter::Waiting => Ok(Ready::Dropped),
    }
}

/// What every letter of a merchant to their own needs: the name, and the first shop's colour and address.
struct House<'a> {
    app: &'a App,
    merchant: MerchantId,
    name: String,
    shop: Shop,
}

impl<'a> House<'a> {
    fn of(app: &'a App, conn: &mut Conn, merchant: MerchantId) -> Result<Option<Self>> {
        let name = merchants::name(conn, merchant)?;
        let shop = merchants::shops(conn, merchant)?.into_iter().next();
        Ok(shop.map(|shop| Self { app, merchant, name, shop }))
    }

    fn words(&self, lang: Lang) -> Words {
        self.shop.words(lang, self.app.now())
    }

    fn head(&self, lang: Lang) -> Head {
        Head::new(self.words(lang), &self.name, &self.shop.accent, None, None)
    }

    fn sent(&self, to: &str, to_name: Option<String>, written: askama::Result<Written>) -> Result<Ready> {
        let envelope =
            Envelope { from_name: self.name.clone(), to_name, ..from_shop(self.app, &self.shop, to.to_owned()) };
        Ok(Ready::Letter(Box::new((envelope, written.map_err(Error::internal)?))))
    }
}

fn invited(house: &House<'_>, conn: &mut Conn, id: InvitationId) -> Result<Ready> {
    let invitation: Invitation = invitations::find(conn, house.merchant, id)?;
    if !invitation.is_open(house.app.now()) {
        return Ok(Ready::Dropped);
    }
    let by = agents::find(conn, house.merchant, invitation.invited_by)?;
    let head = house.head(invitation.lang());
    let until = invitation.expires_at.utc();
    let letter = Invited {
        until: head.t.two("desk-moment", "date", head.t.date(&until), "time", head.t.time(&until)),
        head,
        by: by.name,
        role: invitation.role,
        link: format!("{}/desk/sign-in/invitation/{}", house.app.base, invitation.token(&house.app.keys)),
    };
    house.sent(&invitation.email, None, letter.write())
}

/// The proof a letter is about, unless it is over, with whom it is about.
fn proof(house: &House<'_>, conn: &mut Conn, id: ProofId) -> Result<Option<(Proof, agents::Agent)>> {
    let proof = proofs::find(conn, house.merchant, id)?;
    if proof.is_over(house.app.now()) {
        return Ok(None);
    }
    let agent = agents::find(conn, house.merchant, proof.agent_id)?;
    Ok(agent.active.then_some((proof, agent)))
}

fn new_password(house: &House<'_>, conn: &mut Conn, id: ProofId) -> Result<Ready> {
    let Some((proof, agent)) = proof(house, conn, id)? else { return Ok(Ready::Dropped) };
    let letter = NewPassword {
        head: house.head(agent.lang()),
        link: format!("{}/desk/sign-in/password/{}", house.app.base, proof.token(&house.app.keys)),
        minutes: proof.kind.lasts().num_minutes(),
    };
    house.sent(&proof.email, Some(agent.name), letter.write())
}

fn new_address(house: &House<'_>, conn: &mut Conn, id: ProofId) -> Result<Ready> {
    let Some((proof, agent)) = proof(house, conn, id)? else { return Ok(Ready::Dropped) };
    let letter = NewAddress {
        head: house.head(agent.lang()),
        code: proof.code(&house.app.keys),
        minutes: proof.kind.lasts().num_minutes(),
    };
    house.sent(&proof.email, Some(agent.name), letter.write())
}
