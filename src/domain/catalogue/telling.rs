//! What shops tell of products and stock, written down. Newer news wins; a variant that is no longer told of is retired,
//! not deleted, because orders and cases speak of it.

use diesel::prelude::*;

use crate::{
    domain::{
        money::{Currency, Money},
        normal::{FamilyNews, MemberNews, ProductNews, StockNews, VariantNews},
        orders::Source,
    },
    error::{Error, Result},
    ids::{MerchantId, ProductId, ShopId, VariantId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{orders, products, stock_counts, variant_tellings, variants},
    },
};

/// Takes the full state of a product; of one that is gone from sale nothing but that may be told, and what was known stays.
///
/// # Errors
/// When the database fails.
pub fn product(tx: &mut Tx<'_>, source: &Source, news: &ProductNews) -> Result<()> {
    let told_at = At::new(news.updated_at);
    let (id, known_at) = known_or_new(tx, source, &news.external_id, &news.title, told_at)?;
    if known_at > told_at {
        return Ok(());
    }
    if tells_only_the_end(news) {
        let row = products::table.find((source.merchant, id));
        let set = (products::retired.eq(true), products::told_at.eq(told_at));
        q!(tx, |c| diesel::update(row).set(set).execute(c))?;
        return Ok(());
    }
    let row = products::table.find((source.merchant, id));
    let set = (
        products::title.eq(&news.title),
        products::picture.eq(&news.image),
        products::retired.eq(news.retired),
        products::told_at.eq(told_at),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    let all = variants::table.filter(variants::merchant_id.eq(source.merchant)).filter(variants::product_id.eq(id));
    q!(tx, |c| diesel::update(all).set(variants::retired.eq(true)).execute(c))?;
    for (position, news) in news.variants.iter().enumerate() {
        variant(tx, source.merchant, id, i32::try_from(position).unwrap_or(i32::MAX), news)?;
    }
    Ok(())
}

/// Whether the news says that a product is gone and nothing else of it, as a deletion does.
fn tells_only_the_end(news: &ProductNews) -> bool {
    news.retired && news.title.is_empty() && news.variants.is_empty()
}

fn known(tx: &mut Tx<'_>, source: &Source, external_id: &str) -> Result<Option<(ProductId, At)>> {
    let row = products::table
        .filter(products::merchant_id.eq(source.merchant))
        .filter(products::shop_id.eq(source.shop))
        .filter(products::source.eq(&source.name))
        .filter(products::external_id.eq(external_id))
        .select((products::id, products::told_at));
    Ok(match tx.this() {
        Conn::Sqlite(c) => row.first(&mut **c).optional()?,
        Conn::Postgres(c) => row.for_no_key_update().first(&mut **c).optional()?,
    })
}

fn known_or_new(tx: &mut Tx<'_>, source: &Source, external_id: &str, title: &str, at: At) -> Result<(ProductId, At)> {
    if let Some(known) = known(tx, source, external_id)? {
        return Ok(known);
    }
    insert(tx, source, external_id, title, at)?;
    known(tx, source, external_id)?.ok_or(Error::NotFound)
}

/// Takes the full state of a product whose variants are told of one by one: those it no longer has are retired.
///
/// # Errors
/// When the database fails.
pub fn family(tx: &mut Tx<'_>, source: &Source, news: &FamilyNews) -> Result<()> {
    let told_at = At::new(news.updated_at);
    let (id, known_at) = known_or_new(tx, source, &news.external_id, &news.title, told_at)?;
    if known_at > told_at {
        return Ok(());
    }
    let row = products::table.find((source.merchant, id));
    let set = (
        (products::title.eq(&news.title), products::picture.eq(&news.image)),
        (products::retired.eq(news.retired), products::told_at.eq(told_at)),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    let gone = variants::table
        .filter(variants::merchant_id.eq(source.merchant))
        .filter(variants::product_id.eq(id))
        .filter(variants::external_id.ne_all(&news.variants));
    q!(tx, |c| diesel::update(gone).set(variants::retired.eq(true)).execute(c))?;
    Ok(())
}

/// Takes the full state of one variant; newer wins. Its product may not have arrived yet and then is known by its name.
///
/// # Errors
/// When the database fails.
pub fn member(tx: &mut Tx<'_>, source: &Source, news: &MemberNews) -> Result<()> {
    let long_ago = At::new(chrono::DateTime::UNIX_EPOCH);
    let (product, _) = known_or_new(tx, source, &news.product, &news.title, long_ago)?;
    let row = || {
        variants::table
            .filter(variants::merchant_id.eq(source.merchant))
            .filter(variants::product_id.eq(product))
            .filter(variants::external_id.eq(&news.variant.external_id))
    };
    let known: Option<(VariantId, i32)> =
        q!(tx, |c| row().select((variants::id, variants::position)).first(c).optional())?;
    let told_at = At::new(news.updated_at);
    if let Some((id, _)) = known {
        let told = variant_tellings::table.find((source.merchant, id)).select(variant_tellings::told_at);
        let told: Option<At> = q!(tx, |c| told.first(c).optional())?;
        if told.is_some_and(|told| told > told_at) {
            return Ok(());
        }
    }
    let position = match known {
        Some((_, position)) => position,
        None => after_all(tx, source.merchant, product)?,
    };
    variant(tx, source.merchant, product, position, &news.variant)?;
    if news.retired {
        q!(tx, |c| diesel::update(row()).set(variants::retired.eq(true)).execute(c))?;
    }
    let id: VariantId = q!(tx, |c| row().select(variants::id).first(c))?;
    note_telling(tx, source.merchant, id, told_at)
}

/// The place after the last variant.
fn after_all(conn: &mut Conn, merchant: MerchantId, product: ProductId) -> Result<i32> {
    let all = variants::table.filter(variants::merchant_id.eq(merchant)).filter(variants::product_id.eq(product));
    let last: Option<i32> = q!(conn, |c| all.select(diesel::dsl::max(variants::position)).first(c))?;
    Ok(last.map_or(0, |last| last.saturating_add(1)))
}

fn note_telling(tx: &mut Tx<'_>, merchant: MerchantId, id: VariantId, at: At) -> Result<()> {
    let row = (
        variant_tellings::merchant_id.eq(merchant),
        variant_tellings::variant_id.eq(id),
        variant_tellings::told_at.eq(at),
    );
    q!(tx, |c| diesel::insert_into(variant_tellings::table)
        .values(row)
        .on_conflict((variant_tellings::merchant_id, variant_tellings::variant_id))
        .do_update()
        .set(variant_tellings::told_at.eq(at))
        .execute(c))?;
    Ok(())
}

/// Nothing happens when somebody else was faster.
fn insert(tx: &mut Tx<'_>, source: &Source, external_id: &str, title: &str, told_at: At) -> Result<()> {
    let id = ProductId::new(tx.now());
    let row = (
        (products::merchant_id.eq(source.merchant), products::id.eq(id), products::shop_id.eq(source.shop)),
        (products::source.eq(&source.name), products::external_id.eq(external_id)),
        (products::title.eq(title), products::exchangeable.eq(true), products::retired.eq(false)),
        products::told_at.eq(told_at),
    );
    q!(tx, |c| diesel::insert_into(products::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

fn variant(tx: &mut Tx<'_>, merchant: MerchantId, product: ProductId, position: i32, news: &VariantNews) -> Result<()> {
    let currency = news.currency;
    let price = news.price.zip(currency).and_then(|(price, currency)| Money::from_decimal(price, currency).ok());
    let columns = (
        (
            variants::stock_id.eq(&news.stock_id),
            variants::sku.eq(&news.sku),
            variants::options.eq(Json(news.options.clone())),
        ),
        (variants::picture.eq(&news.image), variants::stock.eq(news.stock), variants::position.eq(position)),
        (variants::price.eq(price.map(Money::minor)), variants::currency.eq(price.map(Money::currency))),
        variants::retired.eq(false),
    );
    let row = (
        (
            variants::merchant_id.eq(merchant),
            variants::id.eq(VariantId::new(tx.now())),
            variants::product_id.eq(product),
        ),
        variants::external_id.eq(&news.external_id),
        columns.clone(),
    );
    q!(tx, |c| diesel::insert_into(variants::table)
        .values(row)
        .on_conflict((variants::merchant_id, variants::product_id, variants::external_id))
        .do_update()
        .set(columns)
        .execute(c))?;
    Ok(())
}

/// Says whether lines of a product may be exchanged at all.
///
/// # Errors
/// When the database fails.
pub fn set_exchangeable(tx: &mut Tx<'_>, source: &Source, external_id: &str, exchangeable: bool) -> Result<()> {
    let row = products::table
        .filter(products::merchant_id.eq(source.merchant))
        .filter(products::shop_id.eq(source.shop))
        .filter(products::source.eq(&source.name))
        .filter(products::external_id.eq(external_id));
    q!(tx, |c| diesel::update(row).set(products::exchangeable.eq(exchangeable)).execute(c))?;
    Ok(())
}

/// Takes how many pieces one place has. A variant we do not know yet is no mistake: its product comes later with its stock.
///
/// # Errors
/// When the database fails.
pub fn stock(tx: &mut Tx<'_>, source: &Source, news: &StockNews) -> Result<()> {
    let id: Option<VariantId> = q!(tx, |c| variants::table
        .inner_join(
            products::table
                .on(products::merchant_id.eq(variants::merchant_id).and(products::id.eq(variants::product_id))),
        )
        .filter(products::merchant_id.eq(source.merchant))
        .filter(products::shop_id.eq(source.shop))
        .filter(products::source.eq(&source.name))
        .filter(variants::stock_id.eq(&news.stock_id).or(variants::external_id.eq(&news.stock_id)))
        .select(variants::id)
        .first(c)
        .optional())?;
    let Some(id) = id else { return Ok(()) };
    let known: Option<At> = q!(tx, |c| stock_counts::table
        .find((source.merchant, id, &news.place))
        .select(stock_counts::told_at)
        .first(c)
        .optional())?;
    let told_at = At::new(news.updated_at);
    if known.is_some_and(|known| known > told_at) {
        return Ok(());
    }
    let counts = (stock_counts::available.eq(news.available), stock_counts::told_at.eq(told_at));
    let row = (
        (
            stock_counts::merchant_id.eq(source.merchant),
            stock_counts::variant_id.eq(id),
            stock_counts::place.eq(&news.place),
        ),
        counts,
    );
    q!(tx, |c| diesel::insert_into(stock_counts::table)
        .values(row)
        .on_conflict((stock_counts::merchant_id, stock_counts::variant_id, stock_counts::place))
        .do_update()
        .set(counts)
        .execute(c))?;
    let places: Vec<i64> = q!(tx, |c| stock_counts::table
        .filter(stock_counts::merchant_id.eq(source.merchant))
        .filter(stock_counts::variant_id.eq(id))
        .select(stock_counts::available)
        .load(c))?;
    let total: i64 = places.iter().sum();
    let row = variants::table.find((source.merchant, id));
    q!(tx, |c| diesel::update(row).set(variants::stock.eq(total)).execute(c))?;
    Ok(())
}

/// The currency a shop sells in, as its orders tell: for a catalogue that gives prices without one.
///
/// # Errors
/// When the database fails.
pub fn currency_of(conn: &mut Conn, merchant: MerchantId, shop: ShopId) -> Result<Option<Currency>> {
    let newest: Option<Currency> = q!(conn, |c| orders::table
        .filter(orders::merchant_id.eq(merchant))
        .filter(orders::shop_id.eq(shop))
        .filter(orders::stub.eq(false))
        .order(orders::id.desc())
        .select(orders::currency)
        .first(c)
        .optional())?;
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_that_is_told_to_be_gone_keeps_what_was_known() {
        let gone = ProductNews {
            external_id: "1".to_owned(),
            title: String::new(),
            image: None,
            updated_at: chrono::Utc::now(),
            retired: true,
            variants: Vec::new(),
        };
        assert!(tells_only_the_end(&gone));
        assert!(!tells_only_the_end(&ProductNews { retired: false, ..gone.clone() }));
        assert!(!tells_only_the_end(&ProductNews { title: "Shirt".to_owned(), ..gone }));
    }
}
