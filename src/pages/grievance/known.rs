//! What the app knows of where something could not be done, read from the path of the page that was left.

use contract::id::{Reference, ServiceId, StepId};

use crate::api;
use crate::paths::Route;
use crate::words::say;

#[derive(Clone, Default, PartialEq)]
pub(super) struct Known {
    pub(super) service: Option<ServiceId>,
    pub(super) step: Option<StepId>,
    pub(super) reference: Option<Reference>,
    /// Of the service, for the person.
    pub(super) title: String,
}

/// Nothing where the path says nothing, or what it names is somebody else's.
pub(super) async fn known(at: &str) -> Option<Known> {
    match Route::parse(at) {
        Route::Service { service } => of_service(service).await,
        Route::Step { draft, step, .. } => of_draft(&draft, step).await,
        Route::Exit { draft } | Route::Review { draft } => of_draft(&draft, None).await,
        Route::Case { reference } | Route::Receipt { reference } => of_case(reference).await,
        _ => None,
    }
}

async fn of_service(id: ServiceId) -> Option<Known> {
    let service = api::services().await.ok()?.into_iter().find(|service| service.id == id)?;
    Some(Known { service: Some(id), title: say(&service.title), ..Known::default() })
}

async fn of_draft(id: &str, step: Option<String>) -> Option<Known> {
    let draft = api::drafts().await.ok()?.into_iter().find(|draft| draft.id == id)?;
    let step = step.map(StepId::from).or(draft.step);
    Some(Known { service: Some(draft.service), step, title: say(&draft.title), ..Known::default() })
}

async fn of_case(reference: Reference) -> Option<Known> {
    let case = api::cases().await.ok()?.into_iter().find(|case| case.reference == reference)?;
    let title = say(&case.title);
    Some(Known { service: Some(case.service), reference: Some(reference), title, ..Known::default() })
}
