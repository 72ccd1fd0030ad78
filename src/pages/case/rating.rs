//! 好差评: how an office handled its item, once that has ended, and once more (追评). The two lowest are called back.

use contract::api::{CaseView, RatingView};
use contract::id::{ItemId, Reference};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::office::ErrorNotice;
use crate::api::{Api, ApiError};
use crate::i18n::{tr, tr_text};
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::input::{Input, Typing};

#[derive(Clone, Copy)]
struct RatingForm {
    api: Api,
    reference: StoredValue<Reference>,
    /// `None` for a case that was rated as a whole.
    item: StoredValue<Option<ItemId>>,
    is_follow_up: bool,
    /// `5` to `1`; empty as long as none is chosen.
    level: RwSignal<Vec<String>>,
    points: RwSignal<Vec<String>>,
    comment: RwSignal<String>,
    is_sent: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

/// What may be rated: its name, and whether it was rated before.
struct Rateable {
    item: Option<ItemId>,
    title: String,
    is_follow_up: bool,
}

#[component]
pub(super) fn RatingCard(case: CaseView) -> impl IntoView {
    let rateable = rateable(&case);
    if rateable.is_empty() {
        return None;
    }
    let is_one = rateable.len() == 1;
    let reference = StoredValue::new(case.reference);
    let forms = rateable.into_iter().map(|one| item_rating(reference, one, is_one).into_any()).collect_view();
    Some(view! {
        <section class="card" data-rating="true">
            <h2>{tr("评价办理情况", "Rate how it was handled")}</h2>
            {forms}
        </section>
    })
}

fn rateable(case: &CaseView) -> Vec<Rateable> {
    let may_follow_up = |rating: Option<&RatingView>| rating.is_some_and(|rating| rating.may_follow_up);
    let whole = may_follow_up(case.rating.as_ref()).then(|| Rateable {
        item: None,
        title: tr_text(&case.title),
        is_follow_up: true,
    });
    let of_items = case.ratings.iter().filter_map(|one| {
        let is_follow_up = may_follow_up(one.rating.as_ref());
        let task = case.tasks.iter().find(|task| task.item == one.item)?;
        let title = tr_text(&task.title);
        (one.may_rate || is_follow_up).then(|| Rateable { item: Some(one.item.clone()), title, is_follow_up })
    });
    whole.into_iter().chain(of_items).collect()
}

/// The questions about one item; of several, those of the chosen one are open.
fn item_rating(reference: StoredValue<Reference>, rateable: Rateable, is_one: bool) -> impl IntoView {
    let Rateable { item, title, is_follow_up } = rateable;
    let id = item.as_ref().map(|item| item.0.clone()).unwrap_or_default();
    let form = RatingForm {
        api: expect_context(),
        reference,
        item: StoredValue::new(item),
        is_follow_up,
        level: RwSignal::default(),
        points: RwSignal::default(),
        comment: RwSignal::default(),
        is_sent: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    let summary = match is_follow_up {
        true => format!("{title} · {}", tr("追加评价", "rate once more")),
        false => title,
    };
    let body = move || match form.is_sent.get() {
        true => thanks(form).into_any(),
        false => questions(form).into_any(),
    };
    view! {
        <details open=is_one data-rated-item=id>
            <summary>{summary}</summary>
            {body}
        </details>
    }
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
        <div class="control">{choices(form, "level", &levels, form.level, false)}</div>
        <Show when=move || is_chosen.get()>{details(form)}</Show>
    }
}

fn details(form: RatingForm) -> impl IntoView {
    let points = [
        ("efficiency", tr("办理效率", "Speed of handling")),
        ("guide-accuracy", tr("办事指南是否准确", "Accuracy of the guide")),
        ("convenience", tr("办理是否便利", "Convenience")),
        ("platform", tr("平台是否好用", "Ease of use of this site")),
    ];
    let points = (!form.is_follow_up).then(|| {
        view! {
            <div class="control">
                <p class="control-label">{tr("主要因为哪些方面？可以多选", "Mainly because of what? Choose any")}</p>
                {choices(form, "points", &points, form.points, true)}
            </div>
        }
    });
    let id = form.id("says");
    let typing = Typing { id: id.clone(), name: "says".to_owned(), max_chars: Some(500), ..Typing::default() };
    let press = move |_| send(form);
    view! {
        {points}
        <div class="control">
            <label class="control-label" for=id>{tr("想说的话（可不填）", "In your words (optional)")}</label>
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
                {tr("提交评价", "Submit rating")}
            </button>
        </div>
    }
}

fn choices(
    form: RatingForm,
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
    // Radios of one name are one choice, and each item has its own.
    let id = form.id(name);
    view! { <Choices id=id.clone() name=id cards several chosen on_choose=choose /> }
}

impl RatingForm {
    /// Of an input, beside those about other items.
    fn id(self, name: &str) -> String {
        self.item.with_value(|item| item.as_ref().map_or_else(|| name.to_owned(), |item| format!("{name}-{item}")))
    }
}

fn send(form: RatingForm) {
    if form.busy.get_untracked() {
        return;
    }
    let level: u32 = form.level.with_untracked(|level| level.first()?.parse().ok()).unwrap_or(0);
    let rating = json!({
        "item": form.item.get_value(),
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
        true => tr(
            "已收到。最晚下一个工作日有工作人员打电话给您。",
            "We have received it. An officer will call you by the next working day.",
        ),
        false => tr("谢谢您的评价。", "Thank you for your rating."),
    };
    view! { <p role="status" data-thanks="true">{message}</p> }
}
