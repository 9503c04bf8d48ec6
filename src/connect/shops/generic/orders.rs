//! Orders of the generic hook: the order itself, who bought, and its lines.

use super::{choices, money, money_or_zero, must_differ, parcels};
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_LINES, sum},
    },
    domain::{
        money::{Currency, Money},
        normal::{
            Address, CustomerNews, FulfilmentState, LineNews, News, OrderKind, OrderNews, PaymentState, RefundNews,
        },
    },
};

pub(super) fn upserted(data: &Field<'_>) -> Option<Vec<News>> {
    let order = order(data)?;
    let parcels = data.get("shipments").items(MOST_LINES);
    let milestones: Vec<News> =
        parcels.iter().flat_map(|parcel| parcels::milestones(parcel, &order.external_id)).collect();
    Some(std::iter::once(News::Order(Box::new(order))).chain(milestones).collect())
}

/// An order's full state whose `cancelled_at` must be there.
pub(super) fn cancelled(data: &Field<'_>) -> Option<Vec<News>> {
    data.get("cancelled_at").must(Field::time);
    upserted(data)
}

fn order(data: &Field<'_>) -> Option<OrderNews> {
    let currency = data.get("currency").must(Field::currency);
    let lines = lines(&data.get("lines"), currency);
    let refunds = refunds(&data.get("refunds"), currency);
    let [discount, shipping, tax] =
        ["discount_total", "shipping_total", "tax_total"].map(|name| money_or_zero(&data.get(name), currency));
    let total = data.get("total").must(|total| money(total, currency));
    let shipments = data.get("shipments").items(MOST_LINES);
    must_differ(&shipments);
    let refunded = refunded(data, &refunds, currency);
    Some(OrderNews {
        external_id: data.get("external_id").required(Field::id),
        number: data.get("number").required(Field::id),
        kind: data.get("kind").word(OrderKind::ALL).unwrap_or(OrderKind::Goods),
        placed_at: data.get("placed_at").required(Field::time),
        updated_at: data.get("updated_at").required(Field::time),
        test: data.get("test").flag().unwrap_or(false),
        payment: data.get("payment_state").must(|state| state.word(PaymentState::ALL)).unwrap_or(PaymentState::Pending),
        placed: data.get("placed").flag().unwrap_or(false),
        draft: data.get("draft").flag().unwrap_or(false),
        fulfilment: data.get("fulfilment_state").word(FulfilmentState::ALL).unwrap_or(FulfilmentState::None),
        customer: data.get("customer").object().map(|customer| self::customer(&customer)).unwrap_or_default(),
        ship_to: data.get("ship_to").object().map(|address| self::address(&address)),
        tax_included: data.get("tax_included").flag().unwrap_or(false),
        cancelled_at: data.get("cancelled_at").time(),
        cancel_reason: data.get("cancel_reason").note(),
        shipments: shipments.iter().filter_map(parcels::shipment).collect(),
        admin_url: data.get("admin_url").link(),
        currency: currency?,
        lines,
        refunds,
        discount: discount?,
        shipping: shipping?,
        tax: tax?,
        total: total?,
        refunded: refunded?,
    })
}

fn customer(customer: &Field<'_>) -> CustomerNews {
    CustomerNews {
        external_id: customer.get("external_id").id(),
        name: customer.get("name").name(),
        email: customer.get("email").email(),
        phone: customer.get("phone").name(),
        locale: customer.get("locale").name(),
        likely_locale: None,
    }
}

fn address(address: &Field<'_>) -> Address {
    Address {
        name: address.get("name").name(),
        line1: address.get("line1").name(),
        line2: address.get("line2").name(),
        postcode: address.get("postcode").name(),
        city: address.get("city").name(),
        country: address.get("country").country(),
    }
}

fn lines(lines: &Field<'_>, currency: Option<Currency>) -> Vec<LineNews> {
    let items = lines.items(MOST_LINES);
    must_differ(&items);
    items.iter().filter_map(|line| self::line(&line.must(Field::object)?, currency)).collect()
}

fn line(line: &Field<'_>, currency: Option<Currency>) -> Option<LineNews> {
    let unit_price = line.get("unit_price").must(|price| money(price, currency));
    let discount = money_or_zero(&line.get("discount_total"), currency);
    let tax = money_or_zero(&line.get("tax_total"), currency);
    let quantity = line.get("quantity").required(|quantity| quantity.pieces(1));
    let [fulfilled, refunded] = ["fulfilled_quantity", "refunded_quantity"].map(|name| {
        let field = line.get(name);
        let pieces = field.pieces(0).unwrap_or(0);
        if quantity > 0 && pieces > quantity {
            field.wrong("must not be more than the line's quantity");
        }
        pieces
    });
    Some(LineNews {
        external_id: line.get("external_id").required(Field::id),
        product: line.get("product_id").id(),
        variant: line.get("variant_id").id(),
        sku: line.get("sku").id(),
        title: line.get("title").required(Field::name),
        options: choices(&line.get("options")),
        custom: choices(&line.get("custom")),
        image: line.get("image").link(),
        quantity,
        fulfilled,
        refunded,
        requires_shipping: line.get("requires_shipping").flag().unwrap_or(true),
        unit_price: unit_price?,
        discount: discount?,
        tax: tax?,
    })
}

fn refunds(refunds: &Field<'_>, currency: Option<Currency>) -> Vec<RefundNews> {
    let items = refunds.items(MOST_LINES);
    must_differ(&items);
    items.iter().filter_map(|refund| parcels::refund(&refund.must(Field::object)?, currency)).collect()
}

/// What the sender says went back, else what its refunds add up to.
fn refunded(data: &Field<'_>, refunds: &[RefundNews], currency: Option<Currency>) -> Option<Money> {
    let told = data.get("refunded_total");
    if !told.is_missing() {
        return money(&told, currency);
    }
    Some(sum(&data.get("refunds"), refunds.iter().map(|refund| refund.amount), currency?))
}
