//! The way through the steps: derived from the definition, the answers and the day. Never stored.

use serde_json::{Map, Value};
use time::Date;

use crate::answers::{Answers, ROW};
use crate::condition::{Condition, Scope};
use crate::field::Field;
use crate::id::{DivisionCode, FieldId};
use crate::kinds::Group;
use crate::service::{Gate, Service, Step};
use crate::text::Text;

/// What a journey depends on beside the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    pub today: Date,
    /// Where the application is made.
    pub division: DivisionCode,
}

/// The steps that these answers lead through, and where they end.
#[derive(Clone, Debug)]
pub struct Journey<'a> {
    pub context: &'a Context,
    pub steps: Vec<JourneyStep<'a>>,
    /// The gate that stopped it. Its step is the last one of `steps`.
    pub exit: Option<&'a Gate>,
    /// The answers of visible fields only, with computed ones filled in: what is checked, sent and decided on.
    pub answers: Answers,
}

#[derive(Clone, Debug)]
pub struct JourneyStep<'a> {
    pub step: &'a Step,
    pub fields: Vec<ShownField<'a>>,
}

/// A field that these answers show.
#[derive(Clone, Debug)]
pub struct ShownField<'a> {
    pub field: &'a Field,
    pub required: bool,
    /// Why it is asked ("因为您选择了…").
    pub why: Option<Text>,
    /// For a group, the fields of each row.
    pub rows: Vec<Vec<ShownField<'a>>>,
}

impl Service {
    /// Walks the definition once, front to back: conditions look backwards only.
    pub fn journey<'a>(&'a self, answers: &Answers, context: &'a Context) -> Journey<'a> {
        let mut journey = Journey { context, steps: Vec::new(), exit: None, answers: Answers::default() };
        for step in &self.steps {
            if !holds(step.show_when.as_ref(), &journey.scope(self)) {
                continue;
            }
            let mut shown = JourneyStep { step, fields: Vec::new() };
            for field in &step.fields {
                shown.fields.extend(self.show(field, answers, &mut journey));
            }
            // Nothing to ask is no step.
            if shown.fields.is_empty() {
                continue;
            }
            journey.steps.push(shown);
            let gates = self.gates.iter().filter(|gate| gate.step == step.id);
            journey.exit = gates.into_iter().find(|gate| gate.stops_when.holds(&journey.scope(self)));
            if journey.exit.is_some() {
                break;
            }
        }
        journey
    }

    /// Shows a field and takes over its answer, or leaves both out.
    fn show<'a>(&'a self, field: &'a Field, answers: &Answers, journey: &mut Journey<'a>) -> Option<ShownField<'a>> {
        if field.later && answers.get(&field.id).is_null() {
            return None;
        }
        let mut shown = shown(field, &journey.scope(self))?;
        if let Some(computed) = field.kind.computed() {
            journey.answers.set(&field.id, computed.value(&journey.answers, None));
        } else if let Some(group) = field.kind.rows() {
            let name = group.answered_as(&field.id);
            let (fields, rows) = self.show_rows(name, group, answers, journey);
            shown.rows = fields;
            journey.answers.set(name, rows);
        } else {
            journey.answers.set(&field.id, answers.get(&field.id).clone());
        }
        Some(shown)
    }

    /// The rows as given, with what earlier steps already took over of them.
    fn show_rows<'a>(
        &'a self,
        name: &str,
        group: &'a Group,
        answers: &Answers,
        journey: &Journey<'a>,
    ) -> (Vec<Vec<ShownField<'a>>>, Value) {
        // An answer that is no list of rows stays as it came, so that the check can name it.
        let given = answers.get(name);
        let Some(all) = given.as_array().filter(|all| all.iter().all(Value::is_object)) else {
            return (Vec::new(), given.clone());
        };
        let mut taken = journey.answers.rows(name);
        let shown = all.iter().filter_map(Value::as_object).map(|row| {
            let so_far = taken.next().filter(|_| group.continues.is_some()).cloned().unwrap_or_default();
            self.show_row(name, group, row, so_far, journey)
        });
        let (fields, rows): (Vec<_>, Vec<_>) = shown.unzip();
        (fields, Value::Array(rows.into_iter().map(Value::Object).collect()))
    }

    fn show_row<'a>(
        &'a self,
        name: &str,
        group: &'a Group,
        given: &Map<String, Value>,
        so_far: Map<String, Value>,
        journey: &Journey<'a>,
    ) -> (Vec<ShownField<'a>>, Map<String, Value>) {
        let mut row = so_far;
        if let Some(lasting) = given.get(ROW) {
            row.insert(ROW.to_owned(), lasting.clone());
        }
        let mut fields = Vec::new();
        for field in &group.fields {
            let scope = Scope { row: Some((name, &row)), ..journey.scope(self) };
            let Some(shown) = shown(field, &scope) else { continue };
            let value = match field.kind.computed() {
                Some(computed) => computed.value(&journey.answers, Some(&row)),
                None => given.get(&*field.id).cloned().unwrap_or(Value::Null),
            };
            if !value.is_null() {
                row.insert(field.id.0.clone(), value);
            }
            fields.push(shown);
        }
        (fields, row)
    }
}

impl<'a> Journey<'a> {
    pub fn scope(&'a self, service: &'a Service) -> Scope<'a> {
        Scope { service, context: self.context, answers: &self.answers, row: None }
    }

    pub fn step(&self, id: &str) -> Option<&JourneyStep<'a>> {
        self.steps.iter().find(|step| step.step.id == *id)
    }

    /// Every field shown with its answer, one by one in each row of a group. An answer that is missing is `null`.
    pub fn shown_answers<'b>(&'b self) -> impl Iterator<Item = (&'b ShownField<'a>, &'b Value)> {
        self.steps.iter().flat_map(|step| &step.fields).flat_map(|shown| {
            let answer = self.answers.get(shown.answered_as());
            let rows = shown.rows.iter().zip(self.answers.rows(shown.answered_as()));
            let inner = rows.flat_map(|(fields, row)| {
                fields.iter().map(|inner| (inner, row.get(&*inner.field.id).unwrap_or(&Value::Null)))
            });
            [(shown, answer)].into_iter().chain(inner)
        })
    }

    /// Every field shown, with its path; a field of a group once, whatever the number of rows.
    pub fn shown_fields(&self) -> impl Iterator<Item = (String, &'a Field)> {
        self.steps.iter().flat_map(|step| &step.fields).flat_map(|shown| {
            let mut paths = vec![(shown.field.id.0.clone(), shown.field)];
            for inner in shown.rows.iter().flatten() {
                let path = format!("{}.{}", shown.answered_as(), inner.field.id);
                if !paths.iter().any(|(known, _)| *known == path) {
                    paths.push((path, inner.field));
                }
            }
            paths
        })
    }
}

impl JourneyStep<'_> {
    /// Whether it shows the field that a path names, in any row where it stands in rows.
    pub fn shows(&self, path: &str) -> bool {
        match path.split_once('.') {
            None => self.fields.iter().any(|shown| shown.field.id == *path),
            Some((group, field)) => self.rows_of(group).flatten().any(|row| shows(row, field)),
        }
    }

    /// Whether it shows a field of a group in one of its rows.
    pub fn shows_in_row(&self, group: &str, field: &str, at: usize) -> bool {
        self.rows_of(group).any(|rows| rows.get(at).is_some_and(|row| shows(row, field)))
    }

    fn rows_of(&self, group: &str) -> impl Iterator<Item = &Vec<Vec<ShownField<'_>>>> {
        self.fields.iter().filter(move |shown| *shown.answered_as() == *group).map(|shown| &shown.rows)
    }
}

fn shows(row: &[ShownField<'_>], field: &str) -> bool {
    row.iter().any(|shown| shown.field.id == *field)
}

impl<'a> ShownField<'a> {
    /// The name under which it is answered: its own, or that of the group it continues.
    pub fn answered_as(&self) -> &'a FieldId {
        self.field.kind.rows().map_or(&self.field.id, |group| group.answered_as(&self.field.id))
    }
}

fn shown<'a>(field: &'a Field, scope: &Scope<'_>) -> Option<ShownField<'a>> {
    if !holds(field.show_when.as_ref(), scope) {
        return None;
    }
    let required = match &field.require_when {
        Some(when) => when.holds(scope),
        // Nobody can fill in what is computed, nor add rows where a group continues another.
        None => !field.optional && field.kind.computed().is_none() && !field.kind.continues(),
    };
    let reason = field.require_when.as_ref().filter(|_| required).or(field.show_when.as_ref());
    let why = reason.and_then(|when| when.why(scope).cloned());
    Some(ShownField { field, required, why, rows: Vec::new() })
}

fn holds(when: Option<&Condition>, scope: &Scope<'_>) -> bool {
    when.is_none_or(|when| when.holds(scope))
}
