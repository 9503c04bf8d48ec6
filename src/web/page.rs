//! How a page is answered: rendered, with the headers every page carries. What stands on a page is its room's matter,
//! and the headers of files are with the files.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use askama::Template;

/// What a page may load and do. Styles, modules and pictures come from here alone, nothing stands inside the page, and
/// markup is made from text only by the policy that swaps live parts.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'; require-trusted-types-for 'script'; trusted-types comptoir-live";

/// The same for a page with a conversation, which also shows and plays files before they are sent.
const TALK_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types comptoir-live";

/// What every page says beside its content.
pub const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    // `no-referrer` would make browsers send `Origin: null` on our own forms.
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
    ),
    ("cache-control", "no-store"),
    ("vary", "Cookie"),
];

/// A sentence as what stands before a part of it, that part, and what stands after: a page sets the part in bold.
pub fn around<'a>(sentence: &'a str, part: &'a str) -> (&'a str, &'a str, &'a str) {
    match sentence.split_once(part) {
        Some((before, after)) => (before, part, after),
        None => (sentence, "", ""),
    }
}

/// A parcel's number in pieces that the eye can follow: its letters, then fours. Whoever copies it gets it in one piece.
pub fn grouped(number: &str) -> Vec<&str> {
    let plain = number.len() > 8 && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain {
        return vec![number];
    }
    let head = number.bytes().take(4).rposition(|byte| byte.is_ascii_alphabetic()).map_or(0, |last| last + 1);
    let (first, mut rest) = number.split_at(head);
    let mut groups: Vec<&str> = Some(first).filter(|first| !first.is_empty()).into_iter().collect();
    while !rest.is_empty() {
        let (group, after) = rest.split_at(rest.len().min(4));
        groups.push(group);
        rest = after;
    }
    groups
}

/// Answers with a page.
pub fn html(page: &impl Template, status: StatusCode) -> HttpResponse {
    match page.render() {
        Ok(body) => answer(status).body(body),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            answer(StatusCode::INTERNAL_SERVER_ERROR).finish()
        }
    }
}

/// Answers with a page that has a conversation in it: it may record a voice clip.
pub fn talk(page: &impl Template, status: StatusCode) -> HttpResponse {
    let mut answer = html(page, status);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(TALK_POLICY));
    let name = header::HeaderName::from_static("permissions-policy");
    let said = headers.get(&name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let with_voice = said.replace("microphone=()", "microphone=(self)");
    if let Ok(value) = header::HeaderValue::from_str(&with_voice) {
        headers.insert(name, value);
    }
    answer
}

/// The beginning of an answer with a page: its status and headers, to which cookies can be added.
pub fn answer(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"));
    for header in HEADERS {
        answer.insert_header(*header);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcels_number_is_cut_where_the_eye_rests() {
        assert_eq!(grouped("8R4471209630"), ["8R", "4471", "2096", "30"]);
        assert_eq!(grouped("RR123456785FR"), ["RR", "1234", "5678", "5FR"]);
        assert_eq!(grouped("123456789012"), ["1234", "5678", "9012"]);
        assert_eq!(grouped("TEST"), ["TEST"], "what is short is read at one look");
        assert_eq!(grouped("é123456789"), ["é123456789"]);
    }

    #[derive(Template)]
    #[template(source = "<p>{{ name }}</p>", ext = "html")]
    struct Greeting<'a> {
        name: &'a str,
    }

    #[actix_web::test]
    async fn a_page_is_escaped_and_carries_its_headers() {
        let answer = html(&Greeting { name: "<script>" }, StatusCode::NOT_FOUND);
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        for (name, value) in HEADERS {
            assert_eq!(answer.headers().get(*name).unwrap(), value);
        }
        let body = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
        assert_eq!(body, "<p>&#60;script&#62;</p>");
    }

    #[actix_web::test]
    async fn only_a_page_with_a_conversation_may_record_and_show_what_is_not_sent_yet() {
        let (plain, talk) =
            (html(&Greeting { name: "" }, StatusCode::OK), talk(&Greeting { name: "" }, StatusCode::OK));
        let says = |answer: &HttpResponse, name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert!(says(&plain, "permissions-policy").contains("microphone=()"));
        assert!(says(&talk, "permissions-policy").contains("microphone=(self)"));
        assert!(!says(&plain, "content-security-policy").contains("blob:"));
        assert!(says(&talk, "content-security-policy").contains("media-src 'self' blob:;"));
        assert!(!says(&talk, "content-security-policy").contains("script-src 'self' blob:"));
    }
}
