//! What an officer's own agency is called, what it decides, and the names of the places around it.

use contract::Text;
use contract::api::OfficerView;
use contract::grievance::DESK;
use contract::id::{DivisionCode, ItemId};
use contract::service::CITY;
use signals::{RwSignal, lasting};
use wasm_bindgen_futures::spawn_local;

use super::api;
use crate::words::t;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Office {
    pub(super) name: Text,
    /// What it decides, over all services.
    pub(super) items: Vec<(ItemId, Text)>,
    places: Vec<(String, String)>,
}

thread_local! {
    static OFFICE: RwSignal<Office> = lasting(RwSignal::default);
}

pub(super) fn office() -> RwSignal<Office> {
    OFFICE.with(|office| *office)
}

impl Office {
    /// A county by name; its number as long as the name is not known.
    pub(super) fn place(&self, code: &DivisionCode) -> String {
        if **code == *CITY {
            return t("全市", "Whole city").to_owned();
        }
        let known = self.places.iter().find(|(known, _)| *known == code.0);
        known.map_or_else(|| code.0.clone(), |(_, name)| name.clone())
    }
}

/// Asks the definitions for what the agency of an officer is called and decides. Without an answer its id stands there.
pub(super) fn learn(officer: &OfficerView) {
    let (agency, division) = (officer.agency.clone(), officer.division.clone());
    let name =
        if *agency == *DESK { Text::new("办不成事窗口", "Grievances") } else { Text::new(&*agency, &*agency) };
    office().set(Office { name, ..Office::default() });
    spawn_local(async move {
        let places = api::divisions().await.unwrap_or_default();
        office().update(|office| office.places = places.into_iter().map(|place| (place.code, place.name)).collect());
        for summary in api::services().await.unwrap_or_default() {
            let Ok(service) = api::service(&summary.id, None, &division).await else { continue };
            let Some(own) = service.agency(&agency) else { continue };
            let items = service.items.iter().filter(|item| item.agency == agency);
            office().update(|office| {
                office.name = own.name.clone();
                office.items.extend(items.map(|item| (item.id.clone(), item.title.clone())));
            });
        }
    });
}
