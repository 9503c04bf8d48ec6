//! Events: the one record that something happened in a thread, and `announce`, the one way to say so.
//!
//! In the same transaction as the change itself, `announce` takes the thread's next `seq`, stores the event, gives it its
//! place in the merchant's feed and plans what must leave the house; the nudge goes out after the commit. Events hold
//! ids, states and amounts, never free text, names or addresses.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    deliveries, feed,
    normal::ShipmentStatus,
    threads::{Thread, mailing::Refusal},
};
use crate::{
    bus::Nudge,
    domain::cases::Track,
    error::Result,
    ids::{
        AgentId, CaseId, EventId, LabelId, MerchantId, MessageId, OrderId, ShipmentId, ShopperId, ThreadId, VariantId,
    },
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{events, threads},
    },
    text_enum,
};

text_enum! {
    /// What kind of someone did it.
    pub enum ActorKind { Shopper = "shopper", Agent = "agent", App = "app", System = "system" }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The buyer; without an id when the order names nobody.
    Shopper(Option<ShopperId>),
    Agent(AgentId),
    /// A program of the merchant, through the API.
    App,
    /// The house itself: news from a shop, a clock that ran out.
    System,
}

impl Actor {
    pub fn kind(self) -> ActorKind {
        match self {
            Self::Shopper(_) => ActorKind::Shopper,
            Self::Agent(_) => ActorKind::Agent,
            Self::App => ActorKind::App,
            Self::System => ActorKind::System,
        }
    }

    /// The id in the column that holds any actor's.
    pub fn id(self) -> Option<AgentId> {
        match self {
            Self::Agent(id) => Some(id),
            // One column for both: an id is told apart by the kind beside it.
            Self::Shopper(id) => id.map(|id| AgentId::from_bytes(id.bytes())),
            Self::App | Self::System => None,
        }
    }
}

/// What happened. The words are public names: new ones may be added, none is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Change {
    #[serde(rename = "order.placed")]
    OrderPlaced { order: OrderId },
    #[serde(rename = "order.updated")]
    OrderUpdated { order: OrderId },
    #[serde(rename = "order.cancelled")]
    OrderCancelled { order: OrderId },
    #[serde(rename = "message.posted")]
    MessagePosted { message: MessageId },
    /// Never leaves the house.
    #[serde(rename = "note.added")]
    NoteAdded { message: MessageId },
    #[serde(rename = "thread.assigned")]
    ThreadAssigned { to: Option<AgentId> },
    #[serde(rename = "thread.snoozed")]
    ThreadSnoozed { until: DateTime<Utc> },
    /// Its time came, its shopper wrote, or an agent woke it.
    #[serde(rename = "thread.woken")]
    ThreadWoken,
    #[serde(rename = "thread.spam_marked")]
    ThreadMarkedSpam,
    #[serde(rename = "thread.spam_cleared")]
    ThreadSpamCleared,
    #[serde(rename = "thread.resolved")]
    ThreadResolved,
    #[serde(rename = "thread.reopened")]
    ThreadReopened,
    #[serde(rename = "thread.labelled")]
    ThreadLabelled { label: LabelId },
    #[serde(rename = "thread.unlabelled")]
    ThreadUnlabelled { label: LabelId },
    #[serde(rename = "shipment.moved")]
    ShipmentMoved { shipment: ShipmentId, status: ShipmentStatus },
    /// Its shopper says that all is well with what arrived.
    #[serde(rename = "delivery.confirmed")]
    DeliveryConfirmed { order: OrderId },
    #[serde(rename = "case.requested")]
    CaseRequested { case: CaseId },
    /// The shop offers something else.
    #[serde(rename = "case.proposed")]
    CaseProposed { case: CaseId, variant: VariantId },
    /// The shopper keeps to what they asked for.
    #[serde(rename = "case.countered")]
    CaseCountered { case: CaseId },
    #[serde(rename = "case.approved")]
    CaseApproved { case: CaseId },
    #[serde(rename = "case.declined")]
    CaseDeclined { case: CaseId },
    #[serde(rename = "case.cancelled")]
    CaseCancelled { case: CaseId },
    #[serde(rename = "case.expired")]
    CaseExpired { case: CaseId },
    #[serde(rename = "case.completed")]
    CaseCompleted { case: CaseId },
    /// One of its tracks moved on.
    #[serde(rename = "case.moved")]
    CaseMoved { case: CaseId, track: Track },
    /// The shopper's address refuses letters.
    #[serde(rename = "mail.refused")]
    MailRefused { reason: Refusal },
    /// Letters go to another address from now on.
    #[serde(rename = "mail.readdressed")]
    MailReaddressed,
    /// Nothing is known of its person any more. Whoever keeps something of theirs elsewhere hears of it.
    #[serde(rename = "shopper.erased")]
    ShopperErased { shopper: ShopperId },
}

impl Change {
    /// The public name of a shopper's word that all is well.
    pub const DELIVERY_CONFIRMED: &str = "delivery.confirmed";

    /// Its public name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OrderPlaced { .. } => "order.placed",
            Self::OrderUpdated { .. } => "order.updated",
            Self::OrderCancelled { .. } => "order.cancelled",
            Self::MessagePosted { .. } => "message.posted",
            Self::NoteAdded { .. } => "note.added",
            Self::ThreadAssigned { .. } => "thread.assigned",
            Self::ThreadSnoozed { .. } => "thread.snoozed",
            Self::ThreadWoken => "thread.woken",
            Self::ThreadMarkedSpam => "thread.spam_marked",
            Self::ThreadSpamCleared => "thread.spam_cleared",
            Self::ThreadResolved => "thread.resolved",
            Self::ThreadReopened => "thread.reopened",
            Self::ThreadLabelled { .. } => "thread.labelled",
            Self::ThreadUnlabelled { .. } => "thread.unlabelled",
            Self::ShipmentMoved { .. } => "shipment.moved",
            Self::DeliveryConfirmed { .. } => Self::DELIVERY_CONFIRMED,
            Self::CaseRequested { .. } => "case.requested",
            Self::CaseProposed { .. } => "case.proposed",
            Self::CaseCountered { .. } => "case.countered",
            Self::CaseApproved { .. } => "case.approved",
            Self::CaseDeclined { .. } => "case.declined",
            Self::CaseCancelled { .. } => "case.cancelled",
            Self::CaseExpired { .. } => "case.expired",
            Self::CaseCompleted { .. } => "case.completed",
            Self::CaseMoved { .. } => "case.moved",
            Self::MailRefused { .. } => "mail.refused",
            Self::MailReaddressed => "mail.readdressed",
            Self::ShopperErased { .. } => "shopper.erased",
        }
    }

    /// The case it is about, if it is about one.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Self::CaseRequested { case }
            | Self::CaseProposed { case, .. }
            | Self::CaseCountered { case }
            | Self::CaseApproved { case }
            | Self::CaseDeclined { case }
            | Self::CaseCancelled { case }
            | Self::CaseExpired { case }
            | Self::CaseCompleted { case }
            | Self::CaseMoved { case, .. } => Some(*case),
            _ => None,
        }
    }

    /// Whether a shopper may hear of it: not of what happens behind the counter.
    pub fn is_for_shoppers(&self) -> bool {
        !matches!(
            self,
            Self::NoteAdded { .. }
                | Self::ThreadAssigned { .. }
                | Self::MailRefused { .. }
                | Self::MailReaddressed
                | Self::ShopperErased { .. }
                | Self::ThreadLabelled { .. }
                | Self::ThreadUnlabelled { .. }
                | Self::ThreadSnoozed { .. }
                | Self::ThreadWoken
                | Self::ThreadMarkedSpam
                | Self::ThreadSpamCleared
        )
    }
}

/// Something that happened in a thread.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct Event {
    pub id: EventId,
    pub thread_id: ThreadId,
    pub seq: i64,
    /// Its position in the merchant's feed; none for a moment on PostgreSQL.
    pub pos: Option<i64>,
    pub actor: ActorKind,
    pub actor_id: Option<AgentId>,
    #[diesel(column_name = data)]
    pub change: Json<Change>,
    pub happened_at: At,
}

/// Says that something happened in a thread; gives the seq it took.
///
/// # Errors
/// When the thread is not there, or the database fails.
pub fn announce(tx: &mut Tx<'_>, thread: &Thread, actor: Actor, change: Change) -> Result<i64> {
    let now = tx.at();
    let seq: i64 = q!(tx, |c| diesel::update(threads::table.find((thread.merchant_id, thread.id)))
        .set((threads::last_seq.eq(threads::last_seq + 1), threads::moved_at.eq(now)))
        .returning(threads::last_seq)
        .get_result(c))?;
    let pos = feed::next(tx, thread.merchant_id)?;
    let (kind, id) = (change.name(), EventId::new(tx.now()));
    deliveries::plan(tx, thread, seq, actor, &change)?;
    let row = (
        (events::merchant_id.eq(thread.merchant_id), events::thread_id.eq(thread.id), events::seq.eq(seq)),
        (events::id.eq(id), events::pos.eq(pos), events::kind.eq(kind), events::data.eq(Json(change))),
        (events::actor.eq(actor.kind()), events::actor_id.eq(actor.id()), events::happened_at.eq(now)),
    );
    q!(tx, |c| diesel::insert_into(events::table).values(row).execute(c))?;
    tx.nudge(Nudge::Thread(thread.merchant_id, thread.id));
    Ok(seq)
}

/// When something of this public name first happened in a thread.
///
/// # Errors
/// When the database fails.
pub fn first(conn: &mut Conn, merchant: MerchantId, thread: ThreadId, name: &str) -> Result<Option<At>> {
    Ok(q!(conn, |c| events::table
        .filter(events::merchant_id.eq(merchant))
        .filter(events::thread_id.eq(thread))
        .filter(events::kind.eq(name))
        .order(events::seq)
        .select(events::happened_at)
        .first(c)
        .optional())?)
}

/// The thread's newest events after `seq`, oldest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn since(conn: &mut Conn, merchant: MerchantId, thread: ThreadId, seq: i64, limit: i64) -> Result<Vec<Event>> {
    let mut newest: Vec<Event> = q!(conn, |c| events::table
        .filter(events::merchant_id.eq(merchant))
        .filter(events::thread_id.eq(thread))
        .filter(events::seq.gt(seq))
        .order(events::seq.desc())
        .limit(limit)
        .select(Event::as_select())
        .load(c))?;
    newest.reverse();
    Ok(newest)
}
