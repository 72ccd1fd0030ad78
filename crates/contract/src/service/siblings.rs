//! Another application of the same family: what is shared is copied, what differs is asked again.

use serde::Serialize;

use super::{Service, Step};
use crate::condition::Condition;
use crate::field::Field;
use crate::json::readable;
use crate::text::Text;

/// How twins go on after the first one was sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Siblings {
    pub title: Text,
    pub says: Text,
    /// Where the first application shows that there are more.
    pub show_when: Condition,
    /// Sections, steps and fields that are asked of each; consents and signatures always are.
    pub asks: Vec<String>,
}

readable! {
    Siblings { title, says, show_when, asks }
}

impl Service {
    /// Whether a sibling's application begins with the answer of the first one.
    pub fn is_shared(&self, step: &Step, field: &Field) -> bool {
        let asked = self.siblings.iter().flat_map(|siblings| &siblings.asks);
        let own = [&*step.section.0, &*step.id.0, &*field.id.0];
        let is_personal = field.kind.consent().is_some() || field.kind.signature().is_some();
        !is_personal && !asked.into_iter().any(|id| own.contains(&&**id))
    }
}
