//! Pictures that are cut, changed, swell, or claim what they do not hold.

use std::io::{Cursor, Write};

use fastrand::Rng;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{GrayImage, ImageFormat, Rgb, RgbImage};

use super::Hostile;

pub(super) fn any(chance: &mut Rng) -> Hostile {
    let (sort, file) = match chance.u8(0..7) {
        0 => ("a picture, whole", ordinary(chance)),
        1 => ("a picture, cut", cut(chance)),
        2 => ("a picture, changed at random", changed(chance)),
        3 => ("a picture that claims another size", claiming(chance)),
        4 => ("a picture that swells", swelling(chance)),
        5 => ("a picture with words that swell", with_words(chance)),
        _ => ("a picture of many scans", of_many_scans(chance)),
    };
    Hostile { sort, file }
}

/// As large as is allowed, and packed into little: cleaning takes a while.
pub(super) fn large() -> Vec<u8> {
    written(&GrayImage::new(7_000, 7_000).into(), ImageFormat::Png)
}

fn written(picture: &image::DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn ordinary(chance: &mut Rng) -> Vec<u8> {
    let (width, height) = (chance.u32(1..200), chance.u32(1..200));
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, chance.u8(..)]));
    let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][chance.usize(0..3)];
    written(&picture.into(), format)
}

fn cut(chance: &mut Rng) -> Vec<u8> {
    let mut file = ordinary(chance);
    file.truncate(chance.usize(12..file.len()));
    file
}

fn changed(chance: &mut Rng) -> Vec<u8> {
    let mut file = ordinary(chance);
    for _ in 0..chance.usize(1..30) {
        let at = chance.usize(12..file.len());
        file[at] = chance.u8(..);
    }
    file
}

fn claiming(chance: &mut Rng) -> Vec<u8> {
    let (width, height) = (chance.u32(1..70_000), chance.u32(1..70_000));
    if chance.bool() {
        return png_of(width, height, &packed(0, 10));
    }
    let mut file = written(&RgbImage::new(16, 16).into(), ImageFormat::Jpeg);
    let frame = file.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&(height as u16).to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&(width as u16).to_be_bytes());
    file
}

fn swelling(chance: &mut Rng) -> Vec<u8> {
    let side = chance.u32(1_000..4_000);
    png_of(side, side, &packed(0, chance.usize(1..50) * 1_000_000))
}

/// A PNG whose text or profile unpacks to far more than the picture.
fn with_words(chance: &mut Rng) -> Vec<u8> {
    let mut file = written(&RgbImage::new(8, 8).into(), ImageFormat::Png);
    let kind = [b"zTXt", b"iCCP"][chance.usize(0..2)];
    let content = [b"name\0\0".as_slice(), &packed(b'a', chance.usize(1..60) * 1_000_000)].concat();
    let more = chunk(kind, &content);
    file.splice(33..33, more);
    file
}

/// A progressive JPEG that goes over the same pixels again and again.
fn of_many_scans(chance: &mut Rng) -> Vec<u8> {
    let side = chance.u16(1_000..4_000).to_be_bytes();
    let mut file = vec![0xff, 0xd8];
    file.extend([[0xff, 0xdb, 0, 67, 0].as_slice(), &[1; 64]].concat());
    file.extend([0xff, 0xc2, 0, 11, 8, side[0], side[1], side[0], side[1], 1, 1, 0x11, 0]);
    let mut codes = vec![0xff, 0xc4, 0, 20, 0, 1];
    codes.extend([0; 15]);
    codes.push(0);
    file.extend(codes);
    for _ in 0..chance.usize(10..2_000) {
        file.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0]);
        file.extend([0; 20]);
    }
    file.extend([0xff, 0xd9]);
    file
}

fn packed(byte: u8, bytes: usize) -> Vec<u8> {
    let piece = vec![byte; 1_000_000];
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let mut left = bytes;
    while left > 0 {
        let now = left.min(piece.len());
        encoder.write_all(&piece[..now]).unwrap();
        left -= now;
    }
    encoder.finish().unwrap()
}

fn png_of(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let header = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", header.as_slice()), (b"IDAT", pixels), (b"IEND", &[])] {
        file.extend(chunk(kind, content));
    }
    file
}

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut checksum = flate2::Crc::new();
    checksum.update(kind);
    checksum.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [length.as_slice(), kind, content, &checksum.sum().to_be_bytes()].concat()
}
