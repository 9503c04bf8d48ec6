//! A Shopify order with its lines; its fulfilments and refunds are read by their own modules.

use super::{
    people,
    prices::{price, total_of},
    refunds, shipments,
};
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, MOST_LINES, sum},
    },
    domain::{
        money::{Currency, Money},
        normal::{
            Choice, FulfilmentState, LineNews, News, OrderKind, OrderNews, PaymentState, RefundNews, ShipmentNews,
            ShipmentStatus,
        },
    },
};

/// What Shopify calls the one variant of a product without options.
pub(super) const NO_OPTION: &str = "Default Title";

/// The full state of an order of the shop at `domain`.
pub(super) fn order(order: &Field<'_>, domain: &str) -> Option<News> {
    let currency = order.get("currency").must(Field::currency)?;
    let zero = Money::zero(currency);
    let total = order.get("total_price").must(|_| price(order, "total_price", currency));
    let shipments: Vec<ShipmentNews> =
        order.get("fulfillments").items(MOST_LINES).iter().filter_map(shipments::shipment).collect();
    let refunds: Vec<RefundNews> = refunds::of_order(order, currency);
    let external_id = order.get("id").required(Field::id);
    Some(News::Order(Box::new(OrderNews {
        number: order.get("name").id().unwrap_or_else(|| external_id.clone()),
        kind: OrderKind::Goods,
        placed_at: order.get("processed_at").time().unwrap_or_else(|| order.get("created_at").required(Field::time)),
        updated_at: order.get("updated_at").required(Field::time),
        test: order.get("test").flag().unwrap_or(false),
        currency,
        payment: payment(order.get("financial_status").name().as_deref()),
        placed: true,
        draft: false,
        fulfilment: fulfilment(order.get("fulfillment_status").name().as_deref()),
        customer: people::customer(order),
        ship_to: people::address(&order.get("shipping_address")),
        lines: lines(&order.get("line_items"), currency, &shipments, &refunds),
        discount: price(order, "total_discounts", currency).unwrap_or(zero),
        shipping: price(order, "total_shipping_price", currency)
            .unwrap_or_else(|| total_of(&order.get("shipping_lines"), "price", currency)),
        tax: price(order, "total_tax", currency).unwrap_or(zero),
        tax_included: order.get("taxes_included").flag().unwrap_or(false),
        total: total?,
        refunded: sum(&order.get("refunds"), refunds.iter().map(|refund| refund.amount), currency),
        cancelled_at: order.get("cancelled_at").time(),
        cancel_reason: order.get("cancel_reason").note(),
        shipments,
        refunds,
        admin_url: admin_url(domain, &external_id),
        external_id,
    })))
}

fn payment(word: Option<&str>) -> PaymentState {
    match word {
        Some("authorized") => PaymentState::Authorized,
        Some("partially_paid") => PaymentState::PartiallyPaid,
        Some("paid") => PaymentState::Paid,
        Some("partially_refunded") => PaymentState::PartiallyRefunded,
        Some("refunded") => PaymentState::Refunded,
        Some("voided" | "expired") => PaymentState::Voided,
        _ => PaymentState::Pending,
    }
}

fn fulfilment(word: Option<&str>) -> FulfilmentState {
    match word {
        Some("partial") => FulfilmentState::Partial,
        Some("fulfilled") => FulfilmentState::Fulfilled,
        Some("restocked") => FulfilmentState::Returned,
        _ => FulfilmentState::None,
    }
}

fn lines(lines: &Field<'_>, currency: Currency, shipments: &[ShipmentNews], refunds: &[RefundNews]) -> Vec<LineNews> {
    let lines = lines.items(MOST_LINES).into_iter().filter_map(|item| item.must(Field::object));
    let made = |shipment: &&ShipmentNews| shipment.status.is_some_and(|status| status != ShipmentStatus::Cancelled);
    let line = |item: Field<'_>| {
        let mut line = self::line(&item, currency)?;
        let sent = shipments.iter().filter(made).flat_map(|shipment| &shipment.lines);
        let back = refunds.iter().flat_map(|refund| &refund.lines);
        line.fulfilled = pieces_of(&line, sent);
        line.refunded = pieces_of(&line, back);
        Some(line)
    };
    lines.filter_map(line).collect()
}

/// `None` for a line that an edit took all pieces from.
fn line(line: &Field<'_>, currency: Currency) -> Option<LineNews> {
    let zero = Money::zero(currency);
    let quantity = line.get("quantity").required(|quantity| quantity.pieces(0));
    let unit_price = line.get("price").must(|_| price(line, "price", currency));
    let allocations = line.get("discount_allocations");
    let discount = match allocations.items(MOST_EXTRAS).as_slice() {
        [] => price(line, "total_discount", currency).unwrap_or(zero),
        _ => total_of(&allocations, "amount", currency),
    };
    if quantity == 0 {
        return None;
    }
    Some(LineNews {
        external_id: line.get("id").required(Field::id),
        product: line.get("product_id").id(),
        variant: line.get("variant_id").id(),
        sku: line.get("sku").id(),
        title: line.get("title").name().unwrap_or_else(|| line.get("name").required(Field::name)),
        options: options(line.get("variant_title").name().as_deref()),
        custom: line.get("properties").items(MOST_EXTRAS).iter().filter_map(wish).collect(),
        image: None,
        quantity,
        fulfilled: 0,
        refunded: 0,
        unit_price: unit_price?,
        discount,
        tax: total_of(&line.get("tax_lines"), "price", currency),
        requires_shipping: line.get("requires_shipping").flag().unwrap_or(true),
    })
}

/// The values of a variant's title; their names are known to the product only.
fn options(title: Option<&str>) -> Vec<Choice> {
    let values = title.filter(|title| *title != NO_OPTION).into_iter().flat_map(|title| title.split(" / "));
    values.map(|value| Choice { name: String::new(), value: value.trim().to_owned() }).collect()
}

/// A wish of the buyer; names that begin with `_` are an app's own business.
fn wish(property: &Field<'_>) -> Option<Choice> {
    let name = property.get("name").name().filter(|name| !name.starts_with('_'))?;
    Some(Choice { name, value: property.get("value").note()? })
}

fn pieces_of<'a>(line: &LineNews, pieces: impl Iterator<Item = &'a (String, u32)>) -> u32 {
    let of_line = pieces.filter(|(id, _)| *id == line.external_id);
    of_line.fold(0_u32, |total, (_, count)| total.saturating_add(*count)).min(line.quantity)
}

fn admin_url(domain: &str, order: &str) -> Option<String> {
    let is_host = !domain.is_empty() && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    let is_number = !order.is_empty() && order.bytes().all(|digit| digit.is_ascii_digit());
    (is_host && is_number).then(|| format!("https://{domain}/admin/orders/{order}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_title_is_its_values() {
        let values = |title| options(title).into_iter().map(|choice| choice.value).collect::<Vec<_>>();
        assert_eq!(values(Some("Blue / M")), ["Blue", "M"]);
        assert_eq!(values(Some("151cm")), ["151cm"]);
        assert!(values(Some("Default Title")).is_empty());
        assert!(values(None).is_empty());
    }

    #[test]
    fn every_financial_status_has_a_payment_state() {
        for (word, state) in [
            (Some("pending"), PaymentState::Pending),
            (Some("authorized"), PaymentState::Authorized),
            (Some("partially_paid"), PaymentState::PartiallyPaid),
            (Some("paid"), PaymentState::Paid),
            (Some("partially_refunded"), PaymentState::PartiallyRefunded),
            (Some("refunded"), PaymentState::Refunded),
            (Some("voided"), PaymentState::Voided),
            (Some("expired"), PaymentState::Voided),
            (Some("a new word"), PaymentState::Pending),
            (None, PaymentState::Pending),
        ] {
            assert_eq!(payment(word), state, "{word:?}");
        }
    }

    #[test]
    fn the_admin_address_is_made_of_a_host_and_a_number_only() {
        assert_eq!(admin_url("a.myshopify.com", "7").as_deref(), Some("https://a.myshopify.com/admin/orders/7"));
        assert_eq!(admin_url("a.example/x?", "7"), None);
        assert_eq!(admin_url("a.example", "7/../8"), None);
        assert_eq!(admin_url("", "7"), None);
    }
}
