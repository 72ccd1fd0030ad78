//! One photograph large, with its order and a way to delete it. It is known by its id: another phone may have moved or
//! removed it while it is looked at.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::Stored;
use crate::api::{self, ApiError};
use crate::draft_session::BoundField;
use crate::i18n::tr;
use crate::ui::icon::{Icon, LineIcon};
use crate::ui::sheet::Sheet;
use crate::uploads::Uploads;

/// Shows the photograph with the opened id, and closes when it is gone.
#[component]
pub(super) fn Viewer(field: BoundField, stored: Memo<Vec<Stored>>, opened: RwSignal<Option<String>>) -> impl IntoView {
    let file = Memo::new(move |_| {
        let id = opened.get()?;
        stored.with(|stored| stored.iter().find(|file| file.id == id).cloned())
    });
    Effect::new(move || {
        if opened.with(Option::is_some) && file.with(Option::is_none) {
            opened.set(None);
        }
    });
    move || {
        let field = field.clone();
        file.get().map(|file| view! { <PhotographSheet field stored file opened /> })
    }
}

#[component]
fn PhotographSheet(
    field: BoundField,
    stored: Memo<Vec<Stored>>,
    file: Stored,
    opened: RwSignal<Option<String>>,
) -> impl IntoView {
    let close = move || opened.set(None);
    let (is_large, is_stuck) = (RwSignal::new(false), RwSignal::new(false));
    let id = file.id.clone();
    let is_first = Memo::new(move |_| stored.with(|stored| stored.first().is_some_and(|first| first.id == id)));
    let (moved_field, moved_id) = (field.clone(), file.id.clone());
    let move_forward = Callback::new(move |()| {
        change(&moved_field, &moved_id, |files, at| {
            if let Some(before) = at.checked_sub(1) {
                files.swap(before, at);
            }
        });
        close();
    });
    let (removed_field, removed_id) = (field.clone(), file.id.clone());
    let remove = move |_| {
        change(&removed_field, &removed_id, |files, at| {
            files.remove(at);
        });
        close();
    };
    let turn_button = (!file.is_pdf()).then({
        let file = file.clone();
        move || view! { <TurnButton field file opened is_stuck /> }
    });
    let move_button = move || {
        (!is_first.get()).then(|| {
            view! {
                <button
                    type="button"
                    class="button"
                    data-look="quiet"
                    data-move="true"
                    on:click=move |_| move_forward.run(())
                >
                    {tr("往前移", "Move forward")}
                </button>
            }
        })
    };
    view! {
        <Sheet title=file.name.clone() on_close=move |()| close()>
            <button
                type="button"
                class="picture"
                data-large=move || is_large.get().to_string()
                aria-label=tr("放大或缩小", "Zoom in or out")
                on:click=move |_| is_large.update(|is_large| *is_large = !*is_large)
            >
                <img src=api::attachment_url(&file.id, false) alt=file.name />
            </button>
            <p class="upload-error" role="alert" hidden=move || !is_stuck.get()>{ApiError::default().message()}</p>
            <div class="sheet-actions">
                {turn_button}
                {move_button}
                <button type="button" class="button" data-look="danger" on:click=remove>
                    {tr("删除这张", "Delete this one")}
                </button>
                <button type="button" class="button" data-look="main" on:click=move |_| close()>
                    <LineIcon icon=Icon::Check />
                    {tr("好的", "Done")}
                </button>
            </div>
        </Sheet>
    }
}

#[component]
fn TurnButton(
    field: BoundField,
    file: Stored,
    opened: RwSignal<Option<String>>,
    is_stuck: RwSignal<bool>,
) -> impl IntoView {
    let uploads = expect_context::<Uploads>();
    let is_turning = RwSignal::new(false);
    let turn = move |_| {
        let (field, Stored { id, name }) = (field.clone(), file.clone());
        is_turning.set(true);
        spawn_local(async move {
            // The viewer may be gone, or show another photograph, when the answer comes.
            if !uploads.turn(&field, &id, &name).await {
                is_turning.try_set(false);
                is_stuck.try_set(true);
            } else if opened.try_get_untracked().flatten().as_ref() == Some(&id) {
                opened.try_set(None);
            }
        });
    };
    view! {
        <button type="button" class="button" data-look="quiet" disabled=is_turning on:click=turn>
            {tr("转正", "Turn")}
        </button>
    }
}

/// Changes the list of files around the one with this id; does nothing if that is gone.
fn change(field: &BoundField, id: &str, change: impl FnOnce(&mut Vec<Value>, usize)) {
    let mut files = field.value_untracked().as_array().cloned().unwrap_or_default();
    let is_it = |file: &Value| file.get("id").and_then(Value::as_str) == Some(id);
    let Some(at) = files.iter().position(is_it) else { return };
    change(&mut files, at);
    // What was asked for later stays asked for.
    let is_unanswered = files.is_empty() && !field.definition.later;
    field.set(if is_unanswered { Value::Null } else { Value::Array(files) });
}
