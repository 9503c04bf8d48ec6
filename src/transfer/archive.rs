//! One file that holds a backup: a head, then records packed and sealed in blocks ([`seal`]). First what it is and which tables it
//! has, then each table's rows, then each file's bytes, last a count with a hash of everything. Rows are in the form that both
//! engines share, so either reads what the other wrote.

mod reading;
pub mod seal;
mod writing;

pub use reading::{Archive, Contents, Each, Parts};
pub use writing::Packer;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::store::copying::Table;

/// The longest record: a row holds at most a raw body.
const LONGEST: usize = 64 * 1024 * 1024;

/// What a record is, by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    About = b'A',
    Table = b'T',
    Rows = b'R',
    File = b'F',
    Part = b'P',
    FileEnd = b'E',
    Manifest = b'M',
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        [Self::About, Self::Table, Self::Rows, Self::File, Self::Part, Self::FileEnd, Self::Manifest]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
    }
}

/// What a backup is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The moment of the data.
    pub moment: DateTime<Utc>,
    /// The version of the program that made it.
    pub version: String,
    pub engine: String,
    /// The versions of the schema, oldest first.
    pub schema: Vec<String>,
    /// What the key of the data is known by; the key itself is in no backup.
    pub key_check: Option<String>,
    pub tables: Vec<Table>,
    /// Whether files are in it; not in those that are made before an upgrade.
    pub with_files: bool,
}

/// What must be found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    pub tables: Vec<Counted>,
    pub files: u64,
    pub file_bytes: u64,
    /// Files whose bytes were gone: taken away after the moment of the data.
    pub gone: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub name: String,
    pub rows: u64,
    /// The hash of all rows in their order, in hex.
    pub hash: String,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Named {
    /// As [`crate::ids::FileAddress`] writes it.
    file: String,
    variant: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
