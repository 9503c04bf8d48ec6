//! Photos of every kind that comes, and bytes that are none.

use std::{fs, path::PathBuf};

use image::{ColorType, ImageEncoder, codecs::webp::WebPEncoder};

use super::*;
use crate::{
    domain::files::shelf::Shelf,
    ids::{FileAddress, FileId, MerchantId},
};

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Prepares these bytes; what was learnt, and how large each variant is.
fn prepared(shape: Shape, bytes: &[u8]) -> Result<(Learnt, Vec<(u32, u32)>), Refusal> {
    let folder = Folder(std::env::temp_dir().join(format!("comptoir-pictures-{}", crate::secrets::token())));
    let shelf = Shelf::open(folder.0.clone()).unwrap();
    let now = "2026-11-28T10:00:00Z".parse().unwrap();
    let arrival = shelf.begin(FileAddress::new(MerchantId::from_bytes([1; 16]), FileId::new(now))).unwrap();
    fs::write(arrival.raw(), bytes).unwrap();
    let learnt = prepare(&arrival, shape)?;
    let size = |variant: &Variant| {
        let reader = ImageReader::open(arrival.ready(*variant)).unwrap().with_guessed_format().unwrap();
        reader.into_dimensions().unwrap()
    };
    Ok((learnt, Variant::ALL.iter().map(size).collect()))
}

fn webp(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
    let pixels: Vec<u8> = pixel.iter().copied().cycle().take((width * height * 4) as usize).collect();
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes).encode(&pixels, width, height, ColorType::Rgba8.into()).unwrap();
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&vec![120; (width * height) as usize], width, height, ColorType::L8.into())
        .unwrap();
    bytes
}

#[test]
fn a_photo_is_kept_no_larger_than_a_screen_needs() {
    let (learnt, sizes) = prepared(Shape::Png, &png(4_000, 2_000)).unwrap();
    assert_eq!((learnt.format, learnt.size), (Format::Jpeg, Some((2_560, 1_280))));
    assert_eq!(sizes, [(2_560, 1_280), (480, 240), (112, 56)]);
    let (learnt, sizes) = prepared(Shape::Png, &png(90, 40)).unwrap();
    assert_eq!((learnt.size, sizes), (Some((90, 40)), vec![(90, 40); 3]));
}

#[test]
fn what_shines_through_stays_so() {
    let (learnt, _) = prepared(Shape::Webp, &webp(20, 10, [200, 10, 10, 80])).unwrap();
    assert_eq!(learnt.format, Format::Png);
    let (learnt, _) = prepared(Shape::Webp, &webp(20, 10, [200, 10, 10, 255])).unwrap();
    assert_eq!(learnt.format, Format::Jpeg);
}

#[test]
fn what_is_no_picture_or_only_part_of_one_is_refused() {
    let whole = png(64, 64);
    for bytes in [&whole[..whole.len() - 20], &whole[..30], b"\x89PNG\r\n\x1a\n", b""] {
        assert!(matches!(prepared(Shape::Png, bytes), Err(Refusal::Broken)), "{} bytes", bytes.len());
    }
    assert!(matches!(prepared(Shape::Jpeg, &whole), Err(Refusal::Broken)), "a PNG is no JPEG");
}

#[test]
fn more_pixels_than_are_decoded_are_counted_from_the_header() {
    let mut huge = png(1, 1);
    // Width and height stand at 16; the checksum of the header is not looked at before the size.
    huge[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let refused = prepared(Shape::Png, &huge);
    assert!(matches!(refused, Err(Refusal::Pixels(50_000, 50_000) | Refusal::Broken)), "{refused:?}");
}
