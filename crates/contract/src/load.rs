//! Reads definitions from TOML. What is written once and used several times is written out, a division's overrides are
//! merged into the document before it becomes a [`Service`], and `{limit-id}` in texts becomes the limit's number.

mod blocks;
mod overrides;
mod windows;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::id::DivisionCode;
use crate::json::FromJson;
use crate::lists::{self, List};
use crate::service::{CITY, Service};

/// A definition file: the service as it holds in the city, and what divisions set otherwise.
#[derive(Clone, Debug)]
pub struct Definition {
    document: Value,
    divisions: BTreeMap<String, Value>,
    /// Code lists that the definition brings itself.
    lists: BTreeMap<String, List>,
}

impl Definition {
    /// Reads `service.toml`. The error names the place in the file.
    pub fn parse(toml: &str) -> Result<Self, String> {
        let mut document: Value = toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut take = |name: &str| document.as_object_mut().and_then(|top| top.remove(name));
        let (divisions, lists) = (take("divisions"), lists::own(take("lists"))?);
        let divisions =
            divisions.map(serde_json::from_value).transpose().map_err(|error| format!("divisions: {error}"))?;
        blocks::write_out(&mut document)?;
        let definition = Self { document, divisions: divisions.unwrap_or_default(), lists };
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
            overrides::apply(&mut document, overrides)?;
        }
        windows::write_out(&mut document, division);
        let limits = document.get("limits").and_then(Value::as_object).cloned().unwrap_or_default();
        fill(&mut document, &limits);
        let service = Service::from_json(document)?;
        for choice in service.listed_choices() {
            if let Some(id) = choice.missing_list() {
                let list = self.list(id)?.ok_or_else(|| format!("there is no list `{id}`"))?;
                choice.bring(list.entries);
            }
        }
        Ok(service.with_hours(division))
    }

    /// A code list of its own, or a shared one.
    pub fn list(&self, id: &str) -> Result<Option<List>, String> {
        match self.lists.get(id) {
            Some(own) => Ok(Some(own.clone())),
            None => List::shared(id),
        }
    }

    /// The ids of the lists that it brings.
    pub fn own_lists(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }
}

/// Replaces `{limit-id}` in every text.
fn fill(value: &mut Value, limits: &Map<String, Value>) {
    for (id, limit) in limits {
        let number = limit.get("value").map(Value::to_string).unwrap_or_default();
        replace(value, &format!("{{{id}}}"), number.trim_end_matches(".0"));
    }
}

/// Replaces a part in every text, keys left alone.
fn replace(value: &mut Value, part: &str, with: &str) {
    match value {
        Value::String(text) if text.contains(part) => *text = text.replace(part, with),
        Value::Array(all) => all.iter_mut().for_each(|each| replace(each, part, with)),
        Value::Object(object) => object.values_mut().for_each(|each| replace(each, part, with)),
        _ => {}
    }
}
