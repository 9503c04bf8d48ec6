//! Events as programs see them: that something happened, by ids. What a thing is now, the API tells when it is asked.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Cursor, Limit, list::Whole, people::ActorOut};
use crate::{
    domain::{
        cases::Track,
        events::{Change, Event},
        normal::ShipmentStatus,
        threads::mailing::Refusal,
    },
    ids::{AgentId, CaseId, EventId, LabelId, MessageId, OrderId, ShipmentId, ShopperId, ThreadId, VariantId},
};

/// Something that happened in a thread.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventOut {
    /// Its position in the feed. Positions grow, with holes.
    #[schema(example = 42)]
    pub pos: i64,
    pub id: EventId,
    /// Its public name. Names may be added, none is renamed.
    #[serde(rename = "type")]
    #[schema(example = "case.approved")]
    pub kind: &'static str,
    pub thread_id: ThreadId,
    /// Its place in the thread.
    #[schema(example = 7)]
    pub seq: i64,
    pub actor: ActorOut,
    pub data: EventData,
    /// When it was stored here.
    pub happened_at: DateTime<Utc>,
}

/// What it is about: only what the type speaks of is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct EventData {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<OrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment_id: Option<ShipmentId>,
    /// Where the parcel is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ShipmentStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// Which track of the case moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
    /// What is offered instead of what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<VariantId>,
    /// Until when the thread sleeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Whose the thread is now; left out when it is the whole team's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
    /// Why letters to the shopper are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Refusal>,
    /// Which label was put on or taken off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_id: Option<LabelId>,
    /// Who was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shopper_id: Option<ShopperId>,
}

impl From<&Event> for EventOut {
    fn from(event: &Event) -> Self {
        Self {
            pos: event.pos.unwrap_or_default(),
            id: event.id,
            kind: event.change.0.name(),
            thread_id: event.thread_id,
            seq: event.seq,
            actor: ActorOut::of(event.actor, event.actor_id),
            data: EventData::from(&event.change.0),
            happened_at: event.happened_at.utc(),
        }
    }
}

impl From<&Change> for EventData {
    fn from(change: &Change) -> Self {
        let nothing = Self { case_id: change.case(), ..Self::default() };
        match *change {
            Change::OrderPlaced { order }
            | Change::OrderUpdated { order }
            | Change::OrderCancelled { order }
            | Change::DeliveryConfirmed { order } => Self { order_id: Some(order), ..nothing },
            Change::MessagePosted { message } | Change::NoteAdded { message } => {
                Self { message_id: Some(message), ..nothing }
            }
            Change::ThreadAssigned { to } => Self { agent_id: to, ..nothing },
            Change::ThreadLabelled { label } | Change::ThreadUnlabelled { label } => {
                Self { label_id: Some(label), ..nothing }
            }
            Change::ShipmentMoved { shipment, status } => {
                Self { shipment_id: Some(shipment), status: Some(status), ..nothing }
            }
            Change::CaseMoved { track, .. } => Self { track: Some(track), ..nothing },
            Change::ThreadSnoozed { until } => Self { until: Some(until), ..nothing },
            Change::CaseProposed { variant, .. } => Self { variant_id: Some(variant), ..nothing },
            Change::MailRefused { reason } => Self { reason: Some(reason), ..nothing },
            Change::ShopperErased { shopper } => Self { shopper_id: Some(shopper), ..nothing },
            Change::MailReaddressed
            | Change::ThreadResolved
            | Change::ThreadReopened
            | Change::ThreadWoken
            | Change::ThreadMarkedSpam
            | Change::ThreadSpamCleared
            | Change::CaseCountered { .. }
            | Change::CaseRequested { .. }
            | Change::CaseApproved { .. }
            | Change::CaseDeclined { .. }
            | Change::CaseCancelled { .. }
            | Change::CaseExpired { .. }
            | Change::CaseCompleted { .. } => nothing,
        }
    }
}

/// Which part of the feed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// Only those after this position: the `pos` of the last event you took. Without it, from the beginning.
    #[param(inline)]
    pub after: Option<Whole>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}
