//! The team: who is in it, who is asked to join, who is what, who left.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Done, Scene, for_keepers, mend};
use crate::{
    app::App,
    domain::{
        agents::{
            self, Agent, Role,
            invitations::{self, Invitation},
            second, team,
        },
        threads::inbox,
    },
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, InvitationId},
    web::{
        desk::{
            drawing::Desk as Drawing,
            see,
            setup::is_email,
            sheet_and_icons,
            view::{
                Person,
                frame::{Flash, Page},
                people::{Invited, Member, People, RoleChoice},
            },
        },
        gate::Desk,
        limits, page,
    },
};

/// Seen this short a while ago is there now: a session's last use is known to ten minutes.
const THERE: chrono::Duration = chrono::Duration::minutes(12);

/// What is read for the page.
struct Team {
    everybody: Vec<Agent>,
    waiting: Vec<Invitation>,
    seconds: Vec<AgentId>,
    open: HashMap<AgentId, i64>,
}

/// What came back with something to mend.
#[derive(Default)]
struct Typed {
    email: String,
    role: String,
    problem: Option<String>,
}

/// `GET /desk/settings/people`
pub(super) async fn list(desk: Desk, app: web::Data<App>, done: web::Query<Done>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let flash = done.flash(&desk.words(chrono_tz::UTC, app.now()));
    draw(&desk.agent, &app, Typed::default(), flash, StatusCode::OK).await
}

async fn draw(
    agent: &Agent,
    app: &App,
    typed: Typed,
    flash: Option<Flash>,
    status: StatusCode,
) -> Result<HttpResponse> {
    let merchant = agent.merchant_id;
    let found = app
        .read(move |conn| {
            Ok(Team {
                everybody: team::everybody(conn, merchant)?,
                waiting: invitations::waiting(conn, merchant)?,
                seconds: second::with_one(conn, merchant)?,
                open: inbox::open_by_agent(conn, merchant)?,
            })
        })
        .await?;
    let scene = Scene::of(app, agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let (css, icons) = sheet_and_icons();
    let roles: Vec<RoleChoice> = [Role::Agent, Role::Admin, Role::Owner]
        .into_iter()
        .filter(|role| agent.role.may_manage(*role))
        .map(|role| RoleChoice { word: role.as_str(), name: t.get(role.name_key()), text: t.get(role.text_key()) })
        .collect();
    let busiest = found.open.values().copied().max().unwrap_or_default().max(1);
    let page = People {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::People), flash),
        lead: t.count("people-lead", found.everybody.iter().filter(|agent| agent.active).count()),
        people: found.everybody.iter().map(|other| member(&drawing, &found, other, busiest)).collect(),
        invited: found.waiting.iter().map(|invitation| invited(&drawing, &found, invitation)).collect(),
        email: typed.email,
        role: typed.role,
        problem: typed.problem,
        roles,
    };
    Ok(page::html(&page, status))
}

fn member(drawing: &Drawing<'_>, found: &Team, other: &Agent, busiest: i64) -> Member {
    let (t, me, now) = (&drawing.t, drawing.agent, drawing.t.now());
    let open = found.open.get(&other.id).copied().unwrap_or_default();
    let seen: Option<DateTime<Utc>> = other.seen_at.map(|at| at.utc());
    let there = seen.is_some_and(|at| at + THERE > now);
    Member {
        person: Person::new(other.id, &other.name),
        email: other.email.clone(),
        role: other.role.as_str(),
        role_name: t.get(other.role.name_key()),
        me: other.id == me.id,
        managed: me.role.may_manage(other.role),
        active: other.active,
        there: there && other.active,
        away: other.is_away(now).then(|| match other.away_until {
            Some(back) => t.one("people-away-until", "date", t.day_month(&back.utc())),
            None => t.get(key("people-away")),
        }),
        seen: match seen {
            _ if there => t.get(key("people-now")),
            Some(at) => drawing.moment(&at),
            None => t.get(key("people-never")),
        },
        second: found.seconds.contains(&other.id),
        open,
        load: open * 100 / busiest,
    }
}

fn invited(drawing: &Drawing<'_>, found: &Team, invitation: &Invitation) -> Invited {
    let t = &drawing.t;
    let by = found.everybody.iter().find(|agent| agent.id == invitation.invited_by);
    let by = Person::new("", by.map_or("", |agent| agent.name.as_str()));
    Invited {
        id: invitation.id.to_string(),
        email: invitation.email.clone(),
        sent: t.two("people-invited-by", "when", t.when(&invitation.sent_at.utc()), "name", by.first()),
        role_name: t.get(invitation.role.name_key()),
        managed: drawing.agent.role.may_manage(invitation.role),
        open: invitation.is_open(t.now()),
    }
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

/// `POST /desk/settings/invitations`
pub(super) async fn invite(
    req: actix_web::HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Wanted>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let Wanted { email, role } = form.into_inner();
    let t = desk.words(chrono_tz::UTC, app.now());
    let (typed, status) = match send(&req, &desk.agent, &app, &email, &role).await {
        Ok(()) => return Ok(see("/desk/settings/people?done=invited")),
        Err(error) => {
            let problem = mend(error, &t, "email")?.into_iter().next().map(|(_, text)| text);
            (Typed { email, role, problem }, StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    draw(&desk.agent, &app, typed, None, status).await
}

async fn send(req: &actix_web::HttpRequest, agent: &Agent, app: &App, email: &str, role: &str) -> Result<()> {
    let role: Role = role.parse().map_err(|()| Error::invalid("role", wrong("error-role")))?;
    if !is_email(email) {
        return Err(Error::invalid("email", wrong("setup-mend-email")));
    }
    may_write(req, agent)?;
    let (agent, email) = (agent.clone(), email.trim().to_lowercase());
    let id = app.write(move |tx| invitations::invite(tx, &agent, &email, role)).await?;
    tracing::info!(invitation.id = %id, "somebody was invited");
    Ok(())
}

fn wrong(key: &'static str) -> crate::error::Says {
    crate::error::Says::new(key)
}

/// Letters that a merchant has sent to people it names itself are few.
fn may_write(req: &actix_web::HttpRequest, agent: &Agent) -> Result<()> {
    limits::take(req, limits::Kind::Code, &format!("invitations {}", agent.merchant_id))
}

/// `POST /desk/settings/invitations/{invitation}/again`
pub(super) async fn send_again(
    req: actix_web::HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: InvitationId = path.parse().map_err(|_| Error::NotFound)?;
    may_write(&req, &desk.agent)?;
    let agent = desk.agent.clone();
    let sent = app.write(move |tx| invitations::send_again(tx, &agent, id)).await;
    answer(&desk, &app, sent, "invited").await
}

/// `POST /desk/settings/invitations/{invitation}/withdrawal`
pub(super) async fn withdraw(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: InvitationId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let withdrawn = app.write(move |tx| invitations::withdraw(tx, &agent, id)).await;
    answer(&desk, &app, withdrawn, "withdrawn").await
}

#[derive(Deserialize)]
pub(super) struct Made {
    #[serde(default)]
    role: String,
}

/// `POST /desk/settings/people/{agent}/role`
pub(super) async fn change_role(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Made>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let whom: AgentId = path.parse().map_err(|_| Error::NotFound)?;
    let role: Role = form.role.parse().map_err(|()| Error::invalid("role", wrong("error-role")))?;
    let agent = desk.agent.clone();
    let changed = app.write(move |tx| team::change_role(tx, &agent, whom, role)).await;
    if changed.is_ok() {
        tracing::info!(agent.id = %whom, by = %desk.agent.id, %role, "a role was changed");
    }
    answer(&desk, &app, changed, "role").await
}

/// `POST /desk/settings/people/{agent}/deactivation`
pub(super) async fn deactivate(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let whom: AgentId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let done = app.write(move |tx| team::deactivate(tx, &agent, whom)).await;
    if done.is_ok() {
        tracing::info!(agent.id = %whom, by = %desk.agent.id, "an agent was deactivated");
    }
    answer(&desk, &app, done, "deactivated").await
}

/// `POST /desk/settings/people/{agent}/reactivation`
pub(super) async fn reactivate(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let whom: AgentId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let done = app.write(move |tx| team::reactivate(tx, &agent, whom)).await;
    answer(&desk, &app, done, "reactivated").await
}

/// The list again: with what was done, or with why it was not.
async fn answer(desk: &Desk, app: &App, outcome: Result<()>, done: &str) -> Result<HttpResponse> {
    match outcome {
        // Whoever demoted themselves does not see the list any more.
        Ok(()) => {
            let (merchant, id) = (desk.agent.merchant_id, desk.agent.id);
            let now = app.read(move |conn| agents::find(conn, merchant, id)).await?;
            let there = if now.role.keeps() { "/desk/settings/people" } else { "/desk/settings/profile" };
            Ok(see(&format!("{there}?done={done}")))
        }
        Err(Error::Conflict(says)) => {
            let text = says.in_words(&desk.words(chrono_tz::UTC, app.now()));
            let flash = Flash { text, bad: true, undo: None };
            draw(&desk.agent, app, Typed::default(), Some(flash), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error),
    }
}
