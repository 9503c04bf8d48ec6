//! What is held about one person: to read, to hand over, to erase. Handing over and erasing ask for the agent's password once
//! more; erasing asks for the person's address as well, typed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{Scene, for_keepers, mend, prove};
use crate::{
    app::App,
    domain::{
        erasures::{self, Erasure},
        exports,
        orders::{self, Filter, OrderDetail},
        shoppers::{self, Shopper},
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::ShopperId,
    web::{
        desk::{
            drawing::Desk as Drawing,
            see, sheet_and_icons,
            view::{
                frame::Page,
                person::{Bought, PersonPage},
            },
        },
        export,
        gate::Desk,
        page, request,
    },
};

/// Orders that are shown.
const SHOWN: i64 = 50;

/// What came back with something to mend.
#[derive(Default)]
struct Typed {
    form: &'static str,
    problems: Vec<(&'static str, String)>,
    confirm: String,
}

/// What is read for the page.
struct Held {
    shopper: Shopper,
    orders: Vec<OrderDetail>,
    erasure: Option<Erasure>,
}

impl Held {
    /// What has to be typed before somebody is erased: their address, or what there is instead.
    fn name(&self) -> String {
        let known = [&self.shopper.email, &self.shopper.phone].into_iter().flatten().next();
        known.cloned().unwrap_or_else(|| self.shopper.id.to_string())
    }
}

async fn held(app: &App, desk: &Desk, id: ShopperId) -> Result<Held> {
    let merchant = desk.agent.merchant_id;
    app.read(move |conn| {
        let filter = Filter { shopper: Some(id), ..Filter::default() };
        Ok(Held {
            shopper: shoppers::find(conn, merchant, id)?,
            orders: orders::list(conn, merchant, &filter, SHOWN + 1)?,
            erasure: erasures::find(conn, merchant, id)?,
        })
    })
    .await
}

/// `GET /desk/shoppers/{shopper}`
pub(super) async fn show(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ShopperId = path.parse().map_err(|_| Error::NotFound)?;
    draw(&desk, &app, id, Typed::default(), StatusCode::OK).await
}

async fn draw(desk: &Desk, app: &App, id: ShopperId, typed: Typed, status: StatusCode) -> Result<HttpResponse> {
    let held = held(app, desk, id).await?;
    let scene = Scene::of(app, &desk.agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let (css, icons) = sheet_and_icons();
    let told = [
        (key("person-name"), &held.shopper.name),
        (key("person-email"), &held.shopper.email),
        (key("person-phone"), &held.shopper.phone),
        (key("person-language"), &held.shopper.locale),
    ];
    let name = held.shopper.name.clone().or_else(|| held.shopper.email.clone());
    let shown = usize::try_from(SHOWN).unwrap_or_default();
    let page = PersonPage {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Personal), None),
        shopper: id.to_string(),
        name: name.unwrap_or_else(|| t.get("desk-shopper")),
        known: told.into_iter().filter_map(|(label, value)| Some((t.get(label), value.clone()?))).collect(),
        orders: held.orders.iter().take(shown).map(|detail| bought(&drawing, detail)).collect(),
        more: held.orders.len() > shown,
        erased: held.erasure.as_ref().map(|erasure| {
            let text = t.one("person-erased", "date", t.date(&erasure.erased_at.utc()));
            (text, erasure.finished_at.is_some())
        }),
        confirm: held.name(),
        form: typed.form,
        problems: typed.problems,
        typed: typed.confirm,
    };
    Ok(page::html(&page, status))
}

fn bought(drawing: &Drawing<'_>, detail: &OrderDetail) -> Bought {
    let (t, order) = (&drawing.t, &detail.order);
    let line = |detail: &orders::LineDetail| {
        let wishes: String =
            detail.line.custom.0.iter().map(|wish| format!(", {} {}", wish.name, wish.value)).collect();
        format!("{} × {}, {}{wishes}", detail.line.quantity, detail.line.title, detail.options_line())
    };
    let ship_to = order.ship_to.as_ref().map(|to| {
        let to = &to.0;
        let parts = [&to.name, &to.line1, &to.line2, &to.postcode, &to.city, &to.country];
        parts.into_iter().filter_map(|part| part.as_deref()).collect::<Vec<_>>().join(", ")
    });
    let parcel = |parcel: &crate::domain::shipments::Shipment| {
        parcel.carrier.iter().chain(&parcel.numbers).map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    Bought {
        number: order.bare_number().to_owned(),
        href: detail.thread_id.map(|thread| format!("/desk/threads/{thread}")),
        when: t.date(&order.placed_at.utc()),
        total: t.money(&order.total()),
        lines: detail.lines.iter().map(line).collect(),
        ship_to: ship_to.filter(|to| !to.is_empty()),
        parcels: detail.shipments.iter().map(parcel).filter(|parcel| !parcel.is_empty()).collect(),
    }
}

#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    confirm: String,
    #[serde(default)]
    current: String,
}

/// `POST /desk/shoppers/{shopper}/export`
pub(super) async fn hand_over(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Filled>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ShopperId = path.parse().map_err(|_| Error::NotFound)?;
    held(&app, &desk, id).await?;
    if let Err(error) = prove(&req, &app, &desk.agent, &form.current).await {
        return again(&desk, &app, id, error, Typed { form: "export", ..Typed::default() }).await;
    }
    let (turn, agent) = (export::turn(&app).await?, desk.agent.clone());
    app.write(move |tx| exports::begin(tx, (&agent).into(), agent.merchant_id, id)).await?;
    let person = export::Person { merchant: desk.agent.merchant_id, shopper: id };
    export::archive(request::app(&req), turn, person).await
}

/// `POST /desk/shoppers/{shopper}/erasure`
pub(super) async fn erase(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    form: web::Form<Filled>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let id: ShopperId = path.parse().map_err(|_| Error::NotFound)?;
    let Filled { confirm, current } = form.into_inner();
    let held = held(&app, &desk, id).await?;
    let typed = |confirm| Typed { form: "erase", problems: Vec::new(), confirm };
    if confirm.trim().to_lowercase() != held.name().to_lowercase() {
        let error = Error::invalid("confirm", Says::new(key("person-erase-mistyped")));
        return again(&desk, &app, id, error, typed(confirm)).await;
    }
    if let Err(error) = prove(&req, &app, &desk.agent, &current).await {
        return again(&desk, &app, id, error, typed(confirm)).await;
    }
    let (agent, keys) = (desk.agent.clone(), app.keys.clone());
    app.write(move |tx| erasures::erase(tx, &keys, (&agent).into(), agent.merchant_id, id)).await?;
    tracing::info!(shopper.id = %id, agent.id = %desk.agent.id, "a shopper was erased");
    Ok(see(&format!("/desk/shoppers/{id}")))
}

async fn again(desk: &Desk, app: &App, id: ShopperId, error: Error, typed: Typed) -> Result<HttpResponse> {
    let t = desk.words(chrono_tz::UTC, app.now());
    let problems = mend(error, &t, "current")?;
    draw(desk, app, id, Typed { problems, ..typed }, StatusCode::UNPROCESSABLE_ENTITY).await
}
