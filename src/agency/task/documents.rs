//! The documents that this item asks for: files as thumbnails, waived ones as a line, generated ones as they were
//! signed.

use contract::Journey;
use contract::id::FieldId;
use contract::material::{AskedMaterial, Mode};
use contract::service::Material;
use leptos::prelude::*;
use serde_json::Value;

use super::answer::signature;
use super::pictures::Thumbnails;
use super::{OpenTask, asked};
use crate::agency::wording::json_name;
use crate::i18n::{self, tr, tr_text};

#[component]
pub(super) fn Documents(task: OpenTask) -> impl IntoView {
    move || {
        let journey = task.journey.read();
        let documents = task.detail.with(|detail| asked::documents(task.service, detail));
        if documents.is_empty() {
            return None;
        }
        let lines = documents.iter().map(|document| line(task, &journey, document)).collect_view();
        Some(view! {
            <section class="card task-section" data-papers="true">
                <h2>{tr("材料", "Documents")}</h2>
                <ul class="task-papers">{lines}</ul>
            </section>
        })
    }
}

fn line(task: OpenTask, journey: &Journey<'static>, document: &AskedMaterial<'static>) -> AnyView {
    let material = document.material;
    let (look, label) = mode_label(document);
    let body = match document.mode {
        Mode::Generated => Some(generated(task, journey, material)),
        Mode::Certificate => material.field.as_ref().map(|field| certificate(task, journey, field)),
        Mode::Upload => {
            let files = uploaded_files(journey, &document.uploads);
            Some(view! { <Thumbnails task files /> }.into_any())
        }
        Mode::Verified => None,
    };
    view! {
        <li class="task-paper" data-material=material.id.0.clone() data-mode=json_name(document.mode)>
            <div class="task-paper-head">
                <strong>{tr_text(&material.title)}</strong>
                <span class="tag" data-look=look>{label}</span>
            </div>
            {body}
        </li>
    }
    .into_any()
}

fn mode_label(document: &AskedMaterial<'_>) -> (&'static str, &'static str) {
    match document.mode {
        _ if !document.given => ("warn", tr("没有", "Missing")),
        Mode::Generated => ("", tr("系统生成", "Made from the answers")),
        Mode::Verified => ("", tr("免提交 · 已核验", "No paper needed · checked")),
        Mode::Certificate => ("", tr("免提交 · 电子证照", "No paper needed · certificate")),
        Mode::Upload => ("info", tr("上传", "Uploaded")),
    }
}

/// The certificate as it was chosen from the library.
fn certificate(task: OpenTask, journey: &Journey<'static>, field: &str) -> AnyView {
    let text =
        task.service.field(field).map(|found| found.kind.kind().show(journey.answers.get(field), i18n::language()));
    view! { <p class="queue-service">{text}</p> }.into_any()
}

fn uploaded_files(journey: &Journey<'static>, paths: &[String]) -> Value {
    let answers_at = |path: &String| -> Vec<Value> {
        match path.split_once('.') {
            None => vec![journey.answers.get(path).clone()],
            Some((group, inner)) => journey.answers.rows(group).filter_map(|row| row.get(inner).cloned()).collect(),
        }
    };
    let files = |answer: Value| if let Value::Array(files) = answer { files } else { Vec::new() };
    Value::Array(paths.iter().flat_map(answers_at).flat_map(files).collect())
}

/// A document made from the answers, with what stands on it and the names under it.
fn generated(task: OpenTask, journey: &Journey<'static>, material: &'static Material) -> AnyView {
    let lines: Vec<AnyView> = material.form.iter().filter_map(|id| form_line(task, journey, id)).collect();
    let form = (!lines.is_empty()).then(|| {
        view! {
            <details class="paper">
                <summary>{tr("看内容", "See what it says")}</summary>
                <dl class="facts">{lines}</dl>
            </details>
        }
    });
    let signatures: Vec<AnyView> =
        material.signed_by.iter().filter_map(|id| signature_line(task, journey, id)).collect();
    let signatures = (!signatures.is_empty()).then(|| view! { <div class="task-signatures">{signatures}</div> });
    let consent = material.field.as_ref().and_then(|field| consent(task, journey, field));
    view! { {form}{consent}{signatures} }.into_any()
}

fn form_line(task: OpenTask, journey: &Journey<'static>, id: &FieldId) -> Option<AnyView> {
    let field = task.service.field(id)?;
    let text = field.kind.kind().show(journey.answers.get(id), i18n::language());
    (!text.is_empty()).then(|| view! { <div><dt>{tr_text(&field.label)}</dt><dd>{text}</dd></div> }.into_any())
}

fn signature_line(task: OpenTask, journey: &Journey<'static>, id: &FieldId) -> Option<AnyView> {
    let field = task.service.field(id)?;
    let is_asked = journey.steps.iter().flat_map(|step| &step.fields).any(|shown| shown.field.id == *id);
    if !is_asked {
        return None;
    }
    let line = view! {
        <div class="task-signature">
            <span class="queue-service">{tr_text(&field.label)}</span>
            {signature(journey.answers.get(id))}
        </div>
    };
    Some(line.into_any())
}

/// The text that was agreed to.
fn consent(task: OpenTask, journey: &Journey<'static>, field: &str) -> Option<AnyView> {
    let given = task.service.field(field)?.kind.consent()?;
    let consent = task.service.consent(&given.consent)?;
    let version = journey.answers.get(field).get("version").and_then(Value::as_u64);
    let summary = version.map_or_else(
        || tr("没有同意", "Not agreed").to_owned(),
        |version| format!("{}{version}{}", tr("已同意 · 第 ", "Agreed · version "), tr(" 版", "")),
    );
    let text = view! {
        <details class="paper">
            <summary>{summary}</summary>
            <p class="task-consent">{tr_text(&consent.body)}</p>
        </details>
    };
    Some(text.into_any())
}
