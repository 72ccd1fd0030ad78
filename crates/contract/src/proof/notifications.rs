//! Who is told of an application is told on a phone that the form asks for, in words that are whole.

use super::{Fault, fault, texts};
use crate::field::FieldKind;
use crate::service::{Notification, Service};
use crate::text::Text;

pub(super) fn check(service: &Service) -> Vec<Fault> {
    service.notifications.iter().flat_map(|notification| of_notification(service, notification)).collect()
}

fn of_notification(service: &Service, notification: &Notification) -> Vec<Fault> {
    let place = format!("notifications.{}", notification.id);
    let says = &notification.says;
    // The only name in it that is no limit.
    let without_number = |text: &str| text.replace("{reference}", "");
    let told = Text::new(without_number(&says.zh), without_number(&says.en));
    let mut faults = texts::of(&told, &format!("{place}.says"));
    let field = service.field(&notification.to);
    if notification.to.contains('.') || !field.is_some_and(|field| matches!(field.kind, FieldKind::Phone(_))) {
        let says = format!("`{}` is no question for a phone", notification.to);
        faults.push(fault("unknown-field", &format!("{place}.to"), says));
    }
    faults
}
