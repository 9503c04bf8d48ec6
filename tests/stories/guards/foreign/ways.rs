//! Every address that names somebody's things, with what is sent there when its owner means it. The sources are read as
//! well: an address that is not in these tables fails.

use std::collections::BTreeSet;

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body {
    Nothing,
    Form(&'static str),
    Json(&'static str),
    /// A picture.
    File,
}

pub(super) type Way = (&'static str, &'static str, Body);

use Body::{File, Form, Json, Nothing};

pub(super) const DESK: &[Way] = &[
    ("GET", "/threads/{thread}", Nothing),
    ("GET", "/threads/{thread}/slip", Nothing),
    ("POST", "/threads/{thread}/messages", Form("kind=reply&text=Hello&client_id=one-two-three-four")),
    ("POST", "/threads/{thread}/messages", Form("kind=note&text=Hello&client_id=one-two-three-five")),
    ("POST", "/threads/{thread}/labels", Form("on={label}")),
    ("GET", "/threads/{thread}/canned-replies", Nothing),
    ("POST", "/threads/{thread}/canned-replies", Form("reply={reply}&kind=reply&client_id=one-two-three-six")),
    ("POST", "/threads/{thread}/files", File),
    ("GET", "/threads/{thread}/files/{file}/{variant}", Nothing),
    ("POST", "/threads/{thread}/assignment", Form("agent=")),
    ("POST", "/threads/{thread}/assignment", Form("agent={agent}")),
    ("POST", "/threads/{thread}/snooze", Form("until=tomorrow")),
    ("POST", "/threads/{thread}/resolution", Nothing),
    ("POST", "/threads/{thread}/reopening", Nothing),
    ("POST", "/threads/{thread}/spam", Nothing),
    ("GET", "/threads/{thread}/exchange", Nothing),
    (
        "POST",
        "/threads/{thread}/exchange",
        Form("line={line}&variant={piece}&reason=colour&quantity=1&client_id=one-two-three-seven"),
    ),
    ("POST", "/threads/{thread}/link-revocation", Nothing),
    ("POST", "/threads/{thread}/address", Form("email=evil@example.com")),
    ("POST", "/threads/{thread}/letters", Nothing),
    ("POST", "/cases/{case}/approval", Nothing),
    ("POST", "/cases/{case}/refusal", Form("reason=No")),
    ("POST", "/cases/{case}/refusal-withdrawal", Nothing),
    ("POST", "/cases/{case}/proposal", Form("variant={piece}")),
    ("POST", "/cases/{case}/goods-back", Form("state=received")),
    ("POST", "/cases/{case}/goods-out", Nothing),
    ("POST", "/cases/{case}/settlement", Form("method=cash&reference=1")),
    ("POST", "/undos/{undo}", Nothing),
    ("GET", "/connectors/{connector}/secret", Nothing),
    ("POST", "/connectors/{connector}/secret", Nothing),
    ("POST", "/connectors/{connector}/secret/end", Nothing),
    ("GET", "/connectors/{connector}/first-event", Nothing),
    ("GET", "/connectors/{connector}/links", Nothing),
    ("POST", "/connectors/{connector}/links", Nothing),
    ("GET", "/connectors/{connector}/intakes", Nothing),
    ("POST", "/intakes/{intake}/replay", Nothing),
    ("POST", "/labels/{label}", Form("name=Mine&hue=1")),
    ("POST", "/labels/{label}/deletion", Nothing),
    ("GET", "/canned-replies/{reply}", Nothing),
    ("POST", "/canned-replies/{reply}", Form("title=Mine&shortcut=mine&body-en=Hello")),
    ("POST", "/canned-replies/{reply}/deletion", Nothing),
    ("POST", "/settings/people/{agent}/role", Form("role=agent")),
    ("POST", "/settings/people/{agent}/deactivation", Nothing),
    ("POST", "/settings/people/{agent}/reactivation", Nothing),
    ("POST", "/settings/invitations/{invitation}/again", Nothing),
    ("POST", "/settings/invitations/{invitation}/withdrawal", Nothing),
    ("POST", "/settings/profile/sessions/{session}/end", Nothing),
    ("GET", "/shoppers/{shopper}", Nothing),
    ("POST", "/shoppers/{shopper}/export", Form("current=guess")),
    ("POST", "/shoppers/{shopper}/erasure", Form("confirm=one%40canary.example&current=guess")),
];

pub(super) const API: &[Way] = &[
    ("GET", "/orders/{order}", Nothing),
    ("GET", "/threads/{thread}", Nothing),
    ("GET", "/threads/{thread}/messages", Nothing),
    ("POST", "/threads/{thread}/messages", Json(r#"{"text":"Hello."}"#)),
    ("POST", "/threads/{thread}/assignment", Json(r#"{"agent_id":null}"#)),
    ("POST", "/threads/{thread}/assignment", Json(r#"{"agent_id":"{agent}"}"#)),
    ("POST", "/threads/{thread}/snooze", Json(r#"{"until":"2030-01-01T09:00:00Z"}"#)),
    ("POST", "/threads/{thread}/resolution", Json("{}")),
    ("POST", "/threads/{thread}/reopening", Json("{}")),
    ("POST", "/threads/{thread}/address", Json(r#"{"email":"evil@example.com"}"#)),
    (
        "POST",
        "/threads/{thread}/cases",
        Json(r#"{"line_id":"{line}","variant_id":"{piece}","quantity":1,"reason":"colour"}"#),
    ),
    ("PUT", "/threads/{thread}/labels/{label}", Nothing),
    ("DELETE", "/threads/{thread}/labels/{label}", Nothing),
    ("POST", "/threads/{thread}/files", File),
    ("GET", "/shops/{shop}/hours", Nothing),
    ("PATCH", "/shops/{shop}/hours", Json(r#"{"reply_minutes":7}"#)),
    ("GET", "/cases/{case}", Nothing),
    ("POST", "/cases/{case}/proposal", Json(r#"{"variant_id":"{piece}"}"#)),
    ("POST", "/cases/{case}/approval", Json("{}")),
    ("POST", "/cases/{case}/refusal", Json(r#"{"reason":"No."}"#)),
    ("POST", "/cases/{case}/goods-back", Json(r#"{"state":"received"}"#)),
    ("POST", "/cases/{case}/goods-out", Json("{}")),
    ("POST", "/cases/{case}/settlement", Json(r#"{"method":"cash"}"#)),
    ("GET", "/shoppers/{shopper}/export", Nothing),
    ("POST", "/shoppers/{shopper}/erasure", Json("{}")),
];

pub(super) const SHOPPER: &[Way] = &[
    ("GET", "/{thread}", Nothing),
    ("GET", "/{thread}/live", Nothing),
    ("GET", "/{thread}/orders", Nothing),
    ("POST", "/{thread}/orders/code", Nothing),
    ("POST", "/{thread}/all-well", Nothing),
    ("GET", "/{thread}/device", Nothing),
    ("GET", "/{thread}/gift", Nothing),
    ("POST", "/{thread}/gift", Nothing),
    ("POST", "/{thread}/gift/end", Nothing),
    ("POST", "/{thread}/messages", Form("text=Hello&client_id=one-two-three-four")),
    ("POST", "/{thread}/files", File),
    ("GET", "/{thread}/files/{file}/{variant}", Nothing),
    ("POST", "/{thread}/exchange/photos", File),
    ("GET", "/{thread}/exchange", Nothing),
    ("POST", "/{thread}/exchanges", Form("client_id=one-two-three-five")),
    ("GET", "/{thread}/cases/{case}", Nothing),
    ("POST", "/{thread}/cases/{case}/acceptance", Nothing),
    ("POST", "/{thread}/cases/{case}/first-wish", Nothing),
    ("POST", "/{thread}/cases/{case}/cancellation", Nothing),
];

/// What is named in the middle of one's own things.
pub(super) const NAMED_AT_THE_DESK: &[Way] = &[
    ("POST", "/threads/{mine}/labels", Form("on={label}")),
    ("POST", "/threads/{mine}/canned-replies", Form("reply={reply}&kind=reply&client_id=one-two-three-six")),
    ("POST", "/threads/{mine}/assignment", Form("agent={agent}")),
    ("GET", "/threads/{mine}/files/{file}/{variant}", Nothing),
    ("POST", "/threads/{mine}/messages", Form("kind=reply&text=Hi&client_id=one-two-three-nine&files={file}")),
    ("POST", "/cases/{my-case}/proposal", Form("variant={piece}")),
    (
        "POST",
        "/threads/{mine}/exchange",
        Form("line={my-line}&variant={piece}&reason=colour&quantity=1&client_id=one-two-three-seven"),
    ),
    (
        "POST",
        "/threads/{mine}/exchange",
        Form("line={line}&variant={piece}&reason=colour&quantity=1&client_id=one-two-three-eight"),
    ),
];

pub(super) const NAMED_BY_PROGRAMS: &[Way] = &[
    ("POST", "/threads/{mine}/assignment", Json(r#"{"agent_id":"{agent}"}"#)),
    ("PUT", "/threads/{mine}/labels/{label}", Nothing),
    ("DELETE", "/threads/{mine}/labels/{label}", Nothing),
    ("POST", "/threads/{mine}/messages", Json(r#"{"text":"Hi","files":["{file}"]}"#)),
    ("POST", "/cases/{my-case}/proposal", Json(r#"{"variant_id":"{piece}"}"#)),
    (
        "POST",
        "/threads/{mine}/cases",
        Json(r#"{"line_id":"{my-line}","variant_id":"{piece}","quantity":1,"reason":"colour"}"#),
    ),
    (
        "POST",
        "/threads/{mine}/cases",
        Json(r#"{"line_id":"{line}","variant_id":"{piece}","quantity":1,"reason":"colour"}"#),
    ),
];

/// Addresses that name no merchant's thing: what they carry is a secret of its own, and who has it may.
const SECRETS: &[&str] = &[
    "/mailbox/{name}",
    "/sign-in/password/{token}",
    "/sign-in/invitation/{token}",
    "/{token}",
    "/code/{challenge}",
    "/code/{challenge}/look",
    "/code/{challenge}/again",
];

/// The addresses with an id that a room's source names, with their methods.
fn named_in(source: &str) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    let places: Vec<&str> = source.split("\"/").skip(1).collect();
    for place in places {
        let Some((path, after)) = place.split_once('"') else { continue };
        let path = format!("/{path}");
        if !path.contains('{') || path.contains(' ') || SECRETS.contains(&path.as_str()) {
            continue;
        }
        let here = after.split("resource(").next().unwrap_or_default();
        for (method, sign) in [("GET", "get()"), ("POST", "post()"), ("PUT", "put()"), ("DELETE", "delete()")] {
            if here.contains(sign) {
                found.insert((method, path.clone()));
            }
        }
    }
    found
}

/// The same of the room of programs, whose table names the method first and calls its ids after their place.
fn named_by_programs(source: &str) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    for line in source.lines().map(str::trim) {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let Some(rest) = line.strip_prefix(method).and_then(|rest| rest.strip_prefix(" \"")) else { continue };
            let path = rest.split('"').next().unwrap_or_default();
            let kind = path.trim_start_matches('/').split('/').next().unwrap_or_default().trim_end_matches('s');
            if path.contains('{') {
                found.insert((method, path.replace("{id}", &format!("{{{kind}}}")).replace("_id}", "}")));
            }
        }
    }
    found
}

#[test]
fn every_address_with_an_id_is_tried_by_strangers() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web");
    let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).unwrap();
    let desk = [read("desk.rs"), read("desk/settings.rs")].join("\n");
    for (room, named, tried) in [
        ("desk", named_in(&desk), DESK),
        ("shopper", named_in(&read("shopper.rs")), SHOPPER),
        ("programs", named_by_programs(&read("api.rs")), API),
    ] {
        let tried: BTreeSet<_> = tried.iter().map(|(method, path, _)| (*method, (*path).to_owned())).collect();
        assert!(named.len() > 10, "{room}: the source is understood: {named:?}");
        assert_eq!(named, tried, "{room}: what the source names, and what strangers try");
    }
}
