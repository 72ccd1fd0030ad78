//! Which documents a journey asks for, and how each is answered or waived (免提交).

use std::ptr;

use serde::{Deserialize, Serialize};

use crate::condition::{Scope, is_present};
use crate::field::Field;
use crate::id::FieldId;
use crate::journey::Journey;
use crate::json::words;
use crate::kinds::Lookup;
use crate::service::{Material, Service};

/// How a document reaches the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Mode {
    /// Made from the answers.
    Generated,
    /// Checked with a register.
    Verified,
    /// Chosen from the certificate library.
    Certificate,
    /// A file.
    Upload,
}

words! {
    Mode { Generated = "generated", Verified = "verified", Certificate = "certificate", Upload = "upload" }
}

/// A document that these answers ask for.
#[derive(Clone, Debug)]
pub struct AskedMaterial<'a> {
    pub material: &'a Material,
    /// Its mode here: a verification that did not match, or a certificate that is not there, falls back to an upload.
    pub mode: Mode,
    /// The upload fields that answer for it, as paths.
    pub uploads: Vec<String>,
    /// Whether it is answered.
    pub given: bool,
}

impl Service {
    /// The documents asked for on this journey, in the order of the definition.
    pub fn asked_materials<'a>(&'a self, journey: &Journey<'a>) -> Vec<AskedMaterial<'a>> {
        let scope = journey.scope(self);
        let asked = |material: &&Material| material.show_when.as_ref().is_none_or(|when| when.holds(&scope));
        self.materials.iter().filter(asked).map(|material| self.asked(material, journey, &scope)).collect()
    }

    fn asked<'a>(&'a self, material: &'a Material, journey: &Journey<'a>, scope: &Scope<'_>) -> AskedMaterial<'a> {
        let uploads: Vec<_> =
            journey.shown_fields().filter(|(_, field)| uploads(field, material)).map(|(path, _)| path).collect();
        let vouched = material.field.as_ref().is_some_and(|field| {
            let answer = scope.answers.get(field);
            let lookup = self.field(field).and_then(|field| field.kind.lookup());
            lookup.map_or(is_present(answer), |_| Lookup::matched(answer))
        });
        let mode = if vouched || uploads.is_empty() { material.mode } else { Mode::Upload };
        let given = match mode {
            Mode::Generated => is_signed(self, material, journey),
            Mode::Verified | Mode::Certificate => vouched,
            Mode::Upload => is_given(material, journey),
        };
        AskedMaterial { material, mode, uploads, given }
    }
}

fn uploads(field: &Field, material: &Material) -> bool {
    field.kind.attachments().is_some_and(|attachments| attachments.material == material.id)
}

/// Every signature that is asked for is there, and at least one is asked for where the document has any.
fn is_signed(service: &Service, material: &Material, journey: &Journey<'_>) -> bool {
    let signs = |path: &FieldId, field: &Field| service.field(path).is_some_and(|own| ptr::eq(own, field));
    let mut is_asked = material.signed_by.is_empty();
    for (shown, answer) in journey.shown_answers() {
        if material.signed_by.iter().any(|path| signs(path, shown.field)) {
            if shown.field.kind.kind().is_empty(answer) {
                return false;
            }
            is_asked = true;
        }
    }
    is_asked
}

/// There is a file, and none is missing where one is required: a row may leave its upload out or not show it at all.
fn is_given(material: &Material, journey: &Journey<'_>) -> bool {
    let mut given = false;
    for (shown, answer) in journey.shown_answers().filter(|(shown, _)| uploads(shown.field, material)) {
        if shown.required && !is_present(answer) {
            return false;
        }
        given |= is_present(answer);
    }
    given
}
