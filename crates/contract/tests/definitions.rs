//! The definitions of `services/` load, and their examples are right.
#![cfg(feature = "load")]

use std::fs;
use std::path::Path;

use contract::id::DivisionCode;
use contract::load::Definition;
use contract::{Answers, Context, date};

#[test]
fn every_service_loads_and_its_examples_can_be_sent() {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    for service in fs::read_dir(services).unwrap() {
        let folder = service.unwrap().path();
        let definition = Definition::parse(&fs::read_to_string(folder.join("service.toml")).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for name in ["minimal", "maximal"] {
            let text = fs::read_to_string(folder.join(format!("examples/{name}.json"))).unwrap();
            let example: serde_json::Value = serde_json::from_str(&text).unwrap();
            let division = DivisionCode::from(example["division"].as_str().unwrap());
            let service = definition.service(&division).unwrap();
            let today = date::parse(example["today"].as_str().unwrap()).unwrap();
            let context = Context { today, division };
            let answers: Answers = serde_json::from_value(example["answers"].clone()).unwrap();
            let journey = service.journey(&answers, &context);
            assert!(journey.exit.is_none());
            let mut errors = service.check(&journey);
            errors.retain(|error| error.blocks());
            assert_eq!(errors, vec![], "{} {name}", folder.display());
        }
    }
}
