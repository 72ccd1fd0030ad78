//! Where a signature is written with the finger, or typed, and sent.

use contract::kinds::are_strokes;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use crate::api::{ApiError, Signed};
use crate::i18n::tr;
use crate::ui::input::{Input, Typing};
use crate::unsaved_input::report_unsaved_input;

/// What strokes are measured in, whatever the width of the phone.
const WIDTH: i32 = 600;
const HEIGHT: i32 = 200;

#[component]
pub(crate) fn SignaturePad(
    /// Of the element.
    #[prop(into)]
    id: String,
    /// Of the input for whoever types.
    #[prop(into)]
    name: String,
    writing: Writing,
    /// The answers changed after they were signed.
    is_stale: bool,
    /// Sends it, and tells `writing` how that ended.
    send: Callback<Signed>,
) -> impl IntoView {
    report_unsaved_input(move || [writing.strokes, writing.name].iter().any(|written| !written.read().is_empty()));
    let input = move || match writing.is_typed.get() {
        true => name_input(writing, id.clone(), name.clone()).into_any(),
        false => canvas(writing, id.clone()).into_any(),
    };
    let error = move || {
        let message = writing.error.get()?.message();
        Some(view! { <p class="notice" data-look="warn" role="alert">{message}</p> })
    };
    let done = move || if writing.is_busy.get() { tr("正在保存…", "Saving…") } else { tr("签好了", "Done") };
    let other_way = move || match writing.is_typed.get() {
        true => tr("用手写签名", "Write by hand"),
        false => tr("不方便手写？打字签名", "Cannot write by hand? Type the name"),
    };
    view! {
        {is_stale.then(stale_notice)}
        {input}
        {error}
        <div class="pad-buttons">
            <button type="button" class="button" data-sign="clear" on:click=move |_| writing.clear()>
                {tr("擦掉", "Clear")}
            </button>
            <button
                type="button"
                class="button"
                data-look="quiet"
                data-sign="done"
                disabled=move || writing.is_blank()
                on:click=move |_| writing.send(send)
            >
                {done}
            </button>
        </div>
        <button
            type="button"
            class="link"
            data-sign="other"
            on:click=move |_| writing.is_typed.update(|is_typed| *is_typed = !*is_typed)
        >
            {other_way}
        </button>
    }
}

fn stale_notice() -> impl IntoView {
    let message = tr("签名之后内容改过，请再签一次。", "The answers changed after it was signed, please sign again.");
    view! { <p class="notice" data-look="warn" role="status">{message}</p> }
}

/// Strokes in the measure of the pad, as the path of an SVG.
pub(super) fn strokes_view(path: Signal<String>) -> impl IntoView {
    view! {
        <svg
            viewBox="0 0 600 200"
            preserveAspectRatio="none"
            fill="none"
            stroke="currentColor"
            stroke-width="3"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=path vector-effect="non-scaling-stroke"></path>
        </svg>
    }
}

/// The signature that is being written.
#[derive(Clone, Copy, Default)]
pub(crate) struct Writing {
    strokes: RwSignal<String>,
    is_finger_down: RwSignal<bool>,
    /// The name is typed instead.
    is_typed: RwSignal<bool>,
    name: RwSignal<String>,
    is_busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

impl Writing {
    fn clear(self) {
        self.strokes.set(String::new());
        self.name.set(String::new());
    }

    /// Whether there is nothing to send; tracked.
    fn is_blank(self) -> bool {
        match self.is_typed.get() {
            true => self.name.with(String::is_empty),
            false => self.strokes.with(|strokes| !are_strokes(strokes)),
        }
    }

    /// Adds the point of an event, in the measure of the pad.
    fn add_point(self, command: char, event: &PointerEvent) {
        let Some(target) = event.current_target() else { return };
        let bounds = target.unchecked_ref::<Element>().get_bounding_client_rect();
        let scaled = |point: i32, start: f64, length: f64, whole: i32| {
            let whole = f64::from(whole);
            ((f64::from(point) - start) * whole / length.max(1.0)).clamp(0.0, whole) as i32
        };
        let x = scaled(event.client_x(), bounds.left(), bounds.width(), WIDTH);
        let y = scaled(event.client_y(), bounds.top(), bounds.height(), HEIGHT);
        self.strokes.update(|strokes| *strokes += &format!("{command}{x} {y}"));
    }

    fn send(self, send: Callback<Signed>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        send.run(match self.is_typed.get_untracked() {
            true => Signed::Typed(self.name.get_untracked()),
            false => Signed::Strokes(self.strokes.get_untracked()),
        });
    }

    /// It was sent, or was not. The screen may have been left meanwhile.
    pub(crate) fn ended(self, error: Option<ApiError>) {
        self.is_busy.try_set(false);
        self.error.try_set(error);
    }
}

/// It follows finger, pen and mouse.
fn canvas(writing: Writing, id: String) -> impl IntoView {
    let begin = move |event: PointerEvent| {
        event.prevent_default();
        writing.is_finger_down.set(true);
        writing.add_point('M', &event);
    };
    let go_on = move |event: PointerEvent| {
        if writing.is_finger_down.get_untracked() {
            writing.add_point('L', &event);
        }
    };
    let end = move |_: PointerEvent| writing.is_finger_down.set(false);
    let label = tr("在这里用手指签名", "Sign here with your finger");
    let is_empty = Memo::new(move |_| writing.strokes.with(String::is_empty));
    view! {
        <div
            class="pad"
            id=id
            tabindex="-1"
            role="img"
            aria-label=label
            on:pointerdown=begin
            on:pointermove=go_on
            on:pointerup=end
            on:pointerleave=end
            on:pointercancel=end
        >
            {move || is_empty.get().then(|| view! { <span class="pad-hint">{label}</span> })}
            {strokes_view(writing.strokes.into())}
        </div>
    }
}

fn name_input(writing: Writing, id: String, name: String) -> impl IntoView {
    let typing = Typing { id, name, mode: "text", autocomplete: "off", ..Typing::default() };
    view! { <Input typing value=writing.name on_type=move |typed| writing.name.set(typed) /> }
}
