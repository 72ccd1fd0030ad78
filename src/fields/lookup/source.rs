//! What a register filled in: where it comes from, and how to say that it is wrong.

use contract::Field;
use contract::kinds::Lookup;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::draft_session::BoundField;
use crate::i18n::{tr, tr_text};

/// "来自营业执照 · 不对？" under a filled field.
#[component]
pub(in crate::fields) fn SourceNote(field: BoundField) -> impl IntoView {
    let (lookup_field, lookup) = filling_lookup(&field)?;
    let session = field.session;
    let is_vouched = Memo::new(move |_| is_vouched_by(&field, lookup_field, lookup));
    let doubt = move |_| {
        spawn_local(async move {
            let _ = session.look_up(&lookup_field.id, true).await;
        });
    };
    Some(move || {
        let source = format!("{}{} · ", tr("来自", "From: "), tr_text(&lookup.source));
        is_vouched.get().then(|| {
            view! {
                <p class="control-source">
                    {source}
                    <button type="button" class="link" on:click=doubt>{tr("不对？", "Wrong?")}</button>
                </p>
            }
        })
    })
}

/// Whether a register vouches for the value: then it is changed only after saying that the register is wrong. Tracked.
pub(in crate::fields) fn is_locked(field: &BoundField) -> bool {
    filling_lookup(field).is_some_and(|(lookup_field, lookup)| is_vouched_by(field, lookup_field, lookup))
}

/// The lookup that fills a field, with its own field.
fn filling_lookup(field: &BoundField) -> Option<(&'static Field, &'static Lookup)> {
    if field.row_name().is_some() {
        return None;
    }
    field.session.service.fields().find_map(|(_, other)| {
        let lookup = other.kind.lookup().filter(|lookup| lookup.fills.contains_key(&field.definition.id))?;
        Some((other, lookup))
    })
}

/// Whether the answer is what the register said.
fn is_vouched_by(field: &BoundField, lookup_field: &Field, lookup: &Lookup) -> bool {
    let id = &field.definition.id;
    field.session.answers.with(|answers| {
        let answer = answers.get(&lookup_field.id);
        let found = lookup.fills.get(id).and_then(|name| answer.get("found")?.get(name));
        Lookup::matched(answer) && found == Some(answers.get(id))
    })
}
