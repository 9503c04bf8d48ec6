//! What a shop's exchanges go by, in sentences to be filled in, and what they come to for an order there is. Two rules that
//! cannot both hold are refused by name, and what was typed is kept.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{Done, Scene, for_keepers};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        cases::Reason,
        catalogue,
        merchants::{self, Shop},
        orders::{self, Filter, OrderDetail},
        policy::{
            self, Rules, Terms,
            terms::{Exception, MOST_EXCEPTIONS},
        },
    },
    error::{Error, Result},
    i18n::{Words, key},
    web::{
        desk::{
            drawing::reason_words,
            own_picture, see, sheet_and_icons,
            view::{
                frame::Page,
                joining::Problems,
                policy::{Blank, Judged, PolicyPage, ReasonChoice, Trial},
                shop::ShopChoice,
            },
        },
        gate::Desk,
        page,
    },
};

/// Longer than a year nobody waits for an exchange.
const DAYS: std::ops::RangeInclusive<i32> = 0..=365;
/// What counts as a discount that makes a sale final, in percent.
const PERCENT: std::ops::RangeInclusive<i32> = 1..=100;
/// The longest words of a rule about products, in characters.
const MAX_WORDS: usize = 80;
/// Rules about products that can be added at a time.
const BLANKS: usize = 2;
/// Orders that are looked at for one of the shop.
const LOOKED_AT: i64 = 100;

#[derive(Deserialize)]
pub(super) struct Which {
    shop: Option<String>,
    order: Option<String>,
    done: Option<String>,
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    shop: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    dearer: String,
    #[serde(default)]
    cheaper: String,
    #[serde(default)]
    only: String,
    #[serde(default)]
    needed: String,
    #[serde(default)]
    final_from: String,
    /// Asks what it would come to, and changes nothing.
    preview: Option<String>,
    #[serde(default)]
    order: String,
    /// `takes-<reason>`, `photo-<reason>`, `words-<n>`, `days-<n>`
    #[serde(flatten)]
    more: HashMap<String, String>,
}

impl Filled {
    fn of(shop: &Shop, order: Option<String>) -> Self {
        let Terms { days, rules } = shop.terms();
        let on = |name: String| (name, "on".to_owned());
        let takes =
            Reason::ALL.iter().filter(|reason| rules.takes(**reason)).map(|reason| on(format!("takes-{reason}")));
        let photos = rules.photos.iter().map(|reason| on(format!("photo-{reason}")));
        let exceptions = rules.exceptions.iter().enumerate().flat_map(|(at, exception)| {
            let days = exception.days.map(|days| days.to_string()).unwrap_or_default();
            [(format!("words-{at}"), exception.words.clone()), (format!("days-{at}"), days)]
        });
        Self {
            shop: shop.id.to_string(),
            days: days.to_string(),
            dearer: rules.dearer.to_string(),
            cheaper: rules.cheaper.to_string(),
            only: rules.only.clone().unwrap_or_default(),
            needed: if rules.photo_needed { "yes" } else { "no" }.to_owned(),
            final_from: rules.final_from.map(|from| from.to_string()).unwrap_or_default(),
            preview: None,
            order: order.unwrap_or_default(),
            more: takes.chain(photos).chain(exceptions).collect(),
        }
    }

    fn has(&self, name: &str, reason: Reason) -> bool {
        self.more.contains_key(&format!("{name}-{reason}"))
    }

    fn typed(&self, name: &str, at: usize) -> &str {
        self.more.get(&format!("{name}-{at}")).map(|typed| typed.trim()).unwrap_or_default()
    }

    /// # Errors
    /// What to mend, by field.
    fn understood(&self, t: &Words) -> Result<Terms, Problems> {
        let whole = |typed: &str, range: std::ops::RangeInclusive<i32>| {
            typed.trim().parse::<i32>().ok().filter(|number| range.contains(number))
        };
        let days = whole(&self.days, DAYS);
        let (dearer, cheaper) = (self.dearer.parse().ok(), self.cheaper.parse().ok());
        let final_from = whole(&self.final_from, PERCENT);
        let exceptions = self.exceptions();
        let checks = [
            (days.is_some(), "days", key("shop-mend-days")),
            (dearer.is_some() && cheaper.is_some(), "dearer", key("settings-policy-mend-choice")),
            (
                final_from.is_some() || self.final_from.trim().is_empty(),
                "final_from",
                key("settings-policy-mend-percent"),
            ),
            (self.only.chars().count() <= MAX_WORDS, "only", key("settings-policy-mend-choice")),
            (exceptions.is_some(), "exceptions", key("settings-policy-mend-exceptions")),
        ];
        let problems: Problems =
            checks.into_iter().filter(|(fine, ..)| !fine).map(|(_, field, key)| (field, t.get(key))).collect();
        match (days, dearer, cheaper, exceptions) {
            (Some(days), Some(dearer), Some(cheaper), Some(exceptions)) if problems.is_empty() => {
                let of =
                    |name, wanted| Reason::ALL.iter().copied().filter(move |reason| self.has(name, *reason) == wanted);
                let rules = Rules {
                    dearer,
                    cheaper,
                    only: Some(self.only.trim().to_owned()).filter(|only| !only.is_empty()),
                    refused: of("takes", false).collect(),
                    photos: of("photo", true).collect(),
                    photo_needed: self.needed == "yes",
                    final_from,
                    exceptions,
                };
                Ok(Terms { days, rules })
            }
            _ => Err(problems),
        }
    }

    /// Rules about products; none when one of them cannot be read. A row without words is no rule.
    fn exceptions(&self) -> Option<Vec<Exception>> {
        let rows = (0..MOST_EXCEPTIONS).filter(|at| !self.typed("words", *at).is_empty());
        let read = |at: usize| {
            let (words, days) = (self.typed("words", at), self.typed("days", at));
            let fits = words.chars().count() <= MAX_WORDS && words.chars().any(char::is_alphanumeric);
            let days = match days {
                "" => None,
                days => Some(days.parse().ok().filter(|days| DAYS.contains(days))?),
            };
            fits.then(|| Exception { words: words.to_owned(), days })
        };
        rows.map(read).collect()
    }

    fn blanks(&self) -> Vec<Blank> {
        let filled = (0..MOST_EXCEPTIONS)
            .filter(|at| !self.typed("words", *at).is_empty())
            .map_while(|at| Some((self.typed("words", at).to_owned(), self.typed("days", at).to_owned())));
        let blanks = std::iter::repeat_n((String::new(), String::new()), BLANKS);
        let rows = filled.chain(blanks).take(MOST_EXCEPTIONS).enumerate();
        rows.map(|(at, (words, days))| Blank { at, words, days }).collect()
    }

    fn reasons(&self, t: &Words, name: &'static str) -> Vec<ReasonChoice> {
        let choice = |reason: &Reason| ReasonChoice {
            name: format!("{name}-{reason}"),
            label: t.get(reason_words(*reason)),
            chosen: self.has(name, *reason),
        };
        Reason::ALL.iter().map(choice).collect()
    }
}

/// `GET /desk/settings/policy`
pub(super) async fn show(desk: Desk, app: web::Data<App>, which: web::Query<Which>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let Which { shop, order, done } = which.into_inner();
    let scene = Scene::of(&app, &desk.agent).await?;
    let shop = scene.shop(shop.as_deref())?;
    let form = Filled::of(&shop, order);
    draw(&app, &scene, &shop, form, Vec::new(), &Done { done }).await
}

/// `POST /desk/settings/policy`
pub(super) async fn save(desk: Desk, app: web::Data<App>, form: web::Form<Filled>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let form = form.into_inner();
    let scene = Scene::of(&app, &desk.agent).await?;
    let shop = scene.shop(Some(&form.shop))?;
    let t = scene.drawing(&app).t;
    let terms = match form.understood(&t) {
        Ok(terms) => terms,
        Err(problems) => return draw(&app, &scene, &shop, form, problems, &Done::default()).await,
    };
    if form.preview.is_some() {
        return draw(&app, &scene, &shop, form, Vec::new(), &Done::default()).await;
    }
    let (agent, id) = (desk.agent.clone(), shop.id);
    match app.write(move |tx| merchants::change_terms(tx, &agent, id, &terms)).await {
        Ok(()) => Ok(see(&format!("/desk/settings/policy?shop={id}&done=saved"))),
        Err(Error::Invalid(clash)) => {
            let named = |pointer: &str| ["photos", "refused", "exceptions"].into_iter().find(|field| *field == pointer);
            let problems =
                clash.iter().map(|clash| (named(&clash.pointer).unwrap_or("days"), clash.says.in_words(&t))).collect();
            draw(&app, &scene, &shop, form, problems, &Done::default()).await
        }
        Err(error) => Err(error),
    }
}

async fn draw(
    app: &App,
    scene: &Scene,
    shop: &Shop,
    form: Filled,
    problems: Problems,
    done: &Done,
) -> Result<HttpResponse> {
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    // What cannot be read comes to nothing; then the rules as they are kept are tried.
    let terms = form.understood(&t).unwrap_or_else(|_| shop.terms());
    let (merchant, id) = (shop.merchant_id, shop.id);
    let options = app.read(move |conn| catalogue::option_names(conn, merchant, id)).await?;
    let (css, icons) = sheet_and_icons();
    let page = PolicyPage {
        css,
        icons,
        frame: drawing.frame(Some(Page::Policy), done.flash(&t)),
        shops: scene
            .round
            .shops
            .iter()
            .map(|other| ShopChoice::new(other.id, &other.name, other.id == shop.id))
            .collect(),
        shop: shop.id.to_string(),
        takes: form.reasons(&t, "takes"),
        photos: form.reasons(&t, "photo"),
        exceptions: form.blanks(),
        options: with_chosen(options, &form.only),
        trial: trial(app, &scene.agent, shop, &terms, &form.order).await?,
        typed: form.preview.is_some(),
        order: form.order,
        days: form.days,
        dearer: form.dearer,
        cheaper: form.cheaper,
        only: form.only,
        needed: form.needed == "yes",
        final_from: form.final_from,
        problems,
        t,
    };
    Ok(page::html(&page, status))
}

/// An option that the shop has no more can still be seen and given up.
fn with_chosen(mut options: Vec<String>, chosen: &str) -> Vec<String> {
    if !chosen.is_empty() && !options.iter().any(|option| option == chosen) {
        options.push(chosen.to_owned());
    }
    options
}

/// What the terms come to for an order: the one of that number, or the latest of the shop.
async fn trial(app: &App, agent: &Agent, shop: &Shop, terms: &Terms, number: &str) -> Result<Option<Trial>> {
    let (merchant, id) = (agent.merchant_id, shop.id);
    let number = number.trim().trim_start_matches('#').to_owned();
    let filter = Filter { number: Some(number).filter(|number| !number.is_empty()), ..Filter::default() };
    let orders = app.read(move |conn| orders::list(conn, merchant, &filter, LOOKED_AT)).await?;
    let fits = |detail: &&OrderDetail| detail.order.shop_id == id && detail.order.cancelled_at.is_none();
    let t = shop.words(shop.lang(), app.now());
    Ok(orders.iter().rfind(fits).map(|order| Trial {
        number: order.order.bare_number().to_owned(),
        lang: t.code(),
        lines: order.lines.iter().map(|line| judged(&t, order, line, terms)).collect(),
    }))
}

fn judged(t: &Words, order: &OrderDetail, line: &orders::LineDetail, terms: &Terms) -> Judged {
    let (allowed, says) = match policy::exchange(order, line, 0, terms, t.now()) {
        policy::Exchange::Allowed { until, .. } => (true, t.one("exchange-until", "day", t.day_month(&until))),
        policy::Exchange::Refused(says) => (false, says.in_words(t)),
    };
    Judged {
        picture: own_picture(line.picture()),
        title: line.title().to_owned(),
        options: line.options_line(),
        allowed,
        says,
    }
}
