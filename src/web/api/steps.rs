//! What is done with a case: it is decided, and then its goods and its money move. Each answers the case as it is now.

use actix_web::{HttpResponse, Result as ActixResult, web::Data};

use super::{
    asked::Asked,
    cases::{as_pointers, shown},
    ok,
};
use crate::{
    app::App,
    domain::cases::{
        Case,
        deciding::{self, Decider},
        proposing,
        states::Step,
    },
    error::Result,
    ids::CaseId,
    store::Tx,
    wire::{
        cases::{CaseOut, GoodsBackIn, ProposalIn, RefusalIn, SettlementIn},
        threads::NothingIn,
    },
};

/// Approve a case
///
/// # Errors
/// A conflict that names who decided it before.
#[utoipa::path(post, path = "/cases/{id}/approval", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), request_body = Option<NothingIn>, responses((status = 200, description = "The case as it is now.", body = CaseOut)))]
pub async fn approve(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    asked.body::<NothingIn>()?;
    Ok(done(&asked, &app, deciding::approve).await?)
}

/// Decline a case
///
/// # Errors
/// A conflict that names who decided it before.
#[utoipa::path(post, path = "/cases/{id}/refusal", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), request_body = RefusalIn, responses((status = 200, description = "The case as it is now.", body = CaseOut)))]
pub async fn refuse(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let reason = asked.body::<RefusalIn>()?.parse()?;
    Ok(done(&asked, &app, move |tx, by, id| deciding::decline(tx, by, id, &reason)).await?)
}

/// Offer another variant instead
///
/// It is set aside beside what was asked for, for 48 hours, until the shopper answers.
///
/// # Errors
/// A conflict that names who decided it before, or says that the pieces are gone.
#[utoipa::path(post, path = "/cases/{id}/proposal", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), request_body = ProposalIn, responses((status = 200, description = "The case as it is now.", body = CaseOut)))]
pub async fn propose(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let to = asked.body::<ProposalIn>()?.variant_id;
    let done = done(&asked, &app, move |tx, by, id| proposing::propose(tx, by, id, to)).await;
    Ok(done.map_err(as_pointers)?)
}

/// The goods came back
///
/// Or the shopper keeps them.
///
/// # Errors
/// A conflict when the case is not approved, or it was done already.
#[utoipa::path(post, path = "/cases/{id}/goods-back", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), request_body = GoodsBackIn, responses((status = 200, description = "The case as it is now.", body = CaseOut)))]
pub async fn goods_back(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let step = asked.body::<GoodsBackIn>()?.state.into();
    Ok(done(&asked, &app, move |tx, by, id| deciding::step(tx, by, id, step, None)).await?)
}

/// The goods went out
///
/// # Errors
/// A conflict when the case is not approved, or it was done already.
#[utoipa::path(post, path = "/cases/{id}/goods-out", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), request_body = Option<NothingIn>, responses((status = 200, description = "The case as it is now.", body = CaseOut)))]
pub async fn goods_out(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    asked.body::<NothingIn>()?;
    Ok(done(&asked, &app, |tx, by, id| deciding::step(tx, by, id, Step::Send, None)).await?)
}

/// The difference was settled by hand
///
/// # Errors
/// A conflict when the case is not approved, there is no difference, or it was done already.
#[utoipa::path(post, path = "/cases/{id}/settlement", tag = "cases", params(("id" = inline(CaseId), Path, description = "The case.")), request_body = SettlementIn, responses((status = 200, description = "The case as it is now.", body = CaseOut)))]
pub async fn settle(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let settlement = asked.body::<SettlementIn>()?.parse()?;
    Ok(done(&asked, &app, move |tx, by, id| deciding::step(tx, by, id, Step::Settle, Some(&settlement))).await?)
}

async fn done(
    asked: &Asked,
    app: &App,
    change: impl Fn(&mut Tx<'_>, &Decider, CaseId) -> Result<Case> + Send + 'static,
) -> Result<HttpResponse> {
    let (merchant, id) = (asked.merchant, asked.id()?);
    let now = app
        .write(move |tx| {
            let case = change(tx, &Decider::App(merchant), id)?;
            shown(tx, &case)
        })
        .await?;
    Ok(ok(&now))
}
