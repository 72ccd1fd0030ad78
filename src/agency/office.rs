//! What an officer's own agency is called, what it decides, and the names of the places around it.

use contract::Text;
use contract::address::Division;
use contract::api::OfficerView;
use contract::grievance::DESK;
use contract::id::{DivisionCode, ItemId};
use contract::service::CITY;
use leptos::prelude::*;

use super::api::AgencyApi;
use super::session::OfficerSession;
use crate::i18n::{tr, tr_text};

/// The office of the officer who is signed in. It stands in the context.
#[derive(Clone, Copy)]
pub(super) struct Office {
    officer: Memo<Option<OfficerView>>,
    divisions: LocalResource<Vec<Division>>,
    agency: LocalResource<Agency>,
}

/// What the definitions say of an agency.
#[derive(Clone, Debug, Default, PartialEq)]
struct Agency {
    /// `None` where no definition names it.
    name: Option<Text>,
    /// What it decides, over all services.
    items: Vec<(ItemId, Text)>,
}

impl Office {
    /// Fetches what there is to know whenever an officer signs in.
    pub(super) fn start(api: AgencyApi, session: OfficerSession) -> Self {
        let officer = Memo::new(move |_| session.officer());
        let divisions = LocalResource::new(move || {
            let is_signed_in = officer.with(Option::is_some);
            async move { if is_signed_in { api.divisions().await.unwrap_or_default() } else { Vec::new() } }
        });
        let agency = LocalResource::new(move || {
            let officer = officer.get();
            async move {
                match officer {
                    Some(officer) => fetch_agency(api, &officer).await,
                    None => Agency::default(),
                }
            }
        });
        Self { officer, divisions, agency }
    }

    /// The agency's name; tracked. Its id as long as the name is not known.
    pub(super) fn name(self) -> String {
        let Some(id) = self.officer.with(|officer| officer.as_ref().map(|officer| officer.agency.clone())) else {
            return String::new();
        };
        if *id == *DESK {
            return tr("办不成事窗口", "Grievances").to_owned();
        }
        let name = self.agency.with(|agency| agency.as_ref().and_then(|agency| agency.name.as_ref().map(tr_text)));
        name.unwrap_or(id.0)
    }

    /// What the agency decides, over all services; tracked.
    pub(super) fn items(self) -> Vec<(ItemId, Text)> {
        self.agency.with(|agency| agency.as_ref().map(|agency| agency.items.clone())).unwrap_or_default()
    }

    /// A county by name, its number as long as the name is not known; tracked.
    pub(super) fn division_name(self, code: &DivisionCode) -> String {
        if **code == *CITY {
            return tr("全市", "Whole city").to_owned();
        }
        let name = self.divisions.with(|divisions| {
            let known = divisions.iter().flatten().find(|division| division.code == code.0);
            known.map(|division| division.name.clone())
        });
        name.unwrap_or_else(|| code.0.clone())
    }
}

async fn fetch_agency(api: AgencyApi, officer: &OfficerView) -> Agency {
    let mut agency = Agency::default();
    for summary in api.services().await.unwrap_or_default() {
        let Ok(service) = api.service(&summary.id, None, &officer.division).await else { continue };
        let Some(own) = service.agency(&officer.agency) else { continue };
        agency.name = Some(own.name.clone());
        let items = service.items.iter().filter(|item| item.agency == officer.agency);
        agency.items.extend(items.map(|item| (item.id.clone(), item.title.clone())));
    }
    agency
}
