//! Things said to the resident: notices, empty states, waiting, failures with a way on.

use crate::ui::dom::{CollectView, View};
use markup::view;
use signals::{Callback, Signal};

use super::live::on;
use crate::words::t;

/// Grey shapes in the final form, seen only when it takes longer than 300 ms.
#[derive(Default)]
pub(crate) struct Skeleton {
    /// Pixels, one shape each.
    pub(crate) heights: Vec<u32>,
}

impl Skeleton {
    pub(crate) fn draw(self) -> View {
        let Self { heights } = self;
        let shapes = heights
            .iter()
            .map(|height| view! { <div class="skeleton" style:height=format!("{height}px")></div> })
            .collect_view();
        view! { <div role="status" aria-label=t("正在打开", "Loading")>{shapes}</div> }
    }
}

/// What happened, that nothing is lost, and what to do.
#[derive(Default)]
pub(crate) struct Failure {
    pub(crate) says: Signal<String>,
    pub(crate) on_again: Callback<()>,
    /// Another way on.
    pub(crate) children: View,
}

impl Failure {
    pub(crate) fn draw(self) -> View {
        let Self { says, on_again, children } = self;
        view! {
            <div class="notice" data-look="warn" role="alert">
                <p>{says}</p>
                <button type="button" class="button" data-look="quiet" on:click=on(move |_| on_again.run(()))>{t("再试一次", "Try again")}</button>
                {children}
                <p>{t("也可以拨打 ", "Or call ")}<a href="tel:12345">"12345"</a>{t("（工作日 9:00–17:00 有人接听）", " (staffed 9:00–17:00 on working days)")}</p>
            </div>
        }
    }
}

/// Says what will be here and offers the first step.
#[derive(Default)]
pub(crate) struct Empty {
    pub(crate) says: String,
    pub(crate) children: View,
}

impl Empty {
    pub(crate) fn draw(self) -> View {
        let Self { says, children } = self;
        view! { <div class="card empty"><p>{says}</p>{children}</div> }
    }
}
