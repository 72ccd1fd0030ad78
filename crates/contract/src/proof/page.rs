//! What the definition says about itself on its README: the work of its examples, its numbers and where they were read,
//! and its diagram.

use super::examples::{Example, Examples};
use super::figures::{Figures, figures};
use super::{diagram, walks};
use crate::id::DivisionCode;
use crate::load::Definition;
use crate::service::{Basis, CITY, Service};

/// Markdown between the two markers; the same for the same data.
pub fn page(definition: &Definition, examples: &Examples) -> Result<String, String> {
    let service = definition.service(&DivisionCode::from(CITY))?;
    let parts = [
        format!("# {} · {}\n", service.title.zh, service.title.en),
        format!(
            "`{}`, version {}, official code {}. {}.\n",
            service.id, service.version, service.code, service.summary.en
        ),
        work(definition, examples)?,
        branches(definition, examples)?,
        numbers(definition, &service)?,
        format!("## The way through\n\n```mermaid\n{}```", diagram(&service)),
    ];
    Ok(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
}

fn work(definition: &Definition, examples: &Examples) -> Result<String, String> {
    let mut rows = String::new();
    for (name, example) in [("minimal", &examples.minimal), ("maximal", &examples.maximal)] {
        let service = definition.service(&example.division)?;
        rows += &row(name, figures(&service, example), papers(&service, example));
    }
    Ok(format!(
        "## The work it is\n\n\
         | example | steps | answers | consents and signatures | known already | of the facts | typed | keys | taps | files | papers asked for / to bring | seconds |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n{rows}\n\
         Seconds by the keystroke-level model: {} a key, {} a tap, {} a look at each answer and screen; waiting for uploads is left out.\n",
        super::figures::KEY,
        super::figures::TAP,
        super::figures::LOOK,
    ))
}

/// What people tell apart, and what it leads to. Nothing where no branches are written.
fn branches(definition: &Definition, examples: &Examples) -> Result<String, String> {
    let rows = examples.branches.table(definition)?;
    if rows.is_empty() {
        return Ok(String::new());
    }
    Ok(format!("## Its branches\n\n| branch | steps | papers | ends |\n| --- | --- | --- | --- |\n{rows}"))
}

fn row(name: &str, figures: Figures, (asked, to_bring): (usize, usize)) -> String {
    let Figures { steps, fields, acts, typed, prefilled, keys, taps, files } = figures;
    let share = figures.known_percent();
    let seconds = figures.seconds().round();
    format!(
        "| {name} | {steps} | {fields} | {acts} | {prefilled} | {share} % | {typed} | {keys} | {taps} | {files} | {asked} / {to_bring} | {seconds} |\n"
    )
}

/// Documents that the example asks for, and those that the resident has to upload.
fn papers(service: &Service, example: &Example) -> (usize, usize) {
    let context = example.context();
    let journey = service.journey(&example.answers, &context);
    let asked = service.asked_materials(&journey);
    let uploads = asked.iter().filter(|one| one.mode == crate::material::Mode::Upload).count();
    (asked.len(), uploads)
}

fn numbers(definition: &Definition, service: &Service) -> Result<String, String> {
    let mut rows = String::new();
    for (name, limit) in &service.limits {
        let mut values = vec![limit.value.to_string()];
        for division in definition.divisions() {
            let own = definition.service(&division)?.limits.get(name).map_or(limit.value, |limit| limit.value);
            if (own - limit.value).abs() > f64::EPSILON {
                values.push(format!("{division}: {own}"));
            }
        }
        let source = limit.source.as_deref().unwrap_or_default();
        rows += &format!("| {name} | {} | {} | {source} |\n", values.join(", "), basis(limit.basis));
    }
    let screens = format!("A screen asks at most {} things.", walks::INPUTS);
    Ok(format!(
        "## Its numbers\n\n{screens}\n\n| limit | value | basis | where it was read |\n| --- | --- | --- | --- |\n{rows}"
    ))
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Law => "law",
        Basis::Published => "published",
        Basis::Assumption => "assumption",
    }
}
