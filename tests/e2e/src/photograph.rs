//! Photographs as phones take them: twelve megapixels, stored lying on their side with an EXIF note, and a GPS place
//! that must not leave the phone.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::Result;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, Rgb, RgbImage};

use crate::environment;

const WIDTH: u32 = 4032;
const HEIGHT: u32 = 3024;
/// "Turn clockwise by 90 degrees to see it upright."
const ORIENTATION_RIGHT_TOP: u16 = 6;
const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// The photograph with this number, taken when it is first asked for. The names are Chinese, as on people's phones.
pub fn photograph(number: usize) -> Result<PathBuf> {
    let folder = environment::traces().join("album");
    let path = folder.join(format!("门头照片{number}.jpg"));
    if !path.exists() {
        std::fs::create_dir_all(&folder)?;
        // Another test may take the same picture at the same time: each writes its own and puts it in place.
        let own = tempfile::NamedTempFile::new_in(&folder)?;
        take(own.path(), u32::try_from(number)?)?;
        own.persist(&path)?;
    }
    Ok(path)
}

/// Writes one photograph of a shop front.
fn take(path: &Path, number: u32) -> Result<()> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 88).encode_image(&shop_front(number))?;
    std::fs::write(path, with_exif(&jpeg))?;
    Ok(())
}

/// Sky, wall, a sign and some grain, so that it compresses as badly as a real one.
fn shop_front(number: u32) -> RgbImage {
    let mut grain = 0x9e37_79b9_u32.wrapping_add(number);
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (grain >> 28) as u8;
        let sign = (600..1100).contains(&x) && (400..2600).contains(&y);
        let wall = x >= 500;
        let [red, green, blue] = match (sign, wall) {
            (true, _) => [180, 30, 40],
            (false, true) => [190 - (y / 48) as u8, 180, 165],
            (false, false) => [140, 180, 225 - (x / 24) as u8],
        };
        Rgb([red.saturating_add(noise), green.saturating_add(noise), blue.saturating_add(noise)])
    })
}

/// Puts an APP1 segment right after the start of the image.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let tiff = tiff();
    let length = u16::try_from(tiff.len() + 8).unwrap_or(u16::MAX);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(tiff);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A TIFF block with the orientation and a place in Changde: 29°2′N, 111°42′E.
fn tiff() -> Vec<u8> {
    const MAIN: u32 = 8;
    const GPS: u32 = MAIN + 2 + 2 * 12 + 4;
    const LATITUDE: u32 = GPS + 2 + 4 * 12 + 4;
    const LONGITUDE: u32 = LATITUDE + 24;
    let mut block = b"MM\0*".to_vec();
    block.extend(MAIN.to_be_bytes());
    block.extend(2_u16.to_be_bytes());
    block.extend(entry(0x0112, SHORT, 1, u32::from(ORIENTATION_RIGHT_TOP) << 16));
    block.extend(entry(0x8825, LONG, 1, GPS));
    block.extend(0_u32.to_be_bytes());
    block.extend(4_u16.to_be_bytes());
    block.extend(entry(0x0001, ASCII, 2, u32::from(b'N') << 24));
    block.extend(entry(0x0002, RATIONAL, 3, LATITUDE));
    block.extend(entry(0x0003, ASCII, 2, u32::from(b'E') << 24));
    block.extend(entry(0x0004, RATIONAL, 3, LONGITUDE));
    block.extend(0_u32.to_be_bytes());
    for number in [29_u32, 1, 2, 1, 0, 1, 111, 1, 42, 1, 0, 1] {
        block.extend(number.to_be_bytes());
    }
    block
}

fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
    [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
}

/// Whether a picture still carries notes of the camera: EXIF (where a GPS place would stand) or XMP.
pub fn has_notes(picture: &[u8]) -> bool {
    [&b"Exif\0\0"[..], b"http://ns.adobe.com/xap/"]
        .iter()
        .any(|note| picture.windows(note.len()).any(|part| part == *note))
}

/// Width and height of a stored picture.
pub fn size(picture: &[u8]) -> Result<(u32, u32)> {
    Ok(ImageReader::new(Cursor::new(picture)).with_guessed_format()?.into_dimensions()?)
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::{has_notes, photograph, size};

    #[test]
    fn a_photograph_is_large_and_carries_notes() -> Result<()> {
        let photograph = std::fs::read(photograph(1)?)?;
        assert_eq!(size(&photograph)?, (4032, 3024));
        assert!(photograph.len() > 1_000_000, "{} bytes", photograph.len());
        assert!(has_notes(&photograph));
        Ok(())
    }
}
