//! PDF, where a material asks for it: readable, without a password, without programs or files inside. What is kept is
//! written anew from its pages alone.

mod pages;
mod scan;
mod streams;
mod visible;

use bytes::Bytes;
use lopdf::xref::XrefRecovery;
use lopdf::{Document, Object};

use super::clean::{Cleaned, MediaType, RejectedFile};

/// Active content, which a document that is only read never has.
const ACTIVE: [&[u8]; 7] = [b"JS", b"JavaScript", b"Launch", b"EmbeddedFiles", b"EmbeddedFile", b"RichMedia", b"XFA"];

pub(super) fn clean(file: &[u8]) -> Result<Cleaned, RejectedFile> {
    // A password in the file is a password for the officer, even where the parser needs none.
    if scan::is_encrypted(file) {
        return Err(RejectedFile::PdfEncrypted);
    }
    if scan::is_unusual(file) {
        return Err(RejectedFile::PdfUnusual);
    }
    let document = Document::load_mem(file).map_err(|_| RejectedFile::Damaged)?;
    // The parser made up a table of its own, as for a file that is cut: nobody knows what is missing.
    if document.xref_recovery == Some(XrefRecovery::Reconstructed) {
        return Err(RejectedFile::Damaged);
    }
    if document.is_encrypted() {
        return Err(RejectedFile::PdfEncrypted);
    }
    if document.objects.values().any(is_active) {
        return Err(RejectedFile::PdfActive);
    }
    let mut kept = pages::of(&document)?;
    let mut content = Vec::new();
    kept.save_to(&mut content).map_err(|_| RejectedFile::Damaged)?;
    Ok(Cleaned { media_type: MediaType::Pdf, content: Bytes::from(content), size: None, thumbnail: None })
}

fn is_active(object: &Object) -> bool {
    match object {
        Object::Dictionary(dictionary) => {
            dictionary.iter().any(|(key, value)| ACTIVE.contains(&key.as_slice()) || is_active(value))
        }
        Object::Stream(stream) => {
            stream.dict.iter().any(|(key, value)| ACTIVE.contains(&key.as_slice()) || is_active(value))
        }
        Object::Array(all) => all.iter().any(is_active),
        Object::Name(name) => ACTIVE.contains(&name.as_slice()),
        _ => false,
    }
}
