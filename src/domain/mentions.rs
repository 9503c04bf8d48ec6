//! Mentions: a note calls colleagues by name, `@Inès` or `@ines`, and each of them finds it in a view of their own until
//! they have read it.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    agents::{self, Agent},
    search::folding,
    threads::{
        inbox::COUNT_CAP,
        messages::{Block, Message},
    },
};
use crate::{
    bus::Nudge,
    error::Result,
    ids::{AgentId, ShopId, ThreadId},
    q,
    store::{
        Conn, Tx,
        schema::{mentions, threads},
    },
};

/// Colleagues that one note can call.
const MOST: usize = 20;
/// Calls that are looked at for each row of the list.
const CALLS: i64 = 4;
/// How much after an `@` is looked at for a name, in characters.
const NAME: usize = 120;

/// A note's text in blocks: what is said, and who is called.
///
/// # Errors
/// When the database fails.
pub(super) fn blocks(conn: &mut Conn, by: &Agent, text: &str) -> Result<Vec<Block>> {
    if !text.contains('@') {
        return Ok(vec![Block::Text { text: text.to_owned() }]);
    }
    let team = agents::team(conn, by.merchant_id)?;
    Ok(parse(text, &team))
}

fn parse(text: &str, team: &[Agent]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut done, mut called) = (0, 0);
    for (at, _) in text.match_indices('@') {
        // An e-mail address calls nobody.
        let apart = text.get(..at).and_then(|before| before.chars().next_back());
        let free = at >= done && apart.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '+'));
        if !free || called == MOST {
            continue;
        }
        let Some((length, agents)) = text.get(at + 1..).and_then(|rest| name_at(rest, team)) else { continue };
        let end = at + 1 + length;
        blocks.extend(plain(text.get(done..at)));
        blocks.push(Block::Mention { agents, text: text.get(at..end).unwrap_or_default().to_owned() });
        (done, called) = (end, called + 1);
    }
    blocks.extend(plain(text.get(done..)));
    blocks
}

fn plain(text: Option<&str>) -> Option<Block> {
    text.filter(|text| !text.is_empty()).map(|text| Block::Text { text: text.to_owned() })
}

/// Whose name stands at the beginning, whole or the first of it, and how long it is. Two of one first name are both called.
fn name_at(rest: &str, team: &[Agent]) -> Option<(usize, Vec<AgentId>)> {
    let near = rest.char_indices().nth(NAME).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
    let words = folding::words(near);
    if words.first()?.place.start != 0 {
        return None;
    }
    let says = |agent: &Agent| {
        let name = folding::words(&agent.name);
        let all = name.iter().zip(&words).filter(|(own, said)| own.folded == said.folded).count();
        let whole = all == name.len() && !name.is_empty() && in_one_piece(near, words.get(..all)?);
        let first = name.first()?.folded == words.first()?.folded;
        if whole { Some((all, agent.id)) } else { first.then_some((1, agent.id)) }
    };
    let found: Vec<(usize, AgentId)> = team.iter().filter_map(says).collect();
    let longest = found.iter().map(|(length, _)| *length).max()?;
    let agents = found.into_iter().filter(|(length, _)| *length == longest).map(|(_, id)| id).collect();
    Some((words.get(longest - 1)?.place.end, agents))
}

fn in_one_piece(text: &str, words: &[folding::Word]) -> bool {
    let gap = |pair: &[folding::Word]| match pair {
        [one, next] => text.get(one.place.end..next.place.start).is_some_and(|gap| gap.chars().count() == 1),
        _ => false,
    };
    words.windows(2).all(gap)
}

/// Writes down who is called in a note; nobody calls themselves.
///
/// # Errors
/// When the database fails.
pub(super) fn record(tx: &mut Tx<'_>, note: &Message) -> Result<()> {
    for block in &note.blocks.0 {
        let Block::Mention { agents, .. } = block else { continue };
        for agent in agents.iter().filter(|agent| note.author_id != Some(**agent)) {
            let row = (
                (mentions::merchant_id.eq(note.merchant_id), mentions::agent_id.eq(*agent)),
                (
                    mentions::thread_id.eq(note.thread_id),
                    mentions::seq.eq(note.seq),
                    mentions::mentioned_at.eq(tx.at()),
                ),
            );
            q!(tx, |c| diesel::insert_into(mentions::table).values(row).on_conflict_do_nothing().execute(c))?;
        }
    }
    Ok(())
}

/// Threads in which the agent is called, the newest call first.
///
/// # Errors
/// When the database fails.
pub fn threads_of(conn: &mut Conn, agent: &Agent, shop: Option<ShopId>, limit: i64) -> Result<Vec<ThreadId>> {
    // Called several times in one thread: that thread stands where the newest call puts it.
    let calls: Vec<ThreadId> = q!(conn, |c| {
        let mut list = mentions::table
            .inner_join(
                threads::table
                    .on(threads::merchant_id.eq(mentions::merchant_id).and(threads::id.eq(mentions::thread_id))),
            )
            .filter(mentions::merchant_id.eq(agent.merchant_id))
            .filter(mentions::agent_id.eq(agent.id))
            .into_boxed();
        if let Some(shop) = shop {
            list = list.filter(threads::shop_id.eq(shop));
        }
        let order = (mentions::mentioned_at.desc(), mentions::thread_id);
        list.order(order).select(mentions::thread_id).limit(limit.saturating_mul(CALLS)).load(c)
    })?;
    let mut seen = HashSet::new();
    let wanted = usize::try_from(limit).unwrap_or_default();
    Ok(calls.into_iter().filter(|thread| seen.insert(*thread)).take(wanted).collect())
}

/// In how many threads the agent is called and has not looked yet.
///
/// # Errors
/// When the database fails.
pub fn unread(conn: &mut Conn, agent: &Agent, shop: Option<ShopId>) -> Result<i64> {
    let ids: Vec<ThreadId> = q!(conn, |c| {
        let mut list = mentions::table
            .inner_join(
                threads::table
                    .on(threads::merchant_id.eq(mentions::merchant_id).and(threads::id.eq(mentions::thread_id))),
            )
            .filter(mentions::merchant_id.eq(agent.merchant_id))
            .filter(mentions::agent_id.eq(agent.id))
            .filter(mentions::read_at.is_null())
            .into_boxed();
        if let Some(shop) = shop {
            list = list.filter(threads::shop_id.eq(shop));
        }
        list.select(mentions::thread_id).distinct().limit(COUNT_CAP).load(c)
    })?;
    Ok(i64::try_from(ids.len()).unwrap_or(COUNT_CAP))
}

/// Whether the agent is called in a thread and has not looked yet.
///
/// # Errors
/// When the database fails.
pub fn waits(conn: &mut Conn, agent: &Agent, thread: ThreadId) -> Result<bool> {
    let unread = mentions::table
        .filter(mentions::merchant_id.eq(agent.merchant_id))
        .filter(mentions::agent_id.eq(agent.id))
        .filter(mentions::thread_id.eq(thread))
        .filter(mentions::read_at.is_null());
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(unread.select(mentions::seq))).get_result(c))?)
}

/// The agent has looked.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut Tx<'_>, agent: &Agent, thread: ThreadId) -> Result<()> {
    let unread = mentions::table
        .filter(mentions::merchant_id.eq(agent.merchant_id))
        .filter(mentions::agent_id.eq(agent.id))
        .filter(mentions::thread_id.eq(thread))
        .filter(mentions::read_at.is_null());
    let now = tx.at();
    if q!(tx, |c| diesel::update(unread).set(mentions::read_at.eq(Some(now))).execute(c))? > 0 {
        tx.nudge(Nudge::Thread(agent.merchant_id, thread));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::agents::Role, ids::MerchantId};

    fn agent(number: u8, name: &str) -> Agent {
        Agent {
            merchant_id: MerchantId::from_bytes([0; 16]),
            id: AgentId::from_bytes([number; 16]),
            email: String::new(),
            name: name.to_owned(),
            role: Role::Agent,
            locale: "en".to_owned(),
            active: true,
            seen_at: None,
            away_since: None,
            away_until: None,
        }
    }

    /// Each call with the numbers of those who are called.
    fn called(text: &str) -> Vec<(String, Vec<u8>)> {
        let team = [agent(1, "Inès Marchand"), agent(2, "Théo Lambert"), agent(3, "Théo Martin"), agent(4, "Mia")];
        let blocks = parse(text, &team);
        let whole: String = blocks
            .iter()
            .map(|block| match block {
                Block::Text { text } | Block::Mention { text, .. } => text.as_str(),
                Block::Record { .. } | Block::Media { .. } => "",
            })
            .collect();
        assert_eq!(whole, text, "nothing is lost");
        let call = |block: Block| match block {
            Block::Mention { agents, text } => Some((text, agents.iter().map(|id| id.bytes()[0]).collect())),
            _ => None,
        };
        blocks.into_iter().filter_map(call).collect()
    }

    #[test]
    fn a_colleague_is_called_by_name_however_it_is_typed() {
        assert_eq!(called("@ines look"), [("@ines".to_owned(), vec![1])]);
        assert_eq!(
            called("(@INÈS MARCHAND), @mia: yes"),
            [("@INÈS MARCHAND".to_owned(), vec![1]), ("@mia".to_owned(), vec![4])]
        );
        assert_eq!(called("@théo?"), [("@théo".to_owned(), vec![2, 3])]);
        assert_eq!(called("@Theo Martin."), [("@Theo Martin".to_owned(), vec![3])]);
        assert_eq!(called("@Inès, Marchand"), [("@Inès".to_owned(), vec![1])]);
    }

    #[test]
    fn an_address_or_a_stranger_is_nobody_called() {
        for text in ["write to ines@mia.example", "@", "@ ines", "@nobody", "@inesita", "a.@mia", "@<script>"] {
            assert_eq!(called(text), [], "{text}");
        }
        assert_eq!(called(&"@mia ".repeat(50)).len(), MOST);
    }
}
