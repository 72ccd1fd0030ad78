//! Which documents a journey asks for, and how each is answered or waived (免提交).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::condition::Scope;
use crate::field::Field;
use crate::journey::Journey;
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
            lookup.map_or(crate::condition::is_present(answer), |_| Lookup::matched(answer))
        });
        let mode = if vouched || uploads.is_empty() { material.mode } else { Mode::Upload };
        let given = match mode {
            Mode::Generated => true,
            Mode::Verified | Mode::Certificate => vouched,
            Mode::Upload => !uploads.is_empty() && uploads.iter().all(|path| is_given(path, scope)),
        };
        AskedMaterial { material, mode, uploads, given }
    }
}

fn uploads(field: &Field, material: &Material) -> bool {
    field.kind.attachments().is_some_and(|attachments| attachments.material == material.id)
}

/// In every row, for an upload in a group.
fn is_given(path: &str, scope: &Scope<'_>) -> bool {
    match path.split_once('.') {
        None => crate::condition::is_present(scope.answers.get(path)),
        Some((group, field)) => {
            scope.answers.rows(group).all(|row| crate::condition::is_present(row.get(field).unwrap_or(&Value::Null)))
        }
    }
}
