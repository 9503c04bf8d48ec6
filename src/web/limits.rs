//! How often anyone may ask, by a token bucket for each asker: an address (its /24 or /56), a token, a connector.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::LazyLock,
    time::Duration,
};

use actix_web::HttpRequest;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DashMapStateStore,
};

use super::request;
use crate::error::{Error, Result};

/// Askers that are remembered at most; beyond, the quiet ones are forgotten.
const REMEMBERED: usize = 100_000;

type Bucket = RateLimiter<String, DashMapStateStore<String>, DefaultClock>;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Signing in, entering a code, redeeming a link: what somebody might guess at.
    Guess,
    /// Guessing at one account, from wherever.
    Account,
    /// Asking for a code by e-mail.
    Code,
    /// A shopper writing or asking for something.
    Write,
    /// A file sent into a thread.
    Upload,
    /// A file sent to a merchant, from all threads together.
    UploadOfMerchant,
    /// A program's request.
    Api,
    /// A hook's arrival.
    Hook,
}

struct Buckets {
    guess: Bucket,
    account: Bucket,
    code: Bucket,
    write: Bucket,
    upload: Bucket,
    upload_of_merchant: Bucket,
    api: Bucket,
    hook: Bucket,
}

fn bucket(each: u32, period: Duration) -> Bucket {
    let each = NonZeroU32::new(each).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(period / each.get()).map(|quota| quota.allow_burst(each));
    RateLimiter::dashmap(quota.unwrap_or_else(|| Quota::per_second(each)))
}

/// The buckets of this process.
static BUCKETS: LazyLock<Buckets> = LazyLock::new(|| Buckets {
    guess: bucket(20, Duration::from_secs(60)),
    account: bucket(10, Duration::from_secs(900)),
    code: bucket(10, Duration::from_secs(600)),
    write: bucket(30, Duration::from_secs(60)),
    upload: bucket(60, Duration::from_secs(3_600)),
    upload_of_merchant: bucket(3_000, Duration::from_secs(3_600)),
    api: bucket(600, Duration::from_secs(60)),
    hook: bucket(200, Duration::from_secs(1)),
});

/// Takes one from the asker's bucket.
///
/// # Errors
/// [`Error::TooOften`] with how long to wait.
pub fn take(req: &HttpRequest, kind: Kind, asker: &str) -> Result<()> {
    if !request::app(req).limited {
        return Ok(());
    }
    let bucket = match kind {
        Kind::Guess => &BUCKETS.guess,
        Kind::Account => &BUCKETS.account,
        Kind::Code => &BUCKETS.code,
        Kind::Write => &BUCKETS.write,
        Kind::Upload => &BUCKETS.upload,
        Kind::UploadOfMerchant => &BUCKETS.upload_of_merchant,
        Kind::Api => &BUCKETS.api,
        Kind::Hook => &BUCKETS.hook,
    };
    if bucket.len() > REMEMBERED {
        bucket.retain_recent();
    }
    let clock = DefaultClock::default();
    bucket.check_key(&asker.to_owned()).map_err(|until| Error::TooOften(until.wait_time_from(clock.now())))
}

/// The same for the address a request comes from.
///
/// # Errors
/// As [`take`].
pub fn take_by_address(req: &HttpRequest, kind: Kind) -> Result<()> {
    take(req, kind, &request::peer(req).map_or_else(String::new, neighbourhood))
}

/// An address without the part that its holder can choose at will.
pub fn neighbourhood(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{}/56", Ipv6Addr::new(a, b, c, d & 0xff00, 0, 0, 0, 0))
        }
    }
}
