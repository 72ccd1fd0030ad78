//! What the app knows of where something could not be done, read from the path of the page that was left.

use contract::id::{Reference, ServiceId, StepId};

use crate::api::Api;
use crate::i18n::tr_text;
use crate::paths::Route;

#[derive(Clone, Default, PartialEq)]
pub(super) struct GrievanceContext {
    pub(super) service: Option<ServiceId>,
    pub(super) step: Option<StepId>,
    pub(super) reference: Option<Reference>,
    /// Of the service, for the person.
    pub(super) title: String,
}

/// Nothing where the path says nothing, or what it names is somebody else's.
pub(super) async fn context_of(api: Api, at: &str) -> Option<GrievanceContext> {
    match Route::parse(at) {
        Route::Service { service } => of_service(api, service).await,
        Route::Step { draft, step, .. } => of_draft(api, &draft, step).await,
        Route::Exit { draft } | Route::Review { draft } => of_draft(api, &draft, None).await,
        Route::Case { reference } | Route::Receipt { reference } => of_case(api, reference).await,
        _ => None,
    }
}

async fn of_service(api: Api, id: ServiceId) -> Option<GrievanceContext> {
    let service = api.services().await.ok()?.into_iter().find(|service| service.id == id)?;
    Some(GrievanceContext { service: Some(id), title: tr_text(&service.title), ..GrievanceContext::default() })
}

async fn of_draft(api: Api, id: &str, step: Option<String>) -> Option<GrievanceContext> {
    let draft = api.drafts().await.ok()?.into_iter().find(|draft| draft.id == id)?;
    let step = step.map(StepId::from).or(draft.step);
    let title = tr_text(&draft.title);
    Some(GrievanceContext { service: Some(draft.service), step, title, ..GrievanceContext::default() })
}

async fn of_case(api: Api, reference: Reference) -> Option<GrievanceContext> {
    let case = api.cases().await.ok()?.into_iter().find(|case| case.reference == reference)?;
    let title = tr_text(&case.title);
    let service = Some(case.service);
    Some(GrievanceContext { service, reference: Some(reference), title, ..GrievanceContext::default() })
}
