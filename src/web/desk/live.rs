//! The desk's socket: the counts, the list and the open thread, brought anew whenever anything of the merchant moved.
//! Each part is sent only when it reads otherwise than what was sent last.

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
    sync::Arc,
};

use actix_web::{HttpRequest, HttpResponse, rt, web};
use askama::Template;
use serde::Deserialize;

use super::{
    Place,
    drawing::{Desk as Drawing, Mend},
    reading::{self, Linking, Wanted},
    view::frame::Here,
};
use crate::{
    app::App,
    bus::Topic,
    domain::{
        agents::{self, SessionToken},
        presence,
    },
    error::{Error, Result},
    ids::{AgentId, MerchantId, ThreadId},
    store::columns::At,
    web::{
        gate::Desk,
        live::{self, Frame, Heard, Part},
    },
};

/// Which page follows.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    view: String,
    shop: Option<String>,
    assignee: Option<String>,
    kind: Option<String>,
    lang: Option<String>,
    label: Option<String>,
    late: Option<String>,
    rows: Option<i64>,
    thread: Option<String>,
    #[serde(default)]
    after: i64,
}

/// `GET /desk/live`
pub(super) async fn follow(
    req: HttpRequest,
    stream: web::Payload,
    desk: Desk,
    app: web::Data<App>,
    page: web::Query<Page>,
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
        ..Place::default()
    };
    let (here, rows) = (place.here(), page.rows);
    let merchant = desk.agent.merchant_id;
    let follower = Follower {
        app: app.into_inner(),
        session: desk.session,
        here,
        rows,
        thread,
        sent: Rc::new(RefCell::default()),
    };
    let present = at_desk(&follower.app, merchant, desk.agent.id);
    let look = move |after| follower.clone().look(after);
    live::open(&req, stream, Topic::Merchant(merchant), page.after, look, present)
}

/// Notes that the agent has the desk open, for as long as the socket is.
fn at_desk(app: &Arc<App>, merchant: MerchantId, agent: AgentId) -> impl Fn(Heard) + 'static {
    let app = Arc::clone(app);
    move |heard| {
        let app = Arc::clone(&app);
        if heard == Heard::Open {
            rt::spawn(async move {
                // A busy database hears of it with the next beat.
                let _ = app.write(move |tx| presence::at_desk(tx, merchant, agent)).await;
            });
        }
    }
}

#[derive(Clone)]
struct Follower {
    app: Arc<App>,
    session: SessionToken,
    here: Here,
    /// How many rows the page shows.
    rows: Option<i64>,
    thread: Option<ThreadId>,
    /// What each part read like when it was sent last.
    sent: Rc<RefCell<HashMap<&'static str, u64>>>,
}

impl Follower {
    /// Whoever is signed out meanwhile sees nothing more: the session is looked up with the rest.
    async fn look(self, after: i64) -> Result<Frame> {
        let (session, here, now) = (self.session.clone(), self.here.clone(), self.app.now());
        let (thread, rows, linking) = (self.thread, self.rows, Linking::of(&self.app));
        let (agent, round, listing, opened) = self
            .app
            .read(move |conn| {
                let (agent, _) = agents::by_session(conn, &session, now)?;
                let round = reading::round(conn, &agent, &here)?;
                let listing = reading::listing(conn, &agent, &round, &here, At::new(now), rows)?;
                let wanted = thread.map(|thread| Wanted { thread, after, all: false });
                let opened = wanted
                    .map(|wanted| reading::opened(conn, &round, agent.merchant_id, wanted, &linking))
                    .transpose()?;
                Ok((agent, round, listing, opened))
            })
            .await?;
        let drawing = Drawing::of(&agent, &round, &self.here, &self.app);
        let mut frame = Frame::default();
        self.put(&mut frame, "counts", &drawing.counts(None))?;
        self.put(&mut frame, "threads", &drawing.list(&listing, opened.as_ref()))?;
        let Some(opened) = opened else { return Ok(frame) };
        if opened.more_after(after) {
            frame.reload = true;
            return Ok(frame);
        }
        for entry in drawing.entries(&opened) {
            let html = entry.html().map_err(Error::internal)?;
            frame.parts.push(Part { target: "log", id: entry.id().to_owned(), html });
        }
        let context = drawing.context(&opened, &Mend::default());
        self.put(&mut frame, "conversation-head", &drawing.head(&opened, &context))?;
        self.put(&mut frame, "context", &context)?;
        frame.upto = opened.thread.last_seq;
        Ok(frame)
    }

    fn put(&self, frame: &mut Frame, place: &'static str, part: &impl Template) -> Result<()> {
        let html = part.render().map_err(Error::internal)?;
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        let reads = hasher.finish();
        if self.sent.borrow_mut().insert(place, reads) != Some(reads) {
            frame.parts.push(Part { target: place, id: place.to_owned(), html });
        }
        Ok(())
    }
}
