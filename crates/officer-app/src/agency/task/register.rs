//! What registers say beside an answer: the same, something else, or nothing.

use contract::kinds::Lookup;
use contract::{Field, Journey};
use markup::view;
use serde_json::Value;

use super::Task;
use crate::settings;
use crate::ui::dom::View;
use crate::words::{day_of, say, t};

/// For a lookup, how it ended; for what it fills, the register's own value.
pub(super) fn beside(task: Task, journey: &Journey<'static>, field: &'static Field, value: &Value) -> View {
    match field.kind.lookup() {
        Some(lookup) => ended(lookup, value),
        None => vouched(task, journey, field, value).unwrap_or_default(),
    }
}

fn ended(lookup: &Lookup, value: &Value) -> View {
    let status = value.get("status").and_then(Value::as_str).unwrap_or_default();
    let (look, words) = match status {
        "matched" => ("", t("免提交 · 已核验", "No paper needed · checked")),
        "not-found" => ("warn", t("登记里没有查到", "Not in the register")),
        "unavailable" => ("warn", t("当时查不到登记", "The register did not answer")),
        "doubted" => ("warn", t("申请人说登记有误", "The applicant doubts the register")),
        _ => return View::none(),
    };
    let at = value.get("at").and_then(Value::as_str).map(|day| format!(" · {}", day_of(day)));
    view! { <span class="tag" data-look=look data-register=status.to_owned()>{words}</span><span class="queue-service">{say(&lookup.source)}{at}</span> }
}

/// The value of the register that fills this field, compared with the answer.
fn vouched(task: Task, journey: &Journey<'static>, field: &'static Field, value: &Value) -> Option<View> {
    let filler = |(_, each): (_, &'static Field)| {
        let lookup = each.kind.lookup()?;
        let name = lookup.fills.get(&field.id)?;
        let found = journey.answers.get(&each.id).get("found")?.get(name)?.clone();
        Some((lookup, found))
    };
    let (lookup, found) = task.service.fields().find_map(filler)?;
    let source = say(&lookup.source);
    if found == *value {
        return Some(
            view! { <span class="tag" data-register="same">{t("登记一致", "As registered")}</span><span class="queue-service">{source}</span> },
        );
    }
    let registered = field.kind.kind().show(&found, settings::language().get_untracked());
    Some(view! {
        <span class="tag" data-look="warn" data-register="other">{t("与登记不同", "Differs")}</span>
        <span class="fact-registered">{format!("{}{registered}", t("登记：", "Register: "))}</span>
        <span class="queue-service">{source}</span>
    })
}
