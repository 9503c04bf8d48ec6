//! Orders: what was bought, as its shop last told it. How news becomes an order is in [`placing`]; the parcels are in
//! [`super::shipments`].

pub mod arrival;
mod finding;
pub mod owned;
pub mod placing;
pub mod refunds;

pub use finding::{Filter, list, thread_by_number, thread_of};

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{
    catalogue::{self, Product, Variant},
    money::{Currency, Money},
    normal::{Address, Choice, FulfilmentState, OrderKind, PaymentState},
    shipments::{self, Shipment},
    shoppers::{self, Shopper},
};
use crate::{
    error::Result,
    ids::{LineId, MerchantId, OrderId, ShopId, ShopperId, ThreadId},
    q,
    secrets::Keys,
    store::{
        Conn,
        columns::{At, Json},
        schema::{order_lines, order_refunds, orders, threads},
    },
};

/// Where news comes from: identifies an order together with its external id, so that connecting again doubles nothing.
#[derive(Debug, Clone)]
pub struct Source {
    pub merchant: MerchantId,
    pub shop: ShopId,
    /// Kind of system and store: `shopify:demo.myshopify.com`.
    pub name: String,
    /// What addresses of people who were erased are known again by.
    pub keys: Keys,
    /// Orders placed before this moment are old news: their threads open silently. None: all of it is (an import).
    pub live_since: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Order {
    pub merchant_id: MerchantId,
    pub id: OrderId,
    pub shop_id: ShopId,
    pub source: String,
    pub external_id: String,
    /// Others spoke of it and it has not arrived itself.
    pub stub: bool,
    pub number: String,
    pub kind: OrderKind,
    pub payment_state: PaymentState,
    pub fulfilment_state: FulfilmentState,
    pub test: bool,
    pub currency: Currency,
    pub total: i64,
    pub discount: i64,
    pub shipping: i64,
    pub tax: i64,
    pub tax_included: bool,
    pub told_refunded: i64,
    pub refunded: i64,
    pub shopper_id: Option<ShopperId>,
    pub email: Option<String>,
    pub ship_to: Option<Json<Address>>,
    pub admin_url: Option<String>,
    pub cancelled_at: Option<At>,
    pub placed_at: At,
    pub told_at: At,
    pub told_hash: String,
    pub updated_at: At,
    /// When its buyer was erased: it stays, and names nobody.
    pub erased_at: Option<At>,
}

impl Order {
    fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }

    pub fn total(&self) -> Money {
        self.money(self.total)
    }

    pub fn discount(&self) -> Money {
        self.money(self.discount)
    }

    pub fn shipping(&self) -> Money {
        self.money(self.shipping)
    }

    pub fn tax(&self) -> Money {
        self.money(self.tax)
    }

    pub fn refunded(&self) -> Money {
        self.money(self.refunded)
    }

    /// `cancelled` or `open`: what an order is beside its money and its goods.
    pub fn state(&self) -> &'static str {
        if self.cancelled_at.is_some() { "cancelled" } else { "open" }
    }

    /// The number without its mark, as a sentence puts it after "order": `1001`.
    pub fn bare_number(&self) -> &str {
        self.number.trim_start_matches('#')
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = order_lines)]
pub struct Line {
    pub merchant_id: MerchantId,
    pub order_id: OrderId,
    pub id: LineId,
    pub external_id: String,
    pub position: i32,
    pub product: Option<String>,
    pub variant: Option<String>,
    pub sku: Option<String>,
    pub title: String,
    pub options: Json<Vec<Choice>>,
    pub custom: Json<Vec<Choice>>,
    pub picture: Option<String>,
    pub quantity: i32,
    pub fulfilled: i32,
    pub refunded: i32,
    pub unit_price: i64,
    pub discount: i64,
    pub tax: i64,
    pub removed: bool,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = order_refunds)]
pub struct Refund {
    pub external_id: String,
    pub amount: i64,
    pub currency: Currency,
    /// Line (external id) and pieces given back.
    pub lines: Json<Vec<(String, u32)>>,
    pub refunded_at: At,
}

/// A line with what the catalogue knows of it.
#[derive(Debug, Clone)]
pub struct LineDetail {
    pub line: Line,
    pub product: Option<Product>,
    pub variant: Option<Variant>,
    /// Pieces given back, by the order's own word or by its refunds, whichever is more.
    pub given_back: i32,
}

impl LineDetail {
    /// Options with their names where the catalogue knows them.
    pub fn options(&self) -> &[Choice] {
        let own = &self.line.options.0;
        let named = |variant: &Variant| variant.options.0.len() >= own.len();
        match &self.variant {
            Some(variant) if own.iter().all(|choice| choice.name.is_empty()) && named(variant) => &variant.options.0,
            _ => own,
        }
    }

    /// What it is called today, as far as the catalogue knows it.
    pub fn title(&self) -> &str {
        self.product.as_ref().map_or(&self.line.title, |product| &product.title)
    }

    /// The options in one line: `Ecru, M`.
    pub fn options_line(&self) -> String {
        catalogue::options_line(self.options())
    }

    /// The picture, from wherever one is known.
    pub fn picture(&self) -> Option<&str> {
        let variant = self.variant.as_ref().and_then(|variant| variant.picture.as_deref());
        let product = self.product.as_ref().and_then(|product| product.picture.as_deref());
        self.line.picture.as_deref().or(variant).or(product)
    }

    /// Pieces the shopper still has or will get.
    pub fn kept(&self) -> i32 {
        (self.line.quantity - self.given_back).max(0)
    }
}

/// An order with everything a page or the API shows of it.
#[derive(Debug, Clone)]
pub struct OrderDetail {
    pub order: Order,
    pub lines: Vec<LineDetail>,
    pub shipments: Vec<Shipment>,
    pub shopper: Option<Shopper>,
    pub thread_id: Option<ThreadId>,
}

impl OrderDetail {
    /// Pieces in all.
    pub fn pieces(&self) -> i32 {
        self.lines.iter().map(|detail| detail.line.quantity).sum()
    }

    /// Goods before shipping and discount.
    pub fn subtotal(&self) -> Money {
        let minor = self.lines.iter().map(|detail| detail.line.unit_price * i64::from(detail.line.quantity)).sum();
        Money::from_minor(minor, self.order.currency)
    }
}

/// An order number as it is compared: without its mark, spaces or case.
pub fn number_key(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace() && *c != '#').flat_map(char::to_lowercase).collect()
}

/// An order of the merchant with its details.
///
/// # Errors
/// When the merchant has no such order.
pub fn detail(conn: &mut Conn, merchant: MerchantId, id: OrderId) -> Result<OrderDetail> {
    let order: Order = q!(conn, |c| orders::table
        .find((merchant, id))
        .filter(orders::stub.eq(false))
        .select(Order::as_select())
        .first(c))?;
    let mut found = details(conn, merchant, vec![order])?;
    found.pop().ok_or(crate::error::Error::NotFound)
}

/// Completes orders with their lines, parcels and threads, by one query a kind and shop.
///
/// # Errors
/// When the database fails.
pub fn details(conn: &mut Conn, merchant: MerchantId, found: Vec<Order>) -> Result<Vec<OrderDetail>> {
    let ids: Vec<OrderId> = found.iter().map(|order| order.id).collect();
    let mut lines = lines_of(conn, merchant, &ids)?;
    let mut parcels = shipments::of_orders(conn, merchant, &ids)?;
    let refunds = refunds_of(conn, merchant, &ids)?;
    let threads: HashMap<OrderId, ThreadId> = threads_of(conn, merchant, &ids)?;
    let buyers: Vec<ShopperId> = found.iter().filter_map(|order| order.shopper_id).collect();
    let buyers = shoppers::by_ids(conn, merchant, &buyers)?;
    let known = known_variants(conn, merchant, &found, &lines)?;
    Ok(found
        .into_iter()
        .map(|order| {
            let own = lines.remove(&order.id).unwrap_or_default();
            let refunds = refunds.get(&order.id).map(Vec::as_slice).unwrap_or_default();
            let details = own.into_iter().map(|line| line_detail(&order, line, refunds, &known)).collect();
            OrderDetail {
                lines: details,
                shipments: parcels.remove(&order.id).unwrap_or_default(),
                shopper: order.shopper_id.and_then(|id| buyers.get(&id).cloned()),
                thread_id: threads.get(&order.id).copied(),
                order,
            }
        })
        .collect())
}

/// The picture of each order: that of its first line that has one.
///
/// # Errors
/// When the database fails.
pub fn pictures(conn: &mut Conn, merchant: MerchantId, found: &[Order]) -> Result<HashMap<OrderId, String>> {
    let ids: Vec<OrderId> = found.iter().map(|order| order.id).collect();
    let mut lines = lines_of(conn, merchant, &ids)?;
    let known = known_variants(conn, merchant, found, &lines)?;
    let picture = |order: &Order| {
        let own = lines.remove(&order.id)?;
        let pictured = |line| line_detail(order, line, &[], &known).picture().map(str::to_owned);
        Some((order.id, own.into_iter().find_map(pictured)?))
    };
    Ok(found.iter().filter_map(picture).collect())
}

/// The numbers of orders, as people say them.
///
/// # Errors
/// When the database fails.
pub fn numbers(conn: &mut Conn, merchant: MerchantId, ids: &[OrderId]) -> Result<HashMap<OrderId, String>> {
    let found: Vec<(OrderId, String)> = q!(conn, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::id.eq_any(ids))
        .select((orders::id, orders::number))
        .load(c))?;
    Ok(found.into_iter().collect())
}

type Known = HashMap<(ShopId, String, String), (Product, Variant)>;

fn line_detail(order: &Order, line: Line, refunds: &[Refund], known: &Known) -> LineDetail {
    let key = line.variant.clone().map(|variant| (order.shop_id, order.source.clone(), variant));
    let (product, variant) = key.and_then(|key| known.get(&key).cloned()).unzip();
    let by_refunds: i32 = refunds
        .iter()
        .flat_map(|refund| &refund.lines.0)
        .filter(|(external_id, _)| *external_id == line.external_id)
        .map(|(_, pieces)| i32::try_from(*pieces).unwrap_or(i32::MAX))
        .fold(0, i32::saturating_add);
    LineDetail { given_back: line.refunded.max(by_refunds).min(line.quantity), line, product, variant }
}

fn known_variants(
    conn: &mut Conn,
    merchant: MerchantId,
    found: &[Order],
    lines: &HashMap<OrderId, Vec<Line>>,
) -> Result<Known> {
    let mut wanted: HashMap<(ShopId, String), Vec<String>> = HashMap::new();
    for order in found {
        let variants = lines.get(&order.id).into_iter().flatten().filter_map(|line| line.variant.clone());
        wanted.entry((order.shop_id, order.source.clone())).or_default().extend(variants);
    }
    let mut known = HashMap::new();
    for ((shop, source), variants) in wanted {
        for (product, variant) in catalogue::by_sources(conn, merchant, shop, &source, &variants)? {
            known.insert((shop, source.clone(), variant.external_id.clone()), (product, variant));
        }
    }
    Ok(known)
}

fn lines_of(conn: &mut Conn, merchant: MerchantId, ids: &[OrderId]) -> Result<HashMap<OrderId, Vec<Line>>> {
    let found: Vec<Line> = q!(conn, |c| order_lines::table
        .filter(order_lines::merchant_id.eq(merchant))
        .filter(order_lines::order_id.eq_any(ids))
        .filter(order_lines::removed.eq(false))
        .order((order_lines::order_id, order_lines::position))
        .select(Line::as_select())
        .load(c))?;
    let mut by_order: HashMap<OrderId, Vec<Line>> = HashMap::new();
    for line in found {
        by_order.entry(line.order_id).or_default().push(line);
    }
    Ok(by_order)
}

fn refunds_of(conn: &mut Conn, merchant: MerchantId, ids: &[OrderId]) -> Result<HashMap<OrderId, Vec<Refund>>> {
    let found: Vec<(OrderId, Refund)> = q!(conn, |c| order_refunds::table
        .filter(order_refunds::merchant_id.eq(merchant))
        .filter(order_refunds::order_id.eq_any(ids))
        .select((order_refunds::order_id, Refund::as_select()))
        .load(c))?;
    let mut by_order: HashMap<OrderId, Vec<Refund>> = HashMap::new();
    for (order, refund) in found {
        by_order.entry(order).or_default().push(refund);
    }
    Ok(by_order)
}

fn threads_of(conn: &mut Conn, merchant: MerchantId, ids: &[OrderId]) -> Result<HashMap<OrderId, ThreadId>> {
    let found: Vec<(Option<OrderId>, ThreadId)> = q!(conn, |c| threads::table
        .filter(threads::merchant_id.eq(merchant))
        .filter(threads::order_id.eq_any(ids))
        .select((threads::order_id, threads::id))
        .load(c))?;
    Ok(found.into_iter().filter_map(|(order, thread)| Some((order?, thread))).collect())
}
