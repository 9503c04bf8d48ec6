//! Reads a backup: once from end to end before anything is done with it, then again table by table.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use flate2::read::DeflateDecoder;
use sha2::{Digest, Sha256};

use super::{
    About, Counted, Kind, LONGEST, Manifest, Named, hex,
    seal::{Fault, Key, Opener},
};
use crate::{
    domain::files::Variant,
    error::Result,
    ids::FileAddress,
    store::copying::{Row, Table, Tally},
    transfer::{disk, engine::Source, say},
};

/// What a whole backup holds.
#[derive(Debug, Clone)]
pub struct Contents {
    pub about: About,
    pub manifest: Manifest,
    /// Names this backup and no other.
    pub fingerprint: String,
}

/// A backup that is read.
pub struct Archive {
    path: PathBuf,
    input: DeflateDecoder<Opener<BufReader<File>>>,
    /// The record that comes next, when it was read already.
    next: Option<(Kind, Vec<u8>)>,
    contents: Contents,
}

impl Archive {
    /// Reads all of it and checks every hash; then it is ready to be read again.
    ///
    /// # Errors
    /// In plain words: what is wrong with it.
    pub fn checked(path: &Path, key: &Key, step: &mut dyn FnMut(u64)) -> Result<Self> {
        let mut first = Self::open(path, key)?;
        let mut manifest = Manifest::default();
        for table in first.contents.about.tables.clone() {
            let mut tally = Tally::default();
            first.rows(&table, &mut |rows| {
                step(rows.iter().map(|row| row.size() as u64).sum());
                tally.add(&rows);
                Ok(())
            })?;
            let counted = Counted { name: table.name, rows: tally.rows(), hash: hex(&tally.hash()) };
            manifest.tables.push(counted);
        }
        first.files(&mut |_, _, parts| {
            let size = parts(&mut |part| {
                step(part.len() as u64);
                Ok(())
            })?;
            manifest.files += 1;
            manifest.file_bytes += size;
            Ok(())
        })?;
        let told = first.manifest()?;
        if told != (Manifest { gone: told.gone, ..manifest }) {
            return Err(first.fault(Fault::Damaged));
        }
        let contents = Contents { manifest: told, ..first.contents };
        Ok(Self { contents, ..Self::open(path, key)? })
    }

    fn open(path: &Path, key: &Key) -> Result<Self> {
        let file = File::open(path).map_err(|error| disk(path, &error))?;
        let opener =
            Opener::new(BufReader::with_capacity(128 * 1024, file), key).map_err(|error| fault(path, error))?;
        let mut input = DeflateDecoder::new(opener);
        let (kind, bytes) = record(&mut input).map_err(|error| fault(path, error))?;
        let about: Option<About> = serde_json::from_slice(&bytes).ok().filter(|_| kind == Kind::About);
        let about = about.filter(|about| about.tables.iter().all(Table::is_plain));
        let about = about.ok_or_else(|| fault(path, Fault::Damaged.into()))?;
        let fingerprint = crate::secrets::fingerprint(&bytes);
        let contents = Contents { about, manifest: Manifest::default(), fingerprint };
        Ok(Self { path: path.to_owned(), input, next: None, contents })
    }

    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    fn fault(&self, what: Fault) -> crate::error::Error {
        fault(&self.path, what.into())
    }

    fn take(&mut self) -> Result<(Kind, Vec<u8>)> {
        match self.next.take() {
            Some(record) => Ok(record),
            None => record(&mut self.input).map_err(|error| fault(&self.path, error)),
        }
    }

    /// The next record when it is of this kind.
    fn take_if(&mut self, kind: Kind) -> Result<Option<Vec<u8>>> {
        let (found, bytes) = self.take()?;
        if found == kind {
            return Ok(Some(bytes));
        }
        self.next = Some((found, bytes));
        Ok(None)
    }

    /// Every file, after all tables were read: `each` is told which, and calls back for its bytes, whose hash is checked at their
    /// end; how many there were.
    ///
    /// # Errors
    /// When the backup is damaged, or what `each` answers.
    pub fn files(&mut self, each: &mut Each<'_>) -> Result<()> {
        while let Some(named) = self.take_if(Kind::File)? {
            let named: Named = serde_json::from_slice(&named).map_err(|_| self.fault(Fault::Damaged))?;
            let (file, variant) = match (named.file.parse::<FileAddress>(), named.variant.parse::<Variant>()) {
                (Ok(file), Ok(variant)) => (file, variant),
                _ => return Err(self.fault(Fault::Damaged)),
            };
            each(file, variant, &mut |take| self.parts(take))?;
        }
        Ok(())
    }

    fn parts(&mut self, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<u64> {
        let (mut hash, mut size) = (Sha256::new(), 0);
        while let Some(part) = self.take_if(Kind::Part)? {
            hash.update(&part);
            size += part.len() as u64;
            take(&part)?;
        }
        match self.take_if(Kind::FileEnd)? {
            Some(told) if told == hash.finalize().as_slice() => Ok(size),
            _ => Err(self.fault(Fault::Damaged)),
        }
    }

    /// The end: the manifest, and nothing after it.
    fn manifest(&mut self) -> Result<Manifest> {
        let bytes = self.take_if(Kind::Manifest)?.ok_or_else(|| self.fault(Fault::Damaged))?;
        let mut rest = [0];
        let more = self.input.read(&mut rest).map_err(|error| fault(&self.path, error))?;
        let more = more + self.input.get_mut().read(&mut rest).map_err(|error| fault(&self.path, error))?;
        let manifest = serde_json::from_slice(&bytes).ok().filter(|_| more == 0);
        manifest.ok_or_else(|| self.fault(Fault::Damaged))
    }
}

/// The bytes of one file: called with what takes them, it gives their number.
pub type Parts<'a> = dyn FnMut(&mut dyn FnMut(&[u8]) -> Result<()>) -> Result<u64> + 'a;
/// What is done with each file.
pub type Each<'a> = dyn FnMut(FileAddress, Variant, &mut Parts<'_>) -> Result<()> + 'a;

impl Source for Archive {
    fn tables(&mut self) -> Result<Vec<Table>> {
        Ok(self.contents.about.tables.clone())
    }

    fn sum(&mut self, table: &Table) -> Result<(u64, [u8; 32])> {
        let counted = self.contents.manifest.tables.iter().find(|counted| counted.name == table.name);
        let counted = counted.ok_or_else(|| self.fault(Fault::Damaged))?;
        let mut hash = [0; 32];
        for (place, byte) in hash.iter_mut().enumerate() {
            let digits = counted.hash.get(place * 2..place * 2 + 2).unwrap_or_default();
            *byte = u8::from_str_radix(digits, 16).map_err(|_| self.fault(Fault::Damaged))?;
        }
        Ok((counted.rows, hash))
    }

    fn rows(&mut self, table: &Table, each: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
        match self.take_if(Kind::Table)? {
            Some(name) if name == table.name.as_bytes() => {}
            _ => return Err(self.fault(Fault::Damaged)),
        }
        while let Some(bytes) = self.take_if(Kind::Rows)? {
            let (mut rest, mut rows) = (bytes.as_slice(), Vec::new());
            while !rest.is_empty() {
                rows.push(Row::decode(&mut rest).ok_or_else(|| self.fault(Fault::Damaged))?);
            }
            each(rows)?;
        }
        Ok(())
    }
}

fn record(input: &mut impl Read) -> io::Result<(Kind, Vec<u8>)> {
    let mut head = [0; 5];
    input.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let kind = Kind::of(kind).ok_or(Fault::Damaged)?;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST {
        return Err(Fault::Damaged.into());
    }
    let mut content = Vec::new();
    input.take(length as u64).read_to_end(&mut content)?;
    if content.len() == length { Ok((kind, content)) } else { Err(Fault::Damaged.into()) }
}

/// In plain words; what no disk refused is damage.
fn fault(path: &Path, error: io::Error) -> crate::error::Error {
    let damaged =
        matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof);
    match error.downcast::<Fault>() {
        Ok(fault) => say(format!("{} {fault}", path.display())),
        Err(_) if damaged => say(format!("{} {}", path.display(), Fault::Damaged)),
        Err(error) => disk(path, &error),
    }
}
