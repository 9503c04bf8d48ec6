//! What an agent may want to be called for: a shopper wrote, in a thread that is theirs or nobody's. Whether they are called,
//! and with how many words, is chosen in their browser.

use std::{cell::RefCell, collections::HashMap};

use chrono::{DateTime, Duration, Utc};

use super::drawing::Desk as Drawing;
use crate::{
    domain::{
        agents::Agent,
        orders, shoppers,
        threads::{inbox, messages},
    },
    error::Result,
    ids::ThreadId,
    store::{Conn, columns::At},
    web::live::News,
};

/// How far back it is looked: what was stored at the same time may come one after the other.
const BACK: Duration = Duration::minutes(5);
/// Threads that are called for at once.
const AT_ONCE: i64 = 20;
/// Threads that are kept in mind.
const MOST: usize = 1_000;
/// Characters of a message that are shown.
const WORDS: usize = 140;

/// Which messages a page was told of.
pub(super) struct Watch {
    began: DateTime<Utc>,
    told: RefCell<HashMap<ThreadId, i64>>,
}

/// A message that came while the page was open.
pub(super) struct Fresh {
    pub thread: ThreadId,
    pub seq: i64,
    pub shopper: Option<String>,
    pub number: Option<String>,
    pub words: String,
}

impl Watch {
    pub(super) fn new(began: DateTime<Utc>) -> Self {
        Self { began, told: RefCell::default() }
    }

    pub(super) fn since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.began.max(now - BACK)
    }

    /// Those that were not told yet.
    pub(super) fn tell(&self, mut fresh: Vec<Fresh>) -> Vec<Fresh> {
        let mut told = self.told.borrow_mut();
        if told.len() > MOST {
            told.clear();
        }
        fresh.retain(|one| told.insert(one.thread, one.seq).is_none_or(|before| before < one.seq));
        fresh
    }
}

/// What shoppers said since then, in threads that are the agent's or nobody's.
pub(super) fn fresh(conn: &mut Conn, agent: &Agent, since: DateTime<Utc>) -> Result<Vec<Fresh>> {
    let merchant = agent.merchant_id;
    let asked = inbox::asked_since(conn, agent, At::new(since), AT_ONCE)?;
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<(ThreadId, i64)> = asked.iter().map(|(thread, seq)| (thread.id, *seq)).collect();
    let said = messages::at_places(conn, merchant, &places)?;
    let people: Vec<_> = asked.iter().filter_map(|(thread, _)| thread.shopper_id).collect();
    let bought: Vec<_> = asked.iter().filter_map(|(thread, _)| thread.order_id).collect();
    let people = shoppers::by_ids(conn, merchant, &people)?;
    let numbers = orders::numbers(conn, merchant, &bought)?;
    let fresh = asked.into_iter().filter_map(|(thread, seq)| {
        let message = said.iter().find(|said| said.thread_id == thread.id)?;
        let shopper = thread.shopper_id.and_then(|id| people.get(&id)?.name.clone());
        let number = thread.order_id.and_then(|id| numbers.get(&id).cloned());
        let words = message.alt.chars().take(WORDS).collect();
        (message.created_at.utc() > since).then_some(Fresh { thread: thread.id, seq, shopper, number, words })
    });
    Ok(fresh.collect())
}

impl Drawing<'_> {
    /// As a notification says it.
    pub(super) fn news(&self, fresh: &Fresh) -> News {
        let t = &self.t;
        let first = fresh.shopper.as_deref().and_then(|name| name.split_whitespace().next());
        let number = fresh.number.as_deref().map(|number| number.trim_start_matches('#'));
        let title = match (first, number) {
            (Some(name), Some(number)) => t.two("desk-news-about", "name", name, "number", number),
            (Some(name), None) => name.to_owned(),
            (None, Some(number)) => t.one("desk-order", "number", number),
            (None, None) => t.get("desk-shopper"),
        };
        News {
            id: format!("{}-{}", fresh.thread, fresh.seq),
            thread: fresh.thread.to_string(),
            title,
            text: t.get("desk-news-text"),
            words: fresh.words.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(thread: ThreadId, seq: i64) -> Fresh {
        Fresh { thread, seq, shopper: None, number: None, words: String::new() }
    }

    #[test]
    fn a_message_is_told_once() {
        let now = Utc::now();
        let (watch, thread) = (Watch::new(now), ThreadId::new(now));
        let told = |seqs: &[i64]| watch.tell(seqs.iter().map(|seq| fresh(thread, *seq)).collect()).len();
        assert_eq!([told(&[4]), told(&[4]), told(&[6]), told(&[5])], [1, 0, 1, 0]);
    }

    #[test]
    fn nothing_from_before_the_page_was_opened_is_new() {
        let now = Utc::now();
        let watch = Watch::new(now);
        assert_eq!(watch.since(now), now);
        assert_eq!(watch.since(now + Duration::hours(1)), now + Duration::hours(1) - BACK);
    }
}
