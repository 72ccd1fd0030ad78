//! What registers say beside an answer: the same, something else, or nothing.

use contract::kinds::Lookup;
use contract::{Field, Journey};
use leptos::prelude::*;
use serde_json::Value;

use super::OpenTask;
use crate::i18n::{self, format_day, tr, tr_text};

/// For a lookup, how it ended; for what it fills, the register's own value.
pub(super) fn beside(
    task: OpenTask,
    journey: &Journey<'static>,
    field: &'static Field,
    value: &Value,
) -> Option<AnyView> {
    match field.kind.lookup() {
        Some(lookup) => outcome(lookup, value),
        None => registered_value(task, journey, field, value),
    }
}

fn outcome(lookup: &Lookup, value: &Value) -> Option<AnyView> {
    let status = value.get("status").and_then(Value::as_str).unwrap_or_default();
    let (look, label) = match status {
        "matched" => ("", tr("免提交 · 已核验", "No paper needed · checked")),
        "not-found" => ("warn", tr("登记里没有查到", "Not in the register")),
        "unavailable" => ("warn", tr("当时查不到登记", "The register did not answer")),
        "doubted" => ("warn", tr("申请人说登记有误", "The applicant doubts the register")),
        _ => return None,
    };
    let day = value.get("at").and_then(Value::as_str).map(|day| format!(" · {}", format_day(day)));
    let tag = view! {
        <span class="tag" data-look=look data-register=status.to_owned()>{label}</span>
        <span class="queue-service">{tr_text(&lookup.source)}{day}</span>
    };
    Some(tag.into_any())
}

/// The value of the register that fills this field, compared with the answer.
fn registered_value(
    task: OpenTask,
    journey: &Journey<'static>,
    field: &'static Field,
    value: &Value,
) -> Option<AnyView> {
    let filler = |(_, other): (_, &'static Field)| {
        let lookup = other.kind.lookup()?;
        let name = lookup.fills.get(&field.id)?;
        let found = journey.answers.get(&other.id).get("found")?.get(name)?.clone();
        Some((lookup, found))
    };
    let (lookup, found) = task.service.fields().find_map(filler)?;
    let source = tr_text(&lookup.source);
    if found == *value {
        let tag = view! {
            <span class="tag" data-register="same">{tr("登记一致", "As registered")}</span>
            <span class="queue-service">{source}</span>
        };
        return Some(tag.into_any());
    }
    let registered = field.kind.kind().show(&found, i18n::language());
    let tag = view! {
        <span class="tag" data-look="warn" data-register="other">{tr("与登记不同", "Differs")}</span>
        <span class="fact-registered">{format!("{}{registered}", tr("登记：", "Register: "))}</span>
        <span class="queue-service">{source}</span>
    };
    Some(tag.into_any())
}
