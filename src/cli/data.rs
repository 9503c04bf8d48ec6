//! What the command line does with all of the data: backups, restoring, moving to another engine, and letting held deliveries go.

use std::path::PathBuf;

use clap::Args;

use super::{hold, log_to_stderr, tell};
use crate::{
    config::Settings,
    domain::{
        deliveries::holding::{self, Waiting},
        installation::{self, HeldWhy, Hold},
    },
    error::{Error, Result},
    store::{Clock, copying::Place, migrations::Age},
    transfer::{backup, moving, restore},
};

/// Lines of a list of what waits; more are counted.
const LISTED: usize = 40;

#[derive(Args)]
pub(super) struct Backup {
    /// The file it becomes, or the folder it is put into. Without it, `backups` in the data directory.
    #[arg(long, value_name = "FILE_OR_DIR")]
    to: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
pub(super) struct Restore {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
pub(super) struct Migrate {
    /// Copies everything into the empty database at this address instead: `postgres://...` or `sqlite:<path>`. Stop the server first.
    #[arg(long, value_name = "URL", hide_env_values = true)]
    pub(super) to: Option<String>,
    #[command(flatten)]
    pub(super) settings: Settings,
}

#[derive(Args)]
pub(super) struct Resume {
    /// Lets everything go.
    #[arg(long)]
    yes: bool,
    /// Throws away what came with the copy, and lets go what was planned since.
    #[arg(long, conflicts_with = "yes")]
    drop: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Runs what may take long away from the threads that answer.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

pub(super) async fn back_up(Backup { to, settings }: Backup) -> Result<()> {
    log_to_stderr(&settings.log)?;
    let made = apart(move || backup::make(&settings, to.as_deref())).await?;
    tell(&mut std::io::stdout(), &String::from(made));
    Ok(())
}

pub(super) async fn bring_back(Restore { file, settings }: Restore) -> Result<()> {
    log_to_stderr(&settings.log)?;
    let restored = apart(move || {
        let _held = hold(&settings)?;
        restore::restore(&settings, &file)
    });
    tell(&mut std::io::stdout(), &String::from(restored.await?));
    Ok(())
}

pub(super) async fn copy_to(to: String, settings: Settings) -> Result<()> {
    log_to_stderr(&settings.log)?;
    let moved = apart(move || {
        let _held = hold(&settings)?;
        moving::migrate(&settings, &to)
    });
    tell(&mut std::io::stdout(), &String::from(moved.await?));
    Ok(())
}

pub(super) async fn resume(Resume { yes, drop, settings }: Resume) -> Result<()> {
    log_to_stderr(&settings.log)?;
    let said = apart(move || {
        let mut place = Place::open(&settings.database())?;
        if place.age()? != Age::Same {
            return Err(Error::Internal(
                "the schema is of another version: start that one, or comptoir migrate".to_owned(),
            ));
        }
        let Some(held) = place.look(installation::held)? else {
            return Ok("deliveries are not held: nothing waits for you".to_owned());
        };
        let now = Clock::moved(settings.clock_offset).now();
        if !yes && !drop {
            let (list, count) = place.look(|conn| Ok((holding::waiting(conn, held.since)?, holding::count(conn)?)))?;
            return Ok(listed(held, &list, count));
        }
        let (thrown, gone) = place.change(now, |tx| {
            let thrown = if drop { holding::throw_away(tx, held.since)? } else { 0 };
            installation::release(tx)?;
            Ok((thrown, holding::count(tx)?))
        })?;
        Ok(format!("{thrown} thrown away, {gone} let go: deliveries leave again"))
    });
    tell(&mut std::io::stdout(), &said.await?);
    Ok(())
}

fn listed(held: Hold, list: &[Waiting], count: i64) -> String {
    let why = match held.why {
        HeldWhy::Restored => {
            "the data was restored from a backup, and what came with it may have been sent since it was made"
        }
        HeldWhy::Copied => "the data was copied from another database, and nobody may send from that one any more",
    };
    let moment = |at: crate::store::columns::At| at.utc().format("%Y-%m-%d %H:%M UTC").to_string();
    let mut lines = vec![format!("held since {}: {why}. {count} wait.", moment(held.since))];
    for waiting in list.iter().take(LISTED) {
        let Waiting { kind, thread, came, since, count } = waiting;
        let to = thread.map_or_else(|| "the team".to_owned(), |thread| thread.to_string());
        let came = if *came { "came with it " } else { "planned since" };
        lines.push(format!("  {came}  {kind:<14} {to:<30} {count:>4} since {}", moment(*since)));
    }
    if list.len() > LISTED {
        lines.push(format!("  and {} more lines", list.len() - LISTED));
    }
    lines.push("comptoir resume --yes   lets all of them go".to_owned());
    lines.push("comptoir resume --drop  throws away what came with it and lets the rest go".to_owned());
    lines.join("\n")
}
