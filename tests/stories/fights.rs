//! Many ask for the same few pieces at once: never more is set aside than there is, and in the end every piece is free again or
//! spoken for. `--whole` fights more rounds.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use comptoir::{
    domain::reservations::ReservationState,
    ids::VariantId,
    q,
    store::{
        Conn,
        schema::{reservations, variants},
    },
};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::support::{Server, Visitor, chance::Chance, engine::look, many, until};

/// Who fights.
const CLIENTS: usize = 16;
/// Rounds of one product: one for each variant, of which there are as many pieces as its place says.
const ROUNDS: usize = 20;

/// A scarf in red, which everybody has, and in twenty shades of blue.
struct Scene {
    server: Server,
    /// The thread and the line of each client.
    lines: Vec<(String, String)>,
    /// Each shade, and how many there are.
    shades: Vec<(VariantId, i64)>,
}

impl Scene {
    async fn set(server: Server, product: usize) -> Self {
        let (now, red) = (chrono::Utc::now(), product * 100);
        let told = |at: usize, stock: usize| {
            json!({ "id": red + at, "title": format!("Shade {at}"), "option1": format!("Shade {at}"), "price": "20.00",
                "inventory_item_id": red + at, "inventory_quantity": stock, "inventory_management": "shopify" })
        };
        let all: Vec<Value> = (0..=ROUNDS).map(|at| told(at, if at == 0 { 9_000 } else { at })).collect();
        let scarf = json!({ "id": product, "title": format!("Scarf {product}"), "updated_at": now, "status": "active",
            "options": [{ "name": "Colour" }], "variants": all });
        assert_eq!(server.shopify("products/update", &scarf).send().await.json()["verdict"], "applied");
        let mut lines = Vec::new();
        for client in 0..CLIENTS {
            let (id, name) = (product * 100 + client, format!("F{product}-{client}"));
            let order = json!({ "id": id, "name": format!("#{name}"), "currency": "EUR", "total_price": "4000.00",
                "financial_status": "paid", "created_at": now, "updated_at": now, "email": format!("{name}@example.com"),
                "line_items": [{ "id": 1, "product_id": product, "variant_id": red, "title": "Scarf",
                    "variant_title": "Shade 0", "quantity": 200, "price": "20.00" }] });
            assert_eq!(server.shopify("orders/create", &order).send().await.status, 202);
            let order = server.api().get(&format!("/api/v1/orders?number={name}")).await.json()["data"][0].clone();
            lines.push((text(&order["thread_id"]), text(&order["lines"][0]["id"])));
        }
        let kept = |conn: &mut Conn| -> Vec<(VariantId, Option<i64>)> {
            let of_it: Vec<String> = (1..=ROUNDS).map(|at| (red + at).to_string()).collect();
            let rows = variants::table.filter(variants::external_id.eq_any(of_it)).order(variants::position);
            q!(conn, |c| rows.select((variants::id, variants::stock)).load(c)).unwrap()
        };
        let shades = kept(&mut look(server.database_url()));
        let shades: Vec<_> = shades.into_iter().map(|(id, stock)| (id, stock.unwrap())).collect();
        assert_eq!(shades.iter().map(|(_, stock)| *stock).collect::<Vec<_>>(), (1..=ROUNDS as i64).collect::<Vec<_>>());
        Self { server, lines, shades }
    }

    /// Asks for so many of a shade; the case, when there were enough.
    async fn ask(&self, api: &Visitor, client: usize, shade: VariantId, pieces: usize) -> Option<String> {
        let (thread, line) = &self.lines[client];
        let wish = json!({ "line_id": line, "variant_id": shade, "quantity": pieces, "reason": "colour" });
        let answer = api.json("POST", &format!("/api/v1/threads/{thread}/cases"), &wish).await;
        assert!(matches!(answer.status, 201 | 409), "{}: {}", answer.status, answer.body);
        (answer.status == 201).then(|| text(&answer.json()["id"]))
    }

    /// One client: asks, has its request decided or not, asks again; the pieces it holds in the end, and of them those approved.
    async fn fight(&self, client: usize, shade: VariantId, mut chance: Chance) -> (usize, usize) {
        let (api, mut held, mut approved) = (self.server.api(), 0, 0);
        for _ in 0..2 {
            let pieces = 1 + chance.below(2);
            let Some(case) = self.ask(&api, client, shade, pieces).await else { continue };
            let fate = *chance.of(&["refusal", "approval", "none"]);
            let body = if fate == "refusal" { json!({ "reason": "Not today." }) } else { json!({}) };
            if fate != "none" {
                let decided = api.json("POST", &format!("/api/v1/cases/{case}/{fate}"), &body).await;
                assert_eq!(decided.status, 200, "{}", decided.body);
            }
            held += if fate == "refusal" { 0 } else { pieces };
            approved += if fate == "approval" { pieces } else { 0 };
        }
        (held, approved)
    }

    /// All at once for one shade; the pieces that were approved.
    async fn round(&self, place: usize, seed: u64) -> usize {
        let (shade, stock) = self.shades[place];
        let fights = (0..CLIENTS).map(|client| self.fight(client, shade, Chance::new(seed * 100 + client as u64)));
        let ends = futures_util::future::join_all(fights).await;
        let (mut held, approved) = ends.iter().fold((0, 0), |sum, end| (sum.0 + end.0, sum.1 + end.1));
        let kept = || set_aside(&mut look(self.server.database_url())).get(&shade).copied().unwrap_or(0);
        assert_eq!(kept(), held as i64, "what was answered is what is set aside");
        // What is left can be had to the last piece, and no more.
        let (api, mut client) = (self.server.api(), 0);
        while (held as i64) < stock {
            assert!(self.ask(&api, client % CLIENTS, shade, 1).await.is_some(), "{held} of {stock} are set aside");
            (held, client) = (held + 1, client + 1);
        }
        assert_eq!(self.ask(&api, 0, shade, 1).await, None, "all {stock} are set aside");
        assert_eq!(kept(), stock);
        approved
    }
}

#[tokio::test]
async fn never_more_is_set_aside_than_there_is() {
    let mut server = Server::demo().await;
    let before: i64 = set_aside(&mut look(server.database_url())).values().sum();
    let (mut approved, over) = (0, Arc::new(AtomicBool::new(false)));
    // Somebody looks at the tables all the time.
    let watch = {
        let (over, url) = (Arc::clone(&over), server.database_url().to_owned());
        std::thread::spawn(move || {
            let (mut conn, mut seen) = (look(&url), Vec::new());
            while !over.load(Ordering::Relaxed) {
                seen.extend(oversold(&mut conn));
                std::thread::sleep(Duration::from_millis(15));
            }
            seen
        })
    };
    for product in 0..many(1, 50) {
        let scene = Scene::set(server, 7_000 + product).await;
        for place in (0..ROUNDS).step_by(many(2, 1)) {
            approved += scene.round(place, (product * ROUNDS + place) as u64).await;
        }
        server = scene.server;
    }
    over.store(true, Ordering::Relaxed);
    assert_eq!(watch.join().unwrap(), Vec::<String>::new());
    assert!(approved > 0, "some were approved");
    // What nobody decided runs out; of the demo's own requests one is approved.
    server.move_clock(48 * 3600 + 60).await;
    let mut conn = look(server.database_url());
    let undecided = |conn: &mut Conn| -> i64 {
        let open = reservations::table.filter(reservations::state.eq(ReservationState::Open));
        q!(conn, |c| open.filter(reservations::held_until.is_not_null()).count().get_result(c)).unwrap()
    };
    until("all that was not decided to be free", Duration::from_secs(30), async || {
        (undecided(&mut conn) == 0).then_some(())
    })
    .await;
    let left: i64 = set_aside(&mut conn).values().sum();
    assert!((approved as i64..=approved as i64 + before).contains(&left), "{left} held, {approved} approved");
}

#[tokio::test]
async fn a_reservation_that_nobody_checked_is_reported() {
    let scene = Scene::set(Server::demo().await, 7_000).await;
    let (shade, stock) = scene.shades[0];
    assert!(scene.ask(&scene.server.api(), 0, shade, 1).await.is_some());
    let mut conn = look(scene.server.database_url());
    assert_eq!((stock, oversold(&mut conn)), (1, vec![]));
    // As a request would that did not look at what is left.
    let of_it = reservations::table.filter(reservations::variant_id.eq(shade));
    let more = reservations::quantity.eq(reservations::quantity + 1);
    q!(&mut conn, |c| diesel::update(of_it).set(more).execute(c)).unwrap();
    assert_eq!(oversold(&mut conn).len(), 1);
}

/// Pieces set aside of each variant.
fn set_aside(conn: &mut Conn) -> HashMap<VariantId, i64> {
    let open = reservations::table.filter(reservations::state.eq(ReservationState::Open));
    let rows: Vec<(VariantId, i32)> =
        q!(conn, |c| open.select((reservations::variant_id, reservations::quantity)).load(c)).unwrap();
    rows.into_iter().fold(HashMap::new(), |mut sums, (variant, pieces)| {
        *sums.entry(variant).or_default() += i64::from(pieces);
        sums
    })
}

/// Variants of which more is set aside than there is. Here nobody tells new stock, so it may be read after.
fn oversold(conn: &mut Conn) -> Vec<String> {
    let held = set_aside(conn);
    let stock: Vec<(VariantId, Option<i64>)> =
        q!(conn, |c| variants::table.select((variants::id, variants::stock)).load(c)).unwrap();
    let stock: BTreeMap<VariantId, i64> = stock.into_iter().filter_map(|(id, stock)| Some((id, stock?))).collect();
    let too_many = held.into_iter().filter(|(id, pieces)| stock.get(id).is_some_and(|stock| pieces > stock));
    too_many.map(|(id, pieces)| format!("{pieces} of {} of {id}", stock[&id])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
