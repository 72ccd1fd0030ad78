//! Texts that the resident agrees to, and what is not kept before they do.

use serde::Serialize;

use super::{Service, Step};
use crate::answers::Answers;
use crate::condition::is_accepted;
use crate::field::Field;
use crate::id::ConsentId;
use crate::json::readable;
use crate::text::Text;

/// A text that the resident agrees to. Never ticked for them; each version is kept with the case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Consent {
    pub id: ConsentId,
    pub version: u32,
    pub title: Text,
    pub body: Text,
    /// Sections and steps of which nothing is kept before this is agreed to (PIPL §31: the data of a child under
    /// fourteen).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<String>,
}

readable! {
    Consent { id, version, title, body, covers }
}

impl Service {
    pub fn consent(&self, id: &ConsentId) -> Option<&Consent> {
        self.consents.iter().find(|consent| consent.id == *id)
    }

    /// The fields whose answers may not be kept yet: a consent that covers them was not given, or to another version.
    pub fn withheld<'a>(&'a self, answers: &Answers) -> Vec<&'a Field> {
        let open = self.consents.iter().filter(|consent| !self.is_given(consent, answers));
        let covered: Vec<&String> = open.flat_map(|consent| &consent.covers).collect();
        let is_covered = |step: &Step| covered.contains(&&step.section.0) || covered.contains(&&step.id.0);
        self.fields().filter(|(step, _)| is_covered(step)).map(|(_, field)| field).collect()
    }

    fn is_given(&self, consent: &Consent, answers: &Answers) -> bool {
        let mut fields = self.fields().map(|(_, field)| field);
        fields.any(|field| {
            let asks_for_it = field.kind.consent().is_some_and(|given| given.consent == consent.id);
            asks_for_it && is_accepted(answers.get(&field.id), consent.version)
        })
    }
}
