//! The demo: a small, complete world to look at, seeded once into an empty data directory through the same doors as real
//! news, and `demo.json`, which tells people and programs how to get in. What is in the world is in the modules below.

mod goods;
mod orders;
mod talk;
mod words;

use std::{fs, path::Path, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    cli::write_private,
    domain::{
        agents::{self, Agent, NewAgent, Role},
        audit::Doer,
        connectors::{self, ConnectorKind, NewConnector},
        hours::{Closure, Span, keeping},
        merchants::{self, Shop},
        orders::Source,
        threads::Thread,
        tokens, visits,
    },
    error::{Error, Result},
    i18n::Lang,
    ids::{MerchantId, ShopId},
    secrets::{self, Keys},
    store::{
        Tx,
        columns::{At, Json},
    },
};

const FILE: &str = "demo.json";
/// The store that the demo's Shopify connector speaks for.
const STORE: &str = "demo.myshopify.com";

/// The store that the demo's WooCommerce connector speaks for.
const SITE: &str = "https://shop.example/";

/// How to get into the demo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct World {
    base_url: String,
    desk: SignIn,
    /// More agents, with the same password.
    colleagues: Vec<String>,
    api_token: String,
    shopper_links: Vec<String>,
    hooks: Hooks,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SignIn {
    email: String,
    password: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Hooks {
    generic: Hook,
    shopify: Hook,
    /// Demos of before it was there have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    woocommerce: Option<Hook>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Hook {
    url: String,
    secret: String,
}

impl World {
    /// Writes `demo.json`.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn save(&self, data: &Path) -> Result<()> {
        write_private(&data.join(FILE), self)
    }

    /// What the terminal is told.
    pub fn greeting(&self) -> String {
        let link = self.shopper_links.first().map_or("", String::as_str);
        format!(
            "Comptoir demo\n\n  desk     {}/desk\n           {}  {}\n  shopper  {link}\n  letters  {}/desk/mailbox\n",
            self.base_url, self.desk.email, self.desk.password, self.base_url
        )
    }

    /// The same world under another address, when it is served on another port.
    fn moved_to(self, base: &str) -> Self {
        let there = |text: String| text.replacen(&self.base_url, base, 1);
        Self {
            shopper_links: self.shopper_links.into_iter().map(&there).collect(),
            hooks: Hooks {
                generic: Hook { url: there(self.hooks.generic.url), ..self.hooks.generic },
                shopify: Hook { url: there(self.hooks.shopify.url), ..self.hooks.shopify },
                woocommerce: self.hooks.woocommerce.map(|hook| Hook { url: there(hook.url), ..hook }),
            },
            base_url: base.to_owned(),
            ..self
        }
    }
}

/// Seeds the world, or finds the one that is there.
///
/// # Errors
/// When the data directory holds something else than a demo, or the database fails.
pub async fn prepare(app: &Arc<App>, data: &Path) -> Result<World> {
    let path = data.join(FILE);
    if app.read(merchants::any).await? {
        let text = fs::read(&path).map_err(|_| {
            let words = format!("{} holds data that is no demo: choose another directory with --data", data.display());
            Error::Internal(words)
        })?;
        let world: World = serde_json::from_slice(&text).map_err(Error::internal)?;
        return Ok(world.moved_to(app.base.as_str()));
    }
    seed(app).await
}

/// Two shops of one merchant and the sources their news comes from.
struct Shops {
    merchant: MerchantId,
    calanque: Source,
    garrigue: Source,
}

async fn seed(app: &Arc<App>) -> Result<World> {
    let password = readable_password();
    let hashed = password.clone();
    let password_hash =
        tokio::task::spawn_blocking(move || agents::hash_password(&hashed)).await.map_err(Error::internal)??;
    let (token_secret, secret) = (secrets::token(), format!("whsec_{}", STANDARD.encode(secrets::random::<32>())));
    let shopify_secret: String = secrets::random::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
    let site = ConnectorKind::WooCommerce.store(SITE).unwrap_or_default();
    let site_secret = ConnectorKind::WooCommerce.new_secret().unwrap_or_default();
    let (keys, base) = (app.keys.clone(), app.base.clone());
    let desk = SignIn { email: "ines@calanque.example".to_owned(), password };
    app.write(move |tx| {
        let now = tx.now();
        let shops = found(tx, &keys)?;
        let team = hire(tx, shops.merchant, &password_hash)?;
        goods::stock(tx, &shops)?;
        let mut deeds = orders::deeds(&shops, now);
        deeds.extend(talk::deeds(&shops, &team));
        deeds.extend(words::deeds(&shops, &team));
        happen(tx, deeds, now)?;
        let threads = orders::threads(tx, &shops)?;
        let connect = |tx: &mut Tx<'_>, kind, store, secret: &str| -> Result<Hook> {
            let new = NewConnector::new(&keys, shops.merchant, shops.calanque.shop, kind, store, secret, now)?;
            connectors::create(tx, Doer::System, &new)?;
            let url = format!("{base}/hooks/{}", crate::ids::HookAddress::new(new.merchant, new.id));
            Ok(Hook { url, secret: secret.to_owned() })
        };
        let hooks = Hooks {
            generic: connect(tx, ConnectorKind::Generic, "calanque.example", &secret)?,
            shopify: connect(tx, ConnectorKind::Shopify, STORE, &shopify_secret)?,
            woocommerce: Some(connect(tx, ConnectorKind::WooCommerce, &site, &site_secret)?),
        };
        let link = |thread: &Thread| format!("{base}/t#{}", visits::link_token(&keys, thread, now));
        Ok(World {
            base_url: base.to_string(),
            desk: desk.clone(),
            colleagues: team.iter().skip(1).map(|agent| agent.email.clone()).collect(),
            api_token: tokens::create(tx, Doer::System, shops.merchant, "demo", &token_secret)?,
            shopper_links: threads.iter().map(link).collect(),
            hooks,
        })
    })
    .await
}

type Act<'a> = Box<dyn Fn(&mut Tx<'_>) -> Result<()> + 'a>;

/// Something that happened in the demo's past, so many minutes ago.
struct Deed<'a> {
    minutes_ago: i64,
    act: Act<'a>,
}

impl<'a> Deed<'a> {
    fn new(minutes_ago: i64, act: impl Fn(&mut Tx<'_>) -> Result<()> + 'a) -> Self {
        Self { minutes_ago, act: Box::new(act) }
    }
}

/// Lets everything happen in its order, each at its own moment.
fn happen(tx: &mut Tx<'_>, mut deeds: Vec<Deed<'_>>, now: DateTime<Utc>) -> Result<()> {
    deeds.sort_by_key(|deed| std::cmp::Reverse(deed.minutes_ago));
    for deed in deeds {
        tx.happened_at(now - Duration::minutes(deed.minutes_ago));
        (deed.act)(tx)?;
    }
    tx.happened_at(now);
    Ok(())
}

/// Easy to type, and still nobody's guess: three groups of letters and digits.
fn readable_password() -> String {
    let text = crate::ids::encode(secrets::random());
    let groups: Vec<String> =
        text.chars().collect::<Vec<_>>().chunks(5).skip(1).take(3).map(|c| c.iter().collect()).collect();
    groups.join("-")
}

fn found(tx: &mut Tx<'_>, keys: &Keys) -> Result<Shops> {
    let merchant = merchants::create(tx, "Maison Calanque")?;
    let calanque = open_shop(tx, merchant, "Maison Calanque", "#1c6763", "fr")?;
    let garrigue = open_shop(tx, merchant, "Atelier Garrigue", "#a4512f", "en")?;
    keep_hours(tx, merchant, garrigue)?;
    let source = |shop| {
        let name = format!("{}:{STORE}", ConnectorKind::Shopify);
        Source { merchant, shop, name, keys: keys.clone(), live_since: None }
    };
    Ok(Shops { merchant, calanque: source(calanque), garrigue: source(garrigue) })
}

/// The second shop is a workshop: open on weekdays and Saturdays, closed in the middle of August. The first is always open,
/// so that there is something to see at any hour.
fn keep_hours(tx: &mut Tx<'_>, merchant: MerchantId, shop: ShopId) -> Result<()> {
    let shop = merchants::shop(tx, merchant, shop)?;
    let week: Vec<Span> = (1..=6).map(|day| Span { day, from: 9 * 60, to: 19 * 60 }).collect();
    let year = tx.now().year();
    let august = |year, day| NaiveDate::from_ymd_opt(year, 8, day);
    let summer = |year| {
        let name = "Summer closure".to_owned();
        Some(Closure { first: august(year, 9)?, last: august(year, 23)?, name })
    };
    let closures: Vec<Closure> = [year, year + 1].into_iter().filter_map(summer).collect();
    keeping::begin(tx, &shop, &week, &closures)
}

fn open_shop(tx: &mut Tx<'_>, merchant: MerchantId, name: &str, accent: &str, locale: &str) -> Result<ShopId> {
    let id = ShopId::new(tx.now());
    let domain = name.split(' ').next_back().unwrap_or(name).to_lowercase();
    merchants::add_shop(
        tx,
        &Shop {
            merchant_id: merchant,
            id,
            name: name.to_owned(),
            accent: accent.to_owned(),
            locale: locale.to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            email: format!("bonjour@{domain}.example"),
            exchange_days: 30,
            mail_on_order: true,
            reply_minutes: merchants::REPLY_MINUTES,
            exchange_rules: Json::default(),
            languages: Json::default(),
            legal: Json::default(),
            created_at: At::new(tx.now()),
        },
    )?;
    Ok(id)
}

fn hire(tx: &mut Tx<'_>, merchant: MerchantId, password_hash: &str) -> Result<Vec<Agent>> {
    let people = [
        ("Inès Marchand", "ines", Role::Owner, "en"),
        ("Théo Lambert", "theo", Role::Agent, "fr"),
        ("Mia Duval", "mia", Role::Agent, "fr"),
    ];
    let mut team = Vec::new();
    for (name, mailbox, role, locale) in people {
        let new = NewAgent {
            email: format!("{mailbox}@calanque.example"),
            name: name.to_owned(),
            role,
            locale: locale.parse::<Lang>().unwrap_or_default(),
            password_hash: password_hash.to_owned(),
        };
        let id = agents::create(tx, merchant, &new)?;
        team.push(agents::find(tx, merchant, id)?);
    }
    Ok(team)
}
