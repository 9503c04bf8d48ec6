//! The lines of an order. What a buyer chose stands in a line's metadata, beside what plugins keep there for themselves.

use super::{
    MOST_META, id,
    prices::{gross, share},
};
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, MOST_LINES},
    },
    domain::{
        money::Currency,
        normal::{Choice, LineNews, ShipmentNews},
    },
};

/// Pieces that one line may have.
const MOST_PIECES: u32 = 100_000;
/// What the names of a product's own properties begin with in a line's metadata.
const PROPERTY: [&str; 2] = ["pa_", "attribute_"];

/// What an order's lines have in common.
pub(super) struct Sold<'a> {
    pub(super) currency: Currency,
    /// Prices are told with tax.
    pub(super) with_tax: bool,
    /// All of it was sent.
    pub(super) sent: bool,
    pub(super) parcels: &'a [ShipmentNews],
}

/// The articles, and what is paid for beside them: gift wrapping, a fee for cash on delivery.
pub(super) fn lines(order: &Field<'_>, sold: &Sold<'_>) -> Vec<LineNews> {
    let items = order.get("line_items").items(MOST_LINES);
    let articles = items.iter().filter_map(|item| line(item, sold));
    let fees = order.get("fee_lines").items(MOST_EXTRAS);
    let mut lines: Vec<LineNews> = articles.chain(fees.iter().filter_map(|fee| self::fee(fee, sold))).collect();
    lines.truncate(MOST_LINES);
    lines
}

/// `None` for a line that an edit took all pieces from.
fn line(item: &Field<'_>, sold: &Sold<'_>) -> Option<LineNews> {
    let item = item.must(Field::object)?;
    let quantity = pieces(&item.get("quantity"))?;
    let whole = gross(&item, "subtotal", "subtotal_tax", sold.with_tax, sold.currency);
    let paid = gross(&item, "total", "total_tax", sold.with_tax, sold.currency);
    // Old plugins leave out what it cost before the discount.
    let whole = if whole.is_zero() { paid } else { whole };
    let unit_price = share(&item.get("subtotal"), whole, quantity)?;
    let discount = unit_price.times(i64::from(quantity)).and_then(|all| all.minus(paid)).ok();
    let external_id = item.get("id").required(Field::id);
    let of_line = sold.parcels.iter().flat_map(|parcel| &parcel.lines).filter(|(line, _)| *line == external_id);
    let parcelled = of_line.fold(0_u32, |all, (_, count)| all.saturating_add(*count)).min(quantity);
    let variation = id(&item.get("variation_id"));
    let product = id(&item.get("product_id"));
    let (options, custom) = chosen(&item, variation.is_some());
    Some(LineNews {
        title: title(&item, &options),
        variant: variation.or_else(|| product.clone()),
        product,
        sku: item.get("sku").id(),
        options,
        custom,
        image: item.get("image").get("src").link(),
        quantity,
        fulfilled: if sold.sent { quantity } else { parcelled },
        refunded: 0,
        unit_price,
        discount: discount.filter(|discount| !discount.is_negative()).unwrap_or_else(|| zero(sold)),
        tax: super::prices::price(&item.get("total_tax"), sold.currency),
        requires_shipping: true,
        external_id,
    })
}

fn zero(sold: &Sold<'_>) -> crate::domain::money::Money {
    crate::domain::money::Money::zero(sold.currency)
}

/// Something that is paid for and not sent; what is taken off the price instead counts as discount.
fn fee(item: &Field<'_>, sold: &Sold<'_>) -> Option<LineNews> {
    let item = item.object()?;
    let paid = gross(&item, "total", "total_tax", sold.with_tax, sold.currency);
    let title = item.get("name").plain()?;
    if super::prices::price(&item.get("total"), sold.currency).is_zero() {
        return None;
    }
    Some(LineNews {
        external_id: item.get("id").required(Field::id),
        product: None,
        variant: None,
        sku: None,
        title,
        options: Vec::new(),
        custom: Vec::new(),
        image: None,
        quantity: 1,
        fulfilled: u32::from(sold.sent),
        refunded: 0,
        unit_price: paid,
        discount: zero(sold),
        tax: super::prices::price(&item.get("total_tax"), sold.currency),
        requires_shipping: false,
    })
}

/// Pieces; a plugin that sells by the metre is told in whole ones.
fn pieces(quantity: &Field<'_>) -> Option<u32> {
    let told = quantity.must(Field::decimal)?.ceil();
    match u32::try_from(told).ok() {
        Some(0) => None,
        Some(pieces @ 1..=MOST_PIECES) => Some(pieces),
        _ => {
            quantity.wrong(&format!("must be a number from 0 to {MOST_PIECES}"));
            None
        }
    }
}

/// The article's own name: a variant's is followed by what was chosen, as in `Oxford Shirt - Blue, M`.
fn title(item: &Field<'_>, options: &[Choice]) -> String {
    if let Some(parent) = item.get("parent_name").plain() {
        return parent;
    }
    let name = item.get("name").required(Field::plain);
    let chosen_in = |text: &str| {
        let text = text.to_lowercase();
        !options.is_empty() && options.iter().all(|option| text.contains(&option.value.to_lowercase()))
    };
    let parted = [" - ", " – "].iter().find_map(|dash| name.rsplit_once(dash).filter(|(_, rest)| chosen_in(rest)));
    parted.map_or_else(|| name.clone(), |(article, _)| article.trim().to_owned())
}

/// What was chosen among the article's variants, and what was wished beside that.
fn chosen(item: &Field<'_>, is_variant: bool) -> (Vec<Choice>, Vec<Choice>) {
    let (mut options, mut wishes) = (Vec::new(), Vec::new());
    for entry in item.get("meta_data").items(MOST_META) {
        let Some(key) = entry.get("key").name().filter(|key| !key.starts_with('_')) else { continue };
        let bare = PROPERTY.iter().find_map(|begin| key.strip_prefix(begin));
        let Some(value) = value(&entry, bare.is_some()) else { continue };
        let name = entry.get("display_key").plain().unwrap_or_else(|| spelled(bare.unwrap_or(&key)));
        // A variant's own properties go by a slug, what plugins ask for by its title.
        let is_slug = key.chars().all(|letter| !letter.is_uppercase() && !letter.is_whitespace());
        let list = if bare.is_some() || (is_variant && is_slug) { &mut options } else { &mut wishes };
        if list.len() < MOST_EXTRAS {
            list.push(Choice { name, value });
        }
    }
    (options, wishes)
}

/// A value in words; plugins put whole tables there, which are theirs.
fn value(entry: &Field<'_>, is_slug: bool) -> Option<String> {
    let shown = entry.get("display_value");
    let told = entry.get("value");
    if told.is_compound() {
        return None;
    }
    let value = if shown.is_compound() { None } else { shown.plain() };
    value.or_else(|| told.plain().map(|told| if is_slug { spelled(&told) } else { told }))
}

/// `storm-blue` as people write it.
fn spelled(slug: &str) -> String {
    let text = slug.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
