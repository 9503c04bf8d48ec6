//! What a delivery becomes when it is sent: the letter of this moment, from what is known now. Nothing of it is stored
//! before, so a letter never carries a name or an order that was erased meanwhile.

mod answers;
mod people;
mod waiting;

use super::{
    email::Envelope,
    letters::{CaseNews, CaseUpdate, Code, Head, Item, Link, Swap, ThreadOpen, Written},
};
use crate::{
    app::App,
    domain::{
        cases::{
            self, Case, CaseKind, CaseState,
            proposing::{self, Proposal},
        },
        catalogue, challenges,
        deliveries::{Delivery, Letter},
        merchants::{self, Shop},
        normal::ShipmentStatus,
        orders::{self, OrderDetail},
        reservations,
        shoppers::{self, Shopper},
        threads::{
            self, Thread,
            mailing::{self, Mailing, Refusal},
        },
        visits,
    },
    error::{Error, Result},
    i18n::{Words, key},
    ids::ChallengeAddress,
    store::Conn,
};

/// What became of writing a letter.
pub enum Ready {
    /// The letter and where it goes.
    Letter(Box<(Envelope, Written)>),
    /// No longer worth sending.
    Dropped,
    /// Not yet.
    Later(chrono::Duration),
    /// The address is known to refuse letters.
    Refused(Refusal),
}

/// Writes a delivery's letter.
///
/// # Errors
/// When the database fails.
pub fn write(app: &App, conn: &mut Conn, delivery: &Delivery) -> Result<Ready> {
    let Some(thread) = delivery.thread_id else { return people::write(app, conn, delivery) };
    let thread = threads::of_merchant(conn, delivery.merchant_id, thread)?;
    let letter = &delivery.payload.0;
    if *letter == Letter::Waiting {
        return waiting::write(app, conn, &thread, delivery);
    }
    let Some(scene) = Scene::of(app, conn, &thread)? else { return Ok(Ready::Dropped) };
    // What somebody asks for is tried even so.
    if let Some(why) = scene.mailing.refused.filter(|_| letter.tells_shopper()) {
        return Ok(Ready::Refused(why));
    }
    let mut envelope = scene.envelope(app);
    let written = match letter {
        Letter::ThreadOpen => thread_open(&scene)?,
        Letter::Case { case } => case_update(conn, &scene, *case)?,
        Letter::Link => Link { head: scene.head(), link: scene.link.clone() }.write().map_err(Error::internal)?,
        Letter::Reply => {
            let Some(answered) = answers::write(conn, &scene, delivery)? else { return Ok(Ready::Dropped) };
            envelope.automatic = !answered.by_a_person;
            answered.written
        }
        Letter::Code { challenge } => {
            let challenge = challenges::find(conn, ChallengeAddress::new(delivery.merchant_id, *challenge))?;
            if challenge.is_over(app.now()) {
                return Ok(Ready::Dropped);
            }
            let head = scene.head_in(scene.shop.words(scene.shop.speaks(challenge.lang()), app.now()));
            Code { head, code: challenge.code(&app.keys), minutes: 10 }.write().map_err(Error::internal)?
        }
        Letter::Waiting => return Ok(Ready::Dropped),
        Letter::Invitation { .. }
        | Letter::NewPassword { .. }
        | Letter::NewAddress { .. }
        | Letter::AddressMoved { .. } => return people::write(app, conn, delivery),
    };
    Ok(Ready::Letter(Box::new((envelope, written))))
}

/// What every letter of a thread needs.
struct Scene {
    t: Words,
    thread: Thread,
    shop: Shop,
    shopper: Shopper,
    email: String,
    mailing: Mailing,
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
        let mailing = mailing::of(conn, thread)?;
        let Some(email) = mailing.address.clone() else { return Ok(None) };
        let shop = merchants::shop(conn, thread.merchant_id, thread.shop_id)?;
        let token = visits::link_token(&app.keys, thread, app.now());
        Ok(Some(Self {
            t: shop.words(shop.speaks(thread.lang()), app.now()),
            thread: thread.clone(),
            shop,
            shopper,
            email,
            mailing,
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
        let standing = self.order.as_ref().and_then(standing).map(|words| t.get(words));
        Head::new(t, &self.shop.name, &self.shop.accent, number, standing).of_shop(&self.shop)
    }

    fn envelope(&self, app: &App) -> Envelope {
        Envelope {
            to_name: self.shopper.name.clone(),
            thread: Some(self.thread.id),
            ..from_shop(app, &self.shop, self.email.clone())
        }
    }

    /// Pictures in a letter are whole addresses of ours, and PNG or JPEG: readers of mail draw nothing else.
    fn picture(&self, picture: Option<&str>) -> Option<String> {
        let drawn = |path: &&str| path.starts_with("/static/") && !path.ends_with(".svg");
        picture.filter(drawn).map(|path| format!("{}{path}", self.base))
    }
}

/// An envelope of the shop: answers go to its own address, also where the letter has to come from another.
fn from_shop(app: &App, shop: &Shop, to: String) -> Envelope {
    Envelope {
        from_name: shop.name.clone(),
        from: app.mail_from.clone().unwrap_or_else(|| shop.email.clone()),
        reply_to: Some(shop.email.clone()),
        to_name: None,
        to,
        thread: None,
        automatic: true,
        at: app.now(),
    }
}

/// Where an order stands, when one phrase says it for all of its parcels.
fn standing(detail: &OrderDetail) -> Option<&'static str> {
    use ShipmentStatus as S;
    if detail.order.cancelled_at.is_some() {
        return Some(key("mail-standing-cancelled"));
    }
    let phrase = |status| match status {
        S::LabelCreated => Some(key("mail-standing-packed")),
        S::Accepted | S::InTransit | S::Customs => Some(key("mail-standing-on-its-way")),
        S::OutForDelivery => Some(key("mail-standing-out-for-delivery")),
        S::AvailableForPickup => Some(key("mail-standing-for-pickup")),
        S::Delivered => Some(key("mail-standing-delivered")),
        _ => None,
    };
    let mut phrases = detail.shipments.iter().map(|parcel| phrase(parcel.status));
    let first = phrases.next()??;
    phrases.all(|other| other == Some(first)).then_some(first)
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

fn case_update(conn: &mut Conn, scene: &Scene, case: crate::ids::CaseId) -> Result<Written> {
    let case = cases::of_merchant(conn, scene.thread.merchant_id, case)?;
    let offer = offer_of(conn, &case)?;
    let due = (case.state == CaseState::Approved && case.difference > 0).then(|| scene.t.money(&case.difference()));
    let next = match case.state {
        CaseState::Approved => Some(scene.t.get(key("mail-next-approved"))),
        CaseState::Expired => Some(scene.t.get(key("mail-next-expired"))),
        CaseState::Proposed => Some(offered(conn, scene, &case, offer.as_ref())?),
        _ => None,
    };
    let letter = CaseUpdate {
        head: scene.head(),
        swap: swap(conn, scene, &case, offer.as_ref())?,
        reason: case.decline_reason.clone(),
        next,
        due,
        link: scene.link.clone(),
    };
    letter.write().map_err(Error::internal)
}

fn offer_of(conn: &mut Conn, case: &Case) -> Result<Option<Proposal>> {
    match case.state {
        CaseState::Proposed => proposing::of_case(conn, case.merchant_id, case.id),
        _ => Ok(None),
    }
}

/// The newest request of the thread that is not over.
fn under_way(conn: &mut Conn, scene: &Scene) -> Result<Option<Swap>> {
    let all = cases::of_thread(conn, scene.thread.merchant_id, scene.thread.id)?;
    let open = |case: &&Case| {
        matches!(case.state, CaseState::Submitted | CaseState::Proposed | CaseState::Countered | CaseState::Approved)
    };
    let Some(case) = all.iter().filter(open).max_by_key(|case| case.requested_at) else { return Ok(None) };
    let offer = offer_of(conn, case)?;
    swap(conn, scene, case, offer.as_ref()).map(Some)
}

/// What is swapped for what; for an offer, what is offered.
fn swap(conn: &mut Conn, scene: &Scene, case: &Case, offer: Option<&Proposal>) -> Result<Swap> {
    let shown = offer.map_or(case.to_variant_id, |offer| offer.variant_id);
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
    Ok(Swap { news: news_of(case.state), exchange: case.kind == CaseKind::Exchange, from, to })
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
