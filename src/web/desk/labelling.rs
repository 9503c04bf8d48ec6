//! Labels at the desk: putting them on threads, and the page where there are made.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    Place,
    drawing::{Desk as Drawing, Mend},
    inbox::Acted,
    reading, see,
    view::{
        frame::{Here, Page},
        labels::{LabelForm, Labels},
    },
};
use crate::{
    app::App,
    domain::{
        agents::Role,
        labels::{self, Draft, Label},
    },
    error::{Error, Result},
    ids::{LabelId, ThreadId},
    web::{gate::Desk, page, problem},
};

/// Which label goes on or comes off.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    on: String,
    #[serde(default)]
    off: String,
}

/// `POST /desk/threads/{thread}/labels`
pub(super) async fn label(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Chosen>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let put = form.off.is_empty();
    let wanted = if put { &form.on } else { &form.off };
    let label: LabelId = wanted.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let done =
        app.write(move |tx| {
            if put { labels::put(tx, &agent, thread, label) } else { labels::take_off(tx, &agent, thread, label) }
        })
        .await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match done {
        Ok(()) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}

/// What a label is to be.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    name: String,
    #[serde(default)]
    hue: String,
}

/// `GET /desk/labels`
pub(super) async fn list(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    draw(&desk, &app, None).await
}

/// `POST /desk/labels`
pub(super) async fn create(desk: Desk, app: web::Data<App>, form: web::Form<Written>) -> Result<HttpResponse> {
    manages(&desk)?;
    let merchant = desk.agent.merchant_id;
    let made = match Draft::parse(&form.name, &form.hue) {
        Ok(draft) => app.write(move |tx| labels::create(tx, merchant, &draft)).await.map(drop),
        Err(error) => Err(error),
    };
    answer(&desk, &app, None, form.into_inner(), made).await
}

/// `POST /desk/labels/{label}`
pub(super) async fn change(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Written>,
) -> Result<HttpResponse> {
    manages(&desk)?;
    let (merchant, id) = (desk.agent.merchant_id, path.parse::<LabelId>().map_err(|_| Error::NotFound)?);
    let changed = match Draft::parse(&form.name, &form.hue) {
        Ok(draft) => app.write(move |tx| labels::change(tx, merchant, id, &draft)).await,
        Err(error) => Err(error),
    };
    answer(&desk, &app, Some(id), form.into_inner(), changed).await
}

/// `POST /desk/labels/{label}/deletion`
pub(super) async fn delete(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    manages(&desk)?;
    let (merchant, id) = (desk.agent.merchant_id, path.parse::<LabelId>().map_err(|_| Error::NotFound)?);
    app.write(move |tx| labels::delete(tx, merchant, id)).await?;
    Ok(see("/desk/labels"))
}

fn manages(desk: &Desk) -> Result<()> {
    if desk.agent.role == Role::Agent { Err(Error::Denied) } else { Ok(()) }
}

/// What is wrong with which form: the label's, or the new one's.
struct Wrong {
    id: Option<LabelId>,
    typed: Written,
    error: Error,
}

async fn answer(
    desk: &Desk,
    app: &Arc<App>,
    id: Option<LabelId>,
    typed: Written,
    done: Result<()>,
) -> Result<HttpResponse> {
    match done {
        Ok(()) => Ok(see("/desk/labels")),
        Err(error @ Error::Invalid(_)) => draw(desk, app, Some(Wrong { id, typed, error })).await,
        Err(error) => Err(error),
    }
}

async fn draw(desk: &Desk, app: &Arc<App>, wrong: Option<Wrong>) -> Result<HttpResponse> {
    manages(desk)?;
    let (agent, here) = (desk.agent.clone(), Here::default());
    let (round, all) = app
        .read(move |conn| {
            let round = reading::round(conn, &agent, &Here::default())?;
            Ok((round, labels::list(conn, agent.merchant_id)?))
        })
        .await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let t = drawing.t;
    let (css, icons) = super::sheet_and_icons();
    let form = |label: Option<&Label>| {
        let own = wrong.as_ref().filter(|wrong| wrong.id == label.map(|label| label.id));
        let stored = label.map(|label| (label.name.clone(), label.hue.to_string()));
        let (name, hue) = stored.unwrap_or_else(|| (String::new(), "0".to_owned()));
        LabelForm {
            id: label.map(|label| label.id.to_string()),
            saved: name.clone(),
            name: own.map_or(name, |wrong| wrong.typed.name.clone()),
            hue: own.map_or(hue, |wrong| wrong.typed.hue.clone()),
            problem: own.map(|wrong| problem::in_words(&wrong.error, &t)),
        }
    };
    let page = Labels {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Labels), None),
        labels: all.iter().map(|label| form(Some(label))).collect(),
        fresh: form(None),
        max: labels::MAX_NAME,
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page::html(&page, status))
}
