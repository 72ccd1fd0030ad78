//! What is applied for again is there, ends, and begins with answers that may be taken along.

use super::{Fault, fault, texts};
use crate::service::{Renewal, Service};

pub(super) fn check(service: &Service) -> Vec<Fault> {
    service.renews.as_ref().map(|renewal| of_renewal(service, renewal)).unwrap_or_default()
}

fn of_renewal(service: &Service, renewal: &Renewal) -> Vec<Fault> {
    let mut faults = Vec::new();
    let change = renewal.change.as_ref();
    for (text, place) in [(&renewal.title, "renews.title"), (&renewal.says, "renews.says")]
        .into_iter()
        .chain(change.map(|change| (&change.title, "renews.change.title")))
        .chain(change.map(|change| (&change.says, "renews.change.says")))
    {
        faults.extend(texts::of(text, place));
    }
    let issue = service.item(&renewal.item).and_then(|item| item.issues.as_ref());
    match issue {
        None => faults.push(fault("unknown-item", "renews.item", format!("`{}` issues nothing", renewal.item))),
        Some(issue) if issue.valid_for.is_none() => {
            faults.push(fault("validity-without-term", "renews.item", "what never ends needs no renewal"));
        }
        Some(_) => {}
    }
    for limit in [Some(&renewal.from_days_before), renewal.by_days_before.as_ref()].into_iter().flatten() {
        if !service.limits.contains_key(limit) {
            faults.push(fault("unknown-limit", "renews", format!("`{limit}` is not defined")));
        }
    }
    faults.extend(of_begun_with(service, renewal));
    faults.extend(renewal.keeps.iter().filter_map(|id| of_kept(service, id)));
    faults
}

/// What the draft begins with fits its questions.
fn of_begun_with(service: &Service, renewal: &Renewal) -> Vec<Fault> {
    let mut faults = Vec::new();
    let sets = renewal.sets.iter().chain(renewal.change.iter().flat_map(|change| &change.sets));
    for (field, option) in sets {
        match service.field(field).and_then(|field| field.kind.choice()) {
            None => faults.push(fault("unknown-field", "renews.sets", format!("`{field}` is no choice"))),
            Some(choice) if !choice.options().iter().any(|one| *one.id == **option) => {
                faults.push(fault("unknown-option", "renews.sets", format!("`{field}` has no `{option}`")));
            }
            Some(_) => {}
        }
    }
    if let Some(id) = &renewal.picks {
        let of_type = service.item(&renewal.item).and_then(|item| item.issues.as_ref()).map(|issue| &issue.r#type);
        let picker = service.field(id).and_then(|field| field.kind.certificate());
        if !picker.is_some_and(|picker| picker.types.iter().any(|one| Some(one) == of_type)) {
            faults.push(fault("unknown-field", "renews.picks", format!("`{id}` does not ask for such a certificate")));
        }
    }
    faults
}

fn of_kept(service: &Service, id: &str) -> Option<Fault> {
    let is_screen = service.section(&id.into()).is_some() || service.steps.iter().any(|step| step.id == *id);
    match service.field(id) {
        None if is_screen => None,
        None => Some(fault("unknown-field", "renews.keeps", format!("`{id}` is not defined"))),
        Some(field) if field.lasts() => None,
        Some(_) => Some(fault("cannot-be-kept", "renews.keeps", format!("`{id}` is given anew each time"))),
    }
}
