//! The slip for a parcel: a code that opens the order's thread, and the address of the door in letters.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{Place, sheet_and_icons, view::slip::Slip};
use crate::{
    app::App,
    domain::{merchants, orders, threads, visits},
    error::{Error, Result},
    ids::{ShopAddress, ThreadId},
    web::{gate::Desk, page, qr::Qr},
};

/// `GET /desk/threads/{thread}/slip`
pub(super) async fn show(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let merchant = desk.agent.merchant_id;
    let (thread, shop, number, only) = app
        .read(move |conn| {
            let thread = threads::of_merchant(conn, merchant, id)?;
            let order = thread.order_id.ok_or(Error::NotFound)?;
            let number = orders::numbers(conn, merchant, &[order])?.remove(&order).unwrap_or_default();
            let shop = merchants::shop(conn, merchant, thread.shop_id)?;
            // Short enough to be typed, where no other merchant is at home.
            let only = merchants::only(conn)?.is_some();
            Ok((thread, shop, number, only))
        })
        .await?;
    let base = app.base.as_str().trim_end_matches('/');
    let door = if only { String::new() } else { format!("?shop={}", ShopAddress::new(merchant, shop.id)) };
    let link = format!("{base}/t#{}", visits::link_token(&app.keys, &thread, app.now()));
    let (css, icons) = sheet_and_icons();
    let page = Slip {
        t: desk.words(shop.zone(), app.now()),
        css,
        icons,
        words: shop.words(thread.lang(), app.now()),
        shop: shop.name,
        number: number.trim_start_matches('#').to_owned(),
        code: Qr::of(&link),
        address: format!("{base}/t{door}"),
        back: place.here().thread(&id.to_string()),
    };
    Ok(page::html(&page, StatusCode::OK))
}
