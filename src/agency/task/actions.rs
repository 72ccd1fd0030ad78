//! What this officer may do now. What cannot be taken back is asked about in a panel; a return is put together first.

use contract::api::TaskDetail;
use contract::case::Action;
use contract::service::ItemKind;
use leptos::prelude::*;

use super::OpenTask;
use super::corrections::Correction;
use super::decision::without_words;
use crate::agency::wording;
use crate::browser;
use crate::i18n::tr;

#[component]
pub(super) fn TaskActions(task: OpenTask) -> impl IntoView {
    let is_returning = Memo::new(move |_| task.corrections.with(Option::is_some));
    move || match is_returning.get() {
        true => view! { <ReturnComposer task /> }.into_any(),
        false => view! { <ActionButtons task /> }.into_any(),
    }
}

#[component]
fn ActionButtons(task: OpenTask) -> impl IntoView {
    move || task.detail.with(|detail| action_card(task, detail.kind, &detail.actions))
}

fn action_card(task: OpenTask, kind: ItemKind, actions: &[Action]) -> Option<impl IntoView + use<>> {
    if actions.is_empty() {
        return None;
    }
    let main = actions.iter().copied().find(|action| is_usual_next(*action));
    let buttons =
        in_order(actions).into_iter().map(|action| button(task, kind, action, Some(action) == main)).collect_view();
    Some(view! {
        <section class="card task-actions" data-actions="true">
            <h2>{tr("办理", "Decide")}</h2>
            {buttons}
        </section>
    })
}

fn button(task: OpenTask, kind: ItemKind, action: Action, is_main: bool) -> impl IntoView {
    let is_rejection = matches!(action, Action::Decline | Action::Refuse);
    let look = match (is_main, is_rejection) {
        (true, _) => "main",
        (false, true) => "danger",
        (false, false) => "quiet",
    };
    view! {
        <button
            type="button"
            class="button button-wide"
            data-look=look
            data-action=wording::json_name(action)
            aria-busy=move || task.is_busy.get().to_string()
            on:click=move |_| begin(task, action)
        >
            {wording::action_label(action, kind)}
        </button>
    }
}

/// What usually comes next stands first, what ends the task stands last.
fn in_order(actions: &[Action]) -> Vec<Action> {
    let place = |action: &Action| match action {
        action if is_usual_next(*action) => 0,
        Action::Decline | Action::Refuse => 2,
        _ => 1,
    };
    let mut ordered = actions.to_vec();
    ordered.sort_by_key(place);
    ordered
}

fn is_usual_next(action: Action) -> bool {
    matches!(action, Action::Accept | Action::Review | Action::Resume | Action::Approve | Action::Deliver)
}

fn begin(task: OpenTask, action: Action) {
    match action {
        Action::Accept | Action::Review | Action::Resume => task.decide(without_words(action)),
        Action::Return => {
            task.corrections.set(Some(Vec::new()));
            browser::focus("[data-composer] h2");
        }
        _ => task.deciding.set(Some(action)),
    }
}

/// A return in the making: answers and documents are ticked at their places, here is the list of them.
#[component]
fn ReturnComposer(task: OpenTask) -> impl IntoView {
    let list = move || match task.corrections.get().unwrap_or_default() {
        none if none.is_empty() => {
            let hint = tr(
                "在左边勾出要改的每一项和每份材料，一次说全。",
                "Tick every answer and document to correct on the left, all at once.",
            );
            view! { <p class="queue-service">{hint}</p> }.into_any()
        }
        corrections => {
            let lines = corrections.into_iter().map(line).collect_view();
            view! { <ol class="composer-list">{lines}</ol> }.into_any()
        }
    };
    let is_incomplete = Memo::new(move |_| {
        let is_complete =
            |corrections: &Vec<Correction>| !corrections.is_empty() && corrections.iter().all(Correction::has_words);
        task.corrections.with(|corrections| !corrections.as_ref().is_some_and(is_complete))
    });
    let again = task.detail.with_untracked(was_returned).then(|| {
        let message = tr(
            "本事项已经退回补正过一次。需要补正的应当一次告知；这次只写上次补正后仍不对的地方。",
            "This was returned once already. Everything must be named at once: name now only what was corrected and is \
             still wrong.",
        );
        view! { <p class="notice" data-look="warn" data-again="true">{message}</p> }
    });
    view! {
        <section class="card task-actions" data-composer="true">
            <h2 tabindex="-1">{tr("补正：要改什么", "Return: what to correct")}</h2>
            {again}
            {list}
            <button
                type="button"
                class="button button-wide"
                data-look="main"
                data-compose="true"
                disabled=is_incomplete
                on:click=move |_| task.deciding.set(Some(Action::Return))
            >
                {tr("看一遍再发出", "Read it over and send")}
            </button>
            <button
                type="button"
                class="button button-wide"
                data-compose-cancel="true"
                on:click=move |_| task.corrections.set(None)
            >
                {tr("取消补正", "Cancel the return")}
            </button>
        </section>
    }
}

fn was_returned(detail: &TaskDetail) -> bool {
    detail.history.iter().any(|event| event.action == Action::Return && event.item == detail.item)
}

fn line(correction: Correction) -> impl IntoView {
    let is_open = !correction.has_words();
    let says = if is_open { tr("还没有写原因", "No words yet").to_owned() } else { correction.says };
    view! {
        <li data-open=is_open.to_string()>
            <strong>{correction.label}</strong>
            <span class="queue-service">{says}</span>
        </li>
    }
}
