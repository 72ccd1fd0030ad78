//! A page as it was built, cut where it is filled.

use axum::http::HeaderValue;

use super::Filling;
use super::reader::Reader;

/// Pieces of the page; between them stand the language, the content and what is laid in.
#[derive(Clone)]
pub(super) struct Template {
    before_language: String,
    before_content: String,
    /// What stands in place of a content: grey shapes.
    skeleton: String,
    before_end: String,
    end: String,
    /// What the first paint waits for, as a `Link` header: fetched before the page itself is read.
    needed_first: Option<HeaderValue>,
}

const LANGUAGE: &str = "<html lang=\"zh-CN\"";
const SKELETON: &str = "<div id=\"boot-skeleton\"";
const AFTER_SKELETON: &str = "<div id=\"boot-no-network\"";
const END: &str = "</body>";

impl Template {
    /// `None` for a page that has no place for content.
    pub(super) fn of(page: &str) -> Option<Self> {
        let (before_language, rest) = page.split_once(LANGUAGE)?;
        let (before_content, rest) = rest.split_at(rest.find(SKELETON)?);
        let (skeleton, rest) = rest.split_at(rest.find(AFTER_SKELETON)?);
        let (before_end, end) = rest.split_at(rest.find(END)?);
        let [before_language, before_content, skeleton, before_end, end] =
            [before_language, before_content, skeleton, before_end, end].map(str::to_owned);
        let needed_first = needed_first(&before_content);
        Some(Self { before_language, before_content, skeleton, before_end, end, needed_first })
    }

    pub(super) fn needed_first(&self) -> Option<&HeaderValue> {
        self.needed_first.as_ref()
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

/// The style sheets and the scripts that are no modules: those wait for nothing, and nothing is painted before them.
fn needed_first(head: &str) -> Option<HeaderValue> {
    let value = |tag: &str, name: &str| Some(tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?.to_owned());
    let links = head.split('<').filter_map(|tag| {
        let (kind, url) = match tag.split(' ').next()? {
            "link" if tag.contains("rel=\"stylesheet\"") => ("style", value(tag, "href")?),
            "script" if !tag.contains("type=\"module\"") => ("script", value(tag, "src")?),
            _ => return None,
        };
        Some(format!("<{url}>; rel=preload; as={kind}"))
    });
    HeaderValue::from_str(&links.collect::<Vec<_>>().join(", ")).ok().filter(|links| !links.is_empty())
}
