//! Normalises changed answers before they are stored: gives names their codes, clears lookups about another number, prefills what the account
//! knows, removes answers that lack a consent, and invalidates signatures under other answers.

use contract::condition::Scope;
use contract::id::FieldId;
use contract::kinds::{Lookup, LookupStatus};
use contract::{Answers, Context, Journey, Service};
use serde_json::{Value, json};

use super::prefill::known;
use super::spelling::spelled;
use crate::store::Citizen;

/// The resident who changes a draft, and the time of the change.
pub(crate) struct Author<'a> {
    pub(crate) citizen: &'a Citizen,
    /// RFC 3339.
    pub(crate) now: String,
}

/// The answers as they are stored.
pub(super) fn normalised(
    service: &Service,
    context: &Context,
    author: &Author<'_>,
    before: &Answers,
    after: &Answers,
) -> Answers {
    let (stored, before, after) = (before, spelled(service, before), spelled(service, after));
    let mut normalisation = Normalisation { service, context, stored, before, after };
    normalisation.prefill_known_answers(author.citizen);
    normalisation.clear_stale_lookups();
    normalisation.mark_doubted_lookups();
    normalisation.stamp_consents(author);
    normalisation.apply_consent();
    normalisation.invalidate_signatures();
    normalisation.after
}

/// The answers that would be sent, without the signatures under them and what is asked only after the case was decided:
/// nobody has signed for that.
pub(super) fn signed_content(service: &Service, journey: &Journey<'_>) -> Answers {
    let mut content = journey.answers.clone();
    for (_, field) in service.fields().filter(|(_, field)| field.later) {
        content.set(&field.id, Value::Null);
    }
    for path in service.signature_paths() {
        content.change_each(&path, |_| Value::Null);
    }
    content
}

/// Whether what is signed differs.
pub(super) fn is_other_content(service: &Service, context: &Context, before: &Answers, after: &Answers) -> bool {
    let content = |answers| signed_content(service, &service.journey(answers, context));
    content(before) != content(after)
}

struct Normalisation<'a> {
    service: &'a Service,
    context: &'a Context,
    /// Before the change, as it stands in the draft.
    stored: &'a Answers,
    /// The same with codes for names.
    before: Answers,
    after: Answers,
}

impl Normalisation<'_> {
    /// Clears the lookups whose key fields changed, with the answers that they filled in. A lookup may fill in the
    /// key of another, so the journey is computed again for each.
    fn clear_stale_lookups(&mut self) {
        let then = self.service.journey(&self.before, self.context);
        for (_, field) in self.service.fields() {
            let Some(lookup) = field.kind.lookup() else { continue };
            let now = self.service.journey(&self.after, self.context);
            let goes_by_the_same = lookup.by.iter().all(|by| then.answers.get(by) == now.answers.get(by));
            if goes_by_the_same || self.before.get(&field.id).is_null() {
                continue;
            }
            let found = self.before.get(&field.id).get("found").cloned().unwrap_or_default();
            for (filled, name) in lookup.filled() {
                if found.get(name).is_some_and(|value| value == self.after.get(filled)) {
                    self.after.set(filled, Value::Null);
                }
            }
            self.after.set(&field.id, Value::Null);
        }
    }

    /// An answer that differs from the register's marks the lookup as doubted: a document must then show who is right.
    fn mark_doubted_lookups(&mut self) {
        for (_, field) in self.service.fields() {
            let Some(lookup) = field.kind.lookup() else { continue };
            let answer = self.after.get(&field.id);
            let differs = |(filled, name): (&FieldId, &String)| {
                let (written, found) = (self.after.get(filled), answer.get("found").and_then(|found| found.get(name)));
                !written.is_null() && found.is_some_and(|found| found != written)
            };
            if Lookup::matched(answer) && lookup.fills.iter().any(differs) {
                let mut doubted = answer.clone();
                doubted["status"] = json!(LookupStatus::Doubted);
                self.after.set(&field.id, doubted);
            }
        }
    }

    /// Fills in what the account knows where that begins to fit, and takes it back, untouched, where it no longer does.
    fn prefill_known_answers(&mut self, citizen: &Citizen) {
        let then = self.service.journey(&self.before, self.context);
        let now = self.service.journey(&self.after, self.context);
        for (_, field) in self.service.fields().filter(|(_, field)| field.prefill_when.is_some()) {
            let Some(known) = known(field, citizen) else { continue };
            let fits = |journey: &Journey<'_>| field.offers_known(&scope(self.service, self.context, &journey.answers));
            let answer = self.after.get(&field.id);
            match (fits(&then), fits(&now)) {
                (false, true) if answer.is_null() => self.after.set(&field.id, known),
                (true, false) if *answer == known => self.after.set(&field.id, Value::Null),
                _ => {}
            }
        }
    }

    /// Each consent carries when it was given, and by whom; the browser is not asked.
    fn stamp_consents(&mut self, author: &Author<'_>) {
        for (_, field) in self.service.fields().filter(|(_, field)| field.kind.consent().is_some()) {
            let given = self.after.get(&field.id);
            let (accepted, version) = (given.get("accepted"), given.get("version"));
            if given == self.before.get(&field.id) || accepted.is_none() {
                continue;
            }
            let stamped = json!({
                "accepted": accepted, "version": version, "at": author.now, "signer": author.citizen.name,
            });
            self.after.set(&field.id, stamped);
        }
    }

    fn apply_consent(&mut self) {
        for field in self.service.withheld(&self.after) {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id));
            self.after.set(name, Value::Null);
        }
    }

    fn invalidate_signatures(&mut self) {
        if !is_other_content(self.service, self.context, self.stored, &self.after) {
            return;
        }
        invalidate_signatures(self.service, &mut self.after);
    }
}

/// What was signed is not what stands there now: it is to be signed again.
pub(crate) fn invalidate_signatures(service: &Service, answers: &mut Answers) {
    for path in service.signature_paths() {
        answers.change_each(&path, |_| json!({ "stale": true }));
    }
}

fn scope<'a>(service: &'a Service, context: &'a Context, answers: &'a Answers) -> Scope<'a> {
    Scope { service, context, answers, row: None }
}
