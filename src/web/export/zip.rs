//! A ZIP archive, written one entry after the other: deflated, or as it is for what is packed already. No entry and no
//! archive of 4 GiB or more.

use std::io::{self, Read, Seek, SeekFrom, Write};

use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::{Compression, Crc, write::DeflateEncoder};

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

struct Entry {
    name: String,
    method: u16,
    crc: u32,
    packed: u32,
    size: u32,
    at: u32,
}

impl Entry {
    /// What the entry's own head and its line in the directory have in common.
    fn about(&self, when: (u16, u16)) -> Vec<u8> {
        let mut head = Vec::with_capacity(26);
        for short in [20, FLAGS, self.method, when.0, when.1] {
            head.extend(short.to_le_bytes());
        }
        for long in [self.crc, self.packed, self.size] {
            head.extend(long.to_le_bytes());
        }
        head.extend(u16::try_from(self.name.len()).unwrap_or_default().to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        head
    }
}

pub(super) struct Archive<W: Write + Seek> {
    out: W,
    entries: Vec<Entry>,
    when: (u16, u16),
}

impl<W: Write + Seek> Archive<W> {
    /// An empty one; everything in it is of this moment.
    pub(super) fn new(out: W, at: DateTime<Utc>) -> Self {
        let short = |number: u32| u16::try_from(number).unwrap_or_default();
        let years = u32::try_from(at.year() - 1980).unwrap_or_default();
        let time = short((at.hour() << 11) | (at.minute() << 5) | (at.second() / 2));
        let date = short((years << 9) | (at.month() << 5) | at.day());
        Self { out, entries: Vec::new(), when: (time, date) }
    }

    /// Adds what can be read, deflated or as it is.
    pub(super) fn add(&mut self, name: &str, deflate: bool, from: &mut dyn Read) -> io::Result<()> {
        let at = short(self.out.stream_position()?)?;
        let method = if deflate { DEFLATED } else { STORED };
        let name: String = name.chars().take(200).collect();
        let mut entry = Entry { name, method, crc: 0, packed: 0, size: 0, at };
        self.head(&entry)?;
        let begins = self.out.stream_position()?;
        let (crc, size) = if deflate {
            let mut packer = DeflateEncoder::new(&mut self.out, Compression::default());
            let read = pass(from, &mut packer)?;
            packer.finish()?;
            read
        } else {
            pass(from, &mut self.out)?
        };
        let ends = self.out.stream_position()?;
        entry.crc = crc;
        (entry.size, entry.packed) = (short(size)?, short(ends - begins)?);
        // Only now is known what its head says.
        self.out.seek(SeekFrom::Start(u64::from(at)))?;
        self.head(&entry)?;
        self.out.seek(SeekFrom::Start(ends))?;
        self.entries.push(entry);
        Ok(())
    }

    fn head(&mut self, entry: &Entry) -> io::Result<()> {
        self.out.write_all(b"PK\x03\x04")?;
        self.out.write_all(&entry.about(self.when))?;
        self.out.write_all(entry.name.as_bytes())
    }

    /// Writes the directory, which ends the archive.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let begins = short(self.out.stream_position()?)?;
        for entry in &self.entries {
            self.out.write_all(b"PK\x01\x02")?;
            self.out.write_all(&20_u16.to_le_bytes())?;
            self.out.write_all(&entry.about(self.when))?;
            // No comment, the first disk, and nothing to say of how it was kept.
            self.out.write_all(&[0; 10])?;
            self.out.write_all(&entry.at.to_le_bytes())?;
            self.out.write_all(entry.name.as_bytes())?;
        }
        let size = short(self.out.stream_position()? - u64::from(begins))?;
        let count = u16::try_from(self.entries.len()).map_err(|_| too_much())?;
        self.out.write_all(b"PK\x05\x06\0\0\0\0")?;
        self.out.write_all(&count.to_le_bytes())?;
        self.out.write_all(&count.to_le_bytes())?;
        self.out.write_all(&size.to_le_bytes())?;
        self.out.write_all(&begins.to_le_bytes())?;
        self.out.write_all(&[0; 2])?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn pass(from: &mut dyn Read, to: &mut impl Write) -> io::Result<(u32, u64)> {
    let (mut crc, mut size, mut piece) = (Crc::new(), 0, vec![0; PIECE]);
    loop {
        let got = from.read(&mut piece)?;
        let Some(read) = piece.get(..got).filter(|read| !read.is_empty()) else { return Ok((crc.sum(), size)) };
        crc.update(read);
        to.write_all(read)?;
        size += got as u64;
    }
}

fn short(number: u64) -> io::Result<u32> {
    u32::try_from(number).ok().filter(|number| *number < u32::MAX).ok_or_else(too_much)
}

fn too_much() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "an export of 4 GiB or more")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_goes_in_can_be_read_out() {
        let at = "2026-11-28T10:00:00Z".parse().unwrap();
        let mut archive = Archive::new(Cursor::new(Vec::new()), at);
        let long = "a conversation, ".repeat(20_000);
        archive.add("data.json", true, &mut long.as_bytes()).unwrap();
        archive.add("files/tasse ébréchée.txt", false, &mut &b"broken"[..]).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < long.len() / 10);
        let end = &bytes[bytes.len() - 22..];
        assert_eq!(&end[..4], b"PK\x05\x06");
        let number = |at: usize| u32::from_le_bytes(end[at..at + 4].try_into().unwrap()) as usize;
        let (size, begins) = (number(12), number(16));
        assert_eq!(begins + size + 22, bytes.len());
        assert_eq!(&bytes[begins..begins + 4], b"PK\x01\x02");
        let stored = bytes.windows(6).position(|six| six == b"broken").unwrap();
        assert!(stored < begins);
        // The first entry's head says how long it is packed and unpacked.
        let head = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(head(22), long.len());
        let packed = &bytes[30 + "data.json".len()..][..head(18)];
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text).unwrap();
        assert_eq!(text, long);
        let mut crc = Crc::new();
        crc.update(long.as_bytes());
        assert_eq!(head(14), crc.sum() as usize);
    }
}
