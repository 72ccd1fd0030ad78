//! Signatures: each must stand under the answers that are sent.

use contract::service::Severity;
use contract::{FieldError, Journey, Text};

use crate::draft::OpenDraft;

/// Names those that were given for other answers.
pub(super) fn check(draft: &OpenDraft, journey: &Journey<'_>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for place in journey.signing_places() {
        if !draft.holds(journey, &place) {
            errors.push(FieldError {
                step: place.step.clone(),
                field: place.path.clone(),
                row: place.row.as_ref().map(|(_, at)| *at),
                severity: Severity::Block,
                code: "signature-stale".to_owned(),
                message: stale(),
            });
        }
    }
    errors
}

fn stale() -> Text {
    Text::new("签名之后内容改过，请再签一次", "The answers changed after it was signed, sign once more")
}
