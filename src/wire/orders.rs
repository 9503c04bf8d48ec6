//! Orders as programs see them, and what a list of them is narrowed by.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Cursor, Limit, MoneyOut, people::ShopperOut, shipments::ShipmentOut};
use crate::{
    domain::{
        money::Money,
        normal::{Choice, FulfilmentState, OrderKind, PaymentState},
        orders::{LineDetail, OrderDetail},
    },
    ids::{LineId, OrderId, ShopId, ThreadId},
};

/// What was bought, as its shop last told it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderOut {
    pub id: OrderId,
    /// As people say it, with its mark.
    #[schema(example = "#1001")]
    pub number: String,
    /// The shop's own id of it.
    #[schema(example = "5544332211")]
    pub external_id: String,
    /// The system that told it: its kind, and which store.
    #[schema(example = "shopify:demo.myshopify.com")]
    pub source: String,
    pub shop_id: ShopId,
    pub kind: OrderKind,
    pub state: OrderState,
    pub payment_state: PaymentState,
    pub fulfilment_state: FulfilmentState,
    /// Not a real purchase.
    pub test: bool,
    /// By the shop's clock.
    pub placed_at: DateTime<Utc>,
    /// When it last changed here: what `updated_since` looks at.
    pub updated_at: DateTime<Utc>,
    /// When the shop cancelled it.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// ISO 4217; all its money is in it.
    #[schema(example = "EUR", min_length = 3, max_length = 3)]
    pub currency: &'static str,
    /// What is paid for all of it; refunds do not lower it.
    pub total: MoneyOut,
    /// What was given back so far.
    pub refunded: MoneyOut,
    pub discount: MoneyOut,
    pub shipping: MoneyOut,
    pub tax: MoneyOut,
    /// Its one conversation; null until the order is real.
    pub thread_id: Option<ThreadId>,
    /// Null when the order names nobody.
    pub shopper: Option<ShopperOut>,
    /// What is in it, in the shop's order.
    pub lines: Vec<LineOut>,
    /// Its parcels, the first sent first.
    pub shipments: Vec<ShipmentOut>,
}

/// What an order is beside its money and its goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    Open,
    Cancelled,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderLine)]
pub struct LineOut {
    pub id: LineId,
    /// As the shop called it then.
    #[schema(example = "Linen shirt")]
    pub title: String,
    /// Colour, size.
    pub options: Vec<OptionOut>,
    /// Pieces bought.
    #[schema(example = 1)]
    pub quantity: i32,
    /// Pieces given back.
    #[schema(example = 0)]
    pub refunded: i32,
    /// What one piece cost.
    pub unit_price: MoneyOut,
    /// The address of a picture; one that begins with `/` is on this installation.
    pub picture: Option<String>,
    /// The stock keeping unit.
    #[schema(example = "SHIRT-ECRU-M")]
    pub sku: Option<String>,
    /// The shop's own id of what was bought.
    pub variant: Option<String>,
}

/// A chosen option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ChosenOption)]
pub struct OptionOut {
    /// Empty when the shop tells values only.
    #[schema(example = "Colour")]
    pub name: String,
    /// What was chosen.
    #[schema(example = "Ecru")]
    pub value: String,
}

impl OptionOut {
    pub fn all(choices: &[Choice]) -> Vec<Self> {
        let option = |choice: &Choice| Self { name: choice.name.clone(), value: choice.value.clone() };
        choices.iter().map(option).collect()
    }
}

impl From<&OrderDetail> for OrderOut {
    fn from(detail: &OrderDetail) -> Self {
        let order = &detail.order;
        Self {
            id: order.id,
            number: order.number.clone(),
            external_id: order.external_id.clone(),
            source: order.source.clone(),
            shop_id: order.shop_id,
            kind: order.kind,
            state: if order.cancelled_at.is_some() { OrderState::Cancelled } else { OrderState::Open },
            payment_state: order.payment_state,
            fulfilment_state: order.fulfilment_state,
            test: order.test,
            placed_at: order.placed_at.utc(),
            updated_at: order.updated_at.utc(),
            cancelled_at: order.cancelled_at.map(Into::into),
            currency: order.currency.code(),
            total: order.total().into(),
            refunded: order.refunded().into(),
            discount: order.discount().into(),
            shipping: order.shipping().into(),
            tax: order.tax().into(),
            thread_id: detail.thread_id,
            shopper: detail.shopper.as_ref().map(ShopperOut::from),
            lines: detail.lines.iter().map(|line| LineOut::of(detail, line)).collect(),
            shipments: detail.shipments.iter().map(ShipmentOut::from).collect(),
        }
    }
}

impl LineOut {
    fn of(order: &OrderDetail, detail: &LineDetail) -> Self {
        let line = &detail.line;
        Self {
            id: line.id,
            title: line.title.clone(),
            options: OptionOut::all(detail.options()),
            quantity: line.quantity,
            refunded: detail.given_back,
            unit_price: Money::from_minor(line.unit_price, order.order.currency).into(),
            picture: detail.picture().map(str::to_owned),
            sku: line.sku.clone(),
            variant: line.variant.clone(),
        }
    }
}

/// What a list of orders is narrowed by.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrderQuery {
    /// The order's number, with or without its mark, in any case.
    #[param(example = "1001")]
    pub number: Option<String>,
    /// The shop's own id.
    pub external_id: Option<String>,
    /// The address the order names, in any case.
    #[param(example = "jon@example.com")]
    pub email: Option<String>,
    /// Only what changed at this moment or later.
    pub updated_since: Option<DateTime<Utc>>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}
