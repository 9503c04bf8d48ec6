//! WebM: what its tracks are and how long it plays. Recorders leave the length out and do not say how long a cluster is, so
//! the elements are walked one after the other and the last moment counts.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::Path,
};

use super::{
    FileKind, Format,
    prepare::{Learnt, Refusal},
};

// Elements whose content is walked into.
const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const VIDEO: u64 = 0xe0;
const CLUSTER: u64 = 0x1f43_b675;
const GROUP: u64 = 0xa0;
// Elements that are read.
const SCALE: u64 = 0x2a_d7b1;
const TRACK_TYPE: u64 = 0x83;
const WIDTH: u64 = 0xb0;
const HEIGHT: u64 = 0xba;
const CLUSTER_TIME: u64 = 0xe7;
const SIMPLE_BLOCK: u64 = 0xa3;
const BLOCK: u64 = 0xa1;

/// The most elements that are walked.
const MOST: u32 = 400_000;

#[derive(Debug, Default)]
struct Walk {
    /// Nanoseconds of a tick.
    scale: Option<u64>,
    film: bool,
    voice: bool,
    width: Option<u32>,
    height: Option<u32>,
    cluster: u64,
    last: u64,
}

pub(super) fn read(path: &Path) -> Result<Learnt, Refusal> {
    let end = std::fs::metadata(path)?.len();
    let mut file = Elements { at: 0, end, file: BufReader::new(File::open(path)?) };
    let (mut walk, mut count) = (Walk::default(), 0);
    while let Some((id, size)) = file.element()? {
        count += 1;
        if count > MOST {
            return Err(Refusal::Broken);
        }
        walk.take(&mut file, id, size)?;
    }
    if !walk.film && !walk.voice {
        return Err(Refusal::Broken);
    }
    let nanoseconds = walk.last.checked_mul(walk.scale.unwrap_or(1_000_000));
    let milliseconds = nanoseconds.map(|length| length / 1_000_000).filter(|length| *length > 0);
    let (kind, format) = if walk.film { (FileKind::Video, Format::Webm) } else { (FileKind::Voice, Format::WebmSound) };
    Ok(Learnt { kind, format, size: walk.width.zip(walk.height).filter(|_| walk.film), milliseconds })
}

impl Walk {
    fn take(&mut self, file: &mut Elements, id: u64, size: Option<u64>) -> Result<(), Refusal> {
        match id {
            SEGMENT | INFO | TRACKS | TRACK | VIDEO | CLUSTER | GROUP => return Ok(()),
            _ => {}
        }
        let size = size.ok_or(Refusal::Broken)?;
        match id {
            SCALE => self.scale = Some(file.number(size)?.clamp(1, 1_000_000_000)),
            TRACK_TYPE => match file.number(size)? {
                1 => self.film = true,
                2 => self.voice = true,
                _ => {}
            },
            WIDTH => self.width = u32::try_from(file.number(size)?).ok(),
            HEIGHT => self.height = u32::try_from(file.number(size)?).ok(),
            CLUSTER_TIME => self.cluster = file.number(size)?,
            SIMPLE_BLOCK | BLOCK => {
                let after = file.at.saturating_add(size);
                file.bare_number()?;
                let offset = i64::from(i16::from_be_bytes(file.bytes()?));
                self.last = self.last.max(self.cluster.saturating_add_signed(offset));
                file.go_to(after)?;
            }
            _ => file.go_to(file.at.saturating_add(size))?,
        }
        Ok(())
    }
}

struct Elements {
    at: u64,
    end: u64,
    file: BufReader<File>,
}

impl Elements {
    /// The next element's id and size; a recorder that did not know a size leaves it open.
    fn element(&mut self) -> Result<Option<(u64, Option<u64>)>, Refusal> {
        if self.at >= self.end {
            return Ok(None);
        }
        let id = self.coded(4, true)?;
        let before = self.at;
        let size = self.coded(8, false)?;
        let open = size == (1 << (7 * (self.at - before))) - 1;
        Ok(Some((id, (!open).then_some(size))))
    }

    fn bare_number(&mut self) -> Result<u64, Refusal> {
        self.coded(8, false)
    }

    /// A number that says its own length by its leading zeros.
    fn coded(&mut self, longest: u32, with_mark: bool) -> Result<u64, Refusal> {
        let [first] = self.bytes()?;
        let length = first.leading_zeros() + 1;
        if length > longest {
            return Err(Refusal::Broken);
        }
        let mark = 0x80_u8 >> (length - 1);
        let mut number = u64::from(if with_mark { first } else { first & !mark });
        for _ in 1..length {
            let [byte] = self.bytes()?;
            number = (number << 8) | u64::from(byte);
        }
        Ok(number)
    }

    fn number(&mut self, size: u64) -> Result<u64, Refusal> {
        if size > 8 {
            return Err(Refusal::Broken);
        }
        let mut number = 0;
        for _ in 0..size {
            let [byte] = self.bytes()?;
            number = (number << 8) | u64::from(byte);
        }
        Ok(number)
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        self.at += N as u64;
        Ok(bytes)
    }

    /// What promises more than there is was cut.
    fn go_to(&mut self, place: u64) -> Result<(), Refusal> {
        if place > self.end || place < self.at {
            return Err(Refusal::Broken);
        }
        let forward = i64::try_from(place - self.at).map_err(|_| Refusal::Broken)?;
        self.file.seek_relative(forward).or_else(|_| self.file.seek(SeekFrom::Start(place)).map(drop))?;
        self.at = place;
        Ok(())
    }
}
