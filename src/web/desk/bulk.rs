//! One act on several threads: each is a guarded change of its own, and what could not be done is told beside what was.
//! All of it is taken back as one.

use std::sync::Arc;

use actix_web::{HttpResponse, web};

use super::{
    Place,
    inbox::list_again,
    see,
    tending::{assignee, until},
};
use crate::{
    app::App,
    domain::{
        agents::Agent,
        threads::{
            self,
            snoozing::{self, Until},
            undo,
        },
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, ThreadId, UndoId},
    store::Tx,
    web::gate::Desk,
};

/// Threads that are taken at once.
const MOST: usize = 100;
/// Threads of one change; others come between two of these.
const BATCH: usize = 20;

/// What is done with each of them.
#[derive(Debug, Clone, Copy)]
enum Act {
    Assign(Option<AgentId>),
    Snooze(Until),
    Resolve,
}

impl Act {
    /// From the button that was pressed: `resolve`, `assign:` and an agent, `snooze:` and a moment.
    fn parse(word: &str, at: &str) -> Result<Self> {
        match word.split_once(':') {
            None if word == "resolve" => Ok(Self::Resolve),
            Some(("assign", id)) => Ok(Self::Assign(assignee(id)?)),
            Some(("snooze", moment)) => Ok(Self::Snooze(until(moment, at)?)),
            _ => Err(Error::invalid("act", Says::new(key("error-bulk-act")))),
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Assign(_) => "bulk-assigned",
            Self::Snooze(_) => "bulk-snoozed",
            Self::Resolve => "bulk-resolved",
        }
    }

    fn on(self, tx: &mut Tx<'_>, agent: &Agent, thread: ThreadId) -> Result<()> {
        match self {
            Self::Assign(to) => threads::assign(tx, agent, thread, to),
            Self::Snooze(until) => snoozing::snooze(tx, agent, thread, until).map(|_| ()),
            Self::Resolve => threads::resolve(tx, agent, thread),
        }
    }
}

/// What it came to.
#[derive(Debug, Default)]
struct Came {
    done: usize,
    undecided: usize,
    other: usize,
    /// A moment that has passed where a thread's shop is.
    wrong: Option<Error>,
}

/// `POST /desk/bulk`
pub(super) async fn act(
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let read = read(&form);
    let came = match read {
        Ok((act, threads)) => on_all(&app, &desk.agent, act, threads).await.map(|(came, undo)| (act, came, undo)),
        Err(error) => Err(error),
    };
    let (act, came, undo) = match came {
        Ok(came) => came,
        Err(error) => return list_again(&app, &desk.agent, &place, error).await,
    };
    let undo = if came.done > 0 { format!("&undo={undo}") } else { String::new() };
    let (list, done, Came { done: n, undecided, other, .. }) = (place.here().list(), act.done(), came);
    Ok(see(&format!("{list}&done={done}&n={n}&undecided={undecided}&other={other}{undo}")))
}

/// The act and the threads of the form.
fn read(form: &[(String, String)]) -> Result<(Act, Vec<ThreadId>)> {
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let mut threads = Vec::new();
    for (_, id) in form.iter().filter(|(name, _)| name == "thread") {
        let id: ThreadId = id.parse().map_err(|_| Error::NotFound)?;
        threads.push(id);
    }
    // In one order, so that two who act on the same threads never wait for each other.
    threads.sort_unstable();
    threads.dedup();
    match threads.len() {
        0 => Err(Error::invalid("thread", Says::new(key("error-bulk-none")))),
        1..=MOST => Ok((Act::parse(field("act"), field("at"))?, threads)),
        many => Err(Error::invalid("thread", Says::new(key("error-bulk-many")).with("max", MOST).with("many", many))),
    }
}

async fn on_all(app: &Arc<App>, agent: &Agent, act: Act, threads: Vec<ThreadId>) -> Result<(Came, UndoId)> {
    let (id, mut came) = (UndoId::new(app.now()), Came::default());
    for batch in threads.chunks(BATCH) {
        let (batch, agent) = (batch.to_vec(), agent.clone());
        let some = app.write(move |tx| on_some(tx, &agent, act, &batch, id)).await?;
        came.done += some.done;
        came.undecided += some.undecided;
        came.other += some.other;
        came.wrong = some.wrong.or(came.wrong);
    }
    match came.wrong.take_if(|_| came.done == 0) {
        Some(error) => Err(error),
        None => Ok((came, id)),
    }
}

fn on_some(tx: &mut Tx<'_>, agent: &Agent, act: Act, batch: &[ThreadId], id: UndoId) -> Result<Came> {
    let mut came = Came::default();
    for thread in batch {
        let one = tx.nested(|tx| undo::remembering(tx, agent, id, *thread, |tx| act.on(tx, agent, *thread)))?;
        match one {
            Ok(true) => came.done += 1,
            Err(Error::Conflict(says)) if says.key == key("error-resolve-undecided") => came.undecided += 1,
            Err(error @ Error::Invalid(_)) => {
                came.other += 1;
                came.wrong = Some(error);
            }
            Ok(false) | Err(_) => came.other += 1,
        }
    }
    Ok(came)
}
