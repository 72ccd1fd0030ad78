//! Each result comes in one way, and its hours are written once.

use super::{Fault, fault, texts};
use crate::condition::Scope;
use crate::field::FieldKind;
use crate::id::DivisionCode;
use crate::kinds::Choosable;
use crate::service::{Delivery, Item, Service};
use crate::text::Text;

/// Names that are not there, and hours that stand twice.
pub(super) fn check(service: &Service, division: &DivisionCode) -> Vec<Fault> {
    service.deliveries.iter().flat_map(|delivery| of_delivery(service, delivery, division)).collect()
}

fn of_delivery(service: &Service, delivery: &Delivery, division: &DivisionCode) -> Vec<Fault> {
    let place = format!("deliveries.{}", delivery.id);
    let mut faults = Vec::new();
    for id in delivery.items.iter().filter(|id| service.item(id).is_none()) {
        faults.push(fault("unknown-item", &format!("{place}.items"), format!("`{id}` is not defined")));
    }
    if let Some(hours) = &delivery.hours {
        faults.extend(texts::of(hours, &format!("{place}.hours")));
        if delivery.at_window {
            faults.push(fault("hours-twice", &format!("{place}.hours"), "a window has its own hours"));
        }
    }
    if delivery.says.as_ref().is_some_and(tells_a_time) {
        faults.push(fault("hours-twice", &format!("{place}.says"), "write the hours as `hours`, and nowhere else"));
    }
    let hours = service.hours_of(delivery, division);
    if let Some(option) = option_of(service, delivery)
        && option.help.as_ref().is_some_and(|help| tells_a_time(&without(help, hours.as_ref())))
    {
        let says = format!("option {} tells a time; the hours of the delivery are told with it", option.id);
        faults.push(fault("hours-twice", &place, says));
    }
    faults
}

fn option_of<'a>(service: &'a Service, delivery: &Delivery) -> Option<&'a Choosable> {
    let (field, option) = delivery.chosen_by()?;
    let FieldKind::Choice(choice) = &service.field(field)?.kind else { return None };
    choice.options().iter().find(|one| one.id == *option)
}

fn without(help: &Text, hours: Option<&Text>) -> Text {
    let Some(hours) = hours else { return help.clone() };
    Text::new(help.zh.replace(&hours.zh, ""), help.en.replace(&hours.en, ""))
}

/// `9:00`, also with the colon of Chinese.
fn tells_a_time(text: &Text) -> bool {
    let characters: Vec<char> = text.zh.chars().collect();
    characters
        .windows(3)
        .any(|three| matches!(three, [hour, ':' | '：', minute] if hour.is_ascii_digit() && minute.is_ascii_digit()))
}

/// At the end of a walk: each item that holds has one way for its result to come, or is electronic only.
pub(super) fn at_the_end(service: &Service, scope: &Scope<'_>) -> Vec<Fault> {
    let holds =
        |item: &&Item| item.show_when.as_ref().is_none_or(|when| when.holds(scope)) && item.after_check.is_none();
    let is_electronic = |item: &Item| {
        item.issues.as_ref().and_then(|issue| issue.electronic.as_ref()).is_some_and(|when| when.holds(scope))
    };
    let mut faults = Vec::new();
    for item in service.items.iter().filter(holds).filter(|_| !service.deliveries.is_empty()) {
        let covering = service.deliveries.iter().filter(|delivery| delivery.covers(item));
        let found = covering.filter(|delivery| delivery.when.holds(scope)).count();
        if found > 1 || found == 0 && !is_electronic(item) {
            let says = format!("some answers lead to {found} of them for {}", item.id);
            faults.push(fault("not-exactly-one", "deliveries", says));
        }
    }
    faults
}
