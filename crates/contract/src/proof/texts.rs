//! Every text is there in both languages, English without Chinese characters, and its `{limits}` are known.

use serde_json::Value;

use super::{Fault, fault};
use crate::kinds::is_han;
use crate::service::Service;
use crate::text::Text;

/// Missing and unfinished texts, with the ids on the way to them as their place.
pub(super) fn check(service: &Service) -> Vec<Fault> {
    let mut faults = Vec::new();
    walk(&serde_json::to_value(service).unwrap_or_default(), "", false, &mut faults);
    faults
}

/// Of a text that phones are not told.
pub(super) fn of(told: &Text, place: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    text(&told.zh, &told.en, place, false, &mut faults);
    faults
}

/// `told` texts are those of a register: their braces name what it has.
fn walk(value: &Value, place: &str, told: bool, faults: &mut Vec<Fault>) {
    match value {
        Value::Object(object) => {
            if let (Some(Value::String(zh)), Some(Value::String(en))) = (object.get("zh"), object.get("en")) {
                text(zh, en, place, told, faults);
                return;
            }
            let of_register = object.contains_key("register");
            for (key, inner) in object {
                walk(inner, &join(place, key), of_register && key == "says", faults);
            }
        }
        Value::Array(all) => {
            for (at, each) in all.iter().enumerate() {
                let id = each.get("id").and_then(Value::as_str).map_or_else(|| at.to_string(), str::to_owned);
                walk(each, &join(place, &id), false, faults);
            }
        }
        _ => {}
    }
}

fn text(zh: &str, en: &str, place: &str, told: bool, faults: &mut Vec<Fault>) {
    for (language, words) in [("zh", zh), ("en", en)] {
        if words.trim().is_empty() {
            faults.push(fault("text-missing", &join(place, language), "it is empty"));
        }
        let braced = words.split_once('{').filter(|_| !told);
        if let Some(name) = braced.map(|(_, rest)| rest.split('}').next().unwrap_or_default()) {
            faults.push(fault("unknown-limit", &join(place, language), format!("`{name}` is not one of [limits]")));
        }
    }
    if let Some(character) = en.chars().find(|character| is_han(*character)) {
        faults.push(fault("text-not-english", &join(place, "en"), format!("“{character}” is Chinese")));
    }
}

fn join(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}
