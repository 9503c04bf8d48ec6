//! The audit log and erasures as programs see them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Cursor, Limit};
use crate::{
    domain::{
        audit::{Act, Area, DoerKind, Entry},
        erasures::Erasure,
    },
    ids::{AgentId, ShopperId},
};

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct EntryOut {
    /// Its number in the merchant's log; there are no gaps.
    #[schema(example = 42)]
    pub number: i64,
    /// What was done. New ones may be added.
    pub act: Act,
    /// What it belongs to.
    pub area: Area,
    /// Who did it.
    pub by: DoerOut,
    /// The id of what it was done to, or the route somebody was turned away from; empty where it speaks for itself.
    #[schema(example = "agt_01k3m8w4x7f5r9t2v6y0z1b3c5")]
    pub subject: String,
    /// More about it, in words that do not change.
    pub details: BTreeMap<String, String>,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// Over this entry and the hash of the one before it.
    pub hash: String,
}

/// Who did something that matters for security.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Doer)]
pub struct DoerOut {
    pub kind: DoerKind,
    /// The agent's or the token's id; null for the system and for strangers.
    #[schema(example = "agt_01k3m8w4x7f5r9t2v6y0z1b3c5")]
    pub id: Option<String>,
}

impl From<&Entry> for EntryOut {
    fn from(entry: &Entry) -> Self {
        Self {
            number: entry.seq,
            act: entry.act,
            area: entry.act.area(),
            by: DoerOut { kind: entry.doer, id: entry.doer_id() },
            subject: entry.subject.clone(),
            details: entry.details.0.clone(),
            happened_at: entry.happened_at.utc(),
            hash: entry.hash.clone(),
        }
    }
}

/// Which part of the log.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only what belongs to this.
    #[param(inline)]
    pub area: Option<Area>,
    /// Only what this agent did.
    #[param(inline)]
    pub agent_id: Option<AgentId>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}

/// Nothing needs to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewErasure)]
pub struct ErasureIn {}

/// A person who was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub struct ErasureOut {
    pub shopper_id: ShopperId,
    /// When it was asked for: from then on nothing of them is shown.
    pub erased_at: DateTime<Utc>,
    /// When nothing was left anywhere; null until then.
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<&Erasure> for ErasureOut {
    fn from(erasure: &Erasure) -> Self {
        Self {
            shopper_id: erasure.shopper_id,
            erased_at: erasure.erased_at.utc(),
            finished_at: erasure.finished_at.map(|at| at.utc()),
        }
    }
}
