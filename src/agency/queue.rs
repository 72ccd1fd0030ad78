//! The queue: one row a task, those due first, overdue ones marked. Filters stand in the address.

mod filters;
mod keyboard;
mod row;

use std::time::Duration;

use contract::api::QueueEntry;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::AgencyApi;
use super::frame::{Frame, QueueLink};
use super::paths::{QueueFilter, Stage};
use super::unavailable::FailureNotice;
use crate::api::ApiError;
use crate::browser;
use crate::http::Answer;
use crate::i18n::tr;
use crate::ui::notice::{Empty, Skeleton};
use filters::Filters;
use row::QueueRow;

/// The address of the task whose row last had the focus, so that an officer who comes back goes on from there. It
/// stands in the context.
#[derive(Clone, Copy, Default)]
pub(super) struct LastVisitedTask {
    url: StoredValue<String>,
}

/// The tasks of the agency as they were fetched, and what has just gone wrong with one of them.
#[derive(Clone, Copy)]
struct Queue {
    api: AgencyApi,
    tasks: LocalResource<Answer<Vec<QueueEntry>>>,
    error: RwSignal<String>,
}

/// A queue that lies open all day is fetched again so often.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60);

#[component]
pub(super) fn QueuePage(filter: QueueFilter) -> impl IntoView {
    let api = expect_context::<AgencyApi>();
    let queue = Queue { api, tasks: LocalResource::new(move || api.tasks()), error: RwSignal::default() };
    refresh_each_minute(queue);
    let admitted = filter.clone();
    let entries = Memo::new(move |_| queue.entries(&admitted));
    keep_focus_on_a_row(entries);
    let state = Memo::new(move |_| queue.state(entries));
    let empty_of = filter.clone();
    let body = move || match state.get() {
        QueueState::Loading => view! { <Skeleton heights=&[48, 48, 48, 48] /> }.into_any(),
        QueueState::Failed(error) => {
            view! { <FailureNotice error on_retry=move |()| queue.tasks.refetch() /> }.into_any()
        }
        QueueState::Empty => view! { <EmptyQueue filter=empty_of.clone() /> }.into_any(),
        QueueState::Listed => view! { <QueueTable queue entries /> }.into_any(),
    };
    let error = move || {
        let message = queue.error.get();
        (!message.is_empty()).then(|| view! { <p class="notice" data-look="warn" role="alert">{message}</p> })
    };
    view! {
        <Frame>
            <div class="queue-top">
                <h1>{tr("办件", "Tasks")}</h1>
                <span class="queue-count" role="status">
                    {move || count(state.get(), entries)}
                </span>
                <button type="button" class="button" data-refresh="true" on:click=move |_| queue.tasks.refetch()>
                    {tr("刷新", "Refresh")}
                </button>
            </div>
            <Filters queue filter />
            {error}
            {body}
        </Frame>
    }
}

/// What stands where the table does.
#[derive(Clone, PartialEq)]
enum QueueState {
    Loading,
    Failed(ApiError),
    Empty,
    Listed,
}

impl Queue {
    /// The entries that pass the filter; tracked.
    fn entries(self, filter: &QueueFilter) -> Vec<QueueEntry> {
        let admitted = |all: &Vec<QueueEntry>| all.iter().filter(|entry| filter.admits(entry)).cloned().collect();
        self.tasks.with(|tasks| tasks.as_ref().and_then(|tasks| tasks.as_ref().ok().map(admitted))).unwrap_or_default()
    }

    /// Tracked.
    fn state(self, entries: Memo<Vec<QueueEntry>>) -> QueueState {
        let is_empty = entries.with(Vec::is_empty);
        self.tasks.with(|tasks| match tasks {
            None => QueueState::Loading,
            Some(Err(error)) => QueueState::Failed(error.clone()),
            Some(Ok(_)) if is_empty => QueueState::Empty,
            Some(Ok(_)) => QueueState::Listed,
        })
    }
}

/// A failure changes nothing on the screen: the next minute brings another try.
fn refresh_each_minute(queue: Queue) {
    let refresh = move || {
        spawn_local(async move {
            if let Ok(tasks) = queue.api.tasks().await {
                queue.tasks.try_set(Some(Ok(tasks)));
            }
        });
    };
    if let Ok(interval) = set_interval_with_handle(refresh, REFRESH_INTERVAL) {
        on_cleanup(move || interval.clear());
    }
}

/// Whenever the rows have changed and nothing else has the focus, the row that last had it gets it, else the first one.
fn keep_focus_on_a_row(entries: Memo<Vec<QueueEntry>>) {
    let last_visited = expect_context::<LastVisitedTask>();
    Effect::new(move || {
        entries.track();
        request_animation_frame(move || {
            let is_free = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            let link = format!(".queue a[href=\"{}\"]", last_visited.url.get_value());
            let is_listed = document().query_selector(&link).is_ok_and(|link| link.is_some());
            if is_free {
                browser::focus(if is_listed { link } else { ".queue a".to_owned() });
            }
        });
    });
}

/// "12 件，2 件已超期"; tracked.
fn count(state: QueueState, entries: Memo<Vec<QueueEntry>>) -> String {
    if !matches!(state, QueueState::Empty | QueueState::Listed) {
        return String::new();
    }
    entries.with(|entries| {
        let overdue = entries.iter().filter(|entry| entry.overdue).count();
        let all = format!("{} {}", entries.len(), tr("件", "in all"));
        match overdue {
            0 => all,
            _ => format!("{all}{}{overdue} {}", tr("，", ", "), tr("件已超期", "overdue")),
        }
    })
}

#[component]
fn EmptyQueue(filter: QueueFilter) -> impl IntoView {
    let message = match (filter.stage, filter.mine) {
        (Stage::Open, true) => tr(
            "您手上没有待办的。从全部门的列表里接一件，就会出现在这里。",
            "You have nothing in hand. Claim a task from the whole agency and it appears here.",
        ),
        (Stage::Open, false) => tr(
            "都办完了。有新的申请会出现在这里，最急的排在最前。",
            "All done. New applications appear here, the most urgent first.",
        ),
        (Stage::Waiting, _) => tr(
            "没有在等的。要等别的部门先办的事项会出现在这里。",
            "Nothing waits. Tasks that another agency comes before appear here.",
        ),
        (Stage::Done, _) => {
            tr("还没有办结的。办完的事项会出现在这里。", "Nothing is closed yet. Closed tasks appear here.")
        }
    };
    let is_filtered = filter != QueueFilter::default();
    let to_all = is_filtered.then(|| view! { <QueueLink label=tr("看全部待办", "See all open tasks") /> });
    view! { <Empty message>{to_all}</Empty> }
}

#[component]
fn QueueTable(queue: Queue, entries: Memo<Vec<QueueEntry>>) -> impl IntoView {
    let heads = [
        tr("编号", "Reference"),
        tr("事项", "Item"),
        tr("区县", "Division"),
        tr("收到", "Received"),
        tr("期限", "Due"),
        tr("状态", "State"),
        tr("承办人", "Officer"),
    ];
    // A row is drawn anew when its task has changed. The others stay, and with them the focus.
    let key = |entry: &QueueEntry| (entry.reference.0.clone(), entry.item.0.clone(), entry.version, entry.overdue);
    view! {
        <table class="queue" on:keydown=move |event| keyboard::act_on_row(&event)>
            <thead>
                <tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect_view()}</tr>
            </thead>
            <tbody>
                <For each=move || entries.get() key let:entry>
                    <QueueRow queue entry />
                </For>
            </tbody>
        </table>
        <p class="queue-keys">
            {tr("键盘：↑ ↓ 或 J K 上下移动，回车打开，C 接手", "Keys: ↑ ↓ or J K move, Enter opens, C claims")}
        </p>
    }
}
