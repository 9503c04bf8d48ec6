//! The conversation: what was said and what happened, in one order, under the days it happened on.

use chrono::{DateTime, Utc};

use super::{
    case,
    counter::{Counter, first_name, hue, initials},
    order,
    seen::Seen,
    view::parts::{Day, Event, LogPart, Mark, Message, Meta},
};
use crate::{
    domain::{
        cases::{GoodsBack, Track},
        events::{ActorKind, Change, Event as Happened},
        normal::OrderKind,
        threads::{marks, messages::Message as Said},
    },
    i18n::Words,
};

/// Parts a page begins with.
const SHOWN: usize = 100;

/// The conversation after `seq`: a heading comes with each new day, the ticket of a case where it was asked for.
pub(super) fn parts(counter: &Counter, seen: &Seen, seq: i64) -> Vec<LogPart> {
    let shown: Vec<(DateTime<Utc>, i64, LogPart)> = seen
        .events
        .iter()
        .filter(|event| event.seq > seq && stands(seen, &event.change.0))
        .filter_map(|event| Some((event.happened_at.utc(), event.seq, part(counter, seen, event)?)))
        .collect();
    let before = seen.events.iter().filter(|event| event.seq <= seq && stands(seen, &event.change.0));
    let mut day = before.map(|event| counter.t.day_key(&event.happened_at.utc())).max();
    let newest = shown.len().saturating_sub(SHOWN);
    let mut parts = Vec::new();
    for (at, seq, part) in shown.into_iter().skip(newest) {
        let today = counter.t.day_key(&at);
        if day.as_ref() != Some(&today) {
            parts.push(LogPart::Day(Day { id: format!("day-{today}"), seq, text: counter.t.day(&at) }));
            day = Some(today);
        }
        parts.push(part);
    }
    parts
}

/// Whether something that happened may change what the order card says.
pub(super) fn concerns_order(change: &Change) -> bool {
    matches!(
        change,
        Change::OrderPlaced { .. }
            | Change::OrderUpdated { .. }
            | Change::OrderCancelled { .. }
            | Change::ShipmentMoved { .. }
    )
}

/// Whether something that happened may change what the card of the arrival says.
pub(super) fn concerns_arrival(change: &Change) -> bool {
    concerns_order(change) || matches!(change, Change::DeliveryConfirmed { .. } | Change::CaseRequested { .. })
}

/// Whether something that happened stands in this conversation. Of a booking no parcel is spoken, whatever its shop tells.
fn stands(seen: &Seen, change: &Change) -> bool {
    let parcel = matches!(change, Change::ShipmentMoved { .. });
    is_shown(change) && !(parcel && seen.order.order.kind == OrderKind::Booking)
}

/// Whether something that happened stands in conversations at all.
fn is_shown(change: &Change) -> bool {
    change.is_for_shoppers() && !matches!(change, Change::OrderUpdated { .. })
}

fn part(counter: &Counter, seen: &Seen, event: &Happened) -> Option<LogPart> {
    match &event.change.0 {
        Change::MessagePosted { message } => {
            let said = seen.messages.iter().find(|said| said.id == *message)?;
            Some(LogPart::Message(Box::new(bubble(counter, seen, said))))
        }
        Change::CaseRequested { case } => Some(LogPart::Case(Box::new(case::ticket(counter, seen, seen.case(*case)?)))),
        _ => {
            let (icon, text) = line(counter, seen, event)?;
            Some(LogPart::Event(Event { id: format!("event-{}", event.seq), seq: event.seq, icon, text }))
        }
    }
}

fn bubble(counter: &Counter, seen: &Seen, said: &Said) -> Message {
    let own = said.author == ActorKind::Shopper;
    let name = seen.name(said.author_id).filter(|_| said.author == ActorKind::Agent);
    let shop = &counter.shop.name;
    let author = match name {
        Some(name) => counter.t.two("message-author", "name", first_name(name), "shop", shop),
        None => shop.clone(),
    };
    let face = name.unwrap_or(shop);
    Message {
        t: counter.t,
        id: format!("msg-{}", said.id),
        seq: said.seq,
        client_id: own.then(|| said.client_id.clone()),
        own,
        author,
        initials: initials(face),
        hue: hue(face),
        lang: None,
        text: said.text(),
        media: counter.files.of(&counter.t, said),
        meta: meta(counter, seen, said),
    }
}

/// When it was said, and how far it got. The last one that was read says when.
pub(super) fn meta(counter: &Counter, seen: &Seen, said: &Said) -> Meta {
    let (t, at) = (counter.t, said.created_at.utc());
    let marks = &seen.marks;
    let mark = match marks.of(said.seq) {
        marks::Mark::Stored => Mark::Stored,
        marks::Mark::Delivered => Mark::Delivered,
        marks::Mark::Seen => {
            let last = marks.seen_at.filter(|_| said.seq == marks.seen);
            last.map_or(Mark::Read, |at| Mark::ReadAt(t.time(&at.utc())))
        }
    };
    Meta {
        t,
        id: format!("meta-{}", said.id),
        time: t.time(&at),
        iso: t.iso(&at),
        mark: (said.author == ActorKind::Shopper).then_some(mark),
    }
}

/// What happened, in a line with its drawing.
fn line(counter: &Counter, seen: &Seen, event: &Happened) -> Option<(&'static str, String)> {
    let t = &counter.t;
    let at = event.happened_at.utc();
    let who = || seen.name(event.actor_id).map_or(counter.shop.name.as_str(), first_name);
    Some(match &event.change.0 {
        Change::OrderPlaced { .. } => ("done", placed(t, &seen.order.order.placed_at.utc(), &at)),
        Change::OrderCancelled { .. } => ("x", t.one("event-order-cancelled", "time", t.time(&at))),
        Change::ShipmentMoved { shipment, status } => {
            let passed = order::passed(&seen.order, *shipment, *status).unwrap_or(at);
            let when = if same_day(t, &passed, &at) { t.time(&passed) } else { t.day_month(&passed) };
            (order::icon(*status), t.one(order::event_key(*status), "when", when))
        }
        Change::DeliveryConfirmed { .. } => ("done", t.one("event-all-well", "time", t.time(&at))),
        Change::CaseProposed { .. } => ("swap", t.one("event-case-proposed", "who", who())),
        Change::CaseCountered { .. } => ("swap", t.get("event-case-kept")),
        Change::CaseApproved { .. } if event.actor == ActorKind::Shopper => ("swap", t.get("event-case-accepted")),
        Change::CaseApproved { .. } => ("swap", t.one("event-case-approved", "who", who())),
        Change::CaseDeclined { .. } => ("swap", t.one("event-case-declined", "who", who())),
        Change::CaseCancelled { .. } if event.actor == ActorKind::Shopper => ("swap", t.get("event-case-taken-back")),
        Change::CaseCancelled { .. } => ("swap", t.one("event-case-cancelled", "who", who())),
        Change::CaseExpired { .. } => ("clock", t.get("event-case-expired")),
        Change::CaseCompleted { .. } => ("done", t.get("event-case-completed")),
        Change::CaseMoved { case, track } => moved(t, seen.case(*case)?.case.goods_back, *track),
        Change::ThreadResolved => ("done", t.one("event-resolved", "who", who())),
        Change::ThreadReopened => ("refresh", t.get("event-reopened")),
        Change::MessagePosted { .. }
        | Change::CaseRequested { .. }
        | Change::OrderUpdated { .. }
        | Change::NoteAdded { .. }
        | Change::ThreadAssigned { .. }
        | Change::MailRefused { .. }
        | Change::MailReaddressed
        | Change::ShopperErased { .. }
        | Change::ThreadLabelled { .. }
        | Change::ThreadUnlabelled { .. }
        | Change::ThreadSnoozed { .. }
        | Change::ThreadWoken
        | Change::ThreadMarkedSpam
        | Change::ThreadSpamCleared => return None,
    })
}

fn moved(t: &Words, goods_back: GoodsBack, track: Track) -> (&'static str, String) {
    match (track, goods_back) {
        (Track::GoodsBack, GoodsBack::Waived) => ("return", t.get("event-case-waived")),
        (Track::GoodsBack, _) => ("return", t.get("event-case-received")),
        (Track::GoodsOut, _) => ("truck", t.get("event-case-sent")),
        (Track::Money, _) => ("card", t.get("event-case-settled")),
    }
}

/// An order is told of when it arrives here, which may be days after it was placed.
fn placed(t: &Words, placed_at: &DateTime<Utc>, told_at: &DateTime<Utc>) -> String {
    if same_day(t, placed_at, told_at) {
        t.one("event-order-placed", "time", t.time(placed_at))
    } else {
        t.one("event-order-placed-on", "day", t.date(placed_at))
    }
}

fn same_day(t: &Words, one: &DateTime<Utc>, other: &DateTime<Utc>) -> bool {
    t.day_key(one) == t.day_key(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn an_order_that_came_late_says_its_day_and_not_only_its_time() {
        let t = Words::new(Lang::default(), chrono_tz::Europe::Paris, Utc::now());
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let told = at("2026-11-18T18:30:00Z");
        assert_eq!(placed(&t, &at("2026-11-18T18:26:00Z"), &told), "Order confirmed at 19:26");
        assert_eq!(placed(&t, &at("2026-11-02T18:26:00Z"), &told), "Order placed on 2 November 2026");
    }

    #[test]
    fn what_changes_an_order_alone_is_no_line_of_the_conversation() {
        let order = crate::ids::OrderId::from_bytes([1; 16]);
        assert!(!is_shown(&Change::OrderUpdated { order }));
        assert!(!is_shown(&Change::ThreadAssigned { to: None }));
        let label = crate::ids::LabelId::from_bytes([0; 16]);
        assert!(!is_shown(&Change::ThreadLabelled { label }) && !is_shown(&Change::ThreadUnlabelled { label }));
        assert!(is_shown(&Change::OrderPlaced { order }));
        assert!(is_shown(&Change::ThreadResolved));
    }
}
