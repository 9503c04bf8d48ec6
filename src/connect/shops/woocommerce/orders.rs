//! A WooCommerce order: its one status, its dates and its refunds say how far money and goods are.

use chrono::{DateTime, Utc};

use super::{
    lines::{self, Sold},
    parcels, people,
    prices::{self, gross, price},
    refunds,
};
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, sum},
    },
    domain::{
        money::Money,
        normal::{FulfilmentState, News, OrderKind, OrderNews, PaymentState},
    },
};

/// The full state of an order of the store at `source`.
pub(super) fn order(order: &Field<'_>, source: &str) -> Option<News> {
    let currency = order.get("currency").must(Field::currency)?;
    let placed_at = moment(order, "date_created").must(Field::time_as_utc)?;
    let updated_at = moment(order, "date_modified").time_as_utc().unwrap_or(placed_at);
    let with_tax = order.get("prices_include_tax").flag().unwrap_or(false);
    let total = order.get("total").must(|total| prices::signed(total, currency)).and_then(|sum| positive(order, sum));
    let refunds = refunds::of_order(order, currency, updated_at);
    let refunded = sum(&order.get("refunds"), refunds.iter().map(|refund| refund.amount), currency);
    let standing = Standing::of(order);
    let fulfilment = standing.fulfilment();
    let shipments = parcels::of_order(order, updated_at);
    let sold = Sold { currency, with_tax, sent: fulfilment == FulfilmentState::Fulfilled, parcels: &shipments };
    let external_id = order.get("id").required(Field::id);
    let discounts = [gross(order, "discount_total", "discount_tax", with_tax, currency), rebates(order, &sold)];
    let total = total?;
    Some(News::Order(Box::new(OrderNews {
        number: order.get("number").id().unwrap_or_else(|| external_id.clone()),
        kind: OrderKind::Goods,
        placed_at,
        updated_at,
        test: false,
        currency,
        payment: standing.payment(refunded, total),
        placed: standing.is_placed(),
        draft: standing.is_draft(),
        fulfilment,
        customer: people::customer(order),
        ship_to: people::address(&order.get("shipping")),
        lines: lines::lines(order, &sold),
        discount: sum(&order.get("discount_total"), discounts, currency),
        shipping: gross(order, "shipping_total", "shipping_tax", with_tax, currency),
        tax: price(&order.get("total_tax"), currency),
        tax_included: with_tax,
        total,
        refunded,
        cancelled_at: (standing.status == "cancelled").then_some(updated_at),
        cancel_reason: None,
        shipments,
        refunds,
        admin_url: admin_url(source, &external_id),
        external_id,
    })))
}

/// The moment called `name`, in UTC where it is told so; else as the store's clock showed it.
fn moment<'a>(order: &Field<'a>, name: &str) -> Field<'a> {
    let utc = order.get(&format!("{name}_gmt"));
    if utc.is_missing() { order.get(name) } else { utc }
}

fn positive(order: &Field<'_>, total: Money) -> Option<Money> {
    if total.is_negative() {
        order.get("total").wrong("must not be negative");
        return None;
    }
    Some(total)
}

/// What plugins take off as a fee below zero.
fn rebates(order: &Field<'_>, sold: &Sold<'_>) -> Money {
    let fees = order.get("fee_lines");
    let parts: &[&str] = if sold.with_tax { &["total", "total_tax"] } else { &["total"] };
    let items = fees.items(MOST_EXTRAS);
    let amounts = items.iter().flat_map(|fee| parts.iter().map(|part| fee.get(part)));
    let amounts = amounts.filter_map(|amount| prices::signed(&amount, sold.currency));
    sum(&fees, amounts.filter(|amount| amount.is_negative()).map(Money::abs), sold.currency)
}

/// How far an order is.
struct Standing {
    status: String,
    paid_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
}

impl Standing {
    fn of(order: &Field<'_>) -> Self {
        let status = order.get("status").name().unwrap_or_default().to_lowercase();
        Self {
            status: status.strip_prefix("wc-").unwrap_or(&status).to_owned(),
            paid_at: moment(order, "date_paid").time_as_utc(),
            completed_at: moment(order, "date_completed").time_as_utc(),
        }
    }

    fn is_draft(&self) -> bool {
        matches!(self.status.as_str(), "checkout-draft" | "auto-draft" | "draft" | "trash")
    }

    /// The buyer has committed to it. Statuses of a shop's own making come after that.
    fn is_placed(&self) -> bool {
        !self.is_draft() && !matches!(self.status.as_str(), "" | "pending" | "failed" | "cancelled")
    }

    fn payment(&self, refunded: Money, total: Money) -> PaymentState {
        let unpaid = match self.status.as_str() {
            "failed" => return PaymentState::Failed,
            "refunded" => return PaymentState::Refunded,
            "cancelled" => PaymentState::Voided,
            "partially-paid" | "partial-payment" => PaymentState::PartiallyPaid,
            // Some gateways and imports leave the day of payment out.
            "completed" => PaymentState::Paid,
            _ => PaymentState::Pending,
        };
        match unpaid {
            _ if refunded.minor() > 0 && refunded.minor() >= total.minor() => PaymentState::Refunded,
            _ if refunded.minor() > 0 => PaymentState::PartiallyRefunded,
            PaymentState::PartiallyPaid => unpaid,
            _ if self.paid_at.is_some() => PaymentState::Paid,
            _ => unpaid,
        }
    }

    /// Completed is what a shop calls an order once it has sent it.
    fn fulfilment(&self) -> FulfilmentState {
        match self.status.as_str() {
            "completed" | "shipped" | "delivered" => FulfilmentState::Fulfilled,
            "refunded" if self.completed_at.is_some() => FulfilmentState::Fulfilled,
            "partial-shipped" | "partially-shipped" => FulfilmentState::Partial,
            _ => FulfilmentState::None,
        }
    }
}

fn admin_url(source: &str, order: &str) -> Option<String> {
    let is_web = source.starts_with("https://") || source.starts_with("http://");
    let is_plain = source.bytes().all(|b| b.is_ascii_alphanumeric() || b".:/-_~%".contains(&b));
    let is_number = !order.is_empty() && order.bytes().all(|digit| digit.is_ascii_digit());
    let store = source.trim_end_matches('/');
    (is_web && is_plain && is_number).then(|| format!("{store}/wp-admin/post.php?post={order}&action=edit"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    fn standing(status: &str, paid: bool) -> Standing {
        let at = DateTime::from_timestamp(1, 0);
        Standing { status: status.to_owned(), paid_at: at.filter(|_| paid), completed_at: None }
    }

    #[test]
    fn a_status_and_the_day_of_payment_say_how_far_the_money_is() {
        let euro: Currency = "EUR".parse().unwrap();
        let money = |minor| Money::from_minor(minor, euro);
        let told = |status, paid, refunded| standing(status, paid).payment(money(refunded), money(1000));
        for (status, paid, refunded, expected) in [
            ("pending", false, 0, PaymentState::Pending),
            ("on-hold", false, 0, PaymentState::Pending),
            ("processing", false, 0, PaymentState::Pending),
            ("processing", true, 0, PaymentState::Paid),
            ("completed", false, 0, PaymentState::Paid),
            ("packed", true, 0, PaymentState::Paid),
            ("partially-paid", true, 0, PaymentState::PartiallyPaid),
            ("failed", false, 0, PaymentState::Failed),
            ("cancelled", false, 0, PaymentState::Voided),
            ("cancelled", true, 0, PaymentState::Paid),
            ("processing", true, 350, PaymentState::PartiallyRefunded),
            ("cancelled", true, 1000, PaymentState::Refunded),
            ("refunded", true, 0, PaymentState::Refunded),
        ] {
            assert_eq!(told(status, paid, refunded), expected, "{status} {paid} {refunded}");
        }
        // What cost nothing was not given back.
        assert_eq!(standing("completed", true).payment(money(0), money(0)), PaymentState::Paid);
    }

    #[test]
    fn an_order_is_placed_once_the_buyer_has_committed_to_it() {
        for status in ["processing", "on-hold", "completed", "refunded", "awaiting-shipment"] {
            assert!(standing(status, false).is_placed(), "{status}");
        }
        for status in ["pending", "checkout-draft", "failed", "cancelled", "trash", ""] {
            assert!(!standing(status, false).is_placed(), "{status}");
        }
        assert!(standing("checkout-draft", false).is_draft() && standing("trash", true).is_draft());
    }

    #[test]
    fn an_order_is_seen_in_its_store() {
        let seen = admin_url("https://shop.example/", "15");
        assert_eq!(seen.as_deref(), Some("https://shop.example/wp-admin/post.php?post=15&action=edit"));
        for bad in ["", "javascript:alert(1)", "https://shop.example/?x=", "shop.example", "https://a b"] {
            assert_eq!(admin_url(bad, "15"), None, "{bad}");
        }
        assert_eq!(admin_url("https://shop.example/", "x"), None);
    }
}
