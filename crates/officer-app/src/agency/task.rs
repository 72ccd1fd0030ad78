//! One task on one screen: what was answered and what registers say, the papers, where it stands, and what may be done.

mod asked;
mod changes;
mod decide;
mod facts;
mod history;
mod line;
mod marks;
mod papers;
mod pictures;
mod register;
mod side;
mod viewer;

use contract::api::{Decision, TaskDetail, Verdict};
use contract::case::Action;
use contract::id::{ItemId, Reference};
use contract::{Context, Journey, Service};
use markup::view;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::api::{self, Answer, ApiError};
use super::frame::frame;
use super::loaded::loaded;
use crate::browser;
use crate::paths::{Filter, Route};
use crate::ui::dom::View;
use crate::ui::live::shows;
use crate::words::{say, t};
use changes::Changes;
use marks::Mark;

/// The open task. What the screen shows is derived from the detail; what is being written stands beside it.
#[derive(Clone, Copy)]
struct Task {
    service: &'static Service,
    detail: RwSignal<TaskDetail>,
    journey: Signal<Journey<'static>>,
    /// What must be mended, while a return is being written.
    marks: RwSignal<Option<Vec<Mark>>>,
    /// The step whose panel is open.
    asking: RwSignal<Option<Action>>,
    /// The picture that is looked at, by its file.
    viewing: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
}

/// Why a step was not taken, and what changed meanwhile.
#[derive(Clone, Debug, PartialEq)]
struct Trouble {
    says: String,
    changes: Vec<String>,
}

/// A task with the definition it was sent under.
type Found = (TaskDetail, &'static Service);

pub(super) fn view(reference: Reference, item: ItemId) -> View {
    let fetch = move || -> super::loaded::Ask<Found> {
        let (reference, item) = (reference.clone(), item.clone());
        Box::pin(async move { find(&reference, &item).await })
    };
    frame(loaded(fetch, |(detail, service)| screen(Task::lay_out(detail.clone(), service))))
}

async fn find(reference: &Reference, item: &ItemId) -> Answer<Found> {
    let detail = api::task(reference, item).await?;
    let service = api::service(&detail.service, Some(detail.service_version), &detail.division).await?;
    // A definition never changes and an officer opens some dozens a day: it may live as long as the page.
    Ok((detail, Box::leak(Box::new(service))))
}

impl Task {
    fn lay_out(detail: TaskDetail, service: &'static Service) -> Self {
        let context: &'static Context =
            Box::leak(Box::new(Context { today: day_received(&detail), division: detail.division.clone() }));
        let detail = RwSignal::new(detail);
        let journey = Signal::derive_uncompared(move || asked::journey(service, &detail.read(), context));
        Self {
            service,
            detail,
            journey,
            marks: RwSignal::new(None),
            asking: RwSignal::new(None),
            viewing: RwSignal::new(None),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
        }
    }

    /// What a rule says at a place, its reason only.
    fn verdicts_at(self, field: &str, row: Option<usize>) -> Vec<Verdict> {
        let detail = self.detail.read();
        detail.verdicts.iter().filter(|verdict| verdict.field == *field && verdict.row == row).cloned().collect()
    }

    /// Takes the task in hand, or gives it back.
    fn hold(self, hold: bool) {
        let detail = self.detail.get_untracked();
        self.send(async move { api::hold(&detail, hold).await });
    }

    /// Takes a step; the panel closes when it is taken.
    fn decide(self, decision: Decision) {
        let detail = self.detail.get_untracked();
        self.send(async move { api::decide(&detail, &decision).await });
    }

    fn send(self, sent: impl Future<Output = Answer<TaskDetail>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match sent.await {
                Ok(detail) => {
                    self.detail.set(detail);
                    self.asking.set(None);
                    self.marks.set(None);
                    // What was pressed may be gone, and the focus with it.
                    browser::focus(".task-state .state".to_owned());
                }
                Err(error) => self.explain(&error).await,
            }
            self.busy.set(false);
        });
    }

    /// The server knows another state: it is fetched, and the officer told what is different.
    async fn explain(self, error: &ApiError) {
        let Some(before) = self.detail.try_get_untracked() else { return };
        let mut trouble = Trouble { says: error.says(), changes: Vec::new() };
        if matches!(error.status, 409 | 412)
            && let Ok(now) = api::task(&before.reference, &before.item).await
        {
            trouble.changes = Changes { before: &before, now: &now, service: self.service }.say();
            self.detail.set(now);
        }
        self.trouble.set(Some(trouble));
    }
}

/// The rules are read as of the day on which it was received.
fn day_received(detail: &TaskDetail) -> time::Date {
    browser::day_at(js_sys::Date::parse(&detail.received_at))
}

fn screen(task: Task) -> View {
    browser::focus("h1".to_owned());
    let detail = task.detail.get_untracked();
    view! {
        <div class="task" data-task=detail.reference.0.clone() data-item=detail.item.0.clone()>
            <div class="task-title">
                <a class="task-back" href=Route::Queue(Filter::default()).url()>{t("‹ 办件", "‹ Tasks")}</a>
                <h1 tabindex="-1">{say(&detail.item_title)}</h1>
                <span class="task-number">{detail.reference.0.clone()}</span>
                <span class="task-service">{say(&detail.title)}</span>
            </div>
            <div class="task-columns">
                <div class="task-side">{side::view(task)}</div>
                <div class="task-main">
                    {shows(move || facts::notable(task))}
                    {papers::view(task)}
                    {facts::view(task)}
                </div>
            </div>
        </div>
        {shows(move || task.asking.get().map(|action| decide::panel(task, action)))}
        {shows(move || task.viewing.get().map(|file| viewer::view(task, &file)))}
    }
}

/// What went wrong with the last step.
fn trouble(task: Task) -> Option<View> {
    let trouble = task.trouble.get()?;
    let changes: Vec<View> = trouble.changes.iter().map(|change| view! { <li>{change.clone()}</li> }).collect();
    Some(view! {
        <div class="notice" data-look="warn" role="alert" data-trouble="true">
            <p class="notice-title">{trouble.says}</p>
            {(!changes.is_empty()).then(|| view! { <p>{t("刚刚变了：", "What changed:")}</p><ul>{changes}</ul> })}
        </div>
    })
}
