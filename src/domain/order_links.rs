//! Order links: addresses that a shop's own mail and pages build for an order, signed with a key that each connector has for
//! this alone. They are checked without asking the shop, prove as much as a thread link does, and last as long. One that
//! was built before its order arrived waits for it.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::{
    agents::Agent,
    audit::{self, Act},
    connectors::{self, Connector},
    erasures, links, orders,
    threads::Thread,
    visits::{self, Visit},
};
use crate::{
    error::{Error, Result},
    ids::{ConnectorId, HookAddress, MerchantId, OrderLinkAddress, OrderLinkId, ShopAddress, ThreadId},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::At,
        schema::{order_link_ends, order_link_keys},
    },
};

/// The longest link there is, in bytes.
const LONGEST: usize = 1000;
/// How far the clock of whoever built a link may be ahead of ours.
const AHEAD: Duration = Duration::hours(1);

/// Which key signs the order links of a connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = order_link_keys)]
pub struct LinkKey {
    pub merchant_id: MerchantId,
    pub id: OrderLinkId,
    pub connector_id: ConnectorId,
    /// Links of an older version are void.
    pub version: i32,
}

impl LinkKey {
    /// What every link begins with.
    pub fn address(&self) -> OrderLinkAddress {
        OrderLinkAddress::new(self.merchant_id, self.id)
    }

    /// The key as the shop's snippet holds it.
    pub fn secret(&self, keys: &Keys) -> String {
        let version = self.version.to_be_bytes();
        keys.order_link_key(&[&self.merchant_id.bytes()[..], &self.id.bytes()[..], &version[..]].concat())
    }
}

/// Gives a new connector its key.
pub(super) fn make(tx: &mut Tx<'_>, merchant: MerchantId, connector: ConnectorId) -> Result<()> {
    let row = (
        order_link_keys::merchant_id.eq(merchant),
        order_link_keys::id.eq(OrderLinkId::new(tx.now())),
        order_link_keys::connector_id.eq(connector),
        order_link_keys::version.eq(1),
    );
    q!(tx, |c| diesel::insert_into(order_link_keys::table).values(row).execute(c))?;
    Ok(())
}

/// The key of a merchant's connector.
///
/// # Errors
/// [`Error::NotFound`] when the merchant has no such connector.
pub fn of_connector(conn: &mut Conn, merchant: MerchantId, connector: ConnectorId) -> Result<LinkKey> {
    Ok(q!(conn, |c| order_link_keys::table
        .filter(order_link_keys::merchant_id.eq(merchant))
        .filter(order_link_keys::connector_id.eq(connector))
        .select(LinkKey::as_select())
        .first(c))?)
}

/// Replaces the key of a merchant's connector: every link that was built so far is void.
///
/// # Errors
/// [`Error::NotFound`] when the merchant has no such connector.
pub fn replace(tx: &mut Tx<'_>, by: &Agent, connector: ConnectorId) -> Result<()> {
    let row = order_link_keys::table
        .filter(order_link_keys::merchant_id.eq(by.merchant_id))
        .filter(order_link_keys::connector_id.eq(connector));
    let raised = order_link_keys::version.eq(order_link_keys::version + 1);
    if q!(tx, |c| diesel::update(row).set(raised).execute(c))? == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, by.merchant_id, by.into(), Act::LinksReplaced, &connector.to_string(), &[])
}

/// Voids the links to a thread that were built until now.
pub(super) fn end(tx: &mut Tx<'_>, merchant: MerchantId, thread: ThreadId) -> Result<()> {
    let now = tx.at();
    let row = (
        order_link_ends::merchant_id.eq(merchant),
        order_link_ends::thread_id.eq(thread),
        order_link_ends::ended_at.eq(now),
    );
    q!(tx, |c| diesel::insert_into(order_link_ends::table)
        .values(row)
        .on_conflict((order_link_ends::merchant_id, order_link_ends::thread_id))
        .do_update()
        .set(order_link_ends::ended_at.eq(now))
        .execute(c))?;
    Ok(())
}

/// A link as it came, `<address>.<order>.<seconds since 1970>.<MAC in hex>`; not checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLink {
    address: OrderLinkAddress,
    /// The shop's own id of the order.
    order: String,
    built_at: DateTime<Utc>,
    /// What is signed: all before the MAC, as it came.
    signed: String,
    mac: [u8; 32],
}

impl OrderLink {
    /// Reads a link; none for what cannot be one.
    pub fn parse(token: &str) -> Option<Self> {
        let token = Some(token.trim()).filter(|token| token.len() <= LONGEST)?;
        let (signed, mac) = token.rsplit_once('.')?;
        let (rest, seconds) = signed.rsplit_once('.')?;
        let (address, order) = rest.split_once('.')?;
        let order = unescaped(order).filter(|order| !order.is_empty() && !order.contains(char::is_control))?;
        Some(Self {
            address: address.parse().ok()?,
            order,
            built_at: DateTime::from_timestamp(seconds.parse().ok()?, 0)?,
            signed: signed.to_owned(),
            mac: from_hex(mac)?,
        })
    }
}

/// What a link that we believe leads to.
#[derive(Debug, Clone)]
pub enum Led {
    /// Into its thread.
    To(Visit),
    /// To an order that has not arrived yet, at this shop.
    NotYet(ShopAddress),
    /// Nowhere any more: it is too old, or was revoked.
    Over(ShopAddress),
}

/// Follows a link for a browser.
///
/// # Errors
/// [`Error::NotFound`] when it was not signed with the connector's key.
pub fn follow(tx: &mut Tx<'_>, keys: &Keys, link: &OrderLink, browser: &str) -> Result<Led> {
    let connector = believed(tx, keys, link)?;
    let shop = ShopAddress::new(connector.merchant_id, connector.shop_id);
    if !(-AHEAD..links::LASTS).contains(&(tx.now() - link.built_at)) {
        return Ok(Led::Over(shop));
    }
    let Some(thread) = orders::thread_of(tx, &connector.source(keys), &link.order)? else {
        return Ok(Led::NotYet(shop));
    };
    let ended = ended_at(tx, &thread)?.is_some_and(|ended| link.built_at < ended.utc());
    if ended || erasures::of_thread(tx, &thread)?.is_some() {
        return Ok(Led::Over(shop));
    }
    Ok(Led::To(visits::open(tx, &thread, browser, None)?))
}

/// The connector whose key signed the link.
fn believed(conn: &mut Conn, keys: &Keys, link: &OrderLink) -> Result<Connector> {
    let row = order_link_keys::table.find((link.address.merchant, link.address.id));
    let key: LinkKey = q!(conn, |c| row.select(LinkKey::as_select()).first(c))?;
    if !secrets::same(&secrets::text_mac(&key.secret(keys), &link.signed), &link.mac) {
        return Err(Error::NotFound);
    }
    connectors::by_address(conn, HookAddress::new(key.merchant_id, key.connector_id))
}

fn ended_at(conn: &mut Conn, thread: &Thread) -> Result<Option<At>> {
    let row = order_link_ends::table.find((thread.merchant_id, thread.id)).select(order_link_ends::ended_at);
    Ok(q!(conn, |c| row.first(c).optional())?)
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok())).collect();
    let bytes: Vec<u8> =
        digits?.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    bytes.try_into().ok().filter(|_| text.len() == 64)
}

/// An order's id as it is, from how an address carries it.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? << 4 | digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> OrderLinkAddress {
        OrderLinkAddress::new(MerchantId::from_bytes([1; 16]), OrderLinkId::from_bytes([2; 16]))
    }

    #[test]
    fn a_link_is_read_in_its_four_parts() {
        let mac = "0f".repeat(32);
        let link = OrderLink::parse(&format!("{}.15.1795200055.{mac}", address())).unwrap();
        assert_eq!((link.address, link.order.as_str(), link.built_at.timestamp()), (address(), "15", 1_795_200_055));
        assert_eq!((link.signed, link.mac), (format!("{}.15.1795200055", address()), [15; 32]));
        // An id of a system of one's own may hold anything.
        let link = OrderLink::parse(&format!("{}.a.b%2F%C3%A9.1.{mac}", address())).unwrap();
        assert_eq!(link.order, "a.b/é");
    }

    #[test]
    fn what_is_no_link_is_not_read() {
        let (at, mac) = (address(), "0f".repeat(32));
        for bad in [
            String::new(),
            "...".to_owned(),
            format!("{at}.15.{mac}"),
            format!("{at}..1.{mac}"),
            format!("{at}.15.soon.{mac}"),
            format!("{at}.15.99999999999999999.{mac}"),
            format!("{at}.15.1.{}", &mac[2..]),
            format!("{at}.15.1.{mac}00"),
            format!("{at}.15.1.{}", "zz".repeat(32)),
            format!("{at}.%.1.{mac}"),
            format!("{at}.%ff.1.{mac}"),
            format!("{at}.a%00b.1.{mac}"),
            format!("x{at}.15.1.{mac}"),
            format!("{at}.{}.1.{mac}", "9".repeat(1000)),
        ] {
            assert_eq!(OrderLink::parse(&bad), None, "{bad}");
        }
    }
}
