//! Which draft is open. It stays open while one moves between its screens, and is closed when it was sent or deleted,
//! when another is opened, or when its owner has left.

use contract::id::{DivisionCode, ServiceId};
use contract::{Context, Service};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::DraftSession;
use crate::api::{Api, ApiError};
use crate::browser;
use crate::http::Answer;
use crate::local_store::LocalStore;

/// The open draft, and the definitions that were fetched. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct DraftSessions {
    api: Api,
    store: LocalStore,
    /// What opens a draft lives under this owner, whichever screen asked for it.
    owner: StoredValue<Owner>,
    open: StoredValue<Option<(Owner, DraftSession)>>,
    definitions: StoredValue<Vec<&'static Definition>>,
}

/// A published definition with what a form is judged by. It never changes, so it lives as long as the page: whoever
/// reads it holds a plain reference.
pub(crate) struct Definition {
    pub(crate) service: Service,
    pub(crate) context: Context,
}

impl DraftSessions {
    /// Must be called under the app's own owner.
    pub(crate) fn new(api: Api, store: LocalStore) -> Self {
        let owner = StoredValue::new(Owner::current().unwrap_or_default());
        Self { api, store, owner, open: StoredValue::new(None), definitions: StoredValue::default() }
    }

    /// The open draft, if it is this one and belongs to this person: moving between its screens fetches nothing.
    pub(crate) fn current(self, draft: &str, owner: &str) -> Option<DraftSession> {
        self.current_of_anybody().filter(|session| session.id() == draft && session.is_owned_by(owner))
    }

    /// The open draft, whichever it is.
    pub(crate) fn current_of_anybody(self) -> Option<DraftSession> {
        self.open.with_value(|open| open.as_ref().map(|(_, session)| *session))
    }

    /// Opens a draft with the definition that it is pinned to, in place of the one that was open. Once it was fetched,
    /// `is_awaited` says whether its screen still stands: a slow answer must not close what was opened since.
    pub(crate) async fn open(self, draft: &str, owner: &str, is_awaited: impl Fn() -> bool) -> Answer<DraftSession> {
        if let Some(session) = self.current(draft, owner) {
            return Ok(session);
        }
        let (session_owner, session) = self.fetch(draft, owner).await?;
        if !is_awaited() {
            session_owner.cleanup();
            return Err(ApiError::default());
        }
        self.close();
        self.open.set_value(Some((session_owner, session)));
        Ok(session)
    }

    /// Fetches a draft and restores what this phone persisted of it. It lives until the returned owner is cleaned up.
    pub(crate) async fn fetch(self, draft: &str, owner: &str) -> Answer<(Owner, DraftSession)> {
        let draft = self.api.draft(draft).await?;
        let definition = self.definition(&draft.service, Some(draft.service_version), &draft.division).await?;
        let session_owner = self.owner.with_value(|owner| owner.with(Owner::new));
        let session =
            session_owner.with(|| DraftSession::new(draft, owner.to_owned(), definition, self.api, self.store));
        session.restore().await;
        Ok((session_owner, session))
    }

    /// Closes the open draft: it was sent or deleted, or its owner has left. Its signals end once its screen, which may
    /// just be following them, has been replaced.
    pub(crate) fn close(self) {
        if let Some(Some((owner, _))) = self.open.try_update_value(Option::take) {
            spawn_local(async move {
                tick().await;
                owner.cleanup();
            });
        }
    }

    /// Closes a draft if it is the open one.
    pub(crate) fn close_draft(self, draft: &str) {
        if self.current_of_anybody().is_some_and(|session| session.id() == draft) {
            self.close();
        }
    }

    /// Waits before a further try; see `HttpClient::pause_after`.
    pub(crate) async fn pause_after(self, failures: u32) {
        self.api.client.pause_after(failures).await;
    }

    /// A definition, fetched once.
    pub(crate) async fn definition(
        self,
        id: &ServiceId,
        version: Option<u32>,
        division: &DivisionCode,
    ) -> Answer<&'static Definition> {
        if let Some(known) = self.known_definition(id, version, division) {
            return Ok(known);
        }
        let service = self.api.service(id, version, division).await?;
        Ok(self.remember(division.clone(), service))
    }

    /// A definition that was fetched before.
    pub(crate) fn known_definition(
        self,
        id: &ServiceId,
        version: Option<u32>,
        division: &DivisionCode,
    ) -> Option<&'static Definition> {
        let today = browser::today();
        let is_it = |known: &&&'static Definition| {
            known.context.division == *division
                && known.context.today == today
                && known.service.id == *id
                && version.is_none_or(|version| known.service.version == version)
        };
        self.definitions.with_value(|all| all.iter().find(is_it).copied())
    }

    fn remember(self, division: DivisionCode, service: Service) -> &'static Definition {
        let context = Context { today: browser::today(), division };
        let definition: &'static Definition = Box::leak(Box::new(Definition { service, context }));
        self.definitions.update_value(|all| all.push(definition));
        definition
    }
}
