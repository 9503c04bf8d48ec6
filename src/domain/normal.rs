//! The normal form: what any outside system's news becomes before the domain hears of it. Plain typed data; how a body
//! is turned into it is in `connect`, what happens because of it is in `orders`, `shipments` and `catalogue`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::money::{Currency, Money};
use crate::text_enum;

text_enum! {
    /// What kind of purchase an order is.
    pub enum OrderKind { Goods = "goods", Booking = "booking", Subscription = "subscription" }
}

text_enum! {
    /// How far the shop got with the money.
    pub enum PaymentState {
        Pending = "pending",
        Authorized = "authorized",
        PartiallyPaid = "partially_paid",
        Paid = "paid",
        PartiallyRefunded = "partially_refunded",
        Refunded = "refunded",
        Voided = "voided",
        Failed = "failed",
    }
}

text_enum! {
    /// How far the shop got with the goods.
    pub enum FulfilmentState { None = "none", Partial = "partial", Fulfilled = "fulfilled", Returned = "returned" }
}

text_enum! {
    /// Where a parcel is, in one vocabulary for every carrier and shop.
    pub enum ShipmentStatus {
        LabelCreated = "label_created",
        Accepted = "accepted",
        InTransit = "in_transit",
        Customs = "customs",
        OutForDelivery = "out_for_delivery",
        AvailableForPickup = "available_for_pickup",
        AttemptFailed = "attempt_failed",
        Delayed = "delayed",
        Exception = "exception",
        Delivered = "delivered",
        Returning = "returning",
        Returned = "returned",
        Cancelled = "cancelled",
        Expired = "expired",
        Unknown = "unknown",
        Lost = "lost",
    }
}

/// One piece of news from an outside system.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// The full state of an order.
    Order(Box<OrderNews>),
    /// The full state of one parcel of an order that may not have arrived yet.
    Shipment { order: String, shipment: ShipmentNews },
    /// Something that happened to a parcel; order and parcel may not have arrived yet.
    Milestone { order: String, shipment: String, milestone: MilestoneNews },
    /// Money given back on an order that may not have arrived yet.
    Refund { order: String, refund: RefundNews },
    /// The full state of a product with its variants.
    Product(Box<ProductNews>),
    /// The full state of a product whose variants are told of one by one.
    Family(FamilyNews),
    /// The full state of one variant of a product.
    Member(Box<MemberNews>),
    /// How many pieces of a variant there are.
    Stock(StockNews),
    /// Understood, and nothing to do with what we keep (a draft order, a topic we do not follow).
    Nothing,
}

/// The full state of an order, as its system tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderNews {
    pub external_id: String,
    /// As people say it, with its prefix: `#1001`.
    pub number: String,
    pub kind: OrderKind,
    pub placed_at: DateTime<Utc>,
    /// Newer wins.
    pub updated_at: DateTime<Utc>,
    pub test: bool,
    pub currency: Currency,
    pub payment: PaymentState,
    /// The buyer has committed to it: placed, processing, on hold, cash on delivery. Decides whether a pending order is real.
    pub placed: bool,
    /// A draft or an abandoned checkout: never real.
    pub draft: bool,
    pub fulfilment: FulfilmentState,
    pub customer: CustomerNews,
    pub ship_to: Option<Address>,
    pub lines: Vec<LineNews>,
    pub discount: Money,
    pub shipping: Money,
    pub tax: Money,
    pub tax_included: bool,
    pub total: Money,
    pub refunded: Money,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub cancel_reason: Option<String>,
    pub shipments: Vec<ShipmentNews>,
    pub refunds: Vec<RefundNews>,
    /// Where an agent sees it in the shop; http(s) only.
    pub admin_url: Option<String>,
}

/// Who bought. All of it may be missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomerNews {
    pub external_id: Option<String>,
    pub name: Option<String>,
    /// Trimmed and lower case; never the empty string.
    pub email: Option<String>,
    pub phone: Option<String>,
    /// As the system wrote it: `fr`, `fr-FR`.
    pub locale: Option<String>,
    /// What they probably read, where no system ever said: their country's language.
    pub likely_locale: Option<String>,
}

/// Where it goes. Every part is optional text as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: Option<String>,
    pub line1: Option<String>,
    pub line2: Option<String>,
    pub postcode: Option<String>,
    pub city: Option<String>,
    /// ISO 3166 two letters.
    pub country: Option<String>,
}

/// A named choice: colour, size; or a wish of the buyer on a line (engraving).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// `Color`, `Size`; may be empty when the system tells values only.
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LineNews {
    pub external_id: String,
    pub product: Option<String>,
    pub variant: Option<String>,
    pub sku: Option<String>,
    pub title: String,
    pub options: Vec<Choice>,
    pub custom: Vec<Choice>,
    /// http(s) only.
    pub image: Option<String>,
    /// Pieces, 1 to 100,000.
    pub quantity: u32,
    pub fulfilled: u32,
    pub refunded: u32,
    pub unit_price: Money,
    pub discount: Money,
    pub tax: Money,
    pub requires_shipping: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ShipmentNews {
    pub external_id: String,
    pub carrier: Option<String>,
    pub numbers: Vec<String>,
    /// http(s) only.
    pub urls: Vec<String>,
    /// `None` for a fulfilment that failed or was never made: not shown as shipped.
    pub status: Option<ShipmentStatus>,
    /// When the shop sent it off.
    pub shipped_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    /// Line (external id) and pieces in this parcel.
    pub lines: Vec<(String, u32)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MilestoneNews {
    pub external_id: String,
    pub status: ShipmentStatus,
    /// The carrier's time; it orders milestones, not the arrival.
    pub at: DateTime<Utc>,
    pub place: Option<String>,
    /// The carrier's own words.
    pub message: Option<String>,
    pub expected_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RefundNews {
    pub external_id: String,
    /// What really went back: successful transactions, not lines. Zero when only goods came back.
    pub amount: Money,
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
    /// Line (external id) and pieces given back.
    pub lines: Vec<(String, u32)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ProductNews {
    pub external_id: String,
    pub title: String,
    pub image: Option<String>,
    pub updated_at: DateTime<Utc>,
    /// Gone from sale: nothing can be exchanged for it.
    pub retired: bool,
    pub variants: Vec<VariantNews>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FamilyNews {
    pub external_id: String,
    pub title: String,
    pub image: Option<String>,
    pub updated_at: DateTime<Utc>,
    pub retired: bool,
    /// The external ids of all its variants.
    pub variants: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MemberNews {
    /// The external id of its product, which may not have arrived yet.
    pub product: String,
    /// What the product is called, until it says so itself.
    pub title: String,
    pub updated_at: DateTime<Utc>,
    pub retired: bool,
    pub variant: VariantNews,
}

#[derive(Debug, Clone, PartialEq)]
pub struct VariantNews {
    pub external_id: String,
    /// The id stock news comes under, when it is another.
    pub stock_id: Option<String>,
    pub sku: Option<String>,
    pub options: Vec<Choice>,
    pub image: Option<String>,
    /// In the shop's currency; `None` keeps the merchant's currency unknown to a product feed without one.
    pub price: Option<rust_decimal::Decimal>,
    pub currency: Option<Currency>,
    /// `None`: the shop does not count, or does not say.
    pub stock: Option<i64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StockNews {
    /// The variant's external id or its stock id.
    pub stock_id: String,
    pub available: i64,
    /// Which of several places this count is of; counts of places add up.
    pub place: String,
    pub updated_at: DateTime<Utc>,
}

impl OrderNews {
    /// The same without anything that tells who bought: what is kept of an order whose buyer was erased.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        let lines = self.lines.iter().map(|line| LineNews { custom: Vec::new(), ..line.clone() });
        let refunds = self.refunds.iter().map(|refund| RefundNews { reason: None, ..refund.clone() });
        Self {
            customer: CustomerNews::default(),
            ship_to: None,
            admin_url: None,
            cancel_reason: None,
            lines: lines.collect(),
            shipments: self.shipments.iter().map(ShipmentNews::anonymous).collect(),
            refunds: refunds.collect(),
            ..self.clone()
        }
    }
}

impl ShipmentNews {
    /// The same without what leads to the address: its numbers and where they are followed.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { numbers: Vec::new(), urls: Vec::new(), ..self.clone() }
    }
}

impl MilestoneNews {
    /// The same without where it was and what was said of it.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { place: None, message: None, ..self.clone() }
    }
}

/// Why a body is not news: what is wrong, and where (a JSON pointer into the body).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub pointer: String,
    /// In plain English, for the developer or merchant who sent it.
    pub problem: String,
}

/// Whether an order is real: from then on it has a thread. Drafts, checkouts, failed and voided orders never are.
pub fn is_real(order: &OrderNews) -> bool {
    use PaymentState::{Authorized, Failed, Paid, PartiallyPaid, PartiallyRefunded, Pending, Refunded, Voided};
    match order.payment {
        _ if order.draft => false,
        Authorized | PartiallyPaid | Paid | PartiallyRefunded | Refunded => true,
        Pending => order.placed,
        Failed | Voided => false,
    }
}
