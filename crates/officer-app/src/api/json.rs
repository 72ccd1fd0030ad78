//! JSON as the browser has read it. Its own reader is there anyway; a second one would travel to every phone.

use js_sys::{Array, Object};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// The same value for Rust. What JSON cannot hold is `null`.
pub(crate) fn value_of(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number_of(number));
    }
    if let Some(yes) = value.as_bool() {
        return Value::Bool(yes);
    }
    if Array::is_array(value) {
        return Value::Array(value.unchecked_ref::<Array>().iter().map(|each| value_of(&each)).collect());
    }
    if !value.is_object() {
        return Value::Null;
    }
    let mut map = Map::new();
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let entry: &Array = entry.unchecked_ref();
        map.insert(entry.get(0).as_string().unwrap_or_default(), value_of(&entry.get(1)));
    }
    Value::Object(map)
}

/// JavaScript knows only floats; whole numbers become whole again, as a reader of JSON would have them.
fn number_of(number: f64) -> Number {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return if number < 0.0 { Number::from(number as i64) } else { Number::from(number as u64) };
    }
    Number::from_f64(number).unwrap_or(Number::from(0))
}
