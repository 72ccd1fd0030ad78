//! The example answers of every service: documentation, test data and the walker's script at once.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::environment;

/// One set of answers that must get through.
pub struct Example {
    pub service: String,
    pub name: String,
    pub answers: Map<String, Value>,
}

/// All examples of all services, in a stable order.
pub fn all() -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for service in names_in(&environment::repository().join("services"))? {
        let folder = environment::repository().join("services").join(&service).join("examples");
        for file in names_in(&folder)?.into_iter().filter(|file| file.ends_with(".json")) {
            let text = fs::read_to_string(folder.join(&file))?;
            let answers = serde_json::from_str(&text).with_context(|| format!("{service}/{file}"))?;
            examples.push(Example {
                service: service.clone(),
                name: file.trim_end_matches(".json").to_owned(),
                answers,
            });
        }
    }
    Ok(examples)
}

fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}
