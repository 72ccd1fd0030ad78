//! One step: one topic, its fields, and the next step under the thumb.

use crate::browser::request_animation_frame;
use crate::ui::dom::{CollectView, View};
use contract::journey::ShownField;
use contract::problem::FieldError;
use contract::text::has;
use markup::view;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::draft::saved_mark;
use super::tell::tell_link;
use crate::desk::{Desk, Saving};
use crate::fields::{Slot, field_view};
use crate::paths::Route;
use crate::ui::live::{each, live, on, shows};
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::words::{say, t};
use crate::{browser, navigation, uploads};

pub(crate) fn view(desk: Desk, step: Option<String>, from_review: bool) -> View {
    let Some(step) = step.filter(|step| desk.journey.read_untracked().step(step).is_some()) else {
        let entry = Route::Step { draft: desk.draft.to_owned(), step: Some(desk.entry_step()), from_review: false };
        request_animation_frame(move || navigation::replace(&entry));
        return View::none();
    };
    desk.visit(&step);
    let Some(definition) = desk.service.steps.iter().find(|each| each.id == *step) else { return View::none() };
    let id: &'static str = &definition.id;
    let position = Signal::derive(move || {
        let journey = desk.journey.read();
        (journey.steps.iter().position(|each| each.step.id == *id).unwrap_or(0), journey.steps.len())
    });
    let section = desk.service.section(&definition.section).map(|section| say(&section.title)).unwrap_or_default();
    let place = Signal::derive(move || {
        let (at, all) = position.get();
        format!("{} {} {} {all} {} · {section}", t("第", "Step"), at + 1, t("步，共", "of"), t("步", ""))
    });
    let done = live(move || format!("{}%", position.get().0 * 100 / position.get().1.max(1)));
    let pressed = RwSignal::new(false);
    let busy = RwSignal::new(false);
    browser::focus("h1".to_owned());
    view! {
        <div class="page" data-step=id>
            <TopBar title=say(&desk.service.title) back=back_url(desk, id, from_review) note=saved_mark(desk) />
            <div class="progress" role="presentation"><span class="progress-done" style:width=done></span></div>
            <div class="page-body">
                <Title title=say(&definition.title) place help=definition.help.as_ref().map(say).unwrap_or_default() />
                {shows(move || pressed.get().then(|| summary(desk, id)))}
                {trouble(desk)}
                {fields(desk, id)}
                {tell_link(String::new())}
            </div>
            <BottomBar>
                {(!from_review).then(|| view! { <a class="button" href=back_url(desk, id, false)>{t("上一步", "Back")}</a> })}
                <MainButton
                    label=live(move || match busy.get() && uploads::is_sending() {
                        true => t("照片还在传…", "Sending photos…"),
                        false if from_review => t("改好了，回去核对", "Done, back to review"),
                        false => t("下一步", "Next"),
                    })
                    busy on_press=move |()| go_on(desk, id, from_review, pressed, busy)
                />
            </BottomBar>
        </div>
    }
}

/// The fields in one card; a group brings cards of its own.
fn fields(desk: Desk, id: &'static str) -> View {
    let shown = Signal::derive(move || {
        let journey = desk.journey.read();
        let fields = journey.step(id).map(|step| step.fields.as_slice()).unwrap_or_default();
        let asked = fields.iter().filter(|shown| desk.asks(shown.field));
        asked.map(|shown| (shown.field.id.0.clone(), shown.required, shown.why.clone())).collect::<Vec<_>>()
    });
    let only_groups = desk
        .service
        .steps
        .iter()
        .any(|step| step.id == *id && step.fields.iter().all(|field| field.kind.rows().is_some()));
    let field = move |(field, required, why): (String, bool, Option<contract::Text>)| -> View {
        let found = desk.service.fields().find(|(_, each)| each.id == *field).map(|(_, field)| field);
        found
            .map(|field| field_view(desk, &ShownField { field, required, why, rows: Vec::new() }, None))
            .unwrap_or_default()
    };
    view! {
        <div class=if only_groups { "" } else { "card step-card" }>
            {each(shown, field)}
        </div>
    }
}

/// What still needs mending, each with a link to its place.
fn summary(desk: Desk, id: &'static str) -> View {
    let list = move || {
        let errors = desk.errors_of(id);
        (!errors.is_empty()).then(|| {
            view! {
                <div class="notice" data-look="error" role="alert">
                    <p class="notice-title">{t("还差一点：", "Almost there:")}</p>
                    <ul>{errors.into_iter().map(|error| line(desk, error)).collect_view()}</ul>
                </div>
            }
        })
    };
    shows(list)
}

fn line(desk: Desk, error: FieldError) -> View {
    let label = desk.service.field(&error.field).map(|field| say(&field.label)).unwrap_or_default();
    let row = error.row.map(|row| format!(" {}", row + 1)).unwrap_or_default();
    let message = say(&error.message);
    // A missing answer is named in its own sentence already.
    let says = if has(&message, &label) {
        format!("{message}{row}")
    } else {
        format!("{label}{row}{}{message}", t("：", ": "))
    };
    view! { <li><button type="button" class="link" on:click=on(move |_| focus_on(desk, &error))>{says}</button></li> }
}

/// What keeps the draft from being saved, if it is more than a weak signal.
fn trouble(desk: Desk) -> View {
    let notice = move || match &*desk.saving.read() {
        Saving::Failed(error) if !error.is_offline() => {
            Some(view! { <p class="notice" data-look="warn" role="alert">{error.says()}</p> })
        }
        _ => None,
    };
    shows(notice)
}

fn go_on(desk: Desk, id: &'static str, from_review: bool, pressed: RwSignal<bool>, busy: RwSignal<bool>) {
    busy.set(true);
    spawn_local(async move {
        // A photograph on its way is not a missing one.
        if !desk.errors_of(id).is_empty() {
            uploads::arrived().await;
        }
        desk.touch_step(id);
        // Whoever has to leave here need not complete the step.
        let leaves = desk.journey.read_untracked().exit.is_some_and(|gate| gate.step == *id);
        pressed.set(!leaves);
        if let Some(first) = desk.errors_of(id).first().filter(|_| !leaves) {
            busy.set(false);
            focus_on(desk, first);
            return;
        }
        // What cannot be saved now is kept and sent later; a weak signal must not stop anyone here.
        let saved = desk.flush().await;
        busy.set(false);
        if saved.is_err_and(|error| !error.is_offline()) {
            return;
        }
        navigation::go(&next(desk, id, from_review));
    });
}

fn next(desk: Desk, id: &str, from_review: bool) -> Route {
    let draft = desk.draft.to_owned();
    let journey = desk.journey.read_untracked();
    let at = journey.steps.iter().position(|step| step.step.id == *id).unwrap_or(0);
    match journey.steps.get(at + 1) {
        None if journey.exit.is_some() => Route::Exit { draft },
        _ if from_review => Route::Review { draft },
        Some(step) => Route::Step { draft, step: Some(step.step.id.0.clone()), from_review: false },
        None => Route::Review { draft },
    }
}

fn back_url(desk: Desk, id: &str, from_review: bool) -> String {
    let draft = desk.draft.to_owned();
    let journey = desk.journey.read_untracked();
    let at = journey.steps.iter().position(|step| step.step.id == *id).unwrap_or(0);
    let route = match at.checked_sub(1).and_then(|at| journey.steps.get(at)) {
        _ if from_review => Route::Review { draft },
        Some(step) => Route::Step { draft, step: Some(step.step.id.0.clone()), from_review: false },
        None => Route::Service { service: desk.service.id.clone() },
    };
    route.url()
}

/// The control of an error takes the focus; scrolling comes with it.
fn focus_on(desk: Desk, error: &FieldError) {
    let Some(field) = desk.service.field(&error.field) else { return };
    let row = error.row.and_then(|row| {
        let group = desk
            .service
            .fields()
            .map(|(_, field)| field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id)));
        let group: &'static str = group.into_iter().find(|group| error.field.starts_with(&format!("{group}.")))?;
        let name = desk.answers.read_untracked().rows(group).nth(row)?.get("row")?.as_str()?.to_owned();
        Some((group, name))
    });
    let id = Slot::new(desk, field, row).id();
    browser::focus(format!("#{id}"));
}
