//! What an item is before the law is said, and what follows from that is there: a kind, the law, terms that fit.

use super::{Fault, fault, texts};
use crate::field::FieldKind;
use crate::service::{Item, ItemKind, Service, names_a_place, names_an_office};
use crate::text::Text;

pub(super) fn check(service: &Service) -> Vec<Fault> {
    service
        .items
        .iter()
        .flat_map(|item| of_item(item).into_iter().chain(of_route(service, item)).chain(of_validity(service, item)))
        .collect()
}

fn of_item(item: &Item) -> Vec<Fault> {
    let place = |name: &str| format!("items.{}.{name}", item.id);
    let mut faults = Vec::new();
    if item.kind.is_none() {
        faults.push(fault("item-without-kind", &place("kind"), "say licence, confirmation, payment or service"));
    }
    if item.law.is_empty() && item.kind() != ItemKind::Service {
        faults.push(fault(
            "item-without-law",
            &place("law"),
            "name the provisions that it rests on, with their articles",
        ));
    }
    if item.statutory.is_some_and(|days| u32::from(days) < item.promise.working_days) {
        faults.push(fault("promise-over-statutory", &place("promise"), "it is longer than the law allows"));
    }
    faults.extend(texts_of("law", &item.law, &place));
    if let Some(procedure) = &item.special_procedure {
        if procedure.kinds.is_empty() || procedure.working_days == 0 {
            let says = "say how many working days, and which kinds";
            faults.push(fault("procedure-without-limit", &place("special_procedure"), says));
        }
        faults.extend(texts_of("special_procedure.kinds", &procedure.kinds, &place));
    }
    if let Some(complaints) = &item.complaints {
        if !complaints.phone.chars().any(|character| character.is_ascii_digit()) {
            faults.push(fault("complaints-without-phone", &place("complaints"), "give a number to call"));
        }
        let told: Vec<Text> = complaints.place.iter().cloned().collect();
        faults.extend(texts_of("complaints.place", &told, &place));
    }
    faults
}

/// What routes an item is a question of the form whose answer can say where.
fn of_route(service: &Service, item: &Item) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, field, fits) in [
        ("division_of", &item.division_of, names_a_place as fn(&FieldKind) -> bool),
        ("office_of", &item.office_of, names_an_office),
    ] {
        let Some(field) = field else { continue };
        let place = format!("items.{}.{name}", item.id);
        match service.field(field) {
            None => faults.push(fault("unknown-field", &place, format!("`{field}` is not defined"))),
            Some(one) if field.contains('.') || !fits(&one.kind) => {
                faults.push(fault("cannot-route", &place, format!("`{field}` cannot say where it is decided")));
            }
            Some(_) => {}
        }
    }
    faults
}

/// A certificate that ends says when: one whole number of years or months that is in `limits`.
fn of_validity(service: &Service, item: &Item) -> Option<Fault> {
    let validity = item.issues.as_ref()?.valid_for.as_ref()?;
    let place = format!("items.{}.issues.valid_for", item.id);
    let unknown = [&validity.years, &validity.months].into_iter().flatten();
    if let Some(id) = unknown.into_iter().find(|id| !service.limits.contains_key(*id)) {
        return Some(fault("unknown-limit", &place, format!("`{id}` is not defined")));
    }
    let is_term = service.months_of(validity).is_some();
    (!is_term).then(|| fault("validity-without-term", &place, "say years or months, a whole number of [limits]"))
}

fn texts_of(name: &str, all: &[Text], place: &impl Fn(&str) -> String) -> Vec<Fault> {
    all.iter().enumerate().flat_map(|(at, text)| texts::of(text, &place(&format!("{name}.{at}")))).collect()
}
