//! Search: by words in messages and notes, by an order's number, who bought, a parcel's number, a label. One function for
//! both engines; only how the index is asked differs, and what a search finds is said by [`Query::finds`] alone.
//! The newest comes first. What can be found is written in [`documents`].

pub mod documents;
pub mod folding;
pub mod query;

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};

pub use query::Query;

use super::{labels, threads::ThreadState};
use crate::{
    error::Result,
    ids::{AgentId, MerchantId, ShopId, ThreadId},
    q,
    store::{
        Conn,
        columns::{At, Key},
        schema::{search_backlog, search_docs, threads},
    },
    text_enum,
};

/// Documents the index is asked for at a time.
const STEP: i64 = 1_000;
/// How often it is asked for one page; whoever wants more goes on from there.
const STEPS: usize = 20;
/// Documents that are counted; beyond this the counts are "at least".
const COUNTED: i64 = 2_000;

text_enum! {
    /// What a search found it in.
    pub enum DocKind { Message = "message", Note = "note", Order = "order" }
}

/// What a search is narrowed by; an empty list is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    pub kinds: Vec<DocKind>,
    pub states: Vec<ThreadState>,
    pub shops: Vec<ShopId>,
    /// None among them: what is the whole team's.
    pub agents: Vec<Option<AgentId>>,
    /// Only what is of this moment or later.
    pub since: Option<At>,
}

/// One thing that narrows, so that what each of its values would leave can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facet {
    Kind,
    State,
    Shop,
    Agent,
}

/// A thread that was found, by the newest of its documents that the search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub thread: ThreadId,
    pub kind: DocKind,
    /// The message's place in the thread; 0 for the order.
    pub seq: i64,
    /// Where a reader goes on from.
    pub position: i64,
}

impl Hit {
    /// When it was said; when the order was placed.
    pub fn at(&self) -> chrono::DateTime<chrono::Utc> {
        chrono::DateTime::from_timestamp_micros(self.position >> documents::APART).unwrap_or_default()
    }
}

/// A page of what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is more.
    pub next: Option<i64>,
}

/// How many threads each further condition would leave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    pub threads: i64,
    pub kinds: BTreeMap<DocKind, i64>,
    pub states: BTreeMap<ThreadState, i64>,
    pub shops: BTreeMap<ShopId, i64>,
    pub agents: BTreeMap<Option<AgentId>, i64>,
    /// There are more documents than were counted.
    pub at_least: bool,
}

/// A document with what can be asked of its thread.
#[derive(Debug, Clone, Queryable)]
struct Candidate {
    id: i64,
    thread: ThreadId,
    seq: i64,
    kind: DocKind,
    state: ThreadState,
    shop: ShopId,
    assigned_to: Option<AgentId>,
}

impl Narrow {
    fn takes(&self, candidate: &Candidate, but: Option<Facet>) -> bool {
        let free = |facet| but == Some(facet);
        (free(Facet::Kind) || self.kinds.is_empty() || self.kinds.contains(&candidate.kind))
            && (free(Facet::State) || self.states.is_empty() || self.states.contains(&candidate.state))
            && (free(Facet::Shop) || self.shops.is_empty() || self.shops.contains(&candidate.shop))
            && (free(Facet::Agent) || self.agents.is_empty() || self.agents.contains(&candidate.assigned_to))
    }

    fn floor(&self) -> i64 {
        self.since.map_or(0, documents::key_of)
    }
}

/// Finds threads, the newest first, each once.
///
/// # Errors
/// When the database fails.
pub fn find(
    conn: &mut Conn,
    merchant: MerchantId,
    query: &Query,
    narrow: &Narrow,
    after: Option<i64>,
    limit: usize,
) -> Result<Hits> {
    let query = with_labels(conn, merchant, query)?;
    let mut seen: HashSet<ThreadId> = HashSet::new();
    let mut hits = Vec::new();
    let mut below = after.unwrap_or(i64::MAX);
    for _ in 0..STEPS {
        let step = candidates(conn, merchant, &query, narrow.floor(), below, STEP)?;
        let whole = step.ids.len() == usize::try_from(STEP).unwrap_or_default();
        let fits: Vec<&Candidate> =
            step.rows.iter().filter(|row| narrow.takes(row, None) && seen.insert(row.thread)).collect();
        let before = shown_before(conn, merchant, &query, narrow, after, &fits)?;
        for row in fits.into_iter().filter(|row| !before.contains(&row.thread)) {
            if hits.len() == limit {
                let next = hits.last().map(|hit: &Hit| hit.position);
                return Ok(Hits { hits, next });
            }
            hits.push(Hit { thread: row.thread, kind: row.kind, seq: row.seq, position: row.id });
        }
        if !whole {
            return Ok(Hits { hits, next: None });
        }
        below = step.ids.last().copied().unwrap_or_default();
    }
    Ok(Hits { hits, next: Some(below) })
}

/// Counts what a search leaves, over the newest documents it finds.
///
/// # Errors
/// When the database fails.
pub fn facets(conn: &mut Conn, merchant: MerchantId, query: &Query, narrow: &Narrow) -> Result<Facets> {
    let query = with_labels(conn, merchant, query)?;
    let found = candidates(conn, merchant, &query, narrow.floor(), i64::MAX, COUNTED)?;
    let count = |facet: Option<Facet>| found.rows.iter().filter(move |row| narrow.takes(row, facet));
    let threads = count(None).map(|row| row.thread).collect::<HashSet<_>>().len();
    Ok(Facets {
        threads: i64::try_from(threads).unwrap_or_default(),
        kinds: tally(count(Some(Facet::Kind)), |row| row.kind),
        states: tally(count(Some(Facet::State)), |row| row.state),
        shops: tally(count(Some(Facet::Shop)), |row| row.shop),
        agents: tally(count(Some(Facet::Agent)), |row| row.assigned_to),
        at_least: i64::try_from(found.ids.len()).is_ok_and(|count| count == COUNTED),
    })
}

fn tally<'a, V: Ord + std::hash::Hash + Copy>(
    rows: impl Iterator<Item = &'a Candidate>,
    value: impl Fn(&Candidate) -> V,
) -> BTreeMap<V, i64> {
    let pairs: HashSet<(V, ThreadId)> = rows.map(|row| (value(row), row.thread)).collect();
    let mut counts = BTreeMap::new();
    for (value, _) in pairs {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// Whether any thread from before there was a search is still to be taken in.
///
/// # Errors
/// When the database fails.
pub fn backlog(conn: &mut Conn) -> Result<bool> {
    let waiting = search_backlog::table.select(search_backlog::thread_id);
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(waiting)).get_result(c))?)
}

/// The same for one merchant: then a search may not know everything yet.
///
/// # Errors
/// When the database fails.
pub fn is_behind(conn: &mut Conn, merchant: MerchantId) -> Result<bool> {
    let waiting = search_backlog::table.filter(search_backlog::merchant_id.eq(merchant));
    Ok(q!(conn, |c| diesel::select(diesel::dsl::exists(waiting.select(search_backlog::thread_id))).get_result(c))?)
}

fn with_labels(conn: &mut Conn, merchant: MerchantId, query: &Query) -> Result<Query> {
    let called = labels::list(conn, merchant)?.into_iter().filter(|label| query.names(&label.name));
    Ok(query.clone().or_labelled(called.map(|label| label.id).collect()))
}

/// Threads that a page before this one shows already, by a newer document.
fn shown_before(
    conn: &mut Conn,
    merchant: MerchantId,
    query: &Query,
    narrow: &Narrow,
    after: Option<i64>,
    fits: &[&Candidate],
) -> Result<HashSet<ThreadId>> {
    let Some(after) = after else { return Ok(HashSet::new()) };
    let ids: Vec<ThreadId> = fits.iter().map(|row| row.thread).collect();
    let newer: Vec<(ThreadId, DocKind, String)> = q!(conn, |c| search_docs::table
        .filter(search_docs::merchant_id.eq(merchant))
        .filter(search_docs::thread_id.eq_any(&ids))
        .filter(search_docs::id.ge(after))
        .select((search_docs::thread_id, search_docs::kind, search_docs::words))
        .load(c))?;
    let counts = |kind: &DocKind| narrow.kinds.is_empty() || narrow.kinds.contains(kind);
    let shown = newer.into_iter().filter(|(_, kind, words)| counts(kind) && query.finds(words));
    Ok(shown.map(|(thread, ..)| thread).collect())
}

struct Step {
    /// As the index gave them, the newest first.
    ids: Vec<i64>,
    rows: Vec<Candidate>,
}

/// The newest documents below a position, with what can be asked of their threads.
fn candidates(
    conn: &mut Conn,
    merchant: MerchantId,
    query: &Query,
    floor: i64,
    below: i64,
    limit: i64,
) -> Result<Step> {
    let ids = index(conn, merchant, query, floor, below, limit)?;
    let found: Vec<Candidate> = q!(conn, |c| search_docs::table
        .inner_join(
            threads::table
                .on(threads::merchant_id.eq(search_docs::merchant_id).and(threads::id.eq(search_docs::thread_id)))
        )
        .filter(search_docs::merchant_id.eq(merchant))
        .filter(search_docs::id.eq_any(&ids))
        .select((
            search_docs::id,
            search_docs::thread_id,
            search_docs::seq,
            search_docs::kind,
            threads::state,
            threads::shop_id,
            threads::assigned_to,
        ))
        .load(c))?;
    let mut by_id: HashMap<i64, Candidate> = found.into_iter().map(|row| (row.id, row)).collect();
    let rows = ids.iter().filter_map(|id| by_id.remove(id)).collect();
    Ok(Step { ids, rows })
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

const SQLITE: &str = "
SELECT rowid AS id FROM search_words
WHERE search_words MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4";

const POSTGRES: &str = "
SELECT id FROM search_docs
WHERE merchant_id = $1 AND array_to_tsvector(string_to_array(words, ' ')) @@ $2::tsquery AND id >= $3 AND id < $4
ORDER BY id DESC LIMIT $5";

/// Asks the engine's own index: the one place where the two differ.
fn index(conn: &mut Conn, merchant: MerchantId, query: &Query, floor: i64, below: i64, limit: i64) -> Result<Vec<i64>> {
    let found: Vec<Id> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(SQLITE)
            .bind::<Text, _>(query.for_sqlite(merchant))
            .bind::<BigInt, _>(floor)
            .bind::<BigInt, _>(below)
            .bind::<BigInt, _>(limit)
            .load(&mut **c)?,
        Conn::Postgres(c) => diesel::sql_query(POSTGRES)
            .bind::<Key, _>(merchant)
            .bind::<Text, _>(query.for_postgres(merchant))
            .bind::<BigInt, _>(floor)
            .bind::<BigInt, _>(below)
            .bind::<BigInt, _>(limit)
            .load(&mut **c)?,
    };
    Ok(found.into_iter().map(|row| row.id).collect())
}
