//! Fees name numbers, answers and items that are there, and each can be paid.

use super::{Fault, fault};
use crate::FieldKind;
use crate::id::{ItemId, LimitId};
use crate::service::{Amount, Fee, Service};

pub(super) fn check(service: &Service) -> Vec<Fault> {
    let of_fee = |(at, fee): (usize, &Fee)| {
        let place = format!("fees.{at}");
        let mut faults = names(service, fee, &place);
        faults.extend(waits(service, fee, &place));
        faults
    };
    service.fees.iter().enumerate().flat_map(of_fee).collect()
}

/// The numbers of an amount, and the answer that it goes by: a number, or a choice of which every option has one.
fn names(service: &Service, fee: &Fee, place: &str) -> Vec<Fault> {
    let unknown = |code, name: &str| fault(code, place, format!("`{name}` is not defined"));
    let limit = |id: &LimitId| (!service.limits.contains_key(id)).then(|| unknown("unknown-limit", id));
    let item = service.item(&fee.item).is_none().then(|| unknown("unknown-item", &fee.item));
    let mut faults: Vec<Fault> = item.into_iter().collect();
    match &fee.amount {
        Amount::Limit(id) => faults.extend(limit(id)),
        Amount::Field(id) => {
            let kind = service.field(id).map(|field| field.kind.name());
            let is_number = kind.is_some_and(|kind| ["number", "money", "computed"].contains(&kind));
            faults.extend((!is_number).then(|| unknown("unknown-field", id)));
        }
        Amount::Table(table) => {
            faults.extend(table.of.values().filter_map(limit));
            let Some(FieldKind::Choice(choice)) = service.field(&table.by).map(|field| &field.kind) else {
                faults.push(unknown("unknown-field", &table.by));
                return faults;
            };
            let missing = choice.options.iter().filter(|option| !table.of.contains_key(&*option.id.0));
            faults.extend(missing.map(|option| unknown("no-amount", &option.id)));
        }
    }
    faults
}

/// A case is paid at once, when all that is to be paid for is accepted, and nothing is granted before.
fn waits(service: &Service, fee: &Fee, place: &str) -> Option<Fault> {
    let other = service.fees.iter().find(|other| waits_for(service, &fee.item, &other.item))?;
    let says = format!("it could never be paid: `{}` waits for `{}`, which has a fee too", fee.item, other.item);
    Some(fault("fee-never-paid", place, says))
}

/// Whether an item needs another, directly or through others.
fn waits_for(service: &Service, item: &ItemId, other: &ItemId) -> bool {
    let needs = service.item(item).map(|item| item.needs.as_slice()).unwrap_or_default();
    // What is needed stands earlier, else it is a fault of its own.
    let place = |id: &ItemId| service.items.iter().position(|item| item.id == *id);
    needs.iter().any(|need| need == other || (place(need) < place(item) && waits_for(service, need, other)))
}
