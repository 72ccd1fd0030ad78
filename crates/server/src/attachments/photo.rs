//! Pictures: decoded within limits, turned upright, made no larger than useful, and written anew, which leaves behind
//! where and with what they were taken.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::clean::{Cleaned, MediaType, RejectedFile};
use super::jpeg;

/// 50 million pixels of four bytes.
const LARGEST_PICTURE_BYTES: u64 = 200_000_000;
const LONGEST_SIDE: u32 = 3000;
const THUMBNAIL_SIDE: u32 = 320;
const QUALITY: u8 = 85;
const THUMBNAIL_QUALITY: u8 = 75;

pub(super) fn clean(file: &[u8], format: ImageFormat) -> Result<Cleaned, RejectedFile> {
    // The decoder fills in what is missing with grey.
    if format == ImageFormat::Jpeg && !jpeg::without_metadata(file).is_some_and(|bare| bare.is_whole) {
        return Err(RejectedFile::Damaged);
    }
    let picture = upright(decode(file, format)?);
    let small = of_eight_bits(fitting(picture, LONGEST_SIDE));
    let thumbnail = as_jpeg(&fitting(small.clone(), THUMBNAIL_SIDE), THUMBNAIL_QUALITY)?;
    let see_through = small.color().has_alpha();
    // Photographs are JPEG; drawings and whatever one can look through stay as sharp as they are.
    let (media_type, content) = if format == ImageFormat::Png || see_through {
        (MediaType::Png, as_png(&small)?)
    } else {
        (MediaType::Jpeg, as_jpeg(&small, QUALITY)?)
    };
    Ok(Cleaned { media_type, content, size: Some((small.width(), small.height())), thumbnail: Some(thumbnail) })
}

struct Decoded {
    picture: DynamicImage,
    orientation: image::metadata::Orientation,
}

fn decode(file: &[u8], format: ImageFormat) -> Result<Decoded, RejectedFile> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * LARGEST_PICTURE_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    if decoder.total_bytes() > LARGEST_PICTURE_BYTES {
        return Err(RejectedFile::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok(Decoded { picture, orientation })
}

fn refusal(error: ImageError) -> RejectedFile {
    match error {
        ImageError::Limits(_) => RejectedFile::TooManyPixels,
        _ => RejectedFile::Damaged,
    }
}

fn upright(decoded: Decoded) -> DynamicImage {
    let mut picture = decoded.picture;
    picture.apply_orientation(decoded.orientation);
    picture
}

/// The mean of the pixels that fall together: it reads a large picture once, and needs no second one in between.
fn fitting(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side { picture } else { picture.thumbnail(side, side) }
}

/// Screens show no more, and files are half as large.
fn of_eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma16(_) => picture.into_luma8().into(),
        DynamicImage::ImageLumaA16(_) => picture.into_luma_alpha8().into(),
        DynamicImage::ImageRgb16(_) => picture.into_rgb8().into(),
        DynamicImage::ImageRgba16(_) => picture.into_rgba8().into(),
        other => other,
    }
}

fn as_jpeg(picture: &DynamicImage, quality: u8) -> Result<Bytes, RejectedFile> {
    let mut content = Vec::new();
    let opaque = DynamicImage::ImageRgb8(picture.to_rgb8());
    let written = opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut content, quality));
    written.map_err(|_| RejectedFile::Damaged)?;
    Ok(Bytes::from(content))
}

fn as_png(picture: &DynamicImage) -> Result<Bytes, RejectedFile> {
    let mut content = Cursor::new(Vec::new());
    picture.write_to(&mut content, ImageFormat::Png).map_err(|_| RejectedFile::Damaged)?;
    Ok(Bytes::from(content.into_inner()))
}
