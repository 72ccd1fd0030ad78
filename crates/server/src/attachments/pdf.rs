//! PDF, where a material asks for it: readable, without a password, without programs or files inside, and without the
//! names of author and software.

mod scan;

use bytes::Bytes;
use lopdf::{Document, Object};

use super::clean::{Cleaned, RejectedFile};

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
    let mut document = Document::load_mem(file).map_err(|_| RejectedFile::Damaged)?;
    if document.is_encrypted() {
        return Err(RejectedFile::PdfEncrypted);
    }
    if document.objects.values().any(is_active) {
        return Err(RejectedFile::PdfActive);
    }
    if document.get_pages().is_empty() {
        return Err(RejectedFile::Damaged);
    }
    forget_origin(&mut document).map_err(|_| RejectedFile::Damaged)?;
    let mut content = Vec::new();
    document.save_to(&mut content).map_err(|_| RejectedFile::Damaged)?;
    Ok(Cleaned { media_type: "application/pdf", content: Bytes::from(content), size: None, thumbnail: None })
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

fn forget_origin(document: &mut Document) -> lopdf::Result<()> {
    document.trailer.remove(b"Info");
    document.trailer.remove(b"ID");
    let catalog = document.catalog_mut()?;
    for entry in [b"Metadata".as_slice(), b"OpenAction", b"AA", b"PieceInfo"] {
        catalog.remove(entry);
    }
    document.prune_objects();
    Ok(())
}
