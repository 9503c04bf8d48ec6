//! What agents do with a thread: give it to somebody, let it sleep, resolve it, take it up again, put it aside as spam; and
//! taking back what was just done. Also the one thing an agent chooses about the desk itself: whether single letters act.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::{
    Place,
    drawing::Mend,
    inbox::{Acted, list_again, next},
    own_path, see,
};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent},
        threads::{
            self,
            snoozing::{self, Until},
            undo,
        },
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, ThreadId, UndoId},
    store::Tx,
    web::gate::Desk,
};

/// Who a thread is given to; empty for nobody.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    agent: String,
}

/// Who is meant by the id in a form; nobody by an empty one.
pub(super) fn assignee(id: &str) -> Result<Option<AgentId>> {
    match id {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::NotFound),
    }
}

/// `POST /desk/threads/{thread}/assignment`
pub(super) async fn assign(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Given>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let (to, agent) = (assignee(&form.agent)?, desk.agent.clone());
    let given = remembered(&app, &desk.agent, thread, move |tx| threads::assign(tx, &agent, thread, to)).await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match given {
        Ok(undo) => Ok(acted.back_saying("assigned", undo)),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// Until when a thread sleeps.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sleep {
    /// A word for a moment, or `at`.
    #[serde(default)]
    until: String,
    /// A day and time as a clock in the shop shows it.
    #[serde(default)]
    at: String,
}

impl Sleep {
    /// # Errors
    /// When it is no moment.
    fn until(&self) -> Result<Until> {
        until(&self.until, &self.at)
    }
}

/// A moment from a form: one of the words, or a day and time.
pub(super) fn until(word: &str, at: &str) -> Result<Until> {
    if word != "at" {
        return word.parse().map(Until::Pause).map_err(|()| Error::NotFound);
    }
    let shown = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let found = shown.iter().find_map(|form| NaiveDateTime::parse_from_str(at.trim(), form).ok());
    found.map(Until::Shown).ok_or_else(|| Error::invalid("at", Says::new(key("error-snooze-moment"))))
}

/// `POST /desk/threads/{thread}/snooze`
pub(super) async fn snooze(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Sleep>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    let slept = match form.until() {
        Ok(until) => {
            let sleep = move |tx: &mut Tx<'_>, agent: &Agent| snoozing::snooze(tx, agent, thread, until).map(|_| ());
            leaving(&acted, sleep).await
        }
        Err(error) => Err(error),
    };
    match slept {
        Ok((on, undo)) => Ok(acted.on(on, "snoozed", undo)),
        Err(error) => acted.refuse_over(error).await,
    }
}

/// `POST /desk/threads/{thread}/resolution`
pub(super) async fn resolve(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match leaving(&acted, move |tx, agent| threads::resolve(tx, agent, thread)).await {
        Ok((on, undo)) => Ok(acted.on(on, "resolved", undo)),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// `POST /desk/threads/{thread}/spam`
pub(super) async fn mark_spam(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match leaving(&acted, move |tx, agent| threads::mark_spam(tx, agent, thread)).await {
        Ok((on, undo)) => Ok(acted.on(on, "spam", undo)),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// `POST /desk/threads/{thread}/reopening`
pub(super) async fn reopen(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let reopened = app.write(move |tx| threads::reopen(tx, &agent, thread)).await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match reopened {
        Ok(()) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// Does something after which the thread leaves the list, so that it can be taken back; gives where to go on.
async fn leaving(
    acted: &Acted<'_>,
    act: impl Fn(&mut Tx<'_>, &Agent) -> Result<()> + Send + 'static,
) -> Result<(Option<ThreadId>, Option<UndoId>)> {
    let (agent, here, thread) = (acted.agent.clone(), acted.place.here(), acted.thread);
    let id = UndoId::new(acted.app.now());
    let change = move |tx: &mut Tx<'_>| {
        let on = next(tx, &agent, &here, thread)?;
        let changed = undo::remembering(tx, &agent, id, thread, |tx| act(tx, &agent))?;
        Ok((on, changed.then_some(id)))
    };
    acted.app.write(change).await
}

/// Does something with a thread so that it can be taken back.
async fn remembered(
    app: &Arc<App>,
    agent: &Agent,
    thread: ThreadId,
    act: impl Fn(&mut Tx<'_>) -> Result<()> + Send + 'static,
) -> Result<Option<UndoId>> {
    let (agent, id) = (agent.clone(), UndoId::new(app.now()));
    let change = move |tx: &mut Tx<'_>| Ok(undo::remembering(tx, &agent, id, thread, &act)?.then_some(id));
    app.write(change).await
}

/// `POST /desk/undos/{undo}`
pub(super) async fn undo(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id: UndoId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let here = place.here();
    match app.write(move |tx| undo::take_back(tx, &agent, id)).await {
        Ok(taken) => Ok(match (taken.threads.as_slice(), taken.changed) {
            ([only], 0) => see(&format!("{}&done=undone&of={only}", here.thread(&only.to_string()))),
            (all, other) => see(&format!("{}&done=bulk-undone&n={}&other={other}", here.list(), all.len())),
        }),
        Err(error) => list_again(&app, &desk.agent, &place, error).await,
    }
}

/// Whether single letters act.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Keys {
    on: Option<String>,
    #[serde(default)]
    back: String,
}

/// `POST /desk/keys`
pub(super) async fn keys(desk: Desk, app: web::Data<App>, form: web::Form<Keys>) -> Result<HttpResponse> {
    let (agent, on) = (desk.agent, form.on.is_some());
    app.write(move |tx| agents::set_single_keys(tx, &agent, on)).await?;
    Ok(see(own_path(&form.back)))
}
