//! The four screens: which item, why, for which other, everything once more.

use super::{Answers, Choosing, Step};
use crate::{
    domain::{
        cases::Reason,
        files::File,
        money::Money,
        orders::LineDetail,
        policy::{self, Difference},
        threads::messages::ClientId,
    },
    i18n::{Words, key},
    web::{
        assets,
        media::{Attach, PHOTOS},
        shopper::{
            case::{difference, side},
            counter::Counter,
            seen::Seen,
            view::{
                Answer, Side, Swap, Total,
                exchange::{ConfirmStep, Frame, ItemChoice, ItemStep, PhotosStep, ReasonStep, VariantStep},
            },
        },
    },
};

/// The head of a screen; back leads to the question before, with every answer kept.
fn frame(counter: &Counter, answers: &Answers, step: Step) -> Frame {
    let (number, before) = match step {
        Step::Item => (1, None),
        Step::Reason => (2, Some(Step::Item)),
        Step::Photos => (2, Some(Step::Reason)),
        Step::Variant if answers.asks_for_photo(&counter.shop) => (3, Some(Step::Photos)),
        Step::Variant => (3, Some(Step::Reason)),
        Step::Confirm => (4, Some(Step::Variant)),
    };
    let back = before.map(|before| format!("{}/exchange{}", counter.home, answers.query(before)));
    Frame {
        title: counter.t.get("exchange-title"),
        step: number,
        back: back.unwrap_or_else(|| counter.home.clone()),
        close: counter.home.clone(),
    }
}

fn action(counter: &Counter) -> String {
    format!("{}/exchange", counter.home)
}

pub(super) fn item(counter: &Counter, seen: &Seen, answers: &Answers, error: Option<String>) -> ItemStep {
    let t = &counter.t;
    let items: Vec<ItemChoice> = seen.order.lines.iter().map(|line| choice(counter, seen, answers, line)).collect();
    let any = items.iter().any(|item| item.refused.is_none());
    ItemStep {
        t: *t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.plain(),
        frame: frame(counter, answers, Step::Item),
        action: action(counter),
        kept: answers.kept(Step::Reason, &["line"]),
        error,
        items,
        any,
        notice: super::until(t, seen),
    }
}

fn choice(counter: &Counter, seen: &Seen, answers: &Answers, detail: &LineDetail) -> ItemChoice {
    let (t, line) = (&counter.t, &detail.line);
    let refused = refused(counter, seen, detail);
    let price = Money::from_minor(line.unit_price, seen.order.order.currency);
    ItemChoice {
        value: line.id.to_string(),
        picture: counter.picture(detail.picture(), &line.title),
        name: match line.quantity {
            1 => line.title.clone(),
            pieces => t.two("exchange-item-several", "name", &line.title, "pieces", pieces),
        },
        options: detail.options_line(),
        price: t.money(&price),
        chosen: answers.line() == Some(line.id) && refused.is_none(),
        refused,
    }
}

/// Why a line cannot be exchanged.
fn refused(counter: &Counter, seen: &Seen, detail: &LineDetail) -> Option<String> {
    let in_cases = seen.in_cases.get(&detail.line.id).copied().unwrap_or(0);
    match policy::exchange(&seen.order, detail, in_cases, &seen.shop.terms(), counter.t.now()) {
        policy::Exchange::Allowed { .. } => None,
        policy::Exchange::Refused(says) => Some(says.in_words(&counter.t)),
    }
}

/// The same for the line that was answered.
pub(super) fn refusal(counter: &Counter, seen: &Seen, answers: &Answers) -> Option<String> {
    let detail = seen.order.lines.iter().find(|detail| Some(detail.line.id) == answers.line())?;
    refused(counter, seen, detail)
}

pub(super) fn reason(counter: &Counter, answers: &Answers, error: Option<String>) -> ReasonStep {
    let t = &counter.t;
    let rules = &counter.shop.exchange_rules.0;
    let reasons = Reason::ALL.iter().filter(|reason| rules.takes(**reason)).map(|reason| Answer {
        value: reason.as_str().to_owned(),
        label: t.get(reason_key(*reason)),
        hint: rules.asks_for_photo(*reason).then(|| t.get("exchange-photo-asked")),
        chosen: answers.reason() == Some(*reason),
    });
    ReasonStep {
        t: *t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.plain(),
        frame: frame(counter, answers, Step::Reason),
        action: action(counter),
        kept: answers.kept(Step::Variant, &["reason", "words"]),
        error,
        reasons: reasons.collect(),
        words: answers.words().to_owned(),
    }
}

pub(super) fn photos(counter: &Counter, answers: &Answers, photos: &[File], error: Option<String>) -> PhotosStep {
    let t = &counter.t;
    let kept = photos.iter().map(|file| counter.files.shot(t, file)).collect();
    PhotosStep {
        t: *t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.plain(),
        frame: frame(counter, answers, Step::Photos),
        action: format!("{}/photos", action(counter)),
        kept: answers.kept(Step::Variant, &["photos", "step"]),
        error,
        needed: answers.needs_photo(&counter.shop),
        attach: Attach { accepted: PHOTOS, described: true, ..Attach::new(*t, "photos", &counter.home, kept) },
        alt: answers.alt.clone().or_else(|| Some(photos.first()?.alt.clone())).unwrap_or_default(),
    }
}

fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Colour => key("reason-colour"),
        Reason::TooSmall => key("reason-too-small"),
        Reason::TooLarge => key("reason-too-large"),
        Reason::Defect => key("reason-defect"),
        Reason::WrongItem => key("reason-wrong-item"),
        Reason::ChangedMind => key("reason-changed-mind"),
    }
}

pub(super) fn variant(
    counter: &Counter,
    choosing: &Choosing<'_>,
    answers: &Answers,
    gone: Option<String>,
) -> VariantStep {
    let t = &counter.t;
    let answers = settled(choosing, answers);
    let side = side(counter, choosing.product, &choosing.chosen.variant);
    let blocked = choosing.blocked(t);
    let price = choosing.chosen.variant.price();
    let cost = choosing.difference.filter(|_| blocked.is_none()).map(|difference| difference.total);
    VariantStep {
        t: *t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.plain(),
        frame: frame(counter, &answers, Step::Variant),
        action: action(counter),
        kept: answers.kept(Step::Confirm, &[]),
        gone,
        picture: side.picture,
        name: choosing.name(),
        product: choosing.product.title.clone(),
        price: price.map(|price| t.money(&price)).unwrap_or_default(),
        difference: cost.filter(|cost| !cost.is_zero()).map(|cost| t.money_signed(&cost)),
        groups: choosing.groups(counter, &answers),
        amount: cost.and_then(|cost| difference(t, cost)),
        blocked,
    }
}

/// The answers with what is chosen now, whether somebody chose it or not.
fn settled(choosing: &Choosing<'_>, answers: &Answers) -> Answers {
    Answers {
        variant: Some(choosing.chosen.variant.id.to_string()),
        quantity: (choosing.quantity > 1).then(|| choosing.quantity.to_string()),
        ..answers.clone()
    }
}

pub(super) fn confirm(
    counter: &Counter,
    choosing: &Choosing<'_>,
    answers: &Answers,
    photos: &[File],
    error: Option<String>,
) -> ConfirmStep {
    let t = &counter.t;
    let shots = photos
        .iter()
        .filter(|_| answers.asks_for_photo(&counter.shop))
        .map(|file| counter.files.shot(t, file))
        .collect();
    let answers = settled(choosing, answers);
    let swap = swap(counter, choosing);
    let totals = choosing.difference.map(|cost| totals(t, &swap, &cost, choosing.quantity)).unwrap_or_default();
    ConfirmStep {
        t: *t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.plain(),
        frame: frame(counter, &answers, Step::Confirm),
        action: format!("{}/exchanges", counter.home),
        client_id: ClientId::fresh().as_str().to_owned(),
        kept: answers.kept(Step::Confirm, &[]),
        error,
        swap,
        totals,
        shots,
        reason: answers.reason().map(|reason| t.get(reason_key(reason))),
        next: t.two("exchange-next", "shop", &counter.shop.name, "name", choosing.name()),
    }
}

fn swap(counter: &Counter, choosing: &Choosing<'_>) -> Swap {
    let t = &counter.t;
    let named = |name: String| match choosing.quantity {
        1 => name,
        pieces => t.two("exchange-item-several", "name", name, "pieces", pieces),
    };
    let own = Some(choosing.line.options_line()).filter(|name| !name.is_empty());
    let own = named(own.unwrap_or_else(|| choosing.line.line.title.clone()));
    let gives = Side { picture: counter.picture(choosing.line.picture(), &own), name: own };
    let takes = side(counter, choosing.product, &choosing.chosen.variant);
    Swap { gives, takes: Side { name: named(takes.name), ..takes } }
}

fn totals(t: &Words, swap: &Swap, cost: &Difference, quantity: i32) -> Vec<Total> {
    let several = |money: Money| money.times(i64::from(quantity)).unwrap_or(money);
    let line = |label: String, value: String, sum: bool| Total { label, value, sum };
    let sum = match cost.total.minor() {
        0 => key("exchange-even"),
        1.. => key("exchange-to-pay"),
        _ => key("exchange-to-get"),
    };
    // Like for like keeps the price that was paid, whatever that was.
    let mut totals = Vec::new();
    if !cost.total.is_zero() {
        totals.push(line(swap.takes.name.clone(), t.money(&several(cost.to)), false));
        let paid = Money::from_minor(-several(cost.from).minor(), cost.from.currency());
        totals.push(line(t.one("exchange-paid", "name", &swap.gives.name), t.money(&paid), false));
    }
    totals.push(line(t.get(sum), t.money(&cost.total.abs()), true));
    totals
}
