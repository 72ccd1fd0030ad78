//! `cargo xtask services`: proves every definition, draws it into its README, and keeps the list of released ids. It
//! speaks Chinese with `--zh`, or where the terminal does.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use contract::id::DivisionCode;
use contract::load::Definition;
use contract::proof::{self, Examples};
use contract::service::CITY;

use crate::answers::read_definition;
use crate::project;

const BEGIN: &str = "<!-- made by `cargo xtask services`: change service.toml, not this -->";
const END: &str = "<!-- end of what `cargo xtask services` makes -->";
/// Every id that was ever released, one a line. Lines are only added.
const RELEASED: &str = "ids.txt";

/// Which language faults are told in.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    is_chinese: bool,
}

impl Options {
    /// That of the environment.
    pub(crate) fn of_environment() -> Self {
        let language = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok());
        Self { is_chinese: language.is_some_and(|language| language.starts_with("zh")) }
    }

    pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut options = Self::of_environment();
        while let Some(argument) = parser.next()? {
            match argument {
                lexopt::Arg::Long("zh") => options.is_chinese = true,
                lexopt::Arg::Long("en") => options.is_chinese = false,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }

    fn line(self, fault: &proof::Fault) -> String {
        if self.is_chinese { fault.in_chinese() } else { fault.to_string() }
    }
}

/// Prints each fault with its place, and fails if there is one.
pub(crate) fn services(options: Options) -> Result<()> {
    let Options { is_chinese } = options;
    let mut count = 0;
    for folder in folders()? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let faults = prove(&folder).map_err(|error| match is_chinese {
            true => anyhow!("{}", proof::chinese::read(&format!("{error:#}"))),
            false => error,
        });
        let faults = faults.with_context(|| format!("services/{name}"))?;
        for fault in &faults {
            println!("services/{name}: {}", options.line(fault));
        }
        if faults.is_empty() {
            println!("services/{name}: {}", if is_chinese { "没有问题" } else { "proved" });
        }
        count += faults.len();
    }
    if count > 0 {
        bail!(if is_chinese {
            format!("共 {count} 处问题")
        } else {
            format!("{count} faults in the service definitions")
        });
    }
    Ok(())
}

/// Folders of services in `services/`, in the order of their names.
fn folders() -> Result<Vec<PathBuf>> {
    let services = project::root().join("services");
    let entries = fs::read_dir(&services)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut folders: Vec<_> = entries.into_iter().filter(|path| path.join("service.toml").is_file()).collect();
    folders.sort();
    Ok(folders)
}

fn prove(folder: &Path) -> Result<Vec<proof::Fault>> {
    let definition = read_definition(folder)?;
    let read = |name: &str| fs::read_to_string(folder.join(name)).with_context(|| name.to_owned());
    let branches = fs::read_to_string(folder.join("examples/branches.toml")).ok();
    let examples =
        Examples::read(&read("examples/minimal.json")?, &read("examples/maximal.json")?, branches.as_deref())
            .map_err(|error| anyhow!("examples: {error}"))?;
    let released = fs::read_to_string(folder.join(RELEASED)).unwrap_or_default();
    let mut faults = proof::prove(&definition, &examples, &released);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let service = definition.service(&DivisionCode::from(CITY)).map_err(|error| anyhow!(error))?;
    if *service.id != *name {
        let says = format!("the folder is called `{name}`");
        faults.push(proof::Fault { code: "id-not-folder", place: format!("service {}", service.id), says });
    }
    if faults.is_empty() {
        keep(&folder.join(RELEASED), &released, &added(&released, &proof::released_ids(&service)))?;
        write_page(folder, &definition, &examples)?;
    }
    Ok(faults)
}

/// The list of released ids with the new ones, sorted.
fn added(released: &str, present: &str) -> String {
    let mut lines: Vec<&str> = released.lines().chain(present.lines()).filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.join("\n") + "\n"
}

fn write_page(folder: &Path, definition: &Definition, examples: &Examples) -> Result<()> {
    let file = folder.join("README.md");
    let page = proof::page(definition, examples).map_err(|error| anyhow!(error))?;
    let old = fs::read_to_string(&file).unwrap_or_default();
    keep(&file, &old, &between_markers(&old, &page))
}

/// Writes only what changed: a new date on a file in `services/` would build the server again.
fn keep(file: &Path, old: &str, new: &str) -> Result<()> {
    if old == new { Ok(()) } else { fs::write(file, new).with_context(|| file.display().to_string()) }
}

/// Text that people wrote around the markers stays.
fn between_markers(old: &str, page: &str) -> String {
    let made = format!("{BEGIN}\n{}\n{END}", page.trim_end());
    match (old.split_once(BEGIN), old.split_once(END)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{made}{after}"),
        _ => format!("{old}{made}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, added, between_markers};

    #[test]
    fn words_around_the_markers_stay() {
        let old = format!("Before.\n{BEGIN}\nold\n{END}\nAfter.\n");
        assert_eq!(between_markers(&old, "new\n"), format!("Before.\n{BEGIN}\nnew\n{END}\nAfter.\n"));
        assert_eq!(between_markers("", "new"), format!("{BEGIN}\nnew\n{END}\n"));
    }

    #[test]
    fn released_ids_are_only_added() {
        assert_eq!(added("field old text\n", "field new date\n"), "field new date\nfield old text\n");
    }
}
