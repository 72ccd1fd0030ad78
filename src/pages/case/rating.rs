//! 好差评: how it was, once everything is ended, and once more (追评). The two lowest are called back.

use contract::api::CaseView;
use contract::id::Reference;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::office::ErrorNotice;
use crate::api::{Api, ApiError};
use crate::i18n::tr;
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::input::{Input, Typing};

#[derive(Clone, Copy)]
struct RatingForm {
    api: Api,
    reference: StoredValue<Reference>,
    is_follow_up: bool,
    /// `5` to `1`; empty as long as none is chosen.
    level: RwSignal<Vec<String>>,
    points: RwSignal<Vec<String>>,
    comment: RwSignal<String>,
    is_sent: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

#[component]
pub(super) fn RatingCard(case: CaseView) -> impl IntoView {
    let is_follow_up = case.rating.as_ref().is_some_and(|rating| rating.may_follow_up);
    if !case.may_rate && !is_follow_up {
        return None;
    }
    let form = RatingForm {
        api: expect_context(),
        reference: StoredValue::new(case.reference),
        is_follow_up,
        level: RwSignal::default(),
        points: RwSignal::default(),
        comment: RwSignal::default(),
        is_sent: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    let title = match is_follow_up {
        true => tr("再评一次", "Rate it once more"),
        false => tr("办得怎么样？", "How was it?"),
    };
    let body = move || match form.is_sent.get() {
        true => thanks(form).into_any(),
        false => questions(form).into_any(),
    };
    Some(view! { <section class="card" data-rating="true"><h2>{title}</h2>{body}</section> })
}

fn questions(form: RatingForm) -> impl IntoView {
    let levels = [
        ("5", tr("非常满意", "Very satisfied")),
        ("4", tr("满意", "Satisfied")),
        ("3", tr("基本满意", "Fairly satisfied")),
        ("2", tr("不满意", "Dissatisfied")),
        ("1", tr("非常不满意", "Very dissatisfied")),
    ];
    let is_chosen = Memo::new(move |_| form.level.with(|level| !level.is_empty()));
    view! {
        <div class="control">{choices("level", &levels, form.level, false)}</div>
        <Show when=move || is_chosen.get()>{details(form)}</Show>
    }
}

fn details(form: RatingForm) -> impl IntoView {
    let points = [
        ("efficiency", tr("快慢", "Speed")),
        ("guide-accuracy", tr("指南准不准", "Accuracy of the guide")),
        ("convenience", tr("方便不方便", "Convenience")),
        ("platform", tr("好不好用", "Ease of use")),
    ];
    let points = (!form.is_follow_up).then(|| {
        view! {
            <div class="control">
                <p class="control-label">{tr("因为什么？可以选几项", "Because of what? Choose any")}</p>
                {choices("points", &points, form.points, true)}
            </div>
        }
    });
    let typing = Typing { id: "says".to_owned(), name: "says".to_owned(), max_chars: Some(500), ..Typing::default() };
    let press = move |_| send(form);
    view! {
        {points}
        <div class="control">
            <label class="control-label" for="says">{tr("想说的话（可不填）", "In your words (optional)")}</label>
            <Input typing value=form.comment on_type=move |typed| form.comment.set(typed) />
        </div>
        <div class="control">
            <ErrorNotice error=form.error />
            <button
                type="button"
                class="button button-wide"
                data-look="main"
                data-rate="true"
                disabled=form.busy
                on:click=press
            >
                {tr("评好了", "Send")}
            </button>
        </div>
    }
}

fn choices(
    name: &'static str,
    all: &[(&str, &str)],
    chosen: RwSignal<Vec<String>>,
    several: bool,
) -> impl IntoView + use<> {
    let card = |(id, label): &(&str, &str)| ChoiceCard {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
        help: String::new(),
    };
    let cards = all.iter().map(card).collect::<Vec<_>>();
    let choose = move |(id, is_on): (String, bool)| {
        chosen.update(|all| {
            all.retain(|one| several && *one != id);
            if is_on {
                all.push(id);
            }
        });
    };
    view! { <Choices id=name name=name cards several chosen on_choose=choose /> }
}

fn send(form: RatingForm) {
    if form.busy.get_untracked() {
        return;
    }
    let level: u32 = form.level.with_untracked(|level| level.first()?.parse().ok()).unwrap_or(0);
    let rating = json!({
        "level": level,
        "points": form.points.get_untracked(),
        "says": form.comment.get_untracked(),
        "follow_up": form.is_follow_up,
    });
    let reference = form.reference.get_value();
    form.busy.set(true);
    spawn_local(async move {
        match form.api.rate(&reference, &rating).await {
            Ok(_) => {
                form.is_sent.try_set(true);
            }
            Err(found) => {
                form.error.try_set(Some(found));
            }
        }
        form.busy.try_set(false);
    });
}

fn thanks(form: RatingForm) -> impl IntoView {
    let is_bad = form.level.with_untracked(|level| level.first().is_some_and(|level| level == "1" || level == "2"));
    let message = match is_bad {
        true => {
            tr("收到了。最晚下一个工作日有人打电话给您。", "We have it. Someone calls you by the next working day.")
        }
        false => tr("谢谢您，记下了。", "Thank you, it is noted."),
    };
    view! { <p role="status" data-thanks="true">{message}</p> }
}
