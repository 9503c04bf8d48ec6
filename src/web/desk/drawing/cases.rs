//! Requests: the panel to decide one, and the tracks of one agreed on.

use super::{Desk, Mend, talk::track_name};
use crate::{
    domain::{
        cases::{Case, CaseState, GoodsBack, GoodsOut, MoneyTrack, Reason, Track},
        events::Change,
        orders::LineDetail,
        policy,
    },
    i18n::key,
    web::desk::{
        own_picture,
        reading::{Asked, Opened},
        view::cases::{self as view, CaseTracks, Check, Decision, Garment, Kind, Pays},
    },
};

impl Desk<'_> {
    /// Cases to decide, the oldest first.
    pub(super) fn decisions(&self, opened: &Opened, mend: &Mend) -> Vec<Decision> {
        let waiting = opened.cases.iter().filter(|asked| asked.case.state == CaseState::Submitted);
        waiting.enumerate().map(|(at, asked)| self.decision(opened, asked, at == 0, mend)).collect()
    }

    fn decision(&self, opened: &Opened, asked: &Asked, first: bool, mend: &Mend) -> Decision {
        let (t, case) = (&self.t, &asked.case);
        let checks = opened.order.as_ref().map(|order| {
            let (at, offer) = (case.requested_at.utc(), asked.offer());
            policy::checks(order, at, &offer, case.quantity, opened.shop.exchange_days)
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
            refusal,
            refusal_error,
        }
    }

    fn pays(&self, case: &Case) -> (String, String) {
        let difference = case.difference();
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

fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Colour => key("desk-reason-colour"),
        Reason::TooSmall => key("desk-reason-too-small"),
        Reason::TooLarge => key("desk-reason-too-large"),
        Reason::Defect => key("desk-reason-defect"),
        Reason::WrongItem => key("desk-reason-wrong-item"),
        Reason::ChangedMind => key("desk-reason-changed-mind"),
    }
}
