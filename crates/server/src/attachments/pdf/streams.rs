//! Streams: how they are packed, and pictures without what the camera wrote into them.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};
use memchr::memmem;

use super::super::clean::RejectedFile;
use super::super::jpeg;

/// The bytes of a picture that was packed a second time.
const LARGEST_PICTURE_BYTES: u64 = 64 * 1024 * 1024;
const LONGEST_INLINE_DICTIONARY: usize = 2_000;

/// A stream that may be kept.
pub(super) struct Packed {
    filters: Vec<&'static str>,
    /// Of each filter, in their order.
    parameters: Vec<Object>,
    pub(super) content: Vec<u8>,
}

/// Ways of packing that scanners and word processors use.
const FILTERS: [(&[u8], &str); 8] = [
    (b"FlateDecode", "FlateDecode"),
    (b"Fl", "FlateDecode"),
    (b"DCTDecode", "DCTDecode"),
    (b"DCT", "DCTDecode"),
    (b"CCITTFaxDecode", "CCITTFaxDecode"),
    (b"CCF", "CCITTFaxDecode"),
    (b"JBIG2Decode", "JBIG2Decode"),
    (b"JPXDecode", "JPXDecode"),
];

/// The stream without metadata. `None` for programs in PostScript, which nothing draws any more.
pub(super) fn visible(document: &Document, stream: &Stream) -> Result<Option<Packed>, RejectedFile> {
    if entry(document, stream, &[b"Subtype"]).is_some_and(|sort| sort.as_name().is_ok_and(|name| name == b"PS")) {
        return Ok(None);
    }
    let filters = list(document, entry(document, stream, &[b"Filter", b"F"]).filter(|filter| !is_file(filter)));
    let filters = filters.iter().map(|filter| known(filter)).collect::<Option<Vec<_>>>();
    let filters = filters.ok_or(RejectedFile::PdfUnusual)?;
    let parameters = list(document, entry(document, stream, &[b"DecodeParms", b"DP"]));
    let packed = Packed { filters, parameters, content: stream.content.clone() };
    if draws(document, stream) && packed.holds_inline_jpeg() {
        return Err(RejectedFile::PdfUnusual);
    }
    packed.without_metadata().map(Some)
}

/// Whether it may be a page, a form or a glyph: neither a picture nor a font.
fn draws(document: &Document, stream: &Stream) -> bool {
    let sort = entry(document, stream, &[b"Subtype"]).and_then(|sort| sort.as_name().ok());
    matches!(sort, None | Some(b"Form")) && !stream.dict.has(b"Length1")
}

fn entry<'a>(document: &'a Document, stream: &'a Stream, names: &[&[u8]]) -> Option<&'a Object> {
    names.iter().find_map(|name| stream.dict.get_deref(name, document).ok())
}

/// `F` is the file outside in which the content stands, in a stream of its own object.
fn is_file(object: &Object) -> bool {
    matches!(object, Object::String(..) | Object::Dictionary(_))
}

/// One object, or several.
fn list(document: &Document, object: Option<&Object>) -> Vec<Object> {
    let direct = |object: &Object| document.dereference(object).map_or(Object::Null, |(_, object)| object.clone());
    match object {
        None | Some(Object::Null) => Vec::new(),
        Some(Object::Array(all)) => all.iter().map(direct).collect(),
        Some(one) => vec![one.clone()],
    }
}

fn known(filter: &Object) -> Option<&'static str> {
    let name = filter.as_name().ok()?;
    FILTERS.iter().find(|(known, _)| *known == name).map(|(_, name)| *name)
}

impl Packed {
    fn without_metadata(mut self) -> Result<Self, RejectedFile> {
        let is_picture = |filter: &str| filter == "DCTDecode" || filter == "JPXDecode";
        let Some(at) = self.filters.iter().position(|filter| is_picture(filter)) else { return Ok(self) };
        for _ in 0..at {
            self.unpack_outermost()?;
        }
        self.content = match self.filters.as_slice() {
            ["DCTDecode"] => jpeg::without_metadata(&self.content).ok_or(RejectedFile::Damaged)?.content,
            ["JPXDecode"] => without_boxes(&self.content).ok_or(RejectedFile::Damaged)?,
            // A picture inside a picture.
            _ => return Err(RejectedFile::PdfUnusual),
        };
        Ok(self)
    }

    fn unpack_outermost(&mut self) -> Result<(), RejectedFile> {
        let predicts = self.parameters.first().and_then(|parameters| parameters.as_dict().ok());
        if self.filters.remove(0) != "FlateDecode" || predicts.is_some_and(|parameters| parameters.has(b"Predictor")) {
            return Err(RejectedFile::PdfUnusual);
        }
        if !self.parameters.is_empty() {
            self.parameters.remove(0);
        }
        let mut unpacked = Vec::new();
        let read = ZlibDecoder::new(self.content.as_slice()).take(LARGEST_PICTURE_BYTES + 1).read_to_end(&mut unpacked);
        read.map_err(|_| RejectedFile::Damaged)?;
        if unpacked.len() as u64 > LARGEST_PICTURE_BYTES {
            return Err(RejectedFile::PdfUnusual);
        }
        self.content = unpacked;
        Ok(())
    }

    /// Whether a JPEG stands in the midst of what is drawn, with whatever the camera wrote into it. No scanner and no word
    /// processor does that.
    fn holds_inline_jpeg(&self) -> bool {
        match self.filters.as_slice() {
            [] => has_inline_jpeg(&self.content),
            ["FlateDecode"] => {
                let mut unpacked = Vec::new();
                // What is damaged further on draws nothing there.
                let _ =
                    ZlibDecoder::new(self.content.as_slice()).take(LARGEST_PICTURE_BYTES).read_to_end(&mut unpacked);
                has_inline_jpeg(&unpacked)
            }
            // Packed twice, or a picture.
            _ => self.filters.iter().all(|filter| *filter == "FlateDecode"),
        }
    }

    /// Writes into a dictionary how the content is packed; `copy` keeps of the parameters what is needed.
    pub(super) fn describe(
        &self,
        dictionary: &mut Dictionary,
        copy: &mut dyn FnMut(&Object) -> Result<Object, RejectedFile>,
    ) -> Result<(), RejectedFile> {
        let names: Vec<Object> = self.filters.iter().map(|name| Object::from(*name)).collect();
        let parameters = self.parameters.iter().take(names.len()).map(copy).collect::<Result<Vec<_>, _>>()?;
        for (key, mut values) in [("Filter", names), ("DecodeParms", parameters)] {
            match values.len() {
                0 => {}
                1 => dictionary.set(key, values.remove(0)),
                _ => dictionary.set(key, values),
            }
        }
        Ok(())
    }
}

/// An inline picture is `BI`, its dictionary, `ID` and its bytes (ISO 32000-1, 8.9.7).
fn has_inline_jpeg(drawing: &[u8]) -> bool {
    memmem::find_iter(drawing, b"ID").any(|at| {
        let before = &drawing[at.saturating_sub(LONGEST_INLINE_DICTIONARY)..at];
        memmem::rfind(before, b"BI").is_some_and(|start| memmem::find(&before[start..], b"DCT").is_some())
    })
}

/// JPEG 2000 is a row of boxes: those of the picture stay, notes and foreign ones go. A bare picture stays as it is.
fn without_boxes(file: &[u8]) -> Option<Vec<u8>> {
    if file.starts_with(b"\xff\x4f\xff\x51") {
        return Some(file.to_vec());
    }
    let (mut content, mut rest) = (Vec::new(), file);
    while !rest.is_empty() {
        let short = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let length = match short {
            0 => rest.len(),
            1 => usize::try_from(u64::from_be_bytes(rest.get(8..16)?.try_into().ok()?)).ok()?,
            _ => short,
        };
        let (whole, after) = rest.split_at_checked(length).filter(|_| length >= 8)?;
        if matches!(&whole[4..8], b"jP  " | b"ftyp" | b"jp2h" | b"jp2c") {
            content.extend(whole);
        }
        rest = after;
    }
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_in_the_midst_of_a_page_is_found_however_it_is_packed() {
        for (drawing, found) in [
            (b"q BI /W 1 /H 1 /F /DCT ID \xff\xd8 EI Q".as_slice(), true),
            (b"BI/Filter[/A85/DCTDecode]/W 1 ID abc EI", true),
            (b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI (DCT)", false),
            (b"(THE ID OF A DCT) Tj", false),
        ] {
            assert_eq!(has_inline_jpeg(drawing), found, "{}", drawing.escape_ascii());
        }
    }

    #[test]
    fn notes_in_jpeg_2000_go() {
        assert!(without_boxes(b"\0\0\0\x0cjP").is_none());
        assert!(without_boxes(b"\0\0\0\x02jP  ").is_none());
        let kept = without_boxes(b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x0cxml note\0\0\0\x0ajp2c!!").unwrap();
        assert_eq!(kept, b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x0ajp2c!!");
    }
}
