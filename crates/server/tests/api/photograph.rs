//! Files to upload: photographs as phones make them, with the place in the EXIF block, and documents.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// A JPEG that lies on its side (EXIF orientation 6) and says where and with what it was taken.
pub(crate) fn with_place(width: u32, height: u32) -> Vec<u8> {
    let plain = picture(width, height, ImageFormat::Jpeg);
    let exif = exif();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut file = plain[..2].to_vec();
    file.extend([0xff, 0xe1, length[0], length[1]]);
    file.extend(&exif);
    file.extend(&plain[2..]);
    file
}

pub(crate) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x ^ y) as u8]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// Little-endian TIFF: maker, orientation, and a pointer to latitude and longitude of 常德.
fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [tag.to_le_bytes().as_slice(), &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    tiff.extend(3u16.to_le_bytes());
    tiff.extend(entry(0x010f, 2, 4, *b"CAM\0"));
    tiff.extend(entry(0x0112, 3, 1, [6, 0, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 50u32.to_le_bytes()));
    tiff.extend(0u32.to_le_bytes());
    assert_eq!(tiff.len(), 50);
    tiff.extend(2u16.to_le_bytes());
    tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(0x0002, 5, 3, 80u32.to_le_bytes()));
    tiff.extend(0u32.to_le_bytes());
    for (number, denominator) in [(29u32, 1u32), (2, 1), (GPS_SECONDS, 1000)] {
        tiff.extend(number.to_le_bytes());
        tiff.extend(denominator.to_le_bytes());
    }
    [b"Exif\0\0".as_slice(), &tiff].concat()
}

/// Bytes that stand nowhere else in the file.
pub(crate) const GPS_SECONDS: u32 = 0x0badcafe;

/// A PDF of one empty page, with an author, and with more lines in its trailer or catalogue.
pub(crate) fn pdf(trailer: &str, catalogue: &str) -> Vec<u8> {
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>".to_owned(),
        "<< /Author (Secret Author) >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let table = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        file += &format!("{offset:010} 00000 n \n");
    }
    let size = objects.len() + 1;
    file += &format!("trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}

/// A PNG whose header claims a side of 20,000 pixels and that holds next to nothing.
pub(crate) fn bomb() -> Vec<u8> {
    let mut file = picture(8, 8, ImageFormat::Png);
    file[16..20].copy_from_slice(&20_000u32.to_be_bytes());
    file[20..24].copy_from_slice(&20_000u32.to_be_bytes());
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}
