//! An answer made from others: read-only, always in step with them.

use leptos::prelude::*;

use crate::draft_session::BoundField;
use crate::i18n;

#[component]
pub(super) fn ComputedField(field: BoundField) -> impl IntoView {
    let id = field.id();
    let text = Memo::new(move |_| {
        let value = field.journey_value();
        match field.definition.kind.kind().show(&value, i18n::language()) {
            empty if empty.is_empty() => "—".to_owned(),
            text => text,
        }
    });
    view! { <output id=id>{text}</output> }
}
