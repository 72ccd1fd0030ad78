//! What an officer's own agency is called, and the names of the places around it.

use contract::Text;
use contract::address::Division;
use contract::api::OfficerView;
use contract::grievance::GRIEVANCE_DESK;
use contract::id::DivisionCode;
use contract::service::CITY;
use leptos::prelude::*;

use super::api::AgencyApi;
use super::session::OfficerSession;
use crate::i18n::{tr, tr_text};

/// The agency of those who work at a window, as the server knows it.
const WINDOW: &str = "service-window";

/// The office of the officer who is signed in. It stands in the context.
#[derive(Clone, Copy)]
pub(super) struct Office {
    officer: Memo<Option<OfficerView>>,
    divisions: LocalResource<Vec<Division>>,
    /// The agency's name; `None` where no definition has one.
    name: LocalResource<Option<Text>>,
}

impl Office {
    /// Fetches what there is to know whenever an officer signs in.
    pub(super) fn start(api: AgencyApi, session: OfficerSession) -> Self {
        let officer = Memo::new(move |_| session.officer());
        let divisions = LocalResource::new(move || {
            let is_signed_in = officer.with(Option::is_some);
            async move { if is_signed_in { api.divisions().await.unwrap_or_default() } else { Vec::new() } }
        });
        let name = LocalResource::new(move || {
            let officer = officer.get();
            async move { fetch_name(api, &officer?).await }
        });
        Self { officer, divisions, name }
    }

    /// The agency's name; tracked. Its id as long as the name is not known.
    pub(super) fn name(self) -> String {
        let Some(id) = self.officer.with(|officer| officer.as_ref().map(|officer| officer.agency.clone())) else {
            return String::new();
        };
        if *id == *GRIEVANCE_DESK {
            return tr("办不成事窗口", "Grievances").to_owned();
        }
        if *id == *WINDOW {
            return tr("综合窗口", "Service window").to_owned();
        }
        self.name.with(|name| name.as_ref().and_then(|name| name.as_ref().map(tr_text))).unwrap_or(id.0)
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

/// The name that the first definition gives it in which it takes part.
async fn fetch_name(api: AgencyApi, officer: &OfficerView) -> Option<Text> {
    for summary in api.services().await.ok()? {
        let Ok(service) = api.service(&summary.id, None, &officer.division).await else { continue };
        if let Some(agency) = service.agency(&officer.agency) {
            return Some(agency.name.clone());
        }
    }
    None
}
