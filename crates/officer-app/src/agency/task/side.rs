//! Where the task stands, whose it is, what may be done now, what happened, and the other tasks of the case.

use contract::api::{TaskDetail, TaskView};
use contract::case::{Action, CaseStatus};
use contract::date;
use markup::view;

use super::marks::{Mark, ready_made};
use super::{Task, history, trouble};
use crate::agency::wording;
use crate::browser;
use crate::ui::dom::{CollectView, View};
use crate::ui::live::{flag, live, on, shows};
use crate::words::{day_of, say, t, time_of};

pub(super) fn view(task: Task) -> View {
    let is_marking = flag(move || task.marks.read().is_some());
    view! {
        <section class="card task-state">{shows(move || state(&task.detail.read()))}{shows(move || holding(task))}</section>
        {shows(move || if task.asking.read().is_some() { None } else { trouble(task) })}
        {shows(move || if is_marking.get() { Some(composer(task)) } else { actions(task) })}
        <section class="card task-section"><h2>{t("经过", "History")}</h2>{shows(move || history::view(task.service, &task.detail.read()))}</section>
        {shows(move || others(&task.detail.read().others))}
    }
}

fn state(detail: &TaskDetail) -> View {
    let (look, words) = wording::status(detail.status);
    view! {
        <p><span class="state state-large" role="status" tabindex="-1" data-look=look data-status=wording::word(detail.status)>{words}</span></p>
        <p class="queue-service">{format!("{} {}", time_of(&detail.received_at), t("收到", "received"))}</p>
        {clock(detail)}
    }
}

fn clock(detail: &TaskDetail) -> View {
    if detail.status == CaseStatus::Asked {
        let until = detail.due.as_deref().map(day_of).unwrap_or_default();
        let is_late = detail.due.as_ref().is_some_and(|due| *due < date::print(browser::today()));
        let words = if is_late {
            format!(
                "⚠ {until} {}",
                t("到期，申请人没有传。可以不等，直接去看", "has passed and nothing came. You may look without it")
            )
        } else {
            format!("⏸ {} {until}", t("等申请人传材料，到", "Waits for the applicant, until"))
        };
        return view! { <p class="task-clock">{words}{provisional(detail)}</p> };
    }
    if detail.status == CaseStatus::Special || detail.status == CaseStatus::Returned {
        return view! { <p class="task-clock">"⏸ "{t("时钟停着", "The clock is stopped")}</p> };
    }
    let Some(due) = detail.due.as_ref().filter(|_| detail.status.is_ticking()) else { return View::none() };
    let days = date::parse(due).map(|due| (due - browser::today()).whole_days()).unwrap_or_default();
    let left = match days {
        ..0 => format!("⚠ {} {} {}", t("已超期", "Overdue"), -days, t("天", "days")),
        0 => t("今天到期", "Due today").to_owned(),
        _ => format!("{} {days} {}", t("还有", "In"), t("天", "days")),
    };
    let lateness = if days < 0 { "late" } else { "fine" };
    view! { <p class="task-clock" data-clock=lateness>{format!("{} {} · ", t("最晚", "By"), day_of(due))}<strong>{left}</strong>{provisional(detail)}</p> }
}

fn provisional(detail: &TaskDetail) -> Option<View> {
    let words = t("暂定，等放假安排公布", "Provisional until the holidays are announced");
    detail.due_is_provisional.then(|| view! { <span class="queue-service">{words}</span> })
}

fn holding(task: Task) -> View {
    let detail = task.detail.read();
    let who = match (&detail.officer, detail.mine) {
        (_, true) => t("在您手上", "In your hands").to_owned(),
        (Some(officer), false) => format!("{officer}{}", t(" 在办", " has it")),
        (None, false) => t("还没有人接手", "Nobody has it yet").to_owned(),
    };
    let button = match (detail.mine, &detail.officer) {
        _ if detail.status.is_end() => None,
        (true, _) => Some(
            view! { <button type="button" class="button" data-release="true" on:click=on(move |_| task.hold(false))>{t("放回", "Release")}</button> },
        ),
        (false, None) => Some(
            view! { <button type="button" class="button" data-look="main" data-claim="true" on:click=on(move |_| task.hold(true))>{t("接手", "Claim")}</button> },
        ),
        (false, Some(_)) => None,
    };
    view! { <div class="task-holder"><span>{who}</span>{button}</div> }
}

/// What this officer may do now. What cannot be taken back is asked about in a panel.
fn actions(task: Task) -> Option<View> {
    let detail = task.detail.read();
    if detail.actions.is_empty() {
        return None;
    }
    let main = detail.actions.iter().copied().find(|action| is_main(*action));
    let button = |action: &Action| {
        let action = *action;
        let look = match action {
            _ if Some(action) == main => "main",
            Action::Decline | Action::Refuse => "danger",
            _ => "quiet",
        };
        view! {
            <button type="button" class="button button-wide" data-look=look data-action=wording::word(action) aria-busy=live(move || task.busy.get().to_string()) on:click=on(move |_| begin(task, action))>
                {wording::action(action)}
            </button>
        }
    };
    Some(view! {
        <section class="card task-actions" data-actions="true">
            <h2>{t("办理", "Decide")}</h2>
            {ordered(&detail.actions).iter().map(button).collect_view()}
        </section>
    })
}

/// What usually comes next stands first, what ends it stands last.
fn ordered(actions: &[Action]) -> Vec<Action> {
    let place = |action: &Action| match action {
        action if is_main(*action) => 0,
        Action::Decline | Action::Refuse => 2,
        _ => 1,
    };
    let mut ordered = actions.to_vec();
    ordered.sort_by_key(place);
    ordered
}

/// What usually comes next.
fn is_main(action: Action) -> bool {
    matches!(action, Action::Accept | Action::Review | Action::Resume | Action::Approve | Action::Deliver)
}

fn begin(task: Task, action: Action) {
    match action {
        Action::Accept | Action::Review | Action::Resume => task.decide(super::decide::plain(action)),
        Action::Return => {
            task.marks.set(Some(Vec::new()));
            browser::focus("[data-composer] h2".to_owned());
        }
        _ => task.asking.set(Some(action)),
    }
}

/// A return in the making: ticks stand at their places, here is the list of them.
fn composer(task: Task) -> View {
    let list = shows(move || {
        let marks = task.marks.get().unwrap_or_default();
        if marks.is_empty() {
            return view! { <p class="queue-service">{t("在左边勾出要改的每一项和每份材料，一次说全。", "Tick every answer and document to mend at the left, all at once.")}</p> };
        }
        view! { <ol class="composer-list">{marks.iter().map(listed).collect_view()}</ol> }
    });
    let is_ready = move || {
        let marks = task.marks.get().unwrap_or_default();
        !marks.is_empty() && !marks.iter().any(|mark| mark.says.trim().is_empty())
    };
    view! {
        <section class="card task-actions" data-composer="true">
            <h2 tabindex="-1">{t("补正：要改什么", "Return: what to mend")}</h2>
            {was_returned(&task.detail.read()).then(|| view! { <p class="notice" data-look="warn" data-again="true">{t("这一件已经退过一次。要补的应当一次说全（行政许可法第三十二条）；这次只说上次补得还不对的地方。", "This was returned once already. Everything must be named at once (Administrative Licensing Law §32): name now only what was mended and is still wrong.")}</p> })}
            {list}
            <button type="button" class="button button-wide" data-look="main" data-compose="true" disabled=flag(move || !is_ready()) on:click=on(move |_| task.asking.set(Some(Action::Return)))>{t("看一遍再发出", "Read it over and send")}</button>
            <button type="button" class="button button-wide" data-compose-cancel="true" on:click=on(move |_| task.marks.set(None))>{t("不补正了", "Do not return it")}</button>
        </section>
    }
}

fn was_returned(detail: &TaskDetail) -> bool {
    detail.history.iter().any(|event| event.action == Action::Return && event.item == detail.item)
}

fn listed(mark: &Mark) -> View {
    let is_open = mark.says.trim().is_empty();
    let says = if is_open { t("还没有写原因", "No words yet").to_owned() } else { mark.says.clone() };
    view! { <li data-open=is_open.to_string()><strong>{mark.label.clone()}</strong><span class="queue-service">{says}</span></li> }
}

fn others(others: &[TaskView]) -> Option<View> {
    if others.is_empty() {
        return None;
    }
    let line = |other: &TaskView| {
        let (look, words) = wording::status(other.status);
        view! { <li class="task-other"><span>{say(&other.title)}<span class="queue-service">{say(&other.agency)}</span></span><span class="state" data-look=look>{words}</span></li> }
    };
    Some(view! {
        <section class="card task-section">
            <h2>{t("这一件的其他事项", "Other tasks of this case")}</h2>
            <ul>{others.iter().map(line).collect_view()}</ul>
        </section>
    })
}

/// Ready-made words under an input of a panel.
pub(super) fn ready(all: Vec<wording::Ready>, put: impl Fn(&'static str) + Clone + 'static) -> Option<View> {
    (!all.is_empty()).then(|| ready_made(all, put))
}
