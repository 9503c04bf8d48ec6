//! A live page: one socket that brings what came after the seq the page has. A nudge says only that there is something;
//! what it is, and whether this reader may still see it, is looked up anew for every frame. Signs (somebody writes,
//! somebody is here) pass by in the same frames and are kept nowhere.

use std::{borrow::Cow, future::Future, time::Duration};

use actix_web::{HttpRequest, HttpResponse, rt, web};
use actix_ws::{CloseCode, CloseReason, Message, MessageStream, Session};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::{
    sync::mpsc,
    time::{Instant, Interval, interval, sleep},
};

use super::request;
use crate::{
    bus::{Nudge, Topic},
    error::{Error, Result},
    metrics,
};

/// A browser answers our ping; silence this long is a dead connection.
const SILENT: Duration = Duration::from_secs(60);
/// How often a page is asked whether it is there, and says so to others.
pub const BEAT: Duration = Duration::from_secs(25);
/// The least time between two frames: what happens in one breath goes in one.
const GATHER: Duration = Duration::from_millis(15);
/// How soon a page that could not be brought up to date is looked at again.
const AGAIN: Duration = Duration::from_secs(2);
/// The largest frame a page may send; ours say in a few words what was seen.
const MAX_FRAME: usize = 4 * 1024;
/// Frames that a page may send at once, and how long it takes to have one more.
const BURST: u32 = 60;
const ONE_MORE: Duration = Duration::from_millis(200);

/// What a page is brought: rendered parts, and the seq they bring it to.
#[derive(Debug, Default, Serialize)]
pub struct Frame {
    pub upto: i64,
    pub parts: Vec<Part>,
    /// The page is to load itself anew: it may be signed out, or is too far behind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reload: bool,
    /// Which marks the page shows with these parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<String>,
    /// Messages that the person may want to be called for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

/// A rendered part and its place: appended to the `log`, shown for a while in `typing`, or put in the stead of the element
/// `target`.
#[derive(Debug, Serialize)]
pub struct Part {
    pub target: Cow<'static, str>,
    /// The id of its own root element.
    pub id: String,
    pub html: String,
}

/// A message that just came, as a notification says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct News {
    /// The same for every page that tells of it.
    pub id: String,
    pub thread: String,
    /// Who, about which order.
    pub title: String,
    /// That there is a message, without a word of it.
    pub text: String,
    /// Its words, for whoever chose to see them.
    pub words: String,
}

/// What a page lets us know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It was opened.
    Opened,
    /// It is still open.
    Open,
    /// It has the frame that was made for it last.
    Brought,
    /// Its reader has this seq before their eyes.
    Seen(i64),
    /// Its reader is writing.
    Typing(Typed),
    /// It is closed.
    Gone,
}

/// What somebody is writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Typed {
    Reply,
    Note,
}

/// What a page says. Nothing else of it is heard, so nothing else can reach anybody.
#[derive(Debug, Deserialize)]
struct Said {
    seen: Option<i64>,
    typing: Option<Typed>,
}

/// An open page, for as long as its socket is.
pub trait Page: 'static {
    /// The frame after a seq, or an error when this reader may no longer look; then the page is told to load itself anew
    /// and the socket is closed.
    fn look(&self, after: i64) -> impl Future<Output = Result<Frame>>;

    /// What signs look like here. Asked with every beat too, for what is over by itself.
    fn signs(&self, nudges: &[Nudge]) -> impl Future<Output = Result<Vec<Part>>>;

    /// Takes note of what the page lets us know.
    fn heed(&self, heard: Heard);
}

/// Holds a socket open.
///
/// # Errors
/// When the request is no socket's.
pub fn open(
    req: &HttpRequest,
    stream: web::Payload,
    topics: &[Topic],
    after: i64,
    page: impl Page,
) -> Result<HttpResponse> {
    let (answer, session, incoming) = actix_ws::handle(req, stream).map_err(|_| Error::NotFound)?;
    // Watched before the first look, so that nothing falls between.
    let nudges = request::app(req).bus.watch(topics);
    let now = Instant::now();
    let held = Held {
        session,
        incoming: incoming.max_frame_size(MAX_FRAME),
        nudges,
        upto: after,
        behind: false,
        beats: interval(BEAT),
        heard: now,
        brought: now,
        budget: Budget { left: BURST, since: now },
    };
    rt::spawn(hold(held, page));
    Ok(answer)
}

/// A socket and how it stands.
struct Held {
    session: Session,
    incoming: MessageStream,
    nudges: mpsc::Receiver<Nudge>,
    upto: i64,
    /// Something came that it could not be brought yet.
    behind: bool,
    beats: Interval,
    heard: Instant,
    brought: Instant,
    budget: Budget,
}

/// How much a page may still say.
struct Budget {
    left: u32,
    since: Instant,
}

impl Budget {
    fn spend(&mut self) -> Result<(), Gone> {
        let earned = self.since.elapsed().as_millis() / ONE_MORE.as_millis();
        let earned = u32::try_from(earned).unwrap_or(BURST);
        if earned > 0 {
            self.left = self.left.saturating_add(earned).min(BURST);
            self.since = Instant::now();
        }
        self.left = self.left.checked_sub(1).ok_or(Gone)?;
        Ok(())
    }
}

async fn hold(mut held: Held, page: impl Page) {
    let _counted = metrics::Socket::opened();
    let begun = held.bring(&page).await;
    if begun.is_ok() {
        page.heed(Heard::Opened);
        while held.turn(&page).await.is_ok() {}
    }
    page.heed(Heard::Gone);
    let reason = CloseReason { code: CloseCode::Away, description: None };
    // The other side may be gone already.
    let _ = held.session.close(Some(reason)).await;
}

/// Nobody is there any more.
struct Gone;

impl Held {
    /// Waits for whatever comes next, and does what it takes.
    async fn turn(&mut self, page: &impl Page) -> Result<(), Gone> {
        tokio::select! {
            message = self.incoming.next() => {
                let Some(Ok(message)) = message else { return Err(Gone) };
                self.hear(&message, page)
            },
            nudge = self.nudges.recv() => {
                let nudge = nudge.ok_or(Gone)?;
                self.follow(nudge, page).await
            },
            () = sleep(AGAIN), if self.behind => self.bring(page).await,
            _ = self.beats.tick() => {
                page.heed(Heard::Open);
                if self.heard.elapsed() > SILENT {
                    return Err(Gone);
                }
                self.session.ping(b"").await.map_err(|_| Gone)?;
                self.show(page, &[]).await
            },
        }
    }

    fn hear(&mut self, message: &Message, page: &impl Page) -> Result<(), Gone> {
        self.heard = Instant::now();
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(Gone),
            _ => return Ok(()),
        };
        self.budget.spend()?;
        let Ok(said) = serde_json::from_str::<Said>(text) else { return Ok(()) };
        if let Some(seq) = said.seen {
            page.heed(Heard::Seen(seq));
        }
        if let Some(typed) = said.typing {
            page.heed(Heard::Typing(typed));
        }
        Ok(())
    }

    async fn follow(&mut self, nudge: Nudge, page: &impl Page) -> Result<(), Gone> {
        sleep(GATHER.saturating_sub(self.brought.elapsed())).await;
        let mut all = vec![nudge];
        while let Ok(nudge) = self.nudges.try_recv() {
            all.push(nudge);
        }
        self.brought = Instant::now();
        let (signs, moved): (Vec<Nudge>, Vec<Nudge>) = all.into_iter().partition(Nudge::is_sign);
        if !moved.is_empty() {
            self.bring(page).await?;
        }
        if signs.is_empty() { Ok(()) } else { self.show(page, &signs).await }
    }

    /// Brings what came since, when anything did.
    async fn bring(&mut self, page: &impl Page) -> Result<(), Gone> {
        let frame = match page.look(self.upto).await {
            Ok(frame) => frame,
            // The database is busy: the page stays as it is for a moment.
            Err(Error::Busy) => {
                self.behind = true;
                return Ok(());
            }
            Err(Error::NotFound | Error::SignedOut | Error::Denied) => {
                self.say(&Frame { upto: self.upto, reload: true, ..Frame::default() }).await?;
                return Err(Gone);
            }
            Err(error) => {
                tracing::error!(%error, "a live page could not be brought up to date");
                return Err(Gone);
            }
        };
        self.behind = false;
        let nothing = frame.parts.is_empty() && frame.news.is_empty() && frame.marks.is_none();
        if nothing && frame.upto <= self.upto && !frame.reload {
            return Ok(());
        }
        self.upto = frame.upto.max(self.upto);
        self.say(&frame).await?;
        page.heed(Heard::Brought);
        Ok(())
    }

    /// Shows signs, or that they are over.
    async fn show(&mut self, page: &impl Page, signs: &[Nudge]) -> Result<(), Gone> {
        match page.signs(signs).await {
            Ok(parts) if parts.is_empty() => Ok(()),
            Ok(parts) => self.say(&Frame { upto: self.upto, parts, ..Frame::default() }).await,
            Err(error) => {
                // A sign that is not shown is over in a moment anyway.
                tracing::debug!(%error, "a sign could not be shown");
                Ok(())
            }
        }
    }

    async fn say(&mut self, frame: &Frame) -> Result<(), Gone> {
        let text = serde_json::to_string(frame).map_err(|_| Gone)?;
        // A reader that takes nothing for this long is as good as gone.
        tokio::time::timeout(BEAT, self.session.text(text)).await.map_err(|_| Gone)?.map_err(|_| Gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_few_words_of_a_page_are_heard() {
        let said = |text: &str| serde_json::from_str::<Said>(text).ok().map(|said| (said.seen, said.typing));
        assert_eq!(said("{\"seen\":4}"), Some((Some(4), None)));
        assert_eq!(said("{\"typing\":\"note\"}"), Some((None, Some(Typed::Note))));
        assert_eq!(
            said("{\"typing\":\"reply\",\"text\":\"<b>hi</b>\",\"name\":\"Mia\"}"),
            Some((None, Some(Typed::Reply)))
        );
        for other in ["{\"typing\":\"<b>\"}", "{\"typing\":{}}", "{\"seen\":\"x\"}", "[]", "", "seen"] {
            assert_eq!(said(other), None, "{other}");
        }
    }

    #[test]
    fn a_page_that_says_too_much_is_left() {
        let mut budget = Budget { left: BURST, since: Instant::now() };
        assert!((0..BURST).all(|_| budget.spend().is_ok()));
        assert!(budget.spend().is_err());
        budget.since = Instant::now().checked_sub(ONE_MORE * 2).unwrap();
        assert!(budget.spend().is_ok() && budget.spend().is_ok() && budget.spend().is_err());
    }
}
