//! Every document has a way to be given, an item that needs it, and a source where it is not a file.

use super::places::Placed;
use super::{Fault, fault};
use crate::material::Mode;
use crate::service::{Material, Service};

/// Materials whose mode nobody can answer.
pub(super) fn check(service: &Service, placed: &[Placed<'_>]) -> Vec<Fault> {
    service.materials.iter().flat_map(|material| of_material(service, placed, material)).collect()
}

fn of_material(service: &Service, placed: &[Placed<'_>], material: &Material) -> Vec<Fault> {
    let place = format!("materials.{}", material.id);
    let mut faults = Vec::new();
    let mut need = |found: bool, code: &'static str, says: &str| {
        if !found {
            faults.push(fault(code, &place, says));
        }
    };
    let kind = material.field.as_ref().and_then(|field| service.field(field)).map(|field| &field.kind);
    let uploads = placed.iter().filter_map(|each| each.field.kind.attachments());
    let has_upload = uploads.into_iter().any(|upload| upload.material == material.id);
    let has_lookup = kind.is_some_and(|kind| kind.lookup().is_some());
    let has_picker = kind.is_some_and(|kind| kind.certificate().is_some());
    let are_signatures =
        material.signed_by.iter().all(|id| service.field(id).is_some_and(|field| field.kind.signature().is_some()));
    need(are_signatures, "unknown-field", "`signed_by` names signature fields");
    let has_form = material.form.iter().all(|id| service.field(id).is_some());
    need(has_form, "unknown-field", "`form` names fields");
    let is_generated = material.mode == Mode::Generated;
    let is_plain = material.form.is_empty() && material.signed_by.is_empty();
    need(is_generated || is_plain, "form-not-generated", "only a generated document has a form and signatures");
    let has_consent = material.field.is_none() || kind.is_some_and(|kind| kind.consent().is_some());
    need(!material.items.is_empty(), "material-without-item", "no item needs it");
    match material.mode {
        Mode::Generated => {
            need(!has_upload, "generated-with-upload", "it is made from the answers and uploaded as well");
            need(has_consent, "generated-without-consent", "its field is no consent");
        }
        Mode::Verified => need(has_lookup, "verified-without-lookup", "no lookup field verifies it"),
        Mode::Certificate => need(has_picker, "certificate-without-picker", "no certificate field offers it"),
        Mode::Upload => need(has_upload, "upload-without-field", "no attachments field takes it"),
    }
    if matches!(material.mode, Mode::Verified | Mode::Certificate) {
        need(has_upload, "no-fallback", "when the register or the wallet has nothing, no upload takes its place");
        need(material.source.is_some(), "material-without-source", "say which register or certificate stands in");
    }
    faults
}
