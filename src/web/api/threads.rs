//! Threads: found, given to somebody, resolved, taken up again.

use actix_web::{HttpResponse, Result as ActixResult, web::Data};

use super::{asked::Asked, cases::as_pointers, ok};
use crate::{
    app::App,
    domain::threads::{
        self, By,
        listing::{self, Filter, ThreadDetail},
        mailing,
        snoozing::{self, Until},
    },
    error::Result,
    ids::ThreadId,
    store::Tx,
    wire::{
        Cursor, List,
        threads::{AddressIn, AssignmentIn, NothingIn, SnoozeIn, ThreadOut, ThreadQuery},
    },
};

/// Find threads
///
/// The one that moved longest ago first: a reader who goes on from the last row misses none.
///
/// # Errors
/// As every list.
#[utoipa::path(get, path = "/threads", tag = "threads", params(ThreadQuery), responses((status = 200, description = "A page of threads.", body = List<ThreadOut>)))]
pub async fn list(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let query: ThreadQuery = asked.query()?;
    let limit = query.limit.unwrap_or_default();
    let filter = Filter {
        state: query.state,
        order: query.order_id,
        updated_since: query.updated_since,
        after: query.cursor.map(|cursor| cursor.to_moment::<ThreadId>()).transpose()?,
    };
    let found = app.read(move |conn| listing::list(conn, asked.merchant, &filter, limit.look_for())).await?;
    let position = |row: &ThreadDetail| Cursor::moment(row.thread.moved_at.utc(), row.thread.id);
    Ok(ok(&List::page(found, limit, position, |row| ThreadOut::from(row))))
}

/// One thread
///
/// # Errors
/// When the merchant has no such thread.
#[utoipa::path(get, path = "/threads/{id}", tag = "threads", params(("id" = inline(ThreadId), Path, description = "The thread.")), responses((status = 200, description = "The thread.", body = ThreadOut)))]
pub async fn one(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let id: ThreadId = asked.id()?;
    let found = app.read(move |conn| listing::detail(conn, asked.merchant, id)).await?;
    Ok(ok(&ThreadOut::from(&found)))
}

/// Give a thread to an agent
///
/// Or back to the whole team.
///
/// # Errors
/// When the merchant has no such thread or agent.
#[utoipa::path(post, path = "/threads/{id}/assignment", tag = "threads", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body = AssignmentIn, responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn assign(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let to = asked.body::<AssignmentIn>()?.agent_id;
    Ok(moved(&asked, &app, move |tx, by, id| threads::assign(tx, by, id, to)).await?)
}

/// Resolve a thread
///
/// Nothing is left to do here. A message of the shopper takes it up again.
///
/// # Errors
/// A conflict while a request waits for its decision.
#[utoipa::path(post, path = "/threads/{id}/resolution", tag = "threads", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body = Option<NothingIn>, responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn resolve(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    asked.body::<NothingIn>()?;
    Ok(moved(&asked, &app, threads::resolve).await?)
}

/// Let a thread sleep
///
/// It leaves the lists until the moment comes or its shopper writes, whichever is first.
///
/// # Errors
/// A conflict for a thread that is resolved or spam.
#[utoipa::path(post, path = "/threads/{id}/snooze", tag = "threads", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body = SnoozeIn, responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn snooze(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let until = asked.body::<SnoozeIn>()?.until;
    let slept = moved(&asked, &app, move |tx, by, id| snoozing::snooze(tx, by, id, Until::At(until)).map(|_| ())).await;
    Ok(slept.map_err(as_pointers)?)
}

/// Take a thread up again
///
/// One that was resolved, one that sleeps, one that was taken for spam.
///
/// # Errors
/// When the merchant has no such thread.
#[utoipa::path(post, path = "/threads/{id}/reopening", tag = "threads", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body = Option<NothingIn>, responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn reopen(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    asked.body::<NothingIn>()?;
    Ok(moved(&asked, &app, threads::reopen).await?)
}

/// Correct the address of a thread
///
/// E-mails go to it from now on, those that did not arrive first, with a fresh link; links sent before stop working. It holds
/// until the order names yet another address.
///
/// # Errors
/// When it is no address.
#[utoipa::path(post, path = "/threads/{id}/address", tag = "threads", params(("id" = inline(ThreadId), Path, description = "The thread.")), request_body = AddressIn, responses((status = 200, description = "The thread as it is now.", body = ThreadOut)))]
pub async fn readdress(asked: Asked, app: Data<App>) -> ActixResult<HttpResponse> {
    let email = asked.body::<AddressIn>()?.parse()?;
    Ok(moved(&asked, &app, move |tx, by, id| mailing::correct(tx, by, id, &email)).await?)
}

/// Does something with the thread in the address, and tells how it is then.
pub(super) async fn moved(
    asked: &Asked,
    app: &App,
    change: impl Fn(&mut Tx<'_>, By, ThreadId) -> Result<()> + Send + 'static,
) -> Result<HttpResponse> {
    let (merchant, id) = (asked.merchant, asked.id()?);
    let now = app
        .write(move |tx| {
            change(tx, By::app(merchant), id)?;
            listing::detail(tx, merchant, id)
        })
        .await?;
    Ok(ok(&ThreadOut::from(&now)))
}
