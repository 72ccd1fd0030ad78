//! The sheet to choose a county or zone and then a street: two lists with search.

use std::sync::Arc;

use contract::address::{Division, Place};
use contract::kinds::Address;
use leptos::prelude::*;

use super::{read_place, write_place};
use crate::api::{Api, ApiError};
use crate::browser;
use crate::draft_session::BoundField;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::tr;
use crate::ui::notice::Failure;
use crate::ui::sheet::Sheet;

/// First the county, then the street. Closing in between keeps what was chosen before.
#[component]
pub(super) fn DivisionPicker(field: BoundField, settings: &'static Address, is_open: RwSignal<bool>) -> impl IntoView {
    let api = expect_context::<Api>();
    let county = RwSignal::new(None::<Division>);
    let search = RwSignal::new(String::new());
    let show_list_of = move |parent: Option<Division>| {
        search.set(String::new());
        county.set(parent);
    };
    let pick = Callback::new(move |division: Division| match county.get_untracked() {
        None => show_list_of(Some(division)),
        Some(county) => {
            let place = Place {
                place: format!("{}{}", county.name, division.name),
                division: county.code,
                street: division.code,
                door: read_place(&field.value_untracked()).door,
            };
            write_place(&field, &place);
            is_open.set(false);
            browser::focus(format!("#{}-door", field.id()));
        }
    });
    let back = move || {
        county.get().map(|county| {
            view! {
                <button type="button" class="link sheet-item" on:click=move |_| show_list_of(None)>
                    {format!("‹ {}", county.name)}
                </button>
            }
        })
    };
    let divisions = view_resource(move || {
        let parent = county.get().map_or_else(|| settings.within.clone(), |county| county.code);
        async move {
            let divisions = Arc::new(api.divisions(&parent).await?);
            Ok(ViewFn::from(move || {
                let divisions = Arc::clone(&divisions);
                move || search.with(|search| division_list(&divisions, search, pick))
            }))
        }
    });
    let failed =
        |error: ApiError, retry: Callback<()>| view! { <Failure message=error.message() on_retry=retry /> }.into_any();
    view! {
        <Sheet title=tr("选择区县和街道", "Choose county and street") on_close=move |()| is_open.set(false)>
            {back}
            <div class="input">
                <input
                    type="search"
                    aria-label=tr("搜索名称或拼音", "Search by name or pinyin")
                    placeholder=tr("搜名称或拼音，例如 qm", "Name or pinyin, for example qm")
                    prop:value=search
                    on:input=move |event| search.set(event_target_value(&event))
                />
            </div>
            <Fetched resource=divisions heights=&[48, 48, 48] failed />
        </Sheet>
    }
}

fn division_list(divisions: &[Division], search: &str, pick: Callback<Division>) -> AnyView {
    let wanted = search.trim().to_ascii_lowercase();
    let found: Vec<_> = divisions.iter().filter(|division| is_found(division, &wanted)).cloned().collect();
    if found.is_empty() {
        let nothing = tr("没有这个名字，换个字试试", "Nothing by that name, try another");
        return view! { <p class="empty">{nothing}</p> }.into_any();
    }
    let item = |division: Division| {
        let (code, name) = (division.code.clone(), division.name.clone());
        view! {
            <button type="button" class="sheet-item" data-code=code on:click=move |_| pick.run(division.clone())>
                {name}
            </button>
        }
    };
    view! { <div class="sheet-list">{found.into_iter().map(item).map(IntoAny::into_any).collect_view()}</div> }
        .into_any()
}

/// By a part of its name, or by how its pinyin or its initials begin.
fn is_found(division: &Division, wanted: &str) -> bool {
    wanted.is_empty() || division.name.contains(wanted) || division.keys.split(' ').any(|key| key.starts_with(wanted))
}
