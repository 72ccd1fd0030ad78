//! A place: county or zone and street from a list with search, then road and door.

use crate::ui::dom::{CollectView, View, event_target_value};
use contract::address::{Division, Place};
use contract::json::{FromJson, table};
use contract::kinds::Address;
use contract::text::has;
use markup::view;
use serde_json::Value;
use signals::{Callback, RwSignal};
use wasm_bindgen_futures::spawn_local;

use super::Slot;
use crate::api::{self, ApiError};
use crate::browser;
use crate::ui::live::{live, on, shows};
use crate::ui::notice::{Failure, Skeleton};
use crate::ui::sheet::Sheet;
use crate::words::t;

pub(super) fn view(slot: &Slot, settings: &'static Address) -> View {
    let open = RwSignal::new(false);
    let (of_show, of_door, of_type, of_leave, of_sheet, of_error) =
        (slot.clone(), slot.clone(), slot.clone(), slot.clone(), slot.clone(), slot.clone());
    let chosen = move || place_of(&of_show.value()).place;
    let is_chosen = chosen.clone();
    let door_id = format!("{}-door", slot.id());
    let invalid = live(move || of_error.shown_error(true).is_some().to_string());
    let type_door = move |event| {
        let mut place = place_of(&of_type.value_now());
        place.door = event_target_value(&event);
        write(&of_type, &place);
    };
    view! {
        <button type="button" class="input picker" id=slot.id() name=slot.name() data-invalid=invalid aria-haspopup="dialog" on:click=on(move |_| open.set(true))>
            {shows(move || if is_chosen().is_empty() {
                view! { <span class="picker-empty">{t("选择区县和街道", "Choose county and street")}</span> }
            } else {
                view! { <span>{chosen()}</span> }
            })}
            <span aria-hidden="true">"▾"</span>
        </button>
        <label class="control-help" for=door_id.clone()>{t("路名、门牌号、楼层", "Road, house number, floor")}</label>
        <div class="input">
            <input
                id=door_id name=format!("{}.door", slot.name()) type="text" autocomplete="street-address"
                prop:value=live(move || place_of(&of_door.value()).door) on:input=on(type_door) on:blur=on(move |_| of_leave.touch())
            />
        </div>
        {shows(move || open.get().then(|| sheet(of_sheet.clone(), settings, open)))}
    }
}

/// First the county, then the street. Closing in between keeps what was chosen before.
fn sheet(slot: Slot, settings: &'static Address, open: RwSignal<bool>) -> View {
    let county = RwSignal::new(None::<Division>);
    let found = RwSignal::new(None::<Result<Vec<Division>, ApiError>>);
    let search = RwSignal::new(String::new());
    let fetch = move || {
        found.set(None);
        search.set(String::new());
        let parent = county.get_untracked().map_or_else(|| settings.within.clone(), |county| county.code);
        spawn_local(async move {
            let answer = api::divisions(&parent).await;
            found.set(Some(answer));
        });
    };
    fetch();
    let focus = format!("#{}-door", slot.id());
    let pick = Callback::new(move |division: Division| match county.get_untracked() {
        None => {
            county.set(Some(division));
            fetch();
        }
        Some(county) => {
            let place = Place {
                place: format!("{}{}", county.name, division.name),
                division: county.code,
                street: division.code,
                door: place_of(&slot.value_now()).door,
            };
            write(&slot, &place);
            open.set(false);
            browser::focus(focus.clone());
        }
    });
    let title = t("选择区县和街道", "Choose county and street");
    view! {
        <Sheet title on_close=move |()| open.set(false)>
            {shows(move || county.get().map(|chosen| view! {
                <button type="button" class="link sheet-item" on:click=on(move |_| { county.set(None); fetch(); })>{format!("‹ {}", chosen.name)}</button>
            }))}
            <div class="input">
                <input
                    type="search" aria-label=t("搜索名称或拼音", "Search by name or pinyin") placeholder=t("搜名称或拼音，例如 qm", "Name or pinyin, for example qm")
                    prop:value=search on:input=on(move |event| search.set(event_target_value(&event)))
                />
            </div>
            {shows(move || list(found.get(), &search.get(), pick, fetch))}
        </Sheet>
    }
}

fn list(
    found: Option<Result<Vec<Division>, ApiError>>,
    search: &str,
    pick: Callback<Division>,
    fetch: impl Fn() + Copy + 'static,
) -> View {
    let all = match found {
        None => return view! { <Skeleton heights=&[48, 48, 48] /> },
        Some(Err(error)) => return view! { <Failure says=error.says() on_again=move |()| fetch() /> },
        Some(Ok(all)) => all,
    };
    let wanted = search.trim().to_ascii_lowercase();
    let fits = |division: &Division| {
        has(&division.name, &wanted) || division.keys.split(' ').any(|key| key.starts_with(&wanted))
    };
    let items: Vec<_> = all.into_iter().filter(|division| wanted.is_empty() || fits(division)).collect();
    if items.is_empty() {
        return view! { <p class="empty">{t("没有这个名字，换个字试试", "Nothing by that name, try another")}</p> };
    }
    let item = |division: Division| {
        let (code, name) = (division.code.clone(), division.name.clone());
        view! { <button type="button" class="sheet-item" data-code=code on:click=on(move |_| pick.run(division.clone()))>{name}</button> }
    };
    view! { <div class="sheet-list">{items.into_iter().map(item).collect_view()}</div> }
}

fn place_of(value: &Value) -> Place {
    Place::from_json(value.clone()).unwrap_or_default()
}

fn write(slot: &Slot, place: &Place) {
    slot.set(table([
        ("division", place.division.clone().into()),
        ("street", place.street.clone().into()),
        ("door", place.door.clone().into()),
        ("place", place.place.clone().into()),
    ]));
}
