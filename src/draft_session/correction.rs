//! A draft that corrects a returned case asks what the office named, and what that makes necessary.

use contract::api::{Draft, Reason, Return};
use contract::{Answers, Context, Field, Journey, Service};
use leptos::prelude::*;
use serde_json::Value;

use super::DraftSession;

/// What a correction is about; empty where the draft is none.
#[derive(Default)]
pub(super) struct Correction {
    /// What the office asked for.
    requests: Vec<Reason>,
    /// The returns that these requests came with: a correction answers those and no later ones.
    returns: Vec<Return>,
    begun_with: Answers,
    /// The paths that were asked already when the application was sent.
    asked_before: Vec<String>,
}

impl Correction {
    pub(super) fn of(draft: &Draft, service: &Service, context: &Context) -> Self {
        if draft.correction_requests.is_empty() {
            return Self::default();
        }
        let begun_with = draft.begun_with.clone().unwrap_or_else(|| draft.answers.clone());
        let asked_before = paths(&service.journey(&begun_with, context));
        let (requests, returns) = (draft.correction_requests.clone(), draft.returns.clone());
        Self { requests, returns, begun_with, asked_before }
    }

    fn asks(&self, path: &str, answers: &Answers, journey: &Journey<'_>) -> bool {
        let group = path.split_once('.').map(|(group, _)| group);
        let is_named = |reason: &Reason| reason.field == path || Some(&*reason.field) == group;
        self.requests.is_empty()
            || self.requests.iter().any(is_named)
            || self.is_answered_anew(path, answers)
            || self.is_new(path, journey)
    }

    /// Whether it was not asked when the application was sent, and is now.
    fn is_new(&self, path: &str, journey: &Journey<'_>) -> bool {
        let is_it = |asked: &String| asked == path;
        !self.asked_before.iter().any(is_it) && paths(journey).iter().any(is_it)
    }

    /// Whether it was left out when the application was sent, and is answered now.
    fn is_answered_anew(&self, path: &str, answers: &Answers) -> bool {
        let Some((group, field)) = path.split_once('.') else {
            return self.begun_with.get(path).is_null() && !answers.get(path).is_null();
        };
        let answer = |row: &serde_json::Map<String, Value>| row.get(field).cloned().unwrap_or_default();
        answers.rows(group).any(|row| {
            let mut before = self.begun_with.rows(group).filter(|old| old.get("row") == row.get("row"));
            !answer(row).is_null() && before.all(|old| answer(old).is_null())
        })
    }
}

/// Everything that is asked on the way.
fn paths(journey: &Journey<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for shown in journey.steps.iter().flat_map(|step| &step.fields) {
        match shown.field.kind.rows() {
            None => paths.push(shown.field.id.0.clone()),
            Some(group) => {
                let name = group.answered_as(&shown.field.id);
                paths.extend(shown.rows.iter().flatten().map(|inner| format!("{name}.{}", inner.field.id)));
            }
        }
    }
    paths
}

impl DraftSession {
    /// What the office asked to correct; empty where this is no correction. Tracked.
    pub(crate) fn correction_requests(self) -> Vec<Reason> {
        self.correction.try_with(|correction| correction.requests.clone()).unwrap_or_default()
    }

    /// Whether it corrects a case, which stays where it is decided.
    pub(crate) fn is_correction(self) -> bool {
        self.correction.with(|correction| !correction.requests.is_empty())
    }

    /// The returns that the resident has seen.
    pub(super) fn seen_returns(self) -> Vec<Return> {
        self.correction.try_with_untracked(|correction| correction.returns.clone()).unwrap_or_default()
    }

    /// Takes over what the office asks for by now. The resident has to look again.
    pub(super) fn refresh_correction(self, draft: &Draft) {
        if self.correction.with_untracked(|correction| correction.returns == draft.returns) {
            return;
        }
        self.is_submission_pending.set(false);
        let context = self.journey.with_untracked(|journey| journey.context);
        self.correction.set(Correction::of(draft, self.service, context));
    }

    /// Whether a field is asked: of a correction, only what the office named, the signatures under it, and what follows
    /// from a change. Tracked.
    pub(crate) fn asks(self, field: &Field) -> bool {
        let Some(group) = field.kind.rows() else {
            return field.kind.signature().is_some() || self.asks_path(&field.id);
        };
        let name = group.answered_as(&field.id);
        group.fields.iter().any(|inner| self.asks_path(&format!("{name}.{}", inner.id)))
    }

    /// The same for a path, `field` or `group.field`.
    pub(crate) fn asks_path(self, path: &str) -> bool {
        let (answers, journey) = (self.answers.read(), self.journey.read());
        self.correction.with(|correction| correction.asks(path, &answers, &journey))
            || self.errors.read().iter().any(|error| error.blocks() && error.field == path)
    }

    /// What the office said about a field, in its row. A deferred field is asked for by the form's own words.
    pub(crate) fn officer_message(self, path: &str, row: Option<usize>) -> Option<String> {
        if self.service.field(path).is_some_and(|field| field.later) {
            return None;
        }
        let is_it = |reason: &Reason| reason.field == path && (reason.row.is_none() || reason.row == row);
        self.correction_requests().into_iter().find(is_it).map(|reason| reason.says)
    }
}
