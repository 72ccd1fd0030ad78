//! Files of a task: small on the page, and which two pictures belong side by side.

use contract::Journey;
use contract::journey::ShownField;
use leptos::prelude::*;
use serde_json::Value;

use super::OpenTask;
use super::field_place::FieldPlace;
use crate::agency::api;
use crate::i18n::{tr, tr_text};

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq)]
struct UploadedFile {
    id: String,
    name: String,
}

impl UploadedFile {
    fn all_in(answer: &Value) -> impl Iterator<Item = Self> {
        answer.as_array().into_iter().flatten().filter_map(|file| {
            let text = |name: &str| file.get(name).and_then(Value::as_str).map(str::to_owned);
            Some(Self { id: text("id")?, name: text("name").unwrap_or_default() })
        })
    }

    fn is_pdf(&self) -> bool {
        self.name.to_ascii_lowercase().ends_with(".pdf")
    }
}

/// The files of one answer, each a button that opens it large; a PDF is downloaded.
#[component]
pub(super) fn Thumbnails(
    task: OpenTask,
    /// As they stand in the answers.
    files: Value,
) -> AnyView {
    let thumbnails: Vec<AnyView> = UploadedFile::all_in(&files).map(|file| thumbnail(task, file)).collect();
    if thumbnails.is_empty() {
        return view! { <span class="queue-quiet">"—"</span> }.into_any();
    }
    view! { <span class="thumbnails">{thumbnails}</span> }.into_any()
}

fn thumbnail(task: OpenTask, file: UploadedFile) -> AnyView {
    let is_pdf = file.is_pdf();
    let UploadedFile { id, name } = file;
    if is_pdf {
        return view! {
            <a class="thumbnail" href=api::attachment_url(&id, false) download=name.clone()>
                "PDF"<span class="queue-service">{name.clone()}</span>
            </a>
        }
        .into_any();
    }
    let url = api::attachment_url(&id, true);
    let label = format!("{}{name}", tr("放大：", "Enlarge: "));
    view! {
        <button
            type="button"
            class="thumbnail"
            data-file=id.clone()
            aria-label=label
            on:click=move |_| task.viewing.set(Some(id.clone()))
        >
            <img src=url alt="" loading="lazy" />
        </button>
    }
    .into_any()
}

/// A picture, and the question that it answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) id: String,
    pub(super) label: String,
    place: FieldPlace,
}

/// All pictures of the task, in the order of the form.
pub(super) fn pictures_of(journey: &Journey<'static>) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for shown in journey.steps.iter().flat_map(|step| &step.fields) {
        let name = shown.answered_as();
        if shown.field.kind.rows().is_none() {
            let place = FieldPlace { field: name.0.clone(), row: None };
            pictures.extend(pictures_at(shown, &place, journey.answers.get(name)));
        }
        for (at, (fields, row)) in shown.rows.iter().zip(journey.answers.rows(name)).enumerate() {
            for inner in fields {
                let place = FieldPlace { field: format!("{name}.{}", inner.field.id), row: Some(at) };
                pictures.extend(pictures_at(inner, &place, row.get(&*inner.field.id).unwrap_or(&Value::Null)));
            }
        }
    }
    pictures
}

fn pictures_at(shown: &ShownField<'static>, place: &FieldPlace, answer: &Value) -> Vec<Picture> {
    if shown.field.kind.attachments().is_none() {
        return Vec::new();
    }
    let row = place.row.map(|row| format!(" {}", row + 1)).unwrap_or_default();
    let label = format!("{}{row}", tr_text(&shown.field.label));
    let picture = |file: UploadedFile| Picture { id: file.id, label: label.clone(), place: place.clone() };
    UploadedFile::all_in(answer).filter(|file| !file.is_pdf()).map(picture).collect()
}

/// The picture to lay beside another: the first of another question about the same thing, as before and after.
pub(super) fn partner(pictures: &[Picture], of: usize) -> Option<usize> {
    let own = pictures.get(of)?;
    let group = own.place.field.split_once('.')?.0;
    pictures.iter().position(|other| {
        other.place.row == own.place.row
            && other.place.field != own.place.field
            && other.place.field.split_once('.').is_some_and(|(other, _)| other == group)
    })
}
