//! Connecting an order system and replacing its secret. A secret that is made here is in the answer that made it, and in
//! no other.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    super::{
        drawing::Desk as Drawing,
        reading, see, sheet_and_icons,
        view::{
            connecting::{ConnectForm, Connected, Field},
            frame::{Here, Page},
        },
    },
    Asked, Doing, for_keepers, one, show,
};
use crate::{
    app::App,
    domain::connectors::{self as kept, ConnectorKind, NewConnector},
    error::{Error, Result},
    i18n::key,
    ids::{ConnectorId, ShopId},
    web::{gate::Desk, page},
};

/// What the form sends.
#[derive(Deserialize)]
pub(in crate::web::desk) struct Filled {
    #[serde(default)]
    shop: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    store: String,
    #[serde(default)]
    secret: String,
}

/// What was asked for, understood.
struct Wish {
    shop: ShopId,
    kind: ConnectorKind,
    store: String,
    secret: String,
    /// The secret is ours, and shown.
    made: bool,
}

impl Filled {
    /// # Errors
    /// What to mend, by field.
    fn understood(&self) -> Result<Wish, Vec<(Field, &'static str)>> {
        let shop = self.shop.parse::<ShopId>().ok();
        let kind = self.kind.parse::<ConnectorKind>().ok();
        let store = kind.and_then(|kind| kind.store(&self.store));
        let own = self.secret.trim();
        let made = kind.and_then(ConnectorKind::new_secret).filter(|_| own.is_empty());
        let theirs = kind.filter(|kind| kind.takes_own_secret() && kept::is_secret(own)).map(|_| own.to_owned());
        let secret = made.clone().or(theirs);
        let (store_key, secret_key) = match kind {
            Some(ConnectorKind::Shopify) => (key("desk-mend-shopify"), key("desk-mend-secret")),
            Some(ConnectorKind::WooCommerce) => (key("desk-mend-site"), key("desk-mend-secret-woocommerce")),
            Some(ConnectorKind::Generic) | None => (key("desk-mend-store"), key("desk-mend-secret-empty")),
        };
        let checks = [
            (shop.is_some(), Field::Shop, key("desk-mend-shop")),
            (kind.is_some(), Field::Kind, key("desk-mend-kind")),
            // What a store and a secret look like depends on the kind.
            (store.is_some() || kind.is_none(), Field::Store, store_key),
            (secret.is_some() || kind.is_none(), Field::Secret, secret_key),
        ];
        match (shop, kind, store, secret) {
            (Some(shop), Some(kind), Some(store), Some(secret)) => {
                Ok(Wish { shop, kind, store, secret, made: made.is_some() })
            }
            _ => Err(checks.into_iter().filter(|(fine, ..)| !fine).map(|(_, field, key)| (field, key)).collect()),
        }
    }

    fn with(self, problems: Vec<(Field, &'static str)>) -> Asked {
        let form = ConnectForm { shop: self.shop, kind: self.kind, store: self.store, problems };
        Asked { form, secret: None }
    }
}

/// `POST /desk/connectors`
pub(in crate::web::desk) async fn connect(
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Filled>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let form = form.into_inner();
    let wish = match form.understood() {
        Ok(wish) => wish,
        Err(problems) => return show(&desk, &app, form.with(problems), StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let merchant = desk.agent.merchant_id;
    let new = NewConnector::new(&app.keys, merchant, wish.shop, wish.kind, &wish.store, &wish.secret, app.now())?;
    let id = new.id;
    let (problem, status) = match app.write(move |tx| kept::create(tx, &new)).await {
        Ok(()) => {
            tracing::info!(connector.id = %id, agent.id = %desk.agent.id, "an order system was connected");
            return connected(&desk, &app, id, wish.made.then_some(wish.secret), false).await;
        }
        Err(Error::Conflict(says)) => ((Field::Store, says.key), StatusCode::CONFLICT),
        Err(Error::NotFound) => ((Field::Shop, key("desk-mend-shop")), StatusCode::UNPROCESSABLE_ENTITY),
        Err(error) => return Err(error),
    };
    show(&desk, &app, form.with(vec![problem]), status).await
}

/// What replacing sends.
#[derive(Deserialize)]
pub(in crate::web::desk) struct Replacing {
    #[serde(default)]
    secret: String,
}

/// `GET /desk/connectors/{connector}/secret`: a secret is never shown again.
pub(in crate::web::desk) async fn back(_: Desk) -> HttpResponse {
    see("/desk/connectors")
}

/// `POST /desk/connectors/{connector}/secret`
pub(in crate::web::desk) async fn replace_secret(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Replacing>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ConnectorId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let connector = app.read(move |conn| one(conn, &agent, id)).await?;
    let own = Some(form.secret.trim()).filter(|own| !own.is_empty() && connector.kind.takes_own_secret());
    let made = connector.kind.new_secret().filter(|_| own.is_none());
    let secret = made.clone().or(own.map(str::to_owned)).unwrap_or_default();
    if !kept::is_secret(&secret) {
        let asked = Asked { secret: Some(id), ..Asked::default() };
        return show(&desk, &app, asked, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let connector = connector.with_secret(&app.keys, &secret)?;
    app.write(move |tx| kept::keep_secret(tx, &connector)).await?;
    tracing::info!(connector.id = %id, agent.id = %desk.agent.id, "an order system's secret was replaced");
    connected(&desk, &app, id, made, true).await
}

/// The one answer that shows a secret.
async fn connected(
    desk: &Desk,
    app: &App,
    id: ConnectorId,
    secret: Option<String>,
    replaced: bool,
) -> Result<HttpResponse> {
    let (agent, here) = (desk.agent.clone(), Here::default());
    let (round, doing) = app
        .read(move |conn| {
            let connector = one(conn, &agent, id)?;
            Ok((reading::round(conn, &agent, &Here::default())?, Doing::of(conn, connector)?))
        })
        .await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let (css, icons) = sheet_and_icons();
    let page = Connected {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Connectors), None),
        connector: doing.shown(&drawing, &round, app.base.as_str()),
        secret,
        replaced,
    };
    Ok(page::html(&page, StatusCode::OK))
}
