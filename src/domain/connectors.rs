//! Connectors: how one outside system is reached and trusted. The formats those systems speak are in `connect`.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{
    agents::Agent,
    audit::{self, Act, Doer},
    order_links,
    orders::Source,
};
use crate::{
    error::{Error, Result},
    i18n::key,
    ids::{AgentId, ConnectorId, HookAddress, MerchantId, ShopId},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::At,
        schema::{connector_pings, connectors, shops},
    },
    text_enum,
};

/// How long whoever made a secret can read it again.
const SHOWN: chrono::Duration = chrono::Duration::minutes(10);
/// How long the secret before is taken beside a new one.
pub const OVERLAP: chrono::Duration = chrono::Duration::hours(24);
/// Without news for this long, a system is said to be silent.
const SILENT: chrono::Duration = chrono::Duration::days(3);

/// The longest name of a store, in characters.
const MAX_STORE: usize = 120;
/// How long a secret that another system made may be, in characters.
const SECRET: std::ops::RangeInclusive<usize> = 16..=255;

text_enum! {
    /// The kind of outside system.
    pub enum ConnectorKind { Generic = "generic", Shopify = "shopify", WooCommerce = "woocommerce" }
}

impl ConnectorKind {
    /// The store as it is kept, from its address as people type or paste it; none for what names no store of this kind.
    pub fn store(self, typed: &str) -> Option<String> {
        let lower = typed.trim().to_ascii_lowercase();
        if self == Self::WooCommerce {
            return site(&typed.trim().to_lowercase());
        }
        let bare = lower.strip_prefix("https://").unwrap_or(&lower).trim_end_matches('/');
        let name = match self {
            Self::Shopify => bare.strip_suffix(".myshopify.com")?,
            Self::Generic | Self::WooCommerce => bare,
        };
        let apart: &[char] = if self == Self::Shopify { &['-'] } else { &['-', '.', '_'] };
        let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || apart.contains(&c));
        let whole = name.starts_with(|c: char| c.is_ascii_alphanumeric()) && !name.ends_with(apart);
        (fits && whole && bare.len() <= MAX_STORE).then(|| bare.to_owned())
    }

    /// A new secret, for systems that take one of ours; none for those that sign with their own.
    pub fn new_secret(self) -> Option<String> {
        match self {
            Self::Generic => Some(format!("whsec_{}", STANDARD.encode(secrets::random::<32>()))),
            // Copied by hand into a form that reads markup: letters and digits only.
            Self::WooCommerce => Some(secrets::random::<32>().iter().map(|byte| format!("{byte:02x}")).collect()),
            Self::Shopify => None,
        }
    }

    /// Whether a secret of the other system's making is taken.
    pub fn takes_own_secret(self) -> bool {
        match self {
            Self::Generic => false,
            Self::Shopify | Self::WooCommerce => true,
        }
    }
}

/// A site as it is kept, `shop.example` or `shop.example/boutique`, from any address in it that people paste.
fn site(typed: &str) -> Option<String> {
    let bare = ["https://", "http://"].iter().find_map(|scheme| typed.strip_prefix(scheme)).unwrap_or(typed);
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let bare = ["/wp-admin", "/wp-json"].iter().fold(bare, |bare, inside| bare.split(inside).next().unwrap_or(bare));
    let bare = bare.trim_end_matches('/');
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let fits = name.split('.').all(word)
        && (name.contains('.') || name == "localhost")
        && port.parse::<u16>().is_ok()
        && (path.is_empty() || path.split('/').all(word));
    (fits && bare.chars().count() <= MAX_STORE).then(|| bare.to_owned())
}

/// Whether another system may have made such a secret.
pub fn is_secret(text: &str) -> bool {
    SECRET.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = connectors)]
pub struct Connector {
    pub merchant_id: MerchantId,
    pub id: ConnectorId,
    pub shop_id: ShopId,
    pub kind: ConnectorKind,
    /// Which store of that kind: its domain or address.
    pub store: String,
    secret_sealed: String,
    pub last_arrival_at: Option<At>,
    pub created_at: At,
    secret_made_by: Option<AgentId>,
    secret_made_at: Option<At>,
    old_secret_sealed: Option<String>,
    old_secret_until: Option<At>,
}

impl Connector {
    pub fn address(&self) -> HookAddress {
        HookAddress::new(self.merchant_id, self.id)
    }

    /// The secret its hooks are signed with.
    ///
    /// # Errors
    /// When it was sealed with another key.
    pub fn secret(&self, keys: &Keys) -> Result<String> {
        keys.open(&self.secret_sealed, &place(self.merchant_id, self.id)).map_err(Error::Internal)
    }

    /// The secret before, while it is taken too.
    ///
    /// # Errors
    /// When it was sealed with another key.
    pub fn old_secret(&self, keys: &Keys, now: DateTime<Utc>) -> Result<Option<String>> {
        let sealed = self.old_secret_sealed.as_ref().filter(|_| self.old_until(now).is_some());
        let opened = sealed.map(|sealed| keys.open(sealed, &place(self.merchant_id, self.id)));
        opened.transpose().map_err(Error::Internal)
    }

    /// Until when the secret before is taken too, while it is.
    pub fn old_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.old_secret_until.map(|until| until.utc()).filter(|until| *until > now)
    }

    /// Whether an agent made the secret so shortly before that they may read it again.
    pub fn shows_secret_to(&self, agent: &Agent, now: DateTime<Utc>) -> bool {
        let lately = self.secret_made_at.is_some_and(|at| now - at.utc() < SHOWN);
        lately && self.secret_made_by == Some(agent.id)
    }

    /// Whole days without news, once they are too many.
    pub fn silent_days(&self, now: DateTime<Utc>) -> Option<i64> {
        let silence = now - self.last_arrival_at?.utc();
        (silence >= SILENT).then(|| silence.num_days())
    }

    /// What its news is of.
    pub fn source(&self, keys: &Keys) -> Source {
        Source {
            keys: keys.clone(),
            merchant: self.merchant_id,
            shop: self.shop_id,
            name: format!("{}:{}", self.kind, self.store),
            live_since: Some(self.created_at.utc()),
        }
    }
}

fn place(merchant: MerchantId, id: ConnectorId) -> String {
    format!("connectors/{merchant}/{id}/secret")
}

/// A connector to be made. The secret is sealed before the change begins.
#[derive(Debug, Clone)]
pub struct NewConnector {
    pub merchant: MerchantId,
    pub id: ConnectorId,
    pub shop: ShopId,
    pub kind: ConnectorKind,
    pub store: String,
    secret_sealed: String,
    made_by: Option<AgentId>,
}

impl NewConnector {
    /// The same with whoever had its secret made here: they can read it again for a while.
    #[must_use]
    pub fn made_by(self, agent: &Agent) -> Self {
        Self { made_by: Some(agent.id), ..self }
    }

    /// # Errors
    /// When the secret cannot be sealed.
    pub fn new(
        keys: &Keys,
        merchant: MerchantId,
        shop: ShopId,
        kind: ConnectorKind,
        store: &str,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let id = ConnectorId::new(now);
        let secret_sealed = keys.seal(secret, &place(merchant, id)).map_err(Error::Internal)?;
        Ok(Self { merchant, id, shop, kind, store: store.to_owned(), secret_sealed, made_by: None })
    }
}

/// Makes a connector.
///
/// # Errors
/// When the shop is not the merchant's; a conflict when the shop has this store already.
pub fn create(tx: &mut Tx<'_>, by: Doer, new: &NewConnector) -> Result<()> {
    // Two that connect the same store at once wait for each other at its shop.
    let shop = shops::table.find((new.merchant, new.shop));
    let held = q!(tx, |c| diesel::update(shop).set(shops::name.eq(shops::name)).execute(c))?;
    if held == 0 {
        return Err(Error::NotFound);
    }
    let same = list(tx, new.merchant)?;
    if same.iter().any(|old| (old.shop_id, old.kind, &old.store) == (new.shop, new.kind, &new.store)) {
        return Err(Error::conflict(key("error-connector-there")));
    }
    let row = (
        (connectors::merchant_id.eq(new.merchant), connectors::id.eq(new.id), connectors::shop_id.eq(new.shop)),
        (connectors::kind.eq(new.kind), connectors::store.eq(&new.store)),
        (connectors::secret_sealed.eq(&new.secret_sealed), connectors::created_at.eq(tx.at())),
        (connectors::secret_made_by.eq(new.made_by), connectors::secret_made_at.eq(new.made_by.map(|_| tx.at()))),
    );
    q!(tx, |c| diesel::insert_into(connectors::table).values(row).execute(c))?;
    order_links::make(tx, new.merchant, new.id)?;
    let kind = [("kind", new.kind.as_str())];
    audit::record(tx, new.merchant, by, Act::Connected, &new.id.to_string(), &kind)?;
    tx.nudge(crate::bus::Nudge::Connectors(new.merchant));
    Ok(())
}

/// Another secret for a connector, sealed before the change begins.
#[derive(Debug, Clone)]
pub struct NewSecret {
    sealed: String,
    made_by: Option<AgentId>,
}

impl NewSecret {
    /// `made_by` is who had it made here; none for one of the other system's making.
    ///
    /// # Errors
    /// When the secret cannot be sealed.
    pub fn new(keys: &Keys, connector: &Connector, secret: &str, made_by: Option<AgentId>) -> Result<Self> {
        let sealed = keys.seal(secret, &place(connector.merchant_id, connector.id)).map_err(Error::Internal)?;
        Ok(Self { sealed, made_by })
    }
}

/// Replaces a connector's secret. The one before is taken too for [`OVERLAP`], so that nothing is lost while the other
/// system learns the new one.
///
/// # Errors
/// A conflict when somebody else replaced it meanwhile.
pub fn replace_secret(tx: &mut Tx<'_>, by: Doer, connector: &Connector, new: &NewSecret) -> Result<()> {
    let row = connectors::table
        .find((connector.merchant_id, connector.id))
        .filter(connectors::secret_sealed.eq(&connector.secret_sealed));
    let set = (
        connectors::secret_sealed.eq(&new.sealed),
        connectors::secret_made_by.eq(new.made_by),
        connectors::secret_made_at.eq(new.made_by.map(|_| tx.at())),
        connectors::old_secret_sealed.eq(&connector.secret_sealed),
        connectors::old_secret_until.eq(At::new(tx.now() + OVERLAP)),
    );
    let replaced = q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    if replaced == 0 {
        return Err(Error::conflict(key("desk-secret-meanwhile")));
    }
    audit::record(tx, connector.merchant_id, by, Act::SecretReplaced, &connector.id.to_string(), &[])
}

/// Ends the secret before now: from here on only the new one is taken.
///
/// # Errors
/// When the merchant has no such connector.
pub fn end_old_secret(tx: &mut Tx<'_>, by: &Agent, id: ConnectorId) -> Result<()> {
    let row = connectors::table.find((by.merchant_id, id));
    let set = (connectors::old_secret_sealed.eq(None::<String>), connectors::old_secret_until.eq(None::<At>));
    let ended = q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    if ended == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, by.merchant_id, by.into(), Act::SecretEnded, &id.to_string(), &[])
}

/// The connector of a hook's address.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn by_address(conn: &mut Conn, address: HookAddress) -> Result<Connector> {
    let row = connectors::table.find((address.merchant, address.id));
    Ok(q!(conn, |c| row.select(Connector::as_select()).first(c))?)
}

/// The merchant's connectors, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Connector>> {
    Ok(q!(conn, |c| connectors::table
        .filter(connectors::merchant_id.eq(merchant))
        .order(connectors::id)
        .select(Connector::as_select())
        .load(c))?)
}

/// Notes that something arrived.
pub(super) fn heard(tx: &mut Tx<'_>, connector: &Connector) -> Result<()> {
    let row = connectors::table.find((connector.merchant_id, connector.id));
    let now = tx.at();
    q!(tx, |c| diesel::update(row).set(connectors::last_arrival_at.eq(now)).execute(c))?;
    tx.nudge(crate::bus::Nudge::Connectors(connector.merchant_id));
    Ok(())
}

/// How often asking whether somebody is there is noted.
const PING_EVERY: chrono::Duration = chrono::Duration::minutes(1);

/// Notes that the system asked whether somebody is there. Nobody signed that, so it is noted now and then only.
///
/// # Errors
/// When the database fails.
pub fn pinged(tx: &mut Tx<'_>, connector: &Connector) -> Result<()> {
    let known = last_ping(tx, connector.merchant_id, connector.id)?;
    if known.is_some_and(|known| tx.now() - known.utc() < PING_EVERY) {
        return Ok(());
    }
    let now = tx.at();
    let row = (
        connector_pings::merchant_id.eq(connector.merchant_id),
        connector_pings::connector_id.eq(connector.id),
        connector_pings::pinged_at.eq(now),
    );
    q!(tx, |c| diesel::insert_into(connector_pings::table)
        .values(row)
        .on_conflict((connector_pings::merchant_id, connector_pings::connector_id))
        .do_update()
        .set(connector_pings::pinged_at.eq(now))
        .execute(c))?;
    tx.nudge(crate::bus::Nudge::Connectors(connector.merchant_id));
    Ok(())
}

/// When the system last asked whether somebody is there.
///
/// # Errors
/// When the database fails.
pub fn last_ping(conn: &mut Conn, merchant: MerchantId, id: ConnectorId) -> Result<Option<At>> {
    let row = connector_pings::table.find((merchant, id)).select(connector_pings::pinged_at);
    Ok(q!(conn, |c| row.first(c).optional())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_named_by_its_own_address() {
        let shopify = |typed| ConnectorKind::Shopify.store(typed);
        assert_eq!(
            shopify(" https://Maison-Calanque.myshopify.com/ ").as_deref(),
            Some("maison-calanque.myshopify.com")
        );
        let others =
            ["", ".myshopify.com", "calanque.example", "-a.myshopify.com", "a.b.myshopify.com", "a.myshopify.com.evil"];
        for other in others {
            assert_eq!(shopify(other), None, "{other}");
        }
        let generic = |typed| ConnectorKind::Generic.store(typed);
        assert_eq!(generic("erp").as_deref(), Some("erp"));
        assert_eq!(generic("shop.calanque.example").as_deref(), Some("shop.calanque.example"));
        for other in ["", "two words", "a/b", "a:b", ".a", "<b>", &"x".repeat(121)] {
            assert_eq!(generic(other), None, "{other}");
        }
    }

    #[test]
    fn a_site_is_named_by_any_address_in_it() {
        let site = |typed| ConnectorKind::WooCommerce.store(typed);
        for (typed, expected) in [
            (" https://Shop.example/ ", "shop.example"),
            ("http://shop.example", "shop.example"),
            ("https://shop.example/wp-admin/admin.php?page=wc-settings", "shop.example"),
            ("shop.example/boutique/", "shop.example/boutique"),
            ("https://www.été.example:8080", "www.été.example:8080"),
        ] {
            assert_eq!(site(typed).as_deref(), Some(expected), "{typed}");
        }
        for other in
            ["", "https://", "shop", "two words.example", "a..b", "<b>.example", "a.b/../c", "a.b:x", "ftp://a.b"]
        {
            assert_eq!(site(other), None, "{other}");
        }
    }

    #[test]
    fn a_secret_of_ours_is_new_each_time_and_one_of_theirs_has_no_gaps() {
        let (one, other) = (ConnectorKind::Generic.new_secret().unwrap(), ConnectorKind::Generic.new_secret().unwrap());
        assert_ne!(one, other);
        let key = STANDARD.decode(one.strip_prefix("whsec_").unwrap()).unwrap();
        assert_eq!(key.len(), 32);
        assert_eq!(ConnectorKind::Shopify.new_secret(), None);
        assert!(is_secret("shpss_0123456789abcdef") && !is_secret("short") && !is_secret("sixteen and a gap"));
    }
}
