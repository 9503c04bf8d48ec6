//! The description of the room for programs, made from the types that answer; and the schema of the generic hook's body.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header};
use serde_json::{Map, Value, json};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::{
    BASE, agents, canned, cases, events, files, hours, labels, messages, orders, people, products, search, steps,
    threads,
};
use crate::{connect::shops::generic::body, web::problem::Problem};

/// Comptoir for programs of a merchant.
///
/// A token belongs to one merchant and sees nothing of another's: what it may not see is a 404. Ids are a prefix and an
/// opaque rest, times are RFC 3339 in UTC, money is a decimal string with its currency. Lists are
/// `{"data": [...], "next": cursor or null}` with full rows; give `next` back as `cursor`. An unknown field or parameter is
/// an error. New fields, event types and kinds of blocks may be added to answers.
#[derive(OpenApi)]
#[openapi(
    info(title = "Comptoir", version = "1"),
    paths(
        orders::list, orders::one, products::list,
        threads::list, threads::one, threads::assign, threads::snooze, threads::resolve, threads::reopen, threads::readdress,
        messages::list, messages::say, files::send,
        cases::list, cases::one, cases::request,
        steps::propose, steps::approve, steps::refuse, steps::goods_back, steps::goods_out, steps::settle,
        search::find, labels::list, labels::put, labels::take_off, canned::list,
        hours::read, hours::set, events::list, agents::list,
        people::export, people::erase, people::log,
    ),
    components(schemas(Problem)),
    security(("token" = [])),
    tags(
        (name = "orders", description = "What was bought."),
        (name = "products", description = "The catalogue: what a line can be exchanged for."),
        (name = "threads", description = "The one conversation of an order."),
        (name = "messages", description = "What is said in a thread."),
        (name = "cases", description = "What is asked for inside a thread."),
        (name = "shops", description = "When a shop is open."),
        (name = "search", description = "Threads by what was said in them, and by what is known of their orders."),
        (name = "labels", description = "A merchant's own words on threads."),
        (name = "canned-replies", description = "What agents say again and again."),
        (name = "events", description = "Everything that happened, in one order."),
        (name = "agents", description = "Who works at the desk."),
        (name = "shoppers", description = "Who bought: their data, handed over and erased."),
        (name = "audit", description = "What somebody did that matters for security."),
    ),
    modifiers(&Token),
)]
struct Document;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of the merchant, as the desk shows it once."))
            .build();
        document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The document, whole.
static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
static HOOK_SCHEMA: LazyLock<String> = LazyLock::new(|| body::json_schema().to_string());

/// `GET /api/v1/openapi.json`, for anybody.
pub async fn answer() -> HttpResponse {
    published("application/json", &TEXT)
}

/// `GET /schemas/hook.json`, for anybody.
pub async fn hook_schema() -> HttpResponse {
    published("application/schema+json", &HOOK_SCHEMA)
}

fn published(kind: &str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-cache")).content_type(kind).body(text)
}

/// The document as JSON: whole paths, and for every operation the problems it can answer.
fn document() -> Value {
    let mut document = serde_json::to_value(Document::openapi()).unwrap_or_default();
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("responses".to_owned(), problems());
    }
    let paths = document.get_mut("paths").map(Value::take);
    let mut whole = Map::new();
    for (path, mut place) in paths.as_ref().and_then(Value::as_object).cloned().unwrap_or_default() {
        for operation in place.as_object_mut().into_iter().flat_map(Map::values_mut) {
            name_it(operation);
            add_problems(&path, operation);
        }
        whole.insert(format!("{BASE}{path}"), place);
    }
    whole.insert(format!("{BASE}/openapi.json"), of_itself());
    put(&mut document, "paths", Value::Object(whole));
    document
}

/// Handlers are called alike in every room of the house; a program needs one name for each operation.
fn name_it(operation: &mut Value) {
    let word = |place: &str| operation.pointer(place).and_then(Value::as_str).unwrap_or_default();
    let name = format!("{}_{}", word("/tags/0"), word("/operationId"));
    put(operation, "operationId", Value::String(name));
}

/// Which problems a status stands for, in the order of their status.
const PROBLEMS: [(&str, &str, &str); 8] = [
    ("400", "NotJson", "The body is not JSON."),
    ("401", "NoToken", "No token, or one that is not valid."),
    ("404", "NotFound", "Not there, or not this merchant's: the two are never told apart."),
    ("409", "Conflict", "Somebody was first, or it is not possible as things stand; `detail` says why."),
    ("413", "TooLarge", "The body is larger than 256 KiB."),
    (
        "422",
        "Invalid",
        "Understood and wrong: `errors` names each bad field by a JSON pointer, or the query's parameter.",
    ),
    ("429", "TooOften", "Too many requests; `Retry-After` says how long to wait."),
    ("503", "Busy", "Nothing was stored; ask again after `Retry-After`."),
];

fn problems() -> Value {
    let problem = |(status, name, description): &(&str, &str, &str)| {
        let mut response = json!({
            "description": description,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        if matches!(*status, "429" | "503") {
            let seconds = json!({ "description": "Seconds.", "schema": { "type": "integer", "minimum": 1 } });
            put(&mut response, "headers", json!({ "Retry-After": seconds }));
        }
        ((*name).to_owned(), response)
    };
    Value::Object(PROBLEMS.iter().map(problem).collect())
}

fn add_problems(path: &str, operation: &mut Value) {
    let (by_id, writes) = (path.contains("{id}"), operation.get("requestBody").is_some());
    let asks = writes || operation.get("parameters").is_some();
    for (status, name, _) in PROBLEMS {
        let can = match status {
            "409" if path.ends_with("{label_id}") => true,
            "400" | "409" | "413" => writes,
            "404" => by_id,
            "422" => asks,
            _ => true,
        };
        if can {
            let reference = json!({ "$ref": format!("#/components/responses/{name}") });
            if let Some(answers) = operation.get_mut("responses") {
                put(answers, status, reference);
            }
        }
    }
}

fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

fn of_itself() -> Value {
    json!({ "get": {
        "summary": "This document",
        "operationId": "openapi",
        "security": [],
        "responses": { "200": { "description": "OpenAPI 3.1.", "content": { "application/json": {} } } },
    } })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::web::api::WAYS;

    /// Every operation, by what it is called in the document.
    fn operations(document: &Value) -> Vec<(String, &Value)> {
        let places = document["paths"].as_object().unwrap().iter();
        let each = places.flat_map(|(path, place)| {
            let ways = place.as_object().unwrap().iter();
            ways.map(move |(method, operation)| (format!("{method} {path}"), operation))
        });
        each.collect()
    }

    fn walk<'a>(value: &'a Value, seen: &mut impl FnMut(&'a Value)) {
        seen(value);
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, seen)),
            Value::Object(fields) => fields.values().for_each(|field| walk(field, seen)),
            _ => {}
        }
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let document = document();
        let described: BTreeSet<_> = operations(&document).into_iter().map(|(name, _)| name).collect();
        let routed: BTreeSet<_> =
            WAYS.iter().map(|way| format!("{} {BASE}{}", way.method.as_str().to_lowercase(), way.path)).collect();
        assert_eq!(described, routed);
        assert_eq!(document["openapi"], "3.1.0");
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut references = 0;
        walk(&document, &mut |value| {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
            references += 1;
            let place = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(place).is_some(), "{reference} leads nowhere");
        });
        assert!(references > 100, "{references}");
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_a_summary_its_problems_and_asks_for_the_token() {
        let document = document();
        assert_eq!(document["security"], json!([{ "token": [] }]));
        assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
        let mut names = BTreeSet::new();
        for (name, operation) in operations(&document) {
            assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name} shares its name");
            assert!(operation["summary"].is_string(), "{name} has no summary");
            if operation.get("security").is_none() {
                assert!(operation["responses"].get("401").is_some(), "{name} does not speak of 401");
            }
            if operation.get("requestBody").is_some() {
                assert!(operation["responses"].get("409").is_some(), "{name} does not speak of 409");
            }
        }
    }

    #[test]
    fn every_field_says_what_it_is() {
        let document = document();
        let mut speechless = Vec::new();
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            walk(schema, &mut |value| {
                for (field, shape) in value.get("properties").and_then(Value::as_object).into_iter().flatten() {
                    let refers = shape.get("$ref").is_some() || shape.get("oneOf").is_some();
                    // The one word a kind of block is told by.
                    let tag = shape.get("enum").and_then(Value::as_array).is_some_and(|words| words.len() == 1);
                    if !refers && !tag && shape.get("description").is_none() {
                        speechless.push(format!("{name}.{field}"));
                    }
                }
            });
        }
        assert_eq!(speechless, Vec::<String>::new());
    }
}
