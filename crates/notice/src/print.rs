//! From facts to a document: the template sees them as inert values and nothing else of the machine.

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Failure;
use crate::facts::Facts;
use crate::fonts::Fonts;

const TEMPLATE: &str = include_str!("notice.typ");

/// The document as PDF/A-2b. That standard forbids missing glyphs, so whatever is exported can be read.
pub(crate) fn print(facts: &Facts, fonts: Fonts) -> Result<Vec<u8>, Failure> {
    let desk = Desk::with(facts, fonts)?;
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|errors| failed(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b])
        .map_err(|error| Failure::Failed { says: error.message().to_string() })?;
    typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).map_err(|errors| failed(&errors))
}

fn failed(errors: &[SourceDiagnostic]) -> Failure {
    Failure::Failed { says: errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ") }
}

/// The template's world: two fonts, one source, no files and no clock.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

impl Desk {
    fn with(facts: &Facts, Fonts(fonts): Fonts) -> Result<Self, Failure> {
        let unreadable = |error: serde_json::Error| Failure::Unreadable { says: error.to_string() };
        let facts: Dict = serde_json::to_value(facts).and_then(serde_json::from_value).map_err(unreadable)?;
        let inputs = Dict::from_iter([("facts".into(), facts.into_value())]);
        Ok(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::detached(TEMPLATE),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
