//! The ways in: a link from an e-mail, or number and e-mail of an order and then the code. Whether there is such an order
//! is never told: every answer is the same with and without one. Looking changes nothing; what is posted does.

pub(super) mod order_link;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};

use super::{
    counter::{dress, undressed},
    see,
    view::{
        self,
        entry::{CodePage, ExpiredPage, FindForm, FindPage, FreshLink, OpeningPage},
    },
};
use crate::{
    app::App,
    domain::{
        challenges::{self, Answered, Challenge},
        links::Link,
        merchants::{self, Shop},
        threads::{self, mailing},
        visits,
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::{ChallengeAddress, MerchantId, ShopAddress, ThreadAddress},
    store::Conn,
    web::{
        assets,
        fault::{ErrorPage, Fault},
        limits, page as answer,
        request::{self, Jar},
    },
};

/// Seconds after which the page looks by itself for an order that was just placed.
const LOOK_AGAIN: u32 = 10;
/// The longest order number and e-mail that are taken, in characters.
const MAX_NUMBER: usize = 64;
const MAX_EMAIL: usize = 254;

/// Which shop's door this is.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Door {
    shop: Option<String>,
    /// Asks for the form rather than for the page that opens a link.
    find: Option<String>,
    /// Where a right code leads: `orders`, else the thread.
    to: Option<String>,
}

/// A door as it was found.
#[derive(Debug, Clone)]
struct Found {
    merchant: MerchantId,
    name: String,
    /// The shop whose dress it wears; none where a merchant has several and none was named.
    shop: Option<Shop>,
    /// What keeps the door in an address: `?shop=...`, or nothing.
    query: String,
}

impl Found {
    /// Words in a language this door's shop speaks.
    fn words(&self, t: Words) -> Words {
        self.shop.as_ref().map_or(t, |shop| shop.words(shop.speaks(t.lang()), t.now()))
    }

    fn dress(&self, t: &Words, query: &str) -> view::Shop {
        match &self.shop {
            Some(shop) => dress(t, shop, query),
            None => undressed(t, &self.name, query),
        }
    }

    fn form(&self) -> FindForm {
        FindForm { action: format!("/t/find{}", self.query), ..FindForm::default() }
    }
}

/// The shop that was named, or the only merchant there is.
fn door(conn: &mut Conn, named: Option<ShopAddress>) -> Result<Option<Found>> {
    let (merchant, shop, query) = match named {
        Some(named) => {
            let shop = merchants::shop(conn, named.merchant, named.id)?;
            (named.merchant, Some(shop), format!("?shop={named}"))
        }
        None => {
            let Some(merchant) = merchants::only(conn)? else { return Ok(None) };
            (merchant, None, String::new())
        }
    };
    let shop = match shop {
        Some(shop) => Some(shop),
        None => <[Shop; 1]>::try_from(merchants::shops(conn, merchant)?).ok().map(|[only]| only),
    };
    Ok(Some(Found { merchant, name: merchants::name(conn, merchant)?, shop, query }))
}

impl Door {
    /// What keeps the door in an address.
    fn query(&self) -> String {
        let named: Option<ShopAddress> = self.shop.as_deref().and_then(|named| named.parse().ok());
        self.onward(&named.map(|named| format!("?shop={named}")).unwrap_or_default())
    }

    fn leads_to_orders(&self) -> bool {
        self.to.as_deref() == Some("orders")
    }

    /// The same, on the way of a code.
    fn onward(&self, query: &str) -> String {
        match (self.leads_to_orders(), query.is_empty()) {
            (false, _) => query.to_owned(),
            (true, false) => format!("{query}&to=orders"),
            (true, true) => "?to=orders".to_owned(),
        }
    }

    async fn open(&self, app: &App) -> Result<Option<Found>> {
        let named = self.shop.as_deref().map(str::parse).transpose().map_err(|_| Error::NotFound)?;
        app.read(move |conn| door(conn, named)).await
    }
}

/// `GET /t`: the page whose script posts the token behind `#`.
///
/// # Errors
/// When a shop is named that is not there.
pub(super) async fn opening(req: HttpRequest, app: web::Data<App>, named: web::Query<Door>) -> Result<HttpResponse> {
    let t = request::words(&req);
    let found = named.open(&app).await?;
    if named.find.is_some() {
        return Ok(find_page(&req, t, found.as_ref()));
    }
    Ok(opening_page(&req, found, "/t/open"))
}

/// The page whose script posts what stands behind `#` to `action`.
fn opening_page(req: &HttpRequest, found: Option<Found>, action: &str) -> HttpResponse {
    let t = request::words(req);
    let t = found.as_ref().map_or(t, |found| found.words(t));
    let shop = match &found {
        Some(found) => found.dress(&t, req.query_string()),
        None => undressed(&t, "Comptoir", req.query_string()),
    };
    let query = found.map(|found| found.query).unwrap_or_default();
    let page = OpeningPage {
        t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop,
        action: format!("{action}{query}"),
        find: format!("/t/find{query}"),
    };
    answer::html(&page, StatusCode::OK)
}

/// `GET /t/find`: the form.
///
/// # Errors
/// When a shop is named that is not there.
pub(super) async fn find(req: HttpRequest, app: web::Data<App>, named: web::Query<Door>) -> Result<HttpResponse> {
    let found = named.open(&app).await?;
    Ok(find_page(&req, request::words(&req), found.as_ref()))
}

fn find_page(req: &HttpRequest, t: Words, found: Option<&Found>) -> HttpResponse {
    let Some(found) = found else { return which_shop(t) };
    let t = found.words(t);
    let shop = found.dress(&t, req.query_string());
    let page = FindPage { t, css: assets::shopper_css(), icons: assets::SHOPPER_ICONS, shop, form: found.form() };
    answer::html(&page, StatusCode::OK)
}

/// Where several merchants share a house, nobody is told who they are.
fn which_shop(t: Words) -> HttpResponse {
    let status = StatusCode::NOT_FOUND;
    let (title, text) = (t.get("find-which-title"), t.get("find-which-text"));
    let fault = Fault { status: status.as_u16(), title, text, ways: Vec::new(), reference: None };
    answer::html(&ErrorPage::new(t, fault), status)
}

/// What a link carries.
#[derive(Debug, Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

/// `POST /t/open`: a link opens its thread for this browser.
///
/// # Errors
/// When asked too often.
pub(super) async fn open(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    form: web::Form<Token>,
) -> Result<HttpResponse> {
    let Ok(link) = visits::read_link(&app.keys, &form.token) else {
        // A link we made cannot be guessed, so only others are counted.
        limits::take_by_address(&req, limits::Kind::Guess)?;
        let found = named.open(&app).await?;
        return Ok(expired(&req, found.as_ref(), None));
    };
    let (browser, secret) = (request::browser(&req), app.clone());
    let kept = browser.clone();
    match app.write(move |tx| visits::open_by_link(tx, &link, &browser)).await {
        Ok(visit) => Ok(enter(&secret, &kept, visit.address(), "")),
        Err(Error::NotFound) => {
            let found = app.read(move |conn| door_of(conn, &link)).await?;
            Ok(expired(&req, found.as_ref(), Some(form.into_inner().token)))
        }
        Err(error) => Err(error),
    }
}

/// The door of the thread that a link of ours once opened.
fn door_of(conn: &mut Conn, link: &Link) -> Result<Option<Found>> {
    match threads::of_merchant(conn, link.merchant, link.thread) {
        Ok(thread) => door(conn, Some(ShopAddress::new(thread.merchant_id, thread.shop_id))),
        Err(Error::NotFound) => door(conn, None),
        Err(error) => Err(error),
    }
}

/// Into the thread or a page of it, with the cookie that opens it from now on.
fn enter(app: &App, browser: &str, address: ThreadAddress, page: &str) -> HttpResponse {
    let mut answer = see(&format!("/t/{address}{page}"));
    // The value is of our own making and always fits a header.
    let _ = answer.add_cookie(&Jar::Shopper.holding(app, browser));
    answer
}

/// `POST /t/link`: a link that is no longer good asks for a fresh one, which goes to the address of its thread. The answer is
/// the same whatever was asked with.
///
/// # Errors
/// When asked too often.
pub(super) async fn link(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    form: web::Form<Token>,
) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Code)?;
    if let Ok(old) = visits::read_link(&app.keys, &form.token) {
        match app.write(move |tx| mailing::ask_for_link(tx, old.merchant, old.thread)).await {
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let t = request::words(&req);
    let Some(found) = named.open(&app).await? else { return Ok(which_shop(t)) };
    let page = ExpiredPage { asked: true, ..expired_page(t, &found, None) };
    Ok(answer::html(&page, StatusCode::OK))
}

fn expired(req: &HttpRequest, found: Option<&Found>, token: Option<String>) -> HttpResponse {
    let t = request::words(req);
    let Some(found) = found else { return which_shop(t) };
    let fresh = token.map(|token| FreshLink { action: format!("/t/link{}", found.query), token });
    answer::html(&expired_page(t, found, fresh), StatusCode::GONE)
}

fn expired_page(t: Words, found: &Found, fresh: Option<FreshLink>) -> ExpiredPage {
    let t = found.words(t);
    // This page answers a POST: in another language it is the form alone.
    let mut shop = found.dress(&t, "");
    for language in &mut shop.languages {
        language.href = format!(
            "/t/find{}{}",
            found.query,
            language.href.replace('?', if found.query.is_empty() { "?" } else { "&" })
        );
    }
    let (css, icons, form) = (assets::shopper_css(), assets::SHOPPER_ICONS, found.form());
    ExpiredPage { t, css, icons, shop, form, fresh, asked: false }
}

/// Number and e-mail of an order.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    number: String,
    #[serde(default)]
    email: String,
}

impl Wanted {
    /// What is wrong with the number, and with the address.
    fn problems(&self) -> (Option<&'static str>, Option<&'static str>) {
        let plain = |text: &str| !text.chars().any(char::is_control);
        let (number, email) = (self.number.trim(), self.email.trim());
        let number_fits = !crate::domain::orders::number_key(number).is_empty()
            && number.chars().count() <= MAX_NUMBER
            && plain(number);
        let (name, host) = email.split_once('@').unwrap_or_default();
        let email_fits = !name.is_empty()
            && !host.is_empty()
            && !email.contains(char::is_whitespace)
            && email.chars().count() <= MAX_EMAIL
            && plain(email);
        let said = |fits: bool, says| if fits { None } else { Some(says) };
        (said(number_fits, key("find-number-wrong")), said(email_fits, key("find-email-wrong")))
    }
}

/// `POST /t/find`: asks for a code.
///
/// # Errors
/// When asked too often.
pub(super) async fn ask(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    form: web::Form<Wanted>,
) -> Result<HttpResponse> {
    let Some(found) = named.open(&app).await? else { return Ok(which_shop(request::words(&req))) };
    let wanted = form.into_inner();
    let problems = wanted.problems();
    if problems != (None, None) {
        return Ok(mend(&req, &found, wanted, problems));
    }
    limits::take_by_address(&req, limits::Kind::Code)?;
    let (merchant, lang) = (found.merchant, request::lang(&req));
    let change =
        move |tx: &mut crate::store::Tx<'_>| challenges::ask(tx, merchant, &wanted.number, &wanted.email, lang);
    let challenge = app.write(change).await?;
    Ok(see(&format!("/t/code/{challenge}{}", found.query)))
}

fn mend(
    req: &HttpRequest,
    found: &Found,
    wanted: Wanted,
    (number, email): (Option<&str>, Option<&str>),
) -> HttpResponse {
    let t = found.words(request::words(req));
    let form = FindForm {
        number: wanted.number,
        email: wanted.email,
        number_error: number.map(|says| t.get(says)),
        email_error: email.map(|says| t.get(says)),
        ..found.form()
    };
    let shop = found.dress(&t, req.query_string());
    let page = FindPage { t, css: assets::shopper_css(), icons: assets::SHOPPER_ICONS, shop, form };
    answer::html(&page, StatusCode::UNPROCESSABLE_ENTITY)
}

/// `GET /t/code/{challenge}`: where the code is entered.
///
/// # Errors
/// For a challenge that never was.
pub(super) async fn code(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let address = path.parse().map_err(|_| Error::NotFound)?;
    let page = code_page(&req, &app, &named, address, None).await?;
    Ok(answer::html(&page, StatusCode::OK))
}

async fn code_page(
    req: &HttpRequest,
    app: &App,
    named: &Door,
    address: ChallengeAddress,
    error: Option<&crate::error::Says>,
) -> Result<CodePage> {
    let challenge = app.read(move |conn| challenges::find(conn, address)).await?;
    let shop = named.shop.as_deref().and_then(|named| named.parse().ok());
    let shop = shop.filter(|named: &ShopAddress| named.merchant == address.merchant);
    let found = app.read(move |conn| door_to(conn, address.merchant, shop)).await?;
    let t = found.words(request::words(req));
    let here = format!("/t/code/{address}");
    let onward = named.onward(&found.query);
    Ok(CodePage {
        t,
        css: assets::shopper_css(),
        icons: assets::SHOPPER_ICONS,
        shop: found.dress(&t, req.query_string()),
        action: format!("{here}{onward}"),
        number: challenge.number_key.to_uppercase(),
        sent_to: masked(&challenge.email),
        look_again: look_again(&challenge, app, error.is_some()),
        error: error.map(|says| says.in_words(&t)),
        resend: format!("{here}/again{onward}"),
        change: format!("/t/find{}", found.query),
        look: format!("{here}/look{onward}"),
    })
}

fn door_to(conn: &mut Conn, merchant: MerchantId, shop: Option<ShopAddress>) -> Result<Found> {
    if let Some(found) = shop.map(|shop| door(conn, Some(shop))).transpose()?.flatten() {
        return Ok(found);
    }
    let shop = <[Shop; 1]>::try_from(merchants::shops(conn, merchant)?).ok().map(|[only]| only);
    Ok(Found { merchant, name: merchants::name(conn, merchant)?, shop, query: String::new() })
}

/// As long as a code can still come; the same whether or not there is an order.
fn look_again(challenge: &Challenge, app: &App, wrong: bool) -> Option<u32> {
    (!wrong && !challenge.is_over(app.now())).then_some(LOOK_AGAIN)
}

/// An address that its owner knows again and nobody else learns: `c•••••e@example.com`.
pub(super) fn masked(email: &str) -> String {
    let Some((name, host)) = email.rsplit_once('@') else { return "•••••".to_owned() };
    let (first, last) = (name.chars().next(), name.chars().last().filter(|_| name.chars().count() > 2));
    let ends = |letter: Option<char>| letter.map(String::from).unwrap_or_default();
    format!("{}•••••{}@{host}", ends(first), ends(last))
}

/// What is entered.
#[derive(Debug, Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /t/code/{challenge}`: a right code opens the thread.
///
/// # Errors
/// For a challenge that never was, or when asked too often.
pub(super) async fn answer(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    path: web::Path<String>,
    form: web::Form<Code>,
) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Guess)?;
    let address: ChallengeAddress = path.parse().map_err(|_| Error::NotFound)?;
    let (keys, browser, code) = (app.keys.clone(), request::browser(&req), form.into_inner().code);
    let kept = browser.clone();
    match app.write(move |tx| challenges::answer(tx, &keys, address, &code, &browser)).await? {
        Answered::Right(visit) => {
            Ok(enter(&app, &kept, visit.address(), if named.leads_to_orders() { "/orders" } else { "" }))
        }
        Answered::Wrong(says) => {
            let page = code_page(&req, &app, &named, address, Some(&says)).await?;
            Ok(answer::html(&page, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Where the page is to go.
#[derive(Debug, Serialize)]
struct Next {
    next: Option<String>,
}

/// `POST /t/code/{challenge}/look`: an order that had not arrived may have by now, and then its code is sent. Where this
/// browser has been let into the order's thread meanwhile, the page can go there.
///
/// # Errors
/// For a challenge that never was, or when asked too often.
pub(super) async fn look(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Guess)?;
    let address: ChallengeAddress = path.parse().map_err(|_| Error::NotFound)?;
    app.write(move |tx| challenges::look_again(tx, address)).await?;
    let (browser, now) = (Jar::Shopper.read(&req), app.now());
    let thread = app.read(move |conn| let_in(conn, address, browser.as_deref(), now)).await?;
    let page = if named.leads_to_orders() { "/orders" } else { "" };
    let next = thread.map(|thread| format!("/t/{thread}{page}"));
    if request::wants_json(&req) {
        return Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(Next { next }));
    }
    Ok(see(&next.unwrap_or_else(|| format!("/t/code/{address}{}", named.query()))))
}

fn let_in(
    conn: &mut Conn,
    address: ChallengeAddress,
    browser: Option<&str>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Option<ThreadAddress>> {
    let thread = challenges::find(conn, address)?.thread_id;
    let (Some(thread), Some(browser)) = (thread, browser) else { return Ok(None) };
    let thread = ThreadAddress::new(address.merchant, thread);
    match visits::find(conn, thread, browser, now) {
        Ok(_) => Ok(Some(thread)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `POST /t/code/{challenge}/again`: another code for the same order and address.
///
/// # Errors
/// For a challenge that never was, or when asked too often.
pub(super) async fn again(
    req: HttpRequest,
    app: web::Data<App>,
    named: web::Query<Door>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    limits::take_by_address(&req, limits::Kind::Code)?;
    let address: ChallengeAddress = path.parse().map_err(|_| Error::NotFound)?;
    let lang = request::lang(&req);
    let fresh = app
        .write(move |tx| {
            let asked = challenges::find(tx, address)?;
            challenges::ask(tx, address.merchant, &asked.number_key, &asked.email, lang)
        })
        .await?;
    Ok(see(&format!("/t/code/{fresh}{}", named.query())))
}
