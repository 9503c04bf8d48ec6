//! Filling a canned reply for a thread, in the shopper's language. What is not known is never left blank: the reply
//! refuses, and says what is missing.

use super::{
    Reply,
    body::{Body, Part, Variable},
};
use crate::{
    domain::{
        agents::Agent,
        merchants::{self, Shop},
        orders::{self, OrderDetail},
        shoppers::{self, Shopper},
        threads::{self, Thread},
    },
    error::{Result, Says},
    i18n::{Lang, Words, key},
    ids::ThreadId,
    store::Conn,
};

/// What the variables of a reply are filled from.
#[derive(Clone)]
pub struct Facts {
    pub thread: Thread,
    shop: Shop,
    shopper: Option<Shopper>,
    order: Option<OrderDetail>,
    agent: String,
    t: Words,
}

impl Facts {
    /// # Errors
    /// When the thread is not the agent's merchant's.
    pub fn of(conn: &mut Conn, agent: &Agent, id: ThreadId, now: chrono::DateTime<chrono::Utc>) -> Result<Self> {
        let merchant = agent.merchant_id;
        let thread = threads::of_merchant(conn, merchant, id)?;
        let shop = merchants::shop(conn, merchant, thread.shop_id)?;
        Ok(Self {
            shopper: thread.shopper_id.map(|id| shoppers::find(conn, merchant, id)).transpose()?,
            order: thread.order_id.map(|id| orders::detail(conn, merchant, id)).transpose()?,
            agent: first(&agent.name).to_owned(),
            t: shop.words(thread.lang(), now),
            shop,
            thread,
        })
    }

    /// The same facts told in another language.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> Self {
        Self { t: self.shop.words(lang, self.t.now()), ..self.clone() }
    }

    /// Whether a reply is meant for the thread's shop.
    pub fn is_for(&self, reply: &Reply) -> bool {
        reply.is_for(self.shop.id)
    }

    /// The reply as the shopper will read it.
    ///
    /// # Errors
    /// What is missing, in words for the agent.
    pub fn fill(&self, reply: &Reply) -> Result<String, Says> {
        let lang = self.thread.lang();
        let text = reply.bodies.0.get(lang.code());
        let text = text.ok_or_else(|| {
            Says::new(key("canned-missing-language")).with("language", self.t.get(key("language-name")))
        })?;
        let unreadable = |_| Says::new(key("canned-missing-text"));
        self.fill_body(&Body::parse("body", text).map_err(unreadable)?)
    }

    /// # Errors
    /// What is missing, in words for the agent.
    pub fn fill_body(&self, body: &Body) -> Result<String, Says> {
        body.parts()
            .iter()
            .map(|part| match part {
                Part::Words(words) => Ok(words.clone()),
                Part::Value(variable) => self.value(*variable),
            })
            .collect()
    }

    fn value(&self, variable: Variable) -> Result<String, Says> {
        let parcel = || self.order.as_ref().and_then(|order| order.shipments.last());
        let (value, lacks) = match variable {
            Variable::ShopperFirstName => {
                let name = self.shopper.as_ref().and_then(|shopper| shopper.name.as_deref());
                (name.map(|name| first(name).to_owned()), key("canned-missing-name"))
            }
            Variable::OrderNumber => {
                (self.order.as_ref().map(|order| order.order.bare_number().to_owned()), key("canned-missing-order"))
            }
            Variable::OrderTotal => {
                (self.order.as_ref().map(|order| self.t.money(&order.order.total())), key("canned-missing-order"))
            }
            Variable::ItemTitle => return self.item(),
            Variable::ParcelNumber => {
                (parcel().and_then(|parcel| parcel.numbers.first().cloned()), key("canned-missing-parcel"))
            }
            Variable::ParcelUrl => {
                let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
                (parcel().and_then(|parcel| parcel.urls.iter().find(web).cloned()), key("canned-missing-url"))
            }
            Variable::ParcelExpected => {
                let at = parcel().and_then(|parcel| parcel.expected_at);
                (at.map(|at| self.t.day_month(&at.utc())), key("canned-missing-expected"))
            }
            Variable::AgentFirstName => (Some(self.agent.clone()), key("canned-missing-text")),
            Variable::ShopName => (Some(self.shop.name.clone()), key("canned-missing-text")),
        };
        value.filter(|value| !value.trim().is_empty()).ok_or_else(|| lacking(lacks, variable))
    }

    /// The one thing that was bought; of several, which one is meant is for the agent to say.
    fn item(&self) -> Result<String, Says> {
        let lines = self.order.as_ref().map(|order| order.lines.as_slice()).unwrap_or_default();
        match lines {
            [] => Err(lacking(key("canned-missing-item"), Variable::ItemTitle)),
            [line] => Ok(line.line.title.clone()),
            _ => Err(lacking(key("canned-missing-items"), Variable::ItemTitle)),
        }
    }
}

fn lacking(says: &'static str, variable: Variable) -> Says {
    Says::new(says).with("variable", format!("{{{{{variable}}}}}"))
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}
