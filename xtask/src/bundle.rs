//! The last steps of a release: one style sheet instead of many, since a phone on a weak line pays a round trip for
//! each file, and everything as short as webviews of 2020 can still read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::compress::files_in;
use crate::process;

/// The oldest browser that everything written here must suit.
const OLDEST_BROWSER: &str = "--target=chrome80";

/// Joins the style sheets that a page links, and shortens the page, the styles and the scripts.
pub(crate) fn bundle(dist: &Path, page: &str) -> Result<()> {
    let page = dist.join(page);
    let html = fs::read_to_string(&page).context("the app is not built")?;
    fs::write(&page, compact_page(&join_styles(dist, &html)?))?;
    minify(&files_of_kind(dist, "js")?, &["--format=esm"])
}

/// Replaces all style sheets of the page by one, named by its content, and returns the page that links it.
fn join_styles(dist: &Path, html: &str) -> Result<String> {
    let links = linked_styles(html);
    let [first, ..] = &*links else { bail!("the page links no style sheet") };
    let mut css = String::new();
    for link in &links {
        let source = dist.join(link.href.trim_start_matches('/'));
        css.push_str(&fs::read_to_string(&source)?);
        fs::remove_file(source)?;
    }
    let name = format!("app-{:016x}.css", fingerprint(css.as_bytes()));
    fs::write(dist.join(&name), css)?;
    minify(&[dist.join(&name)], &[])?;
    let joined = first.tag.replace(first.href, &format!("/{name}"));
    let page = html.replacen(first.tag, &joined, 1);
    Ok(links[1..].iter().fold(page, |page, link| page.replacen(link.tag, "", 1)))
}

/// Without npm, files stay as they are: longer, and just as right.
fn minify(files: &[PathBuf], switches: &[&str]) -> Result<()> {
    let Some(esbuild) = process::find("esbuild") else { return Ok(()) };
    for file in files {
        let mut command = process::command(&esbuild);
        command.arg(file).args(["--minify", OLDEST_BROWSER, "--charset=utf8", "--log-level=warning"]).args(switches);
        let shortened = process::output(&mut command)?;
        fs::write(file, shortened)?;
    }
    Ok(())
}

fn files_of_kind(dist: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let is_kind = |path: &PathBuf| path.extension().is_some_and(|found| found == extension);
    Ok(files_in(dist)?.into_iter().filter(is_kind).collect())
}

struct Link<'a> {
    tag: &'a str,
    href: &'a str,
}

fn linked_styles(html: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = html;
    while let Some(begin) = rest.find("<link ") {
        let from_tag = &rest[begin..];
        let end = from_tag.find('>').map_or(from_tag.len(), |at| at + 1);
        let tag = &from_tag[..end];
        if let Some(href) = attribute(tag, "href").filter(|_| attribute(tag, "rel") == Some("stylesheet")) {
            links.push(Link { tag, href });
        }
        rest = &from_tag[end..];
    }
    links
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

/// Drops comments, indentation and line ends between tags.
fn compact_page(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// FNV-1a: names a file by its content; nobody's safety hangs on it.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{compact_page, linked_styles};

    #[test]
    fn comments_and_indentation_are_dropped() {
        assert_eq!(compact_page("<p>\n  <!-- why\n so -->\n  <b>x</b>\n</p>\n"), "<p>\n<b>x</b>\n</p>");
    }

    #[test]
    fn links_keep_their_order() {
        let html = r#"<link rel="stylesheet" href="/a-1.css"/><link rel="icon" href="/i.svg"><link rel="stylesheet" href="/b-2.css">"#;
        let links: Vec<_> = linked_styles(html).iter().map(|link| link.href).collect();
        assert_eq!(links, ["/a-1.css", "/b-2.css"]);
    }
}
