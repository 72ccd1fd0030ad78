//! The rules of ours that no linter knows: clippy, cargo-deny and stylelint hold the others (`check.rs`). Each check is a function
//! over text with a test that shows it can fail; this file only finds the files and prints what they say.

mod field_kinds;
mod files;
mod layers;
mod page;
mod rust_text;
mod service_ids;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::app::PAGES;
use crate::compress::files_in;
use crate::{invariants, project, texts};

/// Folders with sources of ours.
const SOURCES: [&str; 6] = ["crates", "services", "src", "style", "tests", "xtask"];

/// One broken rule and its place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    line: usize,
    says: String,
}

impl Finding {
    fn new(line: usize, says: impl Into<String>) -> Self {
        Self { line, says: says.into() }
    }
}

/// A source file: its path from the root, with forward slashes, and its text.
pub(crate) struct Source {
    path: String,
    text: String,
}

/// Fails with every broken rule.
pub(crate) fn tidy() -> Result<()> {
    let service_ids = service_ids::read(&project::root())?;
    let mut broken = 0;
    let mut print = |path: &str, findings: Vec<Finding>| {
        for finding in findings {
            println!("{path}:{}: {}", finding.line, finding.says);
            broken += 1;
        }
    };
    let sources = sources(&project::root())?;
    for source in &sources {
        print(&source.path, check(source, &service_ids));
    }
    let styles: Vec<_> = sources.iter().filter_map(|source| source.path.strip_prefix("style/")).collect();
    let pages = PAGES.map(|page| fs::read_to_string(project::root().join(page)).map(|html| (page, html)));
    let pages = pages.into_iter().collect::<std::io::Result<Vec<_>>>()?;
    for (page, html) in &pages {
        print(page, page::check(html));
    }
    let all = pages.iter().map(|(_, html)| html.as_str()).collect::<String>();
    print("style", page::unlinked(&all, &styles));
    if let Err(error) = invariants::check(&project::root()) {
        print("docs/invariants.toml", vec![Finding::new(1, format!("{error:#}"))]);
    }
    for (place, says) in texts::check(&project::root())? {
        println!("{place}: {says}");
        broken += 1;
    }
    if broken > 0 {
        bail!("{broken} rules are broken; CONTRIBUTING.md says why each exists");
    }
    println!("tidy: {} files keep the rules", sources.len());
    Ok(())
}

fn check(source: &Source, service_ids: &[String]) -> Vec<Finding> {
    let Source { path, text } = source;
    if !path.ends_with(".rs") {
        return Vec::new();
    }
    let findings = [
        files::check(path, text),
        layers::check(path, text),
        field_kinds::check(path, text),
        service_ids::check(path, text, service_ids),
    ];
    findings.into_iter().flatten().collect()
}

fn sources(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in SOURCES.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        for path in files_in(&folder)?.into_iter().filter(is_checked) {
            let relative = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            sources.push(Source { path: relative, text: fs::read_to_string(&path)? });
        }
    }
    Ok(sources)
}

fn is_checked(path: &PathBuf) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs" || extension == "css")
}

/// Test code may name services and match on one kind.
fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.starts_with("tests/") || path.ends_with("/tests.rs")
}
