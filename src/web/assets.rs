//! The files that are the same for everybody: one style sheet for each surface, modules, fonts, pictures. They are
//! part of the binary, are named with their version and may then be kept for ever.
//! What a merchant chooses (colours, logos) is not here.

mod older;
pub mod rules;

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use flate2::Compression;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::packing;

/// The drawings the shopper's pages use, inlined once in each page.
pub const SHOPPER_ICONS: &str = include_str!("../../templates/parts/icons.html");
/// Every drawing there is, for the desk.
pub const DESK_ICONS: &str = include_str!("../../templates/parts/icons_desk.html");

const LAYERS: &str = "@layer reset, tokens, base, layout, components, pages, utilities;\n";
const GROUND: &[&str] = &["tokens", "base"];
const SHOPPER_COMPONENTS: &[&str] = &[
    "brand", "button", "field", "badge", "avatar", "hues", "card", "notice", "menu", "garment", "shipment", "order",
    "message", "composer", "exchange", "choice", "empty", "next", "shots", "pin", "purchase", "fault", "talk", "media",
    "slip",
];
const SHOPPER_PAGES: &[&str] = &["shopper", "login", "entry", "orders"];
const DESK_COMPONENTS: &[&str] = &[
    "brand", "button", "field", "badge", "avatar", "hues", "card", "notice", "menu", "tabs", "table", "garment",
    "shipment", "order", "message", "composer", "exchange", "choice", "chart", "empty", "next", "qty", "shots", "pin",
    "purchase", "journey", "stages", "evidence", "checkout", "meter", "inspect", "drawer", "keysheet", "results",
    "bulk", "docs", "versus", "tabbar", "fault", "talk", "media", "slip",
];
const DESK_PAGES: &[&str] = &["shopper", "inbox", "admin", "login", "entry", "panes", "finding"];

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

struct Asset {
    bytes: web::Bytes,
    gzip: Option<web::Bytes>,
    kind: &'static str,
    version: String,
    url: String,
}

/// Every file under its path, `/static/...`. Nothing in it changes while the program runs.
static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let modules = version_of_modules();
    let mut assets = BTreeMap::new();
    for name in Files::iter().filter(|name| !name.starts_with("css/")) {
        let Some(asset) = file(&name, &modules) else { continue };
        assets.insert(format!("/static/{name}"), asset);
    }
    for (name, components, pages) in
        [("shopper.css", SHOPPER_COMPONENTS, SHOPPER_PAGES), ("desk.css", DESK_COMPONENTS, DESK_PAGES)]
    {
        let sheet = sheet(components, pages, &assets);
        assets.insert(format!("/static/{name}"), asset(name, sheet.into_bytes(), None));
    }
    assets
});

/// The address of a file with its version, for templates: `url("/static/js/live.js")`.
/// A file that does not exist keeps its plain address and is reported in the log.
pub fn url(path: &str) -> &str {
    ASSETS.get(path).map_or_else(
        || {
            tracing::error!(path, "a page names a file that is not there");
            path
        },
        |asset| asset.url.as_str(),
    )
}

/// The style sheet of the shopper's pages.
pub fn shopper_css() -> &'static str {
    url("/static/shopper.css")
}

/// The style sheet of the desk.
pub fn desk_css() -> &'static str {
    url("/static/desk.css")
}

/// Makes everything ready, so that the first visitor does not wait for it.
pub fn prepare() {
    LazyLock::force(&ASSETS);
}

/// `GET /static/...`
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/static/{name:.+}").route(web::get().to(serve)).route(web::head().to(serve)));
}

async fn serve(request: HttpRequest) -> HttpResponse {
    let Some(asset) = ASSETS.get(request.path()) else {
        return HttpResponse::NotFound().insert_header((header::CACHE_CONTROL, "no-store")).finish();
    };
    answer(asset, &request)
}

fn answer(asset: &Asset, request: &HttpRequest) -> HttpResponse {
    let gzip = asset.gzip.as_ref().filter(|_| packing::accepts_gzip(request.headers()));
    let tag = format!("\"{}{}\"", asset.version, if gzip.is_some() { "-gz" } else { "" });
    let known = header_text(request, &header::IF_NONE_MATCH).contains(&tag);
    let current = request.query_string() == format!("v={}", asset.version);
    let mut answer = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    answer
        .insert_header((header::ETAG, tag))
        .insert_header((
            header::CACHE_CONTROL,
            if current { "public, max-age=31536000, immutable" } else { "no-cache" },
        ))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'"))
        .insert_header(("cross-origin-resource-policy", "same-origin"));
    if known {
        return answer.finish();
    }
    answer.content_type(asset.kind);
    if let Some(gzip) = gzip {
        return answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone());
    }
    answer.body(asset.bytes.clone())
}

fn header_text<'a>(request: &'a HttpRequest, name: &header::HeaderName) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn file(name: &str, modules: &str) -> Option<Asset> {
    let bytes = Files::get(name)?.data;
    if name.starts_with("js/") {
        let text = String::from_utf8_lossy(&bytes);
        return Some(asset(name, with_versions(&text, modules).into_bytes(), Some(modules)));
    }
    Some(asset(name, bytes.into_owned(), None))
}

/// Modules import each other by name; the version is put behind those names here. All modules share one version,
/// since a module's own depends on those it imports.
fn with_versions(module: &str, version: &str) -> String {
    let lines = module.lines().map(|line| match line.starts_with("import ") {
        true => Cow::Owned(line.replace(".js\";", &format!(".js?v={version}\";"))),
        false => Cow::Borrowed(line),
    });
    lines.flat_map(|line| [line, Cow::Borrowed("\n")]).collect()
}

fn version_of_modules() -> String {
    let mut hash = Sha256::new();
    for name in Files::iter().filter(|name| name.starts_with("js/")) {
        hash.update(Files::get(&name).map(|file| file.data).unwrap_or_default());
    }
    short(&hash.finalize())
}

/// One sheet for a surface: the files of each layer one after the other, in the order the layers stand.
fn sheet(components: &[&str], pages: &[&str], assets: &BTreeMap<String, Asset>) -> String {
    let mut sheet = LAYERS.to_owned();
    for name in GROUND {
        sheet.push_str(&css(name));
    }
    for (layer, names) in [("components", components), ("pages", pages)] {
        sheet.push_str(&format!("@layer {layer} {{\n"));
        for name in names {
            sheet.push_str(&css(name));
        }
        sheet.push_str("}\n");
    }
    let font = "fonts/bricolage-grotesque-latin.woff2";
    let versioned = assets.get(&format!("/static/{font}")).map(|asset| asset.url.as_str()).unwrap_or_default();
    older::with_fallbacks(&sheet, &css("old")).replace(font, versioned)
}

fn css(name: &str) -> String {
    let Some(file) = Files::get(&format!("css/{name}.css")) else {
        tracing::error!(name, "a style sheet is not there");
        return String::new();
    };
    String::from_utf8_lossy(&file.data).into_owned()
}

fn asset(name: &str, bytes: Vec<u8>, version: Option<&str>) -> Asset {
    let version = version.map_or_else(|| short(&Sha256::digest(&bytes)), str::to_owned);
    let kind = kind(name);
    let gzip = kind.starts_with("text/") || kind.starts_with("image/svg");
    let gzip = gzip.then(|| packing::gzip(&bytes, Compression::best())).flatten();
    let url = format!("/static/{name}?v={version}");
    Asset { bytes: bytes.into(), gzip: gzip.map(Into::into), kind, version, url }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn short(hash: &[u8]) -> String {
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Writes every file where a plain file server finds it, for looking at pages.
#[cfg(test)]
pub(crate) fn write_to(dir: &std::path::Path) {
    for (path, asset) in ASSETS.iter() {
        let file = dir.join(path.trim_start_matches('/'));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, &asset.bytes).unwrap();
    }
}

#[cfg(test)]
mod tests;
