//! The backup before an upgrade: made by itself, by one node, before data of an older version is changed. The last three stay.

use std::{fs, path::Path};

use super::{
    archive::seal::Key,
    backup::{alone, pack},
    backups, disk, now, say, sync_folder, want_room,
};
use crate::{
    config::Settings,
    error::{Error, Result},
    store::copying::Place,
};

/// Backups of this kind that stay.
const KEPT: usize = 3;
const BEFORE: &str = "before-";

/// Makes one before the schema becomes `version`: of SQLite a plain file that can be put back as it is, of PostgreSQL the rows as
/// `comptoir backup` packs them.
///
/// # Errors
/// In plain words; then nothing may be changed.
pub fn before(settings: &Settings, version: &str) -> Result<()> {
    if !settings.upgrade_backup() {
        return Ok(());
    }
    make(settings, version).map_err(|error| {
        let why = match error {
            Error::Internal(words) => words,
            other => other.to_string(),
        };
        say(format!(
            "nothing was upgraded, as the backup before it could not be made: {why}. Make room; or make a backup of another kind \
             and start once with COMPTOIR_UPGRADE_BACKUP=off"
        ))
    })
}

fn make(settings: &Settings, version: &str) -> Result<()> {
    let folder = backups(settings)?;
    let _alone = alone(&folder)?;
    let mut place = Place::open(&settings.database())?;
    want_room(&folder, place.size()?, "it")?;
    let moment = now(settings);
    let name = format!("{BEFORE}{version}-{}", moment.format("%Y%m%d-%H%M%S%6f"));
    let path = if place.is_sqlite() {
        let (beside, path) = (folder.join("snapshot-before.sqlite"), folder.join(format!("{name}.sqlite")));
        if let Err(error) = place.vacuum_into(&beside) {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        fs::rename(&beside, &path).map_err(|error| disk(&path, &error))?;
        sync_folder(&path)?;
        path
    } else {
        let path = folder.join(format!("{name}.backup"));
        place.hold_still()?;
        pack(&mut place, &path, &Key::of(settings.backup_key_file())?, None, moment)?;
        path
    };
    tracing::info!(path = %path.display(), "a backup was made before the upgrade");
    prune(&folder)
}

/// The oldest go; their names sort by version and moment.
fn prune(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| disk(folder, &error))?.flatten();
    let mut kept: Vec<_> = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(BEFORE)).collect();
    kept.sort_by_key(fs::DirEntry::file_name);
    let over = kept.len().saturating_sub(KEPT);
    for old in kept.iter().take(over) {
        fs::remove_file(old.path()).map_err(|error| disk(&old.path(), &error))?;
    }
    Ok(())
}
