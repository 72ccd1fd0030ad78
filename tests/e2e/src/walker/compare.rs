//! Whether the office received what the person gave.

use serde_json::{Map, Value};

/// Written by the browser or the server, so that it never equals an example.
const OWN_OF_THE_SYSTEM: [&str; 7] = ["row", "place", "at", "found", "status", "strokes", "signed"];

/// Every answer of the example that arrived otherwise, as `field: given, received`.
pub fn differences(given: &Map<String, Value>, received: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (field, answer) in given {
        compare(field, answer, received.get(field).unwrap_or(&Value::Null), &mut found);
    }
    found
}

fn compare(path: &str, given: &Value, received: &Value, found: &mut Vec<String>) {
    match (given, received) {
        (Value::Array(given), Value::Array(received)) if given.len() == received.len() => {
            for (index, (given, received)) in given.iter().zip(received).enumerate() {
                compare(&format!("{path}.{index}"), given, received, found);
            }
        }
        // A file: the example's is invented, the received one has an id of the server.
        (Value::Object(given), Value::Object(_)) if given.contains_key("bytes") => {
            if received.get("id").and_then(Value::as_str).is_none_or(str::is_empty) {
                found.push(format!("{path}: a file, received without an id"));
            }
        }
        (Value::Object(given), Value::Object(received)) => {
            for (key, answer) in given.iter().filter(|(key, _)| !OWN_OF_THE_SYSTEM.contains(&key.as_str())) {
                compare(&format!("{path}.{key}"), answer, received.get(key).unwrap_or(&Value::Null), found);
            }
        }
        (given, received) if given == received => {}
        (given, received) => found.push(format!("{path}: gave {given}, received {received}")),
    }
}
