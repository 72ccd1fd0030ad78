//! Records as IndexedDB holds them: plain objects.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A record with these fields.
pub(crate) fn record(fields: &[(&str, JsValue)]) -> JsValue {
    let record = Object::new();
    for (name, value) in fields {
        // A plain object takes every field.
        let _ = Reflect::set(&record, &(*name).into(), value);
    }
    record.into()
}

/// A field of a record; undefined where it has none.
pub(crate) fn field(record: &JsValue, name: &str) -> JsValue {
    Reflect::get(record, &name.into()).unwrap_or_default()
}

pub(crate) fn text(record: &JsValue, name: &str) -> String {
    field(record, name).as_string().unwrap_or_default()
}

pub(crate) fn number(record: &JsValue, name: &str) -> f64 {
    field(record, name).as_f64().unwrap_or_default()
}
