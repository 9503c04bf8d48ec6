//! `comptoir backup`: one file with every row as of one moment, and the files those rows speak of. The server may go on meanwhile:
//! SQLite is copied by `VACUUM INTO` a file that only this one sees, PostgreSQL is read in one transaction that holds still.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::{
    archive::{About, Manifest, Packer, seal::Key},
    backups, disk, now,
    progress::Progress,
    say, want_room,
};
use crate::{
    config::Settings,
    domain::{files::shelf::Shelf, installation},
    error::Result,
    ids::{FileAddress, FileId, MerchantId},
    secrets,
    store::{
        copying::{Cell, Place, Row, Table},
        migrations::Age,
    },
};

/// Held while a backup is made: a second one would take the first one's snapshot away.
const HELD: &str = "backup.lock";
/// What the snapshot of a SQLite database is called until it is packed.
const SNAPSHOT: &str = "snapshot-";
/// The table whose rows speak of files.
const FILES: &str = "files";

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    pub path: PathBuf,
    pub moment: DateTime<Utc>,
    pub manifest: Manifest,
    pub encrypted: bool,
}

/// Makes a backup: in the file or the folder `to`, else in the folder of backups.
///
/// # Errors
/// In plain words; then there is no backup, and none that looks like one.
pub fn make(settings: &Settings, to: Option<&Path>) -> Result<Made> {
    let url = settings.database();
    let mut place = Place::open(&url)?;
    readable(&mut place)?;
    let key = Key::of(settings.backup_key_file())?;
    let folder = backups(settings)?;
    let _alone = alone(&folder)?;
    let moment = now(settings);
    let path = target(to, &folder, &format!("comptoir-{}.backup", moment.format("%Y%m%d-%H%M%S")));
    // Packed, rows take far less than the tables and indexes they stand in.
    want_room(path.parent().unwrap_or(&folder), place.size()? / 3, "the backup")?;
    let mut still = Still::of(place, &folder)?;
    let manifest = pack(&mut still.place, &path, &key, Some(&settings.data.join(FILES)), moment)?;
    drop(still);
    note(&url, moment);
    Ok(Made { path, moment, manifest, encrypted: key.is_own() })
}

/// Packs what a place that holds still has; with files when their folder is named.
///
/// # Errors
/// When either side fails.
pub(super) fn pack(
    place: &mut Place,
    path: &Path,
    key: &Key,
    files: Option<&Path>,
    moment: DateTime<Utc>,
) -> Result<Manifest> {
    let tables = place.tables()?;
    let mut total = 0;
    for table in &tables {
        total += place.count(table)?;
    }
    let about = About {
        moment,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: if place.is_sqlite() { "sqlite" } else { "postgres" }.to_owned(),
        schema: place.applied()?,
        key_check: place.look(installation::key_check)?,
        tables: tables.clone(),
        with_files: files.is_some(),
    };
    let (mut packer, mut progress) = (Packer::begin(path, key, &about)?, Progress::of(total));
    let mut spoken_of = Vec::new();
    for table in &tables {
        packer.table(table, |put| {
            place.read(table, &mut |rows| {
                progress.step(&table.name, rows.len() as u64);
                if table.name == FILES {
                    spoken_of.extend(rows.iter().filter_map(|row| address(table, row)));
                }
                put(rows)
            })
        })?;
    }
    drop(progress);
    if let Some(folder) = files {
        pack_files(&mut packer, folder, &spoken_of)?;
    }
    packer.finish()
}

fn pack_files(packer: &mut Packer, folder: &Path, spoken_of: &[FileAddress]) -> Result<()> {
    let shelf = Shelf::open(folder.to_owned()).map_err(|error| disk(folder, &error))?;
    let mut progress = Progress::of(spoken_of.len() as u64);
    for file in spoken_of {
        let standing = shelf.standing(*file);
        if standing.is_empty() {
            packer.gone();
        }
        for variant in standing {
            packer.file(*file, variant, &shelf.path(*file, variant))?;
        }
        progress.step("files", 1);
    }
    Ok(())
}

/// Which file a row speaks of.
fn address(table: &Table, row: &Row) -> Option<FileAddress> {
    let id = |name: &str| {
        let place = table.columns.iter().position(|column| column.name == name)?;
        match row.0.get(place)? {
            Cell::Bytes(bytes) => <[u8; 16]>::try_from(bytes.as_slice()).ok(),
            _ => None,
        }
    };
    Some(FileAddress::new(MerchantId::from_bytes(id("merchant_id")?), FileId::from_bytes(id("id")?)))
}

/// Whether a database may be copied: one of ours, whole, and of no newer version.
pub(super) fn readable(place: &mut Place) -> Result<()> {
    use crate::store::copying::Content;
    match (place.content()?, place.age()?) {
        (Content::Unfinished(_), _) => {
            Err(say("this database is a copy that was not finished: there is nothing whole to copy from"))
        }
        (_, Age::Newer(newer)) => Err(say(format!(
            "the database was written by a newer version of Comptoir (it has schema {newer}): use that version"
        ))),
        _ if place.applied()?.is_empty() => Err(say("there is nothing to copy: no Comptoir has written here yet")),
        _ => Ok(()),
    }
}

fn target(to: Option<&Path>, folder: &Path, name: &str) -> PathBuf {
    match to {
        None => folder.join(name),
        Some(path) if path.is_dir() => path.join(name),
        Some(path) => path.to_owned(),
    }
}

/// One backup at a time. What a killed one left is taken away.
pub(super) fn alone(folder: &Path) -> Result<File> {
    let path = folder.join(HELD);
    let file = File::options().create(true).append(true).open(&path).map_err(|error| disk(&path, &error))?;
    if file.try_lock().is_err() {
        return Err(say("another backup is being made: wait until it is done"));
    }
    for entry in fs::read_dir(folder).map_err(|error| disk(folder, &error))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(SNAPSHOT) || name.ends_with(".unfinished") {
            fs::remove_file(entry.path()).map_err(|error| disk(&entry.path(), &error))?;
        }
    }
    Ok(file)
}

/// A place that holds still, and the file it is in when that is one of our own, which goes with it.
struct Still {
    place: Place,
    own: Option<PathBuf>,
}

impl Still {
    fn of(mut place: Place, folder: &Path) -> Result<Self> {
        if !place.is_sqlite() {
            place.hold_still()?;
            return Ok(Self { place, own: None });
        }
        want_room(folder, place.size()?, "a copy of the database")?;
        let file = folder.join(format!("{SNAPSHOT}{}.sqlite", secrets::token()));
        let copied = place.vacuum_into(&file).and_then(|()| Place::open(&format!("sqlite:{}", file.display())));
        match copied {
            Ok(place) => {
                let mut still = Self { place, own: Some(file) };
                still.place.hold_still()?;
                Ok(still)
            }
            Err(error) => {
                remove(&file);
                Err(error)
            }
        }
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        self.own.iter().for_each(|file| remove(file));
    }
}

/// A SQLite file with what stands beside it. What is left is taken away by the next backup.
fn remove(file: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        let _ = fs::remove_file(name);
    }
}

/// Tells the database, for `comptoir doctor`. The backup is whole without it.
fn note(url: &str, moment: DateTime<Utc>) {
    let noted = Place::open(url).and_then(|mut place| match place.age()? {
        Age::Same => place.change(moment, |tx| installation::note_backup(tx, moment.into())),
        _ => Ok(()),
    });
    if let Err(error) = noted {
        tracing::warn!(%error, "the backup is whole, but the database could not be told when it was made");
    }
}

impl From<Made> for String {
    fn from(made: Made) -> Self {
        let Manifest { tables, files, gone, .. } = &made.manifest;
        let rows: u64 = tables.iter().map(|table| table.rows).sum();
        let gone = if *gone == 0 { String::new() } else { format!(" ({gone} were taken away meanwhile)") };
        let sealed = if made.encrypted { "encrypted" } else { "not encrypted: whoever has it can read it" };
        format!("{}: {rows} rows of {} tables and {files} files{gone}, {sealed}", made.path.display(), tables.len())
    }
}
