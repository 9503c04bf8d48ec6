//! What bytes are, by what they begin with. The type and the name a client gives are not believed.

/// Bytes of the beginning that tell.
pub const HEAD: usize = 64;

const MIB: u64 = 1024 * 1024;
/// The largest file of any kind.
pub const LARGEST: u64 = 50 * MIB;

/// What a file begins like. Whether a container holds a film or only a voice is seen when all of it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Jpeg,
    Png,
    Webp,
    Gif,
    Pdf,
    Mp4,
    Webm,
    Ogg,
}

/// What a beginning tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    Known(Shape),
    /// A photo that most browsers cannot show.
    Heic,
    Unknown,
}

impl Shape {
    /// The most bytes one may have.
    pub fn limit(self) -> u64 {
        match self {
            Self::Jpeg | Self::Png | Self::Webp | Self::Pdf => 20 * MIB,
            Self::Gif => 8 * MIB,
            Self::Mp4 | Self::Webm => LARGEST,
            Self::Ogg => 10 * MIB,
        }
    }

    /// Whether it is decoded, which takes memory.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Gif)
    }

    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Ogg => "ogg",
        }
    }
}

/// What the first [`HEAD`] bytes tell; fewer are enough for a small file.
pub fn sniff(head: &[u8]) -> Sniffed {
    let begins = |magic: &[u8]| head.starts_with(magic);
    let at = |from: usize, magic: &[u8]| head.get(from..from + magic.len()) == Some(magic);
    let shape = match () {
        () if begins(b"\xff\xd8\xff") => Shape::Jpeg,
        () if begins(b"\x89PNG\r\n\x1a\n") => Shape::Png,
        () if begins(b"RIFF") && at(8, b"WEBP") => Shape::Webp,
        () if begins(b"GIF87a") || begins(b"GIF89a") => Shape::Gif,
        () if begins(b"%PDF-") => Shape::Pdf,
        () if begins(b"OggS\0") => Shape::Ogg,
        () if begins(b"\x1a\x45\xdf\xa3") && head.windows(4).any(|part| part == b"webm") => Shape::Webm,
        () if at(4, b"ftyp") => return brand(head.get(8..12).unwrap_or_default()),
        () => return Sniffed::Unknown,
    };
    Sniffed::Known(shape)
}

/// What a file of boxes calls itself.
fn brand(brand: &[u8]) -> Sniffed {
    const FILMS: [&[u8]; 17] = [
        b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1", b"M4V ",
        b"M4A ", b"qt  ", b"MSNV", b"dash", b"3gp5",
    ];
    const STILLS: [&[u8]; 9] = [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"];
    match () {
        () if FILMS.contains(&brand) => Sniffed::Known(Shape::Mp4),
        () if STILLS.contains(&brand) => Sniffed::Heic,
        () => Sniffed::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_bytes_say_counts() {
        let cases: [(&[u8], Sniffed); 16] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Sniffed::Known(Shape::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Sniffed::Known(Shape::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Sniffed::Known(Shape::Webp)),
            (b"GIF89a\x01\0\x01\0", Sniffed::Known(Shape::Gif)),
            (b"%PDF-1.7\n", Sniffed::Known(Shape::Pdf)),
            (b"\0\0\0\x18ftypisom\0\0\0\0", Sniffed::Known(Shape::Mp4)),
            (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", Sniffed::Known(Shape::Webm)),
            (b"OggS\0\x02", Sniffed::Known(Shape::Ogg)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Sniffed::Heic),
            (b"\x1a\x45\xdf\xa3\x9fB\x82\x88matroska", Sniffed::Unknown),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", Sniffed::Unknown),
            (b"<!doctype html><script>", Sniffed::Unknown),
            (b"\x1f\x8b\x08\0", Sniffed::Unknown),
            (b"PK\x03\x04", Sniffed::Unknown),
            (b"MZ\x90\0", Sniffed::Unknown),
            (b"", Sniffed::Unknown),
        ];
        for (head, sniffed) in cases {
            assert_eq!(sniff(head), sniffed, "{head:?}");
        }
    }
}
