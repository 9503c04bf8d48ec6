//! What is brought in from before is told to nobody, however much of it there is.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Duration as Span, Utc};
use comptoir::{
    bus::Bus,
    domain::{
        deliveries,
        merchants::{self, Shop},
        money::{Currency, Money},
        normal::{CustomerNews, FulfilmentState, LineNews, OrderKind, OrderNews, PaymentState},
        orders::{Source, placing},
    },
    error::Error,
    ids::{MerchantId, ShopId},
    secrets::Keys,
    store::{
        Clock, Store, Tx,
        columns::{At, Json},
    },
};

use super::super::support::{engine::Database, many};

/// Orders of one change: as an import takes them.
const SLICE: usize = 500;

fn open_shop(tx: &mut Tx<'_>, mail_on_order: bool) -> Result<(MerchantId, ShopId), Error> {
    let merchant = merchants::create(tx, "Maison Calanque")?;
    let id = ShopId::new(tx.now());
    let shop = Shop {
        merchant_id: merchant,
        id,
        name: "Maison Calanque".to_owned(),
        accent: "#1c6763".to_owned(),
        locale: "fr".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        email: "bonjour@calanque.example".to_owned(),
        exchange_days: 30,
        reply_minutes: 60,
        exchange_rules: Json::default(),
        languages: Json::default(),
        legal: Json::default(),
        mail_on_order,
        created_at: At::new(tx.now()),
    };
    merchants::add_shop(tx, &shop)?;
    Ok((merchant, id))
}

fn source(shop: (MerchantId, ShopId), live_since: Option<DateTime<Utc>>) -> Source {
    let keys = Keys::load(Path::new("."), Some(&"A".repeat(43))).unwrap();
    Source { merchant: shop.0, shop: shop.1, name: "shopify:demo.myshopify.com".to_owned(), keys, live_since }
}

fn order(number: usize, placed_at: DateTime<Utc>) -> OrderNews {
    let currency: Currency = "EUR".parse().unwrap();
    let money = |minor| Money::from_minor(minor, currency);
    OrderNews {
        external_id: number.to_string(),
        number: format!("#{number}"),
        kind: OrderKind::Goods,
        placed_at,
        updated_at: placed_at,
        test: false,
        currency,
        payment: PaymentState::Paid,
        placed: true,
        draft: false,
        fulfilment: FulfilmentState::None,
        customer: CustomerNews { email: Some(format!("buyer{number}@letters.example")), ..CustomerNews::default() },
        ship_to: None,
        lines: vec![LineNews {
            external_id: format!("{number}-1"),
            product: None,
            variant: None,
            sku: None,
            title: "Sormiou".to_owned(),
            options: Vec::new(),
            custom: Vec::new(),
            image: None,
            quantity: 1,
            fulfilled: 0,
            refunded: 0,
            unit_price: money(9_200),
            discount: money(0),
            tax: money(0),
            requires_shipping: true,
        }],
        discount: money(0),
        shipping: money(0),
        tax: money(0),
        tax_included: true,
        total: money(9_200),
        refunded: money(0),
        cancelled_at: None,
        cancel_reason: None,
        shipments: Vec::new(),
        refunds: Vec::new(),
        admin_url: None,
    }
}

async fn letters(store: &Store) -> i64 {
    let by_state = store.read(deliveries::by_state).await.unwrap();
    by_state.into_iter().map(|(_, count)| count).sum()
}

async fn place(store: &Store, source: &Source, orders: Vec<OrderNews>) {
    let source = source.clone();
    let placed =
        store.write(move |tx| orders.iter().try_for_each(|order| placing::place(tx, &source, order).map(drop)));
    placed.await.unwrap();
}

#[tokio::test]
async fn thousands_of_imported_orders_are_told_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    let store = Store::open(database.url(), 4, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let shop = store.write(|tx| open_shop(tx, true)).await.unwrap();
    let (import, now) = (source(shop, None), Utc::now());
    let imported = many(2_000, 10_000);
    for slice in 0..imported / SLICE {
        let orders = (0..SLICE).map(|at| order(slice * SLICE + at, now - Span::days(1))).collect();
        place(&store, &import, orders).await;
    }
    assert_eq!(letters(&store).await, 0, "of {imported} threads");
    // Told again by the connector, and what was placed before there was one.
    let live = source(shop, Some(now));
    let again = (0..SLICE).map(|number| OrderNews { updated_at: now, ..order(number, now - Span::days(1)) }).collect();
    place(&store, &live, again).await;
    place(&store, &live, vec![order(imported + 1, now - Span::minutes(1))]).await;
    assert_eq!(letters(&store).await, 0);
    // What is bought from now on is.
    place(&store, &live, vec![order(imported + 2, now + Span::minutes(1))]).await;
    assert_eq!(letters(&store).await, 1);
}

#[tokio::test]
async fn a_shop_that_does_not_want_the_first_letter_sends_none() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(folder.path());
    let store = Store::open(database.url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let shop = store.write(|tx| open_shop(tx, false)).await.unwrap();
    let now = Utc::now();
    place(&store, &source(shop, Some(now)), vec![order(1, now + Span::minutes(1))]).await;
    assert_eq!(letters(&store).await, 0);
}
