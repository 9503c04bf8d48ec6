//! Where the bytes of files stand: `files/<merchant>/<file>/<variant>` in the data directory, under names of our own. What
//! arrives is made ready in a folder of its own, synced, and put in its place by one rename; only then is its row written.
//! That folder stays until the row is known to be there, so whatever a crash leaves behind is found and removed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::Variant;
use crate::{
    error::{Error, Result, StoreError, StoreFailure},
    ids::FileAddress,
};

/// The folder of what is on its way in or out.
const ARRIVING: &str = "arriving";

/// The files of an installation.
#[derive(Debug, Clone)]
pub struct Shelf {
    root: PathBuf,
}

impl Shelf {
    /// # Errors
    /// When its folder cannot be made.
    pub fn open(root: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(root.join(ARRIVING))?;
        Ok(Self { root })
    }

    /// Where a variant is.
    pub fn path(&self, file: FileAddress, variant: Variant) -> PathBuf {
        self.place(file).join(variant.as_str())
    }

    /// What stands of a file.
    pub fn standing(&self, file: FileAddress) -> Vec<Variant> {
        Variant::ALL.iter().copied().filter(|variant| self.path(file, *variant).is_file()).collect()
    }

    /// Whether nobody's file stands here.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn is_empty(&self) -> io::Result<bool> {
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if entry.file_name() != ARRIVING || fs::read_dir(entry.path())?.next().is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Puts a file of a backup back: written beside its place, and renamed once `write` is done and it is on the disk.
    ///
    /// # Errors
    /// When the disk refuses, or what `write` answers; then nothing is in its place.
    pub fn put_back(
        &self,
        file: FileAddress,
        variant: Variant,
        write: impl FnOnce(&mut fs::File) -> Result<()>,
    ) -> Result<()> {
        let (place, path) = (self.place(file), self.path(file, variant));
        let beside = place.join("restoring");
        let mut there = fs::create_dir_all(&place).and_then(|()| fs::File::create(&beside)).map_err(|e| refused(&e))?;
        let written = write(&mut there);
        let kept = written.and_then(|()| there.sync_all().map_err(|error| refused(&error)));
        match kept {
            Ok(()) => fs::rename(&beside, &path).and_then(|()| sync(&place)).map_err(|error| refused(&error)),
            Err(error) => {
                let _ = fs::remove_file(&beside);
                Err(error)
            }
        }
    }

    fn place(&self, file: FileAddress) -> PathBuf {
        self.root.join(file.merchant.to_string()).join(file.id.to_string())
    }

    fn marker(&self, file: FileAddress) -> PathBuf {
        self.root.join(ARRIVING).join(file.to_string())
    }

    /// Makes room for a file that begins to arrive.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn begin(&self, file: FileAddress) -> io::Result<Arrival> {
        let folder = self.marker(file);
        fs::create_dir_all(folder.join("ready"))?;
        Ok(Arrival { shelf: self.clone(), file, folder, placed: false })
    }

    /// Says that a file may be half gone from now on, so that a crash in between is tidied up.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn mark(&self, file: FileAddress) -> io::Result<()> {
        fs::create_dir_all(self.marker(file))?;
        sync(&self.root.join(ARRIVING))
    }

    /// Takes a file and its mark away. What is not there is gone already.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remove(&self, file: FileAddress) -> io::Result<()> {
        gone(fs::remove_dir_all(self.place(file)))?;
        self.unmark(file)
    }

    /// The file is complete, or was not touched after all.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn unmark(&self, file: FileAddress) -> io::Result<()> {
        gone(fs::remove_dir_all(self.marker(file)))
    }

    /// Files that began to arrive before a moment and whose end nobody wrote down.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn unfinished(&self, before: DateTime<Utc>) -> io::Result<Vec<FileAddress>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.root.join(ARRIVING))? {
            let address = entry?.file_name().to_str().and_then(|name| name.parse::<FileAddress>().ok());
            found.extend(address.filter(|file| began(*file).is_none_or(|at| at < before)));
        }
        Ok(found)
    }
}

/// When a file began to arrive: its id says so.
fn began(file: FileAddress) -> Option<DateTime<Utc>> {
    let [a, b, c, d, e, f, ..] = file.id.bytes();
    let milliseconds = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    DateTime::from_timestamp_millis(i64::try_from(milliseconds).ok()?)
}

/// A file on its way in. Dropped before it is placed, it leaves nothing behind.
#[derive(Debug)]
pub struct Arrival {
    shelf: Shelf,
    file: FileAddress,
    folder: PathBuf,
    placed: bool,
}

impl Arrival {
    /// Where the bytes go as they come.
    pub fn raw(&self) -> PathBuf {
        self.folder.join("raw")
    }

    /// Where a variant is made ready.
    pub fn ready(&self, variant: Variant) -> PathBuf {
        self.folder.join("ready").join(variant.as_str())
    }

    /// Puts what is ready in its place, for good: from here on only its row decides.
    ///
    /// # Errors
    /// When the disk refuses; then nothing is in its place.
    pub fn place(&mut self) -> io::Result<()> {
        let ready = self.folder.join("ready");
        for entry in fs::read_dir(&ready)? {
            sync(&entry?.path())?;
        }
        sync(&ready)?;
        sync(&self.shelf.root.join(ARRIVING))?;
        let place = self.shelf.place(self.file);
        let merchant = place.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(merchant)?;
        fs::rename(&ready, &place)?;
        self.placed = true;
        sync(merchant)?;
        sync(&self.shelf.root)
    }

    /// Its row is there.
    ///
    /// # Errors
    /// When the disk refuses; a sweep does it later.
    pub fn finish(&self) -> io::Result<()> {
        self.shelf.unmark(self.file)
    }

    /// Its row was refused.
    ///
    /// # Errors
    /// When the disk refuses; a sweep does it later.
    pub fn undo(&self) -> io::Result<()> {
        self.shelf.remove(self.file)
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        // Once it is placed its row may be on its way: whether it came is looked up by the sweep.
        if !self.placed && fs::remove_dir_all(&self.folder).is_err() {
            tracing::warn!(file = %self.file.id, "what is left of an upload could not be removed yet");
        }
    }
}

fn sync(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.sync_all()
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// What a refusal of the disk is to whoever asked.
pub fn refused(error: &io::Error) -> Error {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    let full = matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge);
    let kind = if full { StoreFailure::Full } else { StoreFailure::Other };
    Error::Store(StoreError { kind, detail: format!("a file could not be kept: {error}") })
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::ids::{FileId, MerchantId};

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("comptoir-shelf-{}", crate::secrets::token())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn address(now: DateTime<Utc>) -> FileAddress {
        FileAddress::new(MerchantId::from_bytes([1; 16]), FileId::new(now))
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let (folder, now) = (Folder::new(), "2026-11-28T10:00:00Z".parse().unwrap());
        let shelf = Shelf::open(folder.0.clone()).unwrap();
        let (one, two) = (address(now), address(now));
        drop(shelf.begin(one).unwrap());
        assert_eq!(shelf.unfinished(now + Duration::hours(1)).unwrap(), vec![]);

        let mut arrival = shelf.begin(two).unwrap();
        fs::write(arrival.ready(Variant::Full), b"bytes").unwrap();
        assert!(!shelf.path(two, Variant::Full).exists());
        arrival.place().unwrap();
        assert_eq!(fs::read(shelf.path(two, Variant::Full)).unwrap(), b"bytes");
        drop(arrival);
        assert_eq!(shelf.unfinished(now).unwrap(), vec![], "it may be on its way still");
        assert_eq!(shelf.unfinished(now + Duration::seconds(1)).unwrap(), vec![two]);
        shelf.remove(two).unwrap();
        assert!(!shelf.path(two, Variant::Full).exists());
        assert_eq!(shelf.unfinished(now + Duration::seconds(1)).unwrap(), vec![]);
        shelf.remove(two).unwrap();
    }
}
