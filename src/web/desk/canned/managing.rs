//! Where canned replies are written: the list, one reply with a look at it filled from a real order.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web};

use crate::{
    app::App,
    domain::{
        agents::{Agent, Role},
        canned::{self, Draft, Reply, Typed, body::Body, filling::Facts},
        orders::{self, Filter},
    },
    error::{Error, FieldError, Result},
    i18n::{Lang, Words, key},
    ids::CannedReplyId,
    store::Conn,
    web::{
        desk::{
            drawing::Desk as Drawing,
            reading, see, sheet_and_icons,
            view::{
                canned::{BodyField, CannedForm, CannedList, CannedRow},
                frame::{Here, Page},
            },
        },
        gate::Desk,
        page,
    },
};

const BASE: &str = "/desk/canned-replies";

/// What the form sends: fields of a name each, the texts by their language.
type Pairs = web::Form<Vec<(String, String)>>;

struct Sent {
    typed: Typed,
    /// The number of the order to look at it with.
    order: String,
    preview: bool,
}

fn sent(pairs: Vec<(String, String)>) -> Sent {
    let mut sent = Sent { typed: Typed::default(), order: String::new(), preview: false };
    for (name, value) in pairs {
        match name.as_str() {
            "title" => sent.typed.title = value,
            "shortcut" => sent.typed.shortcut = value,
            "shop" => sent.typed.shop = value,
            "order" => sent.order = value,
            "do" => sent.preview = value == "preview",
            other => {
                if let Some(code) = other.strip_prefix("body-") {
                    sent.typed.bodies.push((code.to_owned(), value));
                }
            }
        }
    }
    sent
}

fn manages(desk: &Desk) -> Result<()> {
    if desk.agent.role == Role::Agent { Err(Error::Denied) } else { Ok(()) }
}

/// `GET /desk/canned-replies`
pub(in crate::web::desk) async fn list(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    manages(&desk)?;
    let (agent, here) = (desk.agent.clone(), Here::default());
    let (round, all) = app
        .read(move |conn| Ok((reading::round(conn, &agent, &Here::default())?, canned::list(conn, agent.merchant_id)?)))
        .await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, &app);
    let (css, icons) = sheet_and_icons();
    let t = drawing.t;
    let row = |reply: &Reply| CannedRow {
        id: reply.id.to_string(),
        title: reply.title.clone(),
        shortcut: reply.shortcut.clone(),
        shop: reply.shop_id.and_then(|id| Some(round.shops.iter().find(|shop| shop.id == id)?.name.clone())),
        languages: reply.bodies.0.keys().map(|code| language(&t, code)).collect(),
    };
    let page = CannedList {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Canned), None),
        replies: all.iter().map(row).collect(),
    };
    Ok(page::html(&page, StatusCode::OK))
}

fn language(t: &Words, code: &str) -> String {
    let lang: Lang = code.parse().unwrap_or_default();
    Words::new(lang, chrono_tz::UTC, t.now()).get(key("language-name"))
}

/// `GET /desk/canned-replies/new`
pub(in crate::web::desk) async fn fresh(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    draw(&desk, &app, Shown::default()).await
}

/// `GET /desk/canned-replies/{reply}`
pub(in crate::web::desk) async fn edit(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    manages(&desk)?;
    let id: CannedReplyId = path.parse().map_err(|_| Error::NotFound)?;
    let merchant = desk.agent.merchant_id;
    let reply = app.read(move |conn| canned::find(conn, merchant, id)).await?;
    let typed = Typed {
        title: reply.title,
        shortcut: reply.shortcut,
        shop: reply.shop_id.map(|id| id.to_string()).unwrap_or_default(),
        bodies: reply.bodies.0.into_iter().collect(),
    };
    draw(&desk, &app, Shown { id: Some(id), typed, ..Shown::default() }).await
}

/// `POST /desk/canned-replies/new`
pub(in crate::web::desk) async fn create(desk: Desk, app: web::Data<App>, form: Pairs) -> Result<HttpResponse> {
    save(&desk, &app, None, sent(form.into_inner())).await
}

/// `POST /desk/canned-replies/{reply}`
pub(in crate::web::desk) async fn change(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
    form: Pairs,
) -> Result<HttpResponse> {
    let id: CannedReplyId = path.parse().map_err(|_| Error::NotFound)?;
    save(&desk, &app, Some(id), sent(form.into_inner())).await
}

/// `POST /desk/canned-replies/{reply}/deletion`
pub(in crate::web::desk) async fn delete(
    desk: Desk,
    app: web::Data<App>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    manages(&desk)?;
    let id: CannedReplyId = path.parse().map_err(|_| Error::NotFound)?;
    let merchant = desk.agent.merchant_id;
    app.write(move |tx| canned::delete(tx, merchant, id)).await?;
    Ok(see(BASE))
}

async fn save(desk: &Desk, app: &Arc<App>, id: Option<CannedReplyId>, sent: Sent) -> Result<HttpResponse> {
    manages(desk)?;
    let merchant = desk.agent.merchant_id;
    let parsed = Draft::parse(&sent.typed);
    let mut shown = Shown { id, typed: sent.typed, order: sent.order, ..Shown::default() };
    let draft = match parsed {
        Ok(draft) => draft,
        Err(Error::Invalid(wrong)) => return draw(desk, app, Shown { wrong, ..shown }).await,
        Err(error) => return Err(error),
    };
    if sent.preview {
        shown.preview = true;
        return draw(desk, app, shown).await;
    }
    let saved = app
        .write(move |tx| match id {
            Some(id) => canned::change(tx, merchant, id, &draft),
            None => canned::create(tx, merchant, &draft).map(drop),
        })
        .await;
    match saved {
        Ok(()) => Ok(see(BASE)),
        Err(Error::Invalid(wrong)) => draw(desk, app, Shown { wrong, ..shown }).await,
        Err(error) => Err(error),
    }
}

/// What the form shows.
#[derive(Default)]
struct Shown {
    id: Option<CannedReplyId>,
    typed: Typed,
    order: String,
    preview: bool,
    wrong: Vec<FieldError>,
}

/// How the texts read, by language, filled from an order.
type Previews = Vec<(String, Result<String, String>)>;

async fn draw(desk: &Desk, app: &Arc<App>, shown: Shown) -> Result<HttpResponse> {
    manages(desk)?;
    let (agent, here, now) = (desk.agent.clone(), Here::default(), app.now());
    let t = Words::new(desk.agent.lang(), chrono_tz::UTC, now);
    let wanted = shown.preview.then(|| (shown.order.clone(), shown.typed.bodies.clone()));
    let (round, previews) = app
        .read(move |conn| {
            let round = reading::round(conn, &agent, &Here::default())?;
            let previews = wanted.map(|(order, bodies)| previews(conn, &agent, &order, &bodies, &t)).transpose()?;
            Ok((round, previews))
        })
        .await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let (css, icons) = sheet_and_icons();
    let t = drawing.t;
    let problem =
        |pointer: &str| shown.wrong.iter().find(|wrong| wrong.pointer == pointer).map(|wrong| wrong.says.in_words(&t));
    let body = |lang: Lang| {
        let own = |(code, _): &&(String, String)| code == lang.code();
        let preview = previews.as_ref().and_then(|all| all.iter().find(|(code, _)| code == lang.code()));
        BodyField {
            code: lang.code(),
            language: language(&t, lang.code()),
            text: shown.typed.bodies.iter().find(own).map(|(_, text)| text.clone()).unwrap_or_default(),
            problem: problem(&format!("body-{}", lang.code())),
            preview: preview.map(|(_, filled)| filled.clone()),
        }
    };
    let page = CannedForm {
        t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Canned), None),
        id: shown.id.map(|id| id.to_string()),
        title: shown.typed.title.clone(),
        title_problem: problem("title"),
        shortcut: shown.typed.shortcut.clone(),
        shortcut_problem: problem("shortcut"),
        shop: shown.typed.shop.clone(),
        shop_problem: problem("shop"),
        shops: round.shops.iter().map(|shop| (shop.id.to_string(), shop.name.clone())).collect(),
        bodies: Lang::all().map(body).collect(),
        order: shown.order.clone(),
        no_order: previews.as_ref().is_some_and(Vec::is_empty),
    };
    let status = if shown.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page::html(&page, status))
}

/// Each text filled from the order of a number, as its shopper would read it; none when there is no such order.
fn previews(conn: &mut Conn, agent: &Agent, number: &str, bodies: &[(String, String)], t: &Words) -> Result<Previews> {
    let filter = Filter { number: Some(number.to_owned()), ..Filter::default() };
    let found = orders::list(conn, agent.merchant_id, &filter, 1)?;
    let Some(thread) = found.first().and_then(|order| order.thread_id) else { return Ok(Vec::new()) };
    let facts = Facts::of(conn, agent, thread, t.now())?;
    let some = bodies.iter().filter(|(_, text)| !text.trim().is_empty());
    some.map(|(code, text)| {
        let facts = facts.in_language(code.parse().unwrap_or_default());
        let filled = facts.fill_body(&Body::parse("body", text)?);
        Ok((code.clone(), filled.map_err(|says| says.in_words(t))))
    })
    .collect()
}
