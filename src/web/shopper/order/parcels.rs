//! A parcel: its status in words, where it passed, what is in it.

use chrono::{DateTime, Utc};

use super::{ToCome, day_to_come, progress};
use crate::{
    domain::{
        normal::ShipmentStatus as Status,
        orders::{
            OrderDetail,
            arrival::{self, Late},
        },
        shipments::{Milestone as Passed, Shipment},
    },
    i18n::{Words, key},
    ids::ShipmentId,
    web::shopper::{
        counter::Counter,
        view::parts::{Milestone, Parcel},
    },
};

/// How far a parcel is, to tell which of several is the last.
pub(super) fn rank(status: Status) -> u8 {
    match status {
        Status::LabelCreated => 0,
        Status::Unknown => 1,
        Status::Accepted => 2,
        Status::InTransit | Status::Customs => 3,
        Status::Delayed | Status::Exception | Status::Lost | Status::Expired => 4,
        Status::OutForDelivery | Status::AttemptFailed => 5,
        Status::AvailableForPickup => 6,
        Status::Returning => 7,
        Status::Returned => 8,
        Status::Delivered => 9,
        Status::Cancelled => 10,
    }
}

/// The step of five a parcel is at; none when it is not on its way to the shopper.
pub(super) fn step(status: Status) -> Option<usize> {
    match status {
        Status::LabelCreated => Some(1),
        Status::Unknown
        | Status::Accepted
        | Status::InTransit
        | Status::Customs
        | Status::Delayed
        | Status::Exception
        | Status::Expired => Some(2),
        Status::OutForDelivery | Status::AttemptFailed | Status::AvailableForPickup => Some(3),
        Status::Delivered => Some(super::STEPS),
        Status::Returning | Status::Returned | Status::Lost | Status::Cancelled => None,
    }
}

/// What is known of a parcel, in a few words. A day is named only while it lies ahead.
pub(super) fn headline(t: &Words, parcel: &Shipment) -> String {
    match arrival::late(parcel, t.now(), t.zone()) {
        Some(Late::Promise { days, .. }) => return t.count("card-late", days),
        Some(Late::Silence { days, .. }) => return t.count("card-silent", days),
        None => {}
    }
    let expected = parcel.expected_at.map(|at| at.utc()).filter(|_| arrives(parcel.status));
    let Some(expected) = expected else { return t.get(status_key(parcel.status)) };
    match day_to_come(t, &expected) {
        ToCome::Past => t.get(status_key(parcel.status)),
        ToCome::Today => t.get("card-arriving-today"),
        ToCome::Tomorrow => t.get("card-arriving-tomorrow"),
        ToCome::Later => t.one("card-arriving", "day", t.day(&expected)),
    }
}

/// When it is expected, while that lies ahead.
pub(super) fn expected(t: &Words, parcel: &Shipment) -> Option<DateTime<Utc>> {
    let ahead = |at: &DateTime<Utc>| day_to_come(t, at) != ToCome::Past;
    parcel.expected_at.map(|at| at.utc()).filter(|_| arrives(parcel.status)).filter(ahead)
}

fn arrives(status: Status) -> bool {
    matches!(status, Status::Accepted | Status::InTransit | Status::Customs | Status::OutForDelivery)
}

/// The line under the headline: when and with whom, as far as known.
pub(super) fn when(t: &Words, parcel: &Shipment) -> Option<String> {
    if let Some(late) = arrival::late(parcel, t.now(), t.zone()) {
        return Some(late_when(t, &late));
    }
    let carrier = parcel.carrier.as_deref();
    let last = parcel.milestones.last();
    let delivered = last.filter(|_| parcel.status == Status::Delivered).map(|milestone| milestone.happened_at.utc());
    let expected = parcel.expected_at.map(|at| at.utc()).filter(|_| parcel.status == Status::Delayed);
    match (delivered.map(|at| t.when(&at)), carrier) {
        (Some(when), Some(carrier)) => Some(t.two("card-when-with", "when", when, "carrier", carrier)),
        (Some(when), None) => Some(t.one("card-when", "when", when)),
        (None, _) if expected.is_some_and(|at| day_to_come(t, &at) != ToCome::Past) => {
            expected.map(|at| t.one("card-expected", "day", t.day_month(&at)))
        }
        (None, Some(carrier)) => Some(t.one("card-with", "carrier", carrier)),
        (None, None) => None,
    }
}

/// What is known of a late parcel: when it was expected, when it was last seen.
fn late_when(t: &Words, late: &Late) -> String {
    match late {
        Late::Promise { expected, seen: Some(seen), .. } => {
            t.two("card-late-seen", "day", t.day_month(expected), "seen", t.when(seen))
        }
        Late::Promise { expected, seen: None, .. } => t.one("card-late-unseen", "day", t.day_month(expected)),
        Late::Silence { seen, .. } => t.one("card-silent-seen", "seen", t.when(seen)),
    }
}

pub(super) fn parcel(counter: &Counter, order: &OrderDetail, parcel: &Shipment) -> Parcel {
    let t = &counter.t;
    let newest = parcel.milestones.last();
    Parcel {
        id: format!("shipment-{}", parcel.id),
        headline: headline(t, parcel),
        progress: step(parcel.status).map(|step| progress(t, step)),
        pictures: pictures(counter, order, parcel),
        hint: newest.map(|milestone| hint(t, milestone)),
        timeline: timeline(t, parcel),
        carrier: parcel.carrier.clone(),
        number: parcel.numbers.first().cloned(),
        url: parcel.urls.iter().find(|url| is_web(url)).cloned(),
    }
}

/// Whether an address leads to a page of the web, rather than runs something.
fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

fn pictures(counter: &Counter, order: &OrderDetail, parcel: &Shipment) -> Vec<crate::web::shopper::view::Picture> {
    let inside = parcel.lines.iter().filter_map(|(external_id, _)| {
        let detail = order.lines.iter().find(|detail| detail.line.external_id == *external_id)?;
        Some(counter.picture(detail.picture(), &detail.line.title))
    });
    inside.take(3).collect()
}

fn hint(t: &Words, milestone: &Passed) -> String {
    let (what, when) = (t.get(status_key(milestone.status)), t.when(&milestone.happened_at.utc()));
    match &milestone.place {
        Some(place) => t.with("parcel-hint-place", &[("what", &what), ("place", place), ("when", &when)]),
        None => t.two("parcel-hint", "what", what, "when", when),
    }
}

/// Newest first, under what is still expected.
fn timeline(t: &Words, parcel: &Shipment) -> Vec<Milestone> {
    let ahead =
        parcel.expected_at.map(|at| at.utc()).filter(|_| arrives(parcel.status) || parcel.status == Status::Delayed);
    let expected = ahead.filter(|at| day_to_come(t, at) != ToCome::Past).map(|at| Milestone {
        what: t.get("parcel-expected"),
        place: None,
        when: Some(t.day_month(&at)),
        iso: Some(t.iso(&at)),
        state: "todo",
    });
    let newest = parcel.milestones.len();
    let passed = parcel.milestones.iter().enumerate().rev().map(|(at, milestone)| {
        let arrived = matches!(parcel.status, Status::Delivered | Status::Returned);
        let state = if at + 1 == newest && !arrived { "now" } else { "" };
        station(t, milestone, state)
    });
    expected.into_iter().chain(passed).collect()
}

/// A place and the carrier's own words stand under ours.
fn station(t: &Words, milestone: &Passed, state: &'static str) -> Milestone {
    let at = milestone.happened_at.utc();
    let place = match (&milestone.place, &milestone.message) {
        (Some(place), Some(message)) => Some(t.two("parcel-place-message", "place", place, "message", message)),
        (place, message) => place.clone().or_else(|| message.clone()),
    };
    Milestone {
        what: t.get(status_key(milestone.status)),
        place,
        when: Some(t.when(&at)),
        iso: Some(t.iso(&at)),
        state,
    }
}

/// When a parcel got into a status, by the carrier's time.
pub(in crate::web::shopper) fn passed(order: &OrderDetail, id: ShipmentId, status: Status) -> Option<DateTime<Utc>> {
    let parcel = order.shipments.iter().find(|parcel| parcel.id == id)?;
    parcel.milestones.iter().rfind(|milestone| milestone.status == status).map(|milestone| milestone.happened_at.utc())
}

/// The drawing beside a line about a parcel.
pub(in crate::web::shopper) fn icon(status: Status) -> &'static str {
    match status {
        Status::Delivered => "done",
        Status::LabelCreated => "box",
        Status::AvailableForPickup => "pin",
        Status::Returning | Status::Returned => "return",
        Status::AttemptFailed | Status::Exception | Status::Lost | Status::Delayed | Status::Expired => "alert",
        Status::Cancelled => "x",
        Status::Accepted | Status::InTransit | Status::Customs | Status::OutForDelivery | Status::Unknown => "truck",
    }
}

/// A status in a few words.
fn status_key(status: Status) -> &'static str {
    match status {
        Status::LabelCreated => key("parcel-label-created"),
        Status::Accepted => key("parcel-accepted"),
        Status::InTransit => key("parcel-in-transit"),
        Status::Customs => key("parcel-customs"),
        Status::OutForDelivery => key("parcel-out-for-delivery"),
        Status::AvailableForPickup => key("parcel-available-for-pickup"),
        Status::AttemptFailed => key("parcel-attempt-failed"),
        Status::Delayed => key("parcel-delayed"),
        Status::Exception => key("parcel-exception"),
        Status::Delivered => key("parcel-delivered"),
        Status::Returning => key("parcel-returning"),
        Status::Returned => key("parcel-returned"),
        Status::Cancelled => key("parcel-cancelled"),
        Status::Expired => key("parcel-expired"),
        Status::Unknown => key("parcel-unknown"),
        Status::Lost => key("parcel-lost"),
    }
}

/// The line of the conversation that says a parcel got into a status.
pub(in crate::web::shopper) fn event_key(status: Status) -> &'static str {
    match status {
        Status::LabelCreated => key("event-parcel-label-created"),
        Status::Accepted => key("event-parcel-accepted"),
        Status::InTransit => key("event-parcel-in-transit"),
        Status::Customs => key("event-parcel-customs"),
        Status::OutForDelivery => key("event-parcel-out-for-delivery"),
        Status::AvailableForPickup => key("event-parcel-available-for-pickup"),
        Status::AttemptFailed => key("event-parcel-attempt-failed"),
        Status::Delayed => key("event-parcel-delayed"),
        Status::Exception => key("event-parcel-exception"),
        Status::Delivered => key("event-parcel-delivered"),
        Status::Returning => key("event-parcel-returning"),
        Status::Returned => key("event-parcel-returned"),
        Status::Cancelled => key("event-parcel-cancelled"),
        Status::Expired => key("event-parcel-expired"),
        Status::Unknown => key("event-parcel-unknown"),
        Status::Lost => key("event-parcel-lost"),
    }
}
