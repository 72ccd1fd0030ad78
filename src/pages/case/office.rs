//! What the office did and said, and what the applicant can do about it.

use contract::Text;
use contract::api::{CaseView, EventView, TaskView};
use contract::case::{Actor, CaseStatus};
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use crate::api::{self, ApiError};
use crate::paths::Route;
use crate::ui::dom::{CollectView, View};
use crate::ui::live::{on, shows};
use crate::ui::page::MainButton;
use crate::words::{day_of, say, t, time_of};
use crate::{browser, navigation};

/// How far a task is, for the timeline, and in words.
pub(super) fn state(status: CaseStatus) -> (&'static str, &'static str) {
    match status {
        CaseStatus::Submitted => ("now", t("已收到，等工作人员看", "Received, waiting for an officer")),
        CaseStatus::Waiting => ("later", t("等前面的事办好", "Waits for the others")),
        CaseStatus::Accepted => ("now", t("已受理，正在办", "Accepted, under way")),
        CaseStatus::InReview => ("now", t("工作人员正在看", "An officer is looking at it")),
        CaseStatus::Returned => ("now", t("有几处要您补一补", "Some things need mending by you")),
        CaseStatus::Asked => ("now", t("等您传材料", "Waits for something from you")),
        CaseStatus::Special => ("later", t("特别程序，时限暂停", "Special procedure, the clock has stopped")),
        CaseStatus::Approved => ("done", t("已经办好", "Approved")),
        CaseStatus::Delivered => ("done", t("结果已送出", "Sent to you")),
        CaseStatus::NotAccepted => ("stop", t("不予受理", "Not accepted")),
        CaseStatus::Refused => ("stop", t("没有通过", "Refused")),
        CaseStatus::Withdrawn => ("stop", t("您已撤回", "Taken back by you")),
        CaseStatus::Void => ("stop", t("前面的事没有办成，这一件办不了", "What it waited for was not granted")),
    }
}

/// "最晚 12 月 1 日", and whether that may still change.
pub(super) fn last_day(task: &TaskView) -> Option<String> {
    let provisional = if task.due_is_provisional {
        t("（暂定，等放假安排公布）", " (provisional until the holidays are announced)")
    } else {
        ""
    };
    task.due.as_ref().map(|due| format!("{} {}{provisional}", t("最晚", "By"), day_of(due)))
}

/// The day that was promised has passed.
pub(super) fn is_overdue(task: &TaskView) -> bool {
    let today = contract::date::print(browser::today());
    task.status.is_ticking() && task.due.as_ref().is_some_and(|due| *due < today)
}

/// What somebody may want to complain of: what was refused, and what is late.
pub(super) fn trouble(case: &CaseView) -> Option<String> {
    let words = |task: &TaskView| match task.status {
        CaseStatus::Refused | CaseStatus::NotAccepted | CaseStatus::Void => Some(state(task.status).1),
        _ => is_overdue(task).then(|| t("过了最晚日期还没办好", "late")),
    };
    case.tasks.iter().find_map(|task| Some(format!("{}：{}", say(&task.title), words(task)?)))
}

/// The office's last words on an item, with what the law gives to whoever disagrees.
pub(super) fn said(case: &CaseView, task: &TaskView) -> View {
    let spoken = |event: &&EventView| {
        event.item == task.item && event.by == Actor::Officer && !(event.says.is_empty() && event.reasons.is_empty())
    };
    let Some(event) = case.history.iter().rev().find(spoken) else { return View::none() };
    let reasons = event.reasons.iter().map(|reason| view! { <li>{reason.says.clone()}</li> }).collect_view();
    let basis = (!event.basis.is_empty()).then(|| format!("{}{}", t("依据：", "Basis: "), event.basis));
    // 行政复议法 §20, 行政诉讼法 §46.
    let remedies = matches!(task.status, CaseStatus::Refused | CaseStatus::NotAccepted).then(|| {
        t(
            "您不同意的话，可以在 60 天内申请行政复议，或者在 6 个月内向法院起诉。拿不准，先打上面的电话问一问。",
            "If you disagree, you may ask for reconsideration within 60 days or go to court within 6 months. If in doubt, call the number above first.",
        )
    });
    view! {
        <div class="notice">
            <p class="card-text">{format!("{} {}", time_of(&event.at), event.name)}</p>
            <p>{event.says.clone()}</p>
            <ul>{reasons}</ul>
            {basis.map(|basis| view! { <p class="card-text">{basis}</p> })}
            {remedies.map(|remedies| view! { <p>{remedies}</p> })}
        </div>
    }
}

/// What the applicant is to do now. What comes later is asked for in both languages, what is to be mended in the officer's
/// own words.
pub(super) fn mending(case: &CaseView) -> View {
    if case.to_mend.is_empty() {
        return View::none();
    }
    let (title, lines) = match later(case) {
        Some((asks, until)) => {
            (t("还有一步", "One more step"), view! { <li>{say(asks)}<br /><span class="card-text">{until}</span></li> })
        }
        None => {
            let line = |reason: &contract::api::Reason| view! { <li>{reason.says.clone()}</li> };
            (t("请您补一补", "Please mend this"), case.to_mend.iter().map(line).collect_view())
        }
    };
    view! { <section class="card" data-to-mend="true"><h2>{title}</h2><ul class="rows">{lines}</ul></section> }
}

fn later(case: &CaseView) -> Option<(&Text, Option<String>)> {
    case.tasks.iter().find_map(|task| Some((task.asks.as_ref()?, last_day(task))))
}

/// The way to do it: a draft of the same form, opened where it is asked.
pub(super) fn mend_button(case: &CaseView) -> View {
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let (service, division, reference) = (case.service.clone(), case.division.clone(), case.reference.clone());
    let press = move |()| {
        busy.set(true);
        let ask = api::create_correction(&service, &division, &reference);
        spawn_local(async move {
            match ask.await {
                Ok(draft) => navigation::go(&Route::Review { draft: draft.id }),
                Err(error) => trouble.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let label = if later(case).is_some() { t("现在就传", "Send it now") } else { t("现在就补", "Mend it now") };
    view! {
        {failure(trouble)}
        <MainButton label busy on_press=press />
    }
}

/// Taking it back, asked about once more.
pub(super) fn withdrawal(case: &CaseView) -> View {
    if !case.may_withdraw {
        return View::none();
    }
    let (asked, trouble) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let reference = case.reference.clone();
    let button = move || {
        let reference = reference.clone();
        let take_back = move |_| {
            let ask = api::withdraw(&reference);
            spawn_local(async move {
                match ask.await {
                    Ok(_) => navigation::go(&Route::Cases),
                    Err(error) => trouble.set(Some(error)),
                }
            });
        };
        if !asked.get() {
            let words = t("不想办了，撤回申请", "Take the application back");
            return view! { <button type="button" class="link" data-withdraw="ask" on:click=on(move |_| asked.set(true))>{words}</button> };
        }
        view! {
            <p>{t("撤回以后这几件事都不办了，材料不退回，可以重新申请。确定撤回吗？", "Nothing of it will be done then. You may apply again. Take it back?")}</p>
            <button type="button" class="button" data-withdraw="sure" on:click=on(take_back)>{t("确定撤回", "Take it back")}</button>
            <button type="button" class="button" on:click=on(move |_| asked.set(false))>{t("不撤了", "Keep it")}</button>
        }
    };
    view! { <section class="card">{shows(button)}{failure(trouble)}</section> }
}

pub(super) fn failure(trouble: RwSignal<Option<ApiError>>) -> View {
    let notice =
        move || trouble.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.says()}</p> });
    shows(notice)
}
