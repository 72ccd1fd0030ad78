//! Written once, used several times: blocks of questions, and the papers that exits name. Both are written out before the
//! definition is read, so nobody else knows of them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

type Table = Map<String, Value>;

/// Writes out `[blocks.<id>]` where an entry says `use = "<id>"`, and `[papers]` where `bring` says `"@<id>"`.
pub(super) fn write_out(document: &mut Value) -> Result<(), String> {
    let Some(top) = document.as_object_mut() else { return Ok(()) };
    let mut writing = Writing {
        blocks: table(top.remove("blocks"), "blocks")?,
        papers: table(top.remove("papers"), "papers")?,
        used: BTreeSet::new(),
        conditions: Vec::new(),
    };
    for (name, value) in top.iter_mut() {
        writing.walk(name, value).map_err(|error| format!("{name}.{error}"))?;
    }
    let written = std::mem::take(&mut writing.conditions);
    if !written.is_empty() {
        let conditions = top.entry("conditions").or_insert_with(|| Value::Object(Table::new()));
        for (name, condition) in written {
            let conditions = conditions.as_object_mut().ok_or("conditions: must be a table")?;
            if conditions.get(&name).is_some_and(|known| *known != condition) {
                return Err(format!("conditions.{name}: a block has another condition of this name"));
            }
            conditions.insert(name, condition);
        }
    }
    writing.all_used()
}

fn table(value: Option<Value>, name: &str) -> Result<Table, String> {
    match value {
        None => Ok(Table::new()),
        Some(Value::Object(table)) => Ok(table),
        Some(_) => Err(format!("{name}: must be a table")),
    }
}

struct Writing {
    blocks: Table,
    papers: Table,
    /// `blocks.person`, `papers.identity-card`.
    used: BTreeSet<String>,
    /// What the blocks used so far bring for `[conditions]`.
    conditions: Vec<(String, Value)>,
}

impl Writing {
    fn walk(&mut self, name: &str, value: &mut Value) -> Result<(), String> {
        match value {
            Value::Array(all) => {
                let mut written = Vec::new();
                for mut each in std::mem::take(all) {
                    match (&each, name) {
                        (Value::Object(entry), _) if entry.contains_key("use") => {
                            written.extend(self.block(entry, name)?)
                        }
                        (Value::String(paper), "bring") => written.extend(self.paper(paper)?),
                        _ => {
                            self.walk("", &mut each)?;
                            written.push(each);
                        }
                    }
                }
                *all = written;
            }
            Value::Object(object) => {
                for (name, value) in object.iter_mut() {
                    self.walk(name, value)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The entries that a block has for a list of this name, with what the use says in place of `{…}`.
    fn block(&mut self, entry: &Table, list: &str) -> Result<Vec<Value>, String> {
        let word = |key: &str| entry.get(key).and_then(Value::as_str).filter(|word| !word.is_empty());
        let id = word("use").ok_or("use: names a block")?.to_owned();
        let name = word("as").ok_or_else(|| format!("use: say `as` what `{id}` is used"))?;
        if let Some(other) = entry.keys().find(|key| !["use", "as", "with"].contains(&key.as_str())) {
            return Err(format!("use: there is no setting `{other}` here, put it into `with`"));
        }
        let block = self.blocks.get(&id).ok_or_else(|| format!("use: there is no block `{id}`"))?;
        let entries = block.get(list).and_then(Value::as_array);
        let entries = entries.ok_or_else(|| format!("use: the block `{id}` has no `{list}`"))?;
        let mut with = table(entry.get("with").cloned(), "with")?;
        with.insert("as".to_owned(), Value::from(name));
        let written = entries.iter().map(|entry| filled(entry, &with, None)).collect();
        let conditions = block.get("conditions").and_then(Value::as_object).into_iter().flatten();
        self.conditions
            .extend(conditions.map(|(name, condition)| (in_words(name, &with, None), filled(condition, &with, None))));
        self.used.insert(format!("blocks.{id}"));
        Ok(written)
    }

    /// A named paper may be several.
    fn paper(&mut self, paper: &str) -> Result<Vec<Value>, String> {
        let id = paper.strip_prefix('@').ok_or_else(|| format!("bring: `{paper}` is no text, and no paper `@…`"))?;
        let found = self.papers.get(id).ok_or_else(|| format!("bring: there is no paper `{id}`"))?;
        self.used.insert(format!("papers.{id}"));
        Ok(found.as_array().cloned().unwrap_or_else(|| vec![found.clone()]))
    }

    fn all_used(&self) -> Result<(), String> {
        let blocks = self.blocks.keys().map(|id| format!("blocks.{id}"));
        let papers = self.papers.keys().map(|id| format!("papers.{id}"));
        match blocks.chain(papers).find(|place| !self.used.contains(place)) {
            Some(place) => Err(format!("{place}: it is used nowhere")),
            None => Ok(()),
        }
    }
}

/// The value with `{name}` replaced, in keys too. A text that is `"{name}"` and nothing else becomes what stands for it,
/// whatever that is; of a text in both languages each takes its own.
fn filled(value: &Value, with: &Table, language: Option<&str>) -> Value {
    match value {
        Value::String(text) => {
            let whole = text.strip_prefix('{').and_then(|text| with.get(text.strip_suffix('}')?));
            match whole.filter(|_| language.is_none()) {
                Some(value) => value.clone(),
                None => Value::from(in_words(text, with, language)),
            }
        }
        Value::Array(all) => all.iter().map(|each| filled(each, with, language)).collect(),
        Value::Object(object) => {
            let is_text = object.contains_key("zh") && object.contains_key("en");
            let entry = |(key, value): (&String, &Value)| {
                let language = if is_text { Some(key.as_str()) } else { language };
                (in_words(key, with, None), filled(value, with, language))
            };
            Value::Object(object.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}

fn in_words(text: &str, with: &Table, language: Option<&str>) -> String {
    let mut text = text.to_owned();
    for (name, value) in with {
        let words = match language {
            Some(language) => value.get(language).unwrap_or(value),
            None => value,
        };
        if let Some(words) = words.as_str() {
            text = text.replace(&format!("{{{name}}}"), words);
        }
    }
    text
}
