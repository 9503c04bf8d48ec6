//! Search among very many messages (100,000 in a whole run): what is found is what a plain scan over them finds, on each engine the same, in the same
//! order. The messages are from before there was a search, so the worker's slices are told here too.

use std::{collections::HashSet, sync::Arc, time::Instant};

use chrono::{DateTime, Duration, Utc};
use comptoir::{
    bus::Bus,
    domain::{
        events::ActorKind,
        merchants::{self, Shop},
        search::{self, Narrow, Query, documents},
        threads::{
            Thread, ThreadState,
            messages::{Block, Message},
        },
    },
    ids::{MerchantId, MessageId, ShopId, ThreadId},
    q,
    store::{
        Clock, Conn, Store,
        columns::{At, Json},
        schema::{messages, search_backlog, search_docs, threads},
    },
};
use diesel::prelude::*;

use super::super::support::{engine::Database, many};

const THREADS: usize = 2_000;
/// Words as they are written and as they are compared.
const WORDS: [(&str, &str); 24] = [
    ("la", "la"),
    ("Chemise", "chemise"),
    ("écrue", "ecrue"),
    ("TÂCHE", "tache"),
    ("ourlet", "ourlet"),
    ("œuvre", "oeuvre"),
    ("Straße", "strasse"),
    ("été", "ete"),
    ("colis", "colis"),
    ("colissimo", "colissimo"),
    ("parcel", "parcel"),
    ("late", "late"),
    ("later", "later"),
    ("Ærø", "aero"),
    ("naïve", "naive"),
    ("Łódź", "lodz"),
    ("10482", "10482"),
    ("104", "104"),
    ("привет", "привет"),
    ("AND", "and"),
    ("or", "or"),
    ("not", "not"),
    ("near", "near"),
    ("co\u{ad}ton", "coton"),
];

/// One message: which thread, which words. The generator is the same on every machine.
struct Said {
    thread: usize,
    words: Vec<usize>,
}

fn said() -> Vec<Said> {
    let mut state: u64 = 20_261_128;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let one = |_| Said {
        thread: next(THREADS),
        // The first words of the list are common, the last are rare.
        words: (0..2 + next(6))
            .map(|_| {
                let a = next(WORDS.len());
                a.min(next(WORDS.len())).min(next(WORDS.len()))
            })
            .collect(),
    };
    (0..many(20_000, 100_000)).map(one).collect()
}

/// What a search finds, by looking at every message: the newest of each thread, the newest thread first.
fn scanned(all: &[Said], wanted: &[&str]) -> Vec<(usize, usize)> {
    let last = wanted.len() - 1;
    let has = |said: &Said, at: usize, word: &str| {
        let begun = at == last && word.chars().count() > 1;
        said.words.iter().map(|index| WORDS[*index].1).any(|own| own == word || (begun && own.starts_with(word)))
    };
    let mut seen = HashSet::new();
    let newest = all.iter().enumerate().rev();
    let fits = newest.filter(|(_, said)| wanted.iter().enumerate().all(|(at, word)| has(said, at, word)));
    fits.filter(|(_, said)| seen.insert(said.thread)).map(|(at, said)| (said.thread, at)).collect()
}

struct House {
    merchant: MerchantId,
    threads: Vec<ThreadId>,
}

/// A merchant with these messages, in so many threads, and nothing of it in the search yet.
async fn built(store: &Store, all: Arc<Vec<Said>>, count: usize, begun: DateTime<Utc>) -> House {
    let (merchant, ids) = store
        .write(move |tx| {
            let merchant = merchants::create(tx, "Plenty")?;
            let shop = Shop {
                merchant_id: merchant,
                id: ShopId::new(tx.now()),
                name: "Plenty".to_owned(),
                accent: "#1c6763".to_owned(),
                locale: "fr".to_owned(),
                time_zone: "UTC".to_owned(),
                email: "plenty@example.com".to_owned(),
                exchange_days: 30,
                reply_minutes: merchants::REPLY_MINUTES,
                exchange_rules: Json::default(),
                languages: Json::default(),
                legal: Json::default(),
                mail_on_order: false,
                created_at: tx.at(),
            };
            merchants::add_shop(tx, &shop)?;
            let thread = |_| Thread {
                merchant_id: merchant,
                id: ThreadId::new(tx.now()),
                shop_id: shop.id,
                order_id: None,
                shopper_id: None,
                state: ThreadState::Open,
                locale: "fr".to_owned(),
                assigned_to: None,
                waiting_since: None,
                last_seq: 0,
                last_message_at: None,
                moved_at: At::new(begun),
                link_version: 1,
                created_at: At::new(begun - Duration::days(1)),
                snoozed_until: None,
                reply_due_at: Some(At::new(begun)),
            };
            let rows: Vec<Thread> = (0..count).map(thread).collect();
            let ids: Vec<ThreadId> = rows.iter().map(|row| row.id).collect();
            for row in &rows {
                q!(tx, |c| diesel::insert_into(threads::table).values(row).execute(c))?;
                let late = (search_backlog::merchant_id.eq(merchant), search_backlog::thread_id.eq(row.id));
                q!(tx, |c| diesel::insert_into(search_backlog::table).values(late).execute(c))?;
            }
            Ok((merchant, ids))
        })
        .await
        .unwrap();
    say(store, &House { merchant, threads: ids.clone() }, all, begun).await;
    House { merchant, threads: ids }
}

/// All messages, a second apart.
async fn say(store: &Store, house: &House, all: Arc<Vec<Said>>, begun: DateTime<Utc>) {
    let (merchant, ids) = (house.merchant, house.threads.clone());
    for start in (0..all.len()).step_by(1_000) {
        let (all, ids) = (Arc::clone(&all), ids.clone());
        let change = move |tx: &mut comptoir::store::Tx<'_>| {
            for (at, said) in all.iter().enumerate().skip(start).take(1_000) {
                let words: Vec<&str> = said.words.iter().map(|index| WORDS[*index].0).collect();
                let text = format!("« {} »", words.join(", "));
                let row = Message {
                    merchant_id: merchant,
                    thread_id: ids[said.thread % ids.len()],
                    seq: i64::try_from(at).unwrap() + 1,
                    id: MessageId::new(tx.now()),
                    author: ActorKind::Shopper,
                    author_id: None,
                    note: at % 10 == 0,
                    client_id: format!("plenty-{at:06}"),
                    alt: text.clone(),
                    blocks: Json(vec![Block::Text { text }]),
                    created_at: At::new(begun + Duration::seconds(i64::try_from(at).unwrap())),
                };
                q!(tx, |c| diesel::insert_into(messages::table).values(&row).execute(c))?;
            }
            Ok(())
        };
        store.write(change).await.unwrap();
    }
}

/// Every thread that is found, page by page, and how long the first page took.
async fn found(store: &Store, house: &House, words: &str) -> (Vec<(ThreadId, usize)>, std::time::Duration) {
    let (mut all, mut after, mut first) = (Vec::new(), None, None);
    loop {
        let (merchant, query) = (house.merchant, Query::parse(words).unwrap());
        let begun = Instant::now();
        let page = store
            .read(move |conn: &mut Conn| search::find(conn, merchant, &query, &Narrow::default(), after, 60))
            .await
            .unwrap();
        first.get_or_insert(begun.elapsed());
        all.extend(page.hits.iter().map(|hit| (hit.thread, usize::try_from(hit.seq).unwrap() - 1)));
        after = page.next;
        if after.is_none() {
            return (all, first.unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn among_very_many_messages_the_same_is_found_as_by_looking_at_each() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    let store = Store::open(database.url(), 4, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let begun = Utc::now() - Duration::days(3);
    let all = Arc::new(said());
    let house = built(&store, Arc::clone(&all), THREADS, begun).await;
    // Somebody else, who says the same words and is never found.
    let few = Arc::new(said().into_iter().take(500).collect::<Vec<_>>());
    let other = built(&store, few, 10, begun).await;
    let (merchant, neighbour) = (house.merchant, other.merchant);
    assert!(store.read(move |conn| search::is_behind(conn, merchant)).await.unwrap());
    while store.write(documents::catch_up).await.unwrap() > 0 {}
    assert!(!store.read(move |conn| search::is_behind(conn, merchant)).await.unwrap());
    for (typed, wanted) in [
        ("la", vec!["la"]),
        ("Tâche", vec!["tache"]),
        ("chemise ÉCRUE", vec!["chemise", "ecrue"]),
        ("colis", vec!["colis"]),
        ("colis lat", vec!["colis", "lat"]),
        ("lat colis", vec!["lat", "colis"]),
        ("coton", vec!["coton"]),
        ("strasse oeuv", vec!["strasse", "oeuv"]),
        ("ПРИВЕТ", vec!["привет"]),
        ("104", vec!["104"]),
        ("10482 AND", vec!["10482", "and"]),
        ("near", vec!["near"]),
        ("\"not\" * near", vec!["not", "near"]),
        ("l", vec!["l"]),
        ("zebra", vec!["zebra"]),
        ("été aero naive lodz", vec!["ete", "aero", "naive", "lodz"]),
    ] {
        let expected: Vec<(ThreadId, usize)> =
            scanned(&all, &wanted).into_iter().map(|(thread, at)| (house.threads[thread], at)).collect();
        let (threads, took) = found(&store, &house, typed).await;
        assert_eq!(threads.len(), expected.len(), "{typed}");
        assert_eq!(threads, expected, "{typed}");
        assert!(took < std::time::Duration::from_secs(2), "{typed}: the first page took {took:?}");
    }
    let (theirs, _) = found(&store, &other, "la").await;
    assert!(!theirs.is_empty() && theirs.iter().all(|(thread, _)| other.threads.contains(thread)));

    it_stays_true(&store, &house, scanned(&all, &["la"])[0]).await;
    let left: i64 = store
        .read(move |conn| {
            let theirs = search_docs::table.filter(search_docs::merchant_id.eq(neighbour));
            Ok(q!(conn, |c| theirs.count().get_result(c))?)
        })
        .await
        .unwrap();
    assert_eq!(left, 510, "500 messages and 10 threads of the neighbour");
}

/// What is rewritten is found by its new words alone; what is taken away is found no more.
async fn it_stays_true(store: &Store, house: &House, newest: (usize, usize)) {
    let (merchant, thread) = (house.merchant, house.threads[newest.0]);
    let seq = i64::try_from(newest.1).unwrap() + 1;
    let change = move |tx: &mut comptoir::store::Tx<'_>| {
        let row = messages::table.find((merchant, thread, seq));
        let mut message: Message = q!(tx, |c| row.select(Message::as_select()).first(c))?;
        message.alt = "Zèbre".to_owned();
        q!(tx, |c| diesel::update(row).set(messages::alt.eq("Zèbre")).execute(c))?;
        documents::said(tx, &message)
    };
    store.write(change).await.unwrap();
    assert_eq!(found(store, house, "zebre").await.0, [(thread, newest.1)]);
    assert!(!found(store, house, "la").await.0.contains(&(thread, newest.1)));
    store
        .write(move |tx| {
            let row = messages::table.find((merchant, thread, seq));
            Ok(q!(tx, |c| diesel::delete(row).execute(c))?)
        })
        .await
        .unwrap();
    assert!(found(store, house, "zebre").await.0.is_empty());
}
