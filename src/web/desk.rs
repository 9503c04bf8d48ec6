//! The desk: what agents see and do. Here: its addresses, what they all carry along, and where somebody is sent who is
//! not signed in. What a page shows is read in [`reading`], put into words in [`drawing`] and drawn by [`view`].

mod bulk;
mod canned;
mod company;
mod connectors;
mod deciding;
mod door;
mod drawing;
mod exchange;
mod files;
mod inbox;
mod labelling;
mod live;
mod mailbox;
mod news;
mod readdressing;
mod reading;
mod searching;
mod settings;
mod setup;
mod slip;
mod talking;
mod tending;
#[cfg(test)]
mod tests;
pub mod view;

use actix_web::{
    Error as ActixError, FromRequest, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn},
    web::{ServiceConfig, get, post, resource, scope},
};
use serde::Deserialize;

use self::view::frame::{Here, Sort, View};
use super::{
    assets, faces,
    fault::{ErrorPage, Fault, Way},
    gate::Desk,
    page, request, watch,
};
use crate::{
    domain::cases::CaseKind,
    error::Error,
    i18n::{Lang, key},
    ids::{AgentId, LabelId, ShopId},
};

/// The desk's addresses.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(
            scope("/desk")
                .wrap(from_fn(watch::over))
                .wrap(from_fn(doorway))
                .wrap(from_fn(faces::pages))
                .configure(rooms),
        )
        .service(
            resource("/setup").wrap(from_fn(faces::pages)).route(get().to(setup::show)).route(post().to(setup::take)),
        );
}

fn rooms(config: &mut ServiceConfig) {
    config
        .route("", get().to(inbox::list))
        .route("/", get().to(inbox::list))
        .route("/live", get().to(live::follow))
        .route("/bulk", post().to(bulk::act))
        .route("/undos/{undo}", post().to(tending::undo))
        .route("/keys", post().to(tending::keys))
        .configure(doors)
        .configure(settings::rooms)
        .configure(threads)
        .configure(cases)
        .configure(systems)
        .configure(finding)
        .route("/mailbox", get().to(mailbox::list))
        .route("/mailbox/{name}", get().to(mailbox::open));
}

/// Ways in and out.
fn doors(config: &mut ServiceConfig) {
    config
        .service(resource("/sign-in").route(get().to(door::show)).route(post().to(door::sign_in)))
        .route("/sign-in/code", post().to(door::second::enter))
        .service(
            resource("/sign-in/forgotten")
                .route(get().to(door::forgotten::show))
                .route(post().to(door::forgotten::ask)),
        )
        .service(
            resource("/sign-in/password/{token}")
                .route(get().to(door::forgotten::open))
                .route(post().to(door::forgotten::choose)),
        )
        .service(
            resource("/sign-in/invitation/{token}")
                .route(get().to(door::invited::open))
                .route(post().to(door::invited::join)),
        )
        .route("/sign-out", post().to(door::sign_out));
}

/// What is said and done in a thread.
fn threads(config: &mut ServiceConfig) {
    config
        .route("/threads/{thread}", get().to(inbox::thread))
        .route("/threads/{thread}/slip", get().to(slip::show))
        .route("/threads/{thread}/messages", post().to(talking::write))
        .route("/threads/{thread}/labels", post().to(labelling::label))
        .service(
            resource("/threads/{thread}/canned-replies").route(get().to(canned::list)).route(post().to(canned::insert)),
        )
        .route("/threads/{thread}/files", post().to(files::send))
        .route("/threads/{thread}/files/{file}/{variant}", get().to(files::open))
        .route("/threads/{thread}/assignment", post().to(tending::assign))
        .route("/threads/{thread}/snooze", post().to(tending::snooze))
        .route("/threads/{thread}/resolution", post().to(tending::resolve))
        .route("/threads/{thread}/reopening", post().to(tending::reopen))
        .route("/threads/{thread}/spam", post().to(tending::mark_spam))
        .service(
            resource("/threads/{thread}/exchange").route(get().to(exchange::show)).route(post().to(exchange::request)),
        )
        .route("/threads/{thread}/link-revocation", post().to(talking::revoke_links))
        .route("/threads/{thread}/address", post().to(readdressing::correct))
        .route("/threads/{thread}/letters", post().to(readdressing::try_again));
}

/// What is decided.
fn cases(config: &mut ServiceConfig) {
    config
        .route("/cases/{case}/approval", post().to(deciding::approve))
        .route("/cases/{case}/refusal", post().to(deciding::decline))
        .route("/cases/{case}/refusal-withdrawal", post().to(deciding::take_back))
        .route("/cases/{case}/proposal", post().to(deciding::propose))
        .route("/cases/{case}/goods-back", post().to(deciding::goods_back))
        .route("/cases/{case}/goods-out", post().to(deciding::goods_out))
        .route("/cases/{case}/settlement", post().to(deciding::settle));
}

/// Order systems and what came in from them.
fn systems(config: &mut ServiceConfig) {
    config
        .service(
            resource("/connectors").route(get().to(connectors::list)).route(post().to(connectors::connecting::connect)),
        )
        .service(
            resource("/connectors/{connector}/secret")
                .route(get().to(connectors::connecting::again))
                .route(post().to(connectors::connecting::replace_secret)),
        )
        .service(
            resource("/connectors/{connector}/links")
                .route(get().to(connectors::links::show))
                .route(post().to(connectors::links::replace)),
        )
        .route("/connectors/{connector}/secret/end", post().to(connectors::connecting::end_old))
        .route("/connectors/{connector}/first-event", get().to(connectors::connecting::first_event))
        .route("/connectors/{connector}/intakes", get().to(connectors::log))
        .route("/intakes/{intake}/replay", post().to(connectors::replay));
}

/// Looking things up, and what they are called.
fn finding(config: &mut ServiceConfig) {
    config
        .route("/search", get().to(searching::show))
        .route("/search/file", get().to(searching::file))
        .route("/palette", get().to(searching::palette))
        .service(resource("/labels").route(get().to(labelling::list)).route(post().to(labelling::create)))
        .route("/labels/{label}", post().to(labelling::change))
        .route("/labels/{label}/deletion", post().to(labelling::delete))
        .route("/canned-replies", get().to(canned::managing::list))
        .service(
            resource("/canned-replies/new")
                .route(get().to(canned::managing::fresh))
                .route(post().to(canned::managing::create)),
        )
        .service(
            resource("/canned-replies/{reply}")
                .route(get().to(canned::managing::edit))
                .route(post().to(canned::managing::change)),
        )
        .route("/canned-replies/{reply}/deletion", post().to(canned::managing::delete));
}

/// What the addresses of the desk carry along.
#[derive(Debug, Clone, Default, Deserialize)]
struct Place {
    #[serde(default)]
    view: String,
    shop: Option<String>,
    assignee: Option<String>,
    kind: Option<String>,
    lang: Option<String>,
    late: Option<String>,
    label: Option<String>,
    sort: Option<String>,
    /// How many rows the list shows.
    rows: Option<i64>,
    /// All that was said, not only the end of it.
    earlier: Option<String>,
    /// What was just done, and with which thread.
    done: Option<String>,
    of: Option<String>,
    /// By what it can be taken back.
    undo: Option<String>,
    /// How many threads it was done with, how many had a request to decide, how many could not be done for another reason.
    n: Option<u32>,
    undecided: Option<u32>,
    other: Option<u32>,
}

impl Place {
    fn here(&self) -> Here {
        // Only what is an id or a known code is carried on.
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let assignee = match text(&self.assignee).as_str() {
            "none" => Some("none".to_owned()),
            id => id.parse::<AgentId>().ok().map(|id| id.to_string()),
        };
        Here {
            view: View::of(&self.view),
            shop: text(&self.shop).parse::<ShopId>().ok().map(|id| id.to_string()),
            assignee,
            kind: text(&self.kind).parse::<CaseKind>().ok().map(|kind| kind.to_string()),
            lang: text(&self.lang).parse::<Lang>().ok().map(|lang| lang.code().to_owned()),
            label: text(&self.label).parse::<LabelId>().ok().map(|id| id.to_string()),
            late: self.late.as_deref() == Some("1"),
            sort: self.sort.as_deref().and_then(Sort::of),
        }
    }
}

/// Sends on with GET.
fn see(there: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, there)).finish()
}

/// The path of ours that somebody may be sent to after signing in; the desk's first page for anything else.
fn own_path(next: &str) -> &str {
    let ours = next.strip_prefix("/desk").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let door = next.starts_with("/desk/sign-");
    if ours && plain && !door && next.len() <= 500 { next } else { "/desk" }
}

/// Whoever opens a page and is not signed in is shown the door; faults of pages are in the desk's own words.
async fn doorway(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let response = next.call(req).await?.map_into_boxed_body();
    let asked = response.request();
    if request::wants_json(asked) || asked.headers().contains_key(header::UPGRADE) {
        return Ok(response);
    }
    let answer = match response.response().error().and_then(|error| error.as_error::<Error>()) {
        Some(Error::SignedOut) => to_the_door(asked),
        Some(Error::Denied) => fault(asked, StatusCode::FORBIDDEN).await,
        Some(Error::NotFound) => fault(asked, StatusCode::NOT_FOUND).await,
        _ => return Ok(response),
    };
    let req = asked.clone();
    Ok(ServiceResponse::new(req, answer))
}

fn to_the_door(req: &HttpRequest) -> HttpResponse {
    let wanted = req.uri().path_and_query().map_or("/desk", |there| there.as_str());
    let next = if *req.method() == Method::GET { own_path(wanted) } else { "/desk" };
    if next == "/desk" {
        return see("/desk/sign-in");
    }
    let escaped: String = next.bytes().map(escaped).collect();
    see(&format!("/desk/sign-in?next={escaped}"))
}

fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

async fn fault(req: &HttpRequest, status: StatusCode) -> HttpResponse {
    let now = request::app(req).now();
    let reader = Desk::extract(req).await.map(|desk| desk.words(chrono_tz::UTC, now));
    let t = reader.unwrap_or_else(|_| request::words(req));
    let ways = vec![Way { href: "/desk".to_owned(), label: t.get("desk-way-inbox") }];
    let (title, text) = match status {
        StatusCode::FORBIDDEN => (key("desk-denied-title"), key("desk-denied-text")),
        _ => (key("desk-missing-title"), key("desk-missing-text")),
    };
    let fault = Fault { status: status.as_u16(), title: t.get(title), text: t.get(text), ways, reference: None };
    page::html(&ErrorPage::new(t, fault), status)
}

/// A picture that a page of ours may show: one of our own files. Others' are not loaded.
fn own_picture(picture: Option<&str>) -> Option<String> {
    picture.filter(|path| path.starts_with("/static/")).map(str::to_owned)
}

/// What every page of the desk is drawn with.
fn sheet_and_icons() -> (&'static str, &'static str) {
    (assets::desk_css(), assets::DESK_ICONS)
}
