//! Answers leave packed where the reader can unpack them. Only answers: what comes in packed is refused at the door, since
//! it would be unpacked before any limit applies. Files that never change are packed once, beside them in `assets`.

use std::io::Write;

use actix_web::{
    Error as ActixError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    middleware::Next,
    web::Bytes,
};
use flate2::{Compression, write::GzEncoder};

/// Below this a packet on the network is not even full, and packing saves nothing.
const WORTH: usize = 1024;
/// A page is packed anew for each reader: most of what can be saved for little of the time.
const QUICK: u32 = 5;

/// Packs pages, parts and JSON on their way out.
///
/// # Errors
/// What the room answers.
pub async fn pack(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let wanted = accepts_gzip(req.headers()) && *req.method() != Method::HEAD;
    let response = next.call(req).await?.map_into_boxed_body();
    if !is_text(response.headers()) || response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return Ok(response);
    }
    let mut response = if wanted { response.map_body(|head, body| packed(&mut head.headers, body)) } else { response };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Ok(response)
}

/// Whether the reader says that it unpacks gzip.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("gzip") && !matches!(parts.next(), Some("q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Text that was not packed before.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = kind.starts_with("text/") || kind.starts_with("application/json") || kind.contains("+json");
    text && !headers.contains_key(header::CONTENT_ENCODING)
}

/// The body packed, when it is there as a whole and grows smaller by it.
fn packed(headers: &mut HeaderMap, body: BoxBody) -> BoxBody {
    let whole = match body.try_into_bytes() {
        Ok(whole) => whole,
        Err(stream) => return stream,
    };
    let smaller = (whole.len() >= WORTH).then(|| gzip(&whole, Compression::new(QUICK))).flatten();
    let Some(smaller) = smaller else { return BoxBody::new(whole) };
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    BoxBody::new(Bytes::from(smaller))
}

/// Packed, or nothing when that would not be smaller.
pub fn gzip(bytes: &[u8], effort: Compression) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), effort);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|packed| packed.len() < bytes.len())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::{App, HttpResponse, middleware::from_fn, test as client, web};
    use flate2::read::GzDecoder;

    use super::*;

    async fn page() -> HttpResponse {
        HttpResponse::Ok().content_type("text/html").insert_header((header::VARY, "Cookie")).body("linen ".repeat(500))
    }

    #[actix_web::test]
    async fn a_page_leaves_packed_for_those_who_unpack_and_whole_for_others() {
        let rooms = App::new()
            .wrap(from_fn(pack))
            .route("/page", web::get().to(page))
            .route("/short", web::get().to(async || HttpResponse::Ok().content_type("text/html").body("linen")))
            .route(
                "/picture",
                web::get().to(async || HttpResponse::Ok().content_type("image/png").body("x".repeat(5_000))),
            );
        let rooms = client::init_service(rooms).await;
        let ask = async |path: &str, accepts: &str| {
            let asked = client::TestRequest::get().uri(path).insert_header((header::ACCEPT_ENCODING, accepts));
            let answer = client::call_service(&rooms, asked.to_request()).await;
            let packed = answer.headers().contains_key(header::CONTENT_ENCODING);
            let vary: Vec<_> = answer.headers().get_all(header::VARY).map(|v| v.to_str().unwrap().to_owned()).collect();
            (packed, vary.join(", "), client::read_body(answer).await)
        };
        let (packed, vary, body) = ask("/page", "br;q=1.0, gzip").await;
        assert!(packed && body.len() < 200);
        assert_eq!(vary, "Cookie, Accept-Encoding");
        let mut text = String::new();
        GzDecoder::new(&body[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "linen ".repeat(500));
        for accepts in ["identity", "gzip;q=0", "deflate, br", ""] {
            let (packed, vary, body) = ask("/page", accepts).await;
            assert!(!packed && body.len() == 3_000, "{accepts}");
            assert_eq!(vary, "Cookie, Accept-Encoding");
        }
        assert!(!ask("/short", "gzip").await.0);
        let (packed, vary, _) = ask("/picture", "gzip").await;
        assert!(!packed && vary.is_empty());
    }
}
