//! The files of one field that are on their way: a slot for each with its progress, what failed, and all of them
//! together.

use leptos::prelude::*;

use crate::i18n::tr;
use crate::uploads::{Upload, UploadState, Uploads};

#[component]
pub(super) fn UploadSlot(upload: Upload, on_way: Memo<Vec<Upload>>) -> impl IntoView {
    let Upload { key, name, .. } = upload;
    let (picture_of, state_of) = (key.clone(), key.clone());
    let find = move |key: &str| on_way.with(|all| all.iter().find(|upload| upload.key == key).cloned());
    let picture = Memo::new(move |_| find(&picture_of).map(|upload| upload.picture).unwrap_or_default());
    let picture = move || {
        let picture = picture.get();
        (!picture.is_empty()).then(|| view! { <img src=picture alt="" /> })
    };
    let state = Memo::new(move |_| find(&state_of).map(|upload| upload.state));
    let own = key.clone();
    let state = move || {
        let (key, name) = (own.clone(), name.clone());
        state.get().map(|state| match state {
            UploadState::Sending(percent) => progress(name, percent).into_any(),
            UploadState::Failed { can_retry, .. } => view! { <FailedUpload key name can_retry /> }.into_any(),
        })
    };
    view! { <div class="upload-slot" data-sending=key>{picture}{state}</div> }
}

fn progress(name: String, percent: u64) -> impl IntoView {
    let text = format!("{percent}%");
    view! {
        <span class="upload-badge" role="progressbar" aria-label=name aria-valuenow=percent.to_string()>
            {text.clone()}
        </span>
        <span class="upload-bar" style:width=text></span>
    }
}

/// It is sent again, or taken out of the queue.
#[component]
fn FailedUpload(key: String, name: String, can_retry: bool) -> impl IntoView {
    let uploads = expect_context::<Uploads>();
    let (badge, action) = match can_retry {
        true => (tr("再传一次", "Again"), tr("再传一次", "Send again")),
        false => (tr("移除", "Remove"), tr("移除", "Remove")),
    };
    let act = move |_| if can_retry { uploads.retry(&key) } else { uploads.remove(&key) };
    let label = format!("{action} {name}");
    view! {
        <span class="upload-badge" data-state="failed">{badge}</span>
        <button type="button" class="upload-open" aria-label=label on:click=act></button>
    }
}

#[component]
pub(super) fn UploadFailures(on_way: Memo<Vec<Upload>>) -> impl IntoView {
    let messages = Memo::new(move |_| on_way.with(|all| all.iter().filter_map(failure).collect::<Vec<_>>()));
    let sentence = |message: String| view! { <p class="upload-error" role="alert">{message}</p> };
    move || messages.get().into_iter().map(sentence).map(IntoAny::into_any).collect_view()
}

fn failure(upload: &Upload) -> Option<String> {
    match &upload.state {
        UploadState::Failed { message, .. } => Some(format!("{}：{message}", upload.name)),
        UploadState::Sending(_) => None,
    }
}

/// The files of every field together, and how long they will take. It stands where this field has one.
#[component]
pub(super) fn TotalProgress(on_way: Memo<Vec<Upload>>) -> impl IntoView {
    let uploads = expect_context::<Uploads>();
    let message = Memo::new(move |_| match on_way.with(Vec::is_empty) {
        true => None,
        false => uploads.queue.with(|queue| total(queue.sending_count(), queue.seconds_left)),
    });
    move || message.get().map(|message| view! { <p class="card-text" role="status">{message}</p> })
}

fn total(count: usize, seconds_left: i64) -> Option<String> {
    let about = tr("，大约还要 ", ", about ");
    let time = match seconds_left {
        ..0 => String::new(),
        seconds @ 0..60 => format!("{about}{seconds} {}", tr("秒", "seconds")),
        seconds => format!("{about}{} {}", seconds / 60 + 1, tr("分钟", "minutes")),
    };
    (count > 0).then(|| format!("{} {count} {}{time}", tr("还有", ""), tr("张在传", "being sent")))
}
