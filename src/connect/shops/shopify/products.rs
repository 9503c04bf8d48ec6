//! Shopify's products with their variants, and stock by place.

use chrono::{DateTime, Utc};

use super::orders::NO_OPTION;
use crate::{
    connect::{fields::Field, shops::MOST_VARIANTS},
    domain::{
        money::Currency,
        normal::{Choice, News, ProductNews, StockNews, VariantNews},
    },
};

/// Options that a Shopify variant may have: `option1` to `option3`.
const OPTIONS: usize = 3;

/// A product; its prices are in the shop's `currency`.
pub(super) fn product(body: &Field<'_>, currency: Option<Currency>) -> Option<News> {
    let variants = body.get("variants").items(MOST_VARIANTS);
    let pictures = Pictures::of(body);
    let names: Vec<String> =
        body.get("options").items(OPTIONS).iter().map(|option| option.get("name").name().unwrap_or_default()).collect();
    Some(News::Product(Box::new(ProductNews {
        external_id: body.get("id").required(Field::id),
        title: body.get("title").required(Field::name),
        image: pictures.first.clone(),
        updated_at: body.get("updated_at").required(Field::time),
        retired: matches!(body.get("status").name().as_deref(), Some("archived" | "draft")),
        variants: variants.iter().map(|item| variant(item, &names, &pictures, currency)).collect(),
    })))
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

/// The stock of one place; nothing when it is not counted there.
pub(super) fn stock(body: &Field<'_>) -> Option<News> {
    let stock_id = body.get("inventory_item_id").required(Field::id);
    let place = body.get("location_id").required(Field::id);
    let updated_at = body.get("updated_at").required(Field::time);
    let available = body.get("available").count();
    Some(available.map_or(News::Nothing, |available| News::Stock(StockNews { stock_id, available, place, updated_at })))
}

/// A product's pictures: the first one, and each by its id.
struct Pictures {
    first: Option<String>,
    known: Vec<(String, String)>,
}

impl Pictures {
    fn of(body: &Field<'_>) -> Self {
        let images = body.get("images").items(MOST_VARIANTS);
        let known = images.iter().filter_map(|image| Some((image.get("id").id()?, image.get("src").link()?)));
        let known: Vec<(String, String)> = known.collect();
        let first = body.get("image").get("src").link().or_else(|| Some(known.first()?.1.clone()));
        Self { first, known }
    }

    fn of_variant(&self, id: Option<&str>) -> Option<String> {
        let own = self.known.iter().find(|(known, _)| Some(known.as_str()) == id).map(|(_, picture)| picture.clone());
        own.or_else(|| self.first.clone())
    }
}

fn variant(body: &Field<'_>, names: &[String], pictures: &Pictures, currency: Option<Currency>) -> VariantNews {
    let price = body.get("price");
    let price = match currency {
        Some(currency) => price.amount(currency).map(|price| price.decimal()),
        None => price.decimal(),
    };
    let counts = !body.names("inventory_management") || !body.get("inventory_management").is_missing();
    VariantNews {
        external_id: body.get("id").required(Field::id),
        stock_id: body.get("inventory_item_id").id(),
        sku: body.get("sku").id(),
        options: options(body, names),
        image: pictures.of_variant(body.get("image_id").id().as_deref()),
        price,
        currency,
        stock: body.get("inventory_quantity").count().filter(|_| counts),
    }
}

fn options(body: &Field<'_>, names: &[String]) -> Vec<Choice> {
    let option = |number: usize| {
        let value = body.get(&format!("option{number}")).name().filter(|value| value != NO_OPTION)?;
        Some(Choice { name: names.get(number - 1).cloned().unwrap_or_default(), value })
    };
    (1..=OPTIONS).filter_map(option).collect()
}
