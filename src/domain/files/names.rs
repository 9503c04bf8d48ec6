//! The name a file is shown and saved under. What a client calls it is a hint for people and nothing else: on the disk a
//! file has the name we gave it.

use super::{Format, sniff::Shape};

/// The longest name, in characters.
const LONGEST: usize = 80;

/// A client's name without folders, without what cannot be seen and with the ending of what it really is.
pub fn shown(given: &str, shape: Shape) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(LONGEST).collect();
    let short = short.trim_matches(['.', ' ', '-']);
    let stem = if short.is_empty() || is_device(short) { "file" } else { short };
    format!("{stem}.{}", shape.ending())
}

/// The same with the ending of what is kept of it.
pub(super) fn kept(name: &str, format: Format) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{}", ending(format))
}

/// As an error names a file: its own name, unless there is nothing to be seen in it or it goes on for ever.
pub fn spoken(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_hidden(*c)).collect();
    let plain = plain.trim();
    match plain.chars().count() {
        0 => "?".to_owned(),
        length if length > 60 => plain.chars().take(59).chain(['…']).collect(),
        _ => plain.to_owned(),
    }
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "jpg",
        Format::Png => "png",
        Format::Gif => "gif",
        Format::Pdf => "pdf",
        Format::Mp4 => "mp4",
        Format::Webm | Format::WebmSound => "webm",
        Format::Mp4Sound => "m4a",
        Format::OggSound => "ogg",
    }
}

/// Control characters, and those that turn the direction of writing or cannot be seen.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

/// Names that one system keeps for its devices.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_visible_and_ends_in_what_it_is() {
        let cases = [
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\Users\\me\\IMG 1.HEIC", "IMG 1.jpg"),
            ("photo\u{202e}gpj.exe", "photo gpj.jpg"),
            ("a\0b\r\n.png", "a b.jpg"),
            ("", "file.jpg"),
            ("...", "file.jpg"),
            ("CON.txt", "file.jpg"),
            ("com1", "file.jpg"),
            ("écharpe <rouge>.jpeg", "écharpe rouge.jpg"),
        ];
        for (given, name) in cases {
            assert_eq!(shown(given, Shape::Jpeg), name, "{given:?}");
        }
        assert_eq!(shown(&"x".repeat(4_000), Shape::Pdf).chars().count(), LONGEST + 4);
        assert_eq!(spoken(&"y".repeat(4_000)).chars().count(), 60);
        assert_eq!(spoken("dir/logo.svg"), "logo.svg");
        assert_eq!(kept("scan.webp", Format::Jpeg), "scan.jpg");
    }
}
