//! What a shop pastes into its own mail and pages so that they link to a thread, and replacing the key it signs with.

use actix_web::{HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use super::{
    super::{
        drawing::Desk as Drawing,
        see, sheet_and_icons,
        view::{
            frame::{Flash, Here, Page},
            links::{GenericSnippet, Links, ShopifySnippet, WooCommerceSnippet},
        },
    },
    Doing, around, for_keepers,
};
use crate::{
    app::App,
    domain::{
        connectors::{self as kept, ConnectorKind},
        merchants::Shop,
        order_links::{self, LinkKey},
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::{ConnectorId, ShopAddress},
    store::Conn,
    web::{gate::Desk, page},
};

/// What was just done.
#[derive(Debug, Deserialize)]
pub(in crate::web::desk) struct Looking {
    done: Option<String>,
}

/// `GET /desk/connectors/{connector}/links`
pub(in crate::web::desk) async fn show(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    looking: web::Query<Looking>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ConnectorId = path.parse().map_err(|_| Error::NotFound)?;
    let here = Here::default();
    let shown = |conn: &mut Conn, connector: kept::Connector| {
        let link_key = order_links::of_connector(conn, connector.merchant_id, connector.id)?;
        Ok((Doing::of(conn, connector)?, link_key))
    };
    let (round, (doing, link_key)) = around(&desk, &app, id, shown).await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, &app);
    let shop = round.shops.iter().find(|shop| shop.id == doing.connector.shop_id).ok_or(Error::NotFound)?;
    let replaced = || Flash::done(drawing.t.get(key("links-replaced")), None);
    let (css, icons) = sheet_and_icons();
    let page = Links {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Connectors), looking.done.as_ref().map(|_| replaced())),
        connector: doing.shown(&drawing, &round, &app),
        intro: intro(&drawing.t, doing.connector.kind),
        places: places(&drawing.t, doing.connector.kind),
        code: snippet(&app, shop, &doing.connector, &link_key)?,
    };
    Ok(page::html(&page, StatusCode::OK))
}

/// `POST /desk/connectors/{connector}/links`
pub(in crate::web::desk) async fn replace(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ConnectorId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    app.write(move |tx| order_links::replace(tx, &agent, id)).await?;
    tracing::info!(connector.id = %id, agent.id = %desk.agent.id, "the key of an order system's links was replaced");
    Ok(see(&format!("/desk/connectors/{id}/links?done=replaced")))
}

/// In the words of the shop's shoppers.
fn snippet(app: &App, shop: &Shop, connector: &kept::Connector, link_key: &LinkKey) -> Result<String> {
    let base = app.base.as_str().trim_end_matches('/');
    let page = format!("{base}/t/o?shop={}", ShopAddress::new(shop.merchant_id, shop.id));
    let (address, secret) = (link_key.address().to_string(), link_key.secret(&app.keys));
    let label = shop.words(shop.lang(), app.now()).get(key("links-label"));
    let (address, page, secret, label) = (&*address, &*page, &*secret, &*label);
    match connector.kind {
        ConnectorKind::Shopify => ShopifySnippet { address, page, secret, label }.render(),
        ConnectorKind::WooCommerce => WooCommerceSnippet { address, page, secret, label }.render(),
        ConnectorKind::Generic => GenericSnippet { address, page, secret }.render(),
    }
    .map_err(Error::internal)
}

fn intro(t: &Words, kind: ConnectorKind) -> String {
    t.get(match kind {
        ConnectorKind::Shopify => key("links-intro-shopify"),
        ConnectorKind::WooCommerce => key("links-intro-woocommerce"),
        ConnectorKind::Generic => key("links-intro-generic"),
    })
}

fn places(t: &Words, kind: ConnectorKind) -> Vec<(String, String)> {
    let places: &[(&str, &str)] = match kind {
        ConnectorKind::Shopify => &[
            (key("links-mail"), key("links-mail-shopify")),
            (key("links-thanks"), key("links-thanks-shopify")),
            (key("links-account"), key("links-account-shopify")),
        ],
        ConnectorKind::WooCommerce => &[(key("links-everywhere"), key("links-everywhere-woocommerce"))],
        ConnectorKind::Generic => &[],
    };
    places.iter().map(|(place, how)| (t.get(place), t.get(how))).collect()
}
