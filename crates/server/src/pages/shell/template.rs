//! A page as it was built, cut where it is filled.

use super::Filling;
use super::inlined::inlined;
use super::reader::Reader;
use crate::headers::InlineSources;

/// Pieces of the page; between them stand the language, the content and what is laid in.
#[derive(Clone)]
pub(super) struct Template {
    before_language: String,
    before_content: String,
    /// What stands in place of a content: grey shapes.
    skeleton: String,
    before_end: String,
    end: String,
    /// What stands in the page and may be used there.
    sources: InlineSources,
}

const LANGUAGE: &str = "<html lang=\"zh-CN\"";
const SKELETON: &str = "<div id=\"boot-skeleton\"";
const AFTER_SKELETON: &str = "<div id=\"boot-no-network\"";
const END: &str = "</body>";

impl Template {
    /// `file` reads a file of the app by its name. `None` for a page that has no place for content.
    pub(super) fn of(page: &str, file: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let (page, sources) = inlined(page, file);
        let (before_language, rest) = page.split_once(LANGUAGE)?;
        let (before_content, rest) = rest.split_at(rest.find(SKELETON)?);
        let (skeleton, rest) = rest.split_at(rest.find(AFTER_SKELETON)?);
        let (before_end, end) = rest.split_at(rest.find(END)?);
        let [before_language, before_content, skeleton, before_end, end] =
            [before_language, before_content, skeleton, before_end, end].map(str::to_owned);
        Some(Self { before_language, before_content, skeleton, before_end, end, sources })
    }

    /// What the policy of the page has to allow.
    pub(super) fn sources(&self) -> &InlineSources {
        &self.sources
    }

    pub(super) fn filled(&self, reader: &Reader, filling: &Filling) -> String {
        let content = match &filling.content {
            Some(content) => format!(
                "{SKELETON} class=\"boot-filled\"><span id=\"boot-bar\" class=\"boot-bar\"></span>{}</div>",
                content.0
            ),
            None => self.skeleton.clone(),
        };
        [
            &self.before_language,
            "<html lang=\"",
            reader.tag(),
            "\" data-division=\"",
            &reader.division,
            "\"",
            &self.before_content,
            &content,
            &self.before_end,
            &filling.laid_in.elements().0,
            &self.end,
        ]
        .concat()
    }
}
