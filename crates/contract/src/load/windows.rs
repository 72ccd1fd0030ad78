//! One window for all divisions that have none of their own: `[windows.default]`, with `{division}` for the name.

use serde_json::Value;

use super::replace;
use crate::id::DivisionCode;
use crate::service::CITY;

/// Counties and zones: code, Chinese and English name.
const DIVISIONS: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/divisions.rs"));
const CITY_NAMES: (&str, &str) = ("常德市", "Changde");

/// Writes the default window out for the city and for the division that is read; a phone needs no other.
pub(super) fn write_out(document: &mut Value, division: &DivisionCode) {
    let Some(windows) = document.get_mut("windows").and_then(Value::as_object_mut) else { return };
    let Some(default) = windows.remove("default") else { return };
    for code in [CITY, division.0.as_str()] {
        let known = DIVISIONS.iter().find(|(known, ..)| *known == code).map(|(_, zh, en)| (*zh, *en));
        if let Some((zh, en)) = known.or((code == CITY).then_some(CITY_NAMES)) {
            windows.entry(code).or_insert_with(|| named(default.clone(), zh, en));
        }
    }
}

fn named(mut window: Value, zh: &str, en: &str) -> Value {
    for text in window.as_object_mut().into_iter().flat_map(|window| window.values_mut()) {
        for (language, name) in [("zh", zh), ("en", en)] {
            if let Some(words) = text.get_mut(language) {
                replace(words, "{division}", name);
            }
        }
    }
    window
}
