//! A name under the papers: they are shown filled in, then the finger writes. Whoever cannot write by hand types the
//! name.

mod pad;
mod papers;

use leptos::prelude::*;
use serde_json::Value;

use crate::draft_session::BoundField;
use crate::i18n::{format_time, tr};
use pad::{SignaturePad, Writing, strokes_view};
use papers::Papers;

#[component]
pub(super) fn SignatureField(field: BoundField) -> impl IntoView {
    let writing = Writing::default();
    let (papers_of, value_of) = (field.clone(), field.clone());
    let value = Memo::new(move |_| value_of.value());
    let signature = move || {
        let (field, value) = (field.clone(), value.get());
        if field.definition.kind.kind().is_empty(&value) {
            let is_stale = value.get("stale").is_some();
            view! { <SignaturePad field writing is_stale /> }.into_any()
        } else {
            signed(field, &value).into_any()
        }
    };
    view! {
        <Papers field=papers_of />
        {signature}
    }
}

/// The signature as it stands, and the way to write it again.
fn signed(field: BoundField, value: &Value) -> impl IntoView {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (strokes, name) = (text("strokes"), text("typed"));
    let id = field.id();
    let note = format!("{} {} · ", tr("已签名", "Signed"), format_time(&text("at")));
    view! {
        <div class="pad" id=id tabindex="-1" data-signed="true">
            {strokes_view(strokes.into())}
            {(!name.is_empty()).then(|| view! { <strong class="pad-typed">{name}</strong> })}
        </div>
        <p class="control-note">
            {note}
            <button type="button" class="link" on:click=move |_| field.set(Value::Null)>
                {tr("重签", "Sign again")}
            </button>
        </p>
    }
}
