//! The letter to the shop that a shopper waits while nobody has the desk open. It carries nothing that a shopper wrote.

use super::{Ready, from_shop};
use crate::{
    app::App,
    domain::{
        agents,
        deliveries::{Delivery, UNATTENDED},
        merchants, orders, presence,
        threads::{Thread, ThreadState},
    },
    error::{Error, Result},
    outbound::letters::{Head, Waiting},
    store::Conn,
};

/// Written to the agent it is given to, unless they are away, else to the shop, once for each time a shopper begins to wait.
pub(super) fn write(app: &App, conn: &mut Conn, thread: &Thread, delivery: &Delivery) -> Result<Ready> {
    // Answered meanwhile, or waiting anew: then another letter is planned.
    if thread.state != ThreadState::Open || thread.waiting_since != Some(delivery.created_at) {
        return Ok(Ready::Dropped);
    }
    if presence::anybody(conn, thread.merchant_id, app.now() - UNATTENDED)? {
        return Ok(Ready::Later(UNATTENDED));
    }
    let shop = merchants::shop(conn, thread.merchant_id, thread.shop_id)?;
    let agent = thread.assigned_to.map(|agent| agents::find(conn, thread.merchant_id, agent)).transpose()?;
    let agent = agent.filter(|agent| agent.active && !agent.is_away(app.now()));
    let (to, lang) =
        agent.map_or_else(|| (shop.email.clone(), shop.lang()), |agent| (agent.email.clone(), agent.lang()));
    let order = thread.order_id.map(|order| orders::detail(conn, thread.merchant_id, order)).transpose()?;
    let number = order.map(|detail| detail.order.bare_number().to_owned());
    let t = shop.words(lang, app.now());
    let letter = Waiting {
        head: Head::new(t, &shop.name, &shop.accent, number, None),
        since: t.when(&delivery.created_at.utc()),
        link: format!("{}/desk/threads/{}", app.base, thread.id),
    };
    let envelope = super::Envelope { reply_to: None, ..from_shop(app, &shop, to) };
    Ok(Ready::Letter(Box::new((envelope, letter.write().map_err(Error::internal)?))))
}
