//! Cases: found, and asked for. What is decided about one, and what moves then, is in [`super::steps`].

use std::collections::HashMap;

use actix_web::{HttpResponse, Result as ActixResult, web::Data};

use super::{asked::Asked, made, ok};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent},
        cases::{
            self, Case,
            proposing::{self, Proposal},
        },
    },
    error::{Error, FieldError, Result},
    ids::{AgentId, CaseId, MerchantId, ThreadId},
    store::Conn,
    wire::{
        Cursor, List,
        cases::{CaseIn, CaseOut, CaseQuery},
        messages::attachments,
    },
};

/// Find cases
///
/// The newest first.
///
/// # Errors
/// As every list.
#[utoipa::path(get, path = "/cases", tag = "cases", params(CaseQuery), responses((status = 200, description = "A page of cases.", body = List<CaseOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let query: CaseQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let before = query.cursor.map(|cursor| cursor.to_moment::<CaseId>()).transpose()?;
    let merchant = asked.merchant;
    let (found, known) = app
        .read(move |conn| {
            let found = cases::list(conn, merchant, query.state, query.thread_id, before, limit.look_for())?;
            let known = Known::of(conn, merchant, &found)?;
            Ok((found, known))
        })
        .await?;
    let position = |case: &Case| Cursor::moment(case.requested_at.utc(), case.id);
    Ok(ok(&List::page(found, limit, position, |case| known.shown(case))))
}

/// One case
///
/// # Errors
/// When the merchant has no such case.
#[utoipa::path(get, path = "/cases/{id}", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), responses((status = 200, description = "The case.", body = CaseOut)))]
pub async fn one(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let (merchant, id) = (asked.merchant, asked.id()?);
    let shown = app
        .read(move |conn| {
            let case = cases::of_merchant(conn, merchant, id)?;
            shown(conn, &case)
        })
        .await?;
    Ok(ok(&shown))
}

/// Ask for an exchange
///
/// On a shopper's behalf, with photos where the reason needs one (`files`), or for an agent whom the shopper called (`agent_id`): checked against the shop's policy and the stock of this moment, and set aside until it is decided.
/// The same `client_id` twice asks once: the second answer is 200 with the first case.
///
/// # Errors
/// A conflict that says why not.
#[utoipa::path(post, path = "/threads/{id}/cases", tag = "cases", params(("id" = inline(ThreadId), Path, description = "The thread of the order.")), request_body = CaseIn, responses((status = 201, description = "The case.", body = CaseOut), (status = 200, description = "The case that was asked for with this `client_id` before.", body = CaseOut)))]
pub async fn request(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let thread: ThreadId = asked.id()?;
    let body = asked.body::<CaseIn>()?;
    let (agent, photos) = (body.agent_id, attachments(&body.files)?);
    let wish = body.parse()?;
    let merchant = asked.merchant;
    let (shown, anew) = app
        .write(move |tx| {
            let (case, anew) = cases::request_by_app(tx, merchant, thread, agent, &wish, photos.clone())?;
            Ok((shown(tx, &case)?, anew))
        })
        .await
        .map_err(as_pointers)?;
    Ok(made(anew, &shown))
}

/// The domain names fields as the shopper's form does; a program wants pointers into its body.
pub(super) fn as_pointers(error: Error) -> Error {
    let Error::Invalid(fields) = error else { return error };
    let pointed = |field: FieldError| {
        let pointer = match field.pointer.as_str() {
            "variant" | "/variant" => "/variant_id".to_owned(),
            "line" => "/line_id".to_owned(),
            other => format!("/{}", other.trim_start_matches('/')),
        };
        FieldError { pointer, ..field }
    };
    Error::Invalid(fields.into_iter().map(pointed).collect())
}

/// A case with the name of who decided it.
pub(super) fn shown(conn: &mut Conn, case: &Case) -> Result<CaseOut> {
    Ok(Known::of(conn, case.merchant_id, std::slice::from_ref(case))?.shown(case))
}

/// What is told of cases beside themselves.
struct Known {
    agents: HashMap<AgentId, Agent>,
    proposals: Vec<Proposal>,
}

impl Known {
    fn of(conn: &mut Conn, merchant: MerchantId, cases: &[Case]) -> Result<Self> {
        let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
        let proposals = proposing::of_cases(conn, merchant, &ids)?;
        let deciders = cases.iter().filter_map(|case| case.decided_by);
        let agents: Vec<AgentId> =
            deciders.chain(proposals.iter().filter_map(|proposal| proposal.proposed_by)).collect();
        Ok(Self { agents: agents::by_ids(conn, merchant, &agents)?, proposals })
    }

    fn shown(&self, case: &Case) -> CaseOut {
        let proposal = self.proposals.iter().find(|proposal| proposal.case_id == case.id);
        CaseOut::of(case, proposal, &self.agents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Says, i18n::key};

    #[test]
    fn a_field_of_the_form_is_named_by_its_pointer() {
        let named = |pointer: &str| match as_pointers(Error::invalid(pointer, Says::new(key("error-case-same")))) {
            Error::Invalid(fields) => fields[0].pointer.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(named("variant"), "/variant_id");
        assert_eq!(named("quantity"), "/quantity");
        assert_eq!(named("/client_id"), "/client_id");
    }
}
