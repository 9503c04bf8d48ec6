//! From what arrived to what is kept. Pictures are made anew, so nothing of the sent bytes is ever shown; documents, films
//! and voices are kept as they are once they were read through. Slow: never inside a change of the database.

use std::{
    fs,
    io::{self, Read, Seek},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{
    FileKind, Format, Variant, boxes, gifs, names, pages, pictures, shelf, shelf::Arrival, sniff::Shape, tracks,
};
use crate::{
    error::{Error, Result, Says},
    i18n::key,
};

/// The longest voice clip, in milliseconds: five minutes and what a click takes.
const LONGEST_VOICE: u64 = 302_000;
/// The same, as people say it.
pub const VOICE_MINUTES: u64 = 5;
/// The longest film, in milliseconds.
const LONGEST_VIDEO: u64 = 600_000;

/// What is kept of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    pub kind: FileKind,
    pub format: Format,
    pub name: String,
    pub size: i64,
    pub hash: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub duration_ms: Option<i32>,
}

/// Why something is not kept.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Damaged, incomplete, or not what it says it is.
    Broken,
    /// More pixels than are decoded.
    Pixels(u32, u32),
    VoiceLong,
    VideoLong,
    Disk(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => Self::Broken,
            _ => Self::Disk(error),
        }
    }
}

/// What was learnt of a file while it was made ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Learnt {
    pub kind: FileKind,
    pub format: Format,
    pub size: Option<(u32, u32)>,
    pub milliseconds: Option<u64>,
}

/// Makes an arrival ready to be put in its place; `given` is the name its sender gave it.
///
/// # Errors
/// What is wrong with it, in words that name it; or that the disk is full.
pub fn prepare(arrival: &Arrival, shape: Shape, given: &str) -> Result<Ready> {
    let made = match shape {
        Shape::Jpeg | Shape::Png | Shape::Webp => pictures::prepare(arrival, shape),
        Shape::Gif => gifs::prepare(arrival),
        Shape::Pdf => document(arrival),
        Shape::Mp4 => boxes::read(&arrival.raw()).and_then(|film| kept(arrival, film)),
        Shape::Webm => tracks::read(&arrival.raw()).and_then(|film| kept(arrival, film)),
        Shape::Ogg => pages::read(&arrival.raw()).and_then(|voice| kept(arrival, voice)),
    };
    let learnt = made.map_err(|refusal| in_words(refusal, given))?;
    let (size, hash) = measured(&arrival.ready(Variant::Full)).map_err(|error| shelf::refused(&error))?;
    let (width, height) = learnt.size.unzip();
    let small = |number: u32| i32::try_from(number).ok();
    Ok(Ready {
        kind: learnt.kind,
        format: learnt.format,
        name: names::kept(&names::shown(given, shape), learnt.format),
        size,
        hash,
        width: width.and_then(small),
        height: height.and_then(small),
        duration_ms: learnt.milliseconds.and_then(|length| i32::try_from(length).ok()),
    })
}

/// A film or a voice that was read through, as it is.
fn kept(arrival: &Arrival, learnt: Learnt) -> Result<Learnt, Refusal> {
    match learnt.kind {
        FileKind::Voice if learnt.milliseconds.is_some_and(|length| length > LONGEST_VOICE) => {
            return Err(Refusal::VoiceLong);
        }
        FileKind::Video if learnt.milliseconds.is_some_and(|length| length > LONGEST_VIDEO) => {
            return Err(Refusal::VideoLong);
        }
        _ => {}
    }
    fs::rename(arrival.raw(), arrival.ready(Variant::Full))?;
    Ok(learnt)
}

/// A document is kept as it is and only ever saved, never opened on a page of ours. One without its end is incomplete.
fn document(arrival: &Arrival) -> Result<Learnt, Refusal> {
    let mut file = fs::File::open(arrival.raw())?;
    let begin = file.metadata()?.len().saturating_sub(4_096);
    file.seek(io::SeekFrom::Start(begin))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    if !end.windows(5).any(|part| part == b"%%EOF") {
        return Err(Refusal::Broken);
    }
    kept(arrival, Learnt { kind: FileKind::Pdf, format: Format::Pdf, size: None, milliseconds: None })
}

fn in_words(refusal: Refusal, given: &str) -> Error {
    let says = |key| Says::new(key).with("name", names::spoken(given));
    let says = match refusal {
        Refusal::Broken => says(key("file-broken")),
        Refusal::Pixels(width, height) => says(key("file-pixels"))
            .with("width", width)
            .with("height", height)
            .with("most", pictures::MOST_PIXELS / 1_000_000),
        Refusal::VoiceLong => says(key("file-voice-long")).with("minutes", VOICE_MINUTES),
        Refusal::VideoLong => says(key("file-video-too-long")).with("minutes", LONGEST_VIDEO / 60_000),
        Refusal::Disk(error) => return shelf::refused(&error),
    };
    Error::invalid("file", says)
}

fn measured(path: &std::path::Path) -> io::Result<(i64, String)> {
    let (mut file, mut hash, mut size) = (fs::File::open(path)?, Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hash.update(part);
        size += read;
    }
    Ok((i64::try_from(size).unwrap_or(i64::MAX), URL_SAFE_NO_PAD.encode(hash.finalize())))
}
