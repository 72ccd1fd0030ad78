//! Rows of the same questions, each in its own card. A group that continues another shows that one's rows.

use crate::ui::dom::View;
use contract::json::table;
use contract::kinds::Group;
use markup::view;
use serde_json::Value;
use signals::{Signal, StoredValue};

use super::{Slot, field_view};
use crate::browser;
use crate::ui::live::{each, live, on, shows};
use crate::words::{say, t};

pub(super) fn view(slot: &Slot, group: &'static Group) -> View {
    let name: &'static str = group.answered_as(&slot.field.id);
    let desk = slot.desk;
    ensure_rows(slot, group, name);
    let rows = Signal::derive(move || row_names(desk.answers.read().get(name)));
    let max = group.rows.filter(|_| desk.to_mend.is_empty()).map_or(0, |rows| rows.max);
    let (add, slot) = (slot.clone(), slot.clone());
    view! {
        {each(rows, move |row| row_card(slot.clone(), group, name, row, rows))}
        {shows(move || (rows.read().len() < max).then(|| {
            let add = add.clone();
            view! {
                <button type="button" class="button button-wide" data-look="quiet" data-add-row=name on:click=on(move |_| append(&add, name))>
                    {format!("＋ {}{}", t("再加一个", "Add another: "), say(&group.row_title))}
                </button>
            }
        }))}
    }
}

fn row_card(slot: Slot, group: &'static Group, name: &'static str, row: String, rows: Signal<Vec<String>>) -> View {
    let desk = slot.desk;
    let own = StoredValue::new(row.clone());
    let is_own = row.clone();
    let index = Signal::derive(move || rows.read().iter().position(|other| *other == is_own).unwrap_or(0));
    let shown = Signal::derive(move || {
        let journey = desk.journey.read();
        let mut fields = journey.steps.iter().flat_map(|step| &step.fields);
        let found = fields.find(|shown| shown.field.id == slot.field.id).and_then(|shown| shown.rows.get(index.get()));
        found
            .map(|fields| {
                let asked = fields.iter().filter(|shown| desk.asks_path(&format!("{name}.{}", shown.field.id)));
                asked.map(|shown| (shown.field.id.0.clone(), shown.required)).collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    // Who mends a case adds and removes nothing.
    let fewest = group.rows.filter(|_| desk.to_mend.is_empty()).map_or(usize::MAX, |rows| rows.min.max(1));
    let remove = move |_| remove_row(desk, name, &own.get_value());
    view! {
        <section class="row-card" data-row=live(move || index.get().to_string()) data-group=name>
            <div class="card-title">
                <h2>{shows(move || format!("{} {}", say(&group.row_title), index.get() + 1))}</h2>
                {shows(move || (rows.read().len() > fewest).then(|| view! {
                    <button type="button" class="button" data-look="danger" on:click=on(remove)>{t("删除", "Remove")}</button>
                }))}
            </div>
            {each(shown, move |field| row_field(desk, group, name, &own.get_value(), &field))}
        </section>
    }
}

fn row_field(
    desk: crate::desk::Desk,
    group: &'static Group,
    name: &'static str,
    row: &str,
    (id, required): &(String, bool),
) -> View {
    let Some(field) = group.fields.iter().find(|field| field.id == **id) else { return View::none() };
    let shown = contract::journey::ShownField { field, required: *required, why: None, rows: Vec::new() };
    field_view(desk, &shown, Some((name, row.to_owned())))
}

/// A group that needs rows begins with as many: nobody has to press "add" for the first one.
fn ensure_rows(slot: &Slot, group: &Group, name: &str) {
    let have = row_names(slot.desk.answers.read_untracked().get(name)).len();
    let min = group.rows.map_or(0, |rows| rows.min);
    (have..min).for_each(|_| append_row(slot, name));
}

fn append(slot: &Slot, name: &'static str) {
    append_row(slot, name);
    let at = row_names(slot.desk.answers.read_untracked().get(name)).len().saturating_sub(1);
    browser::focus(format!("[data-group='{name}'][data-row='{at}'] input"));
}

fn append_row(slot: &Slot, name: &str) {
    let mut rows = slot.desk.answers.read_untracked().get(name).as_array().cloned().unwrap_or_default();
    rows.push(table([("row", browser::random_name().into())]));
    slot.desk.set(name, Value::Array(rows));
}

fn remove_row(desk: crate::desk::Desk, name: &str, row: &str) {
    let mut rows = desk.answers.read_untracked().get(name).as_array().cloned().unwrap_or_default();
    rows.retain(|each| each.get("row").and_then(Value::as_str) != Some(row));
    desk.set(name, Value::Array(rows));
}

fn row_names(rows: &Value) -> Vec<String> {
    let names = rows.as_array().into_iter().flatten().filter_map(|row| row.get("row")?.as_str());
    names.map(str::to_owned).collect()
}
