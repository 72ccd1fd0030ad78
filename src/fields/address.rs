//! A place: county or zone and street from a list with search, then road and door.

mod picker;

use contract::address::Place;
use contract::kinds::Address;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use crate::draft_session::{BoundField, DraftSession};
use crate::http::from_json;
use crate::i18n::tr;
use picker::DivisionPicker;

#[component]
pub(super) fn AddressField(field: BoundField, settings: &'static Address) -> impl IntoView {
    let (is_open, session) = (RwSignal::new(false), field.session);
    let decides = settings.decides;
    let (place_of, invalid_of, door_of, left_of) = (field.clone(), field.clone(), field.clone(), field.clone());
    let place = Memo::new(move |_| read_place(&place_of.value()));
    let chosen = move || match place.with(|place| place.place.clone()) {
        none if none.is_empty() => {
            view! { <span class="picker-empty">{tr("选择区县和街道", "Choose county and street")}</span> }.into_any()
        }
        names => view! { <span>{names}</span> }.into_any(),
    };
    let (id, name) = (field.id(), field.name());
    let (door_id, door_name) = (format!("{id}-door"), format!("{name}.door"));
    let door_label = tr("路名、门牌号、楼层", "Road, house number, floor");
    let type_door = move |event| {
        let place = Place { door: event_target_value(&event), ..read_place(&door_of.value_untracked()) };
        write_place(&door_of, &place);
    };
    let picker = move || {
        let field = field.clone();
        is_open.get().then(|| view! { <DivisionPicker field settings is_open /> })
    };
    view! {
        <button
            type="button"
            class="input picker"
            id=id
            name=name
            data-invalid=move || invalid_of.is_invalid().to_string()
            aria-haspopup="dialog"
            on:click=move |_| is_open.set(true)
        >
            {chosen}
            <span aria-hidden="true">"▾"</span>
        </button>
        <label class="control-help" for=door_id.clone()>{door_label}</label>
        <div class="input">
            <input
                id=door_id
                name=door_name
                type="text"
                autocomplete="street-address"
                prop:value=move || place.with(|place| place.door.clone())
                on:input=type_door
                on:blur=move |_| left_of.touch()
            />
        </div>
        {move || decides.then(|| move_button(session, place)).flatten()}
        {picker}
    }
}

/// Where the place lies in another division than the draft was begun for: has it decided there.
fn move_button(session: DraftSession, place: Memo<Place>) -> Option<impl IntoView> {
    let division = place.with(|place| place.division.clone());
    let is_elsewhere = !division.is_empty() && division != *session.context.division.0 && !session.is_correction();
    let go = move |_| {
        let division = division.clone();
        spawn_local(async move { session.move_to(&division).await });
    };
    is_elsewhere.then(|| {
        view! {
            <button type="button" class="button" data-look="quiet" data-move on:click=go>
                {tr("改到那里办理，填的都留着", "Apply there instead and keep the answers")}
            </button>
        }
    })
}

fn read_place(value: &Value) -> Place {
    from_json(value.clone()).unwrap_or_default()
}

fn write_place(field: &BoundField, place: &Place) {
    let Place { division, street, door, place } = place;
    field.set(json!({ "division": division, "street": street, "door": door, "place": place }));
}
