//! Counters of this process, in the text format of Prometheus. No names, no addresses, no merchants.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicI64, AtomicU64},
    },
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    route: String,
    status: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: String,
}

struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    intake: Family<Outcome, Counter>,
    deliveries: Family<Outcome, Gauge<i64, AtomicI64>>,
    held: Gauge<i64, AtomicI64>,
    sockets: Gauge<i64, AtomicI64>,
    writes_waiting: Gauge<u64, AtomicU64>,
    changes_in_commit: Histogram,
    commit_seconds: Histogram,
}

static METRICS: LazyLock<Metrics> = LazyLock::new(|| {
    let mut registry = Registry::with_prefix("comptoir");
    let requests = Family::default();
    registry.register("requests", "Requests answered, by route and status", requests.clone());
    let intake = Family::default();
    registry.register("intake", "Hooks that arrived, by what became of them", intake.clone());
    let deliveries = Family::default();
    registry.register("deliveries", "Deliveries, by state", deliveries.clone());
    let held = Gauge::default();
    registry.register("deliveries_held", "1 while deliveries wait for comptoir resume", held.clone());
    let sockets = Gauge::default();
    registry.register("sockets", "Live connections", sockets.clone());
    let writes_waiting = Gauge::default();
    registry.register("writes_waiting", "Changes that wait to be stored", writes_waiting.clone());
    let changes_in_commit = Histogram::new(exponential_buckets(1.0, 2.0, 9));
    registry.register("changes_in_commit", "Changes that were stored by one commit", changes_in_commit.clone());
    let commit_seconds = Histogram::new(exponential_buckets(0.000_25, 2.0, 14));
    registry.register(
        "commit_seconds",
        "How long a commit took, its wait for the disk included",
        commit_seconds.clone(),
    );
    Metrics { registry, requests, intake, deliveries, held, sockets, writes_waiting, changes_in_commit, commit_seconds }
});

/// Counts an answered request.
pub fn counted(route: &str, status: u16) {
    METRICS.requests.get_or_create(&Request { route: route.to_owned(), status: status.into() }).inc();
}

/// Counts a commit: how many changes it stored, and how long it took.
pub fn committed(changes: usize, took: Duration) {
    METRICS.changes_in_commit.observe(changes as f64);
    METRICS.commit_seconds.observe(took.as_secs_f64());
}

/// Counts an arrival by what became of it: a verdict, `repeat`, or `refused` for a wrong signature.
pub fn arrived(outcome: &str) {
    METRICS.intake.get_or_create(&Outcome { outcome: outcome.to_owned() }).inc();
}

/// A live connection, counted while it is held.
#[derive(Debug)]
pub struct Socket(());

impl Socket {
    pub fn opened() -> Self {
        METRICS.sockets.inc();
        Self(())
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        METRICS.sockets.dec();
    }
}

/// Everything, as text.
pub fn text(writes_waiting: usize, deliveries: &[(&str, i64)], held: bool) -> String {
    METRICS.held.set(i64::from(held));
    METRICS.writes_waiting.set(writes_waiting as u64);
    for (state, count) in deliveries {
        METRICS.deliveries.get_or_create(&Outcome { outcome: (*state).to_owned() }).set(*count);
    }
    let mut text = String::new();
    match encode(&mut text, &METRICS.registry) {
        Ok(()) => text,
        Err(error) => {
            tracing::error!(%error, "metrics could not be written");
            String::new()
        }
    }
}
