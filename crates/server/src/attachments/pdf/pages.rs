//! A document written anew from the pages of another: each object that is drawn is visited once, and nothing else comes
//! along.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::super::clean::RejectedFile;
use super::streams;
use super::visible::Purpose;

const VERSION: &str = "1.7";
const MOST_PAGES: usize = 2_000;
const MOST_OBJECTS: usize = 200_000;
/// What a page has from the nodes above it.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// Annotations that draw something: what was filled in, stamped, written or marked. Links, notes that open, sounds,
/// films and attached files are left out.
const DRAWN: [&[u8]; 13] = [
    b"Widget",
    b"Stamp",
    b"FreeText",
    b"Ink",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
];

/// Everything that is seen of a document.
pub(super) fn of(document: &Document) -> Result<Document, RejectedFile> {
    let catalog = document.catalog().map_err(|_| RejectedFile::Damaged)?;
    if awaits_appearances(document, catalog) {
        return Err(RejectedFile::PdfUnusual);
    }
    let mut copying =
        Copying { from: document, to: Document::with_version(VERSION), known: HashMap::new(), queue: VecDeque::new() };
    let root = copying.to.new_object_id();
    let tree = copying.to.new_object_id();
    let mut kids = Vec::new();
    for page in pages(document, catalog)? {
        let copied = copying.page(&page, tree)?;
        kids.push(Object::Reference(copying.to.add_object(copied)));
    }
    if kids.is_empty() {
        return Err(RejectedFile::Damaged);
    }
    let count = i64::try_from(kids.len()).map_err(|_| RejectedFile::PdfUnusual)?;
    copying.to.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let mut own = dictionary! { "Type" => "Catalog", "Pages" => tree };
    if let Some(layers) = direct(document, catalog, b"OCProperties").and_then(|layers| layers.as_dict().ok()) {
        own.set("OCProperties", copying.dictionary(layers, Purpose::Layer)?);
    }
    copying.to.objects.insert(root, own.into());
    copying.to.trailer.set("Root", root);
    copying.finish()
}

/// Whether what was filled in is drawn only by programs that know forms: here it would be lost.
fn awaits_appearances(document: &Document, catalog: &Dictionary) -> bool {
    let form = catalog.get_deref(b"AcroForm", document).and_then(Object::as_dict);
    form.and_then(|form| form.get_deref(b"NeedAppearances", document)).and_then(Object::as_bool).unwrap_or(false)
}

/// All pages in their order, each with what it inherits. A node that is met again is left out.
fn pages(document: &Document, catalog: &Dictionary) -> Result<Vec<Dictionary>, RejectedFile> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting: Vec<(ObjectId, Rc<Dictionary>)> = Vec::new();
    waiting.extend(catalog.get(b"Pages").and_then(Object::as_reference).ok().map(|id| (id, Rc::default())));
    while let Some((id, above)) = waiting.pop() {
        let node = document.get_object(id).and_then(Object::as_dict);
        let Some(node) = node.ok().filter(|_| seen.insert(id)) else { continue };
        let mut inherited = (*above).clone();
        for key in INHERITED {
            if let Ok(value) = node.get(key) {
                inherited.set(key, value.clone());
            }
        }
        if let Ok(kids) = node.get_deref(b"Kids", document).and_then(Object::as_array) {
            let inherited = Rc::new(inherited);
            let kids = kids.iter().rev().filter_map(|kid| kid.as_reference().ok());
            waiting.extend(kids.map(|kid| (kid, Rc::clone(&inherited))));
        } else {
            let mut page = node.clone();
            inherited.into_iter().for_each(|(key, value)| page.set(key, value));
            pages.push(page);
        }
        if pages.len() > MOST_PAGES {
            return Err(RejectedFile::PdfUnusual);
        }
    }
    Ok(pages)
}

/// The value of an entry, wherever it stands.
fn direct<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dictionary.get_deref(key, document).ok()
}

struct Copying<'a> {
    from: &'a Document,
    to: Document,
    /// Where an object went, for each purpose that it was met with.
    known: HashMap<(ObjectId, Purpose), ObjectId>,
    /// Objects that have a place already and are not copied yet.
    queue: VecDeque<(ObjectId, Purpose, ObjectId)>,
}

impl Copying<'_> {
    fn finish(mut self) -> Result<Document, RejectedFile> {
        while let Some((id, purpose, place)) = self.queue.pop_front() {
            let object = self.from.get_object(id).cloned().unwrap_or(Object::Null);
            let copied = match object {
                Object::Stream(stream) => match streams::visible(self.from, &stream)? {
                    Some(packed) => {
                        let mut own = self.dictionary(&stream.dict, purpose)?;
                        packed.describe(&mut own, &mut |parameters| self.object(parameters, Purpose::Drawing))?;
                        Object::Stream(lopdf::Stream::new(own, packed.content))
                    }
                    None => Object::Null,
                },
                other => self.object(&other, purpose)?,
            };
            self.to.objects.insert(place, copied);
        }
        Ok(self.to)
    }

    fn page(&mut self, page: &Dictionary, parent: ObjectId) -> Result<Dictionary, RejectedFile> {
        let mut copied = dictionary! { "Type" => "Page", "Parent" => parent };
        for (key, purpose) in [
            (b"MediaBox".as_slice(), Purpose::Drawing),
            (b"CropBox", Purpose::Drawing),
            (b"Rotate", Purpose::Drawing),
            (b"UserUnit", Purpose::Drawing),
            (b"Contents", Purpose::Drawing),
            (b"Group", Purpose::Drawing),
            (b"Resources", Purpose::Resources),
        ] {
            if let Ok(value) = page.get(key) {
                copied.set(key, self.object(value, purpose)?);
            }
        }
        let mut drawn = Vec::new();
        for annotation in direct(self.from, page, b"Annots").and_then(|all| all.as_array().ok()).into_iter().flatten() {
            drawn.extend(self.annotation(annotation).map(Object::from));
        }
        if !drawn.is_empty() {
            copied.set("Annots", drawn);
        }
        Ok(copied)
    }

    /// What an annotation draws, as a stamp: it says nothing, belongs to nobody and does nothing.
    fn annotation(&mut self, annotation: &Object) -> Option<Dictionary> {
        let annotation = self.from.dereference(annotation).ok()?.1.as_dict().ok()?;
        let sort = direct(self.from, annotation, b"Subtype")?.as_name().ok()?;
        let appearances = direct(self.from, annotation, b"AP")?.as_dict().ok().filter(|_| DRAWN.contains(&sort))?;
        let mut normal = appearances.get(b"N").ok()?;
        if let Ok(states) = self.from.dereference(normal).ok()?.1.as_dict() {
            normal = states.get(direct(self.from, annotation, b"AS")?.as_name().ok()?).ok()?;
        }
        let normal = normal.as_reference().ok()?;
        let corners = direct(self.from, annotation, b"Rect")?.as_array().ok()?;
        let corners = corners.iter().map(|corner| self.from.dereference(corner).ok()?.1.as_float().ok());
        let corners = corners.map(|corner| corner.map(Object::from)).collect::<Option<Vec<_>>>()?;
        let flags = direct(self.from, annotation, b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or_default();
        let place = self.place(normal, Purpose::Drawing);
        Some(dictionary! {
            "Type" => "Annot", "Subtype" => "Stamp", "Rect" => corners, "F" => flags,
            "AP" => dictionary! { "N" => place },
        })
    }

    fn object(&mut self, object: &Object, purpose: Purpose) -> Result<Object, RejectedFile> {
        Ok(match object {
            Object::Reference(id) => Object::Reference(self.place(*id, purpose)),
            Object::Array(all) => {
                Object::Array(all.iter().map(|one| self.object(one, purpose)).collect::<Result<_, _>>()?)
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, purpose)?.into(),
            // A stream is an object of its own.
            Object::Stream(_) => Object::Null,
            other => other.clone(),
        })
    }

    fn dictionary(&mut self, dictionary: &Dictionary, purpose: Purpose) -> Result<Dictionary, RejectedFile> {
        if self.known.len() > MOST_OBJECTS {
            return Err(RejectedFile::PdfUnusual);
        }
        let mut copied = Dictionary::new();
        for (key, value) in dictionary {
            if let Some(purpose) = purpose.of_entry(key) {
                copied.set(key.as_slice(), self.object(value, purpose)?);
            }
        }
        Ok(copied)
    }

    /// Where the copy of an object is, or will be.
    fn place(&mut self, id: ObjectId, purpose: Purpose) -> ObjectId {
        let Self { to, known, queue, .. } = self;
        *known.entry((id, purpose)).or_insert_with(|| {
            let place = to.new_object_id();
            queue.push_back((id, purpose, place));
            place
        })
    }
}
