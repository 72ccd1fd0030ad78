//! One style sheet instead of many: a phone on a weak line pays a round trip for each file. Sources stay one file a
//! block; only the release build joins them, without comments, in the order of `index.html`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

const OPENING: &str = "<link rel=\"stylesheet\" href=\"";

/// Replaces the style sheets that `index.html` links by one file, named by its content.
pub(crate) fn bundle_styles(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).context("the app is not built")?;
    let links = linked_styles(&html);
    let [first, ..] = &*links else { bail!("index.html links no style sheet") };
    let mut css = String::new();
    for link in &links {
        css.push_str(&compact(&fs::read_to_string(dist.join(link.href.trim_start_matches('/')))?));
    }
    let name = format!("app-{:016x}.css", fingerprint(css.as_bytes()));
    let joined = first.tag.replace(first.href, &format!("/{name}"));
    let mut bundled = html.replacen(first.tag, &joined, 1);
    for link in &links[1..] {
        bundled = bundled.replacen(link.tag, "", 1);
    }
    for link in &links {
        fs::remove_file(dist.join(link.href.trim_start_matches('/')))?;
    }
    fs::write(dist.join(name), css)?;
    fs::write(page, bundled)?;
    Ok(())
}

struct Link<'a> {
    tag: &'a str,
    href: &'a str,
}

fn linked_styles(html: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = html;
    while let Some(begin) = rest.find(OPENING) {
        let from_tag = &rest[begin..];
        let end = from_tag.find('>').map_or(from_tag.len(), |at| at + 1);
        let href = from_tag[OPENING.len()..end].split('"').next().unwrap_or_default();
        links.push(Link { tag: &from_tag[..end], href });
        rest = &from_tag[end..];
    }
    links
}

/// Drops comments, indentation and line ends. Nothing cleverer: a real minifier merges declarations into shorthands
/// that webviews of 2020 do not know.
fn compact(css: &str) -> String {
    without_comments(css).lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n") + "\n"
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// FNV-1a: names a file by its content; nobody's safety hangs on it.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{compact, linked_styles};

    #[test]
    fn comments_and_indentation_are_dropped() {
        assert_eq!(compact("/* why */\n.a {\n  color: red; /* so */\n}\n"), ".a {\ncolor: red;\n}\n");
    }

    #[test]
    fn links_keep_their_order() {
        let html = r#"<link rel="stylesheet" href="/tokens-1.css"/><p><link rel="stylesheet" href="/base-2.css">"#;
        let links: Vec<_> = linked_styles(html).iter().map(|link| link.href).collect();
        assert_eq!(links, ["/tokens-1.css", "/base-2.css"]);
    }
}
