//! What nothing is painted before stands in the page itself, which saves its first paint a request. The page's policy
//! names the content by its hash, so that nothing else in a page may style it or run.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::headers::InlineSources;

/// The page with its style sheets and its scripts that are no modules in it. `file` reads a file of the app by its
/// name; what it does not have stays a link.
pub(super) fn inlined(page: &str, file: impl Fn(&str) -> Option<String>) -> (String, InlineSources) {
    let mut sources = InlineSources::default();
    let mut written = String::with_capacity(page.len());
    let mut pieces = page.split('<');
    written.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match Inline::of(piece, &file) {
            Some(Inline::Style { content, after }) => {
                sources.styles.push_str(&source(&content));
                written.push_str(&format!("<style>{content}</style>{after}"));
            }
            Some(Inline::Script { content }) => {
                sources.scripts.push_str(&source(&content));
                written.push_str(&format!("<script>{content}"));
            }
            None => {
                written.push('<');
                written.push_str(piece);
            }
        }
    }
    (written, sources)
}

enum Inline<'a> {
    Style {
        content: String,
        /// What follows the tag.
        after: &'a str,
    },
    /// Its closing tag follows.
    Script { content: String },
}

impl<'a> Inline<'a> {
    /// `piece` is a tag without its `<`, and what follows it.
    fn of(piece: &'a str, file: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let (tag, after) = piece.split_once('>')?;
        let read = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\"/"))?;
            // What would end the element stays outside of the page.
            file(rest.split('"').next()?).filter(|content| !content.contains("</"))
        };
        match tag.split(' ').next()? {
            "link" if tag.contains("rel=\"stylesheet\"") => Some(Self::Style { content: read("href")?, after }),
            "script" if !tag.contains("type=\"module\"") => Some(Self::Script { content: read("src")? }),
            _ => None,
        }
    }
}

/// As a content security policy spells it, after a blank.
fn source(content: &str) -> String {
    format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(content)))
}
