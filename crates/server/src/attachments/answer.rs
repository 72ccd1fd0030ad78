//! What the program that cleans says to the server: one line of JSON, then the content, then the thumbnail.

use std::io::{self, Write};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::clean::{Cleaned, MediaType, RejectedFile};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Head {
    Cleaned { media_type: MediaType, content_bytes: usize, size: Option<(u32, u32)>, thumbnail_bytes: Option<usize> },
    Rejected(RejectedFile),
}

pub(super) fn write(out: &mut impl Write, answer: &Result<Cleaned, RejectedFile>) -> io::Result<()> {
    let head = match answer {
        Ok(cleaned) => Head::Cleaned {
            media_type: cleaned.media_type,
            content_bytes: cleaned.content.len(),
            size: cleaned.size,
            thumbnail_bytes: cleaned.thumbnail.as_ref().map(Bytes::len),
        },
        Err(rejected) => Head::Rejected(*rejected),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    if let Ok(cleaned) = answer {
        out.write_all(&cleaned.content)?;
        out.write_all(cleaned.thumbnail.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

/// `None` when it is not whole.
pub(super) fn read(answer: &Bytes) -> Option<Result<Cleaned, RejectedFile>> {
    let line = memchr::memchr(b'\n', answer)?;
    let mut rest = answer.slice(line + 1..);
    match serde_json::from_slice(&answer[..line]).ok()? {
        Head::Rejected(rejected) => Some(Err(rejected)),
        Head::Cleaned { media_type, content_bytes, size, thumbnail_bytes } => {
            if content_bytes.checked_add(thumbnail_bytes.unwrap_or_default())? != rest.len() {
                return None;
            }
            let content = rest.split_to(content_bytes);
            Some(Ok(Cleaned { media_type, content, size, thumbnail: thumbnail_bytes.map(|_| rest) }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_it_was_written_and_a_cut_one_not_at_all() {
        let (content, thumbnail) = (Bytes::from_static(b"con\ntent"), Some(Bytes::from_static(b"small")));
        let cleaned = Cleaned { media_type: MediaType::Jpeg, content, size: Some((3, 4)), thumbnail };
        for answer in [Ok(cleaned), Err(RejectedFile::PdfActive)] {
            let mut written = Vec::new();
            write(&mut written, &answer).unwrap();
            let whole = Bytes::from(written);
            assert_eq!(format!("{:?}", read(&whole).unwrap()), format!("{answer:?}"));
            assert!(read(&whole.slice(..whole.len() - 1)).is_none());
        }
    }
}
