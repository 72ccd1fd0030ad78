//! The branches of a service: what people tell apart (the father applies, twins, a parent from abroad), each as a small
//! change to an example, with what it must lead to.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::examples::Example;
use super::{Fault, fault};
use crate::answers::Answers;
use crate::journey::Journey;
use crate::load::Definition;
use crate::material::Mode;
use crate::service::Service;
use crate::text::Text;

/// `examples/branches.toml`.
#[derive(Clone, Debug, Default)]
pub struct Branches(pub Vec<Branch>);

/// One branch, with the answers that it comes to.
#[derive(Clone, Debug)]
pub struct Branch {
    pub id: String,
    pub title: Text,
    pub example: Example,
    /// The gate where it ends; otherwise it can be sent.
    pub exit: Option<String>,
    shows: Vec<String>,
    hides: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    branches: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    title: Text,
    /// `minimal`, `maximal`, or a branch above.
    from: String,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    answers: Map<String, Value>,
    exit: Option<String>,
    #[serde(default)]
    shows: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
}

impl Branches {
    pub(super) fn read(toml: &str, minimal: &Example, maximal: &Example) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut branches: Vec<Branch> = Vec::new();
        for written in file.branches {
            let base = match written.from.as_str() {
                "minimal" => Some(minimal),
                "maximal" => Some(maximal),
                id => branches.iter().find(|branch| branch.id == id).map(|branch| &branch.example),
            };
            let base = base.ok_or_else(|| format!("{}: there is no `{}` above it", written.id, written.from))?;
            branches.push(written.over(base));
        }
        Ok(Self(branches))
    }

    pub(super) fn check(&self, definition: &Definition) -> Vec<Fault> {
        self.0.iter().flat_map(|branch| branch.check(definition)).collect()
    }

    /// A row for each: its steps, its papers, where it ends.
    pub(super) fn table(&self, definition: &Definition) -> Result<String, String> {
        let mut rows = String::new();
        for branch in &self.0 {
            rows += &branch.row(&definition.service(&branch.example.division)?);
        }
        Ok(rows)
    }
}

impl Written {
    fn over(self, base: &Example) -> Branch {
        let mut answers = base.answers.clone();
        self.without.iter().for_each(|field| answers.set(field, Value::Null));
        self.answers.into_iter().for_each(|(field, value)| answers.set(&field, value));
        let (shows, hides) = (self.shows, self.hides);
        let example = Example { answers, ..base.clone() };
        Branch { id: self.id, title: self.title, example, exit: self.exit, shows, hides }
    }
}

impl Branch {
    fn check(&self, definition: &Definition) -> Vec<Fault> {
        let place = format!("examples.branches.{}", self.id);
        let service = match definition.service(&self.example.division) {
            Ok(service) => service,
            Err(error) => return vec![fault("unreadable", &place, error)],
        };
        let context = self.example.context();
        let journey = service.journey(&self.example.answers, &context);
        let mut faults = self.check_end(&service, &journey, &place);
        let found = self.names(&service, &journey);
        for name in self.shows.iter().filter(|name| !found.contains(name)) {
            faults.push(fault("branch-misses", &place, format!("`{name}` is not in it")));
        }
        for name in self.hides.iter().filter(|name| found.contains(name)) {
            faults.push(fault("branch-shows", &place, format!("`{name}` is in it")));
        }
        faults
    }

    fn check_end(&self, service: &Service, journey: &Journey<'_>, place: &str) -> Vec<Fault> {
        let end = journey.exit.map(|gate| gate.id.0.as_str());
        match (&self.exit, end) {
            (None, _) => self.example.check(service, place),
            (Some(wanted), Some(end)) if wanted == end => self.check_way(service, journey, place),
            (Some(wanted), end) => {
                let says = format!("it should end at `{wanted}` and ends at {}", end.unwrap_or("the review"));
                vec![fault("branch-ends-elsewhere", place, says)]
            }
        }
    }

    /// On the way to an exit everything must be right too, up to the step of the gate.
    fn check_way(&self, service: &Service, journey: &Journey<'_>, place: &str) -> Vec<Fault> {
        let last = journey.steps.last().map(|step| &step.step.id);
        let errors = service.check(journey).into_iter().filter(|error| error.blocks() && Some(&error.step) != last);
        let wrong = |error: crate::FieldError| {
            fault(
                "example-wrong",
                &format!("{place}.{}", error.field),
                format!("{} ({})", error.message.en, error.code),
            )
        };
        errors.map(wrong).collect()
    }

    /// The steps, fields, documents, items, deliveries and notifications that it leads to.
    fn names(&self, service: &Service, journey: &Journey<'_>) -> Vec<String> {
        let scope = journey.scope(service);
        let steps = journey.steps.iter().map(|step| step.step.id.0.clone());
        let fields = journey.shown_fields().map(|(path, _)| path);
        let materials = service.asked_materials(journey).into_iter().map(|asked| asked.material.id.0.clone());
        let items = service.items.iter().filter(|item| item.show_when.as_ref().is_none_or(|when| when.holds(&scope)));
        let deliveries = service.deliveries.iter().filter(|delivery| delivery.when.holds(&scope));
        let told = service.notifications_of(journey).map(|(notification, _)| notification.id.0.clone());
        let warnings = service.check(journey).into_iter().map(|error| error.code);
        steps
            .chain(fields)
            .chain(materials)
            .chain(items.map(|item| item.id.0.clone()))
            .chain(deliveries.map(|delivery| delivery.id.0.clone()))
            .chain(told)
            .chain(warnings)
            .collect()
    }

    fn row(&self, service: &Service) -> String {
        let context = self.example.context();
        let journey = service.journey(&self.example.answers, &context);
        let end = journey.exit.map_or_else(|| "sent".to_owned(), |gate| format!("exit `{}`", gate.id));
        let papers = if journey.exit.is_some() { String::new() } else { papers(service, &journey) };
        let (title, steps) = (&self.title, journey.steps.len());
        format!("| {} · {} | {steps} | {papers} | {end} |\n", title.zh, title.en)
    }
}

/// The documents by how they get there: `9 generated, 4 checked, 1 to upload (fee-list)`.
fn papers(service: &Service, journey: &Journey<'_>) -> String {
    let asked = service.asked_materials(journey);
    let count = |mode: Mode| asked.iter().filter(|one| one.mode == mode).count();
    let uploads: Vec<&str> =
        asked.iter().filter(|one| one.mode == Mode::Upload).map(|one| &*one.material.id.0).collect();
    let known = count(Mode::Verified) + count(Mode::Certificate);
    let mut words = format!("{} made, {known} known", count(Mode::Generated));
    if !uploads.is_empty() {
        words += &format!(", upload: {}", uploads.join(", "));
    }
    words
}

impl Branch {
    /// What the answers come to, for whoever walks them in a browser.
    pub fn answers(&self) -> &Answers {
        &self.example.answers
    }
}
