//! Beginning: the bar under the guide, and a new draft. Where one waits already, the resident chooses, so that neither
//! Back nor a reload nor a second tap leaves two.

use contract::Service;
use contract::api::NewDraft;
use contract::id::ServiceId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError};
use crate::http::Answer;
use crate::i18n::tr;
use crate::navigation::Router;
use crate::paths::Route;
use crate::session::Session;
use crate::settings::Settings;
use crate::ui::page::MainButton;

/// What beginning an application asks of the app.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Beginning {
    api: Api,
    router: Router<Route>,
    settings: Settings,
}

impl Beginning {
    /// Takes them from the context.
    pub(in crate::pages) fn from_context() -> Self {
        Self { api: expect_context(), router: expect_context(), settings: expect_context() }
    }

    /// The draft of a service that was begun and not sent, if there is one.
    async fn find_draft(self, service: &ServiceId) -> Answer<Option<String>> {
        let drafts = self.api.drafts().await?;
        Ok(drafts.into_iter().find(|draft| draft.service == *service).map(|draft| draft.id))
    }

    /// Creates a draft; the answer is its first step.
    async fn create_draft(self, service: &ServiceId) -> Answer<Route> {
        let division = self.settings.division.get_untracked();
        let new = NewDraft { service: service.clone(), division, sibling_of: None, corrects: None, renews: None };
        let draft = self.api.create_draft(&new).await?;
        Ok(Route::Step { draft: draft.id, step: None, from_review: false })
    }
}

/// Goes on from the sign-in that "start" led to: to a new draft, else back to the guide, which shows what waits.
pub(in crate::pages) fn start_signed_in(beginning: Beginning, service: ServiceId) {
    spawn_local(async move {
        let first_step = match beginning.find_draft(&service).await {
            Ok(None) => beginning.create_draft(&service).await.ok(),
            _ => None,
        };
        beginning.router.replace(&first_step.unwrap_or(Route::Service { service }));
    });
}

#[component]
pub(super) fn BeginBar(
    service: &'static Service,
    /// Why it could not be begun.
    error: RwSignal<Option<ApiError>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let bar = Bar {
        service: &service.id,
        begun_draft: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        error,
        beginning: Beginning::from_context(),
    };
    Effect::new(move || {
        if session.is_signed_in() {
            spawn_local(async move {
                let draft = bar.beginning.find_draft(bar.service).await;
                bar.begun_draft.try_set(draft.unwrap_or_default());
            });
        }
    });
    move || match bar.begun_draft.get() {
        None => {
            let start = move |()| bar.start(session);
            view! { <MainButton label=tr("开始办理", "Start") busy=bar.is_busy on_press=start /> }.into_any()
        }
        Some(draft) => bar.choice(draft).into_any(),
    }
}

#[derive(Clone, Copy)]
struct Bar {
    service: &'static ServiceId,
    /// The draft that was begun and not sent, if there is one.
    begun_draft: RwSignal<Option<String>>,
    is_busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    beginning: Beginning,
}

impl Bar {
    fn choice(self, draft: String) -> impl IntoView {
        let router = self.beginning.router;
        let last_step = Route::Step { draft, step: None, from_review: false };
        let begin_anew = move |_| {
            if !self.is_busy.get_untracked() {
                self.is_busy.set(true);
                spawn_local(async move { self.arrive(self.beginning.create_draft(self.service).await) });
            }
        };
        view! {
            <button type="button" class="button" on:click=begin_anew>
                {tr("重新填一份", "Start over")}
            </button>
            <MainButton label=tr("接着填", "Continue") on_press=move |()| router.go(&last_step) />
        }
    }

    fn start(self, session: Session) {
        if !untrack(|| session.is_signed_in()) {
            let guide = Route::Service { service: self.service.clone() };
            self.beginning.router.go(&Route::SignIn { next: guide.url() });
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            match self.beginning.find_draft(self.service).await {
                Ok(None) => self.arrive(self.beginning.create_draft(self.service).await),
                Ok(draft) => {
                    self.is_busy.try_set(false);
                    self.begun_draft.try_set(draft);
                }
                Err(error) => self.arrive(Err(error)),
            }
        });
    }

    /// Goes to the first step, or says why there is none.
    fn arrive(self, first_step: Answer<Route>) {
        self.is_busy.try_set(false);
        match first_step {
            Ok(step) => self.beginning.router.go(&step),
            Err(error) => {
                self.error.try_set(Some(error));
            }
        }
    }
}
