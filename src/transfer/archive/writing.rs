//! Writes a backup: beside its place, under another name until it is whole and on the disk.

use std::{
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest, Sha256};

use super::{
    About, Counted, Kind, Manifest, Named, hex,
    seal::{Key, Sealer},
};
use crate::{
    domain::files::Variant,
    error::{Error, Result},
    ids::FileAddress,
    store::copying::{Row, Table, Tally},
    transfer::{disk, say, sync_folder},
};

/// Bytes of a file that are packed at a time.
const PART: usize = 256 * 1024;

/// A backup that is being written. Dropped before [`Packer::finish`], it leaves nothing behind.
pub struct Packer {
    out: Option<DeflateEncoder<Sealer<BufWriter<File>>>>,
    path: PathBuf,
    beside: PathBuf,
    manifest: Manifest,
}

impl Packer {
    /// # Errors
    /// When something has that name already, or the disk refuses.
    pub fn begin(path: &Path, key: &Key, about: &About) -> Result<Self> {
        if path.exists() {
            return Err(say(format!("{} is there already: name another file", path.display())));
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".unfinished");
        let beside = path.with_file_name(name);
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&beside).map_err(|error| disk(&beside, &error))?;
        let sealer = Sealer::new(BufWriter::new(file), key).map_err(|error| disk(&beside, &error))?;
        let out = Some(DeflateEncoder::new(sealer, Compression::fast()));
        let mut packer = Self { out, path: path.to_owned(), beside, manifest: Manifest::default() };
        packer.put(Kind::About, &serde_json::to_vec(about).map_err(Error::internal)?)?;
        Ok(packer)
    }

    fn put(&mut self, kind: Kind, content: &[u8]) -> Result<()> {
        let Some(out) = &mut self.out else { return Err(say("a backup that is finished takes no more")) };
        let length = u32::try_from(content.len()).map_err(|_| say("a record is too long for a backup"))?;
        let head = [&[kind as u8], length.to_be_bytes().as_slice()].concat();
        out.write_all(&head).and_then(|()| out.write_all(content)).map_err(|error| disk(&self.path, &error))
    }

    /// Packs a table; `feed` calls back with its rows.
    ///
    /// # Errors
    /// When the disk refuses, or what `feed` answers.
    pub fn table(
        &mut self,
        table: &Table,
        feed: impl FnOnce(&mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()>,
    ) -> Result<()> {
        self.put(Kind::Table, table.name.as_bytes())?;
        let mut tally = Tally::default();
        feed(&mut |rows| {
            tally.add(&rows);
            let mut bytes = Vec::new();
            rows.iter().for_each(|row| row.encode(&mut bytes));
            self.put(Kind::Rows, &bytes)
        })?;
        let counted = Counted { name: table.name.clone(), rows: tally.rows(), hash: hex(&tally.hash()) };
        self.manifest.tables.push(counted);
        Ok(())
    }

    /// Packs the bytes of a file.
    ///
    /// # Errors
    /// When they cannot be read, or the disk refuses.
    pub fn file(&mut self, address: FileAddress, variant: Variant, from: &Path) -> Result<()> {
        let mut file = match File::open(from) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                self.gone();
                return Ok(());
            }
            Err(error) => return Err(disk(from, &error)),
        };
        let named = Named { file: address.to_string(), variant: variant.as_str().to_owned() };
        self.put(Kind::File, &serde_json::to_vec(&named).map_err(Error::internal)?)?;
        let (mut hash, mut part, mut size) = (Sha256::new(), vec![0; PART], 0);
        loop {
            let count = file.read(&mut part).map_err(|error| disk(from, &error))?;
            let Some(read) = part.get(..count).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            size += count as u64;
            self.put(Kind::Part, read)?;
        }
        self.put(Kind::FileEnd, &hash.finalize())?;
        self.manifest.files += 1;
        self.manifest.file_bytes += size;
        Ok(())
    }

    /// A file's bytes were taken away since.
    pub fn gone(&mut self) {
        self.manifest.gone += 1;
    }

    /// Ends it, and gives it its name once it is on the disk; what is in it.
    ///
    /// # Errors
    /// When the disk refuses; then there is nothing.
    pub fn finish(mut self) -> Result<Manifest> {
        let manifest = self.manifest.clone();
        self.put(Kind::Manifest, &serde_json::to_vec(&manifest).map_err(Error::internal)?)?;
        let Some(out) = self.out.take() else { return Err(say("a backup is finished once")) };
        let written = out.finish().and_then(Sealer::finish).and_then(|out| {
            let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.sync_all()
        });
        written.map_err(|error| disk(&self.path, &error))?;
        fs::rename(&self.beside, &self.path).map_err(|error| disk(&self.path, &error))?;
        sync_folder(&self.path)?;
        Ok(manifest)
    }
}

impl Drop for Packer {
    fn drop(&mut self) {
        // After the rename there is nothing under that name.
        let _ = fs::remove_file(&self.beside);
    }
}
