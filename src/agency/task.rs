//! One task on one screen: what was answered and what registers say, the documents, where it stands, and what may be
//! done.

mod actions;
mod answer;
mod answers;
mod asked;
mod changes;
mod corrections;
mod decision;
mod documents;
mod field_place;
mod history;
mod open_task;
mod pictures;
mod register;
mod status;
mod viewer;

use contract::api::TaskDetail;
use contract::id::{ItemId, Reference};
use contract::{Context, Service};
use leptos::prelude::*;

use super::api::AgencyApi;
use super::frame::Frame;
use super::paths::{AgencyRoute, QueueFilter};
use super::unavailable::failed;
use crate::browser;
use crate::fetched::{Fetched, view_resource};
use crate::http::Answer;
use crate::i18n::{tr, tr_text};
use actions::TaskActions;
use answers::{AnswerSections, VerdictSummary};
use decision::DecisionPanel;
use documents::Documents;
use history::History;
use open_task::{ErrorNotice, OpenTask};
use status::{OtherTasks, TaskStatus};
use viewer::PictureViewer;

#[component]
pub(super) fn TaskPage(reference: Reference, item: ItemId) -> impl IntoView {
    let api = expect_context::<AgencyApi>();
    let resource = view_resource(move || {
        let (reference, item) = (reference.clone(), item.clone());
        async move {
            let (detail, definition) = fetch(api, &reference, &item).await?;
            Ok(ViewFn::from(move || view! { <TaskScreen detail=detail.clone() definition /> }))
        }
    });
    view! { <Frame><Fetched resource heights=&[64, 200, 200] failed /></Frame> }
}

/// The definition that a case was sent under, and the day and division by which its rules are read.
struct TaskDefinition {
    service: Service,
    context: Context,
}

async fn fetch(api: AgencyApi, reference: &Reference, item: &ItemId) -> Answer<(TaskDetail, &'static TaskDefinition)> {
    let detail = api.task(reference, item).await?;
    let service = api.service(&detail.service, Some(detail.service_version), &detail.division).await?;
    for choice in service.listed_choices() {
        if let Some(list) = choice.missing_list()
            // Without the list the officer sees the code.
            && let Ok(entries) = api.list(&service, list).await
        {
            choice.bring(entries);
        }
    }
    // The rules are read as of the day on which the application was received.
    let today = browser::day_at(js_sys::Date::parse(&detail.received_at));
    let context = Context { today, division: detail.division.clone() };
    // A definition never changes and an officer opens some dozens a day: it may live as long as the page.
    Ok((detail, Box::leak(Box::new(TaskDefinition { service, context }))))
}

#[component]
fn TaskScreen(detail: TaskDetail, definition: &'static TaskDefinition) -> impl IntoView {
    browser::focus("h1");
    let heading = view! {
        <div class="task-title">
            <a class="task-back" href=AgencyRoute::Queue(QueueFilter::default()).url()>{tr("‹ 办件", "‹ Tasks")}</a>
            <h1 tabindex="-1">{tr_text(&detail.item_title)}</h1>
            <span class="task-number">{detail.reference.0.clone()}</span>
            <span class="task-service">{tr_text(&detail.title)}</span>
        </div>
    };
    let (reference, item) = (detail.reference.0.clone(), detail.item.0.clone());
    let task = OpenTask::new(detail, definition);
    let error = move || task.deciding.with(Option::is_none).then(|| view! { <ErrorNotice task /> });
    let decision = move || task.deciding.get().map(|action| view! { <DecisionPanel task action /> });
    let viewer = move || task.viewing.get().map(|file| view! { <PictureViewer task file /> });
    view! {
        <div class="task" data-task=reference data-item=item>
            {heading}
            <div class="task-columns">
                <div class="task-side">
                    <TaskStatus task />
                    {error}
                    <TaskActions task />
                    <History task />
                    <OtherTasks task />
                </div>
                <div class="task-main">
                    <VerdictSummary task />
                    <Documents task />
                    <AnswerSections task />
                </div>
            </div>
        </div>
        {decision}
        {viewer}
    }
}
