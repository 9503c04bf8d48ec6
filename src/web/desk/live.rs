//! The desk's socket: the counts, the list and the open thread, brought anew whenever anything of the merchant moved.
//! Each part is sent only when it reads otherwise than what was sent last. Who else has the thread open, and who writes in
//! it, passes by: see [`super::company`].

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::{HttpRequest, HttpResponse, rt, web};
use askama::Template;
use serde::Deserialize;

use super::{
    Place,
    company::Company,
    drawing::{Desk as Drawing, Mend},
    news,
    reading::{self, Linking, Listing, Opened, Round, Wanted},
    view::{conversation::Day, frame::Here},
};
use crate::{
    app::App,
    bus::{Nudge, Topic},
    domain::{
        agents::{self, Agent, SessionToken},
        presence,
        threads::{
            marks::{self, Told},
            messages::{self, Audience, Message},
        },
    },
    error::{Error, Result},
    i18n::Words,
    ids::{AgentId, MerchantId, ThreadId},
    store::columns::At,
    web::{
        gate::Desk,
        live::{self, Frame, Heard, News, Page, Part},
    },
};

/// Messages whose marks are brought again.
const MARKED: i64 = 100;
/// How long what several pages were brought is gathered, to be noted once.
const GATHERED: Duration = Duration::from_millis(100);

/// Which page follows.
#[derive(Debug, Deserialize)]
pub(super) struct Followed {
    #[serde(default)]
    view: String,
    shop: Option<String>,
    assignee: Option<String>,
    kind: Option<String>,
    lang: Option<String>,
    label: Option<String>,
    late: Option<String>,
    sort: Option<String>,
    rows: Option<i64>,
    thread: Option<String>,
    #[serde(default)]
    after: i64,
    marks: Option<String>,
    /// How long ago the page was drawn, in seconds.
    #[serde(default)]
    age: u32,
}

/// `GET /desk/live`
pub(super) async fn follow(
    req: HttpRequest,
    stream: web::Payload,
    desk: Desk,
    app: web::Data<App>,
    page: web::Query<Followed>,
) -> Result<HttpResponse> {
    let page = page.into_inner();
    let thread = page.thread.map(|id| id.parse::<ThreadId>().map_err(|_| Error::NotFound)).transpose()?;
    let place = Place {
        view: page.view,
        shop: page.shop,
        assignee: page.assignee,
        kind: page.kind,
        lang: page.lang,
        label: page.label,
        late: page.late,
        sort: page.sort,
        ..Place::default()
    };
    let (app, merchant, agent) = (app.into_inner(), desk.agent.merchant_id, desk.agent.id);
    let mut topics = vec![Topic::Merchant(merchant)];
    topics.extend(thread.map(|thread| Topic::Talk(merchant, thread)));
    let here = place.here();
    let follower = Follower {
        company: thread.map(|thread| Company::new(&app, merchant, thread, agent, here.query())),
        news: news::Watch::new(app.now()),
        session: desk.session,
        merchant,
        agent,
        here,
        rows: page.rows,
        thread,
        told: Cell::new(page.marks.and_then(|marks| marks.parse().ok()).unwrap_or_default()),
        asked: Cell::default(),
        waits: Cell::default(),
        age: chrono::Duration::seconds(page.age.into()),
        words: Cell::default(),
        day: RefCell::default(),
        sent: RefCell::default(),
        app,
    };
    live::open(&req, stream, &topics, page.after, follower)
}

struct Follower {
    app: Arc<App>,
    session: SessionToken,
    merchant: MerchantId,
    agent: AgentId,
    here: Here,
    /// How many rows the page shows.
    rows: Option<i64>,
    thread: Option<ThreadId>,
    /// Who else is at the open thread.
    company: Option<Company>,
    news: news::Watch,
    /// The marks the page shows.
    told: Cell<Told>,
    /// The seq of the shopper's newest message, and of the newest one that an agent has seen.
    asked: Cell<(i64, i64)>,
    /// Whether a message reached no page before the frame that was made last.
    waits: Cell<bool>,
    age: chrono::Duration,
    words: Cell<Option<Words>>,
    /// The day its headings were drawn on.
    day: RefCell<String>,
    /// What each part read like when it was sent last.
    sent: RefCell<HashMap<&'static str, u64>>,
}

/// What is read for a frame.
struct Read {
    agent: Agent,
    round: Round,
    listing: Listing,
    opened: Option<Opened>,
    /// What was said, when its marks moved.
    said: Vec<Message>,
    waits: bool,
    news: Vec<news::Fresh>,
}

impl Page for Follower {
    async fn look(&self, after: i64) -> Result<Frame> {
        let read = self.read(after).await?;
        let drawing = Drawing::of(&read.agent, &read.round, &self.here, &self.app);
        self.waits.set(read.waits);
        if self.words.replace(Some(drawing.t)).is_none() {
            *self.day.borrow_mut() = drawing.t.day_key(&(drawing.t.now() - self.age));
        }
        let mut frame = Frame { news: self.called_for(&drawing, read.news), ..Frame::default() };
        self.put(&mut frame, "counts", &drawing.counts(None))?;
        self.put(&mut frame, "threads", &drawing.list(&read.listing, read.opened.as_ref()))?;
        let Some(opened) = read.opened else { return Ok(frame) };
        if opened.more_after(after) {
            frame.reload = true;
            return Ok(frame);
        }
        self.asked.set((opened.marks.asked, opened.marks.of_shopper.seen));
        for entry in drawing.entries(&opened) {
            let html = entry.html().map_err(Error::internal)?;
            frame.parts.push(Part { target: "log".into(), id: entry.id().to_owned(), html });
        }
        frame.parts.extend(self.new_day(drawing.t)?);
        self.mark(&mut frame, &drawing, &opened, &read.said, after)?;
        let context = drawing.context(&opened, &Mend::default());
        let mut head = drawing.head(&opened, &context);
        if let Some(company) = &self.company {
            company.know(&drawing, &opened);
            head.viewers = company.viewers();
        }
        self.put(&mut frame, "conversation-head", &head)?;
        self.put(&mut frame, "context", &context)?;
        frame.upto = opened.thread.last_seq;
        Ok(frame)
    }

    async fn signs(&self, nudges: &[Nudge]) -> Result<Vec<Part>> {
        let (Some(company), Some(t)) = (&self.company, self.words.get()) else { return Ok(Vec::new()) };
        let mut parts = company.signs(t, nudges)?;
        parts.extend(self.new_day(t.at(self.app.now()))?);
        Ok(parts)
    }

    fn heed(&self, heard: Heard) {
        if let Some(company) = &self.company {
            company.heed(heard);
        }
        match heard {
            Heard::Opened | Heard::Open => self.at_desk(),
            Heard::Brought if self.waits.take() => reach(&self.app, self.merchant),
            Heard::Seen(seq) => self.seen(seq),
            Heard::Brought | Heard::Typing(_) | Heard::Gone => {}
        }
    }
}

impl Follower {
    /// Whoever is signed out meanwhile sees nothing more: the session is looked up with the rest.
    async fn read(&self, after: i64) -> Result<Read> {
        let (session, here, now) = (self.session.clone(), self.here.clone(), self.app.now());
        let (thread, rows, linking) = (self.thread, self.rows, Linking::of(&self.app));
        let (told, since) = (self.told.get(), self.news.since(now));
        self.app
            .read(move |conn| {
                let (agent, _) = agents::by_session(conn, &session, now)?;
                let round = reading::round(conn, &agent, &here)?;
                let listing = reading::listing(conn, &agent, &round, &here, At::new(now), rows)?;
                let wanted = thread.map(|thread| Wanted { thread, after, all: false });
                let opened = wanted
                    .map(|wanted| reading::opened(conn, &round, agent.merchant_id, wanted, &linking))
                    .transpose()?;
                let moved = opened.as_ref().filter(|opened| opened.marks.of_shop.told() != told);
                let said = moved.map(|open| messages::since(conn, &open.thread, Audience::Desk, 0, MARKED));
                let said = said.transpose()?.unwrap_or_default();
                let waits = marks::waits_for_desk(conn, agent.merchant_id)?;
                let news = news::fresh(conn, &agent, since)?;
                Ok(Read { agent, round, listing, opened, said, waits, news })
            })
            .await
    }

    /// What is new for its agent to be called for, each once.
    fn called_for(&self, drawing: &Drawing<'_>, fresh: Vec<news::Fresh>) -> Vec<News> {
        self.news.tell(fresh).into_iter().map(|fresh| drawing.news(&fresh)).collect()
    }

    /// The marks that moved since the page was told.
    fn mark(
        &self,
        frame: &mut Frame,
        drawing: &Drawing<'_>,
        opened: &Opened,
        said: &[Message],
        after: i64,
    ) -> Result<()> {
        let now = opened.marks.of_shop.told();
        let told = self.told.replace(now);
        if told == now {
            return Ok(());
        }
        for message in said.iter().filter(|message| message.seq <= after && told.concerns(message.seq)) {
            let Some(meta) = drawing.meta(opened, message, said) else { continue };
            let html = meta.render().map_err(Error::internal)?;
            frame.parts.push(Part { target: meta.id.clone().into(), id: meta.id, html });
        }
        frame.marks = Some(now.to_string());
        Ok(())
    }

    /// The headings that read otherwise since midnight.
    fn new_day(&self, t: Words) -> Result<Vec<Part>> {
        let today = t.day_key(&t.now());
        if self.day.replace(today.clone()) == today {
            return Ok(Vec::new());
        }
        let day = |back: i64| {
            let at = t.now() - chrono::Duration::days(back);
            let id = format!("day-{}", t.day_key(&at));
            let html = Day { id: id.clone(), seq: 0, label: t.day(&at) }.render().map_err(Error::internal)?;
            Ok(Part { target: id.clone().into(), id, html })
        };
        (0..=2).map(day).collect()
    }

    fn put(&self, frame: &mut Frame, place: &'static str, part: &impl Template) -> Result<()> {
        let html = part.render().map_err(Error::internal)?;
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        let reads = hasher.finish();
        if self.sent.borrow_mut().insert(place, reads) != Some(reads) {
            frame.parts.push(Part { target: place.into(), id: place.to_owned(), html });
        }
        Ok(())
    }

    /// Notes that the agent has the desk open, for as long as the socket is.
    fn at_desk(&self) {
        let (app, merchant, agent) = (Arc::clone(&self.app), self.merchant, self.agent);
        rt::spawn(async move {
            // A busy database hears of it with the next beat.
            let _ = app.write(move |tx| presence::at_desk(tx, merchant, agent)).await;
        });
    }

    /// Notes that the agent has the thread before their eyes, when its shopper said something since anybody had.
    fn seen(&self, seq: i64) {
        let Some(thread) = self.thread else { return };
        let (asked, seen) = self.asked.get();
        if asked <= seen || seq < asked {
            return;
        }
        self.asked.set((asked, asked));
        let (app, session) = (Arc::clone(&self.app), self.session.clone());
        rt::spawn(async move {
            let now = app.now();
            let saw = move |tx: &mut crate::store::Tx<'_>| {
                let (agent, _) = agents::by_session(tx, &session, now)?;
                marks::seen_at_desk(tx, agent.merchant_id, thread, seq)
            };
            // What is not noted costs a mark that comes later.
            let _ = app.write(saw).await;
        });
    }
}

/// Notes that the desk was brought what shoppers said, once for all pages that were in the same breath.
pub(super) fn reach(app: &Arc<App>, merchant: MerchantId) {
    if !reaching(app).insert(merchant) {
        return;
    }
    let app = Arc::clone(app);
    rt::spawn(async move {
        rt::time::sleep(GATHERED).await;
        // Before it is written, so that what comes from now on is noted by the next.
        reaching(&app).remove(&merchant);
        let _ = app.write(move |tx| marks::reached_desk(tx, merchant)).await;
    });
}

fn reaching(app: &App) -> MutexGuard<'_, HashSet<MerchantId>> {
    app.reaching.lock().unwrap_or_else(PoisonError::into_inner)
}
