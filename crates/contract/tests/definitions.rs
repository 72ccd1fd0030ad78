//! The definitions of `services/` load, and their examples are right.
#![cfg(feature = "load")]

use contract::id::DivisionCode;
use contract::load::Definition;
use contract::{Answers, Context, date};

#[test]
fn the_shop_sign_loads_and_its_minimal_example_is_right() {
    let definition = Definition::parse(include_str!("../../../services/shop-sign/service.toml")).unwrap();
    let example: serde_json::Value =
        serde_json::from_str(include_str!("../../../services/shop-sign/examples/minimal.json")).unwrap();
    let division = DivisionCode::from(example["division"].as_str().unwrap());
    let service = definition.service(&division).unwrap();
    let today = date::parse(example["today"].as_str().unwrap()).unwrap();
    let context = Context { today, division };
    let answers: Answers = serde_json::from_value(example["answers"].clone()).unwrap();
    let journey = service.journey(&answers, &context);
    assert!(journey.exit.is_none());
    assert_eq!(service.check(&journey), vec![]);
}
