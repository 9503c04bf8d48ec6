//! What the rooms ask of a request: whose it is, from where, in which language, and its cookies.

use std::{net::IpAddr, sync::Arc};

use actix_web::{
    HttpMessage, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    http::header,
    web,
};

use super::limits;
use crate::{
    app::App,
    domain::agents::Whence,
    i18n::{Lang, Words},
    secrets,
};

/// A browser's cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jar {
    /// An agent's session.
    Desk,
    /// The secret of a shopper's browser.
    Shopper,
    /// That an account was signed in to from this browser before: who guesses elsewhere does not hold it up.
    Known,
    /// The language somebody chose.
    Language,
}

impl Jar {
    /// The name follows the scheme: the `__Host-` prefix is for https, and a browser would refuse it on plain http.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Desk, true) => "__Host-desk",
            (Self::Desk, false) => "comptoir-desk",
            (Self::Shopper, true) => "__Host-shopper",
            (Self::Shopper, false) => "comptoir-shopper",
            (Self::Known, true) => "__Host-known",
            (Self::Known, false) => "comptoir-known",
            (Self::Language, true) => "__Host-language",
            (Self::Language, false) => "comptoir-language",
        }
    }

    fn lasts(self) -> Duration {
        match self {
            Self::Desk => Duration::days(14),
            Self::Shopper => Duration::days(90),
            Self::Known | Self::Language => Duration::days(365),
        }
    }

    /// A cookie that holds `value`.
    pub fn holding(self, app: &App, value: &str) -> Cookie<'static> {
        let secure = app.base.is_secure();
        Cookie::build(self.name(secure), value.to_owned())
            .path("/")
            .http_only(true)
            .secure(secure)
            .same_site(SameSite::Lax)
            .max_age(self.lasts())
            .finish()
    }

    /// A cookie that empties this one.
    pub fn emptied(self, app: &App) -> Cookie<'static> {
        let mut cookie = self.holding(app, "");
        cookie.make_removal();
        cookie
    }

    /// What a request carries in it.
    pub fn read(self, req: &HttpRequest) -> Option<String> {
        let value = req.cookie(self.name(app(req).base.is_secure()))?.value().to_owned();
        (!value.is_empty()).then_some(value)
    }
}

/// The application.
#[expect(clippy::expect_used, reason = "every server is made with its application")]
pub fn app(req: &HttpRequest) -> &Arc<App> {
    req.app_data::<web::Data<App>>().expect("the application")
}

/// The secret of a shopper's browser, or a new one for it.
pub fn browser(req: &HttpRequest) -> String {
    Jar::Shopper.read(req).unwrap_or_else(secrets::token)
}

/// The language chosen on this page or before; else what the browser asks for.
pub fn chosen_lang(req: &HttpRequest) -> Option<Lang> {
    let asked = req.query_string().split('&').find_map(|part| part.strip_prefix("lang=")?.parse().ok());
    asked.or_else(|| Jar::Language.read(req)?.parse().ok())
}

/// The language of a reader of whom nothing better is known.
pub fn lang(req: &HttpRequest) -> Lang {
    let header = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    chosen_lang(req).or_else(|| Lang::accepted(header)).unwrap_or_default()
}

/// The words of a reader of whom nothing better is known.
pub fn words(req: &HttpRequest) -> Words {
    Words::new(lang(req), chrono_tz::UTC, app(req).now())
}

/// Where a request comes from: the peer, or what a trusted proxy says of it.
pub fn peer(req: &HttpRequest) -> Option<IpAddr> {
    let peer = req.peer_addr()?.ip();
    if !app(req).trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    // The last address that a proxy we trust did not itself add.
    let forwarded = req.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let chain = forwarded.rsplit(',').filter_map(|part| part.trim().parse().ok());
    chain.into_iter().find(|ip| !app(req).trusted_proxies.contains(ip)).or(Some(peer))
}

/// Where somebody signs in: the browser by its name, the address without the part its holder can choose.
pub fn whence(req: &HttpRequest) -> Whence {
    let agent = req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Whence { browser: browser_name(agent), place: peer(req).map_or_else(String::new, limits::neighbourhood) }
}

/// `Firefox, Windows`; nothing for what calls itself by no known name.
fn browser_name(agent: &str) -> String {
    // The order counts: most call themselves by the names of others too.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let called = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, n)| *n);
    [called(&BROWSERS), called(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether the asker is a script of ours that reads JSON, rather than somebody who will look at a page.
pub fn wants_json(req: &HttpRequest) -> bool {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("application/json")
}

/// The id that a request is found by in the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    pub fn of(req: &HttpRequest) -> Option<String> {
        req.extensions().get::<Self>().map(|id| id.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_by_its_own_name() {
        for (agent, name) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604",
                "Safari, iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge, Linux"),
            ("curl/8.0", ""),
        ] {
            assert_eq!(browser_name(agent), name);
        }
    }
}
