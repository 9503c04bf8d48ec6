//! Products and stock. An article with variants tells only which there are; each variant is told of by itself, in the same
//! topics.

use chrono::{DateTime, Utc};

use super::{id, prices};
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, MOST_VARIANTS},
    },
    domain::{
        money::Currency,
        normal::{Choice, FamilyNews, MemberNews, News, ProductNews, VariantNews},
    },
};

/// A product or a variant of one; its prices are in the shop's `currency`.
pub(super) fn product(body: &Field<'_>, currency: Option<Currency>) -> Option<News> {
    let kind = body.get("type").name().unwrap_or_default();
    let parent = id(&body.get("parent_id"));
    match (kind.as_str(), parent) {
        ("variation" | "subscription_variation", Some(parent)) => member(body, parent, currency),
        ("variable" | "variable-subscription", _) => family(body),
        // A shelf of other products, each of which is told of by itself.
        ("grouped", _) => Some(News::Nothing),
        _ => single(body, currency),
    }
}

/// A product that is gone; only its id is told.
pub(super) fn deleted(body: &Field<'_>, at: DateTime<Utc>) -> Option<News> {
    Some(News::Product(Box::new(ProductNews {
        external_id: body.get("id").required(Field::id),
        title: String::new(),
        image: None,
        updated_at: at,
        retired: true,
        variants: Vec::new(),
    })))
}

/// A product without variants is the one variant of itself.
fn single(body: &Field<'_>, currency: Option<Currency>) -> Option<News> {
    Some(News::Product(Box::new(ProductNews {
        external_id: body.get("id").required(Field::id),
        title: body.get("name").required(Field::plain),
        image: image(body),
        updated_at: updated_at(body)?,
        retired: is_retired(body),
        variants: vec![variant(body, currency)],
    })))
}

fn family(body: &Field<'_>) -> Option<News> {
    let variants = body.get("variations").items(MOST_VARIANTS);
    // Newer versions tell a variant's id within an object.
    let named = |item: &Field<'_>| item.object().map_or_else(|| item.id(), |item| item.get("id").id());
    Some(News::Family(FamilyNews {
        external_id: body.get("id").required(Field::id),
        title: body.get("name").required(Field::plain),
        image: image(body),
        updated_at: updated_at(body)?,
        retired: is_retired(body),
        variants: variants.iter().filter_map(named).collect(),
    }))
}

fn member(body: &Field<'_>, product: String, currency: Option<Currency>) -> Option<News> {
    let variant = variant(body, currency);
    let title = body.get("name").plain().unwrap_or_default();
    let article = [" - ", " – "].iter().find_map(|dash| title.rsplit_once(dash)).map(|(article, _)| article.to_owned());
    Some(News::Member(Box::new(MemberNews {
        product,
        title: article.unwrap_or(title),
        updated_at: updated_at(body)?,
        retired: is_retired(body),
        variant,
    })))
}

fn updated_at(body: &Field<'_>) -> Option<DateTime<Utc>> {
    let told = body.get("date_modified_gmt");
    let told = if told.is_missing() { body.get("date_modified") } else { told };
    told.must(Field::time_as_utc)
}

fn is_retired(body: &Field<'_>) -> bool {
    body.get("status").name().is_some_and(|status| status != "publish")
}

fn image(body: &Field<'_>) -> Option<String> {
    let own = body.get("image").get("src").link();
    own.or_else(|| body.get("images").items(MOST_EXTRAS).iter().find_map(|image| image.get("src").link()))
}

fn variant(body: &Field<'_>, currency: Option<Currency>) -> VariantNews {
    let price = body.get("price");
    let price = match currency {
        Some(currency) => prices::signed(&price, currency).map(|price| price.decimal()),
        None => price.decimal(),
    };
    VariantNews {
        external_id: body.get("id").required(Field::id),
        stock_id: None,
        sku: body.get("sku").id(),
        options: body.get("attributes").items(MOST_EXTRAS).iter().filter_map(option).collect(),
        image: image(body),
        price: price.filter(|price| !price.is_sign_negative()),
        currency,
        stock: stock(body),
    }
}

/// What a variant is of a property; a product's own list of what there is to choose from is none.
fn option(attribute: &Field<'_>) -> Option<Choice> {
    let value = attribute.get("option").plain()?;
    Some(Choice { name: attribute.get("name").plain().unwrap_or_default(), value })
}

/// Pieces where they are counted; where they are not, at least whether there are any.
fn stock(body: &Field<'_>) -> Option<i64> {
    let sold_out = body.get("stock_status").name().as_deref() == Some("outofstock");
    let counted = body.get("stock_quantity");
    let counts = body.get("manage_stock").flag().unwrap_or(true);
    if counts && !counted.is_missing() { counted.count() } else { sold_out.then_some(0) }
}
