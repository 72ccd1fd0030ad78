//! A draft that mends a returned case: everything stands as it was sent, and only what the office named may change.

use contract::api::Reason;
use contract::service::Severity;
use contract::{Answers, FieldError, Service, Text};

use super::sibling::with_files_of_its_own;
use crate::store::FileCopy;

/// The answers as they were sent, with files of their own.
pub(crate) fn as_sent(service: &Service, sent: &Answers) -> (Answers, Vec<FileCopy>) {
    with_files_of_its_own(service, sent.clone())
}

/// The names of fields that were asked for, and of the signatures, which do not outlive a change.
pub(super) fn may_change(service: &Service, to_mend: &[Reason], field: &str) -> bool {
    let named = to_mend.iter().any(|reason| reason.field.split('.').next() == Some(field));
    let signs = || service.fields().any(|(_, one)| one.id == *field && one.kind.signature().is_some());
    named || signs()
}

/// Refuses changes of what was not asked for.
pub(crate) fn unasked(service: &Service, to_mend: &[Reason], changed: &Answers) -> Vec<FieldError> {
    let unasked = changed.0.keys().filter(|field| !may_change(service, to_mend, field));
    let refusal = |field: &String| FieldError {
        step: "correction".into(),
        field: field.clone(),
        row: None,
        severity: Severity::Block,
        code: "not-asked".to_owned(),
        message: Text::new("这一项不用补，没有改动", "This was not asked for and stays as it is"),
    };
    unasked.map(refusal).collect()
}
