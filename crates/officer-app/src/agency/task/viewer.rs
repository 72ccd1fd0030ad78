//! Pictures large: one, or two side by side with the same zoom. Everything by keyboard.

use markup::view;
use signals::{RwSignal, Signal};
use wasm_bindgen::JsCast;

use super::Task;
use super::pictures::{self, Picture};
use crate::agency::api;
use crate::browser;
use crate::ui::dom::View;
use crate::ui::live::{live, on, shows};
use crate::ui::sheet::Sheet;
use crate::words::t;

const LARGEST_PERCENT: u32 = 400;
const STEP_PERCENT: u32 = 50;

#[derive(Clone, Copy)]
struct Viewer {
    pictures: Signal<Vec<Picture>>,
    left: RwSignal<usize>,
    right: RwSignal<Option<usize>>,
    /// Of the pane's width.
    zoom: RwSignal<u32>,
}

pub(super) fn view(task: Task, file: &str) -> View {
    let pictures = pictures::all(task);
    let at = pictures.iter().position(|picture| picture.id == *file).unwrap_or(0);
    let partner = pictures::partner(&pictures, at);
    // Before stands at the left, as it does in the form.
    let (left, right) = match partner {
        Some(partner) if partner < at => (partner, Some(at)),
        partner => (at, partner),
    };
    let viewer = Viewer {
        pictures: Signal::stored(pictures),
        left: RwSignal::new(left),
        right: RwSignal::new(right),
        zoom: RwSignal::new(100),
    };
    browser::focus(".viewer".to_owned());
    view! {
        <Sheet title=t("看图", "Pictures") on_close=move |()| task.viewing.set(None)>
            <div class="viewer" tabindex="0" role="group" aria-label=t("图片：加减号缩放，左右键换图，C 并排", "Pictures: plus and minus zoom, arrows move on, C compares") on:keydown=on(move |event| key(viewer, &event))>
                {bar(viewer)}
                <div class="viewer-panes" data-zoom=live(move || viewer.zoom.get().to_string())>
                    {shows(move || pane(viewer, viewer.left.get(), "left"))}
                    {shows(move || viewer.right.get().map(|right| pane(viewer, right, "right")))}
                </div>
            </div>
        </Sheet>
    }
}

fn bar(viewer: Viewer) -> View {
    let compare = live(move || {
        if viewer.right.read().is_some() { t("只看一张", "One picture") } else { t("并排看", "Side by side") }
    });
    view! {
        <div class="viewer-bar">
            <button type="button" class="desk-switch" data-zoom-out="true" aria-label=t("缩小", "Zoom out") on:click=on(move |_| zoom(viewer, false))>"−"</button>
            <span class="viewer-zoom" role="status">{live(move || format!("{}%", viewer.zoom.get()))}</span>
            <button type="button" class="desk-switch" data-zoom-in="true" aria-label=t("放大", "Zoom in") on:click=on(move |_| zoom(viewer, true))>"+"</button>
            <button type="button" class="desk-switch" on:click=on(move |_| viewer.zoom.set(100))>{t("适合窗口", "Fit")}</button>
            <button type="button" class="desk-switch" on:click=on(move |_| turn(viewer, false))>{t("‹ 上一张", "‹ Previous")}</button>
            <button type="button" class="desk-switch" on:click=on(move |_| turn(viewer, true))>{t("下一张 ›", "Next ›")}</button>
            <button type="button" class="desk-switch" data-compare="true" on:click=on(move |_| toggle(viewer))>{compare}</button>
        </div>
    }
}

fn pane(viewer: Viewer, at: usize, side: &'static str) -> View {
    let pictures = viewer.pictures.read();
    let Some(picture) = pictures.get(at) else { return View::none() };
    let place = format!("{} · {}/{}", picture.label, at + 1, pictures.len());
    view! {
        <figure class="viewer-pane" data-pane=side data-file=picture.id.clone()>
            <figcaption>{place}</figcaption>
            <div class="viewer-scroll" tabindex="0" role="group" aria-label=picture.label.clone()>
                <img src=api::attachment_url(&picture.id, false) alt=picture.label.clone() style:width=live(move || format!("{}%", viewer.zoom.get())) />
            </div>
        </figure>
    }
}

fn key(viewer: Viewer, event: &web_sys::Event) {
    let key: &web_sys::KeyboardEvent = event.unchecked_ref();
    if key.ctrl_key() || key.meta_key() {
        return;
    }
    match key.key().as_str() {
        "+" | "=" => zoom(viewer, true),
        "-" | "_" => zoom(viewer, false),
        "0" => viewer.zoom.set(100),
        "ArrowLeft" if viewer.zoom.get_untracked() == 100 => turn(viewer, false),
        "ArrowRight" if viewer.zoom.get_untracked() == 100 => turn(viewer, true),
        "c" => toggle(viewer),
        _ => return,
    }
    event.prevent_default();
}

fn zoom(viewer: Viewer, larger: bool) {
    viewer.zoom.update(|zoom| {
        let wanted = if larger { *zoom + STEP_PERCENT } else { zoom.saturating_sub(STEP_PERCENT) };
        *zoom = wanted.clamp(100, LARGEST_PERCENT);
    });
}

/// The next picture: of the right pane while two are compared.
fn turn(viewer: Viewer, forward: bool) {
    let count = viewer.pictures.read_untracked().len().max(1);
    let next = |at: usize| if forward { (at + 1) % count } else { (at + count - 1) % count };
    match viewer.right.get_untracked() {
        Some(right) => viewer.right.set(Some(next(right))),
        None => viewer.left.update(|left| *left = next(*left)),
    }
}

fn toggle(viewer: Viewer) {
    let left = viewer.left.get_untracked();
    let pictures = viewer.pictures.read_untracked();
    let beside =
        pictures::partner(&pictures, left).or_else(|| (pictures.len() > 1).then(|| (left + 1) % pictures.len()));
    viewer.right.update(|right| *right = if right.is_some() { None } else { beside });
}
