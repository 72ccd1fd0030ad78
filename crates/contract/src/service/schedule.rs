//! How long an application takes at most: items that need others begin when those are done, so the longest chain counts
//! and not the longest item. And how it was before, where that was published.

use serde::Serialize;

use super::{Item, Service};
use crate::json::readable;

/// When an item is worked on, in working days after the application, if each office takes all the time that it promises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage<'a> {
    pub item: &'a Item,
    /// It begins when so many days have passed.
    pub begins_after: u32,
    pub ends_by: u32,
    /// Looks at what was granted: nobody waits for it.
    pub is_afterwards: bool,
}

/// What an authority published of a service: documents to hand in, working days, steps, visits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedFigures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub papers: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visits: Option<u32>,
    /// Where the numbers were read. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub source: String,
}

readable! {
    PublishedFigures { papers, days, steps, visits, #[cfg(feature = "load")] source = String::new() }
}

impl PublishedFigures {
    /// Papers, days, steps, visits.
    pub fn numbers(&self) -> [Option<u32>; 4] {
        [self.papers, self.days, self.steps, self.visits]
    }
}

impl Service {
    /// The stages of all items, in the order of the definition, which names an item before those that need it.
    pub fn schedule(&self) -> Vec<Stage<'_>> {
        let mut stages: Vec<Stage<'_>> = Vec::new();
        for item in &self.items {
            let needed = stages.iter().filter(|stage| item.needs.contains(&stage.item.id));
            let begins_after = needed.map(|stage| stage.ends_by).max().unwrap_or(0);
            let ends_by = begins_after + item.promise.working_days;
            stages.push(Stage { item, begins_after, ends_by, is_afterwards: self.is_afterwards(item) });
        }
        stages
    }

    /// The working days of the longest chain.
    pub fn longest_days(&self) -> u32 {
        let stages = self.schedule();
        stages.iter().filter(|stage| !stage.is_afterwards).map(|stage| stage.ends_by).max().unwrap_or(0)
    }

    /// Whether it begins with what is asked for later (事后核查): its document is uploaded in a field that is.
    fn is_afterwards(&self, item: &Item) -> bool {
        self.fields().filter(|(_, field)| field.later).any(|(_, field)| {
            let uploaded = field.kind.attachments().map(|attachments| &attachments.material);
            self.materials.iter().any(|material| uploaded == Some(&material.id) && material.items.contains(&item.id))
        })
    }
}
