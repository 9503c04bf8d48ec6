//! The page that searches: what is asked in its address, and what is read to answer it.

use std::{collections::HashMap, sync::Arc};

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use chrono::Duration;
use futures_util::stream;
use serde::Serialize;

use super::{
    drawing::Desk as Drawing,
    reading::{self, Round},
    view::frame::Here,
};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        labels::{self, Label},
        orders,
        search::{self, DocKind, Facets, Hits, Narrow, Query},
        shipments,
        threads::{
            ThreadState,
            inbox::{self, Row},
            messages::{self, Message},
        },
    },
    error::{Error, Result},
    ids::{AgentId, OrderId, ShopId, ThreadId},
    store::{Conn, columns::At},
    web::{csv, gate::Desk, page},
};

/// Threads of one page.
const HITS: usize = 30;

/// Threads of a table that are sent at a time, and in all.
const SLICE: usize = 200;
const MOST: usize = 10_000;

/// Threads that the palette names.
const NAMED: usize = 8;

/// What is asked for in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub q: String,
    pub kinds: Vec<DocKind>,
    pub states: Vec<ThreadState>,
    pub shops: Vec<ShopId>,
    pub agents: Vec<Option<AgentId>>,
    /// Days back.
    pub days: Option<u16>,
    pub after: Option<i64>,
}

/// How far back one can look, in days.
pub(super) const DAYS: [u16; 3] = [30, 90, 365];

impl Asked {
    /// What is no value of a condition is no condition.
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "q" => asked.q = value,
                "in" => asked.kinds.extend(value.parse::<DocKind>()),
                "state" => asked.states.extend(value.parse::<ThreadState>()),
                "shop" => asked.shops.extend(value.parse::<ShopId>()),
                "agent" if value == "none" => asked.agents.push(None),
                "agent" => asked.agents.extend(value.parse::<AgentId>().map(Some)),
                "days" => asked.days = value.parse().ok().filter(|days| DAYS.contains(days)),
                "after" => asked.after = value.parse().ok(),
                _ => {}
            }
        }
        asked
    }

    fn narrow(&self, now: chrono::DateTime<chrono::Utc>) -> Narrow {
        Narrow {
            kinds: self.kinds.clone(),
            states: self.states.clone(),
            shops: self.shops.clone(),
            agents: self.agents.clone(),
            since: self.days.map(|days| At::new(now - Duration::days(i64::from(days)))),
        }
    }
}

/// What was found, with what its rows show.
pub(super) struct Found {
    pub query: Query,
    pub hits: Hits,
    pub facets: Facets,
    pub rows: HashMap<ThreadId, Row>,
    pub messages: Vec<Message>,
    pub pictures: HashMap<OrderId, String>,
    pub labels: HashMap<ThreadId, Vec<Label>>,
    /// What an order is found by beside its number and its shopper: parcels' numbers.
    pub parcels: HashMap<OrderId, Vec<String>>,
    pub behind: bool,
}

/// `GET /desk/search`
pub(super) async fn show(
    desk: Desk,
    app: web::Data<App>,
    pairs: web::Query<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let asked = Asked::read(pairs.into_inner());
    let (wanted, problem) = match Query::parse(&asked.q) {
        Ok(query) => (Some(query), None),
        // Whoever has typed nothing yet did nothing wrong.
        Err(_) if asked.q.is_empty() => (None, None),
        Err(error) => (None, Some(error)),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (round, found) = read(&app, &desk.agent, &asked, wanted).await?;
    let here = Here::default();
    let drawing = Drawing::of(&desk.agent, &round, &here, &app);
    Ok(page::html(&drawing.search(&asked, found.as_ref(), problem.as_ref()), status))
}

/// A thread as the palette names it.
#[derive(Debug, Serialize)]
struct Named {
    label: String,
    more: String,
    href: String,
}

/// `GET /desk/palette`: the threads that what was typed so far finds; none while it is too little to search for.
pub(super) async fn palette(
    desk: Desk,
    app: web::Data<App>,
    pairs: web::Query<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let asked = Asked::read(pairs.into_inner());
    let Ok(query) = Query::parse(&asked.q) else { return Ok(named(&[])) };
    let agent = desk.agent.clone();
    let (round, rows) = app
        .read(move |conn| {
            let hits = search::find(conn, agent.merchant_id, &query, &Narrow::default(), None, NAMED)?;
            let ids: Vec<ThreadId> = hits.hits.iter().map(|hit| hit.thread).collect();
            let mut rows = inbox::of(conn, &agent, &ids)?;
            rows.sort_by_key(|row| ids.iter().position(|id| *id == row.thread.id));
            Ok((reading::round(conn, &agent, &Here::default())?, rows))
        })
        .await?;
    let here = Here::default();
    let drawing = Drawing::of(&desk.agent, &round, &here, &app);
    let shown = |row: &Row| Named {
        label: drawing.name(row.shopper.as_ref(), row.order.as_ref()),
        more: row.order.as_ref().map(|order| order.bare_number().to_owned()).unwrap_or_default(),
        href: format!("/desk/threads/{}?view=all", row.thread.id),
    };
    Ok(named(&rows.iter().map(shown).collect::<Vec<_>>()))
}

fn named(threads: &[Named]) -> HttpResponse {
    HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(threads)
}

async fn read(
    app: &Arc<App>,
    agent: &Agent,
    asked: &Asked,
    query: Option<Query>,
) -> Result<(Round, Option<Found>), Error> {
    let (agent, narrow, after) = (agent.clone(), asked.narrow(app.now()), asked.after);
    app.read(move |conn| {
        let round = reading::round(conn, &agent, &Here::default())?;
        let Some(query) = query else { return Ok((round, None)) };
        let facets = search::facets(conn, agent.merchant_id, &query, &narrow)?;
        let found = look(conn, &agent, query, &narrow, after, HITS)?;
        Ok((round, Some(Found { facets, ..found })))
    })
    .await
}

/// `GET /desk/search/file`: what is found as a table for a spreadsheet, sent slice by slice.
pub(super) async fn file(
    desk: Desk,
    app: web::Data<App>,
    pairs: web::Query<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let asked = Asked { after: None, ..Asked::read(pairs.into_inner()) };
    let query = Query::parse(&asked.q)?;
    let (app, agent) = (Arc::clone(&app), desk.agent);
    let slices = stream::try_unfold(Some((asked, 0)), move |place| {
        let (app, agent, query) = (Arc::clone(&app), agent.clone(), query.clone());
        async move {
            let Some((asked, before)) = place else { return Ok::<_, Error>(None) };
            let (text, next) = slice(&app, &agent, &asked, query, before == 0).await?;
            let sent = before + SLICE;
            let next = next.filter(|_| sent < MOST).map(|after| (Asked { after: Some(after), ..asked }, sent));
            Ok(Some((web::Bytes::from(text), next)))
        }
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, csv::MEDIA_TYPE))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"threads.csv\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(slices))
}

/// The next lines, and where to go on if there is more.
async fn slice(
    app: &Arc<App>,
    agent: &Agent,
    asked: &Asked,
    query: Query,
    first: bool,
) -> Result<(String, Option<i64>)> {
    let (reader, narrow, after) = (agent.clone(), asked.narrow(app.now()), asked.after);
    let (round, found) = app
        .read(move |conn| {
            let round = reading::round(conn, &reader, &Here::default())?;
            Ok((round, look(conn, &reader, query, &narrow, after, SLICE)?))
        })
        .await?;
    let here = Here::default();
    let drawing = Drawing::of(agent, &round, &here, app);
    let head = if first {
        csv::row(&["time", "shopper", "order", "found", "about", "labels", "thread"])
    } else {
        String::new()
    };
    let lines = drawing.hits(&found).into_iter().map(|hit| csv::row(&hit.cells(app.base.as_str())));
    Ok((std::iter::once(head).chain(lines).collect(), found.hits.next))
}

fn look(
    conn: &mut Conn,
    agent: &Agent,
    query: Query,
    narrow: &Narrow,
    after: Option<i64>,
    limit: usize,
) -> Result<Found> {
    let merchant = agent.merchant_id;
    let hits = search::find(conn, merchant, &query, narrow, after, limit)?;
    let ids: Vec<ThreadId> = hits.hits.iter().map(|hit| hit.thread).collect();
    let places: Vec<(ThreadId, i64)> = hits.hits.iter().map(|hit| (hit.thread, hit.seq)).collect();
    let rows = inbox::of(conn, agent, &ids)?;
    let bought: Vec<_> = rows.iter().filter_map(|row| row.order.clone()).collect();
    let orders: Vec<OrderId> = bought.iter().map(|order| order.id).collect();
    Ok(Found {
        messages: messages::at_places(conn, merchant, &places)?,
        pictures: orders::pictures(conn, merchant, &bought)?,
        parcels: shipments::numbers(conn, merchant, &orders)?,
        labels: labels::of_threads(conn, merchant, &ids)?,
        behind: search::is_behind(conn, merchant)?,
        rows: rows.into_iter().map(|row| (row.thread.id, row)).collect(),
        query,
        hits,
        facets: Facets::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_condition_narrows_nothing() {
        let pairs = [("q", "a"), ("state", "open"), ("state", "x"), ("shop", "shp_"), ("days", "7"), ("agent", "none")];
        let asked = Asked::read(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        let wanted =
            Asked { q: "a".to_owned(), states: vec![ThreadState::Open], agents: vec![None], ..Asked::default() };
        assert_eq!(asked, wanted);
    }
}
