//! The example answers of every service: documentation, test data and the walker's script at once.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use contract::condition::Scope;
use contract::field::Prefill;
use contract::load::Definition;
use contract::proof::{self, Examples};
use contract::{Field, Service, date};
use serde_json::{Map, Value};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

use crate::environment;

/// One set of answers that must get through.
pub struct Example {
    pub service: String,
    pub name: String,
    /// Moved to the day of the test: "begins in two weeks" stays so, whenever it is run.
    pub answers: Map<String, Value>,
}

/// One example of one service.
pub fn one(service: &str, name: &str) -> Result<Example> {
    let found = all()?.into_iter().find(|example| example.service == service && example.name == name);
    found.with_context(|| format!("{service} has no example {name}"))
}

/// All examples of all services, in a stable order.
pub fn all() -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for service in names_in(&environment::repository().join("services"))? {
        let folder = environment::repository().join("services").join(&service).join("examples");
        // Code lists are no service.
        if !folder.is_dir() {
            continue;
        }
        for file in names_in(&folder)?.into_iter().filter(|file| file.ends_with(".json")) {
            let text = fs::read_to_string(folder.join(&file))?;
            let answers = read(&text).with_context(|| format!("{service}/{file}"))?;
            let name = file.trim_end_matches(".json").to_owned();
            examples.push(Example { service: service.clone(), name, answers });
        }
    }
    Ok(examples)
}

/// A branch of a service, with the person who files it.
pub struct Branch {
    pub id: String,
    /// The gate where it ends.
    pub exit: Option<String>,
    pub answers: Map<String, Value>,
    /// The number on the identity card of the one who applies.
    pub applicant: Option<String>,
}

/// The branches of a service, moved to the day of the test.
pub fn branches(service: &str) -> Result<Vec<Branch>> {
    let folder = environment::repository().join("services").join(service);
    let read = |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("{service}/{name}"));
    let definition = Definition::parse(&read("service.toml")?).map_err(|error| anyhow!(error))?;
    let (minimal, maximal) = (read("examples/minimal.json")?, read("examples/maximal.json")?);
    let branches = read("examples/branches.toml")?;
    let examples = Examples::read(&minimal, &maximal, Some(&branches)).map_err(|error| anyhow!(error))?;
    let now = today()?;
    let mut all = Vec::new();
    for branch in examples.branches.0 {
        let definition = definition.service(&branch.example.division).map_err(|error| anyhow!(error))?;
        let applicant = applicant(&definition, &branch.example);
        let mut answers = branch.example.answers.0;
        answers.values_mut().for_each(|answer| shift(answer, now - branch.example.today));
        all.push(Branch { id: branch.id, exit: branch.exit, answers, applicant });
    }
    Ok(all)
}

/// The answer that the account of the applicant is offered as their own number. It may be asked for behind the gate.
fn applicant(service: &Service, example: &proof::Example) -> Option<String> {
    let context = example.context();
    let scope = Scope { service, context: &context, answers: &example.answers, row: None };
    let is_own = |field: &Field| field.prefill == Some(Prefill::AccountResidentId) && field.offers_known(&scope);
    let (_, field) = service.fields().find(|(_, field)| is_own(field))?;
    example.answers.get(&field.id).as_str().map(str::to_owned)
}

fn today() -> Result<Date> {
    Ok(OffsetDateTime::now_utc().to_offset(UtcOffset::from_hms(8, 0, 0)?).date())
}

fn read(text: &str) -> Result<Map<String, Value>> {
    let example: Value = serde_json::from_str(text)?;
    let written_on = example.get("today").and_then(Value::as_str).and_then(date::parse).context("no `today`")?;
    let now = today()?;
    let mut answers = example.get("answers").and_then(Value::as_object).cloned().context("no `answers`")?;
    answers.values_mut().for_each(|answer| shift(answer, now - written_on));
    Ok(answers)
}

/// Moves every answer that is a day, or a day with its time, and nothing else.
fn shift(answer: &mut Value, by: Duration) {
    match answer {
        Value::String(text) => {
            let (day, time) = text.split_once('T').map_or((text.as_str(), ""), |(day, _)| (day, &text[day.len()..]));
            if let Some(day) = date::parse(day).filter(|_| matches!(time.len(), 0 | 6)) {
                *text = date::print(day + by) + time;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|each| shift(each, by)),
        Value::Object(object) => object.values_mut().for_each(|each| shift(each, by)),
        _ => {}
    }
}

fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}
