//! A shop: its name, its colour, its languages, its legal pages, and whether it writes when a thread opens.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{Done, Scene, for_keepers};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        merchants::{
            self, Choices, Shop,
            legal::{self, Legal, LegalKind},
        },
    },
    error::{Error, Result},
    i18n::{Lang, Words, key},
    ids::ShopId,
    web::{
        desk::{
            see,
            setup::is_name,
            sheet_and_icons,
            view::{
                Person,
                frame::Page,
                joining::Problems,
                shop::{LegalField, LegalInput, ShopChoice, ShopPage, Spoken},
            },
        },
        gate::Desk,
        look, page,
    },
};

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
    mail: Option<String>,
    /// The languages it speaks, and the addresses of its legal pages: as [`speaks_name`] and [`legal_name`] say.
    #[serde(flatten)]
    more: HashMap<String, String>,
}

fn speaks_name(lang: Lang) -> String {
    format!("speaks-{}", lang.code())
}

/// Without a language it is the page for every one that has none of its own.
fn legal_name(kind: LegalKind, lang: Option<Lang>) -> String {
    format!("{kind}-{}", lang.map_or("all", Lang::code))
}

/// Every language a page may be in, and none.
fn of_page() -> impl Iterator<Item = Option<Lang>> {
    std::iter::once(None).chain(Lang::all().map(Some))
}

impl From<&Shop> for Filled {
    fn from(shop: &Shop) -> Self {
        let spoken = shop.languages().into_iter().map(|lang| (speaks_name(lang), "on".to_owned()));
        let pages = shop.legal.0.iter().map(|page| {
            let lang = page.lang.as_deref().and_then(|code| code.parse().ok());
            (legal_name(page.kind, lang), page.url.clone())
        });
        Self {
            shop: shop.id.to_string(),
            name: shop.name.clone(),
            accent: shop.accent.clone(),
            language: shop.locale.clone(),
            zone: shop.time_zone.clone(),
            mail: shop.mail_on_order.then(|| "on".to_owned()),
            more: spoken.chain(pages).collect(),
        }
    }
}

impl Filled {
    /// # Errors
    /// What to mend, by field.
    fn understood(&self, t: &Words) -> Result<Choices, Problems> {
        let locale = self.language.parse::<Lang>().ok();
        let zone = self.zone.parse::<chrono_tz::Tz>().ok();
        let checks = [
            (is_name(&self.name), "name", key("setup-mend-shop")),
            (merchants::is_colour(&self.accent), "accent", key("shop-mend-accent")),
            (locale.is_some(), "language", key("shop-mend-language")),
            (zone.is_some(), "zone", key("setup-mend-zone")),
        ];
        let checks = checks.into_iter().chain(LegalKind::ALL.iter().map(|kind| {
            let fine = of_page().all(|lang| self.page(*kind, lang).is_none_or(legal::is_page));
            (fine, kind.as_str(), key("shop-mend-legal"))
        }));
        let problems: Problems = checks.filter(|(fine, ..)| !fine).map(|(_, field, key)| (field, t.get(key))).collect();
        match (locale, zone) {
            (Some(locale), Some(zone)) if problems.is_empty() => Ok(Choices {
                name: self.name.trim().to_owned(),
                accent: self.accent.clone(),
                locale,
                languages: Lang::all().filter(|lang| self.speaks(*lang)).collect(),
                zone,
                mail_on_order: self.mail.is_some(),
                legal: self.pages(),
            }),
            _ => Err(problems),
        }
    }

    fn speaks(&self, lang: Lang) -> bool {
        self.more.contains_key(&speaks_name(lang))
    }

    fn page(&self, kind: LegalKind, lang: Option<Lang>) -> Option<&str> {
        self.more.get(&legal_name(kind, lang)).map(|typed| typed.trim()).filter(|typed| !typed.is_empty())
    }

    fn pages(&self) -> Vec<Legal> {
        let of_kind = |kind: &LegalKind| {
            let kind = *kind;
            of_page().filter_map(move |lang| {
                let url = self.page(kind, lang)?.to_owned();
                Some(Legal { kind, lang: lang.map(|lang| lang.code().to_owned()), url })
            })
        };
        LegalKind::ALL.iter().flat_map(of_kind).collect()
    }

    /// Every language with whether it is spoken.
    fn spoken(&self, t: &Words) -> Vec<Spoken> {
        let spoken = |lang: Lang| Spoken {
            name: speaks_name(lang),
            code: lang.code(),
            label: name_of(t, lang),
            chosen: self.speaks(lang),
        };
        Lang::all().map(spoken).collect()
    }

    fn legal(&self, t: &Words) -> Vec<LegalField> {
        let input = |kind: LegalKind, lang: Option<Lang>| {
            let value = self.page(kind, lang).unwrap_or_default().to_owned();
            let label = lang.map_or_else(|| t.get(key("shop-legal-all")), |lang| name_of(t, lang));
            LegalInput { name: legal_name(kind, lang), label, bad: !value.is_empty() && !legal::is_page(&value), value }
        };
        let field = |kind: &LegalKind| LegalField {
            kind: kind.as_str(),
            label: t.get(match kind {
                LegalKind::Terms => key("shop-legal-terms"),
                LegalKind::Privacy => key("shop-legal-privacy"),
                LegalKind::Mediator => key("shop-legal-mediator"),
            }),
            first: input(*kind, None),
            others: Lang::all().map(|lang| input(*kind, Some(lang))).collect(),
        };
        LegalKind::ALL.iter().map(field).collect()
    }
}

/// A language in its own words.
fn name_of(t: &Words, lang: Lang) -> String {
    Words::new(lang, chrono_tz::UTC, t.now()).get(key("language-name"))
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
    let shop = scene.shop(which)?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (form, problems) = refused.unwrap_or_else(|| (Filled::from(&shop), Vec::new()));
    let (css, icons) = sheet_and_icons();
    let page = ShopPage {
        css,
        icons,
        frame: drawing.frame(Some(Page::Shop), done.flash(&t)),
        look: look::url(&shop),
        shops: shops.iter().map(|other| ShopChoice::new(other.id, &other.name, other.id == shop.id)).collect(),
        shop: shop.id.to_string(),
        crest: Person::new("", &form.name).initials,
        accent: if merchants::is_colour(&form.accent) { form.accent.clone() } else { shop.accent.clone() },
        spoken: form.spoken(&t),
        legal: form.legal(&t),
        mail: form.mail.is_some(),
        name: form.name,
        language: form.language,
        zone: form.zone,
        sample: shop.words(shop.lang(), app.now()),
        problems,
        t,
    };
    Ok(page::html(&page, status))
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
