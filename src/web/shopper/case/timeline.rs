//! The stations of a request: what happened and when, then what is still to come.

use chrono::{DateTime, Utc};

use super::{
    super::{
        counter::{Counter, first_name},
        seen::{Known, Seen},
        view::parts::Milestone,
    },
    swap,
};
use crate::{
    domain::{
        cases::{CaseState, GoodsBack, GoodsOut, MoneyTrack, Track},
        events::Change,
    },
    i18n::{Words, key},
};

pub(super) fn of(counter: &Counter, seen: &Seen, known: &Known) -> Vec<Milestone> {
    let (t, case) = (&counter.t, &known.case);
    let who = seen.name(case.decided_by).map_or(counter.shop.name.as_str(), first_name);
    let decided = case.decided_at.map(|at| at.utc());
    let closed = case.closed_at.map(|at| at.utc());
    let mut stations = vec![done(t, t.get("station-requested"), Some(case.requested_at.utc()))];
    match case.state {
        CaseState::Submitted | CaseState::Proposed | CaseState::Countered => {
            stations.push(Milestone { state: "now", ..todo(t.one("station-answer", "shop", &counter.shop.name)) });
            stations.extend(tracks(counter, seen, known));
            first_open_is_now(&mut stations);
        }
        CaseState::Approved | CaseState::Completed => {
            stations.push(done(t, t.one("station-approved", "who", who), decided));
            stations.extend(tracks(counter, seen, known));
            first_open_is_now(&mut stations);
        }
        CaseState::Declined => {
            let place = case.decline_reason.clone().filter(|reason| !reason.is_empty());
            stations.push(Milestone { place, ..done(t, t.one("station-declined", "who", who), decided) });
        }
        CaseState::Cancelled => {
            if decided.is_some() {
                stations.push(done(t, t.one("station-approved", "who", who), decided));
            }
            stations.push(done(t, t.get("station-cancelled"), closed));
        }
        CaseState::Expired => stations.push(done(t, t.get("station-expired"), closed)),
    }
    stations
}

/// The difference, what goes back, what comes, the end.
fn tracks(counter: &Counter, seen: &Seen, known: &Known) -> Vec<Milestone> {
    let (t, case) = (&counter.t, &known.case);
    let sides = swap(counter, seen, known);
    let at = |track| moved_at(seen, known, track);
    let station = |is_done: bool, track, open: String, over: String| {
        if is_done { done(t, over, at(track)) } else { todo(open) }
    };
    let mut stations = Vec::new();
    if case.money != MoneyTrack::Even {
        let amount = t.money(&case.difference().abs());
        let open = if case.difference > 0 { key("station-pay") } else { key("station-give-back") };
        let settled = case.money == MoneyTrack::Settled;
        stations.push(station(settled, Track::Money, t.one(open, "amount", amount), t.get("station-settled")));
    }
    let back = t.one("station-send-back", "name", &sides.gives.name);
    stations.push(match case.goods_back {
        GoodsBack::Pending => todo(back),
        GoodsBack::Received => done(t, t.one("station-received", "name", &sides.gives.name), at(Track::GoodsBack)),
        GoodsBack::Waived => done(t, t.one("station-waived", "name", &sides.gives.name), at(Track::GoodsBack)),
    });
    let sent = case.goods_out == GoodsOut::Sent;
    let open = t.one("station-replacement", "name", &sides.takes.name);
    stations.push(station(sent, Track::GoodsOut, open, t.one("station-sent", "name", &sides.takes.name)));
    let closed = case.closed_at.map(|at| at.utc()).filter(|_| case.state == CaseState::Completed);
    stations.push(match closed {
        Some(_) => done(t, t.get("station-completed"), closed),
        None => todo(t.get("station-completed")),
    });
    // What was done comes before what is open.
    stations.sort_by_key(|station| station.state == "todo");
    stations
}

/// When a track came to its end.
fn moved_at(seen: &Seen, known: &Known, wanted: Track) -> Option<DateTime<Utc>> {
    let moved = seen.events.iter().rfind(
        |event| matches!(event.change.0, Change::CaseMoved { case, track } if case == known.case.id && track == wanted),
    );
    moved.map(|event| event.happened_at.utc())
}

fn done(t: &Words, what: String, at: Option<DateTime<Utc>>) -> Milestone {
    Milestone { what, place: None, when: at.map(|at| t.when(&at)), iso: at.map(|at| t.iso(&at)), state: "" }
}

fn todo(what: String) -> Milestone {
    Milestone { what, place: None, when: None, iso: None, state: "todo" }
}

fn first_open_is_now(stations: &mut [Milestone]) {
    if stations.iter().any(|station| station.state == "now") {
        return;
    }
    if let Some(open) = stations.iter_mut().find(|station| station.state == "todo") {
        open.state = "now";
    }
}
