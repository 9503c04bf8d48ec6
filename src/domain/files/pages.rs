//! Voice clips in Ogg: a row of pages, each with the place it plays to. The length is measured here; what a client says of
//! it is not believed.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use super::{
    FileKind, Format,
    prepare::{Learnt, Refusal},
};

pub(super) fn read(path: &Path) -> Result<Learnt, Refusal> {
    let mut file = BufReader::new(File::open(path)?);
    let mut rate: Option<(u64, u64)> = None;
    let mut last = 0;
    while let Some(page) = page(&mut file)? {
        if rate.is_none() {
            rate = Some(codec(&page.body).ok_or(Refusal::Broken)?);
        }
        if page.plays_to != u64::MAX {
            last = last.max(page.plays_to);
        }
    }
    let (rate, skipped) = rate.ok_or(Refusal::Broken)?;
    let samples = last.saturating_sub(skipped);
    let milliseconds = samples.checked_mul(1_000).ok_or(Refusal::VoiceLong)? / rate;
    Ok(Learnt { kind: FileKind::Voice, format: Format::OggSound, size: None, milliseconds: Some(milliseconds) })
}

struct Page {
    plays_to: u64,
    body: Vec<u8>,
}

/// The next page; none at the end.
fn page(file: &mut impl Read) -> Result<Option<Page>, Refusal> {
    let mut first = [0; 1];
    if file.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut head = [0; 26];
    file.read_exact(&mut head)?;
    if first != *b"O" || !head.starts_with(b"ggS\0") {
        return Err(Refusal::Broken);
    }
    let [_, _, _, _, _, a, b, c, d, e, f, g, h, ..] = head;
    let mut table = vec![0; usize::from(head.last().copied().unwrap_or_default())];
    file.read_exact(&mut table)?;
    let mut body = vec![0; table.iter().map(|part| usize::from(*part)).sum()];
    file.read_exact(&mut body)?;
    Ok(Some(Page { plays_to: u64::from_le_bytes([a, b, c, d, e, f, g, h]), body }))
}

/// Samples a second, and those at the beginning that are not heard.
fn codec(body: &[u8]) -> Option<(u64, u64)> {
    if body.starts_with(b"OpusHead") {
        let skipped = u16::from_le_bytes([*body.get(10)?, *body.get(11)?]);
        return Some((48_000, u64::from(skipped)));
    }
    let rate = body.strip_prefix(b"\x01vorbis")?.get(5..9)?;
    let rate = u32::from_le_bytes(rate.try_into().ok()?);
    (8_000..=192_000).contains(&rate).then_some((u64::from(rate), 0))
}
