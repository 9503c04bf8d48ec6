//! The shape of a generic hook's body, as it is published: the types are the documentation, the JSON Schema is made from
//! them. Reading is done field by field beside this, so that a developer hears of every mistake at once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value, json};
use utoipa::{OpenApi, ToSchema};

use crate::domain::normal::{FulfilmentState, OrderKind, PaymentState, ShipmentStatus};

/// One piece of news. Always the full state of what it names, never a difference; sending it twice changes nothing, and
/// the newest `updated_at` wins in whatever order it arrives. Fields that are not named here are ignored.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Body {
    /// When it happened.
    pub timestamp: DateTime<Utc>,
    #[serde(flatten)]
    pub news: BodyNews,
}

/// What the news is about.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "data")]
pub enum BodyNews {
    /// An order is new or has changed.
    #[serde(rename = "order.upserted")]
    OrderUpserted(Box<Order>),
    /// An order was cancelled: its full state, with `cancelled_at`, which is required here.
    #[serde(rename = "order.cancelled")]
    OrderCancelled(Box<Order>),
    /// A parcel is new or has changed; its order may come later.
    #[serde(rename = "shipment.upserted")]
    ShipmentUpserted(OrderShipment),
    /// Money went back; its order may come later.
    #[serde(rename = "refund.created")]
    RefundCreated(OrderRefund),
    /// A product is new or has changed.
    #[serde(rename = "product.upserted")]
    ProductUpserted(Product),
    /// The stock of a variant in one place.
    #[serde(rename = "stock.updated")]
    StockUpdated(Stock),
}

/// An amount that is not negative, in the currency's major unit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MoneyBody {
    pub amount: Amount,
    /// ISO 4217.
    #[schema(min_length = 3, max_length = 3)]
    pub currency: String,
}

/// `"4.00"`; a JSON number is taken as it is written.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Amount {
    Text(String),
    #[schema(value_type = f64)]
    Number(Number),
}

/// An order. An order that is paid, authorized or placed opens a thread; a draft never does.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// Your id of it; an id may also be a whole JSON number.
    #[schema(max_length = 200)]
    pub external_id: String,
    /// As people say it, with its prefix: `#1001`.
    #[schema(max_length = 200)]
    pub number: String,
    /// `goods` when it is left out.
    pub kind: Option<OrderKind>,
    pub placed_at: DateTime<Utc>,
    /// The newest wins.
    pub updated_at: DateTime<Utc>,
    /// Not a real purchase: shown with a badge and never counted.
    #[serde(default)]
    pub test: bool,
    /// ISO 4217; all money of the order is in it.
    #[schema(min_length = 3, max_length = 3)]
    pub currency: String,
    pub payment_state: PaymentState,
    /// The buyer has committed to it although it is not paid: on hold, cash on delivery.
    #[serde(default)]
    pub placed: bool,
    /// A draft or an abandoned checkout.
    #[serde(default)]
    pub draft: bool,
    /// `none` when it is left out.
    pub fulfilment_state: Option<FulfilmentState>,
    pub customer: Option<Customer>,
    pub ship_to: Option<AddressBody>,
    #[serde(default)]
    #[schema(max_items = 500)]
    pub lines: Vec<Line>,
    /// Nothing when it is left out, as all totals but `total`.
    pub discount_total: Option<MoneyBody>,
    pub shipping_total: Option<MoneyBody>,
    pub tax_total: Option<MoneyBody>,
    /// Whether prices include the tax.
    #[serde(default)]
    pub tax_included: bool,
    /// What the buyer pays for all of it; refunds do not lower it.
    pub total: MoneyBody,
    /// The sum of `refunds` when it is left out.
    pub refunded_total: Option<MoneyBody>,
    pub cancelled_at: Option<DateTime<Utc>>,
    #[schema(max_length = 4000)]
    pub cancel_reason: Option<String>,
    #[serde(default)]
    #[schema(max_items = 500)]
    pub shipments: Vec<Shipment>,
    #[serde(default)]
    #[schema(max_items = 500)]
    pub refunds: Vec<Refund>,
    /// Where an agent sees it in the shop; http(s).
    pub admin_url: Option<String>,
}

/// Who bought; all of it may be left out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Customer {
    #[schema(max_length = 200)]
    pub external_id: Option<String>,
    #[schema(max_length = 500)]
    pub name: Option<String>,
    #[schema(max_length = 254)]
    pub email: Option<String>,
    pub phone: Option<String>,
    /// `fr`, `fr-FR`.
    pub locale: Option<String>,
}

/// Where it goes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AddressBody {
    pub name: Option<String>,
    pub line1: Option<String>,
    pub line2: Option<String>,
    pub postcode: Option<String>,
    pub city: Option<String>,
    /// ISO 3166, two letters.
    #[schema(min_length = 2, max_length = 2)]
    pub country: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// Different for each line of the order.
    #[schema(max_length = 200)]
    pub external_id: String,
    pub product_id: Option<String>,
    pub variant_id: Option<String>,
    pub sku: Option<String>,
    #[schema(max_length = 500)]
    pub title: String,
    /// Colour, size.
    #[serde(default)]
    pub options: Vec<NamedValue>,
    /// Wishes of the buyer: engraving, gift wrap.
    #[serde(default)]
    pub custom: Vec<NamedValue>,
    /// http(s).
    pub image: Option<String>,
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: u32,
    #[serde(default)]
    #[schema(maximum = 100_000)]
    pub fulfilled_quantity: u32,
    #[serde(default)]
    #[schema(maximum = 100_000)]
    pub refunded_quantity: u32,
    pub unit_price: MoneyBody,
    pub discount_total: Option<MoneyBody>,
    pub tax_total: Option<MoneyBody>,
    /// True when it is left out.
    pub requires_shipping: Option<bool>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NamedValue {
    #[serde(default)]
    #[schema(max_length = 500)]
    pub name: String,
    #[schema(max_length = 4000)]
    pub value: String,
}

/// A parcel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Shipment {
    #[schema(max_length = 200)]
    pub external_id: String,
    pub carrier: Option<String>,
    /// Tracking numbers.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// Tracking pages; http(s).
    #[serde(default)]
    pub urls: Vec<String>,
    /// Left out for a parcel that was not made. `unknown` with `shipped_at` is one that left and of which no more is known.
    pub status: Option<ShipmentStatus>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    /// What is in it.
    #[serde(default)]
    pub lines: Vec<Pieces>,
    /// What happened to it, in any order.
    #[serde(default)]
    pub milestones: Vec<Milestone>,
}

/// Pieces of one line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Pieces {
    /// The line's `external_id`.
    pub line: String,
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: u32,
}

/// Something that happened to a parcel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Milestone {
    #[schema(max_length = 200)]
    pub external_id: String,
    pub status: ShipmentStatus,
    /// The carrier's time.
    pub at: DateTime<Utc>,
    pub place: Option<String>,
    /// The carrier's own words.
    pub message: Option<String>,
    pub expected_at: Option<DateTime<Utc>>,
}

/// Money that went back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Refund {
    #[schema(max_length = 200)]
    pub external_id: String,
    /// What really went back; `0` when only goods came back.
    pub amount: MoneyBody,
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
    /// What it was given back for.
    #[serde(default)]
    pub lines: Vec<Pieces>,
}

/// A parcel, and whose it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OrderShipment {
    /// The order's `external_id`.
    pub order_id: String,
    #[serde(flatten)]
    pub shipment: Shipment,
}

/// A refund, and of which order.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OrderRefund {
    /// The order's `external_id`.
    pub order_id: String,
    #[serde(flatten)]
    pub refund: Refund,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Product {
    #[schema(max_length = 200)]
    pub external_id: String,
    #[schema(max_length = 500)]
    pub title: String,
    /// http(s).
    pub image: Option<String>,
    pub updated_at: DateTime<Utc>,
    /// Gone from sale: nothing can be exchanged for it.
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    #[schema(max_items = 2048)]
    pub variants: Vec<Variant>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Variant {
    #[schema(max_length = 200)]
    pub external_id: String,
    /// The id its stock is told under, when that is another.
    pub stock_id: Option<String>,
    pub sku: Option<String>,
    #[serde(default)]
    pub options: Vec<NamedValue>,
    /// http(s).
    pub image: Option<String>,
    pub price: Option<MoneyBody>,
    /// Pieces there are; left out when nobody counts.
    pub stock: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Stock {
    /// The variant's `external_id` or `stock_id`.
    pub stock_id: String,
    pub available: i64,
    /// Which of several places this is the count of; counts of places add up.
    pub place: Option<String>,
    pub updated_at: DateTime<Utc>,
}

#[derive(OpenApi)]
#[openapi(components(schemas(Body)))]
struct Schemas;

/// The JSON Schema (draft 2020-12) of [`Body`].
pub fn json_schema() -> Value {
    let mut document = serde_json::to_value(Schemas::openapi()).unwrap_or_default();
    let mut schemas = document.pointer_mut("/components/schemas").map(Value::take).unwrap_or_default();
    move_references(&mut schemas);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Comptoir generic hook",
        "$ref": "#/$defs/Body",
        "$defs": schemas,
    })
}

/// References point into the components of an OpenAPI document; here they point into `$defs`.
fn move_references(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix("#/components/schemas/") {
                *text = format!("#/$defs/{name}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(move_references),
        Value::Object(fields) => fields.values_mut().for_each(move_references),
        _ => {}
    }
}
