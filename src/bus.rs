//! Nudges between those who change and those who watch. A nudge says where to look, never what is there, so a lost one
//! costs a moment and never a message.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
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
    /// There is a delivery to make.
    Delivery,
    /// A connector heard something, or was changed.
    Connectors(MerchantId),
    /// An agent's sessions ended.
    SignedOut(MerchantId, AgentId),
}

/// What a watcher follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// One thread.
    Thread(MerchantId, ThreadId),
    /// Everything of a merchant.
    Merchant(MerchantId),
    /// Work for the worker.
    Deliveries,
}

#[derive(Default)]
pub struct Bus {
    watchers: Mutex<HashMap<Topic, Vec<mpsc::Sender<Nudge>>>>,
}

impl Bus {
    /// Follows a topic from now on. Dropping the receiver ends it.
    pub fn watch(&self, topic: Topic) -> mpsc::Receiver<Nudge> {
        let (sender, receiver) = mpsc::channel(UNREAD);
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        let of_topic = watchers.entry(topic).or_default();
        of_topic.retain(|watcher| !watcher.is_closed());
        of_topic.push(sender);
        receiver
    }

    /// Tells everyone who follows. A watcher whose nudges pile up has some already and will look anyway.
    pub fn send(&self, nudge: Nudge) {
        let topics = match nudge {
            Nudge::Thread(merchant, thread) => vec![Topic::Thread(merchant, thread), Topic::Merchant(merchant)],
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

    /// Watchers there are, for the metrics.
    pub fn watching(&self) -> usize {
        let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.values().flatten().filter(|watcher| !watcher.is_closed()).count()
    }
}
