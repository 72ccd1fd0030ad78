//! A register asked with a number that was just typed. What it knows need not be proved; what is wrong can be said.

mod source;

use contract::kinds::{Lookup, LookupStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::api::ApiError;
use crate::draft_session::BoundField;
use crate::http::from_json;
use crate::i18n::{self, tr, tr_text};
pub(super) use source::{SourceNote, is_locked};

#[component]
pub(super) fn LookupField(field: BoundField, settings: &'static Lookup) -> impl IntoView {
    let id = field.id();
    let request = RwSignal::new(Request::Idle);
    let asked_field = field.clone();
    let ask = Callback::new(move |()| look_up(&asked_field, request));
    ask_when_complete(&field, settings, ask);
    let value_of = field.clone();
    let answer = Memo::new(move |_| value_of.value());
    let is_invalid = Memo::new(move |_| field.is_invalid());
    let outcome = move || match request.get() {
        Request::Busy => view! { <p class="notice" role="status">{tr("正在核验…", "Checking…")}</p> }.into_any(),
        Request::Failed(error) => ask_again(error.message(), ask).into_any(),
        Request::Idle => answer.with(|answer| outcome_of(settings, answer, is_invalid, ask)),
    };
    view! { <div class="control" id=id tabindex="-1">{outcome}</div> }
}

/// What the app asked of the register.
#[derive(Clone, PartialEq)]
enum Request {
    Idle,
    Busy,
    Failed(ApiError),
}

fn look_up(field: &BoundField, request: RwSignal<Request>) {
    if request.get_untracked() == Request::Busy {
        return;
    }
    request.set(Request::Busy);
    let (session, id) = (field.session, &field.definition.id);
    spawn_local(async move {
        let state = match session.look_up(id, false).await {
            Ok(()) => Request::Idle,
            Err(error) => Request::Failed(error),
        };
        // The step may have been left meanwhile.
        request.try_set(state);
    });
}

/// Asks by itself, once for each key whose answers are right.
fn ask_when_complete(field: &BoundField, settings: &'static Lookup, ask: Callback<()>) {
    let (session, id) = (field.session, &field.definition.id);
    Effect::new(move |before: Option<String>| {
        let key = session.journey.with(|journey| journey.key(settings)).unwrap_or_default();
        let is_new = before.as_ref() != Some(&key);
        let is_answered =
            before.is_none() && session.answers.with_untracked(|answers| status_in(answers.get(id)).is_some());
        if !key.is_empty() && is_new && !is_answered {
            ask.run(());
        }
        key
    });
}

fn outcome_of(settings: &Lookup, answer: &Value, is_invalid: Memo<bool>, ask: Callback<()>) -> AnyView {
    match status_in(answer) {
        Some(LookupStatus::Matched) => matched(settings, answer),
        Some(_) if settings.says.is_some() => {
            note(tr("暂时查不到，不影响办理。", "It cannot be looked up just now, you can go on.")).into_any()
        }
        Some(LookupStatus::Doubted) => note(tr(
            "已记下登记有误。请改正并上传证照照片，工作人员会核对。",
            "Noted: the register is wrong. Correct it below and add a photo of the document; an officer will check it.",
        ))
        .into_any(),
        Some(LookupStatus::NotFound) => {
            let message = tr(
                "没有查到这个号码。请再看一遍号码；号码没错的话，拍一张证照就行。",
                "This number was not found. Compare it once more; if it is right, a photo of the document will do.",
            );
            ask_again(message.to_owned(), ask).into_any()
        }
        Some(LookupStatus::Unavailable) => {
            let message = tr(
                "暂时查不了，不耽误您办：拍一张证照就行，也可以再查一次。",
                "The register does not answer just now. Go on with a photo of the document, or check again.",
            );
            ask_again(message.to_owned(), ask).into_any()
        }
        None => {
            let message = tr("填好上面的号码就会自动核验。", "It is checked as soon as the number above is complete.");
            is_invalid.get().then(|| ask_again(message.to_owned(), ask)).into_any()
        }
    }
}

fn matched(settings: &Lookup, answer: &Value) -> AnyView {
    if let Some(message) = settings.told(answer, i18n::language()) {
        return view! { <p class="control-note" role="status" data-told="true">{message}</p> }.into_any();
    }
    view! {
        <div class="card-title">
            <span>{tr_text(&settings.source)}</span>
            <span class="tag">{tr("免提交 · 已核验", "No paper · checked")}</span>
        </div>
    }
    .into_any()
}

fn note(message: &'static str) -> impl IntoView {
    view! { <p class="notice" data-look="warn" role="status">{message}</p> }
}

fn ask_again(message: String, ask: Callback<()>) -> impl IntoView {
    view! {
        <div class="notice" data-look="warn" role="status">
            <p>{message}</p>
            <button type="button" class="link" on:click=move |_| ask.run(())>{tr("再核验一次", "Check again")}</button>
        </div>
    }
}

fn status_in(answer: &Value) -> Option<LookupStatus> {
    from_json(answer.get("status")?.clone())
}
