//! 好差评: how it was, once everything is ended, and once more (追评). The two lowest are called back.

use contract::api::CaseView;
use contract::id::Reference;
use contract::json::table;
use markup::view;
use serde_json::Value;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::office::failure;
use crate::api::{self, ApiError};
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::dom::View;
use crate::ui::input::{Input, Typing};
use crate::ui::live::{on, shows};
use crate::words::t;

#[derive(Clone, Copy)]
struct Form {
    /// `5` to `1`; nothing as long as none is chosen.
    level: RwSignal<Vec<String>>,
    points: RwSignal<Vec<String>>,
    says: RwSignal<String>,
    is_sent: RwSignal<bool>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<ApiError>>,
}

pub(super) fn view(case: &CaseView) -> View {
    let follow_up = case.rating.as_ref().is_some_and(|rating| rating.may_follow_up);
    if !case.may_rate && !follow_up {
        return View::none();
    }
    let form = Form {
        level: RwSignal::default(),
        points: RwSignal::default(),
        says: RwSignal::default(),
        is_sent: RwSignal::new(false),
        busy: RwSignal::new(false),
        trouble: RwSignal::new(None),
    };
    let reference = case.reference.clone();
    let title = if follow_up { t("再评一次", "Rate it once more") } else { t("办得怎么样？", "How was it?") };
    let body = move || match form.is_sent.get() {
        true => thanks(form),
        false => questions(form, &reference, follow_up),
    };
    view! { <section class="card" data-rating="true"><h2>{title}</h2>{shows(body)}</section> }
}

fn questions(form: Form, reference: &Reference, follow_up: bool) -> View {
    let levels = [
        ("5", t("非常满意", "Very satisfied")),
        ("4", t("满意", "Satisfied")),
        ("3", t("基本满意", "Fairly satisfied")),
        ("2", t("不满意", "Dissatisfied")),
        ("1", t("非常不满意", "Very dissatisfied")),
    ];
    let reference = reference.clone();
    let more = move || (!form.level.read().is_empty()).then(|| details(form, reference.clone(), follow_up));
    view! {
        <div class="control">{choices("level", &levels, form.level, false)}</div>
        {shows(more)}
    }
}

fn details(form: Form, reference: Reference, follow_up: bool) -> View {
    let points = [
        ("efficiency", t("快慢", "Speed")),
        ("guide-accuracy", t("指南准不准", "Accuracy of the guide")),
        ("convenience", t("方便不方便", "Convenience")),
        ("platform", t("好不好用", "Ease of use")),
    ];
    let typing = Typing { id: "says".to_owned(), name: "says".to_owned(), lines: Some(500), ..Typing::default() };
    let press = move |_| send(form, &reference, follow_up);
    view! {
        {(!follow_up).then(|| view! { <div class="control"><p class="control-label">{t("因为什么？可以选几项", "Because of what? Choose any")}</p>{choices("points", &points, form.points, true)}</div> })}
        <div class="control">
            <label class="control-label" for="says">{t("想说的话（可不填）", "In your words (optional)")}</label>
            <Input typing value=form.says invalid=Signal::derive(|| false) on_type=move |typed| form.says.set(typed) on_leave=move |()| {} />
        </div>
        <div class="control">
            {failure(form.trouble)}
            <button type="button" class="button button-wide" data-look="main" data-rate="true" disabled=Signal::from(form.busy) on:click=on(press)>{t("评好了", "Send")}</button>
        </div>
    }
}

fn choices(name: &str, all: &[(&str, &str)], chosen: RwSignal<Vec<String>>, several: bool) -> View {
    let card = |(id, label): &(&str, &str)| ChoiceCard {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
        help: String::new(),
    };
    let choose = move |(id, on): (String, bool)| {
        chosen.update(|all| {
            all.retain(|one| several && *one != id);
            if on {
                all.push(id);
            }
        });
    };
    let cards = all.iter().map(card).collect();
    Choices {
        id: name.to_owned(),
        name: name.to_owned(),
        cards,
        several,
        chosen: chosen.into(),
        on_choose: signals::Callback::new(choose),
        ..Choices::default()
    }
    .draw()
}

fn send(form: Form, reference: &Reference, follow_up: bool) {
    let level: u32 = form.level.read_untracked().first().and_then(|level| level.parse().ok()).unwrap_or(0);
    let points: Vec<Value> = form.points.get_untracked().into_iter().map(Value::from).collect();
    let rating = table([
        ("level", level.into()),
        ("points", points.into()),
        ("says", form.says.get_untracked().into()),
        ("follow_up", follow_up.into()),
    ]);
    let sent = api::rate(reference, &rating);
    form.busy.set(true);
    spawn_local(async move {
        match sent.await {
            Ok(_) => form.is_sent.set(true),
            Err(error) => form.trouble.set(Some(error)),
        }
        form.busy.set(false);
    });
}

fn thanks(form: Form) -> View {
    let is_bad = form.level.get_untracked().first().is_some_and(|level| matches!(level.as_str(), "1" | "2"));
    let says = if is_bad {
        t("收到了。最晚下一个工作日有人打电话给您。", "We have it. Someone calls you by the next working day.")
    } else {
        t("谢谢您，记下了。", "Thank you, it is noted.")
    };
    view! { <p role="status" data-thanks="true">{says}</p> }
}
