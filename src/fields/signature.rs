//! A name under the papers: they are shown filled in, then the finger writes. Whoever cannot write by hand types the
//! name; whoever is elsewhere signs on their own phone.

mod pad;
mod papers;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::draft_session::BoundField;
use crate::i18n::{format_time, tr};
use crate::paths::Route;
use pad::strokes_view;
pub(crate) use pad::{SignaturePad, Writing};
use papers::Papers;

#[component]
pub(super) fn SignatureField(field: BoundField) -> impl IntoView {
    let writing = Writing::default();
    let (papers_of, value_of) = (field.clone(), field.clone());
    let value = Memo::new(move |_| value_of.value());
    let signature = move || {
        let (field, value) = (field.clone(), value.get());
        if field.definition.kind.kind().is_empty(&value) {
            unsigned(field, writing, value.get("stale").is_some()).into_any()
        } else {
            signed(field, &value).into_any()
        }
    };
    view! {
        <Papers field=papers_of />
        {signature}
    }
}

/// The pad, and the way to the signer's own phone where the form knows one.
fn unsigned(field: BoundField, writing: Writing, is_stale: bool) -> impl IntoView {
    let remote = field.definition.kind.signature().and_then(|signature| signature.remote.as_ref());
    let has_phone = remote.is_some_and(|remote| {
        field.session.journey.with_untracked(|journey| {
            journey.shown_answers().any(|(shown, answer)| shown.field.id == remote.phone && !answer.is_null())
        })
    });
    let elsewhere = has_phone.then(|| {
        view! {
            <a class="link" data-sign="elsewhere" href=Route::Signers { draft: field.session.id() }.url()>
                {tr("人不在身边？请对方用自己的手机签", "Not with you? Let them sign on their own phone")}
            </a>
        }
    });
    let (id, name) = (field.id(), field.name());
    let send = Callback::new(move |signature| {
        let field = field.clone();
        spawn_local(async move {
            writing.ended(field.session.sign(&field.signing_place(), &signature).await.err());
        });
    });
    view! {
        <SignaturePad id name writing is_stale send />
        {elsewhere}
    }
}

/// The signature as it stands, and the way to another one.
fn signed(field: BoundField, value: &Value) -> impl IntoView {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (strokes, name) = (text("strokes"), text("typed"));
    let id = field.id();
    let note = format!("{} {} · {}", tr("已签名", "Signed"), format_time(&text("at")), text("signer"));
    // From another phone it is not wiped off by the way.
    let again = match value.get("request") {
        None => tr("重签", "Sign again"),
        Some(_) => tr("作废这个签名", "Take this signature back"),
    };
    view! {
        <div class="pad" id=id tabindex="-1" data-signed="true">
            {strokes_view(strokes.into())}
            {(!name.is_empty()).then(|| view! { <strong class="pad-typed">{name}</strong> })}
        </div>
        <p class="control-note">
            {note}
            <button type="button" class="link" on:click=move |_| field.set(Value::Null)>
                {again}
            </button>
        </p>
    }
}
