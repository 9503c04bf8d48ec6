//! The exchange, one question a screen. The answers travel in the address until they are posted as one request; prices and
//! stock are looked up anew for every screen and once more when the request is made.

mod colours;
mod offer;
mod steps;

use actix_web::{HttpRequest, HttpResponse, ResponseError, http::StatusCode, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{
    counter::Counter,
    see,
    seen::{self, Seen},
};
use crate::{
    app::App,
    domain::{
        cases::{self, ExchangeRequest, Reason},
        catalogue::{self, Offer},
        files::{self, Attachment, File, Sender},
        merchants::{self, Shop},
        orders::LineDetail,
        policy,
        threads::{self, messages::ClientId},
        visits::Visit,
    },
    error::{Error, Result},
    i18n::{Lang, Words, key},
    ids::{FileId, LineId, VariantId},
    store::Conn,
    web::{gate, limits, media::attachments, page as answer, problem, uploads},
};
use offer::Choosing;

/// The screens, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    #[default]
    Item,
    Reason,
    /// Only where the reason asks for them.
    Photos,
    Variant,
    Confirm,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Reason => "reason",
            Self::Photos => "photos",
            Self::Variant => "variant",
            Self::Confirm => "confirm",
        }
    }
}

/// What was answered so far. An answer that is none counts as not given.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Answers {
    #[serde(default)]
    step: Step,
    line: Option<String>,
    reason: Option<String>,
    words: Option<String>,
    variant: Option<String>,
    quantity: Option<String>,
    /// The ids of photos that wait for the request, with commas between; empty when none was wanted.
    photos: Option<String>,
    /// What they show; kept with the photos, not in the address.
    alt: Option<String>,
    client_id: Option<String>,
}

impl Answers {
    fn line(&self) -> Option<LineId> {
        self.line.as_deref()?.parse().ok()
    }

    fn reason(&self) -> Option<Reason> {
        self.reason.as_deref()?.parse().ok()
    }

    fn variant(&self) -> Option<VariantId> {
        self.variant.as_deref()?.parse().ok()
    }

    fn quantity(&self) -> i32 {
        self.quantity.as_deref().and_then(|text| text.parse().ok()).filter(|pieces| *pieces > 0).unwrap_or(1)
    }

    fn photos(&self) -> Vec<FileId> {
        let named = self.photos.iter().flat_map(|named| named.split(','));
        named.filter_map(|id| id.parse().ok()).take(files::MAX_FILES).collect()
    }

    fn asks_for_photo(&self, shop: &Shop) -> bool {
        self.reason().is_some_and(|reason| shop.exchange_rules.0.asks_for_photo(reason))
    }

    fn needs_photo(&self, shop: &Shop) -> bool {
        self.reason().is_some_and(|reason| shop.exchange_rules.0.needs_photo(reason))
    }

    fn words(&self) -> &str {
        self.words.as_deref().unwrap_or_default()
    }

    /// The answers as fields, without those a screen asks for itself.
    fn kept(&self, step: Step, without: &[&str]) -> Vec<(String, String)> {
        let all = [
            ("step", Some(step.name().to_owned())),
            ("line", self.line.clone()),
            ("reason", self.reason.clone()),
            ("words", self.words.clone().filter(|words| !words.is_empty())),
            ("variant", self.variant.clone()),
            ("quantity", self.quantity.clone()),
            ("photos", self.photos.clone()),
        ];
        let given = all.into_iter().filter(|(name, _)| !without.contains(name));
        given.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// The same as a query string.
    fn query(&self, step: Step) -> String {
        let fields = self.kept(step, &[]);
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", percent_encoded(value)));
        format!("?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}

/// A value as it stands in a query string: letters, digits and `-_.~` as they are, every other byte as `%XX`.
fn percent_encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    value.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Until when something can be exchanged; none where nothing can. While nothing was sent the days have not begun, so no
/// day is named.
pub(super) fn until(t: &Words, seen: &Seen) -> Option<String> {
    let last = last_day(t, seen)?;
    Some(match seen.order.shipments.is_empty() {
        true => t.count("exchange-within", (last - t.now()).num_days()),
        false => t.one("exchange-until", "day", t.day_month(&last)),
    })
}

/// The last day on which anything can be exchanged; none when nothing can.
pub(super) fn last_day(t: &Words, seen: &Seen) -> Option<DateTime<Utc>> {
    let busy = |line: &LineDetail| seen.in_cases.get(&line.line.id).copied().unwrap_or(0);
    policy::last_day(&seen.order, busy, &seen.shop.terms(), t.now())
}

/// The thread with what its line can be exchanged for.
struct Asked {
    seen: Seen,
    offers: Vec<Offer>,
    photos: Vec<File>,
}

fn ask(conn: &mut Conn, visit: &Visit, line: Option<LineId>, photos: &[FileId]) -> Result<Asked> {
    let seen = seen::after(conn, visit, 0)?;
    let photos = files::waiting_of(conn, visit, photos)?;
    let chosen = seen.order.lines.iter().find(|detail| Some(detail.line.id) == line);
    let offers = match chosen.and_then(|detail| detail.product.as_ref()) {
        Some(product) => catalogue::offers(conn, visit.merchant_id, product.id)?,
        None => Vec::new(),
    };
    Ok(Asked { seen, offers, photos })
}

/// What stands above a screen that comes again.
#[derive(Debug, Clone, Default)]
struct Said {
    /// What is wrong with the answers.
    error: Option<String>,
    /// That the pieces have just gone.
    gone: Option<String>,
}

/// `GET /t/{thread}/exchange`: the first question that is not answered, or one that was and is asked for again.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(
    app: web::Data<App>,
    gate: gate::Shopper,
    answers: web::Query<Answers>,
) -> Result<HttpResponse> {
    screen(&app, gate, answers.into_inner(), Said::default(), StatusCode::OK).await
}

async fn screen(
    app: &App,
    gate: gate::Shopper,
    answers: Answers,
    mut said: Said,
    status: StatusCode,
) -> Result<HttpResponse> {
    let (visit, line, address) = (gate.visit.clone(), answers.line(), gate.visit.address());
    let named = answers.photos();
    let Asked { seen, offers, photos } = app.read(move |conn| ask(conn, &visit, line, &named)).await?;
    let lang = gate.chosen.unwrap_or_else(|| seen.thread.lang());
    let counter = Counter::new(app, seen.shop.clone(), lang, address);
    let t = &counter.t;
    let Some(choosing) = Choosing::of(&counter, &seen, &offers, &answers) else {
        if answers.step > Step::Item && said.error.is_none() {
            said.error =
                Some(steps::refusal(&counter, &seen, &answers).unwrap_or_else(|| t.get("exchange-which-first")));
        }
        return Ok(answer::html(&steps::item(&counter, &seen, &answers, said.error), status));
    };
    let step = match answers.step {
        Step::Photos | Step::Variant | Step::Confirm if answers.reason().is_none() => {
            said.error = Some(t.get("exchange-why-first"));
            Step::Reason
        }
        Step::Variant if answers.asks_for_photo(&seen.shop) && answers.photos.is_none() => Step::Photos,
        Step::Photos if !answers.asks_for_photo(&seen.shop) => Step::Variant,
        Step::Confirm if choosing.blocked(t).is_some() => Step::Variant,
        step => step,
    };
    Ok(match step {
        Step::Item => answer::html(&steps::item(&counter, &seen, &answers, said.error), status),
        Step::Reason => answer::html(&steps::reason(&counter, &answers, said.error), status),
        Step::Photos => answer::talk(&steps::photos(&counter, &answers, &photos, said.error), status),
        Step::Variant => {
            let gone = said.gone.or(said.error);
            answer::html(&steps::variant(&counter, &choosing, &answers, gone), status)
        }
        Step::Confirm => answer::html(&steps::confirm(&counter, &choosing, &answers, &photos, said.error), status),
    })
}

/// `POST /t/{thread}/exchange/photos`: takes photos of what is wrong and goes on.
///
/// # Errors
/// When what was sent cannot be read.
pub(super) async fn photos(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    limits::take(&req, limits::Kind::Write, &address.to_string())?;
    let received = uploads::form(&req, payload, Sender::shopper(&gate.visit)).await?;
    let field = |name: &str| received.field(name).map(str::to_owned);
    let alt = field("alt").unwrap_or_default();
    let shown: Vec<FileId> =
        attachments(&received.fields, &received.files).iter().map(|named| named.file).take(files::MAX_FILES).collect();
    let named: Vec<String> = shown.iter().map(ToString::to_string).collect();
    let answers = Answers {
        step: Step::Photos,
        line: field("line"),
        reason: field("reason"),
        words: field("words"),
        variant: field("variant"),
        quantity: field("quantity"),
        photos: Some(named.join(",")),
        alt: field("alt"),
        client_id: None,
    };
    let visit = gate.visit.clone();
    if !alt.trim().is_empty() {
        app.write(move |tx| shown.iter().try_for_each(|id| files::describe(tx, &visit, *id, &alt))).await?;
    }
    let none = named.is_empty() && answers.needs_photo(&shop_of(&app, &gate).await?.1);
    let error = match received.refused.is_empty() {
        true if none => Error::conflict(key("policy-photo-needed")),
        true => return Ok(see(&format!("/t/{address}/exchange{}", answers.query(Step::Variant)))),
        false => Error::Invalid(received.refused),
    };
    let words = in_words(&app, &gate, &error).await?;
    let said = Said { error: Some(words), gone: None };
    screen(&app, gate, answers, said, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /t/{thread}/exchanges`: makes the request. When it cannot be made, the screen that can mend it says why.
///
/// # Errors
/// When asked too often.
pub(super) async fn request(
    req: HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
    form: web::Form<Answers>,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    limits::take(&req, limits::Kind::Write, &address.to_string())?;
    let answers = Answers { step: Step::Confirm, ..form.into_inner() };
    let (Some(line), Some(reason), Some(to)) = (answers.line(), answers.reason(), answers.variant()) else {
        return screen(&app, gate, answers, Said::default(), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let client_id = ClientId::parse("client_id", answers.client_id.as_deref().unwrap_or_default());
    let wish = ExchangeRequest {
        line,
        to,
        quantity: answers.quantity(),
        reason,
        words: answers.words().to_owned(),
        client_id: client_id.unwrap_or_else(|_| ClientId::fresh()),
    };
    let (visit, named) = (gate.visit.clone(), answers.photos());
    let made = app.write(move |tx| {
        let shop = threads::of_merchant(tx, visit.merchant_id, visit.thread_id)?.shop_id;
        let asks = merchants::shop(tx, visit.merchant_id, shop)?.exchange_rules.0.asks_for_photo(reason);
        let named = if asks { named.as_slice() } else { &[] };
        // One that was swept meanwhile is no reason to lose the request.
        let waiting = files::waiting_of(tx, &visit, named)?;
        let photos = waiting.iter().map(|file| Attachment::new(file.id, &file.alt)).collect();
        cases::request_showing(tx, &visit, &wish, photos)
    });
    match made.await {
        Ok(case) => Ok(see(&format!("/t/{address}/cases/{}", case.id))),
        Err(error @ (Error::Conflict(_) | Error::Invalid(_))) => refuse(&app, gate, answers, &error).await,
        Err(error) => Err(error),
    }
}

/// What is wrong, in this reader's words.
async fn in_words(app: &App, gate: &gate::Shopper, error: &Error) -> Result<String> {
    let (locale, shop) = shop_of(app, gate).await?;
    Ok(problem::in_words(error, &shop.words(shop.speaks(gate.chosen.unwrap_or(locale)), app.now())))
}

/// The shop, and the language of the thread.
async fn shop_of(app: &App, gate: &gate::Shopper) -> Result<(Lang, Shop)> {
    let visit = gate.visit.clone();
    app.read(move |conn| {
        let thread = threads::of_merchant(conn, visit.merchant_id, visit.thread_id)?;
        Ok((thread.lang(), merchants::shop(conn, visit.merchant_id, thread.shop_id)?))
    })
    .await
}

async fn refuse(app: &App, gate: gate::Shopper, answers: Answers, error: &Error) -> Result<HttpResponse> {
    let words = Some(in_words(app, &gate, error).await?);
    let (gone, unseen) = match error {
        Error::Conflict(says) => (says.key == key("error-stock-gone"), says.key == key("policy-photo-needed")),
        _ => (false, false),
    };
    let step = match (gone, unseen) {
        (true, _) => Step::Variant,
        (_, true) => Step::Photos,
        _ => Step::Confirm,
    };
    let said = if gone { Said { gone: words, error: None } } else { Said { error: words, gone: None } };
    screen(app, gate, Answers { step, ..answers }, said, error.status_code()).await
}

#[cfg(test)]
mod tests;
