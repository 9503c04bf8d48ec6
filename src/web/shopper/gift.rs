//! Presents: the buyer's page that makes and ends the link to one, and the page the link shows to whoever has it. That page
//! opens nothing else and sets no cookie; what stands on it is chosen here, and nothing else gets there.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    counter::{Counter, dress, undressed},
    order::{self, Stage},
    see,
    view::{
        gift::{GiftLinkPage, GiftOverPage, GiftPage, MadeLink, Present},
        parts::{Milestone, OrderCard, Parcel},
    },
};
use crate::{
    app::App,
    domain::{
        gifts,
        links::Link,
        merchants::{self, Shop},
        threads,
    },
    error::{Error, Result},
    ids::ThreadAddress,
    store::Conn,
    web::{assets, gate, limits, page as answer, qr::Qr, request},
};

/// `GET /t/{thread}/gift`.
///
/// # Errors
/// When the database fails.
pub(super) async fn sharing(req: HttpRequest, app: web::Data<App>, gate: gate::Shopper) -> Result<HttpResponse> {
    let (visit, address, keys, now) = (gate.visit.clone(), gate.visit.address(), app.keys.clone(), app.now());
    let (thread, shop, token) = app
        .read(move |conn| {
            let thread = threads::of_merchant(conn, visit.merchant_id, visit.thread_id)?;
            let shop = merchants::shop(conn, visit.merchant_id, thread.shop_id)?;
            Ok((thread, shop, gifts::token(conn, &keys, &visit, now)?))
        })
        .await?;
    let counter = Counter::new(&app, shop, gate.chosen.unwrap_or_else(|| thread.lang()), address);
    let here = format!("{}/gift", counter.home);
    let base = app.base.as_str().trim_end_matches('/');
    let made = token.map(|token| format!("{base}/gift/{token}"));
    let page = GiftLinkPage {
        t: counter.t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: counter.dress(&here, req.query_string()),
        made: made.map(|link| MadeLink { code: Qr::of(&link), link, end: format!("{here}/end") }),
        action: here,
        back: counter.home,
    };
    Ok(answer::html(&page, StatusCode::OK))
}

/// `POST /t/{thread}/gift`: makes the link.
///
/// # Errors
/// When asked too often.
pub(super) async fn make(req: HttpRequest, app: web::Data<App>, gate: gate::Shopper) -> Result<HttpResponse> {
    let (visit, address) = (gate.visit.clone(), gate.visit.address());
    limits::take(&req, limits::Kind::Write, &address.to_string())?;
    app.write(move |tx| gifts::make(tx, &visit)).await?;
    Ok(see(&format!("/t/{address}/gift")))
}

/// `POST /t/{thread}/gift/end`: ends the link.
///
/// # Errors
/// When the database fails.
pub(super) async fn end(app: web::Data<App>, gate: gate::Shopper) -> Result<HttpResponse> {
    let (visit, address) = (gate.visit.clone(), gate.visit.address());
    app.write(move |tx| gifts::end(tx, &visit)).await?;
    Ok(see(&format!("/t/{address}/gift")))
}

/// `GET /gift/{token}`: what is in the present, and where it is.
///
/// # Errors
/// [`Error::NotFound`] for what is no link of ours, and when somebody tries too many.
pub(super) async fn page(req: HttpRequest, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    let Ok(link) = gifts::read(&app.keys, &path) else {
        // A link we made cannot be guessed, so only others are counted.
        limits::take_by_address(&req, limits::Kind::Guess)?;
        return Err(Error::NotFound);
    };
    let now = app.now();
    let found = app.read(move |conn| with_shop(conn, &link, now)).await?;
    Ok(match found {
        Found::Present(present, shop) => answer::html(&opened(&req, &app, &present, shop), StatusCode::OK),
        Found::Over(shop) => answer::html(&over(&req, shop.as_ref()), StatusCode::GONE),
    })
}

/// What a link of ours leads to.
enum Found {
    Present(Box<gifts::Present>, Shop),
    /// Nothing any more; the shop is the one it once led to.
    Over(Option<Shop>),
}

fn with_shop(conn: &mut Conn, link: &Link, now: chrono::DateTime<chrono::Utc>) -> Result<Found> {
    match gifts::present(conn, link, now) {
        Ok(present) => {
            let shop = merchants::shop(conn, link.merchant, present.thread.shop_id)?;
            Ok(Found::Present(Box::new(present), shop))
        }
        Err(Error::NotFound) => Ok(Found::Over(shop_of(conn, link)?)),
        Err(error) => Err(error),
    }
}

fn shop_of(conn: &mut Conn, link: &Link) -> Result<Option<Shop>> {
    match threads::of_merchant(conn, link.merchant, link.thread) {
        Ok(thread) => Ok(Some(merchants::shop(conn, link.merchant, thread.shop_id)?)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn opened(req: &HttpRequest, app: &App, present: &gifts::Present, shop: Shop) -> GiftPage {
    let address = ThreadAddress::new(present.thread.merchant_id, present.thread.id);
    let counter = Counter::new(app, shop, request::lang(req), address);
    let t = counter.t;
    let card = order::card(&counter, &present.order, present.thread.last_seq);
    let mut page = GiftPage {
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: dress(&t, &counter.shop, req.query_string()),
        headline: t.get("gift-over-order"),
        when: None,
        progress: None,
        parcels: Vec::new(),
        items: Vec::new(),
        t,
    };
    // That an order was cancelled or paid back is between the buyer and the shop.
    if order::stage(&t, &present.order) != Stage::Over {
        page.items = items(&card);
        page.parcels = card.parcels.into_iter().map(discreet).collect();
        (page.headline, page.when, page.progress) = (card.headline, card.when, card.progress);
    }
    page
}

/// What is still to come of the order, without what it costs.
fn items(card: &OrderCard) -> Vec<Present> {
    let comes = card.items.iter().filter(|item| !item.off).cloned();
    let plain = |item: super::view::parts::Item| Present {
        picture: item.picture,
        name: item.name,
        options: item.options,
        quantity: item.quantity,
    };
    comes.map(plain).collect()
}

/// A parcel without what a carrier may tell of its buyer: places, words of its own, pages of its own.
fn discreet(parcel: Parcel) -> Parcel {
    let quiet = |station: Milestone| Milestone { place: None, ..station };
    Parcel { url: None, hint: None, timeline: parcel.timeline.into_iter().map(quiet).collect(), ..parcel }
}

fn over(req: &HttpRequest, shop: Option<&Shop>) -> GiftOverPage {
    let t = request::words(req);
    let t = shop.map_or(t, |shop| shop.words(shop.speaks(t.lang()), t.now()));
    let shop = match shop {
        Some(shop) => dress(&t, shop, req.query_string()),
        None => undressed(&t, "Comptoir", req.query_string()),
    };
    GiftOverPage { t, css: assets::shopper_css(), icons: assets::SHOPPER_ICONS, shop }
}
