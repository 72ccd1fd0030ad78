//! What a step still needs, each with a way to its place.

use contract::problem::FieldError;
use contract::service::Step;
use leptos::prelude::*;

use crate::browser;
use crate::draft_session::{BoundField, DraftSession, group_of};
use crate::i18n::{tr, tr_text};

#[component]
pub(super) fn ErrorSummary(session: DraftSession, step: &'static Step) -> impl IntoView {
    move || {
        let errors = session.errors_of(&step.id);
        (!errors.is_empty()).then(|| {
            view! {
                <div class="notice" data-look="error" role="alert">
                    <p class="notice-title">{tr("还差一点：", "Almost there:")}</p>
                    <ul>{errors.into_iter().map(|error| line(session, error)).map(IntoAny::into_any).collect_view()}</ul>
                </div>
            }
        })
    }
}

fn line(session: DraftSession, error: FieldError) -> impl IntoView {
    let label = session.service.field(&error.field).map(|field| tr_text(&field.label)).unwrap_or_default();
    let row = error.row.map(|row| format!(" {}", row + 1)).unwrap_or_default();
    let message = tr_text(&error.message);
    // A missing answer is named in its own sentence already.
    let sentence = match message.contains(&label) {
        true => format!("{message}{row}"),
        false => format!("{label}{row}{}{message}", tr("：", ": ")),
    };
    view! {
        <li>
            <button type="button" class="link" on:click=move |_| focus_on(session, &error)>
                {sentence}
            </button>
        </li>
    }
}

/// The control of an error takes the focus; scrolling comes with it.
pub(super) fn focus_on(session: DraftSession, error: &FieldError) {
    let Some(definition) = session.service.field(&error.field) else { return };
    let row = error.row.and_then(|index| {
        let group = group_of(session, &error.field)?;
        let name = session.answers.with_untracked(|answers| {
            let row = answers.rows(group).nth(index)?;
            row.get("row")?.as_str().map(str::to_owned)
        })?;
        Some((group, name))
    });
    browser::focus(format!("#{}", BoundField::new(session, definition, row).id()));
}
