//! One grievance: what happened, what was done, and the next step with its words.

use contract::api::{GrievanceDetail, GrievanceEventView, GrievanceStep};
use contract::grievance::{Action, GrievanceKind, Weight};
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use super::words;
use crate::agency::api::{self, ApiError};
use crate::agency::frame::frame;
use crate::agency::loaded::{Ask, loaded};
use crate::agency::wording::word;
use crate::paths::Route;
use crate::ui::dom::{CollectView, View, event_target_value};
use crate::ui::live::{on, shows};
use crate::words::{day_of, say, t, time_of};

/// What is being written for the next step.
#[derive(Clone, Copy)]
struct Desk {
    detail: RwSignal<GrievanceDetail>,
    says: RwSignal<String>,
    published: RwSignal<String>,
    kind: RwSignal<String>,
    weight: RwSignal<String>,
    agency: RwSignal<String>,
    trouble: RwSignal<String>,
}

pub(in crate::agency) fn view(number: String) -> View {
    let fetch = move || -> Ask<GrievanceDetail> {
        let number = number.clone();
        Box::pin(async move { api::grievance(&number).await })
    };
    frame(loaded(fetch, |detail| {
        let empty = RwSignal::<String>::default;
        let desk = Desk {
            detail: RwSignal::new(detail.clone()),
            says: empty(),
            published: empty(),
            kind: empty(),
            weight: empty(),
            agency: empty(),
            trouble: empty(),
        };
        shows(move || screen(desk))
    }))
}

fn screen(desk: Desk) -> View {
    let detail = desk.detail.get();
    let due = detail.due.as_deref().map(|due| format!("{} {}", t("期限", "Due"), day_of(due)));
    let late = detail.overdue.then(|| view! { <strong class="queue-late">"⚠ "{t("已超期", "Overdue")}</strong> });
    let phone = format!("tel:{}", detail.phone);
    view! {
        <div class="task" data-grievance=detail.number.clone()>
            <div class="task-title">
                <a class="task-back" href=Route::Grievances.url()>{t("‹ 办不成事", "‹ Grievances")}</a>
                <h1 tabindex="-1">{words::what(detail.source, detail.kind)}</h1>
                <span class="task-number">{detail.number.clone()}</span>
                <span class="state" data-status=word(detail.status)>{words::status(detail.status)}</span>
            </div>
            <p>{late}" "{due}</p>
            <p>{detail.happened.clone()}</p>
            <p>{t("电话 ", "Phone ")}<a href=phone>{detail.phone.clone()}</a></p>
            <p>{detail.service.as_ref().map(say)}" "{detail.reference.as_ref().map(|reference| reference.0.clone())}</p>
            <p>{detail.agency.as_ref().map(|agency| say(&agency.name))}</p>
            {(!detail.actions.is_empty()).then(|| view! { <section class="card">{writing(desk, &detail)}</section> })}
            <h2>{t("经过", "History")}</h2>
            <ol class="timeline" data-history="true">{detail.history.iter().map(event).collect_view()}</ol>
        </div>
    }
}

fn event(event: &GrievanceEventView) -> View {
    let head = format!("{} {} {}", time_of(&event.at), words::action(event.action), event.name);
    view! { <li data-state="done"><strong>{head}</strong><p class="history-says">{event.says.clone()}</p></li> }
}

fn writing(desk: Desk, detail: &GrievanceDetail) -> View {
    let may = |action: Action| detail.actions.contains(&action);
    let kinds = GrievanceKind::ALL.map(|kind| (word(kind), words::kind(kind).to_owned()));
    let weights = Weight::ALL.map(|weight| (word(weight), words::weight(weight).to_owned()));
    let agencies = detail.agencies.iter().map(|agency| (agency.id.0.clone(), say(&agency.name))).collect::<Vec<_>>();
    let button = |action: &Action| {
        let action = *action;
        view! { <button type="button" class="button" data-look="quiet" data-action=word(action) on:click=on(move |_| take(desk, action))>{words::action(action)}</button> }
    };
    view! {
        {may(Action::Classify).then(|| select("kind", t("问题类型", "Kind"), &kinds, desk.kind))}
        {may(Action::Classify).then(|| select("weight", t("难易", "Weight"), &weights, desk.weight))}
        {may(Action::HandOver).then(|| select("agency", t("负责部门", "Agency"), &agencies, desk.agency))}
        {area("says", t("说明（群众会读到反馈的话）", "What is said (the person reads what is reported back)"), desk.says)}
        {may(Action::Solve).then(|| area("published", t("公开的说法，不写人名和号码", "For everybody to read, naming nobody"), desk.published))}
        {shows(move || {
            let says = desk.trouble.get();
            (!says.is_empty()).then(|| view! { <p class="notice" data-look="warn" role="alert">{says}</p> })
        })}
        <div class="sheet-actions">{detail.actions.iter().map(button).collect_view()}</div>
    }
}

fn area(name: &'static str, label: &'static str, text: RwSignal<String>) -> View {
    view! {
        <div class="control">
            <label class="control-label" for=name>{label}</label>
            <textarea class="words" id=name name=name rows="3" prop:value=text on:input=on(move |event| text.set(event_target_value(&event)))></textarea>
        </div>
    }
}

fn select(name: &'static str, label: &'static str, all: &[(String, String)], chosen: RwSignal<String>) -> View {
    let option = |(id, label): &(String, String)| view! { <option value=id.clone()>{label.clone()}</option> };
    view! {
        <div class="control">
        <label class="control-label" for=name>{label}</label>
        <select class="words" id=name name=name on:change=on(move |event| chosen.set(event_target_value(&event)))>
            <option value="">"—"</option>
            {all.iter().map(option).collect_view()}
        </select>
        </div>
    }
}

fn take(desk: Desk, action: Action) {
    let (kind, weight) = (desk.kind.get_untracked(), desk.weight.get_untracked());
    let agency = desk.agency.get_untracked();
    let step = GrievanceStep {
        action,
        says: desk.says.get_untracked(),
        kind: GrievanceKind::ALL.into_iter().find(|one| word(*one) == kind),
        weight: Weight::ALL.into_iter().find(|one| word(*one) == weight),
        agency: (!agency.is_empty()).then(|| agency.as_str().into()),
        published: desk.published.get_untracked(),
    };
    spawn_local(async move {
        match api::step_grievance(&desk.detail.get_untracked(), &step).await {
            Ok(detail) => {
                desk.says.set(String::new());
                desk.trouble.set(String::new());
                desk.detail.set(detail);
            }
            Err(error) => desk.trouble.set(missing(&error)),
        }
    });
}

/// What is missing in the words, or what happened.
fn missing(error: &ApiError) -> String {
    let errors = error.problem.iter().flat_map(|problem| &problem.errors);
    let missing: Vec<&str> = errors.map(|error| error.message.as_str()).collect();
    if missing.is_empty() { error.says() } else { missing.join("；") }
}
