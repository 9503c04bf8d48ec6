//! News becomes an order. Any order of arrival of any repeats ends in the same state: newer `updated_at` wins; of equal
//! times the body's hash decides, except for what only grows (paid, fulfilled, refunded, cancelled), which is merged.
//! The thread opens as soon as any news says that the order is real, and stays.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{Order, Source, number_key, refunds};
use crate::{
    domain::{
        deliveries::{self, Letter},
        erasures,
        events::{Actor, Change, announce},
        merchants,
        money::Currency,
        normal::{FulfilmentState, LineNews, OrderKind, OrderNews, PaymentState, is_real},
        search::documents,
        shipments, shoppers,
        threads::{self, Opening},
    },
    error::{Error, Result},
    ids::{LineId, MerchantId, OrderId, ShopperId},
    q, secrets,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{order_lines, orders},
    },
};

/// How news compares with what was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Older than what is known: only what it adds for good counts.
    Older,
    /// Of the same moment. `leads`: its hash decides for it.
    SameMoment {
        leads: bool,
    },
    Newer,
}

/// Takes the full state of an order: writes it down, opens its thread when it is real, and says what happened.
///
/// # Errors
/// When the database fails.
pub fn place(tx: &mut Tx<'_>, source: &Source, news: &OrderNews) -> Result<OrderId> {
    let before = locked(tx, source, &news.external_id)?;
    let erased = erasures::covering(tx, source, &before, news)?;
    let anonymous = erased.map(|_| news.anonymous());
    let news = anonymous.as_ref().unwrap_or(news);
    let (id, hash) = (before.id, hash_of(news));
    let told = if before.stub {
        Told::Newer
    } else {
        compare((before.told_at, &before.told_hash), (At::new(news.updated_at), &hash))
    };
    // Old news may still be the newest word about the person it names.
    let shopper = match erased {
        Some(shopper) => Some(shopper),
        None => shoppers::named_by(tx, source.merchant, &news.customer, news.updated_at)?,
    };
    match told {
        Told::Older => {}
        Told::Newer => {
            describe(tx, source, id, news, shopper, &hash)?;
            set_growing(tx, source.merchant, id, &Growing::of(news))?;
        }
        Told::SameMoment { leads } => {
            if leads {
                describe(tx, source, id, news, shopper, &hash)?;
            }
            set_growing(tx, source.merchant, id, &Growing::of(news).merged(&before))?;
        }
    }
    if erased.is_some() && before.erased_at.is_none() {
        erasures::mark_order(tx, source.merchant, id)?;
    }
    write_lines(tx, source.merchant, id, &news.lines, told)?;
    for refund in &news.refunds {
        refunds::write(tx, source.merchant, id, refund)?;
    }
    refunds::add_up(tx, source.merchant, id)?;
    tell(tx, source, news, &before, told != Told::Older && before.told_hash != hash)?;
    for shipment in &news.shipments {
        shipments::take(tx, source, id, shipment)?;
    }
    documents::refresh_order(tx, source.merchant, id)?;
    Ok(id)
}

/// Opens the thread, or says in it what changed.
fn tell(tx: &mut Tx<'_>, source: &Source, news: &OrderNews, before: &Order, changed: bool) -> Result<()> {
    let id = before.id;
    let Some(thread) = threads::of_order(tx, source.merchant, id)? else {
        return if is_real(news) { open_thread(tx, source, id) } else { Ok(()) };
    };
    let order = by_id(tx, source.merchant, id)?;
    if thread.shopper_id != order.shopper_id {
        let locale = locale(tx, source, &order)?;
        threads::set_shopper(tx, &thread, order.shopper_id, &locale)?;
    }
    if order.email != before.email {
        threads::mailing::renamed(tx, &thread)?;
    }
    if order.cancelled_at.is_some() && before.cancelled_at.is_none() {
        announce(tx, &thread, Actor::System, Change::OrderCancelled { order: id })?;
    } else if changed {
        announce(tx, &thread, Actor::System, Change::OrderUpdated { order: id })?;
    }
    Ok(())
}

fn open_thread(tx: &mut Tx<'_>, source: &Source, id: OrderId) -> Result<()> {
    let order = by_id(tx, source.merchant, id)?;
    let opening = Opening {
        merchant: source.merchant,
        shop: source.shop,
        order: id,
        shopper: order.shopper_id,
        locale: locale(tx, source, &order)?,
    };
    let thread = threads::open(tx, opening)?;
    let seq = announce(tx, &thread, Actor::System, Change::OrderPlaced { order: id })?;
    let live = source.live_since.is_some_and(|since| order.placed_at.utc() >= since);
    let shop = merchants::shop(tx, source.merchant, source.shop)?;
    if live && shop.mail_on_order && order.email.is_some() {
        deliveries::post(tx, source.merchant, thread.id, seq, Letter::ThreadOpen, chrono::Duration::zero())?;
    }
    if order.cancelled_at.is_some() {
        announce(tx, &thread, Actor::System, Change::OrderCancelled { order: id })?;
    }
    Ok(())
}

/// The language the thread speaks: the shopper's, else the shop's.
fn locale(tx: &mut Tx<'_>, source: &Source, order: &Order) -> Result<String> {
    let own = match order.shopper_id {
        Some(shopper) => shoppers::find(tx, source.merchant, shopper)?.locale,
        None => None,
    };
    let lang = own.and_then(|locale| locale.parse::<crate::i18n::Lang>().ok());
    Ok(match lang {
        Some(lang) => lang.code().to_owned(),
        None => merchants::shop(tx, source.merchant, source.shop)?.lang().code().to_owned(),
    })
}

fn compare(known: (At, &str), news: (At, &str)) -> Told {
    match news.0.cmp(&known.0) {
        std::cmp::Ordering::Less => Told::Older,
        std::cmp::Ordering::Equal => Told::SameMoment { leads: news.1 > known.1 },
        std::cmp::Ordering::Greater => Told::Newer,
    }
}

/// What only ever grows, merged between news of the same moment.
struct Growing {
    payment: PaymentState,
    fulfilment: FulfilmentState,
    refunded: i64,
    cancelled_at: Option<At>,
}

impl Growing {
    fn of(news: &OrderNews) -> Self {
        Self {
            payment: news.payment,
            fulfilment: news.fulfilment,
            refunded: news.refunded.minor(),
            cancelled_at: news.cancelled_at.map(At::new),
        }
    }

    fn merged(self, order: &Order) -> Self {
        Self {
            payment: self.payment.further(order.payment_state),
            fulfilment: self.fulfilment.max(order.fulfilment_state),
            refunded: self.refunded.max(order.told_refunded),
            cancelled_at: [self.cancelled_at, order.cancelled_at].into_iter().flatten().min(),
        }
    }
}

impl PaymentState {
    /// The one that lies further along of two told for the same moment.
    fn further(self, other: Self) -> Self {
        let rank = |state| match state {
            Self::Failed => 0,
            Self::Pending => 1,
            Self::Authorized => 2,
            Self::PartiallyPaid => 3,
            Self::Paid => 4,
            Self::PartiallyRefunded => 5,
            Self::Refunded => 6,
            Self::Voided => 7,
        };
        if rank(self) >= rank(other) { self } else { other }
    }
}

fn set_growing(tx: &mut Tx<'_>, merchant: MerchantId, id: OrderId, growing: &Growing) -> Result<()> {
    let row = orders::table.find((merchant, id));
    let set = (
        orders::payment_state.eq(growing.payment),
        orders::fulfilment_state.eq(growing.fulfilment),
        orders::told_refunded.eq(growing.refunded),
        orders::cancelled_at.eq(growing.cancelled_at),
        orders::updated_at.eq(tx.at()),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    Ok(())
}

/// Writes down what an order is, but for what grows.
fn describe(
    tx: &mut Tx<'_>,
    source: &Source,
    id: OrderId,
    news: &OrderNews,
    shopper: Option<ShopperId>,
    hash: &str,
) -> Result<()> {
    let set = (
        (orders::stub.eq(false), orders::number.eq(&news.number), orders::number_key.eq(number_key(&news.number))),
        (orders::kind.eq(news.kind), orders::test.eq(news.test), orders::currency.eq(news.currency)),
        (orders::total.eq(news.total.minor()), orders::discount.eq(news.discount.minor())),
        (orders::shipping.eq(news.shipping.minor()), orders::tax.eq(news.tax.minor())),
        (orders::tax_included.eq(news.tax_included), orders::shopper_id.eq(shopper)),
        (orders::email.eq(&news.customer.email), orders::ship_to.eq(news.ship_to.clone().map(Json))),
        (orders::admin_url.eq(&news.admin_url), orders::placed_at.eq(At::new(news.placed_at))),
        (orders::told_at.eq(At::new(news.updated_at)), orders::told_hash.eq(hash)),
    );
    let row = orders::table.find((source.merchant, id));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    Ok(())
}

/// A line that is gone from the order is marked, not deleted: a case may speak of it, and what it grew to still counts
/// among news of the same moment.
fn write_lines(tx: &mut Tx<'_>, merchant: MerchantId, id: OrderId, news: &[LineNews], told: Told) -> Result<()> {
    let leads = match told {
        Told::Older => return Ok(()),
        Told::Newer => true,
        Told::SameMoment { leads } => leads,
    };
    if leads {
        let all = order_lines::table.filter(order_lines::merchant_id.eq(merchant)).filter(order_lines::order_id.eq(id));
        q!(tx, |c| diesel::update(all).set(order_lines::removed.eq(true)).execute(c))?;
    }
    if told == Told::Newer {
        let all = order_lines::table.filter(order_lines::merchant_id.eq(merchant)).filter(order_lines::order_id.eq(id));
        let none = (order_lines::fulfilled.eq(0), order_lines::refunded.eq(0));
        q!(tx, |c| diesel::update(all).set(none).execute(c))?;
    }
    for (position, line) in news.iter().enumerate() {
        write_line(tx, merchant, id, i32::try_from(position).unwrap_or(i32::MAX), line, leads)?;
    }
    Ok(())
}

fn write_line(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    order: OrderId,
    position: i32,
    line: &LineNews,
    leads: bool,
) -> Result<()> {
    let pieces = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let grown: Option<(i32, i32)> = q!(tx, |c| order_lines::table
        .filter(order_lines::merchant_id.eq(merchant))
        .filter(order_lines::order_id.eq(order))
        .filter(order_lines::external_id.eq(&line.external_id))
        .select((order_lines::fulfilled, order_lines::refunded))
        .first(c)
        .optional())?;
    let (fulfilled, refunded) = grown.unwrap_or((0, 0));
    let growing = (
        order_lines::fulfilled.eq(fulfilled.max(pieces(line.fulfilled))),
        order_lines::refunded.eq(refunded.max(pieces(line.refunded))),
    );
    let described = (
        (
            order_lines::position.eq(position),
            order_lines::product.eq(&line.product),
            order_lines::variant.eq(&line.variant),
        ),
        (order_lines::sku.eq(&line.sku), order_lines::title.eq(&line.title), order_lines::picture.eq(&line.image)),
        (order_lines::options.eq(Json(line.options.clone())), order_lines::custom.eq(Json(line.custom.clone()))),
        (order_lines::quantity.eq(pieces(line.quantity)), order_lines::unit_price.eq(line.unit_price.minor())),
        (order_lines::discount.eq(line.discount.minor()), order_lines::tax.eq(line.tax.minor())),
    );
    let of = || {
        order_lines::table
            .filter(order_lines::merchant_id.eq(merchant))
            .filter(order_lines::order_id.eq(order))
            .filter(order_lines::external_id.eq(&line.external_id))
    };
    if grown.is_none() {
        let key = (
            order_lines::merchant_id.eq(merchant),
            order_lines::order_id.eq(order),
            order_lines::id.eq(LineId::new(tx.now())),
            order_lines::external_id.eq(&line.external_id),
        );
        let row = (key, described, growing, order_lines::removed.eq(!leads));
        q!(tx, |c| diesel::insert_into(order_lines::table).values(row).execute(c))?;
    } else if leads {
        let set = (described, growing, order_lines::removed.eq(false));
        q!(tx, |c| diesel::update(of()).set(set).execute(c))?;
    } else {
        q!(tx, |c| diesel::update(of()).set(growing).execute(c))?;
    }
    Ok(())
}

/// The order of an external id, locked until the change commits: known, or a stub that it completes when it arrives.
/// Of two that hear of an order at once the second waits here for the first.
///
/// # Errors
/// When the database fails.
pub(in crate::domain) fn locked(tx: &mut Tx<'_>, source: &Source, external_id: &str) -> Result<Order> {
    if let Some(known) = known(tx, source, external_id)? {
        return Ok(known);
    }
    stub(tx, source, external_id)?;
    known(tx, source, external_id)?.ok_or(Error::NotFound)
}

fn known(tx: &mut Tx<'_>, source: &Source, external_id: &str) -> Result<Option<Order>> {
    let row = orders::table
        .filter(orders::merchant_id.eq(source.merchant))
        .filter(orders::shop_id.eq(source.shop))
        .filter(orders::source.eq(&source.name))
        .filter(orders::external_id.eq(external_id));
    Ok(match tx.this() {
        Conn::Sqlite(c) => row.select(Order::as_select()).first(&mut **c).optional()?,
        Conn::Postgres(c) => row.select(Order::as_select()).for_no_key_update().first(&mut **c).optional()?,
    })
}

fn by_id(tx: &mut Tx<'_>, merchant: MerchantId, id: OrderId) -> Result<Order> {
    Ok(q!(tx, |c| orders::table.find((merchant, id)).select(Order::as_select()).first(c))?)
}

/// Nothing happens when somebody else was faster.
fn stub(tx: &mut Tx<'_>, source: &Source, external_id: &str) -> Result<()> {
    let (id, now) = (OrderId::new(tx.now()), tx.at());
    let row = (
        (orders::merchant_id.eq(source.merchant), orders::id.eq(id), orders::shop_id.eq(source.shop)),
        (orders::source.eq(&source.name), orders::external_id.eq(external_id), orders::stub.eq(true)),
        (orders::number.eq(""), orders::number_key.eq(""), orders::kind.eq(OrderKind::Goods)),
        (orders::payment_state.eq(PaymentState::Pending), orders::fulfilment_state.eq(FulfilmentState::None)),
        (orders::test.eq(false), orders::currency.eq(Currency::NONE), orders::total.eq(0), orders::discount.eq(0)),
        (orders::shipping.eq(0), orders::tax.eq(0), orders::tax_included.eq(false)),
        (orders::told_refunded.eq(0), orders::refunded.eq(0), orders::told_hash.eq("")),
        (orders::placed_at.eq(now), orders::told_at.eq(now), orders::updated_at.eq(now)),
    );
    q!(tx, |c| diesel::insert_into(orders::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// A fingerprint of what the news says, not of how its bytes were written.
fn hash_of(news: &OrderNews) -> String {
    let digest = Sha256::digest(format!("{news:?}").as_bytes());
    secrets::fingerprint(&digest)
}
