//! Personal data: finding somebody by their address, who was erased, and for how long what is kept.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{Done, Scene, for_keepers};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent},
        audit::DoerKind,
        erasures::{self, Erasure},
        retention::{self, Kept},
        shoppers,
    },
    error::{Error, FieldError, Result, Says},
    i18n::{Words, key},
    ids::AgentId,
    web::{
        desk::{
            drawing::Desk as Drawing,
            see, sheet_and_icons,
            view::{
                frame::{Flash, Page},
                person::{Erased, KeptFor, PersonalData},
            },
        },
        gate::Desk,
        page,
    },
};

/// What came back with something to mend.
#[derive(Default)]
struct Typed {
    email: String,
    problem: Option<String>,
    /// What was typed for each kind.
    days: Vec<(String, String)>,
    wrong: Vec<FieldError>,
}

/// `GET /desk/settings/personal-data`
pub(super) async fn show(desk: Desk, app: web::Data<App>, done: web::Query<Done>) -> Result<HttpResponse> {
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
    let (erased, kept, names) = app
        .read(move |conn| {
            let erased = erasures::latest(conn, merchant)?;
            let by: Vec<AgentId> = erased.iter().filter_map(|erasure| erasure.erased_by_id).collect();
            Ok((erased, retention::of(conn, merchant)?, agents::by_ids(conn, merchant, &by)?))
        })
        .await?;
    let scene = Scene::of(app, agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let name = |erasure: &Erasure| {
        let agent = erasure.erased_by_id.filter(|_| erasure.erased_by == DoerKind::Agent);
        agent.and_then(|id| names.get(&id)).map(|agent| agent.name.clone())
    };
    let (css, icons) = sheet_and_icons();
    let page = PersonalData {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Personal), flash),
        email: typed.email,
        problem: typed.problem,
        erased: erased.iter().map(|erasure| shown(&drawing, erasure, name(erasure))).collect(),
        kept: kept.iter().map(|(kind, days)| field(&t, *kind, *days, &typed.days, &typed.wrong)).collect(),
    };
    Ok(page::html(&page, status))
}

fn shown(drawing: &Drawing<'_>, erasure: &Erasure, name: Option<String>) -> Erased {
    Erased {
        shopper: erasure.shopper_id.to_string(),
        when: drawing.moment(&erasure.erased_at.utc()),
        by: name.unwrap_or_else(|| drawing.t.get(super::activity::doer_key(erasure.erased_by))),
        finished: erasure.finished_at.is_some(),
    }
}

fn field(t: &Words, kind: Kept, days: i32, typed: &[(String, String)], wrong: &[FieldError]) -> KeptFor {
    let (label, text) = match kind {
        Kept::Threads => (key("personal-kept-threads"), key("personal-kept-threads-text")),
        Kept::Bodies => (key("personal-kept-bodies"), key("personal-kept-bodies-text")),
        Kept::Letters => (key("personal-kept-letters"), key("personal-kept-letters-text")),
        Kept::Audit => (key("personal-kept-audit"), key("personal-kept-audit-text")),
    };
    let (least, most) = kind.bounds().into_inner();
    let typed = typed.iter().find(|(name, _)| name == kind.as_str()).map(|(_, days)| days.clone());
    let problem = wrong.iter().find(|wrong| wrong.pointer == kind.as_str());
    KeptFor {
        name: kind.as_str(),
        label: t.get(label),
        text: t.with(text, &[("least", &least), ("most", &most), ("usual", &kind.usual())]),
        days: typed.unwrap_or_else(|| days.to_string()),
        problem: problem.map(|wrong| wrong.says.in_words(t)),
    }
}

/// What is looked for.
#[derive(serde::Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    email: String,
}

/// `POST /desk/settings/personal-data`
pub(super) async fn find(desk: Desk, app: web::Data<App>, form: web::Form<Wanted>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let (merchant, email) = (desk.agent.merchant_id, form.into_inner().email);
    let wanted: String = email.trim().to_lowercase().chars().take(320).collect();
    if let Some(shopper) = app.read(move |conn| shoppers::by_email(conn, merchant, &wanted)).await? {
        return Ok(see(&format!("/desk/shoppers/{shopper}")));
    }
    let problem = Some(desk.words(chrono_tz::UTC, app.now()).get(key("personal-nobody")));
    let typed = Typed { email, problem, ..Typed::default() };
    draw(&desk.agent, &app, typed, None, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /desk/settings/retention`
pub(super) async fn choose(
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let days = form.into_inner();
    let read = |kind: &Kept| {
        let typed = days.iter().find(|(name, _)| name == kind.as_str()).map_or("", |(_, days)| days.trim());
        // What is no number is out of every bounds.
        (*kind, typed.parse::<i32>().unwrap_or_default())
    };
    let wanted: Vec<(Kept, i32)> = Kept::ALL.iter().map(read).collect();
    let agent = desk.agent.clone();
    match app.write(move |tx| retention::choose(tx, &agent, &wanted)).await {
        Ok(()) => Ok(see("/desk/settings/personal-data?done=saved#kept")),
        Err(Error::Invalid(wrong)) => {
            let flash =
                Flash::bad(Says::new(key("personal-kept-wrong")).in_words(&desk.words(chrono_tz::UTC, app.now())));
            let typed = Typed { days, wrong, ..Typed::default() };
            draw(&desk.agent, &app, typed, Some(flash), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error),
    }
}
