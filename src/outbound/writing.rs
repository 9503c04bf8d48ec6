//! What a delivery becomes when it is sent: the letter of this moment, from what is known now. Nothing of it is stored
//! before, so a letter never carries a name or an order that was erased meanwhile.

mod people;

use super::{
    email::Envelope,
    letters::{CaseNews, CaseUpdate, Code, Head, Item, Reply, ThreadOpen, Written},
};
use crate::{
    app::App,
    domain::{
        agents,
        cases::{
            self, Case, CaseKind, CaseState,
            proposing::{self, Proposal},
        },
        catalogue, challenges,
        deliveries::{self, Delivery, Letter},
        events::ActorKind,
        merchants::{self, Shop},
        orders::{self, OrderDetail},
        reservations,
        shoppers::{self, Shopper},
        threads::{
            self, Thread,
            messages::{self, Audience, Message},
        },
        visits,
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::{ChallengeAddress, ThreadId},
    store::Conn,
};

/// Messages that one letter can gather.
const GATHERED: i64 = 50;

/// A letter and where it goes; none when it is no longer worth sending.
pub type Ready = Option<(Envelope, Written)>;

/// Writes a delivery's letter.
///
/// # Errors
/// When the database fails.
pub fn write(app: &App, conn: &mut Conn, delivery: &Delivery) -> Result<Ready> {
    let Some(thread) = delivery.thread_id else { return people::write(app, conn, delivery) };
    let thread = threads::of_merchant(conn, delivery.merchant_id, thread)?;
    let Some(scene) = Scene::of(app, conn, &thread)? else { return Ok(None) };
    let written = match &delivery.payload.0 {
        Letter::ThreadOpen => Some(thread_open(&scene)?),
        Letter::Reply => reply(conn, &scene, delivery, thread.id)?,
        Letter::Case { case } => Some(case_update(conn, &scene, *case)?),
        Letter::Code { challenge } => {
            let challenge = challenges::find(conn, ChallengeAddress::new(delivery.merchant_id, *challenge))?;
            let head = scene.head_in(scene.shop.words(challenge.lang(), app.now()));
            match challenge.is_over(app.now()) {
                true => None,
                false => {
                    Some(Code { head, code: challenge.code(&app.keys), minutes: 10 }.write().map_err(Error::internal)?)
                }
            }
        }
        Letter::Invitation { .. }
        | Letter::NewPassword { .. }
        | Letter::NewAddress { .. }
        | Letter::AddressMoved { .. } => return people::write(app, conn, delivery),
    };
    Ok(written.map(|written| (scene.envelope(), written)))
}

/// What every letter of a thread needs.
struct Scene {
    t: Words,
    thread: Thread,
    shop: Shop,
    shopper: Shopper,
    email: String,
    order: Option<OrderDetail>,
    link: String,
    base: String,
}

impl Scene {
    /// None when nobody can be written to.
    fn of(app: &App, conn: &mut Conn, thread: &Thread) -> Result<Option<Self>> {
        let Some(id) = thread.shopper_id else { return Ok(None) };
        let shopper = shoppers::find(conn, thread.merchant_id, id)?;
        let order = thread.order_id.map(|order| orders::detail(conn, thread.merchant_id, order)).transpose()?;
        let own = order.as_ref().and_then(|detail| detail.order.email.clone());
        let Some(email) = own.or_else(|| shopper.email.clone()) else { return Ok(None) };
        let shop = merchants::shop(conn, thread.merchant_id, thread.shop_id)?;
        let token = visits::link_token(&app.keys, thread, app.now());
        Ok(Some(Self {
            t: shop.words(thread.lang(), app.now()),
            thread: thread.clone(),
            shop,
            shopper,
            email,
            order,
            link: format!("{}/t#{token}", app.base),
            base: app.base.to_string(),
        }))
    }

    fn head(&self) -> Head {
        self.head_in(self.t)
    }

    fn head_in(&self, t: Words) -> Head {
        let number = self.order.as_ref().map(|detail| detail.order.bare_number().to_owned());
        Head::new(t, &self.shop.name, &self.shop.accent, number, None)
    }

    fn envelope(&self) -> Envelope {
        Envelope {
            from_name: self.shop.name.clone(),
            from: self.shop.email.clone(),
            to_name: self.shopper.name.clone(),
            to: self.email.clone(),
        }
    }

    /// Pictures in a letter are whole addresses of ours, and PNG or JPEG: readers of mail draw nothing else.
    fn picture(&self, picture: Option<&str>) -> Option<String> {
        let drawn = |path: &&str| path.starts_with("/static/") && !path.ends_with(".svg");
        picture.filter(drawn).map(|path| format!("{}{path}", self.base))
    }
}

fn thread_open(scene: &Scene) -> Result<Written> {
    let lines = scene.order.iter().flat_map(|detail| &detail.lines);
    let items = lines.map(|detail| Item {
        picture: scene.picture(detail.picture()),
        title: detail.line.title.clone(),
        options: detail.options_line(),
        quantity: u32::try_from(detail.line.quantity).unwrap_or(1),
    });
    let letter = ThreadOpen { head: scene.head(), items: items.collect(), link: scene.link.clone() };
    letter.write().map_err(Error::internal)
}

/// Everything that was answered since the last letter, in one; none when a later answer will carry it.
fn reply(conn: &mut Conn, scene: &Scene, delivery: &Delivery, thread: ThreadId) -> Result<Option<Written>> {
    let since = deliveries::last_mailed(conn, delivery.merchant_id, thread)?;
    let all = messages::since(conn, &scene.thread, Audience::Shopper, 0, GATHERED)?;
    let of_the_shop = |message: &&Message| message.author != ActorKind::Shopper;
    let answers: Vec<&Message> = all.iter().filter(of_the_shop).filter(|message| message.seq > since).collect();
    let Some(newest) = answers.last() else { return Ok(None) };
    if newest.seq > delivery.seq {
        return Ok(None);
    }
    let agent = match (newest.author, newest.author_id) {
        (ActorKind::Agent, Some(id)) => first_name(&agents::find(conn, scene.thread.merchant_id, id)?.name),
        _ => scene.shop.name.clone(),
    };
    let first = answers.first().map_or(newest.seq, |message| message.seq);
    let before = all.iter().rfind(|message| message.author == ActorKind::Shopper && message.seq < first);
    let text = answers.iter().map(|message| message.alt.as_str()).collect::<Vec<_>>().join("\n\n");
    let letter = Reply {
        head: scene.head(),
        agent,
        text,
        lang: None,
        when: scene.t.when(&newest.created_at.utc()),
        before: before.map(|message| message.alt.clone()),
        link: scene.link.clone(),
    };
    Ok(Some(letter.write().map_err(Error::internal)?))
}

/// `Inès` of `Inès Marchand`.
pub fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

fn case_update(conn: &mut Conn, scene: &Scene, case: crate::ids::CaseId) -> Result<Written> {
    let case = cases::of_merchant(conn, scene.thread.merchant_id, case)?;
    let offer = match case.state {
        CaseState::Proposed => proposing::of_case(conn, case.merchant_id, case.id)?,
        _ => None,
    };
    let shown = offer.as_ref().map_or(case.to_variant_id, |offer| offer.variant_id);
    let (product, to) = catalogue::variant(conn, scene.thread.merchant_id, shown)?;
    let line = scene.order.iter().flat_map(|detail| &detail.lines).find(|detail| detail.line.id == case.line_id);
    let quantity = u32::try_from(case.quantity).unwrap_or(1);
    let from = line.map(|detail| Item {
        picture: scene.picture(detail.picture()),
        title: detail.line.title.clone(),
        options: detail.options_line(),
        quantity,
    });
    let to = Item {
        picture: scene.picture(to.picture.as_deref().or(product.picture.as_deref())),
        title: product.title,
        options: to.options_line(),
        quantity,
    };
    let due = (case.state == CaseState::Approved && case.difference > 0).then(|| scene.t.money(&case.difference()));
    let next = match case.state {
        CaseState::Approved => Some(scene.t.get(key("mail-next-approved"))),
        CaseState::Expired => Some(scene.t.get(key("mail-next-expired"))),
        CaseState::Proposed => Some(offered(conn, scene, &case, offer.as_ref())?),
        _ => None,
    };
    let letter = CaseUpdate {
        head: scene.head(),
        news: news_of(case.state),
        exchange: case.kind == CaseKind::Exchange,
        from,
        to: Some(to),
        reason: case.decline_reason.clone(),
        next,
        due,
        link: scene.link.clone(),
    };
    letter.write().map_err(Error::internal)
}

/// What an offer asks of the shopper, until when, and what it costs.
fn offered(conn: &mut Conn, scene: &Scene, case: &Case, offer: Option<&Proposal>) -> Result<String> {
    let t = &scene.t;
    let until = reservations::held_until(conn, case.merchant_id, case.id)?.map(|at| t.when(&at.utc()));
    let difference = offer.map_or_else(|| case.difference(), |offer| offer.difference(case));
    let amount = t.money(&difference.abs());
    let until = until.unwrap_or_default();
    Ok(match difference.minor() {
        0 => t.one("mail-next-proposed", "until", until),
        1.. => t.two("mail-next-proposed-pay", "until", until, "amount", amount),
        _ => t.two("mail-next-proposed-get", "until", until, "amount", amount),
    })
}

fn news_of(state: CaseState) -> CaseNews {
    match state {
        CaseState::Proposed => CaseNews::Proposed,
        CaseState::Submitted | CaseState::Countered => CaseNews::Received,
        CaseState::Approved => CaseNews::Approved,
        CaseState::Declined => CaseNews::Declined,
        CaseState::Cancelled => CaseNews::Cancelled,
        CaseState::Expired => CaseNews::Expired,
        CaseState::Completed => CaseNews::Completed,
    }
}
