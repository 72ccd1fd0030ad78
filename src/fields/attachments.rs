//! Photographs and papers: a grid of thirds with progress, a tick when safe, and one dashed slot for one more.

mod camera;
mod queue;
mod sample;
mod viewer;

use contract::kinds::Attachments;
use leptos::prelude::*;
use serde_json::Value;
use web_sys::HtmlInputElement;

use crate::browser;
use crate::draft_session::BoundField;
use crate::i18n::tr;
use crate::local_store::LocalStore;
use crate::uploads::Uploads;
use camera::LostPageNotice;
use queue::{TotalProgress, UploadFailures, UploadSlot};
use sample::SampleHint;
use viewer::Viewer;

#[component]
pub(super) fn AttachmentsField(field: BoundField, settings: &'static Attachments) -> impl IntoView {
    let (uploads, store) = (expect_context::<Uploads>(), expect_context::<LocalStore>());
    store.expect();
    let (id, name) = (field.id(), field.name());
    let value_of = field.clone();
    let stored = Memo::new(move |_| stored_in(&value_of.value()));
    let (draft, place) = (field.session.id(), field.lasting_place());
    let lost_place = place.clone();
    let on_way = Memo::new(move |_| uploads.queued_for(&draft, &place));
    let (opened, has_too_many) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let room = move || settings.max.saturating_sub(stored.with(Vec::len) + on_way.with(Vec::len));
    let (camera_of, viewer_of) = (field.clone(), field.clone());
    let add = move |event| {
        let room = untrack(room);
        let mut files = browser::take_files(&event_target::<HtmlInputElement>(&event));
        has_too_many.set(files.len() > room);
        files.truncate(room);
        store.close_camera();
        uploads.add(&field, files);
    };
    let add_label = move || match stored.with(Vec::is_empty) {
        true => tr("拍照 / 相册", "Camera / album"),
        false => tr("再拍一张", "One more"),
    };
    let takes_several = settings.max > 1;
    let hints = move || stored.get().iter().map(|file| hint(uploads, file)).map(IntoAny::into_any).collect_view();
    view! {
        <LostPageNotice place=lost_place />
        {settings.sample.map(|sample| view! { <SampleHint sample /> })}
        <div class="upload-grid">
            <For each=move || stored.get() key=|file| file.id.clone() let:file>
                <StoredSlot file opened />
            </For>
            <For each=move || on_way.get() key=|upload| upload.key.clone() let:upload>
                <UploadSlot upload on_way />
            </For>
            <div class="upload-slot" data-look="add" hidden=move || room() == 0>
                <label class="upload-add">
                    <span aria-hidden="true">"＋"</span>
                    <span>{add_label}</span>
                    <input
                        type="file"
                        id=id
                        name=name
                        accept=if settings.accepts_pdf() { "image/*,application/pdf" } else { "image/*" }
                        multiple=takes_several
                        on:click=move |_| camera::opens(store, &camera_of)
                        on:change=add
                    />
                </label>
            </div>
        </div>
        {move || has_too_many.get().then(|| left_out(settings.max))}
        <UploadFailures on_way />
        {hints}
        <TotalProgress on_way />
        <Viewer field=viewer_of stored opened />
    }
}

/// A file that the server has.
#[derive(Clone, PartialEq)]
struct Stored {
    id: String,
    name: String,
}

impl Stored {
    fn is_pdf(&self) -> bool {
        self.name.to_ascii_lowercase().ends_with(".pdf")
    }
}

#[component]
fn StoredSlot(file: Stored, opened: RwSignal<Option<String>>) -> impl IntoView {
    let uploads = expect_context::<Uploads>();
    let label = format!("{} {}", tr("查看", "View"), file.name);
    let picture = match file.is_pdf() {
        true => view! { <span class="upload-pdf">{file.name}</span> }.into_any(),
        false => view! { <img src=uploads.picture_of(&file.id) alt="" /> }.into_any(),
    };
    let id = file.id.clone();
    view! {
        <div class="upload-slot" data-attachment=file.id>
            {picture}
            <span class="upload-badge" data-state="done" aria-hidden="true">"✓"</span>
            <button
                type="button"
                class="upload-open"
                aria-label=label
                on:click=move |_| opened.set(Some(id.clone()))
            ></button>
        </div>
    }
}

fn left_out(max: usize) -> impl IntoView {
    let rest = tr(" 张，多出来的没有放进来。", ". The others were left out.");
    view! { <p class="upload-hint" role="alert">{format!("{} {max}{rest}", tr("最多", "At most"))}</p> }
}

/// What could be better about a photograph; it may stay as it is.
fn hint(uploads: Uploads, file: &Stored) -> impl IntoView {
    let hint = uploads.hint_of(&file.id);
    let message = format!("{}：{hint}", file.name);
    (!hint.is_empty()).then(|| view! { <p class="upload-hint" role="status">{message}</p> })
}

fn stored_in(value: &Value) -> Vec<Stored> {
    let stored = |file: &Value| {
        let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Stored { id: text("id"), name: text("name") }
    };
    value.as_array().into_iter().flatten().map(stored).collect()
}
