//! JPEG without what is not the picture: place, camera, comments, thumbnails, and whatever follows its end. The picture
//! itself is neither read nor changed.

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];
const START_OF_SCAN: u8 = 0xda;
/// The density of the pixels, without a thumbnail: marker, length and 14 bytes.
const JFIF: u8 = 0xe0;
const JFIF_BYTES: usize = 16;
/// How Adobe coded the colours: without it they come out wrong.
const ADOBE: u8 = 0xee;

/// A picture without its metadata.
pub(super) struct Bare {
    pub(super) content: Vec<u8>,
    /// Whether the file goes on to the end of the picture; a cut one does not.
    pub(super) is_whole: bool,
}

/// `None` where the file is no JPEG.
pub(super) fn without_metadata(file: &[u8]) -> Option<Bare> {
    let mut rest = file.strip_prefix(&START)?;
    let mut content = START.to_vec();
    loop {
        let Some((marker, after)) = next_marker(rest) else {
            content.extend(END);
            return Some(Bare { content, is_whole: false });
        };
        rest = after;
        match marker {
            0xd9 => {
                content.extend(END);
                return Some(Bare { content, is_whole: true });
            }
            // These have no length.
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            _ => {
                let Some((segment, after)) = segment(rest) else { continue };
                if is_picture(marker, segment) {
                    content.extend([0xff, marker]);
                    content.extend(segment);
                }
                rest = after;
                if marker == START_OF_SCAN {
                    let (scan, after) = rest.split_at(end_of_scan(rest));
                    content.extend(scan);
                    rest = after;
                }
            }
        }
    }
}

/// The next marker and what follows it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let at = memchr::memchr(0xff, bytes)?;
    let rest = &bytes[at..];
    // Any number of 0xff may stand before a marker.
    let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
    Some((*rest.get(fill)?, &rest[fill + 1..]))
}

/// A segment with its length, and what follows it.
fn segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = usize::from(u16::from_be_bytes(bytes.get(..2)?.try_into().ok()?));
    if length < 2 { None } else { bytes.split_at_checked(length) }
}

fn is_picture(marker: u8, segment: &[u8]) -> bool {
    match marker {
        JFIF => segment.len() == JFIF_BYTES && segment[2..].starts_with(b"JFIF\0"),
        ADOBE => segment.get(2..).is_some_and(|content| content.starts_with(b"Adobe")),
        0xe0..=0xef | 0xfe => false,
        _ => true,
    }
}

/// The first marker that is neither a coded 0xff nor a restart.
fn end_of_scan(bytes: &[u8]) -> usize {
    let is_end = |at: &usize| !matches!(bytes.get(at + 1), Some(0x00 | 0xd0..=0xd7 | 0xff));
    memchr::memchr_iter(0xff, bytes).find(is_end).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(end: &[u8]) -> Vec<u8> {
        let parts: [&[u8]; 6] = [
            &START,
            b"\xff\xe1\0\x08Exif\0\0",
            b"\xff\xfe\0\x06note",
            b"\xff\xdb\0\x03q\xff\xff\xda\0\x02one\xff\0two\xff\xd0three",
            b"\xff\xe1\0\x04no\xff\xda\0\x02four",
            end,
        ];
        parts.concat()
    }

    #[test]
    fn the_scans_stay_and_everything_about_them_goes() {
        let bare = without_metadata(&file(b"\xff\xd9 and a trailer")).unwrap();
        let expected = b"\xff\xd8\xff\xdb\0\x03q\xff\xda\0\x02one\xff\0two\xff\xd0three\xff\xda\0\x02four\xff\xd9";
        assert_eq!(bare.content.escape_ascii().to_string(), expected.escape_ascii().to_string());
        assert!(bare.is_whole);
    }

    #[test]
    fn a_cut_picture_is_known_and_what_is_no_picture_is_none() {
        assert!(!without_metadata(&file(b"")).unwrap().is_whole);
        assert!(!without_metadata(&file(b"\xff")).unwrap().is_whole);
        assert!(without_metadata(b"GIF89a").is_none());
    }
}
