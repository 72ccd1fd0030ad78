//! A register asked with a number that was just typed. What it knows need not be proved; what is wrong can be said.

use std::cell::RefCell;

use crate::ui::dom::View;
use contract::Field;
use contract::json::FromJson;
use contract::kinds::{Lookup, LookupStatus};
use markup::view;
use serde_json::Value;
use signals::{Callback, Effect, RwSignal};
use wasm_bindgen_futures::spawn_local;

use super::Slot;
use crate::api::ApiError;
use crate::settings;
use crate::ui::live::{on, shows};
use crate::words::{say, t};

#[derive(Clone, PartialEq)]
enum Asking {
    Idle,
    Busy,
    Failed(ApiError),
}

pub(super) fn view(slot: &Slot, settings: &'static Lookup) -> View {
    let asking = RwSignal::new(Asking::Idle);
    let of_ask = slot.clone();
    let ask = Callback::new(move |()| look_up(&of_ask, asking));
    ask_when_right(slot, settings, ask);
    let of_value = slot.clone();
    let of_error = slot.clone();
    let body = shows(move || match (asking.get(), status(&of_value.value())) {
        (Asking::Busy, _) => view! { <p class="notice" role="status">{t("正在核验…", "Checking…")}</p> },
        (Asking::Failed(error), _) => again(error.says(), ask),
        (_, Some(LookupStatus::Matched)) => matched(settings, &of_value.value()),
        (_, Some(_)) if settings.says.is_some() => {
            note(t("暂时查不到，不影响办理。", "It cannot be looked up just now, you can go on."))
        }
        (_, Some(LookupStatus::Doubted)) => note(t(
            "您说登记有误。请改成对的，并拍一张证照，工作人员会核对。",
            "You say the register is wrong. Correct it below and add a photo, an officer will compare them.",
        )),
        (_, Some(LookupStatus::NotFound)) => again(
            t(
                "没有查到这个号码。请再看一遍号码；号码没错的话，拍一张证照就行。",
                "This number was not found. Compare it once more; if it is right, a photo of the document will do.",
            )
            .to_owned(),
            ask,
        ),
        (_, Some(LookupStatus::Unavailable)) => again(
            t(
                "暂时查不了，不耽误您办：拍一张证照就行，也可以再查一次。",
                "The register does not answer just now. Go on with a photo of the document, or check again.",
            )
            .to_owned(),
            ask,
        ),
        (_, None) => match of_error.shown_error(true) {
            Some(_) => again(
                t("填好上面的号码就会自动核验。", "It is checked as soon as the number above is complete.").to_owned(),
                ask,
            ),
            None => View::none(),
        },
    });
    view! { <div class="control" id=slot.id() tabindex="-1">{body}</div> }
}

fn look_up(slot: &Slot, asking: RwSignal<Asking>) {
    if asking.get_untracked() == Asking::Busy {
        return;
    }
    asking.set(Asking::Busy);
    let (desk, field) = (slot.desk, slot.field.id.clone());
    spawn_local(async move {
        let state = match desk.look_up(&field, false).await {
            Ok(()) => Asking::Idle,
            Err(error) => Asking::Failed(error),
        };
        asking.set(state);
    });
}

/// Asks by itself, once for each key whose answers are right.
fn ask_when_right(slot: &Slot, settings: &'static Lookup, ask: Callback<()>) {
    let desk = slot.desk;
    let own = slot.field.id.clone();
    let last = RefCell::new(None::<String>);
    Effect::later(move || {
        let key = desk.journey.read().key(settings).unwrap_or_default();
        let before = last.replace(Some(key.clone()));
        let is_new = before.as_ref() != Some(&key);
        let is_answered = before.is_none() && status(desk.answers.read_untracked().get(&own)).is_some();
        if !key.is_empty() && is_new && !is_answered {
            ask.run(());
        }
    });
}

fn matched(settings: &Lookup, answer: &Value) -> View {
    if let Some(told) = settings.told(answer, settings::language().get_untracked()) {
        return view! { <p class="control-note" role="status" data-told="true">{told}</p> };
    }
    view! {
        <div class="card-title">
            <span>{say(&settings.source)}</span>
            <span class="tag">{t("免提交 · 已核验", "No paper · checked")}</span>
        </div>
    }
}

fn note(says: &'static str) -> View {
    view! { <p class="notice" data-look="warn" role="status">{says}</p> }
}

fn again(says: String, ask: Callback<()>) -> View {
    view! {
        <div class="notice" data-look="warn" role="status">
            <p>{says}</p>
            <button type="button" class="link" on:click=on(move |_| ask.run(()))>{t("再核验一次", "Check again")}</button>
        </div>
    }
}

fn status(value: &Value) -> Option<LookupStatus> {
    LookupStatus::from_json(value.get("status")?.clone()).ok()
}

/// The lookup that fills a field, with its own field.
fn filler(slot: &Slot) -> Option<(&'static Field, &'static Lookup)> {
    let fills = |(_, field): (_, &'static Field)| {
        let lookup = field.kind.lookup().filter(|lookup| lookup.fills.contains_key(&slot.field.id))?;
        Some((field, lookup))
    };
    slot.row.is_none().then(|| slot.desk.service.fields().find_map(fills)).flatten()
}

/// What the register says for a field, while the resident lets it stand.
fn vouched(slot: &Slot) -> Option<(&'static Field, &'static Lookup)> {
    let (field, lookup) = filler(slot)?;
    let answers = slot.desk.answers.read();
    let answer = answers.get(&field.id);
    let found = answer.get("found")?.get(lookup.fills.get(&slot.field.id)?)?;
    (Lookup::matched(answer) && found == answers.get(&slot.field.id)).then_some((field, lookup))
}

/// A value that a register vouches for is changed only after saying that the register is wrong.
pub(super) fn is_locked(slot: &Slot) -> bool {
    vouched(slot).is_some()
}

/// "来自营业执照 · 不对？" under a filled field.
pub(super) fn source_note(slot: Slot) -> View {
    if filler(&slot).is_none() {
        return View::none();
    }
    let note = move || {
        let (field, lookup) = vouched(&slot)?;
        let (desk, id) = (slot.desk, field.id.clone());
        let doubt = move |_| {
            let id = id.clone();
            spawn_local(async move {
                let _ = desk.look_up(&id, true).await;
            });
        };
        let source = say(&lookup.source);
        Some(view! {
            <p class="control-source">
                {format!("{}{source} · ", t("来自", "From: "))}
                <button type="button" class="link" on:click=on(doubt)>{t("不对？", "Wrong?")}</button>
            </p>
        })
    };
    shows(note)
}
