//! The room of programs: `/api/v1`. Its gate is [`asked::Asked`]: a bearer token, before anything else of a request is looked
//! at. A handler reads what was asked, makes the same call of the domain as the desk does, and answers in [`crate::wire`]'s words.

pub mod agents;
pub mod asked;
pub mod canned;
pub mod cases;
pub mod events;
pub mod files;
pub mod hours;
pub mod labels;
pub mod messages;
pub mod openapi;
pub mod orders;
pub mod people;
pub mod products;
pub mod search;
pub mod steps;
pub mod threads;

use actix_web::{
    HttpResponse, Route,
    http::{Method, StatusCode, header},
    middleware::from_fn,
    web::{ServiceConfig, get, resource, scope, to},
};
use serde::Serialize;

use super::{faces, watch};
use crate::error::{Error, Result};

/// Where the room is.
pub const BASE: &str = "/api/v1";

/// A route of the room.
struct Way {
    method: Method,
    path: &'static str,
    route: fn() -> Route,
}

macro_rules! ways {
    ($($method:ident $path:literal => $handler:path),+ $(,)?) => {
        [$(Way { method: Method::$method, path: $path, route: || to($handler) }),+]
    };
}

/// Every route of the room; those of one path stand together.
static WAYS: [Way; 35] = ways! {
    GET "/openapi.json" => openapi::answer,
    GET "/orders" => orders::list,
    GET "/orders/{id}" => orders::one,
    GET "/products" => products::list,
    GET "/threads" => threads::list,
    GET "/threads/{id}" => threads::one,
    GET "/threads/{id}/messages" => messages::list,
    POST "/threads/{id}/messages" => messages::say,
    POST "/threads/{id}/files" => files::send,
    POST "/threads/{id}/assignment" => threads::assign,
    POST "/threads/{id}/snooze" => threads::snooze,
    POST "/threads/{id}/resolution" => threads::resolve,
    POST "/threads/{id}/reopening" => threads::reopen,
    POST "/threads/{id}/address" => threads::readdress,
    POST "/threads/{id}/cases" => cases::request,
    PUT "/threads/{id}/labels/{label_id}" => labels::put,
    DELETE "/threads/{id}/labels/{label_id}" => labels::take_off,
    GET "/shops/{id}/hours" => hours::read,
    PATCH "/shops/{id}/hours" => hours::set,
    GET "/search" => search::find,
    GET "/labels" => labels::list,
    GET "/canned-replies" => canned::list,
    GET "/cases" => cases::list,
    GET "/cases/{id}" => cases::one,
    POST "/cases/{id}/proposal" => steps::propose,
    POST "/cases/{id}/approval" => steps::approve,
    POST "/cases/{id}/refusal" => steps::refuse,
    POST "/cases/{id}/goods-back" => steps::goods_back,
    POST "/cases/{id}/goods-out" => steps::goods_out,
    POST "/cases/{id}/settlement" => steps::settle,
    GET "/events" => events::list,
    GET "/agents" => agents::list,
    GET "/shoppers/{id}/export" => people::export,
    POST "/shoppers/{id}/erasure" => people::erase,
    GET "/audit" => people::log,
};

/// The room's routes, and the address of the hooks' schema.
pub fn routes(config: &mut ServiceConfig) {
    let mut room =
        scope(BASE).wrap(from_fn(watch::over)).wrap(from_fn(faces::problems)).default_service(to(nothing_here));
    for same in WAYS.chunk_by(|one, next| one.path == next.path) {
        let path = same.first().map_or("", |way| way.path);
        let place =
            same.iter().fold(resource(path), |place, way| place.route((way.route)().method(way.method.clone())));
        room = room.service(place);
    }
    config.service(room).route("/schemas/hook.json", get().to(openapi::hook_schema));
}

async fn nothing_here() -> Result<HttpResponse> {
    Err(Error::NotFound)
}

/// An answer. It is somebody's alone and true for the moment only, so nobody keeps it.
fn answer(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

fn ok(body: &impl Serialize) -> HttpResponse {
    answer(StatusCode::OK, body)
}

/// 201 for what is new, 200 for what was there: the same asked twice.
fn made(anew: bool, body: &impl Serialize) -> HttpResponse {
    answer(if anew { StatusCode::CREATED } else { StatusCode::OK }, body)
}
