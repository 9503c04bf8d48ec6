//! The log as a file for a spreadsheet, sent slice by slice. No cell is taken for a formula.

use actix_web::{HttpResponse, http::header, web, web::Bytes};
use futures_util::stream;

use super::{Asked, about, act_key, names_of, who};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        audit::{self, Act, Filter},
    },
    error::Result,
    i18n::Words,
    web::{
        csv,
        desk::{
            drawing,
            settings::{Scene, for_keepers},
        },
        gate::Desk,
        request,
    },
};

/// Entries sent at a time.
const SLICE: i64 = 500;

/// `GET /desk/settings/activity/file`
pub(in crate::web::desk::settings) async fn download(
    req: actix_web::HttpRequest,
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let app = std::sync::Arc::clone(request::app(&req));
    let scene = Scene::of(&app, &desk.agent).await?;
    let t = drawing::words(&scene.agent, &scene.round, &scene.here, app.now());
    let agent = desk.agent.clone();
    app.write(move |tx| audit::record(tx, agent.merchant_id, (&agent).into(), Act::LogDownloaded, "", &[])).await?;
    let filter = Filter { before: None, ..asked.filter() };
    let head = csv::row(&["number", "time", "who", "who_id", "act", "what", "subject", "about", "hash"]);
    let slices = stream::try_unfold(Some((filter, true)), move |at| {
        let (app, agent, head) = (std::sync::Arc::clone(&app), desk.agent.clone(), head.clone());
        async move {
            let Some((filter, first)) = at else { return Ok::<_, crate::error::Error>(None) };
            let mut text = if first { head } else { String::new() };
            let next = lines(&app, &agent, t, filter, &mut text).await?;
            Ok(Some((Bytes::from(text), next.map(|filter| (filter, false)))))
        }
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, csv::MEDIA_TYPE))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"activity.csv\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(slices))
}

/// Writes the next slice; where to go on, if there is more.
async fn lines(app: &App, agent: &Agent, t: Words, filter: Filter, text: &mut String) -> Result<Option<Filter>> {
    let (merchant, wanted) = (agent.merchant_id, filter.clone());
    let entries = app.read(move |conn| audit::list(conn, merchant, &wanted, SLICE)).await?;
    let names = names_of(app, agent, &entries).await?;
    for entry in &entries {
        text.push_str(&csv::row(&[
            entry.seq.to_string(),
            t.iso(&entry.happened_at.utc()),
            who(&t, &names, entry),
            entry.doer_id().unwrap_or_default(),
            entry.act.to_string(),
            t.get(act_key(entry.act)),
            entry.subject.clone(),
            about(&t, &names, entry),
            entry.hash.clone(),
        ]));
    }
    Ok(entries.last().map(|last| Filter { before: Some(last.seq), ..filter }))
}
