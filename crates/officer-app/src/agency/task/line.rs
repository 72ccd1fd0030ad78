//! One answer: what was given, what the registers say beside it, what rules say below it, and the tick for a return.

use contract::Journey;
use contract::journey::ShownField;
use markup::view;
use serde_json::Value;
use signals::RwSignal;

use super::{Task, marks, pictures, register};
use crate::settings;
use crate::ui::dom::{CollectView, View};
use crate::ui::live::{on, shows};
use crate::words::{say, t};

/// Where an answer stands: `sign.height` in row 0, `shop-name` in none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) field: String,
    pub(super) row: Option<usize>,
}

impl Place {
    /// `sign.height#0`.
    pub(super) fn name(&self) -> String {
        self.row.map_or_else(|| self.field.clone(), |row| format!("{}#{row}", self.field))
    }
}

pub(super) fn view(
    task: Task,
    journey: &Journey<'static>,
    place: Place,
    shown: &ShownField<'static>,
    value: &Value,
) -> View {
    let verdicts = task.verdicts_at(&place.field, place.row);
    let warnings = verdicts.iter().map(|verdict| view! { <p class="fact-verdict">"⚠ "{say(&verdict.says)}</p> });
    let field = shown.field;
    let label = say(&field.label);
    let can_mend = field.kind.lookup().is_none() && field.kind.computed().is_none();
    let is_paper = field.kind.attachments().is_some();
    let given = if is_paper { pictures::thumbnails(task, value) } else { answer(shown, value) };
    let beside = register::beside(task, journey, field, value);
    view! {
        <div class="fact" data-fact=place.name() data-warned=(!verdicts.is_empty()).to_string()>
            <dt class="fact-label">{can_mend.then(|| marks::tick(task, &place, &label))}<span class="fact-jump" tabindex="-1">{label.clone()}</span></dt>
            <dd class="fact-given">{given}{warnings.collect_view()}{can_mend.then(|| marks::wording(task, &place, is_paper))}</dd>
            <dd class="fact-register">{beside}</dd>
        </div>
    }
}

pub(super) fn row_heading(words: String) -> View {
    view! { <div class="fact-row"><dt><strong>{words}</strong></dt><dd></dd></div> }
}

fn answer(shown: &ShownField<'static>, value: &Value) -> View {
    if shown.field.kind.signature().is_some() {
        return signature(value);
    }
    let words = shown.field.kind.kind().show(value, settings::language().get_untracked());
    match value.as_str() {
        _ if words.is_empty() => view! { <span class="queue-quiet">"—"</span> },
        Some(whole) if whole != words && words.contains('*') => masked(words, whole.to_owned()),
        _ => view! { <span>{words}</span> },
    }
}

/// A number that need not be read by whoever looks over the shoulder, until it is compared.
fn masked(words: String, whole: String) -> View {
    let open = RwSignal::new(false);
    shows(move || {
        let (shown, label) =
            if open.get() { (whole.clone(), t("隐藏", "Hide")) } else { (words.clone(), t("显示", "Show")) };
        view! {
            <span class="fact-number">{shown}</span>
            <button type="button" class="link fact-show" on:click=on(move |_| open.update(|open| *open = !*open))>{label}</button>
        }
    })
}

/// As it was drawn or typed.
pub(super) fn signature(value: &Value) -> View {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (strokes, typed, at) = (text("strokes"), text("typed"), text("at"));
    if strokes.is_empty() && typed.is_empty() {
        return view! { <span class="queue-quiet">{t("没有签名", "Not signed")}</span> };
    }
    let drawn = (!strokes.is_empty()).then(|| {
        view! {
            <svg class="signature" viewBox="0 0 600 200" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round" role="img" aria-label=t("手写签名", "Signature by hand")>
                <path d=strokes></path>
            </svg>
        }
    });
    let typed = (!typed.is_empty()).then(|| view! { <strong class="signature-typed">{typed}</strong> });
    view! { {drawn}{typed}<span class="queue-service">{crate::words::time_of(&at)}{t(" 签", " signed")}</span> }
}
