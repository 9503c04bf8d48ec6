//! Threads as programs see them, what a list of them is narrowed by, and what can be done with one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Cursor, Limit,
    labels::LabelOut,
    people::{AgentNameOut, ShopperOut},
};
use crate::{
    domain::threads::{
        ThreadState,
        listing::ThreadDetail,
        mailing::{Email, Refusal},
    },
    error::Result as Outcome,
    ids::{AgentId, OrderId, ShopId, ThreadId},
};

/// The one conversation of an order.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Thread)]
pub struct ThreadOut {
    pub id: ThreadId,
    pub order_id: Option<OrderId>,
    /// As people say it, with its mark.
    #[schema(example = "#1001")]
    pub order_number: Option<String>,
    pub shop_id: ShopId,
    /// Null when the order names nobody.
    pub shopper: Option<ShopperOut>,
    /// Whose turn it is.
    pub state: ThreadState,
    /// The shopper's language.
    #[schema(example = "fr")]
    pub locale: String,
    /// Null: it is the whole team's.
    pub assigned_to: Option<AgentNameOut>,
    /// The merchant's own words on it, by name.
    pub labels: Vec<LabelOut>,
    /// Since the first message of the shopper that no person has answered; null when nobody waits.
    pub waiting_since: Option<DateTime<Utc>>,
    /// By when it should be answered; null when nobody waits.
    pub reply_due_at: Option<DateTime<Utc>>,
    /// Until when it sleeps, unless its shopper writes before.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// Why e-mails to the shopper are refused; null when they are not.
    pub mail_refused: Option<Refusal>,
    /// When it opened.
    pub created_at: DateTime<Utc>,
    /// When something last happened in it: what `updated_since` looks at.
    pub moved_at: DateTime<Utc>,
    /// The number of the newest thing that happened in it.
    #[schema(example = 7)]
    pub last_seq: i64,
}

impl From<&ThreadDetail> for ThreadOut {
    fn from(detail: &ThreadDetail) -> Self {
        let thread = &detail.thread;
        Self {
            id: thread.id,
            order_id: thread.order_id,
            order_number: detail.order_number.clone(),
            shop_id: thread.shop_id,
            shopper: detail.shopper.as_ref().map(ShopperOut::from),
            state: thread.state,
            locale: thread.locale.clone(),
            assigned_to: detail.assignee.as_ref().map(AgentNameOut::from),
            labels: detail.labels.iter().map(LabelOut::from).collect(),
            waiting_since: thread.waiting_since.map(Into::into),
            reply_due_at: thread.reply_due_at.map(Into::into),
            snoozed_until: thread.snoozed_until.map(Into::into),
            mail_refused: detail.mail_refused,
            created_at: thread.created_at.utc(),
            moved_at: thread.moved_at.utc(),
            last_seq: thread.last_seq,
        }
    }
}

/// What a list of threads is narrowed by.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ThreadQuery {
    #[param(inline)]
    pub state: Option<ThreadState>,
    /// The thread of this order.
    #[param(inline)]
    pub order_id: Option<OrderId>,
    /// Only those in which something happened at this moment or later.
    pub updated_since: Option<DateTime<Utc>>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}

/// Whose a thread is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Assignment)]
pub struct AssignmentIn {
    /// Null gives it back to the whole team.
    // Read by a function of its own so that leaving it out is a mistake, not a null.
    #[serde(deserialize_with = "present")]
    #[schema(required)]
    pub agent_id: Option<AgentId>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<AgentId>, D::Error> {
    Option::deserialize(deserializer)
}

/// Until when a thread is to sleep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Snooze)]
pub struct SnoozeIn {
    /// A moment ahead, within a year.
    pub until: DateTime<Utc>,
}

/// Where the e-mails of a thread go from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Readdress)]
pub struct AddressIn {
    /// Where they go.
    #[schema(format = Email, example = "jon@example.com", max_length = 254)]
    pub email: String,
}

impl AddressIn {
    /// # Errors
    /// When it is no address.
    pub fn parse(&self) -> Outcome<Email> {
        Email::parse("/email", &self.email)
    }
}

/// Nothing more to say; a body may be left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Nothing)]
pub struct NothingIn {}
