//! Search: the same function as the desk's.

use actix_web::{HttpResponse, web::Data};

use super::{asked::Asked, messages, ok};
use crate::{
    app::App,
    domain::{
        search::{self, Hit, Narrow, Query},
        threads::{listing, messages as said},
    },
    error::Result,
    store::columns::At,
    wire::{
        Cursor, List,
        messages::MessageOut,
        search::{SearchHitOut, SearchQuery},
        threads::ThreadOut,
    },
};

/// Search threads
///
/// The newest first; each thread once, by the newest thing in it that fits.
///
/// # Errors
/// When there is no word to look for, or it is too long.
#[utoipa::path(get, path = "/search", tag = "search", params(SearchQuery), responses((status = 200, description = "A page of what was found.", body = List<SearchHitOut>)))]
pub async fn find(asked: Asked, app: Data<App>) -> Result<HttpResponse> {
    let wanted: SearchQuery = asked.query()?;
    let (query, merchant) = (Query::parse(&wanted.q)?, asked.merchant);
    let narrow = Narrow {
        kinds: wanted.found_in.into_iter().collect(),
        states: wanted.state.into_iter().collect(),
        shops: wanted.shop_id.into_iter().collect(),
        agents: Vec::new(),
        since: wanted.since.map(At::new),
    };
    let after = wanted.cursor.map(|cursor| cursor.to_plain::<i64>()).transpose()?;
    let limit = wanted.limit.unwrap_or_default().rows();
    let page = app
        .read(move |conn| {
            let found = search::find(conn, merchant, &query, &narrow, after, limit)?;
            let threads: Vec<_> = found.hits.iter().map(|hit| hit.thread).collect();
            let details = listing::of(conn, merchant, &threads)?;
            let places: Vec<_> = found.hits.iter().map(|hit| (hit.thread, hit.seq)).collect();
            let messages = said::at_places(conn, merchant, &places)?;
            let names = messages::names(conn, merchant, &messages)?;
            let row = |hit: &Hit| {
                let thread = details.iter().find(|detail| detail.thread.id == hit.thread)?;
                let message = messages.iter().find(|said| said.thread_id == hit.thread && said.seq == hit.seq);
                Some(SearchHitOut {
                    thread: ThreadOut::from(thread),
                    found_in: hit.kind,
                    message: message.map(|said| MessageOut::of(said, &names)),
                    at: hit.at(),
                })
            };
            Ok(List { data: found.hits.iter().filter_map(row).collect(), next: found.next.map(Cursor::plain) })
        })
        .await?;
    Ok(ok(&page))
}
