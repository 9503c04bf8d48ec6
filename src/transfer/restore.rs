//! `comptoir restore`: a backup into an empty place. All of it is read and checked before anything is made; killed in the middle, the
//! same command goes on. The server does not start on what is not finished, and what is finished holds its deliveries. Whoever was
//! erased since is erased again as the server starts, before it listens (`outbound::erasing`).

use std::{fs, io::Write, path::Path};

use chrono::{DateTime, Utc};

use super::{
    archive::{Archive, Contents, seal::Key},
    disk, engine, now,
    progress::Progress,
    say, want_room,
};
use crate::{
    config::Settings,
    domain::{
        files::shelf::Shelf,
        installation::{self, HeldWhy},
    },
    error::Result,
    secrets::Keys,
    store::{
        copying::{Content, Place},
        migrations,
    },
};

/// What was brought back.
#[derive(Debug)]
pub struct Restored {
    pub moment: DateTime<Utc>,
    pub rows: u64,
    pub files: u64,
    pub with_files: bool,
}

/// Brings a backup back.
///
/// # Errors
/// In plain words. What is wrong with the backup, its key or the place is told before anything is touched.
pub fn restore(settings: &Settings, file: &Path) -> Result<Restored> {
    let size = fs::metadata(file).map_err(|error| disk(file, &error))?.len();
    let mut progress = Progress::of(size.saturating_mul(4));
    let key = Key::of(settings.backup_key_file())?;
    let mut archive = Archive::checked(file, &key, &mut |bytes| progress.step("checking the backup", bytes))?;
    drop(progress);
    let contents = archive.contents().clone();
    known_schema(file, &contents)?;
    right_key(settings, &contents)?;
    let (source, url) = (format!("backup {}", contents.fingerprint), settings.database());
    let goes_on = fits(settings, &contents, &source)?;
    let bytes = contents.manifest.file_bytes;
    if !goes_on {
        want_room(&settings.data, bytes.saturating_add(size), "what is in the backup")?;
    }
    fs::create_dir_all(&settings.data).map_err(|error| disk(&settings.data, &error))?;
    let mut target = Place::to_fill(&url)?;
    if !goes_on {
        target.begin_filling(&source)?;
    }
    target.make_schema(&contents.about.schema)?;
    let mut progress = Progress::of(contents.manifest.tables.iter().map(|table| table.rows).sum());
    let rows = engine::copy(&mut archive, &mut target, &mut progress)?;
    drop(progress);
    put_files(&mut archive, &settings.data.join("files"), &contents)?;
    let now = now(settings);
    target.finish_filling(now, |tx| installation::hold(tx, HeldWhy::Restored))?;
    let (about, files) = (&contents.about, contents.manifest.files);
    Ok(Restored { moment: about.moment, rows, files, with_files: about.with_files })
}

fn known_schema(file: &Path, contents: &Contents) -> Result<()> {
    let known = migrations::known();
    match contents.about.schema.iter().find(|version| !known.contains(version)) {
        None => Ok(()),
        Some(newer) => Err(say(format!(
            "{} was made by a newer version of Comptoir ({}, schema {newer}): restore it with that version",
            file.display(),
            contents.about.version
        ))),
    }
}

/// Data without its key cannot be served: sealed secrets would be lost.
fn right_key(settings: &Settings, contents: &Contents) -> Result<()> {
    let Some(known) = &contents.about.key_check else { return Ok(()) };
    if !Keys::are_there(&settings.data, settings.secret_key()) {
        return Err(say(format!(
            "the secret key is missing: put the secret.key of the data into {}, or set COMPTOIR_SECRET_KEY, first",
            settings.data.display()
        )));
    }
    let keys = Keys::load(&settings.data, settings.secret_key()).map_err(say)?;
    if keys.check_value() != *known {
        return Err(say(
            "the secret key is not the one this backup's data was written with: put the right secret.key into the data \
             directory, or set COMPTOIR_SECRET_KEY",
        ));
    }
    Ok(())
}

/// Whether it goes on where it was broken off; refuses a place that is not empty.
fn fits(settings: &Settings, contents: &Contents, source: &str) -> Result<bool> {
    match Place::content_at(&settings.database())? {
        Content::Something => {
            return Err(say("the database is not empty: restore into an empty one, and nothing is overwritten"));
        }
        Content::Unfinished(other) if other == source => return Ok(true),
        Content::Unfinished(_) => {
            return Err(say("the database is an unfinished copy of something else: remove it, or name another one"));
        }
        Content::Nothing => {}
    }
    let files = settings.data.join("files");
    let taken =
        files.exists() && contents.about.with_files && !shelf(&files)?.is_empty().map_err(|e| disk(&files, &e))?;
    if taken {
        let path = files.display();
        return Err(say(format!("{path} is not empty: restore into a data directory without files")));
    }
    Ok(false)
}

fn shelf(folder: &Path) -> Result<Shelf> {
    Shelf::open(folder.to_owned()).map_err(|error| disk(folder, &error))
}

fn put_files(archive: &mut Archive, folder: &Path, contents: &Contents) -> Result<()> {
    if !contents.about.with_files {
        return Ok(());
    }
    let shelf = shelf(folder)?;
    let mut progress = Progress::of(contents.manifest.file_bytes);
    archive.files(&mut |file, variant, parts| {
        shelf.put_back(file, variant, |out| {
            let taken = parts(&mut |part| {
                progress.step("files", part.len() as u64);
                out.write_all(part).map_err(|error| disk(folder, &error))
            });
            taken.map(|_| ())
        })
    })
}

impl From<Restored> for String {
    fn from(restored: Restored) -> Self {
        let Restored { moment, rows, files, with_files } = restored;
        let moment = moment.format("%Y-%m-%d %H:%M:%S UTC");
        let of_files = match with_files {
            true => format!("{files} files"),
            false => "no files, as it was made before an upgrade: put files/ beside it".to_owned(),
        };
        format!(
            "restored as of {moment}: {rows} rows, {of_files}. Deliveries are held: look at them with comptoir resume"
        )
    }
}
