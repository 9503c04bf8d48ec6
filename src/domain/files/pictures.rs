//! Photos, made anew: turned as the camera held them, no larger than a screen needs, without a word of where and with what
//! they were taken. The header is asked for the size before anything is decoded.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::Path,
};

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    metadata::Orientation,
};

use super::{
    FileKind, Format, Variant,
    prepare::{Learnt, Refusal},
    shelf::Arrival,
    sniff::Shape,
};

/// The most pixels that are decoded.
pub(super) const MOST_PIXELS: u64 = 50_000_000;
/// The longest side that is decoded.
const LONGEST_SIDE: u32 = 16_384;
/// The most memory that decoding one picture may take for its pixels.
const MOST_BYTES: u64 = 208 * 1024 * 1024;
/// The longest side that is kept.
const KEPT_SIDE: u32 = 2_560;
/// The quality of what is kept, of 100.
const QUALITY: u8 = 85;

pub(super) fn prepare(arrival: &Arrival, shape: Shape) -> Result<Learnt, Refusal> {
    let format = match shape {
        Shape::Png => ImageFormat::Png,
        Shape::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    let image = decode(&arrival.raw(), format)?;
    let (format, size) = keep(arrival, &image)?;
    Ok(Learnt { kind: FileKind::Photo, format, size: Some(size), milliseconds: None })
}

/// Decodes a picture of a bearable size: the first of its frames, upright, no larger than what is kept.
pub(super) fn decode(path: &Path, format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let open = || -> Result<_, Refusal> { Ok(ImageReader::with_format(BufReader::new(File::open(path)?), format)) };
    let (width, height) = open()?.into_dimensions().map_err(refusal)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > LONGEST_SIDE {
        return Err(Refusal::Pixels(width, height));
    }
    let mut reader = open()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    if decoder.total_bytes() > MOST_BYTES {
        return Err(Refusal::Pixels(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let mut image = shrunk(image, KEPT_SIDE);
    image.apply_orientation(orientation);
    Ok(image)
}

/// Keeps a picture and its two smaller ones: as JPEG, or as PNG where something shines through.
pub(super) fn keep(arrival: &Arrival, image: &DynamicImage) -> Result<(Format, (u32, u32)), Refusal> {
    let format = if shines_through(image) { Format::Png } else { Format::Jpeg };
    write(image, format, &arrival.ready(Variant::Full))?;
    keep_small(arrival, image, format)?;
    Ok((format, (image.width(), image.height())))
}

pub(super) fn keep_small(arrival: &Arrival, image: &DynamicImage, format: Format) -> Result<(), Refusal> {
    let medium = shrunk(image.clone(), 480);
    write(&medium, format, &arrival.ready(Variant::Medium))?;
    write(&shrunk(medium, 112), format, &arrival.ready(Variant::Small))
}

fn shrunk(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side { image } else { image.thumbnail(side, side) }
}

fn shines_through(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255)
}

fn write(image: &DynamicImage, format: Format, path: &Path) -> Result<(), Refusal> {
    let mut out = BufWriter::new(File::create(path)?);
    let written = match format {
        Format::Jpeg => DynamicImage::ImageRgb8(image.to_rgb8())
            .write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)),
        _ => DynamicImage::ImageRgba8(image.to_rgba8()).write_with_encoder(PngEncoder::new(&mut out)),
    };
    written.map_err(refusal)?;
    Ok(out.flush()?)
}

pub(super) fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::IoError(error) => error.into(),
        _ => Refusal::Broken,
    }
}

#[cfg(test)]
mod tests;
