//! Agents: who works at the desk.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, ok};
use crate::{
    app::App,
    domain::agents,
    error::Result,
    wire::{List, agents::AgentOut},
};

/// Everybody at the desk
///
/// By name, all on one page.
///
/// # Errors
/// When the database fails.
#[utoipa::path(get, path = "/agents", tag = "agents", responses((status = 200, description = "The agents.", body = List<AgentOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let team = app.read(move |conn| agents::team(conn, asked.merchant)).await?;
    Ok(ok(&List::whole(team.iter().map(AgentOut::from).collect())))
}
