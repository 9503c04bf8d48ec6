//! An agent's own profile: what others read of them, when they are away, and the page that the forms of [`super::account`],
//! [`super::sessions`] and [`super::second`] stand on.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::{Done, Scene, mend};
use crate::{
    app::App,
    domain::agents::{
        self, absence,
        proofs::{self, ProofKind},
        second::{self, Standing},
        sessions::{self, Session},
    },
    error::{Error, Result, Says},
    i18n::{Lang, key},
    web::{
        desk::{
            door::languages,
            drawing::Desk as Drawing,
            see,
            setup::is_name,
            sheet_and_icons,
            view::{
                frame::Page,
                joining::Problems,
                profile::{Away, Profile, SessionRow},
            },
        },
        gate::Desk,
        page,
    },
};

/// What came back with something to mend.
#[derive(Default)]
pub(super) struct Typed {
    pub name: Option<String>,
    pub email: String,
    pub until: String,
    /// Which form it was, and what is wrong in it.
    pub form: &'static str,
    pub problems: Problems,
}

/// `GET /desk/settings/profile`
pub(super) async fn show(desk: Desk, app: web::Data<App>, done: web::Query<Done>) -> Result<HttpResponse> {
    draw(&desk, &app, Typed::default(), &done, StatusCode::OK).await
}

/// The page again, with what to mend.
pub(super) async fn again(desk: &Desk, app: &App, error: Error, mut typed: Typed) -> Result<HttpResponse> {
    let t = desk.words(chrono_tz::UTC, app.now());
    let status = match error {
        Error::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::Conflict(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let field = match typed.form {
        "you" => "name",
        "away" => "until",
        "address-code" => "code",
        _ => "current",
    };
    typed.problems.extend(mend(error, &t, field)?);
    draw(desk, app, typed, &Done::default(), status).await
}

/// What is read for the page.
struct Own {
    sessions: Vec<Session>,
    pending: Option<proofs::Proof>,
    second: Standing,
}

async fn draw(desk: &Desk, app: &App, typed: Typed, done: &Done, status: StatusCode) -> Result<HttpResponse> {
    let (reader, keys, now) = (desk.agent.clone(), app.keys.clone(), app.now());
    let (agent, own) = app
        .read(move |conn| {
            // As it is by now: the same request may just have changed it.
            let agent = agents::find(conn, reader.merchant_id, reader.id)?;
            let own = Own {
                sessions: sessions::of_agent(conn, &agent, now)?,
                pending: proofs::pending(conn, &agent, ProofKind::Email)?.filter(|proof| !proof.is_over(now)),
                second: second::standing(conn, &keys, &agent, now)?,
            };
            Ok((agent, own))
        })
        .await?;
    let scene = Scene::of(app, &agent).await?;
    let drawing = scene.drawing(app);
    let t = drawing.t;
    let (css, icons) = sheet_and_icons();
    let page = Profile {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Profile), done.flash(&t)),
        name: typed.name.unwrap_or_else(|| agent.name.clone()),
        email: agent.email.clone(),
        languages: languages(&t, |_| String::new()),
        away: away(&drawing, &typed.until),
        new_email: typed.email,
        pending: own.pending.map(|proof| proof.email),
        second: match own.second {
            Standing::On(codes) => Some(codes),
            Standing::Off | Standing::Begun(_) => None,
        },
        sessions: own.sessions.iter().map(|session| row(&drawing, desk, session)).collect(),
        form: typed.form,
        problems: typed.problems,
    };
    Ok(page::html(&page, status))
}

fn away(drawing: &Drawing<'_>, until: &str) -> Away {
    let (t, agent) = (&drawing.t, drawing.agent);
    let on = agent.is_away(t.now());
    Away {
        on,
        says: on.then(|| match agent.away_until {
            Some(back) => t.one("profile-away-until", "date", t.date(&back.utc())),
            None => t.get(key("profile-away-open")),
        }),
        until: until.to_owned(),
        tomorrow: t.day_key(&(t.now() + chrono::Duration::days(1))),
    }
}

fn row(drawing: &Drawing<'_>, desk: &Desk, session: &Session) -> SessionRow {
    let t = &drawing.t;
    let unknown = || t.get(key("profile-browser-unknown"));
    SessionRow {
        name: session.name().to_owned(),
        browser: if session.browser.is_empty() { unknown() } else { session.browser.clone() },
        place: session.place.clone(),
        since: drawing.moment(&session.created_at.utc()),
        seen: drawing.moment(&session.seen_at.utc()),
        current: session.is(&desk.session),
    }
}

#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
}

/// `POST /desk/settings/profile`
pub(super) async fn save(desk: Desk, app: web::Data<App>, form: web::Form<Filled>) -> Result<HttpResponse> {
    let Filled { name, language } = form.into_inner();
    if !is_name(&name) {
        let error = Error::invalid("name", Says::new(key("setup-mend-name")));
        return again(&desk, &app, error, Typed { name: Some(name), form: "you", ..Typed::default() }).await;
    }
    let lang: Lang = language.parse().unwrap_or_else(|()| desk.agent.lang());
    let agent = desk.agent.clone();
    app.write(move |tx| agents::rename(tx, &agent, name.trim(), lang)).await?;
    Ok(see("/desk/settings/profile?done=saved"))
}

#[derive(Deserialize)]
pub(super) struct Until {
    #[serde(default)]
    until: String,
}

/// `POST /desk/settings/profile/absence`
pub(super) async fn leave(desk: Desk, app: web::Data<App>, form: web::Form<Until>) -> Result<HttpResponse> {
    let typed = form.into_inner().until;
    let scene = Scene::of(&app, &desk.agent).await?;
    let zone = scene.round.shops.first().map_or(chrono_tz::UTC, crate::domain::merchants::Shop::zone);
    let until = match typed.trim() {
        "" => Ok(None),
        day => beginning(day, zone).map(Some),
    };
    let agent = desk.agent.clone();
    let left = match until {
        Ok(until) => app.write(move |tx| absence::leave(tx, &agent, until)).await,
        Err(error) => Err(error),
    };
    match left {
        Ok(()) => Ok(see("/desk/settings/profile?done=away")),
        Err(error) => again(&desk, &app, error, Typed { until: typed, form: "away", ..Typed::default() }).await,
    }
}

/// When a day begins where the shop is.
fn beginning(day: &str, zone: Tz) -> Result<DateTime<Utc>> {
    let wrong = || Error::invalid("until", Says::new(key("error-away-day")));
    let day: NaiveDate = day.parse().map_err(|_| wrong())?;
    // Where the clock skips midnight the day begins an hour later.
    let moments = (0..3).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
    let first = moments.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
    let begins = first.ok_or_else(wrong)?.with_timezone(&Utc);
    // Beyond it somebody mistyped, and databases count no further.
    let far = NaiveDate::from_ymd_opt(9999, 1, 1).is_none_or(|end| day >= end);
    if far { Err(wrong()) } else { Ok(begins) }
}

/// `POST /desk/settings/profile/return`
pub(super) async fn come_back(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    let agent = desk.agent.clone();
    app.write(move |tx| absence::come_back(tx, &agent)).await?;
    Ok(see("/desk/settings/profile?done=back"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_the_shop_is() {
        let begins = |day: &str, zone| beginning(day, zone).map(|at| at.to_rfc3339()).ok();
        assert_eq!(begins("2026-12-03", chrono_tz::Europe::Paris).as_deref(), Some("2026-12-02T23:00:00+00:00"));
        assert_eq!(begins("2026-12-03", chrono_tz::UTC).as_deref(), Some("2026-12-03T00:00:00+00:00"));
        // Where the clock skips midnight.
        assert_eq!(begins("2018-11-04", chrono_tz::America::Sao_Paulo).as_deref(), Some("2018-11-04T03:00:00+00:00"));
        for wrong in ["tomorrow", "2026-02-30", "99999-01-01", "9999-12-31"] {
            assert_eq!(begins(wrong, chrono_tz::UTC), None, "{wrong}");
        }
    }
}
