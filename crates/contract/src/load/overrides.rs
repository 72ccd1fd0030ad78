//! What a division sets otherwise: limits, windows, texts and promises, and nothing else.

use serde_json::{Map, Value};

/// `limits` and `windows` replace entries by name. `texts` addresses any text by the ids on the way to it, for example
/// `"rules.sign-too-high.says"`. `promises` sets those of an item, or as `track.item` those of a track.
pub(super) fn apply(document: &mut Value, overrides: &Map<String, Value>) -> Result<(), String> {
    for (name, value) in overrides {
        let entries = value.as_object().ok_or_else(|| format!("`{name}` must be a table"))?;
        for (key, value) in entries {
            let path: Vec<&str> = match (name.as_str(), key.split_once('.')) {
                ("limits" | "windows", _) => vec![name, key],
                ("texts", _) => key.split('.').collect(),
                ("promises", None) => vec!["items", key, "promise"],
                ("promises", Some((track, item))) => vec!["tracks", track, "promises", item],
                _ => {
                    return Err(format!(
                        "`{name}` cannot be set by a division: limits, texts, windows and promises can"
                    ));
                }
            };
            let place =
                find(document, &path, name == "windows").ok_or_else(|| format!("there is no `{}`", path.join(".")))?;
            if name == "texts" && !(is_text(place) && is_text(value)) {
                return Err(format!("`{key}` is no text: of what is no text, a division sets limits and promises"));
            }
            *place = value.clone();
        }
    }
    Ok(())
}

/// Both languages and nothing else.
fn is_text(value: &Value) -> bool {
    let is_words = |language| value.get(language).is_some_and(Value::is_string);
    value.as_object().is_some_and(|text| text.len() == 2) && is_words("zh") && is_words("en")
}

/// Follows keys of objects and ids of lists. A group's fields need no `fields` twice.
fn find<'a>(value: &'a mut Value, path: &[&str], create: bool) -> Option<&'a mut Value> {
    let Some((first, rest)) = path.split_first() else { return Some(value) };
    let next = match value {
        Value::Object(object) => {
            if create && rest.is_empty() {
                object.entry(*first).or_insert(Value::Null)
            } else {
                object.get_mut(*first)?
            }
        }
        // An entry is named by its id, and what has none (papers to bring, notes) by its place.
        Value::Array(all) => {
            let named = all.iter().position(|each| each.get("id").and_then(Value::as_str) == Some(first));
            all.get_mut(named.or_else(|| first.parse().ok())?)?
        }
        _ => return None,
    };
    find(next, rest, create)
}
