//! Settings: what surrounds its pages, and who may see them. The shop's and the team's are for owners and admins, an
//! agent's own profile is for everybody.

mod account;
mod activity;
mod hours;
mod people;
mod person;
mod personal;
mod policy;
mod profile;
mod second;
mod sessions;
mod shop;

use actix_web::{
    HttpResponse,
    web::{ServiceConfig, get, post, resource},
};
use serde::Deserialize;

use super::{
    door::{hashing, take_by_account},
    drawing::Desk as Drawing,
    reading::{self, Round},
    see,
    view::frame::{Flash, Here},
};
use crate::{
    app::App,
    domain::{
        agents::{self, Agent},
        merchants::Shop,
    },
    error::{Error, Result, Says},
    i18n::{Words, key},
    ids::ShopId,
    web::gate::Desk,
};

/// The addresses of the settings.
pub(super) fn rooms(config: &mut ServiceConfig) {
    config
        .route("/settings", get().to(first))
        .service(resource("/settings/shop").route(get().to(shop::show)).route(post().to(shop::save)))
        .service(resource("/settings/policy").route(get().to(policy::show)).route(post().to(policy::save)))
        .service(resource("/settings/hours").route(get().to(hours::show)).route(post().to(hours::save)))
        .route("/settings/people", get().to(people::list))
        .route("/settings/people/{agent}/role", post().to(people::change_role))
        .route("/settings/people/{agent}/deactivation", post().to(people::deactivate))
        .route("/settings/people/{agent}/reactivation", post().to(people::reactivate))
        .route("/settings/invitations", post().to(people::invite))
        .route("/settings/invitations/{invitation}/again", post().to(people::send_again))
        .route("/settings/invitations/{invitation}/withdrawal", post().to(people::withdraw))
        .service(resource("/settings/profile").route(get().to(profile::show)).route(post().to(profile::save)))
        .route("/settings/profile/absence", post().to(profile::leave))
        .route("/settings/profile/return", post().to(profile::come_back))
        .route("/settings/profile/password", post().to(account::change_password))
        .route("/settings/profile/address", post().to(account::ask_address))
        .route("/settings/profile/address/code", post().to(account::move_address))
        .route("/settings/profile/sessions/others/end", post().to(sessions::end_others))
        .route("/settings/profile/sessions/{session}/end", post().to(sessions::end))
        .service(resource("/settings/second-factor").route(get().to(second::show)).route(post().to(second::begin)))
        .route("/settings/second-factor/code", post().to(second::confirm))
        .route("/settings/second-factor/end", post().to(second::end))
        .service(resource("/settings/personal-data").route(get().to(personal::show)).route(post().to(personal::find)))
        .route("/settings/retention", post().to(personal::choose))
        .route("/settings/activity", get().to(activity::show))
        .route("/settings/activity/file", get().to(activity::download))
        .route("/settings/activity/check", post().to(activity::check))
        .route("/shoppers/{shopper}", get().to(person::show))
        .route("/shoppers/{shopper}/export", post().to(person::hand_over))
        .route("/shoppers/{shopper}/erasure", post().to(person::erase));
}

/// `GET /desk/settings`
async fn first(desk: Desk) -> HttpResponse {
    see(if desk.agent.role.keeps() { "/desk/connectors" } else { "/desk/settings/profile" })
}

/// What was just done, in the address.
#[derive(Debug, Default, Deserialize)]
struct Done {
    done: Option<String>,
}

impl Done {
    fn flash(&self, t: &Words) -> Option<Flash> {
        let text = t.get(match self.done.as_deref()? {
            "invited" => key("settings-done-invited"),
            "withdrawn" => key("settings-done-withdrawn"),
            "role" => key("settings-done-role"),
            "deactivated" => key("settings-done-deactivated"),
            "reactivated" => key("settings-done-reactivated"),
            "saved" => key("settings-done-saved"),
            "away" => key("settings-done-away"),
            "back" => key("settings-done-back"),
            "password" => key("settings-done-password"),
            "address" => key("settings-done-address"),
            "ended" => key("settings-done-ended"),
            "second-off" => key("settings-done-second-off"),
            _ => return None,
        });
        Some(Flash::done(text, None))
    }
}

/// What stands round a page of the settings, read at once.
struct Scene {
    agent: Agent,
    round: Round,
    here: Here,
}

impl Scene {
    async fn of(app: &App, agent: &Agent) -> Result<Self> {
        let (agent, reader) = (agent.clone(), agent.clone());
        let round = app.read(move |conn| reading::round(conn, &reader, &Here::default())).await?;
        Ok(Self { agent, round, here: Here::default() })
    }

    /// The shop that is named, or the first.
    fn shop(&self, named: Option<&str>) -> Result<Shop> {
        let wanted = named.map(|id| id.parse::<ShopId>().map_err(|_| Error::NotFound)).transpose()?;
        let found = self.round.shops.iter().find(|shop| wanted.is_none_or(|id| shop.id == id));
        found.cloned().ok_or(Error::NotFound)
    }

    fn drawing<'a>(&'a self, app: &'a App) -> Drawing<'a> {
        Drawing::of(&self.agent, &self.round, &self.here, app)
    }
}

fn for_keepers(agent: &Agent) -> Result<()> {
    if agent.role.keeps() { Ok(()) } else { Err(Error::Denied) }
}

/// What changes how somebody signs in asks for their password once more; wrong ones are counted like those at the door.
async fn prove(req: &actix_web::HttpRequest, app: &App, agent: &Agent, password: &str) -> Result<()> {
    take_by_account(req, "own", &agent.email)?;
    let (asker, password) = (agent.clone(), password.to_owned());
    let hash = app.read(move |conn| agents::password_of(conn, &asker)).await?;
    if hashing(move || agents::password_fits(&password, Some(&hash))).await? {
        Ok(())
    } else {
        Err(Error::invalid("current", Says::new(key("error-password-wrong"))))
    }
}

/// What a refused form is told, by field: what can be mended on the page comes back with it, everything else is an error.
fn mend(error: Error, t: &Words, field: &'static str) -> Result<Vec<(&'static str, String)>> {
    match error {
        Error::Invalid(fields) => {
            // A pointer is a field's name; one that this form does not have belongs to the form's first.
            Ok(fields.iter().map(|wrong| (known(&wrong.pointer).unwrap_or(field), wrong.says.in_words(t))).collect())
        }
        Error::Conflict(says) => Ok(vec![(field, says.in_words(t))]),
        Error::TooOften(wait) => Ok(vec![(field, t.count("sign-in-too-many", super::door::minutes(wait)))]),
        other => Err(other),
    }
}

fn known(pointer: &str) -> Option<&'static str> {
    ["email", "confirm", "code", "current", "until", "name", "password", "password_again"]
        .into_iter()
        .find(|name| *name == pointer)
}
