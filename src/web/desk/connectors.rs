//! Order systems: how each is reached and doing, and the log of what arrived, which can be applied again. For owners and
//! admins. What a hook is signed with is never shown.

pub(super) mod connecting;
pub(super) mod links;

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use chrono::DateTime;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    drawing::{Desk as Drawing, system_name},
    reading::{self, Round},
    see, sheet_and_icons,
    view::{
        connecting::ConnectForm,
        connectors::{Connector, Connectors, Health, IntakeDetail, IntakeRow, Intakes, Verdict},
        frame::{Flash, Here, Page},
    },
};
use crate::{
    app::App,
    domain::{
        agents::{Agent, Role},
        catalogue::telling,
        connectors as kept,
        intakes::{self, Intake},
        orders,
    },
    error::{Error, Result},
    i18n::key,
    ids::{ConnectorId, IntakeId, OrderId},
    store::{Conn, columns::At},
    web::{gate::Desk, hooks, page},
};

/// Rows of the log.
const ROWS: i64 = 100;
/// Letters of a secret that are shown once it is not.
const TAIL: usize = 4;
/// The most that is shown of it.
const MOST_ROWS: i64 = 1_000;

fn for_keepers(agent: &Agent) -> Result<()> {
    if agent.role == Role::Agent { Err(Error::Denied) } else { Ok(()) }
}

/// A connector with what its log comes to.
struct Doing {
    connector: kept::Connector,
    verdicts: Vec<(intakes::Verdict, i64)>,
    pinged_at: Option<At>,
}

impl Doing {
    fn of(conn: &mut Conn, connector: kept::Connector) -> Result<Self> {
        let verdicts = intakes::by_verdict(conn, connector.merchant_id, connector.id)?;
        let pinged_at = kept::last_ping(conn, connector.merchant_id, connector.id)?;
        Ok(Self { connector, verdicts, pinged_at })
    }

    fn choice(&self, verdict: intakes::Verdict) -> (&'static str, Verdict, i64) {
        let count = self.verdicts.iter().find(|(found, _)| *found == verdict).map_or(0, |(_, count)| *count);
        (verdict.as_str(), Verdict::of(verdict.as_str()), count)
    }

    fn failed(&self) -> i64 {
        let failed = self.verdicts.iter().filter(|(verdict, _)| *verdict == intakes::Verdict::Failed);
        failed.map(|(_, count)| count).sum()
    }

    fn shown(&self, drawing: &Drawing<'_>, round: &Round, app: &App) -> Connector {
        let connector = &self.connector;
        let shop = round.shops.iter().find(|shop| shop.id == connector.shop_id);
        let health = match connector.last_arrival_at {
            None => Health::Waiting,
            Some(_) => match connector.silent_days(app.now()) {
                Some(days) => Health::Silent(days),
                None if self.failed() > 0 => Health::Troubled,
                None => Health::Well,
            },
        };
        let (base, secret) = (app.base.as_str(), connector.secret(&app.keys).unwrap_or_default());
        Connector {
            id: connector.id.to_string(),
            kind: system_name(&drawing.t, connector.kind),
            store: connector.store.clone(),
            shop: shop.map(|shop| shop.name.clone()).unwrap_or_default(),
            hook: format!("{base}/hooks/{}", connector.address()),
            health,
            last: connector.last_arrival_at.map(|at| drawing.moment(&at.utc())),
            pinged: self.pinged_at.map(|at| drawing.moment(&at.utc())),
            code: connector.kind.as_str(),
            verdicts: self.verdicts.iter().map(|(verdict, count)| (Verdict::of(verdict.as_str()), *count)).collect(),
            refused: 0,
            own_secret: connector.kind == kept::ConnectorKind::Shopify,
            mend_secret: false,
            tail: secret.get(secret.len().saturating_sub(TAIL)..).unwrap_or_default().to_owned(),
            old_until: connector.old_until(app.now()).map(|until| drawing.moment(&until)),
        }
    }
}

/// `GET /desk/connectors`
pub(super) async fn list(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    show(&desk, &app, Asked::default(), StatusCode::OK).await
}

/// What came back with something to mend.
#[derive(Default)]
struct Asked {
    form: ConnectForm,
    /// The connector whose new secret cannot be taken.
    secret: Option<ConnectorId>,
}

async fn show(desk: &Desk, app: &App, asked: Asked, status: StatusCode) -> Result<HttpResponse> {
    let (agent, here) = (desk.agent.clone(), Here::default());
    let (round, doing) = app
        .read(move |conn| {
            let round = reading::round(conn, &agent, &Here::default())?;
            let found = kept::list(conn, agent.merchant_id)?;
            let doing = found.into_iter().map(|connector| Doing::of(conn, connector)).collect::<Result<Vec<_>>>()?;
            Ok((round, doing))
        })
        .await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let (css, icons) = sheet_and_icons();
    let shown = |doing: &Doing| {
        let mend = asked.secret == Some(doing.connector.id);
        Connector { mend_secret: mend, ..doing.shown(&drawing, &round, app) }
    };
    let page = Connectors {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Connectors), None),
        connectors: doing.iter().map(shown).collect(),
        form: asked.form,
        shops: round.shops.iter().map(|shop| (shop.id.to_string(), shop.name.clone())).collect(),
    };
    Ok(page::html(&page, status))
}

/// How a log is looked at.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Looking {
    /// Only what needs a look.
    look: Option<String>,
    verdict: Option<String>,
    intake: Option<String>,
    rows: Option<i64>,
    done: Option<String>,
}

impl Looking {
    fn only(&self) -> Option<intakes::Verdict> {
        let failed = self.look.as_ref().map(|_| intakes::Verdict::Failed);
        self.verdict.as_deref().and_then(|code| code.parse().ok()).or(failed)
    }
}

struct Log {
    round: Round,
    doing: Doing,
    found: Vec<Intake>,
    numbers: HashMap<OrderId, String>,
    /// One arrival, with its body unless that was swept.
    open: Option<(Intake, Option<Vec<u8>>)>,
}

/// `GET /desk/connectors/{connector}/intakes`
pub(super) async fn log(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    looking: web::Query<Looking>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ConnectorId = path.parse().map_err(|_| Error::NotFound)?;
    let (agent, asked) = (desk.agent.clone(), looking.clone());
    let rows = looking.rows.unwrap_or(ROWS).clamp(ROWS, MOST_ROWS);
    let log = app.read(move |conn| read_log(conn, &agent, id, &asked, rows)).await?;
    let here = Here::default();
    let drawing = Drawing::of(&desk.agent, &log.round, &here, &app);
    let connector = log.doing.shown(&drawing, &log.round, &app);
    let (css, icons) = sheet_and_icons();
    let flash = match looking.done.as_deref() {
        Some("replayed") => Some(Flash::done(drawing.t.get(key("desk-done-replayed")), None)),
        Some("failed") => Some(Flash::bad(drawing.t.get(key("desk-done-failed")))),
        _ => None,
    };
    let only = looking.only();
    let narrowed = only.map(|only| format!("verdict={only}&")).unwrap_or_default();
    let fuller = i64::try_from(log.found.len()).is_ok_and(|shown| shown >= rows && rows < MOST_ROWS);
    let page = Intakes {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Connectors), flash),
        older: fuller.then(|| format!("{}?{narrowed}rows={}", req.path(), rows + ROWS)),
        connector,
        rows: log.found.iter().map(|intake| row(&drawing, &log, intake)).collect(),
        only: only.map(intakes::Verdict::as_str),
        choices: intakes::Verdict::ALL.iter().map(|verdict| log.doing.choice(*verdict)).collect(),
        open: log.open.as_ref().map(|(intake, body)| detail(&drawing, intake, body.as_deref())),
    };
    Ok(page::html(&page, StatusCode::OK))
}

fn read_log(conn: &mut Conn, agent: &Agent, id: ConnectorId, asked: &Looking, rows: i64) -> Result<Log> {
    let round = reading::round(conn, agent, &Here::default())?;
    let connector = one(conn, agent, id)?;
    let only = asked.only();
    let found = intakes::latest(conn, agent.merchant_id, id, only, rows)?;
    let told: Vec<OrderId> = found.iter().filter_map(|intake| intake.order_id).collect();
    let wanted = asked.intake.as_deref().and_then(|text| text.parse::<IntakeId>().ok());
    let open = wanted.and_then(|wanted| intakes::find(conn, agent.merchant_id, wanted).ok());
    let open = open.filter(|(intake, _)| intake.connector_id == id);
    let numbers = orders::numbers(conn, agent.merchant_id, &told)?;
    Ok(Log { doing: Doing::of(conn, connector)?, round, found, numbers, open })
}

fn one(conn: &mut Conn, agent: &Agent, id: ConnectorId) -> Result<kept::Connector> {
    kept::by_address(conn, crate::ids::HookAddress::new(agent.merchant_id, id))
}

/// What a page of one connector shows, with the desk around it.
async fn around<T: Send + 'static>(
    desk: &Desk,
    app: &App,
    id: ConnectorId,
    of: impl FnOnce(&mut Conn, kept::Connector) -> Result<T> + Send + 'static,
) -> Result<(Round, T)> {
    let agent = desk.agent.clone();
    app.read(move |conn| {
        let connector = one(conn, &agent, id)?;
        let found = of(conn, connector)?;
        Ok((reading::round(conn, &agent, &Here::default())?, found))
    })
    .await
}

fn row(drawing: &Drawing<'_>, log: &Log, intake: &Intake) -> IntakeRow {
    let at = intake.received_at.utc();
    let number = intake.order_id.and_then(|order| log.numbers.get(&order));
    IntakeRow {
        id: intake.id.to_string(),
        topic: topic(drawing, intake),
        about: number.map(|number| drawing.t.one("desk-order", "number", number.trim_start_matches('#'))),
        verdict: Verdict::of(intake.verdict.as_str()),
        time: drawing.moment(&at),
        time_iso: drawing.t.iso(&at),
        current: log.open.as_ref().is_some_and(|(open, _)| open.id == intake.id),
    }
}

/// What its sender calls it; a body that does not even say is called something all the same.
fn topic(drawing: &Drawing<'_>, intake: &Intake) -> String {
    if intake.topic.is_empty() { drawing.t.get(key("desk-intake-unnamed")) } else { intake.topic.clone() }
}

fn beginning_of_hash(body: &[u8]) -> String {
    Sha256::digest(body).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

fn detail(drawing: &Drawing<'_>, intake: &Intake, body: Option<&[u8]>) -> IntakeDetail {
    // The first one's place is shown as such; the others carry theirs.
    let (first, others) = match intake.problems.0.as_slice() {
        [first, others @ ..] => (Some(first), others),
        [] => (None, [].as_slice()),
    };
    let others: String = others.iter().map(|other| format!("; {} {}", other.pointer, other.problem)).collect();
    let pointer = first.map(|problem| problem.pointer.clone());
    IntakeDetail {
        id: intake.id.to_string(),
        topic: topic(drawing, intake),
        time: drawing.moment(&intake.received_at.utc()),
        verdict: Verdict::of(intake.verdict.as_str()),
        problem: first.map(|first| format!("{}{others}", first.problem)),
        pointer: pointer.filter(|pointer| !pointer.is_empty()),
        delivery: Some(intake.delivery_key.clone()).filter(|key| !key.is_empty()),
        measure: body.map(|body| (drawing.t.count(key("desk-intake-bytes"), body.len()), beginning_of_hash(body))),
        headers: intake.headers.0.clone(),
        body: body.map(|body| String::from_utf8_lossy(body).into_owned()),
        replayable: body.is_some(),
        old_secret: intake.old_secret,
    }
}

/// `POST /desk/intakes/{intake}/replay`
pub(super) async fn replay(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: IntakeId = path.parse().map_err(|_| Error::NotFound)?;
    let (agent, by, keys) = (desk.agent.clone(), desk.agent.clone(), app.keys.clone());
    let (intake, body, connector, currency) = app
        .read(move |conn| {
            let (intake, body) = intakes::find(conn, agent.merchant_id, id)?;
            let body = body.ok_or_else(|| Error::conflict(key("desk-replay-swept")))?;
            let connector = one(conn, &agent, intake.connector_id)?;
            let currency = telling::currency_of(conn, agent.merchant_id, connector.shop_id)?;
            Ok((intake, body, connector, currency))
        })
        .await?;
    let now: DateTime<chrono::Utc> = app.now();
    let arrival = hooks::read_again(&connector, currency, &intake.headers.0, &body, now)?;
    let taken = app.write(move |tx| intakes::replay(tx, &keys, &by, &connector, id, &arrival)).await?;
    let done = if taken.verdict == intakes::Verdict::Failed { "failed" } else { "replayed" };
    Ok(see(&format!("/desk/connectors/{}/intakes?intake={id}&done={done}#intake", intake.connector_id)))
}
