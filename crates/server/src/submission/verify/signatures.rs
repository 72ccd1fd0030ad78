//! Signatures: each must stand under the answers that are sent.

use contract::{FieldError, Journey, Text};
use serde_json::Value;

use super::Place;
use crate::draft::OpenDraft;

/// Names those that were given for other answers.
pub(super) fn check(draft: &OpenDraft, journey: &Journey<'_>) -> Vec<FieldError> {
    let hash = draft.signed_hash(journey);
    let before = draft.signed_before(journey);
    let mut errors = Vec::new();
    for step in &journey.steps {
        for shown in step.fields.iter().filter(|shown| shown.field.kind.signature().is_some()) {
            let signature = journey.answers.get(&shown.field.id);
            let signed = signature.get("signed").and_then(Value::as_str);
            let is_as_before = before.is_some_and(|before| before.get(&shown.field.id) == signature);
            if !is_as_before && signed.is_some_and(|signed| signed != hash) {
                errors.push(Place::top(&step.step.id, shown.field).error("signature-stale", stale()));
            }
        }
    }
    errors
}

fn stale() -> Text {
    Text::new("签名之后内容改过，请再签一次", "The answers changed after it was signed, sign once more")
}
