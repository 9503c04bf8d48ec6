//! Coming in by a link that the shop itself built for an order. It may be quicker than the order: then the page waits for it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{Door, Found, LOOK_AGAIN, Next, Token, door, enter, expired, opening_page};
use crate::web::shopper::view::entry::WaitingPage;
use crate::{
    app::App,
    domain::order_links::{self, Led, OrderLink},
    error::{Error, Result},
    ids::ShopAddress,
    web::{
        assets, limits, page as answer,
        request::{self, Jar},
    },
};

/// `GET /t/o`: the page whose script posts what stands behind `#`.
///
/// # Errors
/// When a shop is named that is not there.
pub(in crate::web::shopper) async fn opening(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
) -> Result<HttpResponse> {
    let found = named.open(&app).await?;
    Ok(opening_page(&req, found, "/t/o"))
}

/// `POST /t/o`: a link opens the order's thread for this browser, now or once the order is there.
///
/// # Errors
/// When asked too often.
pub(in crate::web::shopper) async fn open(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    form: web::Form<Token>,
) -> Result<HttpResponse> {
    let (browser, keys) = (request::browser(&req), app.keys.clone());
    let kept = browser.clone();
    let led = match OrderLink::parse(&form.token) {
        Some(link) => app.write(move |tx| order_links::follow(tx, &keys, &link, &browser)).await,
        None => Err(Error::NotFound),
    };
    let asking = request::wants_json(&req);
    match led {
        Ok(Led::To(visit)) if asking => {
            let mut answer = next(Some(format!("/t/{}", visit.address())));
            // The value is of our own making and always fits a header.
            let _ = answer.add_cookie(&Jar::Shopper.holding(&app, &kept));
            Ok(answer)
        }
        Ok(Led::To(visit)) => Ok(enter(&app, &kept, visit.address(), "")),
        Ok(Led::NotYet(_)) if asking => {
            limits::take_by_address(&req, limits::Kind::Guess)?;
            Ok(next(None))
        }
        Ok(Led::NotYet(shop)) => {
            let found = app.read(move |conn| door(conn, Some(shop))).await?;
            Ok(found.map_or_else(|| expired(&req, None, None), |found| waiting(&req, &found, shop, form.into_inner())))
        }
        Ok(Led::Over(shop)) => {
            let found = app.read(move |conn| door(conn, Some(shop))).await?;
            Ok(expired(&req, found.as_ref(), None))
        }
        Err(Error::NotFound) => {
            // A link that the shop signed cannot be guessed, so only others are counted.
            limits::take_by_address(&req, limits::Kind::Guess)?;
            let found = named.open(&app).await?;
            Ok(expired(&req, found.as_ref(), None))
        }
        Err(error) => Err(error),
    }
}

fn next(next: Option<String>) -> HttpResponse {
    HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(Next { next })
}

fn waiting(req: &HttpRequest, found: &Found, shop: ShopAddress, token: Token) -> HttpResponse {
    let t = found.words(request::words(req));
    let mut dress = found.dress(&t, "");
    // This page answers a POST, which no link can repeat in another language.
    dress.languages = Vec::new();
    let page = WaitingPage {
        t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: dress,
        action: format!("/t/o?shop={shop}"),
        token: token.token,
        look_again: LOOK_AGAIN,
        find: format!("/t/find{}", found.query),
    };
    answer::html(&page, StatusCode::OK)
}
