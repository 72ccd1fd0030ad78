//! The answers of one step, as they will be sent.

use contract::Answers;
use contract::journey::{JourneyStep, ShownField};
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::draft_session::DraftSession;
use crate::i18n::{self, tr, tr_text};
use crate::paths::Route;
use crate::uploads::Uploads;

/// A card with every answer of a step, and the link to change them where the step may be changed; tracked.
pub(super) fn answers_of_step(
    session: DraftSession,
    uploads: Uploads,
    answers: &Answers,
    step: &JourneyStep<'static>,
) -> impl IntoView + use<> {
    let id = step.step.id.0.clone();
    let title = tr_text(&step.step.title);
    let fields = step.fields.iter();
    let lines = fields
        .flat_map(|shown| lines(uploads, shown, answers.get(shown.answered_as())))
        .map(IntoAny::into_any)
        .collect_view();
    let url = Route::Step { draft: session.id(), step: Some(id.clone()), from_review: true }.url();
    let may_change = step.fields.iter().any(|shown| session.asks(shown.field));
    let change = may_change.then(|| {
        view! {
            <a class="button" href=url aria-label=format!("{} {title}", tr("修改", "Change"))>
                {tr("修改", "Change")}
            </a>
        }
    });
    view! {
        <section class="card" data-review=id>
            <div class="card-title">
                <h2>{title}</h2>
                {change}
            </div>
            <dl class="facts">{lines}</dl>
        </section>
    }
}

fn lines(uploads: Uploads, shown: &ShownField<'static>, value: &Value) -> Vec<AnyView> {
    let Some(group) = shown.field.kind.rows() else { return vec![line(uploads, shown, value, "")] };
    let rows: Vec<&Map<String, Value>> = value.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    let several = rows.len() > 1;
    let row = |(at, row): (usize, &&Map<String, Value>)| {
        let prefix = if several { format!("{} {} · ", tr_text(&group.row_title), at + 1) } else { String::new() };
        let fields = shown.rows.get(at).map(Vec::as_slice).unwrap_or_default();
        let value = |inner: &ShownField<'static>| row.get(&*inner.field.id).unwrap_or(&Value::Null);
        fields.iter().map(|inner| line(uploads, inner, value(inner), &prefix)).collect::<Vec<_>>()
    };
    rows.iter().enumerate().flat_map(row).collect()
}

/// `prefix` names the row, where there are several.
fn line(uploads: Uploads, shown: &ShownField<'static>, value: &Value, prefix: &str) -> AnyView {
    let text = match shown.field.kind.kind().show(value, i18n::language()) {
        empty if empty.is_empty() && shown.required => tr("还没填", "Not answered").to_owned(),
        empty if empty.is_empty() => "—".to_owned(),
        text => text,
    };
    let pictures = shown.field.kind.attachments().map(|_| pictures(uploads, value));
    view! {
        <div data-answer=shown.field.id.0.clone()>
            <dt>{format!("{prefix}{}", tr_text(&shown.field.label))}</dt>
            <dd>{text}{pictures}</dd>
        </div>
    }
    .into_any()
}

/// Small pictures of the files of an answer.
fn pictures(uploads: Uploads, value: &Value) -> impl IntoView + use<> {
    let files = value.as_array().into_iter().flatten();
    let ids = files.filter(|file| !is_pdf(file)).filter_map(|file| file.get("id")?.as_str());
    let picture = |id: &str| view! { <img class="fact-picture" src=uploads.picture_of(id) alt="" loading="lazy" /> };
    ids.map(picture).map(IntoAny::into_any).collect_view()
}

fn is_pdf(file: &Value) -> bool {
    file.get("name").and_then(Value::as_str).is_some_and(|name| name.to_ascii_lowercase().ends_with(".pdf"))
}
