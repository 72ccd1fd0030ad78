//! The ways in which an application begins: anew, for a sibling, or to mend what the office returned.

use contract::api::{Draft, NewDraft};
use contract::id::{DivisionCode, Reference, ServiceId};

use super::{Ask, send};

pub(crate) fn create_draft(service: &ServiceId, division: &DivisionCode) -> Ask<Draft> {
    begin(service, division, None, None)
}

/// Begins an application of the same family: what they share is there already.
pub(crate) fn create_sibling(service: &ServiceId, division: &DivisionCode, of: &Reference) -> Ask<Draft> {
    begin(service, division, Some(of.clone()), None)
}

/// Opens the answers of a case that the office returned.
pub(crate) fn create_correction(service: &ServiceId, division: &DivisionCode, of: &Reference) -> Ask<Draft> {
    begin(service, division, None, Some(of.clone()))
}

fn begin(
    service: &ServiceId,
    division: &DivisionCode,
    sibling_of: Option<Reference>,
    corrects: Option<Reference>,
) -> Ask<Draft> {
    let new = NewDraft { service: service.clone(), division: division.clone(), sibling_of, corrects };
    send("POST", "/api/drafts", &new)
}
