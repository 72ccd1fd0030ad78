//! Rows of the same questions, each in its own card. A group that continues another shows that one's rows.

use contract::journey::ShownField;
use contract::kinds::Group;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::FieldView;
use crate::browser;
use crate::draft_session::{BoundField, DraftSession};
use crate::i18n::{tr, tr_text};

#[component]
pub(super) fn GroupField(field: BoundField, settings: &'static Group) -> impl IntoView {
    let rows = GroupRows::of(&field, settings);
    rows.fill_up();
    let names = Memo::new(move |_| rows.names());
    let max = settings.rows.filter(|_| rows.may_change()).map_or(0, |limits| limits.max);
    let add_button = move || {
        (names.with(Vec::len) < max).then(|| {
            view! {
                <button
                    type="button"
                    class="button button-wide"
                    data-look="quiet"
                    data-add-row=rows.group
                    on:click=move |_| rows.append_and_focus()
                >
                    {format!("＋ {}{}", tr("再加一个", "Add another: "), tr_text(&settings.row_title))}
                </button>
            }
        })
    };
    view! {
        <For each=move || names.get() key=String::clone let:row>
            <RowCard rows names row />
        </For>
        {add_button}
    }
}

#[component]
fn RowCard(rows: GroupRows, names: Memo<Vec<String>>, row: String) -> impl IntoView {
    let GroupRows { session, settings, group, .. } = rows;
    let row = StoredValue::new(row);
    let index = Memo::new(move |_| {
        let position = names.with(|names| row.with_value(|own| names.iter().position(|name| name == own)));
        position.unwrap_or(0)
    });
    let shown = Memo::new(move |_| rows.shown_fields(index.get()));
    // In a correction rows are neither added nor removed.
    let min = settings.rows.filter(|_| rows.may_change()).map_or(usize::MAX, |limits| limits.min.max(1));
    let remove_button = move || {
        (names.with(Vec::len) > min).then(|| {
            view! {
                <button
                    type="button"
                    class="button"
                    data-look="danger"
                    on:click=move |_| rows.remove(&row.get_value())
                >
                    {tr("删除", "Remove")}
                </button>
            }
        })
    };
    let row_field = move |(id, required): (String, bool)| {
        let field = settings.fields.iter().find(|field| *field.id == *id)?;
        let shown = ShownField { field, required, why: None, rows: Vec::new() };
        Some(view! { <FieldView session shown row=Some((group, row.get_value())) /> })
    };
    view! {
        <section class="row-card" data-row=move || index.get().to_string() data-group=group>
            <div class="card-title">
                <h2>{move || format!("{} {}", tr_text(&settings.row_title), index.get() + 1)}</h2>
                {remove_button}
            </div>
            <For each=move || shown.get() key=Clone::clone children=row_field />
        </section>
    }
}

/// The rows of one group in the answers. Each has a lasting name, so that it stays the same row while others come and
/// go.
#[derive(Clone, Copy)]
struct GroupRows {
    session: DraftSession,
    settings: &'static Group,
    /// The id of the field that shows them.
    field: &'static str,
    /// The name that the answers have for them.
    group: &'static str,
}

impl GroupRows {
    fn of(field: &BoundField, settings: &'static Group) -> Self {
        let own = &field.definition.id;
        Self { session: field.session, settings, field: own, group: settings.answered_as(own) }
    }

    /// Whether the resident may add and remove rows: not in a correction.
    fn may_change(self) -> bool {
        self.session.correction_requests().is_empty()
    }

    /// The lasting names; tracked.
    fn names(self) -> Vec<String> {
        self.session.answers.with(|answers| {
            let names = answers.rows(self.group).filter_map(|row| row.get("row")?.as_str());
            names.map(str::to_owned).collect()
        })
    }

    /// The fields that a row shows now, and whether each is required; tracked.
    fn shown_fields(self, index: usize) -> Vec<(String, bool)> {
        let all: Vec<_> = self.session.journey.with(|journey| {
            let mut fields = journey.steps.iter().flat_map(|step| &step.fields);
            let own = fields.find(|shown| *shown.field.id == *self.field);
            let row = own.and_then(|shown| shown.rows.get(index));
            row.into_iter().flatten().map(|shown| (shown.field.id.0.clone(), shown.required)).collect()
        });
        let is_asked = |(id, _): &(String, bool)| self.session.asks_path(&format!("{}.{id}", self.group));
        all.into_iter().filter(is_asked).collect()
    }

    /// A group that needs rows begins with as many: nobody has to press "add" for the first one.
    fn fill_up(self) {
        let min = self.settings.rows.map_or(0, |limits| limits.min);
        for _ in untrack(|| self.names()).len()..min {
            self.append();
        }
    }

    fn append(self) {
        self.change(|rows| rows.push(json!({ "row": browser::random_id() })));
    }

    fn append_and_focus(self) {
        self.append();
        let last = untrack(|| self.names()).len().saturating_sub(1);
        browser::focus(format!("[data-group='{}'][data-row='{last}'] input", self.group));
    }

    fn remove(self, name: &str) {
        self.change(|rows| rows.retain(|row| row.get("row").and_then(Value::as_str) != Some(name)));
    }

    fn change(self, change: impl FnOnce(&mut Vec<Value>)) {
        let rows = self.session.answers.with_untracked(|answers| answers.get(self.group).as_array().cloned());
        let mut rows = rows.unwrap_or_default();
        change(&mut rows);
        self.session.set(self.group, Value::Array(rows));
    }
}
