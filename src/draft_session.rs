//! The open draft: its answers as signals, the journey derived from them, and what the screens may do with both.

mod bound_field;
mod correction;
mod opened;
mod persistence;
mod saving;
mod submission;

use contract::api::Draft;
use contract::kinds::Choice;
use contract::merge::Clash;
use contract::problem::FieldError;
use contract::{Answers, Context, Journey, Service};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::api::{Api, ApiError, Signed};
use crate::http::Answer;
use crate::local_store::LocalStore;
pub(crate) use bound_field::{BoundField, group_of};
use correction::Correction;
pub(crate) use opened::{Definition, DraftSessions};
pub(crate) use saving::SaveState;

/// One open draft. It is a handle on signals that its owner in [`DraftSessions`] keeps alive; what still runs in the
/// background after the draft was closed asks [`DraftSession::is_closed`] after each wait.
#[derive(Clone, Copy)]
pub(crate) struct DraftSession {
    pub(crate) service: &'static Service,
    pub(crate) context: &'static Context,
    pub(crate) answers: RwSignal<Answers>,
    pub(crate) journey: Memo<Journey<'static>>,
    pub(crate) errors: Memo<Vec<FieldError>>,
    /// Fields that were left once, or asked about by "next": their errors are shown.
    pub(crate) touched: RwSignal<Vec<String>>,
    pub(crate) save_state: RwSignal<SaveState>,
    /// Whether what the server does not have is on the disk of this phone.
    pub(crate) is_persisted: RwSignal<bool>,
    /// The resident pressed "send", and the case is not there yet.
    pub(crate) is_submission_pending: RwSignal<bool>,
    /// What was changed here and elsewhere; not sent before the resident has chosen.
    pub(crate) conflicts: RwSignal<Vec<Clash>>,
    /// What the server last confirmed.
    pub(crate) confirmed: RwSignal<Confirmed>,
    /// Top-level fields that the server does not have yet; an empty name stands for the step last visited.
    dirty: RwSignal<Vec<String>>,
    correction: RwSignal<Correction>,
    identity: StoredValue<Identity>,
    sync: StoredValue<SyncState>,
    api: Api,
    store: LocalStore,
}

/// What never changes while the draft is open.
struct Identity {
    draft: String,
    /// Who opened it; see `Session::owner`.
    owner: String,
}

/// A state of the draft that the server confirmed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Confirmed {
    pub(crate) version: u64,
    pub(crate) content_hash: String,
    pub(crate) step: Option<String>,
}

/// What saving has to remember, and no screen shows.
#[derive(Default)]
struct SyncState {
    /// The answers that the server last confirmed.
    base: Answers,
    /// The fields that a request carries right now.
    in_flight: Vec<String>,
    /// Counts changes, so that a slow disk does not speak for later ones.
    edits: u32,
    /// Failed tries to reach the server since it last answered.
    failures: u32,
    is_submitting: bool,
}

impl DraftSession {
    /// Must be called under the owner that keeps the draft open.
    fn new(draft: Draft, owner: String, definition: &'static Definition, api: Api, store: LocalStore) -> Self {
        let Definition { service, context } = definition;
        let answers = RwSignal::new(draft.answers.clone());
        let journey = Memo::new_with_compare(move |_| service.journey(&answers.read(), context), |_, _| true);
        let correction = RwSignal::new(Correction::of(&draft, service, context));
        let session = Self {
            service,
            context,
            answers,
            journey,
            errors: Memo::new(move |_| service.check(&journey.read())),
            touched: RwSignal::default(),
            save_state: RwSignal::new(SaveState::Saved(draft.saved_at)),
            is_persisted: RwSignal::new(false),
            is_submission_pending: RwSignal::new(false),
            conflicts: RwSignal::default(),
            confirmed: RwSignal::new(Confirmed {
                version: draft.version,
                content_hash: draft.content_hash,
                step: draft.step.map(|step| step.0),
            }),
            dirty: RwSignal::default(),
            correction,
            identity: StoredValue::new(Identity { draft: draft.id, owner }),
            sync: StoredValue::new(SyncState { base: draft.answers, ..SyncState::default() }),
            api,
            store,
        };
        session.save_in_the_background();
        session.fetch_lists_of_answers();
        session
    }

    /// The draft's id; empty once it is closed.
    pub(crate) fn id(self) -> String {
        self.identity.try_with_value(|identity| identity.draft.clone()).unwrap_or_default()
    }

    /// Who opened it; empty once it is closed.
    fn owner(self) -> String {
        self.identity.try_with_value(|identity| identity.owner.clone()).unwrap_or_default()
    }

    pub(crate) fn is_owned_by(self, owner: &str) -> bool {
        self.identity.try_with_value(|identity| identity.owner == owner).unwrap_or_default()
    }

    pub(crate) fn is_closed(self) -> bool {
        self.answers.is_disposed()
    }

    /// Changes one top-level answer; it is saved a moment later.
    pub(crate) fn set(self, field: &str, value: Value) {
        if self.answers.with_untracked(|answers| *answers.get(field) == value) {
            return;
        }
        self.answers.update(|answers| answers.set(field, value));
        // What was to be sent looked different.
        self.is_submission_pending.set(false);
        self.mark_dirty(field);
    }

    /// The blocking errors of one step; tracked.
    pub(crate) fn errors_of(self, step: &str) -> Vec<FieldError> {
        let errors = self.errors.read();
        errors.iter().filter(|error| error.step == *step && error.blocks()).cloned().collect()
    }

    /// Shows the errors of every field of a step.
    pub(crate) fn touch_step(self, step: &str) {
        let places: Vec<_> = self.errors.with_untracked(|errors| {
            errors
                .iter()
                .filter(|error| error.step == *step)
                .map(|error| error_place(&error.field, error.row))
                .collect()
        });
        self.touched.update(|touched| touched.extend(places));
    }

    /// The step to open; empty where there is none.
    pub(crate) fn entry_step(self) -> String {
        let journey = self.journey.read_untracked();
        let last_visited = self.confirmed.with_untracked(|confirmed| confirmed.step.clone());
        let step = self.service.entry_step(&journey, last_visited.as_deref());
        step.map(|step| step.step.id.0.clone()).unwrap_or_default()
    }

    /// Fetches the code list of a choice, once.
    pub(crate) async fn fetch_list(self, choice: &'static Choice) -> Answer<()> {
        let Some(list) = choice.missing_list() else { return Ok(()) };
        choice.bring(self.api.list(self.service, list).await?);
        // What stands there can be judged and named now.
        if !self.is_closed() {
            self.answers.update(|_| ());
        }
        Ok(())
    }

    /// What was chosen before is shown by its name, also where its question is not met again.
    fn fetch_lists_of_answers(self) {
        let journey = self.journey.read_untracked();
        for (shown, _) in journey.shown_answers().filter(|(_, answer)| !answer.is_null()) {
            if let Some(choice) = shown.field.kind.choice().filter(|choice| choice.missing_list().is_some()) {
                spawn_local(async move { drop(self.fetch_list(choice).await) });
            }
        }
    }

    /// Asks the register behind a lookup field; `doubt` says that the register is wrong. Everything typed goes to the
    /// server first.
    pub(crate) async fn look_up(self, field: &str, doubt: bool) -> Answer<()> {
        self.save().await?;
        let version = self.confirmed_version()?;
        let draft = self.api.look_up(&self.id(), field, version, doubt).await?;
        self.take_over(draft);
        Ok(())
    }

    /// Signs what stands here. Everything typed goes to the server first.
    pub(crate) async fn sign(self, place: &str, signature: &Signed) -> Answer<()> {
        self.save().await?;
        let version = self.confirmed_version()?;
        let draft = self.api.sign(&self.id(), place, version, signature).await?;
        self.take_over(draft);
        Ok(())
    }

    /// The version that the server last confirmed, unless the draft was closed meanwhile.
    fn confirmed_version(self) -> Answer<u64> {
        let confirmed = self.confirmed.try_get_untracked();
        confirmed.map(|confirmed| confirmed.version).ok_or_else(ApiError::default)
    }
}

/// Where an error stands, as one name: `field`, or `sign.height#1` in the second row.
pub(crate) fn error_place(field: &str, row: Option<usize>) -> String {
    row.map_or_else(|| field.to_owned(), |row| format!("{field}#{row}"))
}
