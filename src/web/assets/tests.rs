//! How files are served.

use actix_web::{App, http::header, test as client};

use super::*;

#[test]
fn every_sheet_names_files_that_are_there_and_stays_small() {
    for name in SHOPPER_COMPONENTS.iter().chain(SHOPPER_PAGES).chain(DESK_COMPONENTS).chain(DESK_PAGES).chain(GROUND) {
        assert!(!css(name).is_empty(), "{name}.css");
    }
    let shopper = ASSETS.get("/static/shopper.css").unwrap();
    assert!(shopper.gzip.as_ref().unwrap().len() <= 20 * 1024);
    let text = String::from_utf8(shopper.bytes.to_vec()).unwrap();
    assert!(text.contains("url(\"/static/fonts/bricolage-grotesque-latin.woff2?v="));
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}

#[test]
fn the_modules_of_a_shoppers_page_stay_small() {
    // What the thread page loads, with what that imports.
    let modules = ["live", "composer", "plain", "attach", "voice", "thread", "media"];
    let size = |name: &&str| ASSETS.get(&format!("/static/js/{name}.js")).unwrap().gzip.as_ref().unwrap().len();
    let size: usize = modules.iter().map(size).sum();
    assert!(size <= 15 * 1024, "{size}");
}

#[actix_web::test]
async fn a_versioned_file_may_be_kept_and_another_is_asked_again() {
    let app = client::init_service(App::new().configure(routes)).await;
    let get = |uri: &str| client::TestRequest::get().uri(uri).insert_header((header::ACCEPT_ENCODING, "br, gzip"));

    let kept = client::call_service(&app, get(url("/static/shopper.css")).to_request()).await;
    assert_eq!(kept.status(), 200);
    let head = |answer: &actix_web::dev::ServiceResponse, name: header::HeaderName| {
        answer.headers().get(name).unwrap().to_str().unwrap().to_owned()
    };
    assert_eq!(head(&kept, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(head(&kept, header::CONTENT_TYPE), "text/css; charset=utf-8");
    assert_eq!(head(&kept, header::CONTENT_ENCODING), "gzip");
    assert_eq!(head(&kept, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let tag = head(&kept, header::ETAG);

    let old = client::call_service(&app, get("/static/shopper.css?v=old").to_request()).await;
    assert_eq!(head(&old, header::CACHE_CONTROL), "no-cache");
    let again = get("/static/shopper.css").insert_header((header::IF_NONE_MATCH, tag)).to_request();
    assert_eq!(client::call_service(&app, again).await.status(), 304);

    let plain = client::TestRequest::get().uri("/static/demo/shirt-ecru.svg").to_request();
    let plain = client::call_service(&app, plain).await;
    assert_eq!(head(&plain, header::CONTENT_TYPE), "image/svg+xml");
    assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
    for gone in ["/static/nothing.css", "/static/css/button.css", "/static/../Cargo.toml"] {
        assert_eq!(client::call_service(&app, get(gone).to_request()).await.status(), 404, "{gone}");
    }
}
