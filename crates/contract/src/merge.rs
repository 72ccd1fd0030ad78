//! Two screens changed one draft: what only one of them changed is taken, what both changed differently is named, so
//! that the resident decides. Rows of groups and files of a field are told apart by their lasting names.

use serde_json::{Map, Value};

/// One answer that both changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// `field`, or `group.field`.
    pub field: String,
    /// The lasting name of the row.
    pub row: Option<String>,
    pub ours: Value,
    pub theirs: Value,
}

/// Lays our answer of a field over theirs, both made from `base`. Where both changed the same thing ours stands, and is
/// noted among the clashes.
pub fn merge(field: &str, base: &Value, theirs: &Value, ours: &Value, clashes: &mut Vec<Clash>) -> Value {
    lay(&Place { field, row: None }, base, theirs, ours, clashes)
}

struct Place<'a> {
    field: &'a str,
    row: Option<&'a str>,
}

fn lay(place: &Place<'_>, base: &Value, theirs: &Value, ours: &Value, clashes: &mut Vec<Clash>) -> Value {
    if theirs == base || theirs == ours {
        return ours.clone();
    }
    if ours == base {
        return theirs.clone();
    }
    if let (Some(theirs), Some(ours)) = (named(theirs), named(ours)) {
        return items(place, &named(base).unwrap_or_default(), &theirs, &ours, clashes);
    }
    let (field, row) = (place.field.to_owned(), place.row.map(str::to_owned));
    clashes.push(Clash { field, row, ours: ours.clone(), theirs: theirs.clone() });
    ours.clone()
}

type Items<'a> = Vec<(&'a str, &'a Value)>;

/// Rows or files with their names; `None` for a list of anything else.
fn named(list: &Value) -> Option<Items<'_>> {
    let name = |item| name_of(item).map(|name| (name, item));
    list.as_array()?.iter().map(name).collect()
}

fn name_of(item: &Value) -> Option<&str> {
    item.get("row").or_else(|| item.get("id")).and_then(Value::as_str)
}

fn find<'a>(items: &Items<'a>, name: &str) -> Option<&'a Value> {
    items.iter().find(|(known, _)| *known == name).map(|(_, item)| *item)
}

/// The order is that of whoever changed it; ours, if both did.
fn items(place: &Place<'_>, base: &Items<'_>, theirs: &Items<'_>, ours: &Items<'_>, clashes: &mut Vec<Clash>) -> Value {
    let is_reordered = |items: &Items<'_>| !items.iter().map(|(name, _)| name).eq(base.iter().map(|(name, _)| name));
    let (first, second) = if is_reordered(ours) { (ours, theirs) } else { (theirs, ours) };
    let added = second.iter().filter(|(name, _)| find(first, name).is_none());
    let one = |(name, _): &(&str, &Value)| item(place, name, [base, theirs, ours], clashes);
    Value::Array(first.iter().chain(added).filter_map(one).collect())
}

/// What becomes of one row or file; `None`: one side took it away, and the other had not touched it.
fn item(
    place: &Place<'_>,
    name: &str,
    [base, theirs, ours]: [&Items<'_>; 3],
    clashes: &mut Vec<Clash>,
) -> Option<Value> {
    let base = find(base, name);
    match (find(theirs, name), find(ours, name)) {
        (Some(theirs), Some(ours)) => match (theirs, ours, theirs.get("row")) {
            (Value::Object(theirs), Value::Object(ours), Some(_)) => {
                Some(row(place, name, base.and_then(Value::as_object), theirs, ours, clashes))
            }
            _ => Some(ours.clone()),
        },
        (Some(only), None) | (None, Some(only)) => (base != Some(only)).then(|| only.clone()),
        (None, None) => None,
    }
}

fn row(
    place: &Place<'_>,
    name: &str,
    base: Option<&Map<String, Value>>,
    theirs: &Map<String, Value>,
    ours: &Map<String, Value>,
    clashes: &mut Vec<Clash>,
) -> Value {
    let get = |row: Option<&'_ Map<String, Value>>, key: &str| row.and_then(|row| row.get(key)).cloned();
    let mut merged = Map::new();
    for key in theirs.keys().chain(ours.keys()) {
        if merged.contains_key(key) {
            continue;
        }
        let path = format!("{}.{key}", place.field);
        let inner = Place { field: &path, row: Some(name) };
        let [base, theirs, ours] = [base, Some(theirs), Some(ours)].map(|row| get(row, key).unwrap_or_default());
        let value = lay(&inner, &base, &theirs, &ours, clashes);
        if !value.is_null() {
            merged.insert(key.clone(), value);
        }
    }
    Value::Object(merged)
}
