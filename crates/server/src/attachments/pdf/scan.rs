//! Checks a PDF before it is parsed. The parser unpacks every stream, so a file that unpacks without end must not
//! reach it.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Scanned pages that were not packed as JPEG still fit.
const MOST_UNPACKED_BYTES: u64 = 300_000_000;
const MOST_LAYERS: u32 = 4;
/// Ways of packing that scanners and word processors do not use, and that hide others.
const UNUSUAL: [&[u8]; 8] =
    [b"ASCII85Decode", b"ASCIIHexDecode", b"LZWDecode", b"RunLengthDecode", b"A85", b"AHx", b"LZW", b"Crypt"];
const LONGEST_NAME: usize = 40;

/// Whether the file says that it is encrypted; that stands in the clear.
pub(super) fn is_encrypted(file: &[u8]) -> bool {
    names(file).any(|name| name == b"Encrypt")
}

/// Whether it is packed so that unpacking it is a risk.
pub(super) fn is_unusual(file: &[u8]) -> bool {
    names(file).any(|name| UNUSUAL.contains(&name.as_slice())) || unpacks_beyond(file, MOST_UNPACKED_BYTES)
}

fn unpacks_beyond(file: &[u8], mut bytes: u64) -> bool {
    !streams(file).all(|stream| unpack(stream, 1, &mut bytes))
}

/// Every name, with its `#xx` resolved.
fn names(file: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let slashes = file.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    slashes.map(|begin| name(&file[begin..]))
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

/// The bytes behind each `stream`.
fn streams(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    const WORD: &[u8] = b"stream";
    let words = file.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD).map(|(at, _)| at);
    words.map(|at| {
        let rest = &file[at + WORD.len()..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest.strip_prefix(b"\n").unwrap_or(rest)
    })
}

/// Unpacks to nowhere, layer by layer; false when there is no end in sight.
fn unpack(packed: &[u8], layer: u32, left: &mut u64) -> bool {
    if packed.first() != Some(&0x78) {
        return true;
    }
    let mut unpacked = ZlibDecoder::new(packed).take(*left + 1);
    let mut piece = [0; 16 * 1024];
    let mut beginning = Vec::new();
    let mut total = 0;
    while let Ok(read @ 1..) = unpacked.read(&mut piece) {
        total += read as u64;
        // Enough of it to see what a second layer would unpack to.
        if beginning.len() < 1 << 20 {
            beginning.extend_from_slice(&piece[..read]);
        }
    }
    if total > *left || layer > MOST_LAYERS {
        return false;
    }
    *left -= total;
    unpack(&beginning, layer + 1, left)
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
            let file = with_stream("<< /Type /ObjStm /Filter /FlateDecode >>", content);
            assert_eq!(unpacks_beyond(&file, limit), beyond, "{limit}");
        }
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        assert!(is_unusual(&with_stream("<< /Filter /LZWDecode >>", b"")));
        assert!(is_unusual(&with_stream("<< /Filter /#4c#5AWDecode >>", b"")));
        assert!(is_encrypted(b"trailer << /Root 1 0 R /Encr#79pt 9 0 R >>"));
        assert!(!is_encrypted(b"trailer << /Root 1 0 R /EncryptionNotes 9 0 R >>"));
    }
}
