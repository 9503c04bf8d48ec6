//! People as programs see them: who bought, who works at the desk, who did something.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{agents::Agent, events::ActorKind, shoppers::Shopper},
    ids::{AgentId, ShopperId},
};

/// A buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Shopper)]
pub struct ShopperOut {
    pub id: ShopperId,
    /// As their orders name them.
    #[schema(example = "Jon Snow")]
    pub name: Option<String>,
    /// Lower case.
    #[schema(example = "jon@example.com")]
    pub email: Option<String>,
}

impl From<&Shopper> for ShopperOut {
    fn from(shopper: &Shopper) -> Self {
        Self { id: shopper.id, name: shopper.name.clone(), email: shopper.email.clone() }
    }
}

/// Somebody at the desk, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgentName)]
pub struct AgentNameOut {
    pub id: AgentId,
    /// As shoppers see it.
    #[schema(example = "Mia")]
    pub name: String,
}

impl From<&Agent> for AgentNameOut {
    fn from(agent: &Agent) -> Self {
        Self { id: agent.id, name: agent.name.clone() }
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Actor)]
pub struct ActorOut {
    pub kind: ActorKind,
    /// The shopper's or the agent's id; null for an app, for the system, and for a shopper whom the order does not name.
    #[schema(example = "agt_01k3m8w4x7f5r9t2v6y0z1b3c5")]
    pub id: Option<String>,
}

impl ActorOut {
    /// From the two columns that hold any actor.
    pub fn of(kind: ActorKind, id: Option<AgentId>) -> Self {
        let id = match (kind, id) {
            (ActorKind::Agent, Some(id)) => Some(id.to_string()),
            (ActorKind::Shopper, Some(id)) => Some(shopper_id(id).to_string()),
            _ => None,
        };
        Self { kind, id }
    }
}

/// A shopper's id out of the column that holds any actor's.
pub fn shopper_id(id: AgentId) -> ShopperId {
    ShopperId::from_bytes(id.bytes())
}
