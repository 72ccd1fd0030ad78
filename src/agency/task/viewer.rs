//! Pictures large: one, or two side by side with the same zoom. Everything by keyboard.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::OpenTask;
use super::pictures::{Picture, partner, pictures_of};
use crate::agency::api;
use crate::browser;
use crate::i18n::tr;
use crate::ui::sheet::Sheet;

const FIT_PERCENT: u32 = 100;
const LARGEST_PERCENT: u32 = 400;
const STEP_PERCENT: u32 = 50;

#[derive(Clone, Copy)]
struct Viewer {
    pictures: StoredValue<Vec<Picture>>,
    /// Indices of the pictures that are shown.
    left: RwSignal<usize>,
    right: RwSignal<Option<usize>>,
    /// Of the pane's width.
    zoom_percent: RwSignal<u32>,
}

#[component]
pub(super) fn PictureViewer(
    task: OpenTask,
    /// The id of the picture's file.
    file: String,
) -> impl IntoView {
    let viewer = Viewer::open(task.journey.with_untracked(pictures_of), &file);
    browser::focus(".viewer");
    let label = tr("图片：加减号缩放，左右键换图，C 并排", "Pictures: plus and minus zoom, arrows move on, C compares");
    let left = move || viewer.pane(viewer.left.get(), "left");
    let right = move || viewer.right.get().map(|right| viewer.pane(right, "right"));
    view! {
        <Sheet title=tr("看图", "Pictures") on_close=move |()| task.viewing.set(None)>
            <div
                class="viewer"
                tabindex="0"
                role="group"
                aria-label=label
                on:keydown=move |event| viewer.act_on_key(&event)
            >
                <ViewerBar viewer />
                <div class="viewer-panes" data-zoom=move || viewer.zoom_percent.get().to_string()>
                    {left}
                    {right}
                </div>
            </div>
        </Sheet>
    }
}

#[component]
fn ViewerBar(viewer: Viewer) -> impl IntoView {
    let compare_label = move || match viewer.right.get() {
        Some(_) => tr("只看一张", "One picture"),
        None => tr("并排看", "Side by side"),
    };
    let button = |label: &'static str, act: fn(Viewer)| {
        view! { <button type="button" class="desk-switch" on:click=move |_| act(viewer)>{label}</button> }
    };
    view! {
        <div class="viewer-bar">
            <button
                type="button"
                class="desk-switch"
                data-zoom-out="true"
                aria-label=tr("缩小", "Zoom out")
                on:click=move |_| viewer.zoom_out()
            >
                "−"
            </button>
            <span class="viewer-zoom" role="status">{move || format!("{}%", viewer.zoom_percent.get())}</span>
            <button
                type="button"
                class="desk-switch"
                data-zoom-in="true"
                aria-label=tr("放大", "Zoom in")
                on:click=move |_| viewer.zoom_in()
            >
                "+"
            </button>
            {button(tr("适合窗口", "Fit"), Viewer::fit)}
            {button(tr("‹ 上一张", "‹ Previous"), Viewer::turn_back)}
            {button(tr("下一张 ›", "Next ›"), Viewer::turn_on)}
            <button type="button" class="desk-switch" data-compare="true" on:click=move |_| viewer.toggle_compare()>
                {compare_label}
            </button>
        </div>
    }
}

impl Viewer {
    fn open(pictures: Vec<Picture>, file: &str) -> Self {
        let opened = pictures.iter().position(|picture| picture.id == *file).unwrap_or(0);
        // Before stands at the left, as it does in the form.
        let (left, right) = match partner(&pictures, opened) {
            Some(partner) if partner < opened => (partner, Some(opened)),
            partner => (opened, partner),
        };
        Self {
            pictures: StoredValue::new(pictures),
            left: RwSignal::new(left),
            right: RwSignal::new(right),
            zoom_percent: RwSignal::new(FIT_PERCENT),
        }
    }

    fn pane(self, at: usize, side: &'static str) -> Option<impl IntoView + use<>> {
        let (picture, count) = self.pictures.with_value(|pictures| (pictures.get(at).cloned(), pictures.len()));
        let Picture { id, label, .. } = picture?;
        let url = api::attachment_url(&id, false);
        let caption = format!("{label} · {}/{count}", at + 1);
        Some(view! {
            <figure class="viewer-pane" data-pane=side data-file=id>
                <figcaption>{caption}</figcaption>
                <div class="viewer-scroll" tabindex="0" role="group" aria-label=label.clone()>
                    <img src=url alt=label.clone() style:width=move || format!("{}%", self.zoom_percent.get()) />
                </div>
            </figure>
        })
    }

    fn act_on_key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() {
            return;
        }
        let fits = self.zoom_percent.get_untracked() == FIT_PERCENT;
        match event.key().as_str() {
            "+" | "=" => self.zoom_in(),
            "-" | "_" => self.zoom_out(),
            "0" => self.fit(),
            // A picture that is larger than its pane is scrolled by them.
            "ArrowLeft" if fits => self.turn_back(),
            "ArrowRight" if fits => self.turn_on(),
            "c" => self.toggle_compare(),
            _ => return,
        }
        event.prevent_default();
    }

    fn zoom_in(self) {
        self.zoom_percent.update(|percent| *percent = (*percent + STEP_PERCENT).min(LARGEST_PERCENT));
    }

    fn zoom_out(self) {
        self.zoom_percent.update(|percent| *percent = percent.saturating_sub(STEP_PERCENT).max(FIT_PERCENT));
    }

    fn fit(self) {
        self.zoom_percent.set(FIT_PERCENT);
    }

    fn turn_on(self) {
        self.turn(1);
    }

    fn turn_back(self) {
        self.turn(self.count() - 1);
    }

    fn count(self) -> usize {
        self.pictures.with_value(Vec::len).max(1)
    }

    /// Another picture, so many further on: in the right pane while two are compared.
    fn turn(self, further: usize) {
        let next = |at: usize| (at + further) % self.count();
        match self.right.get_untracked() {
            Some(right) => self.right.set(Some(next(right))),
            None => self.left.update(|left| *left = next(*left)),
        }
    }

    fn toggle_compare(self) {
        let left = self.left.get_untracked();
        let beside = self.pictures.with_value(|pictures| {
            partner(pictures, left).or_else(|| (pictures.len() > 1).then(|| (left + 1) % pictures.len()))
        });
        self.right.update(|right| *right = if right.is_some() { None } else { beside });
    }
}
