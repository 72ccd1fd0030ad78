//! Checks a PDF before it is parsed, so that ordinary swelling, nesting and crowding get a plain answer at once. What
//! is hidden too well for this meets the limits of the program that parses.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// Scanned pages that were not packed as JPEG still fit.
const MOST_UNPACKED_BYTES: u64 = 300_000_000;
/// Of the streams that hold objects, which the parser unpacks.
const MOST_UNPACKED_OBJECTS_BYTES: u64 = 64_000_000;
const MOST_LAYERS: u32 = 4;
const MOST_OBJECTS: usize = 100_000;
/// Arrays in one another count one each, dictionaries two. Word processors stay below twenty.
const DEEPEST: usize = 100;
/// Ways of packing that scanners and word processors do not use, and that hide others.
const UNUSUAL: [&[u8]; 8] =
    [b"ASCII85Decode", b"ASCIIHexDecode", b"LZWDecode", b"RunLengthDecode", b"A85", b"AHx", b"LZW", b"Crypt"];
const LONGEST_NAME: usize = 40;

/// Whether the file says that it is encrypted; that stands in the clear.
pub(super) fn is_encrypted(file: &[u8]) -> bool {
    names(file).any(|name| name == b"Encrypt")
}

/// Whether it is packed, nested or crowded so that parsing it is a risk.
pub(super) fn is_unusual(file: &[u8]) -> bool {
    names(file).any(|name| UNUSUAL.contains(&name.as_slice()))
        || is_crowded(file)
        || streams(file).any(|stream| is_too_deep(stream.before))
        || unpacks_beyond(file, MOST_UNPACKED_BYTES, MOST_UNPACKED_OBJECTS_BYTES)
}

fn is_crowded(file: &[u8]) -> bool {
    memmem::find_iter(file, b" obj").nth(MOST_OBJECTS).is_some()
}

/// Whether brackets stand too deep in one another, within one object.
fn is_too_deep(text: &[u8]) -> bool {
    let mut depth = 0usize;
    text.iter().enumerate().any(|(at, byte)| {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            // The next object begins anew.
            b'j' if text[..at].ends_with(b" ob") => depth = 0,
            _ => {}
        }
        depth > DEEPEST
    })
}

fn unpacks_beyond(file: &[u8], mut bytes: u64, mut objects_bytes: u64) -> bool {
    !streams(file).all(|stream| {
        if !stream.holds_objects() {
            return unpack(stream.content, 1, &mut bytes).is_some();
        }
        let unpacked = unpack(stream.content, 1, &mut objects_bytes);
        unpacked.is_some_and(|unpacked| !is_too_deep(if unpacked.is_empty() { stream.content } else { &unpacked }))
    })
}

/// Every name, with its `#xx` resolved.
fn names(file: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    memchr::memchr_iter(b'/', file).map(|at| name(&file[at + 1..]))
}

fn name(text: &[u8]) -> Vec<u8> {
    let end = text.iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    let mut name = Vec::new();
    let mut rest = &text[..end];
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'#').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                name.push(byte);
                rest = &after[2..];
            }
            None => {
                name.push(*first);
                rest = after;
            }
        }
    }
    name
}

/// A stream, with all that stands between the one before and it.
struct Stream<'a> {
    before: &'a [u8],
    content: &'a [u8],
}

impl Stream<'_> {
    fn holds_objects(&self) -> bool {
        let begin = memmem::rfind(self.before, b"obj").unwrap_or_default();
        names(&self.before[begin..]).any(|name| name == b"ObjStm")
    }
}

/// All streams; the last is empty and has the end of the file before it.
fn streams(file: &[u8]) -> impl Iterator<Item = Stream<'_>> {
    const BEGIN: &[u8] = b"stream";
    const END: &[u8] = b"endstream";
    let mut rest = Some(file);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(at) = memmem::find(text, BEGIN) else { return Some(Stream { before: text, content: b"" }) };
        let (before, after) = (&text[..at], &text[at + BEGIN.len()..]);
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        let after = after.strip_prefix(b"\n").unwrap_or(after);
        let end = memmem::find(after, END);
        rest = end.map(|end| &after[end + END.len()..]);
        Some(Stream { before, content: &after[..end.unwrap_or(after.len())] })
    })
}

/// Unpacks layer by layer; gives the beginning of the first, empty where nothing is packed. `None` when there is no end
/// in sight.
fn unpack(packed: &[u8], layer: u32, left: &mut u64) -> Option<Vec<u8>> {
    if !is_zlib(packed) {
        return Some(Vec::new());
    }
    let mut unpacked = ZlibDecoder::new(packed).take(*left + 1);
    let mut piece = [0; 16 * 1024];
    let mut beginning = Vec::new();
    let mut total = 0;
    while let Ok(read @ 1..) = unpacked.read(&mut piece) {
        total += read as u64;
        // Enough of it to see what a second layer would unpack to, and how deep it is nested.
        if beginning.len() < 1 << 20 {
            beginning.extend_from_slice(&piece[..read]);
        }
    }
    if total > *left || layer > MOST_LAYERS {
        return None;
    }
    *left -= total;
    unpack(&beginning, layer + 1, left)?;
    Some(beginning)
}

/// The header of RFC 1950, with any size of window.
fn is_zlib(packed: &[u8]) -> bool {
    let [method, flags, ..] = packed else { return false };
    method & 0x0f == 8 && method >> 4 < 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn with_stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
        [b"%PDF-1.5\n1 0 obj\n", dictionary.as_bytes(), b"\nstream\r\n", content, b"\nendstream\n"].concat()
    }

    #[test]
    fn a_file_that_unpacks_without_end_is_seen_before_it_is_parsed() {
        let bomb = packed(&[0; 2_000_000]);
        let twice = packed(&bomb);
        assert!(bomb.len() < 3_000 && twice.len() < bomb.len());
        for (content, limit, beyond) in
            [(&bomb, 1_000_000, true), (&bomb, 3_000_000, false), (&twice, 1_000_000, true), (&twice, 3_000_000, false)]
        {
            for (sort, limits) in [("ObjStm", [9_000_000, limit]), ("XObject", [limit, 9_000_000])] {
                let file = with_stream(&format!("<< /Type /{sort} /Filter /FlateDecode >>"), content);
                assert_eq!(unpacks_beyond(&file, limits[0], limits[1]), beyond, "{sort} {limit}");
            }
        }
    }

    #[test]
    fn brackets_are_counted_within_one_object_and_outside_of_pictures() {
        let deep = "[".repeat(101);
        assert!(is_unusual(format!("%PDF-1.5\n1 0 obj\n{deep}").as_bytes()));
        assert!(is_unusual(&with_stream("<< /Type /ObjStm >>", deep.as_bytes())));
        assert!(is_unusual(&with_stream("<< /Type /ObjStm >>", &packed(deep.as_bytes()))));
        assert!(!is_unusual(&with_stream("<< /Type /XObject >>", deep.as_bytes())));
        let each = format!("1 0 obj\n{}\nendobj\n", "[".repeat(60));
        assert!(!is_unusual(each.repeat(3).as_bytes()));
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        assert!(is_unusual(&with_stream("<< /Filter /LZWDecode >>", b"")));
        assert!(is_unusual(&with_stream("<< /Filter /#4c#5AWDecode >>", b"")));
        assert!(is_encrypted(b"trailer << /Root 1 0 R /Encr#79pt 9 0 R >>"));
        assert!(!is_encrypted(b"trailer << /Root 1 0 R /EncryptionNotes 9 0 R >>"));
    }
}
