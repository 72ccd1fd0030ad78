//! Whose task an item becomes: the place and the office that the answers name.

use super::{Item, Service};
use crate::answers::Answers;
use crate::field::FieldKind;
use crate::text::Lang;

/// What the answers say of where an item is decided. What they do not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The division of an address, or a text that names the place.
    pub place: String,
    /// The office as it was answered: the id of an option, or a name.
    pub office: String,
    /// The office as people read it.
    pub office_name: String,
}

impl Service {
    /// By `division_of` and `office_of`; empty where the item names neither.
    pub fn route(&self, item: &Item, answers: &Answers) -> Route {
        let text = |path: &str| answers.get(path).as_str().unwrap_or_default().trim().to_owned();
        let place = item.division_of.as_ref().map(|path| {
            let division = answers.get(path).get("division").and_then(serde_json::Value::as_str);
            division.map_or_else(|| text(path), str::to_owned)
        });
        let office = item.office_of.as_ref().map(|path| text(path)).unwrap_or_default();
        let shown = item.office_of.as_ref().filter(|_| !office.is_empty()).and_then(|path| {
            let field = self.field(path)?;
            Some(field.kind.kind().show(answers.get(path), Lang::Zh))
        });
        Route { place: place.unwrap_or_default(), office, office_name: shown.unwrap_or_default() }
    }
}

/// Whether a question can say where something lies.
pub(crate) fn names_a_place(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Address(_) | FieldKind::Text(_))
}

/// Whether a question can say which office it is.
pub(crate) fn names_an_office(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Choice(_) | FieldKind::Text(_))
}
