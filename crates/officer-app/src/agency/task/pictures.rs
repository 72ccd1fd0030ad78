//! Files of a task: small on the page, and which two belong side by side.

use contract::journey::ShownField;
use markup::view;
use serde_json::Value;

use super::Task;
use super::line::Place;
use crate::agency::api;
use crate::ui::dom::{CollectView, View};
use crate::ui::live::on;
use crate::words::{say, t};

/// One file, and the question that it answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) label: String,
}

impl Picture {
    fn of(file: &Value, place: &Place, label: &str) -> Option<Self> {
        let text = |name: &str| file.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = text("name").unwrap_or_default();
        Some(Self { id: text("id")?, name, place: place.clone(), label: label.to_owned() })
    }

    pub(super) fn is_pdf(&self) -> bool {
        self.name.to_ascii_lowercase().ends_with(".pdf")
    }
}

/// The files of one answer, each a button that opens it large; PDF goes to a file of its own.
pub(super) fn thumbnails(task: Task, value: &Value) -> View {
    let nowhere = Place { field: String::new(), row: None };
    let files: Vec<Picture> =
        value.as_array().into_iter().flatten().filter_map(|file| Picture::of(file, &nowhere, "")).collect();
    if files.is_empty() {
        return view! { <span class="queue-quiet">"—"</span> };
    }
    view! { <span class="thumbnails">{files.into_iter().map(|file| thumbnail(task, file)).collect_view()}</span> }
}

fn thumbnail(task: Task, file: Picture) -> View {
    if file.is_pdf() {
        return view! { <a class="thumbnail" href=api::attachment_url(&file.id, false) download=file.name.clone()>"PDF"<span class="queue-service">{file.name}</span></a> };
    }
    let id = file.id.clone();
    let words = format!("{}{}", t("放大：", "Enlarge: "), file.name);
    view! {
        <button type="button" class="thumbnail" data-file=file.id.clone() aria-label=words on:click=on(move |_| task.viewing.set(Some(id.clone())))>
            <img src=api::attachment_url(&file.id, true) alt="" loading="lazy" />
        </button>
    }
}

/// All pictures of the task, in the order of the form.
pub(super) fn all(task: Task) -> Vec<Picture> {
    let journey = task.journey.read();
    let mut pictures = Vec::new();
    for shown in journey.steps.iter().flat_map(|step| &step.fields) {
        let name = shown.answered_as();
        if shown.field.kind.rows().is_none() {
            let place = Place { field: name.0.clone(), row: None };
            pictures.extend(of(shown, &place, journey.answers.get(name), String::new()));
        }
        for (at, (fields, row)) in shown.rows.iter().zip(journey.answers.rows(name)).enumerate() {
            for inner in fields {
                let place = Place { field: format!("{name}.{}", inner.field.id), row: Some(at) };
                let value = row.get(&*inner.field.id).unwrap_or(&Value::Null);
                pictures.extend(of(inner, &place, value, format!(" {}", at + 1)));
            }
        }
    }
    pictures
}

fn of(shown: &ShownField<'static>, place: &Place, value: &Value, number: String) -> Vec<Picture> {
    if shown.field.kind.attachments().is_none() {
        return Vec::new();
    }
    let label = format!("{}{number}", say(&shown.field.label));
    let files = value.as_array().into_iter().flatten();
    files.filter_map(|file| Picture::of(file, place, &label)).filter(|picture| !picture.is_pdf()).collect()
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
