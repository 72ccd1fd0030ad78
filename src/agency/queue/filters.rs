//! The filters of the queue. Each is a link: what the queue shows stands in its address.

use std::collections::BTreeMap;

use contract::api::QueueEntry;
use contract::id::ItemId;
use leptos::prelude::*;

use super::Queue;
use crate::agency::paths::{AgencyRoute, QueueFilter, Stage};
use crate::i18n::{tr, tr_text};

#[component]
pub(super) fn Filters(queue: Queue, filter: QueueFilter) -> impl IntoView {
    let stage_link = |stage: Stage, label: &str| {
        let to = QueueFilter { stage, ..filter.clone() };
        link(to, label.to_owned(), filter.stage == stage)
    };
    let mine_link = |mine: bool, label: &str| {
        let to = QueueFilter { mine, ..filter.clone() };
        link(to, label.to_owned(), filter.mine == mine)
    };
    view! {
        <nav class="queue-filters" aria-label=tr("筛选", "Filters")>
            <span class="queue-filter-group">
                {stage_link(Stage::Open, tr("待办", "Open"))}
                {stage_link(Stage::Waiting, tr("等待中", "Waiting"))}
                {stage_link(Stage::Done, tr("已办", "Done"))}
            </span>
            <span class="queue-filter-group">
                {mine_link(false, tr("全部门", "Whole agency"))}
                {mine_link(true, tr("我手上的", "Mine"))}
            </span>
            <ItemFilters queue filter=filter.clone() />
        </nav>
    }
}

/// By item, where tasks of more than one have come. They come with the rows, so that nothing moves under the pointer.
#[component]
fn ItemFilters(queue: Queue, filter: QueueFilter) -> impl IntoView {
    let items = Memo::new(move |_| {
        let title = |entry: &QueueEntry| (entry.item.clone(), entry.item_title.clone());
        queue.tasks.with(|tasks| {
            let tasks = tasks.as_ref().and_then(|tasks| tasks.as_ref().ok());
            tasks.into_iter().flatten().map(title).collect::<BTreeMap<_, _>>()
        })
    });
    move || {
        let items = items.get();
        if items.len() < 2 && filter.item.is_none() {
            return None;
        }
        let item_link = |item: Option<ItemId>, label: String| {
            let is_current = filter.item == item;
            link(QueueFilter { item, ..filter.clone() }, label, is_current)
        };
        let all = item_link(None, tr("所有事项", "All items").to_owned());
        let each = items.iter().map(|(id, title)| item_link(Some(id.clone()), tr_text(title))).collect_view();
        Some(view! { <span class="queue-filter-group">{all}{each}</span> })
    }
}

fn link(to: QueueFilter, label: String, is_current: bool) -> impl IntoView + use<> {
    let url = AgencyRoute::Queue(to).url();
    view! { <a class="queue-filter" href=url aria-current=is_current.then_some("true")>{label}</a> }
}
