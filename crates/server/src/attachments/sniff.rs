//! Recognises a file by its first bytes; names and declared types are not believed.

/// Kinds of file that we know, wanted or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Jpeg,
    Png,
    WebP,
    Pdf,
    /// The default format of an iPhone's camera.
    Heic,
    Other,
}

pub(super) fn kind(file: &[u8]) -> FileKind {
    match file {
        [0xff, 0xd8, 0xff, ..] => FileKind::Jpeg,
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => FileKind::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => FileKind::WebP,
        [b'%', b'P', b'D', b'F', b'-', ..] => FileKind::Pdf,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => FileKind::Heic,
        _ => FileKind::Other,
    }
}

fn is_heic(brand: &[u8]) -> bool {
    [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"]
        .iter()
        .any(|known| brand.starts_with(*known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        for (file, expected) in [
            (b"\xff\xd8\xff\xe1\x00\x10Exif".as_slice(), FileKind::Jpeg),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileKind::Png),
            (b"RIFF\x24\0\0\0WEBPVP8 ", FileKind::WebP),
            (b"%PDF-1.7\n", FileKind::Pdf),
            (b"\0\0\0\x18ftypheic\0\0\0\0", FileKind::Heic),
            (b"GIF89a", FileKind::Other),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileKind::Other),
            (b"MZ\x90\0", FileKind::Other),
            (b"", FileKind::Other),
        ] {
            assert_eq!(kind(file), expected, "{file:?}");
        }
    }
}
