//! One grievance: what happened, what was done, and the next step with what the officer writes for it.

use contract::api::{GrievanceDetail, GrievanceEventView, GrievanceStep};
use contract::grievance::{Action, GrievanceKind, Weight};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wording;
use crate::agency::api::AgencyApi;
use crate::agency::error_message::error_message;
use crate::agency::frame::Frame;
use crate::agency::paths::AgencyRoute;
use crate::agency::unavailable::failed;
use crate::agency::wording::json_name;
use crate::api::ApiError;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_day, format_time, tr, tr_text};

#[component]
pub(in crate::agency) fn GrievancePage(number: String) -> impl IntoView {
    let api = expect_context::<AgencyApi>();
    let resource = view_resource(move || {
        let number = number.clone();
        async move {
            let detail = api.grievance(&number).await?;
            Ok(ViewFn::from(move || view! { <Grievance detail=detail.clone() /> }))
        }
    });
    view! { <Frame><Fetched resource heights=&[64, 200, 200] failed /></Frame> }
}

/// The grievance, and what is being written for its next step.
#[derive(Clone, Copy)]
struct StepForm {
    api: AgencyApi,
    detail: RwSignal<GrievanceDetail>,
    says: RwSignal<String>,
    published: RwSignal<String>,
    kind: RwSignal<String>,
    weight: RwSignal<String>,
    agency: RwSignal<String>,
    division: RwSignal<String>,
    error: RwSignal<String>,
}

#[component]
fn Grievance(detail: GrievanceDetail) -> impl IntoView {
    let form = StepForm {
        api: expect_context(),
        detail: RwSignal::new(detail),
        says: RwSignal::default(),
        published: RwSignal::default(),
        kind: RwSignal::default(),
        weight: RwSignal::default(),
        agency: RwSignal::default(),
        division: RwSignal::default(),
        error: RwSignal::default(),
    };
    move || view! { <GrievanceBody form detail=form.detail.get() /> }
}

#[component]
fn GrievanceBody(form: StepForm, detail: GrievanceDetail) -> impl IntoView {
    let due = detail.due.as_deref().map(|due| format!("{} {}", tr("期限", "Due"), format_day(due)));
    let overdue = detail.overdue.then(|| view! { <strong class="queue-late">"⚠ "{tr("已超期", "Overdue")}</strong> });
    let phone_url = format!("tel:{}", detail.phone);
    let history = detail.history.iter().map(event).collect_view();
    let card = (!detail.actions.is_empty())
        .then(|| view! { <section class="card"><StepInputs form detail=detail.clone() /></section> });
    view! {
        <div class="task" data-grievance=detail.number.clone()>
            <div class="task-title">
                <a class="task-back" href=AgencyRoute::Grievances.url()>{tr("‹ 办不成事", "‹ Grievances")}</a>
                <h1 tabindex="-1">{wording::problem_label(detail.source, detail.kind)}</h1>
                <span class="task-number">{detail.number.clone()}</span>
                <span class="state" data-status=json_name(detail.status)>{wording::status_label(detail.status)}</span>
            </div>
            <p>{overdue}" "{due}</p>
            <p>{detail.happened}</p>
            <p>{tr("电话 ", "Phone ")}<a href=phone_url>{detail.phone}</a></p>
            <p>{detail.service.as_ref().map(tr_text)}" "{detail.reference.map(|reference| reference.0)}</p>
            {detail.item.as_ref().map(|item| view! { <p>{tr("被评价的事项：", "Item rated: ")}{tr_text(item)}</p> })}
            <p>{detail.agency.map(|agency| tr_text(&agency.name))}</p>
            {card}
            <h2>{tr("经过", "History")}</h2>
            <ol class="timeline" data-history="true">{history}</ol>
        </div>
    }
}

fn event(event: &GrievanceEventView) -> impl IntoView + use<> {
    let head = format!("{} {} {}", format_time(&event.at), wording::action_label(event.action), event.name);
    view! {
        <li data-state="done">
            <strong>{head}</strong>
            <p class="history-says">{event.says.clone()}</p>
        </li>
    }
}

#[component]
fn StepInputs(form: StepForm, detail: GrievanceDetail) -> impl IntoView {
    let may = |action: Action| detail.actions.contains(&action);
    let kinds = GrievanceKind::ALL.map(|kind| (json_name(kind), wording::kind_label(kind).to_owned())).to_vec();
    let weights = Weight::ALL.map(|weight| (json_name(weight), wording::weight_label(weight).to_owned())).to_vec();
    let agencies = detail.agencies.iter().map(|agency| (agency.id.0.clone(), tr_text(&agency.name))).collect();
    let kind = may(Action::Classify).then(|| select("kind", tr("问题类型", "Kind"), kinds, form.kind));
    let weight = may(Action::Classify).then(|| select("weight", tr("难易", "Weight"), weights, form.weight));
    let agency = may(Action::HandOver).then(|| select("agency", tr("负责部门", "Agency"), agencies, form.agency));
    let divisions = detail.divisions.iter().map(|one| (one.code.0.clone(), tr_text(&one.name))).collect();
    let division_label =
        tr("哪个区县（不选就交给这件事所在的区县或市里）", "Where (else the place of the case, or the city)");
    let division = may(Action::HandOver).then(|| select("division", division_label, divisions, form.division));
    let says_label = tr("说明（反馈的内容当事人会看到）", "Statement (the person reads what is reported back)");
    let published = may(Action::Solve).then(|| {
        text_area("published", tr("公开的说法，不写人名和号码", "For everybody to read, naming nobody"), form.published)
    });
    let error = move || {
        let message = form.error.get();
        (!message.is_empty()).then(|| view! { <p class="notice" data-look="warn" role="alert">{message}</p> })
    };
    let button = |action: Action| {
        view! {
            <button
                type="button"
                class="button"
                data-look="quiet"
                data-action=json_name(action)
                on:click=move |_| take_step(form, action)
            >
                {wording::action_label(action)}
            </button>
        }
    };
    view! {
        {kind}
        {weight}
        {agency}
        {division}
        {text_area("says", says_label, form.says)}
        {published}
        {error}
        <div class="sheet-actions">{detail.actions.iter().copied().map(button).collect_view()}</div>
    }
}

fn text_area(name: &'static str, label: &'static str, text: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="control">
            <label class="control-label" for=name>{label}</label>
            <textarea
                class="words"
                id=name
                name=name
                rows="3"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

/// `options` are ids with their labels.
fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let option = |(id, label): (String, String)| view! { <option value=id>{label}</option> };
    view! {
        <div class="control">
            <label class="control-label" for=name>{label}</label>
            <select class="words" id=name name=name on:change=move |event| chosen.set(event_target_value(&event))>
                <option value="">"—"</option>
                {options.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

fn take_step(form: StepForm, action: Action) {
    let (kind, weight) = (form.kind.get_untracked(), form.weight.get_untracked());
    let (agency, division) = (form.agency.get_untracked(), form.division.get_untracked());
    let step = GrievanceStep {
        action,
        says: form.says.get_untracked(),
        kind: GrievanceKind::ALL.into_iter().find(|known| json_name(*known) == kind),
        weight: Weight::ALL.into_iter().find(|known| json_name(*known) == weight),
        agency: (!agency.is_empty()).then(|| agency.as_str().into()),
        division: (!division.is_empty()).then(|| division.as_str().into()),
        published: form.published.get_untracked(),
    };
    let detail = form.detail.get_untracked();
    spawn_local(async move {
        match form.api.take_grievance_step(&detail, &step).await {
            Ok(detail) => {
                form.says.try_set(String::new());
                form.error.try_set(String::new());
                form.detail.try_set(detail);
            }
            Err(error) => {
                form.error.try_set(step_error_message(&error));
            }
        }
    });
}

/// What is missing in what the officer wrote, or what happened.
fn step_error_message(error: &ApiError) -> String {
    let errors = error.problem.iter().flat_map(|problem| &problem.errors);
    let missing: Vec<&str> = errors.map(|error| error.message.as_str()).collect();
    if missing.is_empty() { error_message(error) } else { missing.join("；") }
}
