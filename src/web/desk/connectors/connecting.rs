//! Connecting an order system and replacing its secret. A secret that is made here is in the answer that made it, and in
//! no other.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    super::{
        drawing::Desk as Drawing,
        see, sheet_and_icons,
        view::{
            connecting::{Arrived, ConnectForm, Connected, Field, FirstEvent},
            frame::{Flash, Here, Page},
        },
    },
    Asked, Doing, around, for_keepers, one, show,
};
use crate::{
    app::App,
    domain::{
        audit::{self, Act, Doer},
        connectors::{self as kept, ConnectorKind, NewConnector, NewSecret},
        intakes::{self, Intake},
        orders,
    },
    error::{Error, Result},
    i18n::key,
    ids::{ConnectorId, OrderId, ShopId},
    store::{Conn, Tx},
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
    let new = if wish.made { new.made_by(&desk.agent) } else { new };
    let (id, by) = (new.id, Doer::from(&desk.agent));
    let (problem, status) = match app.write(move |tx| kept::create(tx, by, &new)).await {
        Ok(()) => {
            tracing::info!(connector.id = %id, agent.id = %desk.agent.id, "an order system was connected");
            return connected(&desk, &app, id, false, None).await;
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

/// What was just done.
#[derive(Deserialize)]
pub(in crate::web::desk) struct Looking {
    done: Option<String>,
}

/// `GET /desk/connectors/{connector}/secret`: for ten minutes who made the secret reads it here, then nobody does.
pub(in crate::web::desk) async fn again(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    looking: web::Query<Looking>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let Ok(id) = path.parse::<ConnectorId>() else { return Ok(see("/desk/connectors")) };
    connected(&desk, &app, id, false, looking.done.as_deref()).await
}

/// `POST /desk/connectors/{connector}/secret/end`
pub(in crate::web::desk) async fn end_old(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ConnectorId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    app.write(move |tx| kept::end_old_secret(tx, &agent, id)).await?;
    tracing::info!(connector.id = %id, agent.id = %desk.agent.id, "an order system's secret before was ended");
    Ok(see(&format!("/desk/connectors/{id}/secret?done=ended")))
}

/// `GET /desk/connectors/{connector}/first-event`: the part that waits for the first event, anew.
pub(in crate::web::desk) async fn first_event(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ConnectorId = path.parse().map_err(|_| Error::NotFound)?;
    let here = Here::default();
    let (round, first) = around(&desk, &app, id, |conn, connector| First::of(conn, &connector)).await?;
    Ok(page::html(&first.shown(&Drawing::of(&desk.agent, &round, &here, &app), id), StatusCode::OK))
}

/// The latest arrival, and the number of the order it was of.
struct First(Option<(Intake, Option<String>)>);

impl First {
    fn of(conn: &mut Conn, connector: &kept::Connector) -> Result<Self> {
        let latest = intakes::latest(conn, connector.merchant_id, connector.id, None, 1)?.pop();
        let Some(intake) = latest else { return Ok(Self(None)) };
        let order: Vec<OrderId> = intake.order_id.into_iter().collect();
        let number = orders::numbers(conn, connector.merchant_id, &order)?.into_values().next();
        Ok(Self(Some((intake, number))))
    }

    fn shown(&self, drawing: &Drawing<'_>, id: ConnectorId) -> FirstEvent {
        let (t, connector) = (drawing.t, id.to_string());
        let Some((intake, number)) = &self.0 else { return FirstEvent { t, connector, arrived: None } };
        let seconds = (t.now() - intake.received_at.utc()).num_seconds().max(0);
        let ago = if seconds < 60 { t.count("desk-first-seconds", seconds) } else { t.ago(&intake.received_at.utc()) };
        let text = match (number, intake.verdict) {
            (_, intakes::Verdict::Failed) => t.one("desk-first-failed", "ago", ago),
            (Some(number), _) => t.two("desk-first-order", "number", number.trim_start_matches('#'), "ago", ago),
            (None, _) => t.two("desk-first-other", "topic", super::topic(drawing, intake), "ago", ago),
        };
        let fine = intake.verdict != intakes::Verdict::Failed;
        FirstEvent { t, connector, arrived: Some(Arrived { text, fine, intake: intake.id.to_string() }) }
    }
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
    let new = NewSecret::new(&app.keys, &connector, &secret, made.is_some().then_some(desk.agent.id))?;
    let by = Doer::from(&desk.agent);
    app.write(move |tx| kept::replace_secret(tx, by, &connector, &new)).await?;
    tracing::info!(connector.id = %id, agent.id = %desk.agent.id, "an order system's secret was replaced");
    connected(&desk, &app, id, true, None).await
}

/// The one page that shows a secret: to who made it, for a while.
async fn connected(
    desk: &Desk,
    app: &App,
    id: ConnectorId,
    replaced: bool,
    done: Option<&str>,
) -> Result<HttpResponse> {
    let here = Here::default();
    let shown = |conn: &mut Conn, connector| Ok((First::of(conn, &connector)?, Doing::of(conn, connector)?));
    let (round, (first, doing)) = around(desk, app, id, shown).await?;
    let shows = doing.connector.shows_secret_to(&desk.agent, app.now());
    let secret = shows.then(|| doing.connector.secret(&app.keys)).transpose()?;
    if shows {
        let agent = desk.agent.clone();
        let shown = move |tx: &mut Tx<'_>| {
            audit::record(tx, agent.merchant_id, (&agent).into(), Act::SecretShown, &id.to_string(), &[])
        };
        app.write(shown).await?;
    }
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let (css, icons) = sheet_and_icons();
    let page = Connected {
        t: drawing.t,
        css,
        icons,
        frame: drawing
            .frame(Some(Page::Connectors), done.map(|_| Flash::done(drawing.t.get(key("desk-secret-ended")), None))),
        first: first.shown(&drawing, id),
        connector: doing.shown(&drawing, &round, app),
        secret,
        replaced,
    };
    Ok(page::html(&page, StatusCode::OK))
}
