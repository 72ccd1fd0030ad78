//! The last look before sending: every answer with a link to change it, the documents, and what the officer will notice.

use crate::browser::request_animation_frame;
use crate::ui::dom::{CollectView, View};
use contract::journey::{JourneyStep, ShownField};
use markup::view;
use serde_json::{Map, Value};
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::draft::saved_mark;
use super::service::mode_words;
use super::tell::tell_link;
use crate::api::ApiError;
use crate::desk::Desk;
use crate::paths::Route;
use crate::ui::live::{on, shows};
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::words::{say, t};
use crate::{navigation, settings, uploads};

pub(crate) fn view(desk: Desk) -> View {
    if desk.journey.read_untracked().exit.is_some() {
        let exit = Route::Exit { draft: desk.draft.to_owned() };
        request_animation_frame(move || navigation::replace(&exit));
        return View::none();
    }
    let trouble = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let open = Signal::derive(move || desk.errors.read().iter().filter(|error| error.blocks()).count());
    let label = Signal::derive(move || match open.get() {
        0 if desk.intent.get() && !busy.get() => t("现在再试一次", "Try again now").to_owned(),
        0 => t("确认提交", "Send").to_owned(),
        count => format!("{}（{count}）", t("去补充", "Complete it")),
    });
    let press = move |()| if open.get_untracked() == 0 { submit(desk, busy, trouble) } else { complete(desk) };
    let back = desk.journey.read_untracked().steps.last().map(|step| step.step.id.0.clone());
    view! {
        <div class="page" data-step="review">
            <TopBar title=say(&desk.service.title) back=Route::Step { draft: desk.draft.to_owned(), step: back, from_review: false }.url() note=saved_mark(desk) />
            <div class="page-body">
                <Title title=t("核对一遍", "Look it over") help=t("都对的话就可以提交了。哪里不对，点“修改”。", "If everything is right, send it. Press “Change” where it is not.") />
                {asked_for(desk)}
                {shows(move || (desk.intent.get() && !busy.get()).then(|| waiting(desk)))}
                {shows(move || trouble.get().map(|error| view! { <div class="notice" data-look="warn" role="alert"><p>{error.says()}</p><p>{t("填好的都还在。", "What you filled in is kept.")}</p>{tell_link(error.says())}</div> }))}
                {shows(move || warnings(desk))}
                {shows(move || desk.journey.read().steps.iter().map(|step| section(desk, step)).collect_view())}
                {shows(move || materials(desk))}
            </div>
            <BottomBar><MainButton label busy on_press=press /></BottomBar>
        </div>
    }
}

/// Of a correction: what the office asked for.
fn asked_for(desk: Desk) -> View {
    if desk.to_mend.is_empty() {
        return View::none();
    }
    let line = |reason: &contract::api::Reason| {
        let label = desk.service.field(&reason.field).map(|field| say(&field.label)).unwrap_or_default();
        view! { <li><strong>{label}</strong>" "{desk.office_says(&reason.field, reason.row)}</li> }
    };
    view! {
        <div class="notice" data-look="warn">
            <p class="notice-title">{t("请您补这几处，别的都不用动：", "Please see to this, nothing else:")}</p>
            <ul>{desk.to_mend.iter().map(line).collect_view()}</ul>
        </div>
    }
}

fn section(desk: Desk, step: &JourneyStep<'static>) -> View {
    let journey = desk.journey.read();
    let edit =
        Route::Step { draft: desk.draft.to_owned(), step: Some(step.step.id.0.clone()), from_review: true }.url();
    let facts =
        step.fields.iter().flat_map(|shown| lines(shown, journey.answers.get(shown.answered_as()))).collect_view();
    let title = say(&step.step.title);
    let is_open = step.fields.iter().any(|shown| desk.asks(shown.field));
    view! {
        <section class="card" data-review=step.step.id.0.clone()>
            <div class="card-title">
                <h2>{title.clone()}</h2>
                {is_open.then(|| view! { <a class="button" href=edit aria-label=format!("{} {title}", t("修改", "Change"))>{t("修改", "Change")}</a> })}
            </div>
            <dl class="facts">{facts}</dl>
        </section>
    }
}

fn lines(shown: &ShownField<'static>, value: &Value) -> Vec<View> {
    let Some(group) = shown.field.kind.rows() else { return vec![line(shown, value, String::new())] };
    let rows: Vec<&Map<String, Value>> = value.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    let several = rows.len() > 1;
    let row = |(at, row): (usize, &&Map<String, Value>)| {
        let prefix = if several { format!("{} {} · ", say(&group.row_title), at + 1) } else { String::new() };
        let fields = shown.rows.get(at).map(Vec::as_slice).unwrap_or_default();
        fields
            .iter()
            .map(|inner| line(inner, row.get(&*inner.field.id).unwrap_or(&Value::Null), prefix.clone()))
            .collect::<Vec<_>>()
    };
    rows.iter().enumerate().flat_map(row).collect()
}

fn line(shown: &ShownField<'static>, value: &Value, prefix: String) -> View {
    let text = shown.field.kind.kind().show(value, settings::language().get_untracked());
    let text = match (text.is_empty(), shown.required) {
        (false, _) => text,
        (true, true) => t("还没填", "Still open").to_owned(),
        (true, false) => "—".to_owned(),
    };
    let shown_files = shown.field.kind.attachments().map(|_| pictures(value));
    view! { <div data-answer=shown.field.id.0.clone()><dt>{format!("{prefix}{}", say(&shown.field.label))}</dt><dd>{text}{shown_files}</dd></div> }
}

/// Small pictures of the files of an answer.
fn pictures(value: &Value) -> View {
    let ids =
        value.as_array().into_iter().flatten().filter(|file| !is_pdf(file)).filter_map(|file| file.get("id")?.as_str());
    let small = |id: &str| view! { <img class="fact-picture" src=uploads::picture_of(id) alt="" loading="lazy" /> };
    ids.map(small).collect_view()
}

fn is_pdf(file: &Value) -> bool {
    file.get("name").and_then(Value::as_str).is_some_and(|name| name.to_ascii_lowercase().ends_with(".pdf"))
}

/// What may be sent but will be asked about.
fn warnings(desk: Desk) -> View {
    let errors = desk.errors.read();
    let notes: Vec<_> =
        errors.iter().filter(|error| !error.blocks()).map(|error| view! { <li>{say(&error.message)}</li> }).collect();
    if notes.is_empty() {
        return View::none();
    }
    view! {
        <div class="notice" data-look="warn">
            <p class="notice-title">{t("可以提交，不过工作人员会留意：", "You may send this, but the officer will look at:")}</p>
            <ul>{notes}</ul>
        </div>
    }
}

fn materials(desk: Desk) -> View {
    let journey = desk.journey.read();
    let asked = desk.service.asked_materials(&journey);
    let row = |one: &contract::material::AskedMaterial<'_>| {
        let (look, words) = if one.given { mode_words(one.mode) } else { ("warn", t("还没有", "Missing")) };
        view! { <div class="row"><span>{say(&one.material.title)}</span><span class="tag" data-look=look>{words}</span></div> }
    };
    view! {
        <section class="card">
            <h2>{t("材料", "Documents")}</h2>
            <div class="rows">{asked.iter().map(row).collect_view()}</div>
        </section>
    }
}

/// Goes to the first step that still needs something.
fn complete(desk: Desk) {
    let journey = desk.journey.read_untracked();
    if let Some(step) = desk.service.first_open_step(&journey) {
        let id = step.step.id.0.clone();
        desk.touch_step(&id);
        navigation::go(&Route::Step { draft: desk.draft.to_owned(), step: Some(id), from_review: true });
    }
}

fn submit(desk: Desk, busy: RwSignal<bool>, trouble: RwSignal<Option<ApiError>>) {
    busy.set(true);
    trouble.set(None);
    spawn_local(async move {
        let sent = desk.submit().await;
        busy.set(false);
        match sent {
            Ok(receipt) => navigation::replace(&Route::Receipt { reference: receipt.reference }),
            Err(error) => {
                // Another phone or a register changed something: it is shown, to be looked over again.
                if let Some(current) = error.problem.as_ref().and_then(|problem| problem.current.clone()) {
                    desk.reconcile(*current);
                }
                trouble.set((!desk.intent.get_untracked()).then_some(error));
                crate::browser::scroll_to_top();
            }
        }
    });
}

/// The resident pressed "send", and there is no network: it waits, and says so.
fn waiting(desk: Desk) -> View {
    let forget = move |_| spawn_local(async move { desk.forget_intent().await });
    view! {
        <div class="notice" data-look="warn" role="status" data-waiting="true">
            <p class="notice-title">{t("等网络好了就发出去", "It goes out when there is a network")}</p>
            <p>{t("这份申请已经存在这部手机上，不会丢。有网络时会自动提交，收到的时间以回执为准。", "This application is kept on this phone. It is sent by itself when there is a network; the receipt says when it was received.")}</p>
            <button type="button" class="button" on:click=on(forget)>{t("先不提交", "Do not send yet")}</button>
            {tell_link(String::new())}
        </div>
    }
}
