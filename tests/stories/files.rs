//! Pictures, files and voice in messages: what comes in by a page, by its script, by the desk; what does not; and who gets
//! to see it. Here is what these stories share: files of every kind, made on the spot.

mod browser;
mod limits;
mod programs;
mod talk;

use std::path::Path;

use image::{ColorType, ImageEncoder, codecs::jpeg::JpegEncoder};
use serde_json::Value;

use super::support::{Server, Visitor, form::Sent, page::Page};

/// The path of the thread a link opens.
async fn thread_of(shopper: &Visitor, server: &Server, link: usize) -> String {
    let token = server.told().shopper_links[link].split('#').nth(1).unwrap().to_owned();
    let page = shopper.post("/t/open", &[("token", &token)]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.url.path().to_owned()
}

/// The first thread as its shopper, its path and its id at the desk.
async fn first(server: &Server) -> (Visitor, String, String) {
    let shopper = server.stranger();
    let path = thread_of(&shopper, server, 0).await;
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    (shopper, path, orders["data"][0]["thread_id"].as_str().unwrap().to_owned())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The id of a file that was taken.
fn id(page: &Page) -> String {
    assert_eq!(page.status, 201, "{}", page.body);
    text(&page.json()["id"])
}

/// Says these files, with a text or without.
async fn say(who: &Visitor, path: &str, client: &str, words: &str, files: &[&str]) -> Page {
    let mut fields = vec![("text", words), ("client_id", client), ("kind", "reply")];
    fields.extend(files.iter().map(|file| ("files", *file)));
    who.post(&format!("{path}/messages"), &fields).await
}

/// Every file below the server's shelf.
fn on_disk(data: &Path) -> Vec<String> {
    fn below(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                below(&entry.path(), found);
            } else {
                found.push(entry.path().display().to_string());
            }
        }
    }
    let mut found = Vec::new();
    below(&data.join("files"), &mut found);
    found
}

/// A photo with more in it than a picture: who took it, where, and that it is to be turned to the right.
fn photo(width: u32, height: u32) -> Sent {
    // By whole rows: the largest photo has 45 million pixels.
    let row = |at: u32| (0..width).flat_map(|x| [(x / 32) as u8, (at / 32) as u8, 90]).collect::<Vec<u8>>();
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for at in (0..height).step_by(32) {
        let row = row(at);
        (at..height.min(at + 32)).for_each(|_| pixels.extend_from_slice(&row));
    }
    let mut plain = Vec::new();
    JpegEncoder::new(&mut plain).write_image(&pixels, width, height, ColorType::Rgb8.into()).unwrap();
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let after = 8 + 2 + 3 * 12 + 4;
    tiff.extend(entry(0x010f, 2, 14, after));
    tiff.extend(entry(0x0112, 3, 1, 6));
    tiff.extend(entry(0x8825, 4, 1, after + 14));
    tiff.extend([0; 4]);
    tiff.extend(b"CANARY-CAMERA\0");
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(1, 2, 2, u32::from(b'N')));
    tiff.extend(entry(2, 5, 3, after + 14 + 2 + 24 + 4));
    tiff.extend([0; 4]);
    tiff.extend([43_u32, 1, 17, 1, 4_242, 100].iter().flat_map(|part| part.to_le_bytes()));
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let bytes = [&plain[..2], b"\xff\xe1", &length, &exif, &plain[2..]].concat();
    Sent::new("IMG_0001.JPG", "image/jpeg", &bytes)
}

fn gif() -> Sent {
    let frame = b"\x21\xf9\x04\x04\x14\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x21\xfe\x06CANARY\0";
    Sent::new("bravo.gif", "image/gif", &[head.as_slice(), frame, frame, b"\x3b"].concat())
}

fn pdf(bytes: usize) -> Sent {
    let body = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; bytes], b"\n%%EOF\n"].concat();
    Sent::new("Facture n\u{ba} 7.pdf", "application/pdf", &body)
}

/// A voice clip as one browser records it, so many seconds long.
fn ogg(seconds: u64) -> Sent {
    let page = |plays_to: u64, body: &[u8]| {
        let head = [b"OggS\0\0".as_slice(), &plays_to.to_le_bytes(), &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]].concat();
        [head.as_slice(), &[u8::try_from(body.len()).unwrap()], body].concat()
    };
    let opus = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";
    let bytes = [page(0, opus), page(0, b"OpusTags\0\0\0\0\0\0\0\0"), page(312 + seconds * 48_000, &[7; 40])].concat();
    Sent::new("voice.ogg", "audio/ogg", &bytes)
}

/// A voice clip as another browser records it: no length, clusters without an end.
fn webm(seconds: u16) -> Sent {
    let element = |id: &[u8], body: &[u8]| [id, &[0x80 | u8::try_from(body.len()).unwrap()], body].concat();
    let open = |id: &[u8]| [id, b"\x01\xff\xff\xff\xff\xff\xff\xff"].concat();
    let track = element(b"\xae", &[element(b"\xd7", &[1]), element(b"\x83", &[2])].concat());
    let milliseconds = u32::from(seconds) * 1_000;
    let bytes = [
        element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm")),
        open(b"\x18\x53\x80\x67"),
        element(b"\x15\x49\xa9\x66", &element(b"\x2a\xd7\xb1", &[0x0f, 0x42, 0x40])),
        element(b"\x16\x54\xae\x6b", &track),
        open(b"\x1f\x43\xb6\x75"),
        element(b"\xe7", &[0]),
        element(b"\xa3", &[0x81, 0, 0, 0x80, 1, 2, 3]),
        open(b"\x1f\x43\xb6\x75"),
        element(b"\xe7", &milliseconds.to_be_bytes()),
        element(b"\xa3", &[0x81, 0, 0, 0x80, 1, 2, 3]),
    ]
    .concat();
    Sent::new("voice.webm", "audio/webm", &bytes)
}

/// A short film, with the place it was taken at.
fn mp4(seconds: u32) -> Sent {
    let part =
        |kind: &[u8], body: &[u8]| [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind, body].concat();
    let clock = [&[0; 12][..], &1_000_u32.to_be_bytes(), &(seconds * 1_000).to_be_bytes(), &[0; 80]].concat();
    let mut head = vec![0; 84];
    head[12..16].copy_from_slice(&1_u32.to_be_bytes());
    head[76..80].copy_from_slice(&(640_u32 << 16).to_be_bytes());
    head[80..84].copy_from_slice(&(360_u32 << 16).to_be_bytes());
    let media = part(
        b"mdia",
        &[part(b"mdhd", &clock), part(b"hdlr", b"\0\0\0\0\0\0\0\0vide\0\0\0\0\0\0\0\0\0\0\0\0\0")].concat(),
    );
    let track = part(b"trak", &[part(b"tkhd", &head), media].concat());
    let place = part(b"udta", &part(b"\xa9xyz", b"\0\x12\x15\xc7+43.2842+005.3726/"));
    let movie = part(b"moov", &[part(b"mvhd", &clock), track, place].concat());
    let bytes = [part(b"ftyp", b"isom\0\0\x02\0isomiso2mp41"), movie, part(b"mdat", &[9; 2_000])].concat();
    Sent::new("film.MP4", "video/mp4", &bytes)
}
