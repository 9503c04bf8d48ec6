//! Data in and out: one engine that copies a whole database, verified row by row ([`engine`]), and what it serves: moving between
//! engines ([`moving`]), backups in one file ([`backup`], [`archive`]) and bringing one back ([`restore`]), and the backup before an
//! upgrade ([`upgrade`]). Whatever was copied holds its deliveries until somebody looked at them.

pub mod archive;
pub mod backup;
pub mod engine;
pub mod moving;
pub mod progress;
pub mod restore;
pub mod upgrade;

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use crate::{
    config::Settings,
    error::{Error, Result},
    store::Clock,
};

/// Where backups stand, in the data directory.
const BACKUPS: &str = "backups";

/// In plain words, for whoever runs a command.
fn say(words: impl Into<String>) -> Error {
    Error::Internal(words.into())
}

/// What a disk refused, in plain words.
fn disk(path: &Path, error: &io::Error) -> Error {
    let full = matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge);
    if full {
        return say(format!("there is no room on the disk for {}: {error}", path.display()));
    }
    say(format!("cannot use {}: {error}", path.display()))
}

fn now(settings: &Settings) -> DateTime<Utc> {
    Clock::moved(settings.clock_offset).now()
}

/// The folder of backups, made when it is not there.
fn backups(settings: &Settings) -> Result<PathBuf> {
    let folder = settings.data.join(BACKUPS);
    fs::create_dir_all(&folder).map_err(|error| disk(&folder, &error))?;
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    fs::set_permissions(&folder, mode).map_err(|error| disk(&folder, &error))?;
    Ok(folder)
}

/// Makes a rename last.
fn sync_folder(of: &Path) -> Result<()> {
    let folder = match of.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| disk(folder, &error))
}

/// Refuses before anything is begun when the disk of `place` has less room than this.
fn want_room(place: &Path, bytes: u64, what: &str) -> Result<()> {
    let there = place.ancestors().find(|path| path.exists() && !path.as_os_str().is_empty());
    let free = rustix::fs::statvfs(there.unwrap_or(Path::new(".")))
        .map_or(u64::MAX, |about| about.f_bavail.saturating_mul(about.f_frsize));
    if free < bytes {
        let (wanted, free) = (bytes.div_ceil(1_000_000), free / 1_000_000);
        return Err(say(format!("there is no room for {what}: it takes about {wanted} MB and {free} MB are free")));
    }
    Ok(())
}
