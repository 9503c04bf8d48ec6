//! A shop: its name, its colour, its language, until when one may exchange, and whether it writes when a thread opens.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{Done, Scene, for_keepers};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        merchants::{self, Choices, Shop},
        orders::{self, Filter, OrderDetail},
        policy,
    },
    error::{Error, Result},
    i18n::{Lang, Words, key},
    ids::ShopId,
    web::{
        desk::{
            door::languages,
            see,
            setup::is_name,
            sheet_and_icons,
            view::{
                Person,
                frame::Page,
                joining::Problems,
                shop::{ShopChoice, ShopPage},
            },
        },
        gate::Desk,
        look, page,
    },
};

/// Longer than a year nobody waits for an exchange.
const DAYS: std::ops::RangeInclusive<i32> = 0..=365;
/// Orders that are looked at for one of the shop.
const LOOKED_AT: i64 = 100;

#[derive(Deserialize)]
pub(super) struct Which {
    shop: Option<String>,
    done: Option<String>,
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    shop: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    accent: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    days: String,
    mail: Option<String>,
}

impl From<&Shop> for Filled {
    fn from(shop: &Shop) -> Self {
        Self {
            shop: shop.id.to_string(),
            name: shop.name.clone(),
            accent: shop.accent.clone(),
            language: shop.locale.clone(),
            zone: shop.time_zone.clone(),
            days: shop.exchange_days.to_string(),
            mail: shop.mail_on_order.then(|| "on".to_owned()),
        }
    }
}

impl Filled {
    /// # Errors
    /// What to mend, by field.
    fn understood(&self, t: &Words) -> Result<Choices, Problems> {
        let locale = self.language.parse::<Lang>().ok();
        let zone = self.zone.parse::<chrono_tz::Tz>().ok();
        let days = self.days.trim().parse::<i32>().ok().filter(|days| DAYS.contains(days));
        let checks = [
            (is_name(&self.name), "name", key("setup-mend-shop")),
            (merchants::is_colour(&self.accent), "accent", key("shop-mend-accent")),
            (locale.is_some(), "language", key("shop-mend-language")),
            (zone.is_some(), "zone", key("setup-mend-zone")),
            (days.is_some(), "days", key("shop-mend-days")),
        ];
        let problems: Problems =
            checks.into_iter().filter(|(fine, ..)| !fine).map(|(_, field, key)| (field, t.get(key))).collect();
        match (locale, zone, days) {
            (Some(locale), Some(zone), Some(exchange_days)) if problems.is_empty() => Ok(Choices {
                name: self.name.trim().to_owned(),
                accent: self.accent.clone(),
                locale,
                zone,
                exchange_days,
                mail_on_order: self.mail.is_some(),
            }),
            _ => Err(problems),
        }
    }
}

/// `GET /desk/settings/shop`
pub(super) async fn show(desk: Desk, app: web::Data<App>, which: web::Query<Which>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let Which { shop, done } = which.into_inner();
    draw(&desk.agent, &app, shop.as_deref(), None, &Done { done }).await
}

async fn draw(
    agent: &Agent,
    app: &App,
    which: Option<&str>,
    refused: Option<(Filled, Problems)>,
    done: &Done,
) -> Result<HttpResponse> {
    let scene = Scene::of(app, agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let shops = &scene.round.shops;
    let wanted = which.map(|id| id.parse::<ShopId>().map_err(|_| Error::NotFound)).transpose()?;
    let found = shops.iter().find(|shop| wanted.is_none_or(|id| shop.id == id)).cloned();
    let shop = found.ok_or(Error::NotFound)?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (form, problems) = refused.unwrap_or_else(|| (Filled::from(&shop), Vec::new()));
    let (css, icons) = sheet_and_icons();
    let sentence = t.one("shop-exchange", "days", '\u{1}');
    let (before, after) = sentence.split_once('\u{1}').unwrap_or((&sentence, ""));
    let page = ShopPage {
        css,
        icons,
        frame: drawing.frame(Some(Page::Shop), done.flash(&t)),
        look: look::url(&shop),
        shops: shops.iter().map(|other| ShopChoice::new(other.id, &other.name, other.id == shop.id)).collect(),
        shop: shop.id.to_string(),
        crest: Person::new("", &form.name).initials,
        accent: if merchants::is_colour(&form.accent) { form.accent.clone() } else { shop.accent.clone() },
        languages: languages(&t, |_| String::new()),
        sentence: (before.to_owned(), after.to_owned()),
        example: example(app, agent, &shop, &t).await?,
        name: form.name,
        language: form.language,
        zone: form.zone,
        days: form.days,
        mail: form.mail.is_some(),
        sample: shop.words(shop.lang(), app.now()),
        problems,
        t,
    };
    Ok(page::html(&page, status))
}

/// What the days come to for an order there is.
async fn example(app: &App, agent: &Agent, shop: &Shop, t: &Words) -> Result<Option<String>> {
    let (merchant, id) = (agent.merchant_id, shop.id);
    let orders = app.read(move |conn| orders::list(conn, merchant, &Filter::default(), LOOKED_AT)).await?;
    let of_shop = |detail: &&OrderDetail| detail.order.shop_id == id && detail.order.cancelled_at.is_none();
    Ok(orders.iter().rfind(of_shop).map(|detail| {
        let until = policy::exchange_until(detail, shop.exchange_days, t.now());
        t.two("shop-exchange-until", "number", detail.order.bare_number(), "date", t.date(&until))
    }))
}

/// `POST /desk/settings/shop`
pub(super) async fn save(desk: Desk, app: web::Data<App>, form: web::Form<Filled>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let form = form.into_inner();
    let id: ShopId = form.shop.parse().map_err(|_| Error::NotFound)?;
    let t = desk.words(chrono_tz::UTC, app.now());
    let choices = match form.understood(&t) {
        Ok(choices) => choices,
        Err(problems) => {
            let shop = form.shop.clone();
            return draw(&desk.agent, &app, Some(&shop), Some((form, problems)), &Done::default()).await;
        }
    };
    let agent = desk.agent.clone();
    app.write(move |tx| merchants::change_shop(tx, &agent, id, &choices)).await?;
    Ok(see(&format!("/desk/settings/shop?shop={id}&done=saved")))
}
