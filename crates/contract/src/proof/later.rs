//! What is asked for later is asked for by somebody, after something else, and in a way that the phone can show.

use super::{Fault, fault};
use crate::service::{AfterCheck, Item, Service};

pub(super) fn check(service: &Service) -> Vec<Fault> {
    let checks = || service.items.iter().filter_map(|item| Some((item, item.after_check.as_ref()?)));
    let mut faults: Vec<Fault> = checks().flat_map(|(item, check)| of_item(service, item, check)).collect();
    for (_, field) in service.fields().filter(|(_, field)| field.later) {
        let is_asked = checks().any(|(_, check)| check.asks.contains(&field.id));
        // Only a list of files has an answer that is there and empty.
        if !is_asked || field.kind.attachments().is_none() {
            let place = format!("fields.{}.later", field.id);
            faults.push(fault(
                "never-asked",
                &place,
                "only an upload that an item's after-check asks for can come later",
            ));
        }
    }
    faults
}

fn of_item(service: &Service, item: &Item, check: &AfterCheck) -> Vec<Fault> {
    let place = format!("items.{}.after_check", item.id);
    let mut faults = Vec::new();
    if item.needs.is_empty() {
        faults.push(fault("after-check-of-nothing", &place, "say in `needs` what is checked"));
    }
    if !service.limits.contains_key(&check.within) {
        faults.push(fault("unknown-limit", &place, format!("`{}` is not defined", check.within)));
    }
    if let Some(id) = check.from.as_ref().filter(|id| service.field(id).is_none()) {
        faults.push(fault("unknown-field", &place, format!("`{id}` is not defined")));
    }
    for id in &check.asks {
        if !service.fields().any(|(_, field)| field.id == *id && field.later) {
            faults.push(fault("asks-too-early", &place, format!("`{id}` is no field that comes later")));
        }
    }
    faults
}
