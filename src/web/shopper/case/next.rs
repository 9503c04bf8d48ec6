//! Who acts now, by when, and what happens otherwise: one sentence for every state of a request.

use super::super::{
    counter::Counter,
    seen::{Known, Seen},
};
use crate::{
    domain::cases::{CaseState, GoodsBack, GoodsOut, MoneyTrack},
    i18n::key,
};

pub(super) fn sentence(counter: &Counter, seen: &Seen, known: &Known) -> String {
    let (t, case, shop) = (&counter.t, &known.case, &counter.shop.name);
    match case.state {
        CaseState::Submitted | CaseState::Countered => match known.held_until {
            Some(until) => t.with(
                "next-submitted",
                &[("shop", shop), ("day", &t.day_month(&until.utc())), ("time", &t.time(&until.utc()))],
            ),
            None => t.one("next-submitted-open", "shop", shop),
        },
        CaseState::Proposed => match known.held_until {
            Some(until) => t.with(
                "next-proposed-until",
                &[("shop", shop), ("day", &t.day_month(&until.utc())), ("time", &t.time(&until.utc()))],
            ),
            None => t.one("next-proposed", "shop", shop),
        },
        CaseState::Approved => approved(counter, known),
        CaseState::Declined => declined(counter, seen, known),
        CaseState::Cancelled => t.get("next-cancelled"),
        CaseState::Expired => t.one("next-expired", "shop", shop),
        CaseState::Completed => t.get("next-completed"),
    }
}

/// What the shopper can do comes first, then what the shop does.
fn approved(counter: &Counter, known: &Known) -> String {
    let (t, case, shop) = (&counter.t, &known.case, &counter.shop.name);
    let amount = t.money(&case.difference().abs());
    let key = match (case.money, case.goods_back, case.goods_out) {
        (MoneyTrack::DueFromShopper, ..) => {
            return t.two("next-pay", "shop", shop, "amount", amount);
        }
        (_, GoodsBack::Pending, GoodsOut::Sent) => key("next-send-back-sent"),
        (_, GoodsBack::Pending, _) => key("next-send-back"),
        (_, _, GoodsOut::Reserved | GoodsOut::Released) => key("next-replacement"),
        (MoneyTrack::DueToShopper, ..) => return t.two("next-give-back", "shop", shop, "amount", amount),
        (..) => key("next-completed"),
    };
    t.one(key, "shop", shop)
}

fn declined(counter: &Counter, seen: &Seen, known: &Known) -> String {
    let t = &counter.t;
    let who = seen.name(known.case.decided_by).map_or(counter.shop.name.as_str(), super::super::counter::first_name);
    match known.case.decline_reason.as_deref().filter(|reason| !reason.is_empty()) {
        Some(reason) => t.two("next-declined-because", "who", who, "reason", reason),
        None => t.one("next-declined", "who", who),
    }
}
