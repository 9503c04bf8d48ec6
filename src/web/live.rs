//! A live page: one socket that brings what came after the seq the page has. A nudge says only that there is something;
//! what it is, and whether this reader may still see it, is looked up anew for every frame.

use std::{future::Future, time::Duration};

use actix_web::{HttpRequest, HttpResponse, rt, web};
use actix_ws::{CloseCode, CloseReason, Message, MessageStream, Session};
use futures_util::StreamExt;
use serde::Serialize;
use tokio::{
    sync::mpsc,
    time::{Instant, interval, sleep},
};

use super::request;
use crate::{
    bus::{Nudge, Topic},
    error::{Error, Result},
    metrics,
};

/// A browser answers our ping; silence this long is a dead connection.
const SILENT: Duration = Duration::from_secs(60);
const PING: Duration = Duration::from_secs(25);
/// The least time between two frames: what happens in one breath goes in one.
const GATHER: Duration = Duration::from_millis(15);
/// The largest frame a page may send; ours say in a few words what was seen.
const MAX_FRAME: usize = 4 * 1024;

/// What a page is brought: rendered parts, and the seq they bring it to.
#[derive(Debug, Default, Serialize)]
pub struct Frame {
    pub upto: i64,
    pub parts: Vec<Part>,
    /// The page is to load itself anew: it may be signed out, or is too far behind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reload: bool,
}

/// A rendered part and its place: appended to the `log`, or put in the stead of the element `target`.
#[derive(Debug, Serialize)]
pub struct Part {
    pub target: &'static str,
    /// The id of its own root element.
    pub id: String,
    pub html: String,
}

/// Where a page says it stands.
#[derive(Debug, serde::Deserialize)]
pub struct After {
    #[serde(default)]
    pub after: i64,
}

/// What a page lets us know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It is still open.
    Open,
    /// Its reader has this seq before their eyes.
    Seen(i64),
}

/// What a page says.
#[derive(Debug, serde::Deserialize)]
struct Said {
    seen: Option<i64>,
}

/// Holds a socket open. `look` gives the frame after a seq, or an error when this reader may no longer look; then the
/// page is told to load itself anew and the socket is closed. `heed` takes note of what the page lets us know.
///
/// # Errors
/// When the request is no socket's.
pub fn open<L, F, H>(
    req: &HttpRequest,
    stream: web::Payload,
    topic: Topic,
    after: i64,
    look: L,
    heed: H,
) -> Result<HttpResponse>
where
    L: Fn(i64) -> F + 'static,
    F: Future<Output = Result<Frame>> + 'static,
    H: Fn(Heard) + 'static,
{
    let (answer, session, incoming) = actix_ws::handle(req, stream).map_err(|_| Error::NotFound)?;
    // Watched before the first look, so that nothing falls between.
    let nudges = request::app(req).bus.watch(topic);
    rt::spawn(hold(session, incoming.max_frame_size(MAX_FRAME), nudges, after, (look, heed)));
    Ok(answer)
}

async fn hold<L, F, H>(
    mut session: Session,
    mut incoming: MessageStream,
    mut nudges: mpsc::Receiver<Nudge>,
    after: i64,
    (look, heed): (L, H),
) where
    L: Fn(i64) -> F,
    F: Future<Output = Result<Frame>>,
    H: Fn(Heard),
{
    let _counted = metrics::Socket::opened();
    let (mut upto, mut pings) = (after, interval(PING));
    let (mut heard, mut brought) = (Instant::now(), Instant::now());
    if bring(&mut session, &look, &mut upto).await.is_err() {
        return leave(session).await;
    }
    loop {
        tokio::select! {
            message = incoming.next() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(message)) => {
                    heard = Instant::now();
                    if let Some(seq) = seen(&message) {
                        heed(Heard::Seen(seq));
                    }
                },
            },
            nudge = nudges.recv() => {
                if nudge.is_none() {
                    return leave(session).await;
                }
                sleep(GATHER.saturating_sub(brought.elapsed())).await;
                while nudges.try_recv().is_ok() {}
                brought = Instant::now();
                if bring(&mut session, &look, &mut upto).await.is_err() {
                    return leave(session).await;
                }
            },
            _ = pings.tick() => {
                heed(Heard::Open);
                if heard.elapsed() > SILENT || session.ping(b"").await.is_err() {
                    return leave(session).await;
                }
            },
        }
    }
}

fn seen(message: &Message) -> Option<i64> {
    let Message::Text(text) = message else { return None };
    serde_json::from_str::<Said>(text).ok()?.seen
}

/// Nobody is there any more.
struct Gone;

async fn bring<L, F>(session: &mut Session, look: &L, upto: &mut i64) -> Result<(), Gone>
where
    L: Fn(i64) -> F,
    F: Future<Output = Result<Frame>>,
{
    let frame = match look(*upto).await {
        Ok(frame) => frame,
        // The database is busy: the page stays as it is until the next nudge or reconnect.
        Err(Error::Busy) => return Ok(()),
        Err(Error::NotFound | Error::SignedOut | Error::Denied) => {
            say(session, &Frame { upto: *upto, reload: true, ..Frame::default() }).await?;
            return Err(Gone);
        }
        Err(error) => {
            tracing::error!(%error, "a live page could not be brought up to date");
            return Err(Gone);
        }
    };
    if frame.parts.is_empty() && frame.upto <= *upto && !frame.reload {
        return Ok(());
    }
    *upto = frame.upto.max(*upto);
    say(session, &frame).await
}

async fn say(session: &mut Session, frame: &Frame) -> Result<(), Gone> {
    let text = serde_json::to_string(frame).map_err(|_| Gone)?;
    // A reader that takes nothing for this long is as good as gone.
    tokio::time::timeout(PING, session.text(text)).await.map_err(|_| Gone)?.map_err(|_| Gone)
}

async fn leave(session: Session) {
    let reason = CloseReason { code: CloseCode::Away, description: None };
    // The other side may be gone already.
    let _ = session.close(Some(reason)).await;
}
