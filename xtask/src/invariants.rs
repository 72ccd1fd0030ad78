//! `cargo xtask invariants`: `docs/invariants.md`, made from `docs/invariants.toml` (what must hold) and from the
//! attribute `#[invariant("name")]` on the tests that hold it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use syn::visit::Visit;

use crate::compress::files_in;
use crate::project;

/// Folders with tests of ours.
const SOURCES: [&str; 4] = ["crates", "src", "tests", "xtask"];
const PAGE: &str = "docs/invariants.md";
const INTRODUCTION: &str = "# Invariants, and the tests that hold them

Made by `cargo xtask invariants` from `docs/invariants.toml` and from `#[invariant(\"name\")]` on the tests: change those, not this
page. `cargo xtask tidy` fails when the page is behind them, and when an invariant has nothing that holds it.
";

/// `docs/invariants.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    groups: Vec<Group>,
}

/// Invariants of one subject.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    title: String,
    invariants: Vec<Invariant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invariant {
    name: String,
    says: String,
    /// A command that holds it, where no single test does.
    command: Option<String>,
}

/// A test with an attribute: its name and its file, from the root.
struct Holder {
    test: String,
    path: String,
}

/// By the invariant's name.
type Holders = BTreeMap<String, Vec<Holder>>;

/// Writes the page.
pub(crate) fn write() -> Result<()> {
    fs::write(project::root().join(PAGE), page(&project::root())?)?;
    println!("invariants: {PAGE} is written");
    Ok(())
}

/// Fails when the page is not what its sources make of it.
pub(crate) fn check(root: &Path) -> Result<()> {
    let written = fs::read_to_string(root.join(PAGE)).context("docs/invariants.md is missing")?;
    if written != page(root)? {
        bail!("{PAGE} is behind its sources: run `cargo xtask invariants` and look at the difference");
    }
    Ok(())
}

fn page(root: &Path) -> Result<String> {
    let catalogue = toml::from_str(&fs::read_to_string(root.join("docs/invariants.toml"))?)?;
    let mut holders = Holders::new();
    for folder in SOURCES {
        for path in files_in(&root.join(folder))?.iter().filter(|path| path.extension().is_some_and(|end| end == "rs"))
        {
            let text = fs::read_to_string(path)?;
            if text.contains("invariant(\"") {
                let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                read_holders(&name, &text, &mut holders)?;
            }
        }
    }
    render(&catalogue, holders)
}

fn read_holders(path: &str, text: &str, holders: &mut Holders) -> Result<()> {
    let file = syn::parse_file(text).with_context(|| format!("{path} is not Rust"))?;
    let mut reader = Reader { path, holders };
    reader.visit_file(&file);
    Ok(())
}

struct Reader<'a> {
    path: &'a str,
    holders: &'a mut Holders,
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        for attribute in function.attrs.iter().filter(|attribute| is_invariant(attribute)) {
            if let Ok(name) = attribute.parse_args::<syn::LitStr>() {
                let holder = Holder { test: function.sig.ident.to_string(), path: self.path.to_owned() };
                self.holders.entry(name.value()).or_default().push(holder);
            }
        }
    }
}

/// `#[invariant(…)]`, or with the name of its crate.
fn is_invariant(attribute: &syn::Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "invariant")
}

fn render(catalogue: &Catalogue, mut holders: Holders) -> Result<String> {
    let mut page = INTRODUCTION.to_owned();
    for group in &catalogue.groups {
        write!(page, "\n## {}\n", group.title)?;
        for Invariant { name, says, command } in &group.invariants {
            write!(page, "\n**{name}**: {says}\n\n")?;
            let tests = holders.remove(name).unwrap_or_default();
            if tests.is_empty() && command.is_none() {
                bail!("nothing holds the invariant `{name}`: put #[invariant(\"{name}\")] on its test");
            }
            if let Some(command) = command {
                writeln!(page, "- `{command}`")?;
            }
            for Holder { test, path } in tests {
                writeln!(page, "- `{test}` in [{path}](../{path})")?;
            }
        }
    }
    match holders.into_keys().next() {
        Some(unknown) => bail!("docs/invariants.toml does not name `{unknown}`, which a test holds"),
        None => Ok(page),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str =
        "[[groups]]\ntitle = \"Data\"\n[[groups.invariants]]\nname = \"kept\"\nsays = \"Nothing is lost.\"\n";

    fn rendered(test: &str) -> Result<String> {
        let mut holders = Holders::new();
        read_holders("crates/a/tests/b.rs", test, &mut holders)?;
        render(&toml::from_str(CATALOGUE)?, holders)
    }

    #[test]
    fn a_test_with_the_attribute_is_listed_with_its_file() {
        let page = rendered("mod tests { #[test] #[invariant(\"kept\")] fn nothing_is_lost() {} }").unwrap();
        assert!(page.contains("- `nothing_is_lost` in [crates/a/tests/b.rs](../crates/a/tests/b.rs)"), "{page}");
    }

    #[test]
    fn an_invariant_that_nothing_holds_is_an_error() {
        assert!(rendered("#[test] fn nothing_is_lost() {}").is_err());
    }

    #[test]
    fn a_test_that_holds_something_unknown_is_an_error() {
        assert!(rendered("#[invariant(\"kept\")] fn a() {} #[invariant(\"kpet\")] fn b() {}").is_err());
    }
}
