//! `cargo xtask answers services/<id> FILE.json`: what the form says to a set of answers, one line of JSON each: the
//! visible steps, where a gate stops, every error and every document asked for.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use contract::id::DivisionCode;
use contract::load::Definition;
use contract::service::CITY;
use contract::{Answers, Context, Journey, Service, date};
use lexopt::prelude::*;
use serde_json::{Value, json};
use time::{Date, OffsetDateTime, UtcOffset};

/// Prints the verdict and fails if something must be mended before sending.
pub(crate) fn answers(parser: lexopt::Parser) -> Result<()> {
    let question = Question::parse(parser)?;
    let text = std::fs::read_to_string(&question.file).with_context(|| question.file.display().to_string())?;
    let given: Value = serde_json::from_str(&text).with_context(|| question.file.display().to_string())?;
    let context = question.context(&given)?;
    let definition = read_definition(&question.service)?;
    let service = definition.service(&context.division).map_err(|error| anyhow!(error))?;
    // An example file wraps the answers with the day and the division that they were written for.
    let answers: Answers = serde_json::from_value(given.get("answers").unwrap_or(&given).clone())?;
    let journey = service.journey(&answers, &context);
    print_journey(&journey);
    let blocking = print_errors(&service, &journey);
    print_materials(&service, &journey);
    if blocking > 0 {
        bail!("{blocking} answers must be mended before this can be sent");
    }
    Ok(())
}

/// Reads `service.toml` of a folder.
pub(crate) fn read_definition(folder: &std::path::Path) -> Result<Definition> {
    let file = folder.join("service.toml");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Definition::parse(&text).map_err(|error| anyhow!("{}: {error}", file.display()))
}

fn print_journey(journey: &Journey<'_>) {
    for step in &journey.steps {
        println!("{}", json!({ "step": step.step.id, "title": step.step.title }));
    }
    if let Some(gate) = journey.exit {
        println!("{}", json!({ "exit": gate.id, "title": gate.exit.title }));
    }
}

fn print_errors(service: &Service, journey: &Journey<'_>) -> usize {
    let errors = service.check(journey);
    for error in &errors {
        println!("{}", json!(error));
    }
    errors.iter().filter(|error| error.blocks()).count()
}

fn print_materials(service: &Service, journey: &Journey<'_>) {
    for asked in service.asked_materials(journey) {
        let (material, mode) = (&asked.material.id, asked.mode);
        println!("{}", json!({ "material": material, "mode": mode, "given": asked.given, "uploads": asked.uploads }));
    }
}

/// The arguments of the command line.
struct Question {
    service: PathBuf,
    file: PathBuf,
    today: Option<String>,
    division: Option<String>,
}

impl Question {
    fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let (mut today, mut division, mut paths) = (None, None, Vec::new());
        while let Some(argument) = parser.next()? {
            match argument {
                Long("today") => today = Some(parser.value()?.string()?),
                Long("division") => division = Some(parser.value()?.string()?),
                Value(path) => paths.push(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        let paths: [PathBuf; 2] =
            paths.try_into().map_err(|_| anyhow!("cargo xtask answers services/<id> FILE.json"))?;
        let [service, file] = paths;
        Ok(Self { service, file, today, division })
    }

    /// The command line decides, then the example file, then the calendar and the city.
    fn context(&self, given: &Value) -> Result<Context> {
        let said = |key: &str, option: &Option<String>| {
            option.clone().or_else(|| given.get(key).and_then(Value::as_str).map(str::to_owned))
        };
        let today = match said("today", &self.today) {
            Some(text) => date::parse(&text).with_context(|| format!("`{text}` is no day: write 2026-11-24"))?,
            None => today_in_changde()?,
        };
        let division = said("division", &self.division).unwrap_or_else(|| CITY.to_owned());
        Ok(Context { today, division: DivisionCode::from(division.as_str()) })
    }
}

fn today_in_changde() -> Result<Date> {
    Ok(OffsetDateTime::now_utc().to_offset(UtcOffset::from_hms(8, 0, 0)?).date())
}
