//! MP4: what its tracks are, how long it plays, and where its maker wrote more than that. Such boxes (places, names,
//! devices) are blanked where they stand, so that the film itself stays as it is.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use super::{
    FileKind, Format,
    prepare::{Learnt, Refusal},
};

/// The largest box that is read whole: tables of a film, never its pictures.
const MOST_READ: u64 = 16 * 1024 * 1024;
/// The most boxes at the top of a film; a recorder writes a few each second.
const MOST: u32 = 20_000;

/// Where a box and its content are.
#[derive(Debug, Clone, Copy)]
struct Place {
    kind: [u8; 4],
    at: u64,
    head: u64,
    size: u64,
}

#[derive(Debug, Default)]
struct Movie {
    /// Ticks a second, and ticks, of the whole.
    length: Option<(u64, u64)>,
    tracks: HashMap<u32, Track>,
    seen: bool,
    film: bool,
    voice: bool,
    size: Option<(u32, u32)>,
    /// Boxes that say more than is needed.
    words: Vec<Place>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Track {
    scale: u64,
    /// Ticks of a sample where it is not said.
    each: u64,
    end: u64,
}

pub(super) fn read(path: &Path) -> Result<Learnt, Refusal> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let end = file.metadata()?.len();
    let (mut movie, mut at, mut count) = (Movie::default(), 0, 0);
    while at < end {
        let place = top(&mut file, at, end)?;
        count += 1;
        match &place.kind {
            _ if count > MOST => return Err(Refusal::Broken),
            b"moov" => movie.take(&content(&mut file, place)?, place.at + place.head)?,
            b"moof" => movie.fragment(&content(&mut file, place)?),
            b"meta" | b"uuid" | b"udta" => movie.words.push(place),
            _ => {}
        }
        at += place.size;
    }
    if !movie.seen || !movie.film && !movie.voice {
        return Err(Refusal::Broken);
    }
    blank(&mut file, &movie.words)?;
    let (kind, format) = if movie.film { (FileKind::Video, Format::Mp4) } else { (FileKind::Voice, Format::Mp4Sound) };
    Ok(Learnt { kind, format, size: movie.size.filter(|_| movie.film), milliseconds: movie.milliseconds() })
}

fn top(file: &mut File, at: u64, end: u64) -> Result<Place, Refusal> {
    file.seek(SeekFrom::Start(at))?;
    let mut head = [0; 8];
    file.read_exact(&mut head)?;
    let [a, b, c, d, kind @ ..] = head;
    let (head, size) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (8, end - at),
        1 => {
            let mut long = [0; 8];
            file.read_exact(&mut long)?;
            (16, u64::from_be_bytes(long))
        }
        size => (8, u64::from(size)),
    };
    let whole = size >= head && at.checked_add(size).is_some_and(|to| to <= end);
    if whole { Ok(Place { kind, at, head, size }) } else { Err(Refusal::Broken) }
}

fn content(file: &mut File, place: Place) -> Result<Vec<u8>, Refusal> {
    let length = place.size - place.head;
    if length > MOST_READ {
        return Err(Refusal::Broken);
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| Refusal::Broken)?];
    file.seek(SeekFrom::Start(place.at + place.head))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn blank(file: &mut File, words: &[Place]) -> Result<(), Refusal> {
    let zeros = [0; 4_096];
    for place in words {
        file.seek(SeekFrom::Start(place.at + 4))?;
        file.write_all(b"free")?;
        file.seek(SeekFrom::Start(place.at + place.head))?;
        let mut left = place.size - place.head;
        while left > 0 {
            let part = zeros.get(..usize::try_from(left).unwrap_or(zeros.len()).min(zeros.len())).unwrap_or(&zeros);
            file.write_all(part)?;
            left -= part.len() as u64;
        }
    }
    Ok(())
}

/// The boxes in a piece of memory, with where each begins.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let size = usize::try_from(number(bytes, at)?).ok()?;
        let kind: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let content = bytes.get(at + 8..at.checked_add(size)?)?;
        let began = at;
        at += size;
        Some((kind, began, content))
    })
}

fn inside<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(found, _, _)| found == kind).map(|(_, _, content)| content)
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Ticks a second and ticks, as `mvhd` and `mdhd` say them.
fn clock(bytes: &[u8]) -> Option<(u64, u64)> {
    let found = match bytes.first()? {
        1 => (number(bytes, 20)?, long(bytes, 24)?),
        _ => (number(bytes, 12)?, number(bytes, 16)?),
    };
    Some(found).filter(|(scale, _)| *scale > 0)
}

impl Movie {
    fn take(&mut self, bytes: &[u8], begins: u64) -> Result<(), Refusal> {
        self.seen = true;
        for (kind, at, content) in boxes(bytes) {
            let place = Place { kind, at: begins + at as u64, head: 8, size: content.len() as u64 + 8 };
            match &kind {
                b"mvhd" => self.length = clock(content),
                b"trak" => self.track(content, place.at + 8).ok_or(Refusal::Broken)?,
                b"mvex" => self.defaults(content),
                b"udta" | b"meta" | b"uuid" => self.words.push(place),
                _ => {}
            }
        }
        Ok(())
    }

    fn track(&mut self, bytes: &[u8], begins: u64) -> Option<()> {
        for (kind, at, content) in boxes(bytes) {
            if matches!(&kind, b"udta" | b"meta" | b"uuid") {
                self.words.push(Place { kind, at: begins + at as u64, head: 8, size: content.len() as u64 + 8 });
            }
        }
        let (head, media) = (inside(bytes, b"tkhd")?, inside(bytes, b"mdia")?);
        let long = head.first() == Some(&1);
        let id = u32::try_from(number(head, if long { 20 } else { 12 })?).ok()?;
        let (scale, ticks) = clock(inside(media, b"mdhd")?)?;
        match inside(media, b"hdlr")?.get(8..12)? {
            b"vide" => {
                self.film = true;
                let side = |from_end: usize| {
                    let pixels = number(head, head.len().checked_sub(from_end)?)? >> 16;
                    u32::try_from(pixels).ok().filter(|pixels| *pixels > 0)
                };
                self.size = self.size.or(side(8).zip(side(4)));
            }
            b"soun" => self.voice = true,
            _ => {}
        }
        self.tracks.insert(id, Track { scale, each: 0, end: ticks });
        Some(())
    }

    /// How long samples of fragments are where these do not say.
    fn defaults(&mut self, bytes: &[u8]) {
        for (kind, _, content) in boxes(bytes) {
            let id = number(content, 4).and_then(|id| u32::try_from(id).ok());
            if let (b"trex", Some(track)) = (&kind, id.and_then(|id| self.tracks.get_mut(&id))) {
                track.each = number(content, 12).unwrap_or_default();
            }
        }
    }

    /// What a recorder writes every few moments: it moves the end of a track.
    fn fragment(&mut self, bytes: &[u8]) {
        for (_, _, traf) in boxes(bytes).filter(|(kind, _, _)| kind == b"traf") {
            if let Some((id, from, ticks)) = self.run(traf)
                && let Some(track) = self.tracks.get_mut(&id)
            {
                let from = from.unwrap_or(track.end);
                track.end = track.end.max(from.saturating_add(ticks));
            }
        }
    }

    /// Its track, where it begins if it says so, and how many ticks it is long.
    fn run(&self, traf: &[u8]) -> Option<(u32, Option<u64>, u64)> {
        let head = inside(traf, b"tfhd")?;
        let flags = number(head, 0)? & 0xff_ffff;
        let id = u32::try_from(number(head, 4)?).ok()?;
        let skipped =
            [(1, 8), (2, 4)].iter().filter(|(flag, _)| flags & flag != 0).map(|(_, size)| size).sum::<usize>();
        let each = match flags & 8 {
            0 => self.tracks.get(&id)?.each,
            _ => number(head, 8 + skipped)?,
        };
        let from = inside(traf, b"tfdt")
            .and_then(|time| if time.first() == Some(&1) { long(time, 4) } else { number(time, 4) });
        let mut ticks = 0_u64;
        for (_, _, run) in boxes(traf).filter(|(kind, _, _)| kind == b"trun") {
            ticks = ticks.saturating_add(run_ticks(run, each)?);
        }
        Some((id, from, ticks))
    }

    fn milliseconds(&self) -> Option<u64> {
        let of = |ticks: u64, scale: u64| ticks.checked_mul(1_000)?.checked_div(scale);
        let whole = self.length.and_then(|(scale, ticks)| of(ticks, scale));
        let tracks = self.tracks.values().filter_map(|track| of(track.end, track.scale)).max();
        whole.max(tracks).filter(|length| *length > 0)
    }
}

fn run_ticks(run: &[u8], each: u64) -> Option<u64> {
    let flags = number(run, 0)? & 0xff_ffff;
    let count = number(run, 4)?;
    if flags & 0x100 == 0 {
        return Some(count.saturating_mul(each));
    }
    let head = 8 + if flags & 1 != 0 { 4 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
    let width = [0x100, 0x200, 0x400, 0x800].iter().filter(|flag| flags & **flag != 0).count() * 4;
    let samples = run.get(head..)?.chunks_exact(width).take(usize::try_from(count).ok()?);
    Some(samples.filter_map(|sample| number(sample, 0)).fold(0, u64::saturating_add))
}
