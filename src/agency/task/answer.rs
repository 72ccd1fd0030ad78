//! One answer: what was given, what the registers say beside it, what rules say below it, and the tick for a return.

use contract::Journey;
use contract::journey::ShownField;
use leptos::prelude::*;
use serde_json::Value;

use super::corrections::{CorrectionTick, CorrectionWords};
use super::field_place::FieldPlace;
use super::pictures::Thumbnails;
use super::{OpenTask, register};
use crate::i18n::{self, format_time, tr, tr_text};

/// Tracks the task's verdicts.
pub(super) fn answer_line(
    task: OpenTask,
    journey: &Journey<'static>,
    place: FieldPlace,
    shown: &ShownField<'static>,
    value: &Value,
) -> AnyView {
    let verdicts = task.verdicts_at(&place);
    let is_warned = !verdicts.is_empty();
    let warnings = verdicts
        .iter()
        .map(|verdict| view! { <p class="fact-verdict">"⚠ "{tr_text(&verdict.says)}</p> })
        .collect_view();
    let field = shown.field;
    let label = tr_text(&field.label);
    // What a register or a formula gives, the applicant cannot correct.
    let can_correct = field.kind.lookup().is_none() && field.kind.computed().is_none();
    let is_document = field.kind.attachments().is_some();
    let given = match is_document {
        true => view! { <Thumbnails task files=value.clone() /> }.into_any(),
        false => given(shown, value),
    };
    let tick = can_correct.then(|| view! { <CorrectionTick task place=place.clone() label=label.clone() /> });
    let words = can_correct.then(|| view! { <CorrectionWords task place=place.clone() is_document /> });
    view! {
        <div class="fact" data-fact=place.name() data-warned=is_warned.to_string()>
            <dt class="fact-label">{tick}<span class="fact-jump" tabindex="-1">{label}</span></dt>
            <dd class="fact-given">{given}{warnings}{words}</dd>
            <dd class="fact-register">{register::beside(task, journey, field, value)}</dd>
        </div>
    }
    .into_any()
}

pub(super) fn row_heading(heading: String) -> AnyView {
    view! { <div class="fact-row"><dt><strong>{heading}</strong></dt><dd></dd></div> }.into_any()
}

fn given(shown: &ShownField<'static>, value: &Value) -> AnyView {
    if shown.field.kind.signature().is_some() {
        return signature(value);
    }
    let text = shown.field.kind.kind().show(value, i18n::language());
    match value.as_str() {
        _ if text.is_empty() => view! { <span class="queue-quiet">"—"</span> }.into_any(),
        Some(whole) if whole != text && text.contains('*') => {
            view! { <RedactedNumber redacted=text whole=whole.to_owned() /> }.into_any()
        }
        _ => view! { <span>{text}</span> }.into_any(),
    }
}

/// A number that need not be read by whoever looks over the shoulder, until the officer compares it.
#[component]
fn RedactedNumber(redacted: String, whole: String) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let number = move || if is_shown.get() { whole.clone() } else { redacted.clone() };
    let label = move || if is_shown.get() { tr("隐藏", "Hide") } else { tr("显示", "Show") };
    view! {
        <span class="fact-number">{number}</span>
        <button
            type="button"
            class="link fact-show"
            on:click=move |_| is_shown.update(|is_shown| *is_shown = !*is_shown)
        >
            {label}
        </button>
    }
}

/// As it was drawn or typed.
pub(super) fn signature(value: &Value) -> AnyView {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (strokes, typed, signed_at) = (text("strokes"), text("typed"), text("at"));
    if strokes.is_empty() && typed.is_empty() {
        return view! { <span class="queue-quiet">{tr("没有签名", "Not signed")}</span> }.into_any();
    }
    let drawn = (!strokes.is_empty()).then(|| {
        view! {
            <svg
                class="signature"
                viewBox="0 0 600 200"
                fill="none"
                stroke="currentColor"
                stroke-width="4"
                stroke-linecap="round"
                stroke-linejoin="round"
                role="img"
                aria-label=tr("手写签名", "Signature by hand")
            >
                <path d=strokes></path>
            </svg>
        }
    });
    let typed = (!typed.is_empty()).then(|| view! { <strong class="signature-typed">{typed}</strong> });
    view! {
        {drawn}
        {typed}
        <span class="queue-service">{format_time(&signed_at)}{tr(" 签", " signed")}</span>
    }
    .into_any()
}
