//! What was typed. JSON by field id, so that even a wrong answer survives exactly as it was given.
//!
//! | kind | JSON |
//! | --- | --- |
//! | text, choice, date, phone, numbers of any sort | string; numbers are decimal strings such as `"1.2"` |
//! | yes-no | boolean |
//! | multi-choice | array of option ids |
//! | address | `{"division": "430702", "street": "430702001", "door": "…", "place": "…"}` |
//! | attachments | array of `{"id", "name", "bytes"}` in the order that the resident chose |
//! | certificate | `{"id", "title", "number"}` |
//! | consent | `{"accepted": true, "version": 1}` |
//! | lookup | `{"status": "matched", "at": "2026-11-24", "found": {…}}`, written by the server only |
//! | group | array of rows; a row is an object of its fields and `"row"`, its lasting name |

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The name under which a row of a group keeps its identity, so that its files stay with it.
pub const ROW: &str = "row";

/// Answers by field id. A field that is missing was not answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Object))]
pub struct Answers(pub Map<String, Value>);

impl Answers {
    pub fn get(&self, field: &str) -> &Value {
        self.0.get(field).unwrap_or(&Value::Null)
    }

    /// Sets one answer; `null` removes it.
    pub fn set(&mut self, field: &str, value: Value) {
        if value.is_null() {
            self.0.remove(field);
        } else {
            self.0.insert(field.to_owned(), value);
        }
    }

    /// The rows of a group; empty when it was not answered.
    pub fn rows(&self, group: &str) -> impl Iterator<Item = &Map<String, Value>> {
        self.get(group).as_array().into_iter().flatten().filter_map(Value::as_object)
    }

    /// The answer at a path, `field`, or `group.field` in the row of that lasting name.
    pub fn at(&self, path: &str, row: Option<&str>) -> &Value {
        let (Some(row), Some((group, inner))) = (row, path.split_once('.')) else { return self.get(path) };
        let own = self.rows(group).find(|one| is_named(one, row));
        own.and_then(|one| one.get(inner)).unwrap_or(&Value::Null)
    }

    /// Sets the answer at a path; `null` removes it. A row that is not there stays away.
    pub fn set_at(&mut self, path: &str, row: Option<&str>, value: Value) {
        let (Some(row), Some((group, inner))) = (row, path.split_once('.')) else { return self.set(path, value) };
        let rows = self.0.get_mut(group).and_then(Value::as_array_mut).into_iter().flatten();
        let own = rows.filter_map(Value::as_object_mut).find(|one| is_named(one, row));
        match own {
            Some(own) if value.is_null() => drop(own.remove(inner)),
            Some(own) => drop(own.insert(inner.to_owned(), value)),
            None => {}
        }
    }

    /// Ids of all files that these answers hold, rows included.
    pub fn files(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        self.0.values().for_each(|value| collect_files(value, &mut ids));
        ids
    }
}

impl FromIterator<(String, Value)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

fn is_named(row: &Map<String, Value>, name: &str) -> bool {
    row.get(ROW).and_then(Value::as_str) == Some(name)
}

/// A file is an object with an id and a size; rows are searched too.
fn collect_files<'a>(value: &'a Value, ids: &mut Vec<&'a str>) {
    match value {
        Value::Array(all) => all.iter().for_each(|each| collect_files(each, ids)),
        Value::Object(object) => match (object.get("id"), object.get("bytes")) {
            (Some(Value::String(id)), Some(Value::Number(_))) => ids.push(id),
            _ => object.values().for_each(|each| collect_files(each, ids)),
        },
        _ => {}
    }
}
