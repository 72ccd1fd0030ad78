//! The frame of a question: label, helper, reason, error with a bar at the left, then the control itself.

use leptos::prelude::*;

use crate::i18n::tr;

/// What stands around a control.
#[derive(Default)]
pub(crate) struct ControlText {
    /// Of the input; helper and error get ids made from it.
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) help: String,
    pub(crate) why: String,
    pub(crate) optional: bool,
    /// Several inputs under one legend.
    pub(crate) group: bool,
}

#[component]
pub(crate) fn Control(
    text: ControlText,
    #[prop(into)] error: Signal<String>,
    #[prop(into, optional)] warning: Signal<String>,
    #[prop(into)] field: String,
    /// The row of a group that it stands in.
    #[prop(optional_no_strip)]
    row: Option<usize>,
    kind: &'static str,
    children: Children,
) -> impl IntoView {
    let ControlText { id, label, help, why, optional, group } = text;
    let label_id = format!("{id}-label");
    let mark = optional.then(|| view! { <span class="control-optional">{tr("（选填）", "(optional)")}</span> });
    let no_help = help.is_empty();
    let heading = if group {
        view! { <span class="control-label" id=label_id.clone()>{label}{mark}</span> }.into_any()
    } else {
        view! { <label class="control-label" id=label_id.clone() for=id.clone()>{label}{mark}</label> }.into_any()
    };
    let warning = move || {
        let message = warning.get();
        (!message.is_empty())
            .then(|| view! { <p class="control-warning notice" data-look="warn" role="status">{message}</p> })
    };
    view! {
        <div
            class="control"
            data-field=field
            data-row=row.map(|row| row.to_string())
            data-kind=kind
            data-invalid=move || error.with(|error| (!error.is_empty()).to_string())
            role=group.then_some("group")
            aria-labelledby=group.then_some(label_id)
            aria-describedby=group.then(|| described_by(&id))
        >
            {heading}
            {(!why.is_empty()).then(|| view! { <p class="control-why">{why}</p> })}
            <p class="control-help" id=format!("{id}-help") hidden=no_help>{help}</p>
            <p class="control-error" id=format!("{id}-error") hidden=move || error.with(String::is_empty)>{error}</p>
            <div class="control-body">{children()}</div>
            {warning}
        </div>
    }
}

/// For `aria-describedby` of the input with this id.
pub(crate) fn described_by(id: &str) -> String {
    format!("{id}-help {id}-error")
}
