//! Word to somebody else whose data an application uses, at the time when it is sent (个人信息保护法 §17). Phones do not ask.

use serde::Serialize;

use super::Service;
use crate::condition::Condition;
use crate::id::{FieldId, NotificationId};
use crate::journey::Journey;
use crate::json::readable;
use crate::text::Text;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Notification {
    pub id: NotificationId,
    /// The question that asks for the phone. Where it stays empty, nobody is told.
    pub to: FieldId,
    pub when: Condition,
    /// The SMS; `{reference}` becomes the number of the case.
    pub says: Text,
}

readable! {
    Notification { id, to, when, says }
}

impl Service {
    /// Who is told by these answers, each with the phone.
    pub fn notifications_of<'a>(
        &'a self,
        journey: &'a Journey<'_>,
    ) -> impl Iterator<Item = (&'a Notification, &'a str)> {
        let scope = journey.scope(self);
        let due = self.notifications.iter().filter(move |notification| notification.when.holds(&scope));
        due.filter_map(|notification| Some((notification, journey.answers.get(&notification.to).as_str()?)))
    }
}
