//! The vocabulary stories are written in: a real server of its own for each story, people who use it the way browsers,
//! programs and shops do, and a real Chromium. What the business should do is in the stories, not here.

pub(crate) mod chance;
pub(crate) mod chromium;
pub(crate) mod engine;
pub(crate) mod form;
pub(crate) mod hooks;
pub(crate) mod live;
pub(crate) mod mail;
pub(crate) mod mapping;
mod mould;
pub(crate) mod page;
pub(crate) mod place;
#[cfg(target_os = "linux")]
pub(crate) mod power;
pub(crate) mod process;
pub(crate) mod proxy;
pub(crate) mod server;
pub(crate) mod sink;
pub(crate) mod visitor;

pub(crate) use server::Server;
pub(crate) use sink::Sink;
pub(crate) use visitor::Visitor;

use std::time::{Duration, Instant};

/// Asks again until there is an answer; panics with `what` when none comes in time.
pub(crate) async fn until<T>(what: &str, limit: Duration, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(begun.elapsed() < limit, "waited {limit:?} in vain for {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// How many of something a story has: enough to show it in every run, all of it when `tests/run --whole` asks.
pub(crate) fn many(short: usize, whole: usize) -> usize {
    if std::env::var_os("COMPTOIR_TEST_WHOLE").is_some() { whole } else { short }
}
