//! A form written as TOML, and what it says to answers, in words that fit into a table.

use contract::id::DivisionCode;
use contract::load::Definition;
use contract::{Answers, Context, Journey, Service, date};
use serde_json::{Map, Value, json};

const HEAD: &str = r#"
id = "test"
version = 1
code = "1"
title = { zh = "试", en = "Test" }
summary = { zh = "试", en = "Test" }
mark = "试"
who = { zh = "试", en = "Test" }
minutes = 1
visits = { before = 0, now = 0 }
agencies = []
items = []
sections = []
windows = {}
"#;

pub(crate) struct Form {
    pub(crate) service: Service,
    pub(crate) context: Context,
}

impl Form {
    /// A whole form but for its head. Labels that are left out are the id.
    pub(crate) fn new(body: &str) -> Self {
        let mut document: Map<String, Value> = toml::from_str(HEAD).unwrap();
        document.extend(toml::from_str::<Map<String, Value>>(body).unwrap());
        document.values_mut().for_each(label);
        let definition = Definition::parse(&toml::to_string(&document).unwrap()).unwrap();
        let division = DivisionCode::from("430702");
        let service = definition.service(&division).unwrap();
        Self { service, context: Context { today: date::parse("2026-11-24").unwrap(), division } }
    }

    /// One step with these fields: `{ id = "a", kind = "text" }`.
    pub(crate) fn with_fields(fields: &str) -> Self {
        Self::new(&format!("steps = [{{ id = \"step\", section = \"s\", fields = [{fields}] }}]"))
    }

    pub(crate) fn journey(&self, answers: Value) -> Journey<'_> {
        self.service.journey(&Answers(answers.as_object().unwrap().clone()), &self.context)
    }

    /// Paths of the fields shown, in order.
    pub(crate) fn shown(&self, answers: Value) -> Vec<String> {
        self.journey(answers).shown_fields().map(|(path, _)| path).collect()
    }

    /// `sign.height[1] missing`, warnings with a question mark behind.
    pub(crate) fn errors(&self, answers: Value) -> Vec<String> {
        let errors = self.service.check(&self.journey(answers));
        let line = |error: &contract::FieldError| {
            let row = error.row.map(|row| format!("[{row}]")).unwrap_or_default();
            format!("{}{row} {}{}", error.field, error.code, if error.blocks() { "" } else { "?" })
        };
        errors.iter().map(line).collect()
    }

    /// The answers that would be sent.
    pub(crate) fn sent(&self, answers: Value) -> Value {
        Value::Object(self.journey(answers).answers.0)
    }
}

/// Gives each table with an id the labels and titles that it needs.
fn label(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(label),
        Value::Object(object) => {
            if let Some(id) = object.get("id").cloned() {
                let text = json!({ "zh": id, "en": id });
                let missing: Vec<&str> =
                    ["label", "title", "row_title"].into_iter().filter(|key| lacks(object, key)).collect();
                object.extend(missing.into_iter().map(|key| (key.to_owned(), text.clone())));
            }
            object.values_mut().for_each(label);
        }
        _ => {}
    }
}

/// Fields have a label, groups a title for their rows, and other things a title.
fn lacks(object: &Map<String, Value>, key: &str) -> bool {
    let kind = object.get("kind").and_then(Value::as_str);
    let wanted = match key {
        "label" => kind.is_some(),
        "row_title" => kind == Some("group"),
        _ => kind.is_none() && ["fields", "mode", "promise"].iter().any(|part| object.contains_key(*part)),
    };
    wanted && !object.contains_key(key)
}
