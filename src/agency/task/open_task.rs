//! The open task: what the server says of it, what the officer is doing with it, and the steps that are sent.

use contract::api::{Decision, TaskDetail, Verdict};
use contract::case::Action;
use contract::{Journey, Service};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::changes::Changes;
use super::corrections::Correction;
use super::field_place::FieldPlace;
use super::{TaskDefinition, asked};
use crate::agency::api::AgencyApi;
use crate::agency::error_message::error_message;
use crate::api::ApiError;
use crate::browser;
use crate::http::Answer;
use crate::i18n::tr;

/// What the screen shows is derived from the detail; what is being written stands beside it.
#[derive(Clone, Copy)]
pub(super) struct OpenTask {
    pub(super) service: &'static Service,
    pub(super) detail: RwSignal<TaskDetail>,
    pub(super) journey: Memo<Journey<'static>>,
    /// What the applicant must correct, while the officer puts a return together.
    pub(super) corrections: RwSignal<Option<Vec<Correction>>>,
    /// The step whose panel is open.
    pub(super) deciding: RwSignal<Option<Action>>,
    /// The picture that is looked at, by the id of its file.
    pub(super) viewing: RwSignal<Option<String>>,
    pub(super) is_busy: RwSignal<bool>,
    error: RwSignal<Option<StepError>>,
    api: AgencyApi,
}

/// Why a step was not taken, and what has changed meanwhile.
#[derive(Clone, Debug, PartialEq)]
struct StepError {
    message: String,
    changes: Vec<String>,
}

impl OpenTask {
    pub(super) fn new(detail: TaskDetail, definition: &'static TaskDefinition) -> Self {
        let TaskDefinition { service, context } = definition;
        let detail = RwSignal::new(detail);
        let journey = Memo::new_with_compare(move |_| asked::journey(service, &detail.read(), context), |_, _| true);
        Self {
            service,
            detail,
            journey,
            corrections: RwSignal::new(None),
            deciding: RwSignal::new(None),
            viewing: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            error: RwSignal::new(None),
            api: expect_context(),
        }
    }

    /// What checks and rules say of an answer; tracked.
    pub(super) fn verdicts_at(self, place: &FieldPlace) -> Vec<Verdict> {
        let is_here = |verdict: &&Verdict| verdict.field == *place.field && verdict.row == place.row;
        self.detail.with(|detail| detail.verdicts.iter().filter(is_here).cloned().collect())
    }

    pub(super) fn claim(self) {
        let detail = self.detail.get_untracked();
        self.send(async move { self.api.claim(&detail.reference, &detail.item, detail.version).await });
    }

    pub(super) fn release(self) {
        let detail = self.detail.get_untracked();
        self.send(async move { self.api.release(&detail).await });
    }

    /// Takes a step; its panel closes once it is taken.
    pub(super) fn decide(self, decision: Decision) {
        let detail = self.detail.get_untracked();
        self.send(async move { self.api.decide(&detail, &decision).await });
    }

    fn send(self, request: impl Future<Output = Answer<TaskDetail>> + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            match request.await {
                Ok(detail) => {
                    self.detail.try_set(detail);
                    self.deciding.try_set(None);
                    self.corrections.try_set(None);
                    // What the officer pressed may be gone, and the focus with it.
                    browser::focus(".task-state .state");
                }
                Err(error) => self.explain(&error).await,
            }
            self.is_busy.try_set(false);
        });
    }

    /// Where the server knows another state, it is fetched, and the officer is told what is different.
    async fn explain(self, error: &ApiError) {
        let Some(before) = self.detail.try_get_untracked() else { return };
        let mut step_error = StepError { message: error_message(error), changes: Vec::new() };
        if matches!(error.status, 409 | 412)
            && let Ok(now) = self.api.task(&before.reference, &before.item).await
        {
            step_error.changes = Changes { before: &before, now: &now, service: self.service }.sentences();
            self.detail.try_set(now);
        }
        self.error.try_set(Some(step_error));
    }
}

/// What went wrong with the last step.
#[component]
pub(super) fn ErrorNotice(task: OpenTask) -> impl IntoView {
    move || task.error.get().map(notice)
}

fn notice(error: StepError) -> impl IntoView {
    let StepError { message, changes } = error;
    let changes = (!changes.is_empty()).then(|| {
        let lines = changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view();
        view! { <p>{tr("刚刚变了：", "What changed:")}</p><ul>{lines}</ul> }
    });
    view! {
        <div class="notice" data-look="warn" role="alert" data-trouble="true">
            <p class="notice-title">{message}</p>
            {changes}
        </div>
    }
}
