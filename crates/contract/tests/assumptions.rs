//! Whatever an assumption's number were, the same papers are asked for, the same ways are open, and the same applications
//! can be sent. Random answers of every service, in every division that sets something of its own.
//!
//! `YIJIANSHI_ANSWER_SETS` sets how many for each service (100000 before a release), `YIJIANSHI_SEED` where chance begins.
#![cfg(feature = "load")]
#![expect(clippy::unwrap_used, reason = "a test whose data cannot be read has failed")]

use std::fs;
use std::path::Path;

use contract::id::DivisionCode;
use contract::load::Definition;
use contract::material::{AskedMaterial, Mode};
use contract::proof::probe::Near;
use contract::proof::{Example, Examples};
use contract::service::{Basis, CITY};
use contract::{Answers, Context, Field, FieldError, Service};
use serde_json::{Value, json};

const ANSWER_SETS: u64 = 2_000;
/// Services with other numbers that each set of answers may be judged by.
const VARIANTS: usize = 24;

#[test]
#[invariant::invariant("assumptions-warn")]
fn no_assumption_asks_for_a_paper_closes_a_way_or_stops_anybody() {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let mut folders: Vec<_> = fs::read_dir(services).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    std::thread::scope(|scope| {
        for folder in folders.iter().filter(|folder| folder.join("service.toml").is_file()) {
            scope.spawn(move || {
                let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
                let branches = fs::read_to_string(folder.join("examples/branches.toml")).ok();
                let (minimal, maximal) = (read("examples/minimal.json"), read("examples/maximal.json"));
                let examples = Examples::read(&minimal, &maximal, branches.as_deref()).unwrap();
                let definition = Definition::parse(&read("service.toml")).unwrap();
                let found = first_difference(&definition, &examples, setting("YIJIANSHI_ANSWER_SETS", ANSWER_SETS));
                assert!(found.is_none(), "{}: {}", folder.display(), found.unwrap());
            });
        }
    });
}

#[test]
#[invariant::invariant("assumptions-warn")]
fn an_assumption_that_blocks_is_found() {
    let small = include_str!("small/service.toml");
    let examples =
        Examples::read(include_str!("small/minimal.json"), include_str!("small/maximal.json"), None).unwrap();
    let blocking = small
        .replace(
            "[limits]\nheight-m",
            "[limits]\nwidth-m = { value = 2, basis = \"assumption\", source = \"Made up\" }\nheight-m",
        )
        .replace(
            "severity = \"warn\"\nbasis = \"assumption\"\nwhen = { field = \"height\", above = \"height-m\" }",
            "severity = \"block\"\nbasis = \"assumption\"\nwhen = { field = \"height\", above = \"width-m\" }",
        );
    assert_ne!(blocking, small);
    let found = first_difference(&Definition::parse(&blocking).unwrap(), &examples, 2_000);
    assert!(found.is_some_and(|found| found.contains("width-m")));
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

/// Answers that the numbers of assumptions make a difference to.
fn first_difference(definition: &Definition, examples: &Examples, sets: u64) -> Option<String> {
    let seed = setting("YIJIANSHI_SEED", 2026);
    println!("YIJIANSHI_SEED={seed}, {sets} sets of answers");
    let mut chance = fastrand::Rng::with_seed(seed);
    let branches = examples.branches.0.iter().map(|branch| &branch.example);
    let bases: Vec<&Example> = [&examples.minimal, &examples.maximal].into_iter().chain(branches).collect();
    let city = DivisionCode::from(CITY);
    let divisions: Vec<DivisionCode> =
        [city.clone()].into_iter().chain(definition.divisions().filter(|one| *one != city)).collect();
    for division in &divisions {
        let service = definition.service(division).unwrap();
        let variants: Vec<Service> = (0..VARIANTS).map(|at| varied(&service, at, &mut chance)).collect();
        for _ in 0..sets.div_ceil(divisions.len() as u64) {
            let base = chance.choice(&bases).unwrap();
            let context = Context { today: base.today, division: division.clone() };
            let answers = changed(&service, &base.answers, &context, &mut chance);
            let variant = chance.choice(&variants).unwrap();
            let (usual, other) = (outcome(&service, &answers, &context), outcome(variant, &answers, &context));
            if usual != other {
                let limits: Vec<_> =
                    variant.limits.iter().map(|(name, limit)| format!("{name} = {}", limit.value)).collect();
                return Some(format!(
                    "in {division}: {usual}\n{other}\nwith {limits:?} after {}",
                    Value::Object(answers.0)
                ));
            }
        }
    }
    None
}

/// The service with its assumptions a tenth to ten times what they are.
fn varied(service: &Service, at: usize, chance: &mut fastrand::Rng) -> Service {
    let mut varied = service.clone();
    let names: Vec<_> = service.limits.keys().cloned().collect();
    for name in names {
        let Some(limit) = varied.limits.get_mut(&name) else { continue };
        let factor = match at {
            0 => 0.1,
            1 => 10.0,
            _ => 10_f64.powf(chance.f64() * 2.0 - 1.0),
        };
        if limit.basis == Basis::Assumption {
            limit.value *= factor;
        }
    }
    varied
}

/// The answers of an example with some of them gone, or other right ones.
fn changed(service: &Service, example: &Answers, context: &Context, chance: &mut fastrand::Rng) -> Answers {
    let mut answers = example.clone();
    for (_, field) in service.fields() {
        match field.kind.rows() {
            None => {
                if let Some(answer) = other(field, context, chance) {
                    answers.set(&field.id, answer);
                }
            }
            Some(group) => {
                let rows = answers.0.get_mut(&**group.answered_as(&field.id)).and_then(Value::as_array_mut);
                for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
                    for inner in &group.fields {
                        if let Some(answer) = other(inner, context, chance) {
                            row.insert(inner.id.0.clone(), answer);
                        }
                    }
                }
            }
        }
    }
    answers
}

fn other(field: &Field, context: &Context, chance: &mut fastrand::Rng) -> Option<Value> {
    let mut near = Near::new(context.today);
    // Numbers of every size, so that some lie on each side of whatever they are compared with.
    near.numbers.push((10_f64.powf(chance.f64() * 5.0 - 1.0) * 100.0).round() / 100.0);
    near.divisions.push(context.division.0.clone());
    match chance.u8(0..10) {
        0 => Some(Value::Null),
        1..=3 => chance.choice(field.kind.kind().probe(&near).samples),
        _ => None,
    }
}

/// The papers, the ways that are open, the exit, and whether it can be sent.
fn outcome(service: &Service, answers: &Answers, context: &Context) -> String {
    let journey = service.journey(answers, context);
    let scope = journey.scope(service);
    // What may be left out is not asked for.
    let required: Vec<_> = journey
        .shown_answers()
        .filter(|(shown, _)| shown.required)
        .filter_map(|(shown, _)| shown.field.kind.attachments())
        .collect();
    let is_demanded = |asked: &AskedMaterial<'_>| {
        asked.mode != Mode::Upload || required.iter().any(|upload| upload.material == asked.material.id)
    };
    let asked = service.asked_materials(&journey).into_iter().filter(is_demanded);
    let papers: Vec<_> = asked.map(|asked| (asked.material.id.clone(), asked.mode)).collect();
    let tracks: Vec<_> = service.tracks.iter().filter(|one| one.when.holds(&scope)).map(|one| &one.id).collect();
    let blocks = service.check(&journey).iter().any(FieldError::blocks);
    json!({ "papers": papers, "tracks": tracks, "exit": journey.exit.map(|gate| &gate.id), "blocks": blocks })
        .to_string()
}
