//! The letter that tells what was answered: every answer once, and none that was read on the page.

use super::Scene;
use crate::{
    domain::{
        agents,
        deliveries::Delivery,
        events::ActorKind,
        threads::messages::{self, Audience, Message},
    },
    error::{Error, Result},
    outbound::letters::{Answer, Reply, Written},
    store::Conn,
};

/// Messages that one letter can gather.
const GATHERED: i64 = 50;

/// A letter with answers.
pub(super) struct Answered {
    pub(super) written: Written,
    /// Not only by programs.
    pub(super) by_a_person: bool,
}

/// What was answered up to the delivery's seq, that no letter told yet and that the shopper has not seen.
pub(super) fn write(conn: &mut Conn, scene: &Scene, delivery: &Delivery) -> Result<Option<Answered>> {
    let since = scene.mailing.mailed_seq.max(scene.mailing.seen_seq);
    let all = messages::since(conn, &scene.thread, Audience::Shopper, 0, GATHERED)?;
    let told =
        |message: &&Message| message.author != ActorKind::Shopper && message.seq > since && message.seq <= delivery.seq;
    let told: Vec<&Message> = all.iter().filter(told).collect();
    let (Some(first), Some(newest)) = (told.first(), told.last()) else { return Ok(None) };
    let before = all.iter().rfind(|message| message.author == ActorKind::Shopper && message.seq < first.seq);
    let mut answers = Vec::new();
    for message in &told {
        answers.push(Answer {
            agent: author(conn, scene, message)?,
            text: message.alt.clone(),
            when: scene.t.when(&message.created_at.utc()),
        });
    }
    let letter = Reply {
        head: scene.head(),
        agent: author(conn, scene, newest)?,
        answers,
        lang: None,
        swap: super::under_way(conn, scene)?,
        before: before.map(|message| message.alt.clone()),
        link: scene.link.clone(),
    };
    let by_a_person = told.iter().any(|message| message.author == ActorKind::Agent);
    Ok(Some(Answered { written: letter.write().map_err(Error::internal)?, by_a_person }))
}

fn author(conn: &mut Conn, scene: &Scene, message: &Message) -> Result<String> {
    Ok(match (message.author, message.author_id) {
        (ActorKind::Agent, Some(id)) => first_name(&agents::find(conn, scene.thread.merchant_id, id)?.name),
        _ => scene.shop.name.clone(),
    })
}

/// `Inès` of `Inès Marchand`.
fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}
