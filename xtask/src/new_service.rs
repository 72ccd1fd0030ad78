//! `cargo xtask new-service <id>`: the three files of a service, small but whole, so that the first change is to
//! content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::*;

use crate::project;

const DEFINITION: &str = include_str!("../templates/service.toml");
const EXAMPLE: &str = include_str!("../templates/example.json");

/// Writes the files and says what to do next.
pub(crate) fn new_service(mut parser: lexopt::Parser) -> Result<()> {
    let (mut id, mut zh, mut en) = (None, String::from("新事项"), String::from("New service"));
    while let Some(argument) = parser.next()? {
        match argument {
            Long("zh") => zh = parser.value()?.string()?,
            Long("en") => en = parser.value()?.string()?,
            Value(name) if id.is_none() => id = Some(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let id = id.context("say its id: cargo xtask new-service <id> --zh TITLE --en TITLE")?;
    ensure!(is_kebab_case(&id), "`{id}` is no id: use lower-case words with hyphens, such as tea-house");
    let folder = project::root().join("services").join(&id);
    if folder.exists() {
        bail!("{} exists already", folder.display());
    }
    write(&folder, &id, &zh, &en)?;
    println!("services/{id} is there. Next: edit service.toml, then `cargo xtask services`.");
    Ok(())
}

fn write(folder: &Path, id: &str, zh: &str, en: &str) -> Result<()> {
    fs::create_dir_all(folder.join("examples"))?;
    fs::write(folder.join("service.toml"), filled(DEFINITION, id, zh, en))?;
    for name in ["minimal.json", "maximal.json"] {
        fs::write(folder.join("examples").join(name), EXAMPLE)?;
    }
    Ok(())
}

fn filled(template: &str, id: &str, zh: &str, en: &str) -> String {
    let mark: String = zh.chars().take(1).collect();
    template.replace("{{id}}", id).replace("{{zh}}", zh).replace("{{en}}", en).replace("{{mark}}", &mark)
}

/// Ids of services, fields and kinds: they stand in addresses and are never renamed.
pub(crate) fn is_kebab_case(id: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.starts_with(|c: char| c.is_ascii_lowercase()) && id.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use contract::load::Definition;
    use contract::proof;

    use super::{DEFINITION, EXAMPLE, filled, is_kebab_case};

    #[test]
    fn a_new_service_is_proved() {
        let definition = Definition::parse(&filled(DEFINITION, "tea-house", "茶馆备案", "Tea house")).unwrap();
        let examples = proof::Examples::read(EXAMPLE, EXAMPLE, None).unwrap();
        assert_eq!(proof::prove(&definition, &examples, ""), []);
    }

    #[test]
    fn ids_are_kebab_case() {
        assert!(is_kebab_case("tea-house"));
        for wrong in ["", "Tea", "tea_house", "-tea", "tea--house", "2tea", "茶"] {
            assert!(!is_kebab_case(wrong), "{wrong}");
        }
    }
}
