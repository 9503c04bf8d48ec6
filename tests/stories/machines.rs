//! Machines of states against tables: steps by chance through the domain, what it takes and where that leads compared with a
//! table that was written apart from it. Nothing is taken that the table does not list, everything it lists is visited.
//! `--whole` walks further.

mod cases;
mod deliveries;
mod threads;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    sync::Arc,
};

use comptoir::{
    bus::Bus,
    domain::{
        agents::{self, Agent},
        cases::ExchangeRequest,
        cases::Reason,
        merchants,
        orders::{self, Filter},
        threads as talk,
        threads::messages::ClientId,
        visits::{Proof, Visit},
    },
    error::{Error, Result},
    ids::{LineId, VariantId},
    store::{Clock, Conn, Store, Tx},
};
use serde_json::{Value, json};

use super::support::{Server, chance::Chance};

/// Steps of one transaction.
const TOGETHER: usize = 120;

/// Something with states, and the table of them.
trait Machine: Sized + 'static {
    /// What the table tells states apart by.
    type State: Clone + Ord + Debug;
    /// What can be tried; what is tried more often stands there more often.
    const ACTS: &'static [&'static str];

    /// Makes a new thing.
    fn begin(tx: &mut Tx<'_>, world: &World, chance: &mut Chance) -> Result<(Self, Self::State)>;
    /// Where the table says that an act leads; none when it must be refused.
    fn table(state: &Self::State, act: &str) -> Option<Self::State>;
    /// Tries it; false when it is refused without an error.
    fn act(&mut self, tx: &mut Tx<'_>, world: &World, act: &str) -> Result<bool>;
    /// What is stored, in the words of [`Machine::shown`].
    fn stored(&self, tx: &mut Tx<'_>, world: &World) -> Result<String>;
    /// The part of a state that can be seen.
    fn shown(state: &Self::State) -> String;

    /// Every transition the table lists and a beginning leads to.
    fn reachable(start: &Self::State) -> BTreeSet<(String, &'static str)> {
        let (mut known, mut next) = (BTreeSet::from([start.clone()]), vec![start.clone()]);
        let mut listed = BTreeSet::new();
        while let Some(state) = next.pop() {
            for act in Self::ACTS {
                let Some(after) = Self::table(&state, act) else { continue };
                listed.insert((Self::shown(&state), *act));
                if known.insert(after.clone()) {
                    next.push(after);
                }
            }
        }
        listed
    }
}

/// What a walk saw.
#[derive(Debug, Default, Clone)]
struct Seen {
    visited: BTreeSet<(String, &'static str)>,
    refused: BTreeMap<(String, &'static str), usize>,
    differences: Vec<String>,
}

/// A few steps by chance, by this table, half of them to where nobody was yet. Time goes on a little with each.
fn walk<M: Machine>(
    tx: &mut Tx<'_>,
    world: &World,
    chance: &mut Chance,
    mut seen: Seen,
    table: impl Fn(&M::State, &str) -> Option<M::State>,
) -> Result<Seen> {
    let (mut thing, mut state) = M::begin(tx, world, chance)?;
    for _ in 0..TOGETHER {
        tx.happened_at(tx.now() + chrono::Duration::milliseconds(1));
        let before = M::shown(&state);
        let is_new = |act: &&&str| table(&state, act).is_some() && !seen.visited.contains(&(before.clone(), **act));
        let new: Vec<_> = M::ACTS.iter().filter(is_new).copied().collect();
        let act = *if new.is_empty() || chance.percent(50) { chance.of(M::ACTS) } else { chance.of(&new) };
        let listed = table(&state, act);
        let done = tx.nested(|tx| thing.act(tx, world, act))?;
        let taken = matches!(done, Ok(true));
        let found = thing.stored(tx, world)?;
        let expected = listed.as_ref().map_or_else(|| before.clone(), M::shown);
        if taken != listed.is_some() || found != expected {
            seen.differences.push(format!("{before}: {act} was {done:?} and led to {found}; the table: {expected}"));
            return Ok(seen);
        }
        match listed {
            Some(next) => {
                seen.visited.insert((before, act));
                state = next;
            }
            None => *seen.refused.entry((before, act)).or_default() += 1,
        }
        // Nothing leads on: a few refusals more, then something new.
        if M::ACTS.iter().all(|act| M::table(&state, act).is_none()) && chance.percent(20) {
            (thing, state) = M::begin(tx, world, chance)?;
        }
    }
    Ok(seen)
}

/// Walks so many steps, and on until all that is listed was visited; what was seen, and what was never visited.
async fn walks<M: Machine>(world: &Arc<World>, steps: usize) -> (Seen, Vec<(String, &'static str)>)
where
    M::State: Send,
{
    let here = Arc::clone(world);
    let start = world.store.write(move |tx| Ok(M::begin(tx, &here, &mut Chance::new(1))?.1)).await.unwrap();
    let (mut all, listed) = (Seen::default(), M::reachable(&start));
    for seed in 0..10 * steps.div_ceil(TOGETHER) {
        if seed * TOGETHER >= steps && listed.is_subset(&all.visited) {
            break;
        }
        let (here, so_far) = (Arc::clone(world), all);
        all = world
            .store
            .write(move |tx| walk::<M>(tx, &here, &mut Chance::new(seed as u64), so_far.clone(), M::table))
            .await
            .unwrap();
        assert_eq!(all.differences, Vec::<String>::new(), "walk {seed}");
    }
    let missed = listed.difference(&all.visited).cloned().collect();
    (all, missed)
}

/// Walks with a table that lacks one of its transitions, or lists one too many: true when each is noticed.
async fn notices<M: Machine>(
    world: &Arc<World>,
    from: fn(&M::State) -> bool,
    by: &'static str,
    to: Option<M::State>,
) -> bool
where
    M::State: Send + Sync,
{
    for seed in 0..400 {
        let (here, to) = (Arc::clone(world), to.clone());
        let changed = move |state: &M::State, act: &str| {
            if from(state) && act == by { to.clone() } else { M::table(state, act) }
        };
        let seen = world
            .store
            .write(move |tx| walk::<M>(tx, &here, &mut Chance::new(seed), Seen::default(), &changed))
            .await
            .unwrap();
        if seen.differences.iter().any(|told| told.contains(by)) {
            return true;
        }
    }
    false
}

/// The demo's shop without its server, with an order of very many pieces to ask exchanges for.
struct World {
    store: Store,
    agent: Agent,
    visit: Visit,
    line: LineId,
    /// At the same price, dearer, cheaper.
    even: VariantId,
    dearer: VariantId,
    cheaper: VariantId,
    _server: Server,
}

impl World {
    async fn new() -> Arc<Self> {
        let mut server = Server::demo().await;
        let now = chrono::Utc::now();
        let told = |id: usize, price: &str| {
            json!({ "id": id, "title": id.to_string(), "option1": id.to_string(), "price": price, "inventory_item_id": id,
                "inventory_quantity": 900_000, "inventory_management": "shopify" })
        };
        let scarf = json!({ "id": 7_000, "title": "Scarf", "updated_at": now, "status": "active", "options": [{ "name": "Colour" }],
            "variants": [told(1, "2.00"), told(2, "2.00"), told(3, "3.00"), told(4, "1.00")] });
        assert_eq!(server.shopify("products/update", &scarf).send().await.json()["verdict"], "applied");
        let order = json!({ "id": 70_000, "name": "#M1", "currency": "EUR", "total_price": "2.00", "financial_status": "paid",
            "created_at": now, "updated_at": now, "email": "mona@example.com", "line_items": [{ "id": 1, "product_id": 7_000,
                "variant_id": 1, "title": "Scarf", "variant_title": "1", "quantity": 90_000, "price": "2.00" }] });
        assert_eq!(server.shopify("orders/create", &order).send().await.status, 202);
        let of = |value: &Value| value.as_str().unwrap().to_owned();
        let products = server.api().get("/api/v1/products?limit=100").await.json();
        let scarf =
            products["data"].as_array().unwrap().iter().find(|product| product["title"] == "Scarf").unwrap().clone();
        let variant = |at: usize| of(&scarf["variants"][at]["id"]).parse().unwrap();
        let (even, dearer, cheaper) = (variant(1), variant(2), variant(3));
        let order = server.api().get("/api/v1/orders?number=M1").await.json()["data"][0].clone();
        let (thread, line) = (of(&order["thread_id"]).parse().unwrap(), of(&order["lines"][0]["id"]).parse().unwrap());
        server.stop();
        let store = Store::open(server.database_url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
        let found = move |conn: &mut Conn| {
            let merchant = merchants::only(conn)?.ok_or(Error::NotFound)?;
            let agent = agents::team(conn, merchant)?.into_iter().find(|agent| agent.active).ok_or(Error::NotFound)?;
            let shopper_id = talk::of_merchant(conn, merchant, thread)?.shopper_id;
            let visit =
                Visit { merchant_id: merchant, thread_id: thread, shopper_id, proof: Proof::Link, proven: None };
            let filter = Filter { number: Some("M1".to_owned()), ..Filter::default() };
            assert_eq!(orders::list(conn, merchant, &filter, 2)?.len(), 1);
            Ok((agent, visit))
        };
        let (agent, visit) = store.read(found).await.unwrap();
        Arc::new(Self { store, agent, visit, line, even, dearer, cheaper, _server: server })
    }

    fn wish(&self, to: VariantId) -> ExchangeRequest {
        let client_id = ClientId::fresh();
        ExchangeRequest { line: self.line, to, quantity: 1, reason: Reason::Colour, words: String::new(), client_id }
    }
}
