//! What a disk holds after the power went: a journal of what a program did to its files (made by `power.c`) and, from it, a
//! folder as it could be found at any moment. What was synced is there; of the rest chance takes blocks, lengths and names.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use super::chance::Chance;

/// What a disk writes whole or not at all.
const BLOCK: usize = 4096;

/// Where the recorder is; built once a run.
static RECORDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (library, built) = (folder.join("power.so"), folder.join(format!("power-{}.so", std::process::id())));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/power.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&built).arg(source);
    assert!(compiler.status().expect("there is a C compiler").success(), "the recorder is built");
    // In one step, whoever else builds it just now.
    std::fs::rename(built, &library).expect("the recorder takes its place");
    library
});

/// What to set for a program that is to be recorded: what it does below `root` goes to `journal`.
pub(crate) fn recorder(root: &Path, journal: &Path) -> [(&'static str, String); 3] {
    let text = |path: &Path| path.display().to_string();
    [("LD_PRELOAD", text(&RECORDER)), ("POWER_ROOT", text(root)), ("POWER_JOURNAL", text(journal))]
}

/// Something a program did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Made,
    MadeFolder,
    Wrote,
    Cut,
    Synced,
    Renamed,
    Removed,
    /// Something left on a socket.
    Answered,
}

#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) act: Act,
    path: String,
    offset: usize,
    data: Range<usize>,
}

/// All a program did, in its order.
#[derive(Debug)]
pub(crate) struct Journal {
    bytes: Vec<u8>,
    pub(crate) records: Vec<Record>,
}

impl Journal {
    pub(crate) fn read(file: &Path) -> Self {
        let bytes = std::fs::read(file).expect("the journal is there");
        let (mut records, mut at) = (Vec::new(), 0);
        while let Some(head) = bytes.get(at..at + 24) {
            let four = |from: usize| u32::from_le_bytes(head[from..from + 4].try_into().expect("four bytes"));
            let eight = |from: usize| u64::from_le_bytes(head[from..from + 8].try_into().expect("eight bytes"));
            let (kind, path) = (four(0), at + 24..at + 24 + four(4) as usize);
            let data = path.end..path.end + usize::try_from(eight(16)).expect("a length");
            // The program was killed in the middle of its last one.
            let (Some(name), Some(_)) = (bytes.get(path), bytes.get(data.clone())) else { break };
            let act = match u8::try_from(kind) {
                Ok(b'c') => Act::Made,
                Ok(b'm') => Act::MadeFolder,
                Ok(b'w') => Act::Wrote,
                Ok(b't') => Act::Cut,
                Ok(b's') => Act::Synced,
                Ok(b'r') => Act::Renamed,
                Ok(b'u') => Act::Removed,
                Ok(b'a') => Act::Answered,
                _ => panic!("a journal has no record of kind {kind}"),
            };
            at = data.end;
            let offset = usize::try_from(eight(8)).expect("an offset");
            records.push(Record { act, path: String::from_utf8_lossy(name).into_owned(), offset, data });
        }
        Self { bytes, records }
    }

    /// What a record carries: bytes of a file, or of an answer.
    pub(crate) fn data(&self, record: &Record) -> &[u8] {
        &self.bytes[record.data.clone()]
    }
}

/// What is on its way to a file.
#[derive(Debug, Clone)]
enum Change {
    Bytes(usize, Range<usize>),
    Length(usize),
}

#[derive(Debug, Clone, Default)]
struct Contents {
    kept: Vec<u8>,
    coming: Vec<Change>,
}

#[derive(Debug, Clone, Copy)]
enum Node {
    Folder,
    File(usize),
}

/// What is on its way to a folder.
#[derive(Debug, Clone)]
enum Entry {
    Made(String, Node),
    Moved(String, String),
    Removed(String),
}

impl Entry {
    fn folder(&self) -> &str {
        let (Self::Made(path, _) | Self::Moved(_, path) | Self::Removed(path)) = self;
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

type Names = BTreeMap<String, Node>;

/// A disk: what its programs see, and what of it would be there after a power cut.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    contents: Vec<Contents>,
    seen: Names,
    kept: Names,
    coming: Vec<Entry>,
}

impl Disk {
    /// A folder that nobody writes to, all of it safe.
    pub(crate) fn of(root: &Path) -> Self {
        let mut disk = Self::default();
        disk.take(root);
        disk.kept.clone_from(&disk.seen);
        disk
    }

    fn take(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            let node = if path.is_dir() {
                self.take(&path);
                Node::Folder
            } else {
                let kept = std::fs::read(&path).expect("the file can be read");
                self.contents.push(Contents { kept, coming: Vec::new() });
                Node::File(self.contents.len() - 1)
            };
            self.seen.insert(path.display().to_string(), node);
        }
    }

    /// The next thing happens. A sync that is `ignored` is one that does nothing.
    pub(crate) fn does(&mut self, record: &Record, journal: &Journal, ignored: impl Fn(&str) -> bool) {
        let path = &record.path;
        let file = match self.seen.get(path) {
            Some(Node::File(file)) => self.contents.get_mut(*file),
            _ => None,
        };
        match record.act {
            Act::Answered => {}
            Act::Wrote => file
                .expect("only what is there is written to")
                .coming
                .push(Change::Bytes(record.offset, record.data.clone())),
            Act::Cut => file.expect("only what is there is cut").coming.push(Change::Length(record.offset)),
            Act::Synced if ignored(path) => {}
            Act::Synced => match file {
                Some(file) => file.settle(&journal.bytes),
                None => self.settle(path),
            },
            Act::Made | Act::MadeFolder => {
                let node = if record.act == Act::Made {
                    self.contents.push(Contents::default());
                    Node::File(self.contents.len() - 1)
                } else {
                    Node::Folder
                };
                self.enters(Entry::Made(path.clone(), node));
            }
            Act::Renamed => {
                let to = String::from_utf8_lossy(journal.data(record)).into_owned();
                self.enters(Entry::Moved(path.clone(), to));
            }
            Act::Removed => self.enters(Entry::Removed(path.clone())),
        }
    }

    fn enters(&mut self, entry: Entry) {
        apply(&mut self.seen, &entry);
        self.coming.push(entry);
    }

    /// A folder was synced: its own names are there, whatever becomes of others.
    fn settle(&mut self, folder: &str) {
        let (mine, others) = std::mem::take(&mut self.coming).into_iter().partition(|entry| entry.folder() == folder);
        self.coming = others;
        let mine: Vec<Entry> = mine;
        for entry in &mine {
            let Entry::Moved(from, to) = entry else {
                apply(&mut self.kept, entry);
                continue;
            };
            // A new name leads to the thing itself, whether or not the old one had got there.
            let made = |waiting: &Entry| matches!(waiting, Entry::Made(path, _) if path == from);
            if let Some(at) = self.coming.iter().rposition(made) {
                let made = self.coming.remove(at);
                apply(&mut self.kept, &made);
            }
            apply(&mut self.kept, entry);
            // What was still on its way to the old name goes to the new one.
            for waiting in &mut self.coming {
                let (Entry::Made(path, _) | Entry::Moved(path, _) | Entry::Removed(path)) = waiting;
                if let Some(new) = moved(path, from, to) {
                    *path = new;
                }
            }
        }
    }

    /// The folder `root` as it may be found now, written to `into`.
    pub(crate) fn found(&self, root: &Path, journal: &Journal, chance: &mut Chance, into: &Path) {
        let mut names = self.kept.clone();
        // A file system keeps the order of names, whether or not it got to them.
        let so_far = chance.below(self.coming.len() + 1);
        self.coming.iter().take(so_far).for_each(|entry| apply(&mut names, entry));
        for (path, node) in &names {
            let below = Path::new(path).strip_prefix(root).expect("all is below the root");
            let place: PathBuf = into.join(below);
            match node {
                Node::Folder if is_there(&names, path, root) => std::fs::create_dir_all(&place).expect("a folder"),
                Node::File(file) if is_there(&names, path, root) => {
                    let bytes = self.contents[*file].after_a_cut(&journal.bytes, chance);
                    std::fs::create_dir_all(place.parent().expect("below a folder")).expect("a folder");
                    std::fs::write(&place, bytes).expect("a file");
                }
                _ => {}
            }
        }
    }
}

impl Contents {
    fn settle(&mut self, journal: &[u8]) {
        for change in std::mem::take(&mut self.coming) {
            match change {
                Change::Length(length) => self.kept.resize(length, 0),
                Change::Bytes(at, data) => put(&mut self.kept, at, &journal[data]),
            }
        }
    }

    /// What was synced, and of the rest whatever had got there: nothing, all, or some blocks.
    fn after_a_cut(&self, journal: &[u8], chance: &mut Chance) -> Vec<u8> {
        let (mut bytes, luck) = (self.kept.clone(), *chance.of(&[0, 10, 50, 90, 100]));
        for change in &self.coming {
            match change {
                Change::Length(length) if chance.percent(luck) => bytes.resize(*length, 0),
                Change::Length(_) => {}
                Change::Bytes(at, data) => {
                    let (mut at, mut rest) = (*at, &journal[data.clone()]);
                    while !rest.is_empty() {
                        let (block, after) = rest.split_at(rest.len().min(BLOCK - at % BLOCK));
                        if chance.percent(luck) {
                            put(&mut bytes, at, block);
                        }
                        (at, rest) = (at + block.len(), after);
                    }
                }
            }
        }
        bytes
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    if bytes.len() < at + new.len() {
        bytes.resize(at + new.len(), 0);
    }
    bytes[at..at + new.len()].copy_from_slice(new);
}

fn apply(names: &mut Names, entry: &Entry) {
    match entry {
        Entry::Made(path, node) => drop(names.insert(path.clone(), *node)),
        Entry::Removed(path) => drop(names.remove(path)),
        Entry::Moved(from, to) => {
            let going: Vec<String> = names.keys().filter(|path| moved(path, from, to).is_some()).cloned().collect();
            for path in going {
                let (node, new) = (names.remove(&path), moved(&path, from, to));
                names.extend(new.zip(node));
            }
        }
    }
}

/// The path under its new name, when it is what was renamed or below it.
fn moved(path: &str, from: &str, to: &str) -> Option<String> {
    let rest = path.strip_prefix(from)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
}

/// Whether every folder above is there too.
fn is_there(names: &Names, path: &str, root: &Path) -> bool {
    let mut above = Path::new(path).ancestors().skip(1).take_while(|folder| *folder != root);
    above.all(|folder| matches!(names.get(&folder.display().to_string()), Some(Node::Folder)))
}

#[test]
fn only_what_was_synced_is_sure() {
    let root = Path::new("/r");
    let record = |act, path: &str, offset, data| Record { act, path: path.to_owned(), offset, data };
    let journal = Journal { bytes: b"onetwo/r/c".to_vec(), records: Vec::new() };
    let done = [
        record(Act::Made, "/r/a", 0, 0..0),
        record(Act::Wrote, "/r/a", 0, 0..3),
        record(Act::Synced, "/r/a", 0, 0..0),
        record(Act::Synced, "/r", 0, 0..0),
        record(Act::Wrote, "/r/a", 3, 3..6),
        record(Act::Made, "/r/b", 0, 0..0),
        record(Act::Renamed, "/r/a", 0, 6..10),
    ];
    let found = |upto: usize| {
        let mut disk = Disk::default();
        done[..upto].iter().for_each(|record| disk.does(record, &journal, |_| false));
        let cuts = (0..200).map(|seed| {
            let folder = tempfile::tempdir().expect("a folder");
            disk.found(root, &journal, &mut Chance::new(seed), folder.path());
            let names = ["a", "b", "c"].iter().filter_map(|name| {
                let text = std::fs::read_to_string(folder.path().join(name)).ok()?;
                Some(format!("{name}:{text}"))
            });
            names.collect::<Vec<_>>().join(" ")
        });
        let mut all: Vec<String> = cuts.collect();
        all.sort();
        all.dedup();
        all
    };
    assert_eq!(found(2), ["", "a:", "a:one"]);
    assert_eq!(found(4), ["a:one"]);
    assert_eq!(found(5), ["a:one", "a:onetwo"]);
    assert_eq!(found(7), ["a:one", "a:one b:", "a:onetwo", "a:onetwo b:", "b: c:one", "b: c:onetwo"]);
}
