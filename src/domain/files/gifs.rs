//! GIFs: they go on moving when they are not too much work for a reader's machine; else their first picture stands still.
//! What is kept is copied block by block, so comments, unknown extensions and whatever follows the end are left out.

use std::{
    fs,
    io::{BufReader, Cursor},
};

use image::{AnimationDecoder, DynamicImage, ImageFormat, codecs::gif::GifDecoder};

use super::{
    FileKind, Format, Variant,
    pictures::{self, MOST_PIXELS, refusal},
    prepare::{Learnt, Refusal},
    shelf::Arrival,
};

/// The most frames of one that goes on moving.
const MOST_FRAMES: u64 = 300;
/// The most pixels over all its frames.
const MOST_FRAME_PIXELS: u64 = 100_000_000;

pub(super) fn prepare(arrival: &Arrival) -> Result<Learnt, Refusal> {
    let bytes = fs::read(arrival.raw())?;
    let plain = plain(&bytes).ok_or(Refusal::Broken)?;
    let pixels = u64::from(plain.width) * u64::from(plain.height);
    if pixels > MOST_PIXELS {
        return Err(Refusal::Pixels(plain.width, plain.height));
    }
    let first = pictures::decode(&arrival.raw(), ImageFormat::Gif)?;
    if plain.frames < 2 || plain.frames > MOST_FRAMES || pixels * plain.frames > MOST_FRAME_PIXELS {
        let (format, size) = pictures::keep(arrival, &first)?;
        return Ok(Learnt { kind: FileKind::Photo, format, size: Some(size), milliseconds: None });
    }
    all_decode(&plain.bytes)?;
    fs::write(arrival.ready(Variant::Full), &plain.bytes)?;
    pictures::keep_small(arrival, &first, Format::Png)?;
    let size = Some((plain.width, plain.height));
    Ok(Learnt { kind: FileKind::Gif, format: Format::Gif, size, milliseconds: None })
}

/// Every frame is looked at, so that what readers get is known to be a picture.
fn all_decode(bytes: &[u8]) -> Result<(), Refusal> {
    let decoder = GifDecoder::new(BufReader::new(Cursor::new(bytes))).map_err(refusal)?;
    for frame in decoder.into_frames() {
        drop(DynamicImage::ImageRgba8(frame.map_err(refusal)?.into_buffer()));
    }
    Ok(())
}

/// A GIF without what is not needed to show it.
struct Plain {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    frames: u64,
}

/// Copies a GIF; none when it does not end as it should.
fn plain(bytes: &[u8]) -> Option<Plain> {
    let mut rest = Rest { bytes, at: 0, out: Vec::with_capacity(bytes.len()) };
    let head = rest.take(13)?;
    let number = |at: usize| Some(u32::from(u16::from_le_bytes([*head.get(at)?, *head.get(at + 1)?])));
    let (width, height, flags) = (number(6)?, number(8)?, *head.get(10)?);
    rest.keep(head);
    rest.keep_table(flags)?;
    let mut frames = 0;
    loop {
        match rest.take(1)? {
            [0x3b] => break,
            [0x2c] => {
                let place = rest.take(9)?;
                rest.keep(b"\x2c");
                rest.keep(place);
                rest.keep_table(*place.get(8)?)?;
                let code_size = rest.take(1)?;
                rest.keep(code_size);
                rest.blocks(true)?;
                frames += 1;
            }
            [0x21] => {
                let label = *rest.take(1)?.first()?;
                let needed = label == 0xf9 || label == 0xff && rest.peek(12) == Some(b"\x0bNETSCAPE2.0".as_slice());
                if needed {
                    rest.keep(&[0x21, label]);
                }
                rest.blocks(needed)?;
            }
            _ => return None,
        }
    }
    rest.keep(b"\x3b");
    (frames > 0).then_some(Plain { bytes: rest.out, width, height, frames })
}

struct Rest<'a> {
    bytes: &'a [u8],
    at: usize,
    out: Vec<u8>,
}

impl<'a> Rest<'a> {
    fn peek(&self, length: usize) -> Option<&'a [u8]> {
        self.bytes.get(self.at..self.at.checked_add(length)?)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let part = self.peek(length)?;
        self.at += length;
        Some(part)
    }

    fn keep(&mut self, part: &[u8]) {
        self.out.extend_from_slice(part);
    }

    /// The table of colours that these flags announce.
    fn keep_table(&mut self, flags: u8) -> Option<()> {
        if flags & 0x80 != 0 {
            let table = self.take(3 << ((flags & 7) + 1))?;
            self.keep(table);
        }
        Some(())
    }

    /// Sub-blocks up to the empty one.
    fn blocks(&mut self, kept: bool) -> Option<()> {
        loop {
            let length = *self.take(1)?.first()?;
            let part = self.take(usize::from(length))?;
            if kept {
                self.out.push(length);
                self.out.extend_from_slice(part);
            }
            if length == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\
        \x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x21\xfe\x05<!--*\0\
        \x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b<script>alert(1)</script>";

    #[test]
    fn comments_and_what_follows_the_end_are_left_out() {
        let plain = plain(TWO).unwrap();
        assert_eq!((plain.width, plain.height, plain.frames), (1, 1, 2));
        let has = |words: &[u8]| plain.bytes.windows(words.len()).any(|part| part == words);
        assert!(has(b"NETSCAPE2.0") && !has(b"<!--") && !has(b"script"));
        assert!(all_decode(&plain.bytes).is_ok());
    }

    #[test]
    fn one_that_is_cut_is_broken() {
        for end in 0..TWO.len() - 26 {
            assert!(plain(&TWO[..end]).is_none(), "{end}");
        }
    }
}
