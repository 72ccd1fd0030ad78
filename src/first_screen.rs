//! The page as it came, which the server may have filled, stays until the app's first screen stands: nothing jumps, and
//! nobody sees a screen turn grey and come back.

mod handover;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::browser;

/// What the first screen still waits for. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct FirstScreen {
    holds: RwSignal<usize>,
    stands: RwSignal<bool>,
}

/// The page as it came stays as long as this is not dropped.
pub(crate) struct Hold(RwSignal<usize>);

impl FirstScreen {
    pub(crate) fn start() -> Self {
        let screen = Self { holds: RwSignal::new(0), stands: RwSignal::new(false) };
        Effect::new(move || {
            if screen.holds.get() == 0 {
                // Whatever is drawn now may wait for something else.
                request_animation_frame(move || screen.stand());
            }
        });
        screen
    }

    /// Whether the app's own screen is the one to be seen; tracked.
    pub(crate) fn stands(self) -> bool {
        self.stands.get()
    }

    pub(crate) fn hold(self) -> Hold {
        self.holds.update(|count| *count += 1);
        Hold(self.holds)
    }

    fn stand(self) {
        if self.holds.get_untracked() > 0 || self.stands.get_untracked() {
            return;
        }
        // Letters that are still being put together would be torn apart.
        if boot().is_some_and(|boot| handover::is_composing(&boot)) {
            return request_animation_frame(move || self.stand());
        }
        self.stands.set(true);
        spawn_local(async {
            // Before the next paint, when the app's screen has been let out.
            tick().await;
            remove_boot_screen();
        });
    }
}

/// The screen of the page as it came gives way; what was done on it is done on the app's.
pub(crate) fn remove_boot_screen() {
    let Some(boot) = boot() else { return };
    if let Ok(Some(own)) = document().query_selector("main:not(#boot)") {
        handover::hand_over(&boot, &own);
    }
    boot.remove();
    browser::forget_early_requests();
}

fn boot() -> Option<web_sys::Element> {
    document().get_element_by_id("boot")
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.update(|count| *count = count.saturating_sub(1));
    }
}
