//! Parcels as programs see them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        normal::ShipmentStatus,
        shipments::{Milestone, Shipment},
    },
    ids::{MilestoneId, ShipmentId},
};

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Shipment)]
pub struct ShipmentOut {
    pub id: ShipmentId,
    /// The shop's own id.
    pub external_id: String,
    /// Who brings it.
    #[schema(example = "DHL")]
    pub carrier: Option<String>,
    /// Tracking numbers.
    pub numbers: Vec<String>,
    /// Tracking pages of the carrier.
    pub urls: Vec<String>,
    /// `unknown`: it was sent, and no more is known.
    pub status: ShipmentStatus,
    /// When it left.
    pub shipped_at: Option<DateTime<Utc>>,
    /// When the carrier means to deliver it.
    pub expected_at: Option<DateTime<Utc>>,
    /// What happened to it, by the carrier's time, the oldest first.
    pub milestones: Vec<MilestoneOut>,
}

/// Something that happened to a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Milestone)]
pub struct MilestoneOut {
    pub id: MilestoneId,
    pub status: ShipmentStatus,
    /// The carrier's time.
    pub happened_at: DateTime<Utc>,
    /// Where, in the carrier's words.
    #[schema(example = "Lyon")]
    pub place: Option<String>,
    /// The carrier's own words.
    pub message: Option<String>,
}

impl From<&Shipment> for ShipmentOut {
    fn from(shipment: &Shipment) -> Self {
        Self {
            id: shipment.id,
            external_id: shipment.external_id.clone(),
            carrier: shipment.carrier.clone(),
            numbers: shipment.numbers.clone(),
            urls: shipment.urls.clone(),
            status: shipment.status,
            shipped_at: shipment.shipped_at.map(Into::into),
            expected_at: shipment.expected_at.map(Into::into),
            milestones: shipment.milestones.iter().map(MilestoneOut::from).collect(),
        }
    }
}

impl From<&Milestone> for MilestoneOut {
    fn from(milestone: &Milestone) -> Self {
        Self {
            id: milestone.id,
            status: milestone.status,
            happened_at: milestone.happened_at.utc(),
            place: milestone.place.clone(),
            message: milestone.message.clone(),
        }
    }
}
