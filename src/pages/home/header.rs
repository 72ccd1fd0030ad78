//! The head of the start page: where the resident does things, and how the app looks and speaks.

use contract::address::Division;
use contract::id::DivisionCode;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::i18n::tr;
use crate::settings::Settings;
use crate::ui::sheet::Sheet;

/// Whose districts and counties can be chosen.
const CHANGDE: &str = "4307";

#[component]
pub(super) fn HomeHeader() -> impl IntoView {
    let api = expect_context::<Api>();
    let settings = expect_context::<Settings>();
    let is_choosing = RwSignal::new(false);
    let divisions = RwSignal::new(Vec::new());
    spawn_local(async move {
        divisions.try_set(api.divisions(CHANGDE).await.unwrap_or_default());
    });
    let place = move || {
        let code = settings.division.get();
        let name = divisions.with(|all| all.iter().find(|each| each.code == code.0).map(|each| each.name.clone()));
        format!("{}{} ▾", tr("常德市 · ", "Changde · "), name.unwrap_or_default())
    };
    let other_size = move || if settings.care.get() { tr("标准版", "Standard") } else { tr("长辈版", "Large") };
    let other_theme = move || if settings.dark.get() { tr("浅色", "Light") } else { tr("深色", "Dark") };
    view! {
        <header class="home-head">
            <h1>{tr("一件事 一次办", "One thing, one visit")}</h1>
            <div class="home-places">
                <button type="button" aria-haspopup="dialog" on:click=move |_| is_choosing.set(true)>
                    {place}
                </button>
                <button
                    type="button"
                    aria-pressed=move || settings.care.get().to_string()
                    on:click=move |_| settings.toggle_care()
                >
                    {other_size}
                </button>
                <button type="button" on:click=move |_| settings.toggle_dark()>
                    {other_theme}
                </button>
                <button type="button" lang=tr("en", "zh-CN") on:click=move |_| settings.toggle_language()>
                    {tr("English", "中文")}
                </button>
            </div>
        </header>
        <Show when=move || is_choosing.get()>
            <DivisionSheet divisions is_choosing />
        </Show>
    }
}

#[component]
fn DivisionSheet(divisions: RwSignal<Vec<Division>>, is_choosing: RwSignal<bool>) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let item = move |division: Division| {
        let Division { code, name, .. } = division;
        let is_here = code == settings.division.get_untracked().0;
        let chosen = code.clone();
        let choose = move |_| {
            settings.set_division(DivisionCode(chosen.clone()));
            is_choosing.set(false);
        };
        view! {
            <button
                type="button"
                class="sheet-item"
                data-code=code
                aria-current=is_here.then_some("true")
                on:click=choose
            >
                {name}
            </button>
        }
    };
    let items = move || divisions.get().into_iter().map(|division| item(division).into_any()).collect::<Vec<_>>();
    view! {
        <Sheet title=tr("您在哪里办？", "Where are you?") on_close=move |()| is_choosing.set(false)>
            <div class="sheet-list">{items}</div>
        </Sheet>
    }
}
