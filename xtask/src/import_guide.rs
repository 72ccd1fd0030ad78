//! `cargo xtask import-guide FILE.json`: a first version of a service from an official guide as the province's portal
//! answers it. Facts come over (names of items and papers, days, who has to bring what, phones, places), with where they
//! were read; sentences do not: what a guide says in its own words is rewritten by whoever goes on.

mod guide;
mod skeleton;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail, ensure};
use contract::date;
use contract::load::Definition;
use contract::proof::{self, Examples};
use lexopt::prelude::*;
use time::OffsetDateTime;

use crate::new_service::is_kebab_case;
use crate::project;
use guide::Guide;
use skeleton::{Files, Provenance, skeleton};

/// Writes the skeleton where it is proved, and says what is left to do.
pub(crate) fn import_guide(mut parser: lexopt::Parser) -> Result<()> {
    let (mut file, mut id, mut read) = (None::<PathBuf>, None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("id") => id = Some(parser.value()?.string()?),
            Long("read") => read = Some(parser.value()?.string()?),
            Value(path) if file.is_none() => file = Some(path.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.context("name the guide: cargo xtask import-guide FILE.json [--id ID] [--read DATE]")?;
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let guide = Guide::read(&text).with_context(|| file.display().to_string())?;
    let read = read.unwrap_or_else(|| date::print(OffsetDateTime::now_utc().date()));
    ensure!(date::parse(&read).is_some(), "`{read}` is no day: write --read YYYY-MM-DD, when the guide was read");
    let id = id.unwrap_or_else(|| format!("guide-{}", guide.short_code().to_ascii_lowercase()));
    ensure!(is_kebab_case(&id), "`{id}` is no id: say one with --id, lower-case words with hyphens");
    let folder = project::root().join("services").join(&id);
    if folder.exists() {
        bail!("{} exists already", folder.display());
    }
    let source = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = skeleton(&guide, &id, &Provenance { source, read });
    prove(&files)?;
    fs::create_dir_all(folder.join("examples"))?;
    for (name, text) in [
        ("service.toml", &files.definition),
        ("examples/minimal.json", &files.minimal),
        ("examples/maximal.json", &files.maximal),
    ] {
        fs::write(folder.join(name), text)?;
    }
    println!("services/{id} is there, hidden and proved: {} items, {} papers.", guide.items.len(), guide.papers.len());
    println!("Next: what `TODO` marks in service.toml, then `cargo xtask services`.");
    Ok(())
}

fn prove(files: &Files) -> Result<()> {
    let definition = Definition::parse(&files.definition).map_err(|error| anyhow!("the skeleton: {error}"))?;
    let examples = Examples::read(&files.minimal, &files.maximal, None).map_err(|error| anyhow!(error))?;
    let faults = proof::prove(&definition, &examples, "");
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    ensure!(lines.is_empty(), "the skeleton is not right:\n{}", lines.join("\n"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::load::Definition;
    use contract::material::Mode;

    use super::guide::Guide;
    use super::skeleton::{Provenance, skeleton};
    use super::{Files, prove};

    /// Invented, in the format of the portal.
    const GUIDE: &str = include_str!("../templates/guide.json");

    fn imported(text: &str) -> Files {
        let provenance = Provenance { source: "invented.json".to_owned(), read: "2026-11-29".to_owned() };
        skeleton(&Guide::read(text).unwrap(), "tea-house", &provenance)
    }

    #[test]
    fn a_skeleton_is_proved_and_has_the_facts_of_the_guide() {
        let files = imported(GUIDE);
        prove(&files).unwrap();
        let service = Definition::parse(&files.definition).unwrap().service(&"430701".into()).unwrap();
        assert_eq!((&*service.title.zh, &*service.code), ("开茶馆一件事", "43XXX0001225J9999"));
        assert!(service.hidden, "nobody applies on a skeleton");
        let promises: Vec<_> = service.items.iter().map(|one| (&*one.title.zh, one.promise.working_days)).collect();
        assert_eq!(promises, [("茶馆备案", 5), ("招牌登记", 1)]);
        assert_eq!(service.items[0].deliverable.zh, "备案凭证");
        let modes: Vec<_> = service.materials.iter().map(|one| (&*one.title.zh, one.mode)).collect();
        let expected = [
            ("开茶馆申请表", Mode::Generated),
            ("营业执照", Mode::Certificate),
            ("经营者身份证", Mode::Verified),
            ("店面照片", Mode::Upload),
            ("房东同意书", Mode::Upload),
        ];
        assert_eq!(modes, expected);
        // What is asked for in some cases only is asked about first.
        assert!(service.materials[3].show_when.is_none() && service.materials[4].show_when.is_some());
        assert_eq!((service.visits.before, service.visits.now), (3, 0));
        let window = service.window(&"430701".into()).unwrap();
        assert_eq!((&*window.name.zh, &*window.phone), ("示例县政务大厅", "0736-0000000"));
        for known in ["invented.json", "2026-11-29", "43XXX0001225J9999", "0736-12345", "22"] {
            assert!(files.definition.contains(known), "{known}");
        }
    }

    #[test]
    fn sentences_of_the_guide_stay_where_they_are() {
        let files = imported(GUIDE);
        for sentence in ["一句不该抄过来的话", "一句不该抄过来的条件", "一个不该抄过来的问题"]
        {
            assert!(GUIDE.contains(sentence) && !files.definition.contains(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_is_no_guide_says_what_is_missing() {
        for (text, says) in [
            ("[]", "no `data`"),
            ("{ \"data\": {} }", "no `sxmc`"),
            ("{ \"data\": { \"sxmc\": \"茶馆\", \"yjsSsqdbm\": \"43X\" } }", "no items"),
        ] {
            let error = format!("{:#}", Guide::read(text).unwrap_err());
            assert!(error.contains(says), "{error}");
        }
        // Signs that end a text of TOML elsewhere are only signs in a name.
        prove(&imported(&GUIDE.replace("店面照片", "店面\\\"照片\\\"\\\\n"))).unwrap();
    }
}
