//! Requests: the panel to decide one, and the tracks of one agreed on.

use super::{Desk, Mend, talk::track_name};
use crate::{
    domain::{
        cases::{Case, CaseState, GoodsBack, GoodsOut, MoneyTrack, Reason, Track},
        catalogue::Offer,
        events::Change,
        money::{Currency, Money},
        orders::LineDetail,
        policy::{self, Terms},
    },
    i18n::{Words, key},
    web::desk::{
        own_picture,
        reading::{Asked, Opened},
        view::{
            Person,
            cases::{self as view, CaseTracks, Check, Decision, Garment, Kind, Pays},
        },
    },
};

impl Desk<'_> {
    /// Cases to decide, the oldest first.
    pub(super) fn decisions(&self, opened: &Opened, mend: &Mend) -> Vec<Decision> {
        let waiting = |asked: &&Asked| asked.case.state.is_undecided();
        // Only the first that is ours to decide answers to the keys.
        let first = opened.cases.iter().find(|asked| CaseState::TO_DECIDE.contains(&asked.case.state));
        let first = first.map(|asked| asked.case.id);
        let mut all: Vec<&Asked> = opened.cases.iter().filter(waiting).collect();
        all.sort_by_key(|asked| asked.case.state == CaseState::Proposed);
        all.into_iter().map(|asked| self.decision(opened, asked, first == Some(asked.case.id), mend)).collect()
    }

    fn decision(&self, opened: &Opened, asked: &Asked, first: bool, mend: &Mend) -> Decision {
        let (t, case) = (&self.t, &asked.case);
        let checks = opened.order.as_ref().map(|order| {
            let (at, offer) = (case.requested_at.utc(), asked.offer());
            let lines = order.lines.iter().find(|line| line.line.id == case.line_id);
            let title = lines.map(LineDetail::title).unwrap_or_default();
            policy::checks(order, at, &offer, case.quantity, case.terms(&opened.shop).days_for(title))
        });
        let (refusal, refusal_error) = match &mend.refusal {
            Some((id, text, error)) if *id == case.id => (text.clone(), Some(error.clone())),
            _ => (String::new(), None),
        };
        let (from, to) = self.garments(opened, asked);
        let files = self.files(opened.thread.id);
        let shown = opened.shown.iter().filter(|file| file.case_id == Some(case.id));
        Decision {
            shots: shown.map(|file| files.shot(t, file)).collect(),
            t: *t,
            here: self.here.clone(),
            case: case.id.to_string(),
            kind: Kind::of(case.kind.as_str()),
            ago: t.ago(&case.requested_at.utc()),
            from: Some(from),
            to: Some(to),
            pieces: u32::try_from(case.quantity).ok().filter(|pieces| *pieces > 1),
            reason: Some(t.get(reason_words(case.reason))),
            words: (!case.words.is_empty()).then(|| (case.words.clone(), Some(opened.thread.lang().code().to_owned()))),
            checks: checks
                .into_iter()
                .flatten()
                .map(|check| Check { ok: check.fine, text: check.says.in_words(t) })
                .collect(),
            money: Some(self.pays(case)),
            reserved_until: asked.held_until.map(|until| self.moment(&until.utc())),
            first,
            pending: self.pending(opened, asked),
            offered: self.offered(asked),
            kept: case.state == CaseState::Countered,
            others: if CaseState::TO_DECIDE.contains(&case.state) { self.others(opened, asked) } else { Vec::new() },
            proposal_error: mend.proposal.as_ref().filter(|(id, _)| *id == case.id).map(|(_, error)| error.clone()),
            refusal,
            refusal_error,
        }
    }

    /// A refusal on its way.
    fn pending(&self, opened: &Opened, asked: &Asked) -> Option<view::Pending> {
        let row = asked.pending.as_ref()?;
        let name = opened.names.get(&row.agent_id).map_or("", String::as_str);
        Some(view::Pending {
            who: Person::new(row.agent_id, name).first().to_owned(),
            mine: row.agent_id == self.agent.id,
            seconds: (row.due_at.utc() - self.t.now()).num_seconds().max(0),
        })
    }

    /// What was offered, while the shopper is to answer.
    fn offered(&self, asked: &Asked) -> Option<view::Offered> {
        let (case, proposal) = (&asked.case, asked.proposal.as_ref()?);
        if case.state != CaseState::Proposed {
            return None;
        }
        let offer = asked.offers.iter().find(|offer| offer.variant.id == proposal.variant_id);
        let garment = Garment {
            picture: own_picture(offer.and_then(|offer| offer.variant.picture.as_deref())),
            title: asked.to_title.clone(),
            options: offer.map(|offer| offer.variant.options_line()).unwrap_or_default(),
            price: Some(self.t.money(&proposal.price_to(case))),
        };
        let until = asked.held_until.map(|until| self.moment(&until.utc()));
        Some(view::Offered { garment, money: self.pays_of(proposal.difference(case)), until })
    }

    /// What else the line can be exchanged for.
    fn others(&self, opened: &Opened, asked: &Asked) -> Vec<view::Other> {
        let case = &asked.case;
        let lines = opened.order.iter().flat_map(|order| &order.lines);
        let Some(line) = lines.into_iter().find(|line| line.line.id == case.line_id) else { return Vec::new() };
        let asked_for =
            |offer: &&Offer| offer.variant.id != case.to_variant_id && Some(offer.variant.id) != case.from_variant_id;
        let terms = case.terms(&opened.shop);
        let mut others: Vec<view::Other> = asked
            .offers
            .iter()
            .filter(asked_for)
            .map(|offer| other(&self.t, line, offer, (case.quantity, case.currency), &terms))
            .collect();
        others.sort_by_key(|other| !other.possible);
        others
    }

    fn pays(&self, case: &Case) -> (String, String) {
        self.pays_of(case.difference())
    }

    fn pays_of(&self, difference: Money) -> (String, String) {
        let who = match difference.minor() {
            0 => Pays::Nobody,
            1.. => Pays::Shopper,
            _ => Pays::Merchant,
        };
        view::pays(&self.t, who, self.t.money(&difference.abs()))
    }

    fn garments(&self, opened: &Opened, asked: &Asked) -> (Garment, Garment) {
        let case = &asked.case;
        let lines = opened.order.iter().flat_map(|order| &order.lines);
        let line = lines.into_iter().find(|line| line.line.id == case.line_id);
        let from = Garment {
            picture: own_picture(line.and_then(LineDetail::picture)),
            title: line.map(|line| line.line.title.clone()).unwrap_or_default(),
            options: line.map(LineDetail::options_line).unwrap_or_default(),
            price: Some(self.t.money(&case.price_from())),
        };
        let to = Garment {
            picture: own_picture(asked.to.picture.as_deref()),
            title: asked.to_title.clone(),
            options: asked.to.options_line(),
            price: Some(self.t.money(&case.price_to())),
        };
        (from, to)
    }

    /// Cases agreed on, the newest first.
    pub(super) fn agreed(&self, opened: &Opened, mend: &Mend) -> Vec<CaseTracks> {
        let agreed = |asked: &&Asked| matches!(asked.case.state, CaseState::Approved | CaseState::Completed);
        opened.cases.iter().rev().filter(agreed).map(|asked| self.tracks(opened, asked, mend)).collect()
    }

    fn tracks(&self, opened: &Opened, asked: &Asked, mend: &Mend) -> CaseTracks {
        let case = &asked.case;
        let (from, to) = self.garments(opened, asked);
        let owed = matches!(case.money, MoneyTrack::DueFromShopper | MoneyTrack::DueToShopper);
        let error = mend.settlement.as_ref().filter(|(id, _)| *id == case.id).map(|(_, error)| error.clone());
        CaseTracks {
            t: self.t,
            here: self.here.clone(),
            case: case.id.to_string(),
            kind: Kind::of(case.kind.as_str()),
            state: self.decided(opened, case),
            completed: case.state == CaseState::Completed,
            from: Some(from),
            to: Some(to),
            tracks: [Track::GoodsBack, Track::GoodsOut, Track::Money]
                .into_iter()
                .map(|track| self.track(opened, case, track))
                .collect(),
            due: owed.then(|| self.t.money(&case.difference().abs())),
            settlement_error: error,
        }
    }

    fn decided(&self, opened: &Opened, case: &Case) -> String {
        let when = case.decided_at.map(|at| self.moment(&at.utc())).unwrap_or_default();
        match case.decided_by.and_then(|id| opened.names.get(&id)) {
            Some(name) => self.t.two("desk-approved-by", "name", name, "when", when),
            None => self.t.one("desk-approved-by-app", "when", when),
        }
    }

    fn track(&self, opened: &Opened, case: &Case, track: Track) -> view::Track {
        let (code, done) = match track {
            Track::GoodsBack => match case.goods_back {
                GoodsBack::Pending => ("awaiting_handover", false),
                GoodsBack::Received => ("received", true),
                GoodsBack::Waived => ("waived", true),
            },
            Track::GoodsOut => match case.goods_out {
                GoodsOut::Reserved => ("reserved", false),
                GoodsOut::Sent => ("shipped", true),
                GoodsOut::Released => ("none", true),
            },
            Track::Money => (case.money.as_str(), matches!(case.money, MoneyTrack::Even | MoneyTrack::Settled)),
        };
        let moved = opened.events.iter().rfind(
            |event| matches!(&event.change.0, Change::CaseMoved { case: id, track: of } if *id == case.id && *of == track),
        );
        let receipt = case.settlement.as_deref().filter(|_| track == Track::Money && case.money == MoneyTrack::Settled);
        view::Track {
            name: track_name(track),
            state: receipt
                .and_then(|receipt| self.receipt(receipt))
                .unwrap_or_else(|| view::track_state(&self.t, code)),
            done,
            since: moved.map(|event| self.moment(&event.happened_at.utc())),
            movable: case.state == CaseState::Approved && !done,
        }
    }

    /// How it was settled and what proves it, as the settlement's form wrote it.
    fn receipt(&self, text: &str) -> Option<String> {
        let (method, reference) = text.split_once(": ")?;
        let method = self.t.get(method_words(method)?);
        Some(self.t.two("desk-track-settled-with", "method", method, "reference", reference))
    }
}

/// A variant that can be had instead, with what that costs for so many pieces.
pub(in crate::web::desk) fn other(
    t: &Words,
    line: &LineDetail,
    offer: &Offer,
    (pieces, currency): (i32, Currency),
    terms: &Terms,
) -> view::Other {
    let difference = policy::swap(line, &offer.variant, pieces, currency, terms).ok();
    let options = offer.variant.options_line();
    view::Other {
        id: offer.variant.id.to_string(),
        picture: own_picture(offer.variant.picture.as_deref()),
        name: if options.is_empty() { line.line.title.clone() } else { options },
        stock: match offer.available {
            None => t.get("stock-uncounted"),
            Some(..=0) => t.get("stock-none"),
            Some(left) => t.one("desk-propose-left", "count", left),
        },
        difference: difference.map(|difference| t.money_signed(&difference.total)).unwrap_or_default(),
        possible: difference.is_some() && offer.has(i64::from(pieces)),
    }
}

/// The words of a way to settle by hand; none for what is no such way.
pub(in crate::web::desk) fn method_words(method: &str) -> Option<&'static str> {
    Some(match method {
        "bank_transfer" => key("desk-settle-bank"),
        "card" => key("desk-settle-card"),
        "cash" => key("desk-settle-cash"),
        "other" => key("desk-settle-other"),
        _ => return None,
    })
}

pub(in crate::web::desk) fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Colour => key("desk-reason-colour"),
        Reason::TooSmall => key("desk-reason-too-small"),
        Reason::TooLarge => key("desk-reason-too-large"),
        Reason::Defect => key("desk-reason-defect"),
        Reason::WrongItem => key("desk-reason-wrong-item"),
        Reason::ChangedMind => key("desk-reason-changed-mind"),
    }
}
