//! What stands beside a conversation: who is writing, what was bought, where it is.

use std::collections::HashMap;

use super::{Desk, Mend};
use crate::{
    domain::{
        connectors::ConnectorKind,
        normal::{PaymentState, ShipmentStatus},
        orders::{LineDetail, OrderDetail},
        policy,
        shipments::Shipment,
        threads::ThreadState,
    },
    i18n::{Words, key},
    ids::LineId,
    web::desk::{
        own_picture,
        reading::{self, Opened},
        view::context::{Context, OrderCard, OrderLine, Parcel, PastOrder, ShopperCard},
    },
};

/// Past orders shown by name.
const PAST: usize = 10;

impl Desk<'_> {
    /// All that is known while answering.
    pub(in crate::web::desk) fn context(&self, opened: &Opened, mend: &Mend) -> Context {
        Context {
            t: self.t,
            here: self.here.clone(),
            thread: opened.thread.id.to_string(),
            decisions: self.decisions(opened, mend),
            cases: self.agreed(opened, mend),
            shopper: opened.shopper.as_ref().map(|_| self.shopper_card(opened)),
            mail: self.mail_card(opened, mend),
            link: Some(opened.link.clone()),
            order: opened.order.as_ref().map(|order| self.order_card(order)),
            exchange: self.exchangeable(opened),
            spam: opened.thread.state == ThreadState::Spam,
            emptied: self.emptied(opened),
            parcels: opened.order.iter().flat_map(|order| &order.shipments).map(|parcel| self.parcel(parcel)).collect(),
        }
    }

    /// Said of what went by itself; of a person who was erased it is said beside their name.
    fn emptied(&self, opened: &Opened) -> Option<String> {
        let gone = opened.shopper.as_ref().is_some_and(|shopper| shopper.erased_at.is_some());
        let at = opened.emptied.filter(|_| !gone)?;
        Some(self.t.one("desk-emptied", "date", self.t.date(&at.utc())))
    }

    /// Where an exchange is begun for the shopper, when the policy lets anything be exchanged.
    fn exchangeable(&self, opened: &Opened) -> Option<String> {
        let order = opened.order.as_ref()?;
        let busy = pieces_in_cases(opened);
        let terms = opened.shop.terms();
        let any = order.lines.iter().any(|line| {
            let in_cases = busy.get(&line.line.id).copied().unwrap_or(0);
            policy::exchange(order, line, in_cases, &terms, self.t.now()).is_allowed()
        });
        any.then(|| format!("/desk/threads/{}/exchange{}", opened.thread.id, self.here.query()))
    }

    fn shopper_card(&self, opened: &Opened) -> ShopperCard {
        ShopperCard {
            person: self.shopper(opened),
            email: opened.mailing.address.clone(),
            data: opened.shopper.as_ref().filter(|_| self.agent.role.keeps()).map(|shopper| shopper.id.to_string()),
            erased: opened
                .shopper
                .as_ref()
                .and_then(|shopper| shopper.erased_at)
                .map(|at| self.t.one("desk-person-erased", "date", self.t.date(&at.utc()))),
            orders: u32::try_from(opened.past.len()).unwrap_or_default() + u32::from(opened.order.is_some()),
            spent: self.spent(opened),
            past: opened.past.iter().filter_map(|detail| self.past(detail)).take(PAST).collect(),
        }
    }

    /// What all orders of the shopper come to; nothing for one alone, for several currencies, or where some are left out.
    fn spent(&self, opened: &Opened) -> Option<String> {
        let whole = i64::try_from(opened.past.len()).is_ok_and(|others| others > 0 && others + 1 < reading::PAST);
        let bought = |detail: &&OrderDetail| detail.order.cancelled_at.is_none() && !detail.order.test;
        let kept = opened.past.iter().chain(opened.order.iter()).filter(bought).filter(|_| whole);
        let mut totals = kept.map(|detail| detail.order.total());
        let first = totals.next()?;
        totals.try_fold(first, |sum, total| sum.plus(total).ok()).map(|sum| self.t.money(&sum))
    }

    fn past(&self, detail: &OrderDetail) -> Option<PastOrder> {
        Some(PastOrder {
            href: self.here.thread(&detail.thread_id?.to_string()),
            number: detail.order.bare_number().to_owned(),
            when: self.t.date_short(&detail.order.placed_at.utc()),
            total: self.t.money(&detail.order.total()),
            picture: own_picture(detail.lines.iter().find_map(LineDetail::picture)),
        })
    }

    fn order_card(&self, detail: &OrderDetail) -> OrderCard {
        let (t, order) = (&self.t, &detail.order);
        let line = |line: &LineDetail| OrderLine {
            picture: own_picture(line.picture()),
            title: line.line.title.clone(),
            options: line.options_line(),
            quantity: u32::try_from(line.line.quantity).unwrap_or_default(),
            price: t.money(&crate::domain::money::Money::from_minor(
                line.line.unit_price * i64::from(line.line.quantity),
                order.currency,
            )),
        };
        let (words, paid) = payment(order.payment_state);
        let system = order.source.split(':').next().and_then(|kind| kind.parse::<ConnectorKind>().ok());
        let admin = order.admin_url.clone().filter(|url| is_web(url));
        OrderCard {
            number: order.bare_number().to_owned(),
            placed: t.date_short(&order.placed_at.utc()),
            lines: detail.lines.iter().map(line).collect(),
            extras: self.extras(detail),
            total: t.money(&order.total()),
            refunded: (!order.refunded().is_zero()).then(|| t.money(&order.refunded())),
            payment: t.get(words),
            paid,
            cancelled: order.cancelled_at.map(|at| t.date_short(&at.utc())),
            admin: admin.zip(system).map(|(url, kind)| (system_name(t, kind), url)),
        }
    }

    fn extras(&self, detail: &OrderDetail) -> Vec<(String, String)> {
        let (t, order) = (&self.t, &detail.order);
        let mut extras = Vec::new();
        if !order.discount().is_zero() {
            extras.push((t.get("desk-discount"), t.one("money-negative", "money", t.money(&order.discount().abs()))));
        }
        if !order.shipping().is_zero() {
            extras.push((t.get("desk-shipping"), t.money(&order.shipping())));
        }
        if !order.tax().is_zero() && !order.tax_included {
            extras.push((t.get("desk-tax"), t.money(&order.tax())));
        }
        extras
    }

    fn parcel(&self, parcel: &Shipment) -> Parcel {
        use ShipmentStatus as S;
        let t = &self.t;
        let (done, still) = way(parcel.status);
        let wrong = [S::AttemptFailed, S::Delayed, S::Exception, S::Expired, S::Lost, S::Returning, S::Returned];
        let expected = parcel.expected_at.filter(|_| !still).map(|at| t.day(&at.utc()));
        let last = parcel.milestones.last().map(|milestone| {
            let at = self.moment(&milestone.happened_at.utc());
            match milestone.place.clone().or_else(|| milestone.message.clone()) {
                Some(what) => t.two("desk-parcel-last", "what", what, "when", at),
                None => at,
            }
        });
        Parcel {
            title: t.get(parcel_words(parcel.status)),
            expected,
            done,
            still,
            problem: wrong.contains(&parcel.status),
            carrier: parcel.carrier.clone(),
            number: parcel.numbers.first().cloned(),
            url: parcel.urls.first().filter(|url| is_web(url)).cloned(),
            last,
        }
    }
}

/// Pieces of each line that are in requests of this thread.
fn pieces_in_cases(opened: &Opened) -> HashMap<LineId, i32> {
    let mut busy = HashMap::new();
    for asked in opened.cases.iter().filter(|asked| asked.case.state.holds_goods()) {
        *busy.entry(asked.case.line_id).or_insert(0) += asked.case.quantity;
    }
    busy
}

/// The name of a kind of order system.
pub(in crate::web::desk) fn system_name(t: &Words, kind: ConnectorKind) -> String {
    t.get(match kind {
        ConnectorKind::Generic => key("desk-system-generic"),
        ConnectorKind::Shopify => key("desk-system-shopify"),
        ConnectorKind::WooCommerce => key("desk-system-woocommerce"),
    })
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Segments of five that are done, and whether it moves no more.
fn way(status: ShipmentStatus) -> (u8, bool) {
    use ShipmentStatus as S;
    match status {
        S::LabelCreated => (0, false),
        S::Unknown | S::Accepted => (1, false),
        S::InTransit | S::Customs | S::Delayed | S::Exception => (2, false),
        S::OutForDelivery | S::AttemptFailed | S::AvailableForPickup => (3, false),
        S::Returning => (2, true),
        S::Delivered => (5, true),
        S::Lost | S::Expired | S::Returned | S::Cancelled => (0, true),
    }
}

/// A parcel's headline.
pub(super) fn parcel_words(status: ShipmentStatus) -> &'static str {
    use ShipmentStatus as S;
    match status {
        S::LabelCreated => key("desk-parcel-label-created"),
        S::Accepted => key("desk-parcel-accepted"),
        S::InTransit => key("desk-parcel-in-transit"),
        S::Customs => key("desk-parcel-customs"),
        S::OutForDelivery => key("desk-parcel-out-for-delivery"),
        S::AvailableForPickup => key("desk-parcel-available-for-pickup"),
        S::AttemptFailed => key("desk-parcel-attempt-failed"),
        S::Delayed => key("desk-parcel-delayed"),
        S::Exception => key("desk-parcel-exception"),
        S::Delivered => key("desk-parcel-delivered"),
        S::Returning => key("desk-parcel-returning"),
        S::Returned => key("desk-parcel-returned"),
        S::Cancelled => key("desk-parcel-cancelled"),
        S::Expired => key("desk-parcel-expired"),
        S::Unknown => key("desk-parcel-unknown"),
        S::Lost => key("desk-parcel-lost"),
    }
}

/// The words for the money of an order, and whether it has arrived.
fn payment(state: PaymentState) -> (&'static str, bool) {
    match state {
        PaymentState::Pending => (key("desk-payment-pending"), false),
        PaymentState::Authorized => (key("desk-payment-authorized"), false),
        PaymentState::PartiallyPaid => (key("desk-payment-partially-paid"), false),
        PaymentState::Paid => (key("desk-payment-paid"), true),
        PaymentState::PartiallyRefunded => (key("desk-payment-partially-refunded"), true),
        PaymentState::Refunded => (key("desk-payment-refunded"), true),
        PaymentState::Voided => (key("desk-payment-voided"), false),
        PaymentState::Failed => (key("desk-payment-failed"), false),
    }
}
