//! Reads definitions from TOML. A division's overrides are merged into the document before it becomes a [`Service`],
//! and `{limit-id}` in texts becomes the limit's number.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::id::DivisionCode;
use crate::json::FromJson;
use crate::service::{CITY, Service};

/// A definition file: the service as it holds in the city, and what divisions set otherwise.
#[derive(Clone, Debug)]
pub struct Definition {
    document: Value,
    divisions: BTreeMap<String, Value>,
}

impl Definition {
    /// Reads `service.toml`. The error names the place in the file.
    pub fn parse(toml: &str) -> Result<Self, String> {
        let mut document: Value = toml::from_str(toml).map_err(|error| error.to_string())?;
        let divisions = document.as_object_mut().and_then(|top| top.remove("divisions"));
        let divisions =
            divisions.map(serde_json::from_value).transpose().map_err(|error| format!("divisions: {error}"))?;
        let definition = Self { document, divisions: divisions.unwrap_or_default() };
        definition.service(&DivisionCode::from(CITY))?;
        for code in definition.divisions.keys() {
            definition.service(&DivisionCode(code.clone())).map_err(|error| format!("divisions.{code}: {error}"))?;
        }
        Ok(definition)
    }

    /// Divisions with settings of their own.
    pub fn divisions(&self) -> impl Iterator<Item = DivisionCode> + '_ {
        self.divisions.keys().map(|code| DivisionCode(code.clone()))
    }

    /// The service as it holds in a division.
    pub fn service(&self, division: &DivisionCode) -> Result<Service, String> {
        let mut document = self.document.clone();
        if let Some(overrides) = self.divisions.get(&division.0).and_then(Value::as_object) {
            apply(&mut document, overrides)?;
        }
        let limits = document.get("limits").and_then(Value::as_object).cloned().unwrap_or_default();
        fill(&mut document, &limits);
        Service::from_json(document).map(|service| service.with_hours(division))
    }
}

/// `limits` and `windows` replace entries by name; `texts` addresses any text by the ids on the way to it, for example
/// `"rules.sign-too-high.says"`.
fn apply(document: &mut Value, overrides: &Map<String, Value>) -> Result<(), String> {
    for (name, value) in overrides {
        let entries = value.as_object().ok_or_else(|| format!("`{name}` must be a table"))?;
        for (key, value) in entries {
            let path = match name.as_str() {
                "limits" | "windows" => vec![name.as_str(), key.as_str()],
                "texts" => key.split('.').collect(),
                _ => return Err(format!("`{name}` cannot be set by a division: limits, texts and windows can")),
            };
            let place =
                find(document, &path, name == "windows").ok_or_else(|| format!("there is no `{}`", path.join(".")))?;
            *place = value.clone();
        }
    }
    Ok(())
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
        Value::Array(all) => all.iter_mut().find(|each| each.get("id").and_then(Value::as_str) == Some(first))?,
        _ => return None,
    };
    find(next, rest, create)
}

/// Replaces `{limit-id}` in every text.
fn fill(value: &mut Value, limits: &Map<String, Value>) {
    match value {
        Value::String(text) if text.contains('{') => {
            for (id, limit) in limits {
                let number = limit.get("value").map(Value::to_string).unwrap_or_default();
                *text = text.replace(&format!("{{{id}}}"), number.trim_end_matches(".0"));
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|each| fill(each, limits)),
        Value::Object(object) => object.values_mut().for_each(|each| fill(each, limits)),
        _ => {}
    }
}
