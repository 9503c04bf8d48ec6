//! All orders of the address that somebody showed to be theirs by a code. Who only has a link to one thread learns nothing
//! of others, not even whether there are any: the way here is the same for everybody.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    counter::{Counter, first_name, hue, initials},
    entry, order, see,
    view::orders::{LockedPage, OrdersPage, Purchase, Talk},
};
use crate::{
    app::App,
    domain::{
        agents, challenges,
        events::ActorKind,
        merchants::{self, Shop},
        orders::owned::{self, Owned},
        threads::{self, Thread, mailing},
        visits::Visit,
    },
    error::{Error, Result},
    ids::{AgentId, MerchantId, ShopAddress, ShopId},
    store::Conn,
    web::{assets, gate, limits, page as answer, request},
};

/// How many pictures lead an order, and the longest answer shown with it, in characters.
const PICTURES: usize = 4;
const EXCERPT: usize = 140;

/// Which page of the list, from 1 on.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    page: Option<usize>,
}

/// Where the list is asked for.
struct Place {
    thread: Thread,
    shop: Shop,
    /// Where its letters go.
    letters_to: Option<String>,
}

fn place(conn: &mut Conn, visit: &Visit) -> Result<Place> {
    let thread = threads::of_merchant(conn, visit.merchant_id, visit.thread_id)?;
    let shop = merchants::shop(conn, visit.merchant_id, thread.shop_id)?;
    Ok(Place { letters_to: mailing::of(conn, &thread)?.address, shop, thread })
}

/// `GET /t/{thread}/orders`.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse> {
    let visit = gate.visit.clone();
    let wanted = wanted.page.unwrap_or(1).max(1);
    let (place, found) = app
        .read(move |conn| {
            let found = match visit.proven.as_deref() {
                Some(email) => Some(list(conn, visit.merchant_id, email, wanted)?),
                None => None,
            };
            Ok((place(conn, &visit)?, found))
        })
        .await?;
    let counter =
        Counter::new(&app, place.shop, gate.chosen.unwrap_or_else(|| place.thread.lang()), gate.visit.address());
    let shop = counter.dress(&format!("{}/orders", counter.home), req.query_string());
    let (t, css, icons, back) = (counter.t, assets::shopper_css(), assets::SHOPPER_ICONS, counter.home.clone());
    let Some(found) = found else {
        let action = format!("{}/orders/code", counter.home);
        let sent_to = place.letters_to.as_deref().map(entry::masked);
        return Ok(answer::html(&LockedPage { t, css, icons, shop, sent_to, action, back }, StatusCode::OK));
    };
    let number = found.page.number;
    let at = |page: usize| format!("{}/orders?page={page}", counter.home);
    let page = OrdersPage {
        t,
        css,
        icons,
        shop,
        address: gate.visit.proven.unwrap_or_default(),
        total: found.page.total,
        newer: (number > 1).then(|| at(number - 1)),
        older: (number < found.page.pages()).then(|| at(number + 1)),
        orders: found.page.orders.iter().map(|own| purchase(&counter, own, &found)).collect(),
        find: format!("/t/find?shop={}", ShopAddress::new(counter.shop.merchant_id, counter.shop.id)),
        back,
    };
    Ok(answer::html(&page, StatusCode::OK))
}

/// A page of the list with the names that stand on it.
struct Found {
    page: owned::Page,
    shops: Vec<Shop>,
    names: Vec<(AgentId, String)>,
}

impl Found {
    fn shop(&self, id: ShopId) -> &str {
        self.shops.iter().find(|shop| shop.id == id).map_or("", |shop| shop.name.as_str())
    }
}

fn list(conn: &mut Conn, merchant: MerchantId, email: &str, number: usize) -> Result<Found> {
    let page = owned::of_address(conn, merchant, email, number)?;
    let spoke = page.orders.iter().filter_map(|own| own.unread.first());
    let spoke: Vec<AgentId> =
        spoke.filter(|said| said.author == ActorKind::Agent).filter_map(|said| said.author_id).collect();
    let mut names = Vec::new();
    for id in spoke {
        match agents::find(conn, merchant, id) {
            Ok(agent) => names.push((id, agent.name)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Found { page, shops: merchants::shops(conn, merchant)?, names })
}

fn purchase(counter: &Counter, own: &Owned, found: &Found) -> Purchase {
    let told = &own.order.order;
    let card = order::card(counter, &own.order, own.thread.last_seq);
    Purchase {
        href: format!("/t/{}", crate::ids::ThreadAddress::new(told.merchant_id, own.thread.id)),
        number: card.number,
        total: card.total,
        // Where it was bought is said where it was not here.
        shop: (told.shop_id != counter.shop.id).then(|| found.shop(told.shop_id).to_owned()),
        headline: card.headline,
        when: card.when,
        items: card.items.into_iter().take(PICTURES).collect(),
        more: own.order.lines.len().saturating_sub(PICTURES),
        progress: card.progress,
        note: card.note,
        talk: talk(counter, own, found),
    }
}

fn talk(counter: &Counter, own: &Owned, found: &Found) -> Option<Talk> {
    let newest = own.unread.first()?;
    let name = newest.author_id.filter(|_| newest.author == ActorKind::Agent);
    let name = name.and_then(|id| found.names.iter().find(|(known, _)| *known == id)).map(|(_, name)| name.as_str());
    let face = name.unwrap_or_else(|| found.shop(own.thread.shop_id));
    let text: String = newest.text().chars().take(EXCERPT).collect();
    Some(Talk {
        initials: initials(face),
        hue: hue(face),
        author: name.map_or(face, first_name).to_owned(),
        text: if text.trim().is_empty() { counter.t.get("orders-file") } else { text },
        unread: own.unread.len(),
    })
}

/// `POST /t/{thread}/orders/code`: asks for the code that opens the list.
///
/// # Errors
/// When asked too often, or nobody can be written to.
pub(super) async fn code(req: HttpRequest, app: web::Data<App>, gate: gate::Shopper) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Code)?;
    let (visit, lang) = (gate.visit.clone(), request::lang(&req));
    let own = visit.clone();
    let place = app.read(move |conn| place(conn, &own)).await?;
    let challenge = app.write(move |tx| challenges::ask_own(tx, &visit, lang)).await?;
    let shop = ShopAddress::new(place.thread.merchant_id, place.thread.shop_id);
    Ok(see(&format!("/t/code/{challenge}?shop={shop}&to=orders")))
}
