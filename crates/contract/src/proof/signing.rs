//! A request to sign names one person, whom a text message reaches, and has a next step when no signature comes.

use super::places::Placed;
use super::{Fault, fault};
use crate::field::FieldKind;
use crate::id::FieldId;
use crate::kinds::Remote;
use crate::service::Service;

/// A request that nobody answers lies about for as long at most.
const LONGEST_DAYS: u32 = 60;

/// Remote signatures that could reach the wrong person, or nobody.
pub(super) fn check(service: &Service, placed: &[Placed<'_>]) -> Vec<Fault> {
    let signatures = placed.iter().filter_map(|each| Some((each, each.field.kind.signature()?)));
    signatures
        .flat_map(|(each, signature)| {
            let Some(remote) = &signature.remote else { return Vec::new() };
            let mut faults = of_fields(service, each, remote);
            if signature.role.is_none() || signature.unsigned.is_none() {
                let says = "say as whom they sign (`role`) and what is done when nobody signs (`unsigned`)";
                faults.push(fault("remote-without-words", &each.place, says));
            }
            if !(1..=LONGEST_DAYS).contains(&remote.ends_after_days) {
                let says = format!("`ends_after_days` is 1 to {LONGEST_DAYS}");
                faults.push(fault("remote-without-end", &each.place, says));
            }
            faults
        })
        .collect()
}

fn of_fields(service: &Service, each: &Placed<'_>, remote: &Remote) -> Vec<Fault> {
    // In rows everybody has a phone of their own.
    let group = each.path.split_once('.').map(|(group, _)| format!("{group}.")).unwrap_or_default();
    let kind = |name: &FieldId| service.field(&format!("{group}{name}")).map(|field| &field.kind);
    let is_name = |kind: &FieldKind| matches!(kind, FieldKind::PersonName(_));
    let is_mobile = |kind: &FieldKind| matches!(kind, FieldKind::Phone(phone) if !phone.landline);
    let is_number = |kind: &FieldKind| matches!(kind, FieldKind::ResidentId(_));
    let mut faults = Vec::new();
    let mut need = |name: &FieldId, fits: &dyn Fn(&FieldKind) -> bool, wanted: &str| match kind(name) {
        None => faults.push(fault("unknown-field", &each.place, format!("`{name}` is not defined beside it"))),
        Some(kind) if !fits(kind) => {
            faults.push(fault("remote-wrong-kind", &each.place, format!("`{name}` must be {wanted}")));
        }
        Some(_) => {}
    };
    need(&remote.name, &is_name, "a person-name");
    need(&remote.phone, &is_mobile, "a phone without `landline`");
    if let Some(id) = &remote.id {
        need(id, &is_number, "a resident-id");
    }
    faults
}
