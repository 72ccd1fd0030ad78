//! The frame of a question: label, helper, reason, error with a bar at the left, then the control itself.

use crate::ui::dom::View;
use markup::view;
use signals::Signal;

use super::live::{flag, live, shows};
use crate::words::t;

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

#[derive(Default)]
pub(crate) struct Control {
    pub(crate) text: ControlText,
    pub(crate) error: Signal<String>,
    pub(crate) warning: Signal<String>,
    pub(crate) field: String,
    pub(crate) row: Option<usize>,
    pub(crate) kind: &'static str,
    pub(crate) children: View,
}

impl Control {
    pub(crate) fn draw(self) -> View {
        let Self { text, error, warning, field, row, kind, children } = self;
        let ControlText { id, label, help, why, optional, group } = text;
        let label_id = format!("{id}-label");
        let mark = optional.then(|| view! { <span class="control-optional">{t("（选填）", "(optional)")}</span> });
        let no_help = help.is_empty();
        let heading = if group {
            view! { <span class="control-label" id=label_id.clone()>{label}{mark}</span> }
        } else {
            view! { <label class="control-label" id=label_id.clone() for=id.clone()>{label}{mark}</label> }
        };
        view! {
            <div
                class="control" data-field=field data-row=row.map(|row| row.to_string()) data-kind=kind
                data-invalid=live(move || (!error.read().is_empty()).to_string())
                role=group.then_some("group") aria-labelledby=group.then_some(label_id)
                aria-describedby=group.then(|| described_by(&id))
            >
                {heading}
                {(!why.is_empty()).then(|| view! { <p class="control-why">{why}</p> })}
                <p class="control-help" id=format!("{id}-help") hidden=no_help>{help}</p>
                <p class="control-error" id=format!("{id}-error") hidden=flag(move || error.read().is_empty())>{error}</p>
                <div class="control-body">{children}</div>
                {shows(move || {
                    let says = warning.get();
                    (!says.is_empty()).then(|| view! { <p class="control-warning notice" data-look="warn" role="status">{says}</p> })
                })}
            </div>
        }
    }
}

/// For `aria-describedby` of the input with this id.
pub(crate) fn described_by(id: &str) -> String {
    format!("{id}-help {id}-error")
}
