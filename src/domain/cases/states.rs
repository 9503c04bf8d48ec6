//! The states of a case and of its three tracks, as pure tables.

use crate::text_enum;

text_enum! {
    /// The header of a case: what was decided.
    pub enum CaseState {
        Submitted = "submitted",
        Proposed = "proposed",
        Countered = "countered",
        Approved = "approved",
        Declined = "declined",
        Cancelled = "cancelled",
        Expired = "expired",
        Completed = "completed",
    }
}

/// What can be done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The shop offers something else.
    Propose,
    /// The shopper answers an offer with another wish.
    Counter,
    Approve,
    Decline,
    Cancel,
    /// Nobody decided in time.
    Expire,
    /// All three tracks reached their end.
    Complete,
}

impl Act {
    pub const ALL: &'static [Self] =
        &[Self::Propose, Self::Counter, Self::Approve, Self::Decline, Self::Cancel, Self::Expire, Self::Complete];
}

impl CaseState {
    /// The state an act leads to; none when it is not possible here.
    pub fn after(self, act: Act) -> Option<Self> {
        use Act as A;
        match (self, act) {
            (Self::Submitted | Self::Countered, A::Propose) => Some(Self::Proposed),
            (Self::Proposed, A::Counter) => Some(Self::Countered),
            (Self::Submitted | Self::Proposed | Self::Countered, A::Approve) => Some(Self::Approved),
            (Self::Submitted | Self::Proposed | Self::Countered, A::Decline) => Some(Self::Declined),
            (Self::Submitted | Self::Proposed | Self::Countered | Self::Approved, A::Cancel) => Some(Self::Cancelled),
            (Self::Submitted | Self::Proposed | Self::Countered, A::Expire) => Some(Self::Expired),
            (Self::Approved, A::Complete) => Some(Self::Completed),
            _ => None,
        }
    }

    /// Those in which the shop is to decide.
    pub const TO_DECIDE: [Self; 2] = [Self::Submitted, Self::Countered];

    /// Those in which somebody still has something to do.
    pub const UNDER_WAY: [Self; 4] = [Self::Submitted, Self::Proposed, Self::Countered, Self::Approved];

    /// Nobody has decided it yet; the shop or the shopper is to.
    pub fn is_undecided(self) -> bool {
        matches!(self, Self::Submitted | Self::Proposed | Self::Countered)
    }

    /// Nothing leads out of it.
    pub fn is_final(self) -> bool {
        Act::ALL.iter().all(|act| self.after(*act).is_none())
    }

    /// Whether the pieces it speaks of cannot be asked for again: they are spoken for, or were swapped already.
    pub fn holds_goods(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled | Self::Expired)
    }
}

text_enum! {
    /// The goods that come back.
    pub enum GoodsBack {
        Pending = "pending",
        Received = "received",
        /// The shopper keeps them.
        Waived = "waived",
    }
}

text_enum! {
    /// The goods that go out.
    pub enum GoodsOut {
        /// Set aside.
        Reserved = "reserved",
        Sent = "sent",
        /// Freed: the case was declined, cancelled or ran out.
        Released = "released",
    }
}

text_enum! {
    /// The difference.
    pub enum MoneyTrack {
        Even = "even",
        /// The shopper owes it.
        DueFromShopper = "due_from_shopper",
        /// We owe it.
        DueToShopper = "due_to_shopper",
        /// Settled, as an agent recorded by hand.
        Settled = "settled",
    }
}

impl MoneyTrack {
    /// Where the money of a difference (minor units) begins.
    pub fn of(difference: i64) -> Self {
        match difference {
            0 => Self::Even,
            1.. => Self::DueFromShopper,
            _ => Self::DueToShopper,
        }
    }
}

/// The three tracks together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tracks {
    pub goods_back: GoodsBack,
    pub goods_out: GoodsOut,
    pub money: MoneyTrack,
}

/// A step on a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Receive,
    Waive,
    Send,
    Settle,
}

impl Tracks {
    /// The tracks after a step; none when it is not possible (already made, nothing to settle).
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        use MoneyTrack::{DueFromShopper, DueToShopper};
        match (step, self.goods_back, self.goods_out, self.money) {
            (Step::Receive, GoodsBack::Pending, _, _) => Some(Self { goods_back: GoodsBack::Received, ..self }),
            (Step::Waive, GoodsBack::Pending, _, _) => Some(Self { goods_back: GoodsBack::Waived, ..self }),
            (Step::Send, _, GoodsOut::Reserved, _) => Some(Self { goods_out: GoodsOut::Sent, ..self }),
            (Step::Settle, _, _, DueFromShopper | DueToShopper) => Some(Self { money: MoneyTrack::Settled, ..self }),
            _ => None,
        }
    }

    /// All three reached their end.
    pub fn are_final(self) -> bool {
        let back = self.goods_back != GoodsBack::Pending;
        let out = self.goods_out == GoodsOut::Sent;
        back && out && matches!(self.money, MoneyTrack::Even | MoneyTrack::Settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_takes_only_the_listed_transitions() {
        use Act as A;
        use CaseState as S;
        let listed = [
            (S::Submitted, A::Propose, S::Proposed),
            (S::Submitted, A::Approve, S::Approved),
            (S::Submitted, A::Decline, S::Declined),
            (S::Submitted, A::Cancel, S::Cancelled),
            (S::Submitted, A::Expire, S::Expired),
            (S::Proposed, A::Counter, S::Countered),
            (S::Proposed, A::Approve, S::Approved),
            (S::Proposed, A::Decline, S::Declined),
            (S::Proposed, A::Cancel, S::Cancelled),
            (S::Proposed, A::Expire, S::Expired),
            (S::Countered, A::Propose, S::Proposed),
            (S::Countered, A::Approve, S::Approved),
            (S::Countered, A::Decline, S::Declined),
            (S::Countered, A::Cancel, S::Cancelled),
            (S::Countered, A::Expire, S::Expired),
            (S::Approved, A::Complete, S::Completed),
            (S::Approved, A::Cancel, S::Cancelled),
        ];
        for state in S::ALL {
            for act in A::ALL {
                let expected = listed.iter().find(|(from, by, _)| from == state && by == act).map(|(_, _, to)| *to);
                assert_eq!(state.after(*act), expected, "{state} {act:?}");
            }
        }
    }

    #[test]
    fn declined_cancelled_expired_and_completed_are_the_ends() {
        let ends: Vec<_> = CaseState::ALL.iter().filter(|state| state.is_final()).map(|state| state.as_str()).collect();
        assert_eq!(ends, ["declined", "cancelled", "expired", "completed"]);
    }

    #[test]
    fn the_tracks_move_on_their_own_and_end_together() {
        let start =
            Tracks { goods_back: GoodsBack::Pending, goods_out: GoodsOut::Reserved, money: MoneyTrack::of(400) };
        assert!(!start.are_final());
        let settled = start.after(Step::Settle).unwrap();
        assert_eq!(settled.after(Step::Settle), None);
        let sent = settled.after(Step::Send).unwrap();
        assert!(!sent.are_final());
        assert!(sent.after(Step::Receive).unwrap().are_final());
        assert!(sent.after(Step::Waive).unwrap().are_final());
        assert_eq!(Tracks { money: MoneyTrack::of(0), ..start }.after(Step::Settle), None);
    }
}
