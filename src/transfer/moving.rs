//! `comptoir migrate --to`: the whole database into an empty one, on either engine. The source is only read.

use std::{thread::sleep, time::Duration};

use super::{backup::readable, engine, now, progress::Progress, say};
use crate::{
    config::Settings,
    domain::installation::{self, HeldWhy},
    error::Result,
    secrets,
    store::copying::{Content, Place},
};

/// A server that was stopped just now may still be seen for a moment.
const LOOKS: u32 = 10;

/// What was copied.
#[derive(Debug)]
pub struct Moved {
    pub rows: u64,
    pub tables: usize,
}

/// Copies into the database at `to`.
///
/// # Errors
/// In plain words.
pub fn migrate(settings: &Settings, to: &str) -> Result<Moved> {
    let url = settings.database();
    if url == to {
        return Err(say("--to names the database that is copied from"));
    }
    let mut from = Place::open(&url)?;
    readable(&mut from)?;
    nobody(&mut from, "is served")?;
    from.hold_still()?;
    let source = format!(
        "database {}",
        secrets::fingerprint(from.look(installation::key_check)?.unwrap_or_default().as_bytes())
    );
    let goes_on = match Place::content_at(to)? {
        Content::Nothing => false,
        Content::Unfinished(other) if other == source => true,
        Content::Unfinished(_) => {
            return Err(say("the target is an unfinished copy of something else: remove it, or name another one"));
        }
        Content::Something => {
            return Err(say("the target is not empty: name an empty database, and nothing is overwritten"));
        }
    };
    let mut target = Place::to_fill(to)?;
    nobody(&mut target, "is being filled by somebody else")?;
    if !goes_on {
        target.begin_filling(&source)?;
    }
    target.make_schema(&from.applied()?)?;
    let tables = from.tables()?;
    let mut total = 0;
    for table in &tables {
        total += from.count(table)?;
    }
    let mut progress = Progress::of(total);
    let rows = engine::copy(&mut from, &mut target, &mut progress)?;
    drop(progress);
    target.finish_filling(now(settings), |tx| installation::hold(tx, HeldWhy::Copied))?;
    Ok(Moved { rows, tables: tables.len() })
}

/// On PostgreSQL whoever else is connected is asked for there; on SQLite the data directory is held.
fn nobody(place: &mut Place, what: &str) -> Result<()> {
    for look in 0..LOOKS {
        if place.others()? == 0 {
            return Ok(());
        }
        if look + 1 < LOOKS {
            sleep(Duration::from_millis(200));
        }
    }
    Err(say(format!("the database {what}: stop every node of Comptoir on it first")))
}

impl From<Moved> for String {
    fn from(Moved { rows, tables }: Moved) -> Self {
        format!(
            "copied and compared: {rows} rows of {tables} tables. Set DATABASE_URL to the new address and serve that one only. \
             Deliveries are held there: look at them with comptoir resume"
        )
    }
}
