//! Nudges between nodes on one PostgreSQL, by NOTIFY: told after the commit and outside of it, many in one, and heard by every
//! other node. Nothing depends on one arriving. Where some may have been missed (a connection was lost, too many came at
//! once), open pages are let go: they come back at once and fetch what they have not.

use std::{
    collections::HashSet,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use diesel::{PgConnection, RunQueryDsl, sql_query, sql_types::Text};

use super::conn::{Address, Conn};
use crate::{
    bus::{Bus, Nudge},
    error::{Error, Result},
    secrets,
};

const CHANNEL: &str = "comptoir";
/// PostgreSQL takes payloads shorter than 8,000 bytes.
const LONGEST: usize = 7_900;
/// Nudges that wait to be told.
const UNTOLD: usize = 8_192;
/// The word that says that others may have missed something of this node.
const MISSED: &str = "!";
/// How often it is looked whether something was heard: a connection cannot be waited at.
const LOOK: Duration = Duration::from_millis(5);
/// A node that has nothing to say says so this often, and hears itself;
const BEAT: Duration = Duration::from_secs(2);
/// one that does not has lost its connection, whatever the network says.
const SILENT: Duration = Duration::from_secs(10);
/// Between two attempts to connect again.
const AGAIN: Duration = Duration::from_millis(500);

/// Ties this node's bus to those of the others.
///
/// # Errors
/// When the database cannot be listened to.
pub(super) fn start(address: &Address, bus: &Arc<Bus>) -> Result<()> {
    let node = format!("{:016x}", u64::from_be_bytes(secrets::random()));
    let first = listening(address).map_err(Error::Internal)?;
    let (told, untold) = bounded(UNTOLD);
    let missed = Arc::new(AtomicBool::new(false));
    let teller = Teller { address: address.clone(), node: node.clone(), missed: Arc::clone(&missed), conn: None };
    bus.tell_others(Box::new(move |nudge| {
        if told.try_send(nudge).is_err() {
            missed.store(true, Ordering::Relaxed);
        }
    }));
    let listener = Listener { address: address.clone(), node, bus: Arc::downgrade(bus) };
    let spawned = |name: &str, work: Box<dyn FnOnce() + Send>| thread::Builder::new().name(name.to_owned()).spawn(work);
    spawned("teller", Box::new(move || teller.work(&untold))).map_err(Error::internal)?;
    spawned("listener", Box::new(move || listener.work(first))).map_err(Error::internal)?;
    Ok(())
}

struct Teller {
    address: Address,
    node: String,
    missed: Arc<AtomicBool>,
    conn: Option<Box<PgConnection>>,
}

impl Teller {
    fn work(mut self, untold: &Receiver<Nudge>) {
        loop {
            let first = match untold.recv_timeout(BEAT) {
                Ok(nudge) => Some(nudge),
                Err(RecvTimeoutError::Timeout) => None,
                // The bus is gone, and with it everybody who had something to tell.
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let mut words: Vec<String> =
                first.into_iter().chain(untold.try_iter()).filter_map(|n| n.in_words()).collect();
            if self.missed.swap(false, Ordering::Relaxed) {
                words.push(MISSED.to_owned());
            }
            if let Err(error) = self.tell(&words) {
                tracing::warn!(%error, "other nodes could not be told; their pages look anew once they can");
                self.conn = None;
                self.missed.store(true, Ordering::Relaxed);
                thread::sleep(AGAIN);
            }
        }
    }

    fn tell(&mut self, words: &[String]) -> Result<(), String> {
        if self.conn.is_none() {
            self.conn = Some(connected(&self.address)?);
        }
        let Some(conn) = &mut self.conn else { return Err("no connection".to_owned()) };
        for payload in payloads(&self.node, words) {
            let notify = sql_query("SELECT pg_notify($1, $2)").bind::<Text, _>(CHANNEL).bind::<Text, _>(payload);
            notify.execute(&mut **conn).map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// The words, each once, in as few payloads as they fit in; with none of them, one that says only who is there.
fn payloads(node: &str, words: &[String]) -> Vec<String> {
    let (mut told, mut payloads) = (HashSet::new(), vec![node.to_owned()]);
    for word in words.iter().filter(|word| told.insert(word.as_str())) {
        match payloads.last_mut().filter(|last| last.len() + 1 + word.len() <= LONGEST) {
            Some(last) => last.extend([" ", word.as_str()]),
            None => payloads.push(format!("{node} {word}")),
        }
    }
    payloads
}

struct Listener {
    address: Address,
    node: String,
    bus: Weak<Bus>,
}

impl Listener {
    fn work(self, first: Box<PgConnection>) {
        let mut conn = first;
        loop {
            match self.listen(&mut conn) {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "other nodes are not heard; trying again"),
            }
            conn = loop {
                if self.bus.strong_count() == 0 {
                    return;
                }
                match listening(&self.address) {
                    Ok(conn) => break conn,
                    Err(error) => tracing::debug!(%error, "not yet"),
                }
                thread::sleep(AGAIN);
            };
            tracing::info!("other nodes are heard again");
            if let Some(bus) = self.bus.upgrade() {
                bus.look_anew();
            }
        }
    }

    /// Until the bus is gone.
    fn listen(&self, conn: &mut PgConnection) -> Result<(), String> {
        let mut heard = Instant::now();
        while let Some(bus) = self.bus.upgrade() {
            for notification in conn.notifications_iter() {
                let payload = notification.map_err(|error| error.to_string())?.payload;
                if self.hear(&payload, &bus) {
                    heard = Instant::now();
                }
            }
            if heard.elapsed() > SILENT {
                return Err("nothing came for too long".to_owned());
            }
            drop(bus);
            thread::sleep(LOOK);
        }
        Ok(())
    }

    /// Passes on what another node told; true for what this one did.
    fn hear(&self, payload: &str, bus: &Bus) -> bool {
        let mut words = payload.split(' ');
        if words.next() == Some(self.node.as_str()) {
            return true;
        }
        for word in words {
            match Nudge::from_words(word) {
                Some(nudge) => bus.hear(nudge),
                None if word == MISSED => bus.look_anew(),
                // A newer version says more than this one knows.
                None => {}
            }
        }
        false
    }
}

fn connected(address: &Address) -> Result<Box<PgConnection>, String> {
    match address.connect(false)? {
        Conn::Postgres(conn) => Ok(conn),
        Conn::Sqlite(_) => Err("only nodes on PostgreSQL have others".to_owned()),
    }
}

fn listening(address: &Address) -> Result<Box<PgConnection>, String> {
    let mut conn = connected(address)?;
    sql_query(format!("LISTEN {CHANNEL}")).execute(&mut *conn).map_err(|error| error.to_string())?;
    Ok(conn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        bus::Topic,
        ids::{MerchantId, ThreadId},
    };

    fn moved(thread: u8) -> Nudge {
        Nudge::Thread(MerchantId::from_bytes([1; 16]), ThreadId::from_bytes([thread; 16]))
    }

    #[test]
    fn many_nudges_go_in_few_payloads_and_each_once() {
        let words: Vec<String> = (0..=255).chain(0..=255).filter_map(|thread| moved(thread).in_words()).collect();
        let told = payloads("0123456789abcdef", &words);
        assert!(told.len() < 4 && told.iter().all(|payload| payload.len() < 8_000), "{}", told.len());
        let heard: Vec<&str> = told.iter().flat_map(|payload| payload.split(' ').skip(1)).collect();
        assert_eq!(heard.len(), 256);
        assert!(heard.iter().all(|word| Nudge::from_words(word).is_some()));
        assert_eq!(payloads("0123456789abcdef", &[]), ["0123456789abcdef"], "a beat");
    }

    #[test]
    fn a_node_hears_others_and_not_itself() {
        let bus = Arc::new(Bus::default());
        let (address, node) = ("postgres://nowhere".parse().unwrap(), "me".to_owned());
        let listener = Listener { address, node, bus: Arc::downgrade(&bus) };
        let mut nudges = bus.watch(&[Topic::Thread(MerchantId::from_bytes([1; 16]), ThreadId::from_bytes([2; 16]))]);
        let word = moved(2).in_words().unwrap();
        assert!(listener.hear(&format!("me {word}"), &bus));
        assert!(nudges.try_recv().is_err(), "it was told at once, when it happened");
        assert!(!listener.hear(&format!("other {word} z.unknown"), &bus));
        assert_eq!(nudges.try_recv().ok(), Some(moved(2)));
        listener.hear(&format!("other {MISSED}"), &bus);
        assert!(nudges.is_closed(), "the page comes back and looks anew");
    }
}
