//! The only URLs of the officers' program: one enum, one pair of functions. Filters of the queue stand in the address
//! too.

use contract::api::QueueEntry;
use contract::case::CaseStatus;
use contract::id::{ItemId, Reference};

use crate::navigation::Address;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum AgencyRoute {
    Queue(QueueFilter),
    Task {
        reference: Reference,
        item: ItemId,
    },
    /// A case by its number; without one, the form that asks for it.
    Lookup {
        reference: Option<Reference>,
    },
    Grievances,
    Grievance {
        number: String,
    },
    NotFound,
}

/// What the queue shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct QueueFilter {
    pub(super) stage: Stage,
    pub(super) mine: bool,
    pub(super) item: Option<ItemId>,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Stage {
    /// An officer of the agency has something to do, or the applicant has something to correct.
    #[default]
    Open,
    /// Another agency, or the applicant, has to act first.
    Waiting,
    Done,
}

impl Stage {
    const WORDS: [(Self, &str); 3] = [(Self::Open, "open"), (Self::Waiting, "waiting"), (Self::Done, "done")];

    fn of(status: CaseStatus, overdue: bool) -> Self {
        match status {
            // An officer looks at it even though the applicant sent nothing in time.
            CaseStatus::AwaitingMaterials if overdue => Self::Open,
            CaseStatus::Waiting | CaseStatus::AwaitingMaterials => Self::Waiting,
            _ if status.is_end() => Self::Done,
            _ => Self::Open,
        }
    }

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(stage, _)| *stage == self).map_or("", |(_, word)| word)
    }
}

impl AgencyRoute {
    /// Reads a path with its query.
    pub(super) fn parse(url: &str) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts[..] {
            ["agency"] => Self::Queue(QueueFilter::parse(query)),
            ["agency", "tasks", reference, item] => Self::Task { reference: reference.into(), item: item.into() },
            ["agency", "cases"] => Self::Lookup { reference: None },
            ["agency", "cases", reference] => Self::Lookup { reference: Some(reference.into()) },
            ["agency", "grievances"] => Self::Grievances,
            ["agency", "grievances", number] => Self::Grievance { number: number.to_owned() },
            _ => Self::NotFound,
        }
    }

    /// Writes what `parse` reads.
    pub(super) fn url(&self) -> String {
        match self {
            Self::Queue(filter) => format!("/agency{}", filter.query()),
            Self::Task { reference, item } => format!("/agency/tasks/{reference}/{item}"),
            Self::Lookup { reference: None } => "/agency/cases".to_owned(),
            Self::Lookup { reference: Some(reference) } => format!("/agency/cases/{reference}"),
            Self::Grievances => "/agency/grievances".to_owned(),
            Self::Grievance { number } => format!("/agency/grievances/{number}"),
            Self::NotFound => "/agency/not-found".to_owned(),
        }
    }
}

impl Address for AgencyRoute {
    fn parse_known(url: &str) -> Option<Self> {
        Some(Self::parse(url)).filter(|route| *route != Self::NotFound)
    }

    fn not_found() -> Self {
        Self::NotFound
    }

    fn url(&self) -> String {
        self.url()
    }
}

impl QueueFilter {
    fn parse(query: &str) -> Self {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Self {
            stage: Stage::WORDS
                .iter()
                .find(|(_, word)| value("status") == Some(word))
                .map_or(Stage::Open, |(stage, _)| *stage),
            mine: value("mine") == Some("true"),
            item: value("item").filter(is_id).map(ItemId::from),
        }
    }

    /// Whether an entry of the queue passes the filter.
    pub(super) fn admits(&self, entry: &QueueEntry) -> bool {
        Stage::of(entry.status, entry.overdue) == self.stage
            && (entry.mine || !self.mine)
            && self.item.as_ref().is_none_or(|item| entry.item == *item)
    }

    /// As the address bar writes it; nothing for what holds anyway.
    fn query(&self) -> String {
        let mut query = String::new();
        let mut add = |pair: String| query += &format!("{}{pair}", if query.is_empty() { '?' } else { '&' });
        if self.stage != Stage::Open {
            add(format!("status={}", self.stage.word()));
        }
        if self.mine {
            add("mine=true".to_owned());
        }
        if let Some(item) = &self.item {
            add(format!("item={item}"));
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_is_written_is_read_again() {
        for route in [
            AgencyRoute::Queue(QueueFilter::default()),
            AgencyRoute::Queue(QueueFilter { stage: Stage::Done, mine: true, item: Some("sign-permit".into()) }),
            AgencyRoute::Queue(QueueFilter { stage: Stage::Waiting, ..QueueFilter::default() }),
            AgencyRoute::Queue(QueueFilter { mine: true, ..QueueFilter::default() }),
            AgencyRoute::Task { reference: "CD2611-0427-7".into(), item: "sign-permit".into() },
            AgencyRoute::Lookup { reference: None },
            AgencyRoute::Lookup { reference: Some("CD2611-0427-7".into()) },
            AgencyRoute::Grievances,
            AgencyRoute::Grievance { number: "BB2611-0001-3".to_owned() },
            AgencyRoute::NotFound,
        ] {
            assert_eq!(AgencyRoute::parse(&route.url()), route);
        }
    }

    #[wasm_bindgen_test]
    fn a_filter_that_is_no_id_is_left_out() {
        assert_eq!(AgencyRoute::parse("/agency?item=<b>&status=open"), AgencyRoute::Queue(QueueFilter::default()));
    }
}
