//! A change to a draft: only fields that the definition has, only of the right JSON type, and never what the server
//! writes.

use contract::answers::ROW;
use contract::field::Field;
use contract::id::StepId;
use contract::service::Severity;
use contract::{Answers, FieldError, Problem, Service, Text};
use serde_json::{Map, Value};

/// Of all answers of a draft together.
pub(crate) const LARGEST_ANSWERS_BYTES: usize = 256 * 1024;
const LONGEST_ROW_NAME: usize = 64;

/// The answers after the change, or why it cannot be taken.
pub(crate) fn apply_change(service: &Service, answers: &Answers, change: Answers) -> Result<Answers, Vec<FieldError>> {
    let errors: Vec<_> = change.0.iter().flat_map(|(id, value)| refusals(service, answers, id, value)).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut changed = answers.clone();
    let names: Vec<String> = change.0.keys().cloned().collect();
    for (id, value) in change.0 {
        changed.set(&id, value);
    }
    let errors = refuse_without_consent(service, &names, &changed);
    if errors.is_empty() { Ok(changed) } else { Err(errors) }
}

/// The errors of changed answers that may not be stored before a consent is given. Stored answers whose consent is
/// withdrawn are removed without an error.
fn refuse_without_consent(service: &Service, changed: &[String], answers: &Answers) -> Vec<FieldError> {
    let withheld = service.withheld(answers);
    let early = service.fields().filter(|(_, field)| {
        changed.contains(&field.id.0)
            && !answers.get(&field.id).is_null()
            && withheld.iter().any(|one| one.id == field.id)
    });
    early.map(|(step, field)| refusal(&step.id, &field.id, None, &Refusal::ConsentMissing)).collect()
}

fn refusals(service: &Service, before: &Answers, id: &str, value: &Value) -> Vec<FieldError> {
    let found = service.fields().find(|(_, field)| field.id == *id && !field.kind.continues());
    let Some((step, field)) = found else {
        return vec![refusal(&StepId::default(), id, None, &Refusal::Unknown)];
    };
    if let Some(why) = problem(field, value) {
        return vec![refusal(&step.id, id, None, &why)];
    }
    if field.kind.rows().is_none() {
        return Vec::new();
    }
    let rows = value.as_array().into_iter().flatten().filter_map(Value::as_object).enumerate();
    rows.flat_map(|(at, row)| refusals_in_row(service, before, (&step.id, id), (at, row))).collect()
}

/// The questions of a row may be spread over several groups.
fn refusals_in_row(
    service: &Service,
    before: &Answers,
    (step, group): (&StepId, &str),
    (at, row): (usize, &Map<String, Value>),
) -> Vec<FieldError> {
    let lasting = row.get(ROW).and_then(Value::as_str);
    let refuse = |(key, value): (&String, &Value)| {
        let path = format!("{group}.{key}");
        let why = match service.field(&path) {
            // Rows come as a whole: a signature that stands in one comes back as it was written.
            Some(field) if field.kind.signature().is_some() && before.at(&path, lasting) == value => return None,
            Some(field) => problem(field, value)?,
            None if key == ROW && value.as_str().is_some_and(|name| name.len() <= LONGEST_ROW_NAME) => return None,
            None => Refusal::Unknown,
        };
        Some(refusal(step, &path, Some(at), &why))
    };
    row.iter().filter_map(refuse).collect()
}

enum Refusal {
    Unknown,
    ReadOnly,
    ConsentMissing,
    WrongType(Text),
}

/// Refuses only what no honest app sends; an answer that is merely wrong is stored as it was typed.
fn problem(field: &Field, value: &Value) -> Option<Refusal> {
    let is_nothing = value.is_null() || value.as_str() == Some("");
    let kind = &field.kind;
    let is_ours = kind.lookup().is_some() || kind.computed().is_some();
    // A signature may be taken back, but only the server writes one.
    if is_ours || kind.signature().is_some() && !is_nothing {
        return Some(Refusal::ReadOnly);
    }
    if is_nothing {
        return None;
    }
    let kind = field.kind.kind();
    kind.check(value).contains(&Problem::WrongType).then(|| Refusal::WrongType(Problem::WrongType.says(field)))
}

fn refusal(step: &StepId, field: &str, row: Option<usize>, why: &Refusal) -> FieldError {
    let (code, message) = match why {
        Refusal::Unknown => ("unknown-field", Text::new("这份表里没有这一项", "This form has no such question")),
        Refusal::ReadOnly => ("read-only", Text::new("这一项由系统填写", "This is filled in for you")),
        Refusal::ConsentMissing => {
            ("consent-missing", Text::new("请先阅读并同意前面的说明", "Read and agree to the text before it first"))
        }
        Refusal::WrongType(says) => ("wrong-type", says.clone()),
    };
    let (step, field, code) = (step.clone(), field.to_owned(), code.to_owned());
    FieldError { step, field, row, severity: Severity::Block, code, message }
}
