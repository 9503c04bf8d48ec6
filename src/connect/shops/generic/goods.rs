//! Products and stock of the generic hook: what a line can be exchanged for.

use super::{choices, money, must_differ};
use crate::{
    connect::{fields::Field, shops::MOST_VARIANTS},
    domain::normal::{News, ProductNews, StockNews, VariantNews},
};

pub(super) fn product(data: &Field<'_>) -> Option<Vec<News>> {
    let variants = data.get("variants").items(MOST_VARIANTS);
    must_differ(&variants);
    let product = ProductNews {
        external_id: data.get("external_id").required(Field::id),
        title: data.get("title").required(Field::name),
        image: data.get("image").link(),
        updated_at: data.get("updated_at").required(Field::time),
        retired: data.get("retired").flag().unwrap_or(false),
        variants: variants.iter().filter_map(|item| item.must(Field::object)).map(|item| variant(&item)).collect(),
    };
    Some(vec![News::Product(Box::new(product))])
}

fn variant(data: &Field<'_>) -> VariantNews {
    let price = money(&data.get("price"), None);
    VariantNews {
        external_id: data.get("external_id").required(Field::id),
        stock_id: data.get("stock_id").id(),
        sku: data.get("sku").id(),
        options: choices(&data.get("options")),
        image: data.get("image").link(),
        price: price.map(|price| price.decimal()),
        currency: price.map(|price| price.currency()),
        stock: data.get("stock").count(),
    }
}

pub(super) fn stock(data: &Field<'_>) -> Option<Vec<News>> {
    Some(vec![News::Stock(StockNews {
        stock_id: data.get("stock_id").required(Field::id),
        available: data.get("available").required(Field::count),
        place: data.get("place").id().unwrap_or_default(),
        updated_at: data.get("updated_at").required(Field::time),
    })])
}
