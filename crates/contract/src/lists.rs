//! Code lists: long lists of answers that many services share (peoples, countries, banks), or that one service brings.
//! They are CSV, `code,zh,en,keys`. A phone is told their ids only, and fetches a list when it asks the question.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::kinds::Choosable;
use crate::service::Basis;
use crate::text::Text;

/// `services/lists/` as it was when the program was built, by the names of the files.
const SHARED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lists.rs"));
const HEAD: &str = "code,zh,en,keys";

/// One list, with where it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub basis: Basis,
    pub source: String,
    /// In the order in which they are offered.
    pub entries: Vec<Choosable>,
}

impl List {
    /// A list of `services/lists/`, which names its basis and its source in comments; `None` where there is none.
    pub fn shared(id: &str) -> Result<Option<Self>, String> {
        let Some((_, csv)) = SHARED.iter().find(|(known, _)| *known == id) else { return Ok(None) };
        let said = |name: &str| csv.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)).map(str::trim);
        let basis = said("basis:").and_then(basis).ok_or_else(|| format!("{id}.csv: no `# basis:` that is known"))?;
        let source = said("source:").ok_or_else(|| format!("{id}.csv: no `# source:`"))?.to_owned();
        Ok(Some(Self { basis, source, entries: entries(csv).map_err(|error| format!("{id}.csv: {error}"))? }))
    }

    /// The ids of the lists that every service may use.
    pub fn all_shared() -> impl Iterator<Item = &'static str> {
        SHARED.iter().map(|(id, _)| *id)
    }

    /// `[lists.<id>]` of a definition: `basis`, `source` and the `csv`.
    fn own(written: &Map<String, Value>) -> Result<Self, String> {
        let text = |name: &str| written.get(name).and_then(Value::as_str).ok_or_else(|| format!("`{name}` is missing"));
        if let Some(name) = written.keys().find(|name| !["basis", "source", "csv"].contains(&name.as_str())) {
            return Err(format!("there is no setting `{name}` here"));
        }
        let basis = basis(text("basis")?).ok_or("`basis` must be one of law, published, assumption")?;
        Ok(Self { basis, source: text("source")?.to_owned(), entries: entries(text("csv")?)? })
    }
}

/// The lists that a definition brings, by id.
pub(crate) fn own(written: Option<Value>) -> Result<BTreeMap<String, List>, String> {
    let written: BTreeMap<String, Map<String, Value>> =
        written.map(serde_json::from_value).transpose().map_err(|error| format!("lists: {error}"))?.unwrap_or_default();
    let list = |(id, written): (String, Map<String, Value>)| match List::own(&written) {
        Ok(list) => Ok((id, list)),
        Err(error) => Err(format!("lists.{id}: {error}")),
    };
    written.into_iter().map(list).collect()
}

fn basis(word: &str) -> Option<Basis> {
    match word {
        "law" => Some(Basis::Law),
        "published" => Some(Basis::Published),
        "assumption" => Some(Basis::Assumption),
        _ => None,
    }
}

/// The lines behind the head; comments begin with `#`. No cell holds a comma.
fn entries(csv: &str) -> Result<Vec<Choosable>, String> {
    let mut lines = csv.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    if lines.next() != Some(HEAD) {
        return Err(format!("its first line must be `{HEAD}`"));
    }
    let entry = |line: &str| {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let [code, zh, en, keys] = cells[..] else { return Err(format!("`{line}` has not four cells")) };
        Ok(Choosable { id: code.into(), label: Text::new(zh, en), help: None, keys: keys.to_owned(), retired: false })
    };
    lines.map(entry).collect()
}
