//! The order card: what is known of an order now, in words. It never says more than the shop and the carriers told.

mod parcels;

use chrono::{DateTime, Utc};

use super::{
    counter::Counter,
    view::{
        Total,
        parts::{Item, OrderCard, Progress, Step},
    },
};
use crate::{
    domain::{
        money::Money,
        normal::{FulfilmentState, OrderKind, PaymentState, ShipmentStatus},
        orders::{LineDetail, OrderDetail, arrival},
        shipments::Shipment,
    },
    i18n::{Words, key},
};
pub(super) use parcels::{event_key, icon, passed};

/// Steps an order or a parcel has behind it: ordered, packed, shipped, out for delivery, delivered.
const STEPS: usize = 5;

/// The card as it is after `seq`.
pub(super) fn card(counter: &Counter, order: &OrderDetail, seq: i64) -> OrderCard {
    let (t, told) = (&counter.t, &order.order);
    let standing = standing(t, order);
    OrderCard {
        t: *t,
        id: "order-card".to_owned(),
        seq,
        number: told.bare_number().to_owned(),
        placed_on: t.day_month(&told.placed_at.utc()),
        test: told.test,
        headline: standing.headline,
        when: standing.when,
        note: (!told.refunded().is_zero()).then(|| t.one("card-refunded-sum", "amount", t.money(&told.refunded()))),
        progress: standing.step.map(|step| progress(t, step)),
        parcels: shown(order).map(|parcel| parcels::parcel(counter, order, parcel)).collect(),
        items: order.lines.iter().map(|line| item(counter, order, line)).collect(),
        pieces: u32::try_from(order.pieces()).unwrap_or_default(),
        total: t.money(&told.total()),
        totals: totals(t, order),
    }
}

/// The parcels that are spoken of: a booking has none, whatever a shop tells.
fn shown(order: &OrderDetail) -> impl Iterator<Item = &Shipment> {
    order.shipments.iter().filter(|_| order.order.kind != OrderKind::Booking)
}

/// How far an order is, as far as it decides what its shopper may want to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing has been sent yet.
    Preparing,
    UnderWay,
    /// A parcel is not where it was to be.
    Late,
    Arrived,
    /// Cancelled, given back or on its way back: nothing comes any more.
    Over,
    /// Nothing is sent at all.
    NoGoods,
}

pub(super) fn stage(t: &Words, order: &OrderDetail) -> Stage {
    let told = &order.order;
    let over = told.cancelled_at.is_some()
        || matches!(told.payment_state, PaymentState::Refunded | PaymentState::Voided)
        || told.fulfilment_state == FulfilmentState::Returned;
    let late = |parcel: &Shipment| arrival::late(parcel, t.now(), t.zone()).is_some();
    let parcels: Vec<&Shipment> = arrival::under_way(order).filter(|_| told.kind != OrderKind::Booking).collect();
    match parcels.first() {
        _ if over => Stage::Over,
        None if told.kind != OrderKind::Goods => Stage::NoGoods,
        None if told.fulfilment_state == FulfilmentState::Fulfilled => Stage::UnderWay,
        None => Stage::Preparing,
        Some(_) if parcels.iter().any(|parcel| late(parcel)) => Stage::Late,
        Some(_) if arrival::arrived(order).is_some() => Stage::Arrived,
        Some(_) => Stage::UnderWay,
    }
}

/// Where an order stands.
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    headline: String,
    when: Option<String>,
    /// The step it is at; none when there is no way to show.
    step: Option<usize>,
}

fn standing(t: &Words, order: &OrderDetail) -> Standing {
    let told = &order.order;
    let plain = |key: &str, step| Standing { headline: t.get(key), when: None, step };
    if let Some(at) = told.cancelled_at {
        let when = Some(t.one("card-cancelled-on", "day", t.day_month(&at.utc())));
        return Standing { headline: t.get("card-cancelled"), when, step: None };
    }
    if told.payment_state == PaymentState::Refunded {
        return plain(key("card-refunded"), None);
    }
    if told.fulfilment_state == FulfilmentState::Returned {
        return plain(key("card-returned"), None);
    }
    let under_way: Vec<&Shipment> = shown(order).filter(|parcel| parcel.status != ShipmentStatus::Cancelled).collect();
    let Some(last) = under_way.iter().min_by_key(|parcel| parcels::rank(parcel.status)) else {
        return unsent(t, told.kind, told.fulfilment_state);
    };
    if let ([only], true) = (under_way.as_slice(), told.fulfilment_state != FulfilmentState::Partial) {
        let step = parcels::step(only.status);
        return Standing { headline: parcels::headline(t, only), when: parcels::when(t, only), step };
    }
    let arrived = under_way.iter().filter(|parcel| parcel.status == ShipmentStatus::Delivered).count();
    let when = Some(match arrived {
        0 => t.count("card-parcels", under_way.len()),
        _ => t.count_one("card-parcels-arrived", arrived, "total", under_way.len()),
    });
    if told.fulfilment_state == FulfilmentState::Partial && last.status == ShipmentStatus::Delivered {
        return Standing { headline: t.get("card-partly"), when, step: Some(1) };
    }
    if arrived > 0 && arrived < under_way.len() {
        let rest = under_way.len() - arrived;
        let headline = t.count_one("card-some-arrived", arrived, "rest", rest);
        return Standing { headline, when: next(t, &under_way).or(when), step: parcels::step(last.status) };
    }
    Standing { headline: parcels::headline(t, last), when, step: parcels::step(last.status) }
}

/// When the next of several parcels comes, while that is known and still ahead.
fn next(t: &Words, parcels: &[&Shipment]) -> Option<String> {
    let next = parcels.iter().filter_map(|parcel| parcels::expected(t, parcel)).min()?;
    Some(match day_to_come(t, &next) {
        ToCome::Past => return None,
        ToCome::Today => t.get("card-next-today"),
        ToCome::Tomorrow => t.get("card-next-tomorrow"),
        ToCome::Later => t.one("card-next", "day", t.day_month(&next)),
    })
}

/// An order of which no parcel is known.
fn unsent(t: &Words, kind: OrderKind, fulfilment: FulfilmentState) -> Standing {
    let (headline, step) = match (kind, fulfilment) {
        (OrderKind::Goods, FulfilmentState::Fulfilled) => (key("card-sent"), Some(2)),
        (OrderKind::Goods, FulfilmentState::Partial) => (key("card-partly"), Some(1)),
        (OrderKind::Goods, _) => (key("card-confirmed"), Some(0)),
        (OrderKind::Booking, _) => (key("card-booking"), None),
        (OrderKind::Subscription, _) => (key("card-subscription"), None),
    };
    Standing { headline: t.get(headline), when: None, step }
}

/// The five steps, at `now`; at [`STEPS`] all of them are done.
fn progress(t: &Words, now: usize) -> Progress {
    let labels: [&str; STEPS] = [
        key("progress-ordered"),
        key("progress-packed"),
        key("progress-shipped"),
        key("progress-out"),
        key("progress-delivered"),
    ];
    let state = |at: usize| match at.cmp(&now) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "",
    };
    let steps: Vec<Step> =
        labels.iter().enumerate().map(|(at, label)| Step { label: t.get(label), state: state(at) }).collect();
    let reached = now.min(STEPS - 1);
    let label = steps.get(reached).map(|step| step.label.clone()).unwrap_or_default();
    Progress { sentence: t.two("progress-sentence", "step", reached + 1, "label", label), steps }
}

fn item(counter: &Counter, order: &OrderDetail, detail: &LineDetail) -> Item {
    let line = &detail.line;
    let price = Money::from_minor(line.unit_price * i64::from(line.quantity) - line.discount, order.order.currency);
    let wishes = line.custom.0.iter().map(|wish| wish.value.as_str());
    let options: Vec<&str> = detail.options().iter().map(|choice| choice.value.as_str()).chain(wishes).collect();
    Item {
        picture: counter.picture(detail.picture(), &line.title),
        name: line.title.clone(),
        options: options.join(", "),
        quantity: u32::try_from(line.quantity).unwrap_or_default(),
        price: counter.t.money(&price),
        note: (detail.given_back > 0).then(|| counter.t.count("item-given-back", detail.given_back)),
        off: detail.kept() == 0 || order.order.cancelled_at.is_some(),
    }
}

/// The receipt. The lines stand above it less their own discounts, so what is left of the discount is the order's.
fn totals(t: &Words, order: &OrderDetail) -> Vec<Total> {
    let told = &order.order;
    let on_lines: i64 = order.lines.iter().map(|detail| detail.line.discount).sum();
    let money = |minor: i64| Money::from_minor(minor, told.currency);
    let goods = money(order.subtotal().minor() - on_lines);
    let rest = money(told.discount - on_lines);
    let mut totals = vec![(key("total-goods"), t.money(&goods), false)];
    if rest.minor() > 0 {
        totals.push((key("total-discount"), t.money(&money(-rest.minor())), false));
    }
    let shipping = if told.shipping().is_zero() { t.get("total-free") } else { t.money(&told.shipping()) };
    if told.kind == OrderKind::Goods || !told.shipping().is_zero() {
        totals.push((key("total-shipping"), shipping, false));
    }
    if !told.tax_included && !told.tax().is_zero() {
        totals.push((key("total-tax"), t.money(&told.tax()), false));
    }
    totals.push((key("total-sum"), t.money(&told.total()), true));
    if told.tax_included && !told.tax().is_zero() {
        totals.push((key("total-tax-included"), t.money(&told.tax()), false));
    }
    if !told.refunded().is_zero() {
        totals.push((key("total-refunded"), t.money(&told.refunded()), false));
    }
    totals.into_iter().map(|(label, value, sum)| Total { label: t.get(label), value, sum }).collect()
}

/// A day to come as people say it in a sentence: whether it is today, tomorrow, or which.
fn day_to_come(t: &Words, at: &DateTime<Utc>) -> ToCome {
    match t.days_ahead(at) {
        ..0 => ToCome::Past,
        0 => ToCome::Today,
        1 => ToCome::Tomorrow,
        2.. => ToCome::Later,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum ToCome {
    Past,
    Today,
    Tomorrow,
    Later,
}

#[cfg(test)]
mod tests;
