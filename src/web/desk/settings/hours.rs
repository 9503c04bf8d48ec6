//! A shop's opening hours, its closed days, and within how long it wants to answer: plain forms, one change each. What is
//! wrong comes back beside what was typed.

mod holidays;

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{Datelike, Days, NaiveTime, Utc};
use serde::Deserialize;

use super::{Done, Scene, for_keepers};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        hours::{
            Closure, Hours, Span,
            edits::{Edit, MAX_NAME},
            holidays::Country,
            keeping, waits,
        },
        merchants::Shop,
        threads::snoozing,
    },
    error::{Error, FieldError, Result},
    i18n::{Words, key},
    ids::ShopId,
    web::{
        desk::{
            see, sheet_and_icons,
            view::{
                frame::Page,
                hours::{Closed, Day, HoursPage, Open, Reads, Typed},
                joining::Problems,
                shop::ShopChoice,
            },
        },
        gate::Desk,
        opening, page,
    },
};

/// The fields that an error can name.
const FIELDS: [&str; 8] = ["days", "from", "to", "first", "last", "name", "minutes", "holidays"];
/// The moment of the week that the page shows beside now: Saturday, at six.
const SHOWN: (u32, u32) = (5, 18);

#[derive(Deserialize)]
pub(super) struct Which {
    shop: Option<String>,
    done: Option<String>,
    /// Whose holidays are offered.
    country: Option<Country>,
}

/// What one of the forms sent.
#[derive(Debug, Default)]
struct Filled(Vec<(String, String)>);

impl Filled {
    fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    fn days(&self) -> Vec<String> {
        self.all("day")
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect()
    }

    /// # Errors
    /// What is wrong with what was typed; not found for a form that no page has.
    fn edit(&self) -> Result<Edit> {
        let of = |name| self.field(name);
        match of("act") {
            "open" => Edit::spans(&self.days(), of("from"), of("to")),
            "not-open" => Span::parse(of("day"), of("from"), of("to")).map(Edit::NotOpen),
            "close" => Edit::closure(of("first"), of("last"), of("name")),
            "not-closed" => match Edit::closure(of("first"), of("last"), "")? {
                Edit::Close(Closure { first, last, .. }) => Ok(Edit::NotClosed { first, last }),
                other => Ok(other),
            },
            "target" => Edit::target(of("minutes")),
            _ => Err(Error::NotFound),
        }
    }

    /// What is shown again, or what a form begins with.
    fn typed(&self, shop: &Shop) -> Typed {
        let of = |name: &str| self.field(name).to_owned();
        let minutes = if self.field("act") == "target" { of("minutes") } else { shop.reply_minutes.to_string() };
        Typed { from: of("from"), to: of("to"), first: of("first"), last: of("last"), name: of("name"), minutes }
    }
}

/// `GET /desk/settings/hours`
pub(super) async fn show(desk: Desk, app: web::Data<App>, which: web::Query<Which>) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let Which { shop, done, country } = which.into_inner();
    let shop = shop.map(|id| id.parse::<ShopId>().map_err(|_| Error::NotFound)).transpose()?;
    draw(&desk.agent, &app, (shop, country), None, &Done { done }).await
}

/// `POST /desk/settings/hours`
pub(super) async fn save(
    desk: Desk,
    app: web::Data<App>,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    for_keepers(&desk.agent)?;
    let filled = Filled(form.into_inner());
    let id: ShopId = filled.field("shop").parse().map_err(|_| Error::NotFound)?;
    let edit = match filled.field("act") {
        "holidays" => holidays::edit(&app, &desk.agent, id, &filled).await,
        _ => filled.edit(),
    };
    let changed = match edit {
        Ok(edit) => {
            let agent = desk.agent.clone();
            app.write(move |tx| keeping::change(tx, &agent, id, &edit)).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(see(&format!("/desk/settings/hours?shop={id}&done=saved"))),
        Err(Error::Invalid(wrong)) => {
            let wanted = (Some(id), filled.field("country").parse().ok());
            draw(&desk.agent, &app, wanted, Some((filled, wrong)), &Done::default()).await
        }
        Err(error) => Err(error),
    }
}

async fn draw(
    agent: &Agent,
    app: &App,
    (wanted, country): (Option<ShopId>, Option<Country>),
    refused: Option<(Filled, Vec<FieldError>)>,
    done: &Done,
) -> Result<HttpResponse> {
    let scene = Scene::of(app, agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let shops = &scene.round.shops;
    let shop = shops.iter().find(|shop| wanted.is_none_or(|id| shop.id == id)).ok_or(Error::NotFound)?;
    let hours = scene.round.hours.get(&shop.id).ok_or(Error::NotFound)?;
    let (merchant, id, now) = (agent.merchant_id, shop.id, app.now());
    let usual = app.read(move |conn| waits::usual(conn, merchant, id, now)).await?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (filled, wrong) = refused.unwrap_or_default();
    let ticked = if filled.field("act") == "open" { filled.days() } else { Vec::new() };
    let sentence = t.one("times-target-sentence", "minutes", '\u{1}');
    let (before, after) = sentence.split_once('\u{1}').unwrap_or((&sentence, ""));
    let (css, icons) = sheet_and_icons();
    let page = HoursPage {
        css,
        icons,
        frame: drawing.frame(Some(Page::Hours), done.flash(&t)),
        shops: shops.iter().map(|other| ShopChoice::new(other.id, &other.name, other.id == shop.id)).collect(),
        shop: shop.id.to_string(),
        zone: shop.time_zone.clone(),
        days: (1..=7).map(|number| day(&t, hours, number, &ticked)).collect(),
        round_the_clock: hours.week().is_empty(),
        closures: hours.closures().iter().map(|known| closed(&t, hours, known)).collect(),
        offered: holidays::offered(&t, shop, hours, country, &filled.all("holiday")),
        max_name: MAX_NAME,
        sentence: (before.to_owned(), after.to_owned()),
        reads: reads(&t, shop, hours, usual),
        read_in: shop.lang().code(),
        typed: filled.typed(shop),
        problems: problems(&t, &wrong),
        t,
    };
    Ok(page::html(&page, status))
}

fn problems(t: &Words, wrong: &[FieldError]) -> Problems {
    let field = |pointer: &str| FIELDS.into_iter().find(|field| *field == pointer).unwrap_or("days");
    wrong.iter().map(|wrong| (field(&wrong.pointer), wrong.says.in_words(t))).collect()
}

fn day(t: &Words, hours: &Hours, number: u8, ticked: &[String]) -> Day {
    let name = t.get(match number {
        1 => key("weekday-1"),
        2 => key("weekday-2"),
        3 => key("weekday-3"),
        4 => key("weekday-4"),
        5 => key("weekday-5"),
        6 => key("weekday-6"),
        _ => key("weekday-7"),
    });
    let open = |span: &Span| {
        let text = t.two("times-span", "from", clock(t, span.from), "to", clock(t, span.to));
        Open {
            remove: t.two("times-remove-span", "day", &name, "span", &text),
            text,
            from: typed(span.from),
            to: typed(span.to),
        }
    };
    let spans = hours.week().iter().filter(|span| span.day == number).map(open).collect();
    Day { number, spans, ticked: ticked.contains(&number.to_string()), name }
}

/// A time of the day as the reader writes it; midnight is an end, 24:00.
fn clock(t: &Words, minutes: u16) -> String {
    t.two("time", "hour", minutes / 60, "minute", format!("{:02}", minutes % 60))
}

fn typed(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Days are days, in any zone: noon of each, in the zone of the words.
fn date(t: &Words, day: chrono::NaiveDate) -> String {
    let noon = day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12);
    Words::new(t.lang(), chrono_tz::UTC, t.now()).date(&noon)
}

fn closed(t: &Words, hours: &Hours, closure: &Closure) -> Closed {
    let (first, last) = (date(t, closure.first), date(t, closure.last));
    let text = if closure.first == closure.last { first } else { t.two("times-days", "first", first, "last", last) };
    Closed {
        first: closure.first.to_string(),
        last: closure.last.to_string(),
        remove: t.one("times-remove-closure", "days", &text),
        text,
        name: closure.name.clone(),
        over: closure.last < t.now().with_timezone(&hours.zone()).date_naive(),
    }
}

/// What a shopper reads now, and on Saturday at six.
fn reads(t: &Words, shop: &Shop, hours: &Hours, usual: Option<i64>) -> Vec<Reads> {
    let says = |at: chrono::DateTime<Utc>| {
        let words = shop.words(shop.lang(), at);
        opening::closed(&words, hours).or_else(|| opening::usual(&words, hours, usual))
    };
    let here = Words::new(t.lang(), shop.zone(), t.now());
    let mut reads = vec![Reads { when: t.get("times-writes-now"), text: says(t.now()) }];
    if let Some(at) = next_saturday(shop, t.now()) {
        reads.push(Reads { when: t.one("times-writes", "when", here.coming(&at)), text: says(at) });
    }
    reads
}

fn next_saturday(shop: &Shop, now: chrono::DateTime<Utc>) -> Option<chrono::DateTime<Utc>> {
    let (weekday, hour) = SHOWN;
    let today = now.with_timezone(&shop.zone()).date_naive();
    let ahead = u64::from((7 + weekday - today.weekday().num_days_from_monday()) % 7);
    let at = |days| {
        let shown = today.checked_add_days(Days::new(days))?.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?);
        snoozing::moment(shop.zone(), shown)
    };
    at(ahead).filter(|at| *at > now).or_else(|| at(ahead + 7))
}
