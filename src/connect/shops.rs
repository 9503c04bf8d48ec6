//! Shop systems: who sent an arrival, what it is about, and the news in it. One module a system; what they share is the
//! reading of fields ([`super::fields`]) and the few pieces below.

pub mod generic;
mod shopify;
pub mod woocommerce;

use chrono::{DateTime, Utc};

use super::{
    ReadError,
    fields::{Field, explain},
    signature::BadSignature,
};
pub use crate::domain::connectors::ConnectorKind;
use crate::domain::{
    money::{Currency, Money},
    normal::News,
};

/// Lines, parcels and refunds that one order may have.
const MOST_LINES: usize = 500;
/// Variants that one product may have.
const MOST_VARIANTS: usize = 2048;
/// Options, wishes, numbers and links that one thing may have.
const MOST_EXTRAS: usize = 100;

/// A webhook as it came.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Names in lower case.
    pub headers: &'a [(String, String)],
    /// Not touched since it left the wire.
    pub body: &'a [u8],
}

impl<'a> Arrival<'a> {
    /// The first header of that lower-case name; empty when there is none.
    fn header(&self, name: &str) -> &'a str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }
}

/// What a body does not say by itself.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext {
    /// The shop's currency, for bodies that name none (products, a refund without transactions).
    pub currency_hint: Option<Currency>,
    /// When it arrived, for bodies without a time.
    pub now: DateTime<Utc>,
}

/// The headers that `kind` needs for [`verify`], [`topic`], [`delivery_key`] and [`read`]; the others need not be kept.
pub fn headers(kind: ConnectorKind) -> &'static [&'static str] {
    match kind {
        ConnectorKind::Generic => generic::HEADERS,
        ConnectorKind::Shopify => shopify::HEADERS,
        ConnectorKind::WooCommerce => woocommerce::HEADERS,
    }
}

/// Whether one of `secrets` signed the raw bytes, told in constant time.
///
/// # Errors
/// When it is not so; why is for the log only.
pub fn verify(
    kind: ConnectorKind,
    secrets: &[&str],
    arrival: &Arrival<'_>,
    now: DateTime<Utc>,
) -> Result<(), BadSignature> {
    match kind {
        ConnectorKind::Generic => generic::verify(secrets, arrival, now),
        ConnectorKind::Shopify => shopify::verify(secrets, arrival),
        ConnectorKind::WooCommerce => woocommerce::verify(secrets, arrival),
    }
}

/// Whether it only asks if somebody is there: unsigned, without news, and to be answered with 200.
pub fn is_ping(kind: ConnectorKind, arrival: &Arrival<'_>) -> bool {
    match kind {
        ConnectorKind::Generic | ConnectorKind::Shopify => false,
        ConnectorKind::WooCommerce => woocommerce::is_ping(arrival),
    }
}

/// What it is about, in the system's own words; empty when it does not say.
pub fn topic(kind: ConnectorKind, arrival: &Arrival<'_>) -> String {
    match kind {
        ConnectorKind::Generic => generic::topic(arrival),
        ConnectorKind::Shopify => shopify::topic(arrival).to_owned(),
        ConnectorKind::WooCommerce => woocommerce::topic(arrival).to_owned(),
    }
}

/// The system's own name of this delivery, the same when it is repeated; empty when it gives none. Not unique by itself.
pub fn delivery_key(kind: ConnectorKind, arrival: &Arrival<'_>) -> String {
    match kind {
        ConnectorKind::Generic => generic::delivery_key(arrival).to_owned(),
        ConnectorKind::Shopify => shopify::delivery_key(arrival).to_owned(),
        ConnectorKind::WooCommerce => woocommerce::delivery_key(arrival).to_owned(),
    }
}

/// The news in it, in the order in which to apply it.
///
/// # Errors
/// When it is not JSON, is nested too deep, or is not what its topic says.
pub fn read(kind: ConnectorKind, context: &ReadContext, arrival: &Arrival<'_>) -> Result<Vec<News>, ReadError> {
    match kind {
        ConnectorKind::Generic => generic::read(arrival),
        ConnectorKind::Shopify => shopify::read(context, arrival),
        ConnectorKind::WooCommerce => woocommerce::read(context, arrival),
    }
}

/// Notes a line's pieces, adding up those of a line that is named twice.
fn add_pieces(pieces: &mut Vec<(String, u32)>, line: String, count: u32) {
    match pieces.iter_mut().find(|(known, _)| *known == line) {
        Some((_, total)) => *total = total.saturating_add(count),
        None => pieces.push((line, count)),
    }
}

/// The sum; one that is out of bounds is the problem of `field`.
fn sum(field: &Field<'_>, amounts: impl IntoIterator<Item = Money>, currency: Currency) -> Money {
    let total = amounts.into_iter().try_fold(Money::zero(currency), Money::plus);
    total.unwrap_or_else(|problem| {
        field.wrong(&explain(problem, currency));
        Money::zero(currency)
    })
}
