//! Verifies registers, certificates and files once more before an application is accepted. The server does not rely
//! on what a browser says about them.

mod certificates;
mod files;
mod signatures;

use contract::answers::ROW;
use contract::field::{Field, FieldKind};
use contract::id::{FieldId, StepId};
use contract::kinds::{Group, Lookup};
use contract::service::Severity;
use contract::{Answers, FieldError, Journey, Text};
use serde_json::{Map, Value};

use crate::backend::Backend;
use crate::draft::{OpenDraft, spelled_entry};
use crate::error::ApiError;
use crate::lookup::{self, Found};
use crate::store::Citizen;

/// The answers, in which the server itself describes certificates and files, and the files that they hold.
pub(super) struct Verified {
    pub(super) answers: Answers,
    pub(super) attachments: Vec<String>,
}

/// The draft, if every register still gives the same entry. A different entry is written into the draft, and the
/// resident looks at it before sending again.
pub(super) async fn reverify_lookups(
    backend: &Backend,
    citizen: &Citizen,
    draft: OpenDraft,
) -> Result<OpenDraft, ApiError> {
    let Some((id, lookup, found)) = find_mismatch(backend, citizen, &draft).await? else { return Ok(draft) };
    let answers = lookup::filled(&draft, &id, &lookup, found);
    Err(draft.save(backend, citizen, answers, None).await?.stale())
}

async fn find_mismatch(
    backend: &Backend,
    citizen: &Citizen,
    draft: &OpenDraft,
) -> Result<Option<(String, Lookup, Found)>, ApiError> {
    let lookups: Vec<(String, Lookup)> = draft
        .journey()
        .shown_fields()
        .filter_map(|(path, field)| Some((path, field.kind.lookup()?.clone())))
        .filter(|(path, _)| Lookup::matched(draft.record.answers.get(path)))
        .collect();
    for (path, lookup) in lookups {
        let answer = draft.record.answers.get(&path);
        let key = lookup::key(draft, &lookup)?;
        let found = lookup::ask(backend, citizen, &lookup, &key).await;
        match &found {
            Found::Entry(entry) if is_as_found(draft, &lookup, answer, entry) => {}
            // The register confirmed the entry earlier today: the resident need not wait for it to answer again.
            Found::NoAnswer if was_looked_up_today(answer, draft) => {}
            Found::NoAnswer => return Err(ApiError::Unavailable),
            _ => return Ok(Some((path, lookup, found))),
        }
    }
    Ok(None)
}

/// A register gives names where the draft may hold codes.
fn is_as_found(draft: &OpenDraft, lookup: &Lookup, answer: &Value, entry: &Map<String, Value>) -> bool {
    let spelled = |entry: &Map<String, Value>| spelled_entry(&draft.service, lookup, entry.clone());
    answer.get("found").and_then(Value::as_object).is_some_and(|found| spelled(found) == spelled(entry))
}

fn was_looked_up_today(answer: &Value, draft: &OpenDraft) -> bool {
    answer.get("at").and_then(Value::as_str) == Some(&contract::date::print(draft.context.today))
}

/// Checks certificates and files, and describes them in our own words.
pub(super) async fn verify(
    backend: &Backend,
    citizen: &Citizen,
    draft: &OpenDraft,
    journey: &Journey<'_>,
) -> Result<Verified, ApiError> {
    let mut answers = journey.answers.clone();
    let sent = match &draft.record.corrects {
        Some(reference) => backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?.answers,
        None => Answers::default(),
    };
    let mut errors = certificates::describe(backend, citizen, journey, &sent, &mut answers).await?;
    let records = backend.store.attachments_of(&draft.record.id).await?;
    errors.extend(files::describe(journey, &records, &mut answers));
    errors.extend(signatures::check(draft, journey));
    if !errors.is_empty() {
        return Err(ApiError::NotReady(errors));
    }
    let mut attachments: Vec<String> = answers.files().into_iter().map(str::to_owned).collect();
    attachments.sort();
    attachments.dedup();
    Ok(Verified { answers, attachments })
}

/// Every answer that is shown, one by one in each row of a group, with where it stands.
fn each_answer<'a>(journey: &Journey<'a>, answers: &mut Answers, mut visit: impl FnMut(&Place<'a>, &mut Value)) {
    for step in &journey.steps {
        for field in step.fields.iter().map(|shown| shown.field) {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id));
            let Some(value) = answers.0.get_mut(&**name) else { continue };
            match field.kind.rows() {
                Some(group) => each_in_rows(&step.step.id, name, group, value, &mut visit),
                None => visit(&Place::top(&step.step.id, field), value),
            }
        }
    }
}

fn each_in_rows<'a>(
    step: &'a StepId,
    name: &FieldId,
    group: &'a Group,
    rows: &mut Value,
    visit: &mut impl FnMut(&Place<'a>, &mut Value),
) {
    for (at, row) in rows.as_array_mut().into_iter().flatten().enumerate() {
        let row_name = row.get(ROW).and_then(Value::as_str).map(str::to_owned);
        for inner in &group.fields {
            let Some(value) = row.get_mut(&*inner.id) else { continue };
            let (path, row_name) = (format!("{name}.{}", inner.id), row_name.clone());
            visit(&Place { step, path, row: Some(at), row_name, kind: &inner.kind }, value);
        }
    }
}

struct Place<'a> {
    step: &'a StepId,
    path: String,
    row: Option<usize>,
    row_name: Option<String>,
    kind: &'a FieldKind,
}

impl<'a> Place<'a> {
    fn top(step: &'a StepId, field: &'a Field) -> Self {
        Self { step, path: field.id.0.clone(), row: None, row_name: None, kind: &field.kind }
    }

    /// The answer at this place.
    fn answer_in<'b>(&self, answers: &'b Answers) -> Option<&'b Value> {
        match (self.path.split_once('.'), self.row) {
            (Some((group, inner)), Some(row)) => answers.get(group).get(row)?.get(inner),
            _ => Some(answers.get(&self.path)),
        }
    }

    fn error(&self, code: &str, says: Text) -> FieldError {
        FieldError {
            step: self.step.clone(),
            field: self.path.clone(),
            row: self.row,
            severity: Severity::Block,
            code: code.to_owned(),
            message: says,
        }
    }
}
