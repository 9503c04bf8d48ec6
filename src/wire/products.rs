//! The catalogue as programs see it: what a line of an order can be exchanged for.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Cursor, Limit, MoneyOut, orders::OptionOut};
use crate::{
    domain::catalogue::{Offer, Product},
    ids::{ProductId, ShopId, VariantId},
};

/// A product with its variants.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductOut {
    pub id: ProductId,
    pub shop_id: ShopId,
    /// The shop's own id.
    pub external_id: String,
    /// As the shop calls it.
    #[schema(example = "Linen shirt")]
    pub title: String,
    /// The address of a picture; one that begins with `/` is on this installation.
    pub picture: Option<String>,
    /// Whether a line of it may be exchanged at all.
    pub exchangeable: bool,
    /// No longer sold: nothing can be exchanged for it.
    pub retired: bool,
    /// Those on sale, in the shop's order.
    pub variants: Vec<VariantOut>,
}

/// A colour and size of a product.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Variant)]
pub struct VariantOut {
    pub id: VariantId,
    /// The shop's own id.
    pub external_id: String,
    #[schema(example = "SHIRT-BLUE-M")]
    /// The stock keeping unit.
    pub sku: Option<String>,
    /// Its colour, its size.
    pub options: Vec<OptionOut>,
    /// Its own picture; null: the product's.
    pub picture: Option<String>,
    /// Null when the shop did not tell; then nothing can be exchanged for it.
    pub price: Option<MoneyOut>,
    /// Pieces the shop told; null when it does not count.
    #[schema(example = 12)]
    pub stock: Option<i64>,
    /// Pieces that can be promised: the stock less what is set aside for requests; null when the shop does not count.
    #[schema(example = 11)]
    pub available: Option<i64>,
}

impl ProductOut {
    pub fn of(product: &Product, offers: &[Offer]) -> Self {
        Self {
            id: product.id,
            shop_id: product.shop_id,
            external_id: product.external_id.clone(),
            title: product.title.clone(),
            picture: product.picture.clone(),
            exchangeable: product.exchangeable,
            retired: product.retired,
            variants: offers.iter().map(VariantOut::from).collect(),
        }
    }
}

impl From<&Offer> for VariantOut {
    fn from(offer: &Offer) -> Self {
        let variant = &offer.variant;
        Self {
            id: variant.id,
            external_id: variant.external_id.clone(),
            sku: variant.sku.clone(),
            options: OptionOut::all(&variant.options.0),
            picture: variant.picture.clone(),
            price: variant.price().map(MoneyOut::from),
            stock: variant.stock,
            available: offer.available,
        }
    }
}

/// Which page of a list that is not narrowed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}
