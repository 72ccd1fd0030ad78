//! A new service is three data files and no Rust, so no Rust may know the name of one.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::rust_text::code_lines;
use super::{Finding, is_test};

/// The ids are the folders of `services/`.
pub(super) fn read(root: &Path) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(root.join("services")) else { return Ok(Vec::new()) };
    let mut ids = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().join("service.toml").is_file() {
            ids.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    ids.sort();
    Ok(ids)
}

pub(super) fn check(path: &str, text: &str, ids: &[String]) -> Vec<Finding> {
    if is_test(path) {
        return Vec::new();
    }
    let named = |code: &str| ids.iter().find(|id| names(code, id));
    code_lines(text)
        .filter_map(|(line, code)| named(code).map(|id| Finding::new(line, format!("names the service {id}"))))
        .collect()
}

/// As a string of its own or as a part of a path; `newborn` may well be a part of another word.
fn names(code: &str, id: &str) -> bool {
    let spellings = [format!("\"{id}\""), format!("/{id}\""), format!("/{id}/"), format!("\"{id}/")];
    spellings.iter().any(|spelling| code.contains(spelling.as_str()))
}

#[cfg(test)]
mod tests {
    use super::check;

    fn found(path: &str, text: &str) -> usize {
        check(path, text, &[String::from("tea-house"), String::from("newborn")]).len()
    }

    #[test]
    fn a_service_in_rust_is_found() {
        assert_eq!(found("src/pages/home.rs", "if service.id == \"tea-house\" {\n"), 1);
        assert_eq!(found("crates/server/src/store.rs", "read(\"services/tea-house/service.toml\")\n"), 1);
    }

    #[test]
    fn a_part_of_another_word_is_no_service() {
        assert_eq!(found("crates/contract/src/kinds.rs", "\"newborn-name\"\n"), 0);
    }

    #[test]
    fn tests_may_name_services() {
        assert_eq!(found("crates/server/tests/drafts.rs", "\"tea-house\"\n"), 0);
        assert_eq!(found("src/app.rs", "#[cfg(test)]\nmod tests { const ID: &str = \"newborn\"; }\n"), 0);
    }
}
