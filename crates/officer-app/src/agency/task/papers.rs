//! The documents that this item asks for: files as thumbnails, waived ones as a line, generated ones as they were signed.

use contract::Journey;
use contract::material::{AskedMaterial, Mode};
use contract::service::Material;
use markup::view;
use serde_json::Value;

use super::line::signature;
use super::pictures::thumbnails;
use super::{Task, asked};
use crate::settings;
use crate::ui::dom::{CollectView, View};
use crate::ui::live::shows;
use crate::words::{say, t};

pub(super) fn view(task: Task) -> View {
    shows(move || papers(task))
}

fn papers(task: Task) -> Option<View> {
    let journey = task.journey.read();
    let own = asked::papers(task.service, &task.detail.read());
    if own.is_empty() {
        return None;
    }
    let lines = own.iter().map(|one| paper(task, &journey, one)).collect_view();
    Some(view! {
        <section class="card task-section" data-papers="true">
            <h2>{t("材料", "Documents")}</h2>
            <ul class="task-papers">{lines}</ul>
        </section>
    })
}

fn paper(task: Task, journey: &Journey<'static>, one: &AskedMaterial<'static>) -> View {
    let (look, words) = mode(one);
    let body = match one.mode {
        Mode::Generated => Some(generated(task, journey, one.material)),
        Mode::Certificate => one.material.field.as_ref().map(|field| certificate(task, journey, field)),
        Mode::Upload => Some(files(task, journey, &one.uploads)),
        Mode::Verified => None,
    };
    view! {
        <li class="task-paper" data-material=one.material.id.0.clone() data-mode=crate::agency::wording::word(one.mode)>
            <div class="task-paper-head"><strong>{say(&one.material.title)}</strong><span class="tag" data-look=look>{words}</span></div>
            {body}
        </li>
    }
}

fn mode(one: &AskedMaterial<'_>) -> (&'static str, &'static str) {
    match one.mode {
        _ if !one.given => ("warn", t("没有", "Missing")),
        Mode::Generated => ("", t("系统生成", "Made from the answers")),
        Mode::Verified => ("", t("免提交 · 已核验", "No paper needed · checked")),
        Mode::Certificate => ("", t("免提交 · 电子证照", "No paper needed · certificate")),
        Mode::Upload => ("info", t("上传", "Uploaded")),
    }
}

/// The certificate as it was chosen from the library.
fn certificate(task: Task, journey: &Journey<'static>, field: &str) -> View {
    let words = task
        .service
        .field(field)
        .map(|found| found.kind.kind().show(journey.answers.get(field), settings::language().get_untracked()));
    view! { <p class="queue-service">{words}</p> }
}

fn files(task: Task, journey: &Journey<'static>, paths: &[String]) -> View {
    let of_path = |path: &String| -> Vec<Value> {
        match path.split_once('.') {
            None => vec![journey.answers.get(path).clone()],
            Some((group, inner)) => journey.answers.rows(group).filter_map(|row| row.get(inner).cloned()).collect(),
        }
    };
    let files: Vec<Value> = paths
        .iter()
        .flat_map(of_path)
        .flat_map(|files| if let Value::Array(files) = files { files } else { Vec::new() })
        .collect();
    thumbnails(task, &Value::Array(files))
}

/// A paper made from the answers, with what stands on it and the names under it.
fn generated(task: Task, journey: &Journey<'static>, material: &'static Material) -> View {
    let language = settings::language().get_untracked();
    let shown = |id: &str| journey.steps.iter().flat_map(|step| &step.fields).any(|shown| shown.field.id == *id);
    let line = |id: &contract::id::FieldId| {
        let field = task.service.field(id)?;
        let words = field.kind.kind().show(journey.answers.get(id), language);
        (!words.is_empty()).then(|| view! { <div><dt>{say(&field.label)}</dt><dd>{words}</dd></div> })
    };
    let lines: Vec<View> = material.form.iter().filter_map(line).collect();
    let sign = |id: &contract::id::FieldId| {
        let field = task.service.field(id)?;
        shown(id).then(|| view! { <div class="task-signature"><span class="queue-service">{say(&field.label)}</span>{signature(journey.answers.get(id))}</div> })
    };
    let signatures: Vec<View> = material.signed_by.iter().filter_map(sign).collect();
    let consent = material.field.as_ref().and_then(|field| consent(task, journey, field));
    view! {
        {(!lines.is_empty()).then(|| view! {
            <details class="paper"><summary>{t("看内容", "See what it says")}</summary><dl class="facts">{lines}</dl></details>
        })}
        {consent}
        {(!signatures.is_empty()).then(|| view! { <div class="task-signatures">{signatures}</div> })}
    }
}

/// The text that was agreed to.
fn consent(task: Task, journey: &Journey<'static>, field: &str) -> Option<View> {
    let given = task.service.field(field)?.kind.consent()?;
    let consent = task.service.consent(&given.consent)?;
    let version = journey.answers.get(field).get("version").and_then(Value::as_u64);
    let words = version.map_or_else(
        || t("没有同意", "Not agreed").to_owned(),
        |version| format!("{}{version}{}", t("已同意 · 第 ", "Agreed · version "), t(" 版", "")),
    );
    Some(view! {
        <details class="paper"><summary>{words}</summary><p class="task-consent">{say(&consent.body)}</p></details>
    })
}
