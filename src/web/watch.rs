//! Who is turned away is noted in the audit log, bounded, and without keeping anybody waiting: an answer that took longer
//! would tell what is there.

use std::sync::Arc;

use actix_web::{
    Error as ActixError, FromRequest, HttpRequest,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    middleware::Next,
    rt::spawn,
};

use super::{
    gate::{Caller, Desk},
    request,
};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        audit::{Act, Doer, turned_away::Attempt},
        tokens,
    },
    error::Error,
};

/// Notes that somebody was turned away.
pub(super) fn turned_away(app: &Arc<App>, attempt: Attempt) {
    if !app.turned_away.note(&attempt, app.now()) {
        return;
    }
    let app = Arc::clone(app);
    spawn(async move {
        if let Err(error) = app.write(move |tx| attempt.record(tx, 1)).await {
            tracing::error!(%error, "who was turned away could not be noted");
        }
    });
}

/// Somebody tried to sign in as an agent.
pub(super) fn sign_in_failed(app: &Arc<App>, agent: &Agent, reason: &'static str) {
    let attempt = Attempt {
        merchant: agent.merchant_id,
        doer: Doer::Stranger,
        act: Act::SignInFailed,
        subject: agent.id.to_string(),
        reason,
    };
    turned_away(app, attempt);
}

/// Somebody called with a token that is not good: noted where there is such a token.
pub(super) fn token_refused(app: &Arc<App>, token: String) {
    let app = Arc::clone(app);
    spawn(async move {
        let claimed = app.read(move |conn| tokens::claimed(conn, &token)).await;
        if let Ok(Some(holder)) = claimed {
            let attempt = Attempt {
                merchant: holder.merchant,
                doer: Doer::Stranger,
                act: Act::SignInFailed,
                subject: holder.token.to_string(),
                reason: "token",
            };
            turned_away(&app, attempt);
        }
    });
}

/// Passes a request on and looks at how it was answered.
///
/// # Errors
/// What the request is answered with.
pub(super) async fn over(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    let response = next.call(req).await?;
    let reason = match response.response().error().and_then(|error| error.as_error::<Error>()) {
        Some(Error::Denied) => "role",
        // What has an id in its address and is not there may be somebody else's.
        Some(Error::NotFound) if !response.request().match_info().is_empty() => "not-theirs",
        _ => return Ok(response),
    };
    let asked = response.request().clone();
    spawn(async move {
        if let Some((app, attempt)) = denied(&asked, reason).await {
            turned_away(&app, attempt);
        }
    });
    Ok(response)
}

async fn denied(req: &HttpRequest, reason: &'static str) -> Option<(Arc<App>, Attempt)> {
    let subject = req.match_pattern().unwrap_or_default();
    let (merchant, doer) = if subject.starts_with("/api/") {
        let caller = Caller::from_request(req, &mut Payload::None).await.ok()?;
        (caller.merchant, Doer::App(caller.token))
    } else {
        let desk = Desk::extract(req).await.ok()?;
        (desk.agent.merchant_id, Doer::from(&desk.agent))
    };
    let app = Arc::clone(request::app(req));
    Some((app, Attempt { merchant, doer, act: Act::Denied, subject, reason }))
}
