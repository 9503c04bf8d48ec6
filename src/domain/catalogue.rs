//! The catalogue: products and their variants, as the shops tell them; what a line of an order can be exchanged for, with
//! price and stock. What is available is always the stock told by the shop less the open reservations.

pub mod telling;

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    money::{Currency, Money},
    normal::Choice,
};
use crate::{
    domain::reservations::ReservationState,
    error::Result,
    ids::{MerchantId, ProductId, ShopId, VariantId},
    q,
    store::{
        Conn,
        columns::Json,
        schema::{products, reservations, variants},
    },
};

/// Products that are looked at for what they are called.
const MOST_TITLES: i64 = 5_000;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = products)]
pub struct Product {
    pub id: ProductId,
    pub shop_id: ShopId,
    pub external_id: String,
    pub title: String,
    pub picture: Option<String>,
    /// Whether a line of it may be exchanged at all.
    pub exchangeable: bool,
    pub retired: bool,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = variants)]
pub struct Variant {
    pub id: VariantId,
    pub product_id: ProductId,
    pub external_id: String,
    pub sku: Option<String>,
    pub options: Json<Vec<Choice>>,
    pub picture: Option<String>,
    pub price: Option<i64>,
    pub currency: Option<Currency>,
    /// Pieces the shop told; none when it does not count.
    pub stock: Option<i64>,
    pub position: i32,
    pub retired: bool,
}

impl Variant {
    /// What it sells for, when the shop told.
    pub fn price(&self) -> Option<Money> {
        Some(Money::from_minor(self.price?, self.currency?))
    }

    /// Its options in one line: `Ecru, M`.
    pub fn options_line(&self) -> String {
        options_line(&self.options.0)
    }
}

/// Options in one line: `Ecru, M`.
pub fn options_line(options: &[Choice]) -> String {
    options.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(", ")
}

/// A variant with the pieces that can be promised; none when the shop does not count.
#[derive(Debug, Clone)]
pub struct Offer {
    pub variant: Variant,
    pub available: Option<i64>,
}

impl Offer {
    pub fn has(&self, quantity: i64) -> bool {
        self.available.is_none_or(|available| available >= quantity)
    }
}

/// The names of a shop's products that are on sale, in the order of the alphabet.
///
/// # Errors
/// When the database fails.
pub fn titles(conn: &mut Conn, merchant: MerchantId, shop: ShopId) -> Result<Vec<String>> {
    Ok(q!(conn, |c| products::table
        .filter(products::merchant_id.eq(merchant))
        .filter(products::shop_id.eq(shop))
        .filter(products::retired.eq(false))
        .order(products::title)
        .select(products::title)
        .limit(MOST_TITLES)
        .load(c))?)
}

/// The options a shop's products come in, as it names them.
///
/// # Errors
/// When the database fails.
pub fn option_names(conn: &mut Conn, merchant: MerchantId, shop: ShopId) -> Result<Vec<String>> {
    let found: Vec<Json<Vec<Choice>>> = q!(conn, |c| variants::table
        .inner_join(
            products::table
                .on(products::merchant_id.eq(variants::merchant_id).and(products::id.eq(variants::product_id))),
        )
        .filter(products::merchant_id.eq(merchant))
        .filter(products::shop_id.eq(shop))
        .filter(variants::retired.eq(false))
        .order(variants::id.desc())
        .limit(MOST_TITLES)
        .select(variants::options)
        .load(c))?;
    let names: std::collections::BTreeSet<String> =
        found.into_iter().flat_map(|options| options.0).map(|choice| choice.name).filter(|n| !n.is_empty()).collect();
    Ok(names.into_iter().collect())
}

/// Every product of a shop's lines, by the shop's variant ids, in one query.
///
/// # Errors
/// When the database fails.
pub fn by_sources(
    conn: &mut Conn,
    merchant: MerchantId,
    shop: ShopId,
    source: &str,
    wanted: &[String],
) -> Result<Vec<(Product, Variant)>> {
    Ok(q!(conn, |c| variants::table
        .inner_join(
            products::table
                .on(products::merchant_id.eq(variants::merchant_id).and(products::id.eq(variants::product_id))),
        )
        .filter(products::merchant_id.eq(merchant))
        .filter(products::shop_id.eq(shop))
        .filter(products::source.eq(source))
        .filter(variants::external_id.eq_any(wanted))
        .select((Product::as_select(), Variant::as_select()))
        .load(c))?)
}

/// A product's variants that are on sale, in the shop's order, each with what is available of it.
///
/// # Errors
/// When the database fails.
pub fn offers(conn: &mut Conn, merchant: MerchantId, product: ProductId) -> Result<Vec<Offer>> {
    Ok(offers_of(conn, merchant, &[product])?.remove(&product).unwrap_or_default())
}

/// The same for several products at once.
///
/// # Errors
/// When the database fails.
pub fn offers_of(
    conn: &mut Conn,
    merchant: MerchantId,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<Offer>>> {
    let found: Vec<Variant> = q!(conn, |c| variants::table
        .filter(variants::merchant_id.eq(merchant))
        .filter(variants::product_id.eq_any(products))
        .filter(variants::retired.eq(false))
        .order((variants::position, variants::id))
        .select(Variant::as_select())
        .load(c))?;
    let ids: Vec<VariantId> = found.iter().map(|variant| variant.id).collect();
    let held = held(conn, merchant, &ids)?;
    let mut offers: HashMap<ProductId, Vec<Offer>> = HashMap::new();
    for variant in found {
        let held = held.get(&variant.id).copied().unwrap_or(0);
        let available = variant.stock.map(|stock| (stock - held).max(0));
        offers.entry(variant.product_id).or_default().push(Offer { variant, available });
    }
    Ok(offers)
}

/// Pieces set aside of each variant.
fn held(conn: &mut Conn, merchant: MerchantId, ids: &[VariantId]) -> Result<HashMap<VariantId, i64>> {
    let found: Vec<(VariantId, i32)> = q!(conn, |c| reservations::table
        .filter(reservations::merchant_id.eq(merchant))
        .filter(reservations::variant_id.eq_any(ids))
        .filter(reservations::state.eq(ReservationState::Open))
        .select((reservations::variant_id, reservations::quantity))
        .load(c))?;
    let mut held = HashMap::new();
    for (variant, pieces) in found {
        *held.entry(variant).or_insert(0) += i64::from(pieces);
    }
    Ok(held)
}

/// One variant with its product.
///
/// # Errors
/// When the merchant has no such variant.
pub fn variant(conn: &mut Conn, merchant: MerchantId, id: VariantId) -> Result<(Product, Variant)> {
    Ok(q!(conn, |c| variants::table
        .inner_join(
            products::table
                .on(products::merchant_id.eq(variants::merchant_id).and(products::id.eq(variants::product_id))),
        )
        .filter(variants::merchant_id.eq(merchant))
        .filter(variants::id.eq(id))
        .select((Product::as_select(), Variant::as_select()))
        .first(c))?)
}

/// The variant's stock as told, locked until the change commits (the last lock in the order thread, case, stock).
pub(super) fn locked_stock(conn: &mut Conn, merchant: MerchantId, id: VariantId) -> Result<Option<i64>> {
    let row = variants::table.find((merchant, id)).select(variants::stock);
    Ok(match conn {
        Conn::Sqlite(c) => row.first(&mut **c)?,
        Conn::Postgres(c) => row.for_no_key_update().first(&mut **c)?,
    })
}

/// The merchant's products in the order they became known, after one of them.
///
/// # Errors
/// When the database fails.
pub fn products(conn: &mut Conn, merchant: MerchantId, after: Option<ProductId>, limit: i64) -> Result<Vec<Product>> {
    Ok(q!(conn, |c| {
        let mut list = products::table.filter(products::merchant_id.eq(merchant)).into_boxed();
        if let Some(after) = after {
            list = list.filter(products::id.gt(after));
        }
        list.order(products::id).limit(limit).select(Product::as_select()).load(c)
    })?)
}
