//! The queue: due first, overdue loud, one line a task. Filters stand in the address.

mod line;

use contract::api::QueueEntry;
use contract::id::ItemId;
use markup::view;
use signals::{Callback, RwSignal, Signal};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent};

use super::api::{self, Answer};
use super::frame::frame;
use super::loaded::failure;
use super::office::office;
use crate::browser::{self, document};
use crate::paths::{Filter, Route, Stage};
use crate::ui::dom::{CollectView, View};
use crate::ui::live::{live, on, shows};
use crate::ui::notice::{Empty, Skeleton};
use crate::words::{say, t};

/// The queue as it was fetched, and what has just gone wrong with one of its lines.
#[derive(Clone, Copy)]
struct Queue {
    entries: RwSignal<Option<Answer<Vec<QueueEntry>>>>,
    trouble: RwSignal<String>,
}

const FRESH_MS: i32 = 60_000;

pub(super) fn view(filter: Filter) -> View {
    let queue = Queue { entries: RwSignal::new(None), trouble: RwSignal::default() };
    let wanted = filter.clone();
    let fetch = Callback::new(move |()| {
        let wanted = wanted.clone();
        spawn_local(async move {
            let answer = api::tasks().await;
            queue.entries.set(Some(answer.map(|all| all.into_iter().filter(|entry| wanted.takes(entry)).collect())));
            focus_row();
        });
    });
    fetch.run(());
    keep_fresh(queue, filter.clone());
    let bar = filter.clone();
    let table = shows(move || match &*queue.entries.read() {
        None => view! { <Skeleton heights=&[48, 48, 48, 48] /> },
        Some(Err(error)) => failure(error, fetch),
        Some(Ok(entries)) if entries.is_empty() => empty(&filter),
        Some(Ok(entries)) => table(queue, entries),
    });
    frame(view! {
        <div class="queue-top">
            <h1>{t("办件", "Tasks")}</h1>
            <span class="queue-count" role="status">{count(queue)}</span>
            <button type="button" class="button" data-refresh="true" on:click=on(move |_| fetch.run(()))>{t("刷新", "Refresh")}</button>
        </div>
        {shows(move || filters(&bar))}
        {shows(move || {
            let says = queue.trouble.get();
            (!says.is_empty()).then(|| view! { <p class="notice" data-look="warn" role="alert">{says}</p> })
        })}
        {table}
    })
}

/// A queue that lies open all day is asked for again each minute. A weak line changes nothing on the screen.
fn keep_fresh(queue: Queue, filter: Filter) {
    spawn_local(async move {
        loop {
            browser::pause(FRESH_MS).await;
            let answer = api::tasks().await;
            let Some(before) = queue.entries.try_get_untracked() else { return };
            let Ok(all) = answer else { continue };
            let now = Some(Ok(all.into_iter().filter(|entry| filter.takes(entry)).collect()));
            if before != now {
                queue.entries.set(now);
                focus_row();
            }
        }
    });
}

/// "12 件，2 件已超期".
fn count(queue: Queue) -> Signal<String> {
    live(move || {
        let entries = queue.entries.read();
        let Some(Ok(entries)) = &*entries else { return String::new() };
        let late = entries.iter().filter(|entry| entry.overdue).count();
        let all = format!("{} {}", entries.len(), t("件", "in all"));
        if late == 0 { all } else { format!("{all}{}{late} {}", t("，", ", "), t("件已超期", "overdue")) }
    })
}

fn filters(filter: &Filter) -> View {
    let link = |to: Filter, words: String, current: bool| {
        view! { <a class="queue-filter" href=Route::Queue(to).url() aria-current=current.then_some("true")>{words}</a> }
    };
    let with = |change: &dyn Fn(&mut Filter)| {
        let mut changed = filter.clone();
        change(&mut changed);
        changed
    };
    let of_stage =
        |stage: Stage, words: &str| link(with(&|filter| filter.stage = stage), words.to_owned(), filter.stage == stage);
    let of_item = |item: Option<ItemId>, words: String| {
        link(with(&|filter| filter.item.clone_from(&item)), words, filter.item == item)
    };
    let items = &office().read().items;
    let items: Vec<View> = if items.len() > 1 || filter.item.is_some() {
        let each = items.iter().map(|(id, title)| of_item(Some(id.clone()), say(title)));
        [of_item(None, t("所有事项", "All items").to_owned())].into_iter().chain(each).collect()
    } else {
        Vec::new()
    };
    view! {
        <nav class="queue-filters" aria-label=t("筛选", "Filters")>
            <span class="queue-filter-group">
                {of_stage(Stage::Open, t("待办", "Open"))}
                {of_stage(Stage::Waiting, t("等别人", "Waiting"))}
                {of_stage(Stage::Done, t("已办", "Done"))}
            </span>
            <span class="queue-filter-group">
                {link(with(&|filter| filter.mine = false), t("全部门", "Whole agency").to_owned(), !filter.mine)}
                {link(with(&|filter| filter.mine = true), t("我手上的", "Mine").to_owned(), filter.mine)}
            </span>
            {(!items.is_empty()).then(|| view! { <span class="queue-filter-group">{items}</span> })}
        </nav>
    }
}

fn empty(filter: &Filter) -> View {
    let says = match (filter.stage, filter.mine) {
        (Stage::Open, true) => t(
            "您手上没有待办的。从全部门的列表里接一件，就会出现在这里。",
            "You have nothing in hand. Claim a task from the whole agency and it appears here.",
        ),
        (Stage::Open, false) => t(
            "都办完了。有新的申请会出现在这里，最急的排在最前。",
            "All done. New applications appear here, the most urgent first.",
        ),
        (Stage::Waiting, _) => t(
            "没有在等的。要等别的部门先办的事项会出现在这里。",
            "Nothing waits. Tasks that another agency comes before appear here.",
        ),
        (Stage::Done, _) => {
            t("还没有办结的。办完的事项会出现在这里。", "Nothing is closed yet. Closed tasks appear here.")
        }
    };
    let is_plain = *filter == Filter::default();
    view! {
        <Empty says>
            {(!is_plain).then(|| view! { <a class="button" data-look="main" href=Route::Queue(Filter::default()).url()>{t("看全部待办", "See all open tasks")}</a> })}
        </Empty>
    }
}

fn table(queue: Queue, entries: &[QueueEntry]) -> View {
    let heads = [
        t("编号", "Reference"),
        t("事项", "Matter"),
        t("区县", "Division"),
        t("收到", "Received"),
        t("期限", "Due"),
        t("状态", "State"),
        t("承办人", "Officer"),
    ];
    view! {
        <table class="queue" on:keydown=on(move_along)>
            <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{entries.iter().map(|entry| line::view(queue, entry)).collect_view()}</tbody>
        </table>
        <p class="queue-keys">{t("键盘：↑ ↓ 或 J K 上下移动，回车打开，C 接手", "Keys: ↑ ↓ or J K move, Enter opens, C claims")}</p>
    }
}

/// The keys hold within the table only, so that they take nothing from a screen reader elsewhere.
fn move_along(event: web_sys::Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    if key.ctrl_key() || key.meta_key() || key.alt_key() {
        return;
    }
    let Some(row) = document().active_element().and_then(|active| active.closest("tr").ok().flatten()) else { return };
    let target = match key.key().to_ascii_lowercase().as_str() {
        "j" | "arrowdown" => row.next_element_sibling().and_then(|row| row.query_selector("a").ok().flatten()),
        "k" | "arrowup" => row.previous_element_sibling().and_then(|row| row.query_selector("a").ok().flatten()),
        "c" => {
            event.prevent_default();
            if let Ok(Some(claim)) = row.query_selector("[data-claim]") {
                claim.unchecked_into::<HtmlElement>().click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(link) = target {
        let _ = link.unchecked_into::<HtmlElement>().focus();
    }
}

thread_local! {
    /// The task that was looked at last: coming back, one goes on from there.
    static LAST: RwSignal<String> = signals::lasting(RwSignal::default);
}

/// The line that was open last, else the first one, unless the focus is somewhere already.
fn focus_row() {
    let is_free = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
    if is_free {
        let last = LAST.with(|last| last.get_untracked());
        let seen = document().query_selector(&format!(".queue a[href=\"{last}\"]")).ok().flatten().is_some();
        browser::focus(if seen { format!(".queue a[href=\"{last}\"]") } else { ".queue a".to_owned() });
    }
}
