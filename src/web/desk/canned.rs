//! Canned replies in a thread: the list to choose from, and the thread again with the chosen text in its box. Nothing is
//! ever sent by choosing. Where the replies are written is in [`managing`].

pub(super) mod managing;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};

use super::{
    Place,
    drawing::{Desk as Drawing, Mend},
    inbox::Acted,
    reading, sheet_and_icons,
    view::canned::{Choice, Choose},
};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        canned::{self, Reply, filling::Facts},
        threads::messages::ClientId,
    },
    error::{Error, Result, Says},
    i18n::Words,
    ids::{CannedReplyId, ThreadId},
    store::Conn,
    web::{gate::Desk, page, request},
};

/// What the box holds, and what was chosen for it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    text: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    client_id: String,
    /// Left out to be shown the list; empty to go back without one.
    reply: Option<String>,
}

/// A reply as a script shows it: with its text, or with what is missing.
#[derive(Debug, Serialize)]
struct Offered {
    title: String,
    shortcut: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<String>,
}

type Filled = (Reply, Result<String, Says>);

fn offered(
    conn: &mut Conn,
    agent: &Agent,
    thread: ThreadId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Filled>> {
    let facts = Facts::of(conn, agent, thread, now)?;
    let all = canned::list(conn, agent.merchant_id)?;
    let own = all.into_iter().filter(|reply| facts.is_for(reply));
    Ok(own
        .map(|reply| {
            let filled = facts.fill(&reply);
            (reply, filled)
        })
        .collect())
}

/// `GET /desk/threads/{thread}/canned-replies`
pub(super) async fn list(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    if !request::wants_json(&req) {
        return choose(&desk, &app, &place, thread, Chosen::default()).await;
    }
    let (agent, now) = (desk.agent.clone(), app.now());
    let all = app.read(move |conn| offered(conn, &agent, thread, now)).await?;
    let t = Words::new(desk.agent.lang(), chrono_tz::UTC, now);
    let one = |(reply, filled): Filled| {
        let (text, missing) = match filled {
            Ok(text) => (Some(text), None),
            Err(says) => (None, Some(says.in_words(&t))),
        };
        Offered { title: reply.title, shortcut: reply.shortcut, text, missing }
    };
    Ok(HttpResponse::Ok().json(all.into_iter().map(one).collect::<Vec<_>>()))
}

/// `POST /desk/threads/{thread}/canned-replies`
pub(super) async fn insert(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Chosen>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let chosen = form.into_inner();
    let wanted = match chosen.reply.as_deref() {
        None => return choose(&desk, &app, &place, thread, chosen).await,
        Some("") => None,
        Some(id) => Some(id.parse::<CannedReplyId>().map_err(|_| Error::NotFound)?),
    };
    let (agent, now) = (desk.agent.clone(), app.now());
    let filled = app
        .read(move |conn| {
            let Some(wanted) = wanted else { return Ok(Ok(String::new())) };
            let facts = Facts::of(conn, &agent, thread, now)?;
            let reply = canned::find(conn, agent.merchant_id, wanted)?;
            if facts.is_for(&reply) { Ok(facts.fill(&reply)) } else { Err(Error::NotFound) }
        })
        .await?;
    let t = Words::new(desk.agent.lang(), chrono_tz::UTC, now);
    let (insert, problem) = match filled {
        Ok(text) => (text, None),
        Err(says) => (String::new(), Some(says.in_words(&t))),
    };
    let text: Vec<&str> =
        [chosen.text.trim_end(), insert.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    let mend = Mend {
        text: text.join("\n\n"),
        note: chosen.kind == "note",
        client_id: ClientId::parse("client_id", &chosen.client_id).ok().map(|id| id.as_str().to_owned()),
        text_error: problem,
        ..Mend::default()
    };
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    acted.show(mend).await
}

/// The list as a page of its own, for whoever has no script.
async fn choose(
    desk: &Desk,
    app: &web::Data<App>,
    place: &Place,
    thread: ThreadId,
    typed: Chosen,
) -> Result<HttpResponse> {
    let (agent, here, now) = (desk.agent.clone(), place.here(), app.now());
    let there = here.clone();
    let (round, all) =
        app.read(move |conn| Ok((reading::round(conn, &agent, &there)?, offered(conn, &agent, thread, now)?))).await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let (css, icons) = sheet_and_icons();
    let choice = |(reply, filled): Filled| {
        let (text, missing) = match filled {
            Ok(text) => (text, None),
            Err(says) => (String::new(), Some(says.in_words(&drawing.t))),
        };
        Choice { id: reply.id.to_string(), title: reply.title, shortcut: reply.shortcut, text, missing }
    };
    let page = Choose {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(None, None),
        action: format!("/desk/threads/{thread}/canned-replies{}", here.query()),
        choices: all.into_iter().map(choice).collect(),
        text: typed.text,
        kind: typed.kind,
        client_id: typed.client_id,
    };
    Ok(page::html(&page, StatusCode::OK))
}
