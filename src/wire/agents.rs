//! Agents as programs see them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::agents::{Agent, Role},
    ids::AgentId,
};

/// Somebody who works at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Agent)]
pub struct AgentOut {
    pub id: AgentId,
    /// As shoppers see it.
    #[schema(example = "Mia")]
    pub name: String,
    /// What they sign in with.
    #[schema(example = "mia@example.com")]
    pub email: String,
    pub role: Role,
}

impl From<&Agent> for AgentOut {
    fn from(agent: &Agent) -> Self {
        Self { id: agent.id, name: agent.name.clone(), email: agent.email.clone(), role: agent.role }
    }
}
