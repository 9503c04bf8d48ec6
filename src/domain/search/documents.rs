//! What can be found: a document for each message, one for what is known of a thread's order. They are written in the
//! same transaction as what they are about, so the search never says what is no longer so.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{
    DocKind,
    folding::{compact, words},
    query::{label_word, merchant_word},
};
use crate::{
    domain::{
        normal::Address,
        shoppers::{self, Shopper},
        threads::{Thread, mailing, messages::Message},
    },
    error::{Error, Result},
    ids::{LabelId, MerchantId, OrderId, ShopperId, ThreadId},
    q, secrets,
    store::{
        Tx,
        columns::{At, Json},
        schema::{messages, orders, search_backlog, search_docs, shipments, thread_labels, threads},
    },
};

/// Where the document of an order stands among those of its thread: before the first message.
const ORDER: i64 = 0;
/// Different words of a document that are kept.
const MOST_WORDS: usize = 2_000;
/// Characters of a number that are looked at.
const NUMBER: usize = 40;
/// Ends of a number shorter than this are not kept.
const SHORTEST_END: usize = 3;
/// Threads from before there was a search that are taken in one go.
const SLICE: i64 = 50;
/// Bits of a key that tell documents of one moment apart.
pub(super) const APART: u32 = 8;
/// The latest moment a key can hold, in microseconds since 1970.
const LATEST: i64 = (1 << (63 - APART)) - 1;

/// A message was said or rewritten.
///
/// # Errors
/// When the database fails.
pub fn said(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    let kind = if message.note { DocKind::Note } else { DocKind::Message };
    let mut kept = Kept::of(message.merchant_id);
    kept.add_text(&message.alt);
    put(tx, message.merchant_id, message.thread_id, message.seq, kind, message.created_at, &kept.into_words())
}

/// What is known of a thread's order changed: its numbers, its shopper, its parcels, where its letters go, the thread's
/// labels.
///
/// # Errors
/// When the database fails.
pub fn refresh(tx: &mut Tx<'_>, merchant: MerchantId, ids: &[ThreadId]) -> Result<()> {
    let found: Vec<Thread> = q!(tx, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::id.eq_any(ids))
        .select(Thread::as_select())
        .load(c))?;
    for (thread, at, words) in cards(tx, merchant, found)? {
        put(tx, merchant, thread, ORDER, DocKind::Order, at, &words)?;
    }
    Ok(())
}

/// The same for the thread of an order, if it is open already.
///
/// # Errors
/// When the database fails.
pub fn refresh_order(tx: &mut Tx<'_>, merchant: MerchantId, order: OrderId) -> Result<()> {
    let ids: Vec<ThreadId> = q!(tx, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::order_id.eq(order))
        .select(threads::id)
        .load(c))?;
    refresh(tx, merchant, &ids)
}

/// The same for every thread of a shopper.
///
/// # Errors
/// When the database fails.
pub fn refresh_shopper(tx: &mut Tx<'_>, merchant: MerchantId, shopper: ShopperId) -> Result<()> {
    let ids: Vec<ThreadId> = q!(tx, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::shopper_id.eq(shopper))
        .select(threads::id)
        .load(c))?;
    refresh(tx, merchant, &ids)
}

/// Takes the next threads from before there was a search; how many were taken.
///
/// # Errors
/// When the database fails.
pub fn catch_up(tx: &mut Tx<'_>) -> Result<usize> {
    let slice: Vec<(MerchantId, ThreadId)> = q!(tx, |c| search_backlog::table
        .order((search_backlog::merchant_id, search_backlog::thread_id))
        .select((search_backlog::merchant_id, search_backlog::thread_id))
        .limit(SLICE)
        .load(c))?;
    for (merchant, id) in &slice {
        // Locked, so that two nodes do not take the same one at once.
        let thread = crate::domain::threads::locked(tx, *merchant, *id)?;
        let all: Vec<Message> = q!(tx, |c| messages::table
            .filter(messages::merchant_id.eq(thread.merchant_id))
            .filter(messages::thread_id.eq(thread.id))
            .order(messages::seq)
            .select(Message::as_select())
            .load(c))?;
        for message in &all {
            said(tx, message)?;
        }
        refresh(tx, *merchant, &[*id])?;
        q!(tx, |c| diesel::delete(search_backlog::table.find((*merchant, *id))).execute(c))?;
    }
    Ok(slice.len())
}

/// Writes a document, unless it stands there already.
fn put(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    thread: ThreadId,
    seq: i64,
    kind: DocKind,
    at: At,
    words: &str,
) -> Result<()> {
    let own = || {
        search_docs::table
            .filter(search_docs::merchant_id.eq(merchant))
            .filter(search_docs::thread_id.eq(thread))
            .filter(search_docs::seq.eq(seq))
    };
    let known: Option<(i64, DocKind, String)> =
        q!(tx, |c| own().select((search_docs::id, search_docs::kind, search_docs::words)).first(c).optional())?;
    if let Some((id, known_kind, known_words)) = known {
        let same_moment = (id >> APART).abs_diff(moment(at)) < 10_000_000;
        if same_moment && known_kind == kind && known_words == words {
            return Ok(());
        }
        q!(tx, |c| diesel::delete(own()).execute(c))?;
    }
    // Documents of one moment are spread over a few microseconds, more of them the more there are.
    for attempt in 0..8_u32 {
        let random = u64::from_be_bytes(secrets::random()) % (1 << (APART + 4 * attempt));
        let id = (moment(at) << APART).saturating_add(i64::try_from(random).unwrap_or_default());
        let row = (
            (search_docs::merchant_id.eq(merchant), search_docs::id.eq(id), search_docs::thread_id.eq(thread)),
            (search_docs::seq.eq(seq), search_docs::kind.eq(kind), search_docs::words.eq(words)),
        );
        let written =
            q!(tx, |c| diesel::insert_into(search_docs::table).values(row).on_conflict_do_nothing().execute(c))?;
        if written == 1 {
            return Ok(());
        }
    }
    Err(Error::Busy)
}

fn moment(at: At) -> i64 {
    at.utc().timestamp_micros().clamp(0, LATEST)
}

/// The smallest key of what was said at this moment.
pub(super) fn key_of(at: At) -> i64 {
    moment(at) << APART
}

/// The words a document is made of, each once.
struct Kept {
    seen: HashSet<String>,
    words: Vec<String>,
}

impl Kept {
    fn of(merchant: MerchantId) -> Self {
        let mut kept = Self { seen: HashSet::new(), words: Vec::new() };
        kept.add(merchant_word(merchant));
        kept
    }

    fn add(&mut self, word: String) {
        if !word.is_empty() && self.words.len() < MOST_WORDS && self.seen.insert(word.clone()) {
            self.words.push(word);
        }
    }

    fn add_text(&mut self, text: &str) {
        for word in words(text) {
            self.add(word.folded);
        }
    }

    /// A number is found by any part of it: it is kept with all its ends, and an end is found when it is begun.
    fn add_number(&mut self, text: &str) {
        self.add_text(text);
        let whole: Vec<char> = compact(text).chars().take(NUMBER).collect();
        for start in 0..whole.len() {
            let end: String = whole.iter().skip(start).collect();
            if start == 0 || whole.len() - start >= SHORTEST_END {
                self.add(end);
            }
        }
    }

    fn into_words(self) -> String {
        self.words.join(" ")
    }
}

type Bought = (OrderId, String, Option<String>, Option<Json<Address>>, At);

/// The documents of orders: their thread, their moment, their words.
fn cards(tx: &mut Tx<'_>, merchant: MerchantId, found: Vec<Thread>) -> Result<Vec<(ThreadId, At, String)>> {
    let order_ids: Vec<OrderId> = found.iter().filter_map(|thread| thread.order_id).collect();
    let shopper_ids: Vec<ShopperId> = found.iter().filter_map(|thread| thread.shopper_id).collect();
    let bought: Vec<Bought> = q!(tx, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::id.eq_any(&order_ids))
        .select((orders::id, orders::number, orders::email, orders::ship_to, orders::placed_at))
        .load(c))?;
    let parcels: Vec<(OrderId, Json<Vec<String>>)> = q!(tx, |c| shipments::table
        .filter(shipments::merchant_id.eq(merchant))
        .filter(shipments::order_id.eq_any(&order_ids))
        .select((shipments::order_id, shipments::numbers))
        .load(c))?;
    let labels = labels(tx, merchant, &found)?;
    let ids: Vec<ThreadId> = found.iter().map(|thread| thread.id).collect();
    let corrections = mailing::corrections(tx, merchant, &ids)?;
    let shoppers: HashMap<ShopperId, Shopper> = shoppers::by_ids(tx, merchant, &shopper_ids)?;
    let card = |thread: Thread| {
        let mut kept = Kept::of(merchant);
        let order = bought.iter().find(|(id, ..)| Some(*id) == thread.order_id);
        if let Some((id, number, email, ship_to, _)) = order {
            kept.add_number(number);
            kept.add_text(email.as_deref().unwrap_or_default());
            kept.add_text(ship_to.as_ref().and_then(|to| to.0.name.as_deref()).unwrap_or_default());
            let own = parcels.iter().filter(|(of, _)| of == id).flat_map(|(_, numbers)| &numbers.0);
            own.for_each(|number| kept.add_number(number));
        }
        if let Some(shopper) = thread.shopper_id.and_then(|id| shoppers.get(&id)) {
            kept.add_text(shopper.name.as_deref().unwrap_or_default());
            kept.add_text(shopper.email.as_deref().unwrap_or_default());
            kept.add_number(shopper.phone.as_deref().unwrap_or_default());
        }
        let named = order.and_then(|(_, _, email, ..)| email.as_deref());
        let named = named.or_else(|| shoppers.get(&thread.shopper_id?)?.email.as_deref()).unwrap_or_default();
        if let Some((to, instead_of)) = corrections.get(&thread.id)
            && instead_of.as_deref().unwrap_or_default() == named
        {
            kept.add_text(to);
        }
        labels.get(&thread.id).into_iter().flatten().for_each(|label| kept.add(label_word(*label)));
        (thread.id, order.map_or(thread.created_at, |(.., placed_at)| *placed_at), kept.into_words())
    };
    Ok(found.into_iter().map(card).collect())
}

fn labels(tx: &mut Tx<'_>, merchant: MerchantId, found: &[Thread]) -> Result<HashMap<ThreadId, Vec<LabelId>>> {
    let ids: Vec<ThreadId> = found.iter().map(|thread| thread.id).collect();
    let rows: Vec<(ThreadId, LabelId)> = q!(tx, |c| thread_labels::table
        .filter(thread_labels::merchant_id.eq(merchant))
        .filter(thread_labels::thread_id.eq_any(&ids))
        .select((thread_labels::thread_id, thread_labels::label_id))
        .load(c))?;
    let mut by_thread: HashMap<ThreadId, Vec<LabelId>> = HashMap::new();
    for (thread, label) in rows {
        by_thread.entry(thread).or_default().push(label);
    }
    Ok(by_thread)
}
