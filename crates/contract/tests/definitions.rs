//! The definitions of `services/` are proved, and their examples say what they are there to say.
#![cfg(feature = "load")]

use std::fs;
use std::path::Path;

use contract::load::Definition;
use contract::proof::{self, Examples};

#[test]
fn every_service_is_proved_without_faults() {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    for service in fs::read_dir(services).unwrap() {
        let folder = service.unwrap().path();
        if !folder.join("service.toml").is_file() {
            continue;
        }
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let definition =
            Definition::parse(&read("service.toml")).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let branches = fs::read_to_string(folder.join("examples/branches.toml")).ok();
        let (minimal, maximal) = (read("examples/minimal.json"), read("examples/maximal.json"));
        let examples = Examples::read(&minimal, &maximal, branches.as_deref()).unwrap();
        let faults = proof::prove(&definition, &examples, "");
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}:\n{}", folder.display(), lines.join("\n"));
    }
}
