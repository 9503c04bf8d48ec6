//! The policy: may I, until when, what does it cost, why not. Pure, and the same answer for shopper, agent and program.

pub mod terms;

use chrono::{DateTime, Duration, Utc};

use super::{
    catalogue::{Offer, Variant},
    money::Money,
    normal::{OrderKind, PaymentState, ShipmentStatus},
    orders::{LineDetail, OrderDetail},
    shipments::Shipment,
};
use crate::{error::Says, i18n::key};
pub use terms::{Rules, Terms};

/// Whether a line can be exchanged now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exchange {
    /// Until then, so many pieces.
    Allowed { until: DateTime<Utc>, pieces: i32 },
    /// Not, and why.
    Refused(Says),
}

impl Exchange {
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

/// The last moment an order's lines can be exchanged: so many days after it arrived; while that is not known, after it was
/// sent; while nothing was sent, the days have not begun.
pub fn exchange_until(order: &OrderDetail, days: i32, now: DateTime<Utc>) -> DateTime<Utc> {
    let arrived = |parcel: &Shipment| {
        let delivered = parcel.milestones.iter().rfind(|m| m.status == ShipmentStatus::Delivered);
        delivered.map(|milestone| milestone.happened_at.utc())
    };
    let sent = |parcel: &Shipment| parcel.shipped_at.map(|at| at.utc());
    let counted_from = order
        .shipments
        .iter()
        .map(|parcel| arrived(parcel).or_else(|| sent(parcel)).unwrap_or_else(|| order.order.placed_at.utc()))
        .max();
    counted_from.unwrap_or(now) + Duration::days(i64::from(days))
}

/// Whether a line of an order can be exchanged: `in_cases` pieces of it are in open requests already.
pub fn exchange(order: &OrderDetail, line: &LineDetail, in_cases: i32, terms: &Terms, now: DateTime<Utc>) -> Exchange {
    let until = exchange_until(order, terms.days_for(line.title()), now);
    let pieces = line.kept() - in_cases;
    let refused = |key| Exchange::Refused(Says::new(key));
    let paid = !matches!(
        order.order.payment_state,
        PaymentState::Pending | PaymentState::Voided | PaymentState::Failed | PaymentState::Refunded
    );
    match line.product.as_ref() {
        _ if order.order.cancelled_at.is_some() => refused(key("policy-cancelled")),
        _ if order.order.kind != OrderKind::Goods => refused(key("policy-no-goods")),
        _ if !paid => refused(key("policy-unpaid")),
        _ if line.kept() == 0 => refused(key("policy-given-back")),
        _ if pieces <= 0 => refused(key("policy-asked-already")),
        None => refused(key("policy-unknown-product")),
        Some(product) if !product.exchangeable => refused(key("policy-not-exchangeable")),
        Some(product) if product.retired => refused(key("policy-retired")),
        Some(product) if terms.never(&product.title) => refused(key("policy-never")),
        Some(_) if terms.rules.is_final(line) => refused(key("policy-final")),
        Some(_) if now > until => refused(key("policy-too-late")),
        Some(_) => Exchange::Allowed { until, pieces },
    }
}

/// The last day on which anything of an order can be exchanged; none when nothing can.
pub fn last_day(
    order: &OrderDetail,
    in_cases: impl Fn(&LineDetail) -> i32,
    terms: &Terms,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let until = |line: &LineDetail| match exchange(order, line, in_cases(line), terms, now) {
        Exchange::Allowed { until, .. } => Some(until),
        Exchange::Refused(_) => None,
    };
    order.lines.iter().filter_map(until).max()
}

/// What exchanging pieces of a line for a variant costs: what is to be paid for them now, less what was paid for them
/// then, as far as the terms settle it. Nothing when the two sell for the same today: who swaps like for like keeps the
/// price they paid. Negative: the shopper gets money back.
///
/// # Errors
/// Why the line cannot be swapped for it: the terms do not let it, or a price is not known or in another currency.
pub fn swap(
    line: &LineDetail,
    to: &Variant,
    pieces: i32,
    paid_in: super::money::Currency,
    terms: &Terms,
) -> Result<Difference, Says> {
    if !terms.rules.lets(line.variant.as_ref(), to) {
        let only = terms.rules.only.as_deref().unwrap_or_default();
        return Err(Says::new(key("policy-only")).with("option", only));
    }
    let unknown = || Says::new(key("policy-no-price"));
    let to_price = to.price().filter(|price| price.currency() == paid_in).ok_or_else(unknown)?;
    let quantity = i64::from(line.line.quantity.max(1));
    // The line's discount, shared over its pieces; the remainder stays with the shop.
    let paid_minor = line.line.unit_price - line.line.discount / quantity;
    let from = Money::from_minor(paid_minor, paid_in);
    let same_today = line.variant.as_ref().and_then(Variant::price) == Some(to_price);
    let each = if same_today { Money::zero(paid_in) } else { to_price.minus(from).map_err(|_| unknown())? };
    let total = each.times(i64::from(pieces)).map_err(|_| unknown())?;
    Ok(Difference { from, to: to_price, total: terms.rules.settled(total)? })
}

/// What an exchange costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Paid then, for one piece.
    pub from: Money,
    /// Sells for now, one piece.
    pub to: Money,
    /// To be settled, for all pieces: positive from the shopper, negative to the shopper.
    pub total: Money,
}

/// Something an agent weighs before deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub fine: bool,
    pub says: Says,
}

/// What the policy says of a request, line by line, for whoever decides it. `offer` counts the pieces set aside for this
/// very request as available.
pub fn checks(order: &OrderDetail, requested_at: DateTime<Utc>, offer: &Offer, pieces: i32, days: i32) -> Vec<Check> {
    let until = exchange_until(order, days, requested_at);
    let since = (requested_at - order.order.placed_at.utc()).num_days().max(0);
    let window = Check {
        fine: requested_at <= until,
        says: Says::new(key("check-window")).counting("since", since).with("limit", days),
    };
    let stock = match offer.available {
        Some(left) => Check { fine: left >= i64::from(pieces), says: Says::new(key("check-stock")).with("left", left) },
        None => Check { fine: true, says: Says::new(key("check-stock-uncounted")) },
    };
    let arrived =
        !order.shipments.is_empty() && order.shipments.iter().all(|parcel| parcel.status == ShipmentStatus::Delivered);
    let says = if arrived { Says::new(key("check-delivered")) } else { Says::new(key("check-not-delivered")) };
    vec![window, stock, Check { fine: arrived, says }]
}
