//! Opening the same thread on another device of one's own: a code for its camera, and the address in letters.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{counter::Counter, view::device::DevicePage};
use crate::{
    app::App,
    domain::{merchants, orders, threads, visits},
    error::{Error, Result},
    web::{assets, gate, page as answer, qr::Qr},
};

/// `GET /t/{thread}/device`.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(req: HttpRequest, app: web::Data<App>, gate: gate::Shopper) -> Result<HttpResponse> {
    let (visit, address) = (gate.visit.clone(), gate.visit.address());
    let (thread, shop, number) = app
        .read(move |conn| {
            let thread = threads::of_merchant(conn, visit.merchant_id, visit.thread_id)?;
            let order = thread.order_id.ok_or(Error::NotFound)?;
            let number = orders::numbers(conn, visit.merchant_id, &[order])?.remove(&order).unwrap_or_default();
            let shop = merchants::shop(conn, visit.merchant_id, thread.shop_id)?;
            Ok((thread, shop, number))
        })
        .await?;
    let counter = Counter::new(&app, shop, gate.chosen.unwrap_or_else(|| thread.lang()), address);
    let base = app.base.as_str().trim_end_matches('/');
    let link = format!("{base}/t#{}", visits::link_token(&app.keys, &thread, app.now()));
    let page = DevicePage {
        t: counter.t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.dress(&format!("{}/device", counter.home), req.query_string()),
        number: number.trim_start_matches('#').to_owned(),
        code: Qr::of(&link),
        link,
        back: counter.home,
    };
    Ok(answer::html(&page, StatusCode::OK))
}
