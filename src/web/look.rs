//! The colour a shop's pages wear, as a style sheet of its own: pages carry no inline style.

use actix_web::{HttpResponse, http::header, web};

use crate::{
    app::App,
    domain::{
        look::Accent,
        merchants::{self, Shop},
    },
    error::{Error, Result},
    ids::ShopAddress,
};

/// Where a shop's look is. The colour is in the address, so it can be kept for good and changes at once.
pub fn url(shop: &Shop) -> String {
    let address = ShopAddress::new(shop.merchant_id, shop.id);
    format!("/look/{address}.css?v={}", shop.accent.trim_start_matches('#'))
}

/// The style sheet.
///
/// # Errors
/// When there is no such shop.
pub async fn style(app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    let address: ShopAddress = path.parse().map_err(|_| Error::NotFound)?;
    let shop = app.read(move |conn| merchants::shop(conn, address.merchant, address.id)).await?;
    let colour = shop.accent.trim_start_matches('#');
    let plain = colour.len() == 6 && colour.bytes().all(|b| b.is_ascii_hexdigit());
    let body = if plain { worn(colour) } else { String::new() };
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header(("x-content-type-options", "nosniff"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .body(body))
}

/// The one colour, and for browsers that cannot derive its roles the roles as they would.
fn worn(colour: &str) -> String {
    let roles = |accent: Accent| {
        let Accent { fill, fill_hover, text, tint, line, soft } = accent;
        format!(
            ":root{{--accent-fill:{fill};--accent-fill-hover:{fill_hover};--accent:{text};--accent-tint:{tint};\
             --accent-line:{line};--accent-soft:{soft}}}"
        )
    };
    let (light, dark) = (roles(Accent::light(colour)), roles(Accent::dark(colour)));
    format!(
        ":root{{--merchant-accent:#{colour}}}\n@supports not (color:oklch(from red l c h)){{{light}\
         @media (prefers-color-scheme:dark){{{dark}}}}}\n"
    )
}
