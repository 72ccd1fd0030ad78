//! A name under the papers: they are shown filled in, then the finger writes. Whoever cannot write by hand types the name.

mod papers;

use crate::ui::dom::View;
use contract::kinds::are_strokes;
use markup::view;
use serde_json::Value;
use signals::{Callback, RwSignal, Signal};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, MouseEvent};

use super::Slot;
use crate::api::ApiError;
use crate::ui::input::{Input, Typing};
use crate::ui::live::{flag, live, on, shows};
use crate::words::{t, time_of};

/// What strokes are measured in, whatever the width of the phone.
const WIDTH: i32 = 600;
const HEIGHT: i32 = 200;

/// What is being written.
#[derive(Clone, Copy)]
struct Pad {
    path: RwSignal<String>,
    /// The finger is down.
    drawing: RwSignal<bool>,
    /// The name is typed instead.
    by_keys: RwSignal<bool>,
    name: RwSignal<String>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Pad {
    fn clear(self) {
        self.path.set(String::new());
        self.name.set(String::new());
    }
}

pub(super) fn view(slot: &Slot) -> View {
    let pad = Pad {
        path: RwSignal::default(),
        drawing: RwSignal::default(),
        by_keys: RwSignal::default(),
        name: RwSignal::default(),
        busy: RwSignal::default(),
        trouble: RwSignal::default(),
    };
    let (of_papers, of_value) = (slot.clone(), slot.clone());
    let body = move || {
        let value = of_value.value();
        if of_value.field.kind.kind().is_empty(&value) {
            blank(&of_value, pad, &value)
        } else {
            signed(&of_value, &value)
        }
    };
    view! {
        {shows(move || papers::view(&of_papers))}
        {shows(body)}
    }
}

/// The signature as it stands, and the way to write it again.
fn signed(slot: &Slot, value: &Value) -> View {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (path, name) = (RwSignal::new(text("strokes")), text("typed"));
    let again = slot.clone();
    view! {
        <div class="pad" id=slot.id() tabindex="-1" data-signed="true">
            {drawing(path.into())}
            {(!name.is_empty()).then(|| view! { <strong class="pad-typed">{name}</strong> })}
        </div>
        <p class="control-note">
            {format!("{} {} · ", t("已签名", "Signed"), time_of(&text("at")))}
            <button type="button" class="link" on:click=on(move |_| again.set(Value::Null))>{t("重签", "Sign again")}</button>
        </p>
    }
}

fn blank(slot: &Slot, pad: Pad, value: &Value) -> View {
    let is_stale = value.get("stale").is_some();
    let (id, name) = (slot.id(), slot.name());
    let sign = slot.clone();
    let input = shows(move || if pad.by_keys.get() { typing(pad, &id, &name) } else { canvas(pad, id.clone()) });
    let is_blank =
        flag(move || if pad.by_keys.get() { pad.name.read().is_empty() } else { !are_strokes(&pad.path.read()) });
    view! {
        {is_stale.then(|| view! { <p class="notice" data-look="warn" role="status">{t("签名之后内容改过，请再签一次。", "The answers changed after it was signed, please sign again.")}</p> })}
        {input}
        {shows(move || pad.trouble.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.says()}</p> }))}
        <div class="pad-buttons">
            <button type="button" class="button" data-sign="clear" on:click=on(move |_| pad.clear())>{t("擦掉", "Clear")}</button>
            <button type="button" class="button" data-look="quiet" data-sign="done" disabled=is_blank on:click=on(move |_| send(&sign, pad))>
                {live(move || if pad.busy.get() { t("正在保存…", "Saving…") } else { t("签好了", "Done") })}
            </button>
        </div>
        <button type="button" class="link" data-sign="other" on:click=on(move |_| pad.by_keys.update(|by_keys| *by_keys = !*by_keys))>
            {live(move || if pad.by_keys.get() { t("用手写签名", "Write by hand") } else { t("不方便手写？打字签名", "Cannot write by hand? Type the name") })}
        </button>
    }
}

/// The pad follows finger, pen and mouse.
fn canvas(pad: Pad, id: String) -> View {
    let begin = move |event: Event| {
        event.prevent_default();
        pad.drawing.set(true);
        add(pad, 'M', &event);
    };
    let go_on = move |event: Event| {
        if pad.drawing.get_untracked() {
            add(pad, 'L', &event);
        }
    };
    let end = move |_| pad.drawing.set(false);
    view! {
        <div
            class="pad" id=id tabindex="-1" role="img" aria-label=t("在这里用手指签名", "Sign here with your finger")
            on:pointerdown=on(begin) on:pointermove=on(go_on) on:pointerup=on(end) on:pointerleave=on(end) on:pointercancel=on(end)
        >
            {shows(move || pad.path.read().is_empty().then(|| view! { <span class="pad-hint">{t("在这里用手指签名", "Sign here with your finger")}</span> }))}
            {drawing(pad.path.into())}
        </div>
    }
}

fn drawing(path: Signal<String>) -> View {
    view! {
        <svg viewBox="0 0 600 200" preserveAspectRatio="none" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=path vector-effect="non-scaling-stroke"></path>
        </svg>
    }
}

fn typing(pad: Pad, id: &str, name: &str) -> View {
    let typing =
        Typing { id: id.to_owned(), name: name.to_owned(), mode: "text", autocomplete: "off", ..Typing::default() };
    let on_type = Callback::new(move |typed: String| pad.name.set(typed));
    view! { <Input typing value=pad.name on_type /> }
}

/// Adds the point of an event, in the pad's own measure.
fn add(pad: Pad, command: char, event: &Event) {
    let Some(target) = event.current_target() else { return };
    let (element, mouse): (&Element, &MouseEvent) = (target.unchecked_ref(), event.unchecked_ref());
    let bounds = element.get_bounding_client_rect();
    let at = |point: i32, start: f64, length: f64, whole: i32| {
        ((f64::from(point) - start) * f64::from(whole) / length.max(1.0)).clamp(0.0, f64::from(whole)) as i32
    };
    let x = at(mouse.client_x(), bounds.left(), bounds.width(), WIDTH);
    let y = at(mouse.client_y(), bounds.top(), bounds.height(), HEIGHT);
    pad.path.update(|path| *path += &format!("{command}{x} {y}"));
}

fn send(slot: &Slot, pad: Pad) {
    if pad.busy.get_untracked() {
        return;
    }
    pad.busy.set(true);
    let (desk, field) = (slot.desk, slot.field.id.clone());
    let written = match pad.by_keys.get_untracked() {
        true => ("typed", pad.name.get_untracked()),
        false => ("strokes", pad.path.get_untracked()),
    };
    spawn_local(async move {
        let sent = desk.sign(&field, written).await;
        pad.busy.set(false);
        pad.trouble.set(sent.err());
    });
}
