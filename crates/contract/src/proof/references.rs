//! Every name that a definition uses must be there, and conditions must look backwards.

use std::collections::BTreeSet;

use super::places::{Placed, Use};
use super::{Fault, fault};
use crate::condition::{Bound, Comparison, Condition, Operand, Test};
use crate::id::{ConditionId, FieldId, ItemId};
use crate::kinds::Formula;
use crate::service::{Item, NumberRule, Service};

/// Unknown names, empty sections and conditions that look ahead or go round in circles.
pub(super) fn check(service: &Service, placed: &[Placed<'_>], uses: &[Use<'_>]) -> Vec<Fault> {
    let mut faults = names(service);
    faults.extend(placed.iter().flat_map(|each| names_in_field(service, placed, each)));
    faults.extend(circles(service));
    // Following names that go in a circle would never end.
    if !faults.iter().any(|fault| fault.code == "condition-circle") {
        faults.extend(uses.iter().flat_map(|each| sight(service, placed, each)));
    }
    faults
}

/// Collects what is not found.
struct Names {
    faults: Vec<Fault>,
}

impl Names {
    fn need(&mut self, found: bool, code: &'static str, place: &str, name: &str) {
        if !found {
            self.faults.push(fault(code, place, format!("`{name}` is not defined")));
        }
    }
}

fn names(service: &Service) -> Vec<Fault> {
    let mut names = Names { faults: Vec::new() };
    for (at, item) in service.items.iter().enumerate() {
        let place = format!("items.{}", item.id);
        names.need(service.agency(&item.agency).is_some(), "unknown-agency", &place, &item.agency);
        for needed in &item.needs {
            let earlier = service.items[..at].iter().any(|other| other.id == *needed);
            names.need(earlier, "unknown-item", &format!("{place}.needs"), needed);
        }
        names_of_issue(service, item, &mut names);
        names_of_sight(service, item, &mut names);
    }
    let known_item = |id: &str| service.items.iter().any(|item| item.id == *id);
    for track in &service.tracks {
        for item in track.promises.keys() {
            names.need(known_item(item), "unknown-item", &format!("tracks.{}.promises", track.id), item);
        }
    }
    for material in &service.materials {
        let place = format!("materials.{}", material.id);
        for item in &material.items {
            names.need(known_item(item), "unknown-item", &place, item);
        }
        if let Some(field) = &material.field {
            names.need(service.field(field).is_some(), "unknown-field", &place, field);
        }
    }
    for gate in &service.gates {
        let known = service.steps.iter().any(|step| step.id == gate.step);
        names.need(known, "unknown-step", &format!("gates.{}", gate.id), &gate.step);
    }
    for gate in &service.gates {
        for item in &gate.exit.separately {
            names.need(known_item(item), "unknown-item", &format!("gates.{}.exit.separately", gate.id), item);
        }
    }
    for rule in &service.rules {
        names.need(service.field(&rule.field).is_some(), "unknown-field", &format!("rules.{}", rule.id), &rule.field);
    }
    names_of_sections(service, &mut names);
    names_of_family(service, &mut names);
    names.faults
}

/// An office of several sees what it was given to see: silence would show everybody everything, or nobody anything.
fn names_of_sight(service: &Service, item: &Item, names: &mut Names) {
    let place = format!("items.{}.sees", item.id);
    if item.sees.is_empty() && service.items.len() > 1 {
        names.faults.push(fault("item-sees-nothing", &place, "say which sections, steps and fields it needs"));
    }
    for id in &item.sees {
        let known = is_step_or_section(service, id) || service.field(id).is_some();
        names.need(known, "unknown-field", &place, id);
    }
}

fn names_of_issue(service: &Service, item: &Item, names: &mut Names) {
    let Some(issue) = &item.issues else { return };
    let place = format!("items.{}.issues", item.id);
    for field in [&issue.holder, &issue.born, &issue.sex].into_iter().flatten() {
        names.need(service.field(field).is_some(), "unknown-field", &place, field);
    }
    let wants = |given: bool, name: &str, names: &mut Names| names.need(given, "unknown-number", &place, name);
    match issue.number {
        NumberRule::Serial => {
            let pattern = issue.pattern.as_deref().unwrap_or_default();
            wants(pattern.contains("{serial}"), "{serial}", names);
        }
        NumberRule::ResidentId => wants(issue.born.is_some() && issue.sex.is_some(), "born", names),
        NumberRule::Same => {
            let same = issue.same_as.as_ref();
            let issued = |id: &ItemId| service.item(id).is_some_and(|other| other.issues.is_some());
            wants(same.is_some_and(|id| item.needs.contains(id) && issued(id)), "same_as", names);
        }
        NumberRule::BirthCertificate => {}
    }
}

fn names_of_sections(service: &Service, names: &mut Names) {
    for step in &service.steps {
        let place = format!("steps.{}", step.id);
        names.need(service.section(&step.section).is_some(), "unknown-section", &place, &step.section);
        if step.fields.is_empty() {
            names.faults.push(fault("empty-step", &place, "it asks nothing"));
        }
    }
    for section in service.sections.iter().filter(|one| service.steps.iter().all(|step| step.section != one.id)) {
        names.faults.push(fault("empty-section", &format!("sections.{}", section.id), "no step stands under it"));
    }
}

fn names_of_family(service: &Service, names: &mut Names) {
    for consent in &service.consents {
        let place = format!("consents.{}.covers", consent.id);
        consent.covers.iter().for_each(|id| names.need(is_step_or_section(service, id), "unknown-step", &place, id));
    }
    for id in service.siblings.iter().flat_map(|siblings| &siblings.asks) {
        let known = is_step_or_section(service, id) || service.field(id).is_some();
        names.need(known, "unknown-field", "siblings.asks", id);
    }
}

fn is_step_or_section(service: &Service, id: &str) -> bool {
    service.section(&id.into()).is_some() || service.steps.iter().any(|step| step.id == *id)
}

fn names_in_field(service: &Service, placed: &[Placed<'_>], each: &Placed<'_>) -> Vec<Fault> {
    let mut names = Names { faults: Vec::new() };
    let known = |path: &str| service.field(path).is_some();
    let kind = &each.field.kind;
    if let Some(attachments) = kind.attachments() {
        let known = service.materials.iter().any(|material| material.id == attachments.material);
        names.need(known, "unknown-material", &each.place, &attachments.material);
    }
    if let Some(consent) = kind.consent() {
        names.need(service.consent(&consent.consent).is_some(), "unknown-consent", &each.place, &consent.consent);
    }
    if let Some(lookup) = kind.lookup() {
        lookup.by.iter().for_each(|field| names.need(known(field), "unknown-field", &each.place, field));
        lookup.filled().for_each(|(field, _)| names.need(known(field), "unknown-field", &each.place, field));
    }
    if let Some(signature) = kind.signature() {
        let beside = |name: &FieldId| known(&service.beside(&each.path, name));
        names.need(beside(&signature.signer), "unknown-field", &each.place, &signature.signer);
    }
    if let Some(before) = kind.rows().and_then(|group| group.continues.as_ref()) {
        let earlier = placed.iter().any(|other| other.path == before.0 && other.position < each.position);
        names.need(earlier, "unknown-field", &each.place, before);
    }
    for path in parts_of(each) {
        let earlier = placed.iter().any(|other| other.path == path && other.position < each.position);
        names.need(earlier, "unknown-field", &each.place, &path);
    }
    names.faults
}

/// The paths of what a computed field is made from.
pub(super) fn parts_of(each: &Placed<'_>) -> Vec<String> {
    let group = each.path.split_once('.').map(|(group, _)| format!("{group}.")).unwrap_or_default();
    match each.field.kind.computed().map(|computed| &computed.from) {
        None => Vec::new(),
        Some(Formula::Product(fields)) => fields.iter().map(|field| format!("{group}{field}")).collect(),
        Some(Formula::Sum(path) | Formula::Count(path)) => vec![path.clone()],
        Some(Formula::Pick(pick)) => [&pick.by].into_iter().chain(pick.of.values()).map(|id| id.0.clone()).collect(),
    }
}

/// Named conditions that lead back to themselves.
fn circles(service: &Service) -> Vec<Fault> {
    let circle = |name: &&ConditionId| {
        let mut seen = BTreeSet::new();
        let mut open = vec![*name];
        while let Some(next) = open.pop() {
            let inner = service.conditions.get(next).into_iter().flat_map(Condition::parts);
            for part in inner {
                if let Test::Named(inner) = &part.test {
                    if inner == *name {
                        return true;
                    }
                    if seen.insert(inner) {
                        open.push(inner);
                    }
                }
            }
        }
        false
    };
    let place =
        |name: &ConditionId| fault("condition-circle", &format!("conditions.{name}"), "it leads back to itself");
    service.conditions.keys().filter(circle).map(place).collect()
}

/// Fields that a condition looks at: there, and already answered.
fn sight(service: &Service, placed: &[Placed<'_>], each: &Use<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for part in each.condition.parts() {
        if let Test::Named(name) = &part.test
            && !service.conditions.contains_key(name)
        {
            faults.push(fault("unknown-condition", &each.place, format!("`{name}` is not one of [conditions]")));
        }
    }
    let mut paths = Vec::new();
    each.condition.fields(service, &mut paths);
    followed(service, each.condition, &mut paths);
    for path in paths {
        match placed.iter().find(|other| other.path == path) {
            None => faults.push(fault("unknown-field", &each.place, format!("`{path}` is not a field"))),
            Some(other) if other.position >= each.horizon => {
                faults.push(fault("looks-forward", &each.place, format!("`{path}` is asked later")));
            }
            Some(_) => {}
        }
    }
    faults
}

/// The fields on the other side of comparisons, names followed.
pub(super) fn followed<'a>(service: &'a Service, condition: &'a Condition, paths: &mut Vec<&'a str>) {
    for part in condition.parts() {
        match &part.test {
            Test::Named(name) => {
                if let Some(named) = service.conditions.get(name) {
                    followed(service, named, paths);
                }
            }
            Test::Compare { with, .. } => paths.extend(with.other_field()),
            Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Rows { .. } => {}
        }
    }
}

impl Comparison {
    /// The field that it compares with, if it is one.
    pub(super) fn other_field(&self) -> Option<&str> {
        match self {
            Self::SameAs(field) => Some(field),
            Self::Number(Bound { operand, .. }) | Self::Age(Bound { operand, .. }) => operand.field(),
            Self::Before(operand) | Self::After(operand) => operand.field(),
            // What the months are compared with is a number or a limit.
            Self::MonthsBetween { until, .. } => until.field(),
            Self::SameDivision(operand) | Self::Contains(operand) | Self::SameSurname(operand) => operand.field(),
            Self::Is(_) | Self::IsNot(_) | Self::In(_) | Self::Within(_) | Self::Pattern(_) | Self::Present(_) => None,
        }
    }
}

impl Operand {
    fn field(&self) -> Option<&str> {
        match self {
            Self::Field { field } => Some(field),
            Self::Value(_) => None,
        }
    }
}
