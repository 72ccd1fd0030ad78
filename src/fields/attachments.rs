//! Photographs and papers: a grid of thirds with progress, a tick when safe, and one dashed slot for one more.

mod camera;
mod sample;

use crate::ui::dom::{CollectView, View};
use contract::kinds::Attachments;
use markup::view;
use serde_json::Value;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::Slot;
use crate::api;
use crate::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{each, flag, live, on, shows};
use crate::ui::sheet::Sheet;
use crate::uploads::{self, Upload, UploadState};
use crate::words::t;

/// A file that the server has.
#[derive(Clone, PartialEq)]
struct Stored {
    id: String,
    name: String,
}

pub(super) fn view(slot: &Slot, settings: &'static Attachments) -> View {
    let (of_stored, of_way, of_add, of_open, of_camera) =
        (slot.clone(), slot.clone(), slot.clone(), slot.clone(), slot.clone());
    let place = slot.lasting_place();
    let stored = Signal::derive(move || stored_in(&of_stored.value()));
    let on_way = Signal::derive(move || {
        uploads::queue().read().files.iter().filter(|upload| upload.place == place).cloned().collect::<Vec<_>>()
    });
    let (opened, too_many) = (RwSignal::new(None::<usize>), RwSignal::new(false));
    uploads::expect();
    let room = move || stored.read().len() + on_way.read().len() < settings.max;
    let accept = if settings.accepts_pdf() { "image/*,application/pdf" } else { "image/*" };
    let several = settings.max > 1;
    let add = move |event: web_sys::Event| {
        let mut files = browser::take_files(&event.target().map(Into::into).unwrap_or_default());
        let room = settings.max.saturating_sub(stored.read_untracked().len() + on_way.read_untracked().len());
        too_many.set(files.len() > room);
        files.truncate(room);
        camera::is_back();
        uploads::add(&of_add, files);
    };
    let lost = camera::lost_here(&slot.lasting_place());
    let (id, name) = (of_way.id(), of_way.name());
    let sample = settings.sample.map(sample::view);
    let over = move || {
        let says = format!(
            "{} {}{}",
            t("最多", "At most"),
            settings.max,
            t(" 张，多出来的没有放进来。", ". The others were left out.")
        );
        too_many.get().then(|| view! { <p class="upload-hint" role="alert">{says}</p> })
    };
    view! {
        {lost}
        {sample}
        <div class="upload-grid">
            {shows(move || stored.get().into_iter().enumerate().map(|(at, file)| stored_slot(at, file, opened)).collect_view())}
            {each(on_way, way_slot)}
            <div class="upload-slot" data-look="add" hidden=flag(move || !room())>
                <label class="upload-add">
                    <span aria-hidden="true">"＋"</span>
                    <span>{shows(move || if stored.read().is_empty() { t("拍照 / 相册", "Camera / album") } else { t("再拍一张", "One more") })}</span>
                    <input type="file" id=id name=name accept=accept multiple=several on:click=on(move |_| camera::opens(&of_camera)) on:change=on(add) />
                </label>
            </div>
        </div>
        {shows(over)}
        {shows(move || failures(&on_way.read()))}
        {shows(move || stored.read().iter().map(hint).collect_view())}
        {shows(move || (!on_way.read().is_empty()).then(together))}
        {shows(move || opened.get().map(|at| viewer(of_open.clone(), stored, at, opened)))}
    }
}

fn stored_slot(at: usize, file: Stored, opened: RwSignal<Option<usize>>) -> View {
    let label = format!("{} {}", t("查看", "View"), file.name);
    let is_pdf = file.name.to_ascii_lowercase().ends_with(".pdf");
    let picture = if is_pdf {
        view! { <span class="upload-pdf">{file.name.clone()}</span> }
    } else {
        view! { <img src=uploads::picture_of(&file.id) alt="" /> }
    };
    view! {
        <div class="upload-slot" data-attachment=file.id.clone()>
            {picture}
            <span class="upload-badge" data-state="done" aria-hidden="true">"✓"</span>
            <button type="button" class="upload-open" aria-label=label on:click=on(move |_| opened.set(Some(at)))></button>
        </div>
    }
}

fn way_slot(upload: Upload) -> View {
    let key = upload.key.clone();
    let picture = (!upload.picture.is_empty()).then(|| view! { <img src=upload.picture alt="" /> });
    let state = match upload.state {
        UploadState::Sending(percent) => view! {
            <span class="upload-badge" role="progressbar" aria-label=upload.name aria-valuenow=percent.to_string()>{format!("{percent}%")}</span>
            <span class="upload-bar" style:width=format!("{percent}%")></span>
        },
        UploadState::Failed { again: true, .. } => {
            let label = format!("{} {}", t("再传一次", "Send again"), upload.name);
            view! {
                <span class="upload-badge" data-state="failed">{t("再传一次", "Again")}</span>
                <button type="button" class="upload-open" aria-label=label on:click=on(move |_| uploads::again(&key))></button>
            }
        }
        UploadState::Failed { again: false, .. } => {
            let label = format!("{} {}", t("拿掉", "Take away"), upload.name);
            view! {
                <span class="upload-badge" data-state="failed">{t("拿掉", "Take away")}</span>
                <button type="button" class="upload-open" aria-label=label on:click=on(move |_| uploads::forget(&key))></button>
            }
        }
    };
    view! { <div class="upload-slot" data-sending=upload.key>{picture}{state}</div> }
}

fn failures(on_way: &[Upload]) -> View {
    let sentence = |upload: &Upload| match &upload.state {
        UploadState::Failed { says, .. } => {
            Some(view! { <p class="upload-error" role="alert">{format!("{}：{says}", upload.name)}</p> })
        }
        UploadState::Sending(_) => None,
    };
    on_way.iter().filter_map(sentence).collect_view()
}

/// What could be better about a photograph; it may stay as it is.
fn hint(file: &Stored) -> View {
    match uploads::hint_of(&file.id) {
        "" => View::none(),
        says => view! { <p class="upload-hint" role="status">{format!("{}：{says}", file.name)}</p> },
    }
}

/// All files together, and how long they will take.
fn together() -> View {
    let queue = uploads::queue().read();
    let left = queue.files.iter().filter(|upload| matches!(upload.state, UploadState::Sending(_))).count();
    if left == 0 {
        return View::none();
    }
    let time = match queue.seconds {
        ..0 => String::new(),
        seconds @ 0..60 => format!("{}{seconds} {}", t("，大约还要 ", ", about "), t("秒", "seconds")),
        seconds => format!("{}{} {}", t("，大约还要 ", ", about "), seconds / 60 + 1, t("分钟", "minutes")),
    };
    view! { <p class="card-text" role="status">{format!("{} {left} {}{time}", t("还有", ""), t("张在传", "being sent"))}</p> }
}

/// One picture large, with its order and a way to delete it.
fn viewer(slot: Slot, stored: Signal<Vec<Stored>>, at: usize, opened: RwSignal<Option<usize>>) -> View {
    let Some(file) = stored.read_untracked().get(at).cloned() else { return View::none() };
    let close = move || opened.set(None);
    let is_pdf = file.name.to_ascii_lowercase().ends_with(".pdf");
    let (of_remove, of_turn, of_move) = (slot.clone(), slot.clone(), slot);
    let (turning, large, stuck) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let (id, name) = (file.id.clone(), file.name.clone());
    let turn = move |_| {
        let (slot, id, name) = (of_turn.clone(), id.clone(), name.clone());
        turning.set(true);
        spawn_local(async move {
            if uploads::turn(&slot, &id, &name).await {
                opened.set(None);
            } else {
                turning.set(false);
                stuck.set(true);
            }
        });
    };
    let remove = move |_| {
        change(&of_remove, |files| {
            files.remove(at);
        });
        close();
    };
    let earlier = move |_| {
        change(&of_move, |files| files.swap(at - 1, at));
        close();
    };
    view! {
        <Sheet title=file.name.clone() on_close=move |()| close()>
            <button type="button" class="picture" data-large=live(move || large.get().to_string()) aria-label=t("放大或缩小", "Zoom in or out") on:click=on(move |_| large.update(|large| *large = !*large))>
                <img src=api::attachment_url(&file.id, false) alt=file.name />
            </button>
            <p class="upload-error" role="alert" hidden=flag(move || !stuck.get())>{api::ApiError::default().says()}</p>
            <div class="sheet-actions">
                {(!is_pdf).then(|| view! { <button type="button" class="button" data-look="quiet" disabled=Signal::from(turning) on:click=on(turn)>{t("转正", "Turn")}</button> })}
                {(at > 0).then(|| view! { <button type="button" class="button" data-look="quiet" data-move="true" on:click=on(earlier)>{t("往前移", "Move forward")}</button> })}
                <button type="button" class="button" data-look="danger" on:click=on(remove)>{t("删除这张", "Delete this one")}</button>
                <button type="button" class="button" data-look="main" on:click=on(move |_| close())>{icon(Icon::Check)}{t("好的", "Done")}</button>
            </div>
        </Sheet>
    }
}

fn change(slot: &Slot, change: impl FnOnce(&mut Vec<Value>)) {
    let mut files = slot.value_now().as_array().cloned().unwrap_or_default();
    change(&mut files);
    // What was asked for later stays asked for.
    slot.set(if files.is_empty() && !slot.field.later { Value::Null } else { Value::Array(files) });
}

fn stored_in(value: &Value) -> Vec<Stored> {
    let text = |file: &Value, key: &str| file.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|file| Stored { id: text(file, "id"), name: text(file, "name") })
        .collect()
}
