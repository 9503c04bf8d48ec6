//! Activity: the audit log to read, to look through for one kind or one person, to take along as a file, and to check.

mod file;

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

pub(super) use self::file::download;
use super::{Scene, for_keepers};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent, Role, team},
        audit::{self, Act, Area, DoerKind, Entry, Filter, Verdict},
        retention::Kept,
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::AgentId,
    web::{
        desk::{
            drawing::Desk as Drawing,
            sheet_and_icons,
            view::{
                activity::{Activity, Choice, Row},
                frame::Page,
            },
        },
        gate::Desk,
        page,
    },
};

/// Entries of one page.
const SHOWN: usize = 50;

/// Which part of the log.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    area: String,
    #[serde(default)]
    agent: String,
    before: Option<i64>,
}

impl Asked {
    /// What cannot be read is not looked for.
    fn filter(&self) -> Filter {
        Filter { area: self.area.parse().ok(), agent: self.agent.parse().ok(), before: self.before }
    }

    /// What it is narrowed to.
    fn narrowed(&self) -> Vec<(&'static str, String)> {
        let filter = self.filter();
        let area = filter.area.map(|area| ("area", area.to_string()));
        let agent = filter.agent.map(|agent| ("agent", agent.to_string()));
        area.into_iter().chain(agent).collect()
    }

    /// The address of the same, further back.
    fn older(&self, before: i64) -> String {
        let narrowed: String = self.narrowed().iter().map(|(name, value)| format!("&{name}={value}")).collect();
        format!("/desk/settings/activity?before={before}{narrowed}")
    }
}

/// `GET /desk/settings/activity`
pub(super) async fn show(desk: Desk, app: web::Data<App>, asked: web::Query<Asked>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    draw(&desk.agent, &app, &asked, None).await
}

/// `POST /desk/settings/activity/check`
pub(super) async fn check(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let merchant = desk.agent.merchant_id;
    let mut so_far = None;
    let verdict = loop {
        match app.read(move |conn| audit::verify(conn, merchant, so_far)).await? {
            Ok(verdict) => break verdict,
            Err(inspection) => so_far = Some(inspection),
        }
    };
    draw(&desk.agent, &app, &Asked::default(), Some(verdict)).await
}

async fn draw(agent: &Agent, app: &App, asked: &Asked, verdict: Option<Verdict>) -> Result<HttpResponse> {
    let (merchant, filter) = (agent.merchant_id, asked.filter());
    let (mut entries, everybody) = app
        .read(move |conn| {
            let limit = i64::try_from(SHOWN + 1).unwrap_or_default();
            Ok((audit::list(conn, merchant, &filter, limit)?, team::everybody(conn, merchant)?))
        })
        .await?;
    let more = entries.len() > SHOWN;
    entries.truncate(SHOWN);
    let names: HashMap<AgentId, String> = everybody.iter().map(|agent| (agent.id, agent.name.clone())).collect();
    let scene = Scene::of(app, agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let (css, icons) = sheet_and_icons();
    let older = entries.last().filter(|_| more).map(|last| asked.older(last.seq));
    let filter = asked.filter();
    let area = |area: &Area| Choice {
        value: area.to_string(),
        label: t.get(area_key(*area)),
        chosen: filter.area == Some(*area),
    };
    let person = |agent: &Agent| Choice {
        value: agent.id.to_string(),
        label: agent.name.clone(),
        chosen: filter.agent == Some(agent.id),
    };
    let page = Activity {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Activity), None),
        rows: entries.iter().map(|entry| row(&drawing, &names, entry)).collect(),
        areas: Area::ALL.iter().map(area).collect(),
        people: everybody.iter().map(person).collect(),
        older,
        narrowed: asked.narrowed(),
        verdict: verdict.map(|verdict| match verdict {
            Verdict::Whole(entries) => (true, t.count("activity-whole", entries)),
            Verdict::Broken(seq) => (false, t.one("activity-broken", "number", seq)),
        }),
    };
    Ok(page::html(&page, StatusCode::OK))
}

fn row(drawing: &Drawing<'_>, names: &HashMap<AgentId, String>, entry: &Entry) -> Row {
    let (t, at) = (&drawing.t, entry.happened_at.utc());
    Row {
        when: drawing.moment(&at),
        iso: t.iso(&at),
        who: who(t, names, entry),
        what: t.get(act_key(entry.act)),
        about: about(t, names, entry),
        warns: matches!(entry.act, Act::SignInFailed | Act::Denied),
    }
}

fn who(t: &Words, names: &HashMap<AgentId, String>, entry: &Entry) -> String {
    let named = entry.agent().and_then(|id| names.get(&id)).cloned();
    named.unwrap_or_else(|| t.get(doer_key(entry.doer)))
}

/// To what it was done, and what is told of it: people by their names, everything else as it is called in addresses.
fn about(t: &Words, names: &HashMap<AgentId, String>, entry: &Entry) -> String {
    let subject = entry.subject.parse::<AgentId>().ok().and_then(|id| names.get(&id)).unwrap_or(&entry.subject);
    let role = |name| entry.detail(name).and_then(|role| role.parse::<Role>().ok()).map(|role| t.get(role.name_key()));
    let mut told: Vec<String> = vec![subject.clone()];
    match entry.act {
        Act::RoleChanged => {
            told.push(format!("{} → {}", role("from").unwrap_or_default(), role("to").unwrap_or_default()))
        }
        Act::Invited | Act::Joined | Act::InvitationWithdrawn => told.extend(role("role")),
        Act::RetentionChanged => {
            let kind = entry.detail("kind").and_then(|kind| kind.parse::<Kept>().ok());
            told.extend(kind.map(|kind| t.get(kept_key(kind))));
            let (from, to) = (entry.detail("from").unwrap_or_default(), entry.detail("to").unwrap_or_default());
            told.push(t.two("activity-days", "from", from, "to", to));
        }
        Act::Denied | Act::SignInFailed => {
            told.extend(entry.detail("reason").map(|reason| t.get(reason_key(reason))));
            told.extend(
                entry.detail("times").and_then(|n| n.parse::<i64>().ok()).map(|n| t.count("activity-times", n)),
            );
        }
        Act::Erased if entry.detail("again").is_some() => told.push(t.get("activity-again")),
        _ => {}
    }
    told.retain(|text| !text.is_empty());
    told.join(", ")
}

pub(super) fn doer_key(kind: DoerKind) -> &'static str {
    match kind {
        DoerKind::Agent => key("activity-by-agent"),
        DoerKind::App => key("activity-by-app"),
        DoerKind::System => key("activity-by-system"),
        DoerKind::Stranger => key("activity-by-stranger"),
    }
}

fn area_key(area: Area) -> &'static str {
    match area {
        Area::Access => key("activity-area-access"),
        Area::Team => key("activity-area-team"),
        Area::Secrets => key("activity-area-secrets"),
        Area::Settings => key("activity-area-settings"),
        Area::Data => key("activity-area-data"),
    }
}

fn kept_key(kind: Kept) -> &'static str {
    match kind {
        Kept::Threads => key("personal-kept-threads"),
        Kept::Bodies => key("personal-kept-bodies"),
        Kept::Letters => key("personal-kept-letters"),
        Kept::Audit => key("personal-kept-audit"),
    }
}

/// Why somebody was turned away.
fn reason_key(reason: &str) -> &'static str {
    match reason {
        "role" => key("activity-reason-role"),
        "not-theirs" => key("activity-reason-not-theirs"),
        "password" => key("activity-reason-password"),
        "code" => key("activity-reason-code"),
        _ => key("activity-reason-token"),
    }
}

fn act_key(act: Act) -> &'static str {
    match act {
        Act::SignedIn => key("activity-signed-in"),
        Act::SignInFailed => key("activity-sign-in-failed"),
        Act::SignedOut => key("activity-signed-out"),
        Act::SessionsEnded => key("activity-sessions-ended"),
        Act::Denied => key("activity-denied"),
        Act::Invited => key("activity-invited"),
        Act::InvitationWithdrawn => key("activity-invitation-withdrawn"),
        Act::Joined => key("activity-joined"),
        Act::RoleChanged => key("activity-role-changed"),
        Act::Deactivated => key("activity-deactivated"),
        Act::Reactivated => key("activity-reactivated"),
        Act::PasswordChanged => key("activity-password-changed"),
        Act::AddressChanged => key("activity-address-changed"),
        Act::SecondFactorOn => key("activity-second-on"),
        Act::SecondFactorOff => key("activity-second-off"),
        Act::RecoveryCodeUsed => key("activity-recovery-used"),
        Act::Connected => key("activity-connected"),
        Act::SecretShown => key("activity-secret-shown"),
        Act::SecretReplaced => key("activity-secret-replaced"),
        Act::SecretEnded => key("activity-secret-ended"),
        Act::LinksReplaced => key("activity-links-replaced"),
        Act::TokenMade => key("activity-token-made"),
        Act::ShopChanged => key("activity-shop-changed"),
        Act::PolicyChanged => key("activity-policy-changed"),
        Act::RetentionChanged => key("activity-retention-changed"),
        Act::Exported => key("activity-exported"),
        Act::Erased => key("activity-erased"),
        Act::Replayed => key("activity-replayed"),
        Act::LogDownloaded => key("activity-log-downloaded"),
    }
}

/// The names of whoever these entries speak of.
async fn names_of(app: &App, agent: &Agent, entries: &[Entry]) -> Result<HashMap<AgentId, String>, Error> {
    let merchant = agent.merchant_id;
    let subjects = entries.iter().filter_map(|entry| entry.subject.parse::<AgentId>().ok());
    let mut ids: Vec<AgentId> = entries.iter().filter_map(Entry::agent).chain(subjects).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = app.read(move |conn| agents::by_ids(conn, merchant, &ids)).await?;
    Ok(found.into_iter().map(|(id, agent)| (id, agent.name)).collect())
}
