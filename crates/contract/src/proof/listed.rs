//! Code lists are whole: codes that last, names in both languages, where they were read, and each used by something.

use std::collections::BTreeSet;

use super::{Fault, fault};
use crate::kinds::is_han;
use crate::lists::List;
use crate::load::Definition;
use crate::service::{CITY, Service};

/// What is wrong with the lists that a definition brings or uses.
pub(super) fn check(definition: &Definition) -> Vec<Fault> {
    let Ok(service) = definition.service(&CITY.into()) else { return Vec::new() };
    let used: BTreeSet<&str> = ids(&service).collect();
    let mut faults: Vec<Fault> = used.iter().flat_map(|id| of_list(definition, id)).collect();
    for id in definition.own_lists().filter(|id| !used.contains(id)) {
        faults.push(fault("never-asked", &format!("lists.{id}"), "no choice takes its options from it"));
    }
    faults
}

fn ids(service: &Service) -> impl Iterator<Item = &str> {
    service.listed_choices().filter_map(|choice| choice.options_from.as_deref())
}

fn of_list(definition: &Definition, id: &str) -> Vec<Fault> {
    match definition.list(id) {
        Ok(Some(list)) => entries(&list, &format!("lists.{id}")),
        Ok(None) => Vec::new(),
        Err(error) => vec![fault("unreadable", &format!("lists.{id}"), error)],
    }
}

fn entries(list: &List, place: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if list.source.trim().is_empty() {
        faults.push(fault("source-missing", place, "say where the list was read"));
    }
    if list.entries.is_empty() {
        faults.push(fault("list-empty", place, "there is nothing to choose"));
    }
    let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
    for entry in &list.entries {
        let place = format!("{place}.{}", entry.id);
        let is_code = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if entry.id.is_empty() || !entry.id.chars().all(is_code) {
            faults.push(fault("id-not-kebab", &place, "a code is letters, digits and hyphens"));
        }
        if !codes.insert(&entry.id) || !names.insert(&entry.label.zh) {
            faults.push(fault("id-twice", &place, "two of them have this code or this name"));
        }
        if entry.label.zh.is_empty() || entry.label.en.is_empty() {
            faults.push(fault("text-missing", &place, "it has no name in one of the languages"));
        }
        if let Some(character) = entry.label.en.chars().find(|character| is_han(*character)) {
            faults.push(fault("text-not-english", &place, format!("“{character}” is Chinese")));
        }
    }
    faults
}
