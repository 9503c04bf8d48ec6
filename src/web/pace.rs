//! How fast the body of a request must come. Whoever sends a byte now and then holds a connection and a buffer for nothing.

use std::{cell::Cell, io, rc::Rc, time::Duration};

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    middleware::Next,
    web::Bytes,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout};

/// As long as this we wait for a sender in any case.
const SILENCE: Duration = Duration::from_secs(15);
/// Bytes a second that a sender must manage beyond.
const SLOWEST: f64 = 1024.0;
/// The longest that we wait for one body.
const LONGEST: Duration = Duration::from_secs(900);

/// Reads bodies no longer than their senders send them at a pace; a connection that did not is closed.
///
/// # Errors
/// What the room answers.
pub async fn keep(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    // Whatever looks has no body, and a socket's is everything its page will ever say.
    if matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(next.call(req).await?.map_into_boxed_body());
    }
    let late = Rc::new(Cell::new(false));
    let payload = Box::pin(paced(req.take_payload(), Rc::clone(&late)).fuse());
    req.set_payload(Payload::Stream { payload });
    let mut response = next.call(req).await?.map_into_boxed_body();
    if late.get() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// The body, until its sender is too slow.
fn paced(payload: Payload, late: Rc<Cell<bool>>) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let begun = (payload, Pace::default(), late);
    stream::unfold(begun, |(mut payload, mut pace, late)| async move {
        let waits = Instant::now();
        let Ok(next) = timeout(pace.patience(), payload.next()).await else {
            late.set(true);
            let error = PayloadError::Incomplete(Some(io::ErrorKind::TimedOut.into()));
            return Some((Err(error), (payload, pace, late)));
        };
        pace.waited += waits.elapsed();
        if let Some(Ok(bytes)) = &next {
            pace.bytes += bytes.len();
        }
        next.map(|chunk| (chunk, (payload, pace, late)))
    })
}

/// How long we waited for so many bytes. What we do with them meanwhile is not the sender's time.
#[derive(Debug, Default)]
struct Pace {
    waited: Duration,
    bytes: usize,
}

impl Pace {
    /// How much longer the next byte may take.
    fn patience(&self) -> Duration {
        let granted = SILENCE + Duration::from_secs_f64(self.bytes as f64 / SLOWEST);
        granted.min(LONGEST).saturating_sub(self.waited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_trickles_is_not_waited_for() {
        let patience = |waited: u64, bytes: usize| Pace { waited: Duration::from_secs(waited), bytes }.patience();
        assert_eq!(patience(14, 0), Duration::from_secs(1));
        assert_eq!(patience(16, 8), Duration::ZERO, "a byte every two seconds");
        assert!(patience(60, 64 * 1024) > Duration::from_secs(10), "a poor connection");
        assert_eq!(patience(901, 50 * 1024 * 1024), Duration::ZERO);
    }
}
