//! What follows from a change before it is kept: answers of registers about another number go, what the account knows is
//! offered, nothing is kept that nobody agreed to, and a signature under other answers is none.

use contract::condition::Scope;
use contract::id::FieldId;
use contract::kinds::{Lookup, LookupStatus};
use contract::{Answers, Context, Field, Journey, Service};
use serde_json::{Value, json};

use super::prefill::known;
use crate::store::Citizen;

/// Who changes a draft, and when.
pub(crate) struct Author<'a> {
    pub(crate) citizen: &'a Citizen,
    /// RFC 3339.
    pub(crate) now: String,
}

/// The answers as they are kept.
pub(super) fn settled(
    service: &Service,
    context: &Context,
    author: &Author<'_>,
    before: &Answers,
    after: Answers,
) -> Answers {
    let mut settling = Settling { service, context, before, after };
    settling.offer_known(author.citizen);
    settling.forget_stale_lookups();
    settling.doubt_what_differs();
    settling.stamp_consents(author);
    settling.withhold();
    settling.void_signatures();
    settling.after
}

/// The answers that would be sent, without the signatures under them.
pub(super) fn signed_content(service: &Service, journey: &Journey<'_>) -> Answers {
    let mut content = journey.answers.clone();
    for field in signatures(service) {
        content.set(&field.id, Value::Null);
    }
    content
}

fn signatures(service: &Service) -> impl Iterator<Item = &Field> {
    service.fields().map(|(_, field)| field).filter(|field| field.kind.signature().is_some())
}

struct Settling<'a> {
    service: &'a Service,
    context: &'a Context,
    before: &'a Answers,
    after: Answers,
}

impl Settling<'_> {
    /// What a register said about another number is no answer any more, and neither is what it filled in. One may fill in
    /// what the next goes by, so the journey is walked anew for each.
    fn forget_stale_lookups(&mut self) {
        let then = self.service.journey(self.before, self.context);
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

    /// Whoever writes something else than the register doubts it: a document must then say who is right.
    fn doubt_what_differs(&mut self) {
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
    fn offer_known(&mut self, citizen: &Citizen) {
        let then = self.service.journey(self.before, self.context);
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

    fn withhold(&mut self) {
        for field in self.service.withheld(&self.after) {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id));
            self.after.set(name, Value::Null);
        }
    }

    fn void_signatures(&mut self) {
        let content = |answers| signed_content(self.service, &self.service.journey(answers, self.context));
        if content(self.before) == content(&self.after) {
            return;
        }
        for field in signatures(self.service) {
            if !self.after.get(&field.id).is_null() {
                self.after.set(&field.id, json!({ "stale": true }));
            }
        }
    }
}

fn scope<'a>(service: &'a Service, context: &'a Context, answers: &'a Answers) -> Scope<'a> {
    Scope { service, context, answers, row: None }
}
