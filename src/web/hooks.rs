//! Where other systems bring their news: `POST /hooks/{connector}`. The signature is checked over the raw bytes before
//! anything is read; a right one is stored and applied in one write, and only then acknowledged.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Serialize;

use super::{
    limits,
    problem::{FieldProblem, Problem},
};
use crate::{
    app::App,
    connect::{
        ReadError,
        shops::{self, Arrival as Raw, ReadContext},
    },
    domain::{
        catalogue::telling,
        connectors::{self, Connector, ConnectorKind},
        intakes::{self, Arrival, Taken, Verdict},
        money::Currency,
    },
    error::{Error, Result},
    ids::{HookAddress, IntakeId, OrderId},
    metrics,
};

/// The largest body that is taken, in bytes.
pub const MAX_BODY: usize = 2 * 1024 * 1024;

/// What a sender is told.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Receipt {
    /// The arrival, as the connector's log shows it.
    #[schema(value_type = String)]
    pub id: IntakeId,
    pub verdict: Verdict,
    /// It was here before; nothing was done again.
    pub repeat: bool,
    #[schema(value_type = Option<String>)]
    pub order_id: Option<OrderId>,
}

/// An arrival. A connector that does not exist is answered like a wrong signature.
///
/// # Errors
/// 401 for a wrong or missing signature, 400 for what is not JSON, 422 on the generic hook for what is no order.
pub async fn arrive(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse> {
    let Ok(address) = path.parse::<HookAddress>() else { return refuse() };
    let (connector, currency) = match app.read(move |conn| known(conn, address)).await {
        Ok(found) => found,
        Err(Error::NotFound) => return refuse(),
        // Whether there is one is not known: the sender comes again.
        Err(error) => return Err(error),
    };
    limits::take(&req, limits::Kind::Hook, &path)?;
    let headers = kept_headers(&req, connector.kind);
    let raw = Raw { headers: &headers, body: &body };
    if shops::is_ping(connector.kind, &raw) {
        app.write(move |tx| connectors::pinged(tx, &connector)).await?;
        metrics::arrived("ping");
        return Ok(HttpResponse::Ok().finish());
    }
    let Some(signed) = signature(&app, &connector, &raw)? else { return refuse() };
    let context = ReadContext { currency_hint: currency, now: app.now() };
    let arrival = match read(connector.kind, &context, &raw) {
        Ok(arrival) => arrival.signed_with_old(signed == Signed::Old),
        Err(NoMessage(why)) => return Ok(Problem::plain(StatusCode::BAD_REQUEST, why).answer()),
    };
    let (kind, keys) = (connector.kind, app.keys.clone());
    let taken = app.write(move |tx| intakes::take(tx, &keys, &connector, &arrival)).await?;
    metrics::arrived(if taken.repeat { "repeat" } else { taken.verdict.as_str() });
    Ok(answer(kind, &taken))
}

/// Which secret signed an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signed {
    New,
    /// The one before, which is taken too for a while.
    Old,
}

/// None when no secret that is taken now signed it.
fn signature(app: &App, connector: &Connector, raw: &Raw<'_>) -> Result<Option<Signed>> {
    let now = app.now();
    let secret = connector.secret(&app.keys)?;
    let Err(why) = shops::verify(connector.kind, &[secret.as_str()], raw, now) else { return Ok(Some(Signed::New)) };
    if let Some(old) = connector.old_secret(&app.keys, now)?
        && shops::verify(connector.kind, &[old.as_str()], raw, now).is_ok()
    {
        return Ok(Some(Signed::Old));
    }
    tracing::warn!(connector.id = %connector.id, ?why, "a hook's signature was refused");
    Ok(None)
}

fn known(conn: &mut crate::store::Conn, address: HookAddress) -> Result<(Connector, Option<Currency>)> {
    let connector = connectors::by_address(conn, address)?;
    let currency = telling::currency_of(conn, connector.merchant_id, connector.shop_id)?;
    Ok((connector, currency))
}

fn refuse() -> Result<HttpResponse> {
    metrics::arrived("refused");
    Err(Error::SignedOut)
}

fn kept_headers(req: &HttpRequest, kind: ConnectorKind) -> Vec<(String, String)> {
    let value = |name: &&str| {
        let value = req.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    };
    shops::headers(kind).iter().filter_map(value).collect()
}

/// Reads an arrival. What is no JSON at all is refused without being stored: it was never a message to us.
fn read(kind: ConnectorKind, context: &ReadContext, raw: &Raw<'_>) -> Result<Arrival, NoMessage> {
    let news = match shops::read(kind, context, raw) {
        Ok(news) => Ok(news),
        Err(ReadError::Unreadable(problems)) => Err(problems),
        Err(ReadError::NotJson) => return Err(NoMessage("The body is not JSON.")),
        Err(ReadError::TooDeep) => return Err(NoMessage("The body is nested too deep: 32 levels at most.")),
    };
    let secret_headers = ["webhook-signature", "x-shopify-hmac-sha256", "x-wc-webhook-signature"];
    let headers = raw.headers.iter().filter(|(name, _)| !secret_headers.contains(&name.as_str())).cloned().collect();
    Ok(Arrival::new(shops::topic(kind, raw), shops::delivery_key(kind, raw), headers, raw.body, news))
}

/// Why a body is no message at all, for the developer who sent it.
struct NoMessage(&'static str);

/// Vendors switch a hook off that answers anything but 2xx, so what they sent and we cannot use is acknowledged and shown
/// in the connector's log; a developer at the generic hook is told at once.
fn answer(kind: ConnectorKind, taken: &Taken) -> HttpResponse {
    if kind == ConnectorKind::Generic && taken.verdict == Verdict::Failed {
        let mut problem =
            Problem::plain(StatusCode::UNPROCESSABLE_ENTITY, "The body was kept and not applied: see errors.");
        let field = |problem: &intakes::Problem| FieldProblem {
            pointer: problem.pointer.clone(),
            detail: problem.problem.clone(),
        };
        problem.errors = taken.problems.iter().map(field).collect();
        return problem.answer();
    }
    HttpResponse::Accepted().json(Receipt {
        id: taken.id,
        verdict: taken.verdict,
        repeat: taken.repeat,
        order_id: taken.order,
    })
}

/// Reads a stored arrival anew, for a replay.
///
/// # Errors
/// When its body is no longer readable at all.
pub fn read_again(
    connector: &Connector,
    currency: Option<Currency>,
    headers: &[(String, String)],
    body: &[u8],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Arrival> {
    let context = ReadContext { currency_hint: currency, now };
    read(connector.kind, &context, &Raw { headers, body }).map_err(|NoMessage(why)| Error::Internal(why.to_owned()))
}
