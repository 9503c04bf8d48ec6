//! Cases as programs see them, how they ask for one, and what can be done with it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Cursor, Limit, MoneyOut, messages::client_id, people::AgentNameOut};
use crate::{
    domain::{
        agents::Agent,
        cases::{
            Case, CaseKind, CaseState, ExchangeRequest, GoodsBack, GoodsOut, MoneyTrack, Reason, proposing::Proposal,
            states::Step,
        },
        threads::messages::Text,
    },
    error::Result,
    ids::{AgentId, CaseId, FileId, LineId, OrderId, ThreadId, VariantId},
};

/// A request inside a thread.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Case)]
pub struct CaseOut {
    pub id: CaseId,
    pub thread_id: ThreadId,
    pub order_id: OrderId,
    pub kind: CaseKind,
    pub state: CaseState,
    /// The line of the order it is about.
    pub line_id: LineId,
    /// Pieces.
    #[schema(example = 1)]
    pub quantity: i32,
    pub reason: Reason,
    /// The shopper's own words; may be empty.
    pub words: String,
    /// What they have; null when the catalogue does not know it.
    pub from_variant_id: Option<VariantId>,
    /// What they want instead.
    pub to_variant_id: VariantId,
    /// What one piece cost then.
    pub price_from: MoneyOut,
    /// What one piece costs now.
    pub price_to: MoneyOut,
    /// For all pieces. Positive: the shopper pays it; negative: the shopper gets it back.
    pub difference: MoneyOut,
    pub tracks: TracksOut,
    /// What its asker called it.
    pub client_id: String,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When it was approved or declined.
    pub decided_at: Option<DateTime<Utc>>,
    /// Null when it is not decided, or was by a program.
    pub decided_by: Option<AgentNameOut>,
    /// What the shopper was told.
    pub decline_reason: Option<String>,
    /// How the difference was settled by hand.
    #[schema(example = "bank_transfer: RE-2041")]
    pub settlement: Option<String>,
    /// What the shop offered instead, last; the shopper is to answer while the case is `proposed`.
    pub proposal: Option<ProposalOut>,
    /// When it reached its end.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What the shop offers instead of what was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Proposal)]
pub struct ProposalOut {
    /// Another variant of the same product, set aside.
    pub variant_id: VariantId,
    /// What one piece of it costs now.
    pub price_to: MoneyOut,
    /// For all pieces, as the difference of the case.
    pub difference: MoneyOut,
    /// Null when a program offered it.
    pub proposed_by: Option<AgentNameOut>,
    /// When.
    pub proposed_at: DateTime<Utc>,
}

/// What moves on its own once a case is approved; when all three reached their end it is completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Tracks)]
pub struct TracksOut {
    pub goods_back: GoodsBack,
    pub goods_out: GoodsOut,
    pub money: MoneyTrack,
}

impl CaseOut {
    /// `agents` names those who decide and propose.
    pub fn of(case: &Case, proposal: Option<&Proposal>, agents: &HashMap<AgentId, Agent>) -> Self {
        Self {
            proposal: proposal.map(|proposal| ProposalOut {
                variant_id: proposal.variant_id,
                price_to: proposal.price_to(case).into(),
                difference: proposal.difference(case).into(),
                proposed_by: proposal.proposed_by.and_then(|id| agents.get(&id)).map(AgentNameOut::from),
                proposed_at: proposal.proposed_at.utc(),
            }),
            id: case.id,
            thread_id: case.thread_id,
            order_id: case.order_id,
            kind: case.kind,
            state: case.state,
            line_id: case.line_id,
            quantity: case.quantity,
            reason: case.reason,
            words: case.words.clone(),
            from_variant_id: case.from_variant_id,
            to_variant_id: case.to_variant_id,
            price_from: case.price_from().into(),
            price_to: case.price_to().into(),
            difference: case.difference().into(),
            tracks: TracksOut { goods_back: case.goods_back, goods_out: case.goods_out, money: case.money },
            client_id: case.client_id.clone(),
            requested_at: case.requested_at.utc(),
            decided_at: case.decided_at.map(Into::into),
            decided_by: case.decided_by.and_then(|id| agents.get(&id)).map(AgentNameOut::from),
            decline_reason: case.decline_reason.clone(),
            settlement: case.settlement.clone(),
            closed_at: case.closed_at.map(Into::into),
        }
    }
}

/// What a list of cases is narrowed by.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    #[param(inline)]
    pub state: Option<CaseState>,
    /// Those of this thread.
    #[param(inline)]
    pub thread_id: Option<ThreadId>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}

/// An exchange to ask for, on a shopper's behalf.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCase)]
pub struct CaseIn {
    /// The line of the thread's order.
    pub line_id: LineId,
    /// What is wanted instead: another variant of the same product.
    pub variant_id: VariantId,
    /// Pieces; no more than the shopper still has.
    #[schema(example = 1, minimum = 1)]
    pub quantity: i32,
    pub reason: Reason,
    /// The shopper's own words.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub words: String,
    /// Your own id for it: the same one twice asks once. Made here when it is left out.
    #[schema(min_length = 8, max_length = 64, pattern = "^[A-Za-z0-9_-]+$")]
    pub client_id: Option<String>,
    /// Ids of files that were sent into this thread and wait for a message: what is wrong, on photos. They are said just
    /// before. Needed where the shop's policy needs a photo for this reason, unless an agent asks.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub files: Vec<FileId>,
    /// The agent who asks, for a shopper who called: the event says so.
    pub agent_id: Option<AgentId>,
}

impl CaseIn {
    /// # Errors
    /// Names the field that cannot be taken.
    pub fn parse(self) -> Result<ExchangeRequest> {
        Ok(ExchangeRequest {
            client_id: client_id(self.client_id.as_deref())?,
            line: self.line_id,
            to: self.variant_id,
            quantity: self.quantity,
            reason: self.reason,
            words: self.words,
        })
    }
}

/// What is offered instead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewProposal)]
pub struct ProposalIn {
    /// Another variant of the same product.
    pub variant_id: VariantId,
}

/// Why a request is declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Refusal)]
pub struct RefusalIn {
    /// The shopper is told it in these words.
    #[schema(example = "The shirt was worn.", min_length = 1, max_length = 4000)]
    pub reason: String,
}

impl RefusalIn {
    /// # Errors
    /// When it cannot be said.
    pub fn parse(&self) -> Result<Text> {
        Text::parse("/reason", &self.reason)
    }
}

/// How it ended with the goods that were to come back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GoodsBackStep)]
pub struct GoodsBackIn {
    pub state: GoodsBackEnd,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoodsBackEnd {
    /// They are here.
    Received,
    /// The shopper keeps them.
    Waived,
}

impl From<GoodsBackEnd> for Step {
    fn from(end: GoodsBackEnd) -> Self {
        match end {
            GoodsBackEnd::Received => Self::Receive,
            GoodsBackEnd::Waived => Self::Waive,
        }
    }
}

/// How the difference was settled by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Settlement)]
pub struct SettlementIn {
    pub method: SettlementMethod,
    /// What proves it: the number on the receipt or transfer.
    #[schema(example = "RE-2041", max_length = 200)]
    pub reference: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettlementMethod {
    BankTransfer,
    /// In the shop, on its own terminal.
    Card,
    Cash,
    Other,
}

impl SettlementMethod {
    fn word(self) -> &'static str {
        match self {
            Self::BankTransfer => "bank_transfer",
            Self::Card => "card",
            Self::Cash => "cash",
            Self::Other => "other",
        }
    }
}

impl SettlementIn {
    /// As it is noted at the case: the method, and what proves it.
    ///
    /// # Errors
    /// When the reference cannot be noted.
    pub fn parse(&self) -> Result<Text> {
        let method = self.method.word();
        match &self.reference {
            Some(reference) => {
                let reference = Text::parse("/reference", reference)?;
                Text::parse("/reference", &format!("{method}: {}", reference.as_str()))
            }
            None => Text::parse("/method", method),
        }
    }
}
