//! The public holidays that a shop is offered to close on, one tick each; what is ticked closes under its name in the shop's
//! own language.

use chrono::NaiveDate;

use super::{Filled, date};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        hours::{
            Hours,
            edits::Edit,
            holidays::{Country, Holiday},
        },
        merchants::{self, Shop},
    },
    error::{Error, Result, Says},
    i18n::{Words, key},
    ids::ShopId,
    web::desk::view::hours::{Offered, OfferedDay},
};

/// The days that were ticked, as one change.
///
/// # Errors
/// When no day was ticked, or one that is none of the country's; not found for what no page has.
pub(super) async fn edit(app: &App, agent: &Agent, id: ShopId, filled: &Filled) -> Result<Edit> {
    let country: Country = filled.field("country").parse().map_err(|_| Error::NotFound)?;
    let merchant = agent.merchant_id;
    let shop = app.read(move |conn| merchants::shop(conn, merchant, id)).await?;
    let known = country.holidays(today(&shop, app));
    let ticked = filled.all("holiday");
    if ticked.is_empty() {
        return Err(Error::invalid("holidays", Says::new(key("error-opening-holidays"))));
    }
    let words = shop.words(shop.lang(), app.now());
    let closure = |text: &String| {
        let found = text.parse().ok().and_then(|on| known.iter().find(|holiday| holiday.on == on));
        let says = || Says::new(key("error-opening-date")).with("date", text);
        let found: &Holiday = found.ok_or_else(|| Error::invalid("holidays", says()))?;
        Ok(found.closure(words.get(found.name)))
    };
    Ok(Edit::CloseOn(ticked.iter().map(closure).collect::<Result<_>>()?))
}

fn today(shop: &Shop, app: &App) -> NaiveDate {
    app.now().with_timezone(&shop.zone()).date_naive()
}

/// What is offered: the holidays of the country that was asked for, or of the one whose clock the shop keeps.
pub(super) fn offered(t: &Words, shop: &Shop, hours: &Hours, asked: Option<Country>, ticked: &[String]) -> Offered {
    let country = asked.or_else(|| Country::of_zone(shop.zone()));
    let today = t.now().with_timezone(&shop.zone()).date_naive();
    let day = |holiday: Holiday| OfferedDay {
        value: holiday.on.to_string(),
        text: date(t, holiday.on),
        name: t.get(holiday.name),
        closed: hours.closures().iter().any(|closure| closure.covers(holiday.on)),
        ticked: ticked.contains(&holiday.on.to_string()),
    };
    Offered {
        countries: Country::ALL.iter().map(|one| (one.as_str(), t.get(name(*one)), Some(*one) == country)).collect(),
        country: country.map(Country::as_str),
        days: country.into_iter().flat_map(|country| country.holidays(today)).map(day).collect(),
    }
}

fn name(country: Country) -> &'static str {
    match country {
        Country::France => key("times-country-fr"),
        Country::Belgium => key("times-country-be"),
        Country::Netherlands => key("times-country-nl"),
        Country::Germany => key("times-country-de"),
        Country::England => key("times-country-gb"),
        Country::Spain => key("times-country-es"),
        Country::Italy => key("times-country-it"),
        Country::Luxembourg => key("times-country-lu"),
    }
}
