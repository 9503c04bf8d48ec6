//! Nudges between those who change and those who watch. A nudge says where to look, never what is there, so a lost one
//! costs a moment and never a message. Signs are nudges too: that somebody writes, or has a thread open, is told to those
//! who look at it now and kept nowhere. All of them are ids and no more, so that they fit through any wire between nodes.

mod words;

use std::{
    collections::HashMap,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::mpsc;

use crate::ids::{AgentId, MerchantId, ThreadId};

/// Nudges a watcher may leave unread before it is told only that it fell behind.
const UNREAD: usize = 64;

/// Where something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// A thread moved on.
    Thread(MerchantId, ThreadId),
    /// What was said in a thread got further: it was brought to somebody, or seen.
    Marks(MerchantId, ThreadId),
    /// Somebody is writing in a thread.
    Writing(MerchantId, ThreadId, Writer),
    /// Who has a thread open at the desk.
    Viewing(MerchantId, ThreadId, Viewer),
    /// There is a delivery to make.
    Delivery,
    /// A connector heard something, or was changed.
    Connectors(MerchantId),
    /// An agent's sessions ended.
    SignedOut(MerchantId, AgentId),
}

impl Nudge {
    /// Whether it is all there is to know, and nothing is to be looked up.
    pub fn is_sign(&self) -> bool {
        matches!(self, Self::Writing(..) | Self::Viewing(..))
    }
}

/// Who is writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    Shopper,
    /// An agent; shoppers hear nothing of a note.
    Agent {
        agent: AgentId,
        note: bool,
    },
}

/// An agent's page that has a thread open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    pub agent: AgentId,
    /// Which page, since one agent may have several.
    pub page: u64,
    pub sign: Sign,
}

/// What such a page says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It was opened just now, and asks who else is there.
    Opened,
    Here,
    Gone,
}

/// What a watcher follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// One thread.
    Thread(MerchantId, ThreadId),
    /// Signs and marks in one thread, which only those who have it open care for.
    Talk(MerchantId, ThreadId),
    /// Everything of a merchant.
    Merchant(MerchantId),
    /// Work for the worker.
    Deliveries,
}

/// What takes a nudge to other nodes. It must not wait.
pub type Outlet = Box<dyn Fn(Nudge) + Send + Sync>;

#[derive(Default)]
pub struct Bus {
    watchers: Mutex<HashMap<Topic, Vec<mpsc::Sender<Nudge>>>>,
    closing: AtomicBool,
    /// What tells other nodes, where there are any.
    others: OnceLock<Outlet>,
}

impl Bus {
    /// Follows topics from now on. Dropping the receiver ends it.
    pub fn watch(&self, topics: &[Topic]) -> mpsc::Receiver<Nudge> {
        let (sender, receiver) = mpsc::channel(UNREAD);
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        if self.closing.load(Ordering::Relaxed) && topics != [Topic::Deliveries] {
            return receiver;
        }
        for topic in topics {
            let of_topic = watchers.entry(*topic).or_default();
            of_topic.retain(|watcher| !watcher.is_closed());
            of_topic.push(sender.clone());
        }
        receiver
    }

    /// From now on other nodes are told as well.
    pub fn tell_others(&self, others: Outlet) {
        // A bus has one wire; a second would tell them twice.
        let _ = self.others.set(others);
    }

    /// Tells everyone who follows, on this node and on others.
    pub fn send(&self, nudge: Nudge) {
        self.hear(nudge);
        if let Some(others) = self.others.get() {
            others(nudge);
        }
    }

    /// Tells those who follow on this node. A watcher whose nudges pile up has some already and will look anyway.
    pub fn hear(&self, nudge: Nudge) {
        let topics = match nudge {
            Nudge::Thread(merchant, thread) => vec![Topic::Thread(merchant, thread), Topic::Merchant(merchant)],
            Nudge::Marks(merchant, thread)
            | Nudge::Writing(merchant, thread, _)
            | Nudge::Viewing(merchant, thread, _) => vec![Topic::Talk(merchant, thread)],
            Nudge::Delivery => vec![Topic::Deliveries],
            Nudge::Connectors(merchant) | Nudge::SignedOut(merchant, _) => vec![Topic::Merchant(merchant)],
        };
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        for topic in topics {
            let Some(of_topic) = watchers.get_mut(&topic) else { continue };
            of_topic.retain(|watcher| !matches!(watcher.try_send(nudge), Err(mpsc::error::TrySendError::Closed(_))));
            if of_topic.is_empty() {
                watchers.remove(&topic);
            }
        }
    }

    /// Lets everybody go but the worker: the house closes, and open pages are to come back once it opens again.
    pub fn let_go(&self) {
        self.closing.store(true, Ordering::Relaxed);
        self.look_anew();
    }

    /// Lets open pages go, to come back at once and fetch what they have not: nudges of other nodes may have been missed.
    pub fn look_anew(&self) {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|topic, _| *topic == Topic::Deliveries);
    }

    /// Topics that are followed, counted once for each watcher, for the metrics.
    pub fn watching(&self) -> usize {
        let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.values().flatten().filter(|watcher| !watcher.is_closed()).count()
    }
}
