//! Whatever order an order's news arrives in, and however often, it ends in the same state.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use comptoir::{
    bus::Bus,
    domain::{
        merchants,
        money::{Currency, Money},
        normal::{
            CustomerNews, FulfilmentState, LineNews, MilestoneNews, OrderKind, OrderNews, PaymentState, RefundNews,
            ShipmentNews, ShipmentStatus,
        },
        orders::{self, Source, placing, refunds},
        shipments,
    },
    error::Error,
    ids::ShopId,
    secrets::Keys,
    store::{
        Clock, Store, Tx,
        columns::{At, Json},
    },
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::support::engine::{Database, Engine, engine};

/// One piece of an order's news.
#[derive(Debug, Clone)]
enum Piece {
    Order(Box<OrderNews>),
    Shipment(ShipmentNews),
    Milestone(String, MilestoneNews),
    Refund(RefundNews),
}

fn moment(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

fn euro(minor: i64) -> Money {
    Money::from_minor(minor, "EUR".parse::<Currency>().unwrap())
}

fn line(id: u32, quantity: u32, fulfilled: u32, refunded: u32) -> LineNews {
    LineNews {
        external_id: format!("l{id}"),
        product: None,
        variant: None,
        sku: None,
        title: format!("Thing {id}"),
        options: Vec::new(),
        custom: Vec::new(),
        image: None,
        quantity,
        fulfilled: fulfilled.min(quantity),
        refunded: refunded.min(quantity),
        unit_price: euro(1_000),
        discount: euro(0),
        tax: euro(0),
        requires_shipping: true,
    }
}

prop_compose! {
    fn order()(
        minute in 0..4_i64,
        payment in prop::sample::select(PaymentState::ALL.to_vec()),
        fulfilment in prop::sample::select(FulfilmentState::ALL.to_vec()),
        placed in any::<bool>(),
        name in prop::sample::select(vec![None, Some("Camille"), Some("Camille R.")]),
        email in prop::sample::select(vec![None, Some("camille@example.com"), Some("roussel@example.com")]),
        cancelled in prop::option::of(0..3_i64),
        refunded in 0..3_i64,
        lines in prop::collection::vec((0..3_u32, 1..4_u32, 0..4_u32, 0..4_u32), 1..4),
    ) -> OrderNews {
        let mut seen = std::collections::BTreeSet::new();
        let lines: Vec<LineNews> =
            lines.into_iter().filter(|(id, ..)| seen.insert(*id)).map(|(id, q, f, r)| line(id, q, f, r)).collect();
        OrderNews {
            external_id: "1".into(), number: "#1".into(), kind: OrderKind::Goods, placed_at: moment(0),
            updated_at: moment(minute), test: false, currency: "EUR".parse().unwrap(), payment, placed, draft: false,
            fulfilment,
            customer: CustomerNews { name: name.map(Into::into), email: email.map(Into::into), ..CustomerNews::default() },
            ship_to: None, lines, discount: euro(0), shipping: euro(0), tax: euro(0), tax_included: true,
            total: euro(3_000), refunded: euro(refunded * 500), cancelled_at: cancelled.map(moment), cancel_reason: None,
            shipments: Vec::new(), refunds: Vec::new(), admin_url: None,
        }
    }
}

fn piece() -> impl Strategy<Value = Piece> {
    let status = || prop::sample::select(ShipmentStatus::ALL.to_vec());
    let shipment =
        (0..2_u32, 0..4_i64, prop::option::of(status()), 0..3_u32).prop_map(|(id, minute, status, number)| {
            Piece::Shipment(ShipmentNews {
                external_id: format!("s{id}"),
                carrier: Some("Colissimo".into()),
                numbers: vec![format!("N{number}")],
                urls: Vec::new(),
                status,
                shipped_at: Some(moment(1)),
                updated_at: moment(minute),
                lines: Vec::new(),
            })
        });
    let milestone = (0..2_u32, 0..5_u32, 0..6_i64, status(), prop::option::of(0..3_i64)).prop_map(
        |(parcel, id, minute, status, expected)| {
            // One id is one thing that happened.
            let told = MilestoneNews {
                external_id: format!("m{id}-{minute}-{status}"),
                status,
                at: moment(minute),
                place: None,
                message: None,
                expected_at: expected.map(moment),
            };
            Piece::Milestone(format!("s{parcel}"), told)
        },
    );
    let refund = (0..3_u32, 1..4_i64).prop_map(|(id, amount)| {
        Piece::Refund(RefundNews {
            external_id: format!("r{id}"),
            amount: euro(amount * 100),
            reason: None,
            at: moment(2),
            lines: vec![(format!("l{id}"), u32::try_from(amount).unwrap())],
        })
    });
    prop_oneof![4 => order().prop_map(|news| Piece::Order(Box::new(news))), 2 => shipment, 2 => milestone, 1 => refund]
}

/// News, and two orders of arrival with repeats.
fn arrivals() -> impl Strategy<Value = (Vec<Piece>, Vec<usize>, Vec<usize>)> {
    prop::collection::vec(piece(), 1..7).prop_flat_map(|pieces| {
        let every: Vec<usize> = (0..pieces.len()).chain(0..pieces.len()).collect();
        (Just(pieces), Just(every.clone()).prop_shuffle(), Just(every).prop_shuffle())
    })
}

fn apply(tx: &mut Tx<'_>, source: &Source, piece: &Piece) -> Result<(), Error> {
    match piece {
        Piece::Order(news) => placing::place(tx, source, news).map(drop),
        Piece::Shipment(news) => shipments::take_for(tx, source, "1", news).map(drop),
        Piece::Milestone(parcel, news) => shipments::pass(tx, source, "1", parcel, news).map(drop),
        Piece::Refund(news) => refunds::take(tx, source, "1", news).map(drop),
    }
}

/// What a reader can see of an order, without the ids and the moments of arrival.
fn visible(tx: &mut Tx<'_>, source: &Source) -> Result<String, Error> {
    let filter = orders::Filter { external_id: Some("1".into()), ..orders::Filter::default() };
    let found = orders::list(tx, source.merchant, &filter, 1)?;
    let Some(detail) = found.first() else { return Ok("nothing".into()) };
    let order = &detail.order;
    let lines: Vec<String> = detail
        .lines
        .iter()
        .map(|d| format!("{} x{} f{} r{}", d.line.external_id, d.line.quantity, d.line.fulfilled, d.given_back))
        .collect();
    let mut parcels: Vec<String> = detail
        .shipments
        .iter()
        .map(|p| format!("{} {:?} {} {:?} {}", p.external_id, p.numbers, p.status, p.expected_at, p.milestones.len()))
        .collect();
    parcels.sort();
    let shopper = match order.shopper_id {
        Some(id) => comptoir::domain::shoppers::find(tx, source.merchant, id)?.name,
        None => None,
    };
    Ok(format!(
        "{} {} {:?} refunded {} at {:?} for {:?} ({:?}) thread {} lines {lines:?} parcels {parcels:?}",
        order.payment_state,
        order.fulfilment_state,
        order.cancelled_at,
        order.refunded,
        order.told_at,
        order.email,
        shopper,
        detail.thread_id.is_some(),
    ))
}

/// A merchant and shop of its own for each order of arrival.
fn fresh_source(tx: &mut Tx<'_>) -> Result<Source, Error> {
    let merchant = merchants::create(tx, "Calanque")?;
    let shop = ShopId::new(tx.now());
    merchants::add_shop(
        tx,
        &merchants::Shop {
            merchant_id: merchant,
            id: shop,
            name: "Calanque".into(),
            accent: "#1c6763".into(),
            locale: "fr".into(),
            time_zone: "Europe/Paris".into(),
            email: "bonjour@calanque.example".into(),
            exchange_days: 30,
            mail_on_order: false,
            reply_minutes: merchants::REPLY_MINUTES,
            exchange_rules: Json::default(),
            languages: Json::default(),
            legal: Json::default(),
            created_at: At::new(tx.now()),
        },
    )?;
    Ok(Source { merchant, shop, name: "generic:calanque".into(), keys: keys(), live_since: None })
}

fn keys() -> Keys {
    // A key of 32 zeros, as text.
    Keys::load(Path::new("."), Some(&"A".repeat(43))).unwrap()
}

async fn outcome(store: &Store, pieces: &[Piece], arrival: &[usize]) -> String {
    let source = store.write(fresh_source).await.unwrap();
    for place in arrival {
        let (source, piece) = (source.clone(), pieces[*place].clone());
        store.write(move |tx| apply(tx, &source, &piece)).await.unwrap();
    }
    store.write(move |tx| visible(tx, &source)).await.unwrap()
}

#[test]
fn any_order_of_any_repeats_ends_in_the_same_state() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::open(database.url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let cases = if engine() == Engine::Sqlite { 300 } else { 100 };
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&arrivals(), |(pieces, first, second)| {
            let one = runtime.block_on(outcome(&store, &pieces, &first));
            let other = runtime.block_on(outcome(&store, &pieces, &second));
            prop_assert_eq!(one, other);
            Ok(())
        })
        .unwrap();
}

/// The control of the test above: state that depends on the arrival is seen as such.
#[test]
fn the_comparison_sees_a_difference_when_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::open(database.url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let refund = |amount| {
        Piece::Refund(RefundNews {
            external_id: "r".into(),
            amount: euro(amount),
            reason: None,
            at: moment(0),
            lines: Vec::new(),
        })
    };
    let order = Piece::Order(Box::new(OrderNews { updated_at: moment(1) + Duration::zero(), ..sample() }));
    let with = runtime.block_on(outcome(&store, &[order.clone(), refund(50_000)], &[0, 1]));
    let without = runtime.block_on(outcome(&store, &[order, refund(50_000)], &[0]));
    assert_ne!(with, without);
}

fn sample() -> OrderNews {
    let mut runner = TestRunner::deterministic();
    let tree = order().new_tree(&mut runner).unwrap();
    proptest::strategy::ValueTree::current(&tree)
}
