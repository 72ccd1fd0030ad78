//! What a register is asked with.

use crate::field::FieldKind;
use crate::journey::{Journey, JourneyStep, ShownField};
use crate::kinds::Lookup;
use crate::problem::{FieldError, Problem};
use crate::rule::located;

impl Journey<'_> {
    /// The answers that a lookup goes by, those that are shown, joined by `/`. Otherwise the first that is missing or
    /// wrong; `None` where nothing that it goes by is shown.
    pub fn key(&self, lookup: &Lookup) -> Result<String, Option<Box<FieldError>>> {
        let mut key = String::new();
        for id in lookup.by.iter() {
            let mut places = self.steps.iter().flat_map(|step| step.fields.iter().map(move |shown| (step, shown)));
            let Some((step, shown)) = places.find(|(_, shown)| shown.field.id == *id) else { continue };
            let Some(part) = self.part(step, shown).map_err(Some)? else { continue };
            if !key.is_empty() {
                key.push('/');
            }
            key += &part;
        }
        if key.is_empty() { Err(None) } else { Ok(key) }
    }

    /// The part of the key that a field gives; of a document, its number.
    fn part(&self, step: &JourneyStep<'_>, shown: &ShownField<'_>) -> Result<Option<String>, Box<FieldError>> {
        let (value, kind) = (self.answers.get(&shown.field.id), shown.field.kind.kind());
        let is_computed = matches!(shown.field.kind, FieldKind::Computed(_));
        let problem = match kind.is_empty(value) {
            true if shown.required || is_computed => Some(Problem::Missing),
            true => return Ok(None),
            false => kind.check(value).into_iter().next(),
        };
        match problem {
            Some(problem) => Err(Box::new(located(&step.step.id, &problem, shown, None, None))),
            None => Ok(value.get("number").unwrap_or(value).as_str().map(str::to_owned)),
        }
    }
}
